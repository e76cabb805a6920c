//! Rows of the tables of formats in `data/rules` and `data/grammar`.

use serde::Deserialize;

use crate::model::{Authority, DataTable, Level, MissionKind, cell};

/// A row of `works.csv`: what a format says of its documents.
#[derive(Deserialize)]
pub(crate) struct WorkRow {
    pub format: String,
    #[serde(deserialize_with = "cell::maybe_word")]
    pub authority: Option<Authority>,
    /// The work; `{about}` and `{document}` stand for the source's own.
    pub work: String,
    pub publisher: String,
    pub licence: String,
}

/// A row of `cow_exchange.csv`: what a code of diplomatic exchange says.
#[derive(Deserialize)]
pub(crate) struct ExchangeRow {
    pub code: i8,
    #[serde(deserialize_with = "cell::maybe_word")]
    pub kind: Option<MissionKind>,
    #[serde(deserialize_with = "cell::maybe_word")]
    pub level: Option<Level>,
}

pub(crate) static WORKS: DataTable<WorkRow> =
    DataTable::new("data/rules/works.csv", include_str!("../../data/rules/works.csv"));
pub(crate) static EXCHANGE: DataTable<ExchangeRow> =
    DataTable::new("data/rules/cow_exchange.csv", include_str!("../../data/rules/cow_exchange.csv"));

/// What a word of a head stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Says {
    #[serde(rename = "recognition")]
    Recognition,
    #[serde(rename = "relations")]
    Relations,
    #[serde(rename = "legation")]
    Legation,
    #[serde(rename = "embassy")]
    Embassy,
    #[serde(rename = "interests section")]
    InterestsSection,
    #[serde(rename = "liaison office")]
    LiaisonOffice,
    #[serde(rename = "begin")]
    Begin,
    #[serde(rename = "again")]
    Again,
    #[serde(rename = "end")]
    End,
    #[serde(rename = "raise")]
    Raise,
    #[serde(rename = "skip")]
    Skip,
}

/// A row of `heads.csv`: a word at the head of a timeline, and what it says.
#[derive(Deserialize)]
pub(crate) struct HeadRow {
    pub word: String,
    #[serde(rename = "as")]
    pub says: Says,
}

pub(crate) static HEADS: DataTable<HeadRow> =
    DataTable::new("data/grammar/heads.csv", include_str!("../../data/grammar/heads.csv"));
