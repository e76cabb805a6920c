//! Graphs for tests.

use super::plain::{Plain, PlainEdge};
use crate::random::Random;

/// Zachary's karate club (1977): 34 members, 78 friendships.
pub(crate) fn karate() -> Plain {
    let text = include_str!("../../tests/structure/karate.csv");
    Plain::new(34, false, &numbers(text))
}

fn numbers(text: &str) -> Vec<PlainEdge> {
    let edge = |line: &str| {
        let mut cells = line.split(',').map(|cell| cell.parse::<u32>().expect("a number"));
        (cells.next().expect("one") - 1, cells.next().expect("other") - 1, 1.0)
    };
    text.lines().skip(1).map(edge).collect()
}

/// A graph of about as many edges, drawn evenly.
pub(crate) fn drawn(nodes: usize, edges: usize, directed: bool, seed: u64) -> Plain {
    let mut random = Random::new(seed, 0);
    let mut end = || u32::try_from(random.below(nodes)).expect("few");
    let mut list: Vec<PlainEdge> = (0..edges).map(|_| (end(), end(), 1.0)).collect();
    list.iter_mut().filter(|edge| !directed && edge.0 > edge.1).for_each(|edge| *edge = (edge.1, edge.0, edge.2));
    list.sort_by_key(|edge| (edge.0, edge.1));
    list.dedup_by_key(|edge| (edge.0, edge.1));
    Plain::new(nodes, directed, &list)
}
