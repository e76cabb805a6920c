//! Where a state stands among all: measures of a node and ranks by them.

use crate::structure::communities::core_numbers;
use crate::structure::{Plain, betweenness, closure, eigenvector, nearness, normalised_betweenness, page_rank};

/// A measure of every node of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankMeasure {
    /// Weight of the ties that reach a state: of missions, what others send (Singer & Small 1966).
    Received,
    /// Weight of the ties that leave it.
    Sent,
    /// Partners, whatever the direction.
    Degree,
    /// Weight of all its ties.
    Strength,
    /// PageRank, damping 0.85 (Brin & Page 1998).
    PageRank,
    /// Eigenvector centrality (Bonacich 1972).
    Eigenvector,
    /// Share of the shortest ways between others that lead over it (Freeman 1977).
    Betweenness,
    /// How near all are to it, by hops (Wasserman & Faust 1994).
    Closeness,
    /// The same as a mean of 1 / hops.
    Harmonic,
    /// Share of its ties that are returned.
    Reciprocity,
    /// Share of the pairs of its partners that are partners (Watts & Strogatz 1998).
    Transitivity,
    /// The greatest k of whose core it is part (Seidman 1983).
    Core,
}

impl RankMeasure {
    /// Every measure.
    pub const ALL: [RankMeasure; 12] = [
        RankMeasure::Received,
        RankMeasure::Sent,
        RankMeasure::Degree,
        RankMeasure::Strength,
        RankMeasure::PageRank,
        RankMeasure::Eigenvector,
        RankMeasure::Betweenness,
        RankMeasure::Closeness,
        RankMeasure::Harmonic,
        RankMeasure::Reciprocity,
        RankMeasure::Transitivity,
        RankMeasure::Core,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            RankMeasure::Received => "missions-received",
            RankMeasure::Sent => "missions-sent",
            RankMeasure::Degree => "degree",
            RankMeasure::Strength => "strength",
            RankMeasure::PageRank => "pagerank",
            RankMeasure::Eigenvector => "eigenvector",
            RankMeasure::Betweenness => "betweenness",
            RankMeasure::Closeness => "closeness",
            RankMeasure::Harmonic => "harmonic",
            RankMeasure::Reciprocity => "reciprocity",
            RankMeasure::Transitivity => "transitivity",
            RankMeasure::Core => "core",
        }
    }

    /// Whether it counts ties or their weights.
    pub fn is_count(self) -> bool {
        use RankMeasure as M;
        matches!(self, M::Received | M::Sent | M::Degree | M::Strength | M::Core)
    }

    /// What it counts, in words.
    pub fn explained(self) -> &'static str {
        match self {
            RankMeasure::Received => "weight of the ties that reach it",
            RankMeasure::Sent => "weight of the ties that leave it",
            RankMeasure::Degree => "partners, whatever the direction",
            RankMeasure::Strength => "weight of all its ties",
            RankMeasure::PageRank => "PageRank along the arcs, damping 0.85; sums to 1",
            RankMeasure::Eigenvector => "eigenvector centrality along the arcs; of length 1",
            RankMeasure::Betweenness => "share of shortest ways between others that lead over it; hops along the arcs",
            RankMeasure::Closeness => "closeness of all to it; hops along the arcs, Wasserman and Faust's correction",
            RankMeasure::Harmonic => "mean of 1 / hops from all others to it",
            RankMeasure::Reciprocity => "share of its ties that are returned",
            RankMeasure::Transitivity => "share of the pairs of its partners that are partners of each other",
            RankMeasure::Core => "greatest k of whose core it is part, without directions",
        }
    }

    /// The measure of every node; `None` where it cannot be told, as reciprocity without ties. The second value tells
    /// whether an iteration came to rest.
    #[allow(clippy::cast_precision_loss)]
    pub fn of(self, graph: &Plain) -> (Vec<Option<f64>>, bool) {
        let nodes = 0..graph.nodes();
        let some = |values: Vec<f64>| values.into_iter().map(Some).collect::<Vec<_>>();
        let iterated = |found: crate::structure::Iterated| (some(found.values), found.converged);
        let values = match self {
            RankMeasure::Received => {
                let incoming = graph.reversed();
                nodes.map(|node| Some(incoming.strength(node))).collect()
            }
            RankMeasure::Sent => nodes.map(|node| Some(graph.strength(node))).collect(),
            RankMeasure::Degree => {
                let plain = graph.undirected();
                nodes.map(|node| Some(plain.row(node).len() as f64)).collect()
            }
            RankMeasure::Strength => {
                let plain = graph.undirected();
                nodes.map(|node| Some(plain.strength(node))).collect()
            }
            RankMeasure::PageRank => return iterated(page_rank(graph, 0.85)),
            RankMeasure::Eigenvector => return iterated(eigenvector(graph)),
            RankMeasure::Betweenness if graph.nodes() > 2 => some(normalised_betweenness(graph)),
            RankMeasure::Betweenness => some(betweenness(graph)),
            RankMeasure::Closeness => {
                nearness(&graph.reversed()).into_iter().map(|near| Some(near.closeness)).collect()
            }
            RankMeasure::Harmonic => nearness(&graph.reversed()).into_iter().map(|near| Some(near.harmonic)).collect(),
            RankMeasure::Reciprocity => closure(graph).iter().map(crate::structure::Closure::reciprocity).collect(),
            RankMeasure::Transitivity => closure(graph).iter().map(crate::structure::Closure::transitivity).collect(),
            RankMeasure::Core => core_numbers(graph).into_iter().map(|core| Some(core as f64)).collect(),
        };
        (values, true)
    }
}

/// A node among all that have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The node.
    pub node: usize,
    /// Its value.
    pub value: f64,
    /// How many have more, and one: those with the same value share a rank.
    pub rank: usize,
    /// How many others have the same value.
    pub tied: usize,
    /// Share of the others that have less, those with the same counted half, in percent.
    pub percentile: f64,
}

/// Values that differ by less are the same: iterations end, and sums round, at about this.
const SAME: f64 = 1e-9;

/// Nodes from the greatest value on, those with the same value in their order. Nodes without a value are left out.
#[allow(clippy::cast_precision_loss)]
pub fn ranked(values: &[Option<f64>]) -> Vec<Ranked> {
    let mut order: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(node, value)| Some((node, (*value)?))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut found = Vec::with_capacity(order.len());
    let mut first = 0;
    while first < order.len() {
        let value = order[first].1;
        let same = order[first..].iter().take_while(|(_, other)| (value - other).abs() <= SAME * value.abs().max(1e-3));
        let last = first + same.count().max(1);
        let (tied, less) = (last - first - 1, order.len() - last);
        let others = (order.len() - 1).max(1) as f64;
        let percentile = 100.0 * (less as f64 + tied as f64 / 2.0) / others;
        let mut group: Vec<(usize, f64)> = order[first..last].to_vec();
        group.sort_by_key(|(node, _)| *node);
        found.extend(group.into_iter().map(|(node, value)| Ranked { node, value, rank: first + 1, tied, percentile }));
        first = last;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_is_the_same_rank() {
        let found = ranked(&[Some(1.0), Some(3.0), None, Some(1.0), Some(0.0)]);
        let told: Vec<_> = found.iter().map(|row| (row.node, row.rank, row.tied)).collect();
        assert_eq!(told, [(1, 1, 0), (0, 2, 1), (3, 2, 1), (4, 4, 0)]);
        assert_eq!((found[0].percentile, found[1].percentile, found[3].percentile), (100.0, 50.0, 0.0));
        assert!(ranked(&[None]).is_empty());
    }
}
