//! Whole exchanges. `INSTA_UPDATE=always cargo test` refreshes the snapshots beside this file; read the diff.

use legation::dataset::to_json;

use crate::{azerbaijan, run};

exchanges! {
    cover_from_elsewhere: "cover azerbaijan --for canada";
    cover_in_moscow: "cover azerbaijan --for nicaragua";
    cover_from_havana: "cover nicaragua --for azerbaijan";
    cover_known_none: "cover venezuela --for azerbaijan";
    cover_disputed: "cover azerbaijan --for croatia --evidence";
    cover_unknown: "cover azerbaijan --for norway";
    cover_json: "cover azerbaijan --for ireland --format json";
    count: "count azerbaijan";
    disputes: "disputes azerbaijan kazakhstan";
    disputes_of_a_kind: "disputes armenia estonia --tie accreditation --about seat --format csv";
    sources: "sources";
    audit_of_totals: "audit azerbaijan --only total";
    audit_sample: "audit --sample 3 --seed 5 --format csv";
    relations_of_a_dyad: "relations azerbaijan armenia";
    relations_on_a_date: "relations azerbaijan armenia --as-of 1920";
    missions_in_a_state: "missions azerbaijan --in russia --format md --evidence";
    missions_hosted_csv: "missions tuvalu --hosted --format csv";
    members: "members GUAM";
    overlap: "overlap liechtenstein niue --format md";
    path: "path bhutan kosovo";
    path_none: "path tuvalu andorra --by protection";
    clusters: "clusters --on protection --format csv";
    who_state: "who swaziland";
    who_code: "who DOM --format csv";
    who_organisation: "who wtro";
    who_city: "who kiev";
    ambiguous: "who congo";
    ambiguous_on_a_date: "cover congo";
    misspelt: "cover azerbajan";
    cover_by_codes: "cover aze --for q16";
    cover_of_a_neighbour_of_the_holy_see: "cover VAT --for azerbaijan";
    cover_by_a_protecting_power: "cover iran --for usa";
    not_yet: "cover kosovo --for norway --as-of 1990";
    audit_of_a_group: "audit tuvalu --list --only impossible";
    absent: "cover atlantis";
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
        let (code, _, messages) = run(&["draw", "ego", "azerbaijan", "-o", path.to_str().expect("a path")]);
        assert_eq!(code, 0, "{messages}");
        let text = std::fs::read_to_string(&path).expect("the drawing");
        assert!(text.starts_with(head), "{}", &text[..40]);
        assert!(text.contains("Nicaragua"));
        // The drawing in output/ is this one.
        let shown = std::fs::read_to_string(format!("output/azerbaijan.{}", &file[2..])).expect("output/");
        assert!(text == shown, "output/azerbaijan.{} is stale", &file[2..]);
    }
    // Documents that disagree on a seat are both seen, in the drawing and in its table.
    let (_, drawing, _) = run(&["draw", "ego", "armenia", "--evidence"]);
    assert!(drawing.contains("Luxembourg · Brussels or The Hague"), "{drawing}");
    let (_, drawing, _) = run(&["draw", "ego", "azerbaijan", "--evidence"]);
    assert!(drawing.contains("000_f460dfe0ef560568:105"), "{drawing}");
    let (_, table, _) = run(&["draw", "ego", "armenia", "--format", "csv"]);
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("luxembourg,")).collect();
    let seats = ["Brussels,belgium", "The Hague,netherlands"];
    assert!(seats.iter().all(|seat| rows.iter().any(|row| row.contains(seat))), "{rows:?}");
    let (code, _, messages) = run(&["draw", "ego", "azerbaijan", "-o", "x.bmp"]);
    assert_eq!(code, 2);
    assert!(messages.contains("\"bmp\" is no ending of a picture"), "{messages}");
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
    let set: serde_json::Value = serde_json::from_str(&to_json(azerbaijan())).expect("JSON");
    assert!(jsonschema::is_valid(&schema("dataset"), &set));
    let claim = &set["facts"][0]["claims"][0];
    assert!(jsonschema::is_valid(&schema("claim"), claim));
    assert!(!jsonschema::is_valid(&schema("claim"), &serde_json::json!({"kind": "embassy", "line": "one"})));
}

/// What the questions on cover print is as their schemas say.
#[test]
fn answers_on_cover_follow_their_schemas() {
    let json = |arguments: &[&str]| -> serde_json::Value {
        let (_, out, messages) = run(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error} {messages}"))
    };
    for (what, arguments) in [
        ("cover", &["cover", "azerbaijan", "--for", "estonia"][..]),
        ("cover", &["cover", "georgia", "--for", "norway", "--near", "batumi"]),
        ("cover", &["cover", "aruba", "--for", "united-states"]),
        ("cover", &["cover", "azerbaijan", "--ladder"]),
        ("pairs", &["cover", "azerbaijan"]),
        ("pairs", &["reach", "new-zealand"]),
        ("dyads", &["cover", "--all", "--roster", "gw", "--as-of", "1990"]),
        ("answer", &["hubs"]),
        ("answer", &["hubs", "ankara"]),
        ("answer", &["gaps", "malta"]),
        ("answer", &["nearest", "malta", "fiji"]),
        ("answer", &["what-if", "close", "canada", "ankara"]),
    ] {
        let schema: serde_json::Value = serde_json::from_str(&run(&["schema", what]).1).expect("a schema");
        let answer = json(arguments);
        let wrong: Vec<String> = jsonschema::validator_for(&schema)
            .expect("a schema")
            .iter_errors(&answer)
            .take(3)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{arguments:?}: {wrong:?}");
        assert!(answer["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "{arguments:?}");
    }
}

/// Every ordered pair of the members of the United Nations, with codes, and nothing known is never a zero.
#[test]
fn every_pair_is_a_row() {
    let (code, out, _) = run(&["cover", "--all"]);
    assert_eq!(code, 0);
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect(name);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 193 * 192);
    for row in &rows {
        assert_eq!((row[at("sending_iso3")].len(), row[at("receiving_iso3")].len()), (3, 3), "{row:?}");
        assert!(row[at("ccode1")].parse::<u16>().is_ok() && row[at("ccode2")].parse::<u16>().is_ok(), "{row:?}");
        let numbers = ["represented", "rank", "cow_level", "lor", "kenkel"].map(|name| row[at(name)].to_owned());
        match &row[at("representation")] {
            "unknown" | "no embassy" | "ended" => assert!(numbers.iter().all(String::is_empty), "{row:?}"),
            "known none" | "no relations" => assert_eq!(numbers, ["0", "0", "0", "0.0000", "0"], "{row:?}"),
            "resident" => {
                let level = row[at("cow_level")].parse::<u8>().expect("a level");
                assert!(numbers[0] == "1" && (1..=9).contains(&level), "{row:?}");
            }
            _ => assert_eq!(numbers[0], "1", "{row:?}"),
        }
    }
}

/// Pairs of a file in its order, each on its own date; what cannot be read is told with its line.
#[test]
fn pairs_of_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pairs.csv");
    let text = "Sending,Receiving,Date\r\nCanada,AZ,\r\nAtlantis,Fiji,\r\nFRA,DEU,1995\r\nUSA,Fiji,soon\r\n";
    std::fs::write(&file, text).expect("written");
    let path = file.to_str().expect("a path");
    let (code, out, messages) = run(&["cover", "--pairs", path]);
    assert_eq!(code, 1, "{messages}");
    let rows: Vec<&str> = out.lines().skip(1).collect();
    assert!(rows[0].starts_with("canada,azerbaijan,CAN,AZE,20,373,20373,,,non-resident,R5"), "{out}");
    assert!(rows[1].starts_with("france,germany,FRA,DEU,220,255,220255,1995,1995-12-31,resident,R1"), "{out}");
    assert_eq!(rows.len(), 2, "{out}");
    let (_, out, _) = run(&["cover", "--pairs", path, "--evidence"]);
    let told = out.lines().nth(1).is_some_and(|row| row.contains("Foreign relations of Canada:1198"));
    assert!(out.lines().next().is_some_and(|header| header.ends_with(",evidence")) && told, "{out}");
    // A purpose picks the rung and leaves how the sender is represented.
    let (_, out, _) = run(&["cover", "--pairs", path, "--purpose", "visa"]);
    assert!(out.contains("canada,azerbaijan,CAN,AZE,20,373,20373,,,non-resident,R5"), "{out}");
    std::fs::write(&file, "ccode1,ccode2,year\n2,365,1980\n20,373,2000\n").expect("written");
    let (code, out, messages) = run(&["cover", "--pairs", path]);
    let pairs: Vec<String> =
        out.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!((code, pairs), (0, vec!["united-states soviet-union".into(), "canada azerbaijan".into()]), "{messages}");
    std::fs::write(&file, text).expect("written");
    let (_, _, messages) = run(&["cover", "--pairs", path]);
    assert!(messages.contains("pairs.csv:3: problem: no state or organisation is called \"Atlantis\""), "{messages}");
    assert!(messages.contains("pairs.csv:5: problem: \"soon\" is not a date"), "{messages}");
}

/// A row a year, symmetric in its pairs, with the states of that year.
#[test]
fn a_span_of_years() {
    let (code, out, _) = run(&["cover", "--all", "--roster", "cow", "--from", "1990", "--to", "1992"]);
    assert_eq!(code, 0);
    let pairs = |year: &str| -> Vec<&str> {
        let of_year = |line: &&str| line.split(',').nth(7) == Some(year);
        out.lines().filter(of_year).collect()
    };
    let of = |year: &str, pair: &str| pairs(year).iter().filter(|line| line.starts_with(pair)).count();
    assert_eq!((of("1990", "azerbaijan,france"), of("1991", "azerbaijan,france")), (0, 1));
    assert_eq!((of("1990", "france,russia"), of("1992", "france,russia")), (0, 1));
    assert!(pairs("1992").len() > pairs("1990").len());
}

/// A ministry's own list is added to the carried world and stands first where it is official; what cannot be
/// read is told and the exit code of an import tells it too.
#[test]
fn a_list_of_ones_own_is_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("ministry.csv");
    std::fs::write(
        &list,
        "sending,receiving,kind,city,host,since\nNOR,Eritrea,,Nairobi,Kenya,2019-05\nNorway,Atlantis,embassy,,,\n",
    )
    .expect("written");
    let path = list.to_str().expect("a path");
    let (_, out, messages) = run(&["cover", "eritrea", "--for", "norway", "--also", path]);
    assert!(out.contains("Nairobi") && out.contains("Khartoum"), "both readings stay: {out}");
    assert!(out.contains("ministry:2"), "{out}");
    assert!(
        messages.contains("ministry.csv:3: problem: no state or organisation is called \"Atlantis\"; row skipped"),
        "{messages}"
    );
    // Without a word on its authority the list stands behind; as the sender's own it stands first.
    let net = folder.path().join("norway.json");
    let net = net.to_str().expect("a path");
    let (code, _, messages) =
        run(&["import", path, "--authority", "official", "--publisher", "norway", "--edition", "2026-01", "-o", net]);
    assert_eq!(code, 1, "{messages}");
    let (_, out, _) = run(&["cover", "eritrea", "--for", "norway", "--also", net, "--format", "csv"]);
    let rows = out.lines().skip(1).filter(|line| line.contains(",R5,"));
    let seats: Vec<&str> = rows.filter_map(|line| line.split(',').nth(6)).collect();
    assert_eq!(seats, ["Nairobi", "Khartoum"], "{out}");
}

/// A list that is whole denies what the carried world has of others, and weighs as much as who wrote it.
#[test]
fn a_whole_list_of_ones_own_denies_the_carried_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("nato.csv");
    std::fs::write(&list, "organization,member,status\nNATO,,whole list\nNATO,Norway,member\n").expect("written");
    let also = ["--also", list.to_str().expect("a path"), "--authority", "official", "--edition", "2026-11"];
    let disputed = |more: &[&str]| {
        let (_, out, messages) = run(&[&["members", "nato", "--format", "csv"][..], more].concat());
        (out.lines().filter(|line| line.contains(",disputed,")).count(), messages)
    };
    let (before, _) = disputed(&[]);
    let (after, messages) = disputed(&also);
    assert!(after >= before + 20, "{before} disputed members, then {after}: {messages}");
    assert!(messages.contains("memberships disputed from now on"), "{messages}");
}

/// The README's table of changes changes what the README says.
#[test]
fn a_table_of_changes_says_what_it_changed() {
    let readme = std::fs::read_to_string("README.md").expect("the README");
    let table =
        readme.split("```csv\n").find(|block| block.starts_with("sending,receiving,kind,event,on")).expect("one");
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("changes.csv");
    std::fs::write(&list, table.split("```").next().expect("a table")).expect("written");
    let path = list.to_str().expect("a path");
    let flags = ["--authority", "official", "--publisher", "ireland", "--edition", "2026-06"];
    let (_, out, messages) = run(&[&["cover", "egypt", "--for", "ireland", "--also", path][..], &flags].concat());
    let told = messages.trim().strip_prefix("with what was added: ").expect("what it changed");
    assert!(told.starts_with("1 mission ended") && readme.contains(&format!("\"{told}\"")), "{messages}");
    assert!(!out.contains("R1 "), "{out}");
}

/// What a list dates after its own day is announced: nothing has changed yet, and the list says so.
#[test]
fn what_is_announced_is_not_yet_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("plans.csv");
    std::fs::write(
        &list,
        "sending,receiving,kind,city,since,until\nTurkey,Azerbaijan,embassy,Baku,,2031-05-01\nFiji,Azerbaijan,embassy,Baku,2027,\n",
    )
    .expect("written");
    let path = list.to_str().expect("a path");
    let with = |of: &'static str, edition: &'static str| {
        run(&["cover", "azerbaijan", "--for", of, "--also", path, "--authority", "official", "--edition", edition])
    };
    let (_, out, messages) = with("turkey", "2026-05");
    assert!(out.contains("R1 ") && out.contains("2026-05-31"), "{out}");
    assert!(messages.contains("plans.csv:2: problem: ends in 2031-05-01, after the edition 2026-05: announced"));
    assert!(messages.contains("plans.csv:3: problem: begins in 2027, after the edition 2026-05: announced"));
    let (_, out, _) = with("fiji", "2026-05");
    assert!(!out.contains("R1 "), "{out}");
    // A list of a later day tells what happened.
    let (_, out, messages) = with("turkey", "2031-06");
    assert!(!out.contains("R1 ") && messages.contains("1 mission ended"), "{out}{messages}");
    let (code, _, messages) = with("turkey", "2026-13");
    assert!(code == 2 && messages.contains("\"2026-13\" is not a date"), "{messages}");
}

/// Tables and a file hold the same data set, and the difference of two is what changed.
#[test]
fn a_data_set_as_tables_and_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (list, tables, file, more) = (place("list.csv"), place("tables"), place("net.json"), place("more.json"));
    std::fs::write(
        &list,
        "sending,receiving,kind,city,since\nNorway,Kenya,embassy,Nairobi,1965\nNorway,Mali,embassy,Bamako,\n",
    )
    .expect("written");
    assert_eq!(run(&["import", &list, "-o", &tables]).0, 0);
    assert_eq!(run(&["import", &tables, "-o", &file]).0, 0);
    assert_eq!(run(&["check", &tables]).0, 0);
    assert_eq!(run(&["check", &file]).0, 0);
    let (code, out, _) = run(&["diff", &tables, &file]);
    assert_eq!((code, out.contains("nothing found")), (1, true), "{out}");
    std::fs::write(
        &list,
        "sending,receiving,kind,city,since\nNorway,Kenya,embassy,Nairobi,1964\nNorway,Chad,embassy,,\n",
    )
    .expect("written");
    assert_eq!(run(&["import", &list, "-o", &more]).0, 0);
    let (code, out, _) = run(&["diff", &file, &more, "--format", "csv"]);
    assert_eq!(code, 0);
    let rows: Vec<&str> = out.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "added,mission,norway,chad,,embassy,list:3",
            "began,mission,norway,kenya,\"embassy in Nairobi, since 1965\",\"embassy in Nairobi, since 1964\",list:2",
            "removed,mission,norway,mali,embassy in Bamako,,list:3",
        ]
    );
    // A table that is not canonical is told with file and line.
    let missions = format!("{tables}/missions.csv");
    let text = std::fs::read_to_string(&missions).expect("the table");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(1, 2);
    std::fs::write(&missions, format!("{}\n", lines.join("\n"))).expect("written");
    let (code, _, messages) = run(&["check", &tables]);
    assert_eq!(code, 1);
    assert!(messages.contains("missions.csv:2: problem: not in canonical form"), "{messages}");
    // A row that is wrong is told with its own line, also where lines end as on Windows.
    let windows = format!("{}\r\nnorway,chad\r\n", text.trim_end().replace('\n', "\r\n"));
    std::fs::write(&missions, windows).expect("written");
    let (code, _, messages) = run(&["check", &tables]);
    assert_eq!(code, 2);
    assert!(messages.contains("missions.csv:4: 2 cells under 9 columns"), "{messages}");
    std::fs::write(&missions, text.replace("norway,mali", "norwey,mali")).expect("written");
    let (code, _, messages) = run(&["check", &tables]);
    assert_eq!(code, 1);
    assert!(messages.contains("missions.csv:3: problem: \"norwey\" is no state or organisation"), "{messages}");
}

/// Every command takes any code or name, in any case.
#[test]
fn any_name_of_a_state_will_do() {
    let (_, wanted, _) = run(&["cover", "azerbaijan", "--for", "south-korea"]);
    for (receiving, sending) in [
        ("AZ", "kr"),
        ("aze", "KOR"),
        ("031", "rok"),
        ("cow:373", "cow:732"),
        ("Q227", "q884"),
        ("AZERBAIJAN", "Republic of Korea"),
        ("gec:aj", "gec:ks"),
    ] {
        let (code, out, messages) = run(&["cover", receiving, "--for", sending]);
        assert_eq!((code, out.as_str()), (0, wanted.as_str()), "{receiving} {sending}: {messages}");
    }
}

/// Lines that end as on Windows, a byte order mark and headings in capitals are read with their own lines.
#[test]
fn a_table_as_a_spreadsheet_writes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("ministry.csv");
    let text = "\u{feff}Sending,Receiving,Kind,City\r\nNorway,Kenya,Embassy,Nairobi\r\nNorwey,Mali,embassy,Bamako\r\n\
                Norway,India,High Commission,New Delhi\r\n";
    std::fs::write(&list, text).expect("written");
    let (code, out, messages) = run(&["extract", list.to_str().expect("a path")]);
    assert_eq!(code, 1, "a row was lost: {messages}");
    assert!(
        messages
            .contains("ministry.csv:3: problem: no state or organisation is called \"Norwey\" (did you mean Norway"),
        "{messages}"
    );
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].contains("\"embassy\"") && lines[0].contains("\"line\":2"), "{out}");
    assert!(lines[1].contains("\"high_commission\"") && lines[1].contains("\"line\":4"), "{out}");
}

/// An import never writes over what is no data set, and nothing over something.
#[test]
fn an_import_spares_other_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (list, text, net) = (place("list.csv"), place("text.txt"), place("net.json"));
    std::fs::write(&list, "sending,receiving,kind\nNorway,Kenya,embassy\n").expect("written");
    std::fs::write(&text, "Nothing is stated here.\n").expect("written");
    for output in [folder.path().to_str().expect("a path"), &list, &place("out.csv")] {
        let (code, _, messages) = run(&["import", &list, "-o", output]);
        assert_eq!(code, 2, "{output}: {messages}");
        assert!(messages.starts_with("error: "), "{messages}");
    }
    assert_eq!(run(&["import", &list, "-o", &net]).0, 0);
    let before = std::fs::read(&net).expect("the data set");
    let (code, _, messages) = run(&["import", &text, "-o", &net]);
    assert_eq!((code, std::fs::read(&net).expect("the data set")), (1, before), "{messages}");
    assert!(messages.contains("no claim was read"), "{messages}");
    // A table in the place of a data set is told apart, with a way on.
    let (code, _, messages) = run(&["cover", "kenya", "--data", &list]);
    assert_eq!(code, 2);
    assert!(messages.contains("is no data set") && messages.contains("--also"), "{messages}");
    // A picture is no text.
    let picture = place("picture.wiki");
    std::fs::write(&picture, [0x89, b'P', b'N', b'G', 0, 1, 2, 3]).expect("written");
    let (_, _, messages) = run(&["extract", &picture]);
    assert!(messages.contains("picture.wiki: problem: not a text"), "{messages}");
}

/// The questions that follow from cover, and the forms in which a ladder is told.
mod cover {
    use crate::run;

    fn shown(arguments: &[&str]) -> String {
        let (code, out, messages) = run(arguments);
        format!("{}$ {code}\n{out}{messages}", arguments.join(" ") + "\n")
    }

    #[test]
    fn ladders() {
        for (name, arguments) in [
            ("territory", &["cover", "french-polynesia", "--for", "united-states"][..]),
            ("successor", &["cover", "czech-republic", "--for", "canada", "--on", "1985"]),
            ("own_territory", &["cover", "france", "--for", "france"]),
            ("under_charge", &["cover", "samoa", "--for", "usa"]),
            ("relocated", &["cover", "yemen", "--for", "usa"]),
            ("from_home", &["cover", "croatia", "--for", "malta"]),
            ("holy_see", &["cover", "holy-see", "--for", "united-kingdom"]),
            ("unofficial", &["cover", "taiwan", "--for", "usa"]),
            ("united_nations", &["cover", "jamaica", "--for", "croatia"]),
            ("two_seats", &["cover", "fiji", "--for", "denmark"]),
            ("group", &["cover", "solomon-islands", "--for", "malta"]),
            ("political", &["cover", "georgia", "--for", "norway", "--purpose", "political"]),
            ("visa", &["cover", "armenia", "--for", "estonia", "--purpose", "visa"]),
            ("near", &["cover", "turkey", "--for", "canada", "--near", "izmir"]),
        ] {
            insta::assert_snapshot!(format!("ladder_{name}"), shown(arguments));
        }
    }

    #[test]
    fn said_in_plain_english() {
        for (name, arguments) in [
            ("accredited", &["cover", "azerbaijan", "--for", "canada", "--say"][..]),
            ("unknown", &["cover", "malta", "--for", "afghanistan", "--say"]),
            ("protected", &["cover", "iran", "--for", "usa", "--say"]),
            ("known_none", &["cover", "venezuela", "--for", "azerbaijan", "--say"]),
        ] {
            insta::assert_snapshot!(format!("say_{name}"), shown(arguments));
        }
    }

    #[test]
    fn other_directions() {
        for (name, arguments) in [
            ("hubs", &["hubs", "-n", "5"][..]),
            ("hubs_of_a_state", &["hubs", "turkey"]),
            ("hub", &["hubs", "wellington"]),
            ("gaps", &["gaps", "bhutan", "--only", "no relations"]),
            ("nearest", &["nearest", "norway", "azerbaijan"]),
            ("what_if_close", &["what-if", "close", "canada", "ankara"]),
            (
                "what_if_move",
                &["what-if", "close", "canada", "ankara", "--open", "canada", "baku", "--covers", "georgia"],
            ),
            ("what_if_then", &["what-if", "close", "norway", "khartoum", "--on", "2022"]),
        ] {
            insta::assert_snapshot!(name, shown(arguments));
        }
    }

    #[test]
    fn bad_questions() {
        for (name, arguments) in [
            ("bad_purpose", &["cover", "fiji", "--for", "usa", "--purpose", "tourism"][..]),
            ("bad_city", &["cover", "fiji", "--for", "usa", "--near", "Atlantis City"]),
            ("covers_nothing", &["what-if", "close", "canada", "ankara", "--covers", "georgia"]),
            ("years_reversed", &["cover", "--all", "--from", "1995", "--to", "1990"]),
            ("no_receiving", &["cover", "--for", "usa"]),
        ] {
            insta::assert_snapshot!(name, shown(arguments));
        }
    }
}
