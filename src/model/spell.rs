//! How ties end, who saw them stand, and what a rule decided between sources.

use super::claim::Origin;
use super::date::{Bound, Day};

/// How a tie ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Manner {
    /// A mission was closed.
    Closed,
    /// Work or membership was suspended.
    Suspended,
    /// Relations were broken off.
    Severed,
    /// A mission or the seat of an accreditation moved.
    Relocated,
    /// It became something of a lower class.
    Downgraded,
    /// It became something of a higher class: a legation an embassy.
    Raised,
    /// Another took its place.
    Replaced,
    /// A member left, a recognition or mission was withdrawn.
    Withdrawn,
    /// A party, or the organisation, ended.
    PartyEnded,
}

impl Manner {
    /// Every manner, in order.
    pub const ALL: [Manner; 9] = [
        Manner::Closed,
        Manner::Suspended,
        Manner::Severed,
        Manner::Relocated,
        Manner::Downgraded,
        Manner::Raised,
        Manner::Replaced,
        Manner::Withdrawn,
        Manner::PartyEnded,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Manner::Closed => "closed",
            Manner::Suspended => "suspended",
            Manner::Severed => "severed",
            Manner::Relocated => "relocated",
            Manner::Downgraded => "downgraded",
            Manner::Raised => "raised",
            Manner::Replaced => "replaced",
            Manner::Withdrawn => "withdrawn",
            Manner::PartyEnded => "party_ended",
        }
    }

    /// The name in prose.
    pub fn prose(self) -> &'static str {
        match self {
            Manner::Raised => "raised to a higher class",
            Manner::PartyEnded => "ended with one of its parties",
            other => other.name(),
        }
    }

    /// Reads a name of a file.
    pub fn parse(text: &str) -> Option<Manner> {
        Manner::ALL.into_iter().find(|manner| manner.name() == text)
    }
}

/// One work that says that a tie stood, and for which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sighting {
    /// First day of which it speaks.
    pub from: Day,
    /// Last day of which it speaks.
    pub until: Day,
    /// The work, by its place among the works of the data set.
    pub work: u32,
}

impl Sighting {
    /// The place of general knowledge that nobody looked up: it says that a tie stood, and corroborates no work.
    pub const GENERAL_KNOWLEDGE: u32 = u32::MAX;
}

/// What a rule decided between sources, or made follow from another fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Settlement {
    /// Id of the rule: a row of `data/rules/standing.csv` or `data/rules/implications.csv`.
    pub rule: String,
    /// Where the word was read that the rule went by.
    pub by: Vec<Origin>,
    /// Where the word was read that it set aside; empty where nothing was.
    pub against: Vec<Origin>,
}

/// An end that no source of the tie itself tells: it follows from another fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImpliedEnd {
    /// When.
    pub on: Bound,
    /// How.
    pub manner: Manner,
    /// Id of the rule: a row of `data/rules/implications.csv`.
    pub rule: String,
    /// Places of the fact from which it follows.
    pub by: Vec<Origin>,
}
