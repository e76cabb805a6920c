//! Label propagation.

use crate::random::Random;
use crate::structure::plain::Plain;

/// Rounds after which nodes that swing between labels are left as they are.
const ROUNDS: usize = 100;

/// Every node takes the label that weighs most among its neighbours, one after the other in an order drawn anew each
/// round, until none would change (Raghavan, Albert & Kumara 2007). Its own label stays where it is among the heaviest,
/// else one of these is drawn.
pub(super) fn labels(graph: &Plain, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed, 1);
    let nodes = graph.nodes();
    let mut labels: Vec<usize> = (0..nodes).collect();
    let mut order: Vec<usize> = (0..nodes).collect();
    let (mut weights, mut near, mut heaviest) = (vec![0.0; nodes], Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        let mut changed = false;
        for node in &order {
            near.clear();
            for (to, weight) in graph.arcs_of(*node) {
                weights[labels[to]] += weight;
                near.push(labels[to]);
            }
            near.sort_unstable();
            near.dedup();
            let most = near.iter().map(|label| weights[*label]).fold(0.0, f64::max);
            heaviest.clear();
            heaviest.extend(near.iter().copied().filter(|label| weights[*label] > 0.0 && weights[*label] >= most));
            near.iter().for_each(|label| weights[*label] = 0.0);
            if heaviest.is_empty() || heaviest.contains(&labels[*node]) {
                continue;
            }
            labels[*node] = heaviest[random.below(heaviest.len())];
            changed = true;
        }
        if !changed {
            break;
        }
    }
    labels
}
