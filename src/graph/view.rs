//! The network through a lens.

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::model::{Day, EntityKind, Fact, Held, Span, TieKind};

use super::lens::{Lens, Roster};
use super::network::{Edge, Network, QueryError};

/// The facts that a lens lets through. Borrowing and cheap.
pub struct View<'n> {
    /// The network.
    pub network: &'n Network<'n>,
    /// The lens.
    pub lens: Lens,
    counts: Vec<bool>,
}

/// Whether an entity or organisation may have existed on one of some days; actors that no table has may always.
fn existed(network: &Network<'_>, slug: &str, (first, last): (Day, Day)) -> bool {
    let gazetteer = network.gazetteer;
    let span = match (gazetteer.entity(slug), gazetteer.organisation(slug)) {
        (Some(entity), _) => entity.span,
        (None, Some(organisation)) => organisation.span,
        (None, None) => return true,
    };
    span.held_in(first, last) != Held::No
}

impl<'n> View<'n> {
    pub(super) fn new(network: &'n Network<'n>, lens: Lens) -> View<'n> {
        let graph = network.graph();
        let counts = graph
            .node_indices()
            .map(|node| {
                let node = &graph[node];
                // Organisations and actors are no states: a roster of states does not remove them.
                if lens.days().is_some_and(|days| !existed(network, &node.slug, days)) {
                    return false;
                }
                lens.roster == Roster::All
                    || network.gazetteer.entity(&node.slug).is_none()
                    || network.gazetteer.organisation(&node.slug).is_some()
                    || lens.roster.holds_in(&node.slug, lens.days(), network.gazetteer)
            })
            .collect();
        View { network, lens, counts }
    }

    /// Whether a node counts under the roster.
    pub fn counts(&self, node: NodeIndex) -> bool {
        self.counts.get(node.index()).copied().unwrap_or(false)
    }

    /// Whether a fact holds under the lens: on its date, or open where it has none.
    pub fn holds(&self, fact: &Fact) -> bool {
        self.held(fact.span())
    }

    /// Whether a fact is of a kind that the lens shows, and holds under it. Totals and capitals are of no kind.
    pub fn admits(&self, fact: &Fact) -> bool {
        let kind = fact.key.kind().edge();
        let wanted = self.lens.ties.is_empty() || kind.is_some_and(|kind| self.lens.ties.contains(&kind));
        wanted && self.holds(fact)
    }

    fn held(&self, span: Span) -> bool {
        match self.lens.days() {
            None => self.lens.past || span.is_open(),
            Some((first, last)) => match span.held_in(first, last) {
                Held::No => false,
                Held::Perhaps => !self.lens.certain,
                Held::Yes => true,
            },
        }
    }

    fn shows(&self, edge: &Edge) -> bool {
        (self.lens.ties.is_empty() || self.lens.ties.contains(&edge.tie))
            && self.held(self.network.facts.span(edge.fact()))
    }

    /// The states and territories that count, by slug. A roster says by itself who counts and when: Correlates of War has
    /// one Russia since 1816.
    pub fn states(&self) -> Vec<NodeIndex> {
        let (graph, gazetteer, lens) = (self.network.graph(), self.network.gazetteer, &self.lens);
        let is_state = |node: &NodeIndex| {
            let kind = graph[*node].kind(gazetteer);
            !matches!(kind, EntityKind::Organisation | EntityKind::Region | EntityKind::Nonstate | EntityKind::Actor)
                && match lens.roster {
                    Roster::All => self.counts(*node),
                    _ => lens.roster.holds_in(&graph[*node].slug, lens.days(), gazetteer),
                }
        };
        graph.node_indices().filter(is_state).collect()
    }

    /// The node that a name means, if it counts.
    ///
    /// # Errors
    /// [`QueryError`] if the name does not resolve, the data set is silent on it, or the roster leaves it out.
    pub fn find(&self, name: &str) -> Result<NodeIndex, QueryError> {
        let slug = self.network.find(name, &self.lens)?;
        let node = self.network.node(&slug).filter(|node| self.counts(*node));
        if let Some((day, _)) = self.lens.days().filter(|days| !existed(self.network, &slug, *days)) {
            return Err(QueryError::NotThen { name: self.network.gazetteer.display(&slug).to_owned(), day });
        }
        node.ok_or_else(|| QueryError::NotInRoster {
            name: self.network.gazetteer.display(&slug).to_owned(),
            roster: self.lens.roster.name().to_owned(),
        })
    }

    /// Facts from `node` (`Outgoing`) or to it (`Incoming`) of one kind, denials included, by fact.
    pub fn facts(&self, node: NodeIndex, direction: Direction, tie: TieKind) -> Vec<&'n Fact> {
        self.facts_where(node, direction, tie, |other| self.counts(other))
    }

    /// The same, with those whose other end does not count: a dated membership of an organisation that by our tables
    /// was not yet there.
    pub fn facts_of_all(&self, node: NodeIndex, direction: Direction, tie: TieKind) -> Vec<&'n Fact> {
        self.facts_where(node, direction, tie, |_| true)
    }

    fn facts_where(
        &self,
        node: NodeIndex,
        direction: Direction,
        tie: TieKind,
        counts: impl Fn(NodeIndex) -> bool,
    ) -> Vec<&'n Fact> {
        let graph = self.network.graph();
        let mut found: Vec<usize> = graph
            .edges_directed(node, direction)
            .filter(|edge| {
                let other = if direction == Direction::Outgoing { edge.target() } else { edge.source() };
                edge.weight().tie == tie && self.shows(edge.weight()) && counts(other)
            })
            .map(|edge| edge.weight().fact())
            .collect();
        found.sort_unstable();
        found.into_iter().map(|at| &self.network.facts[at]).collect()
    }

    /// Every edge at a node, denials included: the node at its other end if that counts, the edge, and whether the
    /// lens shows it.
    pub fn edges_of(&self, node: NodeIndex, direction: Direction) -> impl Iterator<Item = (NodeIndex, Edge, bool)> {
        self.network.graph().edges_directed(node, direction).filter_map(move |edge| {
            let other = if direction == Direction::Outgoing { edge.target() } else { edge.source() };
            self.counts(other).then_some((other, *edge.weight(), self.shows(edge.weight())))
        })
    }

    /// Facts of one kind from one node to another, denials included, by fact.
    pub fn between(&self, from: NodeIndex, to: NodeIndex, tie: TieKind) -> Vec<&'n Fact> {
        let mut found: Vec<usize> = self
            .network
            .graph()
            .edges_connecting(from, to)
            .filter(|edge| edge.weight().tie == tie && self.shows(edge.weight()))
            .map(|edge| edge.weight().fact())
            .collect();
        found.sort_unstable();
        found.into_iter().map(|at| &self.network.facts[at]).collect()
    }

    /// Relations between two nodes: one fact, whichever way it is stored.
    pub fn relations(&self, one: NodeIndex, other: NodeIndex) -> Option<&'n Fact> {
        let forth = self.between(one, other, TieKind::Relations);
        forth.into_iter().chain(self.between(other, one, TieKind::Relations)).next()
    }

    /// Every edge that the lens shows between nodes that count, as (from, to, edge), affirmed ones only.
    pub fn edges(&self) -> impl Iterator<Item = (NodeIndex, NodeIndex, Edge)> + '_ {
        self.network.graph().edge_references().filter_map(|edge| {
            let (from, to, weight) = (edge.source(), edge.target(), *edge.weight());
            (!weight.denied && self.shows(&weight) && self.counts(from) && self.counts(to))
                .then_some((from, to, weight))
        })
    }

    /// English name of a node.
    pub fn name(&self, node: NodeIndex) -> &'n str {
        self.network.gazetteer.display(self.slug(node))
    }

    /// Slug of a node.
    pub fn slug(&self, node: NodeIndex) -> &'n str {
        &self.network.graph()[node].slug
    }
}
