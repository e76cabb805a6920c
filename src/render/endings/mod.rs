//! The endings of a scene: SVG, PNG, PDF, DOT and HTML. Each writes what the scene says and decides nothing.

mod dot;
mod html;
mod portable;
mod svg;

pub use dot::dot;
pub use html::html;
pub use portable::{DrawError, outlined, pdf, png};
pub use svg::{escape, svg};

/// The size in which a picture is written, if not its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width in pixels.
    pub width: Option<f64>,
    /// Height in pixels.
    pub height: Option<f64>,
}

impl Size {
    /// Width and height for a scene of its own size: one alone keeps the shape, both are a frame into which it is put.
    pub(super) fn of(self, width: f64, height: f64) -> (f64, f64) {
        match (self.width, self.height) {
            (None, None) => (width, height),
            (Some(wide), None) => (wide, height * wide / width),
            (None, Some(high)) => (width * high / height, high),
            (Some(wide), Some(high)) => (wide, high),
        }
    }
}
