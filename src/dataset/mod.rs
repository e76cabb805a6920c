//! Claims gathered, reconciled into facts, checked, saved and loaded.
//!
//! A data set keeps every claim. Its facts are made from them by [`reconcile()`], in which the order of the
//! claims has no say, so that a file can be merged, sorted or cut without changing what it states.

mod check;
mod file;
mod reconcile;

use crate::model::{Claim, Fact, Source};
use crate::names::Gazetteer;

pub use check::check;
pub use file::{DataSetFile, FactRecord, FileError, SCHEMA, load, parse, save, to_json, write_atomically};
pub use reconcile::reconcile;

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

/// The data set that is compiled into the program.
const BUILT_IN: &str = include_str!("../../data/builtin.json");

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

    /// The data set that the program carries.
    ///
    /// # Errors
    /// [`FileError`] only in a damaged build.
    pub fn built_in(gazetteer: &Gazetteer) -> Result<DataSet, FileError> {
        parse("built-in", BUILT_IN, gazetteer)
    }

    /// Facts of which two readings exclude each other.
    pub fn disputes(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.is_disputed())
    }
}
