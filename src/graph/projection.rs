//! A plain weighted graph made from a view, for algorithms that know no types.

use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};

use super::network::TieType;
use super::view::View;

/// How a view becomes a plain graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// Ties that join a pair; each adds one to its weight.
    pub ties: Vec<TieType>,
    /// Whether organisations are nodes; if not, ties to them are left out.
    pub organisations: bool,
}

/// The plain graph: undirected, one edge a pair, weight = number of ties.
pub struct Projected {
    /// Nodes carry the index of the view's node.
    pub graph: UnGraph<NodeIndex, f64>,
    /// Facts that join each pair, by projected node indices (smaller first).
    pub facts: BTreeMap<(usize, usize), Vec<usize>>,
    /// From the view's nodes to the projected ones.
    pub index: BTreeMap<NodeIndex, petgraph::graph::NodeIndex>,
}

impl Projection {
    /// Name to print with a result: `relations+missions`.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.ties.iter().map(|tie| tie.name()).collect();
        names.join("+")
    }

    /// Projects a view. Nodes are in the order of their slugs, edges in the order of their nodes. O(edges).
    pub fn of(&self, view: &View<'_>) -> Projected {
        let mut pairs: BTreeMap<(NodeIndex, NodeIndex), Vec<usize>> = BTreeMap::new();
        let network = view.network;
        for (from, to, edge) in view.edges() {
            if !self.ties.contains(&edge.tie) || from == to {
                continue;
            }
            let organisation = |node: NodeIndex| {
                let slug = &network.graph()[node].slug;
                network.gazetteer.entity(slug).is_none()
            };
            if !self.organisations && (organisation(from) || organisation(to)) {
                continue;
            }
            pairs.entry((from.min(to), from.max(to))).or_default().push(edge.fact());
        }
        let mut nodes: Vec<NodeIndex> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut graph = UnGraph::with_capacity(nodes.len(), pairs.len());
        let index: BTreeMap<NodeIndex, NodeIndex> = nodes.iter().map(|node| (*node, graph.add_node(*node))).collect();
        let mut facts = BTreeMap::new();
        for ((from, to), list) in pairs {
            let (from, to) = (index[&from], index[&to]);
            #[allow(clippy::cast_precision_loss)]
            graph.add_edge(from, to, list.len() as f64);
            facts.insert((from.index().min(to.index()), from.index().max(to.index())), list);
        }
        Projected { graph, facts, index }
    }
}
