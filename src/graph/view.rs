//! The network through a lens.

use std::sync::Mutex;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::model::{EntityKind, Fact, Held, Span, TieKind};

use super::lens::{Lens, Roster};
use super::network::{Edge, Network, QueryError};

/// The facts that a lens lets through. Borrowing and cheap.
pub struct View<'n> {
    /// The network.
    pub network: &'n Network<'n>,
    /// The lens.
    pub lens: Lens,
    counts: Vec<bool>,
    /// States that were asked for on a day on which another stood in their place: asked, answered.
    stood_in: Mutex<Vec<(String, String)>>,
}

impl<'n> View<'n> {
    pub(super) fn new(network: &'n Network<'n>, lens: Lens) -> View<'n> {
        let (graph, gazetteer, days) = (network.graph(), network.gazetteer, lens.days());
        // A state that stood in another's place counts for it, if the data set speaks of it.
        let listed: Option<Vec<NodeIndex>> = lens.roster.members(days, gazetteer).map(|members| {
            let node = |(slug, then): (&str, &str)| network.node(then).or_else(|| network.node(slug));
            let mut nodes: Vec<NodeIndex> = members.into_iter().filter_map(node).collect();
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        });
        let mut counts = vec![false; graph.node_count()];
        for node in graph.node_indices() {
            let slug = graph[node].slug.as_str();
            // Organisations and actors are no states: a roster of states does not remove them.
            let state = gazetteer.entity(slug).is_some() && gazetteer.organisation(slug).is_none();
            counts[node.index()] = match &listed {
                Some(listed) if state => listed.binary_search(&node).is_ok(),
                _ => days.is_none() || gazetteer.exists_in(slug, days),
            };
        }
        View { network, lens, counts, stood_in: Mutex::default() }
    }

    /// Whether a node counts under the roster.
    pub fn counts(&self, node: NodeIndex) -> bool {
        self.counts.get(node.index()).copied().unwrap_or(false)
    }

    /// Whether a fact holds under the lens: on its date, or open where it has none.
    pub fn holds(&self, fact: &Fact) -> bool {
        self.held(fact.life)
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
            && self.held(self.network.facts.life(edge.fact()))
    }

    /// The states and territories that count, by slug. A roster says by itself who counts and when; who stood in the
    /// place of a member on the date counts for it.
    pub fn states(&self) -> Vec<NodeIndex> {
        let (graph, gazetteer) = (self.network.graph(), self.network.gazetteer);
        let is_state = |node: &NodeIndex| {
            let kind = graph[*node].kind(gazetteer);
            let slug = &graph[*node].slug;
            let listed = gazetteer.entity(slug).is_some() && gazetteer.organisation(slug).is_none();
            let state = !matches!(
                kind,
                EntityKind::Organisation | EntityKind::Region | EntityKind::Nonstate | EntityKind::Actor
            );
            self.counts(*node) && if self.lens.roster == Roster::All { state } else { listed }
        };
        graph.node_indices().filter(is_state).collect()
    }

    /// The node that a name means, if it counts. Of a state that did not exist on the date, the one that stood in its
    /// place, which [`View::caption`] then tells.
    ///
    /// # Errors
    /// [`QueryError`] if the name does not resolve, the data set is silent on it, or the roster leaves it out.
    pub fn find(&self, name: &str) -> Result<NodeIndex, QueryError> {
        let gazetteer = self.network.gazetteer;
        let slug = match self.network.find(name, &self.lens) {
            // The data set may speak of who stood in its place alone.
            Err(QueryError::Absent { name: absent, part_of }) => match gazetteer.resolve(name, self.lens.as_of) {
                Ok(named) if self.stood(named.slug()).is_some() => named.slug().to_owned(),
                _ => return Err(QueryError::Absent { name: absent, part_of }),
            },
            found => found?,
        };
        if let Some(node) = self.network.node(&slug).filter(|node| self.counts(*node)) {
            return Ok(node);
        }
        if let Some((day, _)) = self.lens.days().filter(|days| !gazetteer.exists_in(&slug, Some(*days))) {
            if let Some((only, node)) = self.stood(&slug) {
                self.stand_in(&slug, &only);
                return Ok(node);
            }
            return Err(QueryError::NotThen { name: gazetteer.display(&slug).to_owned(), day });
        }
        Err(QueryError::NotInRoster {
            name: gazetteer.display(&slug).to_owned(),
            roster: self.lens.roster.name().to_owned(),
        })
    }

    /// The one state that stood in the place of another on the date of the lens, if it counts and is another.
    pub fn stood(&self, slug: &str) -> Option<(String, NodeIndex)> {
        let (_, last) = self.lens.days()?;
        match self.network.gazetteer.in_the_place_of(slug, Some(last)).as_slice() {
            [only] if *only != slug => {
                let node = self.network.node(only).filter(|node| self.counts(*node))?;
                Some(((*only).to_owned(), node))
            }
            _ => None,
        }
    }

    fn stand_in(&self, asked: &str, answered: &str) {
        let pair = (asked.to_owned(), answered.to_owned());
        let mut known = self.stood_in.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !known.contains(&pair) {
            known.push(pair);
        }
    }

    /// The lens in words, and who answers for whom: "as of 1985-12-31, roster cow; Soviet Union in the place of Russia".
    pub fn caption(&self) -> String {
        let mut caption = self.lens.caption();
        let known = self.stood_in.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (asked, answered) in known.iter() {
            let name = |slug: &str| self.network.gazetteer.display(slug).to_owned();
            caption.push_str(&format!("; {} in the place of {}", name(answered), name(asked)));
        }
        caption
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
