//! `legation count`: claimed totals beside the graph's own.

use clap::Args;

use super::answers::date;
use super::shared::{Ask, Outcome};
use crate::analysis::totals;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State whose totals are asked for
    state: String,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    let totals = totals(&view, state);
    let mut answer =
        Answer::new(format!("count {}", view.slug(state)), view.caption(), &["what", "value", "as_of", "said_by"]);
    for total in &totals.claimed {
        let origins = total.fact.origins();
        let said: Vec<String> = origins.iter().map(|origin| format!("{}:{}", origin.document, origin.line)).collect();
        answer.row(
            vec![Cell::from(total.what), Cell::Integer(total.value), date(total.as_of), Cell::from(said.join("; "))],
            &origins,
        );
    }
    for total in &totals.counted {
        answer.row(
            vec![
                Cell::from(total.what.as_str()),
                Cell::Integer(i64::try_from(total.value)?),
                view.lens.as_of.map_or(Cell::Empty, |day| Cell::from(day.to_string())),
                Cell::from("this graph"),
            ],
            &[],
        );
    }
    answer.notes.extend(totals.sums);
    arguments.ask.print(&answer)
}
