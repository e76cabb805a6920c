//! Measures of two members: how much they share.
//!
//! k is what both hold, n₁ and n₂ what each holds, N the organisations of the reference set that are open to both,
//! d_o the members of organisation o. Of cells that weigh differently, k is Σ min(x, y), so that Jaccard is Ružička's
//! Σmin/Σmax, and φ, the cosine and the measures of agreement are those of the weights as levels. Of organisations
//! that weigh differently, every sum is weighted.

use super::bits::{count, shared, shared_ones};
use super::contingency::{Contingency, Distance};
use super::table::Affiliations;

/// A measure of two portfolios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// k; at least 0. peacesciencer's `add_igos` counts full memberships, COW's dyad file full and associate ones.
    Shared,
    /// k / (n₁ + n₂ − k); 0 to 1, `None` where both are empty. Jaccard 1901.
    Jaccard,
    /// k / min(n₁, n₂), the overlap coefficient; 0 to 1, `None` where one is empty. Szymkiewicz 1934, Simpson 1943.
    Overlap,
    /// 2k / (n₁ + n₂); 0 to 1, `None` where both are empty. Dice 1945.
    Dice,
    /// k / √(n₁n₂); see [`Contingency::cosine`].
    Cosine,
    /// Correlation of two sets; see [`Contingency::phi`].
    Phi,
    /// Σ over shared o of 1 / ln d_o; at least 0, 0 where nothing is shared; o with one member is left out.
    /// Adamic & Adar 2003.
    AdamicAdar,
    /// Σ over shared o of 1 / d_o; at least 0. Zhou, Lü & Zhang 2009.
    ResourceAllocation,
    /// Σ over shared o of 1 / (d_o − 1); at least 0; o with one member is left out. Newman 2001.
    Newman,
    /// κ of equal or not; see [`Contingency::kappa`].
    Kappa,
    /// κ of linear distances.
    KappaLinear,
    /// κ of squared distances.
    KappaSquared,
    /// π of equal or not; see [`Contingency::pi`].
    Pi,
    /// π of linear distances.
    PiLinear,
    /// π of squared distances.
    PiSquared,
    /// S; see [`Contingency::s`].
    S,
    /// S of squared distances; see [`Contingency::s_squared`].
    SSquared,
    /// S less its value by chance; see [`Contingency::a`].
    A,
    /// τ-b; see [`Contingency::tau_b`].
    TauB,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 19] = [
        Measure::Shared,
        Measure::Jaccard,
        Measure::Overlap,
        Measure::Dice,
        Measure::Cosine,
        Measure::Phi,
        Measure::AdamicAdar,
        Measure::ResourceAllocation,
        Measure::Newman,
        Measure::Kappa,
        Measure::KappaLinear,
        Measure::KappaSquared,
        Measure::Pi,
        Measure::PiLinear,
        Measure::PiSquared,
        Measure::S,
        Measure::SSquared,
        Measure::A,
        Measure::TauB,
    ];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        self.told().0
    }

    /// Formula, range and source, for a codebook.
    pub fn formula(self) -> &'static str {
        self.told().1
    }

    fn told(self) -> (&'static str, &'static str) {
        match self {
            Measure::Shared => ("shared", "k, organisations of both; 0 or more"),
            Measure::Jaccard => ("jaccard", "k/(n1+n2-k); 0 to 1, NA if both are empty; Jaccard 1901"),
            Measure::Overlap => ("overlap", "k/min(n1,n2); 0 to 1, NA if one is empty; Simpson 1943"),
            Measure::Dice => ("dice", "2k/(n1+n2); 0 to 1, NA if both are empty; Dice 1945"),
            Measure::Cosine => ("cosine", "k/sqrt(n1*n2); 0 to 1, NA if one is empty; Ochiai 1957"),
            Measure::Phi => ("phi", "Pearson correlation of the two rows; -1 to 1, NA if one is constant"),
            Measure::AdamicAdar => {
                ("adamic_adar", "sum over shared o of 1/ln(d_o); 0 or more; d_o members of o; Adamic & Adar 2003")
            }
            Measure::ResourceAllocation => {
                ("resource_allocation", "sum over shared o of 1/d_o; 0 or more; Zhou, Lu & Zhang 2009")
            }
            Measure::Newman => ("newman", "sum over shared o of 1/(d_o-1); 0 or more; Newman 2001"),
            Measure::Kappa => {
                ("kappa", "Cohen's kappa, nominal: 1 - sum(O)/sum(E) of unequal levels; at most 1; Cohen 1960")
            }
            Measure::KappaLinear => ("kappa_linear", "Cohen's kappa, distance |x-y|; at most 1; Cohen 1968"),
            Measure::KappaSquared => ("kappa_squared", "Cohen's kappa, distance (x-y)^2; at most 1; Cohen 1968"),
            Measure::Pi => ("pi", "Scott's pi, nominal: as kappa with pooled margins; at most 1; Scott 1955"),
            Measure::PiLinear => ("pi_linear", "Scott's pi, distance |x-y|; at most 1"),
            Measure::PiSquared => ("pi_squared", "Scott's pi, distance (x-y)^2; at most 1"),
            Measure::S => ("s", "1 - 2*sum(w*|x-y|/d)/sum(w); -1 to 1; Signorino & Ritter 1999"),
            Measure::SSquared => ("s_squared", "1 - 2*sum(w*((x-y)/d)^2)/sum(w); -1 to 1; Hage 2011"),
            Measure::A => ("a", "S less its expectation under independence; Benati & Capurri 2026"),
            Measure::TauB => ("tau_b", "Kendall's tau-b; -1 to 1, NA if one row is constant; Kendall 1945"),
        }
    }
}

/// What all pairs of a table have in common: prepared once.
#[derive(Clone, Debug)]
pub struct Compared<'t> {
    table: &'t Affiliations,
    degrees: Vec<u32>,
    /// The greatest distance of two levels.
    range: f64,
}

/// Sums of two portfolios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// k.
    pub shared: f64,
    /// n₁.
    pub one: f64,
    /// n₂.
    pub other: f64,
    /// N.
    pub all: f64,
}

impl<'t> Compared<'t> {
    /// Prepares a table. Its organisations are the reference set: see [`Affiliations::within_reference`].
    /// `range` is the greatest distance that two levels can have; that of the table's own levels where `None`.
    pub fn new(table: &'t Affiliations, range: Option<f64>) -> Compared<'t> {
        let own = table.scale().last().copied().unwrap_or(1.0);
        Compared { table, degrees: table.cells().degrees(), range: range.unwrap_or(own) }
    }

    /// Sums of two members.
    pub fn pair(&self, one: usize, other: usize) -> Pair {
        let table = self.table;
        let plain = table.weights.is_empty() && table.closed.is_none();
        if plain {
            let mut sums = Pair { shared: 0.0, one: 0.0, other: 0.0, all: whole(table.organisations.len()) };
            for layer in &table.layers {
                let (a, b) = (layer.cells.row(one), layer.cells.row(other));
                sums.shared += layer.step * f64::from(shared(a, b));
                sums.one += layer.step * f64::from(count(a));
                sums.other += layer.step * f64::from(count(b));
            }
            return sums;
        }
        let (a, b, weights) = self.levels(one, other);
        let weight = |at: usize| weights.get(at).copied().unwrap_or(1.0);
        let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
            a.iter().zip(&b).enumerate().map(|(at, (x, y))| weight(at) * of(*x, *y)).sum()
        };
        Pair { shared: sum(&f64::min), one: sum(&|x, _| x), other: sum(&|_, y| y), all: sum(&|_, _| 1.0) }
    }

    /// Levels of two members in the organisations that are open to both, with the weights of these.
    fn levels(&self, one: usize, other: usize) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let (mut a, mut b, mut weights) =
            (self.table.levels(one), self.table.levels(other), self.table.weights.clone());
        if let Some(closed) = &self.table.closed {
            let open = |at: usize| !closed.get(one, at) && !closed.get(other, at);
            let kept = |values: &[f64]| -> Vec<f64> {
                values.iter().enumerate().filter(|(at, _)| open(*at)).map(|(_, value)| *value).collect()
            };
            (a, b) = (kept(&a), kept(&b));
            weights = kept(&weights);
        }
        (a, b, weights)
    }

    /// The two portfolios counted against each other.
    pub fn contingency(&self, one: usize, other: usize) -> Contingency {
        if self.table.is_plain() {
            let sums = self.pair(one, other);
            return Contingency::of_sets(sums.shared, sums.one, sums.other, sums.all);
        }
        let (a, b, weights) = self.levels(one, other);
        Contingency::new(&a, &b, &weights)
    }

    /// A measure of two members; `None` where it cannot be told, as its own text says.
    pub fn measure(&self, measure: Measure, one: usize, other: usize) -> Option<f64> {
        let sums = || self.pair(one, other);
        let counted = || self.contingency(one, other);
        match measure {
            Measure::Shared => Some(sums().shared),
            Measure::Jaccard => {
                let sums = sums();
                ratio(sums.shared, sums.one + sums.other - sums.shared)
            }
            Measure::Overlap => {
                let sums = sums();
                ratio(sums.shared, sums.one.min(sums.other))
            }
            Measure::Dice => {
                let sums = sums();
                ratio(2.0 * sums.shared, sums.one + sums.other)
            }
            Measure::AdamicAdar => Some(self.shared_by(one, other, |degree| degree.ln())),
            Measure::ResourceAllocation => Some(self.shared_by(one, other, |degree| degree)),
            Measure::Newman => Some(self.shared_by(one, other, |degree| degree - 1.0)),
            Measure::Cosine => counted().cosine(),
            Measure::Phi => counted().phi(),
            Measure::Kappa => counted().kappa(Distance::Nominal),
            Measure::KappaLinear => counted().kappa(Distance::Linear),
            Measure::KappaSquared => counted().kappa(Distance::Squared),
            Measure::Pi => counted().pi(Distance::Nominal),
            Measure::PiLinear => counted().pi(Distance::Linear),
            Measure::PiSquared => counted().pi(Distance::Squared),
            Measure::S => counted().s(self.range),
            Measure::SSquared => counted().s_squared(self.range),
            Measure::A => counted().a(self.range),
            // Its pairs of organisations cannot weigh more or less than one.
            Measure::TauB => {
                let (a, b, _) = self.levels(one, other);
                Contingency::new(&a, &b, &[]).tau_b()
            }
        }
    }

    /// Σ over shared organisations of weight / f(members); those where f is 0 are left out.
    fn shared_by(&self, one: usize, other: usize, f: impl Fn(f64) -> f64) -> f64 {
        let cells = self.table.cells();
        shared_ones(cells.row(one), cells.row(other))
            .map(|at| {
                let part = f(f64::from(self.degrees[at]));
                let weight = self.table.weights.get(at).copied().unwrap_or(1.0);
                if part > 0.0 { weight / part } else { 0.0 }
            })
            .fold(0.0, |sum, part| sum + part)
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// A count as a number.
#[allow(clippy::cast_precision_loss)]
pub(super) fn whole(count: usize) -> f64 {
    count as f64
}
