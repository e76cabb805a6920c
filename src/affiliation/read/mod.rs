//! Tables of members and organisations from files: two columns of any field, and the state-years of Correlates of
//! War.

mod state_years;
mod two_mode;

pub use state_years::{StateYear, StateYears, StatusWeights};
pub use two_mode::{TwoMode, TwoModeError};
