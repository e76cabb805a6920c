//! The level of representation of a directed dyad, on the scales that the field knows.

use super::{Ending, Ladder, Presence};
use crate::model::Held;

/// A directed dyad on a date, on several scales. `None` is not known, never zero.
#[derive(Clone, Copy, Debug)]
pub struct Scales {
    /// The presence of the highest rank; that of nobody where a source says so.
    pub presence: Option<&'static Presence>,
    /// Whether the sender is represented, by anything from R1 to R12.
    pub represented: Option<bool>,
    /// Whether that certainly held on the date.
    pub certain: bool,
}

impl Scales {
    /// The level that a ladder stands for. Where a source denies representation or relations it is that of nobody,
    /// if the denial certainly held on the date or no date was asked for; where no source speaks it is unknown.
    pub fn of(ladder: &Ladder<'_>, dated: bool) -> Scales {
        if let Some(step) = ladder.foremost() {
            return Scales {
                // Of somebody else's help no scale knows.
                presence: Some(step.presence).filter(|presence| presence.rank > 0),
                represented: Some(true),
                certain: dated && step.held == Held::Yes,
            };
        }
        let denied = matches!(ladder.ending(), Some(Ending::KnownNone | Ending::NoRelations));
        let held = ladder.steps.iter().filter(|step| step.ending.is_some()).all(|step| step.held == Held::Yes);
        if denied && (held || !dated) {
            let nobody = super::rules::presence("none");
            return Scales { presence: Some(nobody), represented: Some(false), certain: dated };
        }
        Scales { presence: None, represented: None, certain: false }
    }
}
