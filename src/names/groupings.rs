//! What states and organisations are counted under: the region in which a state lies, the family to which an
//! organisation belongs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::fold::slug_of;
use crate::model::DataTable;

/// A row of `regions.csv`.
#[derive(Deserialize)]
pub(crate) struct RegionRow {
    entity: String,
    region: String,
    subregion: String,
}

/// A row of `families.csv`.
#[derive(Deserialize)]
pub(crate) struct FamilyRow {
    family: String,
    organisation: String,
}

pub(crate) static REGIONS: DataTable<RegionRow> =
    DataTable::new("data/names/regions.csv", include_str!("../../data/names/regions.csv"));
pub(crate) static FAMILIES: DataTable<FamilyRow> =
    DataTable::new("data/names/families.csv", include_str!("../../data/names/families.csv"));

/// Regions of states and territories, after the M49 standard of the United Nations' statistics division.
#[derive(Clone, Debug)]
pub struct Regions {
    of: BTreeMap<String, (String, String)>,
}

impl Regions {
    /// The regions of `data/names/regions.csv`.
    pub fn carried() -> Regions {
        let row = |row: &RegionRow| (row.entity.clone(), (row.region.clone(), row.subregion.clone()));
        Regions { of: REGIONS.rows().iter().map(row).collect() }
    }

    /// Region and subregion of a state or territory (slugs), as `europe` and `western-europe`.
    pub fn of(&self, slug: &str) -> Option<(&str, &str)> {
        self.of.get(slug).map(|(region, subregion)| (region.as_str(), subregion.as_str()))
    }

    /// Names of all regions and subregions, sorted.
    pub fn names(&self) -> BTreeSet<&str> {
        self.of.values().flat_map(|(region, subregion)| [region.as_str(), subregion.as_str()]).collect()
    }
}

/// The organisations (slugs) of a family, as `UN-system`; `None` if there is no such family.
pub fn family(name: &str) -> Option<BTreeSet<String>> {
    let wanted = slug_of(name);
    let rows = FAMILIES.rows().iter().filter(|row| row.family == wanted);
    let found: BTreeSet<String> = rows.map(|row| row.organisation.clone()).collect();
    (!found.is_empty()).then_some(found)
}
