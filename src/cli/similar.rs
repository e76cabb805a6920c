//! `legation similar`: whose portfolio is most like a state's.

use clap::Args;

use super::affiliations::Comparison;
use super::all_pairs::value;
use super::shared::{Outcome, one_of};
use crate::affiliation::{Compared, Measure};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State (or member of --table)
    state: String,
    /// How many to list
    #[arg(short = 'n', long = "number", default_value_t = 10, value_name = "N")]
    number: usize,
    /// Measure by which they are ordered
    #[arg(long, default_value = "jaccard", value_parser = one_of(&Measure::ALL, Measure::name))]
    measure: Measure,
    #[command(flatten)]
    comparison: Comparison,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Arguments { state, number, measure, comparison } = arguments;
    let Comparison { portfolios, nulls, ask } = comparison;
    let loaded = portfolios.load(ask, std::slice::from_ref(state), gazetteer)?;
    let own = loaded.member(state)?;
    let table = &loaded.table;
    let compared = Compared::new(table, loaded.range);
    let mut others: Vec<(usize, f64)> = (0..table.members.len())
        .filter(|other| *other != own)
        .filter_map(|other| Some((other, compared.measure(*measure, own, other)?)))
        .collect();
    let compared_with = others.len();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| table.members[a.0].cmp(&table.members[b.0])));
    others.truncate(*number);
    let (fitted, said) = loaded.fitted(nulls)?;
    let columns: Vec<&'static str> = ["rank", "member"]
        .into_iter()
        .chain((*measure != Measure::Shared).then_some(measure.name()))
        .chain(["shared", "n", "expected", "p"])
        .collect();
    let question = format!("similar {} --measure {}", table.members[own], measure.name());
    let mut answer = Answer::new(question, loaded.lens.clone(), &columns);
    for (rank, (other, _)) in others.iter().enumerate() {
        let mut cells = vec![Cell::Integer(i64::try_from(rank + 1).unwrap_or(0)), loaded.cell(*other)];
        if *measure != Measure::Shared {
            cells.push(value(&compared, *measure, own, *other));
        }
        cells.push(value(&compared, Measure::Shared, own, *other));
        cells.push(value(&compared, Measure::Shared, *other, *other));
        cells.extend([Cell::Number(fitted.expected(own, *other)), Cell::Probability(fitted.upper(own, *other))]);
        answer.row(cells, &[]);
    }
    answer.notes.extend(Some(loaded.caption.clone()).filter(|caption| !caption.is_empty()));
    answer.notes.push(format!(
        "{} has {} of {} itself; {compared_with} others compared; {}: {}",
        loaded.name(own),
        value(&compared, Measure::Shared, own, own).shown(),
        table.organisations.len(),
        measure.name(),
        measure.formula()
    ));
    answer.notes.push(said);
    answer.notes.extend(loaded.misled(nulls));
    let outcome = ask.print(&answer)?;
    Ok(if loaded.sound { outcome } else { Outcome::Nothing })
}
