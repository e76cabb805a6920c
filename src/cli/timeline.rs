//! `legation timeline`: everything dated about a state or a dyad.

use crate::model::TieKind;
use std::mem::ManuallyDrop;

use clap::Args;
use petgraph::graph::NodeIndex;

use super::answers::{date, name, said};
use super::shared::{Ask, Form, Outcome, one_of};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::{Lens, Network, View};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State or organisation
    state: String,
    /// Only what it has with this one
    with: Option<String>,
    /// Only these ties, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    tie: Vec<TieKind>,
    /// First year
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Last year
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    #[command(flatten)]
    ask: Ask,
}

/// The network and the parties that are asked for.
pub(super) struct Asked<'g> {
    /// The network.
    pub network: ManuallyDrop<Network<'g>>,
    lens: Lens,
    state: String,
    with: Option<String>,
}

/// The parties of a view.
pub(super) struct Parties<'n> {
    /// The view.
    pub view: View<'n>,
    /// The state.
    pub node: NodeIndex,
    /// Its partner, if it is a dyad.
    pub with: Option<NodeIndex>,
}

impl Asked<'_> {
    /// Finds the parties.
    pub(super) fn parties(&self) -> anyhow::Result<Parties<'_>> {
        let view = self.network.view(self.lens.clone());
        let node = view.find(&self.state)?;
        let with = self.with.as_deref().map(|name| view.find(name)).transpose()?;
        anyhow::ensure!(with != Some(node), "both are {}", view.name(node));
        Ok(Parties { view, node, with })
    }
}

impl Arguments {
    /// Opens the network.
    pub(super) fn asked<'g>(&self, gazetteer: &'g Gazetteer) -> anyhow::Result<Asked<'g>> {
        anyhow::ensure!(self.ask.as_of.is_none(), "a timeline has all dates: --from and --to bound it");
        anyhow::ensure!(
            !self.ask.certain && self.ask.roster.is_none(),
            "--certain and --roster are of questions on a date: a timeline has all dates, as the sources give them"
        );
        if let (Some(from), Some(to)) = (self.from, self.to) {
            anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
        }
        let lens = Lens { past: true, ties: self.tie.clone(), ..self.ask.lens()? };
        let network = self.ask.network(gazetteer)?;
        Ok(Asked { network, lens, state: self.state.clone(), with: self.with.clone() })
    }

    /// Whether an event lies in the years asked for.
    pub(super) fn bounds(&self, event: &analysis::Event<'_>) -> bool {
        let first = event.when.latest.or(event.when.earliest).map(crate::model::Day::year);
        let last = event.when.earliest.or(event.when.latest).map(crate::model::Day::year);
        self.from.is_none_or(|from| first.is_some_and(|year| year >= from))
            && self.to.is_none_or(|to| last.is_some_and(|year| year <= to))
    }

    /// Whether a picture or a table is asked for.
    pub(super) fn form(&self) -> Form {
        self.ask.format
    }
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let asked = arguments.asked(gazetteer)?;
    let network = &asked.network;
    let Parties { view, node, with } = asked.parties()?;
    let mut question = format!("timeline {}", view.slug(node));
    if let Some(with) = with {
        question.push_str(&format!(" {}", view.slug(with)));
    }
    let columns = ["date", "event", "tie", "subject", "object", "says", "standing"];
    let mut answer = Answer::new(question, "every date".to_owned(), &columns);
    let (events, undated) = analysis::timeline(&view, node, with);
    for event in events.iter().filter(|event| arguments.bounds(event)) {
        let fact = event.fact;
        let not = if fact.is_denied() { "not so: " } else { "" };
        answer.row(
            vec![
                date(event.when),
                Cell::from(if event.ended { "ended" } else { "began" }),
                Cell::from(fact.key.kind().name()),
                name(network, fact.subject()),
                name(network, fact.object()),
                Cell::from(format!("{not}{}", said(network, fact.tie.value()))),
                Cell::from(event.standing.name()),
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
