//! The tables into the gazetteer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::fold::{fold, fold_words};
use super::gazetteer::WrittenName;
use super::gazetteer::{Code, EntityNames, Form, Gazetteer, SYSTEMS, Sense, Succession};
use super::index::{Index, Rows};
use super::tables::{self, TableError, rows};
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
    /// Reads the plain tables of a folder such as `data/names`. Their names are kept for the life of the
    /// program.
    ///
    /// # Errors
    /// [`TableError`] where a table is missing or has a row that is none of its own.
    pub fn from_tables(folder: &Path) -> Result<Gazetteer, TableError> {
        let mut loading = Loading::default();
        loading.load_entities(folder)?;
        loading.load_cities(folder)?;
        loading.load_organisations(folder)?;
        Ok(loading.finish())
    }
}

/// A gazetteer while its tables are read.
#[derive(Default)]
struct Loading {
    entities: Vec<Entity>,
    cities: Vec<City>,
    organisations: Vec<Organisation>,
    codes: Vec<Vec<Code>>,
    names: Vec<Vec<WrittenName>>,
    rosters: BTreeMap<String, Vec<(usize, Span)>>,
    successions: Vec<Succession>,
    by_slug: BTreeMap<String, usize>,
    city_by_slug: BTreeMap<String, usize>,
    organisation_by_slug: BTreeMap<String, usize>,
    senses: BTreeMap<String, Vec<Sense>>,
    longest: BTreeMap<String, Vec<u64>>,
    by_code: BTreeMap<String, Vec<u64>>,
    abbreviations: BTreeSet<String>,
}

impl Loading {
    fn finish(self) -> Gazetteer {
        let mut spans: Vec<Span> = vec![Span::default()];
        let mut packed: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (key, senses) in self.senses {
            let list = packed.entry(key).or_default();
            for sense in senses {
                let held = if let Sense::Entity(_, _, held) = sense { held } else { Span::default() };
                let span = spans.iter().position(|known| *known == held).unwrap_or_else(|| {
                    spans.push(held);
                    spans.len() - 1
                });
                list.push(sense.packed(span));
            }
        }
        let names = self.codes.into_iter().zip(self.names).map(|(codes, names)| EntityNames { codes, names });
        Gazetteer {
            entities: self.entities,
            names: Rows::held(names.collect()),
            cities: Rows::held(self.cities),
            organisations: Rows::held(self.organisations),
            senses: Index::of(&packed),
            longest: Index::of(&self.longest),
            by_code: Index::of(&self.by_code),
            rosters: self.rosters,
            successions: self.successions,
            abbreviations: self.abbreviations.into_iter().map(|name| &*String::leak(name)).collect(),
            spans,
        }
    }

    fn load_entities(&mut self, folder: &Path) -> Result<(), TableError> {
        for row in rows::<tables::EntityRow>(folder, tables::ENTITIES)? {
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
        for row in rows::<tables::NameRow>(folder, tables::NAMES)? {
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
        for row in rows::<tables::CodeRow>(folder, tables::CODES)? {
            let Some(&at) = self.by_slug.get(&row.entity) else { continue };
            let system = SYSTEMS.iter().position(|known| *known == row.system || *known == "other").unwrap_or(0);
            self.by_code.entry(row.code.to_lowercase()).or_default().push((system as u64) << 32 | at as u64);
            let span = span(&row.from, &row.until);
            self.codes[at].push(Code { system: row.system, code: row.code, span });
        }
        for row in rows::<tables::RosterRow>(folder, tables::ROSTERS)? {
            let Some(&at) = self.by_slug.get(&row.entity) else { continue };
            self.rosters.entry(row.roster).or_default().push((at, span(&row.from, &row.until)));
        }
        for row in rows::<tables::SuccessionRow>(folder, tables::SUCCESSIONS)? {
            self.successions.push(Succession {
                date: Bound::parse(&row.date).unwrap_or_default(),
                former: row.former,
                successor: row.successor,
                mode: row.mode,
            });
        }
        Ok(())
    }

    fn load_cities(&mut self, folder: &Path) -> Result<(), TableError> {
        for row in rows::<tables::CityRow>(folder, tables::CITIES)? {
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
        for row in rows::<tables::CityNameRow>(folder, tables::CITY_NAMES)? {
            let Some(&at) = self.city_by_slug.get(&row.city) else { continue };
            self.add(&row.name, Sense::City(at));
        }
        Ok(())
    }

    fn load_organisations(&mut self, folder: &Path) -> Result<(), TableError> {
        for row in rows::<tables::OrganisationRow>(folder, tables::ORGANISATIONS)? {
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
        for row in rows::<tables::OrganisationNameRow>(folder, tables::ORGANISATION_NAMES)? {
            let Some(&at) = self.organisation_by_slug.get(&row.organisation) else { continue };
            self.add(&row.name, Sense::Organisation(at));
        }
        Ok(())
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let words = fold_words(name);
        let Some(first) = words.first() else { return };
        let reach = self.longest.entry(first.clone()).or_insert_with(|| vec![0]);
        reach[0] = reach[0].max(words.len() as u64);
        let mut keys = vec![words.join(" ")];
        let bare = fold(name);
        if bare != keys[0] {
            keys.push(bare);
        }
        if name.len() <= 5 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
            self.abbreviations.insert(keys[0].clone());
        }
        for key in keys {
            let senses = self.senses.entry(key).or_default();
            if !senses.contains(&sense) {
                senses.push(sense);
            }
        }
    }
}
