//! Makes a synthetic graph and prints its edges:
//!
//! `cargo bench --bench graph -- lfr 10000 0.45 1 > lfr.csv` (nodes, mixing, seed)
//! `cargo bench --bench graph -- even 1000 100000 1 > even.csv` (nodes, edges drawn evenly, seed)
//! `cargo bench --bench graph -- directed 200 20000 1 > directed.csv`
//!
//! LFR is the benchmark of Lancichinetti, Fortunato & Radicchi (2008): degrees fall with the power 2.5 from 50 on and have
//! a mean of about 20, communities with the power 1.5 from 20 to 100 members, and each node has the share μ of its edges
//! outside its own. Its table has a third and fourth column, the communities of both ends. The same numbers give the same
//! bytes on every machine.

use std::collections::HashSet;
use std::io::Write as _;

#[path = "network.rs"]
#[allow(dead_code)]
mod network;
use network::Random;

/// Edges by their ends, and the planted community of every node.
pub struct Made {
    /// Each edge once.
    pub edges: Vec<(u32, u32)>,
    /// Communities; empty where none are planted.
    pub communities: Vec<u32>,
}

impl Random {
    #[allow(clippy::cast_precision_loss)]
    fn unit(&mut self) -> f64 {
        f64::from(self.below(1 << 31)) / f64::from(1u32 << 31)
    }

    /// A number from `low` to `high`, that falls with a power.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn power(&mut self, low: f64, high: f64, exponent: f64) -> u32 {
        let end = 1.0 - exponent;
        let (a, b) = (low.powf(end), (high + 1.0).powf(end));
        ((a + (b - a) * self.unit()).powf(1.0 / end) as u32).min(high as u32)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(u32::try_from(at + 1).unwrap_or(u32::MAX)) as usize;
            list.swap(at, other);
        }
    }
}

/// Edges drawn evenly, none twice.
pub fn even(nodes: u32, edges: usize, directed: bool, seed: u64) -> Made {
    let mut random = Random(seed);
    let mut seen = HashSet::new();
    let mut list = Vec::with_capacity(edges);
    while list.len() < edges {
        let (from, to) = (random.below(nodes), random.below(nodes));
        let pair = if directed || from < to { (from, to) } else { (to, from) };
        if from != to && seen.insert(pair) {
            list.push(pair);
        }
    }
    Made { edges: list, communities: Vec::new() }
}

/// The LFR benchmark with a mixing μ.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn lfr(nodes: u32, mixing: f64, seed: u64) -> Made {
    let mut random = Random(seed);
    let mut sizes: Vec<u32> = Vec::new();
    let mut left = nodes;
    while left > 0 {
        let size = random.power(20.0, 100.0, 1.5).min(left);
        // What is left over is no community of its own.
        if left - size < 20 && left - size > 0 {
            sizes.push(left);
            left = 0;
        } else {
            sizes.push(size);
            left -= size;
        }
    }
    let degrees: Vec<u32> = (0..nodes).map(|_| random.power(12.0, 50.0, 2.5)).collect();
    let within: Vec<u32> = degrees.iter().map(|degree| (f64::from(*degree) * (1.0 - mixing)).round() as u32).collect();
    // Nodes of many ties need large communities: from the largest node on, a place is drawn among those that are free.
    let mut order: Vec<u32> = (0..nodes).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|node| std::cmp::Reverse(within[*node as usize]));
    let mut ranks: Vec<u32> = (0u32..).take(sizes.len()).collect();
    ranks.sort_by_key(|community| std::cmp::Reverse(sizes[*community as usize]));
    let mut slots: Vec<u32> = Vec::new();
    let mut open = 0;
    let mut communities = vec![0; nodes as usize];
    for node in order {
        while open < ranks.len() && sizes[ranks[open] as usize] > within[node as usize] {
            slots.extend(std::iter::repeat_n(ranks[open], sizes[ranks[open] as usize] as usize));
            open += 1;
        }
        if slots.is_empty() && open < ranks.len() {
            slots.extend(std::iter::repeat_n(ranks[open], sizes[ranks[open] as usize] as usize));
            open += 1;
        }
        let at = random.below(u32::try_from(slots.len()).unwrap_or(u32::MAX)) as usize;
        communities[node as usize] = slots.swap_remove(at);
    }
    let mut made = Made { edges: Vec::new(), communities };
    let mut seen = HashSet::new();
    let mut stubs: Vec<Vec<u32>> = vec![Vec::new(); sizes.len()];
    let mut outside = Vec::new();
    for node in 0..nodes {
        let at = node as usize;
        let inner = within[at].min(sizes[made.communities[at] as usize] - 1);
        stubs[made.communities[at] as usize].extend(std::iter::repeat_n(node, inner as usize));
        outside.extend(std::iter::repeat_n(node, (degrees[at] - inner) as usize));
    }
    for community in &mut stubs {
        matched(community, &mut made.edges, &mut seen, &mut random, |_, _| true);
    }
    let planted = made.communities.clone();
    let apart = |one: u32, other: u32| planted[one as usize] != planted[other as usize];
    matched(&mut outside, &mut made.edges, &mut seen, &mut random, apart);
    made
}

/// Joins stubs in pairs; those that would make a loop or a second edge are drawn again a few times, then left out.
fn matched(
    stubs: &mut Vec<u32>,
    edges: &mut Vec<(u32, u32)>,
    seen: &mut HashSet<(u32, u32)>,
    random: &mut Random,
    fine: impl Fn(u32, u32) -> bool,
) {
    for _ in 0..20 {
        random.shuffle(stubs);
        let mut rest = Vec::new();
        for pair in stubs.chunks(2) {
            let [one, other] = *pair else {
                rest.extend(pair);
                continue;
            };
            let pair = (one.min(other), one.max(other));
            if one != other && fine(one, other) && seen.insert(pair) {
                edges.push(pair);
            } else {
                rest.extend([one, other]);
            }
        }
        *stubs = rest;
    }
}

/// The words of the command line, without the flags that cargo adds.
#[allow(dead_code)]
fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let number = |at: usize, usual: f64| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let (nodes, edges, seed) = (number(1, 1000.0) as u32, number(2, 10_000.0) as usize, number(3, 1.0) as u64);
    let made = match words.first().map(String::as_str) {
        Some("lfr") => lfr(nodes, number(2, 0.45), seed),
        Some("directed") => even(nodes, edges, true, seed),
        _ => even(nodes, edges, false, seed),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if made.communities.is_empty() {
        writeln!(out, "from,to")?;
        made.edges.iter().try_for_each(|(from, to)| writeln!(out, "{from},{to}"))?;
    } else {
        writeln!(out, "from,to,community_from,community_to")?;
        for (from, to) in &made.edges {
            let community = |node: &u32| made.communities[*node as usize];
            writeln!(out, "{from},{to},{},{}", community(from), community(to))?;
        }
    }
    out.flush()
}
