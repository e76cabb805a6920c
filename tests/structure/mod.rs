//! Algorithms of plain graphs against values of other programs, laws of any graph, and what the questions answer.

use std::collections::BTreeMap;

use legation::analysis::RankMeasure;
use legation::structure::communities::{Agreement, Method, Quality};
use legation::structure::{EdgeList, Plain, PlainEdge, RouteRule, best_routes};
use proptest::prelude::*;

use crate::run;

#[path = "../../benches/graph.rs"]
#[allow(dead_code)]
mod graph;

const LEIDEN: Method = Method::Leiden(Quality::Modularity { resolution: 1.0 });

fn table(name: &str) -> (Vec<String>, Plain) {
    let path = format!("tests/structure/{name}.csv");
    let bytes = std::fs::File::open(&path).expect("the table");
    EdgeList::read(&path, bytes, &mut |_| {}).expect("a table of edges").graph(name == "directed", None)
}

#[test]
fn as_networkx_has_it() {
    let mut reader = csv::Reader::from_path("tests/structure/networkx.csv").expect("the values");
    let mut known: BTreeMap<(String, String), BTreeMap<String, f64>> = BTreeMap::new();
    for row in reader.deserialize::<(String, String, String, f64)>() {
        let (graph, measure, node, value) = row.expect("a row");
        known.entry((graph, measure)).or_default().insert(node, value);
    }
    let mut checked = 0;
    for ((name, measure), values) in &known {
        let (names, graph) = table(name);
        let node = |label: &str| names.iter().position(|known| known == label).expect("a node");
        if let Some(ends) = measure.strip_prefix("way ") {
            let (start, end) = ends.split_once(' ').expect("two ends");
            let routes = best_routes(&graph, node(start), node(end), values.len(), &RouteRule::default()).routes;
            let costs: Vec<f64> = routes.iter().map(|route| route.cost as f64 / 1000.0).collect();
            let ranked: BTreeMap<usize, f64> =
                values.iter().map(|(rank, cost)| (rank.parse().expect("a rank"), *cost)).collect();
            assert_eq!(costs, ranked.into_values().collect::<Vec<_>>(), "{name} {measure}");
        } else {
            let by = RankMeasure::ALL.into_iter().find(|by| by.name() == measure).expect("a measure");
            let (found, converged) = by.of(&graph);
            assert!(converged);
            for (label, value) in values {
                // Where it cannot be told, NetworkX says 0.
                let found = found[node(label)].unwrap_or(0.0);
                assert!((found - value).abs() < 1e-8, "{name} {measure} {label}: {found} {value}");
            }
        }
        checked += values.len();
    }
    assert!(checked > 600, "only {checked} values were compared");
}

/// Mean NMI with what is planted, over five graphs and five seeds each; igraph 1.0.0's Leiden, until nothing moves, has on
/// the same graphs what stands beside it (`community_leiden("modularity", n_iterations=-1)`, seeds 1 to 5).
#[test]
fn planted_communities_are_found_as_by_igraph() {
    for (mixing, igraph) in [(0.4, 1.0), (0.5, 0.9979), (0.6, 0.9729)] {
        let mut sum = 0.0;
        for made in (1..=5).map(|seed| graph::lfr(1000, mixing, seed)) {
            let edges: Vec<PlainEdge> = made.edges.iter().map(|(from, to)| (*from, *to, 1.0)).collect();
            let graph = Plain::new(1000, false, &edges);
            sum +=
                (1..=5).map(|seed| Agreement::of(&LEIDEN.run(&graph, seed).labels, &made.communities).nmi).sum::<f64>();
        }
        assert!(sum / 25.0 >= igraph - 5e-5, "{mixing}: {} against {igraph}", sum / 25.0);
    }
}

fn edges() -> impl Strategy<Value = (usize, Vec<PlainEdge>)> {
    (2usize..14).prop_flat_map(|nodes| {
        let node = 0..u32::try_from(nodes).expect("few");
        let edge = (node.clone(), node, 1u8..5).prop_map(|(from, to, weight)| (from, to, f64::from(weight)));
        (Just(nodes), proptest::collection::vec(edge, 0..40))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Measures do not depend on how nodes are numbered.
    #[test]
    fn a_permutation_permutes_the_measures((nodes, list) in edges(), directed: bool, shift in 1usize..9) {
        let place = |node: u32| (node * 5 + u32::try_from(shift).unwrap()) % 97;
        let mut order: Vec<u32> = (0..u32::try_from(nodes).unwrap()).collect();
        order.sort_by_key(|node| place(*node));
        let new = |node: u32| u32::try_from(order.iter().position(|known| *known == node).unwrap()).unwrap();
        let moved: Vec<PlainEdge> = list.iter().map(|(from, to, weight)| (new(*from), new(*to), *weight)).collect();
        let (one, other) = (Plain::new(nodes, directed, &list), Plain::new(nodes, directed, &moved));
        for by in RankMeasure::ALL {
            // An eigenvector of a graph in parts is one of many.
            if by == RankMeasure::Eigenvector {
                continue;
            }
            let (a, b) = (by.of(&one).0, by.of(&other).0);
            for node in 0..u32::try_from(nodes).unwrap() {
                match (a[node as usize], b[new(node) as usize]) {
                    (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-8, "{by:?} {a} {b}"),
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }
    }

    /// Routes come by cost, none twice, and each is a way of the graph that meets no node twice.
    #[test]
    fn routes_are_ways((nodes, list) in edges(), directed: bool) {
        let graph = Plain::new(nodes, directed, &list);
        let routes = best_routes(&graph, 0, nodes - 1, 20, &RouteRule::default()).routes;
        for pair in routes.windows(2) {
            prop_assert!((pair[0].cost, pair[0].nodes.len(), &pair[0].nodes) < (pair[1].cost, pair[1].nodes.len(), &pair[1].nodes));
        }
        for route in &routes {
            let mut seen = route.nodes.clone();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len(), route.nodes.len());
            prop_assert!(route.nodes.windows(2).all(|pair| graph.joins(pair[0], pair[1])));
        }
    }

    /// Any bytes are read without a panic, and what is read makes a graph.
    #[test]
    fn any_table_of_edges_is_read(text in "(from|ccode1|x)[,;\t](to|ccode2|weight)[,;\t](weight|year|z)\n([a-c,;\t\"0-9.\n+-]{0,60})") {
        if let Ok(list) = EdgeList::read("t.csv", text.as_bytes(), &mut |_| {}) {
            for directed in [false, true] {
                let (names, graph) = list.graph(directed, list.span().map(|(first, _)| first));
                prop_assert_eq!(names.len(), graph.nodes());
                prop_assert!(LEIDEN.run(&graph.filtered(|edge| edge.2 > 0.0).undirected(), 1).labels.len() == names.len());
            }
        }
    }
}

exchanges! {
    karate_clusters: "clusters --edges tests/structure/karate.csv";
    karate_best: "clusters --edges tests/structure/karate.csv --best --each --format csv";
    world_agreement: "clusters --runs 4 --agreement";
    karate_scan: "clusters --edges tests/structure/karate.csv --scan 0.5..2 --steps 5 --runs 8";
    karate_cpm: "clusters --edges tests/structure/karate.csv --method cpm --resolution 0.2";
    karate_linkage: "clusters --edges tests/structure/karate.csv --method hierarchical --groups 4";
    karate_cores: "clusters --edges tests/structure/karate.csv --method k-core";
    karate_cliques: "clusters --edges tests/structure/karate.csv --method cliques -n 3";
    karate_rank: "rank --edges tests/structure/karate.csv --by pagerank -n 3";
    karate_bridges: "bridges --edges tests/structure/karate.csv -n 4";
    karate_alike: "alike 34 --edges tests/structure/karate.csv -n 3";
    powers: "balance --edges tests/structure/powers.csv --as-of 1907";
    powers_before: "balance --edges tests/structure/powers.csv --as-of 1890 --groups 3";
    world_clusters: "clusters --runs 8 --format json";
    world_rank: "rank azerbaijan armenia georgia --by missions-received";
    world_rank_since: "rank --by degree --on relations --as-of 2020 --since 1990 --certain -n 4";
    world_alike: "alike azerbaijan --by euclidean -n 3";
    world_bridges: "bridges -n 3 --kind state";
    world_moves: "clusters --on relations --as-of 2000 --since 1970 --certain --roster cow --runs 4 --format csv";
    world_balance: "balance --runs 4 --groups 2 --format csv";
    intermediaries: "intermediaries armenia azerbaijan -n 4 --evidence";
    reachable: "reachable niue --hops 1 --by relations --format csv";
    ways: "path armenia azerbaijan -k 2 --through georgia --by missions --evidence";
    ways_within: "path armenia azerbaijan -k 2 --max-hops 1";
    ways_without: "path canada kosovo --by missions --avoid switzerland --max-hops 2 -k 1";
    timeline: "timeline armenia azerbaijan --evidence";
    timeline_between: "timeline kosovo --tie relations --from 2019 --to 2021 --format csv";
    history: "history --measure relations,density,mean-distance --from 1900 --to 2020 --every 40";
    history_of_clusters: "history --measure clusters,modularity --from 1990 --to 1990 --format csv";
    days: "diff --from 1991-06-01 --to 1993 --of azerbaijan --tie relations --format csv --certain";
    days_counted: "diff --from 1991-06-01 --to 1993 --count --certain";
    rank_by_a_short_name: "rank --by sent --edges tests/structure/directed.csv --directed -n 2 --format csv";
    not_of_tables_either: "clusters --edges tests/structure/karate.csv --threshold 3";
    unknown_projection: "rank --on friendship";
    unknown_node: "rank nobody --edges tests/structure/karate.csv";
    no_such_day: "diff --from 2001 --to 1999";
    one_day: "diff --from 2001";
    not_of_tables: "rank --edges tests/structure/karate.csv --roster cow";
    avoids_itself: "path norway sweden --avoid norway";
    hostile_blocs: "clusters --on signed";
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let answer = |threads: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_legation"))
            .args(["clusters", "--on", "missions", "--runs", "6", "--seed", "9", "--format", "json"])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .expect("the program starts");
        assert!(output.status.success());
        output.stdout
    };
    assert_eq!(answer("1"), answer("4"));
}

/// A tie that weighs nothing, or is hostile, joins nobody, weighted or not.
#[test]
fn hostile_ties_are_no_edges_of_summed_ties() {
    use legation::analysis::{Projection, ProjectionRule, project};
    use legation::graph::Lens;
    use legation::model::TieKind;
    let view = crate::network().view(Lens::default());
    let of = |ties: &[TieKind], unweighted: bool| {
        let rule = ProjectionRule { unweighted, ..ProjectionRule::of(Projection::Ties(ties.to_vec())) };
        project(&view, &rule).expect("no model is fitted").graph.edge_count()
    };
    let relations = of(&[TieKind::Relations], false);
    assert!(relations > 16_000);
    assert_eq!(of(&[TieKind::Relations, TieKind::Signed], false), relations);
    assert_eq!(of(&[TieKind::Relations, TieKind::Signed], true), relations);
}

/// JSON of answers about graphs is as `legation schema answer` says, with members as arrays of slugs.
#[test]
fn answers_about_graphs_keep_their_schema() {
    let (_, schema, _) = run(&["schema", "answer"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for question in [
        "clusters --runs 2",
        "clusters --runs 2 --agreement",
        "clusters --method cliques -n 2",
        "balance --runs 2 --groups 2",
        "bridges --on borders -n 5",
        "rank -n 3 --since 2000",
        "history --measure clusters,states --from 1990 --to 1991",
        "intermediaries iran usa -n 3",
        "timeline iran usa",
        "diff --from 2020 --to 2021 --tie relations",
    ] {
        let words: Vec<&str> = question.split(' ').chain(["--format", "json"]).collect();
        let (code, out, messages) = run(&words);
        assert_eq!(code, 0, "{question}: {messages}");
        let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{question}: {errors:?}");
        if question == "clusters --runs 2" {
            let members = answer["rows"][0]["members"].as_array().expect("an array");
            assert_eq!(Some(members.len() as u64), answer["rows"][0]["size"].as_u64());
        }
    }
}

/// What a day has is what the day before had with what began since and without what ended.
#[test]
fn changes_lead_from_one_day_to_the_other() {
    use legation::analysis::changes;
    use legation::graph::Lens;
    use legation::model::TieKind;
    let network = crate::network();
    let day = |text: &str| text.parse().expect("a day");
    let (before, after) = (
        network.view(Lens { certain: true, ..Lens::as_of(day("1960-01-01")) }),
        network.view(Lens { certain: true, ..Lens::as_of(day("1975-01-01")) }),
    );
    let ties = [TieKind::Relations, TieKind::Recognition, TieKind::Mission];
    let (changed, _) = changes(&before, &after, &ties);
    for tie in ties {
        let count = |view: &legation::graph::View<'_>| view.edges().filter(|(.., edge)| edge.tie == tie).count();
        let of = |began: bool| {
            let fits = |change: &&legation::analysis::Change<'_>| {
                change.began == began && change.fact.key.kind().edge() == Some(tie)
            };
            changed.iter().filter(fits).count()
        };
        assert_eq!(count(&before) + of(true) - of(false), count(&after), "{tie:?}");
        assert!(of(true) > 0);
    }
}
