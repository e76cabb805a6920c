//! What one source says in one place.

use super::date::{Bound, Span};
use super::id::{DocumentId, EntityId, OrganisationId};
use super::mission::{Level, MissionClass, MissionKind};
use super::spell::Manner;
use super::status::Status;
use super::tie::TieKind;

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
    pub document: DocumentId,
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file at which the sentence begins.
    pub offset: usize,
}

impl Origin {
    /// Reads a place, `document:line`.
    ///
    /// # Errors
    /// The text, if it is none.
    pub fn parse(text: &str) -> Result<Origin, String> {
        let read = || {
            let (document, line) = text.trim().rsplit_once(':')?;
            let line = line.parse().ok()?;
            (!document.is_empty()).then(|| Origin { document: document.into(), line, offset: 0 })
        };
        read().ok_or_else(|| format!("\"{text}\" is no place: say document:line"))
    }

    /// Reads the places of a row, by ` | `; none of an empty cell.
    ///
    /// # Errors
    /// The first that is none.
    pub fn parse_all(cell: &str) -> Result<Vec<Origin>, String> {
        cell.split(" | ").filter(|written| !written.is_empty()).map(Origin::parse).collect()
    }
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
        sending: EntityId,
        /// Receiving state or organisation.
        receiving: EntityId,
        /// City as written.
        city: Option<String>,
        /// State in which it works, where that is not the receiving state: a mission that was moved abroad.
        host: Option<EntityId>,
        /// Class of its head, where the source says.
        level: Option<Level>,
    },
    /// `sending` is represented in `receiving` from elsewhere.
    Accreditation {
        /// Sending state.
        sending: EntityId,
        /// Receiving state.
        receiving: EntityId,
        /// City of the covering mission, as written.
        city: Option<String>,
        /// State in which it stands; `sending` itself where the ambassador lives at home.
        host: Option<EntityId>,
    },
    /// Diplomatic relations between two states, in the order of their slugs.
    Relations {
        /// First by slug.
        a: EntityId,
        /// Second by slug.
        b: EntityId,
    },
    /// One state recognises another.
    Recognition {
        /// Who recognises.
        recognizer: EntityId,
        /// Who is recognised.
        recognized: EntityId,
    },
    /// Membership of an organisation.
    Membership {
        /// The member.
        member: EntityId,
        /// The organisation.
        organization: OrganisationId,
        /// What it is there.
        status: Status,
    },
    /// A total that a document states.
    Count {
        /// Whose total.
        subject: EntityId,
        /// What is counted.
        what: String,
        /// How many.
        value: i64,
    },
    /// `power` looks after the interests of `sending` in `receiving` (VCDR 1961, art. 45 and 46).
    Protection {
        /// The protecting power, or the state whose embassy houses an interests section.
        power: EntityId,
        /// Whose interests.
        sending: EntityId,
        /// Where.
        receiving: EntityId,
        /// City, as written.
        city: Option<String>,
    },
    /// A land border between two entities, in the order of their slugs.
    Border {
        /// First by slug.
        a: EntityId,
        /// Second by slug.
        b: EntityId,
        /// Length in metres, where the source gives it.
        metres: Option<i64>,
    },
    /// The capital or seat of government of an entity.
    Capital {
        /// Whose.
        subject: EntityId,
        /// City as written.
        city: String,
    },
    /// A signed tie: alliance, dispute, sanctions, refusal, support.
    Tie {
        /// Who acts, or the first party.
        a: EntityId,
        /// Towards whom.
        b: EntityId,
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
    /// How it ended, where the source says.
    pub ending: Option<Manner>,
    /// The day of which it speaks, where that is not its document's edition: "as of 2014". Unknown otherwise.
    pub as_of: Bound,
    /// Where.
    pub origin: Origin,
}

impl Claim {
    /// Whether its end comes before its beginning: then only that it was, and is over, is certain.
    pub fn contradicts_itself(&self) -> bool {
        let last = self.span.ended.and_then(|ended| ended.latest);
        matches!((self.span.began.earliest, last), (Some(began), Some(ended)) if ended < began)
    }

    /// Since when and until when, as far as the claim certainly says.
    pub fn certain_span(&self) -> Span {
        if self.contradicts_itself() { Span { began: Bound::UNKNOWN, ended: Some(Bound::UNKNOWN) } } else { self.span }
    }
}

impl Statement {
    /// Kind of the tie that it speaks of.
    pub fn kind(&self) -> TieKind {
        match self {
            Statement::Mission { kind, .. } if kind.class() == MissionClass::Resident => TieKind::Mission,
            Statement::Mission { .. } => TieKind::Post,
            Statement::Accreditation { .. } => TieKind::Accreditation,
            Statement::Relations { .. } => TieKind::Relations,
            Statement::Recognition { .. } => TieKind::Recognition,
            Statement::Membership { .. } => TieKind::Membership,
            Statement::Protection { .. } => TieKind::Protection,
            Statement::Border { .. } => TieKind::Border,
            Statement::Tie { .. } => TieKind::Signed,
            Statement::Capital { .. } => TieKind::Capital,
            Statement::Count { .. } => TieKind::Count,
        }
    }

    /// An establishment of `sending` in or to `receiving`, of whose head nothing is said.
    pub fn mission(
        kind: MissionKind,
        sending: impl Into<EntityId>,
        receiving: impl Into<EntityId>,
        city: Option<String>,
    ) -> Statement {
        let (sending, receiving) = (sending.into(), receiving.into());
        Statement::Mission { kind, sending, receiving, city, host: None, level: None }
    }

    /// Relations between two parties, put in the order of their slugs.
    pub fn relations(one: impl Into<EntityId>, other: impl Into<EntityId>) -> Statement {
        let (one, other) = (one.into(), other.into());
        let (a, b) = if one <= other { (one, other) } else { (other, one) };
        Statement::Relations { a, b }
    }

    /// A border between two entities, put in the order of their slugs.
    pub fn border(one: impl Into<EntityId>, other: impl Into<EntityId>, metres: Option<i64>) -> Statement {
        let (one, other) = (one.into(), other.into());
        let (a, b) = if one <= other { (one, other) } else { (other, one) };
        Statement::Border { a, b, metres }
    }

    /// Puts for every party what `other` makes of it; relations and borders stay in the order of their slugs.
    ///
    /// # Errors
    /// The first of `other`.
    pub fn rename<E>(&mut self, other: impl Fn(&EntityId) -> Result<EntityId, E>) -> Result<(), E> {
        let put = |id: &mut EntityId| other(id).map(|other| *id = other);
        match self {
            Statement::Mission { sending, receiving, host, .. }
            | Statement::Accreditation { sending, receiving, host, .. } => {
                [sending, receiving].into_iter().chain(host).try_for_each(put)
            }
            Statement::Protection { power, sending, receiving, .. } => {
                [power, sending, receiving].into_iter().try_for_each(put)
            }
            Statement::Recognition { recognizer: a, recognized: b } | Statement::Tie { a, b, .. } => {
                [a, b].into_iter().try_for_each(put)
            }
            Statement::Relations { a, b } | Statement::Border { a, b, .. } => {
                [&mut *a, &mut *b].into_iter().try_for_each(put)?;
                if a > b {
                    std::mem::swap(a, b);
                }
                Ok(())
            }
            Statement::Membership { member: id, .. }
            | Statement::Count { subject: id, .. }
            | Statement::Capital { subject: id, .. } => put(id),
        }
    }

    /// Subject and object: sender and receiver, the two parties, member and organisation; for a total what is
    /// counted, for a capital the city as written.
    pub fn parties(&self) -> (&str, &str) {
        match self {
            Statement::Mission { sending, receiving, .. }
            | Statement::Accreditation { sending, receiving, .. }
            | Statement::Protection { sending, receiving, .. } => (sending, receiving),
            Statement::Relations { a, b } | Statement::Border { a, b, .. } | Statement::Tie { a, b, .. } => (a, b),
            Statement::Recognition { recognizer, recognized } => (recognizer, recognized),
            Statement::Membership { member, organization, .. } => (member, organization),
            Statement::Count { subject, what, .. } => (subject, what),
            Statement::Capital { subject, city } => (subject, city),
        }
    }
}
