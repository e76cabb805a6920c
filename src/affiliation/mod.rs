//! Members and the organisations they belong to: what two of them share, and whether that is more than chance.
//!
//! The two-mode (affiliation) network of any field: states and organisations, women and events, banks and boards.
//! [`Affiliations`] is its table, packed to bits; [`Compared`] has the measures of two members, [`Fitted`] the null
//! models, [`MemberYears`] the same for every year, [`Lists`] networks too large for all pairs. Nothing here knows
//! what a state is.

mod bits;
mod contingency;
mod intersections;
mod lists;
mod measures;
mod null;
mod read;
mod table;
mod years;

pub use bits::{BitRows, count, ones, shared, shared_ones};
pub use contingency::{Contingency, Distance};
pub use intersections::{Intersection, intersections};
pub use lists::{Lists, Neighbour, Rank};
pub use measures::{Compared, Measure, Pair};
pub use null::{
    Bicm, Correction, FitError, Fitted, Null, adjusted, hypergeometric, lower_tail, near_universal, significant,
    upper_tail,
};
pub use read::{StateYear, StateYears, StatusWeights, TwoMode, TwoModeError};
pub use table::{Affiliations, Layer, WeightedCell, all_shared, pairs};
pub use years::{DyadYear, MemberYears, Year};
