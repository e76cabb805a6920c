//! The words that the sentence forms are made of: kinds of mission, verbs, prepositions. Tables in
//! `data/grammar`, one row a phrase, so that a new word needs no code.

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::MissionKind;
use crate::names::fold_words;

const KINDS: &str = include_str!("../../data/grammar/kinds.csv");
const WORDS: &str = include_str!("../../data/grammar/words.csv");
const LISTED: &str = include_str!("../../data/grammar/listed_organisations.csv");
const SUBDIVISIONS: &str = include_str!("../../data/grammar/subdivisions.csv");

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

/// What a phrase of the tables means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A kind of mission, and whether it is plural.
    Kind(MissionKind, bool),
    /// A word class.
    Word(Class),
}

#[derive(Deserialize)]
struct KindRow {
    phrase: String,
    kind: String,
    number: String,
}

#[derive(Deserialize)]
struct WordRow {
    phrase: String,
    class: Class,
}

#[derive(Deserialize)]
struct SubdivisionRow {
    entity: String,
    name: String,
}

#[derive(Deserialize)]
struct ListedRow {
    abbreviation: String,
    organisation: String,
}

/// Every phrase of the tables, folded.
pub struct Lexicon {
    phrases: HashMap<String, Meaning>,
    longest: HashMap<String, usize>,
    subdivisions: HashMap<String, Vec<String>>,
    listed: HashMap<String, String>,
}

impl Lexicon {
    /// Reads the compiled-in tables.
    ///
    /// # Errors
    /// [`csv::Error`] where a table is damaged, which only a damaged build can have.
    pub fn load() -> Result<Lexicon, csv::Error> {
        let mut lexicon = Lexicon {
            phrases: HashMap::new(),
            longest: HashMap::new(),
            subdivisions: HashMap::new(),
            listed: HashMap::new(),
        };
        for row in csv::Reader::from_reader(WORDS.as_bytes()).deserialize::<WordRow>() {
            let row = row?;
            lexicon.add(&row.phrase, Meaning::Word(row.class));
        }
        for row in csv::Reader::from_reader(KINDS.as_bytes()).deserialize::<KindRow>() {
            let row = row?;
            if let Ok(kind) = row.kind.parse() {
                lexicon.add(&row.phrase, Meaning::Kind(kind, row.number == "many"));
            }
        }
        for row in csv::Reader::from_reader(SUBDIVISIONS.as_bytes()).deserialize::<SubdivisionRow>() {
            let row = row?;
            lexicon.subdivisions.entry(fold_words(&row.name).join(" ")).or_default().push(row.entity);
        }
        for row in csv::Reader::from_reader(LISTED.as_bytes()).deserialize::<ListedRow>() {
            let row = row?;
            lexicon.listed.insert(row.abbreviation.to_lowercase(), row.organisation);
        }
        Ok(lexicon)
    }

    fn add(&mut self, phrase: &str, meaning: Meaning) {
        let words: Vec<&str> = phrase.split(' ').collect();
        let reach = self.longest.entry(words[0].to_owned()).or_insert(0);
        *reach = (*reach).max(words.len());
        self.phrases.insert(phrase.to_owned(), meaning);
    }

    /// What a folded phrase means.
    pub fn meaning(&self, folded: &str) -> Option<Meaning> {
        self.phrases.get(folded).copied()
    }

    /// Most words of any phrase that begins with this word.
    pub fn longest(&self, first_word: &str) -> usize {
        self.longest.get(first_word).copied().unwrap_or(0)
    }

    /// The organisation that an abbreviation of several stands for in lists of memberships.
    pub fn listed_organisation(&self, folded: &str) -> Option<&str> {
        self.listed.get(folded).map(String::as_str)
    }

    /// Whether a folded name is a subdivision of the entity.
    pub fn is_subdivision(&self, folded: &str, entity: &str) -> bool {
        self.subdivisions.get(folded).is_some_and(|list| list.iter().any(|of| of == entity))
    }
}
