//! Many runs of one algorithm: how far they agree, and what they agree upon.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::compare::Agreement;
use super::quality::Quality;
use super::{Method, Partition, connected};
use crate::structure::plain::{Plain, PlainEdge};

/// Nodes up to which the consensus weighs every pair; beyond, it is the run that agrees best with the others.
const DENSE: usize = 2000;

/// Runs from seeds that follow each other.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// Quality and partition of each run, by seed.
    pub runs: Vec<(f64, Partition)>,
    /// The method.
    pub method: Method,
}

#[allow(clippy::cast_precision_loss)]
impl Ensemble {
    /// Runs a method from `runs` seeds, the first of them `seed`; once where no seed matters. `tell` is told after each.
    /// The same on any number of threads.
    pub fn of(graph: &Plain, method: Method, seed: u64, runs: usize, tell: &(dyn Fn() + Sync)) -> Ensemble {
        let runs = if method.is_drawn() { runs.max(1) } else { 1 };
        let run = |at: usize| {
            let partition = method.run(graph, seed.wrapping_add(at as u64));
            tell();
            (method.quality().of(graph, &partition.labels), partition)
        };
        Ensemble { runs: (0..runs).into_par_iter().map(run).collect(), method }
    }

    /// The run of the greatest quality, of several the one with the first labels.
    pub fn best(&self) -> &(f64, Partition) {
        let better = |a: &&(f64, Partition), b: &&(f64, Partition)| {
            let apart = a.0 - b.0;
            if apart.abs() <= 1e-9 { b.1.labels.cmp(&a.1.labels) } else { a.0.total_cmp(&b.0) }
        };
        self.runs.iter().max_by(better).unwrap_or(&self.runs[0])
    }

    /// How many runs reach the quality of the best one.
    pub fn reaching_best(&self) -> usize {
        let best = self.best().0;
        self.runs.iter().filter(|(quality, _)| (quality - best).abs() <= 1e-9).count()
    }

    /// How many different partitions were found.
    pub fn distinct(&self) -> usize {
        self.runs.iter().map(|(_, partition)| &partition.labels).collect::<BTreeSet<_>>().len()
    }

    /// Mean NMI of all pairs of runs; 1 for one run.
    pub fn agreement(&self) -> f64 {
        let pairs: Vec<(usize, usize)> =
            (0..self.runs.len()).flat_map(|one| (0..one).map(move |other| (one, other))).collect();
        let nmi = |(one, other): &(usize, usize)| {
            let (one, other) = (&self.runs[*one].1.labels, &self.runs[*other].1.labels);
            if one == other { 1.0 } else { Agreement::of(one, other).nmi }
        };
        let found: Vec<f64> = pairs.par_iter().map(nmi).collect();
        if found.is_empty() { 1.0 } else { found.iter().sum::<f64>() / found.len() as f64 }
    }

    /// The partition that disagrees least with all runs about who belongs with whom: the median partition under Rand's
    /// distance (Mirkin 1974), sought by Leiden on the share of runs in which a pair is together, less one half. Of
    /// graphs beyond 2,000 nodes, the run nearest to the others. What it leaves in pieces is split; a node that it leaves
    /// alone though most runs do not goes where it is most often.
    pub fn consensus(&self, graph: &Plain) -> Partition {
        let nodes = graph.nodes();
        if self.runs.len() == 1 {
            return self.runs[0].1.clone();
        }
        if nodes > DENSE {
            return self.nearest().clone();
        }
        let mut together = vec![0u32; nodes * nodes];
        for (_, partition) in &self.runs {
            for members in partition.members() {
                for (at, one) in members.iter().enumerate() {
                    members[at + 1..].iter().for_each(|other| together[one * nodes + other] += 1);
                }
            }
        }
        let mut edges: Vec<PlainEdge> = Vec::new();
        for one in 0..nodes {
            for other in one + 1..nodes {
                let count = together[one * nodes + other];
                if let (true, Ok(a), Ok(b)) = (count > 0, u32::try_from(one), u32::try_from(other)) {
                    edges.push((a, b, f64::from(count) / self.runs.len() as f64));
                }
            }
        }
        let shares = Plain::new(nodes, false, &edges);
        let half = Quality::Cpm { resolution: 0.5 };
        let found: Vec<(f64, Partition)> = (0..16u64)
            .into_par_iter()
            .map(|seed| {
                let found = Method::Leiden(half).run(&shares, seed);
                (half.of(&shares, &found.labels), found)
            })
            .collect();
        let median = Ensemble { runs: found, method: Method::Leiden(half) }.best().1.clone();
        let mut labels = connected(graph, &median.labels);
        self.settle(graph, &shares, &mut labels);
        Partition::new(&labels)
    }

    /// Puts a node that the median leaves alone, though most runs do not, where it is most often: with the community of a
    /// neighbour whose members it is together with in the greatest share of runs.
    fn settle(&self, graph: &Plain, shares: &Plain, labels: &mut [usize]) {
        let sizes = |labels: &[usize]| {
            let mut sizes = vec![0usize; labels.len()];
            labels.iter().for_each(|label| sizes[*label] += 1);
            sizes
        };
        for node in 0..labels.len() {
            let alone = self.runs.iter().filter(|(_, run)| run.sizes[run.labels[node]] == 1).count();
            let sizes = sizes(labels);
            if sizes[labels[node]] > 1 || 2 * alone >= self.runs.len() {
                continue;
            }
            let mut sums = std::collections::BTreeMap::<usize, f64>::new();
            shares.arcs_of(node).for_each(|(other, share)| *sums.entry(labels[other]).or_default() += share);
            let near: BTreeSet<usize> = graph.row(node).iter().map(|other| labels[*other as usize]).collect();
            let means = sums.into_iter().filter(|(label, _)| near.contains(label));
            let mean = |(label, sum): (usize, f64)| (sum / sizes[label] as f64, label);
            if let Some((_, label)) = means.map(mean).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
                labels[node] = label;
            }
        }
    }

    /// The run whose mean NMI with the others is greatest.
    fn nearest(&self) -> &Partition {
        let mean = |one: &(f64, Partition)| -> f64 {
            self.runs.iter().map(|other| Agreement::of(&one.1.labels, &other.1.labels).nmi).sum()
        };
        let means: Vec<f64> = self.runs.par_iter().map(mean).collect();
        let best = (0..means.len()).max_by(|a, b| means[*a].total_cmp(&means[*b]).then(b.cmp(a))).unwrap_or(0);
        &self.runs[best].1
    }

    /// How surely each node belongs where a partition puts it: the share of runs in which it is together with a member of
    /// its community, as a mean over the other members; 1 for one that is alone there, if it is alone in every run.
    pub fn stability(&self, partition: &Partition) -> Vec<f64> {
        let members = partition.members();
        let mut sums = vec![0.0; partition.labels.len()];
        for (_, run) in &self.runs {
            for community in &members {
                let mut counts = std::collections::BTreeMap::<usize, usize>::new();
                community.iter().for_each(|node| *counts.entry(run.labels[*node]).or_default() += 1);
                for node in community {
                    let with = counts.get(&run.labels[*node]).copied().unwrap_or(1) - 1;
                    sums[*node] += match community.len() {
                        1 => f64::from(u8::from(run.sizes[run.labels[*node]] == 1)),
                        size => with as f64 / (size - 1) as f64,
                    };
                }
            }
        }
        sums.into_iter().map(|sum| sum / self.runs.len() as f64).collect()
    }
}

/// One resolution.
#[derive(Clone, Debug)]
pub struct ScanStep {
    /// The resolution.
    pub resolution: f64,
    /// Consensus of the runs.
    pub partition: Partition,
    /// Its quality at this resolution.
    pub quality: f64,
    /// Mean NMI of all pairs of runs.
    pub agreement: f64,
    /// Variation of information from the step before, as a share of ln n; `None` for the first.
    pub change: Option<f64>,
}

/// Seeks communities at every resolution of a list.
#[allow(clippy::cast_precision_loss)]
pub fn scan(
    graph: &Plain,
    method: Method,
    resolutions: &[f64],
    seed: u64,
    runs: usize,
    tell: &(dyn Fn() + Sync),
) -> Vec<ScanStep> {
    let mut steps: Vec<ScanStep> = Vec::new();
    let most = (graph.nodes().max(2) as f64).ln();
    for resolution in resolutions {
        let method = method.at(*resolution);
        let ensemble = Ensemble::of(graph, method, seed, runs, tell);
        let partition = ensemble.consensus(graph);
        let change = steps.last().map(|last| Agreement::of(&last.partition.labels, &partition.labels).vi / most);
        let quality = method.quality().of(graph, &partition.labels);
        let agreement = ensemble.agreement();
        steps.push(ScanStep { resolution: *resolution, partition, quality, agreement, change });
    }
    steps
}

/// Resolutions over which a partition hardly changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// First resolution.
    pub from: f64,
    /// Last resolution.
    pub to: f64,
    /// Place of the step at its middle.
    pub middle: usize,
}

/// Change from step to step up to which a plateau goes on, as a share of ln n.
const LEVEL: f64 = 0.02;

/// Plateaus of two steps or more, the longest first (by the ratio of its resolutions).
pub fn plateaus(steps: &[ScanStep]) -> Vec<Plateau> {
    let mut found: Vec<Plateau> = Vec::new();
    let mut first = 0;
    for at in 1..=steps.len() {
        if steps.get(at).is_some_and(|step| step.change.is_some_and(|change| change <= LEVEL)) {
            continue;
        }
        // A plateau of everything in one piece, or of every node alone, says nothing.
        let count = steps.get(first).map_or(0, |step| step.partition.count());
        if at - first > 1 && count > 1 && steps[first].partition.sizes[0] > 1 {
            let (from, to) = (steps[first].resolution, steps[at - 1].resolution);
            found.push(Plateau { from, to, middle: usize::midpoint(first, at - 1) });
        }
        first = at;
    }
    found.sort_by(|a, b| (b.to / b.from).total_cmp(&(a.to / a.from)).then(a.from.total_cmp(&b.from)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::samples::{drawn, karate};

    const LEIDEN: Method = Method::Leiden(Quality::Modularity { resolution: 1.0 });

    #[test]
    fn runs_that_differ_are_told() {
        let graph = karate();
        let ensemble = Ensemble::of(&graph, LEIDEN, 0, 40, &|| {});
        assert!((ensemble.best().0 - 0.419_789_6).abs() < 5e-8);
        assert_eq!((ensemble.distinct(), ensemble.reaching_best()), (1, 40));
        let consensus = ensemble.consensus(&graph);
        let stability = ensemble.stability(&consensus);
        assert!(stability.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(stability[33] > 0.8, "{}", stability[33]);
        // A graph without order: nobody belongs anywhere for sure.
        let noise = drawn(60, 300, false, 1);
        let ensemble = Ensemble::of(&noise, LEIDEN, 0, 20, &|| {});
        let stability = ensemble.stability(&ensemble.consensus(&noise));
        assert!(ensemble.distinct() > 10 && ensemble.reaching_best() < 10);
        assert!(ensemble.agreement() < 0.75 && stability.iter().sum::<f64>() / 60.0 < 0.8);
    }

    #[test]
    fn a_ring_of_cliques_has_a_plateau_of_its_cliques() {
        let mut edges = Vec::new();
        for clique in 0..8u32 {
            for one in 0..5 {
                (one + 1..5).for_each(|other| edges.push((clique * 5 + one, clique * 5 + other, 1.0)));
            }
            edges.push((clique * 5, (clique * 5 + 6) % 40, 1.0));
        }
        let graph = Plain::new(40, false, &edges);
        let resolutions: Vec<f64> = (-4..=8).map(|step| 2f64.powf(f64::from(step) / 2.0)).collect();
        let steps = scan(&graph, LEIDEN, &resolutions, 0, 4, &|| {});
        let longest = plateaus(&steps)[0];
        assert_eq!(steps[longest.middle].partition.count(), 8);
        assert!(longest.to / longest.from >= 4.0);
    }
}
