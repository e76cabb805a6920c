//! Rows of the tables of `data/map`.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::model::DataTable;

/// Degrees east and north.
type Point = (f64, f64);

/// Arcs one after the other, and whether each runs backwards.
pub(crate) type Ring = Vec<(usize, bool)>;

/// A row of `arcs.csv`; the arcs are in the order of their numbers.
#[derive(Deserialize)]
pub(crate) struct ArcRow {
    #[serde(deserialize_with = "points")]
    pub points: Vec<Point>,
}

/// A row of `shapes.csv`; the slug is empty for land without owner.
#[derive(Deserialize)]
pub(crate) struct ShapeRow {
    pub slug: String,
    #[serde(deserialize_with = "rings")]
    pub rings: Vec<Ring>,
}

/// A row of `disputed.csv`: a line that is no border of all.
#[derive(Deserialize)]
pub(crate) struct DisputedRow {
    #[serde(deserialize_with = "points")]
    pub points: Vec<Point>,
}

/// A row of `dots.csv`: a small state and a point in it.
#[derive(Deserialize)]
pub(crate) struct DotRow {
    pub slug: String,
    pub lon: f64,
    pub lat: f64,
}

/// A row of `regions.csv`: a regional view.
#[derive(Deserialize)]
pub(crate) struct RegionRow {
    pub region: String,
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    pub radius_km: f64,
}

/// Points as the tables write them: hundredths of a degree, the first absolute, then differences.
fn points<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Point>, D::Error> {
    let cell = String::deserialize(from)?;
    let numbers: Result<Vec<i32>, _> = cell.split(' ').map(str::parse).collect();
    let numbers = numbers.map_err(D::Error::custom)?;
    if numbers.len() % 2 != 0 {
        return Err(D::Error::custom("a point has no latitude"));
    }
    let (mut lon, mut lat) = (0, 0);
    let point = |pair: &[i32]| {
        (lon, lat) = (lon + pair[0], lat + pair[1]);
        (f64::from(lon) / 100.0, f64::from(lat) / 100.0)
    };
    Ok(numbers.chunks_exact(2).map(point).collect())
}

/// Rings by `|`, each of numbers of arcs; `~` before those that run backwards.
fn rings<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Ring>, D::Error> {
    let cell = String::deserialize(from)?;
    let arc = |written: &str| match written.strip_prefix('~') {
        Some(arc) => arc.parse().map(|arc| (arc, true)),
        None => written.parse().map(|arc| (arc, false)),
    };
    let ring = |ring: &str| ring.split(' ').map(arc).collect::<Result<Ring, _>>();
    cell.split('|').map(ring).collect::<Result<_, _>>().map_err(D::Error::custom)
}

pub(crate) static ARCS: DataTable<ArcRow> =
    DataTable::new("data/map/arcs.csv", include_str!("../../../data/map/arcs.csv"));
pub(crate) static SHAPES: DataTable<ShapeRow> =
    DataTable::new("data/map/shapes.csv", include_str!("../../../data/map/shapes.csv"));
pub(crate) static DISPUTED: DataTable<DisputedRow> =
    DataTable::new("data/map/disputed.csv", include_str!("../../../data/map/disputed.csv"));
pub(crate) static DOTS: DataTable<DotRow> =
    DataTable::new("data/map/dots.csv", include_str!("../../../data/map/dots.csv"));
pub(crate) static REGIONS: DataTable<RegionRow> =
    DataTable::new("data/map/regions.csv", include_str!("../../../data/map/regions.csv"));
