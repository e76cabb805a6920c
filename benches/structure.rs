//! Kernels of plain graphs: `cargo bench --bench structure`; `benches/peers.py structure` times others on the same graphs.
//! One thread: `RAYON_NUM_THREADS=1 cargo bench --bench structure`.

use divan::{Bencher, black_box};
use legation::structure::communities::{Agreement, Ensemble, Method, Quality};
use legation::structure::{Hops, Plain, PlainEdge, betweenness, nearness, page_rank};

#[path = "graph.rs"]
#[allow(dead_code)]
mod graph;

const LEIDEN: Method = Method::Leiden(Quality::Modularity { resolution: 1.0 });

fn main() {
    if std::env::args().any(|word| word == "quality") {
        quality();
    } else {
        divan::main();
    }
}

/// Quality of what is found: `cargo bench --bench structure -- quality`. Of small graphs, five of each mixing and five seeds on
/// each until nothing moves; of large ones the median of five seeds, two rounds each.
#[allow(clippy::cast_precision_loss, clippy::print_stdout)]
fn quality() {
    let found = |made: &graph::Made, rounds: usize| -> Vec<(f64, f64)> {
        let graph = plain(made.communities.len(), false, &made.edges);
        let run = |seed: u64| {
            let labels = LEIDEN.run_for(&graph, seed, rounds).labels;
            (LEIDEN.quality().of(&graph, &labels), Agreement::of(&labels, &made.communities).nmi)
        };
        (1..=5).map(run).collect()
    };
    let mean = |runs: &[(f64, f64)]| runs.iter().map(|run| run.1).sum::<f64>() / runs.len() as f64;
    for mixing in [0.4, 0.5, 0.6] {
        let runs: Vec<(f64, f64)> =
            (1..=5).flat_map(|seed| found(&graph::lfr(1000, mixing, seed), usize::MAX)).collect();
        println!("LFR 1000 nodes, mixing {mixing}, five graphs: mean NMI {:.4}", mean(&runs));
    }
    for nodes in [10_000, 100_000] {
        let runs = found(&graph::lfr(nodes, 0.42, 1), 2);
        let mut qualities: Vec<f64> = runs.iter().map(|run| run.0).collect();
        qualities.sort_by(f64::total_cmp);
        println!("LFR {nodes} nodes, mixing 0.42: median modularity {:.5}, mean NMI {:.4}", qualities[2], mean(&runs));
    }
}

fn plain(nodes: usize, directed: bool, edges: &[(u32, u32)]) -> Plain {
    let edges: Vec<PlainEdge> = edges.iter().map(|(from, to)| (*from, *to, 1.0)).collect();
    Plain::new(nodes, directed, &edges)
}

fn directed() -> Plain {
    plain(200, true, &graph::even(200, 20_000, true, 1).edges)
}

fn dense() -> Plain {
    plain(1000, false, &graph::even(1000, 100_000, false, 1).edges)
}

#[divan::bench]
fn betweenness_of_200_by_20k_directed(bencher: Bencher) {
    let graph = directed();
    bencher.bench(|| betweenness(black_box(&graph)));
}

#[divan::bench]
fn betweenness_of_1k_by_100k(bencher: Bencher) {
    let graph = dense();
    bencher.bench(|| betweenness(black_box(&graph)));
}

#[divan::bench]
fn closeness_of_1k_by_100k(bencher: Bencher) {
    let graph = dense();
    bencher.bench(|| nearness(black_box(&graph)));
}

#[divan::bench]
fn page_rank_of_1k_by_100k(bencher: Bencher) {
    let graph = dense();
    bencher.bench(|| page_rank(black_box(&graph), 0.85));
}

#[divan::bench]
fn distances_of_200_by_20k_directed(bencher: Bencher) {
    let graph = directed();
    bencher.bench(|| Hops::of(black_box(&graph)));
}

/// Two rounds, as many as igraph takes by default.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn leiden_of_lfr(bencher: Bencher, nodes: u32) {
    let made = graph::lfr(nodes, 0.42, 1);
    let graph = plain(nodes as usize, false, &made.edges);
    let mut seed = 0;
    bencher.bench_local(|| {
        seed += 1;
        LEIDEN.run_for(black_box(&graph), seed, 2)
    });
}

#[divan::bench]
fn leiden_of_64_seeds_of_200_by_4k(bencher: Bencher) {
    let graph = plain(200, false, &graph::even(200, 4000, false, 1).edges);
    bencher.bench(|| Ensemble::of(black_box(&graph), LEIDEN, 0, 64, &|| {}));
}
