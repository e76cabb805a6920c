//! Signed ties: who supports, fights, sanctions, criticises or refuses whom.
//!
//! The forms are rows of `data/grammar/ties.csv`: words, label, sign and how the parties stand around
//! them. Opinions without two named parties give nothing.

use super::actors::{Actor, accused, actors, after, article, before, claimant, governed, group, unique_count};
use super::items::What;
use super::lexicon::Class;
use super::tables::{Stand, TIES};
use super::{Item, Reading, Sentence};
use crate::model::{Bound, EntityKind, Polarity, Span, Statement};
use crate::names::slug_of;

struct TieForm {
    words: Vec<String>,
    label: String,
    sign: i8,
    stand: Stand,
}

/// The forms of the table, longest first.
pub(crate) struct TieForms(Vec<TieForm>);

impl TieForms {
    pub(crate) fn load() -> TieForms {
        let mut forms = Vec::new();
        for row in TIES.rows() {
            let words = row.words.split(' ').map(str::to_owned).collect();
            forms.push(TieForm { words, label: row.label.clone(), sign: row.sign, stand: row.form });
        }
        forms.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        TieForms(forms)
    }
}

pub(super) fn read(s: &Sentence<'_>, reading: &mut Reading) {
    let actors = actors(s);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for at in 0..s.items.len() {
        for form in &s.grammar.ties.0 {
            let Some(end) = matches(&s.items, at, &form.words) else { continue };
            if taken.iter().any(|(from, to)| at < *to && end > *from) {
                continue;
            }
            if apply(s, form, at, end, &actors, reading) {
                taken.push((at, end));
            }
            break;
        }
    }
    remember(s, &actors, reading);
}

/// Keeps whom the sentence ended on and which other states it named, for the sentences after it.
fn remember(s: &Sentence<'_>, actors: &[Actor], reading: &mut Reading) {
    let gazetteer = s.grammar.gazetteer;
    let about = article(s);
    let state = |actor: &&Actor| gazetteer.entity(&actor.slug).is_some() && about.as_ref() != Some(&actor.slug);
    if let Some(last) = actors.iter().rposition(|actor| state(&actor)) {
        reading.focus = group(s, actors, last, &[]);
        let slug = actors[last].slug.clone();
        if gazetteer.entity(&slug).is_some_and(|entity| entity.kind == EntityKind::State) {
            reading.other_states.push(slug);
        }
    }
}

/// Whether the words stand at `at` (`~` passes over up to four items); the item after them.
fn matches(items: &[Item], at: usize, words: &[String]) -> Option<usize> {
    let mut i = at;
    let mut gap = false;
    for word in words {
        if word == "~" {
            gap = true;
            continue;
        }
        // Hyphens inside compounds are no words: "non-negotiable", "cease-fire".
        while word != "-" && i > at && items.get(i).is_some_and(|item| item.is_mark('-')) {
            i += 1;
        }
        let reach = if gap { i + 4 } else { i };
        let found = (i..=reach).find_map(|i| starts(items.get(i)?, word).then_some(i))?;
        // An item can hold several words ("set up"): the pattern goes on inside it.
        i = found + 1;
        gap = false;
    }
    Some(i)
}

fn starts(item: &Item, word: &str) -> bool {
    item.folded == word || item.what == What::Mark('-') && word == "-"
}

fn apply(s: &Sentence<'_>, form: &TieForm, at: usize, end: usize, actors: &[Actor], reading: &mut Reading) -> bool {
    let planned = s.items[at.saturating_sub(3)..at].iter().any(|item| {
        item.is(Class::Not) || matches!(item.folded.as_str(), "consider" | "could" | "would" | "not" | "will")
    });
    if planned && form.stand == Stand::Active && !form.label.starts_with("refuses") {
        return false;
    }
    let mut verb = at;
    while verb > 0 && (s.is(verb - 1, Class::Adverb) || s.items[verb - 1].folded == "often") {
        verb -= 1;
    }
    let passive = form.words[0].ends_with("ed") && verb > 0 && s.is_any(verb - 1, &[Class::Be, Class::Was]);
    if passive && form.stand == Stand::Active {
        return false;
    }
    let states = |slugs: &[String]| -> Vec<String> {
        slugs
            .iter()
            .filter(|slug| s.grammar.gazetteer.entity(slug).is_some_and(|e| e.kind != EntityKind::Region))
            .cloned()
            .collect()
    };
    let (from, to): (Vec<String>, Vec<String>) = match form.stand {
        Stand::Active => {
            let inside: Vec<String> = actors
                .iter()
                .filter(|actor| actor.at > at && actor.at + 1 < end)
                .map(|actor| actor.slug.clone())
                .collect();
            let accused = accused(s, actors, end).filter(|_| form.label == "accusation");
            let objects = match (inside.is_empty(), accused) {
                (_, Some(accused)) => vec![accused],
                (false, None) => inside,
                (true, None) => after(s, actors, end),
            };
            (before(s, actors, at, &objects, reading), objects)
        }
        Stand::Inside => {
            let inside: Vec<String> = actors
                .iter()
                .filter(|actor| actor.at > at && actor.at + 1 < end)
                .map(|actor| actor.slug.clone())
                .collect();
            (inside, after(s, actors, end).into_iter().take(1).collect())
        }
        Stand::Passive => {
            // Of "A, B and some NGOs: C, D and E, was financed by F" the list after the colon.
            let colon = s.items[..at].iter().rposition(|item| item.is_mark(':')).unwrap_or(0);
            let objects: Vec<String> = actors
                .iter()
                .filter(|actor| actor.at < at && actor.at >= colon)
                .map(|actor| actor.slug.clone())
                .collect();
            let agents = after(s, actors, end);
            let named: Vec<String> = objects
                .into_iter()
                .filter(|slug| s.grammar.gazetteer.entity(slug).is_none_or(|e| e.kind == EntityKind::Nonstate))
                .collect();
            (agents, named)
        }
        Stand::Reverse => (after(s, actors, end), before(s, actors, at, &[], reading)),
        Stand::Pair => {
            let all: Vec<String> = actors.iter().map(|actor| actor.slug.clone()).collect();
            let mut named = states(&all);
            if form.label == "contradictory-reports" {
                named = all.iter().filter(|slug| s.grammar.gazetteer.organisation(slug).is_some()).cloned().collect();
                named.dedup();
                let keep = named.len().saturating_sub(4);
                named.drain(..keep);
                if named.len() >= 3 {
                    let rest = named.split_off(named.len() - 2);
                    (named.into_iter().take(1).collect(), rest)
                } else {
                    let rest = named.split_off(named.len().min(1));
                    (named, rest)
                }
            } else {
                named.dedup();
                let mut unique: Vec<String> = Vec::new();
                for slug in named {
                    if !unique.contains(&slug) {
                        unique.push(slug);
                    }
                }
                if unique.len() < 2 {
                    for party in [s.context.other, s.context.article].into_iter().flatten() {
                        let slug = s.slug(party).to_owned();
                        if !unique.contains(&slug) {
                            unique.push(slug);
                        }
                    }
                }
                if unique.len() < 2 {
                    unique.extend(reading.other_states.iter().rev().find(|slug| !unique.contains(slug)).cloned());
                }
                // A broker is no party.
                unique.retain(|slug| {
                    !(form.label == "ceasefire"
                        && unique_count(actors, slug) == 1
                        && s.context.other.is_some()
                        && Some(slug.as_str()) != s.context.article.map(|a| s.slug(a))
                        && Some(slug.as_str()) != s.context.other.map(|o| s.slug(o)))
                });
                unique.truncate(2);
                if unique.len() < 2 {
                    return false;
                }
                let second = unique.pop().unwrap_or_default();
                (unique, vec![second])
            }
        }
        Stand::Around => {
            let near: Vec<&Actor> =
                actors.iter().filter(|actor| actor.at + 1 >= at && actor.at < end || actor.at + 1 == at).collect();
            match near.as_slice() {
                [a, b, ..] => (vec![a.slug.clone()], vec![b.slug.clone()]),
                _ => return false,
            }
        }
        Stand::Behind => {
            let objects = after(s, actors, end).into_iter().take(1).collect::<Vec<_>>();
            let subject = actors.iter().find(|actor| {
                actor.at > end + 1
                    && !objects.contains(&actor.slug)
                    && !governed(s, actor.at)
                    && s.grammar.gazetteer.entity(&actor.slug).is_some_and(|e| e.kind != EntityKind::Region)
            });
            (subject.map(|actor| actor.slug.clone()).into_iter().collect(), objects)
        }
        Stand::Threat => {
            let subject = before(s, actors, at, &[], reading);
            let third: Vec<String> = match s.context.other {
                Some(other) => vec![s.slug(other).to_owned()],
                None => after(s, actors, end),
            };
            (subject, third)
        }
        Stand::Entry => {
            let named: Vec<String> = states(
                &actors.iter().filter(|actor| actor.at > end).map(|actor| actor.slug.clone()).collect::<Vec<_>>(),
            );
            let barred: Vec<String> =
                actors.iter().filter(|actor| actor.at < at).map(|actor| actor.slug.clone()).collect();
            let by = named.first().cloned().or_else(|| article(s));
            let mut barred: Vec<String> = barred.into_iter().filter(|slug| Some(slug) != by.as_ref()).collect();
            barred.dedup();
            barred.truncate(1);
            (by.into_iter().collect(), barred)
        }
        Stand::Says => {
            let speaker =
                actors.iter().filter(|actor| s.grammar.gazetteer.entity(&actor.slug).is_none()).find(|actor| {
                    let after_said = (actor.at.saturating_sub(2)..actor.at).any(|i| s.items[i].folded == "said");
                    let before_said = s.items[actor.at..].iter().take(6).any(|item| item.folded == "said");
                    after_said || before_said
                });
            let Some(speaker) = speaker else { return false };
            let about = actors.iter().find(|actor| {
                actor.slug != speaker.slug && s.grammar.gazetteer.organisation(&actor.slug).is_some() && actor.at < at
            });
            let about = about
                .map(|actor| actor.slug.clone())
                .or_else(|| {
                    reading.found.iter().rev().find_map(|found| match &found.statement {
                        Statement::Tie { a, .. } => Some(a.to_string()),
                        _ => None,
                    })
                })
                .or_else(|| s.context.topic.map(|at| s.grammar.gazetteer.organisation_at(at).slug.to_string()))
                .or_else(|| s.context.other.map(|other| s.slug(other).to_owned()));
            (vec![speaker.slug.clone()], about.into_iter().collect())
        }
        Stand::Topic => {
            let subject = before(s, actors, at, &[], reading).into_iter().take(1).collect();
            (subject, article(s).into_iter().collect())
        }
        Stand::Bribes => {
            let by = (end..s.items.len()).find(|i| s.is(*i, Class::By));
            let briber = by.map(|by| after(s, actors, by)).unwrap_or_default();
            let body: Vec<String> = actors
                .iter()
                .filter(|actor| actor.at < at && s.grammar.gazetteer.organisation(&actor.slug).is_some())
                .map(|actor| actor.slug.clone())
                .collect();
            (briber, body.into_iter().rev().take(1).collect())
        }
        Stand::Lobby => {
            let owner = actors.iter().rfind(|actor| actor.at < at && s.grammar.gazetteer.entity(&actor.slug).is_some());
            let owner = owner.map(|actor| actor.slug.clone()).or_else(|| article(s));
            let subject = actors.iter().rfind(|actor| {
                actor.at < at
                    && Some(&actor.slug) != owner.as_ref()
                    && s.grammar.gazetteer.entity(&actor.slug).is_none()
            });
            (subject.map(|actor| actor.slug.clone()).into_iter().collect(), owner.into_iter().collect())
        }
        Stand::Partner => {
            let partner = states(
                &actors.iter().filter(|actor| actor.at < at).map(|actor| actor.slug.clone()).collect::<Vec<_>>(),
            );
            let article: Vec<String> = article(s).into_iter().collect();
            let partner = partner.into_iter().rev().find(|slug| !article.contains(slug));
            (article, partner.into_iter().collect())
        }
        Stand::Partners => {
            let region = (0..at).find(|i| s.items[*i].folded == "countries" || s.items[*i].folded == "states");
            let named = region.and_then(|i| {
                let capital = |i: usize| s.items[i].what == What::Proper || s.items[i].name().is_some();
                let from = (i.saturating_sub(2)..i).find(|from| (*from..i).all(capital))?;
                Some(slug_of(s.text(from, i + 1)))
            });
            (article(s).into_iter().collect(), named.into_iter().collect())
        }
        Stand::Sanctions => {
            // Of the sanctions last spoken of.
            let last = reading.found.iter().rev().find_map(|found| match &found.statement {
                Statement::Tie { a, b, label, .. } if label == "sanctions" => Some((a.to_string(), b.to_string())),
                _ => None,
            });
            let Some((a, b)) = last else { return false };
            (vec![a], vec![b])
        }
        Stand::Exercises => {
            let last = reading.found.iter().rev().find_map(|found| match &found.statement {
                Statement::Tie { b, label, .. } if label == "arms-supplier" => Some(b.to_string()),
                _ => None,
            });
            let actors: Vec<String> = reading
                .found
                .iter()
                .filter_map(|found| match &found.statement {
                    Statement::Tie { a, label, .. } if label == "arms-supplier" => Some(a.to_string()),
                    _ => None,
                })
                .collect();
            (actors, last.into_iter().collect())
        }
        Stand::Demand => {
            let by = after(s, actors, end).into_iter().take(1).collect::<Vec<_>>();
            let other = s.context.other.map(|other| s.slug(other).to_owned());
            let named = states(&actors.iter().map(|actor| actor.slug.clone()).collect::<Vec<_>>());
            let other = named
                .into_iter()
                .find(|slug| !by.contains(slug))
                .or(other)
                .or_else(|| {
                    // The state that the passage spoke of before.
                    reading.found.iter().rev().find_map(|found| match &found.statement {
                        Statement::Tie { a, b, .. } => {
                            [a, b].into_iter().map(ToString::to_string).find(|slug| !by.contains(slug))
                        }
                        _ => None,
                    })
                })
                .or_else(|| reading.other_states.last().cloned().filter(|slug| !by.contains(slug)))
                .or_else(|| s.last.map(|last| s.slug(last).to_owned()).filter(|slug| !by.contains(slug)));
            (by, other.into_iter().collect())
        }
    };
    let span = span(s, at, end, form);
    let claimed_by = claimant(s, actors, at);
    let mut stated = false;
    for a in &from {
        for b in &to {
            if a == b || claimed_by.as_ref() == Some(a) && form.stand != Stand::Says && to.len() + from.len() > 2 {
                continue;
            }
            let statement = Statement::Tie {
                a: a.clone().into(),
                b: b.clone().into(),
                sign: form.sign,
                label: form.label.clone(),
                claimed_by: claimed_by.clone().filter(|by| by != a),
            };
            s.state(reading, statement, Polarity::Asserted, span);
            stated = true;
        }
    }
    stated
}

/// Dates near the words: "in 1918–20", "in 2004", "on 6 March 2017".
fn span(s: &Sentence<'_>, at: usize, end: usize, form: &TieForm) -> Span {
    let bound = |i: usize| match s.items.get(i).map(|item| &item.what) {
        Some(What::Date(bound)) => Some(*bound),
        _ => None,
    };
    let after = (end..s.items.len().min(end + 8)).find(|i| bound(*i).is_some());
    let before = (0..at).rev().find(|i| bound(*i).is_some());
    let found = match form.stand {
        Stand::Sanctions => before.or(after),
        _ => after.or(before),
    };
    let Some(i) = found else {
        return Span::since(if form.sign != 0 && form.label.ends_with("agreement") {
            s.context.as_of.unwrap_or_default()
        } else {
            Bound::UNKNOWN
        });
    };
    let began = bound(i).unwrap_or_default();
    // 1918–20, 1988–94
    let ended = match (s.is_mark(i + 1, '-'), s.item(i + 2).map(|item| &item.what)) {
        (true, Some(What::Number(short))) if (0..100).contains(short) => began
            .known_year()
            .and_then(|year| i16::try_from(*short).ok().map(|short| Bound::year(year - year % 100 + short))),
        (true, Some(What::Date(bound))) => Some(*bound),
        _ => None,
    };
    Span { began, ended }
}
