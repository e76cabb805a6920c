//! `legation path`: how two states are connected.

use clap::Args;

use super::answers::{date, name, said};
use super::shared::{Ask, Outcome, one_of};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::TieType;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Start
    from: String,
    /// End
    to: String,
    /// Ties to go over, by commas
    #[arg(long, value_delimiter = ',', default_value = "missions,accreditation,relations", value_parser = one_of(&TieType::ALL, TieType::name))]
    by: Vec<TieType>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (from, to) = (view.find(&arguments.from)?, view.find(&arguments.to)?);
    if from == to {
        anyhow::bail!("the way begins and ends at {}", view.name(from));
    }
    let by: Vec<&str> = arguments.by.iter().map(|tie| tie.name()).collect();
    let mut answer = Answer::new(
        format!("path {} {} --by {}", view.slug(from), view.slug(to), by.join(",")),
        view.lens.caption(),
        &["hop", "from", "to", "tie", "says", "since"],
    );
    match analysis::path(&view, from, to, &arguments.by) {
        Ok(hops) => {
            for (at, hop) in hops.iter().enumerate() {
                for fact in &hop.facts {
                    answer.row(
                        vec![
                            Cell::Integer(i64::try_from(at + 1)?),
                            name(&network, &fact.subject),
                            name(&network, &fact.object),
                            Cell::from(fact.key.tie()),
                            Cell::from(said(&network, fact.tie.value())),
                            date(fact.span().began),
                        ],
                        &fact.origins(),
                    );
                }
            }
            let way: Vec<&str> = std::iter::once(view.slug(from))
                .chain(hops.iter().map(|hop| hop.to))
                .map(|slug| gazetteer.display(slug))
                .collect();
            answer.notes.push(format!("{} hops: {}", hops.len(), way.join(" → ")));
        }
        Err(error) => answer.notes.push(error.to_string()),
    }
    arguments.ask.print(&answer)
}
