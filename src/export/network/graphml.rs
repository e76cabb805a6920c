//! GraphML: NetworkX, igraph, Gephi, yEd, Cytoscape.
//!
//! Edges carry their identity and every column as data. A network of which each tie goes both ways is undirected;
//! a mixed one is directed, with `mutual` beside each edge, because few programs read edges of both sorts in one graph.

use std::io;

use super::Exported;
use super::fields::{Field, Kind, NODE, TIE};
use super::xml::Xml;

/// The document.
pub(super) fn written(network: &Exported) -> io::Result<Vec<u8>> {
    let mut out = Xml::begin()?;
    let schema = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";
    out.open(
        "graphml",
        &[
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", schema),
        ],
    )?;
    for what in ["title", "caption"] {
        out.empty("key", &[("id", what), ("for", "graph"), ("attr.name", what), ("attr.type", "string")])?;
    }
    keys(&mut out, "node", &NODE)?;
    keys(&mut out, "edge", &TIE)?;
    let default = if network.is_mutual() { "undirected" } else { "directed" };
    out.open("graph", &[("id", "legation"), ("edgedefault", default)])?;
    out.text("data", &[("key", "title")], &network.title)?;
    out.text("data", &[("key", "caption")], &network.caption)?;
    for node in &network.nodes {
        out.open("node", &[("id", &node.slug)])?;
        data(&mut out, "node", &NODE, node)?;
        out.close("node")?;
    }
    for tie in &network.ties {
        let (from, to) = (&network.nodes[tie.from].slug, &network.nodes[tie.to].slug);
        out.open("edge", &[("id", &tie.id), ("source", from), ("target", to)])?;
        data(&mut out, "edge", &TIE, tie)?;
        out.close("edge")?;
    }
    out.close("graph")?;
    out.close("graphml")?;
    Ok(out.end())
}

fn keys<T>(out: &mut Xml, of: &str, fields: &[Field<T>]) -> io::Result<()> {
    for field in fields {
        let kind = match field.kind {
            Kind::Text => "string",
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Flag => "boolean",
        };
        let id = format!("{of}_{}", field.name);
        out.empty("key", &[("id", &id), ("for", of), ("attr.name", field.name), ("attr.type", kind)])?;
    }
    Ok(())
}

fn data<T>(out: &mut Xml, of: &str, fields: &[Field<T>], item: &T) -> io::Result<()> {
    for field in fields {
        if let Some(value) = (field.of)(item).shown() {
            out.text("data", &[("key", &format!("{of}_{}", field.name))], &value)?;
        }
    }
    Ok(())
}
