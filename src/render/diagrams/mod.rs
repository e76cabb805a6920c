//! Diagrams: one layout a file, for the questions that the program answers.

mod ego;

pub use ego::ego;
