//! Maps: land coloured by what is told of it, great circles between places, discs on seats.
//!
//! Boundaries are Natural Earth's, which draws who controls a place; disputed lines are drawn as such, and the map says so.

mod kinds;
mod outlines;
mod projection;
pub(crate) mod tables;

use std::collections::{BTreeMap, BTreeSet};

pub use kinds::{Mapped, cover, hubs, network, relations, values};
pub use projection::{Frame, great_circle};

use super::geometry::Rooms;
use super::page::{Head, page};
use super::scene::{Anchor, Dash, Drawing, Node, NodeKind, Point, Segment, Sign, Stroke};
use super::theme::{Colour, Theme};
use super::{Scene, Style, letters};
use crate::names::Gazetteer;
use outlines::Outlines;

/// What a map shows.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Colour of states (slugs), and what a pointer is told.
    pub fills: BTreeMap<String, (Colour, String)>,
    /// Great circles.
    pub arcs: Vec<Arc>,
    /// Discs, the most important first; their labels are written while there is room.
    pub spots: Vec<Spot>,
    /// Whether states are named too where there is room: in regional views.
    pub names: bool,
    /// The legend.
    pub keys: Vec<(Sign, String)>,
}

/// A great circle.
#[derive(Clone, Debug)]
pub struct Arc {
    /// Longitude and latitude of its start.
    pub from: Point,
    /// Longitude and latitude of its end.
    pub to: Point,
    /// How it is drawn.
    pub stroke: Stroke,
    /// What a pointer is told.
    pub tip: String,
}

/// A disc.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Longitude and latitude.
    pub at: Point,
    /// Radius in pixels.
    pub radius: f64,
    /// Its filling.
    pub colour: Colour,
    /// Its name; empty if it has none.
    pub label: String,
    /// What a pointer is told.
    pub tip: String,
}

const LABEL: f64 = 11.5;

/// What is said of boundaries under every map.
const BOUNDARIES: &str = "Outlines: Natural Earth (public domain), which draws who controls a place; dashed: disputed or unsettled. The map takes no side.";

/// Longitude and latitude of the capital of a state.
pub fn capital(gazetteer: &Gazetteer, slug: &str) -> Option<Point> {
    let city = gazetteer.city(gazetteer.entity(slug)?.capital.as_deref()?)?;
    Some((city.longitude?, city.latitude?))
}

/// Longitude and latitude of a city by its name and the state in which it lies; of that state's capital if the city is unknown.
pub fn seat(gazetteer: &Gazetteer, city: Option<&str>, host: Option<&str>) -> Option<Point> {
    let known = city.and_then(|city| {
        let cities = gazetteer.cities_named(city);
        cities.into_iter().find(|known| host.is_none_or(|host| known.entity == host))
    });
    let place = known.and_then(|city| Some((city.longitude?, city.latitude?)));
    place.or_else(|| capital(gazetteer, host?))
}

/// Draws a map. Territories without a colour of their own have that of the state to which they belong, fainter.
pub fn map(gazetteer: &Gazetteer, frame: &Frame, content: Content, mut head: Head, style: &Style) -> Scene {
    let theme = style.theme;
    let outlines = Outlines::carried();
    let land = outlines.land(frame);
    let mut drawing = Drawing::new(theme);
    let size = frame.size();
    let mut rooms = Rooms::new();
    sea(&mut drawing, frame, theme);
    let colour = |slug: &str| -> (Colour, String) {
        if let Some(fill) = content.fills.get(slug) {
            return fill.clone();
        }
        let parent = gazetteer.entity(slug).and_then(|entity| entity.parent.as_deref());
        match parent.and_then(|parent| content.fills.get(parent)) {
            Some((fill, tip)) => (fill.mixed(theme.land, 0.55), tip.clone()),
            None => (theme.land, gazetteer.display(slug).to_owned()),
        }
    };
    let mut colours: BTreeSet<Colour> = BTreeSet::new();
    for (slug, path) in land.shapes {
        let (fill, tip) = if slug.is_empty() { (theme.land, String::new()) } else { colour(slug) };
        colours.insert(fill);
        drawing.area(path, fill, 1.0, None, &tip);
    }
    if !land.borders.is_empty() {
        drawing.path(land.borders, Stroke::new(theme.border, 0.7), "");
    }
    if !land.disputed.is_empty() {
        let stroke = Stroke::new(theme.quiet, 1.0).dashed(Dash::Dashed);
        drawing.path(land.disputed, stroke, "disputed or unsettled line");
    }
    // Small states as dots, where their fill could not be seen.
    let mut keys = content.keys;
    let shaded = !content.fills.is_empty();
    let in_view = |place: Point| place.0 > 4.0 && place.0 < size.0 - 4.0 && place.1 > 4.0 && place.1 < size.1 - 4.0;
    let mut dots = false;
    for (slug, (lon, lat)) in &outlines.dots {
        let seen = land.middles.get(slug).map_or(0.0, |(_, area)| *area);
        let place = frame.place(*lon, *lat);
        if !shaded || seen > 30.0 || !frame.is_near(*lon, *lat) || !in_view(place) {
            continue;
        }
        let (fill, tip) = colour(slug);
        colours.insert(fill);
        let rim = Some(Stroke::new(theme.border, 0.8));
        drawing.marks.push(super::scene::Mark::Disc { at: place, radius: 2.7, fill, stroke: rim, tip });
        dots = true;
    }
    for arc in &content.arcs {
        let mut path = Vec::new();
        for piece in great_circle(arc.from, arc.to) {
            let mut begun = false;
            for (lon, lat) in piece {
                if !frame.is_near(lon, lat) {
                    begun = false;
                    continue;
                }
                let place = frame.place(lon, lat);
                path.push(if begun { Segment::Line(place) } else { Segment::Move(place) });
                begun = true;
            }
        }
        if path.len() > 1 {
            drawing.path(path, arc.stroke, &arc.tip);
        }
    }
    let near = |spot: &&Spot| frame.is_near(spot.at.0, spot.at.1) && in_view(frame.place(spot.at.0, spot.at.1));
    let spots: Vec<&Spot> = content.spots.iter().filter(near).collect();
    // The greatest first, so that small ones lie over them.
    let mut order: Vec<&&Spot> = spots.iter().collect();
    order.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    for spot in order {
        let place = frame.place(spot.at.0, spot.at.1);
        let rim = Some(Stroke::new(theme.paper, 0.8));
        let (radius, fill, tip) = (spot.radius, spot.colour, spot.tip.clone());
        drawing.marks.push(super::scene::Mark::Disc { at: place, radius, fill, stroke: rim, tip });
    }
    let mut untold = 0;
    let spotted: Vec<&str> = spots.iter().map(|spot| spot.label.as_str()).collect();
    for spot in spots.iter().filter(|spot| !spot.label.is_empty()) {
        let place = frame.place(spot.at.0, spot.at.1);
        // A name may lie over a disc of less weight, not over a greater one.
        rooms.take((place.0 - spot.radius, place.1 - spot.radius), (2.0 * spot.radius, 2.0 * spot.radius));
        if !label(&mut drawing, &mut rooms, place, spot.radius, &spot.label, true, size) {
            untold += 1;
        }
    }
    if content.names {
        let mut named: Vec<(&str, Point, f64)> = land
            .middles
            .iter()
            .filter(|(slug, _)| !slug.is_empty())
            .map(|(slug, (at, area))| (*slug, *at, *area))
            .collect();
        named.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)));
        for (slug, at, area) in named {
            let name = style.language.name(slug).unwrap_or_else(|| gazetteer.display(slug));
            if area > 60.0
                && in_view(at)
                && !spotted.contains(&name)
                && !label(&mut drawing, &mut rooms, at, 0.0, name, false, size)
            {
                untold += 1;
            }
        }
        for (slug, (lon, lat)) in &outlines.dots {
            let place = frame.place(*lon, *lat);
            if frame.is_near(*lon, *lat)
                && in_view(place)
                && !land.middles.get(slug).is_some_and(|(_, area)| *area > 60.0)
                && !spotted.contains(&style.language.name(slug).unwrap_or_else(|| gazetteer.display(slug)))
            {
                let name = style.language.name(slug).unwrap_or_else(|| gazetteer.display(slug));
                if !label(&mut drawing, &mut rooms, place, 3.0, name, false, size) {
                    untold += 1;
                }
            }
        }
    }
    for (slug, (fill, tip)) in &content.fills {
        let label = style.language.name(slug).unwrap_or_else(|| gazetteer.display(slug)).to_owned();
        drawing.node(node(slug.clone(), label, NodeKind::State, *fill, tip));
    }
    if !shaded {
        for spot in &content.spots {
            let name = spot.tip.split(':').next().unwrap_or_default();
            drawing.node(node(format!("seat:{name}"), name.to_owned(), NodeKind::Seat, spot.colour, &spot.tip));
        }
    }
    // What sticks out of the frame is cut.
    let all = std::mem::take(&mut drawing.marks);
    drawing.marks.push(super::scene::Mark::Clip(Some(((0.0, 0.0), size))));
    drawing.marks.extend(all);
    drawing.marks.push(super::scene::Mark::Clip(None));
    if matches!(frame, Frame::Around { .. }) {
        let rim = Stroke::new(theme.rule, 1.0);
        let [a, b, c, d] = super::geometry::rectangle((0.0, 0.0), size);
        let path = vec![Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close];
        drawing.path(path, rim, "");
    }
    if dots && matches!(frame, Frame::World) {
        keys.push((Sign::Word, "discs: states too small to be seen".to_owned()));
    }
    // A legend names only what is drawn.
    let is_drawn = |sign: &Sign| match sign {
        Sign::Square(fill, _) => colours.contains(fill),
        Sign::Disc(fill) => spots.iter().any(|spot| spot.colour == *fill && spot.radius > 2.0),
        _ => true,
    };
    keys.retain(|(sign, _)| is_drawn(sign));
    for (sign, words) in keys {
        drawing.key(sign, words);
    }
    if untold > 0 {
        let names = if untold == 1 { "name" } else { "names" };
        head.caption.push(format!("{untold} {names} {}.", style.word("not shown for want of room")));
    }
    let projection = match frame {
        Frame::World => "Equal Earth projection.",
        Frame::Around { .. } => "Lambert's azimuthal equal-area projection.",
    };
    head.sources = format!("{} {BOUNDARIES} {projection}", head.sources);
    page(drawing, head, style)
}

fn node(id: String, label: String, kind: NodeKind, colour: Colour, tip: &str) -> Node {
    Node { id, label, kind, group: String::new(), colour, note: tip.to_owned() }
}

/// Whether a state has an outline or a disc on the map.
pub fn is_on_map(gazetteer: &Gazetteer, slug: &str) -> bool {
    let outlines = Outlines::carried();
    outlines.has(slug) || gazetteer.entity(slug).is_some_and(|entity| outlines.dots.contains_key(entity.slug.as_str()))
}

/// The sea: the outline of the sphere with a few meridians, or the frame.
fn sea(drawing: &mut Drawing, frame: &Frame, theme: &Theme) {
    let size = frame.size();
    match frame {
        Frame::World => {
            let side = |lon: f64, up: bool| {
                (0..=36u32).map(move |step| {
                    let lat = f64::from(step) * 5.0 - 90.0;
                    frame.place(lon, if up { lat } else { -lat })
                })
            };
            let mut path: Vec<Segment> = side(-180.0, true).chain(side(180.0, false)).map(Segment::Line).collect();
            if let Some(Segment::Line(first)) = path.first().copied() {
                path[0] = Segment::Move(first);
            }
            path.push(Segment::Close);
            drawing.area(path, theme.sea, 1.0, None, "");
            let mut lines = Vec::new();
            for lon in (-150..=150).step_by(30) {
                for (at, place) in side(f64::from(lon), true).enumerate() {
                    lines.push(if at == 0 { Segment::Move(place) } else { Segment::Line(place) });
                }
            }
            for lat in [-60.0, -30.0, 0.0, 30.0, 60.0] {
                lines.push(Segment::Move(frame.place(-180.0, lat)));
                lines.push(Segment::Line(frame.place(180.0, lat)));
            }
            drawing.path(lines, Stroke::new(theme.rule, 0.5).faint(0.35), "");
        }
        Frame::Around { .. } => drawing.bar((0.0, 0.0), size, 0.0, theme.sea, ""),
    }
}

/// Writes a label beside a point where there is room: right, left, above, below of it, or upon it.
fn label(
    drawing: &mut Drawing,
    rooms: &mut Rooms,
    at: Point,
    radius: f64,
    words: &str,
    bold: bool,
    size: Point,
) -> bool {
    let words = letters::fitted(words, LABEL, bold, 190.0);
    let width = letters::width(&words, LABEL, bold);
    let (half, gap) = (LABEL / 2.0, radius + 4.0);
    let beside = [(gap, 0.0), (-gap - width, 0.0), (-width / 2.0, -gap - half), (-width / 2.0, gap + half)];
    let upon = [(-width / 2.0, 0.0), (-width / 2.0, 11.0), (-width / 2.0, -11.0)];
    let tries: &[Point] = if radius > 0.0 { &beside } else { &upon };
    for (x, y) in tries {
        let place = (at.0 + x, at.1 + y);
        let room = ((place.0 - 1.0, place.1 - half), (width + 2.0, LABEL));
        let inside = room.0.0 >= 2.0
            && room.0.1 >= 2.0
            && room.0.0 + room.1.0 <= size.0 - 2.0
            && room.0.1 + room.1.1 <= size.1 - 2.0;
        if inside && rooms.is_free(room.0, room.1) {
            rooms.take(room.0, room.1);
            let text = drawing.text(place, LABEL, Anchor::Start, words);
            text.bold = bold;
            text.halo = true;
            return true;
        }
    }
    false
}
