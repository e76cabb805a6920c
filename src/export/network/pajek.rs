//! Pajek's .net: vertices with their place on a flat map, then the ties, a relation for each kind. Where there is only one
//! kind, it has no number, which only Pajek itself would understand.
//!
//! A network of memberships alone is written as a two-mode network, members before organisations; an organisation that
//! is itself a member stands in both. Pajek has no escape for quotation marks: they become apostrophes.

use crate::model::TieKind;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Exported, ExportedTie, one_line};

/// The vertices in their order: the node, and what stands behind its name in the second mode.
struct Vertices {
    /// Node and whether it stands in the second mode.
    rows: Vec<(usize, bool)>,
    numbers: BTreeMap<(usize, bool), usize>,
    /// Vertices of the first mode; `None` for a network of one mode.
    first: Option<usize>,
}

impl Vertices {
    fn of(network: &Exported) -> Vertices {
        let two = network.kinds() == [TieKind::Membership];
        let mut rows: Vec<(usize, bool)> = (0..network.nodes.len()).map(|at| (at, false)).collect();
        let mut first = None;
        if two {
            let second: Vec<bool> = marked(network, |tie| tie.to);
            let member: Vec<bool> = marked(network, |tie| tie.from);
            // Who is only belonged to is no member; who does neither stays a vertex of the first mode.
            rows.retain(|(at, _)| member[*at] || !second[*at]);
            first = Some(rows.len());
            rows.extend((0..network.nodes.len()).filter(|at| second[*at]).map(|at| (at, true)));
        }
        let numbers = rows.iter().copied().zip(1..).collect();
        Vertices { rows, numbers, first }
    }

    fn number(&self, at: usize, object: bool) -> usize {
        self.numbers.get(&(at, object && self.first.is_some())).copied().unwrap_or(0)
    }
}

/// Which nodes an end of some tie is.
fn marked(network: &Exported, end: impl Fn(&ExportedTie) -> usize) -> Vec<bool> {
    let mut marks = vec![false; network.nodes.len()];
    network.ties.iter().for_each(|tie| marks[end(tie)] = true);
    marks
}

/// The document.
pub(super) fn written(network: &Exported) -> String {
    let vertices = Vertices::of(network);
    let mut out = match vertices.first {
        None => format!("*Vertices {}\n", vertices.rows.len()),
        Some(first) => format!("*Vertices {} {first}\n", vertices.rows.len()),
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (at, _) in &vertices.rows {
        *times.entry(label(&network.nodes[*at].name)).or_default() += 1;
    }
    for (number, (at, second)) in (1..).zip(&vertices.rows) {
        let node = &network.nodes[*at];
        let mut name = label(&node.name);
        // Programs that know a vertex by its label need distinct ones.
        if times.get(&name).is_some_and(|times| *times > 1) {
            let mode = if *second { ", organisation" } else { "" };
            name = format!("{name} ({}{mode})", label(&node.slug));
        }
        let _ = write!(out, "{number} \"{name}\"");
        if let Some(place) = node.place {
            let (x, y) = ((place.longitude + 180.0) / 360.0, (90.0 - place.latitude) / 180.0);
            let _ = write!(out, " {x:.4} {y:.4} 0.5000");
        }
        out.push('\n');
    }
    let kinds = network.kinds();
    for (number, kind) in (1..).zip(&kinds) {
        let ties = || network.ties.iter().filter(|tie| tie.tie == *kind);
        let relation = if kinds.len() > 1 { format!(" :{number} \"{}\"", kind.ties_name()) } else { String::new() };
        for (heading, mutual) in [("*Arcs", false), ("*Edges", true)] {
            let way = |tie: &&ExportedTie| (tie.mutual || vertices.first.is_some()) == mutual;
            if ties().any(|tie| way(&tie)) {
                let _ = writeln!(out, "{heading}{relation}");
            }
            for tie in ties().filter(way) {
                let (from, to) = (vertices.number(tie.from, false), vertices.number(tie.to, true));
                let _ = writeln!(out, "{from} {to} 1");
            }
        }
    }
    out
}

/// A name as a label: one line, without quotation marks and backslashes, which some readers take for escapes.
fn label(name: &str) -> String {
    one_line(name).replace('"', "'").replace('\\', "/")
}
