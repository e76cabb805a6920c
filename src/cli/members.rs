//! `legation members`: members of an organisation.

use clap::Args;

use super::answers::{confirmed, date, name};
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Organisation, by name or abbreviation
    organisation: String,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let organisation = view.find(&arguments.organisation)?;
    let mut answer = Answer::new(
        format!("members {}", view.slug(organisation)),
        view.caption(),
        &["organization", "member", "status", "since", "standing", "last_confirmed"],
    );
    for row in analysis::members(&view, organisation) {
        let status = if row.denied { "no member" } else { row.status.map_or("", crate::model::Status::word) };
        answer.row(
            vec![
                name(&network, view.slug(organisation)),
                name(&network, row.member),
                Cell::from(status),
                date(row.fact.span().began),
                Cell::from(row.standing.name()),
                confirmed(row.fact, view.lens.as_of),
            ],
            &row.fact.origins(),
        );
    }
    answer.notes.extend(super::answers::unknown_then(&answer));
    arguments.ask.print(&answer)
}
