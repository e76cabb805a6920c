//! Recognition: who recognises whom, since when, and who refuses.

use super::clauses::{clause, list};
use super::items::What;
use super::lexicon::Class;
use super::{Form, Reading, Sentence};
use crate::model::{Bound, Polarity, Span, Statement};

/// Reads the verb of recognising at `at`: "A recognised B on D", "B was recognised by A", "A did not recognise B".
pub(super) fn read(s: &Sentence<'_>, at: usize, reading: &mut Reading) {
    let (from, to) = clause(s, at);
    let threat = s.items[from..at].iter().any(|item| {
        item.is(Class::Plan) && item.folded != "can"
            || matches!(item.folded.as_str(), "threatened" | "urged" | "called" | "asked")
    });
    if threat {
        return;
    }
    // "to recognize": a fact only of the first, second … to do so.
    let infinitive = (at.saturating_sub(3)..at).any(|i| s.is(i, Class::To)) && s.items[at].folded.ends_with('e');
    // "the partially internationally recognized Taiwan": a word on a state, and nobody who recognises it.
    let epithet = at.checked_sub(1).is_some_and(|before| {
        matches!(
            s.items[before].folded.as_str(),
            "internationally" | "partially" | "widely" | "generally" | "universally"
        )
    });
    if epithet && !s.is(at + 1, Class::By) {
        return;
    }
    if infinitive && !s.items[from..at].iter().any(|item| item.is(Class::First)) {
        return;
    }
    let passive = s.is(at + 1, Class::By)
        || s.is_any(at.wrapping_sub(1), &[Class::Be, Class::Was])
        || s.is(at.wrapping_sub(1), Class::Adverb) && s.is_any(at.wrapping_sub(2), &[Class::Be, Class::Was])
        || s.is(at.wrapping_sub(1), Class::Not) && s.is_any(at.wrapping_sub(2), &[Class::Be, Class::Was]);
    let denied = s.items[from..at].iter().rev().take(4).any(|item| item.is(Class::Not))
        || s.items[from..at].iter().rev().take(3).any(|item| item.folded.starts_with("refus"));
    let polarity = if denied { Polarity::Denied } else { Polarity::Asserted };
    let (recognizers, recognized) = if passive {
        let Some(by) = (at..to).find(|i| s.is(*i, Class::By)) else { return };
        let Some(object) = (from..at).rev().find_map(|i| s.noun(i)) else { return };
        (list(s, by + 1, to), vec![object])
    } else {
        let objects = objects(s, at, to);
        let subject = subject(s, from, at, &objects);
        (subject, objects)
    };
    let after = (at..to).find_map(|i| match s.items[i].what {
        What::Date(bound) if !s.is(i.wrapping_sub(1), Class::Since) => Some(bound),
        _ => None,
    });
    let before = (from..at).rev().find_map(|i| match s.items[i].what {
        What::Date(bound) => Some(bound),
        _ => None,
    });
    let until =
        (at..to).any(|i| s.is(i, Class::Until) && matches!(s.item(i + 1).map(|item| &item.what), Some(What::Date(_))));
    let span = match (denied, until) {
        // "did not recognise M until 1969": the refusal ended then.
        (true, true) => Span { began: Bound::UNKNOWN, ended: after },
        (true, false) => Span::default(),
        (false, true) => Span { began: Bound::UNKNOWN, ended: after },
        (false, false) => Span::since(after.or(before).unwrap_or_default()),
    };
    for &recognizer in &recognizers {
        for &recognized in &recognized {
            if recognizer != recognized {
                let statement = Statement::Recognition {
                    recognizer: s.slug(recognizer).into(),
                    recognized: s.slug(recognized).into(),
                };
                s.state(reading, statement, polarity, span);
            }
        }
    }
}

/// Whom a clause recognises: "the independence of R", "R's independence", "R", "all republics, including R".
fn objects(s: &Sentence<'_>, at: usize, to: usize) -> Vec<usize> {
    const STATEHOOD: [&str; 12] = [
        "independence",
        "sovereignty",
        "statehood",
        "government",
        "republic",
        "state",
        "kingdom",
        "federation",
        "sovereign",
        "independent",
        "commonwealth",
        "newly",
    ];
    let mut i = at + 1;
    while s.is_any(i, &[Class::Det, Class::Of, Class::Its, Class::Adverb])
        || s.item(i).is_some_and(|item| STATEHOOD.contains(&item.folded.as_str()))
    {
        i += 1;
    }
    // "the Palestinian state": the people's adjective before its state.
    let stated =
        s.item(i + 1).is_some_and(|item| matches!(item.folded.as_str(), "state" | "government" | "independence"));
    let first = s.noun(i).or_else(|| s.entity(i, &[Form::Demonym]).filter(|_| stated));
    let Some(first) = first else {
        // "its independence": of the other party; "all … republics, including Azerbaijan".
        let including = (i..to).find(|j| s.items[*j].folded == "including");
        if let Some(including) = including {
            return list(s, including + 1, to).into_iter().take(3).collect();
        }
        let its = s.items[at + 1..i.min(s.items.len())].iter().any(|item| item.is(Class::Its));
        let subject = (0..at).rev().find_map(|j| s.noun(j));
        return match (its, subject) {
            (true, Some(subject)) => s.counterpart(subject).into_iter().collect(),
            _ => Vec::new(),
        };
    };
    if s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive) {
        let thing = s.item(i + 2).map_or("", |item| item.folded.as_str());
        if !STATEHOOD.contains(&thing) && !matches!(thing, "declaration") {
            return Vec::new();
        }
    }
    if s.is(i + 1, Class::As) {
        let status = s.items[i + 2..to.min(i + 6)].iter().any(|item| {
            STATEHOOD.contains(&item.folded.as_str())
                || matches!(item.folded.as_str(), "nation" | "country" | "representative" | "sole")
        });
        if !status {
            return Vec::new();
        }
    }
    let mut found = vec![first];
    let mut j = i + 1;
    while s.is(j, Class::And) || s.is_mark(j, ',') {
        j += 1;
        while s.is_any(j, &[Class::Det, Class::And]) {
            j += 1;
        }
        match s.noun(j) {
            Some(next) if !s.begins_clause(j) => {
                found.push(next);
                j += 1;
            }
            _ => break,
        }
    }
    found
}

fn subject(s: &Sentence<'_>, from: usize, at: usize, objects: &[usize]) -> Vec<usize> {
    if s.items[from..at].iter().any(|item| item.is(Class::Both) && item.folded != "both")
        && let Some(parties) = s.parties()
    {
        return parties.to_vec();
    }
    let fits = |i: usize| {
        let noun = s.entity(i, &[Form::Name]).filter(|noun| !objects.contains(noun))?;
        let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
        let body = s.item(i + 2).is_some_and(|item| matches!(item.folded.as_str(), "government" | "parliament"));
        (!s.governed(i) && (!owner || body)).then_some(noun)
    };
    let mut i = at;
    while i > from
        && s.is_any(i - 1, &[Class::Adverb, Class::Do, Class::Not, Class::Have, Class::Had, Class::Both, Class::Plan])
    {
        i -= 1;
    }
    if i > from && s.is(i - 1, Class::It) {
        return s.last.filter(|last| !objects.contains(last)).into_iter().collect();
    }
    // "Eswatini, which recognizes Taiwan"
    if i > from && s.is(i - 1, Class::That) {
        let nearest = (from..i - 1).rev().find_map(|i| s.noun(i)).filter(|noun| !objects.contains(noun));
        return nearest.into_iter().collect();
    }
    // Right before the verb, with another that "and" joins to it; else the first of the clause.
    if i > from
        && let Some(noun) = fits(i - 1)
    {
        let joined = (i >= from + 3 && s.is(i - 2, Class::And)).then(|| fits(i - 3)).flatten();
        return joined.into_iter().chain([noun]).collect();
    }
    (from..at).find_map(fits).into_iter().collect()
}
