//! Flags that several subcommands share, and how answers are printed.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, LineStyle, Table};

use crate::dataset::{DataSet, load};
use crate::export::{Answer, SheetForm, places};
use crate::graph::{Lens, Network, Roster};
use crate::model::{Authority, City, Source, edtf_day};
use crate::names::Gazetteer;

/// Whether a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered,
    Nothing,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A table for the terminal
    #[default]
    Table,
    /// JSON; legation schema answer prints its schema
    Json,
    /// CSV with a header
    Csv,
    /// A Markdown table
    Md,
}

impl Form {
    /// The form of rows that are written one by one and never held whole.
    ///
    /// # Errors
    /// Markdown is for readers.
    pub(super) fn sheet(self) -> anyhow::Result<SheetForm> {
        match self {
            Form::Json => Ok(SheetForm::Json),
            Form::Table | Form::Csv => Ok(SheetForm::Csv),
            Form::Md => anyhow::bail!("so many rows are written as CSV or JSON: say --format csv or --format json"),
        }
    }
}

/// What became of rows that were written: nothing found or lost is told by the exit code; a reader that has gone away is
/// no error.
pub(super) fn written(rows: std::io::Result<usize>, sound: bool) -> anyhow::Result<Outcome> {
    match rows {
        Ok(rows) => Ok(if rows > 0 && sound { Outcome::Answered } else { Outcome::Nothing }),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Outcome::Answered),
        Err(error) => Err(error.into()),
    }
}

/// Flags of a question on cover: those of every question, and its date by the shorter name.
#[derive(Debug, Args)]
pub(super) struct AskOn {
    /// Date in the world, as --as-of
    #[arg(long, value_name = "DATE", conflicts_with = "as_of")]
    on: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

impl std::ops::Deref for AskOn {
    type Target = Ask;

    fn deref(&self) -> &Ask {
        &self.ask
    }
}

impl AskOn {
    pub(super) fn lens(&self) -> anyhow::Result<Lens> {
        let on = self.on.as_deref().map(edtf_day).transpose().context("--on")?;
        let lens = self.ask.lens()?;
        Ok(Lens { as_of: on.or(lens.as_of), ..lens })
    }
}

/// What is known of documents that a user names.
#[derive(Debug, Default, Args)]
pub(super) struct Word {
    /// With --also: how near its documents stand to what they report
    #[arg(long, value_name = "KIND", requires = "also", value_parser = one_of(&Authority::ALL, Authority::name))]
    authority: Option<Authority>,
    /// With --also: day or version of its documents
    #[arg(long, value_name = "DATE", requires = "also", default_value = "", hide_default_value = true, value_parser = edition)]
    edition: String,
    /// With --also: state or organisation that publishes them, where they are official
    #[arg(long, value_name = "NAME", requires = "also")]
    publisher: Option<String>,
}

impl Word {
    fn known(&self, gazetteer: &Gazetteer) -> anyhow::Result<super::inputs::Known> {
        let publisher = self.publisher.as_deref().map(|name| gazetteer.resolve(name, None)).transpose()?;
        let flags = Source {
            edition: self.edition.clone(),
            authority: self.authority.unwrap_or_default(),
            publisher: publisher.map(|publisher| publisher.slug().to_owned()).map(Into::into),
            ..Source::default()
        };
        Ok(super::inputs::Known { flags, rows: Vec::new() })
    }
}

/// Flags of every question.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// Data set to ask instead of the one that the program carries
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Data set, table or document to add to it; may be given again
    #[arg(long, value_name = "FILE")]
    pub also: Vec<PathBuf>,
    #[command(flatten)]
    pub word: Word,
    /// Date in the world: YYYY, YYYY-MM or YYYY-MM-DD (a year stands for its last day)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Only what certainly held on the date
    #[arg(long)]
    pub certain: bool,
    /// Who counts as a state: all, un193, un193+2, cow or gw; all if none is given; un193 where all are compared, cow before 1946
    #[arg(long)]
    pub roster: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
    /// List document and line for every statement
    #[arg(long)]
    pub evidence: bool,
}

impl Ask {
    pub(super) fn lens(&self) -> anyhow::Result<Lens> {
        let as_of = self.as_of.as_deref().map(edtf_day).transpose().context("--as-of")?;
        Ok(Lens {
            as_of,
            certain: self.certain,
            roster: Roster::parse(self.roster.as_deref().unwrap_or("all"))?,
            ..Lens::default()
        })
    }

    /// The roster of a comparison of all: the one asked for, or, where none is, the members of the United Nations; before
    /// there were any, the system of states of Correlates of War.
    pub(super) fn compared_roster(&self) -> anyhow::Result<Roster> {
        let lens = self.lens()?;
        let before = lens.as_of.is_some_and(|day| day.year() < 1946);
        Ok(match (&self.roster, before) {
            (Some(_), _) => lens.roster,
            (None, true) => Roster::Cow,
            (None, false) => Roster::Un193,
        })
    }

    pub(super) fn network<'g>(&self, gazetteer: &'g Gazetteer) -> anyhow::Result<ManuallyDrop<Network<'g>>> {
        let network = match (&self.data, self.also.as_slice()) {
            (None, []) => crate::carried::network(gazetteer)?,
            (Some(path), []) => Network::new(load(path, gazetteer)?, gazetteer),
            (_, also) => Network::new(self.merged(also, gazetteer)?, gazetteer),
        };
        // The program ends with its answer: taking the network apart would only cost time.
        Ok(ManuallyDrop::new(network))
    }

    /// The data set asked for with others added to it, reconciled as one.
    pub(super) fn merged(&self, also: &[PathBuf], gazetteer: &Gazetteer) -> anyhow::Result<DataSet> {
        let base = match &self.data {
            None => crate::carried::data_set(gazetteer)?,
            Some(path) => load(path, gazetteer)?,
        };
        let known = self.word.known(gazetteer)?;
        let more = super::inputs::gather(also, Some((&known, false)), None, &base.claims, gazetteer)?;
        if more.lost {
            super::messages::lose();
        }
        let sources = base.sources.into_iter().chain(more.sources).collect();
        let claims = base.claims.into_iter().chain(more.claims).collect();
        let whole = DataSet::new(sources, claims, gazetteer);
        super::messages::effects(&base.facts, &whole.facts);
        Ok(whole)
    }

    /// Prints an answer; nothing found is an answer too, but exit code 1 tells.
    pub(super) fn print(&self, answer: &Answer) -> anyhow::Result<Outcome> {
        show(answer, self.format, self.evidence)
    }
}

/// Prints an answer in a form.
pub(super) fn show(answer: &Answer, form: Form, evidence: bool) -> anyhow::Result<Outcome> {
    let text = match form {
        Form::Json => answer.json(),
        Form::Csv => answer.csv(),
        Form::Md => answer.markdown(evidence),
        Form::Table => table(answer, evidence),
    };
    print(&text)?;
    Ok(if answer.rows.is_empty() { Outcome::Nothing } else { Outcome::Answered })
}

/// Writes to standard output; a reader that has gone away is no error.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let written = if text.contains('\u{1b}') {
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    } else {
        // Nothing to strip where no colour is.
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

pub(super) fn table(answer: &Answer, evidence: bool) -> String {
    let mut out = format!("{} ({})\n", answer.question, answer.lens);
    if answer.rows.is_empty() {
        out.push_str("nothing found in this data set\n");
    } else {
        let mut table = Table::new();
        table.load_style(NOTHING.header_separator(LineStyle::new('─', '─', '─', '─')));
        table.set_content_arrangement(ContentArrangement::Disabled);
        // A column in which nothing stands says nothing.
        let mut shown = answer.shown_columns();
        shown.retain(|at| answer.rows.iter().any(|row| !row.cells[*at].shown().is_empty()));
        let mut header: Vec<String> = shown.iter().map(|at| answer.columns[*at].replace('_', " ")).collect();
        // A question whose rows rest on the whole has no places for each.
        let evidence = evidence && answer.rows.iter().any(|row| !row.evidence.is_empty());
        if evidence {
            header.push("evidence".to_owned());
        }
        table.set_header(header);
        for row in &answer.rows {
            let mut cells: Vec<String> = shown.iter().map(|at| wrapped(&row.cells[*at].shown())).collect();
            if evidence {
                cells.push(places(&row.evidence).replace("; ", "\n"));
            }
            table.add_row(cells);
        }
        for line in table.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    for note in &answer.notes {
        out.push_str(note);
        out.push('\n');
    }
    out
}

/// Characters after which a long cell goes on in the next line.
const LINE: usize = 80;

/// A text in lines of at most 80 characters, cut between words; one that is a quarter longer stays in one.
fn wrapped(text: &str) -> String {
    if text.chars().count() <= LINE + LINE / 4 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut length = 0;
    for word in text.split(' ') {
        let more = word.chars().count();
        if length > 0 && length + 1 + more > LINE {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += more;
    }
    out
}

/// The city that a name means: of several the preferred one, else a capital, else the first by slug.
pub(super) fn city_named<'g>(
    gazetteer: &'g Gazetteer,
    written: &str,
    preferred: impl Fn(&City) -> bool,
) -> anyhow::Result<&'g City> {
    let cities = gazetteer.cities_named(written);
    let capital = cities.iter().find(|city| city.capital);
    let found = cities.iter().find(|city| preferred(city)).or(capital).or(cities.first());
    let missing = || anyhow::anyhow!("no city is called \"{written}\": say an English name of data/names/cities.csv");
    found.copied().ok_or_else(missing)
}

/// An edition: a date, or a version; what looks like a date must be one.
pub(super) fn edition(written: &str) -> Result<String, String> {
    let numbers = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match crate::model::Bound::parse(written) {
        Err(error) if numbers => Err(error.to_string()),
        _ => Ok(written.to_owned()),
    }
}

/// One of some names, which help lists; `named` gives the name of a value, and an `s` at its end may be left out.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    named: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    one_of_or(all, named, |_| None)
}

/// The same, where some values have a second name.
pub(super) fn one_of_or<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    named: fn(T) -> &'static str,
    or: fn(T) -> Option<&'static str>,
) -> impl TypedValueParser<Value = T> {
    let singular = |name: &'static str| Some(name.trim_end_matches('s')).filter(|singular| *singular != name);
    let names = all.iter().map(move |value| {
        let name = named(*value);
        PossibleValue::new(name).aliases(singular(name).into_iter().chain(or(*value)))
    });
    PossibleValuesParser::new(names).map(move |written| {
        let found = all.iter().find(|value| {
            let name = named(**value);
            name == written || name.trim_end_matches('s') == written || or(**value) == Some(written.as_str())
        });
        *found.expect("only these names are let through")
    })
}
