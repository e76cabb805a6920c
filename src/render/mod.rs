//! Pictures: a scene (marks, labels, and the graph they show) and its endings.
//!
//! A diagram, map or chart draws in coordinates of its own ([`scene::Drawing`]); [`page::page`] puts it under its title and
//! above its legend; every ending writes the same scene. Nothing here draws by chance or by the clock, and no letters
//! overlap: where there is no room, a name is left out and told to a pointer.

pub mod charts;
pub mod diagrams;
mod endings;
mod faults;
mod geometry;
pub mod letters;
pub mod maps;
pub mod page;
pub mod scene;
mod sources;
mod style;
pub mod theme;

pub use endings::{DrawError, Size, dot, dot_for, escape as html_text, html, outlined, pdf, png, svg};
pub use scene::Scene;
pub use sources::{cited, of_all};
pub use style::Style;
pub use theme::Theme;
