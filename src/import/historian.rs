//! The guide of the US Office of the Historian to recognition and relations: one XML file (TEI) a state, with a timeline whose
//! heads say what happened in which year, and paragraphs with the day.
//!
//! A head is read by the words of `data/grammar/heads.csv`: a thing (recognition, relations, a legation, an embassy) and what
//! became of it. The day is the first in the paragraphs that lies in the year of the head and in a sentence that speaks of the
//! thing. Texts and names of persons are not taken.

use super::Document;
use super::tables::{HEADS, Says};
use crate::grammar::{Found, What};
use crate::model::{Bound, Manner, MissionKind, Polarity, Span, Statement};
use crate::names::{EntityAt, Form};
use roxmltree::Node;

/// The state whose guide it is.
const HOME: &str = "united-states";

/// Whether a text is a page of the guide.
pub(super) fn is_page(head: &str) -> bool {
    head.starts_with('<')
        && head.contains("<TEI")
        && head.contains("Recognition")
        && head.contains("Consular Relations")
}

/// Reads a page.
pub(super) fn read(document: &mut Document<'_>) {
    let name = std::mem::take(&mut document.stem);
    document.stem = format!("historian-{name}");
    let text = document.text;
    let tree = match roxmltree::Document::parse(text) {
        Ok(tree) => tree,
        Err(error) => {
            let line = usize::try_from(error.pos().row).unwrap_or(1);
            document.lost(line, format!("not XML: {error}; file skipped"));
            return;
        }
    };
    let short = tree.descendants().find(|node| node.has_tag_name("title") && node.attribute("type") == Some("short"));
    // A star marks states that are no more.
    let title = short.map(plain).unwrap_or_default().trim_end_matches('*').to_owned();
    for timeline in tree.descendants().filter(|node| node.attribute("type") == Some("timeline")) {
        let Some(head) = timeline.children().find(|node| node.has_tag_name("head")) else { continue };
        let paragraphs: String =
            timeline.children().filter(|node| node.has_tag_name("p")).map(|node| plain(node) + " ").collect();
        let line = document.line_of(head.range().start);
        event(document, (&name, &title), &plain(head), year(head), &paragraphs, line);
    }
}

/// The text of a node, its spaces one each.
fn plain(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The year or day that the head gives.
fn year(head: Node<'_, '_>) -> Bound {
    let date = head.descendants().find(|node| node.has_tag_name("date"));
    let when = date.and_then(|date| date.attribute("when").or_else(|| date.attribute("from")));
    when.and_then(|when| Bound::parse(when).ok()).unwrap_or(Bound::UNKNOWN)
}

/// The state of a page on the day of an event.
fn state(document: &Document<'_>, (file, title): (&str, &str), on: Bound) -> Option<EntityAt> {
    let gazetteer = document.grammar.gazetteer;
    let named = [title.to_owned(), file.replace('-', " ")].iter().find_map(|name| {
        let found = gazetteer.candidates(name, on.earliest);
        let found = if found.is_empty() { gazetteer.candidates(name, None) } else { found };
        if let [only] = found[..] { Some(only) } else { None }
    });
    named.or_else(|| gazetteer.entity_index(file))
}

fn event(document: &mut Document<'_>, page: (&str, &str), head: &str, year: Bound, paragraphs: &str, line: usize) {
    let lower = head.to_lowercase();
    let said: Vec<Says> =
        HEADS.rows().iter().filter(|row| starts_a_word(&lower, &row.word)).map(|row| row.says).collect();
    let says = |what: Says| said.contains(&what);
    let thing = said.iter().any(|says| !matches!(says, Says::Begin | Says::Again | Says::End | Says::Raise));
    if year.is_unknown() || says(Says::Skip) || !thing {
        return;
    }
    let Some(state) = state(document, page, year) else {
        document.problem(line, format!("\"{}\" is no state of the tables in {year}; its event is skipped", page.1));
        return;
    };
    let gazetteer = document.grammar.gazetteer;
    let other = gazetteer.entity_at(spoken_of(document, head, state)).slug.clone();
    let abroad = lower.contains("in the united states") || lower.contains("in washington");
    let (sender, receiver) = if abroad { (other.as_str(), HOME) } else { (HOME, other.as_str()) };
    let day = |words: &[&str]| day(document, paragraphs, year, words);
    let mut found: Vec<Found> = Vec::new();
    let mut tell = |statement: Statement, on: Bound, over: Option<Manner>| {
        let span = match over {
            Some(_) => Span { began: Bound::UNKNOWN, ended: Some(on) },
            None => Span::since(on),
        };
        found.push(Found { ending: over, ..Found::new(statement, Polarity::Asserted, span) });
    };
    if says(Says::Recognition) {
        let on = day(&["recogni"]);
        let of_home =
            lower.contains("recognition of the united states") || lower.contains("independence of the united states");
        let mutual = lower.contains("mutual");
        if mutual || !of_home {
            tell(recognises(HOME, &other), on, None);
        }
        if mutual || of_home {
            tell(recognises(&other, HOME), on, None);
        }
    }
    let began = says(Says::Begin) || says(Says::Again);
    if says(Says::Relations) && (began || says(Says::End)) && !lower.contains("consular relation") {
        let over = (says(Says::End) && !says(Says::Again)).then_some(Manner::Severed);
        tell(Statement::relations(HOME, &other), day(&["relations"]), over);
    }
    for (thing, kind, word) in [
        (Says::Embassy, MissionKind::Embassy, "embass"),
        (Says::Legation, MissionKind::Legation, "legation"),
        (Says::InterestsSection, MissionKind::InterestsSection, "interests section"),
        (Says::LiaisonOffice, MissionKind::LiaisonOffice, "liaison office"),
    ] {
        let raised = says(Says::Raise);
        if !says(thing) || raised && kind != MissionKind::Embassy {
            continue;
        }
        let over = (says(Says::End) && !says(Says::Again) && !raised && !says(Says::Begin)).then_some(Manner::Closed);
        if over.is_some() || raised || began {
            tell(Statement::mission(kind, sender, receiver, None), day(&[word]), over);
        }
    }
    for found in found {
        document.push(found, line);
    }
}

/// The state of which a head speaks: the one that it names beside the home state, else that of the page.
fn spoken_of(document: &Document<'_>, head: &str, page: EntityAt) -> EntityAt {
    let gazetteer = document.grammar.gazetteer;
    let mut named: Vec<EntityAt> = Vec::new();
    for item in document.grammar.items(head) {
        let entities = item.name().into_iter().flat_map(|senses| &senses.entities);
        let entities = entities.filter(|(_, form)| *form == Form::Name).map(|(at, _)| *at);
        let several: Vec<EntityAt> = entities.filter(|at| gazetteer.entity_at(*at).slug.as_str() != HOME).collect();
        if several.contains(&page) {
            return page;
        }
        named.extend(several);
    }
    named.dedup();
    if let [only] = named[..] { only } else { page }
}

/// Whether a phrase stands in a text at the beginning of a word.
fn starts_a_word(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphabetic))
}

/// The first day of the paragraphs within a year, in a sentence with one of the words if there is one; else the year.
fn day(document: &Document<'_>, paragraphs: &str, year: Bound, words: &[&str]) -> Bound {
    let mut first = None;
    for (from, to) in crate::grammar::sentences(paragraphs) {
        let sentence = &paragraphs[from..to];
        let lower = sentence.to_lowercase();
        let dates = document.grammar.items(sentence).into_iter().filter_map(|item| match item.what {
            What::Date(date) => date.intersect(year).filter(|within| *within == date && date != year),
            _ => None,
        });
        for date in dates {
            if words.iter().any(|word| lower.contains(word)) {
                return date;
            }
            first = first.or(Some(date));
        }
    }
    first.unwrap_or(year)
}

fn recognises(one: &str, other: &str) -> Statement {
    Statement::Recognition { recognizer: one.into(), recognized: other.into() }
}
