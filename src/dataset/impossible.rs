//! Facts that cannot be as they are told, alone or beside another fact. They stay in the data set: somebody
//! says them; who is wrong is for the reader.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::named_city;
use crate::model::{Bound, Fact, Statement, TieKey, TieKind};
use crate::names::Gazetteer;

/// What is wrong with a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impossible {
    /// The seat does not lie in the state in which it is said to stand.
    SeatElsewhere,
    /// A state is covered from itself, or is both parties.
    CoversItself,
    /// A resident mission is affirmed and denied.
    ResidentAndDenied,
    /// A resident mission, and cover from elsewhere, at one time.
    ResidentAndAccredited,
    /// It ended before it began.
    EndsBeforeItBegan,
    /// It stands although a party is no more.
    PartyIsNoMore,
    /// Represented before there were relations.
    BeforeRelations,
    /// It begins before a party did.
    BeforeItsParty,
}

impl Impossible {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Impossible::SeatElsewhere => "seat not in its country",
            Impossible::CoversItself => "covers itself",
            Impossible::ResidentAndDenied => "resident and denied",
            Impossible::ResidentAndAccredited => "resident and accredited from elsewhere",
            Impossible::EndsBeforeItBegan => "ends before it began",
            Impossible::PartyIsNoMore => "a party is no more",
            Impossible::BeforeRelations => "represented before relations",
            Impossible::BeforeItsParty => "begins before a party did",
        }
    }
}

/// Lists what cannot be among some facts, as (place of the fact, what is wrong), by place. O(facts).
pub fn impossible<'f>(facts: impl Iterator<Item = &'f Fact>, gazetteer: &Gazetteer) -> Vec<(usize, Impossible)> {
    let facts: Vec<&Fact> = facts.collect();
    let mut relations: BTreeMap<(&str, &str), Bound> = BTreeMap::new();
    let mut resident: BTreeSet<(&str, &str)> = BTreeSet::new();
    for fact in facts.iter().filter(|fact| !fact.is_denied()) {
        let parties = (fact.subject(), fact.object());
        match fact.key.kind() {
            // Relations taken up anew do not say when they first were: only an undisputed date is held against others.
            TieKind::Relations => {
                let began = fact.began.as_ref().filter(|began| !began.is_disputed());
                let began = began.map_or(Bound::UNKNOWN, |began| *began.value());
                let known = relations.entry(parties).or_insert(began);
                if known.earliest > began.earliest || began.is_unknown() {
                    *known = began;
                }
            }
            TieKind::Mission if fact.span().is_open() => {
                resident.insert(parties);
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let mut tell = |what: Impossible| found.push((at, what));
        let (subject, object) = (fact.subject(), fact.object());
        let span = fact.span();
        if fact.polarity.is_disputed() && fact.key.kind() == TieKind::Mission {
            tell(Impossible::ResidentAndDenied);
        }
        if let (Some(last), Some(first)) = (span.ended.and_then(|ended| ended.latest), span.began.earliest)
            && last < first
        {
            tell(Impossible::EndsBeforeItBegan);
        }
        if fact.is_denied() {
            continue;
        }
        let joins = !matches!(fact.key.kind(), TieKind::Count | TieKind::Capital);
        let covered_from_itself = matches!(
            fact.tie.value(),
            Statement::Accreditation { receiving, host: Some(host), .. } if host == receiving
        );
        if joins && subject == object || covered_from_itself {
            tell(Impossible::CoversItself);
        }
        if !seat_fits(fact.tie.value(), gazetteer) {
            tell(Impossible::SeatElsewhere);
        }
        let gone = |slug: &str| gazetteer.entity(slug).is_some_and(|entity| !entity.span.is_open());
        if joins && span.is_open() && span.began.is_unknown() && (gone(subject) || gone(object)) {
            tell(Impossible::PartyIsNoMore);
        }
        let founded = |slug: &str| match gazetteer.organisation(slug) {
            Some(organisation) => organisation.span.began.earliest,
            None => gazetteer.entity(slug).and_then(|entity| entity.span.began.earliest),
        };
        let member = fact.key.kind() == TieKind::Membership;
        if member && span.began.latest.is_some_and(|began| founded(object).is_some_and(|founded| began < founded)) {
            tell(Impossible::BeforeItsParty);
        }
        if fact.key.spell > 0 || !matches!(fact.key.tie, TieKey::Resident(..) | TieKey::Accreditation(..)) {
            continue;
        }
        if fact.key.kind() == TieKind::Accreditation && resident.contains(&(subject, object)) {
            tell(Impossible::ResidentAndAccredited);
        }
        let pair = if subject <= object { (subject, object) } else { (object, subject) };
        let related = relations.get(&pair).and_then(|began| began.earliest);
        if let (Some(related), Some(represented)) = (related, span.began.latest)
            && represented < related
        {
            tell(Impossible::BeforeRelations);
        }
    }
    found
}

/// Whether the city of a mission or covering seat can lie where it is said to: in the state, in a territory of
/// it, or beside its capital.
fn seat_fits(statement: &Statement, gazetteer: &Gazetteer) -> bool {
    let (city, state) = match statement {
        Statement::Mission { city: Some(city), receiving, host, .. } => (city, host.as_ref().unwrap_or(receiving)),
        Statement::Accreditation { city: Some(city), host: Some(host), .. } => (city, host),
        _ => return true,
    };
    let (Some(found), Some(entity)) = (named_city(gazetteer, city, Some(state)), gazetteer.entity(state)) else {
        return true;
    };
    let lies = gazetteer.entity(&found.entity);
    let parent = lies.and_then(|lies| lies.parent.as_deref());
    let capital = entity.capital.as_deref().and_then(|capital| gazetteer.city(capital));
    let beside = capital.and_then(|capital| capital.kilometres_to(found)).is_some_and(|far| far <= 30.0);
    found.entity == *state
        || parent == Some(state.as_str())
        || entity.parent.as_deref() == Some(found.entity.as_str())
        || beside
        || !entity.span.is_open()
        || gazetteer.organisation(state).is_some()
}
