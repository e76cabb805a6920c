//! Cores and cliques: how dense the dense parts are.

use crate::structure::plain::Plain;

/// The core number of every node: the greatest k for which it lies in a part of the graph where all have k neighbours or
/// more (Seidman 1983), by Batagelj & Zaveršnik's peeling (2003), without directions. O(edges).
pub fn core_numbers(graph: &Plain) -> Vec<usize> {
    let plain = graph.undirected();
    let nodes = plain.nodes();
    let mut degree: Vec<usize> = (0..nodes).map(|node| plain.row(node).len()).collect();
    let most = degree.iter().copied().max().unwrap_or(0);
    let mut bins: Vec<Vec<usize>> = vec![Vec::new(); most + 1];
    (0..nodes).for_each(|node| bins[degree[node]].push(node));
    let mut done = vec![false; nodes];
    let mut core = vec![0; nodes];
    let (mut at, mut level) = (0, 0);
    while at <= most {
        let Some(node) = bins[at].pop() else {
            at += 1;
            continue;
        };
        if done[node] || degree[node] != at {
            continue;
        }
        level = level.max(at);
        (done[node], core[node]) = (true, level);
        for to in plain.row(node) {
            let to = *to as usize;
            if !done[to] {
                degree[to] -= 1;
                bins[degree[to]].push(to);
            }
        }
        at = at.saturating_sub(1);
    }
    core
}

/// The largest groups in which all are tied with all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cliques {
    /// The largest maximal cliques, by size, then by members; each sorted.
    pub largest: Vec<Vec<usize>>,
    /// How many maximal cliques were seen.
    pub seen: u64,
    /// Whether all were; if not, the search ended at its limit and larger ones may be missing.
    pub complete: bool,
}

/// Seeks the `most` largest maximal cliques of at least three nodes, without directions, by Tomita, Tanaka & Takahashi's
/// pivot (2006) over rows of bits, nodes in the order of their core numbers (Eppstein, Löffler & Strash 2010). Ends after
/// `limit` steps of the search, since dense graphs have cliques beyond counting. petgraph's search keeps all of them, and a
/// network of embassies has millions.
pub fn cliques(graph: &Plain, most: usize, limit: u64) -> Cliques {
    let plain = graph.undirected();
    let nodes = plain.nodes();
    let words = nodes.div_ceil(64);
    let mut rows = vec![0u64; nodes * words];
    for node in 0..nodes {
        plain.row(node).iter().for_each(|to| set(&mut rows[node * words..(node + 1) * words], *to as usize));
    }
    let core = core_numbers(&plain);
    let mut order: Vec<usize> = (0..nodes).collect();
    // From the densest part: what is largest is found first.
    order.sort_by_key(|node| (std::cmp::Reverse(core[*node]), *node));
    let mut search = CliqueSearch { rows, words, most, steps: limit, seen: 0, found: Vec::new(), clique: Vec::new() };
    let mut gone = vec![0u64; words];
    for node in order {
        let row = &search.rows[node * words..(node + 1) * words];
        let open: Vec<u64> = row.iter().zip(&gone).map(|(row, gone)| row & !gone).collect();
        let past: Vec<u64> = row.iter().zip(&gone).map(|(row, gone)| row & gone).collect();
        search.clique.push(node);
        search.extend(open, past);
        search.clique.pop();
        set(&mut gone, node);
    }
    let complete = search.steps > 0;
    Cliques { largest: search.found, seen: search.seen, complete }
}

struct CliqueSearch {
    rows: Vec<u64>,
    words: usize,
    most: usize,
    steps: u64,
    seen: u64,
    found: Vec<Vec<usize>>,
    clique: Vec<usize>,
}

impl CliqueSearch {
    fn row(&self, node: usize) -> &[u64] {
        &self.rows[node * self.words..(node + 1) * self.words]
    }

    fn extend(&mut self, mut open: Vec<u64>, mut past: Vec<u64>) {
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        if count(&open) == 0 {
            if count(&past) == 0 && self.clique.len() > 2 {
                self.seen += 1;
                self.keep();
            }
            return;
        }
        let shared = |node: usize| both(self.row(node), &open).map(u64::count_ones).sum::<u32>();
        let candidates = members(&open).chain(members(&past));
        let pivot = candidates.max_by_key(|node| (shared(*node), std::cmp::Reverse(*node))).unwrap_or(0);
        let rest: Vec<u64> = open.iter().zip(self.row(pivot)).map(|(open, row)| open & !row).collect();
        for node in members(&rest).collect::<Vec<usize>>() {
            let next: Vec<u64> = both(self.row(node), &open).collect();
            let before: Vec<u64> = both(self.row(node), &past).collect();
            self.clique.push(node);
            self.extend(next, before);
            self.clique.pop();
            open[node >> 6] &= !(1 << (node & 63));
            set(&mut past, node);
        }
    }

    fn keep(&mut self) {
        let full = self.found.len() >= self.most;
        if full && self.found.last().is_some_and(|last| last.len() > self.clique.len()) || self.most == 0 {
            return;
        }
        let mut clique = self.clique.clone();
        clique.sort_unstable();
        let before =
            |known: &Vec<usize>| (known.len(), std::cmp::Reverse(known)) > (clique.len(), std::cmp::Reverse(&clique));
        let place = self.found.partition_point(before);
        self.found.insert(place, clique);
        self.found.truncate(self.most);
    }
}

fn set(bits: &mut [u64], node: usize) {
    bits[node >> 6] |= 1 << (node & 63);
}

fn count(bits: &[u64]) -> u32 {
    bits.iter().map(|word| word.count_ones()).sum()
}

fn both<'b>(one: &'b [u64], other: &'b [u64]) -> impl Iterator<Item = u64> + 'b {
    one.iter().zip(other).map(|(one, other)| one & other)
}

fn members(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(at, word)| {
        let mut word = *word;
        std::iter::from_fn(move || {
            let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
            word &= word - 1;
            Some(at * 64 + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::{drawn, karate};

    #[test]
    fn of_the_karate_club() {
        let core = core_numbers(&karate());
        // networkx.core_number
        assert_eq!((core[0], core[11], core[9], core[33]), (4, 1, 2, 4));
        assert_eq!(core.iter().filter(|core| **core == 4).count(), 10);
        let found = cliques(&karate(), 3, u64::MAX);
        assert_eq!(found.largest[..2], [vec![0, 1, 2, 3, 7], vec![0, 1, 2, 3, 13]]);
        assert_eq!((found.largest[2].len(), found.seen, found.complete), (4, 25, true));
        assert!(!cliques(&karate(), 3, 5).complete);
    }

    #[test]
    fn petgraph_finds_as_many_cliques() {
        for seed in 0..5 {
            let graph = drawn(70, 700, false, seed);
            let all = petgraph::algo::maximal_cliques(&graph.petgraph());
            let found = cliques(&graph, usize::MAX, u64::MAX);
            assert_eq!(found.seen, all.iter().filter(|clique| clique.len() > 2).count() as u64);
            assert_eq!(found.largest[0].len(), all.iter().map(|clique| clique.len()).max().unwrap());
        }
    }
}
