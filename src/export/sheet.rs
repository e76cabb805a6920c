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

/// A table that is being written.
pub struct Sheet<W: Write> {
    out: W,
    form: SheetForm,
    columns: Vec<&'static str>,
    rows: usize,
}

impl<W: Write> Sheet<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(
        mut out: W,
        form: SheetForm,
        question: &str,
        lens: &str,
        columns: &[&'static str],
    ) -> io::Result<Self> {
        match form {
            SheetForm::Csv => writeln!(out, "{}", columns.join(","))?,
            SheetForm::Json => write!(
                out,
                "{{\n  \"lens\": {},\n  \"notes\": [],\n  \"question\": {},\n  \"rows\": [",
                Value::from(lens),
                Value::from(question)
            )?,
        }
        Ok(Sheet { out, form, columns: columns.to_vec(), rows: 0 })
    }

    /// Writes a row, one cell a column.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match self.form {
            SheetForm::Csv => {
                let mut line = csv::Writer::from_writer(&mut self.out);
                line.write_record(cells.iter().map(Cell::plain)).map_err(io::Error::other)?;
                line.flush()?;
            }
            SheetForm::Json => {
                let cells = self.columns.iter().zip(cells).map(|(column, cell)| ((*column).to_owned(), cell.json()));
                let object: Map<String, Value> = cells.collect();
                let comma = if self.rows == 0 { "\n    " } else { ",\n    " };
                write!(self.out, "{comma}{}", Value::Object(object))?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the foot and returns the number of rows.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(mut self) -> io::Result<usize> {
        if self.form == SheetForm::Json {
            self.out.write_all(b"\n  ]\n}\n")?;
        }
        self.out.flush()?;
        Ok(self.rows)
    }
}
