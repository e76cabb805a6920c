//! Claims about one tie become one fact in which every reading is kept.
//!
//! Dates agree when their bounds meet, and then the narrower one is kept. Cities agree when they are one
//! city under any of its names. Readings that exclude each other stay side by side, in the order of
//! [`precedence`](super::precedence).

use std::collections::BTreeMap;

use super::continuity::{Carried, carry_back, existence};
use super::evidence::{Evidence, Use, city_slug, gather, named_city};
use super::implications::imply;
use super::precedence::{Sides, Witnesses};
use super::seats::{newest_seat, seat};
use super::settle::Settling;
use super::spells::{Spell, Verdict, spells};
use super::standing::{id, years};
use crate::model::{
    Bound, Claim, Day, Fact, FactKey, Manner, MissionKind, Polarity, Settlement, Sighting, Source, Span, Statement,
    TieKind,
};
use crate::names::{Gazetteer, fold};

/// Makes the facts of some claims, sorted by key, each with the places of the claims on which it rests. O(n log n); the
/// order of the claims does not matter.
pub(super) fn reconcile(claims: &[Claim], sources: &[Source], gazetteer: &Gazetteer) -> Vec<(Fact, Vec<usize>)> {
    let witnesses = Witnesses::new(sources);
    let carried = carry_back(claims, &witnesses, gazetteer);
    let histories = histories(claims, &carried, &witnesses, gazetteer).into_values();
    histories.map(|tie| (tie.fact, tie.spell.uses.iter().map(|it| it.evidence.at).collect())).collect()
}

/// A fact with the evidence that makes it.
pub(super) struct Reconciled<'c> {
    pub spell: Spell<'c>,
    pub fact: Fact,
}

/// The spells of every tie, as facts with their evidence.
pub(super) fn histories<'c>(
    claims: &'c [Claim],
    carried: &'c Carried,
    witnesses: &Witnesses,
    gazetteer: &Gazetteer,
) -> BTreeMap<FactKey, Reconciled<'c>> {
    let mut ties: Vec<(FactKey, Vec<Evidence<'c>>)> =
        gather(claims, carried, witnesses, gazetteer).into_iter().collect();
    // No tie has a say on another: they are weighed on every core, and come back in their order.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = ties.len().div_ceil(cores).max(1);
    let mut ties: BTreeMap<FactKey, Reconciled<'c>> = std::thread::scope(|scope| {
        let weighed: Vec<_> = ties
            .chunks_mut(share)
            .map(|ties| scope.spawn(move || ties.iter_mut().flat_map(|tie| weigh(tie, witnesses, gazetteer)).collect()))
            .collect();
        weighed.into_iter().flat_map(|part| -> Vec<_> { part.join().expect("no tie panics") }).collect()
    });
    imply(&mut ties, witnesses, gazetteer);
    ties
}

/// The spells of one tie as facts; takes its evidence.
fn weigh<'c>(
    (tie, evidence): &mut (FactKey, Vec<Evidence<'c>>),
    witnesses: &Witnesses,
    gazetteer: &Gazetteer,
) -> Vec<(FactKey, Reconciled<'c>)> {
    let mut number = 0;
    let mut found = Vec::new();
    for spell in super::seats::part(spells(tie, std::mem::take(evidence)), gazetteer) {
        number += u16::from(spell.over);
        let key = tie.clone().with_spell(if spell.over { number } else { 0 });
        if let Some(fact) = fact(&key, &spell.uses, &spell.verdict, witnesses, gazetteer) {
            found.push((key, Reconciled { spell, fact }));
        }
    }
    found
}

/// The fact of the evidence on one spell; `None` if there is none.
pub(super) fn fact(
    key: &FactKey,
    uses: &[Use<'_>],
    verdict: &Verdict,
    witnesses: &Witnesses,
    gazetteer: &Gazetteer,
) -> Option<Fact> {
    let speaks = |it: &&Use<'_>| it.begins || it.ends || it.stands;
    let asserted = uses.iter().filter(speaks).any(|it| !it.evidence.denies());
    let table = Settling { witnesses, sides: Sides::of(key) };
    let mut tie = table.settle(
        uses.iter()
            .filter(speaks)
            .filter(|it| !asserted || !it.evidence.denies())
            .map(|it| (it.evidence.claim.statement.clone(), &it.evidence.claim.origin)),
        |a, b| merge_statements(a, b, gazetteer),
        |statement| detail(statement, gazetteer),
    )?;
    if tie.is_disputed() {
        let told: Vec<&Use<'_>> = uses.iter().filter(speaks).collect();
        if let Some(newest) = newest_seat(key, &told, gazetteer) {
            tie.prefer(|statement| seat(statement).is_some_and(|own| same_seat(own, newest, gazetteer)));
        }
    }
    let mut polarity = table.settle(
        uses.iter().filter(speaks).map(|it| (it.evidence.claim.polarity, &it.evidence.claim.origin)),
        |a, b| (a == b).then_some(*a),
        |_| 0,
    )?;
    if let Some(preferred) = verdict.preferred {
        polarity.prefer(|value| *value == preferred);
    }
    // Of a tie that is denied what affirms it has no say on its days, nor the other way round.
    let denied = *polarity.value() == Polarity::Denied;
    let existence = existence(key, gazetteer);
    // A member from before its state began has been one since the state began; a building of then says nothing.
    let built = existence.day.filter(|_| key.kind() != TieKind::Membership);
    let mut settlements = verdict.settlements.clone();
    let dated: Vec<(Bound, &Use<'_>)> =
        uses.iter().filter(|it| it.evidence.denies() == denied).map(|it| (it.began(), it)).collect();
    let dated: Vec<(Bound, &Use<'_>)> = dated.into_iter().filter(|(began, _)| !began.is_unknown()).collect();
    let (early, dated): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(began, it)| {
        let before = began.latest.zip(existence.day).is_some_and(|(began, exists_from)| began < exists_from);
        before
            && key.kind() != TieKind::Membership
            && !existence.continues
            && !it.evidence.derived
            && !it.evidence.denies()
    });
    if early.iter().any(|(began, _)| began.earliest.is_some()) {
        let against = early.iter().map(|(_, it)| it.evidence.claim.origin.clone()).collect();
        settlements.push(Settlement { rule: id::BEFORE_EXISTENCE.to_owned(), by: Vec::new(), against });
    }
    let began = table.settle(
        dated.iter().map(|(began, it)| (*began, &it.evidence.claim.origin)),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
    );
    let mut ended = table.settle(
        uses.iter().filter(|it| it.ends).filter_map(|it| Some((it.evidence.ended()?, &it.evidence.claim.origin))),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
    );
    // Of readings that exclude each other those go together that can: no end comes before its beginning.
    let first = began.as_ref().and_then(|began| began.value().earliest);
    let fits = |ended: &Bound| ended.latest.zip(first).is_none_or(|(end, first)| first <= end);
    if let Some(ended) = ended.as_mut() {
        ended.prefer(fits);
    }
    // Of manners that differ the severest stands: who says "suspended" of relations that another has severed says less.
    let endings = || uses.iter().filter(|it| it.ends).filter_map(|it| it.evidence.claim.ending);
    let ending = endings().find(|manner| *manner == Manner::Severed).or_else(|| endings().min());
    let manner = match &ended {
        Some(_) => ending,
        None => verdict.implied.as_ref().map(|implied| implied.manner),
    };
    let implied = verdict.implied.clone().filter(|_| ended.is_none());
    let together = ended.as_ref().is_none_or(|ended| fits(ended.value()));
    let stated = Span {
        began: began.as_ref().filter(|_| together).map_or(Bound::UNKNOWN, |began| *began.value()),
        ended: ended.as_ref().map(|ended| *ended.value()).or(implied.as_ref().map(|implied| implied.on)),
    };
    let mut sightings: Vec<Sighting> =
        uses.iter().filter(|it| it.evidence.denies() == denied).filter_map(|it| it.sighting(built)).collect();
    // The first day of which a list has it that tells of no beginning.
    let lists = uses.iter().filter(|it| it.stands && it.evidence.denies() == denied && it.began().is_unknown());
    let listed = lists.filter_map(|it| Some(it.sighting(built)?.from)).min();
    let exists_from = existence
        .day
        .filter(|exists_from| stated.ended.and_then(|ended| ended.latest).is_none_or(|end| end >= *exists_from));
    let back = years(id::TELLS_BACK, key.kind());
    let stated = match (stated.began.earliest, listed) {
        // It stood before the beginning that another tells.
        (Some(began), Some(listed)) if listed < began => {
            Span { began: Bound { earliest: None, latest: Some(listed) }, ..stated }
        }
        _ => stated,
    };
    let life = life(stated, verdict, exists_from, back, &mut sightings);
    let (key, contested) = (key.clone(), verdict.contested);
    Some(Fact { key, tie, polarity, began, ended, manner, life, sightings, contested, implied, settlements })
}

/// What is known of when a tie held: as it is told, within what else is known, with the days on which it was seen.
fn life(
    mut stated: Span,
    verdict: &Verdict,
    exists_from: Option<Day>,
    back: i16,
    sightings: &mut Vec<Sighting>,
) -> Span {
    if let (Some(ended), Some(by)) = (stated.ended.as_mut(), verdict.over_by)
        && ended.earliest.is_none_or(|earliest| earliest <= by)
    {
        ended.latest = Some(ended.latest.map_or(by, |latest| latest.min(by)));
    }
    if let (Some(ended), Some(on)) = (stated.ended.as_mut(), verdict.over_on) {
        *ended = ended.intersect(on).unwrap_or(*ended);
    }
    // Nobody sees what is over: who has it later does not tell when, within the bounds, it ended.
    if let Some(ended) = stated.ended
        && let Some(end) = ended.latest
    {
        for seen in sightings.iter_mut().filter(|seen| seen.until > end) {
            seen.until = ended.earliest.unwrap_or(end).max(seen.from.min(end));
            seen.from = seen.from.min(seen.until);
        }
    }
    // What ended on a day stood before it.
    if let Some(end) = stated.ended.and_then(|ended| ended.earliest)
        && stated.began.is_unknown()
        && let Ok(from) = end.checked_sub(jiff::Span::new().years(back))
    {
        match sightings.iter_mut().min_by_key(|seen| seen.from) {
            Some(seen) => seen.from = seen.from.min(from),
            None => stated.began.latest = Some(from),
        }
    }
    if let Some(exists_from) = exists_from {
        sightings.retain(|seen| seen.until >= exists_from);
        sightings.iter_mut().for_each(|seen| seen.from = seen.from.max(exists_from));
    }
    sightings.sort_unstable();
    sightings.dedup();
    let first = sightings.iter().map(|seen| seen.from).min();
    let mut began = stated.began.intersect(verdict.began).unwrap_or(stated.began);
    if let Some(exists_from) = exists_from {
        began.earliest = Some(began.earliest.map_or(exists_from, |day| day.max(exists_from)));
        began.latest = began.latest.map(|day| day.max(exists_from));
    }
    began.latest = match (began.latest, first) {
        (Some(stated), Some(seen)) => Some(stated.min(seen)),
        (stated, seen) => stated.or(seen),
    };
    if let (Some(first), Some(last)) = (began.earliest, began.latest)
        && last < first
    {
        began.latest = Some(first);
    }
    let ended = stated.ended.map(|mut ended| {
        let last = sightings.iter().map(|seen| seen.until).max();
        // It stood on the last day on which somebody has it; an end that is told to the day stays as it is.
        let seen = last.max(began.latest.filter(|_| ended.earliest.is_none()));
        let seen = seen.filter(|last| ended.latest.is_none_or(|end| *last <= end));
        ended.earliest = ended.earliest.max(seen);
        ended
    });
    Span { began, ended }
}

/// Days between the ends of a bound; the widest where an end is open.
fn width(bound: Bound) -> i32 {
    match (bound.earliest, bound.latest) {
        (Some(first), Some(last)) => (last - first).get_days(),
        _ => i32::MAX,
    }
}

/// How little a statement says: the more detail, the smaller.
fn detail(statement: &Statement, gazetteer: &Gazetteer) -> i32 {
    // Of two places that are one, the capital names it better than its suburb.
    let place = |city: &Option<String>, country: Option<&str>| match city {
        None => 4,
        Some(city) => i32::from(!named_city(gazetteer, city, country).is_some_and(|city| city.capital)),
    };
    match statement {
        Statement::Mission { kind, city, receiving, host, .. } => {
            place(city, Some(host.as_ref().unwrap_or(receiving))) * 2
                + i32::from(*kind == MissionKind::Embassy || *kind == MissionKind::Consulate)
        }
        Statement::Accreditation { city, host, .. } => place(city, host.as_deref()) + i32::from(host.is_none()) * 8,
        Statement::Protection { city, .. } => i32::from(city.is_none()),
        Statement::Border { metres, .. } => i32::from(metres.is_none()),
        Statement::Membership { status, .. } => i32::from(status.word() == "member"),
        _ => 0,
    }
}

/// One statement that says what both say; `None` where they exclude each other.
fn merge_statements(a: &Statement, b: &Statement, gazetteer: &Gazetteer) -> Option<Statement> {
    if a == b {
        return Some(a.clone());
    }
    match (a, b) {
        (
            Statement::Mission { kind, sending, receiving, city, host, level },
            Statement::Mission { kind: other, city: elsewhere, host: abroad, level: rank, .. },
        ) => {
            // A high commission may be called an embassy, and a consulate-general a consulate: the finer word stays.
            let loose = |kind: MissionKind| {
                matches!(kind, MissionKind::Embassy | MissionKind::Consulate | MissionKind::RepresentativeOffice)
            };
            let kind = if kind == other || loose(*other) {
                *kind
            } else if loose(*kind) {
                *other
            } else {
                return None;
            };
            let host = one_of(host.as_ref(), abroad.as_ref())?;
            let country = host.as_ref().unwrap_or(receiving);
            let city = same_city(city.as_deref(), elsewhere.as_deref(), Some(country), gazetteer)?;
            let (sending, receiving) = (sending.clone(), receiving.clone());
            Some(Statement::Mission {
                kind,
                sending,
                receiving,
                city,
                host,
                level: one_of(level.as_ref(), rank.as_ref())?,
            })
        }
        (
            Statement::Accreditation { sending, receiving, city, host },
            Statement::Accreditation { city: elsewhere, host: other, .. },
        ) => {
            let host = one_of(host.as_ref(), other.as_ref())?;
            let city = same_city(city.as_deref(), elsewhere.as_deref(), host.as_deref(), gazetteer)?;
            Some(Statement::Accreditation { sending: sending.clone(), receiving: receiving.clone(), city, host })
        }
        (
            Statement::Protection { power, sending, receiving, city },
            Statement::Protection { power: other, city: elsewhere, .. },
        ) if power == other => {
            let city = same_city(city.as_deref(), elsewhere.as_deref(), Some(receiving), gazetteer)?;
            let (power, sending, receiving) = (power.clone(), sending.clone(), receiving.clone());
            Some(Statement::Protection { power, sending, receiving, city })
        }
        (Statement::Border { a, b, metres }, Statement::Border { metres: other, .. }) => match (metres, other) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => Some(Statement::border(a, b, one.or(*other))),
        },
        (Statement::Capital { subject, city }, Statement::Capital { city: other, .. }) => {
            let city = same_city(Some(city), Some(other), Some(subject), gazetteer)??;
            Some(Statement::Capital { subject: subject.clone(), city })
        }
        (Statement::Membership { member, organization, status }, Statement::Membership { status: other, .. }) => {
            // Words for one standing, the one that says most first; an office in the organisation implies it.
            const FULL: [&str; 7] =
                ["full member", "founding member", "member", "troika member", "chair", "co-chair", "participant"];
            let place = |status: &str| FULL.iter().position(|known| *known == status);
            let status = match (place(status.word()), place(other.word())) {
                (Some(a), Some(b)) => FULL[a.min(b)],
                _ => return None,
            };
            Some(Statement::Membership {
                member: member.clone(),
                organization: organization.clone(),
                status: status.into(),
            })
        }
        (Statement::Tie { a, b, sign, label, claimed_by }, Statement::Tie { sign: other, .. }) if sign == other => {
            Some(Statement::Tie {
                a: a.clone(),
                b: b.clone(),
                sign: *sign,
                label: label.clone(),
                claimed_by: claimed_by.clone(),
            })
        }
        _ => None,
    }
}

/// Whether two seats, each a city and the state in which it lies, can be one.
pub(super) fn same_seat(
    one: (Option<&str>, Option<&str>),
    other: (Option<&str>, Option<&str>),
    gazetteer: &Gazetteer,
) -> bool {
    let host = one_of(one.1.map(str::to_owned).as_ref(), other.1.map(str::to_owned).as_ref());
    host.is_some_and(|host| same_city(one.0, other.0, host.as_deref(), gazetteer).is_some())
}

/// Places of one state that are nearer than this many kilometres are one place: Uccle is Brussels.
pub const ONE_PLACE_KM: f64 = 30.0;

/// A capital of one state that is nearer than this many kilometres to a city of another lies in that city.
const ONE_CITY_KM: f64 = 10.0;

/// Whether a state has a city of this name.
fn is_city(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> bool {
    named_city(gazetteer, name, country).is_some_and(|city| country == Some(city.entity.as_str()))
}

/// What both can mean where each may say nothing; the outer `None` where they differ.
#[allow(clippy::option_option)]
fn one_of<T: Clone + PartialEq>(a: Option<&T>, b: Option<&T>) -> Option<Option<T>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (a, b) => Some(a.or(b).cloned()),
    }
}

/// The city that both can mean: the outer `None` where they differ.
#[allow(clippy::option_option)]
fn same_city(a: Option<&str>, b: Option<&str>, country: Option<&str>, gazetteer: &Gazetteer) -> Option<Option<String>> {
    // A seat that bears the name of its state says no more than the state.
    let state = country.and_then(|country| gazetteer.entity(country)).map(|entity| fold(&entity.name));
    let place =
        |city: &&str| state.as_ref().is_none_or(|state| fold(city) != *state || is_city(gazetteer, city, country));
    let (a, b) = match (a.filter(place), b.filter(place)) {
        (None, None) => (a, b),
        placed => placed,
    };
    let (Some(one), Some(other)) = (a, b) else { return Some(a.or(b).map(str::to_owned)) };
    if city_slug(gazetteer, one, country) == city_slug(gazetteer, other, country) {
        return Some(Some(one.to_owned()));
    }
    let (here, there) = (named_city(gazetteer, one, country)?, named_city(gazetteer, other, country)?);
    // A capital within another state's: Rome, for the Holy See.
    let beside = [here, there].iter().any(|city| city.capital && country == Some(city.entity.as_str()));
    let reach = if here.entity == there.entity { ONE_PLACE_KM } else { ONE_CITY_KM };
    let near = (here.entity == there.entity || beside) && here.kilometres_to(there).is_some_and(|far| far <= reach);
    near.then(|| Some(if there.capital && !here.capital { other } else { one }.to_owned()))
}
