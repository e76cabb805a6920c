//! A scene as DOT for Graphviz, through graphviz-rust. Positions are left to the user's layout program.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, Id, Node as DotNode, NodeId, Port, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::names::Regions;
use crate::render::letters::clean;
use crate::render::scene::{Dash, Node, NodeKind, Scene, Tie};

/// Writes a scene as a directed graph: a node per state, organisation and seat, shaped and coloured by its kind, clusters by
/// group, an edge per tie with its kind as label. A tie through a seat is two edges that meet at a port of the seat, so
/// that who goes where can be followed.
pub fn dot(scene: &Scene) -> String {
    written(scene, None)
}

/// The same for a layout program that is chosen: without one of our own choice.
pub fn dot_for(scene: &Scene, engine: &str) -> String {
    written(scene, Some(engine))
}

fn written(scene: &Scene, engine: Option<&str>) -> String {
    let theme = scene.theme;
    let many = scene.nodes.len() > 30;
    let seats = scene.nodes.iter().any(|node| node.kind == NodeKind::Seat);
    // Columns of seats are a layering; other large graphs are laid out by springs, states by region.
    let layers = !many || seats;
    let wheel = middle(scene).filter(|_| layers && many);
    let usual = match (wheel, layers) {
        (Some(_), _) => "twopi",
        (None, true) => "dot",
        (None, false) => "fdp",
    };
    let mut stmts = vec![
        graph("label", &format!("{}\n{}", scene.title, scene.caption)),
        graph("labelloc", "t"),
        graph("fontname", "Arial"),
        graph("fontcolor", &theme.ink.to_string()),
        graph("bgcolor", &theme.paper.to_string()),
        graph("tooltip", &scene.description),
        // For whoever runs plain `dot`; -K overrides it.
        graph("layout", engine.unwrap_or(usual)),
        graph("root", wheel.unwrap_or("")),
        graph("ranksep", if engine.unwrap_or(usual) == "twopi" { "4.5" } else { "1.1" }),
        graph("rankdir", "LR"),
        graph("overlap", "false"),
        graph("splines", if many { "line" } else { "true" }),
        graph("outputorder", "edgesfirst"),
    ];
    let ports = ports(scene);
    let regions = Regions::carried();
    let mut groups: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for node in &scene.nodes {
        let region = regions.of(&node.id).map(|(region, _)| region).filter(|_| !layers);
        let group = if node.group.is_empty() { region.unwrap_or("") } else { node.group.as_str() };
        groups.entry(group).or_default().push(node);
    }
    for (number, (group, nodes)) in groups.into_iter().enumerate() {
        let inner = nodes.into_iter().map(|node| Stmt::Node(vertex(scene, node, ports.get(node.id.as_str()))));
        if group.is_empty() {
            stmts.extend(inner);
        } else {
            let head = [graph("label", group), graph("color", &theme.rule.to_string()), graph("style", "rounded")];
            let id = quoted(&format!("cluster_{number}"));
            stmts.push(Stmt::Subgraph(Subgraph { id, stmts: head.into_iter().chain(inner).collect() }));
        }
    }
    let label = |tie: &Tie| if many || tie.via.is_some() { String::new() } else { tie.label.clone() };
    for (at, tie) in scene.ties.iter().enumerate() {
        match &tie.via {
            None => stmts.push(edge(&tie.from, None, &tie.to, None, tie, &label(tie), tie.arrows)),
            Some(via) => {
                let port = ports.get(via.as_str()).and_then(|ports| ports.iter().position(|port| *port == at));
                let (enter, leave) = (port.map(|slot| format!("i{slot}")), port.map(|slot| format!("p{slot}")));
                stmts.push(edge(&tie.from, None, via, enter, tie, "", (false, false)));
                stmts.push(edge(via, leave, &tie.to, None, tie, "", tie.arrows));
            }
        }
    }
    let graph = Graph::DiGraph { id: quoted("legation"), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

/// Most ties of a seat that get a port each.
const PORTS: usize = 60;

/// The node at which more than half of all ties end: a wheel around it is easier to read than columns.
fn middle(scene: &Scene) -> Option<&str> {
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for tie in &scene.ties {
        for end in [&tie.from, &tie.to] {
            *ends.entry(end).or_default() += 1;
        }
    }
    ends.into_iter()
        .find(|(_, count)| 2 * count > scene.ties.len())
        .map(|(id, _)| id)
        .filter(|_| scene.nodes.len() > 40)
}

/// The ties that go through each seat with several.
fn ports(scene: &Scene) -> BTreeMap<&str, Vec<usize>> {
    let mut ports: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for node in scene.nodes.iter().filter(|node| node.kind == NodeKind::Seat) {
        ports.insert(&node.id, Vec::new());
    }
    for (at, tie) in scene.ties.iter().enumerate() {
        if let Some(ties) = tie.via.as_deref().and_then(|via| ports.get_mut(via)) {
            ties.push(at);
        }
    }
    ports.retain(|_, ties| (2..=PORTS).contains(&ties.len()));
    ports
}

fn vertex(scene: &Scene, node: &Node, ports: Option<&Vec<usize>>) -> DotNode {
    let theme = scene.theme;
    let mut attributes = vec![
        attribute("tooltip", if node.note.is_empty() { &node.label } else { &node.note }),
        attribute("fontname", "Arial"),
        attribute("fillcolor", &node.colour.to_string()),
        attribute("fontcolor", &theme.on(node.colour).to_string()),
        attribute("color", &theme.rule.to_string()),
    ];
    match (node.kind, ports) {
        (NodeKind::Seat, Some(ports)) => {
            // One slot a tie, so that it can be followed through the seat.
            let label = super::escape(&clean(&node.label));
            let colour = node.colour;
            let mut table = format!(
                "<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" BGCOLOR=\"{colour}\"><TR><TD PORT=\"i0\"> </TD><TD ROWSPAN=\"{}\">{label}</TD><TD PORT=\"p0\"> </TD></TR>",
                ports.len()
            );
            for slot in 1..ports.len() {
                table.push_str(&format!("<TR><TD PORT=\"i{slot}\"> </TD><TD PORT=\"p{slot}\"> </TD></TR>"));
            }
            table.push_str("</TABLE>>");
            attributes.push(Attribute(Id::Plain("label".into()), Id::Html(table)));
            attributes.push(attribute("shape", "plain"));
        }
        (kind, _) => {
            let (shape, style) = match kind {
                NodeKind::State => ("box", "rounded,filled"),
                NodeKind::Organisation => ("hexagon", "filled"),
                NodeKind::Seat => ("cds", "filled"),
                NodeKind::Group => ("ellipse", "filled"),
            };
            attributes.push(attribute("label", &node.label));
            attributes.push(attribute("shape", shape));
            attributes.push(attribute("style", style));
        }
    }
    DotNode { id: NodeId(quoted(&node.id), None), attributes }
}

fn edge(
    from: &str,
    from_port: Option<String>,
    to: &str,
    to_port: Option<String>,
    tie: &Tie,
    label: &str,
    arrows: (bool, bool),
) -> Stmt {
    let port = |port: Option<String>, side: &str| port.map(|slot| Port(Some(Id::Plain(slot)), Some(side.to_owned())));
    let dir = match arrows {
        (true, true) => "both",
        (true, false) => "forward",
        (false, true) => "back",
        (false, false) => "none",
    };
    let style = match tie.dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
    };
    let mut attributes = vec![
        attribute("tooltip", &tie.label),
        attribute("dir", dir),
        attribute("color", &tie.colour.to_string()),
        attribute("style", style),
        attribute("fontname", "Arial"),
        attribute("fontsize", "10"),
    ];
    if !label.is_empty() {
        attributes.push(attribute("label", label));
    }
    let ends = EdgeTy::Pair(
        Vertex::N(NodeId(quoted(from), port(from_port, "e"))),
        Vertex::N(NodeId(quoted(to), port(to_port, "w"))),
    );
    Stmt::Edge(Edge { ty: ends, attributes })
}

fn graph(key: &str, value: &str) -> Stmt {
    Stmt::Attribute(attribute(key, value))
}

fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), quoted(value))
}

/// A quoted string: the crate puts what it is given between the braces as it is, so quotes and backslashes
/// are escaped here. What begins with `&` would be read as an entity.
fn quoted(text: &str) -> Id {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    let text = lines.join("\n").replace('&', "&amp;");
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    Id::Escaped(format!("\"{text}\""))
}
