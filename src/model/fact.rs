//! One tie with everything that the sources say of it.

use super::claim::{Origin, Polarity, Statement};
use super::date::{Bound, Span};
use super::mission::MissionClass;

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
    /// Membership of the first in the second, past.
    Membership(String, String, bool),
    /// A total: subject, what is counted, date for which it is stated.
    Count(String, String, String),
    /// A signed tie: parties, label, date.
    Tie(String, String, String, String),
}

impl FactKey {
    /// Name of the kind of tie, as in files and tables.
    pub fn tie(&self) -> &'static str {
        match self {
            FactKey::Resident(..) => "mission",
            FactKey::Post(..) => "post",
            FactKey::Accreditation(..) => "accreditation",
            FactKey::Relations(..) => "relations",
            FactKey::Recognition(..) => "recognition",
            FactKey::Membership(..) => "membership",
            FactKey::Count(..) => "count",
            FactKey::Tie(..) => "tie",
        }
    }
}

/// One value and who gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Where it is read, sorted.
    pub origins: Vec<Origin>,
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

    /// Every place that speaks of it, sorted, each once.
    pub fn origins(&self) -> Vec<Origin> {
        let mut origins: Vec<Origin> =
            self.polarity.readings().iter().flat_map(|reading| reading.origins.iter().cloned()).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}
