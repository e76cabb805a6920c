//! What each form reads, and what looks alike and must give nothing: the rows of `fixtures.csv`, each read with that one
//! form and no other, so that a failure names the form that broke.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use super::super::tables::FORMS;
use super::super::{Context, Found, Grammar, Passage};
use crate::model::{Polarity, Statement, typed_rows};
use crate::names::Gazetteer;

/// A sentence with what a form gives of it: claims by "; ", nothing where it must not be read.
#[derive(Deserialize)]
struct Fixture {
    form: String,
    article: Option<String>,
    other: Option<String>,
    sentence: String,
    gives: String,
    /// Where wording of this kind was met.
    #[allow(dead_code)]
    met: String,
}

fn line(found: &Found) -> String {
    let mut out = String::new();
    let (a, b) = found.statement.parties();
    let what = match &found.statement {
        Statement::Relations { .. } => "relations".to_owned(),
        Statement::Recognition { .. } => "recognition".to_owned(),
        Statement::Tie { label, .. } => label.clone(),
        Statement::Membership { status, .. } => status.word().to_owned(),
        Statement::Mission { kind, city, host, .. } => {
            let mut what = kind.name().to_owned();
            for place in [city.as_deref(), host.as_ref().map(|host| host.as_str())].into_iter().flatten() {
                let _ = write!(what, " @{place}");
            }
            what
        }
        Statement::Protection { power, .. } => format!("protection by {power} of"),
        other => format!("{other:?}"),
    };
    if found.polarity == Polarity::Denied {
        out.push_str("no ");
    }
    let _ = write!(out, "{what} {a} {b}");
    if !found.as_of.is_unknown() {
        let _ = write!(out, " on={}", found.as_of);
    }
    if !found.span.began.is_unknown() {
        let _ = write!(out, " since={}", found.span.began);
    }
    if let Some(ended) = found.span.ended {
        let _ = match (ended.earliest, ended.latest) {
            (None, None) => write!(out, " until=past"),
            (Some(_), None) => write!(out, " until=then or later"),
            _ => write!(out, " until={ended}"),
        };
    }
    if let Some(ending) = found.ending {
        let _ = write!(out, " {}", ending.name());
    }
    out
}

#[test]
fn each_form_reads_its_sentences_and_no_others() {
    let gazetteer = Gazetteer::from_tables(std::path::Path::new("data/names")).expect("the tables of names");
    let rows = typed_rows::<Fixture>("fixtures.csv", include_str!("fixtures.csv")).expect("the fixtures");
    let mut broken = String::new();
    for form in FORMS.rows() {
        let own: Vec<&Fixture> = rows.iter().map(|row| &row.value).filter(|row| row.form == form.form).collect();
        assert!(own.iter().any(|row| !row.gives.is_empty()), "{} has no sentence that it reads", form.form);
        assert!(own.iter().any(|row| row.gives.is_empty()), "{} has no sentence that it must not read", form.form);
        let grammar = Grammar::of_form(&gazetteer, &form.form);
        for row in own {
            let entity = |name: &Option<String>| {
                let name = name.as_ref()?;
                Some(grammar.sole_entity(name, Context::default()).expect("a state"))
            };
            let context = Context { article: entity(&row.article), other: entity(&row.other), ..Context::default() };
            let reading = grammar.changes(Passage { text: &row.sentence, links: &[] }, context, form.texts.is_some());
            let given: BTreeSet<String> = reading.found.iter().map(line).collect();
            let wanted: BTreeSet<String> =
                row.gives.split("; ").filter(|one| !one.is_empty()).map(str::to_owned).collect();
            if given != wanted {
                let _ = writeln!(broken, "{}: \"{}\"\n  gives {given:?}\n  wants {wanted:?}", form.form, row.sentence);
            }
        }
    }
    let known: BTreeSet<&str> = FORMS.rows().iter().map(|form| form.form.as_str()).collect();
    for row in &rows {
        assert!(known.contains(row.value.form.as_str()), "line {}: \"{}\" is no form", row.line, row.value.form);
    }
    assert!(broken.is_empty(), "\n{broken}");
}
