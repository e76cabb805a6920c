//! CSV of nodes and of ties, with the headings that Gephi and Cytoscape know: `id`, `source`, `target`, `type`, `label`.
//!
//! What is not known is empty.

use std::io;

use super::Exported;
use super::fields::{Field, NODE, TIE};

/// A row a node.
pub(super) fn nodes(network: &Exported) -> io::Result<Vec<u8>> {
    let rows = network.nodes.iter().map(|node| (vec![node.slug.as_str()], node));
    written(&["id"], &NODE, rows)
}

/// A row a tie.
pub(super) fn edges(network: &Exported) -> io::Result<Vec<u8>> {
    let rows = network.ties.iter().map(|tie| {
        let (from, to) = (network.nodes[tie.from].slug.as_str(), network.nodes[tie.to].slug.as_str());
        (vec![&*tie.id, from, to, if tie.mutual { "undirected" } else { "directed" }], tie)
    });
    written(&["id", "source", "target", "type"], &TIE, rows)
}

fn written<'n, T: 'n>(
    head: &[&str],
    fields: &[Field<T>],
    rows: impl Iterator<Item = (Vec<&'n str>, &'n T)>,
) -> io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(head.iter().copied().chain(fields.iter().map(|field| field.name)))?;
    for (ids, item) in rows {
        ids.into_iter().try_for_each(|id| out.write_field(id))?;
        for field in fields {
            out.write_field((field.of)(item).shown().unwrap_or_default().as_bytes())?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    out.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
