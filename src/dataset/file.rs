//! A data set as a file: JSON, one fact a line, sorted; the same claims give the same bytes.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DataSet;
use super::disk::{FileError, SCHEMA, write_atomically};
use crate::model::{Claim, ClaimRecord, Fact, Origin, Settlement, Source};
use crate::names::Gazetteer;

/// The file as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataSetFile {
    /// `legation-dataset/1`.
    pub schema: String,
    /// The documents, by name.
    pub sources: Vec<Source>,
    /// The facts, by kind of tie and parties.
    pub facts: Vec<FactRecord>,
}

/// One fact with the claims that it rests on. All but the claims follows from them and is written for the
/// reader; programs that merge files need only the claims.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactRecord {
    /// `mission`, `post`, `accreditation`, `relations`, `recognition`, `membership`, `count` or `tie`.
    pub tie: String,
    /// Sender, recogniser, member, first party.
    pub subject: String,
    /// Receiver, recognised, organisation, second party; what is counted.
    pub object: String,
    /// Whether the preferred reading denies it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub denied: bool,
    /// Whether two readings exclude each other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disputed: bool,
    /// EDTF date of its beginning by the preferred reading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub began: String,
    /// EDTF date of its end, or `past`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ended: String,
    /// How it ended, where a source says or a rule implies it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ending: String,
    /// The last day of which a source has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_confirmed: String,
    /// The rule by which its end follows from another fact, where no source of its own tells one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub implied: String,
    /// What rules decided between its sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<SettledRecord>,
    /// What the sources say, by document and line.
    pub claims: Vec<ClaimRecord>,
}

/// What a rule decided: a row of `data/rules/standing.csv` or `implications.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettledRecord {
    /// Id of the rule.
    pub rule: String,
    /// Places (`document:line`) of the word that it went by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// Places of the word that it set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
}

impl FactRecord {
    pub(super) fn of(fact: &Fact, claims: Vec<ClaimRecord>) -> FactRecord {
        let span = fact.span();
        FactRecord {
            tie: fact.key.kind().name().to_owned(),
            subject: fact.subject().to_owned(),
            object: fact.object().to_owned(),
            denied: fact.is_denied(),
            disputed: fact.is_disputed(),
            began: span.began.to_string(),
            ended: span.ended.map_or_else(String::new, |ended| {
                if ended.is_unknown() { "past".to_owned() } else { ended.to_string() }
            }),
            ending: fact.manner.map_or("", crate::model::Manner::name).to_owned(),
            last_confirmed: fact.last_confirmed(None).map_or_else(String::new, |day| day.to_string()),
            implied: fact.implied.as_ref().map_or_else(String::new, |implied| implied.rule.clone()),
            settled: fact.settlements.iter().map(settled).collect(),
            claims,
        }
    }
}

fn settled(settlement: &Settlement) -> SettledRecord {
    let places =
        |origins: &[Origin]| origins.iter().map(|origin| format!("{}:{}", origin.document, origin.line)).collect();
    SettledRecord { rule: settlement.rule.clone(), by: places(&settlement.by), against: places(&settlement.against) }
}

/// The facts of a data set as records, with their claims.
pub(super) fn records(data: &DataSet) -> Vec<FactRecord> {
    let rows = data.facts.iter().zip(&data.evidence);
    rows.map(|(fact, places)| FactRecord::of(fact, places.iter().map(|at| data.claims[*at].record()).collect()))
        .collect()
}

/// The file's text: a line for the schema, a line per source and a line per fact.
pub fn to_json(data: &DataSet) -> String {
    let mut out = format!("{{\"schema\":\"{SCHEMA}\",\n\"sources\":[\n");
    let lines = |out: &mut String, lines: Vec<String>| {
        out.push_str(&lines.join(",\n"));
        if !lines.is_empty() {
            out.push('\n');
        }
    };
    // Writing these types to a string cannot fail: they have no maps with odd keys and no own serialisers.
    let text = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    lines(&mut out, data.sources.iter().map(|source| text(serde_json::to_string(source))).collect());
    out.push_str("],\n\"facts\":[\n");
    lines(&mut out, records(data).iter().map(|fact| text(serde_json::to_string(fact))).collect());
    out.push_str("]}\n");
    out
}

/// Writes a data set: to a temporary file beside the target, then renamed, so that a reader never sees half.
///
/// # Errors
/// [`FileError::Io`] where the file system refuses; the target is then as it was.
pub fn save(data: &DataSet, path: &Path) -> Result<(), FileError> {
    write_atomically(path, to_json(data).as_bytes())
        .map_err(|source| FileError::Io { path: path.display().to_string(), source })
}

/// Reads a data set: a file of ours, or a folder of tables.
///
/// # Errors
/// [`FileError`] with the path, and the line and place in the object where it has a wrong form.
pub fn load(path: &Path, gazetteer: &Gazetteer) -> Result<DataSet, FileError> {
    if path.is_dir() {
        if !super::tables::is_tables(path) {
            return Err(FileError::NotOne { path: path.display().to_string() });
        }
        let (sources, claims) = super::tables::load_tables(path)?;
        return Ok(DataSet::new(sources, claims, gazetteer));
    }
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| FileError::Io { path: shown.clone(), source })?;
    let text = String::from_utf8_lossy(&bytes);
    if !text.trim_start().starts_with('{') {
        return Err(FileError::NotOne { path: shown });
    }
    parse(&shown, &text, gazetteer)
}

/// Reads the text of a data set; `name` stands for it in errors.
///
/// # Errors
/// [`FileError`] as for [`load`].
pub fn parse(name: &str, text: &str, gazetteer: &Gazetteer) -> Result<DataSet, FileError> {
    let file = form(name, text)?;
    let mut claims = Vec::new();
    for (at, fact) in file.facts.into_iter().enumerate() {
        for record in fact.claims {
            let document = record.document.clone();
            let claim = Claim::try_from(record).map_err(|error| FileError::Form {
                path: name.to_owned(),
                line: line_of_fact(text, at),
                message: format!("{error} (a claim of \"{document}\")"),
            })?;
            claims.push(claim);
        }
    }
    Ok(DataSet::new(file.sources, claims, gazetteer))
}

/// The file as records, before claims are read.
pub(super) fn form(name: &str, text: &str) -> Result<DataSetFile, FileError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let file: DataSetFile = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        FileError::Form { path: name.to_owned(), line: inner.line().max(1), message: format!("at \"{path}\": {inner}") }
    })?;
    if file.schema == SCHEMA { Ok(file) } else { Err(FileError::Schema { path: name.to_owned(), found: file.schema }) }
}

/// The line of a fact in a file of our own form; 1 if it was laid out anew.
pub(super) fn line_of_fact(text: &str, at: usize) -> usize {
    let first = text.lines().position(|line| line.trim() == "\"facts\":[").map(|line| line + 2);
    first.map_or(1, |first| first + at)
}
