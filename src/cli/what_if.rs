//! `legation what-if`: who loses cover if missions close or open.

use clap::{Args, Subcommand};
use petgraph::Direction;

use super::answers::name;
use super::shared::{AskOn, Outcome, city_named};
use crate::coverage::{Coverage, Hub, Scenario, Step, what_if};
use crate::export::{Answer, Cell};
use crate::graph::{Network, View};
use crate::model::{City, TieKind};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Closes everything that a state has in a city
    Close(Close),
    /// Opens an embassy
    Open(Open),
}

#[derive(Debug, Args)]
struct Close {
    /// Sending state
    sending: String,
    /// City of its mission
    city: String,
    /// Another sending state and city to close; may be given again
    #[arg(long = "close", num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append)]
    more: Vec<String>,
    /// An embassy to open: sending state and city; may be given again
    #[arg(long, num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append)]
    open: Vec<String>,
    #[command(flatten)]
    rest: Rest,
}

#[derive(Debug, Args)]
struct Open {
    /// Sending state
    sending: String,
    /// City of the new embassy
    city: String,
    /// Another embassy to open; may be given again
    #[arg(long = "open", num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append)]
    more: Vec<String>,
    /// A sending state and city to close; may be given again
    #[arg(long, num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append)]
    close: Vec<String>,
    #[command(flatten)]
    rest: Rest,
}

#[derive(Debug, Args)]
struct Rest {
    /// States that the last opened embassy covers too, by commas
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    covers: Vec<String>,
    #[command(flatten)]
    ask: AskOn,
}

/// The city that a name means for a sender: a capital or another city where it has a mission, if there is one.
fn place<'g>(gazetteer: &'g Gazetteer, view: &View<'_>, sending: &str, written: &str) -> anyhow::Result<&'g City> {
    let node = view.network.node(sending);
    let missions = node.map(|node| view.facts(node, Direction::Outgoing, TieKind::Mission)).unwrap_or_default();
    let seated = |city: &City| missions.iter().any(|fact| fact.object() == city.entity);
    let capital = gazetteer.cities_named(written).into_iter().any(|city| city.capital && seated(city));
    city_named(gazetteer, written, |city| seated(city) && (city.capital || !capital))
}

/// What closes and opens, and the question in words. `closed` and `opened` are pairs of sending state and city.
pub(super) fn scenario(
    gazetteer: &Gazetteer,
    coverage: &Coverage<'_, '_>,
    closed: &[String],
    opened: &[String],
    covered: &[String],
) -> anyhow::Result<(Scenario, String)> {
    let view = coverage.view;
    let mut scenario = Scenario::none();
    let mut question = String::from("what-if");
    for pair in closed.chunks(2) {
        let sending = view.slug(view.find(&pair[0])?);
        let city = place(gazetteer, view, sending, &pair[1])?;
        scenario.close(sending, &city.slug);
        question.push_str(&format!(" close {sending} {}", city.slug));
    }
    let last = opened.len().saturating_sub(2);
    for (at, pair) in opened.chunks(2).enumerate() {
        let sending = view.slug(view.find(&pair[0])?);
        let city = place(gazetteer, view, sending, &pair[1])?;
        let covers: anyhow::Result<Vec<String>> = match at * 2 == last {
            true => covered.iter().map(|state| Ok(view.slug(view.find(state.trim())?).to_owned())).collect(),
            false => Ok(Vec::new()),
        };
        let covers: Vec<String> = covers?.into_iter().filter(|state| *state != city.entity).collect();
        let there = coverage.ladder(sending, &city.entity)?;
        let stands = there.representation() == crate::coverage::Representation::Resident;
        let closed = closed.chunks(2).any(|pair| view.find(&pair[0]).is_ok_and(|node| view.slug(node) == sending));
        if stands && !closed {
            let name = gazetteer.display(&city.entity);
            anyhow::bail!("{} has a mission in {name} already: close it first", gazetteer.display(sending));
        }
        scenario.open(sending, &city.name, &city.entity, &covers);
        question.push_str(&format!(" open {sending} {}", city.slug));
        if !covers.is_empty() {
            question.push_str(&format!(" covers {}", covers.join(",")));
        }
    }
    Ok((scenario, question))
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (closed, opened, rest) = match &arguments.change {
        Change::Close(close) => {
            let closed = [&[close.sending.clone(), close.city.clone()][..], &close.more].concat();
            (closed, close.open.clone(), &close.rest)
        }
        Change::Open(open) => {
            let opened = [&open.more[..], &[open.sending.clone(), open.city.clone()]].concat();
            (open.close.clone(), opened, &open.rest)
        }
    };
    anyhow::ensure!(
        rest.covers.is_empty() || !opened.is_empty(),
        "--covers says what an opened embassy covers: add --open SENDING CITY"
    );
    let network = rest.ask.network(gazetteer)?;
    let view = network.view(rest.ask.lens()?);
    let coverage = Coverage::new(&view);
    let (scenario, question) = scenario(gazetteer, &coverage, &closed, &opened, &rest.covers)?;
    let changes = what_if(&view, &scenario);
    let columns =
        ["effect", "sending", "receiving", "before", "before_seat", "after", "after_seat", "after_by", "rungs"];
    let mut answer = Answer::new(question, view.caption(), &columns);
    for row in &changes.ladders {
        let (before, after) = (row.before.best(), row.after.best());
        answer.row(
            vec![
                row.effect.name().into(),
                name(&network, &row.before.sending),
                name(&network, &row.before.receiving),
                before.form.into(),
                seat(&network, before).into(),
                after.form.into(),
                seat(&network, after).into(),
                after.by.as_deref().map_or(Cell::Empty, |by| name(&network, by)),
                row.after.rungs().into(),
            ],
            &before.origins(),
        );
    }
    for shift in &changes.hubs {
        let Some(hub) = shift.before.as_ref().or(shift.after.as_ref()) else { continue };
        let score =
            |hub: &Option<Hub>| hub.as_ref().map_or((0, 0, 0), |hub| (hub.receivers(), hub.senders(), hub.dependent()));
        let ((one, two, three), (four, five, six)) = (score(&shift.before), score(&shift.after));
        let city = hub.seat.city.as_deref().unwrap_or("a seat without a city");
        answer
            .notes
            .push(format!("hub {city}: receivers {one} → {four}, senders {two} → {five}, dependent {three} → {six}"));
    }
    if answer.rows.is_empty() {
        answer.notes.push("nothing changes by these sources".to_owned());
    }
    rest.ask.print(&answer)
}

pub(super) fn seat(network: &Network<'_>, step: &Step<'_>) -> String {
    let Some(seat) = &step.seat else { return String::new() };
    let host = seat.host.as_deref().map(|host| network.gazetteer.display(host));
    match (seat.city.as_deref(), host) {
        (Some(city), Some(host)) => format!("{city}, {host}"),
        (one, other) => one.or(other).unwrap_or_default().to_owned(),
    }
}
