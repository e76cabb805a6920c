//! `legation export dyad-years` and `country-years`: a row a dyad or state and year, with what ties it had.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use rayon::prelude::*;

use super::dyad_years::form;
use super::member_years::{columns, left_out};
use super::messages::say;
use super::shared::{Ask, Outcome, one_of};
use super::tables::counted;
use crate::analysis::{Bounds, StateCodes, TieCount, TieYears, tie_years, ties_told};
use crate::dataset::{Pending, write_atomically};
use crate::export::{Chunk, PanelForm, PanelValue, PanelWriter, Variable, VariableKind, codebook};
use crate::graph::Roster;
use crate::names::Gazetteer;

/// Flags of panels.
#[derive(Debug, Args)]
pub(super) struct Years {
    /// Of panels: first year; by default the first of the sources
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Of panels: last year; by default that of the newest source
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Of panels: codes of the states, which say who counts too: cow if none is given
    #[arg(long, value_parser = one_of(&StateCodes::ALL, StateCodes::name))]
    codes: Option<StateCodes>,
}

impl Years {
    /// Whether any of them is given.
    pub(super) fn is_asked(&self) -> bool {
        self.from.is_some() || self.to.is_some() || self.codes.is_some()
    }
}

/// Whose rows a panel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    Dyads,
    States,
}

impl Rows {
    fn question(self) -> &'static str {
        match self {
            Rows::Dyads => "export dyad-years",
            Rows::States => "export country-years",
        }
    }

    fn variables(self, codes: StateCodes, numbers: bool) -> Vec<Variable> {
        let label = if numbers { VariableKind::Integer } else { VariableKind::Text };
        let mut variables: Vec<Variable> = Vec::new();
        let mut add = |name: String, kind, about: String| variables.push(Variable { name, kind, about });
        let counts = match self {
            Rows::Dyads => {
                for (name, about) in columns(codes) {
                    add(name, label, about);
                }
                TieCount::OF_DYADS
            }
            Rows::States => {
                let [(name, about), _] = columns(codes);
                add(name.trim_end_matches('1').to_owned(), label, about);
                TieCount::OF_STATES
            }
        };
        add("year".to_owned(), VariableKind::Integer, "calendar year".to_owned());
        for count in counts {
            add(count.name.to_owned(), VariableKind::Integer, format!("{}, by what certainly held", count.about));
            add(
                format!("{}_possible", count.name),
                VariableKind::Integer,
                "the same, with all that nothing excludes; NA where no source tells of the tie and nothing excludes it"
                    .to_owned(),
            );
        }
        variables
    }
}

pub(super) fn run(
    rows: Rows,
    years: &Years,
    output: Option<&Path>,
    ask: &Ask,
    gazetteer: &Gazetteer,
) -> anyhow::Result<Outcome> {
    let form = form(output, ask)?;
    anyhow::ensure!(ask.as_of.is_none(), "a panel has its own dates: --from and --to");
    anyhow::ensure!(!ask.certain, "a panel gives both what is certain and what may have been");
    anyhow::ensure!(!ask.evidence, "a panel has no places for each row: legation timeline has them");
    let codes = years.codes.unwrap_or(StateCodes::Cow);
    let roster: Roster = if ask.roster.is_none() { codes.roster() } else { ask.lens()?.roster };
    let network = ask.network(gazetteer)?;
    let (first, last) = ties_told(&network).context("no dated source of these ties: a panel has nothing to say")?;
    let (from, to) = (years.from.unwrap_or(first), years.to.unwrap_or(last));
    anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
    anyhow::ensure!((1..=9999).contains(&from) && to <= 9999, "years go from 1 to 9999");
    let bar = counted(4, "kinds of tie");
    let ties = tie_years(&network, &roster, codes, from..=to, &|| bar.inc(1));
    bar.finish_and_clear();
    let numbers = ties.codes.iter().all(|code| code.parse::<i64>().is_ok());
    let variables = rows.variables(codes, numbers);
    let writing = Writing { rows, ties: &ties, form, variables: &variables };
    let lens = format!("each year of {from} to {to}, roster {}", roster.name());
    let written = match output {
        Some(path) => {
            let mut file = Pending::begin(path).with_context(|| path.display().to_string())?;
            let written = writing.write(&lens, BufWriter::new(&mut file))?;
            file.finish().with_context(|| path.display().to_string())?;
            written
        }
        None => match writing.write(&lens, std::io::stdout()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Outcome::Answered),
            written => written?,
        },
    };
    let lost = left_out(&ties.without_code, gazetteer);
    match output {
        Some(path) => {
            let beside: PathBuf = path.with_added_extension("codebook.md");
            let mut about = about(&ties, &roster, ask);
            about.extend(lost);
            about.push(("rows", written.to_string()));
            write_atomically(&beside, codebook("Codebook", &about, &variables).as_bytes())
                .with_context(|| beside.display().to_string())?;
            say(&format!("{}: {written} rows; codebook in {}", path.display(), beside.display()));
        }
        None => say(&format!("{written} rows")),
    }
    Ok(if written > 0 { Outcome::Answered } else { Outcome::Nothing })
}

/// What the codebook says of the whole.
fn about(ties: &TieYears, roster: &Roster, ask: &Ask) -> Vec<(&'static str, String)> {
    let data = ask.data.as_ref().map_or("the data set of the program".to_owned(), |path| path.display().to_string());
    let told = ties.told.iter().map(|(kind, span)| match span {
        Some((first, last)) => format!("{} {first} to {last}", kind.name()),
        None => format!("{} of no year", kind.name()),
    });
    vec![
        ("source", data),
        ("states", format!("roster {} on some day of the year; one that became part of a new one in it has no row", roster.name())),
        ("what counts", "what certainly held on some day of the year, by its dates or because a source of that year's edition tells of it".to_owned()),
        ("what may have held", "the columns _possible have what nothing excludes: no denial, no end before, no beginning after, relations not broken or still to come, and both states there. Of a dyad they are NA where no source tells of the tie: silence is not 0. Of memberships they have what some source tells of, dated or not".to_owned()),
        ("memberships that count", "full and associate".to_owned()),
        ("spans of the sources", format!("{}; NA outside them, never 0", told.collect::<Vec<_>>().join(", "))),
    ]
}

/// A panel that is being written.
struct Writing<'p> {
    rows: Rows,
    ties: &'p TieYears,
    form: PanelForm,
    variables: &'p [Variable],
}

impl Writing<'_> {
    /// Writes the panel and returns the number of rows: by code or the two codes, then by year.
    fn write(&self, lens: &str, out: impl Write + Send) -> std::io::Result<usize> {
        let mut writer = PanelWriter::begin(out, self.form, self.rows.question(), lens, self.variables)?;
        let all: Vec<usize> = (0..self.ties.codes.len()).collect();
        let mut written = 0;
        // Some states at a time, so that not the whole panel is held.
        for batch in all.chunks(16) {
            let made: Vec<(Chunk, usize)> = batch.par_iter().map(|one| self.chunk(*one)).collect();
            for (chunk, rows) in made {
                writer.write(chunk)?;
                written += rows;
            }
        }
        writer.end()?.flush()?;
        Ok(written)
    }

    /// The rows of one state, or of its dyads with those after it.
    fn chunk(&self, one: usize) -> (Chunk, usize) {
        let codes = &self.ties.codes;
        let label = |at: usize| {
            let number: Option<i64> = codes[at].parse().ok();
            match (number, self.variables[0].kind) {
                (Some(number), VariableKind::Integer) => PanelValue::Integer(number),
                _ => PanelValue::Text(&codes[at]),
            }
        };
        let (mut chunk, mut rows) = (Chunk::new(self.form, self.variables), 0);
        let mut push = |head: &[PanelValue<'_>], values: &[Bounds]| {
            let bound = |value: Option<i64>| value.map_or(PanelValue::Na, PanelValue::Integer);
            let values = values.iter().flat_map(|both| [both.map(|(least, _)| least), both.and_then(|(_, most)| most)]);
            let row: Vec<PanelValue<'_>> = head.iter().copied().chain(values.map(bound)).collect();
            chunk.push(self.form, self.variables, &row);
            rows += 1;
        };
        match self.rows {
            Rows::Dyads => {
                for (other, year, values) in self.ties.dyads_of(one) {
                    push(&[label(one), label(other), PanelValue::Integer(year.into())], &values);
                }
            }
            Rows::States => {
                for (year, values) in self.ties.years_of(one) {
                    push(&[label(one), PanelValue::Integer(year.into())], &values);
                }
            }
        }
        (chunk, rows)
    }
}
