//! Charts: tables of numbers as pictures, one kind a file.
//!
//! What is drawn comes computed; what it looks like, what is labelled and what is left to a pointer is decided here.

mod axis;
mod decades;
mod frame;
mod history;
mod matrix;
mod rank;
mod strewn;
mod timeline;
mod tree;

pub use decades::decades;
pub use history::{Course, Years, history};
pub use matrix::{Class, Classes, Measured, classes, measured};
pub use rank::{Standing, Standings, bars, bump};
pub use timeline::{Dated, timeline};
