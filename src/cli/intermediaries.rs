//! `legation intermediaries`: who could carry messages between two states.

use clap::Args;

use super::answers::said;
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::Network;
use crate::model::{Bound, Fact, Origin, Statement};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One state
    one: String,
    /// The other
    other: String,
    /// How many
    #[arg(short, long = "count", default_value_t = 10, value_name = "N")]
    n: usize,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (one, other) = (view.find(&arguments.one)?, view.find(&arguments.other)?);
    anyhow::ensure!(one != other, "both are {}", view.name(one));
    let columns = [
        "rank",
        "intermediary",
        "score",
        "in_one",
        "in_other",
        "one_there",
        "other_there",
        "protects",
        "borders_both",
        "organizations",
    ];
    let question = format!("intermediaries {} {}", view.slug(one), view.slug(other));
    let mut answer = Answer::new(question, view.caption(), &columns);
    let found = analysis::intermediaries(&view, one, other);
    for (rank, row) in (1..).zip(found.iter().take(arguments.n)) {
        let facts: Vec<&Fact> = row.facts();
        let origins: Vec<Origin> = analysis::evidence(&facts);
        let protects: Vec<String> = row
            .protects
            .iter()
            .map(|fact| format!("{} in {}", gazetteer.display(fact.subject()), gazetteer.display(fact.object())))
            .collect();
        answer.row(
            vec![
                Cell::Integer(rank),
                Cell::Entity { slug: view.slug(row.node).to_owned(), name: view.name(row.node).to_owned() },
                Cell::Number(row.score),
                presence(&network, row.present[0]),
                presence(&network, row.present[1]),
                presence(&network, row.hosted[0]),
                presence(&network, row.hosted[1]),
                Cell::from(protects.join(", ")),
                Cell::from(if row.borders { "yes" } else { "" }),
                Cell::Integer(i64::try_from(row.organisations.len())?),
            ],
            &origins,
        );
    }
    let (a, b) = (view.name(one), view.name(other));
    answer.notes.push(format!("one is {a}, other is {b}; a cell is the seat, \"from\" one elsewhere"));
    answer.notes.push(match analysis::relations_told(&view, one, other) {
        Some(fact) if fact.is_denied() => "a source says that the two have no relations".to_owned(),
        Some(fact) => {
            let span = fact.span();
            // Before one of the two was there, the date is of something else.
            let there = [one, other].iter().all(|node| {
                let first = gazetteer.entity(view.slug(*node)).and_then(|entity| entity.span.began.earliest);
                first.is_none_or(|first| span.began.latest.is_none_or(|began| first <= began))
            });
            let began = if there { told(" since", " before", span.began) } else { String::new() };
            let standing = analysis::Standing::on(fact, view.lens.as_of).name();
            match span.ended {
                Some(ended) if !view.holds(fact) => {
                    format!(
                        "the two had relations{began}{} ({standing})",
                        told(" until", " until at the latest", ended)
                    )
                }
                _ if view.holds(fact) => format!("the two have relations{began} ({standing})"),
                _ => format!("the two have relations{began}, not on this date ({standing})"),
            }
        }
        None => "no source tells of relations of the two".to_owned(),
    });
    let shared = analysis::common_organisations(&view, one, other);
    if !shared.is_empty() {
        let told = |(slug, members): &(&str, usize)| format!("{} ({members})", gazetteer.display(slug));
        let first: Vec<String> = shared.iter().take(5).map(told).collect();
        answer.notes.push(format!(
            "both belong to {} organisations; the smallest (members): {}",
            shared.len(),
            first.join(", ")
        ));
    }
    answer.notes.push(format!("could act: {}, by the weights of data/rules/channels.csv", found.len()));
    arguments.ask.print(&answer)
}

/// A bound in words: "since 1999", or "before 2004-05-31" where only its latest day is known.
fn told(word: &str, latest: &str, bound: Bound) -> String {
    match (bound.earliest, bound.latest) {
        (None, None) => String::new(),
        (None, Some(day)) => format!("{latest} {day}"),
        _ => format!("{word} {bound}"),
    }
}

/// Where a representation stands: a city, "from" one for an accreditation.
fn presence(network: &Network<'_>, fact: Option<&Fact>) -> Cell {
    let Some(fact) = fact else { return Cell::Empty };
    let statement = fact.tie.value();
    let city = network.seat(statement).and_then(|seat| seat.city);
    match (statement, city) {
        (Statement::Accreditation { .. }, Some(city)) => Cell::from(format!("from {city}")),
        (_, Some(city)) => Cell::from(city),
        (statement, None) => Cell::from(said(network, statement)),
    }
}
