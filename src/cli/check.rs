//! `legation check`: validates a data set.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::messages::problem;
use super::shared::{Outcome, print};
use crate::dataset::{check, check_tables, impossible, load};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Data set: a file, or a folder of tables
    #[arg(value_name = "NET")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let name = arguments.file.display().to_string();
    let problems = if arguments.file.is_dir() {
        check_tables(&arguments.file, gazetteer)?
    } else {
        let text = std::fs::read_to_string(&arguments.file).with_context(|| name.clone())?;
        check(&name, &text, gazetteer)?
    };
    problems.iter().for_each(problem);
    if !problems.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let data = load(&arguments.file, gazetteer)?;
    let (facts, claims, documents) = (data.facts.len(), data.claims.len(), data.sources.len());
    print(&format!("{name}: sound; {facts} facts, {claims} claims, {documents} documents\n"))?;
    let cannot = impossible(data.facts.iter(), gazetteer).len();
    if cannot > 0 {
        print(&format!(
            "note: {cannot} facts cannot be as they are told; legation audit --data {name} --list --only impossible shows them\n"
        ))?;
    }
    Ok(Outcome::Answered)
}
