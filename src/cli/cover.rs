//! `legation cover`: who covers a state.

use clap::Args;

use super::messages::say;
use super::shared::{AskOn, Outcome, city_named, one_of, print};
use super::{dyads, ladders};
use crate::coverage::{Coverage, Ladder, Purpose};
use crate::export::Answer;
use crate::graph::{Network, QueryError, View};
use crate::model::{Authority, Source};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Receiving state
    #[arg(required_unless_present_any = ["pairs", "all"], conflicts_with_all = ["pairs", "all"])]
    receiving: Option<String>,
    /// Sending state whose cover is asked for; without it every sender has a row
    #[arg(long = "for", value_name = "SENDING", requires = "receiving")]
    sending: Option<String>,
    /// What help is asked for: leaves the rungs that serve it, in its order
    #[arg(long, value_name = "PURPOSE", value_parser = one_of(&Purpose::ALL, Purpose::name))]
    purpose: Option<Purpose>,
    /// Where help is needed: measures every seat from there and puts a nearer consular post first
    #[arg(long, value_name = "CITY", requires = "sending")]
    near: Option<String>,
    /// One paragraph in plain English, with sources
    #[arg(long, requires = "sending", conflicts_with = "format")]
    say: bool,
    /// Every rung of every sender, not only the closest form
    #[arg(long, requires = "receiving", conflicts_with_all = ["sending", "pairs", "all"])]
    ladder: bool,
    /// Order of the senders
    #[arg(long, value_name = "COLUMN", value_parser = one_of(&Order::ALL, Order::name), requires = "receiving", conflicts_with = "sending")]
    sort: Option<Order>,
    #[command(flatten)]
    batch: dyads::Batch,
    #[command(flatten)]
    ask: AskOn,
}

/// The order of the rows of many pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Name,
    Representation,
    Rung,
    City,
    Host,
    Since,
}

impl Order {
    pub(super) const ALL: [Order; 6] =
        [Order::Name, Order::Representation, Order::Rung, Order::City, Order::Host, Order::Since];

    pub(super) fn name(self) -> &'static str {
        match self {
            Order::Name => "name",
            Order::Representation => "representation",
            Order::Rung => "rung",
            Order::City => "city",
            Order::Host => "host",
            Order::Since => "since",
        }
    }
}

/// Sorts the ladders of many pairs; `other` tells the party that is not the one asked for. Within equals by its
/// name, and what is not known comes last.
pub(super) fn sort<'n>(
    ladders: &mut [Ladder<'n>],
    order: Order,
    network: &Network<'_>,
    other: impl Fn(&Ladder<'n>) -> String,
) {
    ladders.sort_by_cached_key(|ladder| {
        let step = ladder.best();
        let seat = step.seat.as_ref();
        let key = match order {
            Order::Name => None,
            Order::Representation => Some(format!("{:02}", ladder.representation() as u8)),
            Order::Rung => Some(format!("{:02}", step.rung as u8)),
            Order::City => seat.and_then(|seat| seat.city.clone()),
            Order::Host => seat.and_then(|seat| seat.host.as_deref().map(str::to_owned)),
            Order::Since => step.since.earliest.or(step.since.latest).map(|day| day.to_string()),
        };
        let last = order != Order::Name && key.is_none();
        (last, key, crate::names::fold(network.gazetteer.display(&other(ladder))))
    });
}

/// How many pairs are represented in which way, as a note.
pub(super) fn tally(ladders: &[Ladder<'_>]) -> String {
    let counts = crate::coverage::Representation::ALL.into_iter().filter_map(|representation| {
        let count = ladders.iter().filter(|ladder| ladder.representation() == representation).count();
        (count > 0).then(|| format!("{count} {}", representation.name()))
    });
    counts.collect::<Vec<_>>().join(", ")
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let lens = arguments.ask.lens()?;
    let Some(receiving) = &arguments.receiving else {
        return dyads::run(&arguments.batch, &network, &lens, arguments.purpose, &arguments.ask);
    };
    let view = network.view(lens);
    let coverage = Coverage::new(&view);
    match &arguments.sending {
        Some(sending) => one(arguments, &coverage, receiving, sending),
        None => all(arguments, &view, &coverage, receiving),
    }
}

fn asked(arguments: &Arguments) -> String {
    arguments.purpose.map_or_else(String::new, |purpose| format!(" --purpose {}", purpose.name()))
}

fn one(arguments: &Arguments, coverage: &Coverage<'_, '_>, receiving: &str, sending: &str) -> anyhow::Result<Outcome> {
    let network = coverage.view.network;
    let receiving = party(coverage.view, receiving)?;
    let sending = party(coverage.view, sending)?;
    let mut ladder = coverage.ladder(&sending, &receiving)?;
    if let Some(purpose) = arguments.purpose {
        ladder = ladder.serving(purpose);
    }
    let mut question = format!("cover {receiving} --for {sending}{}", asked(arguments));
    if let Some(place) = &arguments.near {
        let city = city_named(network.gazetteer, place, |city| city.entity == receiving)?;
        if city.entity != receiving {
            let lies = network.gazetteer.display(&city.entity);
            say(&format!("{} lies in {lies}; distances are measured from there", city.name));
        }
        ladder.near(city, coverage);
        question.push_str(&format!(" --near {}", city.slug));
    }
    let known = ladder.best().rung < crate::coverage::Rung::Visa
        || !matches!(ladder.ending(), Some(crate::coverage::Ending::Unknown | crate::coverage::Ending::UnknownThen));
    if arguments.say {
        print(&format!("{}\n", coverage.say(&ladder)))?;
        return Ok(if known { Outcome::Answered } else { Outcome::Nothing });
    }
    let mut answer = Answer::new(question, coverage.view.caption(), &ladders::RUNGS);
    answer.data_only = ladders::DATA_ONLY.to_vec();
    // A reader has named the two himself; only a sovereign or a successor is somebody else.
    if ladder.steps.iter().all(|step| step.sending == sending && step.receiving == receiving) {
        answer.data_only.extend(["sending", "receiving"]);
    }
    ladders::rungs(&mut answer, coverage, &ladder, arguments.ask.format, arguments.ask.evidence);
    ladders::notes(&mut answer, coverage, &ladder);
    if !arguments.ask.evidence {
        // Where it stands in the documents; what others' posts rest on is asked for with --evidence.
        let own: Vec<_> = ladder.steps.iter().filter(|step| step.arrangement.is_none()).collect();
        for place in own.iter().flat_map(|step| step.origins()) {
            let note = format!("source: {}", cited(network.sources(), &place.document, place.line));
            if !answer.notes.contains(&note) {
                answer.notes.push(note);
            }
        }
    }
    if arguments.ask.certain && coverage.view.lens.as_of.is_some() {
        answer.notes.push("--certain leaves out what no source dates".to_owned());
    }
    let outcome = arguments.ask.print(&answer)?;
    Ok(if known { outcome } else { Outcome::Nothing })
}

/// A place as a reader finds it: a page by its title and address, what nobody looked up by saying so, any other document
/// by its line.
fn cited(sources: &[Source], document: &str, line: usize) -> String {
    let place = format!("{document}:{line}");
    let Some(source) = sources.iter().find(|source| *source.document == *document) else { return place };
    if source.authority == Authority::Editor {
        return format!("{place}, general knowledge that was not looked up");
    }
    match (source.format == "page", source.address.as_str()) {
        (true, "") => source.title.clone(),
        (true, address) => format!("{}, {address}", source.title),
        (false, _) => place,
    }
}

/// The slug of a party, which need not have existed on the date: the ladder says who stands in its place.
pub(super) fn party(view: &View<'_>, name: &str) -> anyhow::Result<String> {
    let slug = match view.network.find(name, &view.lens) {
        Err(error @ QueryError::Absent { .. }) => {
            let named = view.network.gazetteer.resolve(name, view.lens.as_of)?;
            let named = named.slug();
            let Some((then, _)) = view.stood(named) else { return Err(error.into()) };
            let shown = |slug: &str| view.network.gazetteer.display(slug).to_owned();
            say(&format!("{} in the place of {}, which did not exist then", shown(&then), shown(named)));
            then
        }
        found => found?,
    };
    let gone = view.lens.as_of.is_some() || view.lens.roster == crate::graph::Roster::All;
    if !gone {
        view.find(&slug)?;
    }
    Ok(slug)
}

fn all(
    arguments: &Arguments,
    view: &View<'_>,
    coverage: &Coverage<'_, '_>,
    receiving: &str,
) -> anyhow::Result<Outcome> {
    let node = view.find(receiving)?;
    let mut found = coverage.received_by(node);
    sort(&mut found, arguments.sort.unwrap_or(Order::Name), view.network, |ladder| ladder.sending.to_string());
    let question = format!("cover {}{}", view.slug(node), asked(arguments));
    let columns: &[&'static str] = if arguments.ladder { &ladders::RUNGS } else { &ladders::PAIRS };
    let mut answer = Answer::new(question, view.caption(), columns);
    answer.data_only = ladders::DATA_ONLY.to_vec();
    answer.data_only.push("receiving");
    if !arguments.ladder {
        answer.data_only.push("form");
    }
    for ladder in &found {
        let served = arguments.purpose.map(|purpose| ladder.serving(purpose));
        let asked = served.as_ref().unwrap_or(ladder);
        if arguments.ladder {
            ladders::rungs(&mut answer, coverage, asked, arguments.ask.format, arguments.ask.evidence);
        } else {
            ladders::pair(&mut answer, coverage, ladder, asked);
        }
    }
    let gazetteer = view.network.gazetteer;
    let entity = gazetteer.entity(view.slug(node));
    let territory = entity.filter(|entity| entity.kind == crate::model::EntityKind::Territory);
    if let Some(parent) = territory.and_then(|entity| entity.parent.as_deref()) {
        let name = gazetteer.display(parent);
        answer.notes.push(format!("a territory: what is not listed goes through {name}: legation cover {parent}"));
    }
    answer.notes.push(format!("{} senders: {}", found.len(), tally(&found)));
    arguments.ask.print(&answer)
}
