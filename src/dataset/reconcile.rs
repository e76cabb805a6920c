//! Claims about one tie become one fact in which every reading is kept.
//!
//! Dates agree when their bounds meet, and then the narrower one is kept. Cities agree when they are one
//! city under any of its names. Readings that exclude each other stay side by side, best supported first:
//! more documents, then the document about the receiving state, then the one about the sending state, then
//! the narrower, then by value.

use std::collections::BTreeMap;

use crate::model::{
    Bound, Claim, Fact, FactKey, MissionClass, MissionKind, Origin, Polarity, Reading, Settled, Source, Statement,
};
use crate::names::{Gazetteer, fold};

/// Makes the facts of some claims, sorted by key. O(n log n); the order of the claims does not matter.
pub fn reconcile(claims: &[Claim], sources: &[Source], gazetteer: &Gazetteer) -> Vec<Fact> {
    let about: BTreeMap<&str, &str> =
        sources.iter().filter_map(|source| Some((source.document.as_str(), source.about.as_deref()?))).collect();
    let groups = group(claims, gazetteer);
    groups.into_iter().filter_map(|(key, claims)| fact(key, &claims, &about, gazetteer)).collect()
}

/// The claims of each fact.
pub(super) fn group<'c>(claims: &'c [Claim], gazetteer: &Gazetteer) -> BTreeMap<FactKey, Vec<&'c Claim>> {
    let mut groups: BTreeMap<FactKey, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        groups.entry(key(claim, gazetteer)).or_default().push(claim);
    }
    name_lone_posts(&mut groups);
    join_ended_relations(&mut groups);
    part_episodes(&mut groups);
    groups
}

/// Relations that one document calls over without a date, and that another dates alike without a word on
/// their end, are one tie: silence does not contradict.
fn join_ended_relations(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let ended: Vec<FactKey> = groups.keys().filter(|key| matches!(key, FactKey::Relations(_, _, 1))).cloned().collect();
    for key in ended {
        let FactKey::Relations(a, b, _) = &key else { continue };
        let open = FactKey::Relations(a.clone(), b.clone(), 0);
        let dated = |claims: &[&Claim]| -> Vec<Bound> {
            claims.iter().map(|claim| claim.span.began).filter(|began| !began.is_unknown()).collect()
        };
        let (past, now) = (dated(&groups[&key]), groups.get(&open).map(|claims| dated(claims)).unwrap_or_default());
        let alike = past.iter().any(|began| now.iter().any(|other| began.meets(*other)));
        if alike && let Some(claims) = groups.remove(&open) {
            let (same, other): (Vec<&Claim>, Vec<&Claim>) = claims.into_iter().partition(|claim| {
                claim.polarity == Polarity::Asserted
                    && past.iter().any(|began| !claim.span.began.is_unknown() && began.meets(claim.span.began))
            });
            groups.entry(key).or_default().extend(same);
            if !other.is_empty() {
                groups.insert(open, other);
            }
        }
    }
}

/// Spans of relations that are over and lie apart ("1980–2002, 2005–2024") are episodes, not readings of one.
fn part_episodes(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let ended: Vec<FactKey> = groups.keys().filter(|key| matches!(key, FactKey::Relations(_, _, 1))).cloned().collect();
    for key in ended {
        let FactKey::Relations(a, b, _) = &key else { continue };
        let Some(mut claims) = groups.remove(&key) else { continue };
        claims.sort_by_key(|claim| (claim.span.began.earliest, claim.span.ended, &claim.origin));
        // Claims without a beginning come first and join the first episode.
        let mut episodes: Vec<(Bound, Vec<&Claim>)> = Vec::new();
        for claim in claims {
            let ended = claim.span.ended.unwrap_or_default();
            match episodes.last_mut() {
                Some((last, members)) if !matches!((last.latest, claim.span.began.earliest), (Some(over), Some(anew)) if over < anew) =>
                {
                    last.latest = last.latest.max(ended.latest);
                    members.push(claim);
                }
                _ => episodes.push((ended, vec![claim])),
            }
        }
        for (at, (_, members)) in episodes.into_iter().enumerate() {
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            groups.entry(FactKey::Relations(a.clone(), b.clone(), number)).or_default().extend(members);
        }
    }
}

/// A post without a city is the one post of its kind that another claim places, if there is just one.
fn name_lone_posts(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let nameless: Vec<FactKey> = groups
        .keys()
        .filter(|key| matches!(key, FactKey::Post(_, _, _, city, _) if city.is_empty()))
        .cloned()
        .collect();
    for key in nameless {
        let FactKey::Post(class, sending, receiving, _, past) = &key else { continue };
        let from = FactKey::Post(*class, sending.clone(), receiving.clone(), "\u{1}".into(), false);
        let mut placed = groups.range(from..).map(|(key, _)| key).take_while(
            |other| matches!(other, FactKey::Post(c, s, r, _, _) if c == class && s == sending && r == receiving),
        );
        let target = placed.find(|other| matches!(other, FactKey::Post(_, _, _, _, p) if p == past)).cloned();
        let more = placed.any(|other| matches!(other, FactKey::Post(_, _, _, _, p) if p == past));
        if let (Some(target), false) = (target, more)
            && let Some(claims) = groups.remove(&key)
        {
            groups.entry(target).or_default().extend(claims);
        }
    }
}

/// Slug of a city by any of its names, preferring one that lies in `country`; its folded name if no table
/// has it.
pub(crate) fn city_slug(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> String {
    let named = gazetteer.cities_named(name);
    let own = named.iter().find(|city| country.is_some_and(|country| city.entity == country));
    own.or(named.first()).map_or_else(|| fold(name).replace(' ', "-"), |city| city.slug.clone())
}

fn key(claim: &Claim, gazetteer: &Gazetteer) -> FactKey {
    let past = claim.span.ended.is_some();
    match &claim.statement {
        Statement::Mission { kind, sending, receiving, city } => match kind.class() {
            MissionClass::Resident => FactKey::Resident(sending.clone(), receiving.clone(), past),
            class => {
                let city = city.as_ref().map(|city| city_slug(gazetteer, city, Some(receiving)));
                FactKey::Post(class, sending.clone(), receiving.clone(), city.unwrap_or_default(), past)
            }
        },
        Statement::Accreditation { sending, receiving, .. } => {
            FactKey::Accreditation(sending.clone(), receiving.clone(), past)
        }
        Statement::Relations { a, b } => FactKey::Relations(a.clone(), b.clone(), u16::from(past)),
        Statement::Recognition { recognizer, recognized } => {
            FactKey::Recognition(recognizer.clone(), recognized.clone())
        }
        Statement::Membership { member, organization, .. } => {
            FactKey::Membership(member.clone(), organization.clone(), past)
        }
        Statement::Count { subject, what, .. } => {
            FactKey::Count(subject.clone(), what.clone(), claim.span.began.to_string())
        }
        Statement::Tie { a, b, label, .. } => {
            FactKey::Tie(a.clone(), b.clone(), label.clone(), claim.span.began.to_string())
        }
    }
}

fn parties(key: &FactKey) -> (&str, &str) {
    match key {
        FactKey::Resident(a, b, _)
        | FactKey::Post(_, a, b, _, _)
        | FactKey::Accreditation(a, b, _)
        | FactKey::Relations(a, b, _)
        | FactKey::Recognition(a, b)
        | FactKey::Membership(a, b, _)
        | FactKey::Count(a, b, _)
        | FactKey::Tie(a, b, ..) => (a, b),
    }
}

fn fact(key: FactKey, claims: &[&Claim], about: &BTreeMap<&str, &str>, gazetteer: &Gazetteer) -> Option<Fact> {
    let (subject, object) = parties(&key);
    let rank = |origins: &[Origin]| {
        origins
            .iter()
            .map(|origin| match about.get(origin.document.as_str()) {
                Some(of) if *of == object => 0,
                Some(of) if *of == subject => 1,
                _ => 2,
            })
            .min()
            .unwrap_or(3)
    };
    let asserted = claims.iter().any(|claim| claim.polarity == Polarity::Asserted);
    let tie = settle(
        claims
            .iter()
            .filter(|claim| !asserted || claim.polarity == Polarity::Asserted)
            .map(|claim| (claim.statement.clone(), &claim.origin)),
        |a, b| merge_statements(a, b, gazetteer),
        detail,
        rank,
    )?;
    let polarity =
        settle(claims.iter().map(|claim| (claim.polarity, &claim.origin)), |a, b| (a == b).then_some(*a), |_| 0, rank)?;
    let began = settle(
        claims.iter().filter(|claim| !claim.span.began.is_unknown()).map(|claim| (claim.span.began, &claim.origin)),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
        rank,
    );
    let ended = settle(
        claims.iter().filter_map(|claim| claim.span.ended.map(|ended| (ended, &claim.origin))),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
        rank,
    );
    let (subject, object) = (subject.to_owned(), object.to_owned());
    Some(Fact { key, subject, object, tie, polarity, began, ended })
}

/// Days between the ends of a bound; the widest where an end is open.
fn width(bound: Bound) -> i32 {
    match (bound.earliest, bound.latest) {
        (Some(first), Some(last)) => (last - first).get_days(),
        _ => i32::MAX,
    }
}

/// How little a statement says: the more detail, the smaller.
fn detail(statement: &Statement) -> i32 {
    match statement {
        Statement::Mission { kind, city, .. } => {
            i32::from(city.is_none()) * 2 + i32::from(*kind == MissionKind::Embassy || *kind == MissionKind::Consulate)
        }
        Statement::Accreditation { city, host, .. } => i32::from(city.is_none()) + i32::from(host.is_none()) * 2,
        Statement::Membership { status, .. } => i32::from(status == "member"),
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
            Statement::Mission { kind, sending, receiving, city },
            Statement::Mission { kind: other, city: elsewhere, .. },
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
            let city = same_city(city.as_deref(), elsewhere.as_deref(), Some(receiving), gazetteer)?;
            Some(Statement::Mission { kind, sending: sending.clone(), receiving: receiving.clone(), city })
        }
        (
            Statement::Accreditation { sending, receiving, city, host },
            Statement::Accreditation { city: elsewhere, host: other, .. },
        ) => {
            let host = match (host, other) {
                (Some(a), Some(b)) if a != b => return None,
                (a, b) => a.clone().or_else(|| b.clone()),
            };
            let city = same_city(city.as_deref(), elsewhere.as_deref(), host.as_deref(), gazetteer)?;
            Some(Statement::Accreditation { sending: sending.clone(), receiving: receiving.clone(), city, host })
        }
        (Statement::Membership { member, organization, status }, Statement::Membership { status: other, .. }) => {
            // Words for one standing, the one that says most first; an office in the organisation implies it.
            const FULL: [&str; 7] =
                ["full member", "founding member", "member", "troika member", "chair", "co-chair", "participant"];
            let place = |status: &str| FULL.iter().position(|known| *known == status);
            let status = match (place(status), place(other)) {
                (Some(a), Some(b)) => FULL[a.min(b)],
                _ => return None,
            };
            Some(Statement::Membership {
                member: member.clone(),
                organization: organization.clone(),
                status: status.to_owned(),
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

/// The city that both can mean: the outer `None` where they differ.
#[allow(clippy::option_option)]
fn same_city(a: Option<&str>, b: Option<&str>, country: Option<&str>, gazetteer: &Gazetteer) -> Option<Option<String>> {
    match (a, b) {
        (Some(a), Some(b)) if city_slug(gazetteer, a, country) != city_slug(gazetteer, b, country) => None,
        (a, b) => Some(a.or(b).map(str::to_owned)),
    }
}

/// Gathers values into readings. Values with the most detail open the readings and the others join the
/// first that they can be merged with, so that the outcome depends on the values alone.
fn settle<'c, T: Clone + Ord>(
    values: impl Iterator<Item = (T, &'c Origin)>,
    merge: impl Fn(&T, &T) -> Option<T>,
    detail: impl Fn(&T) -> i32,
    rank: impl Fn(&[Origin]) -> i32,
) -> Option<Settled<T>> {
    let mut values: Vec<(i32, T, &Origin)> = values.map(|(value, origin)| (detail(&value), value, origin)).collect();
    values.sort();
    let mut readings: Vec<Reading<T>> = Vec::new();
    for (_, value, origin) in values {
        let joined = readings.iter_mut().find_map(|reading| {
            let merged = merge(&reading.value, &value)?;
            reading.value = merged;
            reading.origins.push(origin.clone());
            Some(())
        });
        if joined.is_none() {
            readings.push(Reading { value, origins: vec![origin.clone()] });
        }
    }
    for reading in &mut readings {
        reading.origins.sort();
        reading.origins.dedup();
    }
    let documents = |reading: &Reading<T>| {
        let mut names: Vec<&str> = reading.origins.iter().map(|origin| origin.document.as_str()).collect();
        names.dedup();
        names.len()
    };
    readings.sort_by(|a, b| {
        documents(b)
            .cmp(&documents(a))
            .then_with(|| rank(&a.origins).cmp(&rank(&b.origins)))
            .then_with(|| detail(&a.value).cmp(&detail(&b.value)))
            .then_with(|| a.value.cmp(&b.value))
    });
    Settled::new(readings)
}
