//! Rows of the tables of `data/grammar`.

use serde::Deserialize;

use crate::model::{DataTable, MissionKind, cell};

/// What a word does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Class {
    Accredit,
    Accreditation,
    Adjective,
    Adverb,
    After,
    And,
    As,
    Be,
    Before,
    Between,
    Both,
    But,
    By,
    Capital,
    Close,
    Consul,
    Det,
    Do,
    Each,
    EachOther,
    First,
    For,
    From,
    Had,
    Have,
    Host,
    In,
    It,
    Its,
    Lack,
    Locate,
    Move,
    Mutual,
    NoLonger,
    NonResident,
    Nor,
    Not,
    Of,
    Officer,
    On,
    Open,
    Opening,
    Or,
    Other,
    Past,
    Person,
    Plan,
    Reopen,
    Reopening,
    Represent,
    Representation,
    Resident,
    Serve,
    Since,
    That,
    There,
    Through,
    To,
    Until,
    Upgrade,
    Was,
    When,
    Where,
    While,
    With,
}

/// How the parties stand around the words of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stand {
    /// Actor to the left, object to the right.
    Active,
    /// Actor within the words, object to the right: "presence of the Turkish general staff in B".
    Inside,
    /// Object to the left, actor to the right.
    Passive,
    /// The same with the roles of a supporter: "relies on the support of B": B supports A.
    Reverse,
    /// Both parties in the sentence, or the two that its section is about.
    Pair,
    /// "A–B alliance": the two names before the words.
    Around,
    /// "Due to its support of B …, A …": the actor follows.
    Behind,
    /// "threatened to recognise X if … C": the third party named next.
    Threat,
    /// "citizens of X are forbidden entry to Y": Y bars X.
    Entry,
    /// "…", said A: the speaker of a quotation about the topic before.
    Says,
    /// A report about whom the document is about.
    Topic,
    /// "members … have been offered bribes by A".
    Bribes,
    /// "A is a part of B's lobbying efforts".
    Lobby,
    /// "ties with B, energy supplies": A, and B named before.
    Partner,
    /// "with all C countries … transforming their ties into strategic partnerships".
    Partners,
    /// "the sanctions were suspended": the parties of the sanctions named before.
    Sanctions,
    /// "supplying weapons to B, conducting exercises": actors at the head, object named before.
    Exercises,
    /// "a non-negotiable demand from A": A demands of the other.
    Demand,
}

/// One or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Number {
    One,
    Many,
}

/// A row of `kinds.csv`: a phrase for a kind of mission.
#[derive(Deserialize)]
pub(crate) struct KindRow {
    pub phrase: String,
    #[serde(deserialize_with = "cell::word")]
    pub kind: MissionKind,
    pub number: Number,
}

/// A row of `words.csv`.
#[derive(Deserialize)]
pub(crate) struct WordRow {
    pub phrase: String,
    pub class: Class,
}

/// A row of `subdivisions.csv`: a part of a state that may be taken for a city.
#[derive(Deserialize)]
pub(crate) struct SubdivisionRow {
    pub entity: String,
    pub name: String,
}

/// A row of `listed_organisations.csv`: what lists mean by an abbreviation that several bear.
#[derive(Deserialize)]
pub(crate) struct ListedRow {
    pub abbreviation: String,
    pub organisation: String,
}

/// A row of `ties.csv`: the words of a signed tie.
#[derive(Deserialize)]
pub(crate) struct TieRow {
    pub words: String,
    pub label: String,
    pub sign: i8,
    pub form: Stand,
}

pub(crate) static KINDS: DataTable<KindRow> =
    DataTable::new("data/grammar/kinds.csv", include_str!("../../data/grammar/kinds.csv"));
pub(crate) static WORDS: DataTable<WordRow> =
    DataTable::new("data/grammar/words.csv", include_str!("../../data/grammar/words.csv"));
pub(crate) static SUBDIVISIONS: DataTable<SubdivisionRow> =
    DataTable::new("data/grammar/subdivisions.csv", include_str!("../../data/grammar/subdivisions.csv"));
pub(crate) static LISTED: DataTable<ListedRow> = DataTable::new(
    "data/grammar/listed_organisations.csv",
    include_str!("../../data/grammar/listed_organisations.csv"),
);
pub(crate) static TIES: DataTable<TieRow> =
    DataTable::new("data/grammar/ties.csv", include_str!("../../data/grammar/ties.csv"));
