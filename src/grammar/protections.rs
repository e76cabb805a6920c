//! Interests in the care of another state: protecting powers, and embassies that act for somebody.

use super::Form;
use super::items::What;
use super::lexicon::Class;
use super::{Reading, Sentence};
use crate::model::{Polarity, Span, Statement};
use crate::names::EntityAt;

/// Reads "P serves as protecting power for A, B and C in R" and "A's interests in R are handled by the embassy of
/// P in C".
pub(super) fn read(s: &Sentence<'_>, reading: &mut Reading) {
    for at in 0..s.items.len() {
        match s.items[at].folded.as_str() {
            "power" if at > 0 && s.items[at - 1].folded == "protecting" => serves(s, at, reading),
            "interests" => handled(s, at, reading),
            _ => {}
        }
    }
}

/// The state that the item at `at` names, as a noun or by its adjective.
fn state(s: &Sentence<'_>, at: usize) -> Option<EntityAt> {
    s.entity(at, &[Form::Name, Form::Demonym, Form::People])
}

/// States from `at` on, until another thing than a list of states comes.
fn listed(s: &Sentence<'_>, at: usize) -> (Vec<EntityAt>, usize) {
    let (mut found, mut i) = (Vec::new(), at);
    while i < s.items.len() {
        if let Some(entity) = state(s, i) {
            found.push(entity);
        } else if !(s.is_any(i, &[Class::And, Class::Det]) || s.is_mark(i, ',')) {
            break;
        }
        i += 1;
    }
    (found, i)
}

fn serves(s: &Sentence<'_>, at: usize, reading: &mut Reading) {
    // "served as" tells of the past, and nobody says until when.
    let verb = (0..at).rev().find(|i| matches!(s.items[*i].folded.as_str(), "serves" | "acts" | "is"));
    let Some(verb) = verb.filter(|verb| at - verb < 8) else { return };
    let power = (0..verb).rev().find_map(|i| s.noun(i));
    let Some(power) = power.or(s.last) else { return };
    let mut i = at + 1;
    if !s.is_any(i, &[Class::For, Class::Of]) {
        return;
    }
    i += 1;
    let (protected, next) = listed(s, i);
    i = next;
    while s.item(i).is_some_and(|item| matches!(item.folded.as_str(), "interests" | "citizens" | "nationals")) {
        i += 1;
    }
    let named = s.is(i, Class::In).then(|| s.noun(if s.is(i + 1, Class::Det) { i + 2 } else { i + 1 })).flatten();
    for sender in protected {
        let receiver = named.or_else(|| s.counterpart(sender)).or_else(|| s.counterpart(power));
        if let Some(receiver) = receiver {
            protect(s, reading, (power, sender, receiver), None);
        }
    }
}

fn handled(s: &Sentence<'_>, at: usize, reading: &mut Reading) {
    // Whose: "Greek interests", "Greece's interests", "the interests of Greece".
    let before = at.checked_sub(1).and_then(|i| {
        let owner = if s.items[i].what == What::Possessive { i.checked_sub(1)? } else { i };
        state(s, owner)
    });
    let mut i = at + 1;
    let after = s.is(i, Class::Of).then(|| s.noun(i + 1)).flatten();
    if before.is_none() && after.is_some() {
        i += 2;
    }
    let Some(sender) = before.or(after) else { return };
    let mut receiver = None;
    if s.is(i, Class::In) {
        receiver = s.noun(if s.is(i + 1, Class::Det) { i + 2 } else { i + 1 });
        i += 2;
    }
    let verb = (i..s.items.len().min(i + 5)).find(|i| {
        matches!(s.items[*i].folded.as_str(), "represented" | "handled" | "protected" | "maintained" | "represent")
            || s.items[*i].folded == "looked"
    });
    let Some(verb) = verb.filter(|verb| (i..*verb).any(|i| matches!(s.items[i].folded.as_str(), "are" | "is"))) else {
        return;
    };
    let by = (verb + 1..s.items.len().min(verb + 4)).find(|i| s.is_any(*i, &[Class::By, Class::Through]));
    let Some(by) = by else { return };
    // Whose embassy: "the Swiss embassy", "the embassy of Switzerland".
    let mission = (by + 1..s.items.len().min(by + 6)).find(|i| matches!(s.items[*i].what, What::Kind(..)));
    let Some(mission) = mission else { return };
    let owner = (by + 1..mission).find_map(|i| state(s, i));
    let of = s
        .is(mission + 1, Class::Of)
        .then(|| s.noun(if s.is(mission + 2, Class::Det) { mission + 3 } else { mission + 2 }));
    let Some(power) = owner.or(of.flatten()) else { return };
    let place = (mission + 1..s.items.len().min(mission + 6)).find(|i| s.is(*i, Class::In)).map(|i| s.places(i).0);
    let place = match place {
        Some(super::places::Places::Named(places)) => places.into_iter().next(),
        _ => None,
    };
    let prefer: Vec<EntityAt> = s.counterpart(sender).into_iter().collect();
    let there = place.as_ref().and_then(|place| s.country(place, &prefer));
    let Some(receiver) = receiver.or(there).or_else(|| s.counterpart(sender)) else { return };
    let city = place.and_then(|place| place.city).filter(|_| there.is_none_or(|there| there == receiver));
    protect(s, reading, (power, sender, receiver), city);
}

/// States that `power` looks after the interests of `sender` in `receiver`.
pub(super) fn protect(
    s: &Sentence<'_>,
    reading: &mut Reading,
    (power, sender, receiver): (EntityAt, EntityAt, EntityAt),
    city: Option<String>,
) {
    if power == sender || sender == receiver || power == receiver {
        return;
    }
    let [power, sending, receiving] = [power, sender, receiver].map(|at| s.slug(at).to_owned());
    s.state(
        reading,
        Statement::Protection { power: power.into(), sending: sending.into(), receiving: receiving.into(), city },
        Polarity::Asserted,
        Span::default(),
    );
}
