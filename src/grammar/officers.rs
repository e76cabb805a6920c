//! Officers as the bearers of an accreditation: whose ambassador, where he lives, to whom he is accredited.

use super::Form;
use super::items::What;
use super::lexicon::Class;
use super::missions::Parser;
use super::places::{Place, Places};
use super::seats::Seat;
use crate::model::{Bound, Span};
use crate::names::EntityAt;

impl Parser<'_, '_> {
    /// Sender and seat of an officer named at `at`, as the subject of a verb at `verb`.
    pub(super) fn officer_seat(&self, at: usize, verb: usize) -> Option<(Vec<EntityAt>, Seat)> {
        let s = self.s;
        let mut sender = self.officer_sender(at);
        let mut i = at + 1;
        // "Envoy Extraordinary and Minister Plenipotentiary of Denmark"
        while i < verb.min(at + 5)
            && s.item(i).is_some_and(|item| {
                matches!(item.what, What::Proper | What::Other) || item.is_any(&[Class::And, Class::Officer])
            })
            && s.is_any(i + 1, &[Class::Of, Class::To, Class::And, Class::Officer])
                | s.item(i + 1).is_some_and(|item| item.what == What::Proper)
        {
            i += 1;
        }
        let mut seat = Seat { end: verb, ..Seat::default() };
        if s.is(i, Class::Of) {
            let name = if s.is(i + 1, Class::Det) { i + 2 } else { i + 1 };
            if let Some(owner) = s.noun(name) {
                sender = sender.or(Some(owner));
                i = name + 1;
            }
        }
        if sender.is_none() {
            sender = self.clause.subject.first().copied();
        }
        while i < verb {
            if self.is_ministry(i) {
                seat.home = true;
                i += 1;
                continue;
            }
            if s.is(i, Class::To) && seat.country.is_none() {
                let name = if s.is(i + 1, Class::Det) { i + 2 } else { i + 1 };
                seat.country = s.noun(name);
                i = name + 1;
                continue;
            }
            if let (Places::Named(places), end) = s.places(i)
                && !places.is_empty()
            {
                seat.places = places;
                i = end;
                continue;
            }
            i += 1;
        }
        if !seat.places.is_empty() {
            seat.country = None;
        }
        sender.map(|sender| (vec![sender], seat))
    }

    /// Whose officer stands at `at`: "Pakistan's ambassador", "the Bahraini ambassador".
    pub(super) fn officer_sender(&self, at: usize) -> Option<EntityAt> {
        let s = self.s;
        let mut i = at;
        while i > 0 {
            match &s.items[i - 1].what {
                What::Word(Class::NonResident | Class::Resident | Class::First | Class::Adjective | Class::Past) => {
                    i -= 1
                }
                What::Mark('-') | What::Other => i -= 1,
                What::Possessive => return i.checked_sub(2).and_then(|name| s.noun(name)),
                What::Name(_) => return s.entity(i - 1, &[Form::Demonym, Form::Name]),
                What::Word(Class::Its) => return self.clause.subject.first().copied().or(s.last),
                _ => return None,
            }
            if at - i > 3 {
                return None;
            }
        }
        None
    }

    /// Where the officer at `at` is said to live: "(resident in Abidjan)", "is resident in Beijing, China".
    pub(super) fn resides(&self, at: usize) -> Option<Vec<Place>> {
        let s = self.s;
        let end = s.items.len().min(at + 9);
        let word = (at + 1..end).find(|i| {
            let lives =
                s.is(*i, Class::Resident) || matches!(s.items[*i].folded.as_str(), "resides" | "resided" | "residing");
            lives
                && (s.is(i + 1, Class::In) || s.is(i + 1, Class::Adverb) && s.is(i + 2, Class::In))
                && (s.is_mark(i - 1, '(')
                    || s.is_any(i - 1, &[Class::Be, Class::Was, Class::Adverb])
                    || !s.is(*i, Class::Resident))
        })?;
        let clause = s.items[at + 1..word].iter().any(|item| item.is_mark(';') || matches!(item.what, What::Kind(..)));
        let (Places::Named(places), _) = s.places(word + 1) else { return None };
        (!clause && !places.is_empty()).then_some(places)
    }

    /// "has a non-resident ambassador in Athens", "the first non-resident ambassador of Mali to Australia
    /// presented his credentials on 15 March 1984".
    pub(super) fn officer(&mut self, at: usize) -> usize {
        let s = self.s;
        let resides = self.resides(at);
        let nonresident = (at.saturating_sub(6)..at).any(|i| s.is(i, Class::NonResident)) || resides.is_some();
        if !nonresident || self.clause.planned || self.clause.negated {
            return at + 1;
        }
        // Governed by "through" or followed by "is accredited": the verb's own form reads it.
        let left = (at.saturating_sub(6)..at).rev().find(|i| s.is_any(*i, &[Class::Through, Class::By, Class::As]));
        if left.is_some() {
            return at + 1;
        }
        let verb = s.items.len();
        let Some((senders, mut seat)) = self.officer_seat(at, verb.min(at + 12)) else { return at + 1 };
        if let Some(places) = resides {
            seat.places = places;
        }
        let credentials = s.items.iter().any(|item| item.folded == "credentials" || item.folded == "credential");
        let mut receivers: Vec<EntityAt> = seat.country.take().into_iter().collect();
        if seat.places.is_empty() && !credentials && !seat.home {
            return at + 1;
        }
        let mut began = Bound::UNKNOWN;
        if credentials {
            let dates = s.items.iter().enumerate().filter_map(|(i, item)| match item.what {
                What::Date(bound) => Some((i, bound)),
                _ => None,
            });
            let word = s.items.iter().position(|item| item.folded.starts_with("credential")).unwrap_or(at);
            began = dates.min_by_key(|(i, _)| (i.abs_diff(word), *i)).map_or(Bound::UNKNOWN, |(_, bound)| bound);
        }
        for sender in senders {
            if receivers.is_empty() {
                receivers.extend(s.counterpart(sender));
            }
            for &target in receivers.iter().filter(|target| **target != sender) {
                let host = seat.places.first().and_then(|place| s.country(place, &[target]));
                if host == Some(target) {
                    continue;
                }
                self.cover(sender, target, &seat, Span::since(began));
            }
        }
        at + 1
    }
}
