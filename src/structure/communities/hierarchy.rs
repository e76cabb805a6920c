//! Average linkage: the two groups that are tied most closely are joined, until one is left.

use super::Partition;
use super::quality::Quality;
use crate::structure::plain::Plain;

/// Two groups that are joined. Nodes are numbered from 0, groups on from there in the order of their making.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// One group, the smaller number.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Mean weight of the pairs between them.
    pub weight: f64,
    /// How many nodes the two have.
    pub size: usize,
}

/// The order in which groups are joined, the closest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Dendrogram {
    nodes: usize,
    /// One fewer than there are nodes.
    pub merges: Vec<Merge>,
}

#[allow(clippy::cast_precision_loss)]
impl Dendrogram {
    /// Joins the nodes of a graph without directions by average linkage (Sokal & Michener 1958) of the weights, 0 where there
    /// is no edge, by chains of nearest neighbours (Murtagh 1983). Of pairs as close the one with the smaller numbers is
    /// joined. O(n²) time and memory.
    pub fn of(graph: &Plain) -> Dendrogram {
        let plain = graph.undirected();
        let nodes = plain.nodes();
        let mut near = vec![0.0; nodes * nodes];
        for node in 0..nodes {
            plain.arcs_of(node).for_each(|(to, weight)| near[node * nodes + to] = weight);
        }
        let mut sizes = vec![1usize; nodes];
        let mut chain: Vec<usize> = Vec::new();
        let mut joined: Vec<(usize, usize, f64)> = Vec::with_capacity(nodes.saturating_sub(1));
        while joined.len() + 1 < nodes {
            if chain.is_empty() {
                chain.extend(sizes.iter().position(|size| *size > 0));
            }
            let tip = chain[chain.len() - 1];
            let before = chain.len().checked_sub(2).map(|at| chain[at]);
            // The one before wins ties, so that chains end.
            let mut best = before.map(|node| (near[tip * nodes + node], node));
            for other in (0..nodes).filter(|other| *other != tip && sizes[*other] > 0) {
                let weight = near[tip * nodes + other];
                if best.is_none_or(|(most, _)| weight > most) {
                    best = Some((weight, other));
                }
            }
            let Some((weight, other)) = best else { break };
            if before != Some(other) {
                chain.push(other);
                continue;
            }
            chain.truncate(chain.len() - 2);
            let (kept, gone) = (tip.min(other), tip.max(other));
            joined.push((kept, gone, weight));
            let (a, b) = (sizes[kept] as f64, sizes[gone] as f64);
            for third in (0..nodes).filter(|third| sizes[*third] > 0 && *third != kept && *third != gone) {
                let mean = (a * near[kept * nodes + third] + b * near[gone * nodes + third]) / (a + b);
                near[kept * nodes + third] = mean;
                near[third * nodes + kept] = mean;
            }
            sizes[kept] += sizes[gone];
            sizes[gone] = 0;
        }
        Dendrogram { nodes, merges: numbered(nodes, joined) }
    }

    /// The partition into so many groups, or as near to it as there are.
    pub fn cut(&self, groups: usize) -> Partition {
        let joins = self.nodes.saturating_sub(groups.max(1));
        let mut parent: Vec<usize> = (0..self.nodes + self.merges.len()).collect();
        for (at, merge) in self.merges.iter().take(joins).enumerate() {
            (parent[merge.one], parent[merge.other]) = (self.nodes + at, self.nodes + at);
        }
        // A group has a greater number than its parts: from the top down, each takes the name of its whole.
        for at in (0..parent.len()).rev() {
            parent[at] = if parent[at] == at { at } else { parent[parent[at]] };
        }
        Partition::new(&parent[..self.nodes])
    }

    /// The cut of the greatest quality, of several the one of the fewest groups.
    pub fn best_cut(&self, graph: &Plain, quality: Quality) -> Partition {
        let mut best = (f64::NEG_INFINITY, Partition::new(&vec![0; self.nodes]));
        for groups in 1..=self.nodes {
            let cut = self.cut(groups);
            let reached = quality.of(graph, &cut.labels);
            if reached > best.0 + 1e-12 {
                best = (reached, cut);
            }
        }
        best.1
    }

    /// The nodes in an order in which every group stands together, the group of the smaller numbers first.
    pub fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.nodes);
        let mut stack: Vec<usize> = Vec::new();
        if self.nodes > 0 {
            stack.push(self.nodes + self.merges.len() - 1);
        }
        while let Some(group) = stack.pop() {
            match group.checked_sub(self.nodes).and_then(|at| self.merges.get(at)) {
                Some(merge) => stack.extend([merge.other, merge.one]),
                None => order.push(group),
            }
        }
        order
    }
}

/// Joins by weight, the closest first, with the numbers of the groups that they join.
fn numbered(nodes: usize, mut joined: Vec<(usize, usize, f64)>) -> Vec<Merge> {
    joined.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut group: Vec<usize> = (0..nodes).collect();
    let mut parent: Vec<usize> = (0..nodes).collect();
    let mut sizes = vec![1usize; nodes];
    let mut merges = Vec::with_capacity(joined.len());
    for (at, (one, other, weight)) in joined.into_iter().enumerate() {
        let (one, other) = (root(&mut parent, one), root(&mut parent, other));
        let (a, b) = (group[one].min(group[other]), group[one].max(group[other]));
        parent[other] = one;
        sizes[one] += sizes[other];
        group[one] = nodes + at;
        merges.push(Merge { one: a, other: b, weight, size: sizes[one] });
    }
    merges
}

fn root(parent: &mut [usize], mut node: usize) -> usize {
    while parent[node] != node {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::drawn;

    /// The two closest groups are joined, again and again, with every mean taken anew.
    fn slow(graph: &Plain) -> Vec<f64> {
        let mut groups: Vec<Vec<usize>> = (0..graph.nodes()).map(|node| vec![node]).collect();
        let mut weights = Vec::new();
        while groups.len() > 1 {
            let mean = |a: &[usize], b: &[usize]| {
                let sum: f64 = a.iter().flat_map(|one| b.iter().map(|other| graph.weight(*one, *other))).sum();
                sum / (a.len() * b.len()) as f64
            };
            let pairs = (0..groups.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
            let (one, other, weight) = pairs
                .map(|(one, other)| (one, other, mean(&groups[one], &groups[other])))
                .max_by(|a, b| a.2.total_cmp(&b.2))
                .unwrap();
            weights.push(weight);
            let more = groups.remove(one);
            groups[other].extend(more);
        }
        weights
    }

    #[test]
    fn chains_join_as_the_plain_search_does() {
        for seed in 0..4 {
            // Weights that do not tie.
            let edges: Vec<_> = drawn(25, 120, false, seed)
                .edges()
                .enumerate()
                .map(|(at, edge)| (edge.0, edge.1, (2.0 + at as f64).sqrt()))
                .collect();
            let graph = Plain::new(25, false, &edges);
            let found = Dendrogram::of(&graph);
            let weights: Vec<f64> = found.merges.iter().map(|merge| merge.weight).collect();
            for (found, known) in weights.iter().zip(slow(&graph)) {
                assert!((found - known).abs() < 1e-9, "{found} {known}");
            }
            assert_eq!((found.cut(1).count(), found.cut(7).count(), found.cut(25).count()), (1, 7, 25));
            let mut order = found.order();
            order.sort_unstable();
            assert_eq!(order, (0..25).collect::<Vec<_>>());
        }
        assert!(Dendrogram::of(&Plain::new(0, false, &[])).order().is_empty());
        assert_eq!(Dendrogram::of(&Plain::new(1, false, &[])).cut(1).count(), 1);
    }
}
