//! What is told of a state on a day on which another stood in its place.
//!
//! Articles date a state's ties from before it existed: Russia's from 1924. Such a tie is the predecessor's until the
//! succession and the state's own from then on.

use std::collections::{BTreeMap, BTreeSet};

use super::announcements::{Announced, announced};
use super::precedence::Witnesses;
use crate::model::{Bound, Claim, Day, EntityId, FactKey, Polarity, Statement, TieKind};
use crate::names::Gazetteer;

/// Claims that facts are made of in the place of what sources state.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    /// The claims, each with the place of the one that it was: on the states that stood then, or without an end that is only
    /// announced.
    pub claims: Vec<(Claim, usize)>,
    /// Places of the claims of which nothing is left for the tie that they name: wholly a predecessor's, or announced.
    pub moved: BTreeSet<usize>,
}

/// First day on which a tie can have been its parties' own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Existence {
    pub day: Option<Day>,
    /// Whether the party that is younger goes on as the same state under another name.
    pub continues: bool,
}

fn exists_from(slug: &str, gazetteer: &Gazetteer) -> Option<Day> {
    gazetteer.entity(slug).and_then(|_| gazetteer.life(slug)?.began.earliest)
}

/// The floor of a tie: the younger party's first day. A membership cannot be older than its organisation either, but
/// our dates of organisations are less sure than the sources', so that stays for the audit.
pub(super) fn existence(key: &FactKey, gazetteer: &Gazetteer) -> Existence {
    if !key.tie.has_spells() {
        return Existence::default();
    }
    let (one, other) = key.parties();
    let days = [one, other].map(|slug| (exists_from(slug, gazetteer), slug));
    match days.into_iter().filter(|(day, _)| day.is_some()).max() {
        Some((day, slug)) => {
            Existence { day, continues: gazetteer.continuation(slug).is_some_and(|row| row.mode != "replaces") }
        }
        None => Existence::default(),
    }
}

/// A state in the place of a party of a tie.
struct Stand {
    slug: String,
    from: Option<Day>,
    until: Option<Day>,
    /// Whether the tie went on through every change of state between its beginning and this one.
    certain: bool,
}

/// Who bore a tie of a state that began on a day: itself, and before it the states that it continues. A tie goes on
/// where a state goes on under another name or constitution; where another took its place, that may be.
fn bearers(slug: &str, day: Day, gazetteer: &Gazetteer) -> Vec<Stand> {
    let life = |slug: &str| gazetteer.life(slug).unwrap_or_default();
    let own = life(slug).began.earliest;
    let over = life(slug).ended.and_then(|ended| ended.latest);
    let mut bearers = vec![Stand { slug: slug.to_owned(), from: own, until: over, certain: true }];
    if own.is_none_or(|own| own <= day) {
        return bearers;
    }
    let (mut at, mut goes_on) = (slug, Vec::new());
    while let Some(row) = gazetteer.continuation(at).filter(|_| bearers.len() < 20) {
        let before = life(&row.former);
        // Taipei is there still, but not in the place of Beijing.
        let until = [before.ended.and_then(|ended| ended.latest), row.date.latest].into_iter().flatten().min();
        if until.is_some_and(|until| until <= day) {
            break;
        }
        goes_on.push(row.mode != "replaces");
        let from = before.began.earliest;
        bearers.push(Stand { slug: row.former.clone(), from, until, certain: true });
        at = &row.former;
        if from.is_none_or(|from| from <= day) {
            break;
        }
    }
    // Before the oldest of them the state in whose place it stood, and what that went on as.
    let oldest = bearers.last().map_or(slug, |oldest| oldest.slug.as_str()).to_owned();
    if life(&oldest).began.earliest.is_some_and(|from| day < from)
        && let [base] = gazetteer.in_the_place_of(&oldest, Some(day)).as_slice()
        && *base != oldest
    {
        let mut line: Vec<&str> = vec![base];
        while let Some(row) = line.last().and_then(|at| gazetteer.continued_by(at)).filter(|_| line.len() < 20) {
            if bearers.iter().any(|known| known.slug == row.successor) {
                break;
            }
            line.push(&row.successor);
        }
        for (place, state) in line.iter().enumerate().rev() {
            let before = life(state);
            let next =
                line.get(place + 1).and_then(|next| gazetteer.continuation(next)).and_then(|row| row.date.latest);
            let (from, until) = (before.began.earliest, before.ended.and_then(|ended| ended.latest));
            let until = [until, next].into_iter().flatten().min();
            // What split, merged or was restored did not simply go on.
            let on = place + 1 < line.len()
                && gazetteer.continuation(line[place + 1]).is_some_and(|row| row.mode != "replaces");
            goes_on.push(on);
            bearers.push(Stand { slug: (*state).to_owned(), from, until, certain: true });
        }
    }
    if bearers.len() == 1 {
        return bearers;
    }
    // From the oldest on: what a change of state broke is not certain from then on.
    let mut certain = bearers.last().is_some_and(|oldest| oldest.from.is_none_or(|from| from <= day));
    for place in (1..bearers.len()).rev() {
        bearers[place].certain = certain;
        certain &= goes_on[place - 1];
    }
    bearers
}

/// Carries claims that are dated before their parties existed to the states that stood in their place, and leaves out what
/// is only announced. O(claims).
pub(super) fn carry_back(claims: &[Claim], witnesses: &Witnesses, gazetteer: &Gazetteer) -> Carried {
    let mut carried = Carried::default();
    let ends = ends(claims);
    for (at, claim) in claims.iter().enumerate() {
        let edition = witnesses.of(&claim.origin.document).and_then(|witness| witness.edition);
        match announced(claim, edition) {
            Some(Announced::End) => {
                let mut now = claim.clone();
                (now.span.ended, now.ending) = (None, None);
                carried.claims.push((now, at));
            }
            Some(Announced::Beginning) => {}
            None => {
                carry_claim(claim, at, &ends, gazetteer, &mut carried);
                continue;
            }
        }
        carried.moved.insert(at);
    }
    carried.claims.sort();
    carried.claims.dedup_by(|a, b| a.0 == b.0);
    carried
}

/// The days on which sources end a tie, by its kind and parties.
type EndDays<'c> = BTreeMap<(TieKind, &'c str, &'c str), Vec<Day>>;

fn ends(claims: &[Claim]) -> EndDays<'_> {
    let mut ends = EndDays::new();
    for claim in claims.iter().filter(|claim| claim.polarity == Polarity::Asserted) {
        if let Some(day) = claim.certain_span().ended.and_then(|ended| ended.latest) {
            let (one, other) = claim.statement.parties();
            ends.entry((claim.statement.kind(), one, other)).or_default().push(day);
        }
    }
    ends
}

/// Carries one claim back, if its parties are younger than it.
fn carry_claim(claim: &Claim, at: usize, ends: &EndDays<'_>, gazetteer: &Gazetteer, carried: &mut Carried) {
    let span = claim.certain_span();
    let dated = matches!(
        claim.statement,
        Statement::Mission { .. }
            | Statement::Accreditation { .. }
            | Statement::Relations { .. }
            | Statement::Recognition { .. }
            | Statement::Membership { .. }
    );
    let end = span.ended.and_then(|ended| ended.latest);
    // "By then" tells of no beginning: it may be a building's.
    let began = span.began.latest.filter(|_| span.began.earliest.is_some());
    let Some(day) = began.or(end).filter(|_| dated) else { return };
    let (one, other) = claim.statement.parties();
    let (first, second) = (bearers(one, day, gazetteer), bearers(other, day, gazetteer));
    if first.len() == 1 && second.len() == 1 {
        return;
    }
    let own = first[0].from.max(second[0].from);
    let ends = ends.get(&(claim.statement.kind(), one, other)).map_or(&[][..], Vec::as_slice);
    let over = end.is_some_and(|end| own.is_some_and(|own| end <= own));
    if over {
        carried.moved.insert(at);
    }
    for a in &first {
        for b in second.iter().filter(|b| (a.slug.as_str(), b.slug.as_str()) != (one, other) && a.slug != b.slug) {
            let from = a.from.max(b.from).unwrap_or(day);
            let until = [a.until, b.until, end.filter(|_| over)].into_iter().flatten().min();
            if until.is_some_and(|until| until <= from.max(day)) {
                continue;
            }
            // What was severed before a state began did not go on in it.
            if ends.iter().any(|end| day < *end && *end <= from) {
                continue;
            }
            let mut earlier = claim.clone();
            if from > day {
                earlier.span.began = if a.certain && b.certain {
                    Bound::on(from)
                } else {
                    Bound { earliest: Some(from), latest: until }
                };
            }
            earlier.span.ended = span.ended.filter(|_| over);
            if !over {
                earlier.ending = None;
            }
            earlier.as_of = until.map_or(Bound::UNKNOWN, Bound::on);
            replace(&mut earlier.statement, a.slug.as_str().into(), b.slug.as_str().into());
            carried.claims.push((earlier, at));
        }
    }
}

/// Puts other parties into a statement.
fn replace(statement: &mut Statement, first: EntityId, second: EntityId) {
    match statement {
        Statement::Mission { sending, receiving, .. } | Statement::Accreditation { sending, receiving, .. } => {
            (*sending, *receiving) = (first, second);
        }
        Statement::Relations { .. } => *statement = Statement::relations(&first, &second),
        Statement::Recognition { recognizer, recognized } => (*recognizer, *recognized) = (first, second),
        Statement::Membership { member, organization, .. } => {
            (*member, *organization) = (first, second.as_str().into())
        }
        _ => {}
    }
}
