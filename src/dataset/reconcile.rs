//! Claims about one tie become one fact in which every reading is kept.
//!
//! Dates agree when their bounds meet, and then the narrower one is kept. Cities agree when they are one
//! city under any of its names. Readings that exclude each other stay side by side, in the order of
//! [`precedence`](super::precedence).

use super::group::{city_slug, group, named_city};
use super::precedence::{Sides, Witnesses};
use super::settle::Settling;
use crate::model::{Bound, Claim, Fact, FactKey, MissionKind, Polarity, Source, Statement};
use crate::names::Gazetteer;

/// Makes the facts of some claims, sorted by key. O(n log n); the order of the claims does not matter.
pub fn reconcile(claims: &[Claim], sources: &[Source], gazetteer: &Gazetteer) -> Vec<Fact> {
    let witnesses = Witnesses::new(sources);
    let groups = group(claims, &witnesses, gazetteer);
    groups.into_iter().filter_map(|(key, claims)| fact(key, &claims, &witnesses, gazetteer)).collect()
}

/// The fact of some claims on one tie; `None` if there are none.
pub(super) fn fact(key: FactKey, claims: &[&Claim], witnesses: &Witnesses, gazetteer: &Gazetteer) -> Option<Fact> {
    let sides = Sides::of(&key);
    let asserted = claims.iter().any(|claim| claim.polarity == Polarity::Asserted);
    let table = Settling { witnesses, sides };
    let tie = table.settle(
        claims
            .iter()
            .filter(|claim| !asserted || claim.polarity == Polarity::Asserted)
            .map(|claim| (claim.statement.clone(), &claim.origin)),
        |a, b| merge_statements(a, b, gazetteer),
        |statement| detail(statement, gazetteer),
    )?;
    let polarity = table.settle(
        claims.iter().map(|claim| (claim.polarity, &claim.origin)),
        |a, b| (a == b).then_some(*a),
        |_| 0,
    )?;
    let began = table.settle(
        claims.iter().filter(|claim| !claim.span.began.is_unknown()).map(|claim| (claim.span.began, &claim.origin)),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
    );
    let ended = table.settle(
        claims.iter().filter_map(|claim| Some((witnesses.ended(claim)?, &claim.origin))),
        |a, b| a.intersect(*b),
        |bound| width(*bound),
    );
    let (subject, object) = key.parties();
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

/// Places of one state that are nearer than this many kilometres are one place: Uccle is Brussels.
pub const ONE_PLACE_KM: f64 = 30.0;

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
    let (Some(one), Some(other)) = (a, b) else { return Some(a.or(b).map(str::to_owned)) };
    if city_slug(gazetteer, one, country) == city_slug(gazetteer, other, country) {
        return Some(Some(one.to_owned()));
    }
    let (here, there) = (named_city(gazetteer, one, country)?, named_city(gazetteer, other, country)?);
    let near = here.entity == there.entity && here.kilometres_to(there).is_some_and(|far| far <= ONE_PLACE_KM);
    near.then(|| Some(if there.capital && !here.capital { other } else { one }.to_owned()))
}
