//! Mermaid's flowchart, for drawings in Markdown: an arrow a tie, a line where it goes both ways.

use crate::model::TieKind;
use std::fmt::Write as _;

use super::{ExportError, Exported, one_line};

/// Most edges that Mermaid draws unless it is set up otherwise.
const MOST: usize = 500;

/// The flowchart; nodes without ties are left out.
///
/// # Errors
/// [`ExportError::TooMany`] beyond 500 ties.
pub(super) fn written(network: &Exported) -> Result<String, ExportError> {
    if network.ties.len() > MOST {
        return Err(ExportError::TooMany { ties: network.ties.len(), most: MOST });
    }
    let mut out = "flowchart LR\n".to_owned();
    for (at, node) in network.nodes.iter().enumerate() {
        if network.ties.iter().any(|tie| tie.from == at || tie.to == at) {
            let _ = writeln!(out, "  n{at}[\"{}\"]", escaped(&node.name));
        }
    }
    for tie in &network.ties {
        let at = if tie.tie == TieKind::Accreditation { "from" } else { "in" };
        let place = tie.city.as_ref().map_or_else(String::new, |city| format!(" {at} {city}"));
        let denied = if tie.denied { "no " } else { "" };
        let said = escaped(&format!("{denied}{}{place}", tie.says.replace('_', " ")));
        let (from, to) = (tie.from, tie.to);
        let arrow = if tie.mutual { "---" } else { "-->" };
        let _ = writeln!(out, "  n{from} {arrow}|\"{said}\"| n{to}");
    }
    Ok(out)
}

/// A text for a quoted label: what has a meaning in Mermaid, Markdown or HTML becomes an entity code.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | ';' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
