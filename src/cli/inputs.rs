//! The files that a user names: folders walked, documents read, data sets opened, gathered into sources and
//! claims.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use super::messages::{problem, report, say};
use crate::dataset::{Announced, announced, is_tables, load};
use crate::grammar::Grammar;
use crate::import::{Extraction, Format, deny_others, extract};
use crate::model::{Claim, Problem, Source};
use crate::names::Gazetteer;

/// The bytes of a file.
pub(super) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

/// Endings of files that a folder is searched for.
const ENDINGS: [&str; 8] = ["csv", "gz", "json", "jsonl", "txt", "wiki", "wikitext", "xml"];

/// The files that some paths name: a folder stands for what lies in it, by name, except a data set of tables.
pub(super) fn files_of(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() && !is_tables(path) {
            walk(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let shown = || folder.display().to_string();
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(shown)? {
        inside.push(entry.with_context(shown)?.path());
    }
    inside.sort();
    for path in inside {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if hidden {
            continue;
        }
        if path.is_dir() {
            if is_tables(&path) {
                files.push(path);
            } else {
                walk(&path, files)?;
            }
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a path is a data set of ours: a folder of tables, or a file that begins with our schema.
pub(super) fn is_data_set(path: &Path) -> bool {
    use std::io::Read as _;
    if path.is_dir() {
        return true;
    }
    let mut head = String::new();
    let read = std::fs::File::open(path).map(|file| file.take(64).read_to_string(&mut head));
    read.is_ok() && head.starts_with("{\"schema\"")
}

/// Reads files in parallel, in the order given. A file that cannot be read is an error by itself; the rest is
/// read all the same. Returns the readings and whether all went well.
pub(super) fn read_all(
    files: &[PathBuf],
    format: Option<Format>,
    gazetteer: &Gazetteer,
) -> anyhow::Result<(Vec<Extraction>, bool)> {
    let grammar = Grammar::load(gazetteer);
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

/// Names the documents that gave no claim.
pub(super) fn silent(extractions: &[Extraction]) {
    for extraction in extractions.iter().filter(|extraction| extraction.claims.is_empty()) {
        let Source { document, format, .. } = &extraction.source;
        // Whole archives hold pages of oceans and uninhabited islands, of which there is nothing to say.
        if format != Format::Factbook.name() {
            say(&format!("{document}: no claim read as {format}; --format says another form"));
        }
    }
}

/// Lists or counts the problems of some readings; returns whether rows of a table were lost.
pub(super) fn problems(extractions: &[Extraction], quiet: bool) -> bool {
    let count: usize = extractions.iter().map(|extraction| extraction.problems.len()).sum();
    if quiet {
        if count > 0 {
            say(&format!("{count} problems; without --quiet they are listed"));
        }
    } else {
        extractions.iter().flat_map(|extraction| &extraction.problems).for_each(problem);
    }
    extractions.iter().flat_map(|extraction| &extraction.problems).any(|problem| problem.lost)
}

/// Says which claims of a document are announcements: dated after its edition.
fn announcements(file: &str, extraction: &mut Extraction) {
    let Extraction { source, claims, problems, .. } = extraction;
    let edition = source.edition_day();
    for claim in claims.iter().filter(|claim| claim.origin.document == source.document) {
        let message = match announced(claim, edition) {
            Some(Announced::End) => {
                let ended = claim.span.ended.unwrap_or_default();
                format!("ends in {ended}, after the edition {}: announced, and standing until then", source.edition)
            }
            Some(Announced::Beginning) => {
                let began = claim.span.began;
                format!("begins in {began}, after the edition {}: announced, and not told as standing", source.edition)
            }
            None => continue,
        };
        problems.push(Problem { file: file.to_owned(), line: claim.origin.line, message, lost: false });
    }
}

/// What is known of the documents of an import beside what they say themselves.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What the user says of these very files.
    pub flags: Source,
    /// Rows by document, or by format where they name no document.
    pub rows: Vec<Source>,
}

impl Known {
    /// Fills what a source does not say itself: from the flags, then from its own row, then from that of its
    /// format.
    fn complete(&self, source: &mut Source) {
        let own = self.rows.iter().find(|row| row.document == source.document);
        let of_format = self.rows.iter().find(|row| row.document.is_empty() && row.format == source.format);
        for row in [Some(&self.flags), own, of_format].into_iter().flatten() {
            source.complete(row);
        }
        // The address of a row on a format is that of each of its documents; `{name}` leaves the format out.
        source.address = source.address.replace("{document}", &source.document.replace(' ', "_"));
        let name = source.document.strip_prefix(&source.format).unwrap_or(&source.document).trim_start_matches('-');
        source.address = source.address.replace("{name}", name);
        source.title = source.title.replace("{document}", &source.document);
    }
}

/// Sources and claims of some files.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub sources: Vec<Source>,
    pub claims: Vec<Claim>,
    /// Whether rows of a table were lost.
    pub lost: bool,
    /// What the data sets among the files say, where there are other documents beside them.
    pub base: Option<(Vec<Source>, Vec<Claim>)>,
}

/// Reads data sets, documents and folders of these, which stand `beside` some claims; problems go to standard error, listed
/// or counted.
pub(super) fn gather(
    paths: &[PathBuf],
    known: Option<(&Known, bool)>,
    format: Option<Format>,
    beside: &[Claim],
    gazetteer: &Gazetteer,
) -> anyhow::Result<Gathered> {
    let unknown = Known::default();
    let (known, quiet) = known.unwrap_or((&unknown, false));
    let (sets, documents): (Vec<PathBuf>, Vec<PathBuf>) =
        files_of(paths)?.into_iter().partition(|path| is_data_set(path));
    let (mut sources, mut claims, mut lost) = (Vec::new(), Vec::new(), false);
    for path in &sets {
        let set = load(path, gazetteer)?;
        sources.extend(set.sources);
        claims.extend(set.claims);
    }
    if documents.is_empty() {
        return Ok(Gathered { sources, claims, lost, base: None });
    }
    let base = (!sets.is_empty()).then(|| (sources.clone(), claims.clone()));
    let (mut extractions, sound) = read_all(&documents, format, gazetteer)?;
    if !sound {
        anyhow::bail!("not every file could be read; nothing is done with the others");
    }
    for (path, extraction) in documents.iter().zip(&mut extractions) {
        known.complete(&mut extraction.source);
        announcements(&path.display().to_string(), extraction);
    }
    deny_others(&mut extractions, claims.iter().chain(beside), gazetteer);
    lost |= problems(&extractions, quiet);
    silent(&extractions);
    for extraction in extractions {
        let mut named: Vec<&str> = extraction.claims.iter().map(|claim| claim.origin.document.as_str()).collect();
        named.sort_unstable();
        named.dedup();
        // Claims and tables may name documents of their own.
        for document in named.into_iter().filter(|document| *document != extraction.source.document) {
            let cited = extraction.cited.iter().find(|page| page.document == *document);
            let mut source = cited.cloned().unwrap_or_else(|| {
                let format = extraction.source.format.clone();
                Source { document: document.into(), format, ..Source::default() }
            });
            known.complete(&mut source);
            sources.push(source);
        }
        if extraction.claims.iter().any(|claim| claim.origin.document == extraction.source.document) {
            sources.push(extraction.source);
        }
        claims.extend(extraction.claims);
    }
    Ok(Gathered { sources, claims, lost, base })
}
