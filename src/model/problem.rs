//! A row or sentence that could not be read: kept with its place while the rest is read.

use std::fmt;

/// Something that was left out or kept with a doubt, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File as the user named it.
    pub file: String,
    /// Line, from 1; 0 where it concerns the file as a whole.
    pub line: usize,
    /// What was found and what was done, quoting the input.
    pub message: String,
    /// Whether a row of a table, or a whole file, gave nothing for it; else the input was kept with a doubt, or is
    /// a passage of a text.
    pub lost: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: problem: {}", self.file, self.message)
        } else {
            write!(f, "{}:{}: problem: {}", self.file, self.line, self.message)
        }
    }
}
