//! Rows of the tables of cover in `data/rules`.

use serde::Deserialize;

use crate::model::{Bound, DataTable, cell};

/// A rung of the ladder, from the closest form of cover downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Rung {
    /// R0: the question itself: own territory, a party of another time, a territory.
    #[serde(rename = "R0")]
    Guard,
    /// R1: a mission of the sender in the receiving state.
    #[serde(rename = "R1")]
    Resident,
    /// R2: such a mission whose head resides elsewhere.
    #[serde(rename = "R2")]
    UnderCharge,
    /// R3: an embassy office, or another office between states with relations.
    #[serde(rename = "R3")]
    Office,
    /// R4: a career consular post.
    #[serde(rename = "R4")]
    Consular,
    /// R5: an accreditation from a third state.
    #[serde(rename = "R5")]
    NonResident,
    /// R6: an ambassador who lives in the sender's capital.
    #[serde(rename = "R6")]
    FromHome,
    /// R7: a mission to the receiving state that works from another one.
    #[serde(rename = "R7")]
    Relocated,
    /// R8: an office without recognition or relations.
    #[serde(rename = "R8")]
    Unofficial,
    /// R9: an honorary consul.
    #[serde(rename = "R9")]
    Honorary,
    /// R10: staff of the sender under another flag.
    #[serde(rename = "R10")]
    InterestsSection,
    /// R11: a protecting power.
    #[serde(rename = "R11")]
    ProtectingPower,
    /// R12: a third state that acts on request.
    #[serde(rename = "R12")]
    OnRequest,
    /// R13: an arrangement of a group of states.
    #[serde(rename = "R13")]
    Group,
    /// R14: visas issued by another state.
    #[serde(rename = "R14")]
    Visa,
    /// R15: permanent missions in one city of the United Nations.
    #[serde(rename = "R15")]
    AtTheUn,
    /// R16: nothing of the above.
    #[serde(rename = "R16")]
    Nothing,
}

/// A row of `ladder.csv`.
#[derive(Deserialize)]
pub(crate) struct LadderRow {
    pub rung: Rung,
    pub form: String,
    #[serde(deserialize_with = "cell::yes")]
    pub consular: bool,
    #[serde(deserialize_with = "cell::yes")]
    pub political: bool,
    #[serde(deserialize_with = "cell::yes")]
    pub visa: bool,
    #[serde(deserialize_with = "cell::date")]
    pub from: Bound,
    #[serde(deserialize_with = "cell::end")]
    pub until: Option<Bound>,
    pub basis: String,
    pub unverified: String,
    pub limits: String,
}

/// A row of `presence.csv`.
#[derive(Deserialize)]
pub(crate) struct PresenceRow {
    pub presence: String,
    pub rank: u8,
    pub consular: String,
    pub basis: String,
    pub unverified: String,
    pub cow: Option<u8>,
    pub lor: Option<f64>,
    pub kenkel: Option<u8>,
    #[serde(deserialize_with = "cell::yes")]
    pub levels_verified: bool,
}

/// A row of `arrangements.csv`.
#[derive(Deserialize)]
pub(crate) struct ArrangementRow {
    pub arrangement: String,
    pub name: String,
    pub rung: Rung,
    pub group: String,
    #[serde(deserialize_with = "cell::list")]
    pub helpers: Vec<String>,
    #[serde(deserialize_with = "cell::list")]
    pub beneficiaries: Vec<String>,
    pub receivers_outside: String,
    pub unless: String,
    pub helper_posts: String,
    pub services: String,
    pub obligation: String,
    #[serde(deserialize_with = "cell::date")]
    pub from: Bound,
    #[serde(deserialize_with = "cell::end")]
    pub until: Option<Bound>,
    pub basis: String,
    pub unverified: String,
    pub limits: String,
}

/// A row of `groups.csv`.
#[derive(Deserialize)]
pub(crate) struct GroupRow {
    pub group: String,
    pub state: String,
    #[serde(deserialize_with = "cell::date")]
    pub from: Bound,
    #[serde(deserialize_with = "cell::end")]
    pub until: Option<Bound>,
}

pub(crate) static LADDER: DataTable<LadderRow> =
    DataTable::new("data/rules/ladder.csv", include_str!("../../data/rules/ladder.csv"));
pub(crate) static PRESENCE: DataTable<PresenceRow> =
    DataTable::new("data/rules/presence.csv", include_str!("../../data/rules/presence.csv"));
pub(crate) static ARRANGEMENTS: DataTable<ArrangementRow> =
    DataTable::new("data/rules/arrangements.csv", include_str!("../../data/rules/arrangements.csv"));
pub(crate) static GROUPS: DataTable<GroupRow> =
    DataTable::new("data/rules/groups.csv", include_str!("../../data/rules/groups.csv"));

/// A row of `ministries.csv`: where a state's foreign ministry lists its missions, or its first page.
#[derive(Deserialize)]
pub(crate) struct MinistryRow {
    pub state: String,
    pub ministry: String,
    pub address: String,
}

pub(crate) static MINISTRIES: DataTable<MinistryRow> =
    DataTable::new("data/rules/ministries.csv", include_str!("../../data/rules/ministries.csv"));
