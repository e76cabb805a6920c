//! Who covers one state, or whom one state covers: resident missions on one side; on the other the seats in third states
//! and whoever is covered through each, as a tie of three parts.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::curve;
use crate::coverage::{Coverage, Ladder, Representation};
use crate::graph::View;
use crate::model::Fact;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Node, NodeKind, Point, Segment, Sign, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

/// Which side of the ties the state in the middle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It receives: who covers it.
    Receiving,
    /// It sends: whom it covers.
    Sending,
}

const LABEL: f64 = 12.0;
const LINE: f64 = 16.0;
/// Most room of a name.
const NAME: f64 = 220.0;
/// Names of a seat that stand under each other.
const COLUMN: usize = 14;

/// The others that one seat covers, or that cover through it.
struct Through<'n> {
    label: String,
    id: String,
    others: Vec<(&'n str, String, bool)>,
}

/// Draws who covers `node`, or whom it covers. Resident missions are a list with one arrow; every seat in a third state is a
/// box on the way between the middle and those who go through it; where sources disagree on the seat, a name stands at
/// each with a question mark. `only` keeps some of the others. O(ties of all receiving states) for a sending state.
pub fn fan(view: &View<'_>, node: NodeIndex, side: Side, only: &[NodeIndex], style: &Style) -> Scene {
    let coverage = Coverage::new(view);
    let own = view.slug(node);
    let ladders: Vec<Ladder<'_>> = match side {
        Side::Receiving => coverage.received_by(node),
        Side::Sending => coverage.sent_by(node),
    };
    let mut residents: Vec<(&str, String)> = Vec::new();
    let mut seats: BTreeMap<(String, String), Through<'_>> = BTreeMap::new();
    let mut others: BTreeMap<Representation, Vec<&str>> = BTreeMap::new();
    let mut facts: Vec<&Fact> = Vec::new();
    for ladder in &ladders {
        let other = if side == Side::Receiving { &ladder.sending } else { &ladder.receiving };
        let Some(other) = view.network.node(other).filter(|other| only.is_empty() || only.contains(other)) else {
            continue;
        };
        let (slug, form) = (view.slug(other), ladder.representation());
        let name = style.name(view, slug).to_owned();
        match form {
            Representation::Resident => {
                residents.push((slug, name));
                facts.extend(ladder.best().facts.iter().copied());
            }
            Representation::NonResident => {
                let steps: Vec<_> = ladder.steps.iter().filter(|step| step.rung.from_elsewhere()).collect();
                for step in &steps {
                    facts.extend(step.facts.iter().copied());
                    let seat = step.seat.as_ref();
                    let host = seat.and_then(|seat| seat.host.as_deref()).unwrap_or("");
                    let city = seat.and_then(|seat| seat.city.as_deref()).unwrap_or("");
                    let label = match (city, host) {
                        ("", "") => "seat not told".to_owned(),
                        (city, "") => city.to_owned(),
                        ("", host) => style.name(view, host).to_owned(),
                        (city, host) => format!("{city}, {}", style.name(view, host)),
                    };
                    let through = seats.entry((host.to_owned(), city.to_owned())).or_insert_with(|| Through {
                        label,
                        id: format!("seat:{host}:{}", crate::names::slug_of(city)),
                        others: Vec::new(),
                    });
                    if !through.others.iter().any(|(known, ..)| *known == slug) {
                        through.others.push((slug, name.clone(), steps.len() > 1));
                    }
                }
            }
            form => others.entry(form).or_default().push(slug),
        }
    }
    let by_name = |name: &str| crate::names::fold(name);
    residents.sort_by_cached_key(|(slug, name)| (by_name(name), *slug));
    let mut seats: Vec<Through<'_>> = seats.into_values().collect();
    for seat in &mut seats {
        seat.others.sort_by_cached_key(|(slug, name, _)| (by_name(name), *slug));
    }
    seats.sort_by(|a, b| b.others.len().cmp(&a.others.len()).then(a.label.cmp(&b.label)));

    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let name = style.name(view, own);
    drawing.state(own, name, Hue::Ink, "");
    let pillar = Pillar::of(name, seats.len());
    right_side(&mut drawing, own, &seats, side, &pillar);
    left_side(&mut drawing, own, &residents, side, &pillar, style);
    pillar.draw(&mut drawing, name);
    let (blue, orange) = (theme.fill(Hue::Blue), theme.fill(Hue::Orange));
    let distinct: std::collections::BTreeSet<&str> =
        seats.iter().flat_map(|seat| seat.others.iter().map(|(slug, ..)| *slug)).collect();
    if !residents.is_empty() {
        drawing.key(
            Sign::Line(Stroke::new(blue, 3.0)),
            format!("{} ({})", style.word("resident mission"), residents.len()),
        );
    }
    if !distinct.is_empty() {
        let label = format!("{} ({})", style.word("accredited from elsewhere"), distinct.len());
        drawing.key(Sign::Line(Stroke::new(orange, 3.0)), label);
    }
    if seats.iter().any(|seat| seat.others.iter().any(|(.., disputed)| *disputed)) {
        drawing.key(Sign::Word, "? sources name several seats");
    }
    let rest: Vec<String> =
        others.iter().map(|(form, slugs)| format!("{} {}", style.word(form.name()), slugs.len())).collect();
    let mut caption = vec![view.caption()];
    if !rest.is_empty() {
        caption.push(format!("Not drawn: {}", rest.join(", ")));
    }
    caption.extend(sources::undated(view, &facts));
    let title = match side {
        Side::Receiving if style.language.code() == "en" => format!("{name}: who covers it"),
        Side::Receiving => format!("{name}: {}", style.word("who covers")),
        Side::Sending => format!("{name}: {}", style.word("diplomatic representation")),
    };
    let description = format!("{} resident, {} from {} seats elsewhere", residents.len(), distinct.len(), seats.len());
    let head = Head { title, caption, sources: sources::cited(view, facts), description };
    page(drawing, head, style)
}

/// The widest of some names as they are written.
fn widest<'a>(names: impl Iterator<Item = &'a str>) -> f64 {
    names.map(|name| letters::width(name, LABEL, false)).fold(60.0, f64::max).min(NAME)
}

/// The middle state.
struct Pillar {
    label: String,
    /// Half its width and height.
    half: Point,
    /// Whether its name runs along it.
    along: bool,
}

impl Pillar {
    /// Upright where the name is short, along the pillar where it is long; as high as its lines need.
    fn of(name: &str, lines: usize) -> Pillar {
        let label = letters::fitted(name, 14.0, true, 220.0);
        let length = letters::width(&label, 14.0, true);
        let along = length > 96.0;
        #[allow(clippy::cast_precision_loss)]
        let needed = (lines as f64 * 4.0 + 12.0).min(120.0);
        let high = if along { length / 2.0 + 12.0 } else { 26.0 };
        let wide = if along { 17.0 } else { length / 2.0 + 14.0 };
        Pillar { label, half: (wide, needed.max(high)), along }
    }

    fn draw(&self, drawing: &mut Drawing, name: &str) {
        let fill = drawing.theme.fill(Hue::Ink);
        let (wide, high) = self.half;
        drawing.bar((-wide, -high), (2.0 * wide, 2.0 * high), 8.0, fill, name);
        let ink = drawing.theme.on(fill);
        let text = drawing.text((0.0, 0.0), 14.0, Anchor::Middle, self.label.clone());
        text.bold = true;
        text.turn = if self.along { -90.0 } else { 0.0 };
        text.on = fill;
        text.fill = ink;
    }
}

/// Seats and who goes through them.
fn right_side(drawing: &mut Drawing, own: &str, seats: &[Through<'_>], side: Side, pillar: &Pillar) {
    let theme = drawing.theme;
    let (orange, ink) = (theme.fill(Hue::Orange), theme.letters(Hue::Orange));
    let columns = |count: usize| count.div_ceil(COLUMN).clamp(1, 4);
    #[allow(clippy::cast_precision_loss)]
    let heights: Vec<f64> = seats
        .iter()
        .map(|seat| (seat.others.len().div_ceil(columns(seat.others.len())) as f64 * LINE).max(24.0) + 10.0)
        .collect();
    let total: f64 = heights.iter().sum();
    let most: f64 = seats.iter().map(|seat| letters::width(&seat.label, LABEL, true)).fold(80.0, f64::max).min(260.0);
    let (box_left, box_wide) = (150.0, most + 20.0);
    let mut top = -total / 2.0;
    for (seat, height) in seats.iter().zip(heights) {
        let y = top + height / 2.0;
        #[allow(clippy::cast_precision_loss)]
        let weight = 1.0 + (seat.others.len() as f64).sqrt() * 1.1;
        let start = (pillar.half.0, y / total.max(1.0) * 2.0 * (pillar.half.1 - 6.0));
        let path = curve(start, (box_left, y));
        drawing.path(path, Stroke::new(orange, weight).faint(0.55), &format!("{}: {}", seat.label, seat.others.len()));
        let label = letters::fitted(&seat.label, LABEL, true, most);
        drawing.bar((box_left, y - 11.0), (box_wide, 22.0), 11.0, theme.band, &seat.label);
        let text = drawing.text((box_left + box_wide / 2.0, y), LABEL, Anchor::Middle, label);
        text.bold = true;
        text.fill = ink;
        text.on = theme.band;
        let count = seat.others.len();
        let rows = count.div_ceil(columns(count));
        #[allow(clippy::cast_precision_loss)]
        let first = y - (rows as f64 - 1.0) * LINE / 2.0;
        let list = box_left + box_wide + 46.0;
        let wide = widest(seat.others.iter().map(|(_, name, _)| name.as_str()));
        #[allow(clippy::cast_precision_loss)]
        for (at, (slug, name, disputed)) in seat.others.iter().enumerate() {
            let (column, row) = (at / rows, at % rows);
            let place: Point = (list + column as f64 * (wide + 16.0), first + row as f64 * LINE);
            if side == Side::Receiving && at == 0 {
                let pillar = start;
                drawing.arrow((pillar.0 - 1.0, pillar.1), std::f64::consts::PI, 8.0, orange);
            }
            if column == 0 {
                let from = (box_left + box_wide + 2.0, y);
                let mut stroke = Stroke::new(orange, 1.1).faint(0.8);
                if *disputed {
                    stroke = stroke.dashed(Dash::Dashed);
                }
                drawing.path(curve(from, (list - 9.0, place.1)), stroke, "");
                if side == Side::Sending {
                    drawing.arrow((list - 4.0, place.1), 0.0, 6.0, orange);
                }
            }
            let mark = if *disputed { " ?" } else { "" };
            let text = letters::fitted(&format!("{name}{mark}"), LABEL, false, NAME);
            drawing.text(place, LABEL, Anchor::Start, text);
            drawing.state(slug, name, Hue::Orange, &format!("through {}", seat.label));
            let (from, to) = if side == Side::Receiving { (*slug, own) } else { (own, *slug) };
            drawing.ties.push(Tie {
                from: from.to_owned(),
                via: Some(seat.id.clone()),
                to: to.to_owned(),
                label: format!("accredited from {}", seat.label),
                colour: orange,
                dash: if *disputed { Dash::Dashed } else { Dash::Solid },
                arrows: (true, false),
            });
        }
        drawing.node(Node {
            id: seat.id.clone(),
            label: seat.label.clone(),
            kind: NodeKind::Seat,
            group: String::new(),
            colour: theme.band,
            note: format!("{} through it", seat.others.len()),
        });
        top += height;
    }
}

/// The resident missions as a block of names with one arrow.
fn left_side(
    drawing: &mut Drawing,
    own: &str,
    residents: &[(&str, String)],
    side: Side,
    pillar: &Pillar,
    style: &Style,
) {
    if residents.is_empty() {
        return;
    }
    let theme = drawing.theme;
    let blue = theme.fill(Hue::Blue);
    let count = residents.len();
    let columns = count.div_ceil(34).clamp(1, 6);
    let rows = count.div_ceil(columns);
    let wide = widest(residents.iter().map(|(_, name)| name.as_str())) + 14.0;
    #[allow(clippy::cast_precision_loss)]
    let (width, height) = ((columns as f64 * wide + 14.0).max(190.0), rows as f64 * LINE + 40.0);
    let left = -150.0 - width;
    drawing.bar((left, -height / 2.0), (width, height), 8.0, theme.band, "");
    let words = format!("{} ({count})", style.word("resident mission"));
    let head = drawing.text((left + 14.0, -height / 2.0 + 18.0), LABEL, Anchor::Start, words);
    head.bold = true;
    head.fill = theme.letters(Hue::Blue);
    head.on = theme.band;
    for (at, (slug, name)) in residents.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let place = (left + 14.0 + (at / rows) as f64 * wide, -height / 2.0 + 38.0 + (at % rows) as f64 * LINE);
        drawing.text(place, LABEL, Anchor::Start, letters::fitted(name, LABEL, false, NAME)).on = theme.band;
        drawing.state(slug, name, Hue::Blue, "resident mission");
        let (from, to) = if side == Side::Receiving { (*slug, own) } else { (own, *slug) };
        drawing.ties.push(Tie {
            from: from.to_owned(),
            via: None,
            to: to.to_owned(),
            label: "resident mission".to_owned(),
            colour: blue,
            dash: Dash::Solid,
            arrows: (true, false),
        });
    }
    #[allow(clippy::cast_precision_loss)]
    let weight = 2.0 + (count as f64).sqrt() * 0.7;
    let (mut from, mut to): (Point, Point) = ((-148.0, 0.0), (-pillar.half.0, 0.0));
    // The line ends where the arrow begins.
    match side {
        Side::Receiving => to.0 -= 8.0 + weight / 2.0,
        Side::Sending => from.0 += 8.0 + weight / 2.0,
    }
    let path = vec![Segment::Move(from), Segment::Line(to)];
    drawing.path(path, Stroke::new(blue, weight).faint(0.55), &format!("{count} resident missions"));
    match side {
        Side::Receiving => drawing.arrow((-pillar.half.0 - 1.0, 0.0), 0.0, 10.0 + weight, blue),
        Side::Sending => drawing.arrow((-149.0, 0.0), std::f64::consts::PI, 10.0 + weight, blue),
    }
}
