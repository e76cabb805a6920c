//! Groups of states that are tied among themselves more than to others.

use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef;

use crate::graph::{Projection, View};

/// A partition of the nodes of a projection.
#[derive(Clone, Debug)]
pub struct Clusters<'n> {
    /// Slugs of each cluster, by slug; clusters by size, then by first member.
    pub groups: Vec<Vec<&'n str>>,
    /// Newman and Girvan's modularity of the partition, from −0.5 to 1.
    pub modularity: f64,
    /// In how many of the seeds the best modularity was found.
    pub agreeing: usize,
    /// How many seeds were tried.
    pub seeds: usize,
}

/// How many seeds are tried. They are 0, 1, 2, … so that every run gives the same answer.
const SEEDS: u64 = 32;

/// Parts a projection into clusters by the Leiden algorithm (Traag, Waltman & van Eck 2019) on modularity:
/// the best of a fixed list of seeds, with disconnected clusters split afterwards. `None` where the
/// projection has no ties. O(seeds · ties).
pub fn clusters<'n>(view: &View<'n>, projection: &Projection) -> Option<Clusters<'n>> {
    let plain = projection.of(view);
    let graph = &plain.graph;
    if graph.edge_count() == 0 {
        return None;
    }
    let edges: Vec<(usize, usize, f64)> =
        graph.edge_references().map(|edge| (edge.source().index(), edge.target().index(), *edge.weight())).collect();
    let mut best: Option<(f64, Vec<usize>)> = None;
    let mut scores = Vec::new();
    for seed in 0..SEEDS {
        let Some(labels) = leiden(graph.node_count(), &edges, seed) else { continue };
        let labels = split(graph, &labels);
        let score = modularity(graph, &labels);
        scores.push(score);
        let better = best.as_ref().is_none_or(|(known, partition)| {
            score > known + 1e-12 || (score - known).abs() <= 1e-12 && labels < *partition
        });
        if better {
            best = Some((score, labels));
        }
    }
    let (score, labels) = best?;
    let agreeing = scores.iter().filter(|other| (**other - score).abs() <= 1e-9).count();
    let count = labels.iter().max().map_or(0, |most| most + 1);
    let mut groups: Vec<Vec<&'n str>> = vec![Vec::new(); count];
    for node in graph.node_indices() {
        groups[labels[node.index()]].push(view.slug(graph[node]));
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Some(Clusters { groups, modularity: score, agreeing, seeds: scores.len() })
}

fn leiden(nodes: usize, edges: &[(usize, usize, f64)], seed: u64) -> Option<Vec<usize>> {
    let mut builder = leiden_rs::GraphDataBuilder::new(nodes);
    for (from, to, weight) in edges {
        builder.add_edge(*from, *to, *weight).ok()?;
    }
    let graph = builder.build().ok()?;
    let config = leiden_rs::LeidenConfig { seed: Some(seed), ..leiden_rs::LeidenConfig::default() };
    let found = leiden_rs::Leiden::new(config).run(&graph).ok()?;
    Some((0..nodes).map(|node| found.partition.community_of(node)).collect())
}

/// Relabels a partition by first member and splits clusters that are not connected.
fn split<N>(graph: &UnGraph<N, f64>, labels: &[usize]) -> Vec<usize> {
    let mut out = vec![usize::MAX; labels.len()];
    let mut next = 0;
    for start in graph.node_indices() {
        if out[start.index()] != usize::MAX {
            continue;
        }
        let mut stack = vec![start];
        out[start.index()] = next;
        while let Some(node) = stack.pop() {
            for other in graph.neighbors(node) {
                if out[other.index()] == usize::MAX && labels[other.index()] == labels[start.index()] {
                    out[other.index()] = next;
                    stack.push(other);
                }
            }
        }
        next += 1;
    }
    out
}

/// Newman and Girvan's modularity of a weighted undirected graph: Σ over clusters of w_in/m − (w_tot/2m)².
/// `labels` has one cluster number a node. 0 for a graph without weight.
pub fn modularity<N>(graph: &UnGraph<N, f64>, labels: &[usize]) -> f64 {
    let total: f64 = graph.edge_references().map(|edge| *edge.weight()).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let count = labels.iter().max().map_or(0, |most| most + 1);
    let (mut within, mut degree) = (vec![0.0; count], vec![0.0; count]);
    for edge in graph.edge_references() {
        let (a, b) = (labels[edge.source().index()], labels[edge.target().index()]);
        degree[a] += edge.weight();
        degree[b] += edge.weight();
        if a == b {
            within[a] += edge.weight();
        }
    }
    within.iter().zip(&degree).map(|(inside, all)| inside / total - (all / (2.0 * total)).powi(2)).sum()
}
