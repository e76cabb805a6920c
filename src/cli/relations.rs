//! `legation relations`: diplomatic relations and recognitions.

use clap::Args;

use super::answers::{confirmed, date, ended, name, readings};
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::Lens;
use crate::model::TieKind;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State whose relations are asked for
    state: String,
    /// Only with this state
    partner: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    // Between two states the past is part of the answer; its end is in the table.
    let past = arguments.partner.is_some();
    let view = network.view(Lens { past, ..arguments.ask.lens()? });
    let state = view.find(&arguments.state)?;
    let partner = arguments.partner.as_deref().map(|partner| view.find(partner)).transpose()?;
    let tail = partner.map_or_else(String::new, |partner| format!(" {}", view.slug(partner)));
    let mut answer = Answer::new(
        format!("relations {}{tail}", view.slug(state)),
        view.caption(),
        &["state", "tie", "partner", "since", "until", "standing", "last_confirmed"],
    );
    let mut rows = analysis::relations(&view, state, partner);
    // Of two states what is over is an answer too.
    if let Some(partner) = partner.filter(|_| view.lens.as_of.is_some())
        && !rows.iter().any(|row| row.fact.key.kind() == TieKind::Relations)
        && let Some(fact) = analysis::relations_told(&view, state, partner)
    {
        let began = fact.life.began.earliest.is_none_or(|began| view.lens.as_of.is_some_and(|day| began <= day));
        let tie = if began { "relations, over" } else { "relations, later" };
        let standing = analysis::Standing::on(fact, None);
        rows.insert(0, analysis::Related { partner: view.slug(partner), tie, standing, fact });
    }
    for row in rows {
        let span = row.fact.span();
        answer.row(
            vec![
                name(&network, view.slug(state)),
                Cell::from(row.tie),
                name(&network, row.partner),
                date(span.began),
                ended(span),
                Cell::from(row.standing.name()),
                confirmed(row.fact, view.lens.as_of),
            ],
            &row.fact.origins(),
        );
        if partner.is_some() {
            answer.notes.extend(readings(&network, row.fact));
        }
    }
    answer.notes.extend(super::answers::unknown_then(&answer));
    arguments.ask.print(&answer)
}
