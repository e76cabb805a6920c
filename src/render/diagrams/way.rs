//! The best ways from one state to another, each in a row.

use super::{dyad::dates, hue};
use crate::analysis::{Hop, Way};
use crate::export::said;
use crate::graph::View;
use crate::model::{Statement, TieKind};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Sign, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

const LABEL: f64 = 11.5;
const BOX: f64 = 150.0;
const HOP: f64 = 280.0;
const LINE: f64 = 15.0;
/// Ties of a hop that are told.
const TOLD: usize = 3;

/// Draws ways, best first: every stop is a box, every hop a line with its ties, seats and dates. `kinds` are the ties that were
/// gone over. O(hops).
pub fn ways(view: &View<'_>, ways: &[Way<'_>], ends: (&str, &str), notes: Vec<String>, style: &Style) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let longest = ways.iter().map(|way| way.hops.len()).max().unwrap_or(1);
    #[allow(clippy::cast_precision_loss)]
    let wide = longest as f64 * (HOP + BOX);
    let mut y = 0.0;
    let mut facts = Vec::new();
    for (number, way) in (1..).zip(ways) {
        let rows = way.hops.iter().map(|hop| hop.facts.len().min(TOLD + 1)).max().unwrap_or(1).max(1);
        #[allow(clippy::cast_precision_loss)]
        let high = (rows as f64 * LINE + 22.0).max(54.0);
        let middle = y + 24.0 + high / 2.0;
        let cost = drawing.text((0.0, y + 8.0), LABEL, Anchor::Start, format!("way {number}, cost {}", way.cost));
        cost.fill = theme.quiet;
        #[allow(clippy::cast_precision_loss)]
        let step = wide / way.hops.len().max(1) as f64;
        let stops: Vec<&str> = std::iter::once(ends.0).chain(way.hops.iter().map(|hop| hop.to)).collect();
        for (at, hop) in way.hops.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let (from, to) = (at as f64 * step + BOX, (at + 1) as f64 * step);
            let best = hop.facts.first().and_then(|fact| fact.key.kind().edge());
            let hop_hue = best.map_or(Hue::Grey, hue);
            let colour = theme.fill(hop_hue);
            drawing.line((from + 2.0, middle), (to - 2.0, middle), Stroke::new(colour, 2.4));
            facts.extend(hop.facts.iter().copied());
            tell(&mut drawing, view, hop, ((from + to) / 2.0, middle), to - from - 22.0, style);
            for fact in &hop.facts {
                let tie = fact.key.kind().edge();
                let kind_hue = tie.map_or(Hue::Grey, hue);
                if let Some(tie) = tie {
                    drawing.key(Sign::Line(Stroke::new(theme.fill(kind_hue), 2.4)), tie.ties_name());
                }
                drawing.ties.push(Tie {
                    from: fact.subject().to_owned(),
                    via: None,
                    to: fact.object().to_owned(),
                    label: said(view.network.gazetteer, fact.tie.value()),
                    colour: theme.fill(kind_hue),
                    dash: Dash::Solid,
                    arrows: (true, false),
                });
            }
        }
        for (at, slug) in stops.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let x = at as f64 * step;
            let end = at == 0 || at + 1 == stops.len();
            let hue = if end { Hue::Ink } else { Hue::Grey };
            let fill = if end { theme.fill(Hue::Ink) } else { theme.band };
            let name = style.name(view, slug);
            drawing.bar((x, middle - 17.0), (BOX, 34.0), 8.0, fill, name);
            let text = letters::fitted(name, 13.0, true, BOX - 16.0);
            let text = drawing.text((x + BOX / 2.0, middle), 13.0, Anchor::Middle, text);
            text.bold = true;
            text.on = fill;
            text.fill = if end { theme.on(fill) } else { theme.ink };
            drawing.state(slug, name, hue, "");
        }
        y += high + 44.0;
    }
    let (from, to) = (style.name(view, ends.0).to_owned(), style.name(view, ends.1).to_owned());
    let mut caption = vec![view.caption()];
    caption.extend(notes);
    if ways.is_empty() {
        drawing.text((0.0, 0.0), 13.0, Anchor::Start, "no way over these ties is told in these sources");
    }
    let told = |way: &Way<'_>| {
        let stops = std::iter::once(ends.0).chain(way.hops.iter().map(|hop| hop.to));
        stops.map(|slug| style.name(view, slug)).collect::<Vec<_>>().join(" → ")
    };
    let head = Head {
        title: format!("{from} → {to}"),
        caption,
        sources: sources::cited(view, facts),
        description: ways.iter().map(told).collect::<Vec<_>>().join("; "),
    };
    page(drawing, head, style)
}

/// Writes the ties of a hop: the best above the line, others below.
fn tell(drawing: &mut Drawing, view: &View<'_>, hop: &Hop<'_>, at: (f64, f64), room: f64, style: &Style) {
    let theme = drawing.theme;
    for (row, fact) in hop.facts.iter().take(TOLD).enumerate() {
        let mut words = said(view.network.gazetteer, fact.tie.value());
        // The seat as diplomatic lists have it: a suburb of a capital is the capital.
        if let Statement::Mission { kind, .. } = fact.tie.value()
            && let Some(city) = view.network.seat(fact.tie.value()).and_then(|seat| seat.city)
        {
            words = format!("{} in {city}", kind.prose());
        }
        if !matches!(fact.key.kind(), TieKind::Relations | TieKind::Border | TieKind::Signed) {
            words = format!("{}: {words}", style.name(view, fact.subject()));
        }
        let dates = dates(fact);
        if !dates.is_empty() {
            words = format!("{words}, {dates}");
        }
        #[allow(clippy::cast_precision_loss)]
        let y = if row == 0 { at.1 - 11.0 } else { at.1 + 12.0 + (row as f64 - 1.0) * LINE };
        let hue = fact.key.kind().edge().map_or(Hue::Grey, hue);
        drawing.text((at.0, y), LABEL, Anchor::Middle, letters::fitted(&words, LABEL, false, room)).fill =
            theme.letters(hue);
    }
    if hop.facts.len() > TOLD {
        #[allow(clippy::cast_precision_loss)]
        let y = at.1 + 12.0 + (TOLD as f64 - 1.0) * LINE;
        let words = format!("and {} more ties", hop.facts.len() - TOLD);
        drawing.text((at.0, y), LABEL, Anchor::Middle, words).fill = theme.quiet;
    }
}
