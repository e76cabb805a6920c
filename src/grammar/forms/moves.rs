//! Missions that moved: "moved its embassy from A to B", "the embassy of C in D was relocated to E".

use super::super::lexicon::Class;
use super::super::places::{Place, Places};
use super::super::{Found, Reading};
use super::Matcher;
use super::roles::Subject;
use crate::model::{Bound, Manner, MissionClass, Polarity, Span, Statement};
use crate::names::EntityAt;

/// Most items between a verb of moving and the place to which it moves.
const REACH: usize = 14;

impl Matcher<'_, '_, '_> {
    /// What a verb of moving states whose object or subject is a mission: where it stood until then, where it says so, and
    /// where it has stood since.
    pub(super) fn moved(&self, at: usize, reading: &mut Reading) {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let Some((place, kind)) = self.object(group.to, group.end).or_else(|| self.kind_before(at)) else { return };
        if kind.class() != MissionClass::Resident {
            return;
        }
        let start = group.to.max(place + 1);
        let end = group.end.min(start + REACH);
        let Some(to) = self.place_after(start, end, Class::To, true) else { return };
        let from = self.place_after(start, end, Class::From, false);
        let Some((sender, receiver)) = self.whose_mission(place, at, from.as_ref().unwrap_or(&to)) else { return };
        let day = self.day(at);
        let there = s.country(&to, &[receiver]);
        if there == Some(sender) || from.as_ref().is_some_and(|from| from.city == to.city) {
            return;
        }
        let host = there.filter(|there| *there != receiver);
        let of = |city: Option<String>, host: Option<EntityAt>| Statement::Mission {
            kind,
            sending: s.slug(sender).into(),
            receiving: s.slug(receiver).into(),
            city,
            host: host.map(|host| s.slug(host).into()),
            level: None,
        };
        // What was read of the mission in this sentence is told again, with its days.
        let same = |found: &Found| {
            found.start == s.start
                && matches!(&found.statement, Statement::Mission { kind: known, sending, receiving, .. }
                    if *known == kind && sending.as_str() == s.slug(sender) && receiving.as_str() == s.slug(receiver))
        };
        let elsewhere = |found: &Found| matches!(&found.statement, Statement::Mission { city: Some(city), .. } if Some(city) != to.city.as_ref());
        match &from {
            Some(_) => reading.found.retain(|found| !same(found)),
            // "opened an embassy in A in 1992 and moved it to B in 1998": the one that was read first stood until then.
            None => {
                reading.found.retain(|found| !same(found) || elsewhere(found));
                for found in reading.found.iter_mut().filter(|found| same(found)) {
                    found.span.ended = found.span.ended.filter(|ended| !ended.is_unknown()).or(Some(day));
                    found.ending = found.ending.or(Some(Manner::Relocated));
                }
            }
        }
        if let Some(from) = from {
            let before = s.country(&from, &[receiver]).filter(|there| *there != receiver);
            let span = Span { began: Bound::UNKNOWN, ended: Some(day) };
            s.event(reading, of(from.city, before), Polarity::Asserted, span, Some(Manner::Relocated));
        }
        s.event(reading, of(to.city, host), Polarity::Asserted, Span::since(day), None);
    }

    /// The place behind a preposition; of "to Syria from Damascus to Beirut" the last.
    fn place_after(&self, from: usize, to: usize, class: Class, last: bool) -> Option<Place> {
        let s = self.s();
        let mut found = (from..to).filter(|i| s.is(*i, class)).filter_map(|i| match s.places(i + 1).0 {
            Places::Named(places) => places.into_iter().find(|place| place.city.is_some()),
            Places::EachOther => None,
        });
        if last { found.next_back() } else { found.next() }
    }

    /// Whose mission a noun phrase names, and to whom: by its own words, by the subject, by the country of a place.
    fn whose_mission(&self, kind: usize, at: usize, place: &Place) -> Option<(EntityAt, EntityAt)> {
        let s = self.s();
        let index = |slug: &str| s.grammar.gazetteer.entity_index(slug);
        let built = self.built(kind, at);
        if let [Found { statement: Statement::Mission { sending, receiving, .. }, .. }, ..] = built.as_slice() {
            return index(sending).zip(index(receiving));
        }
        let subject = match self.parsed.subject(at) {
            Subject::Named(parties) => super::entities(&parties).first().copied(),
            _ => None,
        };
        let owner = super::entities(&s.owner(kind, 0)).first().copied();
        let named = (kind + 1..s.items.len().min(kind + 3))
            .find(|i| s.is(*i, Class::Of))
            .and_then(|of| (of + 1..s.items.len().min(of + 3)).find_map(|i| s.noun(i)));
        let sender = named.or(owner).or(subject)?;
        let to = (kind + 1..s.items.len().min(kind + 6))
            .filter(|i| s.is_any(*i, &[Class::To, Class::In]))
            .find_map(|i| s.noun(i + 1).or_else(|| s.noun(i + 2)))
            .filter(|receiver| *receiver != sender);
        let receiver = to.or_else(|| s.country(place, &[])).or_else(|| s.counterpart(sender))?;
        (sender != receiver).then_some((sender, receiver))
    }
}
