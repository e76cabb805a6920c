//! An openCypher script for Neo4j, Memgraph and others: nodes, then relationships, some hundred a statement.
//!
//! Statements merge by `slug` and by `id`, so that a second run changes nothing. A string of JSON is one of Cypher too.

use std::fmt::Write as _;

use super::Exported;
use super::fields::{Field, NODE, TIE};

/// Rows of a statement.
const BATCH: usize = 250;

/// The script.
pub(super) fn written(network: &Exported) -> String {
    let mut out = String::new();
    for batch in network.nodes.chunks(BATCH) {
        let rows = batch.iter().map(|node| map(&[("slug", &node.slug)], &NODE, node));
        statement(&mut out, rows, "MERGE (n:Entity {slug: row.slug}) SET n += row");
    }
    for kind in network.kinds() {
        let ties: Vec<_> = network.ties.iter().filter(|tie| tie.tie == kind).collect();
        let name = kind.name().to_uppercase();
        let merge = format!(
            "MATCH (a:Entity {{slug: row.a}}), (b:Entity {{slug: row.b}}) MERGE (a)-[t:{name} {{id: row.tie.id}}]->(b) \
             SET t += row.tie"
        );
        for batch in ties.chunks(BATCH) {
            let rows = batch.iter().map(|tie| {
                let (from, to) = (&network.nodes[tie.from].slug, &network.nodes[tie.to].slug);
                let properties = map(&[("id", &tie.id)], &TIE, *tie);
                format!("{{a: {}, b: {}, tie: {properties}}}", text(from), text(to))
            });
            statement(&mut out, rows, &merge);
        }
    }
    out
}

fn statement(out: &mut String, rows: impl Iterator<Item = String>, then: &str) {
    let rows: Vec<String> = rows.collect();
    let _ = writeln!(out, "UNWIND [\n{}\n] AS row\n{then};", rows.join(",\n"));
}

/// A map literal; what is not known is left out.
fn map<T>(head: &[(&str, &str)], fields: &[Field<T>], item: &T) -> String {
    let head = head.iter().map(|(key, value)| format!("{key}: {}", text(value)));
    let values = fields.iter().filter_map(|field| {
        let value = (field.of)(item).json();
        (!value.is_null()).then(|| format!("{}: {value}", field.name))
    });
    format!("{{{}}}", head.chain(values).collect::<Vec<_>>().join(", "))
}

fn text(value: &str) -> serde_json::Value {
    serde_json::Value::from(value)
}
