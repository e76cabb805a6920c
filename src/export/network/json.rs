//! Node-link JSON, as `networkx.node_link_graph` reads it (NetworkX 3.4 and later; before, say `edges="edges"`).
//!
//! Edges have their identity as `key`. What is not known is left out.

use serde_json::{Map, Value, json};

use super::Exported;
use super::fields::{Field, NODE, TIE};

/// The document, an item a line.
pub(super) fn written(network: &Exported) -> String {
    let nodes = network.nodes.iter().map(|node| object(&[("id", &node.slug)], &NODE, node));
    let edges = network.ties.iter().map(|tie| {
        let (from, to) = (&network.nodes[tie.from].slug, &network.nodes[tie.to].slug);
        object(&[("source", from), ("target", to), ("key", &tie.id)], &TIE, tie)
    });
    let sources: Vec<Value> =
        network.sources.iter().map(|(document, licence)| json!({"document": document, "licence": licence})).collect();
    let about = json!({"title": network.title, "caption": network.caption, "sources": sources});
    format!(
        "{{\"directed\":{},\"multigraph\":true,\n\"graph\":{about},\n\"nodes\":[\n{}\n],\n\"edges\":[\n{}\n]}}\n",
        !network.is_mutual(),
        lines(nodes),
        lines(edges)
    )
}

fn lines(items: impl Iterator<Item = Value>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(",\n")
}

/// An item with its columns, as far as they are known.
pub(super) fn object<T>(head: &[(&str, &str)], fields: &[Field<T>], item: &T) -> Value {
    let mut object = Map::new();
    for (key, value) in head {
        object.insert((*key).to_owned(), Value::from(*value));
    }
    for field in fields {
        let value = (field.of)(item).json();
        if !value.is_null() {
            object.insert(field.name.to_owned(), value);
        }
    }
    Value::Object(object)
}
