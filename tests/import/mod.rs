//! One folder per format: small inputs, written for these tests, beside the claims and problems that they
//! must give.

use legation::import::{Format, extract};

use crate::grammar;

fn reading(file: &str, text: &str, format: Option<Format>) -> String {
    let read = extract(grammar(), file, text.as_bytes(), format);
    let mut out = format!("{} about {}\n", read.source.format, read.source.about.as_deref().unwrap_or("nobody"));
    for claim in &read.claims {
        let mut record = claim.record();
        record.document = legation::model::DocumentId::default();
        record.offset = 0;
        let line = serde_json::to_value(&record).expect("JSON");
        let shown: Vec<String> = [
            "kind",
            "sending",
            "receiving",
            "a",
            "b",
            "recognizer",
            "recognized",
            "power",
            "member",
            "organization",
            "subject",
            "what",
            "value",
            "sign",
            "label",
            "metres",
            "city",
            "host",
            "status",
            "date",
            "as_of",
            "since",
            "until",
            "claimed_by",
        ]
        .iter()
        .filter_map(|key| {
            let value = line.get(*key)?;
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let role = matches!(*key, "city" | "host" | "status" | "date" | "as_of" | "since" | "until" | "claimed_by");
            Some(if role { format!("{key}={value}") } else { value })
        })
        .collect();
        out.push_str(&format!("{:>3} {}\n", record.line, shown.join(" ")));
    }
    for problem in &read.problems {
        out.push_str(&format!("{problem}\n"));
    }
    out
}

#[test]
fn wikitext_forms() {
    let text = include_str!("wikitext/forms.wiki");
    insta::assert_snapshot!(reading("Foreign relations of Latvia.wiki", text, None));
}

#[test]
fn wikitext_tables() {
    let text = include_str!("wikitext/tables.wiki");
    insta::assert_snapshot!(reading("Foreign relations of Latvia.wiki", text, None));
}

#[test]
fn flattened_grid() {
    insta::assert_snapshot!(reading("grid.txt", include_str!("flattened/grid.txt"), None));
}

#[test]
fn essay() {
    insta::assert_snapshot!(reading("essay.txt", include_str!("essay/essay.txt"), None));
}

#[test]
fn factbook_pages() {
    insta::assert_snapshot!("factbook", reading("factbook/no.json", include_str!("factbook/no.json"), None));
    insta::assert_snapshot!("factbook_elsewhere", reading("ym.json", include_str!("factbook/ym.json"), None));
}

#[test]
fn wikidata_missions() {
    insta::assert_snapshot!("wikidata", reading("missions.csv", include_str!("wikidata/missions.csv"), None));
    insta::assert_snapshot!("wikidata_result", reading("result.json", include_str!("wikidata/result.json"), None));
}

/// The query that is shipped names the columns that the reader reads.
#[test]
fn the_query_gives_the_columns_that_are_read() {
    let query = include_str!("../../data/queries/wikidata_missions.rq");
    let select = query.split("SELECT").nth(1).and_then(|rest| rest.split("WHERE").next()).expect("a SELECT");
    let columns: Vec<&str> = select.split_whitespace().filter_map(|word| word.strip_prefix('?')).collect();
    let header = include_str!("wikidata/missions.csv").lines().next().expect("a header");
    for column in header.split(';').filter(|column| !column.is_empty()) {
        assert!(columns.contains(&column), "{column} is not selected");
    }
}

#[test]
fn correlates_of_war() {
    insta::assert_snapshot!("cow_igo", reading("igo.csv", include_str!("cow/igo.csv"), None));
    insta::assert_snapshot!("cow_exchange", reading("exchange.csv", include_str!("cow/exchange.csv"), None));
}

#[test]
fn a_gzip_file_is_read_like_its_content() {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(include_bytes!("cow/igo.csv")).expect("memory");
    let packed = packed.finish().expect("memory");
    let read = extract(grammar(), "igo.csv.gz", &packed, None);
    let plain = extract(grammar(), "igo.csv", include_bytes!("cow/igo.csv"), None);
    assert_eq!(read.claims, plain.claims);
    assert!(read.claims.len() > 3);
    // A torn file gives what stands before the tear, and says so.
    let torn = extract(grammar(), "igo.csv.gz", &packed[..packed.len() - 12], None);
    assert!(torn.problems.iter().any(|problem| problem.message.contains("torn")), "{:?}", torn.problems);
}

#[test]
fn own_tables() {
    insta::assert_snapshot!("table", reading("list.csv", include_str!("table/list.csv"), None));
    let read = extract(grammar(), "memberships.csv", include_bytes!("table/memberships.csv"), None);
    let places: Vec<String> =
        read.claims.iter().map(|claim| format!("{}:{}", claim.origin.document, claim.origin.line)).collect();
    // By line.
    assert_eq!(places, ["yearbook 2020:7", "handbook:12", "handbook:13"]);
}

#[test]
fn the_format_is_told_from_the_content() {
    assert_eq!(Format::detect(include_str!("factbook/no.json")), Format::Factbook);
    assert_eq!(Format::detect(include_str!("wikidata/missions.csv")), Format::Wikidata);
    assert_eq!(Format::detect(include_str!("wikidata/result.json")), Format::Wikidata);
    assert_eq!(Format::detect(include_str!("cow/igo.csv")), Format::CowIgo);
    assert_eq!(Format::detect(include_str!("cow/exchange.csv")), Format::CowExchange);
    assert_eq!(Format::detect(include_str!("table/list.csv")), Format::Table);
    assert_eq!(Format::detect(include_str!("table/memberships.csv")), Format::Table);
    assert_eq!(Format::detect(include_str!("wikitext/tables.wiki")), Format::Wikitext);
    assert_eq!(Format::detect(include_str!("flattened/grid.txt")), Format::Flattened);
    assert_eq!(Format::detect(include_str!("essay/essay.txt")), Format::Essay);
    assert_eq!(Format::detect("{\"kind\":\"embassy\"}\n"), Format::Claims);
}

#[test]
fn historian() {
    insta::assert_snapshot!(reading("belgium.xml", include_str!("historian/belgium.xml"), None));
}

/// What happened on which day, with the pages that tell of it as sources.
#[test]
fn table_of_events() {
    let text = include_str!("table/events.csv");
    insta::assert_snapshot!(reading("events.csv", text, None));
    let read = extract(grammar(), "events.csv", text.as_bytes(), None);
    let pages: Vec<(&str, &str, &str)> =
        read.cited.iter().map(|page| (page.title.as_str(), page.edition.as_str(), page.address.as_str())).collect();
    // A page that is older than its event only announced it: the table itself is the source of what it says.
    assert_eq!(pages, [("Embassy is back, A Paper, 2022-04-06", "2022-04-06", "https://example.org/back")]);
    let moved = read.claims.iter().filter(|claim| claim.origin.document == *"events").count();
    assert_eq!(moved, 5, "two of the move and one each of three rows without a page");
}

/// Who is on no list that is whole is no member, whoever has him; territories and members of the past are left alone.
#[test]
fn a_list_that_is_whole() {
    let whole = extract(grammar(), "whole.csv", include_bytes!("table/whole.csv"), None);
    let rows = "member,organization,status\nNorway,NATO,member\nAustria,NATO,member\nGreenland,NATO,member\nGeorgia,NATO,partner\n";
    let other = extract(grammar(), "other.csv", rows.as_bytes(), None);
    let mut both = [whole, other];
    let before: usize = both.iter().map(|read| read.claims.len()).sum();
    legation::import::deny_others(&mut both, &[], grammar().gazetteer);
    let denied: Vec<String> = both
        .iter()
        .flat_map(|read| &read.claims)
        .filter(|claim| claim.polarity == legation::model::Polarity::Denied)
        .map(|claim| format!("{:?} {}:{}", claim.record().member, claim.origin.document, claim.origin.line))
        .collect();
    assert_eq!(denied, ["Some(\"austria\") whole:2"]);
    assert_eq!(both.iter().map(|read| read.claims.len()).sum::<usize>(), before + 1);
}
