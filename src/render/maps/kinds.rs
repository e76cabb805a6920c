//! What each kind of map shows.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{Arc, Content, Frame, Spot, capital, is_on_map, map, seat};
use crate::coverage::{Coverage, Hub, Ladder, Mutual, Representation, representation};
use crate::graph::View;
use crate::model::Fact;
use crate::render::page::Head;
use crate::render::scene::{Dash, Node, NodeKind, Point, Sign, Stroke, Tie};
use crate::render::theme::{Colour, Hue, Theme};
use crate::render::{Scene, Style, sources};

/// What is said around a map of values.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    /// Its title.
    pub title: String,
    /// What must be known beside it.
    pub caption: Vec<String>,
    /// What somebody who does not see it is told.
    pub description: String,
}

fn hue(form: Representation) -> Option<Hue> {
    Some(match form {
        Representation::Resident => Hue::Blue,
        Representation::NonResident => Hue::Orange,
        Representation::PostsOnly => Hue::Purple,
        Representation::ByOthers => Hue::Green,
        Representation::NoRelations | Representation::KnownNone | Representation::NoEmbassy => Hue::Red,
        Representation::Ended => Hue::Grey,
        Representation::Unknown | Representation::NotAsked => return None,
    })
}

/// That a state has no outline on a map of the present, if so.
fn absent(view: &View<'_>, slug: &str, name: &str) -> Option<String> {
    let on_map = is_on_map(view.network.gazetteer, slug);
    (!on_map).then(|| format!("{name} has no outline of its own here: borders are those of about 2018."))
}

/// A legend's words with how many there are in the world; a part of it shows fewer.
fn counted(words: String, count: usize, frame: &Frame) -> String {
    match frame {
        Frame::World => format!("{words} ({count})"),
        Frame::Around { .. } => words,
    }
}

/// Land is coloured more softly than lines, and more so where lines run over it.
fn soft(theme: &Theme, hue: Hue) -> Colour {
    theme.fill(hue).mixed(theme.paper, 0.35)
}

fn softer(theme: &Theme, hue: Hue) -> Colour {
    theme.fill(hue).mixed(theme.paper, 0.62)
}

/// Who covers `node` (`receiving`) or whom it covers: land by the form, blue great circles of resident missions, orange ones between
/// seats in third states and those covered from there.
fn represented(view: &View<'_>, node: NodeIndex, receiving: bool, frame: &Frame, style: &Style) -> Scene {
    let theme = style.theme;
    let gazetteer = view.network.gazetteer;
    let coverage = Coverage::new(view);
    let own = view.slug(node);
    let name = style.name(view, own);
    let home = capital(gazetteer, own);
    let ladders: Vec<Ladder<'_>> = if receiving { coverage.received_by(node) } else { coverage.sent_by(node) };
    let mut content = Content { names: matches!(frame, Frame::Around { .. }), ..Content::default() };
    let mut counts: BTreeMap<Representation, usize> = BTreeMap::new();
    let mut facts: Vec<&Fact> = Vec::new();
    let mut seats: BTreeMap<String, (Point, BTreeSet<&str>)> = BTreeMap::new();
    let mut spots: Vec<Spot> = Vec::new();
    let mut ties = Vec::new();
    content.fills.insert(own.to_owned(), (theme.fill(Hue::Ink), name.to_owned()));
    for ladder in &ladders {
        let form = ladder.representation();
        let other = if receiving { &ladder.sending } else { &ladder.receiving };
        let (Some(hue), Some(other)) = (hue(form), view.network.node(other)) else { continue };
        let slug = view.slug(other);
        *counts.entry(form).or_default() += 1;
        let steps: Vec<_> = match form {
            Representation::NonResident => ladder.steps.iter().filter(|step| step.rung.from_elsewhere()).collect(),
            _ => vec![ladder.best()],
        };
        let mut tip = format!("{}: {}", style.name(view, slug), form.name());
        for step in &steps {
            if let Some(city) = step.seat.as_ref().and_then(|seat| seat.city.as_deref()) {
                tip.push_str(&format!(", {city}"));
            }
            facts.extend(step.facts.iter().copied());
        }
        let theirs = capital(gazetteer, slug);
        match form {
            Representation::Resident => {
                let place =
                    steps[0].seat.as_ref().and_then(|at| seat(gazetteer, at.city.as_deref(), at.host.as_deref()));
                let (from, to) = if receiving { (theirs, home) } else { (home, place.or(theirs)) };
                if let (Some(from), Some(to)) = (from, to) {
                    let stroke = Stroke::new(theme.fill(Hue::Blue), 0.9).faint(0.65);
                    content.arcs.push(Arc { from, to, stroke, tip: tip.clone() });
                    let far = if receiving { from } else { to };
                    spots.push(Spot {
                        at: far,
                        radius: 2.0,
                        colour: theme.fill(Hue::Blue),
                        label: String::new(),
                        tip: tip.clone(),
                    });
                }
            }
            Representation::NonResident => {
                for step in &steps {
                    let Some(at) = &step.seat else { continue };
                    let Some(place) = seat(gazetteer, at.city.as_deref(), at.host.as_deref()) else { continue };
                    let host = at.host.as_deref();
                    let label =
                        at.city.clone().or_else(|| Some(style.name(view, host?).to_owned())).unwrap_or_default();
                    seats.entry(label).or_insert((place, BTreeSet::new())).1.insert(slug);
                    // One line of a seat to the receiving state, however many come through it.
                    let to = if receiving { home } else { theirs };
                    if let Some(to) = to {
                        let mut stroke = Stroke::new(theme.fill(Hue::Orange), 1.2).faint(0.85);
                        if steps.len() > 1 {
                            stroke = stroke.dashed(Dash::Dashed);
                        }
                        let known = content.arcs.iter().any(|arc| receiving && arc.from == place && arc.to == to);
                        if !known {
                            content.arcs.push(Arc { from: place, to, stroke, tip: tip.clone() });
                        }
                    }
                }
            }
            _ => {}
        }
        let (from, to) = if receiving { (slug, own) } else { (own, slug) };
        if matches!(form, Representation::Resident | Representation::NonResident) {
            let seat = steps[0].seat.as_ref().and_then(|seat| seat.host.clone());
            let via = seat.filter(|host| form == Representation::NonResident && *host != from && *host != to);
            ties.push(Tie {
                from: from.to_owned(),
                via: via.map(Into::into),
                to: to.to_owned(),
                label: form.name().to_owned(),
                colour: theme.fill(hue),
                dash: Dash::Solid,
                arrows: (true, false),
            });
        }
        content.fills.insert(slug.to_owned(), (softer(theme, hue), tip));
    }
    // What goes through seats lies over what is resident.
    let orange = theme.fill(Hue::Orange);
    content.arcs.sort_by_key(|arc| arc.stroke.colour == orange);
    let mut order: Vec<_> = seats.iter().collect();
    order.sort_by(|a, b| b.1.1.len().cmp(&a.1.1.len()).then(a.0.cmp(b.0)));
    if let Some(home) = home {
        content.spots.push(Spot {
            at: home,
            radius: 5.0,
            colour: theme.fill(Hue::Ink),
            label: name.to_owned(),
            tip: name.to_owned(),
        });
    }
    for (label, (place, others)) in order {
        #[allow(clippy::cast_precision_loss)]
        let radius = 2.5 + (others.len() as f64).sqrt() * 1.3;
        let told: Vec<&str> = others.iter().map(|slug| style.name(view, slug)).collect();
        content.spots.push(Spot {
            at: *place,
            radius,
            colour: theme.fill(Hue::Orange),
            label: format!("{label} ({})", others.len()),
            tip: format!("{label}: {}", told.join(", ")),
        });
    }
    content.spots.extend(spots);
    for (form, count) in &counts {
        let Some(hue) = hue(*form) else { continue };
        let words = counted(style.word(form.name()).to_owned(), *count, frame);
        content.keys.push((Sign::Square(softer(theme, hue), None), words));
    }
    if !seats.is_empty() {
        let words =
            if receiving { "seat, with how many come through it" } else { "seat, with how many are covered from it" };
        content.keys.push((Sign::Disc(theme.fill(Hue::Orange)), words.to_owned()));
    }
    let told: Vec<String> = counts.iter().map(|(form, count)| format!("{} {count}", form.name())).collect();
    let title = match (receiving, style.language.code()) {
        (true, "en") => format!("{name}: who covers it"),
        (true, _) => format!("{name}: {}", style.word("who covers")),
        (false, _) => format!("{name}: {}", style.word("diplomatic representation")),
    };
    let grey = if style.language.code() == "en" { "nothing told" } else { style.word("unknown") };
    content.keys.push((Sign::Square(theme.land, None), grey.to_owned()));
    let mut caption = vec![view.caption()];
    caption.extend(absent(view, own, name));
    caption.extend(sources::undated(view, &facts));
    if content.arcs.iter().any(|arc| arc.stroke.dash == Dash::Dashed) {
        caption.push("Dashed great circles: sources name several seats.".to_owned());
    }
    let head = Head { title, caption, sources: sources::cited(view, facts), description: told.join("; ") };
    let mut scene = map(gazetteer, frame, content, head, style);
    let ends: BTreeSet<String> =
        ties.iter().flat_map(|tie| [Some(tie.from.clone()), Some(tie.to.clone()), tie.via.clone()]).flatten().collect();
    scene.nodes = ends
        .into_iter()
        .map(|slug| Node {
            label: style.name(view, &slug).to_owned(),
            kind: NodeKind::State,
            group: String::new(),
            colour: if slug == own { theme.fill(Hue::Ink) } else { theme.band },
            note: String::new(),
            id: slug,
        })
        .collect();
    scene.ties = ties;
    scene
}

/// Who covers a state.
pub fn cover(view: &View<'_>, node: NodeIndex, frame: &Frame, style: &Style) -> Scene {
    represented(view, node, true, frame, style)
}

/// Whom a state covers.
pub fn network(view: &View<'_>, node: NodeIndex, frame: &Frame, style: &Style) -> Scene {
    represented(view, node, false, frame, style)
}

/// The partners of a state by the form of representation with each other.
pub fn relations(view: &View<'_>, node: NodeIndex, frame: &Frame, style: &Style) -> Scene {
    let theme = style.theme;
    let own = view.slug(node);
    let name = style.name(view, own);
    let partners = representation(view, node);
    let hue = |form: Mutual| match form {
        Mutual::Both => Hue::Blue,
        Mutual::Sends => Hue::Sky,
        Mutual::Hosts => Hue::Green,
        Mutual::Elsewhere => Hue::Orange,
        Mutual::Posts => Hue::Purple,
        Mutual::Relations => Hue::Yellow,
        Mutual::Denied => Hue::Red,
    };
    let mut content = Content { names: matches!(frame, Frame::Around { .. }), ..Content::default() };
    let mut counts: BTreeMap<Mutual, usize> = BTreeMap::new();
    content.fills.insert(own.to_owned(), (theme.fill(Hue::Ink), name.to_owned()));
    for partner in &partners {
        *counts.entry(partner.form).or_default() += 1;
        let tip = format!("{}: {}", style.name(view, partner.slug), partner.form.name());
        content.fills.insert(partner.slug.to_owned(), (soft(theme, hue(partner.form)), tip));
    }
    for (form, count) in &counts {
        let words = counted(style.form(*form, name), *count, frame);
        content.keys.push((Sign::Square(soft(theme, hue(*form)), None), words));
    }
    let land = if style.language.code() == "en" { "nothing told" } else { style.word("unknown") };
    content.keys.push((Sign::Square(theme.land, None), land.to_owned()));
    let told: Vec<String> = counts.iter().map(|(form, count)| format!("{}: {count}", form.name())).collect();
    let facts: Vec<&Fact> = partners.iter().flat_map(|partner| partner.facts.iter().copied()).collect();
    let mut caption = vec![format!("{}; {} partners", view.caption(), partners.len())];
    caption.extend(absent(view, own, name));
    caption.extend(sources::undated(view, &facts));
    let head = Head {
        title: format!("{name}: {}", style.word("relations")),
        caption,
        sources: sources::cited(view, facts),
        description: told.join("; "),
    };
    map(view.network.gazetteer, frame, content, head, style)
}

/// Land by a number from the ramp, or by the colour of a group: `values` are slugs with a share from 0 to 1 (or a hue) and what a
/// pointer is told; `keys` the legend.
pub fn values(
    view: &View<'_>,
    frame: &Frame,
    values: &[(String, Colour, String)],
    keys: Vec<(Sign, String)>,
    mapped: Mapped,
    style: &Style,
) -> Scene {
    let mut content = Content { names: matches!(frame, Frame::Around { .. }), keys, ..Content::default() };
    for (slug, colour, tip) in values {
        content.fills.insert(slug.clone(), (*colour, tip.clone()));
    }
    content.keys.push((Sign::Square(style.theme.land, None), style.word("no data").to_owned()));
    let head = Head {
        title: mapped.title,
        caption: mapped.caption,
        sources: sources::of_all(view),
        description: mapped.description,
    };
    map(view.network.gazetteer, frame, content, head, style)
}

/// Seats from which third states are covered, as discs whose area is how many accreditations each has.
pub fn hubs(view: &View<'_>, hubs: &[Hub], frame: &Frame, style: &Style) -> Scene {
    let theme = style.theme;
    let gazetteer = view.network.gazetteer;
    let mut content = Content { names: false, ..Content::default() };
    let most = hubs.iter().map(|hub| hub.serves.len()).max().unwrap_or(1).max(1);
    let mut drawn = 0;
    for hub in hubs {
        let (city, host) = (hub.seat.city.as_deref(), hub.seat.host.as_deref());
        let Some(at) = seat(gazetteer, city, host) else { continue };
        drawn += 1;
        #[allow(clippy::cast_precision_loss)]
        let radius = 1.5 + 24.0 * (hub.serves.len() as f64 / most as f64).sqrt();
        let label = city.unwrap_or_default().to_owned();
        let tip =
            format!("{label}: {} accreditations of {} states to {}", hub.serves.len(), hub.senders(), hub.receivers());
        let colour = theme.fill(Hue::Orange);
        let label = if radius > 4.0 { format!("{label} {}", hub.serves.len()) } else { String::new() };
        content.spots.push(Spot { at, radius, colour, label, tip });
    }
    content.keys.push((Sign::Disc(theme.fill(Hue::Orange)), "accreditations to third states, by area".to_owned()));
    let all: usize = hubs.iter().map(|hub| hub.serves.len()).sum();
    let first = hubs.first().and_then(|hub| hub.seat.city.clone()).unwrap_or_default();
    let head = Head {
        title: "Seats from which third states are covered".to_owned(),
        caption: vec![format!("{}; {all} accreditations from {drawn} seats in the world", view.caption())],
        sources: sources::of_all(view),
        description: format!("{all} accreditations from {drawn} seats, most of them from {first}"),
    };
    map(gazetteer, frame, content, head, style)
}
