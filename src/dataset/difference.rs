//! What changed from one data set to another.

use std::cmp::Ordering;

use super::DataSet;
use crate::model::Fact;

/// How a fact changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the new data set has it.
    Added,
    /// Only the old one has it.
    Removed,
    /// Its preferred seat, kind, status or value is another.
    Tie,
    /// It was affirmed and is denied, or the other way round.
    Polarity,
    /// It begins on another date.
    Began,
    /// It ends on another date.
    Ended,
    /// The same reading is preferred, but a dispute opened or closed.
    Dispute,
}

impl Change {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Tie => "tie",
            Change::Polarity => "polarity",
            Change::Began => "began",
            Change::Ended => "ended",
            Change::Dispute => "dispute",
        }
    }
}

/// One change: the fact before and after, where it exists.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'d> {
    /// How.
    pub change: Change,
    /// In the old data set.
    pub old: Option<&'d Fact>,
    /// In the new one.
    pub new: Option<&'d Fact>,
}

/// Lists the changes from `old` to `new`, by key of the fact; several for a fact that changed in several ways.
/// Places alone are no change. O(facts).
pub fn difference<'d>(old: &'d DataSet, new: &'d DataSet) -> Vec<Changed<'d>> {
    let mut changes = Vec::new();
    let (mut before, mut after) = (old.facts.iter().peekable(), new.facts.iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some(old), Some(new)) => old.key.cmp(&new.key),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changes,
        };
        let (old, new) = match order {
            Ordering::Less => (before.next(), None),
            Ordering::Greater => (None, after.next()),
            Ordering::Equal => (before.next(), after.next()),
        };
        let (Some(one), Some(other)) = (old, new) else {
            let change = if old.is_some() { Change::Removed } else { Change::Added };
            changes.push(Changed { change, old, new });
            continue;
        };
        for change in ways(one, other) {
            changes.push(Changed { change, old, new });
        }
    }
}

fn ways(old: &Fact, new: &Fact) -> Vec<Change> {
    let mut ways = Vec::new();
    if old.tie.value() != new.tie.value() {
        ways.push(Change::Tie);
    }
    if old.is_denied() != new.is_denied() {
        ways.push(Change::Polarity);
    }
    let (before, after) = (old.span(), new.span());
    if before.began != after.began {
        ways.push(Change::Began);
    }
    if before.ended != after.ended {
        ways.push(Change::Ended);
    }
    if ways.is_empty() && old.is_disputed() != new.is_disputed() {
        ways.push(Change::Dispute);
    }
    ways
}
