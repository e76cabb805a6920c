//! What can be wrong with a data set although it can be read.

use std::collections::BTreeSet;
use std::path::Path;

use super::file::{form, line_of_fact, records};
use super::tables::{claims_by_row, load_sources, to_tables};
use super::{FileError, parse, to_json};
use crate::model::{Claim, Problem, Statement};
use crate::names::Gazetteer;

/// Checks the text of a data set: every claim of a known kind with its keys and dates, every document among
/// the sources, nobody a party twice, the derived fields as the claims give them, the file in canonical form.
///
/// Returns the problems by line. An empty list is a sound file.
///
/// # Errors
/// [`FileError`] where the text is no data set at all.
pub fn check(name: &str, text: &str, gazetteer: &Gazetteer) -> Result<Vec<Problem>, FileError> {
    let file = form(name, text)?;
    let mut problems = Vec::new();
    let mut report = |line: usize, message: String| {
        problems.push(Problem { file: name.to_owned(), line, message, lost: false });
    };
    let known: BTreeSet<&str> = file.sources.iter().map(|source| source.document.as_str()).collect();
    let mut bad = false;
    for (at, fact) in file.facts.iter().enumerate() {
        let line = line_of_fact(text, at);
        if fact.claims.is_empty() {
            report(line, format!("the {} of {} and {} rests on no claim", fact.tie, fact.subject, fact.object));
        }
        for record in &fact.claims {
            if !known.contains(record.document.as_str()) {
                report(line, format!("\"{}\" is not among the sources", record.document));
            }
            match Claim::try_from(record.clone()) {
                Ok(claim) => {
                    if let Some(slug) = itself(&claim.statement) {
                        report(line, format!("\"{slug}\" stands on both sides of a {}", fact.tie));
                    }
                }
                Err(error) => {
                    bad = true;
                    report(line, error.to_string());
                }
            }
        }
    }
    if !bad {
        let data = parse(name, text, gazetteer)?;
        let derived = records(&data);
        for (at, (found, wanted)) in file.facts.iter().zip(&derived).enumerate() {
            let differs = (found.denied, found.disputed, &found.began, &found.ended)
                != (wanted.denied, wanted.disputed, &wanted.began, &wanted.ended);
            if differs && found.subject == wanted.subject && found.object == wanted.object {
                report(
                    line_of_fact(text, at),
                    format!(
                        "the {} of {} and {} does not follow from its claims: they give began \"{}\", ended \"{}\", disputed {}",
                        found.tie, found.subject, found.object, wanted.began, wanted.ended, wanted.disputed
                    ),
                );
            }
        }
        if problems.is_empty() && to_json(&data) != text {
            problems.push(Problem {
                file: name.to_owned(),
                line: 0,
                message: "not in canonical form; legation import FILE -o FILE writes it anew".to_owned(),
                lost: false,
            });
        }
    }
    problems.sort();
    Ok(problems)
}

/// Checks a folder of tables: every row reads, every party is a slug of the tables of names, every document is
/// among the sources, nobody is a party twice, and the files are in canonical form: sorted, each row once.
///
/// # Errors
/// [`FileError`] where a table cannot be read.
pub fn check_tables(folder: &Path, gazetteer: &Gazetteer) -> Result<Vec<Problem>, FileError> {
    let tables = claims_by_row(folder)?;
    let sources = load_sources(folder)?;
    let known: BTreeSet<&str> = sources.iter().map(|source| source.document.as_str()).collect();
    let mut problems = Vec::new();
    let mut report = |file: &Path, line: usize, message: String| {
        problems.push(Problem { file: file.display().to_string(), line, message, lost: false });
    };
    let mut claims = Vec::new();
    for (path, rows) in tables {
        for (line, row) in rows {
            for claim in &row {
                if !known.contains(claim.origin.document.as_str()) {
                    report(&path, line, format!("\"{}\" is not among the sources", claim.origin.document));
                }
            }
            let Some(Claim { statement, .. }) = row.first() else {
                report(&path, line, "no place says so; a row without one is not read".to_owned());
                continue;
            };
            if let Some(slug) = itself(statement) {
                report(&path, line, format!("\"{slug}\" stands on both sides"));
            }
            for slug in named(statement) {
                if gazetteer.entity(slug).is_none() && gazetteer.organisation(slug).is_none() {
                    report(&path, line, format!("\"{slug}\" is no state or organisation of the tables"));
                }
            }
            claims.extend(row);
        }
    }
    for (name, wanted) in to_tables(&sources, &claims) {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if text != wanted {
            let line = text.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
            let message = "not in canonical form; legation import FOLDER -o FOLDER writes it anew";
            report(&path, line.map_or(0, |line| line + 1), message.to_owned());
        }
    }
    problems.sort();
    problems.dedup();
    Ok(problems)
}

/// Parties that must be in the tables of names: members and parties of signed ties may be anybody.
fn named(statement: &Statement) -> Vec<&str> {
    let (one, other) = statement.parties();
    match statement {
        Statement::Membership { .. } | Statement::Tie { .. } => Vec::new(),
        Statement::Count { .. } | Statement::Capital { .. } => vec![one],
        Statement::Mission { host: Some(host), .. } | Statement::Accreditation { host: Some(host), .. } => {
            vec![one, other, host]
        }
        Statement::Protection { power, .. } => vec![one, other, power],
        _ => vec![one, other],
    }
}

/// A party that a statement names on both sides.
fn itself(statement: &Statement) -> Option<&str> {
    if matches!(statement, Statement::Count { .. } | Statement::Capital { .. }) {
        return None;
    }
    let (one, other) = statement.parties();
    (one == other).then_some(one)
}
