//! The diplomatic list of a state: everything that the view holds on representation in it, by sending state.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Coverage;
use crate::model::{Fact, Span, TieKind};

/// A fact that speaks of a sender and the receiving state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'n> {
    other: NodeIndex,
    pub(super) tie: TieKind,
    /// Of the sender in the receiving state; of mutual ties whichever way they are stored.
    pub(super) inward: bool,
    at: usize,
    pub(super) denied: bool,
    /// Whether it holds under the lens.
    pub(super) shown: bool,
    /// A mission that a scenario opens, in the place of a fact of the network.
    opened: Option<&'n Fact>,
}

/// Everything that the view holds on representation in one state.
pub struct DiplomaticList<'c, 'n> {
    pub(super) coverage: &'c Coverage<'c, 'n>,
    receiving: NodeIndex,
    /// By sender, then tie, then fact.
    entries: Vec<Entry<'n>>,
}

impl<'c, 'n> DiplomaticList<'c, 'n> {
    /// Gathers the facts at a state. O(ties of the state).
    pub(super) fn new(coverage: &'c Coverage<'c, 'n>, receiving: NodeIndex) -> DiplomaticList<'c, 'n> {
        let mut entries = Vec::new();
        for direction in [Direction::Incoming, Direction::Outgoing] {
            for (other, edge, shown) in coverage.view.edges_of(receiving, direction) {
                let (mutual, kept) = match edge.tie {
                    // Relations that are over say that there are none.
                    TieKind::Relations => (true, true),
                    TieKind::Recognition => (true, shown),
                    // A mission that is over was recalled; an accreditation that is over is an answer too.
                    TieKind::Mission | TieKind::Accreditation => (false, true),
                    TieKind::Post | TieKind::Protection => (false, shown),
                    _ => continue,
                };
                let inward = mutual || direction == Direction::Incoming;
                // Of what the receiving state itself sends only its missions matter: they speak for relations.
                if kept && other != receiving && (inward || edge.tie == TieKind::Mission) {
                    let (tie, at, denied) = (edge.tie, edge.fact(), edge.denied);
                    entries.push(Entry { other, tie, inward, at, denied, shown, opened: None });
                }
            }
        }
        for (other, opened) in coverage.opened_in(receiving) {
            let tie = opened.key.kind().edge().unwrap_or(TieKind::Mission);
            let opened = Some(opened);
            entries.push(Entry { other, tie, inward: true, at: usize::MAX, denied: false, shown: true, opened });
        }
        entries.sort_by_key(|entry| (entry.other, entry.tie, entry.at));
        DiplomaticList { coverage, receiving, entries }
    }

    /// The receiving state.
    pub fn receiving(&self) -> NodeIndex {
        self.receiving
    }

    /// Senders of which the list says anything, in order.
    pub fn senders(&self) -> Vec<NodeIndex> {
        let told = self.entries.iter().filter(|entry| entry.inward && (entry.shown || entry.tie == TieKind::Relations));
        let mut senders: Vec<NodeIndex> = told.map(|entry| entry.other).collect();
        senders.dedup();
        senders
    }

    /// The entries of one sender, by tie and fact.
    pub(super) fn entries_of(&self, sender: NodeIndex) -> &[Entry<'n>] {
        let from = self.entries.partition_point(|entry| entry.other < sender);
        let to = self.entries.partition_point(|entry| entry.other <= sender);
        &self.entries[from..to]
    }

    pub(super) fn fact(&self, entry: &Entry<'n>) -> &'n Fact {
        entry.opened.unwrap_or_else(|| &self.coverage.view.network.facts[entry.at])
    }

    /// When an entry held, as far as all that is known of it allows; decodes nothing.
    pub(super) fn life(&self, entry: &Entry<'n>) -> Span {
        entry.opened.map_or_else(|| self.coverage.view.network.facts.life(entry.at), |fact| fact.life)
    }

    /// Whether a scenario opens it.
    pub(super) fn is_opened(entry: &Entry<'n>) -> bool {
        entry.opened.is_some()
    }
}
