//! How much two members would share if nothing but sizes mattered: null models and tests.
//!
//! | model | what it keeps | use |
//! |---|---|---|
//! | hypergeometric | each member's size | for teaching: where some organisations are near-universal it calls almost every pair significant |
//! | SDSM | sizes of members and organisations, on average | the default: exact, fast |
//! | FDSM | both sizes, exactly | the check: sampled, slow |

mod bicm;
mod correction;
mod fdsm;
mod hypergeometric;
mod poisson_binomial;

use rayon::prelude::*;

use super::bits::{BitRows, count, shared};
use super::measures::whole;

pub use bicm::{Bicm, FitError};
pub use correction::{Correction, adjusted, significant};
pub use fdsm::Fdsm;
pub use hypergeometric::hypergeometric;
pub use poisson_binomial::{lower_tail, upper_tail};

/// Most numbers that a fitted model holds: 1 GiB.
const NUMBERS: usize = 1 << 27;

/// A null model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null {
    /// Draws each member's organisations from all that are open to both, every one as likely: the "statistically
    /// validated network" of Tumminello et al. 2011, `fixedrow` in R's backbone.
    Hypergeometric,
    /// Stochastic degree sequence model: cells are independent, with the probabilities of the [`Bicm`], and the
    /// number shared is Poisson-binomial, summed exactly. Neal 2014; Neal, Domagalski & Sagan 2021.
    Sdsm,
    /// Fixed degree sequence model: every table with the same sizes is as likely; `samples` of them are drawn.
    /// Zweig & Kaufmann 2011; Godard & Neal 2022.
    Fdsm {
        /// How many tables are drawn.
        samples: u32,
        /// Seed: the same gives the same tables on every machine.
        seed: u64,
    },
}

impl Null {
    /// The name on the command line and in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Null::Hypergeometric => "hypergeometric",
            Null::Sdsm => "sdsm",
            Null::Fdsm { .. } => "fdsm",
        }
    }

    /// The name with what was chosen of it.
    pub fn caption(self) -> String {
        match self {
            Null::Hypergeometric => "hypergeometric".to_owned(),
            Null::Sdsm => "SDSM (BiCM probabilities, exact Poisson-binomial)".to_owned(),
            Null::Fdsm { samples, seed } => format!("FDSM ({samples} tables by curveball, seed {seed})"),
        }
    }
}

/// A null model fitted to a table.
pub struct Fitted<'t> {
    cells: &'t BitRows,
    closed: Option<&'t BitRows>,
    model: Model,
}

enum Model {
    Hypergeometric,
    Sdsm(Bicm),
    Fdsm(Fdsm),
}

impl<'t> Fitted<'t> {
    /// Fits a null model. `closed` cells cannot be ("structural zeros"): none is ever filled.
    ///
    /// # Errors
    /// [`FitError`] if the probabilities of the SDSM cannot be found, or the table is too large for the model.
    ///
    /// # Panics
    /// If `closed` has another shape than `cells`.
    pub fn new(cells: &'t BitRows, closed: Option<&'t BitRows>, null: Null) -> Result<Fitted<'t>, FitError> {
        Fitted::told(cells, closed, null, &|| {})
    }

    /// The same; `tell` is called for every table that FDSM has drawn, from any thread.
    ///
    /// # Errors
    /// As [`Fitted::new`].
    ///
    /// # Panics
    /// As [`Fitted::new`].
    pub fn told(
        cells: &'t BitRows,
        closed: Option<&'t BitRows>,
        null: Null,
        tell: &(dyn Fn() + Sync),
    ) -> Result<Fitted<'t>, FitError> {
        if let Some(closed) = closed {
            assert_eq!((closed.len(), closed.columns()), (cells.len(), cells.columns()), "two shapes");
        }
        let (members, organisations) = (cells.len(), cells.columns());
        // A probability a cell, or three sums a pair and walk.
        let numbers = match null {
            Null::Hypergeometric => 0,
            Null::Sdsm => members.saturating_mul(organisations),
            Null::Fdsm { .. } => members.saturating_mul(members).saturating_mul(8),
        };
        if numbers > NUMBERS {
            return Err(FitError::TooLarge { members, organisations });
        }
        let model = match null {
            Null::Hypergeometric => Model::Hypergeometric,
            Null::Sdsm => Model::Sdsm(Bicm::fit(cells, closed)?),
            Null::Fdsm { samples, seed } => Model::Fdsm(Fdsm::sample(cells, closed, samples, seed, tell)),
        };
        Ok(Fitted { cells, closed, model })
    }

    /// P(X ≥ k) for two members that share k: above 0, at most 1.
    pub fn upper(&self, one: usize, other: usize) -> f64 {
        self.tail(one, other, true)
    }

    /// P(X ≤ k) for two members that share k: above 0, at most 1.
    pub fn lower(&self, one: usize, other: usize) -> f64 {
        self.tail(one, other, false)
    }

    fn tail(&self, one: usize, other: usize, upper: bool) -> f64 {
        let (a, b) = (self.cells.row(one), self.cells.row(other));
        match &self.model {
            Model::Hypergeometric => {
                let (all, n1, n2) = self.open_sizes(one, other);
                let (above, below) = hypergeometric(all, n1, n2, shared(a, b));
                if upper { above } else { below }
            }
            Model::Sdsm(bicm) => {
                let joint: Vec<f64> = bicm.row(one).iter().zip(bicm.row(other)).map(|(p, q)| p * q).collect();
                if upper { upper_tail(&joint, shared(a, b)) } else { lower_tail(&joint, shared(a, b)) }
            }
            Model::Fdsm(fdsm) => fdsm.tail(one, other, upper),
        }
    }

    /// How many organisations the model expects two members to share.
    pub fn expected(&self, one: usize, other: usize) -> f64 {
        match &self.model {
            Model::Hypergeometric => {
                let (all, n1, n2) = self.open_sizes(one, other);
                if all == 0 { 0.0 } else { f64::from(n1) * f64::from(n2) / f64::from(all) }
            }
            Model::Sdsm(bicm) => bicm.row(one).iter().zip(bicm.row(other)).fold(0.0, |sum, (p, q)| sum + p * q),
            Model::Fdsm(fdsm) => fdsm.mean(one, other),
        }
    }

    /// Organisations open to both members, and how many of these each has.
    fn open_sizes(&self, one: usize, other: usize) -> (u32, u32, u32) {
        let (a, b) = (self.cells.row(one), self.cells.row(other));
        let Some(closed) = self.closed else {
            return (u32::try_from(self.cells.columns()).unwrap_or(u32::MAX), count(a), count(b));
        };
        let (c, d) = (closed.row(one), closed.row(other));
        let barred: u32 = c.iter().zip(d).map(|(x, y)| (x | y).count_ones()).sum();
        let open =
            |row: &[u64]| -> u32 { row.iter().zip(c).zip(d).map(|((own, x), y)| (own & !(x | y)).count_ones()).sum() };
        (u32::try_from(self.cells.columns()).unwrap_or(u32::MAX) - barred, open(a), open(b))
    }

    /// [`Fitted::upper`] of all pairs, in the order of [`pairs`](super::pairs), on every core.
    pub fn all_upper(&self) -> Vec<f64> {
        let members = self.cells.len();
        let rows: Vec<Vec<f64>> = (0..members)
            .into_par_iter()
            .map(|one| match &self.model {
                Model::Sdsm(bicm) => self.sdsm_row(bicm, one),
                _ => (one + 1..members).map(|other| self.upper(one, other)).collect(),
            })
            .collect();
        rows.concat()
    }

    /// The upper tails of one member with all later ones, with room for the sums kept from pair to pair.
    fn sdsm_row(&self, bicm: &Bicm, one: usize) -> Vec<f64> {
        let mut joint = vec![0.0; self.cells.columns()];
        let mut sums = poisson_binomial::Sums::default();
        let tails = (one + 1..self.cells.len()).map(|other| {
            let probabilities = bicm.row(one).iter().zip(bicm.row(other));
            joint.iter_mut().zip(probabilities).for_each(|(joint, (p, q))| *joint = p * q);
            sums.upper(&joint, shared(self.cells.row(one), self.cells.row(other)))
        });
        tails.collect()
    }
}

/// How many organisations have more than half of the members as members: where there are any, the hypergeometric
/// misleads.
pub fn near_universal(cells: &BitRows) -> usize {
    let half = whole(cells.len()) / 2.0;
    cells.degrees().iter().filter(|degree| f64::from(**degree) > half).count()
}
