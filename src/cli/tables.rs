//! Tables of members and organisations that a user names: opened, told from each other, read with progress.

use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::Context as _;

use super::inputs::bytes;
use super::messages::problem;
use super::shared::Ask;
use crate::affiliation::{StateYears, TwoMode};
use crate::model::Problem;
use crate::names::Gazetteer;

/// The text of a file if it is the state-year table of Correlates of War; gzip is unpacked.
pub(super) fn state_year_bytes(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    if path.is_dir() {
        return Ok(None);
    }
    let shown = || path.display().to_string();
    let mut head = Vec::new();
    opened(path)?.take(64).read_to_end(&mut head).with_context(shown)?;
    if !StateYears::is_head(&String::from_utf8_lossy(&head)) {
        return Ok(None);
    }
    if !is_gzip(path)? {
        return Ok(Some(bytes(path)?));
    }
    let mut text = Vec::new();
    opened(path)?.read_to_end(&mut text).with_context(shown)?;
    Ok(Some(text))
}

fn is_gzip(path: &Path) -> anyhow::Result<bool> {
    let mut mark = [0; 2];
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    Ok(file.take(2).read(&mut mark).is_ok_and(|read| read == 2) && mark == [0x1f, 0x8b])
}

/// A file as it is read, gzip unpacked.
pub(super) fn opened(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    let packed = is_gzip(path)?;
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    Ok(if packed { Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))) } else { Box::new(file) })
}

/// Reads a two-mode table, with progress where that takes long; problems go to standard error.
pub(super) fn read_table(path: &Path) -> anyhow::Result<TwoMode> {
    let bar = spinner("rows read");
    let shown = path.display().to_string();
    let read = TwoMode::read(&shown, opened(path)?, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let read = read?;
    read.problems.iter().for_each(|found: &Problem| problem(found));
    Ok(read)
}

/// A count on standard error, if that is a terminal.
pub(super) fn spinner(what: &str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new_spinner();
    if let Ok(style) = indicatif::ProgressStyle::with_template("{spinner} {human_pos} {msg}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// Progress of a known number of things on standard error, if that is a terminal.
pub(super) fn counted(many: u64, what: &str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(many);
    if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} {msg}, {eta} left")
    {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// Refuses what has no meaning for the state-year table: its rows say who is a state.
pub(super) fn own_states(ask: &Ask, path: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        ask.roster.is_none() && !ask.certain && ask.also.is_empty(),
        "{path} says itself who is a state and when: --roster, --certain and --also ask a data set made of it"
    );
    Ok(())
}

/// The state that bears a COW code in a year, by slug; else the code itself as `cow:NNN`.
pub(super) fn state_of(code: &str, year: i16, gazetteer: &Gazetteer) -> String {
    gazetteer.coded_in("cow", code, year).map_or_else(|| format!("cow:{code}"), str::to_owned)
}
