//! `legation overlap --table FILE --top N`: the nearest of every member, for tables of any size.

use std::io::{BufWriter, Write};

use indicatif::ProgressBar;

use super::affiliations::{Portfolios, read_table};
use super::shared::{Ask, Form, Outcome};
use crate::affiliation::{Lists, Measure, Neighbour, Rank};
use crate::export::{Cell, Sheet, SheetForm};
use crate::model::Day;

/// How many members are held before their rows are written.
const BATCH: usize = 1 << 14;

pub(super) fn run(top: usize, portfolios: &Portfolios, measures: &[Measure], ask: &Ask) -> anyhow::Result<Outcome> {
    let rank = match measures {
        [] | [Measure::Shared] => Rank::Shared,
        [Measure::Jaccard] => Rank::Jaccard,
        _ => anyhow::bail!("--top orders by one of --measure shared and --measure jaccard"),
    };
    let form = match ask.format {
        Form::Json => SheetForm::Json,
        Form::Table | Form::Csv => SheetForm::Csv,
        Form::Md => anyhow::bail!("neighbours are written as CSV or JSON: say --format csv or --format json"),
    };
    let Some(path) = &portfolios.table else { anyhow::bail!("--top asks a --table") };
    anyhow::ensure!(portfolios.only.is_empty() && portfolios.without.is_empty(), "--top counts every organization");
    let read = read_table(path)?;
    let sound = read.problems.is_empty();
    let year = ask.lens()?.as_of.map(Day::year).filter(|_| read.has_years());
    let lists = read.lists(year);
    let out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    match write(&lists, top, rank, form, &path.display().to_string(), out) {
        Ok(rows) => Ok(if rows > 0 && sound { Outcome::Answered } else { Outcome::Nothing }),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Outcome::Answered),
        Err(error) => Err(error.into()),
    }
}

fn write(
    lists: &Lists,
    top: usize,
    rank: Rank,
    form: SheetForm,
    lens: &str,
    out: impl Write,
) -> std::io::Result<usize> {
    let members = lists.members.len();
    let bar = ProgressBar::new(members as u64);
    if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} members, {eta} left") {
        bar.set_style(style);
    }
    let name = if rank == Rank::Shared { "shared" } else { "jaccard" };
    let question = format!("overlap --top {top} --measure {name}");
    let mut sheet = Sheet::begin(out, form, &question, lens, &["member", "rank", "neighbour", "shared", "jaccard"])?;
    for first in (0..members).step_by(BATCH) {
        let batch = first..(first + BATCH).min(members);
        let found = lists.nearest(batch.clone(), top, rank, &|done| bar.inc(done));
        for (member, found) in batch.zip(found) {
            for (place, Neighbour { member: other, shared }) in (1i64..).zip(found) {
                let sizes = [member, other as usize].map(|at| lists.organisations_of(at).len());
                #[allow(clippy::cast_precision_loss)]
                let union = (sizes[0] + sizes[1]) as f64 - f64::from(shared);
                sheet.row(&[
                    Cell::from(lists.members[member].as_str()),
                    Cell::Integer(place),
                    Cell::from(lists.members[other as usize].as_str()),
                    Cell::Integer(shared.into()),
                    Cell::Measure(f64::from(shared) / union),
                ])?;
            }
        }
    }
    bar.finish_and_clear();
    sheet.end()
}
