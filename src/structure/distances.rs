//! How many edges lie between nodes.

use rayon::prelude::*;

use super::plain::Plain;

/// Hops from every node to every other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hops {
    nodes: usize,
    hops: Vec<u16>,
}

impl Hops {
    /// What [`Hops::get`] gives where there is no way.
    pub const NONE: u16 = u16::MAX;

    /// Hops of all pairs, along the arcs. n² numbers of two bytes; O(n · edges) at most, O(n³ / 64) in dense graphs, where
    /// a level of the search is an OR of rows of bits. Ways longer than 65,534 hops count as none.
    pub fn of(graph: &Plain) -> Hops {
        let nodes = graph.nodes();
        let mut hops = vec![Hops::NONE; nodes * nodes];
        if graph.nodes() > 0 {
            let search = Search::new(graph);
            // A few thousand rows to a task: small graphs are done before a second thread has woken.
            let rows = (1 << 16) / nodes.max(1) + 1;
            hops.par_chunks_mut(nodes * rows).enumerate().for_each(|(chunk, part)| {
                let mut front = search.front();
                for (at, row) in part.chunks_mut(nodes).enumerate() {
                    search.fill(chunk * rows + at, &mut front, row);
                }
            });
        }
        Hops { nodes, hops }
    }

    /// Hops from one node to all. O(edges).
    pub fn from_one(graph: &Plain, source: usize) -> Vec<u16> {
        let mut row = vec![Hops::NONE; graph.nodes()];
        let search = Search { graph, words: 0, bits: Vec::new() };
        search.fill(source, &mut search.front(), &mut row);
        row
    }

    /// Hops from one node to another.
    pub fn get(&self, from: usize, to: usize) -> u16 {
        self.hops[from * self.nodes + to]
    }

    /// Hops from a node to all.
    pub fn row(&self, from: usize) -> &[u16] {
        &self.hops[from * self.nodes..(from + 1) * self.nodes]
    }
}

/// A search in breadth, over rows of bits where these are shorter than lists.
struct Search<'g> {
    graph: &'g Plain,
    words: usize,
    /// Rows of bits; empty where lists are shorter.
    bits: Vec<u64>,
}

/// What a search keeps between sources.
struct Front {
    seen: Vec<u64>,
    level: Vec<u64>,
    next: Vec<u64>,
    queue: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Plain) -> Search<'g> {
        let nodes = graph.nodes();
        let words = nodes.div_ceil(64);
        let mut bits = Vec::new();
        if words * nodes < graph.arcs() {
            bits = vec![0; words * nodes];
            for node in 0..nodes {
                for to in graph.row(node) {
                    bits[node * words + (*to as usize >> 6)] |= 1 << (to & 63);
                }
            }
        }
        Search { graph, words, bits }
    }

    fn front(&self) -> Front {
        let words = || if self.bits.is_empty() { Vec::new() } else { vec![0; self.words] };
        Front { seen: words(), level: words(), next: words(), queue: Vec::new() }
    }

    /// Hops from a source into a row of [`Hops::NONE`]; gives the number of nodes reached and the sum of their hops.
    fn fill(&self, source: usize, front: &mut Front, row: &mut [u16]) -> (usize, u64) {
        if self.bits.is_empty() {
            self.fill_by_lists(source, front, row)
        } else {
            self.fill_by_bits(source, front, row)
        }
    }

    fn fill_by_lists(&self, source: usize, front: &mut Front, row: &mut [u16]) -> (usize, u64) {
        let queue = &mut front.queue;
        queue.clear();
        queue.push(u32::try_from(source).unwrap_or(u32::MAX));
        row[source] = 0;
        let (mut at, mut sum) = (0, 0u64);
        while at < queue.len() {
            let node = queue[at] as usize;
            at += 1;
            let next = row[node] + 1;
            if next == Hops::NONE || queue.len() == row.len() {
                break;
            }
            for to in self.graph.row(node) {
                if row[*to as usize] == Hops::NONE {
                    row[*to as usize] = next;
                    sum += u64::from(next);
                    queue.push(*to);
                }
            }
        }
        (queue.len(), sum)
    }

    fn fill_by_bits(&self, source: usize, front: &mut Front, row: &mut [u16]) -> (usize, u64) {
        let Front { seen, level, next, .. } = front;
        seen.fill(0);
        level.fill(0);
        seen[source >> 6] |= 1 << (source & 63);
        level[source >> 6] |= 1 << (source & 63);
        row[source] = 0;
        let (mut reached, mut sum, mut hop) = (1, 0u64, 0u16);
        while reached < row.len() && hop + 1 < Hops::NONE {
            hop += 1;
            next.fill(0);
            each_bit(level, |node| {
                let bits = &self.bits[node * self.words..(node + 1) * self.words];
                next.iter_mut().zip(bits).for_each(|(next, bits)| *next |= bits);
            });
            let mut found = 0;
            for (next, seen) in next.iter_mut().zip(seen.iter_mut()) {
                *next &= !*seen;
                *seen |= *next;
                found += next.count_ones() as usize;
            }
            if found == 0 {
                break;
            }
            each_bit(next, |node| row[node] = hop);
            reached += found;
            sum += u64::from(hop) * found as u64;
            std::mem::swap(level, next);
        }
        (reached, sum)
    }
}

fn each_bit(words: &[u64], mut act: impl FnMut(usize)) {
    for (at, word) in words.iter().enumerate() {
        let mut word = *word;
        while word != 0 {
            act(at * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// How near a node is to all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Nearness {
    /// Closeness from 0 to 1: (r − 1) / Σ hops, times (r − 1) / (n − 1), where r nodes are reached, itself among them;
    /// 0 for one that reaches nobody (Wasserman & Faust 1994, 5.2).
    pub closeness: f64,
    /// Harmonic closeness from 0 to 1: mean of 1 / hops over all others, 0 for those out of reach.
    pub harmonic: f64,
    /// How many others are reached.
    pub reached: usize,
    /// Most hops to one that is reached.
    pub eccentricity: u16,
}

/// Nearness of every node, by hops along the arcs: how near all are *to* it in a directed graph is asked of the
/// [reversed](Plain::reversed) one. O(n · edges) at most.
#[allow(clippy::cast_precision_loss)]
pub fn nearness(graph: &Plain) -> Vec<Nearness> {
    let nodes = graph.nodes();
    let search = Search::new(graph);
    let sources: Vec<usize> = (0..nodes).collect();
    let per_task = (1 << 14) / nodes.max(1) + 1;
    let parts: Vec<Vec<Nearness>> = sources
        .par_chunks(per_task)
        .map(|part| {
            let (mut front, mut row) = (search.front(), vec![Hops::NONE; nodes]);
            let one = |source: &usize| {
                row.fill(Hops::NONE);
                let (reached, sum) = search.fill(*source, &mut front, &mut row);
                let others = (reached - 1) as f64;
                let mut levels: Vec<u32> = Vec::new();
                for hops in row.iter().filter(|hops| **hops != Hops::NONE && **hops > 0) {
                    let level = usize::from(*hops);
                    if levels.len() <= level {
                        levels.resize(level + 1, 0);
                    }
                    levels[level] += 1;
                }
                let harmonic = levels.iter().enumerate().skip(1).map(|(hops, count)| f64::from(*count) / hops as f64);
                let rest = nodes.saturating_sub(1).max(1) as f64;
                Nearness {
                    closeness: if sum == 0 { 0.0 } else { others / sum as f64 * (others / rest) },
                    harmonic: harmonic.sum::<f64>() / rest,
                    reached: reached - 1,
                    eccentricity: u16::try_from(levels.len().saturating_sub(1)).unwrap_or(u16::MAX),
                }
            };
            part.iter().map(one).collect()
        })
        .collect();
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::{drawn, karate};

    #[test]
    fn lists_and_bits_find_the_same() {
        for (nodes, edges, directed) in [(70, 1800, true), (130, 200, false), (3, 3, true), (1, 0, false)] {
            let graph = drawn(nodes, edges, directed, 5);
            let hops = Hops::of(&graph);
            // Floyd and Warshall.
            let start = |(from, to): (usize, usize)| match (from == to, graph.joins(from, to)) {
                (true, _) => 0,
                (_, true) => 1,
                _ => u32::from(Hops::NONE),
            };
            let pairs = || (0..nodes).flat_map(|from| (0..nodes).map(move |to| (from, to)));
            let mut floyd: Vec<u32> = pairs().map(start).collect();
            for over in 0..nodes {
                for (from, to) in pairs() {
                    floyd[from * nodes + to] =
                        floyd[from * nodes + to].min(floyd[from * nodes + over] + floyd[over * nodes + to]);
                }
            }
            for (from, to) in pairs() {
                assert_eq!(u32::from(hops.get(from, to)), floyd[from * nodes + to], "{from} {to}");
            }
        }
    }

    #[test]
    fn closeness_of_the_karate_club() {
        let near = nearness(&karate());
        assert!((near[0].closeness - 0.568_965_517_2).abs() < 1e-9);
        assert!((near[33].closeness - 0.55).abs() < 1e-9);
        assert_eq!((near[0].reached, near[0].eccentricity, near[16].eccentricity), (33, 3, 5));
    }
}
