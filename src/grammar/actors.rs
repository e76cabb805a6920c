//! The parties that a sentence names, for signed ties: who stands before and after some words.

use super::items::What;
use super::lexicon::Class;
use super::{Form, Reading, Sentence};
use crate::names::slug_of;

/// A party: a slug and where it is named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Actor {
    pub slug: String,
    pub at: usize,
}

/// Every party that a sentence names: entities, organisations, capitals for their states, persons, groups.
pub(super) fn actors(s: &Sentence<'_>) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    let gazetteer = s.grammar.gazetteer;
    let mut i = 0;
    while i < s.items.len() {
        let item = &s.items[i];
        let (slug, next) = match &item.what {
            What::Name(senses) => {
                let entity = s.entity(i, &[Form::Name, Form::Demonym, Form::People]);
                let organisation = s.organisation(i);
                let capital = senses.cities.iter().find_map(|&city| {
                    let city = gazetteer.city_at(city);
                    city.capital.then(|| city.entity.to_string())
                });
                let placed = s.is_any(i.wrapping_sub(1), &[Class::In]);
                let slug =
                    entity.map(|entity| s.slug(entity).to_owned()).or(organisation).or(capital.filter(|_| !placed));
                (slug, i + 1)
            }
            What::Proper if item.folded != "ngos" => {
                let mut end = i + 1;
                while s.item(end).is_some_and(|item| {
                    item.what == What::Proper
                        || item.is(Class::Of)
                            && s.item(end + 1).is_some_and(|next| {
                                next.what == What::Proper || next.name().is_some_and(|n| !n.cities.is_empty())
                            })
                        || item.name().is_some_and(|n| !n.cities.is_empty() && s.is(end - 1, Class::Of))
                        || item.folded == "prosecutor" && item.what == What::Other
                }) {
                    end += 1;
                }
                // One capitalised word alone is a party only as an abbreviation.
                let text = s.text(i, end);
                let known = end - i > 1 || text.chars().count() > 2 && text.chars().all(char::is_uppercase);
                let slug = slug_of(text);
                // Who speaks for the state that the document is about, speaks as that state.
                let official = slug.starts_with("president-") || slug.starts_with("prime-minister-");
                let slug = if official { article(s).unwrap_or(slug) } else { slug };
                (known.then_some(slug), end)
            }
            What::Other | What::Proper if item.folded == "ngos" || item.folded == "prosecutor" => {
                let mut from = i;
                while from > 0
                    && i - from < 3
                    && (s.items[from - 1].what == What::Other)
                    && s.items[from - 1].folded.len() > 2
                    && !matches!(
                        s.items[from - 1].folded.as_str(),
                        "veraciously" | "attacked" | "published" | "called" | "some" | "criticising"
                    )
                {
                    from -= 1;
                }
                let mut end = i + 1;
                let joined = item.folded == "ngos"
                    && s.is(end, Class::And)
                    && s.item(end + 1).is_some_and(|item| item.what == What::Other)
                    && s.item(end + 2).is_some_and(|item| item.folded.starts_with("organi"));
                if joined {
                    end += 3;
                }
                if item.folded == "prosecutor" && s.is(end, Class::Of) {
                    end += 2;
                }
                (Some(slug_of(s.text(from, end))), end)
            }
            _ => (None, i + 1),
        };
        if let Some(slug) = slug
            && found.last().is_none_or(|last| last.slug != slug || last.at + 3 < i)
        {
            found.push(Actor { slug, at: i });
        }
        i = next;
    }
    found
}

/// Whether the actor at `at` stands in a phrase with a preposition.
pub(super) fn governed(s: &Sentence<'_>, at: usize) -> bool {
    let mut i = at;
    while i > 0 && s.is(i - 1, Class::Det) {
        i -= 1;
    }
    let example = i > 1 && s.is(i - 1, Class::As) && s.items[i - 2].folded == "such";
    !example
        && i > 0
        && s.is_any(
            i - 1,
            &[
                Class::In,
                Class::To,
                Class::From,
                Class::With,
                Class::Of,
                Class::For,
                Class::On,
                Class::By,
                Class::After,
                Class::As,
                Class::Between,
            ],
        )
}

/// Entity of the article, as a slug.
pub(super) fn article(s: &Sentence<'_>) -> Option<String> {
    s.context.article.map(|article| s.slug(article).to_owned())
}

/// The actors before `at` that are none of `objects`: nearest group outside prepositional phrases, with
/// those joined to it by "and"; for a pronoun, whom it stands for.
pub(super) fn before(
    s: &Sentence<'_>,
    actors: &[Actor],
    at: usize,
    objects: &[String],
    reading: &Reading,
) -> Vec<String> {
    let fits = |actor: &Actor| {
        actor.at < at
            && !objects.contains(&actor.slug)
            && !s.items.get(actor.at + 1).is_some_and(|item| item.what == What::Possessive)
    };
    let nearest = actors.iter().rposition(|actor| fits(actor) && !governed(s, actor.at));
    let pronoun = s.items[..at].iter().rposition(|item| item.is_any(&[Class::It, Class::Person]));
    if let Some(pronoun) = pronoun.filter(|pronoun| nearest.is_none_or(|nearest| actors[nearest].at < *pronoun)) {
        if s.is(pronoun, Class::Person) {
            return article(s).into_iter().collect();
        }
        let first = actors.iter().find(|actor| fits(actor) && !governed(s, actor.at)).map(|actor| actor.slug.clone());
        return first
            .or_else(|| s.last.map(|last| s.slug(last).to_owned()))
            .or_else(|| article(s))
            .into_iter()
            .collect();
    }
    if let Some(nearest) = nearest {
        return group(s, actors, nearest, objects);
    }
    // "This includes …": of those on whom the sentence before ended.
    if s.items.first().is_some_and(|item| item.folded == "this" || item.folded == "these") && !reading.focus.is_empty()
    {
        return reading.focus.clone();
    }
    let loose = actors.iter().rfind(|actor| fits(actor) && article(s).is_none_or(|article| article != actor.slug));
    let told = loose.filter(|actor| at - actor.at < 4).map(|actor| actor.slug.clone());
    told.or_else(|| article(s).filter(|article| !objects.contains(article))).into_iter().collect()
}

/// The actor at `nearest` and those before it that "and" or commas join to it.
pub(super) fn group(s: &Sentence<'_>, actors: &[Actor], nearest: usize, objects: &[String]) -> Vec<String> {
    let mut group = vec![actors[nearest].slug.clone()];
    let mut i = nearest;
    while i > 0 {
        let mut mark = actors[i].at;
        while mark > 0 && s.is(mark - 1, Class::Det) {
            mark -= 1;
        }
        let joined = mark > 0 && (s.is(mark - 1, Class::And) || s.is_mark(mark - 1, ',') && group.len() > 1);
        if !joined || actors[i].at - actors[i - 1].at > 6 || governed(s, actors[i - 1].at) {
            break;
        }
        i -= 1;
        if !objects.contains(&actors[i].slug) {
            group.push(actors[i].slug.clone());
        }
    }
    group
}

/// The actors after `at`: the first within ten items and those listed with it.
pub(super) fn after(s: &Sentence<'_>, actors: &[Actor], at: usize) -> Vec<String> {
    let mut group: Vec<String> = Vec::new();
    let mut end = at;
    for actor in actors.iter().filter(|actor| actor.at >= at) {
        // "with Estonia, and Sweden supports …": a new subject with its verb.
        let subject = !group.is_empty()
            && s.item(actor.at + 1).is_some_and(|item| item.what == What::Other && item.folded.len() > 2);
        if subject {
            break;
        }
        let gap = &s.items[end..actor.at];
        let listed = gap.iter().all(|item| {
            matches!(item.what, What::Mark(_) | What::Possessive | What::Proper)
                || item.is_any(&[Class::And, Class::Det])
                || item.folded == "such"
                || item.folded == "as"
                || item.folded == "particularly"
        });
        if group.is_empty() && actor.at - at > 10 || !group.is_empty() && !listed {
            break;
        }
        group.push(actor.slug.clone());
        end = actor.at + 1;
    }
    if group.is_empty() && s.items[at..].iter().take(4).any(|item| item.folded == "country" || item.is(Class::It)) {
        group.extend(article(s));
    }
    group
}

/// Who asserts what the sentence reports: "ESISC asserted that…", "according to A".
pub(super) fn claimant(s: &Sentence<'_>, actors: &[Actor], at: usize) -> Option<String> {
    let verb = s.items[..at].iter().position(|item| {
        matches!(item.folded.as_str(), "asserted" | "alleged" | "claimed" | "claims" | "alleges" | "noted" | "told")
    });
    if let Some(verb) = verb {
        return actors.iter().rfind(|actor| actor.at < verb).map(|actor| actor.slug.clone());
    }
    let according = s.items[..at].iter().position(|item| item.folded == "according")?;
    actors.iter().find(|actor| actor.at > according && actor.at <= according + 4).map(|actor| actor.slug.clone())
}

/// Whom a sentence accuses: the last party before "of accepting …".
pub(super) fn accused(s: &Sentence<'_>, actors: &[Actor], at: usize) -> Option<String> {
    let charge = (at..s.items.len()).find(|i| {
        s.is(*i, Class::Of)
            && s.item(i + 1).is_some_and(|item| item.what == What::Other && item.folded.ends_with("ing"))
    })?;
    actors.iter().rfind(|actor| actor.at >= at && actor.at < charge).map(|actor| actor.slug.clone())
}

pub(super) fn unique_count(actors: &[Actor], slug: &str) -> usize {
    actors.iter().filter(|actor| actor.slug == slug).count()
}
