//! What can be wrong with a data set although it can be read.

use std::collections::BTreeSet;

use super::file::{form, line_of_fact, records};
use super::{DataSet, FileError, parse, to_json};
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
        problems.push(Problem { file: name.to_owned(), line, message });
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
        let derived = records(&data, gazetteer);
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
        if problems.is_empty() && to_json(&data, gazetteer) != text {
            problems.push(Problem {
                file: name.to_owned(),
                line: 0,
                message: "not in canonical form; legation import FILE -o FILE writes it anew".to_owned(),
            });
        }
    }
    problems.sort();
    Ok(problems)
}

/// A party that a statement names on both sides.
fn itself(statement: &Statement) -> Option<&str> {
    match statement {
        Statement::Mission { sending: a, receiving: b, .. }
        | Statement::Accreditation { sending: a, receiving: b, .. }
        | Statement::Relations { a, b }
        | Statement::Recognition { recognizer: a, recognized: b }
        | Statement::Membership { member: a, organization: b, .. }
        | Statement::Tie { a, b, .. } => (a == b).then_some(a),
        Statement::Count { .. } => None,
    }
}

impl DataSet {
    /// Problems of the facts as facts: seats that cannot be.
    pub fn impossible(&self, gazetteer: &Gazetteer) -> Vec<String> {
        let mut found = Vec::new();
        for claim in &self.claims {
            if let Statement::Accreditation { sending, receiving, host: Some(host), .. } = &claim.statement
                && host == receiving
            {
                found.push(format!(
                    "{}:{}: {} is said to cover {} from {} itself",
                    claim.origin.document,
                    claim.origin.line,
                    gazetteer.display(sending),
                    gazetteer.display(receiving),
                    gazetteer.display(host)
                ));
            }
        }
        found
    }
}
