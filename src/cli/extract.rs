//! `legation extract`: documents to claims as JSON Lines.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::messages::{problem, report, say};
use super::shared::{Outcome, bytes, print};
use crate::grammar::Grammar;
use crate::import::{Extraction, Format, extract};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents: articles in wikitext, flattened articles, essays, or claims
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the documents, if the content should not decide: wikitext, flattened, essay or claims
    #[arg(long, value_parser = format)]
    format: Option<Format>,
    /// Do not list problems, only count them
    #[arg(long, short)]
    quiet: bool,
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| "say wikitext, flattened, essay or claims".to_owned())
}

/// Reads files in parallel, in the order given. A file that cannot be read is an error by itself; the rest is
/// read all the same. Returns the readings and whether all went well.
pub(super) fn read_all(
    files: &[PathBuf],
    format: Option<Format>,
    gazetteer: &Gazetteer,
) -> anyhow::Result<(Vec<Extraction>, bool)> {
    let grammar = Grammar::load(gazetteer)?;
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    if files.len() < 20 {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    let read: Vec<anyhow::Result<Extraction>> = files
        .par_iter()
        .map(|path| {
            let extraction = bytes(path).map(|bytes| extract(&grammar, &path.display().to_string(), &bytes, format));
            bar.inc(1);
            extraction
        })
        .collect();
    bar.finish_and_clear();
    let mut sound = true;
    let mut extractions = Vec::with_capacity(read.len());
    for reading in read {
        match reading {
            Ok(extraction) => extractions.push(extraction),
            Err(error) => {
                sound = false;
                report(&error);
            }
        }
    }
    Ok((extractions, sound))
}

/// Lists or counts the problems of some readings; returns whether rows of a claims file were lost.
pub(super) fn problems(extractions: &[Extraction], quiet: bool) -> bool {
    let count: usize = extractions.iter().map(|extraction| extraction.problems.len()).sum();
    if quiet {
        if count > 0 {
            say(&format!("{count} problems; without --quiet they are listed"));
        }
    } else {
        extractions.iter().flat_map(|extraction| &extraction.problems).for_each(problem);
    }
    extractions
        .iter()
        .any(|extraction| extraction.source.format == Format::Claims.name() && !extraction.problems.is_empty())
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (extractions, sound) = read_all(&arguments.files, arguments.format, gazetteer)?;
    let mut out = String::new();
    for claim in extractions.iter().flat_map(|extraction| &extraction.claims) {
        out.push_str(&serde_json::to_string(&claim.record())?);
        out.push('\n');
    }
    print(&out)?;
    for extraction in extractions.iter().filter(|extraction| extraction.claims.is_empty()) {
        say(&format!(
            "{}: no claim read as {}; --format says another form",
            extraction.source.document, extraction.source.format
        ));
    }
    let lost = problems(&extractions, arguments.quiet);
    if !sound {
        anyhow::bail!("not every file could be read; the claims of the others are printed");
    }
    Ok(if out.is_empty() || lost { Outcome::Nothing } else { Outcome::Answered })
}
