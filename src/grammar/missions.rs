//! Missions: who has which establishment where, since when.
//!
//! The parse is centred on the kinds of mission. Each is read as a noun phrase (owner, qualities, kind,
//! target, places, dates) and the word that governs it says what is stated: having, opening, closing,
//! serving as the seat of an accreditation, or nothing.

use super::items::What;
use super::lexicon::Class;
use super::phrases::{Governor, Phrase, VERBS};
use super::places::{Place, Places};
use super::{Reading, Sentence};
use crate::model::{MissionKind, Polarity, Span, Statement};
use crate::names::EntityAt;

/// The clause that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    pub subject: Vec<EntityAt>,
    pub negated: bool,
    pub planned: bool,
    pub past: bool,
    /// Whether the subject is somebody whom no table knows.
    pub stranger: bool,
    /// Receivers of the last accreditation, for "the UK develops relations through…".
    pub receivers: Vec<EntityAt>,
}

pub(super) fn read(sentence: &Sentence<'_>, reading: &mut Reading) {
    let mut parser = Parser { s: sentence, clause: Clause::default(), reading, previous: None };
    parser.run();
}

pub(super) struct Parser<'p, 's> {
    pub s: &'p Sentence<'s>,
    pub clause: Clause,
    pub reading: &'p mut Reading,
    /// The phrase before, for coordination.
    pub previous: Option<Phrase>,
}

impl Parser<'_, '_> {
    fn run(&mut self) {
        self.afterlife();
        let mut at = 0;
        while at < self.s.items.len() {
            let item = &self.s.items[at];
            at = match &item.what {
                What::Mark(';') => {
                    self.clause = Clause {
                        subject: std::mem::take(&mut self.clause.subject),
                        receivers: std::mem::take(&mut self.clause.receivers),
                        ..Clause::default()
                    };
                    self.previous = None;
                    at + 1
                }
                What::Word(class) => self.word(at, *class),
                What::Kind(..) => self.mission(at),
                _ => at + 1,
            };
        }
        self.relocated();
        self.since_closed();
    }

    fn word(&mut self, at: usize, class: Class) -> usize {
        match class {
            Class::Not | Class::Nor => {
                if self.denied_accreditation(at) {
                    return at + 1;
                }
                self.clause.negated = true;
                at + 1
            }
            Class::While => {
                self.clause.negated = false;
                self.clause.planned = false;
                self.clause.past = false;
                self.previous = None;
                at + 1
            }
            Class::Plan => {
                self.subject(at);
                self.clause.planned = true;
                at + 1
            }
            Class::Accredit | Class::Represent => {
                self.subject(at);
                self.accreditation(at, class)
            }
            Class::Accreditation => self.accreditation_noun(at),
            Class::Officer => self.officer(at),
            class if VERBS.contains(&class) => {
                self.subject(at);
                at + 1
            }
            _ => at + 1,
        }
    }

    /// Reads the mission phrase around the kind at `at` and states what it says; returns where to go on.
    fn mission(&mut self, at: usize) -> usize {
        let phrase = self.phrase(at);
        let next = phrase.right.max(at + 1);
        if self.seat_of_accreditation(&phrase) {
            return next;
        }
        self.emit(&phrase);
        self.previous = Some(phrase);
        next
    }

    /// Senders of a phrase: its owner, else the subject of the clause.
    pub(super) fn senders(&self, phrase: &Phrase) -> Vec<EntityAt> {
        match phrase.sender {
            Some(owner) => vec![owner],
            None => self.clause.subject.clone(),
        }
    }

    /// "relations between A and B are coordinated by the embassy of A in C".
    fn handled(&mut self, phrase: &Phrase) {
        let (Some(sender), Places::Named(places)) = (phrase.sender, &phrase.places) else { return };
        let Some(other) = self.s.counterpart(sender) else { return };
        for place in places {
            let host = self.s.country(place, &[other]);
            if host.is_some_and(|host| host != other && host != sender) {
                self.accredit(sender, other, place.city.clone(), host, Span::default());
            }
        }
    }

    /// "Cairo hosts Mongolia's only embassy": the subject is where the mission stands.
    fn hosted(&mut self, phrase: &Phrase) {
        let (Some(sender), false) = (phrase.sender, phrase.negated) else { return };
        let verb = (0..phrase.left).rev().find(|at| self.s.is(*at, Class::Host));
        let named = verb.and_then(|verb| (0..verb).rev().find(|at| self.s.items[*at].name().is_some()));
        let Some((Places::Named(places), _)) = named.map(|at| self.s.places_bare(at)) else { return };
        for place in &places {
            let prefer: Vec<EntityAt> = self.s.counterpart(sender).into_iter().collect();
            if let Some(receiver) = self.s.country(place, &prefer) {
                for &(kind, _) in &phrase.kinds {
                    self.mission_of(kind, sender, receiver, place.city.clone(), self.span(phrase));
                }
            }
        }
    }

    /// "a visa office", "a coordination office": an office of another sort than those that represent a state.
    fn is_other_office(&self, phrase: &Phrase) -> bool {
        let at = (phrase.left..phrase.right).find(|at| matches!(self.s.items[*at].what, What::Kind(..)));
        at.is_some_and(|at| {
            matches!(self.s.items[at].folded.as_str(), "office" | "offices")
                && at > phrase.left
                && self.s.items[phrase.left..at].iter().any(|item| {
                    item.what == What::Other
                        && !matches!(item.folded.as_str(), "temporary" | "small" | "new" | "diplomatic" | "permanent")
                })
        })
    }

    fn emit(&mut self, phrase: &Phrase) {
        if self.is_other_office(phrase) {
            return;
        }
        if phrase.governor == Governor::Host {
            return self.hosted(phrase);
        }
        if phrase.governor == Governor::Handled {
            return self.handled(phrase);
        }
        if phrase.planned || phrase.governor == Governor::None || phrase.governor == Governor::Through {
            return;
        }
        let mut span = self.span(phrase);
        let mut phrase = phrase.clone();
        if phrase.governor == Governor::Subject {
            if !self.subject_states(&phrase, &mut span) {
                return;
            }
            self.predicate_places(&mut phrase);
        }
        let phrase = &phrase;
        if self.closes_the_last(phrase, span) {
            return;
        }
        let mut senders = self.senders(phrase);
        if phrase.governor == Governor::Exists && phrase.sender.is_none() {
            senders.clear();
        }
        if senders.is_empty() && !self.clause.stranger {
            senders = self.sender_by_place(phrase);
        }
        if phrase.negated {
            self.deny(phrase, &senders);
            return;
        }
        if phrase.governor == Governor::Have && phrase.places.is_empty() && phrase.receivers.is_empty() {
            let counted = phrase.kinds.iter().all(|(_, many)| *many);
            if counted || self.s.is_any(phrase.right, &[Class::To, Class::In, Class::Of]) {
                return;
            }
        } else if phrase.places.is_empty() && phrase.receivers.is_empty() && phrase.organisation.is_none() {
            // "closed its embassy" inside a row speaks of the row's country; elsewhere of nobody.
            if self.s.context.other.is_none() || phrase.kinds.iter().all(|(_, many)| *many) {
                return;
            }
        }
        // "an embassy and 3 honorary consulates (in A, B and C)": the places are those of the plural.
        let several = matches!(&phrase.places, Places::Named(places) if places.len() > 1);
        let plural = phrase.kinds.last().is_some_and(|(_, many)| *many);
        let bare = Phrase { places: Places::Named(Vec::new()), ..phrase.clone() };
        for sender in &senders {
            for &(kind, many) in &phrase.kinds {
                let phrase = if several && plural && !many { &bare } else { phrase };
                self.emit_one(phrase, *sender, kind, span, senders.len() > 1);
            }
        }
    }

    /// "A opened an embassy in C in 1990, however, the embassy was closed in 1994": the end of the mission just
    /// read.
    fn closes_the_last(&mut self, phrase: &Phrase, span: Span) -> bool {
        let verb = (phrase.right..phrase.right + 4).find(|at| self.s.is(*at, Class::Close));
        let closing = verb.is_some_and(|verb| {
            (phrase.right..verb).all(|at| self.s.is_any(at, &[Class::Was, Class::Have, Class::Be, Class::Adverb]))
                && verb > phrase.right
        });
        let definite =
            (phrase.governor == Governor::Subject || closing) && phrase.sender.is_none() && phrase.places.is_empty();
        let [(kind, _)] = phrase.kinds.as_slice() else { return false };
        let Some(ended) = span.ended.filter(|_| definite) else { return false };
        let last = self.reading.found.last_mut().filter(|found| {
            matches!(&found.statement, Statement::Mission { kind: known, .. } if known == kind)
                && found.span.ended.is_none()
        });
        last.map(|found| found.span.ended = Some(ended)).is_some()
    }

    /// Whose mission a phrase without owner and subject is: of the party in whose land it does not stand.
    pub(super) fn sender_by_place(&self, phrase: &Phrase) -> Vec<EntityAt> {
        let (Some(parties), Places::Named(places)) = (self.s.parties(), &phrase.places) else { return Vec::new() };
        let Some(country) = places.first().and_then(|place| self.s.country(place, &parties)) else {
            return Vec::new();
        };
        match parties.iter().position(|party| *party == country) {
            Some(0) => vec![parties[1]],
            Some(_) => vec![parties[0]],
            None => Vec::new(),
        }
    }

    pub(super) fn emit_one(&mut self, phrase: &Phrase, sender: EntityAt, kind: MissionKind, span: Span, shared: bool) {
        // A permanent mission is one to an organisation; without one named the sentence says too little.
        if kind == MissionKind::PermanentMission && phrase.organisation.is_none() {
            return;
        }
        let places = match &phrase.places {
            Places::EachOther => {
                let others: Vec<EntityAt> = match self.s.parties() {
                    Some(parties) => parties.into_iter().filter(|party| *party != sender).collect(),
                    None => self.clause.subject.iter().copied().filter(|party| *party != sender).collect(),
                };
                for other in others {
                    self.mission_of(kind, sender, other, None, span);
                }
                return;
            }
            Places::Named(places) => places,
        };
        if let Some(organisation) = &phrase.organisation {
            let city = places.first().and_then(|place| place.city.clone());
            let kind =
                if kind.class() == crate::model::MissionClass::Resident { MissionKind::PermanentMission } else { kind };
            let statement = Statement::mission(kind, self.s.slug(sender), organisation, city);
            self.s.state(self.reading, statement, Polarity::Asserted, span);
            return;
        }
        if places.is_empty() {
            let receivers = match phrase.receivers.as_slice() {
                [] => self.s.counterpart(sender).into_iter().collect(),
                named => named.to_vec(),
            };
            for receiver in receivers.into_iter().filter(|receiver| *receiver != sender) {
                self.mission_of(kind, sender, receiver, None, span);
            }
            return;
        }
        for place in places {
            self.emit_at(phrase, sender, kind, place, span, shared);
        }
    }

    fn emit_at(
        &mut self,
        phrase: &Phrase,
        sender: EntityAt,
        kind: MissionKind,
        place: &Place,
        span: Span,
        shared: bool,
    ) {
        let counterpart = self.s.counterpart(sender);
        let mut prefer: Vec<EntityAt> = phrase.receivers.clone();
        prefer.extend(counterpart);
        let country = self.s.country(place, &prefer);
        // "China and Lebanon established relations and the embassy in Taipei opened": of which of them, it does not say.
        let abroad =
            |parties: [EntityAt; 2]| country.is_some_and(|country| !parties.iter().any(|p| self.within(country, *p)));
        let subject = phrase.governor == Governor::Subject;
        if shared && (country == Some(sender) || subject && self.s.parties().is_some_and(abroad)) {
            return;
        }
        let target = phrase.receivers.first().copied();
        let receiver = match (target, country) {
            (Some(target), _) if target == sender => return,
            (Some(target), Some(country)) if !self.within(country, target) => {
                for &target in &phrase.receivers {
                    self.accredit(sender, target, place.city.clone(), Some(country), span);
                }
                return;
            }
            (Some(target), _) => target,
            (None, Some(country)) if phrase.nonresident => {
                if let Some(other) = counterpart.filter(|other| *other != country) {
                    self.accredit(sender, other, place.city.clone(), Some(country), span);
                }
                return;
            }
            (None, Some(country)) if country == sender => {
                // The seat is in the sender's own land: the sentence cannot mean that.
                let message = format!(
                    "\"{}\" is in {} itself; no mission read",
                    place.city.as_deref().unwrap_or_else(|| &self.s.grammar.gazetteer.entity_at(country).name),
                    self.s.grammar.gazetteer.entity_at(sender).name
                );
                self.reading.problems.push(message);
                return;
            }
            (None, Some(country)) => match counterpart {
                Some(other) if self.within(country, other) => other,
                _ => country,
            },
            (None, None) => match counterpart {
                Some(other) if place.city.is_some() => other,
                _ => return,
            },
        };
        self.mission_of(kind, sender, receiver, place.city.clone(), span);
    }

    /// Whether a place in `country` is where missions to `receiver` stand: the same state, a territory of
    /// it, or Rome for the Holy See.
    pub(super) fn within(&self, country: EntityAt, receiver: EntityAt) -> bool {
        let gazetteer = self.s.grammar.gazetteer;
        let (country, receiver) = (gazetteer.entity_at(country), gazetteer.entity_at(receiver));
        country.slug == receiver.slug
            || country.parent.as_deref() == Some(&receiver.slug)
            || matches!(receiver.slug.as_str(), "holy-see" | "sovereign-military-order-of-malta")
                && country.slug == "italy"
            || receiver.kind == crate::model::EntityKind::FormerState
            || gazetteer
                .successions(&country.slug)
                .any(|row| row.former == receiver.slug || row.successor == receiver.slug)
                && (country.kind == crate::model::EntityKind::FormerState)
    }

    pub(super) fn mission_of(
        &mut self,
        kind: MissionKind,
        sender: EntityAt,
        receiver: EntityAt,
        city: Option<String>,
        span: Span,
    ) {
        if sender == receiver {
            return;
        }
        let statement = Statement::mission(kind, self.s.slug(sender), self.s.slug(receiver), city);
        self.s.state(self.reading, statement, Polarity::Asserted, span);
    }

    /// "does not have an embassy in Libya", "has no diplomatic representation".
    fn deny(&mut self, phrase: &Phrase, senders: &[EntityAt]) {
        let resident = phrase.kinds.iter().any(|(kind, _)| kind.class() == crate::model::MissionClass::Resident);
        if !resident {
            return;
        }
        let any = self.s.items[phrase.left..]
            .iter()
            .any(|item| item.folded == "representation" || item.folded == "representations");
        for &sender in senders {
            let counterpart = self.s.counterpart(sender);
            let mut receivers = phrase.receivers.clone();
            match &phrase.places {
                Places::EachOther => receivers.extend(counterpart),
                Places::Named(places) => {
                    let prefer: Vec<EntityAt> = counterpart.into_iter().collect();
                    if receivers.is_empty() {
                        receivers.extend(places.iter().filter_map(|place| self.s.country(place, &prefer)));
                    }
                    if receivers.is_empty() {
                        receivers.extend(counterpart);
                    }
                }
            }
            for receiver in receivers.into_iter().filter(|receiver| *receiver != sender) {
                let (sending, receiving) = (self.s.slug(sender).to_owned(), self.s.slug(receiver).to_owned());
                // "no embassy accredited to Mexico" denies cover from elsewhere too.
                let accredited = self.s.items[phrase.left..phrase.right.min(self.s.items.len())]
                    .iter()
                    .any(|item| item.is(Class::Accredit));
                let statement = if any || accredited {
                    Statement::Accreditation {
                        sending: sending.into(),
                        receiving: receiving.into(),
                        city: None,
                        host: None,
                    }
                } else {
                    Statement::mission(MissionKind::Embassy, &sending, &receiving, None)
                };
                self.s.state(self.reading, statement, Polarity::Denied, Span::default());
            }
        }
    }
}
