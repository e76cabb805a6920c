//! `legation overlap --panel`: a row a dyad and year, with the column names of the field.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use rayon::prelude::*;

use super::affiliations::Portfolios;
use super::member_years::{Asked, Source, source};
use super::messages::say;
use super::shared::{Ask, Outcome, one_of};
use crate::affiliation::{Affiliations, Compared, DyadYear, Measure, MemberYears, shared};
use crate::analysis::{PortfolioKind, StateCodes};
use crate::dataset::{Pending, write_atomically};
use crate::export::{Chunk, PanelForm, PanelValue, PanelWriter, Variable, VariableKind, codebook};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Panel {
    /// A row a dyad and year: CSV, JSON or Parquet, with a codebook
    #[arg(long)]
    pub panel: bool,
    /// First year; the first of the source if none is given
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Last year; the last of the source if none is given
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Codes of the states: ccode1 and ccode2, gwcode1 and gwcode2, or iso3c1 and iso3c2
    #[arg(long, default_value = "cow", value_parser = one_of(&StateCodes::ALL, StateCodes::name))]
    codes: StateCodes,
    /// File to write: .csv, .json or .parquet; its codebook goes beside it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// File to write the codebook to
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
}

impl Panel {
    /// Refuses what this answer has no use for.
    pub(super) fn check(&self, other_form: bool) -> anyhow::Result<()> {
        let own = self.from.is_some() || self.to.is_some() || self.output.is_some() || self.codebook.is_some();
        anyhow::ensure!(
            self.panel || !own,
            "--from, --to, -o and --codebook are of --panel; > FILE writes other answers"
        );
        anyhow::ensure!(!self.panel || !other_form, "--each and --long are no forms of a --panel");
        Ok(())
    }

    fn asked(&self) -> Asked {
        Asked { from: self.from, to: self.to, codes: self.codes }
    }
}

pub(super) fn run(
    panel: &Panel,
    portfolios: &Portfolios,
    measures: &[Measure],
    ask: &Ask,
    gazetteer: &Gazetteer,
) -> anyhow::Result<Outcome> {
    let form = form(panel.output.as_deref(), ask)?;
    if let (Some(from), Some(to)) = (panel.from, panel.to) {
        anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
    }
    anyhow::ensure!(
        portfolios.weights.is_none(),
        "--weights weighs pairs of one date: a panel counts organizations as one"
    );
    anyhow::ensure!(
        portfolios.table.is_some() || portfolios.portfolio == PortfolioKind::Memberships || measures.is_empty(),
        "a panel of {} has counts only: overlap --all --long has measures for a date",
        portfolios.portfolio.name()
    );
    let mut source = source(&panel.asked(), portfolios, ask, gazetteer)?;
    let (first, last) = source.span;
    let (from, to) = (panel.from.unwrap_or(first), panel.to.unwrap_or(last));
    source.about.push((
        "span of the source",
        if portfolios.table.is_some() {
            format!("{first} to {last}; no rows outside it")
        } else {
            format!("{first} to {last}; NA outside it, never 0")
        },
    ));
    source.about.push(("years of the panel", format!("{from} to {to}")));
    let variables = variables(&source, measures);
    let lens = format!("each year of {from} to {to}");
    let writing = Writing {
        source: &source,
        measures: measures.iter().copied().filter(|measure| *measure != Measure::Shared).collect(),
        range: portfolios.range,
        years: (from, to),
        form,
        variables: &variables,
    };
    let rows = match &panel.output {
        Some(path) => {
            let mut file = Pending::begin(path).with_context(|| path.display().to_string())?;
            let rows = writing.write(&lens, BufWriter::new(&mut file))?;
            file.finish().with_context(|| path.display().to_string())?;
            rows
        }
        None => match writing.write(&lens, std::io::stdout()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Outcome::Answered),
            written => written?,
        },
    };
    source.about.push(("rows", rows.to_string()));
    let beside = panel.output.as_ref().map(|path| path.with_added_extension("codebook.md"));
    if let Some(path) = panel.codebook.as_ref().or(beside.as_ref()) {
        let text = codebook("Codebook", &source.about, &variables);
        write_atomically(path, text.as_bytes()).with_context(|| path.display().to_string())?;
        say(&format!("{rows} rows; codebook in {}", path.display()));
    }
    Ok(if rows > 0 && source.sound { Outcome::Answered } else { Outcome::Nothing })
}

/// The form: by the ending of the file, else by --format.
pub(super) fn form(output: Option<&Path>, ask: &Ask) -> anyhow::Result<PanelForm> {
    let ending = output.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    Ok(match ending.as_deref() {
        Some("csv") => PanelForm::Csv,
        Some("json") => PanelForm::Json,
        Some("parquet") => PanelForm::Parquet,
        None => PanelForm::from(ask.format.sheet()?),
        Some(other) => anyhow::bail!("\"{other}\" is no ending of a panel: say .csv, .json or .parquet"),
    })
}

fn variables(source: &Source, measures: &[Measure]) -> Vec<Variable> {
    let numbers = source.years.members.iter().all(|label| label.parse::<i64>().is_ok());
    let label = if numbers { VariableKind::Integer } else { VariableKind::Text };
    let count = if source.years.layers().iter().all(|layer| layer.step.fract() == 0.0) {
        VariableKind::Integer
    } else {
        VariableKind::Measure
    };
    let mut variables: Vec<Variable> = Vec::new();
    let mut add = |name: &str, kind: VariableKind, about: &str| {
        variables.push(Variable { name: name.to_owned(), kind, about: about.to_owned() });
    };
    for (name, about) in &source.labels {
        add(name, label, about);
    }
    add("year", VariableKind::Integer, "calendar year");
    add(source.count.0, count, &source.count.1);
    if source.possible.is_some() {
        add(&format!("{}_possible", source.count.0), count, "the same, with what may have held");
    }
    for measure in measures.iter().filter(|measure| **measure != Measure::Shared) {
        add(measure.name(), VariableKind::Measure, measure.formula());
    }
    variables
}

/// A panel that is being written.
struct Writing<'p> {
    source: &'p Source,
    measures: Vec<Measure>,
    range: Option<f64>,
    years: (i16, i16),
    form: PanelForm,
    variables: &'p [Variable],
}

/// The table of a year, and the place in it of every member.
struct Table {
    table: Affiliations,
    places: Vec<Option<usize>>,
}

impl Writing<'_> {
    /// The tables of which measures are taken; none where only counts are asked for.
    fn tables(&self) -> BTreeMap<i16, Table> {
        let years = (self.years.0..=self.years.1).filter(|_| !self.measures.is_empty());
        let tables = years.map(|year| {
            let table = self.source.years.on(year);
            let known: BTreeMap<&str, usize> = table.members.iter().map(String::as_str).zip(0..).collect();
            let places = self.source.years.members.iter().map(|label| known.get(label.as_str()).copied()).collect();
            (year, Table { table, places })
        });
        tables.collect()
    }

    /// Writes the panel and returns the number of rows: dyads in the order of their codes, then by year.
    fn write(&self, lens: &str, out: impl Write + Send) -> std::io::Result<usize> {
        let Writing { source, form, variables, .. } = *self;
        let tables = self.tables();
        let compared: BTreeMap<i16, Compared<'_>> =
            tables.iter().map(|(year, table)| (*year, Compared::new(&table.table, self.range))).collect();
        let members = &source.years.members;
        let numbers: Vec<Option<i64>> = members.iter().map(|label| label.parse().ok()).collect();
        let count_of = |variable: &&Variable| variable.name == source.count.0;
        let whole = variables.iter().find(count_of).is_some_and(|variable| variable.kind == VariableKind::Integer);
        let label = |at: usize| numbers[at].map_or(PanelValue::Text(&members[at]), PanelValue::Integer);
        let measured = |dyad: DyadYear, measure: Measure| {
            dyad.rows?;
            let places = &tables.get(&dyad.year)?.places;
            compared.get(&dyad.year)?.measure(measure, places[dyad.one]?, places[dyad.other]?)
        };
        let chunk = |one: usize| -> (Chunk, usize) {
            let mut chunk = Chunk::new(form, variables);
            let (mut rows, mut values) = (0, Vec::with_capacity(variables.len()));
            for dyad in source.years.dyads_of(one).filter(|dyad| (self.years.0..=self.years.1).contains(&dyad.year)) {
                values.clear();
                values.extend([label(dyad.one), label(dyad.other), PanelValue::Integer(dyad.year.into())]);
                values.push(count(&source.years, dyad.rows, whole));
                values.extend(source.possible.as_ref().map(|possible| count(possible, dyad.rows, whole)));
                let measures = self.measures.iter().map(|measure| measured(dyad, *measure));
                values.extend(measures.map(|value| value.map_or(PanelValue::Na, PanelValue::Measure)));
                chunk.push(form, variables, &values);
                rows += 1;
            }
            (chunk, rows)
        };
        let mut writer = PanelWriter::begin(out, form, "overlap --panel", lens, variables)?;
        let mut written = 0;
        let bar = indicatif::ProgressBar::new(members.len() as u64);
        let all: Vec<usize> = (0..members.len()).collect();
        // Some members at a time, so that not the whole panel is held; the last ones are written while the next are made.
        let mut ready: Vec<(Chunk, usize)> = Vec::new();
        for batch in all.chunks(16).chain([[].as_slice()]) {
            let made = std::mem::take(&mut ready);
            let (next, outcome) = rayon::join(
                || batch.par_iter().map(|one| chunk(*one)).collect::<Vec<_>>(),
                || {
                    made.into_iter().try_fold(0, |rows, (chunk, more)| {
                        writer.write(chunk)?;
                        Ok::<usize, std::io::Error>(rows + more)
                    })
                },
            );
            written += outcome?;
            ready = next;
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        writer.end()?.flush()?;
        Ok(written)
    }
}

/// What two rows share, of weights the smaller; not known where one of them is not spoken of.
fn count(years: &MemberYears, rows: Option<(usize, usize)>, whole: bool) -> PanelValue<'static> {
    let Some((one, other)) = rows else { return PanelValue::Na };
    let layers = years.layers().iter();
    let shared: f64 =
        layers.map(|layer| layer.step * f64::from(shared(layer.cells.row(one), layer.cells.row(other)))).sum();
    #[allow(clippy::cast_possible_truncation)]
    if whole { PanelValue::Integer(shared as i64) } else { PanelValue::Measure(shared) }
}
