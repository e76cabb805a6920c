//! One folder per format: small inputs, written for these tests, beside the claims and problems that they
//! must give.

use legation::import::{Format, extract};

use crate::grammar;

fn reading(file: &str, text: &str, format: Option<Format>) -> String {
    let read = extract(grammar(), file, text.as_bytes(), format);
    let mut out = format!("{} about {}\n", read.source.format, read.source.about.as_deref().unwrap_or("nobody"));
    for claim in &read.claims {
        let mut record = claim.record();
        record.document = String::new();
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
            "member",
            "organization",
            "subject",
            "what",
            "value",
            "sign",
            "label",
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
fn the_format_is_told_from_the_content() {
    assert_eq!(Format::detect(include_str!("wikitext/tables.wiki")), Format::Wikitext);
    assert_eq!(Format::detect(include_str!("flattened/grid.txt")), Format::Flattened);
    assert_eq!(Format::detect(include_str!("essay/essay.txt")), Format::Essay);
    assert_eq!(Format::detect("{\"kind\":\"embassy\"}\n"), Format::Claims);
}
