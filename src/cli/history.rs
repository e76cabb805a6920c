//! `legation history`: measures of the whole network, year by year.

use std::mem::ManuallyDrop;

use clap::Args;

use super::shared::{Ask, Form, Outcome, one_of};
use super::tables::counted;
use crate::analysis::{self, HistoryMeasure, HistoryYear, Projection, ProjectionRule};
use crate::export::{Answer, Cell};
use crate::graph::{Network, Roster};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Measures, by commas
    #[arg(long, value_delimiter = ',', default_value = "relations", value_parser = one_of(&HistoryMeasure::ALL, HistoryMeasure::name))]
    measure: Vec<HistoryMeasure>,
    /// First year
    #[arg(long, value_name = "YEAR", default_value_t = 1816)]
    from: i16,
    /// Last year: by default that of the newest source
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Only every so many years
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// The projection whose density, distances and clusters are measured
    #[arg(long, value_name = "PROJECTION", value_parser = Projection::parse)]
    on: Option<Projection>,
    #[command(flatten)]
    ask: Ask,
}

/// What is answered, before it has a form.
pub(super) struct Told<'g> {
    /// The network.
    pub network: ManuallyDrop<Network<'g>>,
    /// Measures asked for.
    pub measures: Vec<HistoryMeasure>,
    /// Their values, year by year.
    pub years: Vec<HistoryYear>,
    /// First and last year asked for.
    pub span: (i16, i16),
    /// Years and roster.
    pub lens: String,
    /// The projection, what is certain, and where nothing is told.
    pub notes: Vec<String>,
}

impl Arguments {
    /// Measures the years.
    pub(super) fn told<'g>(&self, gazetteer: &'g Gazetteer) -> anyhow::Result<Told<'g>> {
        let ask = &self.ask;
        anyhow::ensure!(ask.as_of.is_none(), "history has all years: --from and --to bound it");
        anyhow::ensure!(!ask.certain, "history gives both what is certain and what may have been");
        anyhow::ensure!(self.every > 0, "--every 0 never comes to the next year");
        let network = ask.network(gazetteer)?;
        let newest = network.sources().iter().filter_map(|source| Some(source.edition_day()?.year())).max();
        let (first, last) = (self.from, self.to.or(newest).unwrap_or(self.from));
        anyhow::ensure!(first <= last, "--from {first} lies after --to {last}");
        anyhow::ensure!((1..=9999).contains(&first) && last <= 9999, "years go from 1 to 9999");
        let rule = self.on.clone().map_or_else(analysis::usual_projection, |on| ProjectionRule {
            unweighted: true,
            ..ProjectionRule::of(on)
        });
        // The system of states by the year: nobody was a member of the United Nations in 1900.
        let roster = if ask.roster.is_some() { ask.lens()?.roster } else { Roster::Cow };
        let mut notes = Vec::new();
        if self.measure.iter().any(|measure| measure.is_of_projection()) {
            notes.push(format!("projection: {}", rule.caption()));
        }
        notes.push(
            "certain: by dates that sources give; possible: with ties that nobody dates, as if they had always been"
                .to_owned(),
        );
        let asked = (first..=last).step_by(self.every);
        let bar = counted(asked.clone().count() as u64, "years");
        let mut years = analysis::history(&network, &self.measure, &rule, &roster, asked, &|| bar.inc(1))?;
        bar.finish_and_clear();
        if years.iter().any(|row| row.possible.iter().all(Option::is_none)) {
            notes.push(format!("empty where the roster {} has no state", roster.name()));
        }
        if let Some(newest) = newest.filter(|newest| *newest < last) {
            notes.push(format!("empty after {newest}, of which the newest source speaks"));
            for row in years.iter_mut().filter(|row| row.year > newest) {
                row.certain.fill(None);
                row.possible.fill(None);
            }
        }
        let lens = format!("31 December of {first} to {last}, roster {}", roster.name());
        Ok(Told { network, measures: self.measure.clone(), years, span: (first, last), lens, notes })
    }

    /// Whether a picture or a table is asked for.
    pub(super) fn form(&self) -> Form {
        self.ask.format
    }
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let ask = &arguments.ask;
    let Told { measures, years, span: (first, last), lens, notes, .. } = arguments.told(gazetteer)?;
    let names: Vec<&str> = measures.iter().map(|measure| measure.name()).collect();
    let on = arguments.on.as_ref().map_or_else(String::new, |on| format!(" --on {}", on.name()));
    let question = format!("history --measure {}{on}", names.join(","));
    let mut answer = Answer::new(question, lens, &["year", "measure", "certain", "possible"]);
    for row in &years {
        for (at, measure) in measures.iter().enumerate() {
            #[allow(clippy::cast_possible_truncation)]
            let cell = |value: Option<f64>| match value {
                None => Cell::Empty,
                Some(value) if measure.is_count() => Cell::Integer(value as i64),
                Some(value) => Cell::Measure(value),
            };
            let cells = vec![
                Cell::Integer(row.year.into()),
                Cell::from(measure.name()),
                cell(row.certain[at]),
                cell(row.possible[at]),
            ];
            answer.row(cells, &[]);
        }
    }
    answer.notes.extend(notes);
    if ask.format == Form::Table {
        for (at, measure) in measures.iter().enumerate() {
            let certain: Vec<Option<f64>> = years.iter().map(|row| row.certain[at]).collect();
            let possible: Vec<Option<f64>> = years.iter().map(|row| row.possible[at]).collect();
            for (word, values) in [("certain", certain), ("possible", possible)] {
                answer.notes.extend(chart(&values).map(|(line, least, most)| {
                    let digits = if measure.is_count() { 0 } else { 4 };
                    format!("{first} {line} {last}  {} {word}, {least:.digits$} to {most:.digits$}", measure.name())
                }));
            }
        }
    }
    ask.print(&answer)
}

/// Columns of a chart in the terminal.
const WIDTH: usize = 60;

/// Values as one line of bars, from the least to the most of them; years beyond the width are averaged.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn chart(values: &[Option<f64>]) -> Option<(String, f64, f64)> {
    let told = || values.iter().flatten().copied();
    let (least, most) = (told().reduce(f64::min)?, told().reduce(f64::max)?);
    let columns = values.len().min(WIDTH);
    let bars: String = (0..columns)
        .map(|column| {
            let part = &values[column * values.len() / columns..(column + 1) * values.len() / columns];
            let told: Vec<f64> = part.iter().flatten().copied().collect();
            if told.is_empty() {
                return ' ';
            }
            let mean = told.iter().sum::<f64>() / told.len() as f64;
            let level = if most > least { (mean - least) / (most - least) } else { 0.5 };
            ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][(level * 7.0).round() as usize]
        })
        .collect();
    Some((bars, least, most))
}
