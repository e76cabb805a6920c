//! A table of members by organisations: the two-mode network that every measure and null model reads.

use super::bits::{BitRows, count, ones, shared};

/// Cells that weigh at least so much: the row of a member has the organisations in which it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// How much more these cells weigh than those of the layer below; above 0.
    pub step: f64,
    /// Members by organisations.
    pub cells: BitRows,
}

/// Members by organisations. A cell weighs the sum of the steps of the layers that have it: one layer of step 1
/// where a membership is there or not, several where statuses or levels weigh differently. Each layer lies within
/// the one before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Affiliations {
    /// Labels of the rows.
    pub members: Vec<String>,
    /// Labels of the columns.
    pub organisations: Vec<String>,
    /// From the lightest cells to the heaviest; never empty where there are members.
    pub layers: Vec<Layer>,
    /// Cells that cannot be (a state's mission to itself): no measure counts them.
    pub closed: Option<BitRows>,
    /// Weights of the organisations in weighted measures; 1 each where empty.
    pub weights: Vec<f64>,
}

/// A cell of a table to be made: member, organisation, weight.
pub type WeightedCell = (usize, usize, f64);

impl Affiliations {
    /// A table from its cells; of several for one place the heaviest counts, and what weighs nothing is left out.
    /// Every distinct weight is a layer.
    ///
    /// # Panics
    /// If a cell lies outside the table.
    pub fn new(members: Vec<String>, organisations: Vec<String>, cells: &[WeightedCell]) -> Affiliations {
        let mut weights: Vec<f64> = cells.iter().map(|(_, _, weight)| *weight).filter(|weight| *weight > 0.0).collect();
        weights.sort_by(f64::total_cmp);
        weights.dedup();
        if weights.is_empty() {
            weights.push(1.0);
        }
        let mut below = 0.0;
        let mut layers = Vec::with_capacity(weights.len());
        for weight in weights {
            let mut bits = BitRows::new(members.len(), organisations.len());
            cells.iter().filter(|cell| cell.2 >= weight).for_each(|cell| bits.set(cell.0, cell.1));
            layers.push(Layer { step: weight - below, cells: bits });
            below = weight;
        }
        Affiliations { members, organisations, layers, closed: None, weights: Vec::new() }
    }

    /// Whether a cell is there at all.
    pub fn cells(&self) -> &BitRows {
        &self.layers[0].cells
    }

    /// Whether every cell weighs 1.
    #[allow(clippy::float_cmp)]
    pub fn is_plain(&self) -> bool {
        self.layers.len() == 1 && self.layers[0].step == 1.0
    }

    /// Number of organisations of the reference set: those with a member.
    pub fn reference(&self) -> usize {
        self.cells().degrees().iter().filter(|degree| **degree > 0).count()
    }

    /// Keeps the organisations that have a member. Measures that count what nobody belongs to (φ, κ, π, S, the
    /// null models) take the rest for no part of the reference set.
    #[must_use]
    pub fn within_reference(self) -> Affiliations {
        let kept: Vec<usize> =
            self.cells().degrees().iter().enumerate().filter(|(_, degree)| **degree > 0).map(|(at, _)| at).collect();
        if kept.len() == self.organisations.len() { self } else { self.with_organisations(&kept) }
    }

    /// Keeps the organisations at some places, in their order.
    #[must_use]
    pub fn with_organisations(&self, places: &[usize]) -> Affiliations {
        let layers = self.layers.iter();
        Affiliations {
            members: self.members.clone(),
            organisations: places.iter().map(|at| self.organisations[*at].clone()).collect(),
            layers: layers.map(|layer| Layer { step: layer.step, cells: layer.cells.columns_at(places) }).collect(),
            closed: self.closed.as_ref().map(|closed| closed.columns_at(places)),
            weights: if self.weights.is_empty() { vec![] } else { places.iter().map(|at| self.weights[*at]).collect() },
        }
    }

    /// Keeps the members at some places, in their order.
    #[must_use]
    pub fn with_members(&self, places: &[usize]) -> Affiliations {
        let kept = |bits: &BitRows| bits.rows_at(places.iter().copied());
        let layers = self.layers.iter();
        Affiliations {
            members: places.iter().map(|at| self.members[*at].clone()).collect(),
            organisations: self.organisations.clone(),
            layers: layers.map(|layer| Layer { step: layer.step, cells: kept(&layer.cells) }).collect(),
            closed: self.closed.as_ref().map(kept),
            weights: self.weights.clone(),
        }
    }

    /// Place of a member.
    pub fn member(&self, label: &str) -> Option<usize> {
        self.members.iter().position(|known| known == label)
    }

    /// Weight of every cell of a member.
    pub fn levels(&self, member: usize) -> Vec<f64> {
        let mut levels = vec![0.0; self.organisations.len()];
        for layer in &self.layers {
            ones(layer.cells.row(member)).for_each(|column| levels[column] += layer.step);
        }
        levels
    }

    /// Levels that cells can have, 0 among them, ascending.
    pub fn scale(&self) -> Vec<f64> {
        let mut scale = vec![0.0];
        for layer in &self.layers {
            scale.push(scale[scale.len() - 1] + layer.step);
        }
        scale
    }

    /// Shared counts of all pairs, the smaller member first: for n members n·(n−1)/2 values, in the order
    /// (0,1), (0,2), …, (1,2), …
    ///
    /// The kernel of every measure: O(n²·organisations / 64).
    pub fn all_shared(&self) -> Vec<u32> {
        all_shared(self.cells())
    }

    /// Size of every member's portfolio.
    pub fn sizes(&self) -> Vec<u32> {
        (0..self.members.len()).map(|at| count(self.cells().row(at))).collect()
    }
}

/// [`Affiliations::all_shared`] of bare rows.
pub fn all_shared(rows: &BitRows) -> Vec<u32> {
    let members = rows.len();
    let mut counts = Vec::with_capacity(members * members.saturating_sub(1) / 2);
    for one in 0..members {
        let row = rows.row(one);
        counts.extend((one + 1..members).map(|other| shared(row, rows.row(other))));
    }
    counts
}

/// The pairs of [`Affiliations::all_shared`], in its order.
pub fn pairs(members: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..members).flat_map(move |one| (one + 1..members).map(move |other| (one, other)))
}
