//! Rows of the tables of `data/grammar`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

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
    Was,
    When,
    Where,
    While,
    With,
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

/// What a word of `dates.csv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DateWord {
    /// A month, in one of several languages.
    Month,
    /// A number.
    Number,
    /// A part of a year or month, before it: "early".
    Part,
}

/// A row of `dates.csv`: a word of dates or numbers, as it folds.
#[derive(Deserialize)]
pub(crate) struct DateRow {
    pub word: String,
    pub means: DateWord,
    pub number: Option<i8>,
}

pub(crate) static DATES: DataTable<DateRow> =
    DataTable::new("data/grammar/dates.csv", include_str!("../../data/grammar/dates.csv"));

/// A reader of the grammar that looks for words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reader {
    Missions,
    Protections,
    Relations,
    Memberships,
    Counts,
}

/// A row of `looks.csv`: how a word begins without which a reader finds nothing.
#[derive(Deserialize)]
pub(crate) struct LookRow {
    pub start: String,
    pub reader: Reader,
}

pub(crate) static LOOKS: DataTable<LookRow> =
    DataTable::new("data/grammar/looks.csv", include_str!("../../data/grammar/looks.csv"));

/// What a template of an encyclopaedia shows in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shows {
    /// Its value is a state with its flag: `{{flag|Norway}}`.
    Flag,
    /// A flag without a name.
    Icon,
    /// A date, as one text or as year, month and day.
    Date,
    /// One of its values, by number.
    Value,
    /// Its first two values.
    Values,
    /// "As of" and its value.
    AsOf,
    /// A text of its own.
    Text,
    /// A space.
    Space,
    /// The end of a paragraph.
    Paragraph,
    /// "See" and its value, a sentence of its own.
    See,
    /// Every value, each a paragraph.
    List,
    /// Nothing.
    None,
}

/// What becomes of a template that is written over several lines; any other is passed over whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lines {
    /// It is one value of its line: the lines are joined.
    Kept,
    /// What it holds is running text.
    Text,
}

/// A row of `templates.csv`: a template of wikitext and what it shows.
#[derive(Deserialize)]
pub(crate) struct TemplateRow {
    pub template: String,
    pub shows: Shows,
    pub value: Option<String>,
    pub lines: Option<Lines>,
}

pub(crate) static TEMPLATES: DataTable<TemplateRow> =
    DataTable::new("data/grammar/templates.csv", include_str!("../../data/grammar/templates.csv"));
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

/// Form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum VerbForm {
    Base,
    Present,
    Past,
    Participle,
    Ing,
}

/// What an infinitive after a verb is: a fact ("decided to"), its denial ("refused to"), neither ("hoped to").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Infinitive {
    Asserts,
    Denies,
    Hedges,
}

/// A row of `verbs.csv`: a form of a verb, the verb that it stands for, and what an infinitive after it is.
#[derive(Deserialize)]
pub(crate) struct VerbRow {
    pub word: String,
    pub lemma: String,
    #[serde(deserialize_with = "verb_forms")]
    pub form: Vec<VerbForm>,
    pub infinitive: Option<Infinitive>,
}

fn verb_forms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<VerbForm>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    cell.split('|')
        .map(|word| match word {
            "base" => Ok(VerbForm::Base),
            "present" => Ok(VerbForm::Present),
            "past" => Ok(VerbForm::Past),
            "participle" => Ok(VerbForm::Participle),
            "ing" => Ok(VerbForm::Ing),
            other => Err(D::Error::custom(format!("\"{other}\" is no form of a verb"))),
        })
        .collect()
}

/// What a noun does in forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NounRole {
    /// What forms speak of: relations, recognition, sanctions, a treaty.
    Thing,
    /// Persons and posts of a state who can be expelled.
    Envoy,
    /// Makes relations diplomatic.
    Diplomatic,
    /// Makes relations something else: trade, closer.
    Partial,
    /// Stands between recognising and the state that is recognised.
    Statehood,
    /// Acts for its state.
    Office,
    /// What follows is wished, planned or doubted.
    Hedge,
    /// Both parties of which the passage speaks.
    Pair,
    /// States in general: "the first country to".
    Peer,
    /// Can follow a name without being a part of it: "together".
    Following,
    /// What a mission does: its work, its operations.
    Work,
    /// Says that what follows is over: "the settlement of their dispute".
    Ending,
    /// What is voted on: a resolution.
    Voted,
    /// Makes a state something that is no state: "a terrorist state", "a non-member state".
    Epithet,
    /// Brings a noun phrase that is no subject: "amid".
    Preposition,
    /// Says after a name what it did for something: "a UN appointed team".
    Made,
    /// Stands for a state before a dash, "Sino-"; the noun is its slug.
    Prefix,
    /// The word by which a name is that of a body and no person's: foundation, institute.
    Body,
}

/// A row of `nouns.csv`.
#[derive(Deserialize)]
pub(crate) struct NounRow {
    pub word: String,
    pub noun: String,
    pub role: NounRole,
}

/// What a form states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum States {
    /// Relations that are over.
    Ended,
    /// Relations that were taken up again.
    Restored,
    /// Relations that began, whether for the first time or anew.
    Begun,
    /// Recognition of a state.
    Recognition,
    /// Recognition that was withdrawn.
    Unrecognition,
    /// A signed tie.
    Tie,
    /// A mission that became one of another kind.
    Raised,
    /// A mission that was closed, or whose work was suspended.
    Closed,
    /// A mission that moved to another place.
    Moved,
    /// Interests that are in the care of another state.
    Protected,
    /// Membership of organisations that began.
    Joined,
    /// Membership that is over.
    Left,
    /// Membership that was taken up again.
    Rejoined,
    /// Membership that stands; of its beginning nothing is said.
    Member,
}

impl States {
    /// Whether it is said of members of an organisation.
    pub(crate) fn of_members(self) -> bool {
        matches!(self, States::Joined | States::Left | States::Rejoined | States::Member)
    }
}

/// Where in its sentence a form looks for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Who does it.
    Subject,
    /// To whom it is done.
    Object,
    /// Whose it is: "the Soviet invasion", "Russia's invasion".
    Owner,
    /// Whose the thing is: "Iran's ambassador", "four Russian envoys".
    Whose,
    /// Two names right before it: "the Iran–Iraq War".
    Around,
    /// Whom a verb of recognising has as object: "the independence of R", "each other".
    Recognised,
    /// The two of whom the passage speaks.
    Pair,
    /// The two of whose relations the sentence speaks: "relations between A and B suffer from border disputes".
    Related,
    /// The state that the document is about, where the sentence names nobody before: "a dispute with B concerns an island".
    Article,
    With,
    Over,
    Between,
    For,
    To,
    Against,
    Of,
    On,
    By,
    From,
    Inside,
}

/// A row of `forms.csv`: its head, what else it wants, where its two parties stand, and what it states.
#[derive(Deserialize)]
pub(crate) struct FormRow {
    #[cfg_attr(not(test), allow(dead_code))]
    pub form: String,
    pub head: String,
    pub thing: Option<String>,
    #[serde(deserialize_with = "roles")]
    pub first: Vec<Role>,
    #[serde(deserialize_with = "roles")]
    pub second: Vec<Role>,
    pub states: States,
    pub label: Option<String>,
    pub sign: Option<i8>,
    pub lasts: Option<Lasts>,
    pub texts: Option<Texts>,
}

/// The texts in which alone a form is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Texts {
    /// Essays, whose opinions are ties: a list of facts would call them neither.
    Essay,
}

/// How long what a form states of a tie lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lasts {
    /// It happened: nothing says that it goes on.
    Act,
    /// It goes on where its verb is in the present.
    State,
    /// It goes on until something ends it.
    Treaty,
}

fn roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Role>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    cell.split_whitespace()
        .map(|word| Role::deserialize(serde::de::value::StrDeserializer::<D::Error>::new(word)))
        .collect()
}

pub(crate) static VERBS: DataTable<VerbRow> =
    DataTable::new("data/grammar/verbs.csv", include_str!("../../data/grammar/verbs.csv"));
pub(crate) static NOUNS: DataTable<NounRow> =
    DataTable::new("data/grammar/nouns.csv", include_str!("../../data/grammar/nouns.csv"));
pub(crate) static FORMS: DataTable<FormRow> =
    DataTable::new("data/grammar/forms.csv", include_str!("../../data/grammar/forms.csv"));
