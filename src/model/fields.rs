//! The fields of a statement, written and read in one place: the flat record, the tables and the compact form are made by
//! walking them. A field has the name of its column in [`TieKind::columns`].

use super::claim::Statement;
use super::id::EntityId;
use super::mission::{Level, MissionClass, MissionKind};
use super::source::Authority;
use super::spell::Manner;
use super::tie::TieKind;

/// A word of a closed list.
pub trait Word: Copy + PartialEq + 'static {
    /// Every word, in order.
    fn words() -> impl Iterator<Item = Self>;
    /// The name in files.
    fn word(self) -> &'static str;
    /// Its place in the list.
    fn place(self) -> u8 {
        Self::words().position(|known| known == self).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }
    /// The word of that place.
    fn at(place: u8) -> Option<Self> {
        Self::words().nth(usize::from(place))
    }
}

/// The lists of words, each with every one of its words.
macro_rules! words {
    ($($list:ty: $all:expr;)+) => {$(
        impl Word for $list {
            fn words() -> impl Iterator<Item = $list> {
                $all
            }
            fn word(self) -> &'static str {
                self.name()
            }
        }
    )+};
}

words! {
    Authority: Authority::ALL.into_iter();
    Level: Level::ALL.into_iter();
    Manner: Manner::ALL.into_iter();
    MissionClass: MissionClass::ALL.into_iter();
    MissionKind: MissionKind::all();
    TieKind: TieKind::ALL.into_iter();
}

/// Takes the fields of a statement, in their order.
pub trait FieldWriter {
    /// A text, or none.
    fn text(&mut self, column: &'static str, value: Option<&str>);
    /// A number, or none.
    fn number(&mut self, column: &'static str, value: Option<i64>);
    /// A word of a list, or none.
    fn word<T: Word>(&mut self, column: &'static str, value: Option<T>);
}

/// Gives the fields of a statement, in their order.
pub trait FieldReader {
    /// Why a field cannot be read.
    type Error;
    /// A text; `None` where there is none.
    fn text(&mut self, column: &'static str) -> Option<String>;
    /// A number; `None` where there is none.
    fn number(&mut self, column: &'static str) -> Option<i64>;
    /// A word of a list; `None` where there is none.
    ///
    /// # Errors
    /// Where what is there is none of the list.
    fn word<T: Word>(&mut self, column: &'static str) -> Result<Option<T>, Self::Error>;
    /// What is wrong where a field is missing.
    fn missing(&self, column: &'static str) -> Self::Error;
}

/// An identifier or text that a statement needs.
fn need<R: FieldReader, T: From<String>>(reader: &mut R, column: &'static str) -> Result<T, R::Error> {
    reader.text(column).map(T::from).ok_or_else(|| reader.missing(column))
}

impl Statement {
    /// Gives every field to a writer.
    pub fn write_fields(&self, out: &mut impl FieldWriter) {
        match self {
            Statement::Mission { kind, sending, receiving, city, host, level } => {
                out.word("kind", Some(*kind));
                out.text("sending", Some(sending));
                out.text("receiving", Some(receiving));
                out.text("city", city.as_deref());
                out.text("host", host.as_deref());
                out.word("level", *level);
            }
            Statement::Accreditation { sending, receiving, city, host } => {
                out.text("sending", Some(sending));
                out.text("receiving", Some(receiving));
                out.text("city", city.as_deref());
                out.text("host", host.as_deref());
            }
            Statement::Relations { a, b } => {
                out.text("a", Some(a));
                out.text("b", Some(b));
            }
            Statement::Recognition { recognizer, recognized } => {
                out.text("recognizer", Some(recognizer));
                out.text("recognized", Some(recognized));
            }
            Statement::Membership { member, organization, status } => {
                out.text("member", Some(member));
                out.text("organization", Some(organization));
                out.text("status", Some(status.word()));
            }
            Statement::Protection { power, sending, receiving, city } => {
                out.text("power", Some(power));
                out.text("sending", Some(sending));
                out.text("receiving", Some(receiving));
                out.text("city", city.as_deref());
            }
            Statement::Border { a, b, metres } => {
                out.text("a", Some(a));
                out.text("b", Some(b));
                out.number("metres", *metres);
            }
            Statement::Tie { a, b, sign, label, claimed_by } => {
                out.text("a", Some(a));
                out.text("b", Some(b));
                out.number("sign", Some(i64::from(*sign)));
                out.text("label", Some(label));
                out.text("claimed_by", claimed_by.as_deref());
            }
            Statement::Capital { subject, city } => {
                out.text("subject", Some(subject));
                out.text("city", Some(city));
            }
            Statement::Count { subject, what, value } => {
                out.text("subject", Some(subject));
                out.text("what", Some(what));
                out.number("value", Some(*value));
            }
        }
    }

    /// The statement of a kind whose fields a reader gives.
    ///
    /// # Errors
    /// Where a field that the kind needs is missing, or is no word of its list.
    pub fn read_fields<R: FieldReader>(kind: TieKind, from: &mut R) -> Result<Statement, R::Error> {
        Ok(match kind {
            TieKind::Mission | TieKind::Post => {
                let kind = from.word("kind")?.ok_or_else(|| from.missing("kind"))?;
                let (sending, receiving) = (need(from, "sending")?, need(from, "receiving")?);
                let (city, host) = (from.text("city"), from.text("host").map(Into::into));
                // A mission that works where it is accredited has no other host.
                let host = host.filter(|host| *host != receiving);
                Statement::Mission { kind, sending, receiving, city, host, level: from.word("level")? }
            }
            TieKind::Accreditation => {
                let (sending, receiving) = (need(from, "sending")?, need(from, "receiving")?);
                Statement::Accreditation {
                    sending,
                    receiving,
                    city: from.text("city"),
                    host: from.text("host").map(Into::into),
                }
            }
            TieKind::Relations => {
                Statement::relations(need::<_, EntityId>(from, "a")?, need::<_, EntityId>(from, "b")?)
            }
            TieKind::Recognition => {
                Statement::Recognition { recognizer: need(from, "recognizer")?, recognized: need(from, "recognized")? }
            }
            TieKind::Membership => Statement::Membership {
                member: need(from, "member")?,
                organization: need(from, "organization")?,
                status: from.text("status").unwrap_or_else(|| "member".into()).into(),
            },
            TieKind::Protection => {
                let power = need(from, "power")?;
                let (sending, receiving) = (need(from, "sending")?, need(from, "receiving")?);
                Statement::Protection { power, sending, receiving, city: from.text("city") }
            }
            TieKind::Border => {
                let (a, b): (EntityId, EntityId) = (need(from, "a")?, need(from, "b")?);
                Statement::border(a, b, from.number("metres"))
            }
            TieKind::Signed => {
                let (a, b) = (need(from, "a")?, need(from, "b")?);
                let sign = from.number("sign").unwrap_or(0).signum();
                let sign = i8::try_from(sign).unwrap_or(0);
                Statement::Tie { a, b, sign, label: need(from, "label")?, claimed_by: from.text("claimed_by") }
            }
            TieKind::Capital => Statement::Capital { subject: need(from, "subject")?, city: need(from, "city")? },
            TieKind::Count => {
                let (subject, what) = (need(from, "subject")?, need(from, "what")?);
                let value = from.number("value").ok_or_else(|| from.missing("value"))?;
                Statement::Count { subject, what, value }
            }
        })
    }

    /// The word of a claim of this kind in files; a denial begins with `no_`.
    pub fn claim_word(&self) -> &'static str {
        match self {
            Statement::Mission { kind, .. } => kind.name(),
            other => other.kind().claim_word(),
        }
    }
}

/// Kind of the tie, and whether it is denied, of the word of a claim in files; `None` if it is no such word.
pub(super) fn kind_of_word(word: &str) -> Option<(TieKind, bool)> {
    let (word, denied) = word.strip_prefix("no_").map_or((word, false), |word| (word, true));
    let kind = match word.parse::<MissionKind>() {
        // Who denies a mission denies every one: the embassy stands for it.
        Ok(kind) if denied && kind != MissionKind::Embassy => return None,
        Ok(kind) if kind.class() == MissionClass::Resident => TieKind::Mission,
        Ok(_) => TieKind::Post,
        Err(()) => {
            TieKind::ALL.into_iter().find(|kind| kind.claim_word() == word && (!denied || kind.can_be_denied()))?
        }
    };
    Some((kind, denied))
}
