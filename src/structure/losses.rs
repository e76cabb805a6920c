//! What breaks, and how much longer ways become, if edges or nodes are lost.

use std::borrow::Cow;

use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::bridges;
use petgraph::visit::EdgeRef;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

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

/// The work beyond which losses are not measured: losses times nodes.
const WORK: usize = 1_000_000_000;

/// Nodes beyond which losses are not measured: hops of all pairs are held.
const NODES: usize = 5000;

/// Measures each loss alone. `None` where that would be too much work: more than 2,000 nodes, or 10⁹ losses times nodes.
///
/// Nothing changes as seen from a source while every node has another node before it on a shortest way (its number is
/// known beforehand), so that only the other sources are searched anew. O(n · edges + losses · (n + sources that change ·
/// edges)).
pub fn losses(graph: &Plain, lost: &[Lost], tell: &(dyn Fn() + Sync)) -> Option<Vec<Loss>> {
    let nodes = graph.nodes();
    if nodes > NODES || lost.len().saturating_mul(nodes) > WORK {
        return None;
    }
    let known = Known::of(graph);
    let measure = |lost: &Lost| {
        let loss = known.loss(lost);
        tell();
        loss
    };
    Some(lost.par_iter().map(measure).collect())
}

/// What is known of the whole graph.
struct Known<'g> {
    graph: &'g Plain,
    incoming: Cow<'g, Plain>,
    hops: Hops,
    /// By source and node: how many nodes lie before it on shortest ways.
    before: Vec<u16>,
}

impl<'g> Known<'g> {
    fn of(graph: &'g Plain) -> Known<'g> {
        let (nodes, hops, incoming) = (graph.nodes(), Hops::of(graph), graph.reversed());
        let mut before = vec![0u16; nodes * nodes];
        before.par_chunks_mut(nodes.max(1)).enumerate().for_each(|(source, row)| {
            let hops = hops.row(source);
            for (node, count) in row.iter_mut().enumerate().filter(|(node, _)| *node != source) {
                let last = |from: &&u32| hops[**from as usize] != Hops::NONE && hops[**from as usize] + 1 == hops[node];
                let many = incoming.row(node).iter().filter(last).count();
                *count = u16::try_from(many).unwrap_or(u16::MAX);
            }
        });
        Known { graph, incoming, hops, before }
    }

    fn loss(&self, lost: &Lost) -> Loss {
        let nodes = self.graph.nodes();
        // Arcs that go, sorted by their ends.
        let mut arcs: Vec<(u32, u32)> = match lost {
            Lost::Edges(edges) if self.graph.is_directed() => edges.clone(),
            Lost::Edges(edges) => edges.iter().flat_map(|(from, to)| [(*from, *to), (*to, *from)]).collect(),
            Lost::Node(node) => {
                let at = *node as usize;
                let out = self.graph.row(at).iter().map(|to| (*node, *to));
                out.chain(self.incoming.row(at).iter().map(|from| (*from, *node))).collect()
            }
        };
        arcs.sort_unstable_by_key(|(from, to)| (*to, *from));
        arcs.dedup();
        let gone = if let Lost::Node(node) = lost { Some(*node as usize) } else { None };
        let without: FxHashSet<(u32, u32)> = arcs.iter().copied().collect();
        let mut loss = Loss::default();
        let (mut row, mut queue) = (vec![Hops::NONE; nodes], Vec::new());
        for source in (0..nodes).filter(|source| Some(*source) != gone) {
            if !self.changes(source, &arcs, gone) {
                continue;
            }
            self.search(source, &without, &mut row, &mut queue);
            let later = if self.graph.is_directed() { 0 } else { source + 1 };
            for to in (later..nodes).filter(|to| Some(*to) != gone) {
                let (old, new) = (self.hops.get(source, to), row[to]);
                match (old == new, new == Hops::NONE) {
                    (true, _) => {}
                    (false, true) => loss.cut += 1,
                    (false, false) => {
                        loss.longer += 1;
                        loss.added += u64::from(new - old);
                    }
                }
            }
        }
        loss
    }

    /// Whether some node has none left before it on a shortest way from a source.
    fn changes(&self, source: usize, arcs: &[(u32, u32)], gone: Option<usize>) -> bool {
        let hops = self.hops.row(source);
        arcs.chunk_by(|one, other| one.1 == other.1).any(|into| {
            let to = into[0].1 as usize;
            if Some(to) == gone || to == source {
                return false;
            }
            let last = |(from, _): &&(u32, u32)| {
                let from = hops[*from as usize];
                from != Hops::NONE && from + 1 == hops[to]
            };
            let lost = into.iter().filter(last).count();
            lost > 0 && lost >= usize::from(self.before[source * self.graph.nodes() + to])
        })
    }

    /// Hops from a source without some arcs.
    fn search(&self, source: usize, without: &FxHashSet<(u32, u32)>, row: &mut [u16], queue: &mut Vec<u32>) {
        row.fill(Hops::NONE);
        queue.clear();
        queue.push(u32::try_from(source).unwrap_or(u32::MAX));
        row[source] = 0;
        let mut at = 0;
        while at < queue.len() && queue.len() < row.len() {
            let node = queue[at];
            at += 1;
            let next = row[node as usize].saturating_add(1);
            for to in self.graph.row(node as usize) {
                if row[*to as usize] == Hops::NONE && !without.contains(&(node, *to)) {
                    row[*to as usize] = next;
                    queue.push(*to);
                }
            }
        }
    }
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
    use crate::structure::samples::drawn;

    #[test]
    fn as_measuring_all_anew() {
        for (seed, directed) in [(1, true), (2, false), (3, true), (4, false)] {
            let graph = drawn(16, 34, directed, seed);
            let mut lost: Vec<Lost> = graph.edges().map(|(from, to, _)| Lost::Edges(vec![(from, to)])).collect();
            let some: Vec<(u32, u32)> = graph.edges().step_by(5).map(|(from, to, _)| (from, to)).collect();
            lost.push(Lost::Edges(some));
            lost.extend((0..16).map(Lost::Node));
            let found = losses(&graph, &lost, &|| {}).unwrap();
            let base = Hops::of(&graph);
            for (lost, found) in lost.iter().zip(found) {
                let keeps = |edge: &crate::structure::PlainEdge| match lost {
                    Lost::Edges(edges) => !edges.contains(&(edge.0, edge.1)),
                    Lost::Node(node) => edge.0 != *node && edge.1 != *node,
                };
                let hops = Hops::of(&graph.filtered(keeps));
                let mut known = Loss::default();
                for from in 0..16 {
                    for to in (if directed { 0 } else { from + 1 })..16 {
                        let counts = |node: usize| *lost != Lost::Node(u32::try_from(node).unwrap());
                        let (old, new) = (base.get(from, to), hops.get(from, to));
                        if old != new && counts(from) && counts(to) {
                            known.cut += usize::from(new == Hops::NONE);
                            known.longer += usize::from(new != Hops::NONE);
                            known.added += if new == Hops::NONE { 0 } else { u64::from(new - old) };
                        }
                    }
                }
                assert_eq!(found, known, "{seed} {lost:?}");
            }
        }
    }

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
