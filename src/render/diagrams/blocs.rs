//! Blocs of states: each a hull with its members inside, joined by what goes between them.

use std::f64::consts::TAU;

use crate::graph::View;
use crate::render::geometry::{Rooms, around, hull, rectangle, rounded};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Node, NodeKind, Point, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};
use crate::structure::Plain;

const LABEL: f64 = 11.0;
const HIGH: f64 = 17.0;

/// One bloc.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bloc {
    /// Places of its members in the graph.
    pub members: Vec<usize>,
    /// What describes it.
    pub words: String,
}

/// A bloc laid out about its own middle.
struct Laid {
    places: Vec<(usize, Point, Point)>,
    radius: f64,
}

/// Draws blocs: members near those with whom they have most ties, the weightiest in the middle; the strongest ties within a bloc
/// and the sums between blocs as lines. Every name is written in full or cut to its room. `slugs` by place in the graph.
/// O(members² · steps).
pub fn blocs(
    view: &View<'_>,
    graph: &Plain,
    slugs: &[String],
    blocs: &[Bloc],
    caption: Vec<String>,
    title: String,
    style: &Style,
) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let names: Vec<String> =
        slugs.iter().map(|slug| letters::fitted(style.name(view, slug), LABEL, false, 190.0)).collect();
    let laid: Vec<Laid> = blocs.iter().map(|bloc| lay(graph, &names, bloc)).collect();
    let centres = arrange(graph, blocs, &laid);
    // Sums between blocs, as broad faint lines behind all.
    let sums = between(graph, blocs);
    let most = sums.iter().map(|(.., sum)| *sum).fold(0.0, f64::max);
    for (one, other, sum) in &sums {
        let share = sum / most;
        if share < 0.04 {
            continue;
        }
        let stroke = Stroke::new(theme.rule, 1.0 + share * 16.0).faint(0.35);
        drawing.line(centres[*one], centres[*other], stroke);
    }
    for (at, (bloc, laid)) in blocs.iter().zip(&laid).enumerate() {
        let hue = Hue::GROUPS[at % Hue::GROUPS.len()];
        let (fill, ink) = (theme.fill(hue), theme.letters(hue));
        let centre = centres[at];
        let corners: Vec<Point> = laid
            .places
            .iter()
            .flat_map(|(_, place, size)| {
                let left = (centre.0 + place.0 - size.0 / 2.0 - 9.0, centre.1 + place.1 - size.1 / 2.0 - 9.0);
                rectangle(left, (size.0 + 18.0, size.1 + 18.0))
            })
            .collect();
        let outline = rounded(&hull(&corners));
        // The paper first, so that lines between others do not run through the names.
        drawing.area(outline.clone(), theme.paper, 1.0, None, "");
        drawing.area(outline, fill, 0.12, Some(Stroke::new(fill, 1.6)), &format!("bloc {}", at + 1));
        within(&mut drawing, graph, laid, centre, fill);
        let ground = theme.paper.mixed(fill, 0.12);
        for (member, place, size) in &laid.places {
            let at_place = (centre.0 + place.0, centre.1 + place.1);
            drawing.bar(
                (at_place.0 - size.0 / 2.0, at_place.1 - size.1 / 2.0 + 1.0),
                (size.0, size.1 - 2.0),
                6.0,
                ground,
                style.name(view, &slugs[*member]),
            );
            let text = drawing.text(at_place, LABEL, Anchor::Middle, names[*member].clone());
            text.on = ground;
            drawing.node(Node {
                id: slugs[*member].clone(),
                label: style.name(view, &slugs[*member]).to_owned(),
                kind: NodeKind::State,
                group: format!("bloc {}", at + 1),
                colour: fill,
                note: bloc.words.clone(),
            });
        }
        let top = corners.iter().map(|corner| corner.1).fold(f64::INFINITY, f64::min);
        let words = format!("{} · {}", at + 1, bloc.words);
        let words = letters::fitted(words.trim_end_matches(" · "), 12.5, true, (laid.radius * 2.0).max(150.0));
        let text = drawing.text((centre.0, top - 12.0), 12.5, Anchor::Middle, words);
        text.bold = true;
        text.fill = ink;
        text.halo = true;
    }
    for (from, to, weight) in graph.edges() {
        drawing.ties.push(Tie {
            from: slugs[from as usize].clone(),
            via: None,
            to: slugs[to as usize].clone(),
            label: format!("weight {weight}"),
            colour: theme.rule,
            dash: Dash::Solid,
            arrows: (graph.is_directed(), false),
        });
    }
    let description = blocs.iter().enumerate().map(|(at, bloc)| {
        let members: Vec<&str> = bloc.members.iter().map(|member| style.name(view, &slugs[*member])).collect();
        format!("bloc {}: {}", at + 1, members.join(", "))
    });
    let description = description.collect::<Vec<_>>().join("; ");
    let mut lines = vec![view.caption()];
    lines.extend(caption);
    page(drawing, Head { title, caption: lines, sources: sources::of_all(view), description }, style)
}

/// Ties between members that are worth a line: the strongest of each.
fn within(drawing: &mut Drawing, graph: &Plain, laid: &Laid, centre: Point, fill: crate::render::theme::Colour) {
    let place = |node: usize| laid.places.iter().find(|(member, ..)| *member == node).map(|(_, place, _)| *place);
    let mut drawn: Vec<(usize, usize)> = Vec::new();
    for (member, from, _) in &laid.places {
        let mut ties: Vec<(usize, f64)> = graph.arcs_of(*member).collect();
        ties.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let inside = ties.into_iter().filter(|(other, _)| other != member && place(*other).is_some());
        for (other, _) in inside.take(2) {
            let pair = (other.min(*member), other.max(*member));
            if drawn.contains(&pair) {
                continue;
            }
            drawn.push(pair);
            if let Some(to) = place(other) {
                let moved = |(x, y): Point| (centre.0 + x, centre.1 + y);
                drawing.line(moved(*from), moved(to), Stroke::new(fill, 0.9).faint(0.45));
            }
        }
    }
}

/// Places the names of a bloc: the weightiest first, each as near as there is room to the middle of those it has ties with.
fn lay(graph: &Plain, names: &[String], bloc: &Bloc) -> Laid {
    let inside = |node: usize| bloc.members.contains(&node);
    let strength = |node: usize| -> f64 {
        graph.arcs_of(node).filter(|(other, _)| inside(*other)).map(|(_, weight)| weight).sum()
    };
    let mut order: Vec<(f64, usize)> = bloc.members.iter().map(|member| (strength(*member), *member)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut rooms = Rooms::new();
    let mut places: Vec<(usize, Point, Point)> = Vec::new();
    for (_, member) in order {
        let size = (letters::width(&names[member], LABEL, false) + 12.0, HIGH);
        let mut wanted = (0.0, 0.0);
        let mut weights = 0.0;
        for (other, weight) in graph.arcs_of(member) {
            if let Some((_, place, _)) = places.iter().find(|(known, ..)| *known == other) {
                wanted = (wanted.0 + place.0 * weight, wanted.1 + place.1 * weight);
                weights += weight;
            }
        }
        if weights > 0.0 {
            wanted = (wanted.0 / weights, wanted.1 / weights);
        }
        // A spiral, wider than high as the names are.
        let place = (0..4000u32)
            .map(|step| {
                let (angle, far) = (f64::from(step) * 0.7, f64::from(step) * 0.55);
                let (x, y) = around((0.0, 0.0), far, angle);
                (wanted.0 + x * 1.5, wanted.1 + y)
            })
            .find(|place| {
                rooms
                    .is_free((place.0 - size.0 / 2.0 - 4.0, place.1 - size.1 / 2.0 - 3.0), (size.0 + 8.0, size.1 + 6.0))
            })
            .unwrap_or(wanted);
        rooms.take((place.0 - size.0 / 2.0, place.1 - size.1 / 2.0), size);
        places.push((member, place, size));
    }
    // The middle of the bloc is that of its extent.
    let extent = |pick: fn(&Point) -> f64, size: fn(&Point) -> f64| {
        let low = places.iter().map(|(_, place, room)| pick(place) - size(room) / 2.0).fold(f64::INFINITY, f64::min);
        let high =
            places.iter().map(|(_, place, room)| pick(place) + size(room) / 2.0).fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    };
    let (x, y) = (extent(|point| point.0, |size| size.0), extent(|point| point.1, |size| size.1));
    let middle = ((x.0 + x.1) / 2.0, (y.0 + y.1) / 2.0);
    for (_, place, _) in &mut places {
        *place = (place.0 - middle.0, place.1 - middle.1);
    }
    let reach = |place: &Point, size: &Point| (place.0.abs() + size.0 / 2.0).hypot(place.1.abs() + size.1 / 2.0);
    // Room for the title above a small bloc.
    let radius = places.iter().map(|(_, place, size)| reach(place, size)).fold(62.0, f64::max);
    Laid { places, radius }
}

/// Sums of ties between blocs, each pair once.
fn between(graph: &Plain, blocs: &[Bloc]) -> Vec<(usize, usize, f64)> {
    let mut of = vec![usize::MAX; graph.nodes()];
    for (at, bloc) in blocs.iter().enumerate() {
        for member in &bloc.members {
            of[*member] = at;
        }
    }
    let mut sums: std::collections::BTreeMap<(usize, usize), f64> = std::collections::BTreeMap::new();
    for (from, to, weight) in graph.edges() {
        let (one, other) = (of[from as usize], of[to as usize]);
        if one != other && one != usize::MAX && other != usize::MAX {
            *sums.entry((one.min(other), one.max(other))).or_default() += weight;
        }
    }
    sums.into_iter().map(|((one, other), sum)| (one, other, sum)).collect()
}

/// Middles of the blocs: the largest in the centre, each next one on the side where it touches those already placed and lies
/// nearest to those with whom it has most ties.
fn arrange(graph: &Plain, blocs: &[Bloc], laid: &[Laid]) -> Vec<Point> {
    let sums = between(graph, blocs);
    let sum = |one: usize, other: usize| {
        let pair = (one.min(other), one.max(other));
        sums.iter().find(|(a, b, _)| (*a, *b) == pair).map_or(0.0, |(.., sum)| *sum)
    };
    let mut order: Vec<usize> = (0..laid.len()).collect();
    order.sort_by(|a, b| laid[*b].radius.total_cmp(&laid[*a].radius).then(a.cmp(b)));
    let mut centres: Vec<Option<Point>> = vec![None; laid.len()];
    for at in order {
        let placed: Vec<(usize, Point)> =
            centres.iter().enumerate().filter_map(|(at, centre)| Some((at, (*centre)?))).collect();
        if placed.is_empty() {
            centres[at] = Some((0.0, 0.0));
            continue;
        }
        let apart = |other: usize| laid[at].radius + laid[other].radius + 34.0;
        let pull = |place: Point| -> f64 {
            placed
                .iter()
                .map(|(other, centre)| (sum(at, *other) + 0.5) * (place.0 - centre.0).hypot(place.1 - centre.1))
                .sum()
        };
        let candidates = placed.iter().flat_map(|(other, centre)| {
            (0..48u32).map(|step| around(*centre, apart(*other), TAU * f64::from(step) / 48.0)).collect::<Vec<_>>()
        });
        let free = candidates.filter(|place| {
            placed.iter().all(|(other, centre)| (place.0 - centre.0).hypot(place.1 - centre.1) >= apart(*other) - 1e-6)
        });
        centres[at] =
            free.min_by(|a, b| pull(*a).total_cmp(&pull(*b)).then(a.0.total_cmp(&b.0)).then(a.1.total_cmp(&b.1)));
    }
    centres.into_iter().map(Option::unwrap_or_default).collect()
}
