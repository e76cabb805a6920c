//! The outlines of `data/map`, and how they look in a frame.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::projection::Frame;
use super::tables::{ARCS, DISPUTED, DOTS, Ring, SHAPES, ShapeRow};
use crate::render::scene::{Point, Segment};

/// Points nearer than so many pixels to the one before are left out.
const NEAR: f64 = 0.9;

/// Outlines in degrees.
pub(super) struct Outlines {
    arcs: Vec<Vec<Point>>,
    /// Rings of each entity, as arcs and whether they run backwards; empty for land without owner.
    shapes: Vec<(&'static str, Vec<Ring>)>,
    disputed: Vec<Vec<Point>>,
    /// Small states and a point for each.
    pub dots: BTreeMap<&'static str, Point>,
}

impl Outlines {
    /// The outlines that the program carries, read once. O(points).
    pub fn carried() -> &'static Outlines {
        static OUTLINES: OnceLock<Outlines> = OnceLock::new();
        OUTLINES.get_or_init(Outlines::read)
    }

    fn read() -> Outlines {
        let rings = |row: &'static ShapeRow| (row.slug.as_str(), row.rings.clone());
        Outlines {
            arcs: ARCS.rows().iter().map(|row| row.points.clone()).collect(),
            shapes: SHAPES.rows().iter().map(rings).collect(),
            disputed: DISPUTED.rows().iter().map(|row| row.points.clone()).collect(),
            dots: DOTS.rows().iter().map(|row| (row.slug.as_str(), (row.lon, row.lat))).collect(),
        }
    }

    /// Whether an entity has a shape.
    pub fn has(&self, slug: &str) -> bool {
        self.shapes.iter().any(|(known, _)| *known == slug)
    }

    /// Every arc in pixels, with fewer points where many fall together; both ends stay, so that neighbours still meet.
    fn placed(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let thin = |arc: &Vec<Point>| {
            let mut out: Vec<Point> = Vec::with_capacity(arc.len());
            let last = arc.len().saturating_sub(1);
            for (at, (lon, lat)) in arc.iter().enumerate() {
                let place = frame.place(*lon, *lat);
                let far = out.last().is_none_or(|kept| (kept.0 - place.0).hypot(kept.1 - place.1) >= NEAR);
                if far || at == last {
                    out.push(place);
                }
            }
            out
        };
        self.arcs.iter().map(thin).collect()
    }

    /// The land of a frame.
    pub fn land(&self, frame: &Frame) -> Land {
        let arcs = self.placed(frame);
        let size = frame.size();
        let mut shapes = Vec::new();
        let mut middles = BTreeMap::new();
        let mut users: Vec<u8> = vec![0; arcs.len()];
        for (slug, rings) in &self.shapes {
            let mut path = Vec::new();
            let mut biggest = 0.0;
            for ring in rings {
                for (arc, _) in ring {
                    if let Some(count) = users.get_mut(*arc) {
                        *count = count.saturating_add(1);
                    }
                }
                let near = ring.iter().filter_map(|(arc, _)| self.arcs.get(*arc)).flatten();
                if !near.into_iter().any(|(lon, lat)| frame.is_near(*lon, *lat)) {
                    continue;
                }
                let mut places: Vec<Point> = Vec::new();
                for (arc, back) in ring {
                    let Some(arc) = arcs.get(*arc) else { continue };
                    if *back {
                        places.extend(arc.iter().rev());
                    } else {
                        places.extend(arc);
                    }
                }
                let cut = clipped(places, size);
                let area = area(&cut).abs();
                if cut.len() < 3 || area < 0.4 {
                    continue;
                }
                if area > biggest {
                    biggest = area;
                    middles.insert(*slug, (middle(&cut), area));
                }
                path.push(Segment::Move(cut[0]));
                path.extend(cut[1..].iter().map(|place| Segment::Line(*place)));
                path.push(Segment::Close);
            }
            if !path.is_empty() {
                shapes.push((*slug, path));
            }
        }
        let mut borders = Vec::new();
        for ((arc, places), users) in self.arcs.iter().zip(&arcs).zip(users) {
            let seam = arc.iter().all(|(lon, _)| lon.abs() > 179.99);
            if users > 1 && !seam && arc.iter().any(|(lon, lat)| frame.is_near(*lon, *lat)) {
                line(&mut borders, places, size);
            }
        }
        let mut disputed = Vec::new();
        for arc in self.disputed.iter().filter(|arc| arc.iter().any(|(lon, lat)| frame.is_near(*lon, *lat))) {
            let places: Vec<Point> = arc.iter().map(|(lon, lat)| frame.place(*lon, *lat)).collect();
            line(&mut disputed, &places, size);
        }
        Land { shapes, borders, disputed, middles }
    }
}

/// The land of a frame in pixels.
pub(super) struct Land {
    /// What each entity covers.
    pub shapes: Vec<(&'static str, Vec<Segment>)>,
    /// Borders on land.
    pub borders: Vec<Segment>,
    /// Disputed and unsettled lines.
    pub disputed: Vec<Segment>,
    /// Middle of the biggest part of each that is seen, and its area in square pixels.
    pub middles: BTreeMap<&'static str, (Point, f64)>,
}

/// Adds a line if any of it may be seen.
fn line(path: &mut Vec<Segment>, places: &[Point], size: Point) {
    let seen = |place: &Point| (-20.0..=size.0 + 20.0).contains(&place.0) && (-20.0..=size.1 + 20.0).contains(&place.1);
    if !places.iter().any(seen) || places.len() < 2 {
        return;
    }
    let mut begun = false;
    for pair in places.windows(2) {
        if !seen(&pair[0]) && !seen(&pair[1]) {
            begun = false;
            continue;
        }
        if !begun {
            path.push(Segment::Move(pair[0]));
            begun = true;
        }
        path.push(Segment::Line(pair[1]));
    }
}

/// A ring cut to the frame and a little beyond (Sutherland and Hodgman 1974).
fn clipped(ring: Vec<Point>, size: Point) -> Vec<Point> {
    const BEYOND: f64 = 8.0;
    type Side = (fn(Point) -> f64, f64, f64);
    let sides: [Side; 4] = [
        (|place| place.0, -BEYOND, 1.0),
        (|place| place.0, size.0 + BEYOND, -1.0),
        (|place| place.1, -BEYOND, 1.0),
        (|place| place.1, size.1 + BEYOND, -1.0),
    ];
    let mut ring = ring;
    for (along, bound, sign) in sides {
        let inside = |place: Point| (along(place) - bound) * sign >= 0.0;
        if ring.iter().all(|place| inside(*place)) {
            continue;
        }
        let mut cut = Vec::with_capacity(ring.len());
        for at in 0..ring.len() {
            let (one, two) = (ring[at], ring[(at + 1) % ring.len()]);
            if inside(one) {
                cut.push(one);
            }
            if inside(one) != inside(two) {
                let share = (bound - along(one)) / (along(two) - along(one));
                cut.push((one.0 + (two.0 - one.0) * share, one.1 + (two.1 - one.1) * share));
            }
        }
        ring = cut;
    }
    ring
}

fn area(ring: &[Point]) -> f64 {
    let next = |at: usize| ring[(at + 1) % ring.len()];
    (0..ring.len()).map(|at| ring[at].0 * next(at).1 - next(at).0 * ring[at].1).sum::<f64>() / 2.0
}

fn middle(ring: &[Point]) -> Point {
    let whole = area(ring);
    if whole.abs() < 1e-9 {
        return ring.first().copied().unwrap_or_default();
    }
    let mut sum = (0.0, 0.0);
    for at in 0..ring.len() {
        let (one, two) = (ring[at], ring[(at + 1) % ring.len()]);
        let cross = one.0 * two.1 - two.0 * one.1;
        sum = (sum.0 + (one.0 + two.0) * cross, sum.1 + (one.1 + two.1) * cross);
    }
    (sum.0 / (6.0 * whole), sum.1 / (6.0 * whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ring_closes() {
        let outlines = Outlines::carried();
        assert!(outlines.shapes.len() > 240);
        for (slug, rings) in &outlines.shapes {
            for ring in rings {
                let end = |(arc, back): &(usize, bool), first: bool| {
                    let arc = &outlines.arcs[*arc];
                    if *back == first { arc[arc.len() - 1] } else { arc[0] }
                };
                for at in 0..ring.len() {
                    let next = &ring[(at + 1) % ring.len()];
                    assert_eq!(end(&ring[at], false), end(next, true), "{slug}");
                }
            }
        }
    }

    #[test]
    fn rings_are_cut_to_the_frame() {
        let cut = clipped(vec![(-100.0, 10.0), (50.0, 10.0), (50.0, 40.0), (-100.0, 40.0)], (100.0, 100.0));
        assert!(cut.iter().all(|place| place.0 >= -8.0), "{cut:?}");
        assert!((area(&cut).abs() - 58.0 * 30.0).abs() < 1e-9);
        assert!(clipped(vec![(-50.0, 0.0), (-40.0, 0.0), (-40.0, 9.0)], (100.0, 100.0)).is_empty());
    }
}
