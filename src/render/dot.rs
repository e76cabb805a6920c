//! A scene as DOT for Graphviz, through graphviz-rust. Positions are left to the user's layout program.

use graphviz_rust::dot_structures::{Attribute, Edge, EdgeTy, Graph, Id, Node, NodeId, Stmt, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::scene::Scene;

/// Writes a scene as a directed graph: a node per mark, an edge per line with the kind of tie as its tooltip and its arrows.
pub fn dot(scene: &Scene) -> String {
    let mut stmts = vec![
        Stmt::Attribute(Attribute(Id::Plain("label".into()), quoted(&scene.title))),
        // A wheel for whoever runs plain `dot`; -K overrides it.
        Stmt::Attribute(Attribute(Id::Plain("layout".into()), Id::Plain("twopi".into()))),
        Stmt::Attribute(Attribute(Id::Plain("ranksep".into()), Id::Plain("6".into()))),
        Stmt::Attribute(Attribute(Id::Plain("overlap".into()), Id::Plain("false".into()))),
        Stmt::Attribute(Attribute(Id::Plain("fontname".into()), quoted("Arial"))),
    ];
    for mark in &scene.marks {
        stmts.push(Stmt::Node(Node {
            id: NodeId(quoted(&mark.id), None),
            attributes: vec![
                attribute("label", &mark.title),
                attribute("tooltip", &mark.told()),
                attribute("shape", "box"),
                attribute("style", "rounded,filled"),
                attribute("fillcolor", mark.fill),
                attribute("fontcolor", "#ffffff"),
                attribute("fontname", "Arial"),
            ],
        }));
    }
    for line in scene.lines.iter().filter(|line| !line.from.is_empty()) {
        stmts.push(Stmt::Edge(Edge {
            ty: EdgeTy::Pair(Vertex::N(NodeId(quoted(&line.from), None)), Vertex::N(NodeId(quoted(&line.to), None))),
            attributes: vec![
                attribute("tooltip", &line.label),
                attribute("dir", line.arrow),
                attribute("color", line.stroke),
                attribute("style", if line.dashed { "dashed" } else { "solid" }),
            ],
        }));
    }
    let graph = Graph::DiGraph { id: quoted("legation"), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), quoted(value))
}

/// A quoted string: the crate puts what it is given between the braces as it is, so quotes and backslashes
/// are escaped here.
fn quoted(text: &str) -> Id {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    Id::Escaped(format!("\"{text}\""))
}
