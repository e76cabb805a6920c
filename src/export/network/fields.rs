//! The columns of nodes and ties: one list, which every format writes in its own way.

use std::borrow::Cow;

use super::{ExportedNode, ExportedTie};
use crate::model::{Bound, Day};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Flag,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'v> {
    /// Not known, or without meaning for this kind of tie.
    Absent,
    Text(Cow<'v, str>),
    Integer(i64),
    Number(f64),
    Flag(bool),
}

impl<'v> Value<'v> {
    /// As text; `None` where it is absent.
    pub(super) fn shown(self) -> Option<Cow<'v, str>> {
        Some(match self {
            Value::Absent => return None,
            Value::Text(text) => text,
            Value::Integer(value) => value.to_string().into(),
            Value::Number(value) => value.to_string().into(),
            Value::Flag(value) => if value { "true" } else { "false" }.into(),
        })
    }

    /// As JSON; null where it is absent.
    pub(super) fn json(self) -> serde_json::Value {
        match self {
            Value::Absent => serde_json::Value::Null,
            Value::Text(text) => text.into_owned().into(),
            Value::Integer(value) => value.into(),
            Value::Number(value) => value.into(),
            Value::Flag(value) => value.into(),
        }
    }
}

/// A column of nodes or ties.
pub(super) struct Field<T: 'static> {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) of: for<'t> fn(&'t T) -> Value<'t>,
}

/// The columns of nodes, after `id`.
pub(super) const NODE: [Field<ExportedNode>; 10] = [
    Field { name: "label", kind: Kind::Text, of: |node| Value::Text(node.name.as_str().into()) },
    Field { name: "kind", kind: Kind::Text, of: |node| Value::Text(node.kind.name().into()) },
    Field { name: "iso3", kind: Kind::Text, of: |node| text(node.iso3.as_deref()) },
    Field { name: "cow", kind: Kind::Integer, of: |node| integer(node.cow) },
    Field { name: "gw", kind: Kind::Integer, of: |node| integer(node.gw) },
    Field { name: "region", kind: Kind::Text, of: |node| text(node.region.as_deref()) },
    Field { name: "subregion", kind: Kind::Text, of: |node| text(node.subregion.as_deref()) },
    Field { name: "capital", kind: Kind::Text, of: |node| text(node.capital.as_deref()) },
    Field { name: "latitude", kind: Kind::Number, of: |node| number(node.place.map(|place| place.latitude)) },
    Field { name: "longitude", kind: Kind::Number, of: |node| number(node.place.map(|place| place.longitude)) },
];

/// The columns of ties, after `id`, `source` and `target`.
pub(super) const TIE: [Field<ExportedTie>; 22] = [
    Field { name: "tie", kind: Kind::Text, of: |tie| Value::Text(tie.tie.ties_name().into()) },
    Field { name: "says", kind: Kind::Text, of: |tie| Value::Text(tie.says.as_str().into()) },
    Field { name: "level", kind: Kind::Text, of: |tie| text(tie.level) },
    Field { name: "city", kind: Kind::Text, of: |tie| text(tie.city.as_deref()) },
    Field { name: "host", kind: Kind::Text, of: |tie| text(tie.host.as_deref()) },
    Field { name: "by", kind: Kind::Text, of: |tie| text(tie.by.as_deref()) },
    Field { name: "latitude", kind: Kind::Number, of: |tie| number(tie.place.map(|place| place.latitude)) },
    Field { name: "longitude", kind: Kind::Number, of: |tie| number(tie.place.map(|place| place.longitude)) },
    Field { name: "sign", kind: Kind::Integer, of: |tie| integer(tie.sign) },
    Field { name: "metres", kind: Kind::Integer, of: |tie| integer(tie.metres) },
    Field { name: "began", kind: Kind::Text, of: |tie| bound(Some(tie.span.began)) },
    Field { name: "began_earliest", kind: Kind::Text, of: |tie| day(tie.span.began.earliest) },
    Field { name: "began_latest", kind: Kind::Text, of: |tie| day(tie.span.began.latest) },
    Field { name: "over", kind: Kind::Flag, of: |tie| Value::Flag(tie.span.ended.is_some()) },
    Field { name: "ended", kind: Kind::Text, of: |tie| bound(tie.span.ended) },
    Field { name: "ended_earliest", kind: Kind::Text, of: |tie| day(tie.span.ended.and_then(|ended| ended.earliest)) },
    Field { name: "ended_latest", kind: Kind::Text, of: |tie| day(tie.span.ended.and_then(|ended| ended.latest)) },
    Field { name: "mutual", kind: Kind::Flag, of: |tie| Value::Flag(tie.mutual) },
    Field { name: "denied", kind: Kind::Flag, of: |tie| Value::Flag(tie.denied) },
    Field { name: "disputed", kind: Kind::Flag, of: |tie| Value::Flag(tie.disputed) },
    Field { name: "works", kind: Kind::Integer, of: |tie| integer(i64::try_from(tie.works).ok()) },
    Field { name: "sources", kind: Kind::Text, of: |tie| Value::Text(tie.sources.join("; ").into()) },
];

fn text(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Absent, |text| Value::Text(text.into()))
}

fn integer(value: Option<i64>) -> Value<'static> {
    value.map_or(Value::Absent, Value::Integer)
}

fn number(value: Option<f64>) -> Value<'static> {
    value.map_or(Value::Absent, Value::Number)
}

fn day(value: Option<Day>) -> Value<'static> {
    value.map_or(Value::Absent, |day| Value::Text(day.to_string().into()))
}

/// A date as EDTF.
fn bound(value: Option<Bound>) -> Value<'static> {
    let known = value.filter(|bound| !bound.is_unknown());
    known.map_or(Value::Absent, |bound| Value::Text(bound.to_string().into()))
}
