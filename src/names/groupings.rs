//! What states and organisations are counted under: the region in which a state lies, the family to which an
//! organisation belongs.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::slug_of;

const REGIONS: &str = include_str!("../../data/names/regions.csv");
const FAMILIES: &str = include_str!("../../data/names/families.csv");

/// Regions of states and territories, after the M49 standard of the United Nations' statistics division.
#[derive(Clone, Debug)]
pub struct Regions {
    of: BTreeMap<String, (String, String)>,
}

impl Regions {
    /// The regions of `data/names/regions.csv`.
    pub fn carried() -> Regions {
        let mut reader = csv::Reader::from_reader(REGIONS.as_bytes());
        let rows = reader.deserialize::<(String, String, String, String)>().flatten();
        Regions { of: rows.map(|(entity, region, subregion, _)| (entity, (region, subregion))).collect() }
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
    let mut reader = csv::Reader::from_reader(FAMILIES.as_bytes());
    let rows = reader.deserialize::<(String, String, String, String)>().flatten();
    let found: BTreeSet<String> = rows.filter(|row| row.0 == wanted).map(|row| row.1).collect();
    (!found.is_empty()).then_some(found)
}
