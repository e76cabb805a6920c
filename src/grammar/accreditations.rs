//! Accreditations: who covers whom, from the seat that the sentence names.

use super::items::{Item, What};
use super::lexicon::Class;
use super::missions::Parser;
use super::phrases::{Governor, Phrase};
use super::places::Places;
use super::seats::Seat;
use crate::model::{Bound, MissionKind, Polarity, Span, Statement};
use crate::names::EntityAt;

impl Parser<'_, '_> {
    /// Reads "is accredited to R from its embassy in C, H" and its kin at the verb `at`.
    pub(super) fn accreditation(&mut self, at: usize, class: Class) -> usize {
        if self.clause.planned {
            return at + 1;
        }
        let s = self.s;
        let mut senders = self.clause.subject.clone();
        let active =
            class == Class::Accredit && s.item(at + 1).is_some_and(|item| item.is_any(&[Class::Its, Class::Det]));
        let mut seat = Seat { end: at + 1, ..Seat::default() };
        let mut i = at + 1;
        if let Some((agent, found)) = self.agent(at) {
            senders = agent;
            seat = found;
            seat.end = at + 1;
        }
        let (mut receivers, next) = self.receivers(i);
        i = next.max(i);
        if let Some(found) = self.seat(i, &senders, &receivers) {
            i = found.end;
            if seat.places.is_empty() {
                // "the ambassador to Kazakhstan is accredited from Moscow": the state named is the receiver.
                if receivers.is_empty() {
                    receivers.extend(seat.country);
                }
                seat = found;
            }
        }
        if receivers.is_empty() {
            let (later, next) = self.receivers(i);
            if !later.is_empty() {
                receivers = later;
                i = next;
            }
        }
        // Only "A is accredited to R through its embassy in C" can mistake R: there the seat is found after it.
        seat.also |= s.items[..i.min(s.items.len())].iter().any(|item| {
            matches!(item.folded.as_str(), "also" | "concurrently" | "simultaneously" | "non resident" | "nonresident")
        });
        let has_seat = !seat.places.is_empty() || seat.country.is_some() || seat.home;
        if self.clause.negated {
            self.clause.negated = false;
            let implied = receivers.is_empty();
            if implied {
                receivers.extend(senders.first().and_then(|sender| s.counterpart(*sender)));
            }
            for &sender in &senders {
                for &receiver in &receivers {
                    let (sending, receiving) = (s.slug(sender).to_owned(), s.slug(receiver).to_owned());
                    let statement = if seat.kind.is_some() {
                        Statement::mission(MissionKind::Embassy, &sending, &receiving, None)
                    } else {
                        Statement::Accreditation {
                            sending: sending.into(),
                            receiving: receiving.into(),
                            city: None,
                            host: None,
                        }
                    };
                    s.state(self.reading, statement, Polarity::Denied, Span::default());
                }
            }
            self.clause.receivers = receivers;
            return i.max(at + 1);
        }
        let told = has_seat || class == Class::Accredit && seat.kind.is_some();
        if !told {
            return if active { at + 1 } else { i.max(at + 1) };
        }
        if receivers.is_empty() {
            receivers = std::mem::take(&mut self.clause.receivers);
        }
        // "has an embassy in A and were also accredited to B": a slip of the pen in a sentence on the present.
        let present = s.items[..at].iter().any(|item| item.is(Class::Have))
            && s.is(at.saturating_sub(1), Class::Adverb)
            && !s.items.iter().any(|item| matches!(item.what, What::Date(_)));
        let past = self.was(at) && !present;
        let officer = seat.kind.is_none() && seat.end == at + 1;
        for &sender in &senders {
            let mut targets = receivers.clone();
            if targets.is_empty() {
                targets.extend(s.counterpart(sender));
            }
            // An ambassador who resides in Paris and is accredited to France covers nothing from there.
            targets.retain(|target| {
                *target != sender
                    && !(officer && seat.places.first().and_then(|place| s.country(place, &[*target])) == Some(*target))
            });
            let mut span = self.span(&follows(seat.end.min(i)));
            // "In 2007, the embassy of A in B was accredited to C": an act of that day.
            let head = match s.items.get(..2) {
                Some([one, Item { what: What::Date(day), .. }]) if one.is_any(&[Class::In, Class::On]) => Some(*day),
                _ => None,
            };
            let first = !s.items.get(2..at.saturating_sub(1)).unwrap_or_default().iter().any(|item| {
                item.is_any(&[
                    Class::Before,
                    Class::Open,
                    Class::Close,
                    Class::Reopen,
                    Class::Have,
                    Class::Be,
                    Class::Was,
                ])
            });
            match head.filter(|_| first && past && span == Span::default() && seat.kind.is_some()) {
                Some(day) => span.began = day,
                None if past && span.ended.is_none() => span.ended = Some(Bound::UNKNOWN),
                None => {}
            }
            for target in targets {
                self.cover(sender, target, &seat, span);
            }
        }
        self.previous = Some(follows(i));
        if receivers.len() == 1 && senders.len() == 1 {
            self.clause.receivers = receivers;
        }
        i.max(at + 1)
    }

    fn was(&self, at: usize) -> bool {
        let mut i = at;
        while i > 0 && self.s.is_any(i - 1, &[Class::Adverb, Class::Both, Class::Past]) {
            if self.s.is(i - 1, Class::Past) {
                return true;
            }
            i -= 1;
        }
        i > 0 && self.s.is(i - 1, Class::Was)
    }

    /// The mission or officer that is the subject of the verb at `at`: its sender and its seat.
    fn agent(&self, at: usize) -> Option<(Vec<EntityAt>, Seat)> {
        let s = self.s;
        let mut i = at;
        while i > 0 {
            i -= 1;
            match &s.items[i].what {
                What::Kind(kind, _) => {
                    let phrase = self.phrase(i);
                    let near = s.items[phrase.right.min(at)..at].iter().all(|item| {
                        item.is_any(&[Class::Adverb, Class::Be, Class::Was, Class::That, Class::Both, Class::Have])
                            || matches!(item.what, What::Mark(_) | What::Date(_))
                    });
                    if !near || phrase.governor == Governor::Through {
                        return None;
                    }
                    let mut senders = self.senders(&phrase);
                    let Places::Named(places) = phrase.places else { return None };
                    if senders.is_empty()
                        || phrase.sender.is_none() && !phrase.own && phrase.governor == Governor::Subject
                    {
                        senders.extend(None::<EntityAt>);
                    }
                    let country = if places.is_empty() { phrase.receivers.first().copied() } else { None };
                    if places.is_empty() && country.is_none() {
                        return None;
                    }
                    return Some((
                        senders,
                        Seat { kind: Some(*kind), places, country, home: false, also: true, owner: None, end: at },
                    ));
                }
                What::Word(Class::Officer) => return self.officer_seat(i, at),
                What::Mark(';') => return None,
                What::Word(Class::While | Class::Accredit | Class::Represent | Class::Through) => return None,
                _ => {}
            }
        }
        None
    }

    /// Receivers after the verb: "to R", "in R and R2", "to both", "in each other".
    fn receivers(&self, at: usize) -> (Vec<EntityAt>, usize) {
        let s = self.s;
        let mut i = at;
        // "accredited as Pakistan's non-resident High Commissioner to Jamaica"
        if s.is(i, Class::As) {
            while i < s.items.len() && !s.is(i, Class::To) && i < at + 9 {
                i += 1;
            }
        }
        while s.is_any(i, &[Class::Adverb, Class::Both, Class::Locate]) {
            i += 1;
        }
        if !s.is_any(i, &[Class::To, Class::In, Class::For]) {
            return (Vec::new(), at);
        }
        i += 1;
        let mut receivers = Vec::new();
        if s.is(i, Class::EachOther) {
            if let Some(parties) = s.parties() {
                receivers.extend(parties);
            }
            return (receivers, i + 1);
        }
        let mut end = at;
        loop {
            while s.is_any(i, &[Class::Det, Class::Both, Class::Adverb, Class::Other]) {
                i += 1;
            }
            let Some(name) = s.noun(i) else { break };
            receivers.push(name);
            end = i + 1;
            i = end;
            if s.is_mark(i, ',') {
                i += 1;
            }
            if s.is(i, Class::And) {
                i += 1;
            }
            if s.is(i, Class::To) && i > end {
                i += 1;
            }
            if i == end || s.begins_clause(i) {
                break;
            }
        }
        if receivers.is_empty() {
            // "to it", "to the country"
            let it = s.is(i, Class::It) || s.item(i).is_some_and(|item| item.folded == "country");
            return (receivers, if it { i + 1 } else { at });
        }
        (receivers, end)
    }

    /// States that `sender` covers `target` from `seat`.
    pub(super) fn cover(&mut self, sender: EntityAt, target: EntityAt, seat: &Seat, span: Span) {
        // "through the embassy of Switzerland in Dublin": another state acts for the sender.
        if let Some(power) = seat.owner.filter(|owner| *owner != sender && *owner != target)
            && seat.kind.is_some()
        {
            let place = seat.places.first();
            let there = place.and_then(|place| self.s.country(place, &[target])).or(seat.country);
            if there.is_none_or(|there| self.within(there, target)) {
                let city = place.and_then(|place| place.city.clone());
                return super::protections::protect(self.s, self.reading, (power, sender, target), city);
            }
        }
        if seat.places.is_empty() {
            let host = if seat.home { Some(sender) } else { seat.country };
            match (host, seat.kind) {
                (Some(host), Some(kind)) if self.within(host, target) => {
                    self.mission_of(kind, sender, target, None, span)
                }
                (Some(host), _) => self.accredit(sender, target, None, Some(host), span),
                (None, _) => self.accredit(sender, target, None, None, span),
            }
            return;
        }
        for place in &seat.places {
            let prefer = [target, sender];
            let host = match self.s.country(place, &prefer[..1]) {
                Some(host) if seat.home && host != target => Some(sender),
                None if seat.home => Some(sender),
                host => host,
            };
            match (host, seat.kind) {
                (Some(host), Some(kind)) if self.within(host, target) => {
                    self.mission_of(kind, sender, target, place.city.clone(), span);
                }
                // A third state named in the row of the host ("is accredited to Lithuania through its embassy in
                // Riga" in the row of Latvia): the seat is what the row is about, the name a slip.
                (Some(host), Some(kind))
                    if self.s.counterpart(sender) == Some(host)
                        && !self.s.parties().is_some_and(|p| p.contains(&target))
                        && !seat.also =>
                {
                    self.mission_of(kind, sender, host, place.city.clone(), span);
                }
                (None, Some(kind)) if place.city.is_some() && place.cities.is_empty() => {
                    // A city that no table knows: taken for the receiver's own, as in "through its consulate in X".
                    if kind.class() == crate::model::MissionClass::Resident {
                        self.accredit(sender, target, place.city.clone(), None, span);
                    } else {
                        self.mission_of(kind, sender, target, place.city.clone(), span);
                    }
                }
                _ => self.accredit(sender, target, place.city.clone(), host, span),
            }
        }
    }

    pub(super) fn accredit(
        &mut self,
        sender: EntityAt,
        target: EntityAt,
        city: Option<String>,
        host: Option<EntityAt>,
        span: Span,
    ) {
        if sender == target {
            return;
        }
        let mut span = span;
        if span.ended.is_none() && !span.began.is_unknown() && self.first_envoy() {
            span.ended = Some(Bound { earliest: span.began.earliest, latest: None });
        }
        let statement = Statement::Accreditation {
            sending: self.s.slug(sender).into(),
            receiving: self.s.slug(target).into(),
            city,
            host: host.map(|host| self.s.slug(host).to_owned()).map(Into::into),
        };
        self.s.state(self.reading, statement, Polarity::Asserted, span);
    }

    /// A mission phrase with a verb of accreditation after it: "an embassy in A, also accredited to B", or
    /// "the embassy in A is accredited to B", which states no more than the accreditation.
    pub(super) fn seat_of_accreditation(&mut self, phrase: &Phrase) -> bool {
        if !matches!(phrase.governor, Governor::Subject | Governor::None) {
            return false;
        }
        let s = self.s;
        let mut i = phrase.right;
        while s.is_any(i, &[Class::Adverb, Class::Be, Class::Was, Class::That, Class::Both, Class::Have])
            || s.is_mark(i, ',')
        {
            i += 1;
        }
        if s.is(i, Class::Accredit) {
            return true;
        }
        if s.is(i, Class::Serve) && !phrase.places.is_empty() {
            return self.serves(phrase, i);
        }
        false
    }

    /// "the embassy in Bern covers Liechtenstein", "attends to consular matters relating to X".
    fn serves(&mut self, phrase: &Phrase, at: usize) -> bool {
        let Places::Named(places) = &phrase.places else { return false };
        let s = self.s;
        let mut i = at + 1;
        while i < s.items.len().min(at + 7) && s.noun(i).is_none() {
            i += 1;
        }
        let mut receivers = Vec::new();
        while let Some(name) = s.noun(i) {
            receivers.push(name);
            i += 1;
            while s.is_mark(i, ',') || s.is(i, Class::And) {
                i += 1;
            }
        }
        let senders = self.senders(phrase);
        let resident = phrase.kinds.iter().any(|(kind, _)| kind.class() == crate::model::MissionClass::Resident);
        if !resident {
            return false;
        }
        for &sender in &senders {
            for &receiver in receivers.iter().filter(|receiver| **receiver != sender) {
                for place in places {
                    let host = s.country(place, &[]);
                    if host.is_some() && host != Some(receiver) {
                        self.accredit(sender, receiver, place.city.clone(), host, Span::default());
                    }
                }
            }
        }
        !receivers.is_empty()
    }

    /// "does not have an accreditation to Venezuela", "has no representation in X".
    pub(super) fn denied_accreditation(&mut self, at: usize) -> bool {
        let s = self.s;
        let near =
            (at + 1..s.items.len().min(at + 7)).find(|i| s.is_any(*i, &[Class::Accreditation, Class::Representation]));
        let Some(noun) = near else { return false };
        if s.items[at..noun].iter().any(|item| matches!(item.what, What::Kind(..))) {
            return false;
        }
        if s.is(noun, Class::Representation)
            && !s.items[at..noun].iter().any(|item| matches!(item.folded.as_str(), "diplomatic" | "any" | "official"))
        {
            return false;
        }
        let mut senders = self.clause.subject.clone();
        if senders.is_empty() {
            senders.extend((0..at).rev().find_map(|i| s.noun(i)));
        }
        let (mut receivers, _) = self.receivers(noun + 1);
        for &sender in &senders {
            if receivers.is_empty() {
                receivers.extend(s.counterpart(sender));
            }
            for &receiver in receivers.iter().filter(|receiver| **receiver != sender) {
                let statement = Statement::Accreditation {
                    sending: s.slug(sender).into(),
                    receiving: s.slug(receiver).into(),
                    city: None,
                    host: None,
                };
                s.state(self.reading, statement, Polarity::Denied, Span::default());
            }
        }
        !senders.is_empty()
    }

    /// "has a non-resident accreditation to R from C".
    pub(super) fn accreditation_noun(&mut self, at: usize) -> usize {
        if self.clause.negated || self.clause.subject.is_empty() {
            return at + 1;
        }
        let senders = self.clause.subject.clone();
        let (receivers, next) = self.receivers(at + 1);
        let Some(seat) = self.seat(next.max(at + 1), &senders, &receivers) else { return at + 1 };
        for &sender in &senders {
            let mut targets = receivers.clone();
            if targets.is_empty() {
                targets.extend(self.s.counterpart(sender));
            }
            for target in targets.into_iter().filter(|target| *target != sender) {
                self.cover(sender, target, &seat, Span::default());
            }
        }
        seat.end.max(at + 1)
    }
}

/// A phrase without content that ends at `right`, so that what follows can go on from it.
fn follows(right: usize) -> Phrase {
    Phrase::empty(right, right, Governor::Have)
}
