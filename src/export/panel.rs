//! Panels: a row a dyad and year, by the million, for the statistics packages of the field.
//!
//! Chunks of rows are made in parallel and written one behind the other. Known nothing is 0, not known is `NA` in
//! CSV and null in JSON and Parquet.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::sheet::{JSON_FOOT, SheetForm, json_head};

/// The form of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelForm {
    /// CSV with a header.
    Csv,
    /// One object with `question`, `lens` and `rows`.
    Json,
    /// Parquet, Snappy-compressed.
    Parquet,
}

impl From<SheetForm> for PanelForm {
    fn from(form: SheetForm) -> PanelForm {
        match form {
            SheetForm::Csv => PanelForm::Csv,
            SheetForm::Json => PanelForm::Json,
        }
    }
}

/// What the values of a variable are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// A whole number.
    Integer,
    /// A measure, with six decimals.
    Measure,
    /// A label.
    Text,
}

/// A column of a panel, as its codebook has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: VariableKind,
    /// What it means, for the codebook.
    pub about: String,
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'v> {
    /// Not known.
    Na,
    /// A whole number.
    Integer(i64),
    /// A measure.
    Measure(f64),
    /// A label.
    Text(&'v str),
}

/// Rows that are ready to be written.
#[derive(Debug)]
pub enum Chunk {
    /// Bytes of CSV or JSON.
    Bytes(Vec<u8>),
    /// Columns of Parquet: values, and for every row whether it has one.
    Columns(Vec<(Column, Vec<i16>)>),
}

/// Values of one column.
#[derive(Debug)]
pub enum Column {
    /// Whole numbers.
    Integers(Vec<i64>),
    /// Measures.
    Measures(Vec<f64>),
    /// Labels.
    Texts(Vec<ByteArray>),
}

impl Chunk {
    /// No rows yet.
    pub fn new(form: PanelForm, variables: &[Variable]) -> Chunk {
        if form != PanelForm::Parquet {
            return Chunk::Bytes(Vec::new());
        }
        let column = |variable: &Variable| match variable.kind {
            VariableKind::Integer => Column::Integers(Vec::new()),
            VariableKind::Measure => Column::Measures(Vec::new()),
            VariableKind::Text => Column::Texts(Vec::new()),
        };
        Chunk::Columns(variables.iter().map(|variable| (column(variable), Vec::new())).collect())
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        match self {
            Chunk::Bytes(bytes) => bytes.is_empty(),
            Chunk::Columns(columns) => columns.first().is_none_or(|(_, there)| there.is_empty()),
        }
    }

    /// Adds a row, one value a variable.
    pub fn push(&mut self, form: PanelForm, variables: &[Variable], values: &[Value<'_>]) {
        match self {
            Chunk::Bytes(out) if form == PanelForm::Csv => csv_row(out, values),
            Chunk::Bytes(out) => json_row(out, variables, values),
            Chunk::Columns(columns) => {
                for ((column, there), value) in columns.iter_mut().zip(values) {
                    there.push(i16::from(*value != Value::Na));
                    match (column, value) {
                        (Column::Integers(out), Value::Integer(value)) => out.push(*value),
                        (Column::Measures(out), Value::Measure(value)) => out.push(rounded(*value)),
                        (Column::Texts(out), Value::Text(text)) => out.push(ByteArray::from(*text)),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// Six decimals: sums of floats may differ in the last digits from machine to machine.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn csv_row(out: &mut Vec<u8>, values: &[Value<'_>]) {
    let mut number = itoa::Buffer::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match value {
            Value::Na => out.extend_from_slice(b"NA"),
            Value::Integer(value) => out.extend_from_slice(number.format(*value).as_bytes()),
            // Writing to memory cannot fail.
            Value::Measure(value) => _ = write!(out, "{:.6}", rounded(*value)),
            Value::Text(text) if text.contains([',', '"', '\n', '\r']) => {
                _ = write!(out, "\"{}\"", text.replace('"', "\"\""));
            }
            Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        }
    }
    out.push(b'\n');
}

fn json_row(out: &mut Vec<u8>, variables: &[Variable], values: &[Value<'_>]) {
    out.extend_from_slice(b",\n    {");
    for (at, (variable, value)) in variables.iter().zip(values).enumerate() {
        let comma = if at > 0 { "," } else { "" };
        _ = write!(out, "{comma}{}:", serde_json::Value::from(variable.name.as_str()));
        _ = match value {
            Value::Na => write!(out, "null"),
            Value::Integer(value) => write!(out, "{value}"),
            Value::Measure(value) => write!(out, "{}", serde_json::Value::from(rounded(*value))),
            Value::Text(text) => write!(out, "{}", serde_json::Value::from(*text)),
        };
    }
    out.push(b'}');
}

/// A panel that is being written.
pub struct PanelWriter<W: Write + Send> {
    out: Out<W>,
    first: bool,
}

enum Out<W: Write + Send> {
    Text(W, PanelForm),
    Parquet(Box<SerializedFileWriter<W>>),
}

impl<W: Write + Send> PanelWriter<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(mut out: W, form: PanelForm, question: &str, lens: &str, variables: &[Variable]) -> io::Result<Self> {
        let out = match form {
            PanelForm::Csv => {
                let names: Vec<Value<'_>> = variables.iter().map(|variable| Value::Text(&variable.name)).collect();
                let mut head = Vec::new();
                csv_row(&mut head, &names);
                out.write_all(&head)?;
                Out::Text(out, form)
            }
            PanelForm::Json => {
                json_head(&mut out, question, lens)?;
                Out::Text(out, form)
            }
            PanelForm::Parquet => {
                let fields = variables.iter().map(field).collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
                let schema = Type::group_type_builder("panel").with_fields(fields).build().map_err(io::Error::other)?;
                let properties = WriterProperties::builder()
                    .set_compression(Compression::SNAPPY)
                    .set_created_by(concat!("legation ", env!("CARGO_PKG_VERSION")).to_owned())
                    .build();
                let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
                Out::Parquet(Box::new(writer.map_err(io::Error::other)?))
            }
        };
        Ok(PanelWriter { out, first: true })
    }

    /// Writes the rows of a chunk.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        if chunk.is_empty() {
            return Ok(());
        }
        match (&mut self.out, chunk) {
            (Out::Text(out, form), Chunk::Bytes(bytes)) => {
                // The first row of JSON has no comma before it.
                let skip = usize::from(self.first && *form == PanelForm::Json);
                out.write_all(&bytes[skip..])?;
            }
            (Out::Parquet(out), Chunk::Columns(columns)) => columns_out(out, columns).map_err(io::Error::other)?,
            _ => {}
        }
        self.first = false;
        Ok(())
    }

    /// Writes the foot and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(self) -> io::Result<W> {
        match self.out {
            Out::Text(mut out, form) => {
                if form == PanelForm::Json {
                    out.write_all(JSON_FOOT)?;
                }
                out.flush()?;
                Ok(out)
            }
            Out::Parquet(writer) => writer.into_inner().map_err(io::Error::other),
        }
    }
}

fn field(variable: &Variable) -> Result<Arc<Type>, parquet::errors::ParquetError> {
    let (physical, converted) = match variable.kind {
        VariableKind::Integer => (Physical::INT64, ConvertedType::NONE),
        VariableKind::Measure => (Physical::DOUBLE, ConvertedType::NONE),
        VariableKind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
    };
    let field = Type::primitive_type_builder(&variable.name, physical)
        .with_converted_type(converted)
        .with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.build()?))
}

/// Writes a row group.
fn columns_out<W: Write + Send>(
    out: &mut SerializedFileWriter<W>,
    columns: Vec<(Column, Vec<i16>)>,
) -> Result<(), parquet::errors::ParquetError> {
    let mut group = out.next_row_group()?;
    for (column, there) in columns {
        let Some(mut writer) = group.next_column()? else { break };
        let there = Some(there.as_slice());
        match column {
            Column::Integers(values) => writer.typed::<Int64Type>().write_batch(&values, there, None)?,
            Column::Measures(values) => writer.typed::<DoubleType>().write_batch(&values, there, None)?,
            Column::Texts(values) => writer.typed::<ByteArrayType>().write_batch(&values, there, None)?,
        };
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

/// A codebook in Markdown: what the panel is, then its variables.
pub fn codebook(title: &str, about: &[(&str, String)], variables: &[Variable]) -> String {
    let mut out = format!("# {title}\n\n");
    for (what, text) in about {
        out.push_str(&format!("- {what}: {text}\n"));
    }
    out.push_str("\n| variable | type | meaning |\n|---|---|---|\n");
    for variable in variables {
        let kind = match variable.kind {
            VariableKind::Integer => "integer",
            VariableKind::Measure => "number, six decimals",
            VariableKind::Text => "text",
        };
        out.push_str(&format!("| `{}` | {kind} | {} |\n", variable.name, variable.about.replace('|', "\\|")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    fn variables() -> Vec<Variable> {
        [("state", VariableKind::Text), ("year", VariableKind::Integer), ("share", VariableKind::Measure)]
            .map(|(name, kind)| Variable { name: name.to_owned(), kind, about: "a|b".to_owned() })
            .to_vec()
    }

    fn written(form: PanelForm) -> Vec<u8> {
        let variables = variables();
        let mut writer = PanelWriter::begin(Vec::new(), form, "q", "l", &variables).unwrap();
        for rows in [
            vec![[Value::Text("a, \"b\""), Value::Integer(-1), Value::Measure(1.0 / 3.0)]],
            vec![],
            vec![[Value::Text("c"), Value::Na, Value::Na], [Value::Na, Value::Integer(2), Value::Measure(2.0)]],
        ] {
            let mut chunk = Chunk::new(form, &variables);
            rows.iter().for_each(|row| chunk.push(form, &variables, row));
            writer.write(chunk).unwrap();
        }
        writer.end().unwrap()
    }

    #[test]
    fn one_panel_in_three_forms() {
        let csv = String::from_utf8(written(PanelForm::Csv)).unwrap();
        assert_eq!(csv, "state,year,share\n\"a, \"\"b\"\"\",-1,0.333333\nc,NA,NA\nNA,2,2.000000\n");
        let json: serde_json::Value = serde_json::from_slice(&written(PanelForm::Json)).unwrap();
        assert_eq!(
            json["rows"],
            serde_json::json!([
                {"state": "a, \"b\"", "year": -1, "share": 0.333_333},
                {"state": "c", "year": null, "share": null},
                {"state": null, "year": 2, "share": 2.0},
            ])
        );
        let bytes = written(PanelForm::Parquet);
        assert_eq!(bytes, written(PanelForm::Parquet));
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(
            rows,
            [
                "{state: \"a, \"b\"\", year: -1, share: 0.333333}",
                "{state: \"c\", year: null, share: null}",
                "{state: null, year: 2, share: 2.0}",
            ]
        );
        assert!(
            codebook("t", &[("rule", "x".into())], &variables()).contains("| `share` | number, six decimals | a\\|b |")
        );
    }
}
