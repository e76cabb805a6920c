//! A clause of a sentence, and the list of parties that begins in it.

use super::Sentence;
use super::items::What;
use super::lexicon::Class;
use crate::names::EntityAt;

/// Start and end of the clause around `at`: between semicolons and strong conjunctions.
pub(super) fn clause(sentence: &Sentence<'_>, at: usize) -> (usize, usize) {
    let breaks = |item: &super::Item| item.is_mark(';') || item.is_any(&[Class::While, Class::But]);
    let from = sentence.items[..at].iter().rposition(breaks).map_or(0, |i| i + 1);
    let to = sentence.items[at..].iter().position(breaks).map_or(sentence.items.len(), |i| at + i);
    (from, to)
}

/// Every entity named in a list that begins at `at`; numbers and words such as "countries:" are passed over.
pub(super) fn list(s: &Sentence<'_>, at: usize, to: usize) -> Vec<EntityAt> {
    let mut found = Vec::new();
    let mut gap = 0;
    for i in at..to {
        match &s.items[i].what {
            What::Name(_) => {
                match s.noun(i) {
                    Some(noun) if !found.contains(&noun) => found.push(noun),
                    _ => {}
                }
                gap = 0;
            }
            What::Mark(',' | ':' | '(' | ')' | '"') | What::Number(_) => {}
            // "with all states except A"
            _ if matches!(s.items[i].folded.as_str(), "except" | "excluding") => break,
            _ if matches!(s.items[i].folded.as_str(), "former" | "then" | "neighboring" | "neighbouring") => {}
            What::Word(Class::And | Class::Det | Class::Both | Class::Adverb | Class::As) => {}
            What::Other if found.is_empty() && gap < 6 => gap += 1,
            _ => break,
        }
    }
    found
}
