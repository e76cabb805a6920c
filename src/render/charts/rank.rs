//! Where states stand: bars of one date, or ranks over years as lines that cross.

use super::axis::{Scale, told};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Drawing, Point, Segment, Sign, Stroke};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters};

/// A state among all.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Its rank on each date, and its value; `None` where it has none.
    pub ranks: Vec<Option<(usize, f64)>>,
    /// Whether it is to stand out.
    pub marked: bool,
}

/// The states shown, from the first of the last date on.
#[derive(Clone, Debug)]
pub struct Standings {
    /// What it shows.
    pub title: String,
    /// What must be said above it.
    pub caption: Vec<String>,
    /// On what it rests.
    pub sources: String,
    /// What is measured.
    pub measure: String,
    /// Whether it is a whole number.
    pub whole: bool,
    /// The years, in order; none for one date.
    pub years: Vec<i16>,
    /// The states.
    pub states: Vec<Standing>,
}

const ROW: f64 = 20.0;
const NAME: f64 = 12.0;
/// The longest name in pixels.
const WIDEST: f64 = 210.0;

fn name(name: &str) -> String {
    letters::fitted(name, NAME, false, WIDEST)
}

fn head(table: &Standings, caption: Vec<String>) -> Head {
    let last = table.years.len().saturating_sub(1);
    let told_of = |state: &Standing| {
        let (rank, value) = state.ranks.get(last).copied().flatten()?;
        Some(format!("{rank} {} ({})", state.name, told(value, fine(table))))
    };
    let most: Vec<String> = table.states.iter().filter_map(told_of).take(10).collect();
    Head {
        title: table.title.clone(),
        caption,
        sources: table.sources.clone(),
        description: format!("{} states by {}: {}", table.states.len(), table.measure, most.join(", ")),
    }
}

fn fine(table: &Standings) -> f64 {
    let odd = |state: &Standing| state.ranks.iter().flatten().any(|(_, value)| value.fract() != 0.0);
    match (table.whole, table.states.iter().any(odd)) {
        (true, false) => 1.0,
        (true, true) => 0.1,
        (false, _) => 0.0001,
    }
}

/// Draws a bar a state, with rank and value. O(states).
pub fn bars(table: &Standings, style: &Style) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let rows: Vec<(&Standing, usize, f64)> = table
        .states
        .iter()
        .filter_map(|state| state.ranks.first().copied().flatten().map(|(rank, value)| (state, rank, value)))
        .collect();
    let most = rows.iter().map(|row| row.2).fold(0.0, f64::max);
    let scale = Scale { domain: (0.0, if most > 0.0 { most } else { 1.0 }), range: (0.0, 480.0) };
    let marked = rows.iter().any(|row| row.0.marked);
    let widest = rows.iter().map(|row| letters::width(&name(&row.0.name), NAME, true)).fold(40.0, f64::max);
    for (at, (state, rank, value)) in rows.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let y = at as f64 * ROW + ROW / 2.0;
        let hue = match (marked, state.marked) {
            (true, true) => Hue::Orange,
            (true, false) => Hue::Grey,
            _ => Hue::Blue,
        };
        let number = drawing.text((-widest - 18.0, y), NAME, Anchor::End, rank.to_string());
        number.fill = theme.quiet;
        let text = drawing.text((-8.0, y), NAME, Anchor::End, name(&state.name));
        text.bold = state.marked;
        let width = scale.at(value.max(0.0)).max(1.0);
        let shown = told(*value, fine(table));
        drawing.bar((0.0, y - 7.0), (width, 14.0), 1.5, theme.fill(hue), &format!("{}: {shown}", state.name));
        drawing.text((width + 6.0, y), NAME, Anchor::Start, shown).bold = state.marked;
    }
    #[allow(clippy::cast_precision_loss)]
    let foot = rows.len() as f64 * ROW;
    drawing.line((0.0, -2.0), (0.0, foot + 2.0), Stroke::new(theme.rule, 1.0));
    page(drawing, head(table, table.caption.clone()), style)
}

/// Draws a line a state: among those shown the first on top, with its rank among all at both ends. O(states · years).
pub fn bump(table: &Standings, style: &Style) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let count = table.years.len();
    // Places among those shown: of the same rank in the order of the year after, so that nothing crosses without need; then
    // forwards, in the order of the year before, so that who keeps its value does not seem to fall.
    let mut places: Vec<Vec<Option<usize>>> = vec![vec![None; count]; table.states.len()];
    let backwards = (0..count).rev().map(|year| (year, year + 1));
    for (year, beside) in backwards.chain((1..count).map(|year| (year, year - 1))) {
        let neighbour = |at: usize| places[at].get(beside).copied().flatten();
        let mut here: Vec<(usize, Option<usize>, usize)> = table
            .states
            .iter()
            .enumerate()
            .filter_map(|(at, state)| {
                Some((state.ranks.get(year).copied().flatten()?.0, neighbour(at).or(Some(at)), at))
            })
            .collect();
        here.sort_unstable();
        for (place, (_, _, at)) in here.into_iter().enumerate() {
            places[at][year] = Some(place);
        }
    }
    // Years lie as far from each other as in time.
    let span = |year: usize| f64::from(table.years.get(year).copied().unwrap_or(0)) - f64::from(table.years[0]);
    #[allow(clippy::cast_precision_loss)]
    let right = (count.saturating_sub(1).max(1) as f64 * 60.0).clamp(240.0, 680.0);
    let across = Scale { domain: (0.0, span(count.saturating_sub(1)).max(1.0)), range: (0.0, right) };
    #[allow(clippy::cast_precision_loss)]
    let point = |year: usize, place: usize| -> Point { (across.at(span(year)), place as f64 * ROW) };
    let rows = places.iter().flatten().flatten().max().map_or(0, |most| most + 1);
    #[allow(clippy::cast_precision_loss)]
    let foot = rows.saturating_sub(1) as f64 * ROW;
    // As many years as have room, from the last one on.
    let mut room = f64::INFINITY;
    for (at, year) in table.years.iter().enumerate().rev() {
        let x = point(at, 0).0;
        drawing.line((x, -12.0), (x, foot + 12.0), Stroke::new(theme.rule, 0.8).faint(0.4));
        if x + 36.0 <= room {
            room = x;
            for y in [-24.0, foot + 24.0] {
                drawing.text((x, y), 11.0, Anchor::Middle, year.to_string()).fill = theme.quiet;
            }
        }
    }
    let marked = table.states.iter().any(|state| state.marked);
    let mut hues = Hue::GROUPS.into_iter().chain([Hue::Ink]).cycle();
    let hue: Vec<Hue> = table
        .states
        .iter()
        .map(|state| if marked && !state.marked { Hue::Grey } else { hues.next().unwrap_or(Hue::Blue) })
        .collect();
    // What stands out lies above the others.
    let mut order: Vec<usize> = (0..table.states.len()).collect();
    order.sort_by_key(|at| table.states[*at].marked);
    for at in order {
        let (state, fill) = (&table.states[at], theme.fill(hue[at]));
        let out = marked && !state.marked;
        let mut path = Vec::new();
        let mut before: Option<Point> = None;
        for (year, place) in places[at].iter().enumerate() {
            let here = place.map(|place| point(year, place));
            match (before, here) {
                (Some(from), Some(to)) => {
                    let bend = (to.0 - from.0) * 0.5;
                    path.push(Segment::Curve((from.0 + bend, from.1), (to.0 - bend, to.1), to));
                }
                (None, Some(to)) => path.push(Segment::Move(to)),
                _ => {}
            }
            before = here;
        }
        let width = if state.marked { 3.2 } else { 2.0 };
        drawing.path(path, Stroke::new(fill, width).faint(if out { 0.45 } else { 0.85 }), &state.name);
        for (year, place) in places[at].iter().enumerate() {
            if let (Some(place), Some(Some((rank, value)))) = (place, state.ranks.get(year)) {
                let shown = told(*value, fine(table));
                let tip = format!("{} in {}: rank {rank}, {shown}", state.name, table.years[year]);
                let radius = if state.marked { 4.5 } else { 3.6 };
                drawing.disc(point(year, *place), radius, if out { fill.mixed(theme.paper, 0.35) } else { fill }, &tip);
            }
        }
        for (year, x, anchor) in [(0, -9.0, Anchor::End), (count.saturating_sub(1), right + 9.0, Anchor::Start)] {
            let (Some(Some(place)), Some(Some((rank, _)))) = (places[at].get(year), state.ranks.get(year)) else {
                continue;
            };
            let name = name(&state.name);
            let shown = if anchor == Anchor::End { format!("{name}  {rank}") } else { format!("{rank}  {name}") };
            let text = drawing.text((x, point(0, *place).1), NAME, anchor, shown);
            text.fill = theme.letters(hue[at]);
            text.bold = state.marked;
        }
    }
    let mut caption = table.caption.clone();
    caption.push(format!(
        "Lines: the order among the {} states shown, the first of the last year; numbers: the rank among all.",
        table.states.len()
    ));
    if marked {
        drawing.key(Sign::Line(Stroke::new(theme.fill(Hue::Grey), 2.0).faint(0.6)), "others");
    }
    page(drawing, head(table, caption), style)
}
