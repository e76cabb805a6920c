//! `legation cover --pairs` and `--all`: directed dyads by the thousand, for one date or for each year of a span.

use std::collections::BTreeMap;
use std::io::BufWriter;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::answers::{city, date, host, name};
use super::inputs::bytes;
use super::messages::{problem, say};
use super::shared::{Ask, Form, Outcome};
use crate::coverage::{Coverage, Ladder, Purpose, Scales};
use crate::export::{Cell, Sheet, SheetForm};
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

const COLUMNS: [&str; 27] = [
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

/// The code of a state in a system on a date; the last one it had where there is none.
fn code(gazetteer: &Gazetteer, slug: &str, system: &str, day: Option<Day>) -> Option<String> {
    let codes = gazetteer.codes(slug).iter().filter(|code| code.system == system);
    let valid = |code: &&crate::names::Code| {
        day.map_or(code.span.is_open(), |day| code.span.held_on(day) != crate::model::Held::No)
    };
    codes.clone().find(valid).map(|code| code.code.clone())
}

fn cells(coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>) -> Vec<Cell> {
    let network = coverage.view.network;
    let day = coverage.view.lens.as_of;
    let step = ladder.best();
    let level = Scales::of(ladder, day.is_some());
    let known = |value: Option<i64>| value.map_or(Cell::Empty, Cell::Integer);
    let presence = level.presence;
    let of = |slug: &str, system: &str| code(network.gazetteer, slug, system, day);
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::from);
    let codes = [&ladder.sending, &ladder.receiving].map(|slug| of(slug, "cow").and_then(|code| code.parse().ok()));
    // The field's identity of a directed dyad.
    let dyad = codes[0].zip(codes[1]).map(|(one, two): (i64, i64)| 1000 * one + two);
    vec![
        name(network, &ladder.sending),
        name(network, &ladder.receiving),
        text(of(&ladder.sending, "iso3")),
        text(of(&ladder.receiving, "iso3")),
        codes[0].map_or(Cell::Empty, Cell::Integer),
        codes[1].map_or(Cell::Empty, Cell::Integer),
        dyad.map_or(Cell::Empty, Cell::Integer),
        day.map_or(Cell::Empty, |day| Cell::Integer(i64::from(day.year()))),
        day.map_or(Cell::Empty, |day| Cell::from(day.to_string())),
        ladder.representation().name().into(),
        step.rung.id().into(),
        step.form.into(),
        step.kind.map_or(Cell::Empty, |kind| kind.prose().into()),
        city(step.seat.as_ref()),
        host(network, step.seat.as_ref()),
        step.by.as_deref().map_or(Cell::Empty, |by| name(network, by)),
        date(step.since),
        step.standing.map_or(Cell::Empty, |standing| standing.name().into()),
        coverage.edition(step).into(),
        ladder.rungs().into(),
        known(level.represented.map(i64::from)),
        known(level.represented.filter(|_| day.is_some()).map(|_| i64::from(level.certain))),
        known(presence.map(|presence| i64::from(presence.rank))),
        known(presence.and_then(|presence| presence.cow).map(i64::from)),
        presence.and_then(|presence| presence.lor).map_or(Cell::Empty, Cell::Number),
        known(presence.and_then(|presence| presence.kenkel).map(i64::from)),
        known(presence.map(|presence| i64::from(presence.verified))),
    ]
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
    let form = match ask.format {
        Form::Json => SheetForm::Json,
        Form::Table | Form::Csv => SheetForm::Csv,
        Form::Md => anyhow::bail!("pairs are written as CSV or JSON: say --format csv or --format json"),
    };
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
    let out = BufWriter::new(std::io::stdout().lock());
    let written = match &batch.pairs {
        Some(path) => {
            let text = bytes(path)?;
            let text = String::from_utf8(text).map_err(|_| anyhow::anyhow!("{}: not UTF-8", path.display()))?;
            let (asked, mut sound) = read(path, &text, network.gazetteer)?;
            let mut sheet = Sheet::begin(out, form, &question, &lens.caption(), &COLUMNS)?;
            sound &= pairs(&asked, path, network, lens, purpose, |cells| sheet.row(cells))?;
            sheet.end().map(|rows| (rows, sound))
        }
        None => {
            let caption = match (batch.from, batch.to) {
                (Some(from), Some(to)) => format!("each 31 December of {from} to {to}, roster {}", roster(lens).name()),
                _ => Lens { roster: roster(lens), ..lens.clone() }.caption(),
            };
            let mut sheet = Sheet::begin(out, form, &question, &caption, &COLUMNS)?;
            every(&years, network, lens, purpose, |cells| sheet.row(cells))
                .and_then(|()| sheet.end())
                .map(|rows| (rows, true))
        }
    };
    match written {
        Ok((rows, sound)) => Ok(if rows > 0 && sound { Outcome::Answered } else { Outcome::Nothing }),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Outcome::Answered),
        Err(error) => Err(error.into()),
    }
}

/// The roster of every ordered pair: that of the lens, or the members of the United Nations where it is all.
fn roster(lens: &Lens) -> crate::graph::Roster {
    match &lens.roster {
        crate::graph::Roster::All => crate::graph::Roster::Un193,
        roster => roster.clone(),
    }
}

fn every(
    years: &[Option<Day>],
    network: &Network<'_>,
    lens: &Lens,
    purpose: Option<Purpose>,
    mut write: impl FnMut(&[Cell]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let bar = indicatif::ProgressBar::new(years.len() as u64);
    if years.len() < 3 {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    for day in years {
        // Territories and organisations are seen as they are; the roster says whose pairs are asked for.
        let asked = Lens { as_of: *day, roster: roster(lens), ..lens.clone() };
        let view = network.view(asked);
        let coverage = Coverage::new(&view);
        let parties: Vec<_> = coverage.parties().collect();
        for &receiving in &parties {
            let ladders = coverage.ladders(receiving);
            for &sending in parties.iter().filter(|sending| **sending != receiving) {
                let mut ladder = ladders.of(sending);
                if let Some(purpose) = purpose {
                    ladder.for_purpose(purpose);
                }
                write(&cells(&coverage, &ladder))?;
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
    purpose: Option<Purpose>,
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
                Ok(mut ladder) => {
                    if let Some(purpose) = purpose {
                        ladder.for_purpose(purpose);
                    }
                    rows[at] = Some(cells(&coverage, &ladder));
                }
                Err(error) => {
                    sound = false;
                    say(&format!("{}:{}: problem: {error}; row skipped", path.display(), pair.line));
                }
            }
        }
    }
    for cells in rows.into_iter().flatten() {
        write(&cells)?;
    }
    Ok(sound)
}

/// JSON Schema of the rows.
pub(super) fn schema() -> serde_json::Value {
    let forms = crate::coverage::Representation::ALL.map(|form| form.name().to_owned()).to_vec();
    let columns = COLUMNS.map(|column| {
        let (of, description, values) = match column {
            "sending" | "receiving" => ("string", "slug of the state", vec![]),
            "sending_iso3" | "receiving_iso3" => ("string", "ISO 3166-1 alpha-3 on the date", vec![]),
            "ccode1" => ("number", "Correlates of War code of the sending state on the date", vec![]),
            "ccode2" => ("number", "Correlates of War code of the receiving state on the date", vec![]),
            "dyadid" => ("number", "1000 * ccode1 + ccode2", vec![]),
            "year" => ("number", "year of the date", vec![]),
            "date" => ("string", "day for which the row stands; null as the sources stand", vec![]),
            "representation" => ("string", "how the sender is represented, whatever help is asked for", forms.clone()),
            "rung" => ("string", "closest rung", vec![]),
            "form" => ("string", "what it is, in words", vec![]),
            "kind" => ("string", "kind of mission or post", vec![]),
            "city" => ("string", "city of the mission that covers", vec![]),
            "by" => ("string", "who acts where it is not the sender", vec![]),
            "host" => ("string", "state in which that mission stands", vec![]),
            "since" => ("string", "EDTF date since when", vec![]),
            "standing" => ("string", "how well attested", vec![]),
            "edition" => ("string", "latest edition among the documents behind the row", vec![]),
            "rungs" => ("string", "every rung that fires, by spaces", vec![]),
            "represented" => ("number", "1 represented, 0 known not to be, null not known", vec![]),
            "certain" => {
                ("number", "1 if that certainly held on the date, 0 if it may have, null without a date", vec![])
            }
            "rank" => ("number", "rank of the presence for political relations, 0 to 100", vec![]),
            "cow_level" => ("number", "1, 2, 3, 9 as in Correlates of War diplomatic exchange, 0 known none", vec![]),
            "lor" => ("number", "level of representation from 0 to 1, in the manner of Diplometrics", vec![]),
            "kenkel" => ("number", "place in Kenkel's order, 0 to 8", vec![]),
            _ => ("number", "1 if the levels are as in the codebooks, 0 if they want checking", vec![]),
        };
        (column, of, description, values)
    });
    crate::export::rows_schema("Dyads", &columns, false)
}
