//! The shortest way from one state to another over chosen ties.

use petgraph::algo::astar;
use petgraph::graph::NodeIndex;

use crate::graph::{Projection, TieType, View};
use crate::model::Fact;

/// One step.
#[derive(Clone, Debug)]
pub struct Hop<'n> {
    /// From (slug).
    pub from: &'n str,
    /// To (slug).
    pub to: &'n str,
    /// Facts that join the two, closest tie first.
    pub facts: Vec<&'n Fact>,
}

/// There is no way.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no way from {from} to {to} over {over}")]
pub struct PathError {
    /// Start.
    pub from: String,
    /// End.
    pub to: String,
    /// The ties.
    pub over: String,
}

/// Finds a shortest way over the given ties, each hop counting one whatever its direction. Ties that are
/// parallel are all listed. Between ways of one length the one found first in the order of the slugs wins,
/// the same in every run. O(ties) by petgraph's A* with unit weights.
///
/// # Errors
/// [`PathError`] where the two are not connected over these ties.
pub fn path<'n>(view: &View<'n>, from: NodeIndex, to: NodeIndex, ties: &[TieType]) -> Result<Vec<Hop<'n>>, PathError> {
    let projection = Projection { ties: ties.to_vec(), organisations: true };
    let plain = projection.of(view);
    let fail = || PathError { from: view.name(from).to_owned(), to: view.name(to).to_owned(), over: projection.name() };
    let (start, end) = plain.index.get(&from).zip(plain.index.get(&to)).ok_or_else(fail)?;
    let (_, nodes) = astar(&plain.graph, *start, |node| node == *end, |_| 1u32, |_| 0).ok_or_else(fail)?;
    Ok(nodes
        .windows(2)
        .map(|pair| {
            let key = (pair[0].index().min(pair[1].index()), pair[0].index().max(pair[1].index()));
            let mut facts: Vec<&'n Fact> =
                plain.facts.get(&key).into_iter().flatten().map(|at| &view.network.facts[*at]).collect();
            facts.sort_by(|a, b| a.key.cmp(&b.key));
            Hop { from: view.slug(plain.graph[pair[0]]), to: view.slug(plain.graph[pair[1]]), facts }
        })
        .collect())
}
