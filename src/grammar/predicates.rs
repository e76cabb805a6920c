//! What a sentence says of a mission beside that it exists: that it stands, where, since and until when.

use super::items::What;
use super::lexicon::Class;
use super::missions::Parser;
use super::phrases::{Governor, Phrase, VERBS};
use super::places::{Place, Places};
use crate::model::{Bound, Span};

impl Parser<'_, '_> {
    /// Whether a phrase that is a subject or stands alone states that the mission exists, and the dates
    /// that its predicate gives.
    pub(super) fn subject_states(&self, phrase: &Phrase, span: &mut Span) -> bool {
        let owned = phrase.sender.is_some();
        let rest = &self.s.items[phrase.right.min(self.s.items.len())..];
        let verb = rest.iter().take(8).find_map(|item| match item.what {
            What::Word(class) if VERBS.contains(&class) => Some(class),
            _ => None,
        });
        match verb {
            Some(Class::Open | Class::Reopen | Class::Close | Class::Locate) => owned || self.s.parties().is_some(),
            Some(Class::Be | Class::Was) => {
                let predicate = rest.iter().take(12).any(|item| {
                    item.is_any(&[Class::Open, Class::Reopen, Class::Close, Class::Locate]) || item.is(Class::In)
                });
                predicate && owned
            }
            Some(_) => false,
            // A line that is only the phrase: "South Korean embassy in Warsaw".
            None => {
                let bare = rest.iter().all(|item| {
                    matches!(item.what, What::Mark(_) | What::Date(_) | What::Kind(..) | What::Number(_))
                        || item.name().is_some()
                        || item.is_any(&[Class::And, Class::In, Class::Det, Class::Since, Class::To, Class::Of])
                        || item.what == What::Proper
                });
                if span.ended.is_none() && phrase.past {
                    span.ended = Some(Bound::UNKNOWN);
                }
                bare && !phrase.places.is_empty() && (owned || self.s.parties().is_some() && phrase.left == 0)
            }
        }
    }

    /// Where a mission that is a subject stands, as its predicate says: "was opened in Riyadh", "is located in
    /// the Serail Hill Area, Army Street, Beirut".
    pub(super) fn predicate_places(&self, phrase: &mut Phrase) {
        let city = matches!(&phrase.places, Places::Named(places) if places.iter().any(|place| place.city.is_some()));
        if city {
            return;
        }
        let limit = self.s.items.len().min(phrase.right + 10);
        let mut i = phrase.right;
        while i < limit && !self.s.is_any(i, &[Class::Open, Class::Reopen, Class::Close, Class::Locate]) {
            if matches!(self.s.items[i].what, What::Kind(..) | What::Mark(';')) {
                return;
            }
            i += 1;
        }
        i += 1;
        while i < limit && !self.s.is(i, Class::In) {
            i += 1;
        }
        if let (Places::Named(found), _) = self.s.places(i) {
            // Of an address, the part that is a known city.
            let known = found.iter().find(|place| !place.cities.is_empty()).cloned();
            let known =
                known.or_else(|| self.city_ahead(i)).or_else(|| found.into_iter().find(|place| place.city.is_some()));
            if let Some(mut place) = known {
                if let Places::Named(named) = &phrase.places
                    && let Some(country) = named.first().and_then(|place| place.country)
                {
                    place.country = Some(country);
                }
                phrase.places = Places::Named(vec![place]);
            }
        }
    }

    /// The next known city of an address that begins at `at`.
    pub(super) fn city_ahead(&self, at: usize) -> Option<Place> {
        let at = at.min(self.s.items.len());
        let end = self.s.items[at..].iter().position(|item| {
            matches!(item.what, What::Mark(';')) || matches!(item.what, What::Word(class) if VERBS.contains(&class))
        });
        let end = end.map_or(self.s.items.len(), |end| at + end).min(at + 16);
        (at..end).find_map(|i| {
            let (Places::Named(places), _) = self.s.places_bare(i) else { return None };
            places.into_iter().find(|place| !place.cities.is_empty())
        })
    }

    /// Whether the verb of closing at `at` has a mission of its own as its object.
    fn closes_another(&self, at: usize) -> bool {
        let s = self.s;
        let mut i = at + 1;
        while s.is_any(i, &[Class::Its, Class::Det, Class::Adjective, Class::Resident]) {
            i += 1;
        }
        i > at + 1 && s.item(i).is_some_and(|item| matches!(item.what, What::Kind(..)))
    }

    /// Since and until, as the words around the phrase say.
    pub(super) fn span(&self, phrase: &Phrase) -> Span {
        let items = &self.s.items;
        let mut span = Span::default();
        let mut opened = matches!(phrase.governor, Governor::Open | Governor::Reopen);
        let mut closed = matches!(phrase.governor, Governor::Close);
        let mut began = None;
        let mut ended = None;
        let mut loose = None;
        let mut i = phrase.right;
        while let Some(item) = items.get(i) {
            match &item.what {
                What::Kind(..) | What::Mark(';') => break,
                // "through its embassy in Pretoria after closing its embassy in Maseru": another mission's end.
                What::Word(Class::Close) if i > phrase.right && self.closes_another(i) => break,
                What::Word(Class::While | Class::Accredit | Class::Represent | Class::Have) => break,
                What::Name(_) if i > phrase.right + 1 && self.s.begins_clause(i) => break,
                What::Word(Class::Open | Class::Opening) if i > phrase.right => opened = true,
                What::Word(Class::Open) => opened = true,
                What::Word(Class::Reopen) => {
                    opened = true;
                    closed = false;
                    ended = None;
                }
                What::Word(Class::Close) => {
                    closed = true;
                    loose = None;
                }
                What::Date(bound) => {
                    let before = i.checked_sub(1).and_then(|at| match items[at].what {
                        What::Word(class) => Some(class),
                        _ => None,
                    });
                    match before {
                        // "is closed since August 2012"
                        Some(Class::Since) if closed && ended.is_none() => ended = Some(*bound),
                        Some(Class::Since) => began = began.or(Some(*bound)),
                        // "closed from D to E": an end, and a beginning that the forms of change read.
                        Some(Class::From) if closed && self.s.is_any(i + 1, &[Class::Until, Class::To]) => {
                            ended = ended.or(Some(*bound));
                            i += 2;
                        }
                        Some(Class::From) if self.s.is_any(i + 1, &[Class::Until, Class::To]) => began = Some(*bound),
                        Some(Class::Between) => began = Some(*bound),
                        Some(Class::Until) => ended = Some(*bound),
                        Some(Class::To | Class::And)
                            if began.is_some()
                                && ended.is_none()
                                && i >= 2
                                && matches!(items[i - 2].what, What::Date(_)) =>
                        {
                            ended = Some(*bound);
                        }
                        _ if closed && ended.is_none() => ended = Some(*bound),
                        _ if opened && began.is_none() => began = Some(*bound),
                        _ => loose = loose.or(Some(*bound)),
                    }
                }
                _ => {}
            }
            i += 1;
        }
        // A date at the head of the sentence: "In 1996, Switzerland opened…", "Since 1992, …".
        let head = items[..phrase.left].iter().enumerate().rev().find_map(|(at, item)| match item.what {
            What::Date(bound) => Some((at, bound)),
            _ => None,
        });
        // "Between 2014 and 2018, A closed its embassy": from the first of the two.
        let between = |at: usize| {
            let first = at.checked_sub(2).filter(|first| self.s.is(at - 1, Class::And) && *first > 0)?;
            match items[first].what {
                What::Date(bound) if self.s.is(first - 1, Class::Between) => Some((first, bound)),
                _ => None,
            }
        };
        let first = head.filter(|_| closed).and_then(|(at, _)| between(at));
        if let Some((at, bound)) = first.or(head) {
            let since = at > 0 && self.s.is(at - 1, Class::Since);
            if began.is_none() && (opened && !closed || since) {
                began = Some(bound);
            }
            let until = at > 0 && self.s.is(at - 1, Class::Until) && phrase.governor == Governor::Had;
            if ended.is_none() && (closed && !since || until) {
                ended = Some(bound);
            }
        }
        let past = phrase.past
            || phrase.governor == Governor::Had && began.is_none()
            || phrase.governor == Governor::Have && self.clause.past;
        span.began = began.unwrap_or(Bound::UNKNOWN);
        span.ended = match (ended, closed || past) {
            (Some(bound), _) => Some(bound),
            (None, true) => Some(Bound::UNKNOWN),
            (None, false) => None,
        };
        if phrase.governor == Governor::Reopen {
            span.ended = None;
        }
        span
    }
}
