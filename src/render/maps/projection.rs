//! From degrees to pixels: the world in Equal Earth, a part of it in Lambert's azimuthal equal-area projection.
//!
//! Equal Earth: Šavrič, Patterson and Jenny (2019), doi:10.1080/13658816.2018.1504949. Lambert's: Snyder (1987), Map
//! Projections, pp. 182-190. Both keep areas.

use super::tables::REGIONS;
use crate::render::scene::Point;

const EARTH_KM: f64 = 6371.0;
/// Width of the world and of a regional view in pixels.
const WORLD: f64 = 1080.0;
const REGION: f64 = 900.0;
/// Equal Earth is so wide for a sphere of radius 1.
const WIDE: f64 = 2.0 * 2.706_63;
const HIGH: f64 = 2.0 * 1.317_173;

/// What a map shows of the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// All of it.
    World,
    /// A square view.
    Around {
        /// What it is called.
        name: String,
        /// Longitude of its middle in degrees.
        lon: f64,
        /// Latitude of its middle in degrees.
        lat: f64,
        /// Half its width in kilometres.
        radius: f64,
    },
}

impl Frame {
    /// Slugs of the regional views, sorted.
    pub fn regions() -> Vec<&'static str> {
        REGIONS.rows().iter().map(|row| row.region.as_str()).collect()
    }

    /// The regional view of a slug of `data/map/regions.csv`.
    pub fn region(slug: &str) -> Option<Frame> {
        let wanted = slug.trim().to_lowercase().replace(' ', "-");
        let row = REGIONS.rows().iter().find(|row| row.region == wanted)?;
        Some(Frame::Around { name: row.name.clone(), lon: row.lon, lat: row.lat, radius: row.radius_km })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> Point {
        match self {
            Frame::World => (WORLD, WORLD * HIGH / WIDE),
            Frame::Around { .. } => (REGION, REGION),
        }
    }

    /// Pixels for degrees, from the left upper corner. Regional views push what lies more than 120° away out to there, far
    /// outside of what they show.
    pub fn place(&self, lon: f64, lat: f64) -> Point {
        match self {
            Frame::World => {
                let (x, y) = equal_earth(lon.to_radians(), lat.to_radians());
                let scale = WORLD / WIDE;
                (WORLD / 2.0 + x * scale, WORLD * HIGH / WIDE / 2.0 - y * scale)
            }
            Frame::Around { lon: middle, lat: height, radius, .. } => {
                let (x, y) = lambert(lon, lat, *middle, *height);
                let scale = REGION / 2.0 / (radius / EARTH_KM);
                (REGION / 2.0 + x * scale, REGION / 2.0 - y * scale)
            }
        }
    }

    /// Whether a place is near enough to the view to be drawn without being pushed.
    pub fn is_near(&self, lon: f64, lat: f64) -> bool {
        match self {
            Frame::World => true,
            Frame::Around { lon: middle, lat: height, .. } => {
                angle((lon, lat), (*middle, *height)) < 118f64.to_radians()
            }
        }
    }
}

fn equal_earth(lon: f64, lat: f64) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3f64.sqrt();
    let theta = (root / 2.0 * lat.sin()).asin();
    let (two, six) = (theta * theta, theta.powi(6));
    let slope = A[0] + 3.0 * A[1] * two + six * (7.0 * A[2] + 9.0 * A[3] * two);
    let x = 2.0 * root * lon * theta.cos() / (3.0 * slope);
    (x, theta * (A[0] + A[1] * two + six * (A[2] + A[3] * two)))
}

fn lambert(lon: f64, lat: f64, middle: f64, height: f64) -> Point {
    let (lambda, phi, centre) = ((lon - middle).to_radians(), lat.to_radians(), height.to_radians());
    let cos = centre.sin() * phi.sin() + centre.cos() * phi.cos() * lambda.cos();
    let x = phi.cos() * lambda.sin();
    let y = centre.cos() * phi.sin() - centre.sin() * phi.cos() * lambda.cos();
    // Beyond 120° the distance is held.
    let bound = cos.max(-0.5);
    let length = x.hypot(y);
    let stretch = if cos < bound && length > 1e-12 { (1.0 - bound * bound).sqrt() / length } else { 1.0 };
    let scale = (2.0 / (1.0 + bound)).sqrt() * stretch;
    (x * scale, y * scale)
}

fn vector((lon, lat): Point) -> [f64; 3] {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// The angle between two places in radians.
fn angle(one: Point, other: Point) -> f64 {
    let (a, b) = (vector(one), vector(other));
    (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]).clamp(-1.0, 1.0).acos()
}

/// Places along the great circle between two, in pieces that do not cross the 180th meridian. Opposite places are joined over
/// the north.
pub fn great_circle(from: Point, to: Point) -> Vec<Vec<Point>> {
    let omega = angle(from, to);
    if omega < 1e-9 {
        return Vec::new();
    }
    let (a, b) = (vector(from), vector(to));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let steps = (omega.to_degrees() / 2.5).ceil().max(2.0) as u32;
    let mut pieces: Vec<Vec<Point>> = vec![vec![from]];
    for step in 1..=steps {
        let at = f64::from(step) / f64::from(steps);
        let sum = if omega > std::f64::consts::PI - 1e-6 {
            // Any way is as short: the one over the pole.
            let turn = at * std::f64::consts::PI;
            [a[0] * turn.cos(), a[1] * turn.cos(), a[2] * turn.cos() + turn.sin()]
        } else {
            let (one, two) = (((1.0 - at) * omega).sin() / omega.sin(), (at * omega).sin() / omega.sin());
            [a[0] * one + b[0] * two, a[1] * one + b[1] * two, a[2] * one + b[2] * two]
        };
        let place = if step == steps {
            to
        } else {
            (sum[1].atan2(sum[0]).to_degrees(), sum[2].atan2(sum[0].hypot(sum[1])).to_degrees())
        };
        let Some(last) = pieces.last().and_then(|piece| piece.last()).copied() else { continue };
        if (place.0 - last.0).abs() > 180.0 {
            // Where it crosses the meridian, by the share of the longitudes.
            let side = if last.0 > 0.0 { 180.0 } else { -180.0 };
            let gone = (side - last.0).abs();
            let rest = (place.0 + side).abs();
            let share = if gone + rest > 0.0 { gone / (gone + rest) } else { 0.5 };
            let lat = last.1 + (place.1 - last.1) * share;
            if let Some(piece) = pieces.last_mut() {
                piece.push((side, lat));
            }
            pieces.push(vec![(-side, lat)]);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(place);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values: PROJ 9, `+proj=eqearth +R=1` and `+proj=laea +R=1`.
    #[test]
    fn places_are_those_of_the_formulas() {
        let (x, y) = equal_earth(180f64.to_radians(), 0.0);
        assert!((x - 2.706_629_8).abs() < 1e-5 && y.abs() < 1e-12, "{x} {y}");
        let (x, y) = equal_earth(0.0, 90f64.to_radians());
        assert!(x.abs() < 1e-12 && (y - 1.317_362_8).abs() < 1e-3, "{x} {y}");
        let (x, y) = lambert(1.0, 0.0, 0.0, 0.0);
        assert!((x - 2.0 * (0.5f64.to_radians()).sin()).abs() < 1e-12 && y.abs() < 1e-12);
        let (x, y) = lambert(0.0, -90.0, 0.0, 90.0);
        assert!(x.is_finite() && y.is_finite());
    }

    #[test]
    fn great_circles_are_cut_at_the_meridian() {
        let pieces = great_circle((139.7, 35.7), (-122.4, 37.8));
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].last().map(|place| place.0), Some(180.0));
        assert_eq!(pieces[1][0].0, -180.0);
        for piece in &pieces {
            assert!(piece.windows(2).all(|pair| (pair[0].0 - pair[1].0).abs() < 20.0), "{piece:?}");
        }
        assert_eq!(great_circle((0.0, 0.0), (10.0, 10.0)).len(), 1);
        assert!(great_circle((5.0, 5.0), (5.0, 5.0)).is_empty());
        assert!(!great_circle((0.0, 10.0), (180.0, -10.0)).is_empty());
    }
}
