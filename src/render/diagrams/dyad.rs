//! Every tie between two states, each in a lane of its own.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::hue;
use crate::analysis::relations_told;
use crate::coverage::Coverage;
use crate::export::said;
use crate::graph::View;
use crate::model::{Fact, TieKind};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Sign, Stroke, Tie};
use crate::render::theme::{Colour, Hue};
use crate::render::{Scene, Style, letters, sources};

const LABEL: f64 = 12.5;
const LANE: f64 = 40.0;
/// Between the two states.
const WIDE: f64 = 470.0;

struct Lane {
    kind: &'static str,
    words: String,
    colour: Colour,
    ink: Colour,
    /// Arrows at the right and at the left.
    arrows: (bool, bool),
    dash: Dash,
    via: Option<String>,
}

/// Draws all ties between two states under the lens, parallel ones under each other: relations, recognition, missions,
/// accreditations with their seats, posts, protection, borders, and how many memberships they share. Denials are red and
/// dotted; a tie on which sources disagree says so. O(ties of the two).
pub fn dyad(view: &View<'_>, one: NodeIndex, other: NodeIndex, style: &Style) -> Scene {
    let theme = style.theme;
    let gazetteer = view.network.gazetteer;
    let (left, right) = (view.slug(one), view.slug(other));
    let mut lanes: Vec<Lane> = Vec::new();
    let mut facts: Vec<&Fact> = Vec::new();
    for tie in [
        TieKind::Relations,
        TieKind::Recognition,
        TieKind::Mission,
        TieKind::Accreditation,
        TieKind::Post,
        TieKind::Protection,
        TieKind::Border,
        TieKind::Signed,
    ] {
        let mutual = matches!(tie, TieKind::Relations | TieKind::Border | TieKind::Signed);
        for (from, to) in [(one, other), (other, one)] {
            for fact in view.between(from, to, tie) {
                if facts.iter().any(|known| known.key == fact.key) {
                    continue;
                }
                facts.push(fact);
                let denied = fact.is_denied();
                let hue = match fact.tie.value() {
                    _ if denied => Hue::Red,
                    crate::model::Statement::Tie { sign: 1.., .. } => Hue::Green,
                    crate::model::Statement::Tie { sign: 0, .. } => Hue::Grey,
                    _ => hue(tie),
                };
                let mut words = said(gazetteer, fact.tie.value());
                if tie == TieKind::Border && words != "border" {
                    words = format!("border, {words}");
                }
                if tie == TieKind::Protection {
                    words = format!("interests protected {words}");
                }
                if denied {
                    words = format!("no {}", if mutual { words } else { tie.ties_name().to_owned() });
                }
                let dates = dates(fact);
                if !dates.is_empty() {
                    words = format!("{words}, {dates}");
                }
                let readings = fact.tie.readings().len()
                    + fact.began.as_ref().map_or(0, |began| began.readings().len().saturating_sub(1));
                if readings > 1 {
                    words.push_str(" (sources disagree)");
                }
                let via = match fact.tie.value() {
                    crate::model::Statement::Accreditation { city, host, .. } => {
                        city.clone().or_else(|| host.as_deref().map(|host| style.name(view, host).to_owned()))
                    }
                    _ => None,
                };
                let outwards = fact.subject() == left;
                lanes.push(Lane {
                    kind: tie.ties_name(),
                    words,
                    colour: theme.fill(hue),
                    ink: theme.letters(hue),
                    arrows: if mutual { (false, false) } else { (outwards, !outwards) },
                    dash: if denied { Dash::Dotted } else { Dash::Solid },
                    via,
                });
            }
        }
    }
    // Relations that are over are told too, where none stand.
    let told = relations_told(view, one, other).filter(|fact| facts.iter().all(|known| known.key != fact.key));
    if let Some(fact) = told.filter(|fact| !fact.is_denied()) {
        let hue = Hue::Grey;
        lanes.insert(
            0,
            Lane {
                kind: "relations",
                words: format!("relations, {}", dates(fact)),
                colour: theme.fill(hue),
                ink: theme.letters(hue),
                arrows: (false, false),
                dash: Dash::Dashed,
                via: None,
            },
        );
        facts.push(fact);
    }
    let shared = shared_memberships(view, one, other);
    if shared > 0 {
        let hue = hue(TieKind::Membership);
        lanes.push(Lane {
            kind: "membership",
            words: match (shared, style.language.code()) {
                (1, "en") => "1 shared organisation".to_owned(),
                _ => format!("{shared} {}", style.word("shared organisations")),
            },
            colour: theme.fill(hue),
            ink: theme.letters(hue),
            arrows: (false, false),
            dash: Dash::Solid,
            via: None,
        });
    }
    let mut drawing = Drawing::new(theme);
    let ends: [(&str, &str, f64); 2] =
        [(left, style.name(view, left), -WIDE / 2.0), (right, style.name(view, right), WIDE / 2.0)];
    #[allow(clippy::cast_precision_loss)]
    let half = (lanes.len().max(1) as f64 * LANE) / 2.0 + 12.0;
    for (at, lane) in lanes.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let y = -half + 12.0 + (at as f64 + 0.68) * LANE;
        let (from, to) = (-WIDE / 2.0 + 6.0, WIDE / 2.0 - 6.0);
        drawing.line((from, y), (to, y), Stroke::new(lane.colour, 2.2).dashed(lane.dash));
        if lane.arrows.0 {
            drawing.arrow((to + 4.0, y), 0.0, 11.0, lane.colour);
        }
        if lane.arrows.1 {
            drawing.arrow((from - 4.0, y), std::f64::consts::PI, 11.0, lane.colour);
        }
        if lane.via.is_some() {
            // The seat is a stop on the way.
            drawing.bar((-4.5, y - 4.5), (9.0, 9.0), 2.0, lane.colour, lane.via.as_deref().unwrap_or(""));
        }
        let words = letters::fitted(&lane.words, LABEL, false, WIDE - 36.0);
        drawing.text((0.0, y - 13.0), LABEL, Anchor::Middle, words).fill = lane.ink;
        let (from, to) = if lane.arrows.1 { (right, left) } else { (left, right) };
        drawing.ties.push(Tie {
            from: from.to_owned(),
            via: None,
            to: to.to_owned(),
            label: format!("{}: {}", lane.kind, lane.words),
            colour: lane.colour,
            dash: lane.dash,
            arrows: (lane.arrows != (false, false), false),
        });
    }
    for (slug, name, x) in ends {
        let fill = theme.band;
        let lines = letters::lines(name, 15.0, true, 150.0);
        let lines = &lines[..lines.len().min(4)];
        let widest = lines.iter().map(|line| letters::width(line, 15.0, true)).fold(60.0, f64::max);
        let wide = widest + 28.0;
        let start = if x < 0.0 { x - wide } else { x };
        drawing.bar((start, -half), (wide, 2.0 * half), 10.0, fill, name);
        #[allow(clippy::cast_precision_loss)]
        for (at, line) in lines.iter().enumerate() {
            let y = (at as f64 - (lines.len() as f64 - 1.0) / 2.0) * 19.0;
            let text = drawing.text((start + wide / 2.0, y), 15.0, Anchor::Middle, line.clone());
            text.bold = true;
            text.on = fill;
        }
        drawing.state(slug, name, Hue::Ink, "");
    }
    if lanes.is_empty() {
        let words = "no tie between them is told in these sources";
        drawing.text((0.0, 0.0), LABEL, Anchor::Middle, words).fill = theme.quiet;
    }
    if lanes.iter().any(|lane| lane.via.is_some()) {
        drawing.key(Sign::Square(theme.fill(Hue::Orange), None), "seat in a third state");
    }
    if lanes.iter().any(|lane| lane.dash == Dash::Dashed) {
        drawing.key(Sign::Line(Stroke::new(theme.fill(Hue::Grey), 2.2).dashed(Dash::Dashed)), "over");
    }
    if lanes.iter().any(|lane| lane.dash == Dash::Dotted) {
        drawing.key(Sign::Line(Stroke::new(theme.fill(Hue::Red), 2.2).dashed(Dash::Dotted)), "denied by a source");
    }
    let coverage = Coverage::new(view);
    let cover = |from: NodeIndex, to: NodeIndex| {
        let ladder = coverage.ladders(to).of(from);
        let step = ladder.best();
        let names = (style.name(view, view.slug(from)), style.name(view, view.slug(to)));
        format!("{} in {}: {}", names.0, names.1, step.form)
    };
    let mut caption = vec![view.caption()];
    if is_state(view, one) && is_state(view, other) {
        caption.push(format!("{}; {}.", cover(one, other), cover(other, one)));
    }
    let head = Head {
        title: format!("{} – {}", ends[0].1, ends[1].1),
        caption,
        sources: sources::cited(view, facts),
        description: lanes.iter().map(|lane| lane.words.as_str()).collect::<Vec<_>>().join("; "),
    };
    page(drawing, head, style)
}

fn is_state(view: &View<'_>, node: NodeIndex) -> bool {
    view.states().contains(&node)
}

/// When a fact held, as far as it is told.
pub(super) fn dates(fact: &Fact) -> String {
    let span = fact.span();
    let began = span.began.to_string();
    match span.ended {
        None if began.is_empty() => String::new(),
        None if began.starts_with("../") => format!("by {}", began.trim_start_matches("../")),
        None => format!("since {began}"),
        Some(ended) if ended.is_unknown() && began.is_empty() => "past".to_owned(),
        Some(ended) if ended.is_unknown() => format!("from {began}, past"),
        Some(ended) => format!("{began} to {ended}"),
    }
}

/// In how many organisations both are, by whatever status.
fn shared_memberships(view: &View<'_>, one: NodeIndex, other: NodeIndex) -> usize {
    let held = |node: NodeIndex| {
        let facts = view.facts(node, Direction::Outgoing, TieKind::Membership);
        let organisations = facts.into_iter().filter(|fact| !fact.is_denied()).map(|fact| fact.object());
        organisations.collect::<std::collections::BTreeSet<&str>>()
    };
    held(one).intersection(&held(other)).count()
}
