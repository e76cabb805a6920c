//! One tie with everything that the sources say of it.

use super::claim::{Origin, Polarity, Statement};
use super::date::{Bound, Span};
use super::mission::MissionClass;
use super::tie::TieKind;

/// What makes two claims speak of one tie.
///
/// A state has one resident mission in another, so its city is a reading and not part of the key;
/// consulates in two cities are two ties. A tie that is said to be over (`past`) is another than the one
/// that stands today.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKey {
    /// The resident mission, or the denial of one: sending, receiving, past.
    Resident(String, String, bool),
    /// A post in one city (slug of the city, or its folded name, empty where unstated).
    Post(MissionClass, String, String, String, bool),
    /// Cover from elsewhere: sending, receiving, past.
    Accreditation(String, String, bool),
    /// Relations of a dyad, in the order of the slugs; 0 for those that stand, 1, 2, … for spans that are over.
    Relations(String, String, u16),
    /// Recognition of the second by the first.
    Recognition(String, String),
    /// Membership of the first in the second; 0 for the one that stands, 1, 2, … for spells that are over.
    Membership(String, String, u16),
    /// Protection of interests: sending, receiving, past.
    Protection(String, String, bool),
    /// A land border, in the order of the slugs.
    Border(String, String),
    /// A capital: entity, slug of the city.
    Capital(String, String),
    /// A total: subject, what is counted, date for which it is stated.
    Count(String, String, String),
    /// A signed tie: parties, label, date.
    Tie(String, String, String, String),
}

impl FactKey {
    /// Subject and object.
    pub fn parties(&self) -> (&str, &str) {
        match self {
            FactKey::Resident(a, b, _)
            | FactKey::Post(_, a, b, _, _)
            | FactKey::Accreditation(a, b, _)
            | FactKey::Protection(a, b, _)
            | FactKey::Relations(a, b, _)
            | FactKey::Recognition(a, b)
            | FactKey::Membership(a, b, _)
            | FactKey::Border(a, b)
            | FactKey::Capital(a, b)
            | FactKey::Count(a, b, _)
            | FactKey::Tie(a, b, ..) => (a, b),
        }
    }

    /// The key of the same tie as it stands today, for a mission, accreditation or membership that is said to
    /// be over; `None` for any other.
    pub fn standing_twin(&self) -> Option<FactKey> {
        let mut twin = self.clone();
        match &mut twin {
            FactKey::Resident(_, _, past)
            | FactKey::Post(_, _, _, _, past)
            | FactKey::Accreditation(_, _, past)
            | FactKey::Protection(_, _, past)
                if *past =>
            {
                *past = false;
            }
            FactKey::Membership(_, _, spell) if *spell == 1 => *spell = 0,
            _ => return None,
        }
        Some(twin)
    }

    /// Its kind.
    pub fn kind(&self) -> TieKind {
        match self {
            FactKey::Resident(..) => TieKind::Mission,
            FactKey::Post(..) => TieKind::Post,
            FactKey::Accreditation(..) => TieKind::Accreditation,
            FactKey::Protection(..) => TieKind::Protection,
            FactKey::Relations(..) => TieKind::Relations,
            FactKey::Recognition(..) => TieKind::Recognition,
            FactKey::Membership(..) => TieKind::Membership,
            FactKey::Border(..) => TieKind::Border,
            FactKey::Capital(..) => TieKind::Capital,
            FactKey::Count(..) => TieKind::Count,
            FactKey::Tie(..) => TieKind::Signed,
        }
    }

    /// Name of the kind of tie, as in files and tables.
    pub fn tie(&self) -> &'static str {
        self.kind().name()
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

    /// Whether two readings exclude each other.
    pub fn is_disputed(&self) -> bool {
        self.0.len() > 1
    }
}

/// One tie: its parties, and per quantity every reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub key: FactKey,
    /// Subject: sender, recogniser, member, first party.
    pub subject: String,
    /// Object: receiver, recognised, organisation, second party; what is counted.
    pub object: String,
    /// What it says: kind and seat of the mission, status, value.
    pub tie: Settled<Statement>,
    /// Whether it is affirmed or denied.
    pub polarity: Settled<Polarity>,
    /// When it began; `None` where no source says.
    pub began: Option<Settled<Bound>>,
    /// When it ended; `None` where no source says that it did.
    pub ended: Option<Settled<Bound>>,
}

impl Fact {
    /// When it held, by the preferred readings.
    pub fn span(&self) -> Span {
        Span {
            began: self.began.as_ref().map_or(Bound::UNKNOWN, |settled| *settled.value()),
            ended: self.ended.as_ref().map(|settled| *settled.value()),
        }
    }

    /// Whether the preferred reading denies it.
    pub fn is_denied(&self) -> bool {
        *self.polarity.value() == Polarity::Denied
    }

    /// Whether two readings of any of its quantities exclude each other.
    pub fn is_disputed(&self) -> bool {
        self.tie.is_disputed()
            || self.polarity.is_disputed()
            || self.began.as_ref().is_some_and(Settled::is_disputed)
            || self.ended.as_ref().is_some_and(Settled::is_disputed)
    }

    /// Slugs of the entities and organisations that it joins: its parties, and hosts and protecting powers of
    /// its readings. None for totals and capitals, which join nobody.
    pub fn nodes(&self) -> Vec<&str> {
        if matches!(self.key.kind(), TieKind::Count | TieKind::Capital) {
            return Vec::new();
        }
        let mut nodes = vec![self.subject.as_str(), self.object.as_str()];
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
