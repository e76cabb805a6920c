//! Rows of the tables of formats in `data/rules`.

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
