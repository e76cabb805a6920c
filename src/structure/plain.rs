//! A weighted graph in compressed rows.

use std::borrow::Cow;

use petgraph::graph::{NodeIndex, UnGraph};

/// A graph whose nodes are numbers from 0 and whose edges are weights: no loops, no parallel edges.
///
/// An undirected edge stands in the rows of both its ends; an arc of a directed graph in that of its start.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    directed: bool,
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

/// An edge: its ends and its weight.
pub type PlainEdge = (u32, u32, f64);

impl Plain {
    /// A graph of `nodes` nodes. Weights of parallel edges are summed; loops, and edges to nodes beyond, are left out.
    /// O(edges · log of the largest degree).
    pub fn new(nodes: usize, directed: bool, edges: &[PlainEdge]) -> Plain {
        let within = |(from, to, _): &&PlainEdge| from != to && (*from as usize) < nodes && (*to as usize) < nodes;
        let mut starts = vec![0; nodes + 1];
        for (from, to, _) in edges.iter().filter(within) {
            starts[*from as usize + 1] += 1;
            if !directed {
                starts[*to as usize + 1] += 1;
            }
        }
        for at in 0..nodes {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut arcs = vec![(0u32, 0.0f64); starts[nodes]];
        let mut put = |from: u32, to: u32, weight: f64| {
            arcs[next[from as usize]] = (to, weight);
            next[from as usize] += 1;
        };
        for (from, to, weight) in edges.iter().filter(within) {
            put(*from, *to, *weight);
            if !directed {
                put(*to, *from, *weight);
            }
        }
        let mut graph =
            Plain { directed, starts: Vec::with_capacity(nodes + 1), targets: Vec::new(), weights: Vec::new() };
        graph.starts.push(0);
        for node in 0..nodes {
            let row = &mut arcs[starts[node]..starts[node + 1]];
            // Stable, so that sums are of the same order in every run and from both ends.
            row.sort_by_key(|(to, _)| *to);
            for (to, weight) in row {
                if graph.targets.len() > graph.starts[node] && graph.targets.last() == Some(to) {
                    if let Some(last) = graph.weights.last_mut() {
                        *last += *weight;
                    }
                } else {
                    graph.targets.push(*to);
                    graph.weights.push(*weight);
                }
            }
            graph.starts.push(graph.targets.len());
        }
        graph
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether edges have a direction.
    pub fn is_directed(&self) -> bool {
        self.directed
    }

    /// How many edges; an undirected one counts once.
    pub fn edge_count(&self) -> usize {
        if self.directed { self.targets.len() } else { self.targets.len() / 2 }
    }

    /// How many targets all rows have together.
    pub fn arcs(&self) -> usize {
        self.targets.len()
    }

    /// Where the rows begin and the last one ends; their targets; their weights.
    pub(super) fn parts(&self) -> (&[usize], &[u32], &[f64]) {
        (&self.starts, &self.targets, &self.weights)
    }

    /// The nodes to which edges lead from a node, in order.
    #[inline]
    pub fn row(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    /// Weights of the edges of [`Plain::row`].
    #[inline]
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.starts[node]..self.starts[node + 1]]
    }

    /// Targets and weights of a node.
    #[inline]
    pub fn arcs_of(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.row(node).iter().map(|to| *to as usize).zip(self.weights(node).iter().copied())
    }

    /// Every edge once, by its ends; of an undirected one the smaller end first.
    pub fn edges(&self) -> impl Iterator<Item = PlainEdge> + '_ {
        (0u32..).zip(0..self.nodes()).flat_map(move |(from, node)| {
            let arcs = self.row(node).iter().zip(self.weights(node));
            let kept = arcs.filter(move |(to, _)| self.directed || from < **to);
            kept.map(move |(to, weight)| (from, *to, *weight))
        })
    }

    /// The weight of an edge, 0 where there is none. O(log degree).
    pub fn weight(&self, from: usize, to: usize) -> f64 {
        let place = u32::try_from(to).ok().and_then(|to| self.row(from).binary_search(&to).ok());
        place.map_or(0.0, |at| self.weights(from)[at])
    }

    /// Whether there is an edge.
    pub fn joins(&self, from: usize, to: usize) -> bool {
        u32::try_from(to).is_ok_and(|to| self.row(from).binary_search(&to).is_ok())
    }

    /// Sum of the weights of the edges that leave a node; of an undirected graph, of all its edges.
    pub fn strength(&self, node: usize) -> f64 {
        self.weights(node).iter().sum()
    }

    /// Sum of all weights; an undirected edge counts once.
    pub fn total(&self) -> f64 {
        let sum: f64 = self.weights.iter().sum();
        if self.directed { sum } else { sum / 2.0 }
    }

    /// The graph with every arc turned round; an undirected one is its own.
    pub fn reversed(&self) -> Cow<'_, Plain> {
        if !self.directed {
            return Cow::Borrowed(self);
        }
        let edges: Vec<PlainEdge> = self.edges().map(|(from, to, weight)| (to, from, weight)).collect();
        Cow::Owned(Plain::new(self.nodes(), true, &edges))
    }

    /// The graph without directions: the weights of both arcs of a pair are summed.
    pub fn undirected(&self) -> Cow<'_, Plain> {
        if !self.directed {
            return Cow::Borrowed(self);
        }
        let edges: Vec<PlainEdge> = self.edges().collect();
        Cow::Owned(Plain::new(self.nodes(), false, &edges))
    }

    /// The graph with edges that are kept.
    pub fn filtered(&self, kept: impl Fn(&PlainEdge) -> bool) -> Plain {
        let edges: Vec<PlainEdge> = self.edges().filter(|edge| kept(edge)).collect();
        Plain::new(self.nodes(), self.directed, &edges)
    }

    /// The graph of some nodes, which are numbered anew in the order given.
    pub fn among(&self, nodes: &[usize]) -> Plain {
        let mut place = vec![u32::MAX; self.nodes()];
        for (at, node) in (0u32..).zip(nodes) {
            place[*node] = at;
        }
        let kept = |(from, to, weight): PlainEdge| {
            let (from, to) = (place[from as usize], place[to as usize]);
            (from != u32::MAX && to != u32::MAX).then_some((from, to, weight))
        };
        let edges: Vec<PlainEdge> = self.edges().filter_map(kept).collect();
        Plain::new(nodes.len(), self.directed, &edges)
    }

    /// The graph without directions, for algorithms of petgraph; nodes in their order.
    pub fn petgraph(&self) -> UnGraph<(), f64, u32> {
        let plain = self.undirected();
        let mut graph = UnGraph::with_capacity(plain.nodes(), plain.edge_count());
        (0..plain.nodes()).for_each(|_| {
            graph.add_node(());
        });
        for (from, to, weight) in plain.edges() {
            graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), weight);
        }
        graph
    }

    /// The component of every node, numbered by first member, without regard to directions. O(nodes + edges).
    pub fn components(&self) -> Vec<usize> {
        let plain = self.undirected();
        let labels = vec![0; self.nodes()];
        super::communities::connected(&plain, &labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_edges_are_summed_and_loops_left_out() {
        let edges = [(0, 1, 1.0), (1, 0, 2.0), (2, 2, 5.0), (1, 2, 0.5), (7, 0, 1.0)];
        let plain = Plain::new(3, false, &edges);
        assert_eq!(plain.edges().collect::<Vec<_>>(), [(0, 1, 3.0), (1, 2, 0.5)]);
        assert_eq!((plain.edge_count(), plain.total(), plain.strength(1)), (2, 3.5, 3.5));
        let directed = Plain::new(3, true, &edges);
        assert_eq!(directed.edges().collect::<Vec<_>>(), [(0, 1, 1.0), (1, 0, 2.0), (1, 2, 0.5)]);
        assert_eq!(*directed.undirected(), plain);
        assert_eq!(directed.reversed().edges().collect::<Vec<_>>(), [(0, 1, 2.0), (1, 0, 1.0), (2, 1, 0.5)]);
        assert_eq!((directed.weight(1, 2), directed.joins(2, 1)), (0.5, false));
        assert_eq!(plain.among(&[2, 1]).edges().collect::<Vec<_>>(), [(0, 1, 0.5)]);
        assert_eq!(plain.filtered(|edge| edge.2 > 1.0).components(), [0, 0, 1]);
    }
}
