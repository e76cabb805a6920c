//! `legation timeline`: everything dated about a state or a dyad.

use clap::Args;

use super::answers::{date, name, said};
use super::shared::{Ask, Outcome, one_of};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::{Lens, TieType};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State or organisation
    state: String,
    /// Only what it has with this one
    with: Option<String>,
    /// Only these ties, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieType::ALL, TieType::name))]
    tie: Vec<TieType>,
    /// First year
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Last year
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    anyhow::ensure!(arguments.ask.as_of.is_none(), "a timeline has all dates: --from and --to bound it");
    anyhow::ensure!(
        !arguments.ask.certain && arguments.ask.roster.is_none(),
        "--certain and --roster are of questions on a date: a timeline has all dates, as the sources give them"
    );
    if let (Some(from), Some(to)) = (arguments.from, arguments.to) {
        anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
    }
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(Lens { past: true, ties: arguments.tie.clone(), ..arguments.ask.lens()? });
    let node = view.find(&arguments.state)?;
    let with = arguments.with.as_deref().map(|name| view.find(name)).transpose()?;
    anyhow::ensure!(with != Some(node), "both are {}", view.name(node));
    let mut question = format!("timeline {}", view.slug(node));
    if let Some(with) = with {
        question.push_str(&format!(" {}", view.slug(with)));
    }
    let columns = ["date", "event", "tie", "subject", "object", "says", "standing"];
    let mut answer = Answer::new(question, "every date".to_owned(), &columns);
    let (events, undated) = analysis::timeline(&view, node, with);
    let within = |event: &&analysis::Event<'_>| {
        let first = event.when.latest.or(event.when.earliest).map(crate::model::Day::year);
        let last = event.when.earliest.or(event.when.latest).map(crate::model::Day::year);
        arguments.from.is_none_or(|from| first.is_some_and(|year| year >= from))
            && arguments.to.is_none_or(|to| last.is_some_and(|year| year <= to))
    };
    for event in events.iter().filter(within) {
        let fact = event.fact;
        let standing = if event.disputed { "disputed" } else { analysis::Standing::of(fact).name() };
        let not = if fact.is_denied() { "not so: " } else { "" };
        answer.row(
            vec![
                date(event.when),
                Cell::from(if event.ended { "ended" } else { "began" }),
                Cell::from(fact.key.tie()),
                name(&network, &fact.subject),
                name(&network, &fact.object),
                Cell::from(format!("{not}{}", said(&network, fact.tie.value()))),
                Cell::from(standing),
            ],
            &event.origins,
        );
    }
    if let Some(entity) = gazetteer.entity(view.slug(node)) {
        let span = entity.span;
        let bounds = [(span.began, "from"), (span.ended.unwrap_or_default(), "to")];
        let told: Vec<String> = bounds
            .iter()
            .filter(|(bound, _)| !bound.is_unknown())
            .map(|(bound, word)| format!("{word} {bound}"))
            .collect();
        if !told.is_empty() {
            answer.notes.push(format!("in the tables of names {}", told.join(" ")));
        }
    }
    let ties = if undated == 1 { "tie has" } else { "ties have" };
    answer.notes.push(format!("{undated} more {ties} no date in these sources"));
    arguments.ask.print(&answer)
}
