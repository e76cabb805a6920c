//! The words that the sentence forms are made of: kinds of mission, verbs, prepositions. Tables in
//! `data/grammar`, one row a phrase, so that a new word needs no code.

use rustc_hash::FxHashMap as HashMap;

pub use super::tables::Class;
use super::tables::{KINDS, LISTED, Number, SUBDIVISIONS, WORDS};
use crate::model::MissionKind;
use crate::names::fold_words;

/// What a phrase of the tables means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A kind of mission, and whether it is plural.
    Kind(MissionKind, bool),
    /// A word class.
    Word(Class),
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
    pub fn load() -> Lexicon {
        let mut lexicon = Lexicon {
            phrases: HashMap::default(),
            longest: HashMap::default(),
            subdivisions: HashMap::default(),
            listed: HashMap::default(),
        };
        for row in WORDS.rows() {
            lexicon.add(&row.phrase, Meaning::Word(row.class));
        }
        for row in KINDS.rows() {
            lexicon.add(&row.phrase, Meaning::Kind(row.kind, row.number == Number::Many));
        }
        for row in SUBDIVISIONS.rows() {
            lexicon.subdivisions.entry(fold_words(&row.name).join(" ")).or_default().push(row.entity.clone());
        }
        for row in LISTED.rows() {
            lexicon.listed.insert(row.abbreviation.to_lowercase(), row.organisation.clone());
        }
        lexicon
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
