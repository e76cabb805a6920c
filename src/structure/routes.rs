//! The best ways from one node to another that are distinct.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::plain::Plain;

/// What a way must and must not do.
#[derive(Clone, Debug, Default)]
pub struct RouteRule {
    /// Nodes that it does not touch.
    pub avoid: Vec<usize>,
    /// Nodes that it touches, in any order; at most eight.
    pub through: Vec<usize>,
    /// Most edges that it has.
    pub max_hops: Option<usize>,
}

/// A way that meets no node twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its nodes, from the start to the end.
    pub nodes: Vec<usize>,
    /// Its cost in thousandths.
    pub cost: u64,
}

/// What is left to the end: cost, then hops.
type Rest = (u64, usize);

const NO_WAY: Rest = (u64::MAX, usize::MAX);

/// Ways of equal cost that are counted beyond those asked for.
const COUNTED: usize = 1000;

/// Finds the `most` ways of the least cost; the weights of the graph are costs, and count to the thousandth. Of ways of one
/// cost those of fewer hops come first, then those of smaller nodes. Gives also how many more there are of the last one's
/// cost, counted up to 1,000.
///
/// Partial ways are taken up from the most promising one, which is known exactly: what is left from every node to the end,
/// by nodes still to be touched and hops allowed, is worked out beforehand (Hart, Nilsson & Raphael 1968, with a perfect
/// estimate). So no part is taken up in vain but where a way would meet itself. O(hops · edges + ways · hops · degree).
pub fn best_routes(graph: &Plain, start: usize, end: usize, most: usize, rule: &RouteRule) -> (Vec<Route>, usize) {
    let mut found: Vec<Route> = Vec::new();
    let mut more = 0;
    if start == end || most == 0 || rule.avoid.contains(&start) || rule.avoid.contains(&end) {
        return (found, more);
    }
    let rest = Rests::of(graph, end, rule);
    let allowed = rule.max_hops.unwrap_or(usize::MAX);
    let mut heap: BinaryHeap<Reverse<(Rest, Vec<u32>, u64)>> = BinaryHeap::new();
    let first = rest.from(start, rest.touched(start, 0), allowed);
    if let (true, Ok(node)) = (first != NO_WAY, u32::try_from(start)) {
        heap.push(Reverse((first, vec![node], 0)));
    }
    while let Some(Reverse((_, nodes, cost))) = heap.pop() {
        let last = nodes.last().map_or(start, |node| *node as usize);
        if last == end {
            match found.last() {
                Some(route) if found.len() == most && route.cost < cost => break,
                _ if found.len() == most => {
                    more += 1;
                    if more >= COUNTED {
                        break;
                    }
                }
                _ => found.push(Route { nodes: nodes.iter().map(|node| *node as usize).collect(), cost }),
            }
            continue;
        }
        let done = nodes.iter().fold(0, |mask, node| rest.touched(*node as usize, mask));
        for (to, weight) in graph.arcs_of(last) {
            let next = u32::try_from(to).unwrap_or(u32::MAX);
            if nodes.contains(&next) {
                continue;
            }
            let left = rest.from(to, rest.touched(to, done), allowed - nodes.len());
            if left == NO_WAY {
                continue;
            }
            let cost = cost + thousandths(weight);
            let mut way = nodes.clone();
            way.push(next);
            heap.push(Reverse(((cost + left.0, way.len() - 1 + left.1), way, cost)));
        }
    }
    (found, more)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn thousandths(weight: f64) -> u64 {
    (weight * 1000.0).round().max(0.0) as u64
}

/// What is left to the end from every node, by what has been touched and by hops.
struct Rests<'r> {
    nodes: usize,
    rule: &'r RouteRule,
    /// Layers of hops; in the last one more hops win nothing.
    layers: Vec<Vec<Rest>>,
}

impl<'r> Rests<'r> {
    fn of(graph: &Plain, end: usize, rule: &'r RouteRule) -> Rests<'r> {
        let nodes = graph.nodes();
        let masks = 1usize << rule.through.len().min(8);
        let incoming = graph.reversed();
        let mut rests = Rests { nodes, rule, layers: Vec::new() };
        let mut layer = vec![NO_WAY; masks * nodes];
        layer[(masks - 1) * nodes + end] = (0, 0);
        let last = rule.max_hops.unwrap_or(usize::MAX);
        loop {
            let mut next = layer.clone();
            for mask in 0..masks {
                for node in 0..nodes {
                    let from_here = layer[mask * nodes + node];
                    if from_here == NO_WAY {
                        continue;
                    }
                    for (before, weight) in incoming.arcs_of(node) {
                        if before == end || rule.avoid.contains(&before) {
                            continue;
                        }
                        let rest = (from_here.0 + thousandths(weight), from_here.1 + 1);
                        // Before this node, it may not have been touched yet.
                        for earlier in [mask, mask & !rests.touched(node, 0)] {
                            let known = &mut next[earlier * nodes + before];
                            if rests.touched(before, earlier) == earlier && rest < *known {
                                *known = rest;
                            }
                        }
                    }
                }
            }
            let settled = next == layer;
            rests.layers.push(layer);
            if settled || rests.layers.len() > last {
                return rests;
            }
            layer = next;
        }
    }

    /// The nodes to be touched that have been, with one more.
    fn touched(&self, node: usize, mask: usize) -> usize {
        let place = self.rule.through.iter().take(8).position(|through| *through == node);
        place.map_or(mask, |at| mask | 1 << at)
    }

    fn from(&self, node: usize, mask: usize, hops: usize) -> Rest {
        let layer = hops.min(self.layers.len() - 1);
        self.layers[layer][mask * self.nodes + node]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::structure::samples::drawn;

    /// Every way that meets no node twice, by cost, hops and nodes.
    fn all(
        graph: &Plain,
        way: &mut Vec<usize>,
        end: usize,
        rule: &RouteRule,
        found: &mut Vec<(u64, usize, Vec<usize>)>,
    ) {
        let last = way[way.len() - 1];
        if last == end {
            let pairs = way.iter().zip(way.iter().skip(1));
            let cost = pairs.map(|(from, to)| thousandths(graph.weight(*from, *to))).sum();
            if rule.through.iter().all(|node| way.contains(node)) {
                found.push((cost, way.len() - 1, way.clone()));
            }
            return;
        }
        for to in graph.row(last) {
            let to = *to as usize;
            let hops = rule.max_hops.unwrap_or(usize::MAX);
            if !way.contains(&to) && !rule.avoid.contains(&to) && way.len() <= hops {
                way.push(to);
                all(graph, way, end, rule, found);
                way.pop();
            }
        }
    }

    #[test]
    fn as_looking_at_every_way() {
        for seed in 0..10 {
            let mut random = Random::new(seed, 2);
            let directed = seed % 2 == 0;
            let edges: Vec<_> = drawn(9, 26, directed, seed)
                .edges()
                .map(|edge| (edge.0, edge.1, [1.0, 1.5, 2.0][random.below(3)]))
                .collect();
            let graph = Plain::new(9, directed, &edges);
            for rule in [
                RouteRule::default(),
                RouteRule { avoid: vec![3], ..RouteRule::default() },
                RouteRule { through: vec![4, 2], ..RouteRule::default() },
                RouteRule { max_hops: Some(3), through: vec![5], avoid: vec![1] },
            ] {
                let mut known = Vec::new();
                all(&graph, &mut vec![0], 8, &rule, &mut known);
                known.sort();
                let (found, more) = best_routes(&graph, 0, 8, 7, &rule);
                let told: Vec<_> =
                    found.iter().map(|route| (route.cost, route.nodes.len() - 1, route.nodes.clone())).collect();
                assert_eq!(told, known[..known.len().min(7)], "{seed} {rule:?}");
                let as_good = known.iter().skip(7).filter(|way| way.0 == known[6].0).count();
                assert_eq!(more, as_good);
            }
        }
        let graph = Plain::new(2, false, &[]);
        assert_eq!(best_routes(&graph, 0, 1, 3, &RouteRule::default()), (Vec::new(), 0));
    }
}
