//! Diagrams: one layout a file, for the questions that the program answers.

mod blocs;
mod dyad;
mod ego;
mod fan;
mod group;
mod hub;
mod shared;
mod shift;
mod way;

pub use blocs::{Bloc, blocs};
pub use dyad::dyad;
pub use ego::ego;
pub use fan::{Side, fan};
pub use group::group;
pub use hub::hub;
pub use shared::shared;
pub use shift::{Shifted, shift};
pub use way::ways;

use super::scene::{Point, Segment};
use super::theme::Hue;
use crate::model::TieKind;

/// A curve from left to right (or back) that leaves and arrives level.
fn curve(from: Point, to: Point) -> Vec<Segment> {
    let middle = (from.0 + to.0) / 2.0;
    vec![Segment::Move(from), Segment::Curve((middle, from.1), (middle, to.1), to)]
}

/// The hue of a kind of tie.
fn hue(tie: TieKind) -> Hue {
    match tie {
        TieKind::Mission => Hue::Blue,
        TieKind::Accreditation => Hue::Orange,
        TieKind::Post => Hue::Purple,
        TieKind::Relations => Hue::Grey,
        TieKind::Recognition => Hue::Green,
        TieKind::Membership => Hue::Yellow,
        TieKind::Protection => Hue::Sky,
        TieKind::Signed => Hue::Red,
        _ => Hue::Ink,
    }
}
