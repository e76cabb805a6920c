//! The plain tables of `data/names`, compiled into the program, and how their rows are read.

use serde::Deserialize;

/// A table that cannot be read: only a damaged build has one.
#[derive(Debug, thiserror::Error)]
#[error("data/names/{table}: {source}")]
pub struct TableError {
    table: &'static str,
    source: csv::Error,
}

pub(super) const ENTITIES: Table = Table("entities.csv", include_str!("../../data/names/entities.csv"));
pub(super) const NAMES: Table = Table("names.csv", include_str!("../../data/names/names.csv"));
pub(super) const CODES: Table = Table("codes.csv", include_str!("../../data/names/codes.csv"));
pub(super) const ROSTERS: Table = Table("rosters.csv", include_str!("../../data/names/rosters.csv"));
pub(super) const SUCCESSIONS: Table = Table("successions.csv", include_str!("../../data/names/successions.csv"));
pub(super) const CITIES: Table = Table("cities.csv", include_str!("../../data/names/cities.csv"));
pub(super) const CITY_NAMES: Table = Table("city_names.csv", include_str!("../../data/names/city_names.csv"));
pub(super) const ORGANISATIONS: Table = Table("organisations.csv", include_str!("../../data/names/organisations.csv"));
pub(super) const ORGANISATION_NAMES: Table =
    Table("organisation_names.csv", include_str!("../../data/names/organisation_names.csv"));

pub(super) struct Table(pub &'static str, pub &'static str);

impl Table {
    /// Every row, in the order of the file.
    pub(super) fn rows<T: for<'de> Deserialize<'de>>(&self) -> Result<Vec<T>, TableError> {
        csv::Reader::from_reader(self.1.as_bytes())
            .into_deserialize()
            .collect::<Result<_, _>>()
            .map_err(|source| TableError { table: self.0, source })
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
