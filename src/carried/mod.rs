//! What the program carries: the names and the data set of the world, packed from the plain tables of `data/`
//! when the program is built (`build.rs` beside this file), and opened in place when it starts.

use crate::dataset::{DataSet, PackedError, PackedFacts};
use crate::graph::Network;
use crate::names::{Gazetteer, TableError};

const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));
const WORLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.bin"));

/// The names of `data/names`.
///
/// # Errors
/// [`TableError`] only in a damaged build.
pub fn gazetteer() -> Result<Gazetteer, TableError> {
    Gazetteer::unpack(NAMES)
}

/// The network of `data/world`. Facts are decoded as they are asked for.
///
/// # Errors
/// [`PackedError`] only in a damaged build.
pub fn network(gazetteer: &Gazetteer) -> Result<Network<'_>, PackedError> {
    Ok(Network::packed(PackedFacts::open(WORLD, gazetteer)?, gazetteer))
}

/// The data set of `data/world` with every claim, to be merged or written out. Reconciles anew.
///
/// # Errors
/// [`PackedError`] only in a damaged build.
pub fn data_set(gazetteer: &Gazetteer) -> Result<DataSet, PackedError> {
    let facts = PackedFacts::open(WORLD, gazetteer)?;
    Ok(DataSet::new(facts.sources.clone(), facts.claims(), gazetteer))
}
