//! The world's diplomatic network on one machine.
#![allow(missing_docs)]
pub mod grammar;
pub mod import;
pub mod model;
pub mod names;
