//! Organisations that states share.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use crate::graph::{TieType, View};
use crate::model::Fact;

/// What some states share and what each has alone.
#[derive(Clone, Debug)]
pub struct Overlap<'n> {
    /// Organisations to which all belong (slugs, by name).
    pub shared: Vec<&'n str>,
    /// Organisations to which only this one of the states belongs, in the order of the question.
    pub alone: Vec<Vec<&'n str>>,
    /// Memberships of each, in the order of the question.
    pub counts: Vec<usize>,
    /// |A ∩ B ∩ …| / |A ∪ B ∪ …|, from 0 to 1; `None` where nobody belongs to anything (Jaccard 1901).
    pub jaccard: Option<f64>,
    /// The facts of the shared memberships.
    pub facts: Vec<&'n Fact>,
}

/// Compares the memberships of two states or more, of any status but observer, candidate and partner unless
/// `any_status`. O(memberships).
pub fn overlap<'n>(view: &View<'n>, states: &[NodeIndex], any_status: bool) -> Overlap<'n> {
    let sets: Vec<Vec<&'n Fact>> = states
        .iter()
        .map(|state| {
            let mut facts = view.facts(*state, Direction::Outgoing, TieType::Membership);
            facts.retain(|fact| !fact.is_denied() && (any_status || is_full(fact)));
            facts
        })
        .collect();
    let slugs: Vec<BTreeSet<&'n str>> =
        sets.iter().map(|facts| facts.iter().map(|fact| fact.object.as_str()).collect()).collect();
    let all: BTreeSet<&'n str> = slugs.iter().flatten().copied().collect();
    let mut shared: Vec<&'n str> =
        all.iter().copied().filter(|slug| slugs.iter().all(|set| set.contains(slug))).collect();
    let name = |slug: &str| crate::names::fold(view.network.gazetteer.display(slug));
    let mut alone: Vec<Vec<&'n str>> = slugs
        .iter()
        .map(|set| {
            set.iter().copied().filter(|slug| slugs.iter().filter(|other| other.contains(slug)).count() == 1).collect()
        })
        .collect();
    let facts = sets.iter().flatten().copied().filter(|fact| shared.contains(&fact.object.as_str())).collect();
    #[allow(clippy::cast_precision_loss)]
    let jaccard = (!all.is_empty()).then(|| shared.len() as f64 / all.len() as f64);
    shared.sort_by_key(|slug| name(slug));
    for list in &mut alone {
        list.sort_by_key(|slug| name(slug));
    }
    Overlap { shared, alone, counts: slugs.iter().map(BTreeSet::len).collect(), jaccard, facts }
}

/// Whether a membership counts as one: not an observer, candidate, partner or correspondent.
fn is_full(fact: &Fact) -> bool {
    let crate::model::Statement::Membership { status, .. } = fact.tie.value() else { return false };
    !["observer", "candidate", "partner", "correspondent", "associate"].iter().any(|less| status.contains(less))
}
