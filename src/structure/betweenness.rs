//! How often a node lies on the shortest ways between others.

use rayon::prelude::*;

use super::plain::Plain;

/// Parts into which the sources are cut; a fixed number, so that sums do not depend on the machine.
const PARTS: usize = 32;

/// Betweenness of every node: over all pairs of others, the share of shortest ways that lead over it (Freeman 1977), by
/// Brandes' accumulation (2001). Ways count hops along the arcs. Not normalised: an undirected pair counts once.
/// O(nodes · edges) time, O(nodes + edges) memory; the same numbers on any number of threads.
pub fn betweenness(graph: &Plain) -> Vec<f64> {
    let nodes = graph.nodes();
    let sources: Vec<usize> = (0..nodes).collect();
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(nodes.div_ceil(PARTS).max(1))
        .map(|part| {
            let mut search = Search::new(nodes);
            part.iter().for_each(|source| search.add(graph, *source));
            search.sum
        })
        .collect();
    let mut sum = vec![0.0; nodes];
    for part in parts {
        sum.iter_mut().zip(part).for_each(|(sum, more)| *sum += more);
    }
    if !graph.is_directed() {
        sum.iter_mut().for_each(|sum| *sum /= 2.0);
    }
    sum
}

/// Share of the greatest betweenness possible, (n − 1)(n − 2) pairs of others, or half as many undirected ones.
#[allow(clippy::cast_precision_loss)]
pub fn normalised_betweenness(graph: &Plain) -> Vec<f64> {
    let nodes = graph.nodes() as f64;
    let pairs = (nodes - 1.0) * (nodes - 2.0) / if graph.is_directed() { 1.0 } else { 2.0 };
    betweenness(graph).into_iter().map(|value| if pairs > 0.0 { value / pairs } else { 0.0 }).collect()
}

struct Search {
    level: Vec<u32>,
    order: Vec<u32>,
    /// Where the levels begin in `order`.
    levels: Vec<usize>,
    /// Shortest ways from the source.
    ways: Vec<f64>,
    /// (1 + dependency) / ways of the nodes of the level below the one at work, 0 of all others: what a row adds is then
    /// a plain sum.
    share: Vec<f64>,
    sum: Vec<f64>,
}

impl Search {
    fn new(nodes: usize) -> Search {
        Search {
            level: vec![u32::MAX; nodes],
            order: Vec::with_capacity(nodes),
            levels: Vec::new(),
            ways: vec![0.0; nodes],
            share: vec![0.0; nodes],
            sum: vec![0.0; nodes],
        }
    }

    fn add(&mut self, graph: &Plain, source: usize) {
        let Search { level, order, levels, ways, share, sum } = self;
        level.fill(u32::MAX);
        ways.fill(0.0);
        order.clear();
        levels.clear();
        order.push(u32::try_from(source).unwrap_or(u32::MAX));
        levels.push(0);
        (level[source], ways[source]) = (0, 1.0);
        // Once all are reached, the rows of the last level have nothing to add.
        while order.len() < level.len() {
            let (first, last) = (levels[levels.len() - 1], order.len());
            let depth = u32::try_from(levels.len()).unwrap_or(u32::MAX);
            for at in first..last {
                let node = order[at] as usize;
                let through = ways[node];
                for to in graph.row(node) {
                    let to_node = *to as usize;
                    if level[to_node] == u32::MAX {
                        level[to_node] = depth;
                        order.push(*to);
                    }
                    if level[to_node] == depth {
                        ways[to_node] += through;
                    }
                }
            }
            if order.len() == last {
                break;
            }
            levels.push(last);
        }
        levels.push(order.len());
        // Nothing depends on the nodes of the last level.
        let deepest = levels.len() - 2;
        let below = |at: usize| levels[at]..levels[at + 1];
        if deepest == 0 {
            return;
        }
        order[below(deepest)].iter().for_each(|node| share[*node as usize] = 1.0 / ways[*node as usize]);
        for depth in (1..deepest).rev() {
            for at in below(depth) {
                let node = order[at] as usize;
                let added: f64 = sum_of(graph.row(node), share);
                sum[node] += ways[node] * added;
                // Kept aside in `ways`, until the level below is done with.
                ways[node] = (1.0 + ways[node] * added) / ways[node];
            }
            order[below(depth + 1)].iter().for_each(|node| share[*node as usize] = 0.0);
            order[below(depth)].iter().for_each(|node| share[*node as usize] = ways[*node as usize]);
        }
        order[below(1)].iter().for_each(|node| share[*node as usize] = 0.0);
    }
}

/// Sum of the values at some places, in four sums so that additions need not wait for each other.
#[inline]
pub(super) fn sum_of(places: &[u32], values: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, rest) = places.as_chunks::<4>();
    for four in fours {
        for (sum, place) in sums.iter_mut().zip(four) {
            *sum += values[*place as usize];
        }
    }
    let rest: f64 = rest.iter().map(|place| values[*place as usize]).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::{drawn, karate};

    #[test]
    fn of_the_karate_club() {
        // networkx.betweenness_centrality(networkx.karate_club_graph())
        let found = normalised_betweenness(&karate());
        for (node, value) in [(0, 0.437_635_281_4), (33, 0.304_074_975_4), (32, 0.145_247_113_9), (11, 0.0)] {
            assert!((found[node] - value).abs() < 1e-9, "{node}: {}", found[node]);
        }
    }

    #[test]
    fn by_counting_every_way() {
        for (directed, edges) in [(true, 60), (false, 40), (true, 20)] {
            let graph = drawn(18, edges, directed, 3);
            let hops = crate::structure::Hops::of(&graph);
            // Ways between all pairs by level.
            let mut ways = vec![vec![0.0; 18]; 18];
            for (from, ways) in ways.iter_mut().enumerate() {
                ways[from] = 1.0;
                for depth in 1..18 {
                    for to in 0..18 {
                        if usize::from(hops.get(from, to)) == depth {
                            let before = |node: &usize| {
                                usize::from(hops.get(from, *node)) == depth - 1 && graph.joins(*node, to)
                            };
                            ways[to] = (0..18).filter(before).map(|node| ways[node]).sum();
                        }
                    }
                }
            }
            let found = betweenness(&graph);
            for (node, found) in found.iter().enumerate() {
                let mut sum = 0.0;
                for from in (0..18).filter(|from| *from != node) {
                    for to in (0..18).filter(|to| *to != node && *to != from) {
                        let (a, b, all) = (hops.get(from, node), hops.get(node, to), hops.get(from, to));
                        if u32::from(a) + u32::from(b) == u32::from(all) {
                            sum += ways[from][node] * ways[node][to] / ways[from][to];
                        }
                    }
                }
                let sum = if directed { sum } else { sum / 2.0 };
                assert!((found - sum).abs() < 1e-9, "{node}: {found} {sum}");
            }
        }
    }
}
