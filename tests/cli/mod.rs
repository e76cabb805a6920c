//! Whole exchanges. `INSTA_UPDATE=always cargo test` refreshes the snapshots beside this file; read the diff.

use crate::run;

/// Exit code, output and messages as one text.
fn exchange(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let (code, out, messages) = run(&words);
    format!("$ legation {arguments}\n{out}{messages}[exit {code}]\n")
}

macro_rules! exchanges {
    ($($name:ident: $arguments:literal;)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(exchange($arguments));
        })*
    };
}

exchanges! {
    cover_from_elsewhere: "cover azerbaijan --for canada";
    cover_in_moscow: "cover azerbaijan --for nicaragua";
    cover_from_havana: "cover nicaragua --for azerbaijan";
    cover_known_none: "cover venezuela --for azerbaijan";
    cover_disputed: "cover azerbaijan --for croatia --evidence";
    cover_unknown: "cover azerbaijan --for norway";
    cover_json: "cover azerbaijan --for ireland --format json";
    count: "count azerbaijan";
    disputes: "disputes azerbaijan";
    relations_of_a_dyad: "relations azerbaijan armenia";
    relations_on_a_date: "relations azerbaijan armenia --as-of 1920";
    missions_in_a_state: "missions azerbaijan --in russia --format md --evidence";
    missions_hosted_csv: "missions lithuania --hosted --format csv";
    members: "members GUAM";
    overlap: "overlap azerbaijan ukraine --format md";
    path: "path canada nicaragua";
    path_none: "path canada armenia";
    clusters: "clusters --on membership --format csv";
    who_state: "who swaziland";
    who_code: "who DOM --format csv";
    who_organisation: "who wtro";
    who_city: "who kiev";
    ambiguous: "who congo";
    ambiguous_on_a_date: "cover congo";
    misspelt: "cover azerbajan";
    absent: "cover bhutan";
    bad_date: "cover azerbaijan --as-of 1905-02-31";
    bad_roster: "cover azerbaijan --roster nato";
    missing_file: "check no-such-file.json";
    bad_tie: "path canada cuba --by treaties";
}

#[test]
fn draw_writes_svg_and_dot() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, head) in [("a.svg", "<svg"), ("a.dot", "digraph")] {
        let path = folder.path().join(file);
        let (code, _, messages) = run(&["draw", "azerbaijan", "-o", path.to_str().expect("a path")]);
        assert_eq!(code, 0, "{messages}");
        let text = std::fs::read_to_string(&path).expect("the drawing");
        assert!(text.starts_with(head), "{}", &text[..40]);
        assert!(text.contains("Nicaragua"));
        // The drawing in output/ is this one.
        let shown = std::fs::read_to_string(format!("output/azerbaijan.{}", &file[2..])).expect("output/");
        assert!(text == shown, "output/azerbaijan.{} is stale", &file[2..]);
    }
    // Documents that disagree on a seat are both seen, in the drawing and in its table.
    let (_, drawing, _) = run(&["draw", "azerbaijan", "--evidence"]);
    assert!(drawing.contains("Croatia · from Ankara or Baku"), "{drawing}");
    assert!(drawing.contains("000_f460dfe0ef560568:105"), "{drawing}");
    let (_, table, _) = run(&["draw", "azerbaijan", "--format", "csv"]);
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("croatia,")).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains("Ankara,turkey") && rows[1].contains("Baku,azerbaijan"), "{rows:?}");
    let (code, _, messages) = run(&["draw", "azerbaijan", "-o", "x.bmp"]);
    assert_eq!(code, 2);
    assert!(messages.contains("\"bmp\" is no ending of a drawing"), "{messages}");
}

#[test]
fn extract_import_check_round_trip() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("Foreign relations of Latvia.wiki");
    std::fs::write(&article, "== A ==\n=== Estonia ===\n* Estonia has an embassy in [[Riga]].\n").expect("written");
    let claims = folder.path().join("claims.jsonl");
    let (code, out, _) = run(&["extract", article.to_str().expect("a path")]);
    assert_eq!(code, 0);
    assert!(
        out.contains("\"kind\":\"embassy\",\"sending\":\"estonia\",\"receiving\":\"latvia\",\"city\":\"Riga\""),
        "{out}"
    );
    std::fs::write(
        &claims,
        format!(
            "{out}not a claim\n{{\"kind\":\"embassy\"}}\n{}\n{}\n",
            r#"{"kind":"embassy","sending":"nowhere","receiving":"LVA","document":"list","line":1}"#,
            r#"{"kind":"embassy","sending":"France","receiving":"LVA","city":"Riga","document":"list","line":2}"#
        ),
    )
    .expect("written");
    let net = folder.path().join("net.json");
    let (code, _, messages) = run(&["import", claims.to_str().expect("a path"), "-o", net.to_str().expect("a path")]);
    // The bad rows are reported with their lines, the good ones are kept, and the exit code tells.
    assert_eq!(code, 1, "{messages}");
    assert!(messages.contains("claims.jsonl:2: problem: not a claim"), "{messages}");
    assert!(messages.contains("claims.jsonl:3: problem: "), "{messages}");
    // A name that no table has is a bad row too; any name or code that one has becomes its slug.
    assert!(messages.contains("claims.jsonl:4: problem: no state or organisation is called \"nowhere\""), "{messages}");
    assert!(messages.contains(": 2 facts from 2 claims"), "{messages}");
    let (code, out, messages) = run(&["check", net.to_str().expect("a path")]);
    assert_eq!((code, messages.as_str()), (0, ""), "{out}");
    let again = folder.path().join("again.json");
    run(&["import", net.to_str().expect("a path"), "-o", again.to_str().expect("a path")]);
    assert_eq!(std::fs::read(&net).expect("net"), std::fs::read(&again).expect("again"));
    // A damaged fact is found with its line.
    let text = std::fs::read_to_string(&net)
        .expect("net")
        .replace("\"object\":\"latvia\"", "\"object\":\"latvia\",\"denied\":true");
    std::fs::write(&net, text).expect("written");
    let (code, _, messages) = run(&["check", net.to_str().expect("a path")]);
    assert_eq!(code, 1);
    assert!(messages.contains("net.json:7: problem: "), "{messages}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("Foreign relations of Latvia.wiki");
    std::fs::write(&article, "=== Estonia ===\n* Estonia has an embassy in Riga.\n").expect("written");
    let (code, out, messages) =
        run(&["extract", "--format", "wikitext", "no-such-file", article.to_str().expect("a path")]);
    assert_eq!(code, 2);
    assert!(out.contains("\"estonia\""), "{out}");
    assert!(messages.contains("no-such-file"), "{messages}");
}

#[test]
fn answers_follow_their_schema() {
    let (_, schema, _) = run(&["schema", "answer"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for question in ["cover azerbaijan", "disputes", "overlap azerbaijan turkey", "who TR", "count azerbaijan"] {
        let mut words: Vec<&str> = question.split(' ').collect();
        words.extend(["--format", "json"]);
        let (_, out, messages) = run(&words);
        let answer: serde_json::Value =
            serde_json::from_str(&out).unwrap_or_else(|error| panic!("{question}: {error} {messages}"));
        assert!(validator.is_valid(&answer), "{question}: {:?}", validator.validate(&answer).err());
    }
}

#[test]
fn claims_and_data_sets_follow_their_schemas() {
    let schema =
        |what: &str| -> serde_json::Value { serde_json::from_str(&run(&["schema", what]).1).expect("a schema") };
    let set: serde_json::Value = serde_json::from_str(include_str!("../../data/builtin.json")).expect("JSON");
    assert!(jsonschema::is_valid(&schema("dataset"), &set));
    let claim = &set["facts"][0]["claims"][0];
    assert!(jsonschema::is_valid(&schema("claim"), claim));
    assert!(!jsonschema::is_valid(&schema("claim"), &serde_json::json!({"kind": "embassy", "line": "one"})));
}
