//! `legation hubs`: seats from which third states are covered.

use std::collections::BTreeMap;

use clap::Args;

use super::answers::name;
use super::shared::{AskOn, Outcome, city_named};
use crate::coverage::{Coverage, Hub, Hubs, Ladder, Rung, Step};
use crate::export::{Answer, Cell};
use crate::graph::{Network, Seat};
use crate::model::{City, CityId, EntityId};
use crate::names::{Gazetteer, Named};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A city, whose accreditations are listed, or a state, whose seats are ranked; without it all seats
    place: Option<String>,
    /// How many seats
    #[arg(short = 'n', long, default_value_t = 20)]
    number: usize,
    #[command(flatten)]
    ask: AskOn,
}

#[allow(clippy::cast_possible_wrap)]
pub(super) fn count(number: usize) -> Cell {
    Cell::Integer(number as i64)
}

pub(super) fn seat(network: &Network<'_>, seat: &Seat) -> [Cell; 2] {
    let host = seat.host.as_deref().map_or(Cell::Empty, |host| name(network, host));
    [Cell::from(seat.city.as_deref()), host]
}

/// The seats in a city.
pub(super) fn at<'h>(hubs: &'h Hubs, gazetteer: &Gazetteer, city: &City) -> Vec<&'h Hub> {
    at_seat(hubs, gazetteer, &city.slug, &city.entity)
}

fn at_seat<'h>(hubs: &'h Hubs, gazetteer: &Gazetteer, slug: &str, entity: &str) -> Vec<&'h Hub> {
    let there = |hub: &&Hub| {
        let city = hub.seat.city.as_deref().and_then(|city| {
            gazetteer
                .cities_named(city)
                .into_iter()
                .find(|known| Some(known.entity.as_str()) == hub.seat.host.as_deref())
        });
        city.is_some_and(|city| city.slug == slug && city.entity == entity)
    };
    hubs.hubs.iter().filter(there).collect()
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let coverage = Coverage::new(&view);
    let place = arguments.place.as_deref().map(|place| named(gazetteer, place)).transpose()?;
    let ladders: Vec<Ladder<'_>> = coverage.everyone().collect();
    let hubs = Hubs::of(ladders.iter());
    let by_pair: BTreeMap<(&str, &str), &Ladder<'_>> =
        ladders.iter().map(|ladder| ((ladder.sending.as_str(), ladder.receiving.as_str()), ladder)).collect();
    let step = |pair: &(EntityId, EntityId)| {
        let ladder = by_pair.get(&(pair.0.as_str(), pair.1.as_str()))?;
        ladder.steps.iter().find(|step| step.rung == Rung::NonResident)
    };
    let lens = view.caption();
    if let Some(Place::City(slug, entity)) = &place {
        let mut answer =
            Answer::new(format!("hubs {slug}"), lens, &["sending", "receiving", "city", "host", "only_from_here"]);
        for hub in at_seat(&hubs, gazetteer, slug, entity) {
            for pair in &hub.serves {
                let [city, host] = seat(&network, &hub.seat);
                let only = if hub.only.contains(pair) { "yes" } else { "no" };
                answer.row(
                    vec![name(&network, &pair.0), name(&network, &pair.1), city, host, only.into()],
                    &step(pair).map(Step::origins).unwrap_or_default(),
                );
            }
            answer.notes.push(format!(
                "{} accreditations of {} senders to {} states, {} of which some sender serves from here alone",
                hub.serves.len(),
                hub.senders(),
                hub.receivers(),
                hub.dependent()
            ));
        }
        return arguments.ask.print(&answer);
    }
    let host = match &place {
        Some(Place::State(slug)) => Some(slug.as_str()),
        _ => None,
    };
    let asked = host.map_or_else(String::new, |host| format!(" {host}"));
    let mut answer = Answer::new(
        format!("hubs{asked}"),
        lens,
        &["city", "host", "receivers", "senders", "accreditations", "dependent", "share"],
    );
    let here = hubs.hubs.iter().filter(|hub| host.is_none() || hub.seat.host.as_deref() == host);
    for hub in here.clone().take(arguments.number) {
        let [city, host] = seat(&network, &hub.seat);
        let counts = [hub.receivers(), hub.senders(), hub.serves.len(), hub.dependent()].map(count);
        let facts: Vec<_> = hub.serves.iter().filter_map(step).flat_map(|step| step.facts.iter().copied()).collect();
        answer.row(
            [city, host].into_iter().chain(counts).chain([Cell::Number(hubs.share(hub))]).collect(),
            &crate::analysis::evidence(&facts),
        );
    }
    if let Some(concentration) = hubs.concentration() {
        answer.notes.push(format!(
            "{} of {} seats; {} accreditations in all; concentration (HHI) {concentration:.4}",
            answer.rows.len(),
            here.count(),
            hubs.total()
        ));
        answer.notes.push(
            "dependent: states that some sender serves only from this seat; share: part of all accreditations"
                .to_owned(),
        );
    }
    arguments.ask.print(&answer)
}

/// What the question is about.
enum Place {
    /// City and its state.
    City(CityId, EntityId),
    /// A state.
    State(EntityId),
}

fn named(gazetteer: &Gazetteer, place: &str) -> anyhow::Result<Place> {
    Ok(match gazetteer.resolve(place, None) {
        Ok(Named::City(city)) => Place::City(city.slug.clone(), city.entity.clone()),
        Ok(named) => Place::State(named.slug().into()),
        // No state: a city, or else nobody knows the name.
        Err(error) => match city_named(gazetteer, place, |_| false) {
            Ok(city) => Place::City(city.slug.clone(), city.entity.clone()),
            Err(_) => return Err(error.into()),
        },
    })
}
