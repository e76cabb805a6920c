//! Ties, states and seats whose loss cuts others off or makes their ways longer.

use std::collections::{BTreeMap, BTreeSet};

use super::projections::Projected;
use crate::graph::{Seat, View};
use crate::model::{Statement, TieKind};
use crate::structure::{Loss, Lost, Plain, PlainEdge, losses, weak_points};

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeakPoint {
    /// Every tie between two, by their nodes in the projection.
    Tie(usize, usize),
    /// A state, with all its ties.
    State(usize),
    /// A mission, with all that it covers.
    Seat {
        /// Whose it is (node).
        sender: usize,
        /// Where it stands.
        seat: Seat,
        /// How many receivers it serves.
        serves: usize,
    },
}

/// A weak point and what its loss costs.
#[derive(Clone, Debug)]
pub struct Weakness {
    /// What is lost.
    pub point: WeakPoint,
    /// What that costs.
    pub loss: Loss,
}

/// Which kinds of weak points are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeakKinds {
    /// Ties.
    pub ties: bool,
    /// States.
    pub states: bool,
    /// Seats that serve more than one receiver.
    pub seats: bool,
}

/// Measures every loss alone, the costliest first: by pairs cut off, then by hops added, then in the order of the nodes.
/// Ways go over ties of either direction. `view` is that of the projection; a table has none, and no seats.
///
/// # Errors
/// Where measuring all would be too much work, the ties and states that cut others off, in order.
pub fn weaknesses(
    graph: &Plain,
    seated: Option<(&View<'_>, &Projected)>,
    kinds: WeakKinds,
    tell: &(dyn Fn() + Sync),
) -> Result<Vec<Weakness>, Vec<WeakPoint>> {
    let plain = graph.undirected();
    let mut points: Vec<(WeakPoint, Lost)> = Vec::new();
    if kinds.ties {
        let tie = |(one, other, _): PlainEdge| {
            (WeakPoint::Tie(one as usize, other as usize), Lost::Edges(vec![(one, other)]))
        };
        points.extend(plain.edges().map(tie));
    }
    if kinds.states {
        let tied = (0u32..).zip(0..plain.nodes()).filter(|(_, node)| !plain.row(*node).is_empty());
        points.extend(tied.map(|(number, node)| (WeakPoint::State(node), Lost::Node(number))));
    }
    if let Some((view, projected)) = seated.filter(|_| kinds.seats) {
        for ((sender, seat), receivers) in seats(view, projected) {
            // What the mission alone carries: no tie leads back, and none of another seat leads there.
            let alone = receivers.iter().filter(|receiver| !graph.joins(**receiver, sender));
            let edges = alone.filter_map(|to| Some((u32::try_from(sender).ok()?, u32::try_from(*to).ok()?))).collect();
            if receivers.len() > 1 {
                points.push((WeakPoint::Seat { sender, seat, serves: receivers.len() }, Lost::Edges(edges)));
            }
        }
    }
    let (points, lost): (Vec<WeakPoint>, Vec<Lost>) = points.into_iter().unzip();
    let Some(found) = losses(&plain, &lost, tell) else {
        let (ties, states) = weak_points(&plain);
        let ties = ties.into_iter().map(|(one, other)| WeakPoint::Tie(one as usize, other as usize));
        return Err(ties.chain(states.into_iter().map(|node| WeakPoint::State(node as usize))).collect());
    };
    let mut found: Vec<Weakness> =
        points.into_iter().zip(found).map(|(point, loss)| Weakness { point, loss }).collect();
    found.sort_by_key(|weakness| (std::cmp::Reverse(weakness.loss.cut), std::cmp::Reverse(weakness.loss.added)));
    Ok(found)
}

/// Receivers that each seat serves as the only one of its sender: the state in which it stands, and those that are
/// covered from it.
fn seats(view: &View<'_>, projected: &Projected) -> BTreeMap<(usize, Seat), BTreeSet<usize>> {
    let mut served: BTreeMap<(usize, usize), BTreeSet<Option<Seat>>> = BTreeMap::new();
    let network = view.network;
    for (_, _, edge) in view.edges().filter(|(.., edge)| matches!(edge.tie, TieKind::Mission | TieKind::Accreditation))
    {
        let fact = &network.facts[edge.fact()];
        let (Some(sender), Some(receiver)) = (projected.node(fact.subject()), projected.node(fact.object())) else {
            continue;
        };
        let statement = fact.tie.value();
        let home = matches!(statement, Statement::Accreditation { sending, host: Some(host), .. } if host == sending);
        let seat = network.seat(statement).filter(|seat| seat.city.is_some() && !home);
        served.entry((sender, receiver)).or_default().insert(seat);
    }
    let mut seats: BTreeMap<(usize, Seat), BTreeSet<usize>> = BTreeMap::new();
    for ((sender, receiver), from) in served {
        if let [Some(seat)] = from.into_iter().collect::<Vec<_>>().as_slice() {
            seats.entry((sender, seat.clone())).or_default().insert(receiver);
        }
    }
    seats
}
