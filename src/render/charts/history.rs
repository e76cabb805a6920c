//! Measures by year: what is certain as a line, what is possible as a dashed one, a band between them.

use super::axis::{Scale, apart, ticks, told};
use super::frame;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Point, Segment, Sign, Stroke};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters};

/// A measure in every year.
#[derive(Clone, Debug)]
pub struct Course {
    /// What it is called.
    pub label: String,
    /// What it counts; measures of one unit share a panel.
    pub unit: String,
    /// Whether it is a whole number.
    pub whole: bool,
    /// By what certainly held, and with what may have held.
    pub values: Vec<(Option<f64>, Option<f64>)>,
}

/// Measures of the whole network by year.
#[derive(Clone, Debug)]
pub struct Years {
    /// What it shows.
    pub title: String,
    /// What must be said above it.
    pub caption: Vec<String>,
    /// On what it rests.
    pub sources: String,
    /// The years, in order.
    pub years: Vec<i16>,
    /// The measures.
    pub courses: Vec<Course>,
}

/// One of the two values of a year.
type Pick = fn(&(Option<f64>, Option<f64>)) -> Option<f64>;

const WIDTH: f64 = 720.0;
/// Letters and distance of the names at the ends of lines.
const NAME: f64 = 11.5;
const GAP: f64 = 14.0;

/// Draws a panel for every unit. O(years · measures).
pub fn history(table: &Years, style: &Style) -> Scene {
    let mut drawing = Drawing::new(style.theme);
    let mut panels: Vec<(&str, Vec<&Course>)> = Vec::new();
    for course in &table.courses {
        match panels.iter_mut().find(|(unit, _)| *unit == course.unit) {
            Some((_, courses)) => courses.push(course),
            None => panels.push((&course.unit, vec![course])),
        }
    }
    let height = match panels.len() {
        0 | 1 => 400.0,
        2 => 250.0,
        _ => 180.0,
    };
    let (first, last) = (table.years.first().copied().unwrap_or(0), table.years.last().copied().unwrap_or(0));
    let across = Scale { domain: (f64::from(first), f64::from(last.max(first + 1))), range: (0.0, WIDTH) };
    let mut signs = [false; 2];
    let mut top = 0.0;
    for (unit, courses) in &panels {
        let heading = if courses.len() == 1 && courses[0].label != *unit {
            format!("{} ({unit})", courses[0].label)
        } else {
            (*unit).to_owned()
        };
        drawing.text((0.0, top - 16.0), 13.0, Anchor::Start, heading).bold = true;
        let panel = Panel { courses, years: &table.years, across, top, height };
        let drawn = panel.draw(&mut drawing, style);
        signs = [signs[0] || drawn[0], signs[1] || drawn[1]];
        top += height + 66.0;
    }
    let quiet = style.theme.quiet;
    if signs[0] {
        drawing.key(Sign::Line(Stroke::new(quiet, 2.0)), style.word("certain"));
    }
    if signs[1] {
        drawing.key(Sign::Line(Stroke::new(quiet, 1.5).dashed(Dash::Dashed)), style.word("possible"));
    }
    let told_ends = table.courses.iter().filter_map(|course| {
        let at = course.values.iter().rposition(|values| values.0.is_some() || values.1.is_some())?;
        let fine = if course.whole { 1.0 } else { 0.001 };
        let (certain, possible) = course.values[at];
        let value = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |value| told(value, fine));
        Some(format!(
            "{} in {}: {} certain, {} possible",
            course.label,
            table.years[at],
            value(certain),
            value(possible)
        ))
    });
    let head = Head {
        title: table.title.clone(),
        caption: table.caption.clone(),
        sources: table.sources.clone(),
        description: told_ends.collect::<Vec<_>>().join("; "),
    };
    page(drawing, head, style)
}

/// One panel.
struct Panel<'t> {
    courses: &'t [&'t Course],
    years: &'t [i16],
    across: Scale,
    top: f64,
    height: f64,
}

impl Panel<'_> {
    /// Draws it and tells whether it has lines of what is certain, and of what is possible.
    fn draw(&self, drawing: &mut Drawing, style: &Style) -> [bool; 2] {
        let theme = style.theme;
        let whole = self.courses.iter().all(|course| course.whole);
        let values = self.courses.iter().flat_map(|course| &course.values).flat_map(|(one, other)| [one, other]);
        let told_values: Vec<f64> = values.flatten().copied().collect();
        let most = told_values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = told_values.iter().copied().fold(f64::INFINITY, f64::min);
        let (least, most) = if least > most { (0.0, 1.0) } else { (least, most) };
        // Counts begin at nought; what never comes near it need not.
        let base = if !whole && least > 0.5 * most { least } else { least.min(0.0) };
        let steps = ticks(base, most.max(base), if self.height > 300.0 { 8 } else { 5 }, whole);
        let up = Scale { domain: (steps[0], steps[steps.len() - 1]), range: (self.top + self.height, self.top) };
        frame::numbers(drawing, up, &steps, (0.0, WIDTH));
        let span = (self.years.first().copied().unwrap_or(0), self.years.last().copied().unwrap_or(0));
        frame::years(drawing, self.across, span, (self.top, self.top + self.height), (false, true));
        let mut ends: Vec<(Point, String, Hue)> = Vec::new();
        let mut signs = [false; 2];
        for (at, course) in self.courses.iter().enumerate() {
            let hue = Hue::GROUPS[at % Hue::GROUPS.len()];
            let fill = theme.fill(hue);
            let line = |pick: Pick| -> Vec<Vec<Point>> {
                let mut parts: Vec<Vec<Point>> = vec![Vec::new()];
                for (year, values) in self.years.iter().zip(&course.values) {
                    match pick(values) {
                        Some(value) => {
                            let last = parts.len() - 1;
                            parts[last].push((self.across.at(f64::from(*year)), up.at(value)));
                        }
                        None => parts.push(Vec::new()),
                    }
                }
                parts.retain(|part| !part.is_empty());
                parts
            };
            let (certain, possible) = (line(|values| values.0), line(|values| values.1));
            let differ = certain != possible;
            for part in &possible {
                self.band(drawing, course, part, up, hue);
                if differ {
                    drawing.path(open(part), Stroke::new(fill, 1.4).dashed(Dash::Dashed), &course.label);
                    signs[1] = true;
                }
            }
            for part in &certain {
                signs[0] = true;
                drawing.path(open(part), Stroke::new(fill, 2.2), &course.label);
                if let [only] = part[..] {
                    drawing.disc(only, 2.5, fill, "");
                }
            }
            let fine = if course.whole { 1.0 } else { 0.001 };
            let end = |parts: &[Vec<Point>], value: Option<f64>| {
                let point = *parts.last()?.last()?;
                Some((point, told(value?, fine)))
            };
            let last = |pick: Pick| course.values.iter().rev().find_map(pick);
            let several = self.courses.len() > 1;
            let name = if several { format!("{} ", course.label) } else { String::new() };
            let certain = end(&certain, last(|values| values.0));
            let possible =
                end(&possible, last(|values| values.1)).filter(|end| differ && certain.as_ref() != Some(end));
            let tagged = possible.is_some();
            if let Some((point, value)) = possible {
                ends.push((point, format!("{name}{value} possible"), hue));
            }
            if let Some((point, value)) = certain {
                ends.push((point, format!("{name}{value}{}", if tagged { " certain" } else { "" }), hue));
            }
        }
        // The names at the ends, as near to them as they do not meet.
        let wanted: Vec<f64> = ends.iter().map(|(point, ..)| point.1).collect();
        let room = (self.top - 2.0, self.top + self.height + 4.0);
        for ((point, name, hue), y) in ends.iter().zip(apart(&wanted, GAP, room)) {
            let x = WIDTH + 16.0;
            if (y - point.1).abs() > 2.0 || point.0 < WIDTH - 4.0 {
                let stroke = Stroke::new(theme.fill(*hue), 0.8).faint(0.7);
                drawing.line((point.0 + 3.0, point.1), (x - 3.0, y), stroke);
            }
            let name = letters::fitted(name, NAME, false, 230.0);
            drawing.text((x, y), NAME, Anchor::Start, name).fill = theme.letters(*hue);
        }
        if ends.is_empty() {
            let at = (WIDTH / 2.0, self.top + self.height / 2.0);
            let text = drawing.text(at, 13.0, Anchor::Middle, style.word("no data"));
            text.fill = theme.quiet;
            text.halo = true;
        }
        signs
    }

    /// What lies between what is certain and what is possible; `possible` is a part of that line without gaps.
    fn band(&self, drawing: &mut Drawing, course: &Course, possible: &[Point], up: Scale, hue: Hue) {
        let below: Vec<Point> = possible
            .iter()
            .filter_map(|(x, _)| {
                let at = self.years.iter().position(|year| (self.across.at(f64::from(*year)) - x).abs() < 1e-9)?;
                Some((*x, up.at(course.values[at].0?)))
            })
            .collect();
        if below.len() > 1 && below.len() == possible.len() {
            let mut path = open(possible);
            path.extend(below.iter().rev().map(|point| Segment::Line(*point)));
            path.push(Segment::Close);
            drawing.area(path, drawing.theme.fill(hue), 0.14, None, "");
        }
    }
}

fn open(points: &[Point]) -> Vec<Segment> {
    let segment = |(at, point): (usize, &Point)| if at == 0 { Segment::Move(*point) } else { Segment::Line(*point) };
    points.iter().enumerate().map(segment).collect()
}
