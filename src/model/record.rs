//! Claims as flat records: one line of JSON, one row of a table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claim::{Claim, Origin, Polarity, Statement};
use super::date::{Bound, Span};
use super::fields::{FieldReader, FieldWriter, Word, kind_of_word};
use super::id::DocumentId;
use super::spell::Manner;
use super::tie::TieKind;

/// A claim as one flat line of JSON: what `legation extract` prints and `legation import` reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimRecord {
    /// Kind of mission, or accreditation, no_accreditation, no_embassy, relations, no_relations,
    /// recognition, no_recognition, membership, no_membership, protecting_power, border, capital, count, tie.
    pub kind: String,
    /// Sending state (slug).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<String>,
    /// Receiving state or organisation (slug).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiving: Option<String>,
    /// City of the mission, or of the covering mission, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State where the covering mission stands; equal to `sending` where the ambassador lives at home. Of a
    /// mission, the state in which it works if that is not the receiving one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Class of the head of a mission: ambassador, minister, charge_d_affaires, charge_ad_interim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// First party of relations or of a signed tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
    /// Second party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
    /// Who recognises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognizer: Option<String>,
    /// Who is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognized: Option<String>,
    /// The member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Status of the membership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Whose total a count is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The number counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    /// EDTF date of which the source speaks, where that is not its edition; of a count, for which it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The state that protects the interests of `sending`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<String>,
    /// Length of a land border in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metres: Option<i64>,
    /// −1, 0 or 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<i8>,
    /// What a signed tie is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who claims a signed tie, where the document names somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<String>,
    /// EDTF date of relations, recognition or a signed tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// EDTF date on which a mission, accreditation or membership began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// EDTF date on which it ended, or `past` where the source gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// How it ended: closed, suspended, severed, relocated, downgraded, raised, replaced, withdrawn, party_ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
    /// Stem of the file.
    pub document: DocumentId,
    /// Line, from 1.
    pub line: usize,
    /// Byte at which the sentence begins.
    #[serde(default)]
    pub offset: usize,
}

/// A value of a column that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ColumnError {
    /// No claim has such a column.
    #[error("\"{0}\" is no column of a claim")]
    Unknown(String),
    /// The column takes a number.
    #[error("\"{value}\" is no number, as \"{column}\" needs")]
    Number {
        /// The column.
        column: String,
        /// What it holds.
        value: String,
    },
}

impl ClaimRecord {
    /// Names of the columns, in the order of tables, without `document`, `line` and `offset`.
    pub const COLUMNS: [&str; 26] = [
        "kind",
        "sending",
        "receiving",
        "power",
        "a",
        "b",
        "recognizer",
        "recognized",
        "member",
        "organization",
        "subject",
        "what",
        "value",
        "as_of",
        "sign",
        "label",
        "claimed_by",
        "status",
        "city",
        "host",
        "level",
        "metres",
        "date",
        "since",
        "until",
        "ending",
    ];

    fn cell(&mut self, column: &str) -> Option<&mut Option<String>> {
        Some(match column {
            "sending" => &mut self.sending,
            "receiving" => &mut self.receiving,
            "power" => &mut self.power,
            "a" => &mut self.a,
            "b" => &mut self.b,
            "recognizer" => &mut self.recognizer,
            "recognized" => &mut self.recognized,
            "member" => &mut self.member,
            "organization" => &mut self.organization,
            "subject" => &mut self.subject,
            "what" => &mut self.what,
            "as_of" => &mut self.as_of,
            "label" => &mut self.label,
            "claimed_by" => &mut self.claimed_by,
            "status" => &mut self.status,
            "city" => &mut self.city,
            "host" => &mut self.host,
            "level" => &mut self.level,
            "date" => &mut self.date,
            "since" => &mut self.since,
            "until" => &mut self.until,
            "ending" => &mut self.ending,
            _ => return None,
        })
    }

    /// Puts a cell of a table; an empty one says nothing.
    ///
    /// # Errors
    /// [`ColumnError`] where there is no such column or it takes a number.
    pub fn set(&mut self, column: &str, value: &str) -> Result<(), ColumnError> {
        let value = value.trim();
        let number = || -> Result<i64, ColumnError> {
            value.parse().map_err(|_| ColumnError::Number { column: column.to_owned(), value: value.to_owned() })
        };
        if let Some(place) = self.cell(column) {
            *place = (!value.is_empty()).then(|| value.to_owned());
            return Ok(());
        }
        match column {
            "kind" => value.clone_into(&mut self.kind),
            "document" => self.document = value.into(),
            _ if value.is_empty() && matches!(column, "value" | "metres" | "sign" | "line" | "offset") => {}
            "value" => self.value = Some(number()?),
            "metres" => self.metres = Some(number()?),
            "sign" => self.sign = Some(i8::try_from(number()?.signum()).unwrap_or(0)),
            "line" => self.line = usize::try_from(number()?).unwrap_or(0),
            "offset" => self.offset = usize::try_from(number()?).unwrap_or(0),
            _ => return Err(ColumnError::Unknown(column.to_owned())),
        }
        Ok(())
    }

    /// The cell of a column, empty where it says nothing.
    pub fn get(&mut self, column: &str) -> String {
        let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
        match column {
            "kind" => self.kind.clone(),
            "value" => number(self.value),
            "metres" => number(self.metres),
            "sign" => number(self.sign.map(i64::from)),
            _ => self.cell(column).and_then(|text| text.clone()).unwrap_or_default(),
        }
    }

    /// The kind that the filled columns imply where none is given: two parties of relations, a recogniser, a
    /// member, a protecting power, a seat in another state. `None` where several kinds would fit.
    pub fn implied_kind(&self) -> Option<&'static str> {
        if self.recognizer.is_some() {
            Some("recognition")
        } else if self.organization.is_some() {
            Some("membership")
        } else if self.power.is_some() {
            Some("protecting_power")
        } else if self.what.is_some() {
            Some("count")
        } else if self.label.is_some() {
            Some("tie")
        } else if self.metres.is_some() {
            Some("border")
        } else if self.a.is_some() {
            Some("relations")
        } else if self.host.is_some() {
            Some("accreditation")
        } else if self.subject.is_some() && self.city.is_some() {
            Some("capital")
        } else {
            None
        }
    }
}

/// A flat record that states no claim.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RecordError {
    /// The kind is not one of the list.
    #[error("\"{0}\" is no kind of claim")]
    Kind(String),
    /// The level is none of the four.
    #[error("\"{0}\" is no level: say ambassador, minister, charge_d_affaires or charge_ad_interim")]
    Level(String),
    /// The manner of ending is none of the list.
    #[error(
        "\"{0}\" is no manner of ending: say closed, suspended, severed, relocated, downgraded, raised, replaced, withdrawn or party_ended"
    )]
    Ending(String),
    /// A key that this kind needs is missing.
    #[error("a claim of kind \"{kind}\" needs \"{key}\"")]
    Missing {
        /// The kind.
        kind: String,
        /// The key.
        key: &'static str,
    },
    /// A date is none.
    #[error(transparent)]
    Date(#[from] super::date::DateError),
}

fn dated(bound: Bound) -> Option<String> {
    (!bound.is_unknown()).then(|| bound.to_string())
}

impl FieldWriter for ClaimRecord {
    fn text(&mut self, column: &'static str, value: Option<&str>) {
        if let Some(place) = self.cell(column) {
            *place = value.map(str::to_owned);
        }
    }

    fn number(&mut self, column: &'static str, value: Option<i64>) {
        match column {
            "value" => self.value = value,
            "metres" => self.metres = value,
            "sign" => self.sign = value.and_then(|value| i8::try_from(value).ok()),
            _ => {}
        }
    }

    fn word<T: Word>(&mut self, column: &'static str, value: Option<T>) {
        let value = value.map(Word::word);
        match column {
            "kind" => value.unwrap_or_default().clone_into(&mut self.kind),
            column => FieldWriter::text(self, column, value),
        }
    }
}

impl FieldReader for ClaimRecord {
    type Error = RecordError;

    fn text(&mut self, column: &'static str) -> Option<String> {
        self.cell(column)?.take()
    }

    fn number(&mut self, column: &'static str) -> Option<i64> {
        match column {
            "value" => self.value,
            "metres" => self.metres,
            "sign" => self.sign.map(i64::from),
            _ => None,
        }
    }

    fn word<T: Word>(&mut self, column: &'static str) -> Result<Option<T>, RecordError> {
        let written = match column {
            "kind" => Some(self.kind.strip_prefix("no_").unwrap_or(&self.kind).to_owned()),
            column => FieldReader::text(self, column),
        };
        let Some(written) = written else { return Ok(None) };
        match T::words().find(|word| word.word() == written) {
            Some(word) => Ok(Some(word)),
            None if column == "level" => Err(RecordError::Level(written)),
            None => Err(RecordError::Kind(written)),
        }
    }

    fn missing(&self, column: &'static str) -> RecordError {
        RecordError::Missing { kind: self.kind.clone(), key: column }
    }
}

impl Claim {
    /// The flat form.
    pub fn record(&self) -> ClaimRecord {
        let until = self.span.ended.map(|ended| dated(ended).unwrap_or_else(|| "past".into()));
        let mut record = ClaimRecord {
            document: self.origin.document.clone(),
            line: self.origin.line,
            offset: self.origin.offset,
            until,
            ending: self.ending.map(|ending| ending.name().to_owned()),
            as_of: dated(self.as_of),
            ..ClaimRecord::default()
        };
        self.statement.write_fields(&mut record);
        let word = self.statement.claim_word();
        record.kind = match (&self.statement, self.polarity) {
            (Statement::Mission { .. }, Polarity::Denied) => "no_embassy".to_owned(),
            (_, Polarity::Denied) => format!("no_{word}"),
            (_, Polarity::Asserted) => word.to_owned(),
        };
        if let Some(began) = record.cell(self.statement.kind().began_column()) {
            *began = dated(self.span.began);
        }
        record
    }
}

impl TryFrom<ClaimRecord> for Claim {
    type Error = RecordError;

    fn try_from(mut record: ClaimRecord) -> Result<Claim, RecordError> {
        let (kind, denied) = kind_of_word(&record.kind).ok_or_else(|| RecordError::Kind(record.kind.clone()))?;
        let polarity = if denied { Polarity::Denied } else { Polarity::Asserted };
        // Of a count, the date for which it is stated is the one that makes it another count.
        let counted = kind == TieKind::Count;
        let date = record.date.take().or(record.since.take());
        let date = date.or(record.as_of.clone().filter(|_| counted)).unwrap_or_default();
        let until = record.until.take();
        let span = Span { began: Bound::parse(&date)?, ended: until.as_deref().map(Bound::parse).transpose()? };
        let as_of = Bound::parse(record.as_of.as_deref().filter(|_| !counted).unwrap_or_default())?;
        let ending = match record.ending.take() {
            Some(ending) => Some(Manner::parse(&ending).ok_or(RecordError::Ending(ending))?),
            None => None,
        };
        let statement = Statement::read_fields(kind, &mut record)?;
        let origin = Origin { document: record.document, line: record.line, offset: record.offset };
        Ok(Claim { statement, polarity, span, ending, as_of, origin })
    }
}
