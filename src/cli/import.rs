//! `legation import`: documents to one data set.

use std::path::PathBuf;

use clap::Args;

use super::extract::{problems, read_all};
use super::messages::say;
use super::shared::Outcome;
use crate::dataset::{DataSet, load, save};
use crate::import::Format;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents, claims (JSON Lines) or data sets (.json)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Data set to write
    #[arg(long, short, value_name = "NET")]
    output: PathBuf,
    /// Edition of the documents, as a date or version, to be kept with their facts
    #[arg(long, default_value = "")]
    edition: String,
    /// Licence of the documents, to be kept with their facts
    #[arg(long, default_value = "")]
    licence: String,
    /// Do not list problems, only count them
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (sets, documents): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.files.iter().cloned().partition(|path| path.extension().is_some_and(|ending| ending == "json"));
    let (extractions, sound) = read_all(&documents, None, gazetteer)?;
    let lost = problems(&extractions, arguments.quiet);
    let (mut sources, mut claims) = (Vec::new(), Vec::new());
    for path in &sets {
        let set = load(path, gazetteer)?;
        sources.extend(set.sources);
        claims.extend(set.claims);
    }
    for mut extraction in extractions {
        if extraction.source.format == Format::Claims.name() {
            // Claims name their own documents.
            for claim in &extraction.claims {
                sources.push(crate::model::Source {
                    document: claim.origin.document.clone(),
                    format: extraction.source.format.clone(),
                    edition: arguments.edition.clone(),
                    licence: arguments.licence.clone(),
                    about: None,
                });
            }
        } else {
            extraction.source.edition.clone_from(&arguments.edition);
            extraction.source.licence.clone_from(&arguments.licence);
            sources.push(extraction.source);
        }
        claims.extend(extraction.claims);
    }
    if !sound {
        anyhow::bail!("not every file could be read; {} is as it was", arguments.output.display());
    }
    let data = DataSet::new(sources, claims, gazetteer);
    save(&data, gazetteer, &arguments.output)?;
    let disputes = data.disputes().count();
    say(&format!(
        "{}: {} facts from {} claims of {} documents, {disputes} disputed",
        arguments.output.display(),
        data.facts.len(),
        data.claims.len(),
        data.sources.len()
    ));
    Ok(if data.facts.is_empty() || lost { Outcome::Nothing } else { Outcome::Answered })
}
