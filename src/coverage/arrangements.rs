//! Help by other states: third states on request, groups, visas (R12 to R14).

use petgraph::graph::NodeIndex;

use super::list::DiplomaticList;
use super::remarks::Remark;
use super::rules::{Arrangement, Posts, Rung, arrangements};
use super::step::Step;
use crate::graph::View;

/// Who takes part in an arrangement that is in force.
pub(super) struct Parties {
    arrangement: &'static Arrangement,
    /// In the order of their slugs.
    helpers: Vec<NodeIndex>,
    /// In the order of their slugs.
    beneficiaries: Vec<NodeIndex>,
    /// States to which it does not extend as receiving ones, in the order of their slugs.
    outside: Vec<NodeIndex>,
}

/// The arrangements that are in force under a view, with their parties.
pub(super) fn parties(view: &View<'_>) -> Vec<Parties> {
    let day = view.lens.as_of;
    let nodes = |slugs: Vec<&str>| {
        let mut nodes: Vec<NodeIndex> = slugs.into_iter().filter_map(|slug| view.network.node(slug)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    };
    let in_force = arrangements().iter().filter(|arrangement| arrangement.in_force(day));
    in_force
        .map(|arrangement| Parties {
            arrangement,
            helpers: nodes(arrangement.helpers(day)),
            beneficiaries: nodes(arrangement.beneficiaries(day)),
            outside: nodes(arrangement.outside(day)),
        })
        .collect()
}

impl Parties {
    /// Whether it helps a sender in a receiving state, if that sender is not there itself.
    fn concerns(&self, sender: NodeIndex, receiving: NodeIndex) -> bool {
        self.beneficiaries.binary_search(&sender).is_ok() && self.outside.binary_search(&receiving).is_err()
    }
}

/// The posts of the helpers in one receiving state, found when first needed.
pub(super) struct Helpers<'n> {
    /// By arrangement.
    found: Vec<std::cell::OnceCell<Vec<(NodeIndex, Step<'n>)>>>,
}

impl<'n> Helpers<'n> {
    pub(super) fn new(parties: &[Parties]) -> Helpers<'n> {
        Helpers { found: parties.iter().map(|_| std::cell::OnceCell::new()).collect() }
    }

    /// Steps by arrangements of which `sender` is a beneficiary: a step a helper that really has a post in the
    /// receiving state.
    pub(super) fn steps(
        &self,
        list: &DiplomaticList<'_, 'n>,
        parties: &[Parties],
        sender: NodeIndex,
        own: Posts,
    ) -> Vec<Step<'n>> {
        let mut steps = Vec::new();
        let receiving = list.receiving();
        for (parties, found) in parties.iter().zip(&self.found) {
            let arrangement = parties.arrangement;
            if !parties.concerns(sender, receiving) || own.meet(arrangement.unless) {
                continue;
            }
            let helpers = found.get_or_init(|| {
                let others = parties.helpers.iter().filter(|helper| **helper != receiving);
                let helping = others.filter_map(|helper| {
                    let (posts, best) = list.dyad(*helper).posts();
                    posts.meet(arrangement.with).then_some((*helper, best?))
                });
                helping.collect()
            });
            for (helper, post) in helpers.iter().filter(|(helper, _)| *helper != sender) {
                let rung = arrangement.rung;
                let mut step = Step { rung, arrangement: Some(arrangement), ..post.clone() };
                step.form = arrangement.rung.rule().form.as_str();
                step.sending = list.coverage.view.slug(sender);
                step.by = Some(list.coverage.view.slug(*helper).into());
                step.presence = super::rules::presence("none");
                step.level = None;
                step.remarks.clear();
                if own.honorary && arrangement.rung == Rung::Group {
                    step = step.remarked(Remark::HonoraryHere);
                }
                steps.push(step);
            }
        }
        steps
    }
}
