//! Who stands to all others as a node does (structural equivalence, Lorrain & White 1971).

use super::plain::Plain;

/// How two profiles are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Pearson's correlation of the ties sent and received, 1 for the same profile.
    Correlation,
    /// Euclidean distance of the ties sent and received, 0 for the same profile (Burt 1976).
    Euclidean,
}

impl Profile {
    /// Every way.
    pub const ALL: [Profile; 2] = [Profile::Correlation, Profile::Euclidean];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Correlation => "correlation",
            Profile::Euclidean => "euclidean",
        }
    }
}

/// Compares the profile of a node, its ties sent to and received from every third node, with that of every other. The
/// ties of the two with themselves are left out, and their ties with each other are compared crosswise: a's to b with
/// b's to a. An undirected graph has each tie once. `None` for the node itself, and for a correlation where a profile
/// does not vary. O(n · degree).
#[allow(clippy::cast_precision_loss)]
pub fn alike(graph: &Plain, node: usize, by: Profile) -> Vec<Option<f64>> {
    let incoming = graph.reversed();
    let sides: &[&Plain] = if graph.is_directed() { &[graph, &incoming] } else { &[graph] };
    let nodes = graph.nodes();
    let own: Vec<Vec<f64>> = sides.iter().map(|side| dense(side, node)).collect();
    let one = |other: usize| -> Option<f64> {
        if other == node {
            return None;
        }
        let (mut count, mut sums, mut squares, mut products, mut apart) = (0usize, [0.0; 2], [0.0; 2], 0.0, 0.0);
        let mut add = |x: f64, y: f64| {
            count += 1;
            sums = [sums[0] + x, sums[1] + y];
            squares = [squares[0] + x * x, squares[1] + y * y];
            products += x * y;
            apart += (x - y) * (x - y);
        };
        for (side, own) in sides.iter().zip(&own) {
            let theirs = dense(side, other);
            for third in (0..nodes).filter(|third| *third != node && *third != other) {
                add(own[third], theirs[third]);
            }
            add(own[other], theirs[node]);
        }
        match by {
            Profile::Euclidean => Some(apart.sqrt()),
            Profile::Correlation => {
                let count = count as f64;
                let spread = |at: usize| count * squares[at] - sums[at] * sums[at];
                let (x, y) = (spread(0), spread(1));
                (x > 1e-12 && y > 1e-12)
                    .then(|| ((count * products - sums[0] * sums[1]) / (x * y).sqrt()).clamp(-1.0, 1.0))
            }
        }
    };
    (0..nodes).map(one).collect()
}

fn dense(graph: &Plain, node: usize) -> Vec<f64> {
    let mut row = vec![0.0; graph.nodes()];
    graph.arcs_of(node).for_each(|(to, weight)| row[to] = weight);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_ties_are_the_same_place() {
        // 0 and 1 send to 2 and 3 and receive from 4; 5 does nothing.
        let arcs =
            [(0, 2, 1.0), (0, 3, 1.0), (1, 2, 1.0), (1, 3, 1.0), (4, 0, 1.0), (4, 1, 1.0), (0, 1, 1.0), (1, 0, 1.0)];
        let graph = Plain::new(6, true, &arcs);
        let near = alike(&graph, 0, Profile::Correlation);
        assert_eq!((near[0], near[1], near[5]), (None, Some(1.0), None));
        let apart = alike(&graph, 0, Profile::Euclidean);
        assert_eq!((apart[1], apart[5]), (Some(0.0), Some(5.0f64.sqrt())));
        let plain = graph.undirected();
        assert_eq!(alike(&plain, 2, Profile::Correlation)[3], Some(1.0));
    }
}
