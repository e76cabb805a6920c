//! Places for labels: rooms that do not overlap, angles kept apart, hulls.

use std::f64::consts::TAU;

use super::scene::{Point, Segment};

/// A point at an angle and a distance from another.
pub(super) fn around(centre: Point, radius: f64, angle: f64) -> Point {
    (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin())
}

/// Whether two convex outlines overlap: no side of either has all of the other beyond it.
pub fn overlap(one: &[Point], other: &[Point]) -> bool {
    let apart = |sides: &[Point], one: &[Point], other: &[Point]| {
        (0..sides.len()).any(|at| {
            let (from, to) = (sides[at], sides[(at + 1) % sides.len()]);
            let normal = (to.1 - from.1, from.0 - to.0);
            let along = |points: &[Point]| {
                points
                    .iter()
                    .map(|point| point.0 * normal.0 + point.1 * normal.1)
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
                        (least.min(value), most.max(value))
                    })
            };
            let (one, other) = (along(one), along(other));
            // What only touches does not overlap.
            one.1 <= other.0 + 1e-6 || other.1 <= one.0 + 1e-6
        })
    };
    !apart(one, one, other) && !apart(other, one, other)
}

/// Keeps angles apart: each as near to the wanted one as `gap` between neighbours allows, all in the order of the wanted
/// ones. Wanted angles must be sorted and lie in one turn. Where the gaps do not fit into the turn, all are spread evenly.
///
/// Least squares under an order: pooling of adjacent violators, cut where the widest gap is.
pub(super) fn spread(wanted: &[f64], gap: f64) -> Vec<f64> {
    let count = wanted.len();
    #[allow(clippy::cast_precision_loss)]
    let number = count as f64;
    if count == 0 {
        return Vec::new();
    }
    let gap = gap.min(TAU / number);
    let next = |at: usize| if at + 1 < count { wanted[at + 1] } else { wanted[0] + TAU };
    let cut = (0..count).max_by(|a, b| (next(*a) - wanted[*a]).total_cmp(&(next(*b) - wanted[*b])).then(b.cmp(a)));
    let start = cut.map_or(0, |cut| (cut + 1) % count);
    let line: Vec<f64> = (0..count)
        .map(|at| {
            let place = (start + at) % count;
            wanted[place] + if place < start { TAU } else { 0.0 }
        })
        .collect();
    // Blocks: sum and number of what is wanted less what the gaps take.
    let mut blocks: Vec<(f64, f64)> = Vec::new();
    #[allow(clippy::cast_precision_loss)]
    for (at, angle) in line.iter().enumerate() {
        let mut block = (angle - gap * at as f64, 1.0);
        while let Some(last) = blocks.last().filter(|last| last.0 / last.1 >= block.0 / block.1) {
            block = (block.0 + last.0, block.1 + last.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut placed = Vec::with_capacity(count);
    for (sum, size) in blocks {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        for _ in 0..size as usize {
            #[allow(clippy::cast_precision_loss)]
            placed.push(sum / size + gap * placed.len() as f64);
        }
    }
    // The last must not come round to the first.
    if placed[count - 1] - placed[0] > TAU - gap + 1e-9 {
        #[allow(clippy::cast_precision_loss)]
        let even = |at: usize| line[0] + TAU * at as f64 / number;
        placed = (0..count).map(even).collect();
    }
    let mut out = vec![0.0; count];
    for (at, angle) in placed.into_iter().enumerate() {
        let place = (start + at) % count;
        out[place] = if place < start { angle - TAU } else { angle };
    }
    out
}

/// The convex hull of some points, anticlockwise on paper (Andrew's monotone chain).
pub(super) fn hull(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turn = |a: Point, b: Point, c: Point| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while chain.len() > 1 && turn(chain[chain.len() - 2], chain[chain.len() - 1], *point) <= 0.0 {
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut chain = half(&mut points.iter());
    chain.extend(half(&mut points.iter().rev()));
    chain
}

/// A rounded outline around a hull: its corners as curves.
pub(super) fn rounded(hull: &[Point]) -> Vec<Segment> {
    let count = hull.len();
    if count < 3 {
        return Vec::new();
    }
    let toward = |from: Point, to: Point, by: f64| {
        let length = (to.0 - from.0).hypot(to.1 - from.1).max(1e-9);
        let by = by.min(length / 2.0);
        (from.0 + (to.0 - from.0) / length * by, from.1 + (to.1 - from.1) / length * by)
    };
    let mut path = Vec::new();
    for at in 0..count {
        let (last, corner, next) = (hull[(at + count - 1) % count], hull[at], hull[(at + 1) % count]);
        let (enter, leave) = (toward(corner, last, 14.0), toward(corner, next, 14.0));
        path.push(if at == 0 { Segment::Move(enter) } else { Segment::Line(enter) });
        path.push(Segment::Curve(corner, corner, leave));
    }
    path.push(Segment::Close);
    path
}

/// The corners of an upright rectangle.
pub(super) fn rectangle(at: Point, size: Point) -> [Point; 4] {
    [at, (at.0 + size.0, at.1), (at.0 + size.0, at.1 + size.1), (at.0, at.1 + size.1)]
}

/// Upright rectangles on a grid, so that a new one is compared with those near it only.
pub(super) struct Rooms {
    cell: f64,
    taken: std::collections::BTreeMap<(i64, i64), Vec<(Point, Point)>>,
}

impl Rooms {
    /// Nothing taken; cells are about as wide as a label.
    pub fn new() -> Rooms {
        Rooms { cell: 64.0, taken: std::collections::BTreeMap::new() }
    }

    fn cells(&self, at: Point, size: Point) -> impl Iterator<Item = (i64, i64)> + use<> {
        #[allow(clippy::cast_possible_truncation)]
        let cell = |value: f64| (value / self.cell).floor() as i64;
        let (left, right, top, bottom) = (cell(at.0), cell(at.0 + size.0), cell(at.1), cell(at.1 + size.1));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    /// Whether nothing of it is taken.
    pub fn is_free(&self, at: Point, size: Point) -> bool {
        self.cells(at, size).filter_map(|cell| self.taken.get(&cell)).flatten().all(|(other, room)| {
            at.0 >= other.0 + room.0 || other.0 >= at.0 + size.0 || at.1 >= other.1 + room.1 || other.1 >= at.1 + size.1
        })
    }

    /// Takes it.
    pub fn take(&mut self, at: Point, size: Point) {
        for cell in self.cells(at, size) {
            self.taken.entry(cell).or_default().push((at, size));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_rooms_overlap_or_not() {
        let square = rectangle((0.0, 0.0), (10.0, 10.0));
        let diamond = |x: f64| [(x, 0.0), (x + 5.0, 5.0), (x, 10.0), (x - 5.0, 5.0)];
        assert!(overlap(&square, &diamond(12.0)));
        assert!(!overlap(&square, &diamond(16.0)));
        assert!(!overlap(&square, &rectangle((10.0, 0.0), (5.0, 5.0))), "touching");
    }

    #[test]
    fn angles_keep_their_order_and_distance() {
        let wanted = [0.1, 0.1, 0.1, 3.0, 6.2];
        let placed = spread(&wanted, 0.3);
        for pair in placed.windows(2) {
            assert!(pair[1] - pair[0] >= 0.3 - 1e-9, "{placed:?}");
        }
        assert!(placed[0] + TAU - placed[4] >= 0.3 - 1e-9, "{placed:?}");
        assert!((placed[3] - 3.0).abs() < 1e-9, "{placed:?}");
        assert_eq!(spread(&[], 1.0), Vec::<f64>::new());
        assert_eq!(spread(&[0.0; 7], 9.0).len(), 7);
    }

    #[test]
    fn a_hull_holds_its_corners() {
        let points = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (2.0, 2.0)];
        assert_eq!(hull(&points).len(), 4);
    }
}
