//! Answers for other programs and for documents: JSON, CSV, Markdown; and the network itself, in the formats of others.
//!
//! Every question gives an [`Answer`]: columns, rows, the date and roster it stands for, and the places in
//! the sources on which each row rests. States and organisations are slugs in JSON and CSV and names in
//! Markdown and on the terminal. The same answer gives the same bytes.

mod network;
mod panel;
mod said;
mod sheet;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::Origin;

pub use network::{ExportError, Exported, ExportedNode, ExportedTie, NetworkForm, Picked, Place, placed};
pub use panel::{Chunk, Column, PanelForm, PanelWriter, Value as PanelValue, Variable, VariableKind, codebook};
pub use said::said;
pub use sheet::{Sheet, SheetForm};

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Evidence {
    /// Stem of the document's file.
    pub document: String,
    /// Line, from 1.
    pub line: usize,
}

impl From<&Origin> for Evidence {
    fn from(origin: &Origin) -> Evidence {
        Evidence { document: origin.document.to_string(), line: origin.line }
    }
}

/// A state or organisation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Slug, as in `south-korea`, or the label of a user's table.
    pub slug: String,
    /// What a reader sees.
    pub name: String,
}

/// Members of a group beyond which a reader is told of the others only, if it is the greater part of all.
const MANY: usize = 20;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing known: null in JSON, empty in CSV.
    Empty,
    /// Text.
    Text(String),
    /// A state or organisation: its name for a reader, its slug for a program.
    Entity {
        /// Slug, as in `south-korea`.
        slug: String,
        /// English name.
        name: String,
    },
    /// Some states or organisations: an array of slugs for a program, names by commas for a reader.
    List(Vec<Label>),
    /// Groups of them: an array of arrays for a program.
    Groups(Vec<Vec<Label>>),
    /// A whole number.
    Integer(i64),
    /// A number; printed with four decimals.
    Number(f64),
    /// A measure of the field; printed with six decimals.
    Measure(f64),
    /// A probability: six decimals, or four significant digits where it is small.
    Probability(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<Option<&str>> for Cell {
    fn from(text: Option<&str>) -> Cell {
        text.map_or(Cell::Empty, Cell::from)
    }
}

impl Cell {
    /// The cell as a program reads it in CSV.
    fn plain(&self) -> String {
        let slugs = |list: &[Label]| list.iter().map(|label| label.slug.as_str()).collect::<Vec<_>>().join("; ");
        match self {
            Cell::Entity { slug, .. } => slug.clone(),
            Cell::List(list) => slugs(list),
            Cell::Groups(groups) => groups.iter().map(|group| slugs(group)).collect::<Vec<_>>().join(" | "),
            other => other.shown(),
        }
    }

    /// The cell as a reader sees it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Entity { name, .. } => name.clone(),
            Cell::List(list) => names(list),
            Cell::Groups(groups) => {
                let all: usize = groups.iter().map(Vec::len).sum();
                let told = |group: &Vec<Label>| match group.len() {
                    // Who is not of the few is told by leaving out.
                    size if size > MANY && 2 * size > all && groups.len() > 1 => format!("the other {size}"),
                    _ => names(group),
                };
                groups.iter().map(told).collect::<Vec<_>>().join(" | ")
            }
            Cell::Integer(number) => number.to_string(),
            Cell::Number(number) => decimals(*number, 4),
            Cell::Measure(number) => decimals(*number, 6),
            Cell::Probability(number) if *number >= 0.001 => format!("{number:.6}"),
            Cell::Probability(number) => format!("{number:.3e}"),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Empty => Value::Null,
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Entity { slug, .. } => Value::from(slug.as_str()),
            Cell::List(list) => slugs(list),
            Cell::Groups(groups) => groups.iter().map(|group| slugs(group)).collect(),
            Cell::Integer(number) => Value::from(*number),
            // Rounded: sums of floats may differ in the last digits from machine to machine.
            Cell::Number(_) | Cell::Measure(_) | Cell::Probability(_) => {
                self.shown().parse::<f64>().map_or(Value::Null, Value::from)
            }
        }
    }
}

fn names(list: &[Label]) -> String {
    list.iter().map(|label| label.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn slugs(list: &[Label]) -> Value {
    list.iter().map(|label| Value::from(label.slug.as_str())).collect()
}

/// A number with so many decimals; what rounds to zero has no sign.
fn decimals(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    if text.starts_with('-') && text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

/// One row with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// Where it is read, sorted.
    pub evidence: Vec<Evidence>,
}

/// An answer as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The question, as in `cover azerbaijan --for canada`.
    pub question: String,
    /// Date and roster for which it stands.
    pub lens: String,
    /// Column names, in `snake_case`.
    pub columns: Vec<&'static str>,
    /// Rows, in the order of the question's own rule.
    pub rows: Vec<Row>,
    /// What a reader must know beside the rows.
    pub notes: Vec<String>,
    /// Columns for programs alone: tables for readers leave them out.
    pub data_only: Vec<&'static str>,
}

impl Answer {
    /// An answer without rows.
    pub fn new(question: String, lens: String, columns: &[&'static str]) -> Answer {
        Answer { question, lens, columns: columns.to_vec(), ..Answer::default() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>, evidence: &[Origin]) {
        let mut evidence: Vec<Evidence> = evidence.iter().map(Evidence::from).collect();
        evidence.sort();
        evidence.dedup();
        self.rows.push(Row { cells, evidence });
    }

    /// Places of the columns that tables for readers show.
    pub fn shown_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|at| !self.data_only.contains(&self.columns[*at])).collect()
    }

    /// JSON: `question`, `lens`, `rows` (an object a row, keys as the columns, `evidence` beside them), `notes`.
    pub fn json(&self) -> String {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let mut object = Map::new();
                for (column, cell) in self.columns.iter().zip(&row.cells) {
                    object.insert((*column).to_owned(), cell.json());
                }
                let evidence: Vec<Value> = row
                    .evidence
                    .iter()
                    .map(|evidence| serde_json::json!({"document": evidence.document, "line": evidence.line}))
                    .collect();
                object.insert("evidence".to_owned(), Value::Array(evidence));
                Value::Object(object)
            })
            .collect();
        let answer = serde_json::json!({
            "question": self.question, "lens": self.lens, "rows": rows, "notes": self.notes,
        });
        format!("{answer:#}\n")
    }

    /// CSV with a header; evidence as `document:line` joined by `; ` in the last column. Notes are left out.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header: Vec<&str> = self.columns.iter().copied().chain(["evidence"]).collect();
        // Writing to memory cannot fail.
        let _ = writer.write_record(header);
        for row in &self.rows {
            let _ = writer.write_record(row.cells.iter().map(Cell::plain).chain([places(&row.evidence)]));
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// A Markdown table under a line with question and lens.
    pub fn markdown(&self, evidence: bool) -> String {
        let shown = self.shown_columns();
        let mut columns: Vec<&str> = shown.iter().map(|at| self.columns[*at]).collect();
        if evidence {
            columns.push("evidence");
        }
        let mut out = format!("**{}** ({})\n\n", self.question, self.lens);
        out.push_str(&format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len())));
        for row in &self.rows {
            let cell = |at: &usize| row.cells[*at].shown().replace('|', "\\|").replace('\n', " ");
            let mut cells: Vec<String> = shown.iter().map(cell).collect();
            if evidence {
                cells.push(places(&row.evidence));
            }
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        for note in &self.notes {
            out.push_str(&format!("\n{note}\n"));
        }
        out
    }
}

/// JSON Schema of [`Answer::json`]. The keys of a row are the columns of the question.
pub fn answer_schema() -> Value {
    rows_schema("Answer", &[], true)
}

/// JSON Schema of an answer whose rows have known columns: name, type in JSON, description, and the values that
/// it takes, if these are few. `evidence` tells whether rows have places beside them.
pub fn rows_schema(title: &str, columns: &[(&str, &str, &str, Vec<String>)], evidence: bool) -> Value {
    let mut properties = Map::new();
    for (name, of, description, values) in columns {
        let mut property = serde_json::json!({"type": [of, "null"], "description": description});
        if !values.is_empty() {
            let values = values.iter().map(|value| Value::from(value.as_str())).chain([Value::Null]);
            property["enum"] = values.collect();
        }
        properties.insert((*name).to_owned(), property);
    }
    let mut required: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
    if evidence {
        required.push("evidence");
        properties.insert(
            "evidence".to_owned(),
            serde_json::json!({
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["document", "line"],
                    "additionalProperties": false,
                    "properties": {
                        "document": {"type": "string"},
                        "line": {"type": "integer", "minimum": 1}
                    }
                }
            }),
        );
    }
    let others = if columns.is_empty() {
        serde_json::json!({"type": ["string", "number", "array", "null"]})
    } else {
        Value::from(false)
    };
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": ["question", "lens", "rows", "notes"],
        "additionalProperties": false,
        "properties": {
            "question": {"type": "string", "description": "the question, with names as slugs"},
            "lens": {"type": "string", "description": "date and roster for which the answer stands"},
            "notes": {"type": "array", "items": {"type": "string"}},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": required,
                    "properties": properties,
                    "additionalProperties": others
                }
            }
        }
    })
}

/// `document:line` of each place, joined by semicolons.
pub fn places(evidence: &[Evidence]) -> String {
    let places: Vec<String> = evidence.iter().map(|place| format!("{}:{}", place.document, place.line)).collect();
    places.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_in_three_forms() {
        let mut answer = Answer::new("members NATO".into(), "roster all".into(), &["member", "share"]);
        let origin = Origin { document: "doc".into(), line: 3, offset: 0 };
        answer.row(vec!["norway".into(), Cell::Number(0.123_45)], &[origin]);
        answer.row(vec!["a|b".into(), Cell::Empty], &[]);
        assert_eq!(answer.csv(), "member,share,evidence\nnorway,0.1235,doc:3\na|b,,\n");
        assert!(answer.markdown(false).contains("| a\\|b |  |"));
        let json: Value = serde_json::from_str(&answer.json()).unwrap();
        assert_eq!(json["rows"][0]["share"], 0.1235);
        assert_eq!(json["rows"][0]["evidence"][0]["line"], 3);
        assert_eq!(json["rows"][1]["share"], Value::Null);
    }
}
