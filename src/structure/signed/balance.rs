//! How far a signed graph is from balance.

use super::super::plain::Plain;

/// Nodes up to which walks are counted: their number needs the whole table of pairs.
const WALKED: usize = 800;

/// Balance of a signed graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Friendly ties.
    pub friendly: usize,
    /// Hostile ties.
    pub hostile: usize,
    /// Triangles by how many of their ties are hostile: none, one, two, three.
    pub triangles: [usize; 4],
    /// Walk balance (Estrada & Benzi 2014): tr exp(A) / tr exp(|A|), 1 where every closed walk is balanced; by signs, not
    /// weights. `None` beyond 800 nodes.
    pub walks: Option<f64>,
}

#[allow(clippy::cast_precision_loss)]
impl Balance {
    /// Share of triangles that are balanced, with none or two hostile ties (Cartwright & Harary 1956); `None` without
    /// triangles.
    pub fn index(&self) -> Option<f64> {
        let all: usize = self.triangles.iter().sum();
        (all > 0).then(|| (self.triangles[0] + self.triangles[2]) as f64 / all as f64)
    }
}

/// Balance of a graph without directions. O(edges · largest degree), and O(n³) for the walks.
pub fn balance(graph: &Plain) -> Balance {
    let mut triangles = [0usize; 4];
    for (one, other, weight) in graph.edges() {
        for (third, to_third) in graph.arcs_of(other as usize).filter(|(third, _)| *third > other as usize) {
            let back = graph.weight(one as usize, third);
            if graph.joins(one as usize, third) {
                triangles[[weight, to_third, back].iter().filter(|weight| **weight < 0.0).count()] += 1;
            }
        }
    }
    let hostile = graph.edges().filter(|edge| edge.2 < 0.0).count();
    let walks = (graph.nodes() <= WALKED && graph.nodes() > 0).then(|| {
        // Both less the same: the exponentials stay within numbers, and their ratio is the same.
        let most = (0..graph.nodes()).map(|node| graph.row(node).len()).max().unwrap_or(0);
        trace_of_exponential(graph, most, f64::signum) / trace_of_exponential(graph, most, |_| 1.0)
    });
    Balance { friendly: graph.edge_count() - hostile, hostile, triangles, walks }
}

/// tr exp(A − c I) for the signs of a graph, by a Taylor series of a small part of it that is squared again and again.
#[allow(clippy::cast_precision_loss)]
fn trace_of_exponential(graph: &Plain, most: usize, sign: impl Fn(f64) -> f64) -> f64 {
    let nodes = graph.nodes();
    let shift = most as f64;
    let squarings = (2.0 * shift).max(1.0).log2().ceil() as i32 + 1;
    let small = 0.5f64.powi(squarings);
    let mut base = vec![0.0; nodes * nodes];
    for node in 0..nodes {
        base[node * nodes + node] = -shift * small;
        graph.arcs_of(node).for_each(|(to, weight)| base[node * nodes + to] = sign(weight) * small);
    }
    // Horner's scheme of the series, whose 14th term is below 1e-15.
    let mut power = vec![0.0; nodes * nodes];
    (0..nodes).for_each(|node| power[node * nodes + node] = 1.0);
    for term in (1..=14).rev() {
        power = product(&base, &power, nodes);
        power.iter_mut().for_each(|value| *value /= f64::from(term));
        (0..nodes).for_each(|node| power[node * nodes + node] += 1.0);
    }
    for _ in 0..squarings {
        power = product(&power, &power, nodes);
    }
    (0..nodes).map(|node| power[node * nodes + node]).sum()
}

fn product(one: &[f64], other: &[f64], nodes: usize) -> Vec<f64> {
    let mut out = vec![0.0; nodes * nodes];
    for (row, out) in one.chunks(nodes).zip(out.chunks_mut(nodes)) {
        for (value, other) in row.iter().zip(other.chunks(nodes)) {
            if *value != 0.0 {
                out.iter_mut().zip(other).for_each(|(out, other)| *out += value * other);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangles_and_walks() {
        let balanced = Plain::new(3, false, &[(0, 1, 1.0), (1, 2, -2.0), (0, 2, -1.0)]);
        let found = balance(&balanced);
        assert_eq!((found.friendly, found.hostile, found.triangles), (1, 2, [0, 0, 1, 0]));
        assert_eq!(found.index(), Some(1.0));
        assert!((found.walks.unwrap() - 1.0).abs() < 1e-12);
        // One hostile tie: eigenvalues 1, 1, −2 in the place of 2, −1, −1.
        let other = balance(&Plain::new(3, false, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, -1.0)]));
        let e = std::f64::consts::E;
        let known = (2.0 * e + (-2.0f64).exp()) / (e * e + 2.0 / e);
        assert!((other.walks.unwrap() - known).abs() < 1e-12);
        assert_eq!((other.index(), balance(&Plain::new(2, false, &[])).index()), (Some(0.0), None));
    }
}
