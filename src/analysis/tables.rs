//! Rows of the tables of the analyses in `data/rules`.

use serde::Deserialize;

use crate::model::{DataTable, Level, MissionKind, TieKind, cell};

/// A row of `weights.csv`: empty conditions hold of all.
#[derive(Debug, Deserialize)]
pub(crate) struct WeightRow {
    #[serde(deserialize_with = "cell::ties")]
    pub tie: TieKind,
    #[serde(deserialize_with = "cell::maybe_word")]
    pub kind: Option<MissionKind>,
    #[serde(deserialize_with = "cell::maybe_word")]
    pub level: Option<Level>,
    pub weight: f64,
    pub cost: f64,
}

/// What a go-between can have with two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Protects,
    PresentInBoth,
    HostsBoth,
    AccreditedToBoth,
    AccreditedByBoth,
    BordersBoth,
    Organizations,
}

/// A row of `channels.csv`.
#[derive(Deserialize)]
pub(crate) struct ChannelRow {
    pub channel: Channel,
    pub weight: f64,
}

pub(crate) static WEIGHTS: DataTable<WeightRow> =
    DataTable::new("data/rules/weights.csv", include_str!("../../data/rules/weights.csv"));
pub(crate) static CHANNELS: DataTable<ChannelRow> =
    DataTable::new("data/rules/channels.csv", include_str!("../../data/rules/channels.csv"));
