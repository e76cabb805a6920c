//! `legation nearest`: missions of a state by their distance from another one's capital.

use clap::Args;

use super::answers::{city, host, name};
use super::shared::{AskOn, Outcome};
use crate::coverage::Coverage;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Sending state, whose missions are measured
    sending: String,
    /// State from whose capital is measured
    receiving: String,
    /// How many missions
    #[arg(short = 'n', long, default_value_t = 5)]
    number: usize,
    #[command(flatten)]
    ask: AskOn,
}

#[allow(clippy::cast_possible_truncation)]
pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (sending, receiving) = (view.find(&arguments.sending)?, view.find(&arguments.receiving)?);
    if sending == receiving {
        anyhow::bail!("{} needs no cover in its own territory", view.name(receiving));
    }
    let coverage = Coverage::new(&view);
    let question = format!("nearest {} {}", view.slug(sending), view.slug(receiving));
    let columns = ["rank", "kilometres", "city", "host", "mission_to", "kind", "covers", "standing"];
    let mut answer = Answer::new(question, view.caption(), &columns);
    let Some(rows) = coverage.nearest(sending, receiving) else {
        answer.notes.push(format!("no table has the place of the capital of {}", view.name(receiving)));
        return arguments.ask.print(&answer);
    };
    let shown = rows.iter().enumerate().filter(|(at, row)| *at < arguments.number || row.covers);
    for (at, row) in shown {
        let step = &row.mission;
        answer.row(
            vec![
                super::hubs::count(at + 1),
                Cell::Integer(row.kilometres.round() as i64),
                city(step.seat.as_ref()),
                host(&network, step.seat.as_ref()),
                name(&network, step.receiving),
                step.kind.map_or(Cell::Empty, |kind| kind.prose().into()),
                if row.covers { "yes".into() } else { Cell::Empty },
                step.standing.map_or(Cell::Empty, |standing| standing.name().into()),
            ],
            &step.origins(),
        );
    }
    let capital = gazetteer.entity(view.slug(receiving)).and_then(|it| gazetteer.city(it.capital.as_deref()?));
    if let Some(capital) = capital {
        answer.notes.push(format!("great-circle distance from {}; {} missions measured", capital.name, rows.len()));
    }
    if !rows.iter().any(|row| row.covers) {
        let ladder = coverage.ladders(receiving).of(sending);
        let seat = ladder.foremost().filter(|step| step.arrangement.is_none());
        let told = seat.map_or(ladder.representation().name(), |step| step.form);
        answer.notes.push(format!("none of them covers {}: {told}", view.name(receiving)));
    }
    arguments.ask.print(&answer)
}
