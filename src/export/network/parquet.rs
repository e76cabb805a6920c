//! Parquet of the ties, a row a tie, for pandas, polars, DuckDB and R's arrow. Flags are 0 and 1.

use std::io;

use super::super::panel::{Chunk, PanelForm, PanelWriter, Value as Written, Variable, VariableKind};
use super::Exported;
use super::fields::{Kind, TIE, Value};

/// The file, Snappy-compressed, nulls where nothing is known.
pub(super) fn written(network: &Exported) -> io::Result<Vec<u8>> {
    let ids = ["id", "source", "target"].map(|name| (name, VariableKind::Text));
    let columns = TIE.iter().map(|field| match field.kind {
        Kind::Text => (field.name, VariableKind::Text),
        Kind::Integer | Kind::Flag => (field.name, VariableKind::Integer),
        Kind::Number => (field.name, VariableKind::Measure),
    });
    let variables: Vec<Variable> = ids
        .into_iter()
        .chain(columns)
        .map(|(name, kind)| Variable { name: name.to_owned(), kind, about: String::new() })
        .collect();
    let form = PanelForm::Parquet;
    let mut chunk = Chunk::new(form, &variables);
    for tie in &network.ties {
        let (from, to) = (&network.nodes[tie.from].slug, &network.nodes[tie.to].slug);
        let values: Vec<Value<'_>> = TIE.iter().map(|field| (field.of)(tie)).collect();
        let ids = [&tie.id, from, to].map(|id| Written::Text(id));
        let row = ids.into_iter().chain(values.iter().map(|value| match value {
            Value::Absent => Written::Na,
            Value::Text(text) => Written::Text(text),
            Value::Integer(value) => Written::Integer(*value),
            Value::Number(value) => Written::Measure(*value),
            Value::Flag(value) => Written::Integer(i64::from(*value)),
        }));
        chunk.push(form, &variables, &row.collect::<Vec<_>>());
    }
    let mut writer = PanelWriter::begin(Vec::new(), form, &network.title, &network.caption, &variables)?;
    writer.write(chunk)?;
    writer.end()
}
