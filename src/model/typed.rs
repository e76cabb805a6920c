//! Tables of `data/` as typed rows: one loader that fails with file and line.

use serde::Deserialize;

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
