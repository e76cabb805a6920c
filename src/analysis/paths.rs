//! Ways from one state to another over chosen ties, who could carry messages, and what lies within reach.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::weights::weight_and_cost;
use crate::graph::View;
use crate::model::{Fact, TieKind};
use crate::structure::{Hops, Plain, PlainEdge, RouteRule, best_routes};

/// One step of a way.
#[derive(Clone, Debug)]
pub struct Hop<'n> {
    /// From (slug).
    pub from: &'n str,
    /// To (slug).
    pub to: &'n str,
    /// What a message over it costs: that of its best tie.
    pub cost: f64,
    /// Facts that join the two, whatever their direction, the cheapest first.
    pub facts: Vec<&'n Fact>,
}

/// A way that meets nobody twice.
#[derive(Clone, Debug)]
pub struct Way<'n> {
    /// What it costs: the sum of its hops.
    pub cost: f64,
    /// Its steps.
    pub hops: Vec<Hop<'n>>,
}

/// The best ways.
#[derive(Clone, Debug)]
pub struct Ways<'n> {
    /// In order.
    pub ways: Vec<Way<'n>>,
    /// How many more cost as much as the last one, counted up to 1,000.
    pub as_good: usize,
    /// Whether the search ended at its limit, so that there may be others.
    pub cut_short: bool,
}

/// Which ways are sought.
#[derive(Clone, Debug, Default)]
pub struct WayRule {
    /// Ties that carry; a tie carries both ways.
    pub ties: Vec<TieKind>,
    /// Nodes that no way touches.
    pub avoid: Vec<NodeIndex>,
    /// Nodes that every way touches.
    pub through: Vec<NodeIndex>,
    /// Most hops.
    pub max_hops: Option<usize>,
    /// How many ways.
    pub most: usize,
}

/// There is no way.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no way from {from} to {to} over {over}{limits}")]
pub struct PathError {
    /// Start.
    pub from: String,
    /// End.
    pub to: String,
    /// The ties.
    pub over: String,
    /// Conditions that it cannot meet, if any.
    pub limits: String,
}

/// The ties of a view as edges whose weights are costs, over all of its nodes.
fn costs(view: &View<'_>, ties: &[TieKind]) -> Plain {
    let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let number = |node: NodeIndex| u32::try_from(node.index()).unwrap_or(u32::MAX);
    let gazetteer = view.network.gazetteer;
    let organisation = |node: NodeIndex| gazetteer.organisation(view.slug(node)).is_some();
    for (from, to, edge) in view.edges().filter(|(.., edge)| ties.contains(&edge.tie)) {
        let cost = weight_and_cost(&view.network.facts[edge.fact()]).1;
        if cost.is_infinite() || edge.tie == TieKind::Border && (organisation(from) || organisation(to)) {
            continue;
        }
        let (from, to) = (number(from), number(to));
        let known = pairs.entry((from.min(to), from.max(to))).or_insert(f64::INFINITY);
        *known = known.min(cost);
    }
    let edges: Vec<PlainEdge> = pairs.into_iter().map(|((from, to), cost)| (from, to, cost)).collect();
    Plain::new(view.network.graph().node_count(), false, &edges)
}

/// Finds the best distinct ways by cost, then by number of hops, then by slugs; costs are those of
/// `data/rules/weights.csv`. Hostile ties carry nothing, and a border leads to states alone.
///
/// # Errors
/// [`PathError`] where the two are not connected so.
pub fn ways<'n>(view: &View<'n>, from: NodeIndex, to: NodeIndex, rule: &WayRule) -> Result<Ways<'n>, PathError> {
    let graph = costs(view, &rule.ties);
    let numbers = |nodes: &[NodeIndex]| nodes.iter().map(|node| node.index()).collect::<Vec<usize>>();
    let through = numbers(&rule.through);
    let ends = [from.index(), to.index()];
    let limits = RouteRule {
        avoid: numbers(&rule.avoid),
        through: through.into_iter().filter(|node| !ends.contains(node)).collect(),
        max_hops: rule.max_hops,
    };
    let found = best_routes(&graph, from.index(), to.index(), rule.most, &limits);
    if found.routes.is_empty() {
        let named = |word: &str, nodes: &[NodeIndex]| {
            let names: Vec<&str> = nodes.iter().map(|node| view.name(*node)).collect();
            if names.is_empty() { String::new() } else { format!(" {word} {}", names.join(" and ")) }
        };
        let hops = rule.max_hops.map_or_else(String::new, |most| format!(" in at most {most} hops"));
        return Err(PathError {
            from: view.name(from).to_owned(),
            to: view.name(to).to_owned(),
            over: rule.ties.iter().map(|tie| tie.ties_name()).collect::<Vec<_>>().join(", "),
            limits: format!("{}{}{hops}", named("through", &rule.through), named("without", &rule.avoid)),
        });
    }
    let hop = |pair: &[usize]| {
        let (one, other) = (NodeIndex::new(pair[0]), NodeIndex::new(pair[1]));
        Hop {
            from: view.slug(one),
            to: view.slug(other),
            cost: graph.weight(pair[0], pair[1]),
            facts: joining(view, one, other, &rule.ties),
        }
    };
    #[allow(clippy::cast_precision_loss)]
    let way = |route: crate::structure::Route| Way {
        cost: route.cost as f64 / 1000.0,
        hops: route.nodes.windows(2).map(hop).collect(),
    };
    Ok(Ways { ways: found.routes.into_iter().map(way).collect(), as_good: found.as_good, cut_short: found.cut_short })
}

/// Facts of some ties between two nodes, both ways, affirmed ones only, the cheapest first.
fn joining<'n>(view: &View<'n>, one: NodeIndex, other: NodeIndex, ties: &[TieKind]) -> Vec<&'n Fact> {
    let mut facts: Vec<&'n Fact> = ties
        .iter()
        .flat_map(|tie| view.between(one, other, *tie).into_iter().chain(view.between(other, one, *tie)))
        .filter(|fact| !fact.is_denied() && weight_and_cost(fact).1.is_finite())
        .collect();
    facts.sort_by(|a, b| weight_and_cost(a).1.total_cmp(&weight_and_cost(b).1).then_with(|| a.key.cmp(&b.key)));
    facts.dedup_by(|a, b| a.key == b.key);
    facts
}

/// One that can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Its node.
    pub node: NodeIndex,
    /// In how many hops.
    pub hops: u16,
    /// Over how many others it is reached in so many hops; 0 in one hop.
    pub over: usize,
    /// The first of these by slug.
    pub via: Option<NodeIndex>,
}

/// Who can be reached from a node in at most so many hops over some ties, whatever their direction, by hops, then by slug.
pub fn reachable(view: &View<'_>, from: NodeIndex, ties: &[TieKind], most: u16) -> Vec<Reached> {
    let graph = costs(view, ties);
    let hops = Hops::from_one(&graph, from.index());
    let mut found: Vec<Reached> = Vec::new();
    for (node, steps) in hops.iter().enumerate().filter(|(_, steps)| (1..=most).contains(*steps)) {
        let before: Vec<usize> =
            graph.row(node).iter().map(|other| *other as usize).filter(|other| hops[*other] + 1 == *steps).collect();
        let via = before.first().copied().filter(|_| *steps > 1).map(NodeIndex::new);
        let over = if *steps > 1 { before.len() } else { 0 };
        found.push(Reached { node: NodeIndex::new(node), hops: *steps, over, via });
    }
    found.sort_by_key(|reached| (reached.hops, reached.node));
    found
}
