//! What goes to standard error: errors with a hint, problems with their place.
#![allow(clippy::print_stderr)]

use anstream::eprintln;
use owo_colors::OwoColorize;

use crate::graph::QueryError;
use crate::model::Problem;
use crate::names::NameError;

/// Prints an error and, where there is one, a way on.
pub(super) fn report(error: &anyhow::Error) {
    eprintln!("{} {error:#}", "error:".red().bold());
    let name = error.downcast_ref::<NameError>().or_else(|| match error.downcast_ref::<QueryError>() {
        Some(QueryError::Name(name)) => Some(name),
        _ => None,
    });
    let hint = name.and_then(NameError::hint).or_else(|| match error.downcast_ref::<QueryError>() {
        Some(QueryError::Absent { part_of: Some(whole), .. }) => Some(format!("it is part of {whole}: ask for that")),
        Some(QueryError::Absent { .. }) => {
            Some("--data FILE asks another data set; legation import FILE… -o NET makes one".to_owned())
        }
        Some(QueryError::NotThen { .. }) => {
            Some("legation who NAME shows since when it is, and what was before and after it".to_owned())
        }
        Some(QueryError::NotInRoster { .. }) => Some("--roster all leaves nobody out".to_owned()),
        _ => None,
    });
    if let Some(hint) = hint {
        eprintln!("  {} {hint}", "hint:".cyan());
    }
}

/// Prints a problem.
pub(super) fn problem(problem: &Problem) {
    eprintln!("{problem}");
}

/// Whether rows of an input were lost: the exit code tells.
static LOST: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Notes that rows of an input were lost.
pub(super) fn lose() {
    LOST.store(true, std::sync::atomic::Ordering::Relaxed);
}

/// Whether rows of an input were lost.
pub(super) fn lost() -> bool {
    LOST.load(std::sync::atomic::Ordering::Relaxed)
}

/// Prints a line of progress or a summary.
pub(super) fn say(text: &str) {
    eprintln!("{text}");
}

/// Tells what documents changed in a data set to which they were added.
pub(super) fn effects(before: &[crate::model::Fact], after: &[crate::model::Fact]) {
    match crate::dataset::Effects::between(before, after).words() {
        Some(words) => say(&format!("with what was added: {words}")),
        None => say("what was added changes nothing that stands"),
    }
}
