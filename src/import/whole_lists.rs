//! Lists that are whole: who is not on one is no member.
//!
//! A table of memberships says of an organisation that its list is whole by a row without a member whose status is
//! `whole list`. Against it stands what other documents have: of a state that they have as a full member and the list does
//! not know, neither today nor in the past, the list denies the membership.

use std::collections::{BTreeMap, BTreeSet};

use super::Extraction;
use crate::model::{
    Bound, Claim, EntityId, EntityKind, OrganisationId, Origin, Polarity, Span, Statement, Status, StatusClass,
};
use crate::names::Gazetteer;

/// Status of the row that says it.
pub(super) const STATUS: &str = "whole list";

/// Adds the denials to the claims of the documents whose lists are whole; `others` are claims of data sets beside them.
pub fn deny_others<'c>(
    extractions: &mut [Extraction],
    others: impl IntoIterator<Item = &'c Claim>,
    gazetteer: &Gazetteer,
) {
    let read = extractions.iter().flat_map(|extraction| &extraction.claims).filter_map(full_member);
    let mut told: BTreeSet<(EntityId, OrganisationId)> = read.collect();
    told.extend(others.into_iter().filter_map(full_member));
    for extraction in extractions.iter_mut().filter(|extraction| !extraction.whole.is_empty()) {
        let whole: BTreeMap<&OrganisationId, &Origin> =
            extraction.whole.iter().map(|(organisation, origin)| (organisation, origin)).collect();
        let listed: BTreeSet<(&EntityId, &OrganisationId)> =
            extraction.claims.iter().filter_map(|claim| parties(&claim.statement)).collect();
        let denied: Vec<Claim> = told
            .iter()
            .filter(|(member, organisation)| !listed.contains(&(member, organisation)) && is_state(member, gazetteer))
            .filter_map(|(member, organisation)| {
                let origin = (*whole.get(organisation)?).clone();
                Some(Claim {
                    statement: Statement::Membership {
                        member: member.clone(),
                        organization: organisation.clone(),
                        status: Status::from("member"),
                    },
                    polarity: Polarity::Denied,
                    span: Span::default(),
                    ending: None,
                    as_of: Bound::UNKNOWN,
                    origin,
                })
            })
            .collect();
        extraction.claims.extend(denied);
    }
}

fn parties(statement: &Statement) -> Option<(&EntityId, &OrganisationId)> {
    match statement {
        Statement::Membership { member, organization, .. } => Some((member, organization)),
        _ => None,
    }
}

fn full_member(claim: &Claim) -> Option<(EntityId, OrganisationId)> {
    match &claim.statement {
        Statement::Membership { member, organization, status }
            if claim.polarity == Polarity::Asserted && status.class() == StatusClass::Full =>
        {
            Some((member.clone(), organization.clone()))
        }
        _ => None,
    }
}

/// Whether a list of states would have it: territories and regions are counted in one way or another.
fn is_state(slug: &EntityId, gazetteer: &Gazetteer) -> bool {
    gazetteer.entity(slug).is_some_and(|entity| {
        matches!(entity.kind, EntityKind::State | EntityKind::PartlyRecognised | EntityKind::FormerState)
    })
}
