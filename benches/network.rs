//! Makes a synthetic network of members and organisations and prints it as a two-mode table:
//!
//! `cargo bench --bench network -- 100000 20000 2000000 [exponent [seed]] > big.csv`
//!
//! The organisation of rank r has a size in proportion to r to the power of −exponent (0.6 if none is given), at most a
//! quarter of the members and at least one; its members are drawn evenly, none twice. The same numbers give the same
//! bytes on every machine.

use std::io::Write as _;

/// A network to be made.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many members.
    pub members: u32,
    /// How many organisations.
    pub organisations: u32,
    /// About how many memberships.
    pub memberships: u32,
    /// How fast sizes fall with the rank.
    pub exponent: f64,
    /// Seed of the draws.
    pub seed: u64,
}

/// `SplitMix64`.
pub struct Random(pub u64);

impl Random {
    /// A number below a bound.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[allow(clippy::cast_possible_truncation)]
        let drawn = ((((z ^ (z >> 31)) >> 32) * u64::from(bound)) >> 32) as u32;
        drawn
    }
}

impl Shape {
    /// Sizes of the organisations, from the largest; they sum to about the memberships asked for.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn sizes(&self) -> Vec<u32> {
        let cap = f64::from(self.members / 4).max(1.0);
        let shares: Vec<f64> = (1..=self.organisations).map(|rank| f64::from(rank).powf(-self.exponent)).collect();
        let size = |share: f64, scale: f64| (share * scale).round().clamp(1.0, cap);
        let sum = |scale: f64| shares.iter().map(|share| size(*share, scale)).sum::<f64>();
        // What the cap takes from the largest goes to the others.
        let (mut low, mut high) = (0.0, f64::from(self.memberships) * 100.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if sum(middle) < f64::from(self.memberships) { low = middle } else { high = middle }
        }
        shares.iter().map(|share| size(*share, high) as u32).collect()
    }

    /// Cells (member, organisation), by organisation.
    pub fn cells(&self) -> Vec<(u32, u32)> {
        let mut random = Random(self.seed);
        // The first `size` of a shuffled row of members, which stays shuffled.
        let mut row: Vec<u32> = (0..self.members).collect();
        let mut cells = Vec::with_capacity(self.memberships as usize);
        for (organisation, size) in (0u32..).zip(self.sizes()) {
            for at in 0..size {
                let from = at + random.below(self.members - at);
                row.swap(at as usize, from as usize);
                cells.push((row[at as usize], organisation));
            }
        }
        cells
    }
}

/// The numbers of the command line, without the flags that cargo adds.
#[allow(dead_code)]
fn main() -> std::io::Result<()> {
    let numbers: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let number = |at: usize, usual: u32| numbers.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    let shape = Shape {
        members: number(0, 2000),
        organisations: number(1, 500),
        memberships: number(2, 100_000),
        exponent: numbers.get(3).and_then(|word| word.parse().ok()).unwrap_or(0.6),
        seed: number(4, 1).into(),
    };
    let width = (shape.members.max(2) - 1).to_string().len();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "member,organization")?;
    for (member, organisation) in shape.cells() {
        writeln!(out, "m{member:0width$},o{organisation}")?;
    }
    out.flush()
}
