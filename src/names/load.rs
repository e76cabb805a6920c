//! The tables into the gazetteer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::fold::{fold, fold_words};
use super::gazetteer::WrittenName;
use super::gazetteer::{Code, EntityNames, Form, Gazetteer, SYSTEMS, Sense, Succession};
use super::index::{Index, Rows};
use super::position::{CityAt, EntityAt, OrganisationAt};
use super::tables::{self, Table, TableError};
use crate::model::{Bound, City, Entity, EntityKind, Organisation, Span};

fn bound(text: &str) -> Result<Bound, String> {
    Bound::parse(text).map_err(|error| error.to_string())
}

fn span(from: &str, until: &str) -> Result<Span, String> {
    let ended = if until.is_empty() { None } else { Some(bound(until)?) };
    Ok(Span { began: bound(from)?, ended })
}

/// Place of a thing that another table names.
fn place<At: Copy>(known: &BTreeMap<String, At>, slug: &str) -> Result<At, String> {
    known.get(slug).copied().ok_or_else(|| format!("\"{slug}\" is not in the table that it refers to"))
}

fn present(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// How one state can follow another.
const MODES: [&str; 6] = ["continues", "renamed", "replaces", "splits", "merges", "joins"];

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
    rosters: BTreeMap<String, Vec<(EntityAt, Span)>>,
    successions: Vec<Succession>,
    by_slug: BTreeMap<String, EntityAt>,
    city_by_slug: BTreeMap<String, CityAt>,
    organisation_by_slug: BTreeMap<String, OrganisationAt>,
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
            lives: std::sync::OnceLock::new(),
            places: std::sync::OnceLock::new(),
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
        Table::<tables::EntityRow>::read(folder, tables::ENTITIES)?.each(|row| {
            self.by_slug.insert(row.entity.clone(), EntityAt::new(self.entities.len()));
            self.entities.push(Entity {
                kind: EntityKind::parse(&row.kind).ok_or_else(|| format!("\"{}\" is no kind of entity", row.kind))?,
                span: span(&row.began, &row.ended)?,
                slug: row.entity.into(),
                name: row.name,
                parent: present(row.parent).map(Into::into),
                capital: present(row.capital).map(Into::into),
            });
            Ok(())
        })?;
        self.codes = vec![Vec::new(); self.entities.len()];
        self.names = vec![Vec::new(); self.entities.len()];
        Table::<tables::NameRow>::read(folder, tables::NAMES)?.each(|row| {
            let at = place(&self.by_slug, &row.entity)?;
            let held = span(&row.from, &row.until)?;
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
            self.names[at.index()].push(WrittenName { name, used_as, language, span: held });
            Ok(())
        })?;
        for at in 0..self.entities.len() {
            let slug = self.entities[at].slug.clone();
            self.add(&slug, Sense::Entity(EntityAt::new(at), Form::Name, Span::default()));
        }
        Table::<tables::CodeRow>::read(folder, tables::CODES)?.each(|row| {
            let at = place(&self.by_slug, &row.entity)?;
            let system = SYSTEMS.iter().position(|known| *known == row.system || *known == "other").unwrap_or(0);
            self.by_code
                .entry(row.code.to_lowercase())
                .or_default()
                .push((system as u64) << 32 | u64::from(at.number()));
            let span = span(&row.from, &row.until)?;
            self.codes[at.index()].push(Code { system: row.system, code: row.code, span });
            Ok(())
        })?;
        Table::<tables::RosterRow>::read(folder, tables::ROSTERS)?.each(|row| {
            let at = place(&self.by_slug, &row.entity)?;
            self.rosters.entry(row.roster).or_default().push((at, span(&row.from, &row.until)?));
            Ok(())
        })?;
        Table::<tables::SuccessionRow>::read(folder, tables::SUCCESSIONS)?.each(|row| {
            place(&self.by_slug, &row.former)?;
            place(&self.by_slug, &row.successor)?;
            if !MODES.contains(&row.mode.as_str()) {
                return Err(format!("\"{}\" is no mode of succession: say {}", row.mode, MODES.join(", ")));
            }
            let date = bound(&row.date)?;
            self.successions.push(Succession { date, former: row.former, successor: row.successor, mode: row.mode });
            Ok(())
        })
    }

    fn load_cities(&mut self, folder: &Path) -> Result<(), TableError> {
        Table::<tables::CityRow>::read(folder, tables::CITIES)?.each(|row| {
            place(&self.by_slug, &row.entity)?;
            self.city_by_slug.insert(row.city.clone(), CityAt::new(self.cities.len()));
            self.cities.push(City {
                slug: row.city.into(),
                name: row.name,
                entity: row.entity.into(),
                latitude: row.latitude,
                longitude: row.longitude,
                capital: !row.role.is_empty(),
            });
            Ok(())
        })?;
        Table::<tables::CityNameRow>::read(folder, tables::CITY_NAMES)?.each(|row| {
            let at = place(&self.city_by_slug, &row.city)?;
            self.add(&row.name, Sense::City(at));
            Ok(())
        })
    }

    fn load_organisations(&mut self, folder: &Path) -> Result<(), TableError> {
        Table::<tables::OrganisationRow>::read(folder, tables::ORGANISATIONS)?.each(|row| {
            let at = OrganisationAt::new(self.organisations.len());
            self.organisation_by_slug.insert(row.organisation.clone(), at);
            let slug = row.organisation.clone();
            self.organisations.push(Organisation {
                slug: row.organisation.into(),
                abbreviation: row.abbreviation,
                name: row.name,
                kind: row.kind,
                scope: row.scope,
                seat: present(row.seat).map(Into::into),
                host: present(row.host).map(Into::into),
                span: span(&row.founded, &row.dissolved)?,
                cow: row.cow,
            });
            self.add(&slug, Sense::Organisation(at));
            Ok(())
        })?;
        Table::<tables::OrganisationNameRow>::read(folder, tables::ORGANISATION_NAMES)?.each(|row| {
            let at = place(&self.organisation_by_slug, &row.organisation)?;
            self.add(&row.name, Sense::Organisation(at));
            Ok(())
        })
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
