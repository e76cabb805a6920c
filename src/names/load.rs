//! The tables into the gazetteer.

use std::collections::{BTreeMap, HashMap};

use super::fold::{fold, fold_words};
use super::gazetteer::{Code, Form, Gazetteer, Sense, Succession, WrittenName};
use super::tables::{self, TableError};
use crate::model::{Bound, City, Entity, EntityKind, Organisation, Span};

fn span(from: &str, until: &str) -> Span {
    Span {
        began: Bound::parse(from).unwrap_or_default(),
        ended: (!until.is_empty()).then(|| Bound::parse(until).unwrap_or_default()),
    }
}

fn present(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl Gazetteer {
    /// Reads the tables that are compiled in.
    ///
    /// # Errors
    /// [`TableError`] where a table is no CSV of its columns, which only a damaged build can have.
    pub fn load() -> Result<Gazetteer, TableError> {
        let mut gazetteer = Gazetteer {
            entities: Vec::new(),
            cities: Vec::new(),
            organisations: Vec::new(),
            by_slug: HashMap::new(),
            city_by_slug: HashMap::new(),
            organisation_by_slug: HashMap::new(),
            senses: HashMap::new(),
            longest: HashMap::new(),
            by_code: BTreeMap::new(),
            codes: Vec::new(),
            names: Vec::new(),
            rosters: BTreeMap::new(),
            successions: Vec::new(),
            exact_case: HashMap::new(),
        };
        gazetteer.load_entities()?;
        gazetteer.load_cities()?;
        gazetteer.load_organisations()?;
        Ok(gazetteer)
    }

    fn load_entities(&mut self) -> Result<(), TableError> {
        for row in tables::ENTITIES.rows::<tables::EntityRow>()? {
            self.by_slug.insert(row.entity.clone(), self.entities.len());
            self.entities.push(Entity {
                kind: EntityKind::parse(&row.kind).unwrap_or(EntityKind::Actor),
                span: span(&row.began, &row.ended),
                slug: row.entity,
                name: row.name,
                parent: present(row.parent),
                capital: present(row.capital),
            });
        }
        self.codes = vec![Vec::new(); self.entities.len()];
        self.names = vec![Vec::new(); self.entities.len()];
        for row in tables::NAMES.rows::<tables::NameRow>()? {
            let Some(&at) = self.by_slug.get(&row.entity) else { continue };
            let held = span(&row.from, &row.until);
            let form = match row.used_as.as_str() {
                "demonym" => Some(Form::Demonym),
                "demonym_plural" => Some(Form::People),
                "homonym" => None,
                _ => Some(Form::Name),
            };
            if let Some(form) = form {
                self.add(&row.name, Sense::Entity(at, form, held));
            }
            let (name, used_as, language) = (row.name, row.used_as, row.language);
            self.names[at].push(WrittenName { name, used_as, language, span: held });
        }
        for at in 0..self.entities.len() {
            let slug = self.entities[at].slug.clone();
            self.add(&slug, Sense::Entity(at, Form::Name, Span::default()));
        }
        for row in tables::CODES.rows::<tables::CodeRow>()? {
            let Some(&at) = self.by_slug.get(&row.entity) else { continue };
            self.by_code.entry(row.code.to_lowercase()).or_default().push((row.system.clone(), at));
            let span = span(&row.from, &row.until);
            self.codes[at].push(Code { system: row.system, code: row.code, span });
        }
        for row in tables::ROSTERS.rows::<tables::RosterRow>()? {
            let Some(&at) = self.by_slug.get(&row.entity) else { continue };
            self.rosters.entry(row.roster).or_default().push((at, span(&row.from, &row.until)));
        }
        for row in tables::SUCCESSIONS.rows::<tables::SuccessionRow>()? {
            self.successions.push(Succession {
                date: Bound::parse(&row.date).unwrap_or_default(),
                former: row.former,
                successor: row.successor,
                mode: row.mode,
            });
        }
        Ok(())
    }

    fn load_cities(&mut self) -> Result<(), TableError> {
        for row in tables::CITIES.rows::<tables::CityRow>()? {
            self.city_by_slug.insert(row.city.clone(), self.cities.len());
            self.cities.push(City {
                slug: row.city,
                name: row.name,
                entity: row.entity,
                latitude: row.latitude,
                longitude: row.longitude,
                capital: !row.role.is_empty(),
            });
        }
        for row in tables::CITY_NAMES.rows::<tables::CityNameRow>()? {
            let Some(&at) = self.city_by_slug.get(&row.city) else { continue };
            self.add(&row.name, Sense::City(at));
        }
        Ok(())
    }

    fn load_organisations(&mut self) -> Result<(), TableError> {
        for row in tables::ORGANISATIONS.rows::<tables::OrganisationRow>()? {
            let at = self.organisations.len();
            self.organisation_by_slug.insert(row.organisation.clone(), at);
            let slug = row.organisation.clone();
            self.organisations.push(Organisation {
                slug: row.organisation,
                abbreviation: row.abbreviation,
                name: row.name,
                kind: row.kind,
                scope: row.scope,
                seat: row.seat,
                host: row.host,
                span: span(&row.founded, &row.dissolved),
                cow: row.cow,
            });
            self.add(&slug, Sense::Organisation(at));
        }
        for row in tables::ORGANISATION_NAMES.rows::<tables::OrganisationNameRow>()? {
            let Some(&at) = self.organisation_by_slug.get(&row.organisation) else { continue };
            self.add(&row.name, Sense::Organisation(at));
        }
        Ok(())
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let words = fold_words(name);
        let Some(first) = words.first() else { return };
        let reach = self.longest.entry(first.clone()).or_insert(0);
        *reach = (*reach).max(words.len());
        let mut keys = vec![words.join(" ")];
        let bare = fold(name);
        if bare != keys[0] {
            keys.push(bare);
        }
        if name.len() <= 5 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
            self.exact_case.entry(keys[0].clone()).or_default().push(name.to_owned());
        }
        for key in keys {
            let senses = self.senses.entry(key).or_default();
            if !senses.contains(&sense) {
                senses.push(sense);
            }
        }
    }
}
