//! The subcommands that draw: diagrams, maps, charts, and the gallery of them all. What they draw is computed as by the
//! subcommands that print it.

mod changes;
pub(super) mod draw;
pub(super) mod gallery;
pub(super) mod map;
pub(super) mod matrix;
mod picture;
mod pieces;
pub(super) mod plot;

use picture::Picture;
