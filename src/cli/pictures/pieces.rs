//! The pictures of the gallery.

use serde::Deserialize;

use crate::model::DataTable;

/// A row of `data/gallery.csv`: a file, the command that makes it, and what it shows.
#[derive(Deserialize)]
pub(crate) struct Piece {
    pub file: String,
    pub command: String,
    pub words: String,
}

pub(crate) static PIECES: DataTable<Piece> =
    DataTable::new("data/gallery.csv", include_str!("../../../data/gallery.csv"));
