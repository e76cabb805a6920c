//! Diplomatic relations that a sentence tells of as standing, past or wanting; that they began, broke off or were
//! taken up again is read by the [forms of change](super::forms). In other languages: that they were established.

use super::clauses::{clause, list};
use super::items::What;
use super::lexicon::Class;
use super::{Reading, Sentence};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::EntityAt;

pub(super) fn read(sentence: &Sentence<'_>, reading: &mut Reading) {
    for at in 0..sentence.items.len() {
        let word = sentence.items[at].folded.as_str();
        match word {
            "relations" | "ties" | "relationship" | "relationships" | "дипотношения" => {
                relations(sentence, at, reading);
            }
            "отношения" | "отношении" if at > 0 && sentence.items[at - 1].folded.starts_with("дипломатическ") =>
            {
                relations(sentence, at, reading);
            }
            "связеи" | "elaqeler"
                if at > 0 && sentence.items[at - 1].folded.starts_with("дипломатическ") || word == "elaqeler" =>
            {
                relations(sentence, at, reading)
            }
            _ => {}
        }
    }
}

/// Words that make relations diplomatic.
fn is_diplomatic(sentence: &Sentence<'_>, at: usize) -> bool {
    let from = at.saturating_sub(4);
    if plainly_established(sentence, at) {
        return true;
    }
    sentence.items[from..at].iter().any(|item| {
        matches!(item.folded.as_str(), "diplomatic" | "formal" | "official" | "ambassadorial" | "diplomatik")
            || item.folded.starts_with("дипломатическ")
    }) || sentence.items[at].folded.starts_with("дипот")
        || sentence.items[at].folded == "elaqeler"
}

/// "established relations with Czechoslovakia in 1922": what states establish on a date is diplomatic; trade
/// relations have their adjective. Without the year right after the partner it may be anything.
fn plainly_established(s: &Sentence<'_>, at: usize) -> bool {
    let is = |i: Option<usize>, words: &[&str]| {
        i.and_then(|i| s.items.get(i)).is_some_and(|item| words.contains(&item.folded.as_str()))
    };
    let bilateral = is(at.checked_sub(1), &["bilateral"]);
    let verb = at.checked_sub(1 + usize::from(bilateral));
    let dated = |from: usize| {
        s.items.get(from..).unwrap_or_default().iter().take(2).any(|item| match item.what {
            What::Date(bound) => bound.known_year().is_some(),
            _ => false,
        })
    };
    if is(verb, &["had"]) {
        // "had relations from 1962 to 1972"
        return is(Some(at + 1), &["from"]) && dated(at + 2);
    }
    let named = |i: &usize| s.noun(*i).is_some() || s.is(*i, Class::And) || s.is_mark(*i, ',');
    let partner = (at + 2..s.items.len().min(at + 6)).find(|i| s.noun(*i).is_some());
    let partner = partner.map(|first| (first..s.items.len()).take_while(named).last().unwrap_or(first));
    // "Relations between Peru and the Soviet Union were then established on …"
    let plain = at == 0 || is(at.checked_sub(1), &["the", "bilateral"]) || s.is_mark(at - 1, '*');
    let passive = plain
        && s.is(at + 1, Class::Between)
        && (at + 2..s.items.len().min(at + 12))
            .find(|i| s.items[*i].folded == "established")
            .is_some_and(|verb| is(verb.checked_sub(1), &["were", "then", "formally"]) && dated(verb + 1));
    if passive {
        return true;
    }
    (is(verb, &["established"]) || verb.is_some_and(|verb| s.is(verb, Class::Reopen)))
        && (dated(at + 1) || s.is(at + 1, Class::With) && partner.is_some_and(|partner| dated(partner + 1)))
}

/// Whether the relations at `at` are denied: a negation shortly before them with no mission between ("has
/// not established an embassy, relations are maintained…" denies none), or "not yet" right after.
fn negated(s: &Sentence<'_>, from: usize, at: usize, to: usize) -> bool {
    let denies = |item: &super::Item| {
        item.is_any(&[Class::Not, Class::Lack, Class::Nor])
            || matches!(item.folded.as_str(), "refuses" | "refused" | "refusing" | "cannot" | "yet")
    };
    let from = from.max(at.saturating_sub(9));
    let before = s.items[from..at].iter().rposition(denies).map(|i| from + i);
    let clear = before.is_some_and(|i| !s.items[i..at].iter().any(|item| matches!(item.what, What::Kind(..))));
    clear || s.items[at..to.min(at + 4)].iter().any(denies)
}

fn relations(s: &Sentence<'_>, at: usize, reading: &mut Reading) {
    let (from, to) = clause(s, at);
    let foreign = !s.items[at].folded.is_ascii() || s.items[at].folded == "elaqeler";
    if !foreign && !is_diplomatic(s, at) || s.items[from..at].iter().any(|item| item.folded == "consular") {
        return;
    }
    // "switched relations to A": those with another ended by it.
    if at > 0 && s.grammar.words.is_verb(&s.items, at - 1, "switch") {
        return;
    }
    let denied = negated(s, from, at, to);
    let planned = s.items[from..at].iter().any(|item| item.is(Class::Plan))
        && !s.items[at..to].iter().any(|later| later.is(Class::Open));
    // "had relations, after it had established them": of a clause in the past the forms read every verb.
    let past = s.items[from..at].iter().any(|item| item.is(Class::Had));
    let near = if past { (from, to) } else { (from.max(at.saturating_sub(8)), to.min(at + 8)) };
    // "were not established until 1874": a beginning, which the forms read too.
    let begins = denied && s.items[at..to].iter().any(|item| item.is(Class::Until));
    let changes = |begin| (near.0..near.1).any(|at| s.grammar.words.changes_relations(&s.items, at, begin));
    // A denial needs the word: "did not establish ties until China established relations with it".
    let begun = if denied { plainly_established(s, at) } else { changes(true) };
    if planned || !foreign && (begins || begun || changes(false)) {
        return;
    }
    let established = foreign
        && s.items[from..to].iter().any(|item| {
            matches!(item.folded.as_str(), "установил" | "установили" | "установлении" | "установились" | "qurulub")
        });
    let has = s.items[from..at].iter().any(|item| item.is_any(&[Class::Have, Class::Had, Class::Lack]))
        || s.items[from..at].iter().rev().take(5).any(|item| item.is(Class::There));
    if !established && !has && !denied {
        return;
    }
    let (mut firsts, mut seconds) = parties(s, from, at, to);
    if foreign {
        let named = foreign_entities(s, from, to);
        firsts = s.context.article.into_iter().collect();
        seconds = named.into_iter().filter(|entity| Some(*entity) != s.context.article).collect();
    }
    // "had relations with many nations"
    if seconds.is_empty()
        && s.is(at + 1, Class::With)
        && (at + 2..to.min(at + 6))
            .any(|i| s.grammar.words.names_peers(&s.items, i) && s.items[i].folded.ends_with('s'))
        && !(at + 2..to.min(at + 6)).any(|i| s.is_any(i, &[Class::Both, Class::EachOther]))
    {
        return;
    }
    if firsts.is_empty() || seconds.is_empty() {
        match s.parties() {
            Some([article, other]) => {
                let named: Vec<EntityAt> = firsts.iter().chain(&seconds).copied().collect();
                // A third state in the clause: the sentence is not about this pair.
                if named.iter().any(|entity| *entity != article && *entity != other) {
                    if named.len() != 1 || denied {
                        return;
                    }
                    let (a, b) =
                        (if s.items[from..at].iter().any(|i| i.is(Class::Both)) { return } else { article }, named[0]);
                    firsts = vec![a];
                    seconds = vec![b];
                } else {
                    firsts = vec![article];
                    seconds = vec![other];
                }
            }
            None => match (s.context.article, firsts.first().or(seconds.first()).copied()) {
                (Some(article), Some(named)) if article != named => {
                    firsts = vec![article];
                    seconds = if seconds.is_empty() { vec![named] } else { seconds };
                }
                _ => return,
            },
        }
    }
    // "As of 2017 it maintains relations with…" dates the statement, not the relations.
    let since = s.items[from..to].iter().any(|item| item.is(Class::Since))
        || s.items[from..at].iter().any(|item| item.is(Class::Had) || item.folded == "used");
    let began = if denied || !established && !since { Bound::UNKNOWN } else { date(s, at, from, to, foreign) };
    // A relationship may be of any kind; one that is established on a date is diplomatic.
    let said = s.items[at.saturating_sub(4)..at].iter().any(|item| item.folded == "established");
    let vague = s.items[at].folded.starts_with("relationship") && (denied || !said);
    if s.items[at].folded.starts_with("relationship") && began.known_year().is_none() || vague {
        return;
    }
    let polarity = if denied { Polarity::Denied } else { Polarity::Asserted };
    let mut span = Span::since(began);
    // "have had relations since 1979" goes on.
    let had = (from..at).any(|i| {
        // "has had relations since 1979", "has also had relations"
        let helper = (from..i).rev().find(|i| !s.is(*i, Class::Adverb) && s.items[*i].folded != "also");
        let ranged = (at..to).any(|i| s.is_any(i, &[Class::Between, Class::From]) && dated_item(s, i + 1));
        let perfect = helper.is_some_and(|i| s.is(i, Class::Have)) && !ranged;
        s.is(i, Class::Had) && !perfect || s.items[i].folded == "used"
    });
    if !established && had && !denied {
        let until = s.items[at..to]
            .iter()
            .skip_while(|item| !matches!(item.folded.as_str(), "between" | "from"))
            .filter_map(|item| match item.what {
                What::Date(bound) => Some(bound),
                _ => None,
            });
        let dates: Vec<Bound> = until.collect();
        if let [first, .., last] = dates.as_slice() {
            span = Span { began: *first, ended: Some(*last) };
        } else {
            // "maintained relations until 2017"
            let until = s.items[at..to].windows(2).find_map(|pair| match pair[1].what {
                What::Date(bound) if pair[0].is(Class::Until) => Some(bound),
                _ => None,
            });
            let kept = s.items[from..at].iter().any(|item| item.folded == "maintained");
            if kept && until.is_none() {
                // "After the war, it maintained relations with": of a time that is not told, and whether they ended neither.
                return;
            }
            span.ended = Some(until.unwrap_or(Bound::UNKNOWN));
        }
    }
    for &first in &firsts {
        for &second in seconds.iter().filter(|second| **second != first) {
            s.state(reading, Statement::relations(s.slug(first), s.slug(second)), polarity, span);
        }
    }
}

/// Whether a date stands at an item.
fn dated_item(s: &Sentence<'_>, at: usize) -> bool {
    s.items.get(at).is_some_and(|item| matches!(item.what, What::Date(_)))
}

/// The parties of a clause on relations: subject left of it, partners after "with", or both in "between".
fn parties(s: &Sentence<'_>, from: usize, at: usize, to: usize) -> (Vec<EntityAt>, Vec<EntityAt>) {
    let with = (at + 1..to).find(|i| {
        s.is_any(*i, &[Class::With, Class::Between]) || *i == at + 1 && s.is(*i, Class::To) && s.noun(i + 1).is_some()
    });
    let mut seconds = Vec::new();
    if let Some(with) = with.filter(|with| *with <= at + 8) {
        seconds = list(s, with + 1, to);
        if s.is(with, Class::Between) && seconds.len() == 2 {
            return (vec![seconds[0]], vec![seconds[1]]);
        }
    }
    let mut firsts: Vec<EntityAt> = Vec::new();
    let mut both = false;
    for i in from..at {
        both |= s.is(i, Class::Both);
        let Some(noun) = s.noun(i).filter(|noun| !firsts.contains(noun) && !s.governed(i)) else { continue };
        // "one of only two European Union members not to maintain relations": who they belong to maintains none itself.
        if s.grammar.words.names_peers(&s.items, i + 1) {
            continue;
        }
        // "Tuvalu's Foreign Minister signed": an office acts for its state; other owners do not.
        let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
        let office = s.item(i + 2).is_some_and(|item| {
            item.is(Class::Officer)
                || matches!(item.folded.as_str(), "foreign" | "government" | "president" | "prime" | "establishment")
        });
        if !owner || office || seconds.is_empty() {
            firsts.push(noun);
        }
    }
    if both && let Some([article, other]) = s.parties() {
        return (vec![article], vec![other]);
    }
    if seconds.is_empty() && firsts.len() == 2 {
        return (vec![firsts[0]], vec![firsts[1]]);
    }
    if seconds.is_empty() && firsts.len() > 2 {
        return (Vec::new(), Vec::new());
    }
    if firsts.len() > 1 && s.is(from, Class::It) && s.context.article.is_some() {
        // "It recognizes China and Cuba, and re-established relations with Israel."
        firsts = s.context.article.into_iter().collect();
    }
    if firsts.len() > 1 {
        // The subject stands nearest to its verb; the names before belong to another clause.
        firsts.drain(..firsts.len() - 1);
    }
    if firsts.is_empty() && !seconds.is_empty() {
        let it = s.items[from..at].iter().any(|item| item.is(Class::It))
            || s.items[from..at].iter().all(|item| item.name().is_none());
        if it {
            let article = s.context.article.filter(|article| !seconds.contains(article));
            firsts.extend(article.or(s.context.other).or(s.last));
        }
    }
    firsts.retain(|first| !seconds.contains(first));
    (firsts, seconds)
}

/// The date of a clause: nearest after the word, else nearest before it. A headline in a footnote reports
/// what happened by its own date.
fn date(s: &Sentence<'_>, at: usize, from: usize, to: usize, foreign: bool) -> Bound {
    let bound = |i: usize| if let What::Date(bound) = s.items[i].what { Some(bound) } else { None };
    let after = (at..to).find_map(|i| {
        let bound = bound(i)?;
        (!s.is(i.wrapping_sub(1), Class::Until)).then_some(bound)
    });
    let found = after.or_else(|| (from..at).rev().find_map(bound)).unwrap_or_default();
    if foreign { found.by() } else { found }
}

/// Entities of a sentence in another language, by the stems of their inflected names.
fn foreign_entities(s: &Sentence<'_>, from: usize, to: usize) -> Vec<EntityAt> {
    let mut found = Vec::new();
    let mut i = from;
    while i < to {
        let (entity, length) = s.inflected(i, to);
        if let Some(entity) = entity
            && !found.contains(&entity)
        {
            found.push(entity);
        }
        i += length.max(1);
    }
    found
}

impl Sentence<'_> {
    /// The entity whose name, inflected as Russian does, begins at `at`; and how many items it takes.
    fn inflected(&self, at: usize, to: usize) -> (Option<EntityAt>, usize) {
        if let Some(noun) = self.noun(at) {
            return (Some(noun), 1);
        }
        let words: Vec<&str> = self.items[at..to.min(at + 6)].iter().map(|item| item.folded.as_str()).collect();
        let gazetteer = self.grammar.gazetteer;
        if words.first().is_none_or(|word| word.is_ascii() || word.chars().count() < 4) {
            return (None, 1);
        }
        let mut best: Option<(&str, usize, usize)> = None;
        for entity in gazetteer.entities() {
            for name in gazetteer.names(&entity.slug).iter().filter(|name| name.language == "ru") {
                let wanted = crate::names::fold(&name.name);
                let wanted: Vec<&str> = wanted.split(' ').collect();
                let mut used = 0;
                let mut matched = 0;
                for word in &words {
                    if matched == wanted.len() {
                        break;
                    }
                    used += 1;
                    if *word == "-" {
                        continue;
                    }
                    if !same_stem(word, wanted[matched]) {
                        break;
                    }
                    matched += 1;
                }
                let length: usize = wanted.iter().map(|word| word.chars().count()).sum();
                if matched == wanted.len() && best.is_none_or(|(_, _, known)| known < length) {
                    best = Some((&entity.slug, used, length));
                }
            }
        }
        best.map_or((None, 1), |(slug, used, _)| (gazetteer.entity_index(slug), used))
    }
}

/// Whether two words share all but their endings.
fn same_stem(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    const ENDINGS: [char; 10] = ['а', 'я', 'о', 'е', 'и', 'ы', 'у', 'ю', 'ь', 'э'];
    let stem = name.trim_end_matches(ENDINGS);
    stem.chars().count() >= 3
        && word.strip_prefix(stem).is_some_and(|ending| {
            ending.chars().count() <= 3
                && ending.chars().all(|c| ENDINGS.contains(&c) || matches!(c, 'м' | 'х' | 'в' | 'г'))
        })
}
