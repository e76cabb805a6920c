//! `legation import`: documents to one data set.

use std::path::{Path, PathBuf};

use clap::Args;

use super::inputs::{Gathered, Known, bytes, gather, is_data_set};
use super::messages::say;
use super::shared::{Outcome, edition, one_of};
use crate::dataset::{DataSet, impossible, is_tables, parse_sources, save, save_tables};
use crate::import::Format;
use crate::model::{Authority, Source};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents, tables, claims (JSON Lines), data sets, or folders of these
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Data set to write: a file (.json), or a folder of plain tables
    #[arg(long, short, value_name = "NET")]
    output: PathBuf,
    /// Edition of the documents, as a date or version, to be kept with their facts
    #[arg(long, default_value = "", value_parser = edition)]
    edition: String,
    /// Licence of the documents, to be kept with their facts
    #[arg(long, default_value = "")]
    licence: String,
    /// Form of the documents, if the content should not decide
    #[arg(long, value_parser = one_of(&Format::ALL, Format::name))]
    format: Option<Format>,
    /// How near they stand to what they report
    #[arg(long, value_name = "KIND", value_parser = one_of(&Authority::ALL, Authority::name))]
    authority: Option<Authority>,
    /// State or organisation that publishes them, where they are official
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Table of editions, licences and authorities, by document or by format
    #[arg(long, value_name = "TABLE")]
    sources: Option<PathBuf>,
    /// Do not list problems, only count them
    #[arg(long, short)]
    quiet: bool,
}

/// Whether an output is to be a folder of tables: it is one, or has no ending.
fn is_folder(output: &Path) -> bool {
    output.is_dir() || output.extension().is_none()
}

/// Refuses to write over what is no data set of ours, or over a document that is being read.
fn spare(arguments: &Arguments) -> anyhow::Result<()> {
    let output = &arguments.output;
    let shown = output.display();
    if is_folder(output) {
        let empty = std::fs::read_dir(output).map_or(true, |mut entries| entries.next().is_none());
        anyhow::ensure!(
            empty || is_tables(output),
            "{shown} holds other files; name a new folder, or one that holds a data set as tables"
        );
        return Ok(());
    }
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    anyhow::ensure!(
        ending.as_deref() == Some("json"),
        "{shown}: a data set is written to a file that ends in .json, or to a folder"
    );
    anyhow::ensure!(!output.exists() || is_data_set(output), "{shown} is no data set; name another file to write");
    Ok(())
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    spare(arguments)?;
    let rows = match &arguments.sources {
        Some(path) => parse_sources(&path.display().to_string(), &String::from_utf8_lossy(&bytes(path)?))?,
        None => Vec::new(),
    };
    let publisher = arguments.publisher.as_deref().map(|name| gazetteer.resolve(name, None)).transpose()?;
    let known = Known {
        flags: Source {
            edition: arguments.edition.clone(),
            licence: arguments.licence.clone(),
            authority: arguments.authority.unwrap_or_default(),
            publisher: publisher.map(|publisher| publisher.slug().to_owned()).map(Into::into),
            ..Source::default()
        },
        rows,
    };
    let Gathered { sources, claims, lost, base } =
        gather(&arguments.files, Some((&known, arguments.quiet)), arguments.format, &[], gazetteer)?;
    if claims.is_empty() {
        say(&format!("no claim was read; {} is not written", arguments.output.display()));
        return Ok(Outcome::Nothing);
    }
    let data = DataSet::new(sources, claims, gazetteer);
    if is_folder(&arguments.output) {
        save_tables(&arguments.output, &data.sources, &data.claims)?;
    } else {
        save(&data, &arguments.output)?;
    }
    if let Some((sources, claims)) = base {
        super::messages::effects(&DataSet::new(sources, claims, gazetteer).facts, &data.facts);
    }
    let disputes = data.disputes().count();
    say(&format!(
        "{}: {} facts from {} claims of {} documents, {disputes} disputed",
        arguments.output.display(),
        data.facts.len(),
        data.claims.len(),
        data.sources.len()
    ));
    let impossible = impossible(data.facts.iter(), gazetteer).len();
    if impossible > 0 {
        say(&format!(
            "{impossible} facts cannot be as they are told; legation audit --data NET --list --only impossible shows them"
        ));
    }
    Ok(if data.facts.is_empty() || lost { Outcome::Nothing } else { Outcome::Answered })
}
