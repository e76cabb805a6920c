//! Exports of the network: whole exchanges of small ones, and what holds of the whole world in every format. Other programs
//! read them in `readers.py`.

use std::collections::BTreeMap;

use legation::export::{Exported, NetworkForm, Picked};
use legation::graph::Lens;

use crate::{network, run};

exchanges! {
    mermaid_of_two: "export mermaid --of azerbaijan canada --among";
    graphml_of_two: "export graphml --of azerbaijan canada --among";
    gexf_of_two: "export gexf --of azerbaijan canada --among";
    pajek_of_two: "export pajek --of azerbaijan canada --among";
    json_of_two: "export json --of azerbaijan canada --among";
    edges_of_two: "export edges --of azerbaijan canada --among";
    nodes_of_two: "export nodes --of azerbaijan canada --among";
    cypher_of_two: "export cypher --of azerbaijan canada --among";
    geojson_of_two: "export geojson --of azerbaijan canada --among";
    kml_of_two: "export kml --of azerbaijan canada --among";
    two_modes: "export pajek --tie membership --of nauru efta --as-of 2021";
    what_is_over: "export edges --of nauru taiwan --among --past";
    what_is_denied: "export edges --of azerbaijan armenia --among --denied";
    nothing: "export edges --of nauru andorra --among --tie missions";
    too_many_to_draw: "export mermaid";
    no_map_of_relations: "export kml --tie relations";
    no_format_of_answers: "export json --format json";
    among_whom: "export json --among";
    panel_of_a_state: "export dyad-years --of canada";
    network_of_years: "export gexf --from 1990";
    country_years: "export country-years --from 1816 --to 1817 --format csv";
}

/// The whole world, with what is over.
fn world() -> Exported {
    let lens = Lens { past: true, ..Lens::default() };
    Exported::of(&network().view(lens), &Picked::default())
}

/// Another run of the program has the same bytes as a library call: no order is left to chance.
#[test]
fn the_same_world_gives_the_same_bytes() {
    let world = world();
    let folder = tempfile::tempdir().expect("a folder");
    for (form, name) in
        [(NetworkForm::Gexf, "gexf"), (NetworkForm::Parquet, "parquet"), (NetworkForm::Cypher, "cypher")]
    {
        let path = folder.path().join(name);
        let (code, out, _) = run(&["export", name, "--past", "-o", path.to_str().expect("a path")]);
        assert_eq!((code, out.as_str()), (0, ""));
        let bytes = form.written(&world).expect("no limit");
        assert!(std::fs::read(&path).expect("the file") == bytes, "{name} differs from one run to the next");
    }
}

/// Nodes and ties are as many in every format, and identities are distinct.
#[test]
fn every_format_has_the_whole_world() {
    let world = world();
    let rows = |form: NetworkForm| -> Vec<csv::StringRecord> {
        let bytes = form.written(&world).expect("no limit");
        csv::Reader::from_reader(&*bytes).records().map(|row| row.expect("a row")).collect()
    };
    let (nodes, edges) = (rows(NetworkForm::Nodes), rows(NetworkForm::Edges));
    assert!(nodes.len() > 700 && edges.len() > 45_000, "{} nodes, {} ties", nodes.len(), edges.len());
    let mut ids: Vec<&str> = edges.iter().map(|row| &row[0]).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), edges.len());
    let text = |form: NetworkForm| String::from_utf8(form.written(&world).expect("no limit")).expect("UTF-8");
    for form in [NetworkForm::Graphml, NetworkForm::Gexf] {
        let text = text(form);
        assert_eq!(text.matches("<node id=").count(), nodes.len(), "{form:?}");
        assert_eq!(text.matches("<edge id=").count(), edges.len(), "{form:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&text(NetworkForm::Json)).expect("JSON");
    let count = |key: &str| json[key].as_array().map_or(0, Vec::len);
    assert_eq!((count("nodes"), count("edges")), (nodes.len(), edges.len()));
    let pajek = text(NetworkForm::Pajek);
    assert!(pajek.starts_with(&format!("*Vertices {}\n", nodes.len())));
    let headings = pajek.lines().filter(|line| line.starts_with('*')).count();
    assert_eq!(pajek.lines().count(), headings + nodes.len() + edges.len());
    let cypher = text(NetworkForm::Cypher);
    assert_eq!(cypher.lines().filter(|line| line.starts_with("{slug: ")).count(), nodes.len());
    assert_eq!(cypher.lines().filter(|line| line.starts_with("{a: ")).count(), edges.len());
    let map: serde_json::Value = serde_json::from_str(&text(NetworkForm::Geojson)).expect("GeoJSON");
    let points = map["features"].as_array().map_or(0, Vec::len);
    assert!(points > 13_000, "{points} points");
    assert_eq!(text(NetworkForm::Kml).matches("<Placemark>").count(), points);
}

/// The rows of a panel by its first columns.
fn panel(words: &str, keys: usize) -> BTreeMap<Vec<String>, Vec<String>> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let (code, out, messages) = run(&words);
    assert_eq!(code, 0, "{messages}");
    let rows = csv::Reader::from_reader(out.as_bytes()).into_records().map(|row| row.expect("a row"));
    rows.map(|row| {
        let cells: Vec<String> = row.iter().map(str::to_owned).collect();
        (cells[..keys].to_vec(), cells[keys..].to_vec())
    })
    .collect()
}

#[test]
fn panels_agree_with_each_other_and_with_shared_memberships() {
    let dyads = panel("export dyad-years --from 2023 --to 2023 --format csv", 3);
    let states = panel("export country-years --from 2023 --to 2023 --format csv", 2);
    assert_eq!(dyads.len(), states.len() * (states.len() - 1) / 2);
    let key = |words: &str| -> Vec<String> { words.split(' ').map(str::to_owned).collect() };
    // Canada has relations with Azerbaijan, which has an embassy in Ottawa, and is accredited to it from Ankara.
    assert_eq!(dyads[&key("20 373 2023")][..10].join(" "), "1 1 0 NA 1 1 1 1 0 NA");
    // A dyad counts for both: missions of the first in the second are sent by the one and received by the other.
    let number = |cell: &String| cell.parse::<i64>().expect("a number");
    // Of a tie of which nobody tells, nothing is excluded.
    let bounded = |cell: &String, bound: usize| if bound == 1 && cell == "NA" { 1 } else { number(cell) };
    let mut sums: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for (key, cells) in &dyads {
        for (me, (sent, received)) in [(0, (2, 4)), (1, (4, 2))] {
            let sum = sums.entry(&key[me]).or_insert_with(|| vec![0; 10]);
            for bound in 0..2 {
                let places = [bound, sent + bound, received + bound, 4 + sent + bound, 4 + received + bound];
                for (at, place) in places.into_iter().enumerate() {
                    sum[2 * at + bound] += bounded(&cells[place], bound);
                }
            }
        }
    }
    for (key, cells) in &states {
        assert_eq!(cells[..10].iter().map(number).collect::<Vec<_>>(), sums[key[0].as_str()], "{key:?}");
    }
    let shared = panel("overlap --panel --from 2023 --to 2023 --format csv", 3);
    let mine: BTreeMap<_, _> = dyads.iter().map(|(key, cells)| (key.clone(), cells[10..].to_vec())).collect();
    assert_eq!(mine, shared);
}

/// What no source speaks of is not 0.
#[test]
fn nothing_is_known_after_the_sources() {
    let dyads = panel("export dyad-years --from 2090 --to 2090 --format csv --codes iso", 3);
    assert_eq!(dyads.len(), 193 * 192 / 2);
    assert!(dyads.values().flatten().all(|cell| cell == "NA"));
}
