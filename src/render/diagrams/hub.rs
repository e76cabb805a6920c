//! One seat: who covers whom from there.

use std::collections::BTreeMap;

use super::curve;
use crate::graph::{Seat, View};
use crate::model::{EntityId, Fact};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Node, NodeKind, Sign, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

const LABEL: f64 = 12.0;
const LINE: f64 = 17.0;
const NAME: f64 = 190.0;

/// Draws sending states on the left, the seat in the middle and receiving states on the right. Every accreditation has a slot
/// of its own at the seat, so that it can be followed from end to end; its colour is that of whichever side has fewer
/// members. `serves` are pairs of sending and receiving state, `facts` what they rest on.
pub fn hub(view: &View<'_>, seat: &Seat, serves: &[(EntityId, EntityId)], facts: &[&Fact], style: &Style) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let name = |slug: &str| style.name(view, slug).to_owned();
    let city = seat.city.clone().or_else(|| seat.host.as_deref().map(name)).unwrap_or_default();
    let place = match (&seat.city, seat.host.as_deref()) {
        (Some(city), Some(host)) => format!("{city}, {}", name(host)),
        _ => city.clone(),
    };
    let side = |pick: fn(&(EntityId, EntityId)) -> &str| {
        let mut slugs: Vec<&str> = serves.iter().map(pick).collect();
        slugs.sort_unstable_by_key(|slug| (crate::names::fold(style.name(view, slug)), *slug));
        slugs.dedup();
        slugs
    };
    let (senders, receivers) = (side(|pair| &pair.0), side(|pair| &pair.1));
    #[allow(clippy::cast_precision_loss)]
    let places = |slugs: &[&str], others: usize| -> BTreeMap<String, f64> {
        // The shorter side is spread, though not as far as the longer one.
        let line = LINE * (others as f64 / slugs.len() as f64).clamp(1.0, 3.0);
        let top = -(slugs.len() as f64 - 1.0) * line / 2.0;
        slugs.iter().enumerate().map(|(at, slug)| ((*slug).to_owned(), top + at as f64 * line)).collect()
    };
    let (left, right) = (places(&senders, receivers.len()), places(&receivers, senders.len()));
    let mut pairs: Vec<&(EntityId, EntityId)> = serves.iter().collect();
    pairs.sort_by(|a, b| {
        let height = |pair: &(EntityId, EntityId)| left[pair.0.as_str()] + right[pair.1.as_str()];
        height(a).total_cmp(&height(b)).then(left[a.0.as_str()].total_cmp(&left[b.0.as_str()])).then(a.cmp(b))
    });
    #[allow(clippy::cast_precision_loss)]
    let half = (pairs.len() as f64 * 3.2).max(letters::width(&city, 14.0, true) + 14.0).max(60.0) / 2.0;
    let by_receiver = receivers.len() <= senders.len();
    let fewer = if by_receiver { &receivers } else { &senders };
    let hue = |pair: &(EntityId, EntityId)| {
        let slug = if by_receiver { &pair.1 } else { &pair.0 };
        let at = fewer.iter().position(|known| known == slug).unwrap_or(0);
        Hue::GROUPS[at % Hue::GROUPS.len()]
    };
    let (start, end) = (-230.0, 230.0);
    let id = format!("seat:{}", crate::names::slug_of(&place));
    drawing.node(Node {
        id: id.clone(),
        label: place.clone(),
        kind: NodeKind::Seat,
        group: String::new(),
        colour: theme.fill(Hue::Ink),
        note: format!("{} accreditations", pairs.len()),
    });
    for (at, pair) in pairs.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let slot = -half + 6.0 + (at as f64 + 0.5) * (2.0 * half - 12.0) / pairs.len() as f64;
        let colour = theme.fill(hue(pair));
        let stroke = Stroke::new(colour, 1.3).faint(0.8);
        let tip = format!("{} covers {} from {place}", name(&pair.0), name(&pair.1));
        drawing.path(curve((start, left[pair.0.as_str()]), (-17.0, slot)), stroke, &tip);
        drawing.path(curve((17.0, slot), (end - 8.0, right[pair.1.as_str()])), stroke, &tip);
        drawing.ties.push(Tie {
            from: pair.0.to_string(),
            via: Some(id.clone()),
            to: pair.1.to_string(),
            label: format!("covers from {place}"),
            colour,
            dash: Dash::Solid,
            arrows: (true, false),
        });
    }
    for (slugs, at_left) in [(&senders, true), (&receivers, false)] {
        for slug in slugs {
            let y = if at_left { left[*slug] } else { right[*slug] };
            let hue = if at_left == by_receiver {
                Hue::Ink
            } else {
                let at = fewer.iter().position(|known| known == slug).unwrap_or(0);
                Hue::GROUPS[at % Hue::GROUPS.len()]
            };
            let (x, anchor) = if at_left { (start - 10.0, Anchor::End) } else { (end + 10.0, Anchor::Start) };
            let full = name(slug);
            drawing.text((x, y), LABEL, anchor, letters::fitted(&full, LABEL, false, NAME)).fill = theme.letters(hue);
            if at_left {
                drawing.disc((start - 3.0, y), 3.0, theme.fill(hue), "");
            } else {
                drawing.arrow((end + 3.0, y), 0.0, 9.0, theme.fill(hue));
            }
            drawing.state(slug, &full, hue, "");
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let top = -(senders.len().max(receivers.len()) as f64 - 1.0) * LINE / 2.0 - 26.0;
    for (x, anchor, words, count) in [
        (start - 10.0, Anchor::End, "sending states", senders.len()),
        (end + 10.0, Anchor::Start, "receiving states", receivers.len()),
    ] {
        let text = drawing.text((x, top), LABEL, anchor, format!("{} ({count})", style.word(words)));
        text.bold = true;
        text.fill = theme.quiet;
    }
    let ink = theme.fill(Hue::Ink);
    drawing.bar((-17.0, -half), (34.0, 2.0 * half), 8.0, ink, &place);
    let label = letters::fitted(&city, 14.0, true, 2.0 * half - 10.0);
    let turned = letters::width(&label, 14.0, true) > 26.0;
    let text = drawing.text((0.0, 0.0), 14.0, Anchor::Middle, label);
    text.bold = true;
    text.turn = if turned { -90.0 } else { 0.0 };
    text.on = ink;
    text.fill = theme.on(ink);
    if fewer.len() > Hue::GROUPS.len() {
        drawing.key(Sign::Word, "colours tell neighbours apart and repeat");
    }
    let head = Head {
        title: format!("{place}: accreditations to third states"),
        caption: vec![view.caption()],
        sources: sources::cited(view, facts.iter().copied()),
        description: format!(
            "{} accreditations of {} sending states to {} receiving states",
            pairs.len(),
            senders.len(),
            receivers.len()
        ),
    };
    page(drawing, head, style)
}
