//! How good a partition is.

use crate::structure::plain::Plain;

/// What a community has, so that the weight expected by chance between two is a product.
pub(in crate::structure) trait Mass: Copy + Default {
    /// Adds a member.
    fn add(&mut self, other: Self);
    /// Takes a member away.
    fn take(&mut self, other: Self);
    /// Weight expected between two, from both ends of it.
    fn by_chance(self, other: Self) -> f64;
}

impl Mass for f64 {
    fn add(&mut self, other: f64) {
        *self += other;
    }
    fn take(&mut self, other: f64) {
        *self -= other;
    }
    fn by_chance(self, other: f64) -> f64 {
        self * other
    }
}

/// Mass of friendly and of hostile ties: what is expected of the second counts for being together.
impl Mass for (f64, f64) {
    fn add(&mut self, other: (f64, f64)) {
        *self = (self.0 + other.0, self.1 + other.1);
    }
    fn take(&mut self, other: (f64, f64)) {
        *self = (self.0 - other.0, self.1 - other.1);
    }
    fn by_chance(self, other: (f64, f64)) -> f64 {
        self.0 * other.0 - self.1 * other.1
    }
}

/// What a good partition has much of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quality {
    /// Modularity (Newman & Girvan 2004) with a resolution γ (Reichardt & Bornholdt 2006):
    /// Σ over communities of w/m − γ (k/2m)², where w is the weight within, k the strength of its nodes and m the weight of
    /// all. From −½ to 1 at γ = 1.
    Modularity {
        /// Resolution; 1 is Newman and Girvan's.
        resolution: f64,
    },
    /// Constant Potts model (Traag, Van Dooren & Nesterov 2011): Σ over communities of w − γ n (n − 1) / 2, where n is
    /// the number of nodes: a community is denser within than γ.
    Cpm {
        /// Weight of a pair above which it belongs together.
        resolution: f64,
    },
}

impl Quality {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Quality::Modularity { .. } => "modularity",
            Quality::Cpm { .. } => "CPM",
        }
    }

    /// The resolution.
    pub fn resolution(self) -> f64 {
        match self {
            Quality::Modularity { resolution } | Quality::Cpm { resolution } => resolution,
        }
    }

    /// The same with another resolution.
    #[must_use]
    pub fn at(self, resolution: f64) -> Quality {
        match self {
            Quality::Modularity { .. } => Quality::Modularity { resolution },
            Quality::Cpm { .. } => Quality::Cpm { resolution },
        }
    }

    /// The quality of a partition of an undirected graph: one label a node. 0 where modularity has no weight to share.
    #[allow(clippy::cast_precision_loss)]
    pub fn of(self, graph: &Plain, labels: &[usize]) -> f64 {
        let count = labels.iter().max().map_or(0, |most| most + 1);
        let (mut within, mut strength, mut sizes) = (0.0, vec![0.0; count], vec![0.0; count]);
        for (node, label) in labels.iter().enumerate() {
            sizes[*label] += 1.0;
            for (to, weight) in graph.arcs_of(node) {
                strength[*label] += weight;
                within += if labels[to] == *label { weight / 2.0 } else { 0.0 };
            }
        }
        match self {
            Quality::Modularity { resolution } => {
                let total = graph.total();
                let by_chance = |strength: &f64| (strength / (2.0 * total)).powi(2);
                if total <= 0.0 {
                    return 0.0;
                }
                within / total - resolution * strength.iter().map(by_chance).sum::<f64>()
            }
            Quality::Cpm { resolution } => {
                within - resolution * sizes.iter().map(|size| size * (size - 1.0) / 2.0).sum::<f64>()
            }
        }
    }

    /// What each node weighs, so that twice the quality is Σ within − Σ by chance, but for what all partitions share.
    pub(super) fn masses(self, graph: &Plain) -> Vec<f64> {
        let nodes = 0..graph.nodes();
        match self {
            Quality::Modularity { resolution } => {
                let total = graph.total();
                let unit = if total > 0.0 { (resolution / (2.0 * total)).sqrt() } else { 0.0 };
                nodes.map(|node| graph.strength(node) * unit).collect()
            }
            Quality::Cpm { resolution } => nodes.map(|_| resolution.sqrt()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_triangles_joined() {
        let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0), (3, 5, 1.0), (2, 3, 1.0)];
        let graph = Plain::new(6, false, &edges);
        let two = [0, 0, 0, 1, 1, 1];
        let modularity = Quality::Modularity { resolution: 1.0 };
        assert!((modularity.of(&graph, &two) - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
        assert!(modularity.of(&graph, &[0; 6]).abs() < 1e-12);
        assert!((Quality::Cpm { resolution: 0.25 }.of(&graph, &two) - (6.0 - 1.5)).abs() < 1e-12);
        assert_eq!(modularity.of(&Plain::new(3, false, &[]), &[0, 1, 2]), 0.0);
    }
}
