//! What changed in the network from one day to another.

use crate::graph::View;
use crate::model::{Day, Fact, Held, Span, TieKind};

/// A tie that began or ended between two days.
#[derive(Clone, Debug)]
pub struct Change<'n> {
    /// Whether it is there on the later day and not on the earlier; else the other way round.
    pub began: bool,
    /// Whether that is certain: the sources' bounds do not allow anything else.
    pub certain: bool,
    /// The tie.
    pub fact: &'n Fact,
}

/// Ties that are there under one of two views of a network and not under the other, affirmed ones only, by tie, then by
/// key; with the number of ties that may have changed but that nobody dates. A tie of which a party does not count,
/// because it does not exist or is not of the roster, is not there, nor is any under a view without a date. With a lens for what is
/// certain, only what certainly held is there. O(ties).
pub fn changes<'n>(before: &View<'n>, after: &View<'n>, ties: &[TieKind]) -> (Vec<Change<'n>>, usize) {
    let network = before.network;
    let graph = network.graph();
    let mut found = Vec::new();
    let mut undated = 0;
    for edge in graph.edge_indices() {
        let (Some((from, to)), Some(weight)) = (graph.edge_endpoints(edge), graph.edge_weight(edge)) else { continue };
        if weight.denied || !(ties.is_empty() || ties.contains(&weight.tie)) {
            continue;
        }
        let span = network.facts.life(weight.fact());
        let held = |view: &View<'_>| -> Held {
            let Some(day) = view.lens.as_of.filter(|_| view.counts(from) && view.counts(to)) else { return Held::No };
            span.held_on(day)
        };
        let (old, new) = (held(before), held(after));
        let certain_only = before.lens.certain;
        let there = |held: Held| if certain_only { held == Held::Yes } else { held != Held::No };
        if there(old) == there(new) {
            undated += usize::from(
                old == Held::Perhaps
                    && new == Held::Perhaps
                    && !began_before(span, before.lens.as_of.min(after.lens.as_of)),
            );
            continue;
        }
        let certain = old != Held::Perhaps && new != Held::Perhaps;
        found.push(Change { began: there(new), certain, fact: &network.facts[weight.fact()] });
    }
    let tie = |fact: &Fact| fact.key.kind().edge();
    found.sort_by(|a, b| tie(a.fact).cmp(&tie(b.fact)).then_with(|| a.fact.key.cmp(&b.fact.key)));
    (found, undated)
}

/// Whether a tie began by a day and goes on, so that nothing can have changed after it.
fn began_before(span: Span, first: Option<Day>) -> bool {
    span.began.latest.is_some_and(|began| first.is_some_and(|first| began <= first)) && span.ended.is_none()
}
