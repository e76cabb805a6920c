//! Forms of change: what a sentence tells of breaks and renewals, recognition and its end, war and peace.
//!
//! A sentence is taken apart once: its verbs with their helpers ([`groups`]), who stands where around them
//! ([`roles`], [`parties`]), and when ([`day`]). A form is a row of `data/grammar/forms.csv`: the verb or noun that is
//! its head, what else it wants, in which roles it looks for its two parties, and what it states. One matcher runs
//! them all; whether the sentence affirms, denies or only considers it is decided before, for all forms alike.

mod closures;
mod day;
#[cfg(test)]
mod fixtures;
mod groups;
mod members;
mod missions;
mod moves;
mod noun_heads;
mod pairs;
mod parties;
mod protections;
mod recognised;
mod roles;
mod statements;
mod titles;
mod verb_heads;
mod words;

use super::tables::NounRole;
use super::{Reading, Sentence, What};
use crate::names::EntityAt;
use day::When;
use groups::Mood;
use parties::Party;
use roles::{Parsed, Subject};
pub(crate) use words::Words;

/// What the sentences of a passage leave to those after them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Memory {
    /// The parties whose relations were spoken of last.
    pair: Option<(EntityAt, EntityAt)>,
    /// The last year that a sentence named.
    year: Option<i16>,
    /// The subject of the sentence before.
    subject: Option<EntityAt>,
}

impl Memory {
    /// Whether the relations of two parties were spoken of.
    pub(super) fn of_relations(&self) -> bool {
        self.pair.is_some()
    }
}

/// Most items of what can be one sentence. Whose subject a verb has is looked for through all verbs before it.
const LONGEST: usize = 400;

/// Reads the events of a sentence.
pub(super) fn read(s: &Sentence<'_>, reading: &mut Reading) {
    // "See the border dispute of A and B": where to read on.
    if s.items.first().is_some_and(|item| item.folded == "see") {
        return;
    }
    if s.items.len() > LONGEST {
        let words = s.items.len();
        reading
            .problems
            .push(format!("a sentence of {words} words: what it tells of change is not read; end it sooner"));
        return;
    }
    let parsed = Parsed { s, groups: groups::groups(s), it: reading.memory.subject };
    let matcher = Matcher { parsed: &parsed, memory: reading.memory.clone() };
    let mut used: Vec<usize> = Vec::new();
    for at in 0..parsed.groups.len() {
        matcher.verb(at, &mut used, reading);
    }
    let mut at = 0;
    while at < s.items.len() {
        match s.grammar.words.noun(&s.items, at, &[NounRole::Thing]) {
            Some(noun) => {
                if !used.contains(&at) {
                    matcher.noun(noun, reading);
                }
                at = noun.end;
            }
            None => at += 1,
        }
    }
    reading.memory.subject = (0..parsed.groups.len()).find_map(|at| match parsed.subject(at) {
        Subject::Named(parties) => entities(&parties).first().copied(),
        _ => None,
    });
    matcher.renewed(reading);
    matcher.others(reading);
    if let Some(pair) = matcher.pair_spoken_of() {
        reading.memory.pair = Some(pair);
    }
    let year =
        s.items.iter().rev().find_map(|item| if let What::Date(day) = item.what { day.known_year() } else { None });
    reading.memory.year = year.or(reading.memory.year);
}

/// Runs the forms over one sentence.
struct Matcher<'p, 's, 'i> {
    parsed: &'p Parsed<'s, 'i>,
    memory: Memory,
}

/// What a form found: who, to whom, when, and whether it is so.
struct Event {
    firsts: Vec<Party>,
    seconds: Vec<Party>,
    when: When,
    mood: Mood,
    /// Whether the second list holds both parties: "between A and B".
    both: bool,
    /// Whether the verb is in the past tense.
    past: bool,
    /// Whether the sentence says that it goes on: "are at war".
    standing: bool,
    /// Who says so, where the sentence only reports it: "A claimed that B financed C".
    claimant: Option<Party>,
}

impl Matcher<'_, '_, '_> {
    fn s(&self) -> &Sentence<'_> {
        self.parsed.s
    }
}

fn entities(parties: &[Party]) -> Vec<EntityAt> {
    parties.iter().filter_map(|party| if let Party::Entity(at) = party { Some(*at) } else { None }).collect()
}
