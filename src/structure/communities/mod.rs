//! Communities: parts of a graph that are tied within more than to others.
//!
//! One partition is rarely the only good one. [`Ensemble`] runs an algorithm from many seeds, tells how far the runs agree
//! and gives their consensus; [`scan`] goes through resolutions; [`Agreement`] compares partitions.

mod compare;
mod cores;
mod ensemble;
mod hierarchy;
mod leiden;
mod propagation;
mod quality;

use super::plain::Plain;

pub use compare::{Agreement, Flow, flows};
pub use cores::{Cliques, cliques, core_numbers};
pub use ensemble::{Ensemble, Plateau, ScanStep, plateaus, scan};
pub use hierarchy::{Dendrogram, Merge};
pub use leiden::Search;
pub use quality::Quality;

/// A label a node, from 0 without gaps: communities by size, the largest first, then by first member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partition {
    /// The community of every node.
    pub labels: Vec<usize>,
    /// How many nodes each has.
    pub sizes: Vec<usize>,
}

impl Partition {
    /// From any labels.
    pub fn new(labels: &[usize]) -> Partition {
        let count = labels.iter().max().map_or(0, |most| most + 1);
        let (mut sizes, mut firsts) = (vec![0usize; count], vec![usize::MAX; count]);
        for (node, label) in labels.iter().enumerate() {
            sizes[*label] += 1;
            firsts[*label] = firsts[*label].min(node);
        }
        let mut order: Vec<usize> = (0..count).filter(|label| sizes[*label] > 0).collect();
        order.sort_by_key(|label| (std::cmp::Reverse(sizes[*label]), firsts[*label]));
        let mut names = vec![0; count];
        for (name, label) in order.iter().enumerate() {
            names[*label] = name;
        }
        Partition {
            labels: labels.iter().map(|label| names[*label]).collect(),
            sizes: order.iter().map(|label| sizes[*label]).collect(),
        }
    }

    /// How many communities.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Nodes of each community, in order.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.count()];
        for (node, label) in self.labels.iter().enumerate() {
            members[*label].push(node);
        }
        members
    }
}

/// How communities are sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// Leiden (Traag, Waltman & van Eck 2019).
    Leiden(Quality),
    /// Louvain (Blondel et al. 2008); communities that come out in pieces are split.
    Louvain(Quality),
    /// Label propagation (Raghavan, Albert & Kumara 2007).
    Labels,
    /// Average linkage of ties (Sokal & Michener 1958), cut where the quality is greatest.
    Hierarchy(Quality),
}

impl Method {
    /// What the method makes great; of label propagation, modularity is told.
    pub fn quality(self) -> Quality {
        match self {
            Method::Leiden(quality) | Method::Louvain(quality) | Method::Hierarchy(quality) => quality,
            Method::Labels => Quality::Modularity { resolution: 1.0 },
        }
    }

    /// The same with another resolution.
    #[must_use]
    pub fn at(self, resolution: f64) -> Method {
        match self {
            Method::Leiden(quality) => Method::Leiden(quality.at(resolution)),
            Method::Louvain(quality) => Method::Louvain(quality.at(resolution)),
            Method::Hierarchy(quality) => Method::Hierarchy(quality.at(resolution)),
            Method::Labels => Method::Labels,
        }
    }

    /// Whether a seed matters.
    pub fn is_drawn(self) -> bool {
        !matches!(self, Method::Hierarchy(_))
    }

    /// One partition of an undirected graph. Every community is connected.
    pub fn run(self, graph: &Plain, seed: u64) -> Partition {
        self.run_for(graph, seed, usize::MAX)
    }

    /// The same in at most so many rounds: of Leiden and Louvain, each begins from what the last one found.
    pub fn run_for(self, graph: &Plain, seed: u64, rounds: usize) -> Partition {
        match self {
            Method::Leiden(quality) => {
                leiden::sought(graph, quality.masses(graph), Search { refine: true, rounds, seed })
            }
            Method::Louvain(quality) => {
                leiden::sought(graph, quality.masses(graph), Search { refine: false, rounds, seed })
            }
            Method::Labels => Partition::new(&connected(graph, &propagation::labels(graph, seed))),
            Method::Hierarchy(quality) => {
                let cut = Dendrogram::of(graph).best_cut(graph, quality);
                Partition::new(&connected(graph, &cut.labels))
            }
        }
    }
}

/// Communities of a graph of friendly and hostile ties by the Potts model of Traag & Bruggeman (2009): ties within a
/// community are friendly beyond chance, hostile ones between. `resolutions` are γ⁺ and γ⁻.
pub(super) fn signed(graph: &Plain, masses: Vec<(f64, f64)>, seed: u64) -> Partition {
    leiden::sought(graph, masses, Search { refine: true, rounds: usize::MAX, seed })
}

/// Labels by which nodes of one label that no way within it joins are told apart, by first member.
pub(super) fn connected(graph: &Plain, labels: &[usize]) -> Vec<usize> {
    let mut parts = vec![usize::MAX; labels.len()];
    let mut next = 0;
    let mut stack = Vec::new();
    for start in 0..labels.len() {
        if parts[start] != usize::MAX {
            continue;
        }
        parts[start] = next;
        stack.push(start);
        while let Some(node) = stack.pop() {
            for to in graph.row(node) {
                let to = *to as usize;
                if parts[to] == usize::MAX && labels[to] == labels[start] {
                    parts[to] = next;
                    stack.push(to);
                }
            }
        }
        next += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::{drawn, karate};

    #[test]
    fn partitions_are_numbered_by_size() {
        let partition = Partition::new(&[7, 2, 2, 7, 2, 5]);
        assert_eq!(partition.labels, [1, 0, 0, 1, 0, 2]);
        assert_eq!(partition.members(), [vec![1, 2, 4], vec![0, 3], vec![5]]);
        assert_eq!(Partition::new(&[]).count(), 0);
    }

    #[test]
    fn the_karate_club_has_four_communities() {
        let (graph, quality) = (karate(), Quality::Modularity { resolution: 1.0 });
        let best = (0..20)
            .map(|seed| Method::Leiden(quality).run(&graph, seed))
            .max_by(|a, b| quality.of(&graph, &a.labels).total_cmp(&quality.of(&graph, &b.labels)))
            .unwrap();
        assert!((quality.of(&graph, &best.labels) - 0.419_789_6).abs() < 5e-8);
        assert_eq!(best.count(), 4);
    }

    #[test]
    fn every_community_is_connected_and_no_node_would_rather_move() {
        for seed in 0..30 {
            let graph = drawn(60, 150, false, seed);
            for quality in [Quality::Modularity { resolution: 1.0 }, Quality::Cpm { resolution: 0.1 }] {
                for method in
                    [Method::Leiden(quality), Method::Louvain(quality), Method::Labels, Method::Hierarchy(quality)]
                {
                    let found = method.run(&graph, seed);
                    assert_eq!(found, method.run(&graph, seed));
                    assert_eq!(Partition::new(&connected(&graph, &found.labels)), found, "{method:?}");
                    if !matches!(method, Method::Leiden(_)) {
                        continue;
                    }
                    let reached = quality.of(&graph, &found.labels);
                    for node in 0..60 {
                        for label in 0..=found.count() {
                            let mut other = found.labels.clone();
                            other[node] = label;
                            assert!(quality.of(&graph, &other) <= reached + 1e-9, "{method:?} {seed} {node}");
                        }
                    }
                }
            }
        }
    }
}
