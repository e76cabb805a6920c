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

/// Quality of what is found, over the seeds 1 to 5 of the algorithm: `cargo bench --bench structure -- quality`.
#[allow(clippy::cast_precision_loss, clippy::print_stdout)]
fn quality() {
    for (nodes, mixing) in
        [(1000, 0.4), (1000, 0.5), (1000, 0.6), (1000, 0.65), (1000, 0.7), (10_000, 0.42), (100_000, 0.42)]
    {
        let made = graph::lfr(nodes, mixing, 1);
        let graph = plain(nodes as usize, false, &made.edges);
        let found: Vec<(f64, f64)> = (1..=5)
            .map(|seed| {
                let labels = LEIDEN.run_for(&graph, seed, 2).labels;
                (LEIDEN.quality().of(&graph, &labels), Agreement::of(&labels, &made.communities).nmi)
            })
            .collect();
        let mut qualities: Vec<f64> = found.iter().map(|run| run.0).collect();
        qualities.sort_by(f64::total_cmp);
        let nmi = found.iter().map(|run| run.1).sum::<f64>() / found.len() as f64;
        println!("LFR {nodes} nodes, mixing {mixing}: median modularity {:.5}, mean NMI {nmi:.4}", qualities[2]);
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
