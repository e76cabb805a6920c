//! The partners of one state as rings around it: resident missions, cover from third states, relations alone, none.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use petgraph::graph::NodeIndex;

use crate::coverage::{Mutual, Partner, representation};
use crate::graph::View;
use crate::model::Fact;
use crate::render::geometry::{around, spread};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Mark, Point, Segment, Sign, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

/// Height of the labels, and the arc that each takes, in pixels.
const LABEL: f64 = 11.5;
const ARC: f64 = 13.5;
/// The widest label.
const WIDEST: f64 = 240.0;

/// The hue of a form.
pub(super) fn hue(form: Mutual) -> Hue {
    match form {
        Mutual::Both => Hue::Blue,
        Mutual::Sends => Hue::Sky,
        Mutual::Hosts => Hue::Green,
        Mutual::Elsewhere => Hue::Orange,
        Mutual::Posts => Hue::Purple,
        Mutual::Relations => Hue::Grey,
        Mutual::Denied => Hue::Red,
    }
}

/// The ring of a form, from the middle.
fn ring(form: Mutual) -> usize {
    match form {
        Mutual::Both | Mutual::Sends | Mutual::Hosts => 0,
        Mutual::Elsewhere | Mutual::Posts => 1,
        Mutual::Relations | Mutual::Denied => 2,
    }
}

/// A partner at its place.
struct Placed<'p, 'n> {
    partner: &'p Partner<'n>,
    name: String,
    label: String,
    angle: f64,
}

/// Draws the rings of `node`. The innermost holds who has a resident mission either way; the next who is covered from a third
/// state, joined to the state where the covering mission stands, and near it; then relations alone and none. With
/// `evidence` a pointer is told document and line of every statement. O(partners · log partners).
pub fn ego(view: &View<'_>, node: NodeIndex, evidence: bool, style: &Style) -> Scene {
    let partners = representation(view, node);
    let theme = style.theme;
    let name = style.name(view, view.slug(node));
    let mut rings: [Vec<Placed<'_, '_>>; 3] = Default::default();
    for partner in &partners {
        let name = style.name(view, partner.slug).to_owned();
        let label = letters::fitted(&label(view, partner, &name, style), LABEL, false, WIDEST);
        rings[ring(partner.form)].push(Placed { partner, name, label, angle: 0.0 });
    }
    let widest = |ring: &[Placed<'_, '_>]| {
        ring.iter().map(|placed| letters::width(&placed.label, LABEL, false)).fold(0.0, f64::max)
    };
    #[allow(clippy::cast_precision_loss)]
    let around_of = |ring: &[Placed<'_, '_>]| ring.len() as f64 * ARC / TAU;
    let middle = letters::fitted(name, 15.0, true, 260.0);
    let disc = (letters::width(&middle, 15.0, true) / 2.0 + 14.0).max(34.0);
    // Labels of the innermost ring run inwards and must not meet there.
    let inner = around_of(&rings[0]).max(disc + 26.0);
    let mut radii = [0.0; 3];
    radii[0] = inner + widest(&rings[0]) + 10.0;
    #[allow(clippy::cast_precision_loss)]
    let bundle = if rings[1].is_empty() { 0.0 } else { 60.0 + rings[1].len() as f64 * 0.5 };
    let mut edge: f64 = if rings[0].is_empty() { disc + 20.0 } else { radii[0] + 6.0 };
    for at in 1..3 {
        let before = if at == 1 { bundle } else { 22.0 };
        radii[at] = (edge + before).max(around_of(&rings[at]));
        if !rings[at].is_empty() {
            edge = radii[at] + 9.0 + widest(&rings[at]);
        }
    }
    place(&mut rings, &radii);

    let mut drawing = Drawing::new(theme);
    let centre = (0.0, 0.0);
    // Wide ones first, so that none hides another.
    for at in (0..3).rev().filter(|at| !rings[*at].is_empty()) {
        drawing.marks.push(Mark::Disc {
            at: centre,
            radius: radii[at],
            fill: theme.paper,
            stroke: Some(Stroke::new(theme.rule, 0.8)),
            tip: String::new(),
        });
    }
    let hosts: BTreeMap<&str, f64> = rings[0].iter().map(|placed| (placed.partner.slug, placed.angle)).collect();
    let own = view.slug(node);
    drawing.state(own, name, Hue::Ink, "");
    for (at, ring) in rings.iter().enumerate() {
        for placed in ring {
            let hue = hue(placed.partner.form);
            let (fill, radius) = (theme.fill(hue), radii[at]);
            let point = around(centre, radius, placed.angle);
            let note = note(placed, evidence);
            drawing.state(placed.partner.slug, &placed.name, hue, &note);
            match at {
                0 => {
                    let from = around(centre, disc + 4.0, placed.angle);
                    let width = letters::width(&placed.label, LABEL, false);
                    let to = around(centre, radius - 14.0 - width, placed.angle);
                    drawing.line(from, to, Stroke::new(fill, 1.0).faint(0.55));
                    let arrows = (placed.partner.form != Mutual::Hosts, placed.partner.form != Mutual::Sends);
                    drawing.ties.push(tie(own, None, placed.partner.slug, placed.partner.form.name(), fill, arrows));
                }
                1 => covers(&mut drawing, placed, own, &hosts, [disc, radii[0], radius]),
                _ => {
                    let label = placed.partner.form.name();
                    drawing.ties.push(Tie {
                        dash: Dash::Dotted,
                        ..tie(own, None, placed.partner.slug, label, fill, (false, false))
                    });
                }
            }
            drawing.disc(point, 4.2, fill, &format!("{}\n{note}", placed.name));
            write(&mut drawing, placed, radius, at == 0, theme.letters(hue));
        }
    }
    drawing.disc(centre, disc, theme.fill(Hue::Ink), name);
    let text = drawing.text(centre, 15.0, Anchor::Middle, middle);
    text.bold = true;
    text.fill = theme.on(theme.fill(Hue::Ink));
    text.on = theme.fill(Hue::Ink);
    legend(&mut drawing, &partners, name, style);
    let facts: Vec<&Fact> = partners.iter().flat_map(|partner| partner.facts.iter().copied()).collect();
    let mut caption = vec![format!("{}; {} partners", view.caption(), partners.len())];
    if partners.iter().any(|partner| !partner.covers.is_empty()) {
        caption.push("A city after a name is the seat, in a third state, from which one covers the other.".to_owned());
    }
    let hidden = rings[0].iter().filter(|placed| !placed.partner.covers.is_empty()).count();
    if hidden > 0 {
        let words =
            if hidden == 1 { "partner with an embassy one way is" } else { "partners with an embassy one way are" };
        caption.push(format!(
            "{hidden} {words} covered from a third state the other way: draw cover and draw network show it."
        ));
    }
    caption.extend(sources::undated(view, &facts));
    let head = Head {
        title: format!("{name}: {}", style.word("diplomatic representation")),
        caption,
        sources: sources::cited(view, facts),
        description: told(&partners),
    };
    page(drawing, head, style)
}

/// Angles: the inner ring by form and name; the next as near as may be to the states from which it is covered; the others by
/// name.
fn place(rings: &mut [Vec<Placed<'_, '_>>; 3], radii: &[f64; 3]) {
    #[allow(clippy::cast_precision_loss)]
    let even = |at: usize, count: usize| TAU * (at as f64 + 0.5) / count as f64 - TAU / 4.0;
    for ring in rings.iter_mut() {
        let count = ring.len();
        for (at, placed) in ring.iter_mut().enumerate() {
            placed.angle = even(at, count);
        }
    }
    let hosts: BTreeMap<String, f64> =
        rings[0].iter().map(|placed| (placed.partner.slug.to_owned(), placed.angle)).collect();
    let wanted = |placed: &Placed<'_, '_>| {
        let seats = placed.partner.covers.iter().filter_map(|cover| cover.seat.host.as_deref());
        seats.filter_map(|host| hosts.get(host).copied()).next()
    };
    let count = rings[1].len();
    let mut order: Vec<(f64, usize)> =
        (0..count).map(|at| (wanted(&rings[1][at]).unwrap_or_else(|| even(at, count)), at)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let angles: Vec<f64> = order.iter().map(|(angle, _)| *angle).collect();
    for (angle, (_, at)) in spread(&angles, ARC / radii[1]).into_iter().zip(order) {
        rings[1][at].angle = angle;
    }
    rings[1].sort_by(|a, b| a.angle.total_cmp(&b.angle));
}

/// The curves of a partner that is covered from third states, from the inner ring where they lie.
fn covers(drawing: &mut Drawing, placed: &Placed<'_, '_>, own: &str, hosts: &BTreeMap<&str, f64>, radii: [f64; 3]) {
    let theme = drawing.theme;
    let [disc, inner, outer] = radii;
    let centre = (0.0, 0.0);
    if placed.partner.covers.is_empty() {
        let fill = theme.fill(hue(placed.partner.form));
        let from = around(centre, inner + 8.0, placed.angle);
        drawing.line(from, around(centre, outer, placed.angle), Stroke::new(fill, 1.0).dashed(Dash::Dotted));
        drawing.ties.push(Tie {
            dash: Dash::Dotted,
            ..tie(own, None, placed.partner.slug, placed.partner.form.name(), fill, (false, false))
        });
        return;
    }
    for cover in &placed.partner.covers {
        let fill = theme.fill(if cover.partners { Hue::Green } else { Hue::Orange });
        let (from, to) = if cover.partners { (placed.partner.slug, own) } else { (own, placed.partner.slug) };
        let host = cover.seat.host.as_deref();
        let label = format!("covered from {}", cover.seat.city.as_deref().or(host).unwrap_or("elsewhere"));
        let via = host.filter(|host| *host != from && *host != to && hosts.contains_key(host));
        drawing.ties.push(tie(from, via, to, &label, fill, (true, false)));
        let stroke = Stroke::new(fill, 1.1).faint(0.8);
        let end = around(centre, outer - 5.0, placed.angle);
        match via.and_then(|host| hosts.get(host)) {
            Some(angle) => {
                let start = around(centre, inner + 5.0, *angle);
                drawing.path(winding([inner + 5.0, outer - 5.0], *angle, placed.angle), stroke, &label);
                let (tip, angle): (Point, f64) =
                    if cover.partners { (start, angle + TAU / 2.0) } else { (end, placed.angle) };
                drawing.arrow(tip, angle, 6.0, fill);
            }
            None => {
                let start = around(centre, inner.max(disc) + 6.0, placed.angle);
                drawing.path(vec![Segment::Move(start), Segment::Line(end)], stroke.dashed(Dash::Dashed), &label);
            }
        }
    }
}

/// A curve from an angle on one circle to another angle on a wider one, the shorter way round and never over the inner
/// circle.
fn winding([inner, outer]: [f64; 2], from: f64, to: f64) -> Vec<Segment> {
    let turn = (to - from + TAU / 2.0).rem_euclid(TAU) - TAU / 2.0;
    let point = |at: f64| {
        // Slow at both ends, so that it leaves and arrives straight.
        let eased = at * at * (3.0 - 2.0 * at);
        around((0.0, 0.0), inner + (outer - inner) * at, from + turn * eased)
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let steps = 6 + (turn.abs() * 8.0) as u32;
    let mut path = vec![Segment::Move(point(0.0))];
    path.extend((1..=steps).map(|step| Segment::Line(point(f64::from(step) / f64::from(steps)))));
    path
}

fn tie(
    from: &str,
    via: Option<&str>,
    to: &str,
    label: &str,
    colour: crate::render::theme::Colour,
    arrows: (bool, bool),
) -> Tie {
    let (from, to, label) = (from.to_owned(), to.to_owned(), label.to_owned());
    Tie { from, via: via.map(str::to_owned), to, label, colour, dash: Dash::Solid, arrows }
}

/// Writes a label outwards, or inwards for the inner ring, never upside down.
fn write(
    drawing: &mut Drawing,
    placed: &Placed<'_, '_>,
    radius: f64,
    inwards: bool,
    ink: crate::render::theme::Colour,
) {
    let left = placed.angle.cos() < 0.0;
    let away = if inwards { -9.0 } else { 9.0 };
    let at = around((0.0, 0.0), radius + away, placed.angle);
    let anchor = if left == inwards { Anchor::Start } else { Anchor::End };
    let text = drawing.text(at, LABEL, anchor, placed.label.clone());
    text.turn = placed.angle.to_degrees() + if left { 180.0 } else { 0.0 };
    text.fill = ink;
}

/// The name of a partner, with the seats of a cover from elsewhere: several where documents disagree.
fn label(view: &View<'_>, partner: &Partner<'_>, name: &str, style: &Style) -> String {
    if partner.form != Mutual::Elsewhere {
        return name.to_owned();
    }
    // Readings that exclude each other by "or"; the two ways by a comma.
    let seats = |partners: bool| {
        let mut seats: Vec<&str> = Vec::new();
        for cover in partner.covers.iter().filter(|cover| cover.partners == partners) {
            let host = cover.seat.host.as_deref().map(|host| style.name(view, host));
            if let Some(seat) = cover.seat.city.as_deref().or(host).filter(|seat| !seats.contains(seat)) {
                seats.push(seat);
            }
        }
        seats.join(" or ")
    };
    let (theirs, own) = (seats(true), seats(false));
    match (theirs.is_empty(), own.is_empty()) {
        (true, true) => name.to_owned(),
        (false, true) => format!("{name} · {theirs}"),
        (true, false) => format!("{name} · {own}"),
        _ if theirs == own => format!("{name} · {own}"),
        _ => format!("{name} · {theirs}, {own}"),
    }
}

fn note(placed: &Placed<'_, '_>, evidence: bool) -> String {
    let mut note = placed.partner.form.name().to_owned();
    for cover in &placed.partner.covers {
        let whose = if cover.partners { "covers" } else { "is covered" };
        if let Some(seat) = cover.seat.city.as_deref().or(cover.seat.host.as_deref()) {
            note.push_str(&format!("\n{whose} from {seat}"));
        }
    }
    if evidence {
        for origin in placed.partner.origins() {
            note.push_str(&format!("\n{}:{}", origin.document, origin.line));
        }
    }
    note
}

fn counts(partners: &[Partner<'_>]) -> BTreeMap<Mutual, usize> {
    let mut counts = BTreeMap::new();
    for partner in partners {
        *counts.entry(partner.form).or_default() += 1;
    }
    counts
}

fn legend(drawing: &mut Drawing, partners: &[Partner<'_>], name: &str, style: &Style) {
    let theme = drawing.theme;
    for (form, count) in counts(partners) {
        drawing.key(Sign::Disc(theme.fill(hue(form))), format!("{} ({count})", style.form(form, name)));
    }
    let covers = |partners_own: bool| {
        partners
            .iter()
            .filter(|partner| ring(partner.form) == 1)
            .flat_map(|partner| &partner.covers)
            .any(|cover| cover.partners == partners_own)
    };
    for (partners_own, hue, words) in [(false, Hue::Orange, "its mission covers"), (true, Hue::Green, "it is covered")]
    {
        if covers(partners_own) {
            let words = match (style.language.code(), partners_own) {
                ("en", false) => format!("covered by a mission of {name} in a third state"),
                ("en", true) => format!("covers {name} from a third state"),
                _ => style.word(words).to_owned(),
            };
            drawing.key(Sign::Line(Stroke::new(theme.fill(hue), 2.0)), words);
        }
    }
}

fn told(partners: &[Partner<'_>]) -> String {
    let told: Vec<String> =
        counts(partners).into_iter().map(|(form, count)| format!("{}: {count}", form.name())).collect();
    told.join("; ")
}
