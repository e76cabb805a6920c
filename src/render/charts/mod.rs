//! Charts: tables of numbers as pictures, one kind a file.
//!
//! What is drawn comes computed; what it looks like, what is labelled and what is left to a pointer is decided here.

mod axis;
mod matrix;
mod tree;

pub use matrix::{Class, Classes, Measured, classes, measured};
