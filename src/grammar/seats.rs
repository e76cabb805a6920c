//! Seats: from which mission, place or ministry a state is represented.

use super::Form;
use super::items::What;
use super::lexicon::Class;
use super::missions::Parser;
use super::places::{Place, Places};
use crate::model::MissionKind;
use crate::names::EntityAt;

/// From where a state is represented.
#[derive(Clone, Debug, Default)]
pub(super) struct Seat {
    /// Kind of the mission at the seat, where the sentence says it.
    pub kind: Option<MissionKind>,
    /// The places, usually one.
    pub places: Vec<Place>,
    /// Country where the officer is accredited, where only that is said.
    pub country: Option<EntityAt>,
    /// The sender's own ministry.
    pub home: bool,
    /// Whether the cover is said to be one beside another ("also accredited to").
    pub also: bool,
    /// Whose mission it is, where the sentence names another state than the sender.
    pub owner: Option<EntityAt>,
    /// Item after the seat.
    pub end: usize,
}

impl Parser<'_, '_> {
    /// The seat after "through", "by", "from", "via": the next mission, officer or place they govern.
    pub(super) fn seat(&self, at: usize, senders: &[EntityAt], receivers: &[EntityAt]) -> Option<Seat> {
        let s = self.s;
        let mut i = at;
        let limit = s.items.len().min(at + 14);
        while i < limit {
            match &s.items[i].what {
                What::Word(Class::Through | Class::By | Class::From) => break,
                What::Mark(';') | What::Word(Class::While | Class::Have) => return None,
                What::Kind(..) if s.is_any(i.wrapping_sub(1), &[Class::Its, Class::Det]) => break,
                // "at the Moroccan embassy in Italy"
                What::Word(Class::In)
                    if i == at
                        && (i..i + 4).any(|i| s.item(i).is_some_and(|item| matches!(item.what, What::Kind(..)))) =>
                {
                    i += 1;
                    break;
                }
                _ => i += 1,
            }
        }
        if i >= limit {
            return None;
        }
        if s.is_any(i, &[Class::Through, Class::By, Class::From]) {
            i += 1;
        }
        let from = i;
        // The kind or officer within a few words, else a bare place: "accredited from Tokyo".
        let mut officer = None;
        while i < s.items.len().min(from + 9) {
            match &s.items[i].what {
                _ if self.is_ministry(i) => {
                    let end = self.past_ministry(i);
                    let (places, end) = s.places(end);
                    let places = if let Places::Named(places) = places { places } else { Vec::new() };
                    let city = places.first().cloned();
                    return Some(Seat {
                        places: city.into_iter().collect(),
                        home: true,
                        end: end.max(i + 1),
                        ..Seat::default()
                    });
                }
                What::Kind(kind, _) => {
                    let phrase = self.phrase(i);
                    let Places::Named(mut places) = phrase.places else { return None };
                    let mut end = phrase.right;
                    let mut country = None;
                    if places.is_empty() {
                        country = phrase.receivers.first().copied();
                    }
                    // "from its embassy to the United States in Washington": the receiver named is the host.
                    if let (Some(host), Some(place)) = (phrase.receivers.first(), places.first_mut())
                        && place.country.is_none()
                        && s.country(place, &[*host]).is_none()
                    {
                        place.country = Some(*host);
                    }
                    if places.is_empty() && country.is_none() && phrase.organisation.is_none() {
                        end = i + 1;
                    }
                    return Some(Seat {
                        kind: Some(*kind),
                        places,
                        country,
                        home: false,
                        also: false,
                        owner: phrase.sender,
                        end,
                    });
                }
                // "through Switzerland in its embassy in Kyiv"
                What::Name(_)
                    if officer.is_none()
                        && s.noun(i).is_some()
                        && s.is(i + 1, Class::In)
                        && s.is(i + 2, Class::Its)
                        && s.item(i + 3).is_some_and(|item| matches!(item.what, What::Kind(..))) =>
                {
                    let phrase = self.phrase(i + 3);
                    let places = if let Places::Named(places) = phrase.places { places } else { Vec::new() };
                    let kind = phrase.kinds.first().map(|(kind, _)| *kind);
                    return Some(Seat { kind, places, owner: s.noun(i), end: phrase.right, ..Seat::default() });
                }
                What::Word(Class::Officer) => {
                    officer = Some(i);
                    i += 1;
                }
                // "represented by Fumio Iwai": a person or a body, no place.
                What::Proper if officer.is_none() && s.is(from.wrapping_sub(1), Class::By) => return None,
                // "through the Royal Thai embassy"
                What::Proper
                    if officer.is_none()
                        && s.entity(i + 1, &[Form::Demonym]).is_some()
                        && s.item(i + 2).is_some_and(|item| matches!(item.what, What::Kind(..))) =>
                {
                    i += 1;
                }
                What::Name(_) | What::Proper if officer.is_none() => {
                    let owner = s.items.get(i + 1).is_some_and(|item| {
                        matches!(item.what, What::Possessive | What::Kind(..)) || item.is(Class::Officer)
                    }) || s.entity(i, &[Form::Demonym]).is_some() && s.noun(i).is_none();
                    if owner {
                        i += 1;
                        continue;
                    }
                    let (place, end) = self.seat_place(from)?;
                    return Some(Seat { places: vec![place], end, ..Seat::default() });
                }
                // "based in the Foreign Ministry in Stockholm"
                What::Word(Class::In | Class::Locate)
                    if officer.is_some()
                        && (i + 1..i + 4).any(|i| self.is_ministry(i))
                        && !self.city_before_ministry(i) =>
                {
                    i += 1;
                }
                What::Word(Class::In | Class::Locate) if officer.is_some() => {
                    let (places, end) = s.places(i);
                    let Places::Named(places) = places else { return None };
                    if places.is_empty() {
                        // "based in its embassy in Minsk"
                        i += 1;
                        continue;
                    }
                    let home = self.at_home(end, senders, &places, receivers);
                    let resident = (from..i).any(|i| s.is(i, Class::Resident));
                    // "through its resident ambassador in Nicosia" tells of an embassy there.
                    let kind = resident.then_some(MissionKind::Embassy);
                    return Some(Seat { kind, places, home, end: self.past_ministry(end), ..Seat::default() });
                }
                What::Word(Class::To) if officer.is_some() => {
                    let name = if s.is(i + 1, Class::Det) { i + 2 } else { i + 1 };
                    let country = s.noun(name);
                    return country.map(|country| Seat { country: Some(country), end: name + 1, ..Seat::default() });
                }
                What::Word(Class::And | Class::Have) | What::Mark(';') => break,
                _ => i += 1,
            }
        }
        None
    }

    pub(super) fn seat_place(&self, at: usize) -> Option<(Place, usize)> {
        match self.s.places_bare(at) {
            (Places::Named(places), end) => places.into_iter().next().map(|place| (place, end)),
            (Places::EachOther, _) => None,
        }
    }

    /// Whether a known city stands between `at` and the next ministry: "in Riga (in the Foreign Ministry)".
    fn city_before_ministry(&self, at: usize) -> bool {
        (at + 1..self.s.items.len())
            .take_while(|i| !self.is_ministry(*i))
            .any(|i| self.s.items[i].name().is_some_and(|senses| !senses.cities.is_empty()))
    }

    pub(super) fn is_ministry(&self, at: usize) -> bool {
        self.s.is_ministry(at)
    }

    /// Past "(in the Foreign Ministry)", "its Ministry of Foreign Affairs".
    pub(super) fn past_ministry(&self, at: usize) -> usize {
        let Some(near) = (at..self.s.items.len().min(at + 5)).find(|i| self.is_ministry(*i)) else { return at };
        let mut end = near + 1;
        while self.s.item(end).is_some_and(|item| {
            item.is_any(&[Class::Of, Class::For])
                || matches!(item.folded.as_str(), "foreign" | "affairs" | "ministry" | "external")
        }) {
            end += 1;
        }
        end
    }

    /// Whether an officer who lives at `places` lives in the sender's own capital or ministry.
    pub(super) fn at_home(&self, end: usize, senders: &[EntityAt], places: &[Place], receivers: &[EntityAt]) -> bool {
        let ministry = self.past_ministry(end) > end;
        let prefer: Vec<EntityAt> = senders.to_vec();
        let country = places.first().and_then(|place| self.s.country(place, &prefer));
        senders.iter().any(|sender| country == Some(*sender))
            || ministry && country.is_none_or(|country| !receivers.contains(&country))
    }
}
