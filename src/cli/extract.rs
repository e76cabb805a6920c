//! `legation extract`: documents to claims as JSON Lines.

use std::path::PathBuf;

use clap::Args;

use super::inputs::{files_of, problems, read_all, silent};
use super::shared::{Outcome, one_of, print};
use crate::import::Format;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents, tables, claims, or folders of these
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the documents, if the content should not decide
    #[arg(long, value_parser = one_of(&Format::ALL, Format::name))]
    format: Option<Format>,
    /// Do not list problems, only count them
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (extractions, sound) = read_all(&files_of(&arguments.files)?, arguments.format, gazetteer)?;
    let mut out = String::new();
    for claim in extractions.iter().flat_map(|extraction| &extraction.claims) {
        out.push_str(&serde_json::to_string(&claim.record())?);
        out.push('\n');
    }
    print(&out)?;
    silent(&extractions);
    let lost = problems(&extractions, arguments.quiet);
    if !sound {
        anyhow::bail!("not every file could be read; what the others say is printed");
    }
    Ok(if out.is_empty() || lost { Outcome::Nothing } else { Outcome::Answered })
}
