//! The relations of one state as a wheel: partners around it by the form of their representation.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use petgraph::graph::NodeIndex;

use super::scene::{Line, Mark, Scene, Text};
use crate::coverage::{Mutual, Partner, representation};
use crate::graph::{Seat, View};

/// The colour of a form. The colours keep apart in grey and for the colour-blind (after Okabe and Ito).
fn colour(form: Mutual) -> &'static str {
    match form {
        Mutual::Both => "#0b5394",
        Mutual::Sends => "#0072b2",
        Mutual::Hosts => "#009e73",
        Mutual::Elsewhere => "#b35900",
        Mutual::Posts => "#8e5ea2",
        Mutual::Relations => "#7a7a7a",
        Mutual::Denied => "#a61c00",
    }
}

/// Draws the wheel of `node`. Partners are ordered by form, then by name; labels run outwards and say the
/// seat of a cover from elsewhere. A pointer at a mark is told the form, and with `evidence` document and line of
/// every statement behind it.
pub fn ego(view: &View<'_>, node: NodeIndex, evidence: bool) -> Scene {
    let partners = representation(view, node);
    let labels: Vec<String> = partners.iter().map(|partner| label(view, partner)).collect();
    let count = partners.len().max(1);
    let name = view.name(node);
    // 15 pixels of arc a label, and room for the longest one.
    #[allow(clippy::cast_precision_loss)]
    let radius = (count as f64 * 15.0 / TAU).max(170.0);
    let disc = (width(name, 15.0) / 2.0 + 14.0).max(34.0);
    #[allow(clippy::cast_precision_loss)]
    let angles: Vec<f64> = (0..partners.len()).map(|at| TAU * (at as f64 + 0.5) / count as f64 - TAU / 4.0).collect();
    // How far the labels reach to each side of the centre.
    let mut reach = [disc; 4];
    for (label, angle) in labels.iter().zip(&angles) {
        let end = radius + 16.0 + width(label, 11.0);
        let (x, y) = (end * angle.cos(), end * angle.sin());
        for (side, way) in reach.iter_mut().zip([-x, x, -y, y]) {
            *side = side.max(way);
        }
    }
    let [left, right, up, down] = reach.map(|side| side + 24.0);
    let (head, foot) = (78.0, 84.0);
    let (cx, cy) = (left, head + up);
    let (across, side) = ((left + right).max(560.0), up + down);
    let mut scene = Scene {
        width: across,
        height: side + head + foot,
        title: format!("{name}: diplomatic representation"),
        ..Scene::default()
    };
    for ((partner, label), angle) in partners.iter().zip(labels).zip(angles) {
        let (x, y) = (cx + radius * angle.cos(), cy + radius * angle.sin());
        let colour = colour(partner.form);
        let (from, to) = if partner.form == Mutual::Hosts {
            (partner.slug, view.slug(node))
        } else {
            (view.slug(node), partner.slug)
        };
        scene.lines.push(Line {
            from: from.to_owned(),
            to: to.to_owned(),
            // From the rim of the disc: lines that meet in one point only grey each other.
            ends: [(cx + (disc + 5.0) * angle.cos(), cy + (disc + 5.0) * angle.sin()), (x, y)],
            stroke: colour,
            width: if partner.form <= Mutual::Hosts { 1.4 } else { 1.0 },
            dashed: partner.form > Mutual::Hosts,
            arrow: match partner.form {
                Mutual::Both => "both",
                Mutual::Sends | Mutual::Hosts | Mutual::Elsewhere | Mutual::Posts => "forward",
                Mutual::Relations | Mutual::Denied => "none",
            },
            label: partner.form.name().to_owned(),
        });
        scene.marks.push(Mark {
            id: partner.slug.to_owned(),
            x,
            y,
            radius: 4.0,
            fill: colour,
            title: partner.name.to_owned(),
            note: note(partner, evidence),
        });
        let left = angle.cos() < 0.0;
        let degrees = angle.to_degrees();
        scene.texts.push(Text {
            x: cx + (radius + 9.0) * angle.cos(),
            y: cy + (radius + 9.0) * angle.sin(),
            size: 11.0,
            turn: if left { degrees + 180.0 } else { degrees },
            anchor: if left { "end" } else { "start" },
            fill: colour,
            bold: false,
            text: label,
        });
    }
    scene.marks.push(Mark {
        id: view.slug(node).to_owned(),
        x: cx,
        y: cy,
        radius: disc,
        fill: "#1f2d3d",
        title: name.to_owned(),
        note: String::new(),
    });
    scene.texts.push(text(cx, cy, 15.0, "middle", "#ffffff", true, name.to_owned()));
    scene.texts.push(text(24.0, 30.0, 20.0, "start", "#1f2d3d", true, scene.title.clone()));
    let documents: std::collections::BTreeSet<String> = partners
        .iter()
        .flat_map(|partner| &partner.facts)
        .flat_map(|fact| fact.origins())
        .map(|origin| origin.document)
        .collect();
    let documents = documents.len();
    let caption = format!(
        "{}; {count} partners named by {documents} document{}",
        view.lens.caption(),
        if documents == 1 { "" } else { "s" }
    );
    scene.texts.push(text(24.0, 54.0, 12.0, "start", "#5a5a5a", false, caption));
    legend(&mut scene, &partners, side + head);
    scene
}

fn legend(scene: &mut Scene, partners: &[Partner<'_>], top: f64) {
    let mut counts: BTreeMap<Mutual, usize> = BTreeMap::new();
    for partner in partners {
        *counts.entry(partner.form).or_default() += 1;
    }
    let (mut x, mut y) = (24.0, top + 18.0);
    for (form, count) in counts {
        let label = format!("{} ({count})", form.name());
        let room = width(&label, 12.0) + 40.0;
        if x + room > scene.width - 10.0 {
            x = 24.0;
            y += 24.0;
        }
        scene.lines.push(Line {
            from: String::new(),
            to: String::new(),
            ends: [(x, y), (x + 16.0, y)],
            stroke: colour(form),
            width: 3.0,
            dashed: form > Mutual::Hosts,
            arrow: "none",
            label: String::new(),
        });
        scene.texts.push(text(x + 22.0, y, 12.0, "start", "#333333", false, label));
        x += room;
    }
    scene.height = y + 24.0;
}

fn text(x: f64, y: f64, size: f64, anchor: &'static str, fill: &'static str, bold: bool, text: String) -> Text {
    Text { x, y, size, turn: 0.0, anchor, fill, bold, text }
}

/// Width of a text in pixels: DejaVu Sans is about 0.57 of its height a letter, wider than what most readers
/// will see it in.
fn width(text: &str, size: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let letters = text.chars().count() as f64;
    letters * size * 0.57
}

/// The name of a partner, with the seats of a cover from elsewhere: several where documents disagree.
fn label(view: &View<'_>, partner: &Partner<'_>) -> String {
    let seat = |seat: &Seat| {
        let host = seat.host.as_deref().map(|host| view.network.gazetteer.display(host));
        seat.city.as_deref().or(host).map(str::to_owned)
    };
    let seats: Vec<String> = partner.seats.iter().filter_map(seat).collect();
    if seats.is_empty() { partner.name.to_owned() } else { format!("{} · from {}", partner.name, seats.join(" or ")) }
}

fn note(partner: &Partner<'_>, evidence: bool) -> String {
    let mut note = partner.form.name().to_owned();
    if evidence {
        for origin in partner.origins() {
            note.push_str(&format!("\n{}:{}", origin.document, origin.line));
        }
    }
    note
}
