//! Claims as evidence: which tie each speaks of, of which day, and what it says there.

use std::collections::BTreeMap;

use super::continuity::Carried;
use super::precedence::Witnesses;
use super::standing::{Vintage, vintage};
use crate::model::{Bound, City, CityId, Claim, Day, FactKey, Polarity, Sighting, TieKey};
use crate::names::{Gazetteer, fold};

/// One claim as a witness of its tie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence<'c> {
    pub claim: &'c Claim,
    /// The day of which it speaks: its own, else the last of its document's edition.
    pub day: Option<Day>,
    /// The first of the days of which it may speak: a list of April speaks of all of April.
    pub day_from: Option<Day>,
    /// Whether it says so itself, or stands in a list that speaks of one day.
    pub dated: bool,
    /// Whether its source tells of one event alone.
    pub event: bool,
    /// Its work, by place among those of the data set.
    pub work: u32,
    /// Whether it is no claim of a source but one on a successor, carried back to the state before.
    pub derived: bool,
    /// Place of the source's claim among those of the data set.
    pub at: usize,
}

impl<'c> Evidence<'c> {
    /// The claim at a place of the data set as evidence, or one made of it for a predecessor.
    pub(super) fn new(claim: &'c Claim, at: usize, derived: bool, witnesses: &Witnesses) -> Evidence<'c> {
        let witness = witnesses.of(&claim.origin.document);
        let vintage = witness.map(|witness| vintage(&witness.format, claim.statement.kind()));
        // A beginning tells that the tie stood on its day, and of no other.
        let event = vintage == Some(Vintage::Event);
        let begun = event.then(|| claim.certain_span().began);
        let edition = witness.filter(|_| !event);
        let day = claim.as_of.latest.or(begun.and_then(|began| began.latest));
        let day = day.or_else(|| edition.and_then(|witness| witness.edition));
        let own_from = claim.as_of.earliest.or(claim.as_of.latest).or(begun.and_then(|began| began.earliest));
        let day_from = own_from.or_else(|| edition.and_then(|witness| witness.edition_from)).or(day);
        let own = claim.as_of.latest.is_some();
        let dated = own || vintage == Some(Vintage::Yes);
        Evidence { claim, day, day_from, dated, event, work: witnesses.work(&claim.origin.document), derived, at }
    }

    pub(super) fn denies(&self) -> bool {
        self.claim.polarity == Polarity::Denied
    }

    /// When it says that the tie began.
    pub(super) fn began(&self) -> Bound {
        self.claim.certain_span().began
    }

    /// When it says that the tie ended; by the day of which it speaks, where it gives none.
    pub(super) fn ended(&self) -> Option<Bound> {
        let ended = self.claim.certain_span().ended?;
        Some(Bound { latest: ended.latest.or(self.day), ..ended })
    }

    /// Whether it gives the end a date of its own.
    pub(super) fn ended_on_a_date(&self) -> bool {
        self.claim.certain_span().ended.is_some_and(|ended| !ended.is_unknown())
    }

    /// Whether both are told on one line; a page that is cited has no lines.
    pub(super) fn same_line(&self, other: &Evidence<'_>) -> bool {
        !self.event
            && self.claim.origin.line == other.claim.origin.line
            && self.claim.origin.document == other.claim.origin.document
    }
}

/// What a spell takes from a piece of evidence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'c> {
    pub evidence: Evidence<'c>,
    /// Its beginning.
    pub begins: bool,
    /// Its end.
    pub ends: bool,
    /// That it stood on the day of which it speaks.
    pub stands: bool,
}

impl<'c> Use<'c> {
    /// Everything that it says.
    pub(super) fn whole(evidence: Evidence<'c>) -> Use<'c> {
        let ends = evidence.claim.span.ended.is_some();
        Use { evidence, begins: true, ends, stands: !ends }
    }

    /// When it says that the tie began, if the spell takes that from it.
    pub(super) fn began(&self) -> Bound {
        if self.begins { self.evidence.began() } else { Bound::UNKNOWN }
    }

    /// The days of which it speaks, if it speaks of any.
    pub(super) fn sighting(&self, exists_from: Option<Day>) -> Option<Sighting> {
        // "By 1919", of a state that is younger, speaks of a building.
        let began = self.began();
        let elder =
            began.earliest.is_none() && began.latest.zip(exists_from).is_some_and(|(by, exists_from)| by < exists_from);
        let began = began.latest.filter(|_| !elder);
        let ended = self.evidence.ended().filter(|_| self.ends).and_then(|ended| ended.earliest);
        let seen = ended.or(self.evidence.day.filter(|_| self.stands)).or(began)?;
        let first = if ended.is_none() && self.stands { self.evidence.day_from.unwrap_or(seen) } else { seen };
        let from = began.unwrap_or(first.min(seen));
        Some(Sighting { from, until: seen.max(from), work: self.evidence.work })
    }
}

/// The evidence on each tie, under the key of its spell 0.
pub(super) fn gather<'c>(
    claims: &'c [Claim],
    carried: &'c Carried,
    witnesses: &Witnesses,
    gazetteer: &Gazetteer,
) -> BTreeMap<FactKey, Vec<Evidence<'c>>> {
    let mut ties: BTreeMap<FactKey, Vec<Evidence<'c>>> = BTreeMap::new();
    let own = claims.iter().enumerate().filter(|(at, _)| !carried.moved.contains(at));
    let own = own.map(|(at, claim)| (claim, at, false));
    for (claim, at, derived) in own.chain(carried.claims.iter().map(|(claim, at)| (claim, *at, true))) {
        let key = FactKey::of(claim, |name, country| city_slug(gazetteer, name, Some(country)));
        ties.entry(key).or_default().push(Evidence::new(claim, at, derived, witnesses));
    }
    name_lone_posts(&mut ties);
    ties
}

/// A post without a city is the one post of its class that another claim places, if there is just one; else the one
/// that began when it did.
fn name_lone_posts(ties: &mut BTreeMap<FactKey, Vec<Evidence<'_>>>) {
    let nameless: Vec<FactKey> =
        ties.keys().filter(|key| matches!(&key.tie, TieKey::Post(_, _, _, city) if city.is_empty())).cloned().collect();
    for key in nameless {
        let TieKey::Post(class, sending, receiving, ..) = &key.tie else { continue };
        let from = TieKey::Post(*class, sending.clone(), receiving.clone(), "\u{1}".into()).spell(0);
        let placed: Vec<&FactKey> = ties
            .range(from..)
            .map(|(key, _)| key)
            .take_while(
                |other| matches!(&other.tie, TieKey::Post(c, s, r, _) if c == class && s == sending && r == receiving),
            )
            .collect();
        let since = |key: &FactKey| -> Vec<Bound> {
            let began = ties[key].iter().map(Evidence::began);
            began.filter(|began| began.known_year().is_some()).collect()
        };
        let own = since(&key);
        let together: Vec<&FactKey> = match placed[..] {
            [only] => vec![only],
            _ => placed.into_iter().filter(|other| since(other).iter().any(|began| own.contains(began))).collect(),
        };
        if let [target] = together[..] {
            let target = target.clone();
            let claims = ties.remove(&key).unwrap_or_default();
            ties.entry(target).or_default().extend(claims);
        }
    }
}

/// The city that a name means, preferring one that lies in `country`; `None` if no table has it.
pub(crate) fn named_city<'g>(gazetteer: &'g Gazetteer, name: &str, country: Option<&str>) -> Option<&'g City> {
    let named = gazetteer.cities_named(name);
    let own = named.iter().find(|city| country.is_some_and(|country| city.entity == country));
    own.or(named.first()).copied()
}

/// Slug of the city that a name means; its folded name if no table has it.
pub(crate) fn city_slug(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> CityId {
    named_city(gazetteer, name, country).map_or_else(|| fold(name).replace(' ', "-").into(), |city| city.slug.clone())
}
