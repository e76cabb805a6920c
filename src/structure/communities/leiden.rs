//! The Leiden algorithm (Traag, Waltman & van Eck 2019): nodes move, communities are refined, what is left is a smaller
//! graph of the same kind, until nothing moves. The Louvain algorithm (Blondel et al. 2008) leaves the refinement out.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::quality::Mass;
use super::{Partition, connected};
use crate::random::Random;
use crate::structure::plain::Plain;

/// How a partition is sought.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// Whether communities are refined before the graph is made smaller: Leiden; without it, Louvain.
    pub refine: bool,
    /// Rounds of the whole, each from what the last one found. A round that finds nothing better is the last.
    pub rounds: usize,
    /// Seed of the order in which nodes move, and of what refinement draws.
    pub seed: u64,
}

/// Randomness of the refinement; the value of the paper.
const THETA: f64 = 0.01;

/// What must be won at least for a move, in mean weights of an edge, so that rounding moves nothing.
const LEAST: f64 = 1e-10;

/// Seeks the partition of the greatest quality: Σ over pairs of one community of their weight, less what their masses
/// would have by chance. Every community is connected. Near O(edges · levels).
pub(super) fn sought<M: Mass>(graph: &Plain, masses: Vec<M>, search: Search) -> Partition {
    let mut random = Random::new(search.seed, 0);
    let base = Level::of(graph, masses);
    let least = base.least;
    let mut labels: Vec<u32> = (0u32..).take(graph.nodes()).collect();
    let mut best = f64::NEG_INFINITY;
    for _ in 0..search.rounds.max(1) {
        let next = round(&base, labels.clone(), search.refine, &mut random);
        let reached = base.quality(&next);
        if reached <= best + least {
            break;
        }
        (labels, best) = (next, reached);
    }
    let labels: Vec<usize> = labels.into_iter().map(|label| label as usize).collect();
    Partition::new(&connected(graph, &labels))
}

/// One round: from the nodes themselves to communities that nothing leaves.
fn round<M: Mass>(base: &Level<'_, M>, labels: Vec<u32>, refine: bool, random: &mut Random) -> Vec<u32> {
    // Of every node of the base, its node in the level at work.
    let mut place: Vec<u32> = (0u32..).take(base.nodes()).collect();
    let mut held: Option<Level<'_, M>> = None;
    let mut labels = labels;
    loop {
        let level = held.as_ref().unwrap_or(base);
        let moved = level.moved(labels, random);
        let communities = compact(&moved);
        if communities.1 == level.nodes() {
            return place.iter().map(|node| communities.0[*node as usize]).collect();
        }
        let (parts, count) =
            if refine { compact(&level.refined(&communities.0, communities.1, random)) } else { communities.clone() };
        if count == level.nodes() {
            return place.iter().map(|node| communities.0[*node as usize]).collect();
        }
        let smaller = level.aggregate(&parts, count);
        let mut next = vec![0; count];
        for (part, community) in parts.iter().zip(&communities.0) {
            next[*part as usize] = *community;
        }
        place.iter_mut().for_each(|node| *node = parts[*node as usize]);
        labels = next;
        held = Some(smaller);
    }
}

/// Labels from 0 in the order in which they come, and how many.
fn compact(labels: &[u32]) -> (Vec<u32>, usize) {
    let mut names = vec![u32::MAX; labels.len()];
    let mut next = 0;
    let labels = labels
        .iter()
        .map(|label| {
            let name = &mut names[*label as usize];
            if *name == u32::MAX {
                (*name, next) = (next, next + 1);
            }
            *name
        })
        .collect();
    (labels, next as usize)
}

/// A graph at work: rows without loops, and what every node weighs.
struct Level<'g, M> {
    starts: Cow<'g, [usize]>,
    targets: Cow<'g, [u32]>,
    weights: Cow<'g, [f64]>,
    masses: Vec<M>,
    /// Weight within each node, of the edges that it swallowed, counted from both ends.
    loops: Vec<f64>,
    /// Mean weight of an edge of the base, in which gains are measured.
    scale: f64,
    least: f64,
}

impl<'g, M: Mass> Level<'g, M> {
    #[allow(clippy::cast_precision_loss)]
    fn of(graph: &'g Plain, masses: Vec<M>) -> Level<'g, M> {
        let (starts, targets, weights) = graph.parts();
        let sum: f64 = weights.iter().map(|weight| weight.abs()).sum();
        let scale = if sum > 0.0 { sum / weights.len() as f64 } else { 1.0 };
        Level {
            starts: Cow::Borrowed(starts),
            targets: Cow::Borrowed(targets),
            weights: Cow::Borrowed(weights),
            loops: vec![0.0; masses.len()],
            masses,
            scale,
            least: LEAST * scale,
        }
    }

    fn nodes(&self) -> usize {
        self.masses.len()
    }

    fn targets(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    fn row(&self, node: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let weights = &self.weights[self.starts[node]..self.starts[node + 1]];
        self.targets(node).iter().copied().zip(weights.iter().copied())
    }

    /// Twice the quality of a partition, less what is the same in all.
    fn quality(&self, labels: &[u32]) -> f64 {
        let mut totals = vec![M::default(); self.nodes()];
        let mut sum = 0.0;
        for (node, label) in labels.iter().enumerate() {
            totals[*label as usize].add(self.masses[node]);
            sum += self.loops[node];
            let within = self.row(node).filter(|(to, _)| labels[*to as usize] == *label);
            sum += within.map(|(_, weight)| weight).sum::<f64>();
        }
        sum - totals.into_iter().map(|mass| mass.by_chance(mass)).sum::<f64>()
    }

    /// Moves nodes to the community of a neighbour, or to none, while that wins anything: first all in an order drawn,
    /// then those whose neighbours have moved.
    fn moved(&self, mut labels: Vec<u32>, random: &mut Random) -> Vec<u32> {
        let nodes = self.nodes();
        let (mut totals, mut sizes) = (vec![M::default(); nodes], vec![0u32; nodes]);
        for (node, label) in labels.iter().enumerate() {
            totals[*label as usize].add(self.masses[node]);
            sizes[*label as usize] += 1;
        }
        let mut empty: Vec<u32> =
            (0u32..).zip(&sizes).filter(|(_, size)| **size == 0).map(|(label, _)| label).collect();
        let mut queue: VecDeque<u32> = (0u32..).take(nodes).collect();
        random.shuffle(queue.make_contiguous());
        let mut waiting = vec![true; nodes];
        let mut near = Near::new(nodes);
        while let Some(node) = queue.pop_front() {
            let at = node as usize;
            waiting[at] = false;
            let own = labels[at];
            let mass = self.masses[at];
            near.gather(self.row(at), |to| labels[to as usize]);
            totals[own as usize].take(mass);
            sizes[own as usize] -= 1;
            let worth = |label: u32, weight: f64| weight - mass.by_chance(totals[label as usize]);
            let mut best = (worth(own, near.get(own)), own);
            for label in &near.labels {
                let value = worth(*label, near.get(*label));
                if value > best.0 + self.least {
                    best = (value, *label);
                }
            }
            if let Some(label) = empty.last().filter(|_| best.0 < -self.least && sizes[own as usize] > 0) {
                best = (0.0, *label);
            }
            let label = best.1;
            totals[label as usize].add(mass);
            sizes[label as usize] += 1;
            if label != own {
                if empty.last() == Some(&label) {
                    empty.pop();
                }
                if sizes[own as usize] == 0 {
                    empty.push(own);
                }
                labels[at] = label;
                for to in self.targets(at) {
                    if !waiting[*to as usize] && labels[*to as usize] != label {
                        waiting[*to as usize] = true;
                        queue.push_back(*to);
                    }
                }
            }
        }
        labels
    }

    /// Parts of the communities: nodes that are well tied to the rest of their community join parts that are so too,
    /// drawn among those that lose nothing, the likelier the more they win.
    fn refined(&self, communities: &[u32], count: usize, random: &mut Random) -> Vec<u32> {
        let nodes = self.nodes();
        let mut parts: Vec<u32> = (0u32..).take(nodes).collect();
        let mut totals = self.masses.clone();
        let mut alone = vec![true; nodes];
        let mut whole = vec![M::default(); count];
        for (node, community) in communities.iter().enumerate() {
            whole[*community as usize].add(self.masses[node]);
        }
        // Weight from each part to the rest of its community.
        let rest = |node: usize| -> f64 {
            let within = |(to, _): &(u32, f64)| communities[*to as usize] == communities[node];
            self.row(node).filter(within).map(|(_, weight)| weight).sum()
        };
        let mut outward: Vec<f64> = (0..nodes).map(rest).collect();
        let tied = |outward: f64, mass: M, community: u32| {
            let mut others = whole[community as usize];
            others.take(mass);
            outward >= mass.by_chance(others) - self.least
        };
        let mut order: Vec<u32> = (0u32..).take(nodes).collect();
        random.shuffle(&mut order);
        let mut near = Near::new(nodes);
        let mut chances: Vec<(f64, u32)> = Vec::new();
        for node in order {
            let at = node as usize;
            let community = communities[at];
            if !alone[at] || !tied(outward[at], self.masses[at], community) {
                continue;
            }
            let mass = self.masses[at];
            let within = self.row(at).filter(|(to, _)| communities[*to as usize] == community);
            near.gather(within, |to| parts[to as usize]);
            chances.clear();
            // Not to move is one of the choices.
            let mut most = 0.0f64;
            for part in near.labels.iter().filter(|part| **part != node) {
                let total = totals[*part as usize];
                let value = near.get(*part) - mass.by_chance(total);
                if value >= -self.least && tied(outward[*part as usize], total, community) {
                    most = most.max(value);
                    chances.push((value, *part));
                }
            }
            if chances.is_empty() {
                continue;
            }
            // In units of an edge, so that the same graph with other weights is drawn alike.
            let scale = self.scale * THETA;
            let likely = |value: f64| ((value - most) / scale).exp();
            let all: f64 = likely(0.0) + chances.iter().map(|(value, _)| likely(*value)).sum::<f64>();
            let mut drawn = random.unit() * all - likely(0.0);
            let mut chosen = None;
            if drawn >= 0.0 {
                for (value, part) in &chances {
                    chosen = Some(*part);
                    drawn -= likely(*value);
                    if drawn < 0.0 {
                        break;
                    }
                }
            }
            if let Some(part) = chosen {
                let to = part as usize;
                outward[to] += outward[at] - 2.0 * near.get(part);
                totals[to].add(mass);
                (alone[to], alone[at]) = (false, false);
                parts[at] = part;
            }
        }
        parts
    }

    /// The graph whose nodes are the parts of this one.
    fn aggregate(&self, parts: &[u32], count: usize) -> Level<'static, M> {
        // Nodes of each part together.
        let mut starts = vec![0usize; count + 1];
        parts.iter().for_each(|part| starts[*part as usize + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut members = vec![0u32; parts.len()];
        for (node, part) in (0u32..).zip(parts) {
            members[next[*part as usize]] = node;
            next[*part as usize] += 1;
        }
        let (mut rows, mut targets, mut weights) = (Vec::with_capacity(count + 1), Vec::new(), Vec::new());
        let (mut masses, mut loops) = (vec![M::default(); count], vec![0.0; count]);
        rows.push(0);
        let mut near = Near::new(count);
        for (part, name) in (0..count).zip(0u32..) {
            near.clear();
            for node in &members[starts[part]..starts[part + 1]] {
                let node = *node as usize;
                masses[part].add(self.masses[node]);
                loops[part] += self.loops[node];
                near.more(self.row(node), |to| parts[to as usize]);
            }
            for label in &near.labels {
                if *label == name {
                    loops[part] += near.get(*label);
                } else {
                    targets.push(*label);
                    weights.push(near.get(*label));
                }
            }
            rows.push(targets.len());
        }
        Level {
            starts: Cow::Owned(rows),
            targets: Cow::Owned(targets),
            weights: Cow::Owned(weights),
            masses,
            loops,
            scale: self.scale,
            least: self.least,
        }
    }
}

/// Weight from a node to each label near it.
struct Near {
    /// Not a number where a label is not near.
    weight: Vec<f64>,
    labels: Vec<u32>,
}

impl Near {
    fn new(labels: usize) -> Near {
        Near { weight: vec![f64::NAN; labels], labels: Vec::new() }
    }

    fn clear(&mut self) {
        self.labels.iter().for_each(|label| self.weight[*label as usize] = f64::NAN);
        self.labels.clear();
    }

    fn gather(&mut self, row: impl Iterator<Item = (u32, f64)>, label: impl Fn(u32) -> u32) {
        self.clear();
        self.more(row, label);
    }

    fn more(&mut self, row: impl Iterator<Item = (u32, f64)>, label: impl Fn(u32) -> u32) {
        for (to, weight) in row {
            let label = label(to);
            let sum = &mut self.weight[label as usize];
            if sum.is_nan() {
                *sum = weight;
                self.labels.push(label);
            } else {
                *sum += weight;
            }
        }
    }

    fn get(&self, label: u32) -> f64 {
        let weight = self.weight[label as usize];
        if weight.is_nan() { 0.0 } else { weight }
    }
}
