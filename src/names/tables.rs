//! The plain tables of `data/names` and how their rows are read.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::{TableRow, TableRowError, typed_rows};

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file system refused.
    #[error("{table}: {source}")]
    Io {
        /// The file.
        table: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A row is none of the table's.
    #[error(transparent)]
    Row(#[from] TableRowError),
    /// The compact form does not hold together: only a damaged build has it.
    #[error("the names in the program are damaged: {0}")]
    Packed(#[from] postcard::Error),
}

/// Names of the tables, without ending.
pub(super) const ENTITIES: &str = "entities";
pub(super) const NAMES: &str = "names";
pub(super) const CODES: &str = "codes";
pub(super) const ROSTERS: &str = "rosters";
pub(super) const SUCCESSIONS: &str = "successions";
pub(super) const CITIES: &str = "cities";
pub(super) const CITY_NAMES: &str = "city_names";
pub(super) const ORGANISATIONS: &str = "organisations";
pub(super) const ORGANISATION_NAMES: &str = "organisation_names";

/// The rows of one table, each with its line.
pub(super) struct Table<T> {
    file: String,
    rows: Vec<TableRow<T>>,
}

impl<T: for<'de> Deserialize<'de>> Table<T> {
    /// Reads a table of a folder.
    pub fn read(folder: &Path, table: &str) -> Result<Table<T>, TableError> {
        let path = folder.join(format!("{table}.csv"));
        let text = std::fs::read_to_string(&path).map_err(|source| TableError::Io { table: path.clone(), source })?;
        let file = path.display().to_string();
        let rows = typed_rows(&file, &text)?;
        Ok(Table { file, rows })
    }

    /// Hands over every row in the order of the file; what is wrong with one is an error with its line.
    pub fn each(self, mut take: impl FnMut(T) -> Result<(), String>) -> Result<(), TableError> {
        for TableRow { line, value } in self.rows {
            take(value).map_err(|message| TableRowError { file: self.file.clone(), line, message })?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
pub(super) struct EntityRow {
    pub entity: String,
    pub kind: String,
    pub name: String,
    pub began: String,
    pub ended: String,
    pub parent: String,
    pub capital: String,
}

#[derive(Deserialize)]
pub(super) struct NameRow {
    pub entity: String,
    pub name: String,
    #[serde(rename = "use")]
    pub used_as: String,
    pub language: String,
    pub from: String,
    pub until: String,
}

#[derive(Deserialize)]
pub(super) struct CodeRow {
    pub entity: String,
    pub system: String,
    pub code: String,
    pub from: String,
    pub until: String,
}

#[derive(Deserialize)]
pub(super) struct RosterRow {
    pub roster: String,
    pub entity: String,
    pub from: String,
    pub until: String,
}

#[derive(Deserialize)]
pub(super) struct SuccessionRow {
    pub former: String,
    pub successor: String,
    pub date: String,
    pub mode: String,
}

#[derive(Deserialize)]
pub(super) struct CityRow {
    pub city: String,
    pub name: String,
    pub entity: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub role: String,
}

#[derive(Deserialize)]
pub(super) struct CityNameRow {
    pub city: String,
    pub name: String,
}

#[derive(Deserialize)]
pub(super) struct OrganisationRow {
    pub organisation: String,
    pub abbreviation: String,
    pub name: String,
    pub kind: String,
    pub scope: String,
    pub seat: String,
    pub host: String,
    pub founded: String,
    pub dissolved: String,
    pub cow: String,
}

#[derive(Deserialize)]
pub(super) struct OrganisationNameRow {
    pub organisation: String,
    pub name: String,
}
