//! Tables with the very sizes of members and organisations, drawn at random.
//!
//! Curveball (Strona et al. 2014): two members put the organisations that only one of them has on a heap and share
//! them out again, each keeping its number. Carstens 2015 shows that every table is as likely in the end. With
//! closed cells only organisations open to both are shared out; every table that can be reached is then as likely.

use rayon::prelude::*;

use crate::affiliation::bits::{BitRows, ones};
use crate::affiliation::table::all_shared;
use crate::random::Random;

/// Walks that draw tables side by side; a fixed number, so that the answer does not depend on the machine.
const WALKS: u32 = 8;

/// Trades a member between two tables that are kept.
const TRADES: usize = 5;

/// How often pairs shared as much and more, and as much and less, in the tables drawn.
pub struct Fdsm {
    members: usize,
    samples: u32,
    /// By pair, in the order of [`pairs`](crate::affiliation::pairs).
    sums: Vec<Sum>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    at_least: u32,
    at_most: u32,
    total: u64,
}

impl Fdsm {
    /// Draws tables. O(samples · (members · organisations / 64 · members)).
    pub(super) fn sample(
        cells: &BitRows,
        closed: Option<&BitRows>,
        samples: u32,
        seed: u64,
        tell: &(dyn Fn() + Sync),
    ) -> Fdsm {
        let observed = all_shared(cells);
        let each = |walk: u32| samples / WALKS + u32::from(walk < samples % WALKS);
        let walks: Vec<Vec<Sum>> = (0..WALKS)
            .into_par_iter()
            .map(|walk| {
                let mut random = Random::new(seed, walk);
                let mut table = cells.clone();
                let mut sums = vec![Sum::default(); observed.len()];
                // Far from the observed table before the first one is kept.
                trade(&mut table, closed, 20 * TRADES * cells.len(), &mut random);
                for _ in 0..each(walk) {
                    trade(&mut table, closed, TRADES * cells.len(), &mut random);
                    for ((sum, seen), drawn) in sums.iter_mut().zip(&observed).zip(all_shared(&table)) {
                        sum.at_least += u32::from(drawn >= *seen);
                        sum.at_most += u32::from(drawn <= *seen);
                        sum.total += u64::from(drawn);
                    }
                    tell();
                }
                sums
            })
            .collect();
        let mut sums = vec![Sum::default(); observed.len()];
        for walk in walks {
            for (sum, more) in sums.iter_mut().zip(walk) {
                sum.at_least += more.at_least;
                sum.at_most += more.at_most;
                sum.total += more.total;
            }
        }
        Fdsm { members: cells.len(), samples, sums }
    }

    /// Share of tables in which two members share as much or more (or less). The observed table counts as one of
    /// those drawn, so that no tail is 0 (Davison & Hinkley 1997, 4.11).
    pub(super) fn tail(&self, one: usize, other: usize, upper: bool) -> f64 {
        let Some(sum) = self.of(one, other) else { return 1.0 };
        let seen = if upper { sum.at_least } else { sum.at_most };
        f64::from(seen + 1) / f64::from(self.samples + 1)
    }

    /// Mean number shared over the tables drawn; for a member with itself 0 is no answer, and `NaN` says so.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn mean(&self, one: usize, other: usize) -> f64 {
        self.of(one, other).map_or(f64::NAN, |sum| sum.total as f64 / f64::from(self.samples))
    }

    fn of(&self, one: usize, other: usize) -> Option<Sum> {
        let (one, other) = (one.min(other), one.max(other));
        // Pairs before those of `one`: (n−1) + (n−2) + …
        let before = one * (2 * self.members - one).saturating_sub(1) / 2;
        (one != other).then(|| self.sums[before + other - one - 1])
    }
}

/// Shares out what only one of two members has, for so many pairs.
fn trade(table: &mut BitRows, closed: Option<&BitRows>, trades: usize, random: &mut Random) {
    let members = table.len();
    if members < 2 {
        return;
    }
    let mut heap: Vec<usize> = Vec::new();
    for _ in 0..trades {
        let one = random.below(members);
        let mut other = random.below(members - 1);
        other += usize::from(other >= one);
        let barred = |word: usize| closed.map_or(0, |closed| closed.row(one)[word] | closed.row(other)[word]);
        let words = table.row(one).len();
        let mine: Vec<u64> =
            (0..words).map(|word| table.row(one)[word] & !table.row(other)[word] & !barred(word)).collect();
        let theirs: Vec<u64> =
            (0..words).map(|word| table.row(other)[word] & !table.row(one)[word] & !barred(word)).collect();
        heap.clear();
        heap.extend(ones(&mine));
        let keep = heap.len();
        heap.extend(ones(&theirs));
        if keep == 0 || keep == heap.len() {
            continue;
        }
        // The first `keep` of a shuffled heap go to the one, the rest to the other.
        for at in 0..keep {
            let from = at + random.below(heap.len() - at);
            heap.swap(at, from);
        }
        for (at, column) in heap.iter().enumerate() {
            let (to, from) = if at < keep { (one, other) } else { (other, one) };
            table.set(to, *column);
            table.clear(from, *column);
        }
    }
}

/// Shared counts by pair, for the tests of the sampler.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::affiliation::table::pairs;
    use std::collections::BTreeMap;

    /// Rows 1011, 0100, 1001: eight tables have these sizes, and in them the pairs share so much.
    #[test]
    fn as_often_as_an_exact_count() {
        let mut cells = BitRows::new(3, 4);
        for (row, column) in [(0, 0), (0, 2), (0, 3), (1, 1), (2, 0), (2, 3)] {
            cells.set(row, column);
        }
        // Every table with rows 3, 1, 2 and columns 2, 1, 1, 2, counted one by one.
        let mut tables = Vec::new();
        for bits in 0u32..4096 {
            let row = |at: u32| bits >> (4 * at) & 15;
            let column = |at: u32| (0..3).filter(|r| row(*r) >> at & 1 == 1).count();
            let sizes: Vec<u32> = (0..3).map(|at| row(at).count_ones()).collect();
            if sizes == [3, 1, 2] && (0..4).map(column).collect::<Vec<_>>() == [2, 1, 1, 2] {
                tables.push([row(0), row(1), row(2)]);
            }
        }
        assert_eq!(tables.len(), 8);
        let observed = all_shared(&cells);
        let exact: Vec<f64> = pairs(3)
            .zip(&observed)
            .map(|((one, other), seen)| {
                let as_much = tables.iter().filter(|table| (table[one] & table[other]).count_ones() >= *seen).count();
                super::super::whole(as_much) / 8.0
            })
            .collect();
        assert_eq!(exact, [1.0, 0.25, 1.0]);
        let drawn = Fdsm::sample(&cells, None, 20_000, 1, &|| {});
        for ((one, other), exact) in pairs(3).zip(exact) {
            // Five standard errors of 20,000 draws of a quarter.
            assert!((drawn.tail(one, other, true) - exact).abs() < 0.0155, "{one} {other}");
        }
        // And every one of the eight is drawn about as often.
        let mut random = Random::new(3, 0);
        let mut seen: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
        let mut table = cells.clone();
        for _ in 0..8000 {
            trade(&mut table, None, 15, &mut random);
            *seen.entry((0..3).map(|row| table.row(row)[0]).collect()).or_default() += 1;
        }
        assert_eq!(seen.len(), 8);
        // χ² with 7 degrees of freedom stays below 24.3 in 999 of 1,000 runs.
        let chi: f64 = seen.values().map(|count| (f64::from(*count) - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 24.3, "{chi}");
    }

    #[test]
    fn closed_cells_stay_empty_and_sizes_stay() {
        let mut cells = BitRows::new(4, 6);
        let mut closed = BitRows::new(4, 6);
        for (row, column) in [(0, 0), (0, 1), (1, 2), (1, 3), (2, 0), (2, 4), (3, 5), (3, 2)] {
            cells.set(row, column);
        }
        closed.set(0, 5);
        closed.set(1, 0);
        let mut table = cells.clone();
        trade(&mut table, Some(&closed), 1000, &mut Random::new(7, 0));
        assert_ne!(table, cells);
        assert_eq!(table.degrees(), cells.degrees());
        for row in 0..4 {
            assert_eq!(ones(table.row(row)).count(), 2);
            assert!(ones(table.row(row)).all(|column| !closed.get(row, column)));
        }
    }
}
