//! Long answers, written row by row: the same forms as [`Answer`](super::Answer), never held whole.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Cell;

/// The form of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    /// CSV with a header; what is not known is empty.
    Csv,
    /// One object with `lens`, `notes`, `question` and `rows`; what is not known is null.
    Json,
}

/// What stands after the rows of JSON.
pub(super) const JSON_FOOT: &[u8] = b"\n  ]\n}\n";

/// Writes what stands before the rows of JSON.
pub(super) fn json_head(out: &mut impl Write, question: &str, lens: &str) -> io::Result<()> {
    let [question, lens] = [question, lens].map(Value::from);
    write!(out, "{{\n  \"lens\": {lens},\n  \"notes\": [],\n  \"question\": {question},\n  \"rows\": [")
}

/// Where the rows go.
enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

/// A table that is being written.
pub struct Sheet<W: Write> {
    out: Out<W>,
    columns: Vec<String>,
    rows: usize,
}

impl<W: Write> Sheet<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(mut out: W, form: SheetForm, question: &str, lens: &str, columns: &[&str]) -> io::Result<Self> {
        let out = match form {
            SheetForm::Csv => {
                let mut out = csv::Writer::from_writer(out);
                out.write_record(columns).map_err(written)?;
                Out::Csv(Box::new(out))
            }
            SheetForm::Json => {
                json_head(&mut out, question, lens)?;
                Out::Json(out)
            }
        };
        Ok(Sheet { out, columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows: 0 })
    }

    /// Writes a row, one cell a column.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(out) => out.write_record(cells.iter().map(Cell::plain)).map_err(written)?,
            Out::Json(out) => {
                let cells = self.columns.iter().zip(cells).map(|(column, cell)| (column.clone(), cell.json()));
                let object: Map<String, Value> = cells.collect();
                let comma = if self.rows == 0 { "\n    " } else { ",\n    " };
                write!(out, "{comma}{}", Value::Object(object))?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the foot and returns the number of rows.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(self) -> io::Result<usize> {
        match self.out {
            Out::Csv(mut out) => out.flush()?,
            Out::Json(mut out) => {
                out.write_all(JSON_FOOT)?;
                out.flush()?;
            }
        }
        Ok(self.rows)
    }
}

/// The error of the writer below, so that a reader that has gone away is told from a failure.
fn written(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
