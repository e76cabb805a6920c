//! Claims gathered, reconciled into facts, checked, saved and loaded.
//!
//! A data set keeps every claim. Its facts are made from them by [`reconcile()`], in which the order of the
//! claims has no say, so that a file can be merged, sorted or cut without changing what it states.

mod check;
mod difference;
mod disk;
mod facts;
mod file;
mod group;
mod impossible;
mod packed;
mod precedence;
mod reconcile;
mod settle;
mod tables;

use crate::model::{Claim, Fact, Source};
use crate::names::Gazetteer;

pub use check::{check, check_tables};
pub use difference::{Change, Changed, difference};
pub use disk::{FileError, Pending, SCHEMA, write_atomically};
pub use facts::Facts;
pub use file::{DataSetFile, FactRecord, load, parse, save, to_json};
pub(crate) use group::city_slug;
pub use impossible::{Impossible, impossible};
pub use packed::{Head, PackedError, PackedFacts, pack};
pub use reconcile::{ONE_PLACE_KM, reconcile};
pub use tables::{TABLES, is_tables, load_tables, parse_sources, save_tables, to_tables};

/// Sources, claims and the facts made from them.
#[derive(Clone, Debug, Default)]
pub struct DataSet {
    /// The documents, by name.
    pub sources: Vec<Source>,
    /// Every claim, sorted, each once.
    pub claims: Vec<Claim>,
    /// The facts, by key.
    pub facts: Vec<Fact>,
}

impl DataSet {
    /// Gathers claims and reconciles them. The order of sources and claims does not matter.
    pub fn new(mut sources: Vec<Source>, mut claims: Vec<Claim>, gazetteer: &Gazetteer) -> DataSet {
        sources.sort();
        sources.dedup();
        claims.sort();
        claims.dedup();
        let facts = reconcile(&claims, &sources, gazetteer);
        DataSet { sources, claims, facts }
    }

    /// Facts of which two readings exclude each other.
    pub fn disputes(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.is_disputed())
    }
}
