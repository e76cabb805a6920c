//! Exports of the network: whole exchanges of small ones, and what holds of the whole world in every format. Other programs
//! read them in `readers.py`.

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
