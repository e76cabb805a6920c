//! A new seat of one mission or accreditation ends the old one.

use super::evidence::Use;
use super::reconcile::same_seat;
use super::spells::{Spell, Verdict, later_by};
use super::standing::{id, implication, years};
use crate::model::{Bound, FactKey, ImpliedEnd, Origin, Statement};
use crate::names::Gazetteer;

/// City and host of what is affirmed.
pub(super) fn seat(statement: &Statement) -> Option<(Option<&str>, Option<&str>)> {
    match statement {
        Statement::Accreditation { city, host, .. } => Some((city.as_deref(), host.as_deref())),
        Statement::Mission { city, receiving, host, kind, .. }
            if kind.class() == crate::model::MissionClass::Resident =>
        {
            Some((city.as_deref(), Some(host.as_deref().unwrap_or(receiving))))
        }
        _ => None,
    }
}

/// Parts the spell that stands where a source dates a new seat and every source of the old one is older.
pub(super) fn part<'c>(mut spells: Vec<Spell<'c>>, gazetteer: &Gazetteer) -> Vec<Spell<'c>> {
    let Some(last) = spells.last().filter(|spell| !spell.over) else { return spells };
    let mut dated: Vec<(&Use<'c>, Bound)> = last
        .uses
        .iter()
        .filter(|it| {
            !it.evidence.denies() && seat(&it.evidence.claim.statement).is_some_and(|(city, _)| city.is_some())
        })
        .map(|it| (it, it.began()))
        .filter(|(_, began)| began.earliest.is_some())
        .collect();
    dated.sort_by(|a, b| {
        (a.1.earliest, a.1.latest).cmp(&(b.1.earliest, b.1.latest)).then(a.0.evidence.claim.cmp(b.0.evidence.claim))
    });
    let Some((newest, began)) = dated.pop() else { return spells };
    let older = |it: &Use<'c>| {
        let (Some(here), Some(there)) = (seat(&newest.evidence.claim.statement), seat(&it.evidence.claim.statement))
        else {
            return false;
        };
        let seen = it.sighting(None).map(|seen| seen.until);
        !it.evidence.denies()
            && !same_seat(here, there, gazetteer)
            && seen.zip(began.earliest).is_some_and(|(seen, began)| seen < began)
    };
    let (old, rest): (Vec<Use<'c>>, Vec<Use<'c>>) = last.uses.iter().partition(|it| older(it));
    if old.is_empty() {
        return spells;
    }
    let row = implication(id::NEW_SEAT);
    let by: Vec<Origin> = vec![newest.evidence.claim.origin.clone()];
    let implied = ImpliedEnd { on: began, manner: row.manner(), rule: row.id.clone(), by };
    let verdict = Verdict { implied: Some(implied), ..Verdict::default() };
    if let Some(mut standing) = spells.pop() {
        standing.uses = rest;
        spells.push(Spell { uses: old, verdict, over: true });
        spells.push(standing);
    }
    spells
}

/// The seat that stands first where sources differ on it: the one of the newest beginning that a source dates with it, unless
/// a list that states its day has another one later. Lists that do not state theirs may not have heard of a move.
pub(super) fn newest_seat<'u>(
    key: &FactKey,
    uses: &[&'u Use<'_>],
    gazetteer: &Gazetteer,
) -> Option<(Option<&'u str>, Option<&'u str>)> {
    let seats = uses.iter().filter(|it| !it.evidence.denies()).filter_map(|it| {
        let own = seat(&it.evidence.claim.statement).filter(|(city, _)| city.is_some())?;
        Some((*it, own))
    });
    let dated = seats.clone().filter_map(|(it, own)| Some((it.began().earliest?, it, own)));
    let (began, _, own) =
        dated.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.evidence.claim.cmp(a.1.evidence.claim)))?;
    let heard = later_by(began, years(id::UNDATED_LISTS, key.kind()));
    let against = seats.filter(|(_, other)| !same_seat(own, *other, gazetteer)).any(|(it, _)| {
        let seen = it.sighting(None).map(|seen| seen.until);
        seen.is_some_and(|seen| if it.evidence.dated { seen > began } else { seen >= heard })
    });
    (!against).then_some(own)
}
