//! `legation overlap --table FILE --top N`: the nearest of every member, for tables of any size.

use std::io::{BufWriter, Write};

use rayon::prelude::*;

use super::affiliations::Portfolios;
use super::messages::say;
use super::shared::{Ask, Outcome, written};
use super::tables::{counted, read_table};
use crate::affiliation::{Lists, Measure, Neighbour, Rank};
use crate::export::{Chunk, PanelForm, PanelValue, PanelWriter, Variable, VariableKind};
use crate::model::Day;

/// How many members are held before their rows are written.
const BATCH: usize = 1 << 14;

pub(super) fn run(top: usize, portfolios: &Portfolios, measures: &[Measure], ask: &Ask) -> anyhow::Result<Outcome> {
    let rank = match measures {
        [] | [Measure::Shared] => Rank::Shared,
        [Measure::Jaccard] => Rank::Jaccard,
        _ => anyhow::bail!("--top orders by one of --measure shared and --measure jaccard"),
    };
    let form = PanelForm::from(ask.format.sheet()?);
    let Some(path) = &portfolios.table else { anyhow::bail!("--top asks a --table") };
    anyhow::ensure!(portfolios.only.is_empty() && portfolios.without.is_empty(), "--top counts every organization");
    let read = read_table(path)?;
    let sound = read.problems.is_empty();
    anyhow::ensure!(portfolios.weights.is_none(), "--top counts organizations as one: --weights has no place here");
    if read.has_weights() {
        say("--top counts memberships, whatever they weigh");
    }
    let asked = ask.lens()?.as_of.map(Day::year);
    // As every other answer: of several years the last.
    let year = if read.has_years() { asked.or(read.span().map(|(_, last)| last)) } else { None };
    if let Some(year) = year {
        say(&format!("memberships of {year}"));
    }
    let lists = read.lists(year);
    let out = BufWriter::with_capacity(1 << 16, std::io::stdout());
    written(write(&lists, top, rank, form, &path.display().to_string(), out), sound)
}

/// The columns of a neighbour.
fn variables() -> Vec<Variable> {
    let variable = |(name, kind, about): (&str, VariableKind, &str)| Variable {
        name: name.to_owned(),
        kind,
        about: about.to_owned(),
    };
    [
        ("member", VariableKind::Text, "label of the table"),
        ("rank", VariableKind::Integer, "1 for the nearest; of equals the earlier label comes first"),
        ("neighbour", VariableKind::Text, "label of the table"),
        ("shared", VariableKind::Integer, "organizations of both"),
        ("jaccard", VariableKind::Measure, Measure::Jaccard.formula()),
    ]
    .map(variable)
    .to_vec()
}

fn write(
    lists: &Lists,
    top: usize,
    rank: Rank,
    form: PanelForm,
    lens: &str,
    out: impl Write + Send,
) -> std::io::Result<usize> {
    let members = lists.members.len();
    let bar = counted(members as u64, "members");
    let name = if rank == Rank::Shared { "shared" } else { "jaccard" };
    let question = format!("overlap --top {top} --measure {name}");
    let variables = variables();
    let mut writer = PanelWriter::begin(out, form, &question, lens, &variables)?;
    let mut rows = 0;
    for first in (0..members).step_by(BATCH) {
        let batch = first..(first + BATCH).min(members);
        let found = lists.nearest(batch.clone(), top, rank, &|done| bar.inc(done));
        rows += found.iter().map(Vec::len).sum::<usize>();
        let found: Vec<(usize, Vec<Neighbour>)> = batch.zip(found).collect();
        let chunks: Vec<Chunk> = found
            .par_chunks(512)
            .map(|found| {
                let mut chunk = Chunk::new(form, &variables);
                for (member, found) in found {
                    for (place, neighbour) in (1i64..).zip(found) {
                        chunk.push(form, &variables, &row(lists, *member, place, *neighbour));
                    }
                }
                chunk
            })
            .collect();
        chunks.into_iter().try_for_each(|chunk| writer.write(chunk))?;
    }
    bar.finish_and_clear();
    writer.end()?.flush()?;
    Ok(rows)
}

fn row(lists: &Lists, member: usize, place: i64, neighbour: Neighbour) -> [PanelValue<'_>; 5] {
    let other = neighbour.member as usize;
    let sizes = [member, other].map(|at| lists.organisations_of(at).len());
    #[allow(clippy::cast_precision_loss)]
    let union = (sizes[0] + sizes[1]) as f64 - f64::from(neighbour.shared);
    [
        PanelValue::Text(&lists.members[member]),
        PanelValue::Integer(place),
        PanelValue::Text(&lists.members[other]),
        PanelValue::Integer(neighbour.shared.into()),
        PanelValue::Measure(f64::from(neighbour.shared) / union),
    ]
}
