//! The layout of the compact form: strings once, facts as keys, claims and verdicts that name them by place.

use serde::{Deserialize, Serialize};

use crate::model::{Bound, Span};

/// Bytes of a head: subject, object, flags, span, place of the fact.
pub(super) const HEAD: usize = 32;

/// A string, by its place in the list of strings.
pub(super) type Text = u32;

#[derive(Serialize, Deserialize)]
pub(super) struct Whole<'a> {
    #[serde(borrow)]
    pub(super) strings: Vec<&'a str>,
    pub(super) sources: Vec<PackedSource>,
    /// Entities and organisations that facts name, in the order of their slugs.
    pub(super) nodes: Vec<Text>,
    pub(super) heads: &'a [u8],
    pub(super) facts: &'a [u8],
    /// Claims that no fact takes anything from: what they say is another state's.
    pub(super) moved: Vec<PackedClaim>,
}

/// Document, format, title, address, subject, edition, licence, authority, publisher, work.
pub(super) type PackedSource = (Text, Text, Text, Text, Text, Text, Text, u8, Text, Text);

#[derive(Serialize, Deserialize)]
pub(super) struct PackedFact {
    pub(super) key: PackedKey,
    pub(super) claims: Vec<PackedClaim>,
    pub(super) verdict: Option<PackedVerdict>,
}

/// Kind, texts, one more than the place of the class, spell.
pub(super) type PackedKey = (u8, [Text; 4], u8, u16);

/// Two days in numbers.
pub(super) type PackedBound = (u32, u32);

/// Document and line.
pub(super) type PackedPlace = (Text, u32);

#[derive(Serialize, Deserialize)]
pub(super) struct PackedVerdict {
    pub(super) began: PackedBound,
    pub(super) over_by: u32,
    pub(super) over_on: Option<PackedBound>,
    pub(super) contested: bool,
    pub(super) preferred: Option<bool>,
    pub(super) implied: Option<(PackedBound, u8, Text, Vec<PackedPlace>)>,
    pub(super) settlements: Vec<(Text, Vec<PackedPlace>, Vec<PackedPlace>)>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PackedClaim {
    /// Kind of the statement.
    pub(super) kind: u8,
    /// Its fields, in their order: places of strings, numbers (zigzag) and one more than the place of a word; 0 for none.
    pub(super) fields: Vec<u64>,
    pub(super) denied: bool,
    pub(super) span: crate::model::PackedSpan,
    /// 0, or one more than the place of the manner.
    pub(super) ending: u8,
    pub(super) as_of: PackedBound,
    /// What the fact takes from it: its beginning, its end, that it stands; whether it is carried from a successor.
    pub(super) roles: u8,
    pub(super) document: Text,
    pub(super) line: u32,
}

pub(super) const BEGINS: u8 = 1;
pub(super) const ENDS: u8 = 2;
pub(super) const STANDS: u8 = 4;
pub(super) const DERIVED: u8 = 8;

pub(super) fn unpack_bound((earliest, latest): PackedBound) -> Bound {
    Span::unpacked((earliest, latest, None)).began
}
