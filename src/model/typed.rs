//! Tables of `data/` as typed rows: one loader that fails with file and line. The program carries them as text; the build
//! reads every row, so that a bad one fails it.

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

use super::date::Bound;

use super::rows::Rows;

/// A row with its line.
#[derive(Clone, Debug)]
pub struct TableRow<T> {
    /// Line on which it begins, from 1.
    pub line: usize,
    /// What it holds.
    pub value: T,
}

/// A table whose row is none of its own.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}: {message}")]
pub struct TableRowError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads every row of a table, in the order of the file; `file` stands for it in errors.
///
/// # Errors
/// [`TableRowError`] with the line of the first row that has not the width of the header or is not of the type.
pub fn typed_rows<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<Vec<TableRow<T>>, TableRowError> {
    let rows = Rows::new(text);
    let names = rows.header.clone();
    let header = csv::StringRecord::from(names.clone());
    let mut out = Vec::new();
    for row in rows {
        let fail = |message: String| TableRowError { file: file.to_owned(), line: row.line, message };
        row.width(&names).map_err(fail)?;
        let value = row.cells.deserialize(Some(&header)).map_err(|error| fail(error.to_string()))?;
        out.push(TableRow { line: row.line, value });
    }
    Ok(out)
}

/// A table that the program carries.
pub struct DataTable<T: 'static> {
    file: &'static str,
    text: &'static str,
    rows: OnceLock<Vec<T>>,
}

impl<T: for<'de> Deserialize<'de>> DataTable<T> {
    /// The table of a file under `data/`, with its text.
    pub const fn new(file: &'static str, text: &'static str) -> DataTable<T> {
        DataTable { file, text, rows: OnceLock::new() }
    }

    /// Reads every row.
    ///
    /// # Errors
    /// [`TableRowError`] with the line of the first bad row.
    pub fn check(&self) -> Result<(), TableRowError> {
        typed_rows::<T>(self.file, self.text).map(|_| ())
    }

    /// The rows, in the order of the file; read once.
    ///
    /// # Panics
    /// Where a row is bad: the build has read them all.
    pub fn rows(&self) -> &[T] {
        self.rows.get_or_init(|| {
            let rows = typed_rows(self.file, self.text).unwrap_or_else(|error| panic!("{error}"));
            rows.into_iter().map(|row| row.value).collect()
        })
    }

    /// How many lines the file has below its header.
    pub fn lines(&self) -> usize {
        self.text.lines().count().saturating_sub(1)
    }
}

/// Cells of tables that are no plain text or number; each is named where a row is derived, as
/// `#[serde(deserialize_with = "cell::yes")]`.
pub mod cell {
    use serde::de::Error;

    use super::super::fields::Word;
    use super::super::tie::TieKind;
    use super::{Bound, Deserialize, Deserializer};

    fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        String::deserialize(from)
    }

    /// `yes`, `no`, or nothing, which is no.
    pub fn yes<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
        match text(from)?.as_str() {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            other => Err(D::Error::custom(format!("\"{other}\" is neither yes nor no"))),
        }
    }

    /// An EDTF date; unknown where there is none.
    pub fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Bound, D::Error> {
        Bound::parse(&text(from)?).map_err(D::Error::custom)
    }

    /// The EDTF date of an end; `None` where there is none.
    pub fn end<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Bound>, D::Error> {
        let written = text(from)?;
        if written.is_empty() { Ok(None) } else { Bound::parse(&written).map(Some).map_err(D::Error::custom) }
    }

    /// A word of a list.
    pub fn word<'de, D: Deserializer<'de>, T: Word>(from: D) -> Result<T, D::Error> {
        let written = text(from)?;
        let found = T::words().find(|word| word.word() == written);
        found.ok_or_else(|| D::Error::custom(format!("\"{written}\" is no word of this column")))
    }

    /// A word of a list; `None` where there is none.
    pub fn maybe_word<'de, D: Deserializer<'de>, T: Word>(from: D) -> Result<Option<T>, D::Error> {
        let written = text(from)?;
        let found = T::words().find(|word| word.word() == written);
        match found {
            None if !written.is_empty() => Err(D::Error::custom(format!("\"{written}\" is no word of this column"))),
            found => Ok(found),
        }
    }

    /// A kind of tie by the name under which ties are chosen.
    pub fn ties<'de, D: Deserializer<'de>>(from: D) -> Result<TieKind, D::Error> {
        let written = text(from)?;
        let found = TieKind::EDGES.into_iter().find(|kind| kind.ties_name() == written);
        found.ok_or_else(|| D::Error::custom(format!("\"{written}\" are no ties")))
    }

    /// Names by ` | `.
    pub fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        Ok(text(from)?.split('|').map(|name| name.trim().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let read = |text: &str| {
            let rows: Result<Vec<TableRow<(String, u8)>>, _> = typed_rows("t.csv", text);
            rows.map(|rows| rows.len()).map_err(|error| (error.line, error.to_string().starts_with("t.csv:")))
        };
        assert_eq!(read("a,b\nx,1\ny,2\n"), Ok(2));
        assert_eq!(read("a,b\nx,1\ny,z\n"), Err((3, true)));
        assert_eq!(read("a,b\nx\n"), Err((2, true)));
    }
}
