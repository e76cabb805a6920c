//! Every pair of a table: a matrix of one measure, or a row a pair.

use std::io::BufWriter;

use super::affiliations::Loaded;
use super::messages::say;
use super::nulls::Nulls;
use super::shared::{Ask, Outcome, written};
use crate::affiliation::{Compared, Measure, pairs};
use crate::export::{Answer, Cell, Sheet, SheetForm};

/// Columns that stand in every row of a pair, before its measures.
const SIZES: [&str; 6] = ["one", "other", "n1", "n2", "shared", "organizations"];

/// Columns that stand after them.
const CHANCE: [&str; 2] = ["expected", "p"];

pub(super) fn run(
    loaded: &Loaded<'_>,
    long: bool,
    measures: &[Measure],
    nulls: &Nulls,
    ask: &Ask,
) -> anyhow::Result<Outcome> {
    let form = ask.format.sheet()?;
    let out = BufWriter::new(std::io::stdout().lock());
    let rows = match measures {
        [] | [_] if !long => matrix(loaded, measures.first().copied().unwrap_or(Measure::Shared), form, out),
        _ => list(loaded, measures, nulls, form, out)?,
    };
    written(rows, loaded.sound)
}

/// A row and a column a member; on the diagonal what a member shares with itself.
fn matrix(loaded: &Loaded<'_>, measure: Measure, form: SheetForm, out: impl std::io::Write) -> std::io::Result<usize> {
    let table = &loaded.table;
    let compared = Compared::new(table, loaded.range);
    let question = format!("overlap --all --measure {}", measure.name());
    let header: Vec<String> = std::iter::once("member".to_owned()).chain(table.members.iter().cloned()).collect();
    let columns: Vec<&str> = header.iter().map(String::as_str).collect();
    let lens = format!("{}; {}", loaded.lens, loaded.caption);
    let mut sheet = Sheet::begin(out, form, &question, &lens, &columns)?;
    for one in 0..table.members.len() {
        let cells = (0..table.members.len()).map(|other| value(&compared, measure, one, other));
        sheet.row(&std::iter::once(Cell::from(table.members[one].as_str())).chain(cells).collect::<Vec<_>>())?;
    }
    sheet.end()
}

/// A measure of two members as a cell; counts are whole where nothing weighs otherwise.
pub(super) fn value(compared: &Compared<'_>, measure: Measure, one: usize, other: usize) -> Cell {
    match compared.measure(measure, one, other) {
        None => Cell::Empty,
        Some(value) if measure == Measure::Shared => count(value),
        Some(value) => Cell::Measure(value),
    }
}

#[allow(clippy::cast_possible_truncation)]
fn count(value: f64) -> Cell {
    if value.fract() == 0.0 { Cell::Integer(value as i64) } else { Cell::Measure(value) }
}

fn columns(measures: &[Measure]) -> Vec<&'static str> {
    let measures = measures.iter().filter(|measure| **measure != Measure::Shared).map(|measure| measure.name());
    SIZES.into_iter().chain(measures).chain(CHANCE).collect()
}

/// The cells of a pair before what chance says.
fn sizes(loaded: &Loaded<'_>, compared: &Compared<'_>, measures: &[Measure], one: usize, other: usize) -> Vec<Cell> {
    let sums = compared.pair(one, other);
    let mut cells = vec![loaded.cell(one), loaded.cell(other)];
    cells.extend([sums.one, sums.other, sums.shared, sums.all].map(count));
    let measures = measures.iter().filter(|measure| **measure != Measure::Shared);
    cells.extend(measures.map(|measure| value(compared, *measure, one, other)));
    cells
}

fn list(
    loaded: &Loaded<'_>,
    measures: &[Measure],
    nulls: &Nulls,
    form: SheetForm,
    out: impl std::io::Write,
) -> anyhow::Result<std::io::Result<usize>> {
    let table = &loaded.table;
    let compared = Compared::new(table, loaded.range);
    let (fitted, said) = loaded.fitted(nulls)?;
    let upper = fitted.all_upper();
    let lens = format!("{}; {}; {said}", loaded.lens, loaded.caption);
    say(&said);
    if let Some(misled) = loaded.misled(nulls) {
        say(&misled);
    }
    let write = || -> std::io::Result<usize> {
        let mut sheet = Sheet::begin(out, form, "overlap --all --long", &lens, &columns(measures))?;
        for ((one, other), p) in pairs(table.members.len()).zip(upper) {
            let mut cells = sizes(loaded, &compared, measures, one, other);
            cells.extend([Cell::Number(fitted.expected(one, other)), Cell::Probability(p)]);
            sheet.row(&cells)?;
        }
        sheet.end()
    };
    Ok(write())
}

/// The pairs of some members, as an answer.
pub(super) fn some(
    loaded: &Loaded<'_>,
    question: String,
    members: &[usize],
    measures: &[Measure],
    nulls: &Nulls,
    ask: &Ask,
) -> anyhow::Result<Outcome> {
    let table = &loaded.table;
    let compared = Compared::new(table, loaded.range);
    let (fitted, said) = loaded.fitted(nulls)?;
    let mut answer = Answer::new(question, loaded.lens.clone(), &columns(measures));
    for (at, one) in members.iter().enumerate() {
        for other in &members[at + 1..] {
            let mut cells = sizes(loaded, &compared, measures, *one, *other);
            cells.push(Cell::Number(fitted.expected(*one, *other)));
            cells.push(Cell::Probability(fitted.upper(*one, *other)));
            answer.row(cells, &[]);
        }
    }
    answer.notes.extend([loaded.caption.clone(), said].into_iter().filter(|note| !note.is_empty()));
    answer.notes.extend(loaded.misled(nulls));
    let outcome = ask.print(&answer)?;
    Ok(if loaded.sound { outcome } else { Outcome::Nothing })
}
