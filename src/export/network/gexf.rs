//! GEXF 1.3, for Gephi's timeline: an edge a tie and interval, with a spell where a source dates it.
//!
//! A spell runs from the first day on which the tie may have begun to the last on which it may have ended; a side that
//! nobody dates is open. Parallel edges of a pair are told apart by `kind`, the kind of tie.

use std::io;

use super::fields::{Field, Kind, NODE, TIE};
use super::xml::Xml;
use super::{Exported, ExportedTie};

/// The document.
pub(super) fn written(network: &Exported) -> io::Result<Vec<u8>> {
    let mut out = Xml::begin()?;
    out.open("gexf", &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])?;
    out.open("meta", &[])?;
    out.text("creator", &[], "legation")?;
    out.text("description", &[], &network.about())?;
    out.close("meta")?;
    let default = if network.is_mutual() { "undirected" } else { "directed" };
    out.open(
        "graph",
        &[
            ("defaultedgetype", default),
            ("mode", "dynamic"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    columns(&mut out, "node", &NODE[1..])?;
    columns(&mut out, "edge", &TIE)?;
    out.open("nodes", &[("count", &network.nodes.len().to_string())])?;
    for node in &network.nodes {
        out.open("node", &[("id", &node.slug), ("label", &node.name)])?;
        // The name is the label.
        values(&mut out, &NODE[1..], node)?;
        out.close("node")?;
    }
    out.close("nodes")?;
    out.open("edges", &[("count", &network.ties.len().to_string())])?;
    for tie in &network.ties {
        edge(&mut out, network, tie)?;
    }
    out.close("edges")?;
    out.close("graph")?;
    out.close("gexf")?;
    Ok(out.end())
}

fn edge(out: &mut Xml, network: &Exported, tie: &ExportedTie) -> io::Result<()> {
    let (from, to) = (&network.nodes[tie.from].slug, &network.nodes[tie.to].slug);
    let way = if tie.mutual { "undirected" } else { "directed" };
    out.open(
        "edge",
        &[
            ("id", &tie.id),
            ("source", from),
            ("target", to),
            ("type", way),
            ("kind", tie.tie.ties_name()),
            ("label", &tie.says),
        ],
    )?;
    values(out, &TIE, tie)?;
    let (start, end) = tie.interval();
    let sides = [("start", start), ("end", end)];
    let known: Vec<(&str, String)> =
        sides.into_iter().filter_map(|(side, day)| Some((side, day?.to_string()))).collect();
    if !known.is_empty() {
        let known: Vec<(&str, &str)> = known.iter().map(|(side, day)| (*side, day.as_str())).collect();
        out.open("spells", &[])?;
        out.empty("spell", &known)?;
        out.close("spells")?;
    }
    out.close("edge")
}

fn columns<T>(out: &mut Xml, class: &str, fields: &[Field<T>]) -> io::Result<()> {
    out.open("attributes", &[("class", class), ("mode", "static")])?;
    for field in fields {
        let kind = match field.kind {
            Kind::Text => "string",
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Flag => "boolean",
        };
        out.empty("attribute", &[("id", field.name), ("title", field.name), ("type", kind)])?;
    }
    out.close("attributes")
}

fn values<T>(out: &mut Xml, fields: &[Field<T>], item: &T) -> io::Result<()> {
    out.open("attvalues", &[])?;
    for field in fields {
        if let Some(value) = (field.of)(item).shown() {
            out.empty("attvalue", &[("for", field.name), ("value", &value)])?;
        }
    }
    out.close("attvalues")
}
