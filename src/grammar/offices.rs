//! Bodies and the persons in them: chairs, presidents, members by name.

use super::items::What;
use super::lexicon::Class;
use super::{Reading, Sentence};
use crate::model::{Polarity, Span, Statement};
use crate::names::slug_of;

/// "The Minsk Group is co-chaired by A, B and C and comprises D, E": a body and who belongs to it.
pub(super) fn composed(s: &Sentence<'_>, reading: &mut Reading) {
    for at in 1..s.items.len() {
        let word = s.items[at].folded.as_str();
        let (status, next) = match word {
            "comprises" | "comprising" => ("member", at + 1),
            "chaired" if s.is(at + 1, Class::By) => {
                let co = s.items[..at].iter().rev().take(2).any(|item| item.folded == "co");
                (if co { "co-chair" } else { "chair" }, at + 2)
            }
            "cochaired" if s.is(at + 1, Class::By) => ("co-chair", at + 2),
            _ => continue,
        };
        let named = (0..at).find_map(|i| s.organisation(i));
        let Some(body) = named else { continue };
        for member in super::clauses::list(s, next, s.items.len()) {
            let statement = Statement::Membership {
                member: s.slug(member).into(),
                organization: body.clone().into(),
                status: status.to_owned().into(),
            };
            s.state(reading, statement, Polarity::Asserted, Span::default());
        }
        for person in persons_after(s, next) {
            let statement = Statement::Membership {
                member: slug_of(&person).into(),
                organization: body.clone().into(),
                status: status.into(),
            };
            s.state(reading, statement, Polarity::Asserted, Span::default());
        }
    }
}

/// A person's name at `at`: two or three capitalised words that no table has; and the item after it.
pub(super) fn person(s: &Sentence<'_>, at: usize) -> Option<(String, usize)> {
    // The tail of a longer name is no person: "R.V. Investment Group".
    if at > 0 && (s.items[at - 1].what == What::Proper || s.is(at - 1, Class::Of)) {
        return None;
    }
    let mut end = at;
    while end < at + 3
        && s.item(end).is_some_and(|item| {
            item.what == What::Proper && item.folded.len() > 1 && !office(&item.folded)
                || item
                    .name()
                    .is_some_and(|senses| end > at && senses.organisations.is_empty() && senses.entities.is_empty())
                || end == at
                    && item.name().is_some_and(|senses| senses.entities.is_empty() && !senses.cities.is_empty())
        })
    {
        end += 1;
    }
    (end >= at + 2).then(|| (s.text(at, end).to_owned(), end))
}

pub(super) fn persons_after(s: &Sentence<'_>, at: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut i = at;
    while i < s.items.len() {
        match person(s, i) {
            Some((name, end)) => {
                found.push(name);
                i = end;
                // Past the titles beside the name, to the next "and".
                while i < s.items.len()
                    && !(s.is(i, Class::And) && person(s, i + 1).is_some())
                    && person(s, i).is_none()
                {
                    i += 1;
                }
                if s.is(i, Class::And) {
                    i += 1;
                }
                if found.len() >= 2 {
                    break;
                }
            }
            None => break,
        }
    }
    found
}

pub(super) fn office(folded: &str) -> bool {
    matches!(folded, "president" | "chairman" | "chairwoman" | "chair" | "leader" | "director" | "member" | "secretary")
}

/// Offices of persons: "Tim Cejka, President of ExxonMobil", "the former leader of the Union … Luca Volonte",
/// "James Baker and Henry Kissinger … serve on the Honorary Council", "German PACE member Strasser".
pub(super) fn persons(s: &Sentence<'_>, reading: &mut Reading) {
    for at in 0..s.items.len() {
        let word = s.items[at].folded.as_str();
        if office(word) && s.is(at + 1, Class::Of) {
            let former = at > 0 && s.is_any(at - 1, &[Class::Past]);
            let status = if former { format!("former {word}") } else { word.to_owned() };
            let (bodies, end) = bodies(s, at + 2);
            let before = (at.saturating_sub(4)..at).rev().find_map(|i| {
                person(s, i)
                    .filter(|(_, end)| *end <= at && s.is_mark(*end, ',') || s.is(*end, Class::And) && *end < at)
            });
            let before = before.or_else(|| {
                // "…, President of A and Chairman of B": the same person goes on.
                (0..at).rev().find_map(|i| {
                    person(s, i).filter(|(_, end)| {
                        s.is_mark(*end, ',')
                            && office(&s.items.get(end + 1).map_or(String::new(), |item| item.folded.clone()))
                    })
                })
            });
            let name =
                before.map(|(name, _)| name).or_else(|| former.then(|| person(s, end).map(|(name, _)| name)).flatten());
            let Some(name) = name else { continue };
            for body in bodies {
                let statement = Statement::Membership {
                    member: slug_of(&name).into(),
                    organization: body.into(),
                    status: status.clone().into(),
                };
                s.state(reading, statement, Polarity::Asserted, Span::default());
            }
        }
        if matches!(word, "serve" | "serves" | "served") && s.is(at + 1, Class::On) {
            let (bodies, _) = bodies(s, at + 2);
            let names: Vec<String> = {
                let mut names = Vec::new();
                let mut i = 0;
                while i < at {
                    match person(s, i) {
                        Some((name, end)) => {
                            names.push(name);
                            i = end;
                        }
                        None => i += 1,
                    }
                }
                names
            };
            for name in &names {
                for body in bodies.iter().take(1) {
                    let statement = Statement::Membership {
                        member: slug_of(name).into(),
                        organization: body.clone().into(),
                        status: "advisor".into(),
                    };
                    s.state(reading, statement, Polarity::Asserted, Span::default());
                }
            }
        }
        if word == "member"
            && at > 0
            && let Some(body) = s.organisation(at - 1)
            && s.item(at + 1).is_some_and(|item| item.what == What::Proper)
        {
            let end = if s.item(at + 2).is_some_and(|item| item.what == What::Proper) { at + 3 } else { at + 2 };
            let name = s.text(at + 1, end).to_owned();
            let statement = Statement::Membership {
                member: slug_of(&name).into(),
                organization: body.into(),
                status: "member".into(),
            };
            s.state(reading, statement, Polarity::Asserted, Span::default());
        }
    }
}

/// Bodies named from `at`: of the tables, or a run of capitalised words; and the item after them.
pub(super) fn bodies(s: &Sentence<'_>, at: usize) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut i = at;
    loop {
        while s.is_any(i, &[Class::Det, Class::Of])
            || s.is_mark(i, '(')
            || s.is_mark(i, ')')
            || s.is_mark(i.wrapping_sub(1), '(') && s.is_mark(i + 1, ')')
        {
            i += 1;
        }
        let start = i;
        while let Some(item) = s.item(i) {
            let joins = match &item.what {
                What::Proper | What::Name(_) => true,
                What::Mark('-' | '.') => true,
                What::Word(Class::Of) => {
                    i > start
                        && s.item(i + 1).is_some_and(|next| {
                            matches!(next.what, What::Proper | What::Name(_)) || next.is(Class::Det)
                        })
                }
                What::Word(Class::Det) => i > start && s.is(i - 1, Class::Of),
                _ => item.folded == "s" || item.what == What::Possessive,
            };
            // A person's name right after a body is not part of it.
            if !joins
                || i > start
                    && s.items[i].what == What::Proper
                    && s.items[i - 1].name().is_some_and(|senses| !senses.organisations.is_empty())
                    && person(s, i).is_some()
            {
                break;
            }
            i += 1;
        }
        if i == start {
            break;
        }
        let resolved = if i == start + 1 { s.organisation(start) } else { None };
        found.push(resolved.unwrap_or_else(|| slug_of(s.text(start, i))));
        if s.is(i, Class::And) && (s.is_any(i + 1, &[Class::Of, Class::Det])) {
            i += 1;
            continue;
        }
        break;
    }
    (found, i)
}
