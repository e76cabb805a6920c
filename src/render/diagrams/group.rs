//! All ties among some states, on a circle: parallel ties side by side.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use petgraph::graph::NodeIndex;

use super::{dyad::dates, hue};
use crate::export::said;
use crate::graph::View;
use crate::model::{Fact, Statement, TieKind};
use crate::render::geometry::{around, overlap};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Mark, Point, Segment, Sign, Stroke, Text, Tie, on_curve};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

const LABEL: f64 = 12.0;
/// Ties of groups no larger than this are labelled.
const LABELLED: usize = 7;

/// One line to be drawn.
struct Line<'n> {
    tie: TieKind,
    from: usize,
    to: usize,
    /// Both ways.
    mutual: bool,
    facts: Vec<&'n Fact>,
}

/// Draws the ties of some kinds among states: each kind has its hue, ties of one kind both ways are one line without arrows, and
/// parallel ties are fanned. Up to seven states the ties are labelled where there is room, else a pointer is told. States
/// stand on a circle in the order in which they are given. O(states²).
pub fn group(view: &View<'_>, states: &[NodeIndex], ties: &[TieKind], title: String, style: &Style) -> Scene {
    let theme = style.theme;
    let count = states.len().max(1);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut all: Vec<&Fact> = Vec::new();
    for one in 0..states.len() {
        for other in one + 1..states.len() {
            for tie in ties {
                let told = |from: usize, to: usize| -> Vec<&Fact> {
                    let facts = view.between(states[from], states[to], *tie).into_iter();
                    facts.filter(|fact| !fact.is_denied()).collect()
                };
                let both = matches!(tie, TieKind::Relations | TieKind::Border | TieKind::Signed);
                let (out, back) = (told(one, other), told(other, one));
                all.extend(out.iter().chain(&back));
                let line = |from, to, mutual, facts| Line { tie: *tie, from, to, mutual, facts };
                match (out.is_empty(), back.is_empty()) {
                    (true, true) => {}
                    _ if both => lines.push(line(one, other, true, [out, back].concat())),
                    (false, false) => lines.push(line(one, other, true, [out, back].concat())),
                    (false, true) => lines.push(line(one, other, false, out)),
                    (true, false) => lines.push(line(other, one, false, back)),
                }
            }
        }
    }
    let labelled = count <= LABELLED;
    #[allow(clippy::cast_precision_loss)]
    let radius = if labelled { 190.0 + count as f64 * 22.0 } else { (count as f64 * 17.0 / TAU).max(250.0) };
    #[allow(clippy::cast_precision_loss)]
    let angle = |at: usize| TAU * at as f64 / count as f64 - TAU / 4.0 + if count == 2 { TAU / 4.0 } else { 0.0 };
    let place = |at: usize| around((0.0, 0.0), radius, angle(at));
    let mut drawing = Drawing::new(theme);
    let mut parallel: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for line in &lines {
        *parallel.entry((line.from.min(line.to), line.from.max(line.to))).or_default() += 1;
    }
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut labels: Vec<(Vec<Point>, String, crate::render::theme::Colour)> = Vec::new();
    for line in &lines {
        let key = (line.from.min(line.to), line.from.max(line.to));
        let number = *parallel.get(&key).unwrap_or(&1);
        let at = seen.entry(key).or_default();
        #[allow(clippy::cast_precision_loss)]
        let aside = (*at as f64 - (number as f64 - 1.0) / 2.0) * if labelled { 30.0 } else { 6.0 };
        *at += 1;
        let (mut one, mut two) = (place(key.0), place(key.1));
        let (dx, dy) = (two.0 - one.0, two.1 - one.1);
        let length = dx.hypot(dy).max(1.0);
        let normal = (-dy / length, dx / length);
        // From the rim of the discs.
        let rim = if labelled { 13.0 } else { 6.0 };
        let toward = (dx / length * rim, dy / length * rim);
        one = (one.0 + toward.0, one.1 + toward.1);
        two = (two.0 - toward.0, two.1 - toward.1);
        // Neighbours on a circle are joined inside of it.
        let inwards = if labelled { 0.0 } else { 0.32 };
        let control = |near: Point, far: Point| {
            let on = (near.0 * 0.7 + far.0 * 0.3, near.1 * 0.7 + far.1 * 0.3);
            (on.0 * (1.0 - inwards) + normal.0 * aside * 1.33, on.1 * (1.0 - inwards) + normal.1 * aside * 1.33)
        };
        let (c1, c2) = (control(one, two), control(two, one));
        let colour = theme.fill(hue(line.tie));
        let opacity = if labelled { 0.9 } else { 0.45 };
        let stroke = Stroke::new(colour, if labelled { 1.8 } else { 1.0 }).faint(opacity);
        let names = |at: usize| style.name(view, view.slug(states[at]));
        let (from, to) = (names(line.from), names(line.to));
        let words = words(view, line, style);
        let arrow = if line.mutual { "–" } else { "→" };
        drawing.path(
            vec![Segment::Move(one), Segment::Curve(c1, c2, two)],
            stroke,
            &format!("{from} {arrow} {to}: {words}"),
        );
        if !line.mutual {
            let (tip, back) = if line.to == key.1 { (two, c2) } else { (one, c1) };
            let size = if labelled { 10.0 } else { 5.5 };
            drawing.arrow(tip, (tip.1 - back.1).atan2(tip.0 - back.0), size, colour);
        }
        if labelled {
            let points = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8]
                .map(|at| on_curve(one, c1, c2, two, at));
            labels.push((points.to_vec(), words.clone(), theme.letters(hue(line.tie))));
        }
        drawing.ties.push(Tie {
            from: view.slug(states[line.from]).to_owned(),
            via: None,
            to: view.slug(states[line.to]).to_owned(),
            label: words,
            colour,
            dash: Dash::Solid,
            arrows: (!line.mutual, false),
        });
    }
    let mut taken: Vec<[Point; 4]> = Vec::new();
    for (at, state) in states.iter().enumerate() {
        let name = style.name(view, view.slug(*state));
        drawing.state(view.slug(*state), name, Hue::Ink, "");
        let (point, angle) = (place(at), angle(at));
        drawing.disc(point, if labelled { 8.0 } else { 4.5 }, theme.fill(Hue::Ink), name);
        let size = if labelled { 15.0 } else { LABEL };
        let fitted = letters::fitted(name, size, labelled, 200.0);
        let text = if labelled {
            let (x, y) = around((0.0, 0.0), radius + 16.0, angle);
            let anchor = match angle.cos() {
                cos if cos > 0.25 => Anchor::Start,
                cos if cos < -0.25 => Anchor::End,
                _ => Anchor::Middle,
            };
            drawing.text((x, y + angle.sin() * 6.0), size, anchor, fitted)
        } else {
            let left = angle.cos() < 0.0;
            let at = around((0.0, 0.0), radius + 10.0, angle);
            let text = drawing.text(at, size, if left { Anchor::End } else { Anchor::Start }, fitted);
            text.turn = angle.to_degrees() + if left { 180.0 } else { 0.0 };
            text
        };
        text.bold = labelled;
        taken.push(text.corners());
    }
    let mut untold = 0;
    for (points, words, ink) in labels {
        if !label(&mut drawing, &mut taken, &points, &words, ink) {
            untold += 1;
        }
    }
    for tie in ties {
        let number = lines.iter().filter(|line| line.tie == *tie).count();
        if number > 0 {
            let stroke = Stroke::new(theme.fill(hue(*tie)), 2.5);
            drawing.key(Sign::Line(stroke), format!("{} ({number})", tie.ties_name()));
        }
    }
    let mut caption = vec![format!("{}; {} states. No arrow: both ways.", view.caption(), states.len())];
    if untold > 0 {
        let labels = if untold == 1 { "label" } else { "labels" };
        caption.push(format!("{untold} {labels} {}.", style.word("not shown for want of room")));
    }
    let description = format!("{} ties among {} states", lines.len(), states.len());
    let head = Head { title, caption, sources: sources::cited(view, all), description };
    page(drawing, head, style)
}

/// Writes a label at the first of some points where it meets no other.
fn label(
    drawing: &mut Drawing,
    taken: &mut Vec<[Point; 4]>,
    points: &[Point],
    words: &str,
    ink: crate::render::theme::Colour,
) -> bool {
    for at in points {
        let text = Text {
            at: *at,
            size: 11.0,
            turn: 0.0,
            anchor: Anchor::Middle,
            fill: ink,
            on: drawing.theme.paper,
            halo: false,
            bold: false,
            text: letters::fitted(words, 11.0, false, 190.0),
        };
        let corners = text.corners();
        if taken.iter().all(|other| !overlap(&corners, other)) {
            taken.push(corners);
            // On paper of its own, so that its line does not run through it.
            let width = text.width();
            drawing.bar((at.0 - width / 2.0 - 3.0, at.1 - 7.0), (width + 6.0, 14.0), 3.0, drawing.theme.paper, "");
            drawing.marks.push(Mark::Text(text));
            return true;
        }
    }
    false
}

/// What a line says: seats of missions, years of relations.
fn words(view: &View<'_>, line: &Line<'_>, style: &Style) -> String {
    let gazetteer = view.network.gazetteer;
    let city = |fact: &&Fact| match fact.tie.value() {
        Statement::Mission { city: Some(city), .. } => Some(city.clone()),
        Statement::Accreditation { city, host, .. } => {
            let host = host.as_deref().map(|host| style.name(view, host).to_owned());
            Some(format!("from {}", city.clone().or(host)?))
        }
        _ => None,
    };
    let cities: Vec<String> = line.facts.iter().filter_map(city).collect();
    match line.tie {
        TieKind::Mission if !cities.is_empty() => format!("embassies: {}", cities.join(", ")),
        TieKind::Accreditation if !cities.is_empty() => format!("accredited {}", cities.join(", ")),
        _ => {
            let fact = line.facts.first();
            let words = fact.map_or(String::new(), |fact| said(gazetteer, fact.tie.value()));
            let dates = fact.map_or(String::new(), |fact| dates(fact));
            if dates.is_empty() { words } else { format!("{words} {dates}") }
        }
    }
}
