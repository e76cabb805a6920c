//! `legation cover --pairs` and `--all`: directed dyads by the thousand, for one date or for each year of a span.

use std::collections::BTreeMap;
use std::io::BufWriter;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::columns::Told;
use super::inputs::bytes;
use super::messages::problem;
use super::shared::{Ask, Outcome, written};
use crate::coverage::{Coverage, Ladder, Purpose};
use crate::export::{Cell, Evidence, Sheet, places};
use crate::graph::{Lens, Network};
use crate::model::{Day, Problem, Rows, edtf_day};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Batch {
    /// Pairs from a table with the columns sending and receiving (or ccode1 and ccode2) and, if you like, date
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// Every ordered pair of the roster (un193 if none is given)
    #[arg(long, conflicts_with = "pairs")]
    pub all: bool,
    /// First year of a span: a row a pair and year, as of 31 December
    #[arg(long, value_name = "YEAR", requires_all = ["to", "all"], conflicts_with_all = ["as_of", "on"])]
    pub from: Option<i16>,
    /// Last year of the span
    #[arg(long, value_name = "YEAR", requires = "from")]
    pub to: Option<i16>,
}

/// Columns of a row; `evidence` follows where it is asked for.
pub(super) const COLUMNS: [&str; 27] = [
    "sending",
    "receiving",
    "sending_iso3",
    "receiving_iso3",
    "ccode1",
    "ccode2",
    "dyadid",
    "year",
    "date",
    "representation",
    "rung",
    "form",
    "kind",
    "city",
    "host",
    "by",
    "since",
    "standing",
    "edition",
    "rungs",
    "represented",
    "certain",
    "rank",
    "cow_level",
    "lor",
    "kenkel",
    "levels_verified",
];

/// What is asked of every pair.
struct Row {
    purpose: Option<Purpose>,
    evidence: bool,
}

impl Row {
    fn columns(&self) -> Vec<&'static str> {
        COLUMNS.into_iter().chain(self.evidence.then_some("evidence")).collect()
    }

    fn cells(&self, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>) -> Vec<Cell> {
        let served = self.purpose.map(|purpose| ladder.serving(purpose));
        let step = served.as_ref().unwrap_or(ladder).best();
        let told = Told { coverage, ladder, step, parties: (&ladder.sending, &ladder.receiving) };
        let mut cells = told.cells(&COLUMNS);
        if self.evidence {
            let evidence: Vec<Evidence> = step.origins().iter().map(Evidence::from).collect();
            cells.push(places(&evidence).into());
        }
        cells
    }
}

/// A pair of a file, with its line.
struct Asked {
    line: usize,
    sending: String,
    receiving: String,
    day: Option<Day>,
}

pub(super) fn run(
    batch: &Batch,
    network: &Network<'_>,
    lens: &Lens,
    purpose: Option<Purpose>,
    ask: &Ask,
) -> anyhow::Result<Outcome> {
    let form = ask.format.sheet()?;
    let years: Vec<Option<Day>> = match (batch.from, batch.to) {
        (Some(from), Some(to)) => {
            anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
            let days: Result<Vec<_>, _> = (from..=to).map(|year| Day::new(year, 12, 31).map(Some)).collect();
            days.context("--from and --to are years from 1 to 9999")?
        }
        _ => vec![lens.as_of],
    };
    let purposes = purpose.map_or_else(String::new, |purpose| format!(" --purpose {}", purpose.name()));
    let question = match &batch.pairs {
        Some(path) => format!("cover --pairs {}{purposes}", path.display()),
        None => format!("cover --all{purposes}"),
    };
    let row = Row { purpose, evidence: ask.evidence };
    let out = BufWriter::new(std::io::stdout().lock());
    let mut sound = true;
    let rows = match &batch.pairs {
        Some(path) => {
            let text = bytes(path)?;
            let text = String::from_utf8(text).map_err(|_| anyhow::anyhow!("{}: not UTF-8", path.display()))?;
            let asked;
            (asked, sound) = read(path, &text, network.gazetteer)?;
            let mut sheet = Sheet::begin(out, form, &question, &lens.caption(), &row.columns())?;
            sound &= pairs(&asked, path, network, lens, &row, |cells| sheet.row(cells))?;
            sheet.end()
        }
        None => {
            let lens = Lens { roster: ask.compared_roster()?, ..lens.clone() };
            let caption = match (batch.from, batch.to) {
                (Some(from), Some(to)) => {
                    let roster = lens.roster.name();
                    format!(
                        "each 31 December of {from} to {to}, or the last day of who left in the year, roster {roster}"
                    )
                }
                _ => lens.caption(),
            };
            let mut sheet = Sheet::begin(out, form, &question, &caption, &row.columns())?;
            every(&years, batch.from.is_some(), network, &lens, &row, |cells| sheet.row(cells))
                .and_then(|()| sheet.end())
        }
    };
    written(rows, sound)
}

/// The pairs of a state that left the roster in the course of a year, on its last day in it.
fn left(
    network: &Network<'_>,
    lens: &Lens,
    (slug, last): (&str, Day),
    row: &Row,
    write: &mut impl FnMut(&[Cell]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let view = network.view(Lens { as_of: Some(last), ..lens.clone() });
    let coverage = Coverage::new(&view);
    let parties: Vec<_> = coverage.parties().collect();
    let then = network.gazetteer.stood_as(slug, last).unwrap_or(slug);
    let Some(gone) = network.node(then).or_else(|| network.node(slug)).filter(|node| parties.contains(node)) else {
        return Ok(());
    };
    let here = coverage.ladders(gone);
    for &other in parties.iter().filter(|other| **other != gone) {
        write(&row.cells(&coverage, &here.of(other)))?;
        write(&row.cells(&coverage, &coverage.ladders(other).of(gone)))?;
    }
    Ok(())
}

fn every(
    years: &[Option<Day>],
    whole_years: bool,
    network: &Network<'_>,
    lens: &Lens,
    row: &Row,
    mut write: impl FnMut(&[Cell]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let bar = indicatif::ProgressBar::new(years.len() as u64);
    if years.len() < 3 {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    for day in years {
        // Territories and organisations are seen as they are; the roster says whose pairs are asked for.
        let asked = Lens { as_of: *day, ..lens.clone() };
        let view = network.view(asked);
        let coverage = Coverage::new(&view);
        let parties: Vec<_> = coverage.parties().collect();
        for &receiving in &parties {
            let ladders = coverage.ladders(receiving);
            for &sending in parties.iter().filter(|sending| **sending != receiving) {
                write(&row.cells(&coverage, &ladders.of(sending)))?;
            }
        }
        if let Some(day) = day.filter(|_| whole_years) {
            for (slug, last) in lens.roster.left_in(day.year(), network.gazetteer) {
                left(network, lens, (slug, last), row, &mut write)?;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// The pairs of a file; rows that cannot be read are reported, and the second value is false.
fn read(path: &std::path::Path, text: &str, gazetteer: &Gazetteer) -> anyhow::Result<(Vec<Asked>, bool)> {
    let rows = Rows::new(text);
    let header: Vec<String> = rows.header.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    let (Some(sending), Some(receiving)) =
        (column(&["sending", "sender", "ccode1"]), column(&["receiving", "receiver", "ccode2"]))
    else {
        anyhow::bail!("{}:1: no columns \"sending\" and \"receiving\" in \"{}\"", path.display(), header.join(","));
    };
    let when = column(&["date", "year", "as_of"]);
    let (mut asked, mut sound) = (Vec::new(), true);
    let file = path.display().to_string();
    let lost = |line: usize, message: String| {
        problem(&Problem { file: file.clone(), line, message, lost: true });
    };
    for row in rows {
        let cell = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        let day = match when.map(cell).filter(|text| !text.is_empty()).map(edtf_day).transpose() {
            Ok(day) => day,
            Err(error) => {
                lost(row.line, format!("{error}; row skipped"));
                sound = false;
                continue;
            }
        };
        let find = |at: usize| {
            let cow = header.get(at).is_some_and(|name| name.starts_with("ccode"));
            let written = if cow { format!("cow:{}", cell(at)) } else { cell(at).to_owned() };
            gazetteer.resolve(&written, day).map(|named| named.slug().to_owned())
        };
        match (find(sending), find(receiving)) {
            (Ok(sending), Ok(receiving)) => asked.push(Asked { line: row.line, sending, receiving, day }),
            (Err(error), _) | (_, Err(error)) => {
                lost(row.line, format!("{error}; row skipped"));
                sound = false;
            }
        }
    }
    Ok((asked, sound))
}

/// Writes the pairs of a file in its order; whether all could be asked.
fn pairs(
    asked: &[Asked],
    path: &std::path::Path,
    network: &Network<'_>,
    lens: &Lens,
    row: &Row,
    mut write: impl FnMut(&[Cell]) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    let mut sound = true;
    let mut days: BTreeMap<Option<Day>, Vec<usize>> = BTreeMap::new();
    for (at, pair) in asked.iter().enumerate() {
        days.entry(pair.day.or(lens.as_of)).or_default().push(at);
    }
    let mut rows: Vec<Option<Vec<Cell>>> = vec![None; asked.len()];
    for (day, places) in days {
        let view = network.view(Lens { as_of: day, ..lens.clone() });
        let coverage = Coverage::new(&view);
        for at in places {
            let pair = &asked[at];
            match coverage.ladder(&pair.sending, &pair.receiving) {
                Ok(ladder) => rows[at] = Some(row.cells(&coverage, &ladder)),
                Err(error) => {
                    sound = false;
                    let (file, message) = (path.display().to_string(), format!("{error}; row skipped"));
                    problem(&Problem { file, line: pair.line, message, lost: true });
                }
            }
        }
    }
    for cells in rows.into_iter().flatten() {
        write(&cells)?;
    }
    Ok(sound)
}
