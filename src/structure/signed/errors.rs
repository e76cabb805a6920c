//! Groups with the fewest friendly ties between them and hostile ties within: with two groups frustration, with more
//! the relaxed balance of Davis.

use super::super::communities::Partition;
use super::super::plain::{Plain, PlainEdge};
use crate::random::Random;

/// A grouping and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// The groups.
    pub partition: Partition,
    /// Weight of the ties in the wrong place: friendly ones between groups, hostile ones within.
    pub errors: f64,
    /// No grouping has less.
    pub least: f64,
    /// How many groupings have as little, if all were looked at; `errors` is then the least there is.
    pub ties: Option<u64>,
}

/// Weights that differ by less are the same.
const SAME: f64 = 1e-9;

/// Starts of the local search, fewer where the graph has so many arcs that they would take long.
const STARTS: u32 = 200;

/// Arcs that all starts together look at once, about.
const ARCS: usize = 20_000_000;

/// Nodes up to which every grouping that could be better is looked at; beyond, there are bounds alone.
const EXACT: usize = 1000;

/// Seeks a grouping into at most `groups` groups with the fewest errors (Doreian & Mrvar 1996; with two groups the
/// frustration index, Harary 1959, Abelson & Rosenberg 1958). A local search from drawn groupings gives an upper bound, cycles without a
/// shared tie that cannot all be right a lower one; then, up to 1,000 nodes, every grouping that could be better is
/// looked at, in at most `limit` steps. O(edges) a start and step.
pub fn fewest_errors(graph: &Plain, groups: usize, seed: u64, limit: u64) -> Grouping {
    let groups = groups.clamp(1, graph.nodes().max(1));
    let mut best = (f64::INFINITY, vec![0usize; graph.nodes()]);
    let starts = u32::try_from(ARCS / graph.arcs().max(1)).unwrap_or(STARTS).clamp(4, STARTS);
    for start in 0..starts {
        let labels = descended(graph, groups, &mut Random::new(seed, start));
        let errors = errors_of(graph, &labels);
        if errors < best.0 - SAME {
            best = (errors, labels);
        }
    }
    let bound = packed_cycles(graph, groups);
    if graph.nodes() > EXACT {
        let partition = Partition::new(&best.1);
        return Grouping { partition, errors: best.0, least: bound.min(best.0), ties: None };
    }
    let mut search = Exact::new(graph, groups, best, limit);
    search.extend(0, 0.0, 0);
    let done = search.steps > 0;
    let (errors, labels) = search.best;
    let partition = Partition::new(&labels);
    Grouping {
        partition,
        errors,
        least: if done { errors } else { bound.min(errors) },
        ties: done.then_some(search.ties),
    }
}

fn errors_of(graph: &Plain, labels: &[usize]) -> f64 {
    let wrong = |(one, other, weight): PlainEdge| {
        let together = labels[one as usize] == labels[other as usize];
        if together { (-weight).max(0.0) } else { weight.max(0.0) }
    };
    graph.edges().map(wrong).sum()
}

/// From a drawn grouping, nodes go where their ties want them, until all are there.
fn descended(graph: &Plain, groups: usize, random: &mut Random) -> Vec<usize> {
    let nodes = graph.nodes();
    let mut labels: Vec<usize> = (0..nodes).map(|_| random.below(groups)).collect();
    let mut order: Vec<usize> = (0..nodes).collect();
    let mut net = vec![0.0; groups];
    loop {
        random.shuffle(&mut order);
        let mut moved = false;
        for node in &order {
            net.fill(0.0);
            graph.arcs_of(*node).for_each(|(to, weight)| net[labels[to]] += weight);
            let own = labels[*node];
            let best = (0..groups).max_by(|a, b| net[*a].total_cmp(&net[*b]).then(b.cmp(a))).unwrap_or(own);
            if net[best] > net[own] + SAME {
                labels[*node] = best;
                moved = true;
            }
        }
        if !moved {
            return labels;
        }
    }
}

/// A lower bound: cycles that share no tie, each with one hostile tie, or with two groups an odd number, need one error
/// each, of the weight of their weakest tie.
fn packed_cycles(graph: &Plain, groups: usize) -> f64 {
    let nodes = graph.nodes();
    let mut left: Vec<Vec<(usize, f64)>> = (0..nodes).map(|node| graph.arcs_of(node).collect()).collect();
    let mut bound = 0.0;
    let hostile: Vec<(usize, usize)> =
        graph.edges().filter(|edge| edge.2 < 0.0).map(|edge| (edge.0 as usize, edge.1 as usize)).collect();
    let mut work = ARCS;
    for (one, other) in hostile {
        // What is packed so far is a bound too.
        work = work.saturating_sub(graph.arcs());
        if work == 0 {
            break;
        }
        while let Some(mut cycle) = friendly_way(&left, one, other, groups == 2) {
            cycle.push(one);
            let pairs = || cycle.iter().copied().zip(cycle.iter().copied().skip(1));
            let of = |left: &[Vec<(usize, f64)>], (a, b): (usize, usize)| {
                left[a].iter().find(|(to, _)| *to == b).map_or(0.0, |(_, weight)| weight.abs())
            };
            let least = pairs().map(|pair| of(&left, pair)).fold(f64::INFINITY, f64::min);
            if least <= SAME || !least.is_finite() {
                break;
            }
            bound += least;
            for (a, b) in pairs() {
                for (a, b) in [(a, b), (b, a)] {
                    if let Some((_, weight)) = left[a].iter_mut().find(|(to, _)| *to == b) {
                        *weight -= least.copysign(*weight);
                    }
                }
            }
        }
    }
    bound
}

/// The shortest way from one end of a hostile tie to the other that makes a wrong cycle of it, while that has weight left:
/// over friendly ties, or, with two groups, over an even number of hostile ones. As nodes from `one` to `other`.
fn friendly_way(left: &[Vec<(usize, f64)>], one: usize, other: usize, two: bool) -> Option<Vec<usize>> {
    left[one].iter().find(|(to, weight)| *to == other && *weight < -SAME)?;
    let state = |node: usize, odd: usize| node * 2 + odd;
    let mut from = vec![usize::MAX; left.len() * 2];
    let mut queue = std::collections::VecDeque::from([state(one, 0)]);
    from[state(one, 0)] = state(one, 0);
    while let Some(at) = queue.pop_front() {
        let (node, odd) = (at / 2, at % 2);
        if node == other && odd == 0 {
            let mut way = vec![other];
            let mut at = at;
            while at != state(one, 0) {
                at = from[at];
                way.push(at / 2);
            }
            way.reverse();
            // A way that meets itself is no cycle.
            let mut seen = way.clone();
            seen.sort_unstable();
            seen.dedup();
            return (seen.len() == way.len()).then_some(way);
        }
        for (to, weight) in &left[node] {
            let own_tie = (node, *to) == (one, other) || (node, *to) == (other, one);
            let next = if *weight > SAME {
                state(*to, odd)
            } else if two && *weight < -SAME && !own_tie {
                state(*to, 1 - odd)
            } else {
                continue;
            };
            if from[next] == usize::MAX {
                from[next] = at;
                queue.push_back(next);
            }
        }
    }
    None
}

/// Looks at every grouping that is not certainly worse.
struct Exact<'g> {
    graph: &'g Plain,
    groups: usize,
    order: Vec<usize>,
    /// Place of every node in the order.
    place: Vec<usize>,
    /// Group of every node that has one.
    labels: Vec<usize>,
    /// Of every node, errors with the nodes that have a group, were it in each.
    cost: Vec<f64>,
    best: (f64, Vec<usize>),
    ties: u64,
    steps: u64,
}

impl<'g> Exact<'g> {
    fn new(graph: &'g Plain, groups: usize, best: (f64, Vec<usize>), limit: u64) -> Exact<'g> {
        let nodes = graph.nodes();
        // Next the node that those before it say most about.
        let weight = |node: usize| graph.weights(node).iter().map(|weight| weight.abs()).sum::<f64>();
        let mut said = vec![0.0f64; nodes];
        let mut order: Vec<usize> = Vec::with_capacity(nodes);
        let mut place = vec![usize::MAX; nodes];
        for at in 0..nodes {
            let rest = (0..nodes).filter(|node| place[*node] == usize::MAX);
            let rank = |node: &usize| (said[*node], weight(*node));
            let next = rest.max_by(|a, b| {
                let (x, y) = (rank(a), rank(b));
                x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(b.cmp(a))
            });
            let Some(next) = next else { break };
            place[next] = at;
            order.push(next);
            graph.arcs_of(next).for_each(|(to, weight)| said[to] += weight.abs());
        }
        Exact {
            graph,
            groups,
            order,
            place,
            labels: vec![usize::MAX; nodes],
            cost: vec![0.0; nodes * groups],
            best,
            ties: 0,
            steps: limit,
        }
    }

    /// Gives a group to the node at a place of the order, then to the rest.
    fn extend(&mut self, at: usize, errors: f64, used: usize) {
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        if at == self.order.len() {
            if errors < self.best.0 - SAME {
                self.best = (errors, self.labels.clone());
                self.ties = 1;
            } else if errors <= self.best.0 + SAME {
                // Of equals the one that comes first in this order is kept, whatever the local search found.
                if self.ties == 0 {
                    self.best.1.clone_from(&self.labels);
                }
                self.ties += 1;
            }
            return;
        }
        let open = (used + 1).min(self.groups);
        let least = |node: usize, cost: &[f64]| {
            let row = &cost[node * self.groups..node * self.groups + open];
            row.iter().copied().fold(f64::INFINITY, f64::min)
        };
        let rest: f64 = self.order[at..].iter().map(|node| least(*node, &self.cost)).sum();
        if errors + rest > self.best.0 + SAME {
            return;
        }
        let node = self.order[at];
        let mut choices: Vec<usize> = (0..open).collect();
        choices.sort_by(|a, b| {
            self.cost[node * self.groups + a].total_cmp(&self.cost[node * self.groups + b]).then(a.cmp(b))
        });
        for group in choices {
            let errors = errors + self.cost[node * self.groups + group];
            self.labels[node] = group;
            self.tell(node, group, at, 1.0);
            self.extend(at + 1, errors, used.max(group + 1));
            self.tell(node, group, at, -1.0);
            self.labels[node] = usize::MAX;
        }
    }

    /// Adds what a node in a group means for the nodes after it, or takes it back.
    fn tell(&mut self, node: usize, group: usize, at: usize, by: f64) {
        for (to, weight) in self.graph.arcs_of(node).filter(|(to, _)| self.place[*to] > at) {
            let row = &mut self.cost[to * self.groups..(to + 1) * self.groups];
            if weight < 0.0 {
                row[group] -= by * weight;
            } else {
                row.iter_mut()
                    .enumerate()
                    .filter(|(other, _)| *other != group)
                    .for_each(|(_, cost)| *cost += by * weight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::drawn;

    fn signs(nodes: usize, edges: usize, seed: u64) -> Plain {
        let mut random = Random::new(seed, 9);
        let edges: Vec<PlainEdge> = drawn(nodes, edges, false, seed)
            .edges()
            .map(|edge| (edge.0, edge.1, if random.below(2) == 0 { 1.0 } else { -1.0 }))
            .collect();
        Plain::new(nodes, false, &edges)
    }

    /// Errors and number of the best groupings into at most `groups`, by looking at all.
    fn all(graph: &Plain, groups: usize) -> (f64, u64) {
        let mut best = (f64::INFINITY, 0);
        let mut labels = vec![0; graph.nodes()];
        loop {
            let canonical = labels.iter().scan(0, |next, label| {
                let fine = label <= next;
                *next = (*next).max(label + 1);
                Some(fine)
            });
            if canonical.into_iter().all(|fine| fine) {
                let errors = errors_of(graph, &labels);
                if errors < best.0 - SAME {
                    best = (errors, 1);
                } else if errors <= best.0 + SAME {
                    best.1 += 1;
                }
            }
            let Some(at) = labels.iter().position(|label| label + 1 < groups) else { return best };
            labels[at] += 1;
            labels[..at].fill(0);
        }
    }

    #[test]
    fn as_an_exhaustive_search() {
        for seed in 0..12 {
            let graph = signs(9, 24, seed);
            for groups in 1..=4 {
                let found = fewest_errors(&graph, groups, 1, 1_000_000);
                let known = all(&graph, groups);
                assert_eq!((found.errors, found.ties), (known.0, Some(known.1)), "{seed} {groups}");
                assert_eq!(errors_of(&graph, &found.partition.labels), found.errors);
                assert!(groups == 1 || packed_cycles(&graph, groups) <= known.0 + SAME);
            }
        }
    }

    #[test]
    fn a_search_that_ends_early_gives_bounds() {
        let graph = signs(60, 600, 3);
        let found = fewest_errors(&graph, 2, 0, 1000);
        assert_eq!(found.ties, None);
        assert!(found.least > 0.0 && found.least < found.errors, "{} {}", found.least, found.errors);
    }

    #[test]
    fn a_large_graph_has_bounds_alone() {
        // A long ring of friends with one hostile tie, and a path to it.
        let mut edges: Vec<PlainEdge> = (0..2999).map(|at| (at, at + 1, 1.0)).collect();
        edges.push((0, 2000, -1.0));
        let found = fewest_errors(&Plain::new(3000, false, &edges), 2, 0, u64::MAX);
        assert_eq!((found.least, found.ties), (1.0, None));
        assert!(found.errors >= 1.0);
    }

    #[test]
    fn the_powers_of_1907_are_in_balance() {
        // Triple Alliance and Triple Entente: Britain, France, Russia; Germany, Austria-Hungary, Italy (Antal,
        // Krapivsky & Redner 2006).
        let mut edges = vec![(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0), (3, 4, 1.0), (3, 5, 1.0), (4, 5, 1.0)];
        edges.extend((0..3).flat_map(|one| (3..6).map(move |other| (one, other, -1.0))));
        let found = fewest_errors(&Plain::new(6, false, &edges), 2, 0, 1000);
        assert_eq!((found.errors, found.ties), (0.0, Some(1)));
        assert_eq!(found.partition.labels, [0, 0, 0, 1, 1, 1]);
    }
}
