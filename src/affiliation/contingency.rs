//! Two portfolios counted against each other, and the measures of agreement that need nothing more.

/// How many organisations (or how much weight of them) two members hold at each pair of levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Contingency {
    /// The levels, ascending.
    levels: Vec<f64>,
    /// Row by row: weight of the organisations at level `row` for the one and `column` for the other.
    cells: Vec<f64>,
}

/// How far apart two levels count to be in κ and π.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Equal or not (Cohen 1960, Scott 1955).
    Nominal,
    /// |x − y| (Cohen 1968).
    Linear,
    /// (x − y)² (Cohen 1968).
    Squared,
}

impl Contingency {
    /// Counts two portfolios of as many entries, each with the weight at its place (1 where `weights` is empty).
    pub fn new(one: &[f64], other: &[f64], weights: &[f64]) -> Contingency {
        let mut levels: Vec<f64> = one.iter().chain(other).copied().collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let place = |level: f64| levels.partition_point(|known| *known < level);
        let mut cells = vec![0.0; levels.len() * levels.len()];
        for (at, (x, y)) in one.iter().zip(other).enumerate() {
            cells[place(*x) * levels.len() + place(*y)] += weights.get(at).copied().unwrap_or(1.0);
        }
        Contingency { levels, cells }
    }

    /// Counts two sets of `one` and `other` organisations out of `all`, with `shared` in both.
    pub fn of_sets(shared: f64, one: f64, other: f64, all: f64) -> Contingency {
        let cells = vec![all - one - other + shared, other - shared, one - shared, shared];
        Contingency { levels: vec![0.0, 1.0], cells }
    }

    /// Every pair of levels with its weight.
    fn entries(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let side = self.levels.len();
        self.cells.iter().enumerate().map(move |(at, weight)| (self.levels[at / side], self.levels[at % side], *weight))
    }

    fn total(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// Weight at each level of the one and of the other.
    fn margins(&self) -> (Vec<f64>, Vec<f64>) {
        let side = self.levels.len();
        let row = |at: usize| self.cells[at * side..(at + 1) * side].iter().sum();
        let column = |at: usize| (0..side).map(|row| self.cells[row * side + at]).sum();
        ((0..side).map(row).collect(), (0..side).map(column).collect())
    }

    /// 1 − observed / expected distance, where levels were drawn by these margins.
    fn corrected(&self, distance: Distance, rows: &[f64], columns: &[f64]) -> Option<f64> {
        let apart = |x: f64, y: f64| match distance {
            Distance::Nominal => f64::from(u8::from((x - y).abs() > 0.0)),
            Distance::Linear => (x - y).abs(),
            Distance::Squared => (x - y) * (x - y),
        };
        let total = self.total();
        let observed: f64 = self.entries().map(|(x, y, weight)| apart(x, y) * weight).sum();
        let expected: f64 = rows
            .iter()
            .zip(&self.levels)
            .flat_map(|(r, x)| columns.iter().zip(&self.levels).map(move |(c, y)| apart(*x, *y) * r * c))
            .sum();
        (expected > 0.0).then(|| 1.0 - observed * total / expected)
    }

    /// Cohen's κ: (p_o − p_e) / (1 − p_e) with p_e = Σ_c r_c·s_c, or with distances 1 − Σd·O / Σd·E. At most 1,
    /// 0 where the two agree no more than their own habits would make them. `None` where p_e = 1. Cohen 1960,
    /// 1968; Häge 2011 prefers it to S for ties.
    pub fn kappa(&self, distance: Distance) -> Option<f64> {
        let (rows, columns) = self.margins();
        self.corrected(distance, &rows, &columns)
    }

    /// Scott's π: as κ, but both are taken to have the same habits: p_e = Σ_c ((r_c + s_c)/2)². Scott 1955.
    pub fn pi(&self, distance: Distance) -> Option<f64> {
        let (rows, columns) = self.margins();
        let pooled: Vec<f64> = rows.iter().zip(&columns).map(|(r, s)| f64::midpoint(*r, *s)).collect();
        self.corrected(distance, &pooled, &pooled)
    }

    /// Signorino and Ritter's S: 1 − 2·Σ(w/Σw)·|x − y|/d, where `range` d is the greatest distance that two levels
    /// can have. From −1 to 1; `None` where nothing is compared or d is 0. Signorino & Ritter 1999.
    pub fn s(&self, range: f64) -> Option<f64> {
        self.similarity(|x, y| (x - y).abs() / range, range)
    }

    /// S of squared distances: 1 − 2·Σ(w/Σw)·((x − y)/d)². Häge 2011.
    pub fn s_squared(&self, range: f64) -> Option<f64> {
        self.similarity(|x, y| ((x - y) / range).powi(2), range)
    }

    fn similarity(&self, apart: impl Fn(f64, f64) -> f64, range: f64) -> Option<f64> {
        let total = self.total();
        let sum: f64 = self.entries().map(|(x, y, weight)| apart(x, y) * weight).sum();
        (total > 0.0 && range > 0.0).then(|| 1.0 - 2.0 * sum / total)
    }

    /// S less the S that the same two portfolios would have if they were independent: 0 means no more alike than
    /// by chance. Benati & Capurri 2026.
    pub fn a(&self, range: f64) -> Option<f64> {
        let (rows, columns) = self.margins();
        let total = self.total();
        let cells = rows.iter().flat_map(|r| columns.iter().map(move |c| r * c / total)).collect();
        let independent = Contingency { levels: self.levels.clone(), cells };
        Some(self.s(range)? - independent.s(range)?)
    }

    /// Kendall's τ-b: (C − D) / √((P − T_x)(P − T_y)), with C concordant and D discordant pairs of organisations, P
    /// all pairs and T those tied on one side. From −1 to 1; `None` where one side is constant. Kendall 1945; kept
    /// for comparison with older work only.
    pub fn tau_b(&self) -> Option<f64> {
        let side = self.levels.len();
        let total = self.total();
        let mut concordant = 0.0;
        let mut discordant = 0.0;
        for (at, weight) in self.cells.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            for (later, more) in self.cells.iter().enumerate().skip((at / side + 1) * side) {
                match (later % side).cmp(&(at % side)) {
                    std::cmp::Ordering::Greater => concordant += weight * more,
                    std::cmp::Ordering::Less => discordant += weight * more,
                    std::cmp::Ordering::Equal => {}
                }
            }
        }
        let pairs = |weight: f64| weight * (weight - 1.0) / 2.0;
        let (rows, columns) = self.margins();
        let untied = |margin: &[f64]| pairs(total) - margin.iter().copied().map(pairs).sum::<f64>();
        let (x, y) = (untied(&rows), untied(&columns));
        (x > 0.0 && y > 0.0).then(|| (concordant - discordant) / (x * y).sqrt())
    }

    /// Pearson's correlation of the levels; φ of two sets: (Nk − n₁n₂) / √(n₁n₂(N − n₁)(N − n₂)). From −1 to 1;
    /// `None` where one side is constant.
    pub fn phi(&self) -> Option<f64> {
        let total = self.total();
        let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 { self.entries().map(|(x, y, w)| w * of(x, y)).sum() };
        let (x, y) = (sum(&|x, _| x), sum(&|_, y| y));
        let spread_x = total * sum(&|x, _| x * x) - x * x;
        let spread_y = total * sum(&|_, y| y * y) - y * y;
        let joint = total * sum(&|x, y| x * y) - x * y;
        (spread_x > 0.0 && spread_y > 0.0).then(|| joint / (spread_x * spread_y).sqrt())
    }

    /// Cosine of the levels (Ochiai's coefficient of two sets): Σxy / √(Σx²·Σy²), k / √(n₁n₂). From 0 to 1 where no
    /// level is negative; `None` where one side is empty. Ochiai 1957; Salton.
    pub fn cosine(&self) -> Option<f64> {
        let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 { self.entries().map(|(x, y, w)| w * of(x, y)).sum() };
        let (x, y) = (sum(&|x, _| x * x), sum(&|_, y| y * y));
        (x > 0.0 && y > 0.0).then(|| sum(&|x, y| x * y) / (x * y).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Germany and Russia in 1914, alliances from 0 to 3: Signorino & Ritter 1999, table 6.
    #[test]
    fn germany_and_russia_in_1914() {
        let mut germany = vec![3.0, 0.0, 0.0, 0.0, 3.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0];
        let mut russia = vec![0.0, 3.0, 1.0, 3.0, 0.0, 1.0];
        let mut weights = vec![0.25, 0.21, 0.20, 0.08, 0.08, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01];
        germany.resize(20, 0.0);
        russia.resize(20, 0.0);
        weights.resize(20, 0.0);
        let plain = Contingency::new(&germany, &russia, &[]);
        let is =
            |value: Option<f64>, wanted: f64| assert!((value.unwrap() - wanted).abs() < 5e-9, "{value:?} {wanted}");
        is(plain.s(3.0), 0.4);
        is(Contingency::new(&germany, &russia, &weights).s(3.0), -0.46);
        is(plain.s_squared(3.0), 0.444_444_444);
        is(plain.kappa(Distance::Squared), -0.077_586_21);
        is(plain.kappa(Distance::Linear), -0.071_428_57);
        is(plain.pi(Distance::Nominal), -0.044_776_12);
        is(plain.pi(Distance::Squared), -0.086_956_52);
        is(plain.tau_b(), 0.030_316_95);
        is(plain.a(3.0), -0.04);
        let yes = |levels: &[f64]| -> Vec<f64> { levels.iter().map(|l| f64::from(u8::from(*l > 0.0))).collect() };
        let ties = Contingency::new(&yes(&germany), &yes(&russia), &[]);
        is(ties.kappa(Distance::Nominal), 0.0625);
        is(ties.pi(Distance::Nominal), 0.0625);
    }

    /// Signorino's own example.
    #[test]
    fn s_of_four() {
        let counted = Contingency::new(&[3.0, 3.0, 2.0, 2.0], &[2.0, 2.0, 3.0, 3.0], &[0.5, 0.3, 0.1, 0.1]);
        assert!((counted.s(3.0).unwrap() - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_told_is_none() {
        let constant = Contingency::new(&[1.0, 1.0], &[1.0, 1.0], &[]);
        assert_eq!(
            (constant.kappa(Distance::Nominal), constant.tau_b(), constant.phi(), constant.s(0.0)),
            (None, None, None, None)
        );
        let nothing = Contingency::new(&[], &[], &[]);
        assert_eq!((nothing.s(1.0), nothing.cosine(), nothing.kappa(Distance::Linear)), (None, None, None));
    }
}
