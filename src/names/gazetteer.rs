//! The gazetteer: every name of the tables, and what it can mean.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::fold::fold;
use super::index::{Index, Places, Rows};
use super::near::nearest;
use super::position::{CityAt, EntityAt, OrganisationAt};
use crate::model::{Bound, City, Day, Entity, Organisation, Span};

/// How a name stands for an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A name: short, official, former, abbreviation or variant.
    Name,
    /// Adjective or singular of the people, as in `Norwegian`.
    Demonym,
    /// The people, as in `Danes`.
    People,
}

/// One meaning of a name. Indices are into the gazetteer's own lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sense {
    /// A state, territory or other actor.
    Entity(EntityAt, Form, Span),
    /// A city.
    City(CityAt),
    /// An organisation.
    Organisation(OrganisationAt),
}

/// A code of some system, with validity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// `iso2`, `iso3`, `isonum`, `cow`, `cowabb`, `gw`, `gec`, `ioc`, `qid`.
    pub system: String,
    /// The code.
    pub code: String,
    /// When it is valid.
    pub span: Span,
}

/// A name as the tables write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    /// The name.
    pub name: String,
    /// `short`, `official`, `variant`, `former`, `abbreviation`, `demonym`, …
    pub used_as: String,
    /// BCP 47 language.
    pub language: String,
    /// When it is or was in use.
    pub span: Span,
}

/// One state following another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The state before.
    pub former: String,
    /// The state after.
    pub successor: String,
    /// When.
    pub date: Bound,
    /// `continues`, `renamed`, `replaces`, `splits`, `merges` or `joins`.
    pub mode: String,
}

/// What a name resolves to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Named<'a> {
    /// A state, territory or other actor.
    Entity(&'a Entity),
    /// An organisation.
    Organisation(&'a Organisation),
    /// A city.
    City(&'a City),
}

impl Named<'_> {
    /// Its slug.
    pub fn slug(&self) -> &str {
        match self {
            Named::Entity(entity) => &entity.slug,
            Named::Organisation(organisation) => &organisation.slug,
            Named::City(city) => &city.slug,
        }
    }

    /// Its English name.
    pub fn name(&self) -> &str {
        match self {
            Named::Entity(entity) => &entity.name,
            Named::Organisation(organisation) => &organisation.name,
            Named::City(city) => &city.name,
        }
    }
}

/// A name that does not resolve.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NameError {
    /// No row of the tables bears it.
    #[error("no state or organisation is called \"{name}\"")]
    Unknown {
        /// The name as given.
        name: String,
        /// Names that are close.
        hints: Vec<String>,
    },
    /// Several bear it.
    #[error("\"{name}\" can mean {}", choices.join(" or "))]
    Ambiguous {
        /// The name as given.
        name: String,
        /// Slugs to say instead.
        choices: Vec<String>,
    },
}

impl NameError {
    /// What the user can do, as one line.
    pub fn hint(&self) -> Option<String> {
        match self {
            NameError::Unknown { hints, .. } if hints.is_empty() => {
                Some("legation who NAME shows what a name or code means".into())
            }
            NameError::Unknown { hints, .. } => Some(format!("did you mean {}?", hints.join(" or "))),
            NameError::Ambiguous { choices, .. } => Some(format!("say {}", choices.join(" or "))),
        }
    }
}

/// Codes and names of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EntityNames {
    pub codes: Vec<Code>,
    pub names: Vec<WrittenName>,
}

/// Every name of the tables.
pub struct Gazetteer {
    pub(super) entities: Vec<Entity>,
    /// Codes and names, by entity.
    pub(super) names: Rows<EntityNames>,
    pub(super) cities: Rows<City>,
    pub(super) organisations: Rows<Organisation>,
    /// Meanings of folded names, as [`Sense::packed`] writes them.
    pub(super) senses: Index,
    /// Most words of the names that begin with a word.
    pub(super) longest: Index,
    /// Bearers of codes in small letters: place in [`SYSTEMS`] in the upper half, entity in the lower.
    pub(super) by_code: Index,
    pub(super) rosters: BTreeMap<String, Vec<(EntityAt, Span)>>,
    pub(super) successions: Vec<Succession>,
    /// Folded names that running text must write in capitals, in order.
    pub(super) abbreviations: Vec<&'static str>,
    /// Spans of names, each once; the first is open on both sides.
    pub(super) spans: Vec<Span>,
    /// When each entity existed, once somebody asks.
    pub(super) lives: OnceLock<Vec<Span>>,
    /// Places of the keys of `senses` and `longest`, once whole texts are read.
    pub(super) places: OnceLock<[Places; 2]>,
}

/// Systems of codes; the last stands for any that is not among them.
pub(super) const SYSTEMS: [&str; 10] = ["cow", "cowabb", "gec", "gw", "ioc", "iso2", "iso3", "isonum", "qid", "other"];

impl Gazetteer {
    /// Makes the look-ups of names in running text quick: a few milliseconds that one question is not worth.
    pub fn for_texts(&self) {
        self.places.get_or_init(|| [self.senses.places(), self.longest.places()]);
    }

    /// What a folded name (words joined by spaces) can mean; nothing if no table has it.
    pub fn senses(&self, folded: &str) -> impl Iterator<Item = Sense> + '_ {
        let place = match self.places.get() {
            Some([senses, _]) => senses.get(folded).copied(),
            None => self.senses.find(folded),
        };
        self.senses.at(place).map(|packed| Sense::unpacked(packed, &self.spans))
    }

    /// Most words of any name that begins with this folded word.
    pub fn longest(&self, first_word: &str) -> usize {
        let place = match self.places.get() {
            Some([_, longest]) => longest.get(first_word).copied(),
            None => self.longest.find(first_word),
        };
        self.longest.at(place).next().and_then(|words| usize::try_from(words).ok()).unwrap_or(0)
    }

    /// Whether a short name is an abbreviation that running text must write in capitals (`US`, `IT`).
    pub fn is_abbreviation(&self, folded: &str) -> bool {
        self.abbreviations.binary_search(&folded).is_ok()
    }

    /// The entity at an index of [`Sense::Entity`].
    pub fn entity_at(&self, at: EntityAt) -> &Entity {
        &self.entities[at.index()]
    }

    /// The city at an index of [`Sense::City`].
    pub fn city_at(&self, at: CityAt) -> &City {
        self.cities.get(at.index())
    }

    /// The organisation at an index of [`Sense::Organisation`].
    pub fn organisation_at(&self, at: OrganisationAt) -> &Organisation {
        self.organisations.get(at.index())
    }

    /// Every entity, by slug.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Every city, by slug.
    pub fn cities(&self) -> impl Iterator<Item = &City> + '_ {
        self.cities.iter()
    }

    /// Every organisation, by slug.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> + '_ {
        self.organisations.iter()
    }

    /// Index of the entity with this slug, as in [`Sense::Entity`].
    pub fn entity_index(&self, slug: &str) -> Option<EntityAt> {
        self.entities.binary_search_by(|entity| entity.slug.as_str().cmp(slug)).ok().map(EntityAt::new)
    }

    /// The entity with this slug.
    pub fn entity(&self, slug: &str) -> Option<&Entity> {
        self.entity_index(slug).map(|at| self.entity_at(at))
    }

    /// The city with this slug.
    pub fn city(&self, slug: &str) -> Option<&City> {
        self.cities.find(slug, |city| &city.slug).map(|at| self.cities.get(at))
    }

    /// The organisation with this slug.
    pub fn organisation(&self, slug: &str) -> Option<&Organisation> {
        self.organisations.find(slug, |organisation| &organisation.slug).map(|at| self.organisations.get(at))
    }

    /// English name of a slug: of an entity, else of an organisation, else the slug itself.
    pub fn display<'a>(&'a self, slug: &'a str) -> &'a str {
        self.entity(slug)
            .map(|entity| entity.name.as_str())
            .or_else(|| self.organisation(slug).map(|organisation| organisation.name.as_str()))
            .unwrap_or(slug)
    }

    /// Codes of an entity, sorted by system.
    pub fn codes(&self, slug: &str) -> &[Code] {
        self.entity_index(slug).map_or(&[], |at| &self.names.get(at.index()).codes)
    }

    /// Names of an entity as the tables write them.
    pub fn names(&self, slug: &str) -> &[WrittenName] {
        self.entity_index(slug).map_or(&[], |at| &self.names.get(at.index()).names)
    }

    /// Members of a roster with their dates, by slug; `None` if there is no such roster.
    pub fn roster(&self, name: &str) -> Option<&[(EntityAt, Span)]> {
        self.rosters.get(name).map(Vec::as_slice)
    }

    /// Names of the rosters, sorted.
    pub fn roster_names(&self) -> impl Iterator<Item = &str> {
        self.rosters.keys().map(String::as_str)
    }

    /// Successions in which a state takes part, before or after.
    pub fn successions(&self, slug: &str) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |row| row.former == slug || row.successor == slug)
    }

    /// Cities that bear this name, by slug.
    pub fn cities_named(&self, name: &str) -> Vec<&City> {
        let mut cities: Vec<&City> = self
            .senses(&fold(name))
            .filter_map(|sense| if let Sense::City(at) = sense { Some(self.city_at(at)) } else { None })
            .collect();
        cities.sort_by(|a, b| a.slug.cmp(&b.slug));
        cities
    }

    /// Slug of the one organisation that bears a name or abbreviation.
    pub fn organisation_named(&self, name: &str) -> Option<&str> {
        let mut found = self.senses(&fold(name)).filter_map(|sense| match sense {
            Sense::Organisation(at) => Some(self.organisation_at(at).slug.as_str()),
            _ => None,
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// Slug of the organisation with this abbreviation in the Correlates of War data, in any case.
    pub fn organisation_coded(&self, cow: &str) -> Option<&str> {
        let found = self.organisations.iter().find(|organisation| organisation.cow.eq_ignore_ascii_case(cow));
        found.filter(|_| !cow.is_empty()).map(|organisation| organisation.slug.as_str())
    }

    /// Slug of the entity that bears a code of one system on a day.
    pub fn coded_on(&self, system: &str, code: &str, day: Day) -> Option<&str> {
        let bearers = self.bearers(&code.to_lowercase());
        let held = |at: EntityAt, held: crate::model::Held| {
            self.names.get(at.index()).codes.iter().any(|known| {
                known.system == system && known.code.eq_ignore_ascii_case(code) && known.span.held_on(day) >= held
            })
        };
        let bears = |level: crate::model::Held| {
            bearers.iter().find(|(known, at)| *known == system && held(*at, level)).map(|(_, at)| *at)
        };
        let at = bears(crate::model::Held::Yes).or_else(|| bears(crate::model::Held::Perhaps))?;
        Some(&self.entity_at(at).slug)
    }

    /// Slug of the entity that bears a code of one system in a year: on its last day, or on its first where that
    /// entity ended in it.
    pub fn coded_in(&self, system: &str, code: &str, year: i16) -> Option<&str> {
        let days = [Day::new(year, 12, 31).ok()?, Day::new(year, 1, 1).ok()?];
        days.into_iter().find_map(|day| self.coded_on(system, code, day))
    }

    /// Slug of the organisation with this abbreviation in the Correlates of War data; one made of the abbreviation
    /// where there is none.
    pub fn organisation_of_cow(&self, cow: &str) -> String {
        self.organisation_coded(cow).map_or_else(|| super::slug_of(cow), str::to_owned)
    }

    /// System and entity of every bearer of a code in small letters.
    fn bearers(&self, code: &str) -> Vec<(&'static str, EntityAt)> {
        let split = |packed: u64| {
            let system = usize::try_from(packed >> 32).ok().and_then(|at| SYSTEMS.get(at)).copied().unwrap_or("other");
            (system, EntityAt::numbered(u32::try_from(packed & 0xffff_ffff).unwrap_or(0)))
        };
        self.by_code.get(code).map(split).collect()
    }

    /// Entities with this code and when they bear it: of the system named before a colon (`cow:AUS`), else by ISO 3166, else by any
    /// system.
    fn coded(&self, text: &str) -> Vec<(EntityAt, Span)> {
        let text = text.trim().to_lowercase();
        let (system, code) = text.split_once(':').map_or((None, text.as_str()), |(system, code)| (Some(system), code));
        let bearers = self.bearers(code);
        let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<(EntityAt, Span)> {
            let bearers = bearers.iter().filter(|(known, _)| wanted(known));
            let spans = bearers.flat_map(|(known, at)| {
                let own = self.names.get(at.index()).codes.iter();
                let own = own.filter(move |row| row.system == *known && row.code.eq_ignore_ascii_case(code));
                own.map(move |row| (*at, row.span))
            });
            spans.collect()
        };
        if let Some(system) = system {
            return of(&|known| known == system);
        }
        let iso = of(&|known| known.starts_with("iso"));
        if iso.is_empty() { of(&|_| true) } else { iso }
    }

    /// Entities that this name or code can mean on `on` (any day if `None`): by name, then by code.
    pub fn candidates(&self, text: &str, on: Option<Day>) -> Vec<EntityAt> {
        let folded = fold(text);
        let mut named: Vec<(EntityAt, Span)> = self
            .senses(&folded)
            .filter_map(|sense| match sense {
                Sense::Entity(at, Form::Name, held) => Some((at, held)),
                _ => None,
            })
            .collect();
        let coded = named.is_empty();
        if coded {
            named = self.coded(text);
        }
        if named.is_empty() {
            named = self
                .senses(&folded)
                .filter_map(|sense| match sense {
                    Sense::Entity(at, _, held) => Some((at, held)),
                    _ => None,
                })
                .collect();
        }
        let mut all: Vec<EntityAt> = named.iter().map(|(at, _)| *at).collect();
        if let Some(day) = on {
            let dated: Vec<EntityAt> = named
                .iter()
                .filter(|(at, held)| {
                    held.held_on(day) != crate::model::Held::No
                        && self.entity_at(*at).span.held_on(day) != crate::model::Held::No
                })
                .map(|(at, _)| *at)
                .collect();
            if dated.is_empty() {
                // A code that nobody bore on the day names nobody; a name may be that of a state of another time.
                let bore = |held: &Span| *held == Span::default() || held.held_on(day) != crate::model::Held::No;
                if named.iter().all(|(_, held)| *held != Span::default()) && coded {
                    all = named.iter().filter(|(_, held)| bore(held)).map(|(at, _)| *at).collect();
                }
            } else {
                all = dated;
            }
        }
        all.sort_unstable();
        all.dedup();
        // A former state that shares its name with a living one gives way to it, and a former bearer of a name or code
        // to the one who bears it still, unless a date asks.
        if all.len() > 1 && on.is_none() {
            let bears = |at: EntityAt| named.iter().any(|(other, held)| *other == at && held.is_open());
            for kept in [
                all.iter().copied().filter(|&at| self.entity_at(at).span.is_open()).collect::<Vec<EntityAt>>(),
                all.iter().copied().filter(|&at| self.entity_at(at).span.is_open() && bears(at)).collect(),
                all.iter().copied().filter(|&at| bears(at)).collect(),
            ] {
                if !kept.is_empty() && kept.len() < all.len() && kept.iter().all(|at| all.contains(at)) {
                    all = kept;
                }
            }
            // Of those who bore a code and do not any more, the last.
            let last = |at: EntityAt| {
                let held = named.iter().filter(|(other, _)| *other == at);
                held.filter_map(|(_, held)| held.ended.and_then(|ended| ended.latest)).max()
            };
            if all.len() > 1 && all.iter().all(|at| last(*at).is_some()) {
                let newest = all.iter().map(|at| last(*at)).max().flatten();
                all.retain(|at| last(*at) == newest);
            }
        }
        all
    }

    /// The one entity or organisation that a name or code means on `on`.
    ///
    /// # Errors
    /// [`NameError::Unknown`] with near misses, [`NameError::Ambiguous`] with the slugs to choose from.
    pub fn resolve(&self, text: &str, on: Option<Day>) -> Result<Named<'_>, NameError> {
        let entities = self.candidates(text, on);
        match entities.as_slice() {
            [at] => return Ok(Named::Entity(self.entity_at(*at))),
            [] => {}
            several => {
                return Err(NameError::Ambiguous {
                    name: text.to_owned(),
                    choices: several.iter().map(|&at| self.entity_at(at).slug.to_string()).collect(),
                });
            }
        }
        let mut organisations: Vec<OrganisationAt> = self
            .senses(&fold(text))
            .filter_map(|sense| if let Sense::Organisation(at) = sense { Some(at) } else { None })
            .collect();
        organisations.sort_unstable();
        match organisations.as_slice() {
            [at] => Ok(Named::Organisation(self.organisation_at(*at))),
            [] => Err(NameError::Unknown { name: text.to_owned(), hints: self.hints(text) }),
            several => Err(NameError::Ambiguous {
                name: text.to_owned(),
                choices: several.iter().map(|&at| self.organisation_at(at).slug.to_string()).collect(),
            }),
        }
    }

    fn hints(&self, text: &str) -> Vec<String> {
        let names = self.names.iter().flat_map(|row| &row.names).filter(|name| {
            name.language == "en" && matches!(name.used_as.as_str(), "short" | "official" | "former" | "abbreviation")
        });
        let mut written: BTreeMap<String, String> = BTreeMap::new();
        for name in names.map(|name| &name.name).chain(self.organisations.iter().map(|o| &o.name)) {
            written.entry(fold(name)).or_insert_with(|| name.clone());
        }
        nearest(&fold(text), written.keys().map(String::as_str), 3)
            .into_iter()
            .filter_map(|folded| written.get(folded).cloned())
            .collect()
    }
}
