//! What breaks, and how much longer ways become, if edges or nodes are lost.

use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::bridges;
use petgraph::visit::EdgeRef;
use rayon::prelude::*;

use super::distances::Hops;
use super::plain::Plain;

/// What a loss costs. Pairs are counted once without directions, both ways with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Pairs that no way joins any more.
    pub cut: usize,
    /// Pairs whose way becomes longer.
    pub longer: usize,
    /// Hops that these have more, together.
    pub added: u64,
}

/// Something that can be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Some edges, by their ends.
    Edges(Vec<(u32, u32)>),
    /// A node with all its edges; pairs of which it is one do not count.
    Node(u32),
}

/// The work beyond which losses are not measured: losses times pairs of nodes.
const WORK: usize = 4_000_000_000;

/// Measures each loss alone: all ways anew without it. `None` where that would be too much work (4·10⁹ pairs looked
/// at). O(losses · n · edges / 64).
pub fn losses(graph: &Plain, lost: &[Lost], tell: &(dyn Fn() + Sync)) -> Option<Vec<Loss>> {
    let nodes = graph.nodes();
    if lost.len().saturating_mul(nodes * nodes) > WORK {
        return None;
    }
    let base = Hops::of(graph);
    let measure = |lost: &Lost| {
        let (gone, without) = match lost {
            Lost::Edges(edges) => {
                let same = |from: u32, to: u32| {
                    edges.contains(&(from, to)) || !graph.is_directed() && edges.contains(&(to, from))
                };
                (None, graph.filtered(|edge| !same(edge.0, edge.1)))
            }
            Lost::Node(node) => (Some(*node as usize), graph.filtered(|edge| edge.0 != *node && edge.1 != *node)),
        };
        let hops = Hops::of(&without);
        let mut loss = Loss::default();
        for from in (0..nodes).filter(|from| Some(*from) != gone) {
            let later = if graph.is_directed() { 0 } else { from + 1 };
            for to in (later..nodes).filter(|to| Some(*to) != gone) {
                let (before, after) = (base.get(from, to), hops.get(from, to));
                if before == after {
                    continue;
                }
                if after == Hops::NONE {
                    loss.cut += 1;
                } else {
                    loss.longer += 1;
                    loss.added += u64::from(after - before);
                }
            }
        }
        tell();
        loss
    };
    Some(lost.par_iter().map(measure).collect())
}

/// Edges without which a part falls off, and nodes of the same kind, without directions; both in order. By petgraph.
/// O(nodes + edges).
pub fn weak_points(graph: &Plain) -> (Vec<(u32, u32)>, Vec<u32>) {
    let plain = graph.petgraph();
    let end = |node: petgraph::graph::NodeIndex<u32>| u32::try_from(node.index()).unwrap_or(u32::MAX);
    let mut edges: Vec<(u32, u32)> = bridges(&plain)
        .map(|edge| (end(edge.source()).min(end(edge.target())), end(edge.source()).max(end(edge.target()))))
        .collect();
    edges.sort_unstable();
    let mut nodes: Vec<u32> = Vec::new();
    for node in plain.node_indices() {
        nodes.push(end(node));
    }
    let points = articulation_points(&plain);
    nodes.retain(|node| points.contains(&petgraph::graph::NodeIndex::new(*node as usize)));
    (edges, nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_with_a_tail() {
        // 0-1-2-3-0, and 3-4.
        let graph = Plain::new(5, false, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0), (3, 4, 1.0)]);
        assert_eq!(weak_points(&graph), (vec![(3, 4)], vec![3]));
        let lost = [Lost::Edges(vec![(4, 3)]), Lost::Edges(vec![(0, 1)]), Lost::Node(3), Lost::Node(1)];
        let found = losses(&graph, &lost, &|| {}).unwrap();
        assert_eq!(found[0], Loss { cut: 4, longer: 0, added: 0 });
        // 0-1 from 1 to 3 hops, and 1 to 3 and 4 by one way still of 2 and 3.
        assert_eq!(found[1], Loss { cut: 0, longer: 1, added: 2 });
        assert_eq!(found[2], Loss { cut: 3, longer: 0, added: 0 });
        assert_eq!(found[3], Loss { cut: 0, longer: 0, added: 0 });
        let arcs = Plain::new(3, true, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]);
        assert_eq!(
            losses(&arcs, &[Lost::Edges(vec![(0, 2)])], &|| {}).unwrap()[0],
            Loss { cut: 0, longer: 1, added: 1 }
        );
    }
}
