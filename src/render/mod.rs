//! A scene (positions, marks, labels) and its endings: SVG and DOT.
//!
//! A scene is laid out once, without chance and without a clock, and every ending writes what it says.

mod dot;
mod ego;
mod scene;
mod svg;

pub use dot::dot;
pub use ego::ego;
pub use scene::{Line, Mark, Scene, Text};
pub use svg::svg;
