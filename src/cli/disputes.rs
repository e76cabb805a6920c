//! `legation disputes`: the ledger of readings that exclude each other.

use crate::model::TieKind;
use clap::Args;

use super::answers::{name, said};
use super::shared::{Ask, Outcome, one_of, show};
use crate::analysis::{Dispute, Quantity, disputes};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only of this state or organisation
    one: Option<String>,
    /// Only between the two
    other: Option<String>,
    /// Only these ties, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    tie: Vec<TieKind>,
    /// Only disagreements on these, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&Quantity::ALL, Quantity::name))]
    about: Vec<Quantity>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let lens = crate::graph::Lens { ties: arguments.tie.clone(), past: true, ..arguments.ask.lens()? };
    let view = network.view(lens);
    let find = |name: &Option<String>| -> anyhow::Result<Option<String>> {
        Ok(name.as_deref().map(|name| view.find(name)).transpose()?.map(|node| view.slug(node).to_owned()))
    };
    let (one, other) = (find(&arguments.one)?, find(&arguments.other)?);
    let asked: Vec<&str> = one.iter().chain(&other).map(String::as_str).collect();
    let mut answer = Answer::new(
        format!("disputes {}", asked.join(" ")).trim_end().to_owned(),
        view.caption(),
        &["tie", "subject", "object", "about", "reading"],
    );
    let mut ties = 0;
    let mut last = None;
    for Dispute { fact, quantity, readings } in disputes(&view, &asked) {
        if !arguments.about.is_empty() && !arguments.about.contains(&quantity) {
            continue;
        }
        ties += usize::from(last != Some(&fact.key));
        last = Some(&fact.key);
        for (reading, origins) in readings {
            let said = reading.shown(|statement| said(&network, statement));
            let row = vec![
                Cell::from(fact.key.kind().name()),
                name(&network, fact.subject()),
                name(&network, fact.object()),
                Cell::from(quantity.name()),
                Cell::from(said),
            ];
            answer.row(row, origins);
        }
    }
    let count = answer.rows.len();
    answer.notes.push(format!("{count} readings of {ties} ties; nothing is dropped, each stands in its own document"));
    show(&answer, arguments.ask.format, true)
}
