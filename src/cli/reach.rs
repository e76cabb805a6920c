//! `legation reach`: how a state covers every other one.

use clap::Args;

use super::cover::{Order, sort, tally};
use super::ladders;
use super::shared::{AskOn, Outcome, one_of};
use crate::coverage::Coverage;
use crate::export::Answer;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Sending state
    sending: String,
    /// Order of the receiving states
    #[arg(long, value_name = "COLUMN", default_value = "name", value_parser = one_of(&Order::ALL, Order::name))]
    sort: Order,
    #[command(flatten)]
    ask: AskOn,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let sending = view.find(&arguments.sending)?;
    let coverage = Coverage::new(&view);
    let mut found = coverage.sent_by(sending);
    sort(&mut found, arguments.sort, &network, |ladder| ladder.receiving.to_string());
    let mut answer = Answer::new(format!("reach {}", view.slug(sending)), view.caption(), &ladders::PAIRS);
    answer.data_only = vec!["sending", "form"];
    for ladder in &found {
        ladders::pair(&mut answer, &coverage, ladder, ladder);
    }
    answer.notes.push(format!("{} states: {}", found.len(), tally(&found)));
    arguments.ask.print(&answer)
}
