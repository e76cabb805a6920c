//! Claims gathered, reconciled into facts, checked, saved and loaded.
//!
//! A data set keeps every claim. Its facts are made from them by one function, in which the order of the
//! claims has no say, so that a file can be merged, sorted or cut without changing what it states.

mod announcements;
mod check;
mod continuity;
mod difference;
mod disk;
mod effects;
mod evidence;
mod facts;
mod file;
mod implications;
mod impossible;
mod packed;
mod precedence;
mod reconcile;
mod seats;
mod settle;
mod spells;
mod standing;
mod tables;

use crate::model::{Claim, Fact, Source};
use crate::names::Gazetteer;

pub use announcements::{Announced, announced};
pub use check::{check, check_tables};
pub use difference::{Change, Changed, difference};
pub use disk::{FileError, Pending, SCHEMA, write_atomically};
pub use effects::Effects;
pub(crate) use evidence::city_slug;
pub use facts::Facts;
pub use file::{DataSetFile, FactRecord, SettledRecord, load, parse, save, to_json};
pub use impossible::{Impossible, impossible};
pub use packed::{Head, PackedError, PackedFacts, pack};
pub use reconcile::ONE_PLACE_KM;
use reconcile::reconcile;
pub use standing::{Implication, check_rules, implications, rule_says, years_until_unconfirmed};
pub use tables::{is_tables, load_tables, parse_sources, save_tables, tables, to_tables};

/// Sources, claims and the facts made from them.
#[derive(Clone, Debug, Default)]
pub struct DataSet {
    /// The documents, by name.
    pub sources: Vec<Source>,
    /// Every claim, sorted, each once.
    pub claims: Vec<Claim>,
    /// The facts, by key.
    pub facts: Vec<Fact>,
    /// Places of the claims on which each fact rests.
    evidence: Vec<Vec<usize>>,
}

impl DataSet {
    /// Gathers claims and reconciles them. The order of sources and claims does not matter.
    pub fn new(mut sources: Vec<Source>, mut claims: Vec<Claim>, gazetteer: &Gazetteer) -> DataSet {
        sources.sort();
        sources.dedup();
        claims.sort();
        claims.dedup();
        let (facts, evidence) = reconcile(&claims, &sources, gazetteer).into_iter().unzip();
        DataSet { sources, claims, facts, evidence }
    }

    /// Facts of which two readings exclude each other.
    pub fn disputes(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.is_disputed())
    }
}
