//! `legation check`: validates a data set file.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::messages::problem;
use super::shared::{Outcome, print};
use crate::dataset::{check, parse};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Data set file
    #[arg(value_name = "NET")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let name = arguments.file.display().to_string();
    let text = std::fs::read_to_string(&arguments.file).with_context(|| name.clone())?;
    let problems = check(&name, &text, gazetteer)?;
    problems.iter().for_each(problem);
    if problems.is_empty() {
        let data = parse(&name, &text, gazetteer)?;
        print(&format!(
            "{name}: sound; {} facts, {} claims, {} documents\n",
            data.facts.len(),
            data.claims.len(),
            data.sources.len()
        ))?;
        for line in data.impossible(gazetteer) {
            print(&format!("note: {line}\n"))?;
        }
        return Ok(Outcome::Answered);
    }
    Ok(Outcome::Nothing)
}
