//! The endings of a scene: SVG, PNG, PDF, DOT and HTML. Each writes what the scene says and decides nothing.

mod dot;
mod html;
mod portable;
mod svg;

pub use dot::{dot, dot_for};
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
    /// Height in pixels of the smallest letters of a scene at this size; `None` if it has none.
    pub fn least_letters(self, scene: &crate::render::Scene) -> Option<f64> {
        let (wide, high) = self.of(scene.width, scene.height);
        let zoom = (wide / scene.width).min(high / scene.height);
        scene.texts().map(|text| text.size * zoom).min_by(f64::total_cmp)
    }

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
