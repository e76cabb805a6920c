//! The world's diplomatic network on one machine.
#![allow(missing_docs)]
pub mod analysis;
pub mod cli;
pub mod dataset;
pub mod export;
pub mod grammar;
pub mod graph;
pub mod import;
pub mod model;
pub mod names;
pub mod render;
