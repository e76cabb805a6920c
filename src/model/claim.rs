//! What one source says in one place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::{Bound, Span};
use super::mission::MissionKind;

/// Whether a source says that something is so, or that it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It is so.
    #[default]
    Asserted,
    /// It is not so.
    Denied,
}

/// Where a claim was read. The wording stays in the source: only its place is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Stem of the file.
    pub document: String,
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file at which the sentence begins.
    pub offset: usize,
}

/// The tie that a claim speaks of. Names are slugs of `data/names`, or slugs made from a document's own
/// words where the tables have none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statement {
    /// An establishment of `sending` in or to `receiving`.
    Mission {
        /// Its kind.
        kind: MissionKind,
        /// Sending state.
        sending: String,
        /// Receiving state or organisation.
        receiving: String,
        /// City as written.
        city: Option<String>,
    },
    /// `sending` is represented in `receiving` from elsewhere.
    Accreditation {
        /// Sending state.
        sending: String,
        /// Receiving state.
        receiving: String,
        /// City of the covering mission, as written.
        city: Option<String>,
        /// State in which it stands; `sending` itself where the ambassador lives at home.
        host: Option<String>,
    },
    /// Diplomatic relations between two states, in the order of their slugs.
    Relations {
        /// First by slug.
        a: String,
        /// Second by slug.
        b: String,
    },
    /// One state recognises another.
    Recognition {
        /// Who recognises.
        recognizer: String,
        /// Who is recognised.
        recognized: String,
    },
    /// Membership of an organisation.
    Membership {
        /// The member.
        member: String,
        /// The organisation.
        organization: String,
        /// As the source says: `member`, `full member`, `observer`…
        status: String,
    },
    /// A total that a document states.
    Count {
        /// Whose total.
        subject: String,
        /// What is counted.
        what: String,
        /// How many.
        value: i64,
    },
    /// A signed tie: alliance, dispute, sanctions, refusal, support.
    Tie {
        /// Who acts, or the first party.
        a: String,
        /// Towards whom.
        b: String,
        /// −1 hostile, 0 neutral or mixed, 1 friendly.
        sign: i8,
        /// What it is.
        label: String,
        /// Who says so, where the document names somebody.
        claimed_by: Option<String>,
    },
}

/// One statement of one source at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claim {
    /// What is said.
    pub statement: Statement,
    /// Whether it is affirmed or denied.
    pub polarity: Polarity,
    /// Since when and until when; for a count, `began` is the date for which it is stated.
    pub span: Span,
    /// Where.
    pub origin: Origin,
}

/// A claim as one flat line of JSON: what `legation extract` prints and `legation import` reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimRecord {
    /// Kind of mission, or accreditation, no_accreditation, no_embassy, relations, no_relations,
    /// recognition, no_recognition, membership, no_membership, count, tie.
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
    /// State where the covering mission stands; equal to `sending` where the ambassador lives at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
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
    /// EDTF date for which a count is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
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
    /// Stem of the file.
    pub document: String,
    /// Line, from 1.
    pub line: usize,
    /// Byte at which the sentence begins.
    #[serde(default)]
    pub offset: usize,
}

/// A flat record that states no claim.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RecordError {
    /// The kind is not one of the list.
    #[error("\"{0}\" is no kind of claim")]
    Kind(String),
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

impl Claim {
    /// The flat form.
    pub fn record(&self) -> ClaimRecord {
        let denied = self.polarity == Polarity::Denied;
        let named = |yes: &str, no: &str| if denied { no } else { yes }.to_owned();
        let until = self.span.ended.map(|ended| dated(ended).unwrap_or_else(|| "past".into()));
        let mut record = ClaimRecord {
            document: self.origin.document.clone(),
            line: self.origin.line,
            offset: self.origin.offset,
            until,
            ..ClaimRecord::default()
        };
        let began = dated(self.span.began);
        let some = |text: &String| Some(text.clone());
        match &self.statement {
            Statement::Mission { kind, sending, receiving, city } => {
                record.kind = named(kind.name(), "no_embassy");
                record.sending = some(sending);
                record.receiving = some(receiving);
                record.city = city.clone();
                record.since = began;
            }
            Statement::Accreditation { sending, receiving, city, host } => {
                record.kind = named("accreditation", "no_accreditation");
                record.sending = some(sending);
                record.receiving = some(receiving);
                record.city = city.clone();
                record.host = host.clone();
                record.since = began;
            }
            Statement::Relations { a, b } => {
                record.kind = named("relations", "no_relations");
                record.a = some(a);
                record.b = some(b);
                record.date = began;
            }
            Statement::Recognition { recognizer, recognized } => {
                record.kind = named("recognition", "no_recognition");
                record.recognizer = some(recognizer);
                record.recognized = some(recognized);
                record.date = began;
            }
            Statement::Membership { member, organization, status } => {
                record.kind = named("membership", "no_membership");
                record.member = some(member);
                record.organization = some(organization);
                record.status = some(status);
                record.since = began;
            }
            Statement::Count { subject, what, value } => {
                record.kind = "count".into();
                record.subject = some(subject);
                record.what = some(what);
                record.value = Some(*value);
                record.as_of = began;
            }
            Statement::Tie { a, b, sign, label, claimed_by } => {
                record.kind = "tie".into();
                record.a = some(a);
                record.b = some(b);
                record.sign = Some(*sign);
                record.label = some(label);
                record.claimed_by = claimed_by.clone();
                record.date = began;
            }
        }
        record
    }
}

impl TryFrom<ClaimRecord> for Claim {
    type Error = RecordError;

    fn try_from(record: ClaimRecord) -> Result<Claim, RecordError> {
        let kind = record.kind.clone();
        let need = |value: Option<String>, key: &'static str| {
            value.ok_or_else(|| RecordError::Missing { kind: kind.clone(), key })
        };
        let polarity = if kind.starts_with("no_") { Polarity::Denied } else { Polarity::Asserted };
        let date = record.date.or(record.since).or(record.as_of).unwrap_or_default();
        let span = Span { began: Bound::parse(&date)?, ended: record.until.as_deref().map(Bound::parse).transpose()? };
        let statement = match kind.as_str() {
            "accreditation" | "no_accreditation" => Statement::Accreditation {
                sending: need(record.sending, "sending")?,
                receiving: need(record.receiving, "receiving")?,
                city: record.city,
                host: record.host,
            },
            "relations" | "no_relations" => Statement::relations(&need(record.a, "a")?, &need(record.b, "b")?),
            "recognition" | "no_recognition" => Statement::Recognition {
                recognizer: need(record.recognizer, "recognizer")?,
                recognized: need(record.recognized, "recognized")?,
            },
            "membership" | "no_membership" => Statement::Membership {
                member: need(record.member, "member")?,
                organization: need(record.organization, "organization")?,
                status: record.status.unwrap_or_else(|| "member".into()),
            },
            "count" => Statement::Count {
                subject: need(record.subject, "subject")?,
                what: need(record.what, "what")?,
                value: record.value.ok_or(RecordError::Missing { kind: "count".into(), key: "value" })?,
            },
            "tie" => Statement::Tie {
                a: need(record.a, "a")?,
                b: need(record.b, "b")?,
                sign: record.sign.unwrap_or(0).signum(),
                label: need(record.label, "label")?,
                claimed_by: record.claimed_by,
            },
            other => {
                let name = if other == "no_embassy" { "embassy" } else { other };
                Statement::Mission {
                    kind: name.parse().map_err(|()| RecordError::Kind(other.to_owned()))?,
                    sending: need(record.sending, "sending")?,
                    receiving: need(record.receiving, "receiving")?,
                    city: record.city,
                }
            }
        };
        let origin = Origin { document: record.document, line: record.line, offset: record.offset };
        Ok(Claim { statement, polarity, span, origin })
    }
}

impl Statement {
    /// Relations between two parties, put in the order of their slugs.
    pub fn relations(one: &str, other: &str) -> Statement {
        let (a, b) = if one <= other { (one, other) } else { (other, one) };
        Statement::Relations { a: a.to_owned(), b: b.to_owned() }
    }
}
