//! Whether ties are returned, and whether the partners of a node are partners of each other.

use rayon::prelude::*;

use super::plain::Plain;

/// Returned and closed ties of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Closure {
    /// Arcs that leave it.
    pub sent: usize,
    /// Arcs that reach it.
    pub received: usize,
    /// Nodes to which an arc leads and from which one comes.
    pub mutual: usize,
    /// Partners, whatever the direction.
    pub partners: usize,
    /// Pairs of its partners that are partners of each other.
    pub closed: usize,
}

#[allow(clippy::cast_precision_loss)]
impl Closure {
    /// Share of its arcs, sent and received, that are returned; `None` without arcs.
    pub fn reciprocity(&self) -> Option<f64> {
        let all = self.sent + self.received;
        (all > 0).then(|| 2.0 * self.mutual as f64 / all as f64)
    }

    /// Share of the pairs of its partners that are partners of each other (local clustering, Watts & Strogatz 1998);
    /// `None` with fewer than two partners.
    pub fn transitivity(&self) -> Option<f64> {
        let pairs = self.partners * self.partners.saturating_sub(1) / 2;
        (pairs > 0).then(|| self.closed as f64 / pairs as f64)
    }
}

/// Returned and closed ties of the whole graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cohesion {
    /// Edges that there are of those that could be; `None` with fewer than two nodes.
    pub density: Option<f64>,
    /// Share of arcs that are returned; 1 in an undirected graph, `None` without arcs.
    pub reciprocity: Option<f64>,
    /// Three times the triangles by the pairs of edges that meet, without directions; `None` where none meet.
    pub transitivity: Option<f64>,
    /// How many triangles, without directions.
    pub triangles: usize,
}

/// Closure of every node. O(edges · largest degree).
pub fn closure(graph: &Plain) -> Vec<Closure> {
    let (incoming, plain) = (graph.reversed(), graph.undirected());
    (0..graph.nodes())
        .into_par_iter()
        .map(|node| {
            let partners = plain.row(node);
            let twice: usize = partners.iter().map(|other| shared(partners, plain.row(*other as usize))).sum();
            Closure {
                sent: graph.row(node).len(),
                received: incoming.row(node).len(),
                mutual: shared(graph.row(node), incoming.row(node)),
                partners: partners.len(),
                closed: twice / 2,
            }
        })
        .collect()
}

/// Cohesion of the whole, from the closure of its nodes.
#[allow(clippy::cast_precision_loss)]
pub fn cohesion(graph: &Plain, closure: &[Closure]) -> Cohesion {
    let nodes = graph.nodes();
    let possible = nodes * nodes.saturating_sub(1) / if graph.is_directed() { 1 } else { 2 };
    let sent: usize = closure.iter().map(|node| node.sent).sum();
    let mutual: usize = closure.iter().map(|node| node.mutual).sum();
    let corners: usize = closure.iter().map(|node| node.closed).sum();
    let meetings: usize = closure.iter().map(|node| node.partners * node.partners.saturating_sub(1) / 2).sum();
    let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    Cohesion {
        density: share(graph.edge_count(), possible),
        reciprocity: share(mutual, sent),
        transitivity: share(corners, meetings),
        triangles: corners / 3,
    }
}

/// How many numbers two sorted lists share.
fn shared(one: &[u32], other: &[u32]) -> usize {
    let (mut a, mut b, mut count) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        let (x, y) = (one[a], other[b]);
        count += usize::from(x == y);
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::karate;

    #[test]
    fn of_the_karate_club() {
        let graph = karate();
        let closure = closure(&graph);
        let cohesion = cohesion(&graph, &closure);
        // networkx: transitivity, triangles, clustering, density.
        assert!((cohesion.transitivity.unwrap() - 0.255_681_818_2).abs() < 1e-9);
        assert!((cohesion.density.unwrap() - 0.139_037_433_2).abs() < 1e-9);
        assert_eq!((cohesion.triangles, cohesion.reciprocity), (45, Some(1.0)));
        assert!((closure[0].transitivity().unwrap() - 0.15).abs() < 1e-12);
        assert_eq!(closure[11].transitivity(), None);
    }

    #[test]
    fn arcs_that_are_returned() {
        let graph = Plain::new(4, true, &[(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        let closure = closure(&graph);
        assert_eq!(closure[0].reciprocity(), Some(2.0 / 3.0));
        assert_eq!(closure[3].reciprocity(), None);
        let whole = cohesion(&graph, &closure);
        assert_eq!((whole.reciprocity, whole.triangles), (Some(0.5), 1));
    }
}
