//! Written names and codes to entities, cities and organisations.
//!
//! The tables are plain CSV in `data/names`, one row a thing. A name that several things bear is
//! ambiguous and stays so until a row, a date or the reader's own words decide; nothing is decided by
//! the order of the tables.

mod existence;
mod fold;
mod gazetteer;
pub(crate) mod groupings;
mod index;
pub(crate) mod languages;
mod load;
mod near;
mod packed;
mod position;
mod tables;

pub use fold::{fold, fold_word, fold_words, is_word_char, slug_of};
pub use gazetteer::{Code, Form, Gazetteer, NameError, Named, Sense, Succession, WrittenName};
pub use groupings::{Regions, family};
pub use languages::{Language, LanguageError};
pub use near::nearest;
pub use position::{CityAt, EntityAt, OrganisationAt};
pub use tables::TableError;
