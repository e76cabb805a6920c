//! Before and after: what becomes of each, from one column of states of affairs to another.

use std::collections::BTreeMap;

use super::curve;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, NodeKind, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters};

const LABEL: f64 = 12.0;
const LINE: f64 = 17.0;
const NAME: f64 = 250.0;

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifted {
    /// Identity.
    pub id: String,
    /// What a reader sees.
    pub name: String,
    /// How it stood, and how it stands then.
    pub ways: (String, String),
    /// Whether it is better, worse or neither.
    pub better: Option<bool>,
}

/// Draws what changes: on the left each by how it stood, on the right by how it stands then, joined by a line whose colour tells
/// whether something is gained or lost. Groups by their size, names within them in order. O(rows · log rows).
pub fn shift(
    rows: &[Shifted],
    heads: (String, String),
    title: String,
    caption: Vec<String>,
    sources: String,
    style: &Style,
) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let hue = |row: &Shifted| match row.better {
        Some(true) => Hue::Green,
        Some(false) => Hue::Orange,
        None => Hue::Blue,
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| rows[*a].name.cmp(&rows[*b].name).then(a.cmp(b)));
    let side = |pick: &dyn Fn(&Shifted) -> &str, rank: &dyn Fn(usize) -> f64| {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &order {
            groups.entry(pick(&rows[*at])).or_default().push(*at);
        }
        let mut groups: Vec<(String, Vec<usize>)> =
            groups.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect();
        for (_, rows) in &mut groups {
            rows.sort_by(|a, b| rank(*a).total_cmp(&rank(*b)));
        }
        #[allow(clippy::cast_precision_loss)]
        let mean = |rows: &[usize]| rows.iter().map(|at| rank(*at)).sum::<f64>() / rows.len() as f64;
        groups.sort_by(|a, b| mean(&a.1).total_cmp(&mean(&b.1)).then(a.0.cmp(&b.0)));
        groups
    };
    let by_name: BTreeMap<usize, usize> = order.iter().enumerate().map(|(place, at)| (*at, place)).collect();
    // Within a group by where they go, so that lines cross only between groups.
    #[allow(clippy::cast_precision_loss)]
    let first = side(&|row| &row.ways.1, &|at| by_name[&at] as f64);
    let goal = |at: usize| first.iter().position(|(name, _)| *name == rows[at].ways.1).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)]
    let left = side(&|row| &row.ways.0, &|at| (goal(at) * rows.len() + by_name[&at]) as f64);
    let mut place = [vec![0.0; rows.len()], vec![0.0; rows.len()]];
    let write = |drawing: &mut Drawing, groups: &[(String, Vec<usize>)], at_left: bool, places: &mut Vec<f64>| {
        let mut y = 40.0;
        for (name, members) in groups {
            #[allow(clippy::cast_precision_loss)]
            let high = members.len() as f64 * LINE + 8.0;
            let (x, anchor) = if at_left { (-190.0, Anchor::End) } else { (260.0, Anchor::Start) };
            let bar = if at_left { x + 3.0 } else { x - 9.0 };
            drawing.bar((bar, y), (6.0, high), 3.0, theme.fill(Hue::Grey), name);
            let words = format!("{} ({})", name, members.len());
            let label = if at_left { x - 6.0 } else { x + 6.0 };
            let lines = letters::lines(&words, 13.0, true, NAME);
            #[allow(clippy::cast_precision_loss)]
            for (row, line) in lines.iter().take(3).enumerate() {
                let at = y + high / 2.0 + (row as f64 - (lines.len().min(3) as f64 - 1.0) / 2.0) * 16.0;
                drawing.text((label, at), 13.0, anchor, line.clone()).bold = true;
            }
            #[allow(clippy::cast_precision_loss)]
            for (row, member) in members.iter().enumerate() {
                places[*member] = y + 4.0 + (row as f64 + 0.5) * LINE;
            }
            // A label of several lines needs its room.
            #[allow(clippy::cast_precision_loss)]
            let tall = lines.len().min(3) as f64 * 16.0;
            y += high.max(tall) + 12.0;
        }
    };
    write(&mut drawing, &left, true, &mut place[0]);
    let lefts = place[0].clone();
    let right = side(&|row| &row.ways.1, &|at| lefts[at]);
    write(&mut drawing, &right, false, &mut place[1]);
    for (at, row) in rows.iter().enumerate() {
        let fill = theme.fill(hue(row));
        let tip = format!("{}: {} → {}", row.name, row.ways.0, row.ways.1);
        let (from, to) = ((-178.0, place[0][at]), (248.0, place[1][at]));
        drawing.path(curve((from.0 + 222.0, from.1), (to.0 - 5.0, to.1)), Stroke::new(fill, 1.6), &tip);
        drawing.line((from.0 - 2.0, from.1), (from.0 + 6.0, from.1), Stroke::new(fill, 1.6));
        drawing.arrow(to, 0.0, 7.0, fill);
        let name = letters::fitted(&row.name, LABEL, false, 206.0);
        drawing.text((from.0 + 10.0, from.1), LABEL, Anchor::Start, name).fill = theme.letters(hue(row));
        drawing.state(&row.id, &row.name, hue(row), &tip);
        for (side, way) in [&row.ways.0, &row.ways.1].into_iter().enumerate() {
            let id = format!("{}:{way}", if side == 0 { "before" } else { "after" });
            drawing.node(crate::render::scene::Node {
                id: id.clone(),
                label: way.clone(),
                kind: NodeKind::Group,
                group: String::new(),
                colour: theme.band,
                note: String::new(),
            });
            let (from, to) = if side == 0 { (id, row.id.clone()) } else { (row.id.clone(), id) };
            let (label, dash) = (String::new(), Dash::Solid);
            drawing.ties.push(Tie { from, via: None, to, label, colour: fill, dash, arrows: (true, false) });
        }
    }
    for (x, anchor, words) in [(-184.0, Anchor::End, heads.0), (254.0, Anchor::Start, heads.1)] {
        let text = drawing.text((x, 14.0), 14.0, anchor, letters::fitted(&words, 14.0, true, NAME));
        text.bold = true;
        text.fill = theme.quiet;
    }
    if rows.is_empty() {
        drawing.text((0.0, 60.0), 13.0, Anchor::Middle, "nothing changes by these sources").fill = theme.quiet;
    }
    for (better, words) in [(Some(true), "gained"), (Some(false), "lost")] {
        if rows.iter().any(|row| row.better == better) {
            let colour = theme.fill(if better == Some(true) { Hue::Green } else { Hue::Orange });
            drawing.key(crate::render::scene::Sign::Line(Stroke::new(colour, 2.5)), style.word(words));
        }
    }
    if rows.iter().any(|row| row.better.is_none()) {
        let stroke = Stroke::new(theme.fill(Hue::Blue), 2.5);
        drawing.key(crate::render::scene::Sign::Line(stroke), "neither more nor less, or not known before");
    }
    let description = format!("{} change", rows.len());
    page(drawing, Head { title, caption, sources, description }, style)
}
