//! What became of a mission that was read before: it closed, it reopened, it works from another state.

use super::items::What;
use super::lexicon::Class;
use super::missions::Parser;
use super::places::Places;
use crate::model::{Bound, MissionClass, Span, Statement};

/// Words by which a mission is said to work elsewhere now.
const MOVED: [&str; 5] = ["relocated", "moved", "transferred", "co located", "located"];

impl Parser<'_, '_> {
    /// "It was closed in 1963 and reopened in Cotonou in February 2004": what a sentence on "it" says of the
    /// mission that the one before told of.
    pub(super) fn afterlife(&mut self) {
        let s = self.s;
        let kind = s.items.iter().any(|item| matches!(item.what, What::Kind(..)));
        let verb = (1..s.items.len().min(6)).find(|at| s.is(*at, Class::Close));
        let Some(verb) = verb.filter(|_| !kind && s.items.first().is_some_and(|item| item.folded == "it")) else {
            return;
        };
        let stopped = (1..verb).any(|at| s.is_any(at, &[Class::Was, Class::Have, Class::Be]));
        let again = (verb..s.items.len()).find(|at| s.is(*at, Class::Reopen));
        let date = |from: usize, to: usize| {
            s.items[from..to].iter().find_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None })
        };
        let Some(ended) = date(verb, again.unwrap_or(s.items.len())).filter(|_| stopped) else { return };
        // Relations of the same sentence are read after its missions.
        let mission = |found: &&mut super::Found| matches!(found.statement, Statement::Mission { .. });
        let Some(last) = self.reading.found.iter_mut().rev().take(3).find(mission) else { return };
        let Statement::Mission { kind, sending, receiving, city, .. } = &last.statement else { return };
        if last.span.ended.is_some() {
            return;
        }
        let reopened = again.map(|at| (at, date(at, s.items.len()).unwrap_or(Bound::UNKNOWN)));
        let mut anew = None;
        if let Some((at, began)) = reopened {
            let place = match s.places(at + 1).0 {
                Places::Named(places) => places.into_iter().next().and_then(|place| place.city),
                Places::EachOther => None,
            };
            let statement = Statement::mission(*kind, sending, receiving, place.or_else(|| city.clone()));
            anew = Some((statement, Span::since(began)));
        }
        last.span.ended = Some(ended);
        if let Some((statement, span)) = anew {
            s.state(self.reading, statement, crate::model::Polarity::Asserted, span);
        }
    }

    /// "A opened an embassy in C; however, it has since closed": the end of the mission read in this sentence.
    pub(super) fn since_closed(&mut self) {
        let s = self.s;
        let closed = (3..s.items.len()).find(|at| {
            let since = s.is(at - 1, Class::Since) || s.is(at - 1, Class::Adverb);
            s.is(*at, Class::Close) && since && s.is(at - 2, Class::Have) && s.items[at - 3].folded == "it"
        });
        let start = s.start;
        let mission = |found: &&mut super::Found| {
            matches!(found.statement, Statement::Mission { .. }) && found.start == start && found.span.ended.is_none()
        };
        if closed.is_some()
            && let Some(last) = self.reading.found.iter_mut().find(mission)
        {
            last.span.ended = Some(Bound::UNKNOWN);
        }
    }

    /// "the embassy has been relocated to Addis Ababa", "its operations had been relocated to Muscat", "it has been
    /// relocated to Poland": a mission to one state that works from another. Only what has been done and stands is
    /// taken; a legation that moved in 1941 is history.
    pub(super) fn relocated(&mut self) {
        let s = self.s;
        let moved = (1..s.items.len()).find(|at| {
            MOVED.contains(&s.items[*at].folded.as_str())
                && (at.saturating_sub(3)..*at).any(|i| s.items[i].folded == "been")
        });
        let Some(moved) = moved else { return };
        let Some(to) =
            (moved + 1..s.items.len().min(moved + 8)).find(|at| s.is_any(*at, &[Class::To, Class::With, Class::In]))
        else {
            return;
        };
        let place = (to + 1..s.items.len().min(to + 6)).find_map(|at| match s.places_bare(at).0 {
            Places::Named(places) => places.into_iter().find(|place| s.country(place, &[]).is_some()),
            Places::EachOther => None,
        });
        let Some(place) = place else { return };
        // The mission that was read last, in this sentence or the one before.
        let last = self.reading.found.iter().rev().find_map(|found| match &found.statement {
            Statement::Mission { kind, sending, receiving, .. } if kind.class() == MissionClass::Resident => {
                Some((*kind, sending.clone(), receiving.clone()))
            }
            _ => None,
        });
        let Some((kind, sending, receiving)) = last else { return };
        let parties = s.parties().map(|parties| parties.map(|party| crate::model::EntityId::from(s.slug(party))));
        let of_row = parties.is_none_or(|parties| parties.contains(&sending) && parties.contains(&receiving));
        let Some(host) = s.country(&place, &[]).map(|at| s.slug(at).to_owned()) else { return };
        if !of_row || host == sending || host == receiving {
            return;
        }
        // Where it stood before is over.
        for found in &mut self.reading.found {
            let same = matches!(&found.statement, Statement::Mission { kind: known, sending: from, receiving: to, host: None, .. }
                if known.class() == MissionClass::Resident && *from == sending && *to == receiving);
            if same && found.span.ended.is_none() && found.polarity == crate::model::Polarity::Asserted {
                found.span.ended = Some(Bound::UNKNOWN);
            }
        }
        let statement =
            Statement::Mission { kind, sending, receiving, city: place.city, host: Some(host.into()), level: None };
        s.state(self.reading, statement, crate::model::Polarity::Asserted, Span::default());
    }

    /// Whether the sentence tells of the first envoy, by whose letters relations began: his accreditation is an
    /// event, and nobody says that it goes on.
    pub(super) fn first_envoy(&self) -> bool {
        let s = self.s;
        let officer = s.items.iter().position(|item| item.is(Class::Officer));
        let Some(officer) = officer else { return false };
        let first = (officer.saturating_sub(4)..officer).any(|at| s.items[at].folded == "first");
        let letters = s.items.iter().any(|item| item.folded.starts_with("credential"));
        let began = s.items[..officer].iter().any(|item| item.folded == "relations")
            && (0..officer).any(|at| s.is(at, Class::When) || s.items[at].folded == "when");
        began && (first || letters || s.items.iter().any(|item| item.is(Class::Accredit))) || first && letters
    }
}
