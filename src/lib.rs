//! The world's diplomatic network on one machine.
#![allow(missing_docs)]
pub mod analysis;
pub mod dataset;
pub mod grammar;
pub mod graph;
pub mod import;
pub mod model;
pub mod names;
