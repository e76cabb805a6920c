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

/// Parts that are taken up at most while such ways are counted, or while nodes must be touched: a way through several nodes
/// that meets none twice can be hard to find.
const TAKEN_UP: usize = 20_000;

/// What [`best_routes`] finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// The best ways, in order.
    pub routes: Vec<Route>,
    /// How many more cost as much as the last one; counted up to 1,000.
    pub as_good: usize,
    /// Whether the search ended at its limit: there may be ways that it has not seen.
    pub cut_short: bool,
}

/// Finds the `most` ways of the least cost; the weights of the graph are costs, and count to the thousandth. Of ways of one
/// cost those of fewer hops come first, then those of smaller nodes.
///
/// Parts of ways are taken up from the most promising one. What is left from there to the end without the nodes that the part
/// has, by nodes still to be touched and hops allowed, is worked out for each, so that none is taken up in vain (but where
/// several nodes must be touched, and the rest would meet itself). In the manner of Yen (1971) with the exact remainder of
/// every branch. O(ways · length · hops · edges).
pub fn best_routes(graph: &Plain, start: usize, end: usize, most: usize, rule: &RouteRule) -> Routes {
    let mut found = Routes::default();
    if start == end || most == 0 || rule.avoid.contains(&start) || rule.avoid.contains(&end) {
        return found;
    }
    let incoming = graph.reversed();
    let allowed = rule.max_hops.unwrap_or(usize::MAX);
    let mut closed = vec![false; graph.nodes()];
    rule.avoid.iter().for_each(|node| closed[*node] = true);
    let mut heap: BinaryHeap<Reverse<(Rest, Vec<u32>, u64)>> = BinaryHeap::new();
    if let Ok(node) = u32::try_from(start) {
        heap.push(Reverse(((0, 0), vec![node], 0)));
    }
    let mut taken = 0;
    while let Some(Reverse(((whole, _), nodes, cost))) = heap.pop() {
        let full = found.routes.len() == most;
        if full && found.routes.last().is_some_and(|route| route.cost < whole) {
            break;
        }
        let last = nodes.last().map_or(start, |node| *node as usize);
        if last == end {
            if full {
                found.as_good += 1;
                if found.as_good >= COUNTED {
                    break;
                }
            } else {
                found.routes.push(Route { nodes: nodes.iter().map(|node| *node as usize).collect(), cost });
            }
            continue;
        }
        taken += 1;
        if taken > TAKEN_UP && (full || !rule.through.is_empty()) {
            found.cut_short = !full;
            break;
        }
        nodes.iter().for_each(|node| closed[*node as usize] = true);
        let rest = Rests::of(&incoming, end, rule, &closed, allowed - nodes.len());
        nodes.iter().for_each(|node| closed[*node as usize] = rule.avoid.contains(&(*node as usize)));
        let done = nodes.iter().fold(0, |mask, node| rest.touched(*node as usize, mask));
        for (to, weight) in graph.arcs_of(last) {
            let next = u32::try_from(to).unwrap_or(u32::MAX);
            if nodes.contains(&next) {
                continue;
            }
            let left = rest.from(to, rest.touched(to, done));
            if left == NO_WAY {
                continue;
            }
            let cost = cost + thousandths(weight);
            if full && found.routes.last().is_some_and(|route| route.cost < cost + left.0) {
                continue;
            }
            let mut way = nodes.clone();
            way.push(next);
            heap.push(Reverse(((cost + left.0, way.len() - 1 + left.1), way, cost)));
        }
    }
    found
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn thousandths(weight: f64) -> u64 {
    (weight * 1000.0).round().max(0.0) as u64
}

/// What is left to the end from every node that is not closed, by what has been touched.
struct Rests<'r> {
    nodes: usize,
    rule: &'r RouteRule,
    rest: Vec<Rest>,
}

impl<'r> Rests<'r> {
    /// Goes back from the end, hop by hop, while that wins anything and hops are left.
    fn of(incoming: &Plain, end: usize, rule: &'r RouteRule, closed: &[bool], hops: usize) -> Rests<'r> {
        let nodes = incoming.nodes();
        let masks = 1usize << rule.through.len().min(8);
        let mut rests = Rests { nodes, rule, rest: vec![NO_WAY; masks * nodes] };
        let first = (masks - 1) * nodes + end;
        rests.rest[first] = (0, 0);
        // Where something was won in the last hop, and what it was then.
        let mut front: Vec<(usize, Rest)> = vec![(first, (0, 0))];
        let mut won: Vec<usize> = Vec::new();
        for _ in 0..hops {
            for (place, from_here) in front.drain(..) {
                let (mask, node) = (place / nodes, place % nodes);
                for (before, weight) in incoming.arcs_of(node) {
                    if before == end || closed[before] {
                        continue;
                    }
                    let rest = (from_here.0 + thousandths(weight), from_here.1 + 1);
                    // Before this node, it may not have been touched yet.
                    let untouched = mask & !rests.touched(node, 0);
                    for earlier in [mask, untouched] {
                        let at = earlier * nodes + before;
                        if rests.touched(before, earlier) == earlier && rest < rests.rest[at] {
                            rests.rest[at] = rest;
                            won.push(at);
                        }
                        if untouched == mask {
                            break;
                        }
                    }
                }
            }
            if won.is_empty() {
                break;
            }
            won.sort_unstable();
            won.dedup();
            front.extend(won.drain(..).map(|at| (at, rests.rest[at])));
        }
        rests
    }

    /// The nodes to be touched that have been, with one more.
    fn touched(&self, node: usize, mask: usize) -> usize {
        let place = self.rule.through.iter().take(8).position(|through| *through == node);
        place.map_or(mask, |at| mask | 1 << at)
    }

    fn from(&self, node: usize, mask: usize) -> Rest {
        self.rest[mask * self.nodes + node]
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
                let Routes { routes: found, as_good: more, cut_short } = best_routes(&graph, 0, 8, 7, &rule);
                assert!(!cut_short);
                let told: Vec<_> =
                    found.iter().map(|route| (route.cost, route.nodes.len() - 1, route.nodes.clone())).collect();
                assert_eq!(told, known[..known.len().min(7)], "{seed} {rule:?}");
                let as_good = known.iter().skip(7).filter(|way| way.0 == known[6].0).count();
                assert_eq!(more, as_good);
            }
        }
        let graph = Plain::new(2, false, &[]);
        assert_eq!(best_routes(&graph, 0, 1, 3, &RouteRule::default()), Routes::default());
        // Behind the end lies a thicket from which no way leads back.
        let thicket = drawn(60, 400, false, 1);
        let mut edges: Vec<_> = thicket.edges().map(|edge| (edge.0 + 3, edge.1 + 3, 1.0)).collect();
        edges.extend([(0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0)]);
        let found = best_routes(&Plain::new(63, false, &edges), 0, 2, 5, &RouteRule::default());
        assert_eq!(found.routes, [Route { nodes: vec![0, 1, 2], cost: 2000 }]);
    }
}
