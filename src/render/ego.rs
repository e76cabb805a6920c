//! The relations of one state as a wheel: partners around it by the form of their representation.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::scene::{Line, Mark, Scene, Text};
use crate::analysis::{CoverForm, coverage};
use crate::graph::{TieType, View};

/// How a partner and the state in the middle are represented with each other; the order of the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EgoForm {
    /// Resident missions both ways.
    Both,
    /// A resident mission of the middle state only.
    Sends,
    /// A resident mission of the partner only.
    Hosts,
    /// Cover from elsewhere, either way.
    Elsewhere,
    /// Consulates or offices only.
    Posts,
    /// Relations without representation.
    Relations,
    /// Relations denied.
    Denied,
}

impl EgoForm {
    /// Legend and colour. The colours keep apart in grey and for the colour-blind (after Okabe and Ito).
    fn look(self) -> (&'static str, &'static str) {
        match self {
            EgoForm::Both => ("embassies both ways", "#0b5394"),
            EgoForm::Sends => ("sends an embassy", "#0072b2"),
            EgoForm::Hosts => ("hosts an embassy", "#009e73"),
            EgoForm::Elsewhere => ("covered from elsewhere", "#b35900"),
            EgoForm::Posts => ("consulates or offices only", "#8e5ea2"),
            EgoForm::Relations => ("relations, no mission stated", "#7a7a7a"),
            EgoForm::Denied => ("no relations", "#a61c00"),
        }
    }
}

/// Draws the wheel of `node`. Partners are ordered by form, then by name; labels run outwards and say the
/// seat of a cover from elsewhere.
pub fn ego(view: &View<'_>, node: NodeIndex) -> Scene {
    let partners = partners(view, node);
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
    for (partner, angle) in partners.iter().zip(&angles) {
        let end = radius + 16.0 + width(&partner.label, 11.0);
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
    for (partner, angle) in partners.iter().zip(angles) {
        let (x, y) = (cx + radius * angle.cos(), cy + radius * angle.sin());
        let (legend, colour) = partner.form.look();
        let (from, to) = if partner.form == EgoForm::Hosts {
            (&partner.slug, view.slug(node))
        } else {
            (&view.slug(node).to_owned(), partner.slug.as_str())
        };
        scene.lines.push(Line {
            from: from.clone(),
            to: to.to_owned(),
            // From the rim of the disc: lines that meet in one point only grey each other.
            ends: [(cx + (disc + 5.0) * angle.cos(), cy + (disc + 5.0) * angle.sin()), (x, y)],
            stroke: colour,
            width: if partner.form <= EgoForm::Hosts { 1.4 } else { 1.0 },
            dashed: partner.form > EgoForm::Hosts,
            arrow: match partner.form {
                EgoForm::Both => "both",
                EgoForm::Sends | EgoForm::Hosts | EgoForm::Elsewhere | EgoForm::Posts => "forward",
                EgoForm::Relations | EgoForm::Denied => "none",
            },
            label: legend.to_owned(),
        });
        scene.marks.push(Mark {
            id: partner.slug.clone(),
            x,
            y,
            radius: 4.0,
            fill: colour,
            title: partner.name.clone(),
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
            text: partner.label.clone(),
        });
    }
    scene.marks.push(Mark {
        id: view.slug(node).to_owned(),
        x: cx,
        y: cy,
        radius: disc,
        fill: "#1f2d3d",
        title: name.to_owned(),
    });
    scene.texts.push(text(cx, cy, 15.0, "middle", "#ffffff", true, name.to_owned()));
    scene.texts.push(text(24.0, 30.0, 20.0, "start", "#1f2d3d", true, scene.title.clone()));
    let documents = view.network.sources.len();
    let caption = format!(
        "{}; {count} partners named by {documents} document{}",
        view.lens.caption(),
        if documents == 1 { "" } else { "s" }
    );
    scene.texts.push(text(24.0, 54.0, 12.0, "start", "#5a5a5a", false, caption));
    legend(&mut scene, &partners, side + head);
    scene
}

fn legend(scene: &mut Scene, partners: &[Partner], top: f64) {
    let mut counts: BTreeMap<EgoForm, usize> = BTreeMap::new();
    for partner in partners {
        *counts.entry(partner.form).or_default() += 1;
    }
    let (mut x, mut y) = (24.0, top + 18.0);
    for (form, count) in counts {
        let (words, colour) = form.look();
        let label = format!("{words} ({count})");
        let room = width(&label, 12.0) + 40.0;
        if x + room > scene.width - 10.0 {
            x = 24.0;
            y += 24.0;
        }
        scene.lines.push(Line {
            from: String::new(),
            to: String::new(),
            ends: [(x, y), (x + 16.0, y)],
            stroke: colour,
            width: 3.0,
            dashed: form > EgoForm::Hosts,
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

struct Partner {
    slug: String,
    name: String,
    label: String,
    form: EgoForm,
}

fn partners(view: &View<'_>, node: NodeIndex) -> Vec<Partner> {
    let mut others: Vec<NodeIndex> = Vec::new();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for tie in [TieType::Mission, TieType::Post, TieType::Accreditation, TieType::Relations] {
            for fact in view.facts(node, direction, tie) {
                let other = if direction == Direction::Outgoing { &fact.object } else { &fact.subject };
                others.extend(view.network.node(other).filter(|other| *other != node));
            }
        }
    }
    others.sort_unstable();
    others.dedup();
    let mut partners: Vec<Partner> = others
        .into_iter()
        .filter_map(|other| {
            let sent = coverage(view, other, Some(node));
            let hosted = coverage(view, node, Some(other));
            let best = |rows: &[crate::analysis::Cover<'_>]| rows.first().map_or(CoverForm::Unknown, |row| row.form);
            let (out, back) = (best(&sent), best(&hosted));
            let elsewhere = |form| matches!(form, CoverForm::Accredited | CoverForm::FromHome);
            let form = match (out, back) {
                (CoverForm::Resident, CoverForm::Resident) => EgoForm::Both,
                (CoverForm::Resident, _) => EgoForm::Sends,
                (_, CoverForm::Resident) => EgoForm::Hosts,
                (out, back) if elsewhere(out) || elsewhere(back) => EgoForm::Elsewhere,
                (CoverForm::PostOnly, _) | (_, CoverForm::PostOnly) => EgoForm::Posts,
                _ => match view.relations(node, other) {
                    Some(fact) if fact.is_denied() => EgoForm::Denied,
                    Some(_) => EgoForm::Relations,
                    None => return None,
                },
            };
            let name = view.name(other).to_owned();
            let seat = (form == EgoForm::Elsewhere || form == EgoForm::Sends && elsewhere(back))
                .then(|| {
                    let rows = if elsewhere(back) { &hosted } else { &sent };
                    let seat = rows.first()?.seat.clone()?;
                    seat.city.or_else(|| seat.host.map(|host| view.network.gazetteer.display(&host).to_owned()))
                })
                .flatten();
            let label = seat.map_or_else(|| name.clone(), |seat| format!("{name} · from {seat}"));
            Some(Partner { slug: view.slug(other).to_owned(), name, label, form })
        })
        .collect();
    partners.sort_by(|a, b| {
        a.form.cmp(&b.form).then_with(|| crate::names::fold(&a.name).cmp(&crate::names::fold(&b.name)))
    });
    partners
}
