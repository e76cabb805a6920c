//! Standing that comes from the standing of others: PageRank and eigenvector centrality.

use super::plain::Plain;

/// What an iteration ends with.
#[derive(Clone, Debug, PartialEq)]
pub struct Iterated {
    /// A value a node.
    pub values: Vec<f64>,
    /// How many rounds it took.
    pub rounds: usize,
    /// Whether the values had come to rest; if not, the last round's are given.
    pub converged: bool,
}

const ROUNDS: usize = 10_000;

/// PageRank (Brin & Page 1998): arcs carry the standing of their start in proportion to their weights, with probability
/// `damping`; nodes without arcs give to all alike. Values sum to 1. Rounds end where the values of all nodes together
/// move by less than 1e-10. O(rounds · edges).
#[allow(clippy::cast_precision_loss)]
pub fn page_rank(graph: &Plain, damping: f64) -> Iterated {
    let nodes = graph.nodes();
    let incoming = graph.reversed();
    let strength: Vec<f64> = (0..nodes).map(|node| graph.strength(node)).collect();
    let plain = (0..nodes).all(|node| graph.weights(node).iter().all(|weight| (*weight - 1.0).abs() < f64::EPSILON));
    let even = 1.0 / nodes.max(1) as f64;
    let (mut values, mut given) = (vec![even; nodes], vec![0.0; nodes]);
    for round in 1..=ROUNDS {
        let mut idle = 0.0;
        for node in 0..nodes {
            if strength[node] > 0.0 {
                given[node] = values[node] / strength[node];
            } else {
                (given[node], idle) = (0.0, idle + values[node]);
            }
        }
        let base = (1.0 - damping) * even + damping * idle * even;
        let mut moved = 0.0;
        for (node, known) in values.iter_mut().enumerate() {
            let taken = if plain {
                super::sum_of(incoming.row(node), &given)
            } else {
                incoming.arcs_of(node).map(|(from, weight)| weight * given[from]).sum()
            };
            let value = base + damping * taken;
            moved += (value - *known).abs();
            *known = value;
        }
        if moved < 1e-10 {
            return Iterated { values, rounds: round, converged: true };
        }
    }
    Iterated { values, rounds: ROUNDS, converged: nodes == 0 }
}

/// Eigenvector centrality (Bonacich 1972): the standing of a node is in proportion to the weighted sum of those from
/// which arcs lead to it. Of length 1. The power method on A + I, which has the eigenvectors of A and does not swing on
/// bipartite graphs, until the values move by less than 1e-12 together. A graph whose parts are not joined has its
/// weight in one of them. O(rounds · edges).
#[allow(clippy::cast_precision_loss)]
pub fn eigenvector(graph: &Plain) -> Iterated {
    let nodes = graph.nodes();
    let incoming = graph.reversed();
    let mut values = vec![1.0 / (nodes.max(1) as f64).sqrt(); nodes];
    for round in 1..=ROUNDS {
        let added = |node: usize| -> f64 { incoming.arcs_of(node).map(|(from, weight)| weight * values[from]).sum() };
        let mut next: Vec<f64> = (0..nodes).map(|node| values[node] + added(node)).collect();
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length <= 0.0 {
            break;
        }
        next.iter_mut().for_each(|value| *value /= length);
        let moved: f64 = next.iter().zip(&values).map(|(new, old)| (new - old).abs()).sum();
        values = next;
        if moved < 1e-12 * nodes as f64 {
            return Iterated { values, rounds: round, converged: true };
        }
    }
    Iterated { values, rounds: ROUNDS, converged: nodes == 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::karate;

    #[test]
    fn of_the_karate_club() {
        let ranks = page_rank(&karate(), 0.85);
        assert!(ranks.converged);
        assert!((ranks.values[33] - 0.100_919).abs() < 5e-7 && (ranks.values[0] - 0.096_997).abs() < 5e-7);
        assert!((ranks.values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // networkx.eigenvector_centrality_numpy(networkx.karate_club_graph(), weight=None)
        let values = eigenvector(&karate()).values;
        assert!((values[33] - 0.373_363_470_3).abs() < 1e-8 && (values[0] - 0.355_491_444_5).abs() < 1e-8);
    }

    #[test]
    fn a_node_without_arcs_gives_to_all() {
        let graph = Plain::new(3, true, &[(0, 1, 3.0), (0, 2, 1.0)]);
        let ranks = page_rank(&graph, 0.85).values;
        // networkx.pagerank of the same graph, tol 1e-12.
        for (found, known) in ranks.iter().zip([0.259_740_259_7, 0.425_324_675_3, 0.314_935_064_9]) {
            assert!((found - known).abs() < 1e-8, "{found} {known}");
        }
        assert!(page_rank(&Plain::new(0, true, &[]), 0.85).values.is_empty());
        assert_eq!(eigenvector(&Plain::new(2, true, &[(0, 1, 1.0)])).values.len(), 2);
    }
}
