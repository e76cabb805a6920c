//! One tie with everything that the sources say of it.

use super::claim::{Claim, Origin, Polarity, Statement};
use super::date::{Bound, Day, Span};
use super::id::{CityId, EntityId, OrganisationId};
use super::mission::{MissionClass, MissionKind};
use super::spell::{ImpliedEnd, Manner, Settlement, Sighting};
use super::tie::TieKind;

/// What makes two claims speak of one tie, whatever its spell.
///
/// A state has one resident mission in another, so its city is a reading and not part of the key; consulates in
/// two cities are two ties.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieKey {
    /// The resident mission, or the denial of one: sending, receiving.
    Resident(EntityId, EntityId),
    /// The legation, which an embassy of the same pair replaces: sending, receiving.
    Legation(EntityId, EntityId),
    /// A post in one city (slug of the city, or its folded name, empty where unstated).
    Post(MissionClass, EntityId, EntityId, CityId),
    /// Cover from elsewhere: sending, receiving.
    Accreditation(EntityId, EntityId),
    /// Relations of a dyad, in the order of the slugs.
    Relations(EntityId, EntityId),
    /// Recognition of the second by the first.
    Recognition(EntityId, EntityId),
    /// Membership of the first in the second.
    Membership(EntityId, OrganisationId),
    /// Protection of interests: sending, receiving.
    Protection(EntityId, EntityId),
    /// A land border, in the order of the slugs.
    Border(EntityId, EntityId),
    /// A capital: entity, slug of the city.
    Capital(EntityId, CityId),
    /// A total: subject, what is counted, date for which it is stated.
    Count(EntityId, String, String),
    /// A signed tie: parties, label, date.
    Signed(EntityId, EntityId, String, String),
}

/// What makes two claims speak of one spell of one tie.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactKey {
    /// The tie.
    pub tie: TieKey,
    /// The number of its spell: 0 for the one that stands (or is denied), 1, 2, … for those that are over, in the order
    /// of time; 0 of ties that have no spells.
    pub spell: u16,
}

/// A key in its parts, whatever its kind: what the compact form writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyParts<'k> {
    /// Its kind.
    pub kind: TieKind,
    /// Class of a mission or post; `None` of other kinds, and of a legation.
    pub class: Option<MissionClass>,
    /// Subject, object, and what else tells ties of these two apart; empty where nothing does.
    pub texts: [&'k str; 4],
    /// Number of the spell.
    pub spell: u16,
}

impl TieKey {
    /// The tie that a claim speaks of; `named` gives the city that a name means in a state.
    fn of(claim: &Claim, named: impl Fn(&str, &str) -> CityId) -> TieKey {
        match &claim.statement {
            Statement::Mission { kind, sending, receiving, city, .. } => match kind.class() {
                MissionClass::Resident if *kind == MissionKind::Legation => {
                    TieKey::Legation(sending.clone(), receiving.clone())
                }
                MissionClass::Resident => TieKey::Resident(sending.clone(), receiving.clone()),
                class => {
                    let city = city.as_ref().map(|city| named(city, receiving));
                    TieKey::Post(class, sending.clone(), receiving.clone(), city.unwrap_or_default())
                }
            },
            Statement::Accreditation { sending, receiving, .. } => {
                TieKey::Accreditation(sending.clone(), receiving.clone())
            }
            Statement::Relations { a, b } => TieKey::Relations(a.clone(), b.clone()),
            Statement::Recognition { recognizer, recognized } => {
                TieKey::Recognition(recognizer.clone(), recognized.clone())
            }
            Statement::Membership { member, organization, .. } => {
                TieKey::Membership(member.clone(), organization.clone())
            }
            Statement::Protection { sending, receiving, .. } => TieKey::Protection(sending.clone(), receiving.clone()),
            Statement::Border { a, b, .. } => TieKey::Border(a.clone(), b.clone()),
            Statement::Capital { subject, city } => TieKey::Capital(subject.clone(), named(city, subject)),
            Statement::Count { subject, what, .. } => {
                TieKey::Count(subject.clone(), what.clone(), claim.span.began.to_string())
            }
            Statement::Tie { a, b, label, .. } => {
                TieKey::Signed(a.clone(), b.clone(), label.clone(), claim.span.began.to_string())
            }
        }
    }

    /// Its spell of this number; of a tie without spells, the only one.
    pub fn spell(self, number: u16) -> FactKey {
        let spell = if self.has_spells() { number } else { 0 };
        FactKey { tie: self, spell }
    }

    /// Whether it has spells.
    pub fn has_spells(&self) -> bool {
        !matches!(self, TieKey::Border(..) | TieKey::Capital(..) | TieKey::Count(..) | TieKey::Signed(..))
    }

    /// Its kind.
    pub fn kind(&self) -> TieKind {
        match self {
            TieKey::Resident(..) | TieKey::Legation(..) => TieKind::Mission,
            TieKey::Post(..) => TieKind::Post,
            TieKey::Accreditation(..) => TieKind::Accreditation,
            TieKey::Protection(..) => TieKind::Protection,
            TieKey::Relations(..) => TieKind::Relations,
            TieKey::Recognition(..) => TieKind::Recognition,
            TieKey::Membership(..) => TieKind::Membership,
            TieKey::Border(..) => TieKind::Border,
            TieKey::Capital(..) => TieKind::Capital,
            TieKey::Count(..) => TieKind::Count,
            TieKey::Signed(..) => TieKind::Signed,
        }
    }

    /// Subject and object: sender and receiver, the two parties, member and organisation; of a capital the city, of a
    /// total what is counted.
    pub fn parties(&self) -> (&str, &str) {
        match self {
            TieKey::Resident(a, b)
            | TieKey::Legation(a, b)
            | TieKey::Post(_, a, b, _)
            | TieKey::Accreditation(a, b)
            | TieKey::Protection(a, b)
            | TieKey::Relations(a, b)
            | TieKey::Recognition(a, b)
            | TieKey::Border(a, b)
            | TieKey::Signed(a, b, ..) => (a, b),
            TieKey::Membership(member, organisation) => (member, organisation),
            TieKey::Capital(entity, city) => (entity, city),
            TieKey::Count(subject, what, _) => (subject, what),
        }
    }
}

impl FactKey {
    /// The key of the first spell of what a claim speaks of; `city` gives the city that a name means in a state.
    pub fn of(claim: &Claim, city: impl Fn(&str, &str) -> CityId) -> FactKey {
        FactKey { tie: TieKey::of(claim, city), spell: 0 }
    }

    /// Its parts.
    pub fn parts(&self) -> KeyParts<'_> {
        let (subject, object) = self.parties();
        let (class, third, fourth) = match &self.tie {
            TieKey::Resident(..) => (Some(MissionClass::Resident), "", ""),
            TieKey::Post(class, _, _, city) => (Some(*class), city.as_str(), ""),
            TieKey::Count(_, _, date) => (None, date.as_str(), ""),
            TieKey::Signed(_, _, label, date) => (None, label.as_str(), date.as_str()),
            _ => (None, "", ""),
        };
        KeyParts { kind: self.kind(), class, texts: [subject, object, third, fourth], spell: self.spell }
    }

    /// The key of these parts.
    pub fn from_parts(parts: KeyParts<'_>) -> FactKey {
        let KeyParts { kind, class, texts: [a, b, c, d], spell } = parts;
        let tie = match kind {
            TieKind::Mission if class.is_none() => TieKey::Legation(a.into(), b.into()),
            TieKind::Mission => TieKey::Resident(a.into(), b.into()),
            TieKind::Post => TieKey::Post(class.unwrap_or(MissionClass::Office), a.into(), b.into(), c.into()),
            TieKind::Accreditation => TieKey::Accreditation(a.into(), b.into()),
            TieKind::Protection => TieKey::Protection(a.into(), b.into()),
            TieKind::Relations => TieKey::Relations(a.into(), b.into()),
            TieKind::Recognition => TieKey::Recognition(a.into(), b.into()),
            TieKind::Membership => TieKey::Membership(a.into(), b.into()),
            TieKind::Border => TieKey::Border(a.into(), b.into()),
            TieKind::Capital => TieKey::Capital(a.into(), b.into()),
            TieKind::Count => TieKey::Count(a.into(), b.to_owned(), c.to_owned()),
            TieKind::Signed => TieKey::Signed(a.into(), b.into(), c.to_owned(), d.to_owned()),
        };
        FactKey { tie, spell }
    }

    /// Subject and object, as [`TieKey::parties`] has them.
    pub fn parties(&self) -> (&str, &str) {
        self.tie.parties()
    }

    /// The key of another spell of the same tie; of a tie without spells, the key itself.
    pub fn with_spell(self, spell: u16) -> FactKey {
        self.tie.spell(spell)
    }

    /// Its kind.
    pub fn kind(&self) -> TieKind {
        self.tie.kind()
    }
}

/// One value and who gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Where it is read, sorted.
    pub origins: Vec<Origin>,
    /// How many independent works give it: copies and parts of one work count once.
    pub works: usize,
}

/// Every reading of one quantity, best supported first. Never empty; two readings are a dispute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Settled<T>(Vec<Reading<T>>);

impl<T> Settled<T> {
    /// From readings in order of preference; `None` if there is none.
    pub fn new(readings: Vec<Reading<T>>) -> Option<Settled<T>> {
        (!readings.is_empty()).then_some(Settled(readings))
    }

    /// The preferred value.
    pub fn value(&self) -> &T {
        &self.0[0].value
    }

    /// All readings, preferred first.
    pub fn readings(&self) -> &[Reading<T>] {
        &self.0
    }

    /// Puts the first reading of which something holds before the others.
    pub fn prefer(&mut self, wanted: impl Fn(&T) -> bool) {
        if let Some(at) = self.0.iter().position(|reading| wanted(&reading.value)) {
            self.0[..=at].rotate_right(1);
        }
    }

    /// Whether two readings exclude each other.
    pub fn is_disputed(&self) -> bool {
        self.0.len() > 1
    }
}

/// One spell of one tie: its parties, and per quantity every reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub key: FactKey,
    /// What it says: kind and seat of the mission, status, value.
    pub tie: Settled<Statement>,
    /// Whether it is affirmed or denied.
    pub polarity: Settled<Polarity>,
    /// When it began; `None` where no source says.
    pub began: Option<Settled<Bound>>,
    /// When it ended; `None` where no source says that it did.
    pub ended: Option<Settled<Bound>>,
    /// How it ended, where a source says or a rule implies it.
    pub manner: Option<Manner>,
    /// When it held, as far as everything that is known of it allows: a beginning that nobody dates came before
    /// the first day on which a source has it, an end without a date after the last such day.
    pub life: Span,
    /// Which works have it on which days, by first day.
    pub sightings: Vec<Sighting>,
    /// Whether sources differ on whether it stands: one has it after another told its end.
    pub contested: bool,
    /// The end that follows from another fact, where no source of its own tells one.
    pub implied: Option<ImpliedEnd>,
    /// What rules decided between its sources.
    pub settlements: Vec<Settlement>,
}

impl Fact {
    /// A tie of which nothing is known but that it stands.
    pub fn assumed(key: FactKey, tie: Settled<Statement>, polarity: Settled<Polarity>) -> Fact {
        Fact {
            key,
            tie,
            polarity,
            began: None,
            ended: None,
            manner: None,
            life: Span::default(),
            sightings: Vec::new(),
            contested: false,
            implied: None,
            settlements: Vec::new(),
        }
    }

    /// Subject: sender, recogniser, member, first party.
    pub fn subject(&self) -> &str {
        self.key.parties().0
    }

    /// Object: receiver, recognised, organisation, second party; what is counted.
    pub fn object(&self) -> &str {
        self.key.parties().1
    }

    /// When it held, as the preferred readings state it.
    pub fn span(&self) -> Span {
        Span {
            began: self.began.as_ref().map_or(Bound::UNKNOWN, |settled| *settled.value()),
            ended: match (&self.ended, &self.implied) {
                // An end without a date is as near as its life tells.
                (Some(settled), _) if settled.value().earliest.is_none() => self.life.ended,
                (Some(settled), _) => Some(*settled.value()),
                (None, implied) => implied.as_ref().map(|implied| implied.on),
            },
        }
    }

    /// Whether the preferred reading denies it.
    pub fn is_denied(&self) -> bool {
        *self.polarity.value() == Polarity::Denied
    }

    /// Whether two readings of any of its quantities exclude each other.
    pub fn is_disputed(&self) -> bool {
        self.contested
            || self.tie.is_disputed()
            || self.polarity.is_disputed()
            || self.began.as_ref().is_some_and(Settled::is_disputed)
            || self.ended.as_ref().is_some_and(Settled::is_disputed)
    }

    /// The last day, up to `day` where one is given, of which a source has it; `None` where no source that has it
    /// says of which day it speaks.
    pub fn last_confirmed(&self, day: Option<Day>) -> Option<Day> {
        let seen = self.sightings.iter().filter(|seen| day.is_none_or(|day| seen.from <= day));
        seen.map(|seen| day.map_or(seen.until, |day| seen.until.min(day))).max()
    }

    /// The first day after `day` of which a source has it.
    pub fn next_confirmed(&self, day: Day) -> Option<Day> {
        self.sightings.iter().map(|seen| seen.from).filter(|from| *from > day).min()
    }

    /// How many independent works have it on a day, or carry it there from an earlier one; all of them where no day
    /// is asked for, and where nobody says of which day he speaks those that say so without one.
    pub fn works_on(&self, day: Option<Day>) -> usize {
        let stated = self.polarity.readings()[0].works;
        let Some(day) = day else { return stated };
        if self.sightings.is_empty() {
            return stated;
        }
        let mut works: Vec<u32> = self.sightings.iter().filter(|seen| seen.from <= day).map(|seen| seen.work).collect();
        works.sort_unstable();
        works.dedup();
        if works.len() > 1 {
            works.retain(|work| *work != Sighting::GENERAL_KNOWLEDGE);
        }
        works.len()
    }

    /// Slugs of the entities and organisations that it joins: its parties, and hosts and protecting powers of
    /// its readings. None for totals and capitals, which join nobody.
    pub fn nodes(&self) -> Vec<&str> {
        if matches!(self.key.kind(), TieKind::Count | TieKind::Capital) {
            return Vec::new();
        }
        let mut nodes = vec![self.subject(), self.object()];
        for reading in self.tie.readings() {
            match &reading.value {
                Statement::Mission { host: Some(other), .. }
                | Statement::Accreditation { host: Some(other), .. }
                | Statement::Protection { power: other, .. } => {
                    nodes.push(other);
                }
                _ => {}
            }
        }
        nodes
    }

    /// Every place that speaks of it, sorted, each once.
    pub fn origins(&self) -> Vec<Origin> {
        let mut origins: Vec<Origin> =
            self.polarity.readings().iter().flat_map(|reading| reading.origins.iter().cloned()).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}
