//! `legation clusters`: groups of states that are tied among themselves.

use clap::Args;

use super::shared::{Ask, Outcome, one_of};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::{Projection, TieType};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ties that count, by commas
    #[arg(long, value_delimiter = ',', default_value = "missions,relations", value_parser = one_of(&TieType::ALL, TieType::name))]
    on: Vec<TieType>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let projection =
        Projection { ties: arguments.on.clone(), organisations: arguments.on.contains(&TieType::Membership) };
    let mut answer = Answer::new(
        format!("clusters --on {}", projection.name().replace('+', ",")),
        view.lens.caption(),
        &["cluster", "size", "members"],
    );
    if let Some(found) = analysis::clusters(&view, &projection) {
        for (at, group) in found.groups.iter().enumerate() {
            let names: Vec<&str> = group.iter().map(|slug| gazetteer.display(slug)).collect();
            answer.row(
                vec![
                    Cell::Integer(i64::try_from(at + 1)?),
                    Cell::Integer(i64::try_from(group.len())?),
                    Cell::from(names.join(", ")),
                ],
                &[],
            );
        }
        if found.agreeing * 2 < found.seeds {
            answer
                .notes
                .push("most seeds end elsewhere: take no single state's place in this partition as settled".into());
        }
        answer.notes.push(format!(
            "Leiden on {}, modularity {:.4}; best of {} seeds, reached by {}",
            projection.name(),
            found.modularity,
            found.seeds,
            found.agreeing
        ));
    }
    arguments.ask.print(&answer)
}
