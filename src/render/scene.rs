//! What a picture consists of, in pixels from the top left; and the graph that it shows, for endings that lay it out anew.

use super::letters;
use super::theme::{Colour, Hue, Theme};

/// A point in pixels.
pub type Point = (f64, f64);

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins anew there.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic curve: two control points, end.
    Curve(Point, Point, Point),
    /// Back to the beginning.
    Close,
}

impl Segment {
    fn mapped(self, map: impl Fn(Point) -> Point) -> Segment {
        match self {
            Segment::Move(at) => Segment::Move(map(at)),
            Segment::Line(to) => Segment::Line(map(to)),
            Segment::Curve(one, two, to) => Segment::Curve(map(one), map(two), map(to)),
            Segment::Close => Segment::Close,
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width.
    pub width: f64,
    /// Its dashes.
    pub dash: Dash,
    /// From 0 to 1.
    pub opacity: f64,
}

/// Dashes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// One line.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
}

impl Stroke {
    /// A plain line.
    pub fn new(colour: Colour, width: f64) -> Stroke {
        Stroke { colour, width, dash: Dash::Solid, opacity: 1.0 }
    }

    /// The same with dashes.
    pub fn dashed(self, dash: Dash) -> Stroke {
        Stroke { dash, ..self }
    }

    /// The same, letting what lies under it through.
    pub fn faint(self, opacity: f64) -> Stroke {
        Stroke { opacity, ..self }
    }
}

/// Where a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A line of text; its point is half its height up.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Its point.
    pub at: Point,
    /// Height of the letters in pixels.
    pub size: f64,
    /// Degrees clockwise about the point.
    pub turn: f64,
    /// Which part of it is at the point.
    pub anchor: Anchor,
    /// Colour of the letters.
    pub fill: Colour,
    /// What lies behind it.
    pub on: Colour,
    /// Whether what lies behind is painted around the letters, so that lines under them do no harm.
    pub halo: bool,
    /// Whether it is bold.
    pub bold: bool,
    /// The text.
    pub text: String,
}

impl Text {
    /// Width in pixels.
    pub fn width(&self) -> f64 {
        letters::width(&self.text, self.size, self.bold)
    }

    /// The four corners of the room that its letters take.
    pub fn corners(&self) -> [Point; 4] {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let half = self.size * 0.5;
        let (sin, cos) = self.turn.to_radians().sin_cos();
        [(left, -half), (left + width, -half), (left + width, half), (left, half)]
            .map(|(x, y)| (self.at.0 + x * cos - y * sin, self.at.1 + x * sin + y * cos))
    }
}

/// One thing that is drawn; later ones lie over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// An outline, filled by the even-odd rule.
    Outline {
        /// Its pieces.
        path: Vec<Segment>,
        /// Its filling.
        fill: Option<Colour>,
        /// From 0 to 1, of the filling.
        opacity: f64,
        /// Its line.
        stroke: Option<Stroke>,
        /// What a pointer is told; empty if nothing.
        tip: String,
    },
    /// A disc.
    Disc {
        /// Centre.
        at: Point,
        /// Radius.
        radius: f64,
        /// Its filling.
        fill: Colour,
        /// Its line.
        stroke: Option<Stroke>,
        /// What a pointer is told; empty if nothing.
        tip: String,
    },
    /// A rectangle.
    Bar {
        /// Left upper corner.
        at: Point,
        /// Width and height.
        size: Point,
        /// Radius of the corners.
        round: f64,
        /// Its filling.
        fill: Colour,
        /// Its line.
        stroke: Option<Stroke>,
        /// What a pointer is told; empty if nothing.
        tip: String,
    },
    /// A line of text.
    Text(Text),
    /// What follows is cut at this rectangle (left upper corner, width and height) until the next one; `None` ends it.
    Clip(Option<(Point, Point)>),
}

/// What a node of the graph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A state or territory.
    State,
    /// An international organisation.
    Organisation,
    /// A seat: the city of a mission.
    Seat,
    /// A group of others.
    Group,
}

/// A node that the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Identity.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
    /// The group in which it lies; empty if none.
    pub group: String,
    /// Its colour.
    pub colour: Colour,
    /// What a pointer is told beside its name.
    pub note: String,
}

/// A tie that the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Node at the start.
    pub from: String,
    /// Seat through which it goes, if there is one.
    pub via: Option<String>,
    /// Node at the end.
    pub to: String,
    /// Kind and what is told of it.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// Its dashes.
    pub dash: Dash,
    /// Arrow at the end, and at the start.
    pub arrows: (bool, bool),
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// How it looks.
    pub sign: Sign,
    /// What it means.
    pub label: String,
}

/// How an entry of a legend looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// A line.
    Line(Stroke),
    /// A disc.
    Disc(Colour),
    /// A filled square with a line.
    Square(Colour, Option<Colour>),
    /// A step of a scale, which is shown whole even where some steps are not drawn.
    Step(Colour),
    /// No sign: a remark.
    Word,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// What it shows.
    pub title: String,
    /// Date, roster, sources.
    pub caption: String,
    /// What somebody who does not see it is told.
    pub description: String,
    /// Its language (BCP 47).
    pub lang: String,
    /// Its colours.
    pub theme: &'static Theme,
    /// What is drawn, in order.
    pub marks: Vec<Mark>,
    /// The nodes shown; none in a chart.
    pub nodes: Vec<Node>,
    /// The ties shown.
    pub ties: Vec<Tie>,
}

impl Scene {
    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}

/// Marks in coordinates of their own, before they are put on a page.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Its colours.
    pub theme: &'static Theme,
    /// What is drawn, in order.
    pub marks: Vec<Mark>,
    /// The nodes shown.
    pub nodes: Vec<Node>,
    /// The ties shown.
    pub ties: Vec<Tie>,
    /// The legend.
    pub keys: Vec<Key>,
}

impl Drawing {
    /// Nothing yet.
    pub fn new(theme: &'static Theme) -> Drawing {
        Drawing { theme, marks: Vec::new(), nodes: Vec::new(), ties: Vec::new(), keys: Vec::new() }
    }

    /// Adds a text on the paper and gives it for changes.
    pub fn text(&mut self, at: Point, size: f64, anchor: Anchor, text: impl Into<String>) -> &mut Text {
        let (fill, on) = (self.theme.ink, self.theme.paper);
        let text = letters::clean(&text.into());
        self.marks.push(Mark::Text(Text { at, size, turn: 0.0, anchor, fill, on, halo: false, bold: false, text }));
        match self.marks.last_mut() {
            Some(Mark::Text(text)) => text,
            _ => unreachable!("a text was pushed"),
        }
    }

    /// Adds a line.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.path(vec![Segment::Move(from), Segment::Line(to)], stroke, "");
    }

    /// Adds an open outline.
    pub fn path(&mut self, path: Vec<Segment>, stroke: Stroke, tip: &str) {
        let tip = tip.to_owned();
        self.marks.push(Mark::Outline { path, fill: None, opacity: 1.0, stroke: Some(stroke), tip });
    }

    /// Adds a filled outline.
    pub fn area(&mut self, path: Vec<Segment>, fill: Colour, opacity: f64, stroke: Option<Stroke>, tip: &str) {
        self.marks.push(Mark::Outline { path, fill: Some(fill), opacity, stroke, tip: tip.to_owned() });
    }

    /// Adds a disc.
    pub fn disc(&mut self, at: Point, radius: f64, fill: Colour, tip: &str) {
        self.marks.push(Mark::Disc { at, radius, fill, stroke: None, tip: tip.to_owned() });
    }

    /// Adds a rectangle.
    pub fn bar(&mut self, at: Point, size: Point, round: f64, fill: Colour, tip: &str) {
        self.marks.push(Mark::Bar { at, size, round, fill, stroke: None, tip: tip.to_owned() });
    }

    /// Adds an arrow head whose tip is at a point, with its direction in radians.
    pub fn arrow(&mut self, at: Point, angle: f64, size: f64, fill: Colour) {
        let side = |turn: f64| (at.0 - size * (angle + turn).cos(), at.1 - size * (angle + turn).sin());
        let path = vec![Segment::Move(at), Segment::Line(side(0.42)), Segment::Line(side(-0.42)), Segment::Close];
        self.area(path, fill, 1.0, None, "");
    }

    /// Adds an entry of the legend, once.
    pub fn key(&mut self, sign: Sign, label: impl Into<String>) {
        let key = Key { sign, label: label.into() };
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    /// Adds a node of the graph, once.
    pub fn node(&mut self, node: Node) {
        if !self.nodes.iter().any(|known| known.id == node.id) {
            self.nodes.push(node);
        }
    }

    /// A state as a node.
    pub fn state(&mut self, id: &str, label: &str, hue: Hue, note: &str) {
        let colour = self.theme.fill(hue);
        let (id, label, note) = (id.to_owned(), label.to_owned(), note.to_owned());
        self.node(Node { id, label, kind: NodeKind::State, group: String::new(), colour, note });
    }

    /// Left, top, right and bottom of everything drawn. Areas that are cut count as what they are cut to.
    pub fn bounds(&self) -> [f64; 4] {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut take = |(x, y): Point, pad: f64| {
            bounds[0] = bounds[0].min(x - pad);
            bounds[1] = bounds[1].min(y - pad);
            bounds[2] = bounds[2].max(x + pad);
            bounds[3] = bounds[3].max(y + pad);
        };
        let mut cut = false;
        for mark in &self.marks {
            match mark {
                Mark::Clip(Some((at, size))) => {
                    take(*at, 0.0);
                    take((at.0 + size.0, at.1 + size.1), 0.0);
                    cut = true;
                }
                Mark::Clip(None) => cut = false,
                _ if cut => {}
                Mark::Outline { path, stroke, .. } => {
                    let pad = stroke.map_or(0.0, |stroke| stroke.width / 2.0);
                    let mut from = (0.0, 0.0);
                    for segment in path {
                        match *segment {
                            Segment::Move(at) | Segment::Line(at) => {
                                take(at, pad);
                                from = at;
                            }
                            Segment::Curve(one, two, to) => {
                                // Points on the curve, not its controls.
                                for step in 1..=8 {
                                    take(on_curve(from, one, two, to, f64::from(step) / 8.0), pad);
                                }
                                from = to;
                            }
                            Segment::Close => {}
                        }
                    }
                }
                Mark::Disc { at, radius, .. } => take(*at, *radius),
                Mark::Bar { at, size, .. } => {
                    take(*at, 0.0);
                    take((at.0 + size.0, at.1 + size.1), 0.0);
                }
                Mark::Text(text) => text.corners().into_iter().for_each(|corner| take(corner, 0.0)),
            }
        }
        if bounds[0] > bounds[2] { [0.0; 4] } else { bounds }
    }

    /// Moves everything.
    pub fn shift(&mut self, by: Point) {
        self.marks.iter_mut().for_each(|mark| mark.shift(by));
    }

    /// Puts another drawing into this one, moved.
    pub fn put(&mut self, mut other: Drawing, by: Point) {
        other.shift(by);
        self.marks.append(&mut other.marks);
        other.nodes.into_iter().for_each(|node| self.node(node));
        self.ties.append(&mut other.ties);
        for key in other.keys {
            self.key(key.sign, key.label);
        }
    }
}

/// A point of a cubic curve, from 0 to 1.
pub fn on_curve(from: Point, one: Point, two: Point, to: Point, at: f64) -> Point {
    let rest = 1.0 - at;
    let weights = [rest * rest * rest, 3.0 * rest * rest * at, 3.0 * rest * at * at, at * at * at];
    let along = |pick: fn(Point) -> f64| {
        weights[0] * pick(from) + weights[1] * pick(one) + weights[2] * pick(two) + weights[3] * pick(to)
    };
    (along(|point| point.0), along(|point| point.1))
}

impl Mark {
    /// Moves it.
    pub fn shift(&mut self, by: Point) {
        let moved = |(x, y): Point| (x + by.0, y + by.1);
        match self {
            Mark::Outline { path, .. } => {
                for segment in path {
                    *segment = segment.mapped(moved);
                }
            }
            Mark::Disc { at, .. } | Mark::Bar { at, .. } => *at = moved(*at),
            Mark::Text(text) => text.at = moved(text.at),
            Mark::Clip(Some((at, _))) => *at = moved(*at),
            Mark::Clip(None) => {}
        }
    }
}
