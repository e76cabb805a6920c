//! `legation audit`: what wants a second look.

use std::collections::BTreeMap;

use clap::Args;

use super::answers::{date, name, said};
use super::shared::{Ask, Outcome, show};
use crate::analysis::{audit, sample};
use crate::export::{Answer, Cell};
use crate::graph::Network;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only of this state or organisation; without it, findings are counted
    party: Option<String>,
    /// List every finding, not only their numbers
    #[arg(long)]
    list: bool,
    /// Only these findings: total, one-sided, stale, impossible, or words of a concern's name
    #[arg(long, value_name = "WORDS")]
    only: Option<String>,
    /// Instead draw this many facts at random, with their places, to be checked against the sources
    #[arg(long, value_name = "N", conflicts_with_all = ["only", "list"])]
    sample: Option<usize>,
    /// Which sample
    #[arg(long, default_value_t = 1, requires = "sample")]
    seed: u64,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    // What is over can be impossible too.
    let view = network.view(crate::graph::Lens { past: true, ..arguments.ask.lens()? });
    let party = arguments.party.as_deref().map(|party| view.find(party)).transpose()?.map(|node| view.slug(node));
    if let Some(count) = arguments.sample {
        return drawn(arguments, &network, party, count);
    }
    let only = arguments.only.as_deref().unwrap_or("").to_lowercase();
    let findings = audit(&view, party)
        .into_iter()
        .filter(|finding| finding.concern.name().contains(&only) || finding.concern.group() == only);
    let question = format!("audit {}", party.unwrap_or("")).trim_end().to_owned();
    if party.is_none() && !arguments.list {
        let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for finding in findings {
            *counts.entry((finding.concern.name(), finding.fact.key.kind().name())).or_default() += 1;
        }
        let mut answer = Answer::new(question, view.caption(), &["concern", "tie", "findings"]);
        for ((concern, tie), count) in counts {
            answer.row(vec![Cell::from(concern), Cell::from(tie), Cell::Integer(count)], &[]);
        }
        answer.notes.push("legation audit STATE lists those of a state, --list all of them".to_owned());
        return arguments.ask.print(&answer);
    }
    let mut answer = Answer::new(question, view.caption(), &["concern", "tie", "subject", "object", "says", "detail"]);
    for finding in findings {
        let fact = finding.fact;
        answer.row(
            vec![
                Cell::from(finding.concern.name()),
                Cell::from(fact.key.kind().name()),
                name(&network, fact.subject()),
                name(&network, fact.object()),
                Cell::from(said(&network, fact.tie.value())),
                Cell::from(finding.detail),
            ],
            &fact.origins(),
        );
    }
    answer.notes.push(format!("{} findings; each is as its sources tell it", answer.rows.len()));
    arguments.ask.print(&answer)
}

fn drawn(arguments: &Arguments, network: &Network<'_>, party: Option<&str>, count: usize) -> anyhow::Result<Outcome> {
    let question = format!("audit {} --sample {count} --seed {}", party.unwrap_or(""), arguments.seed);
    let question = question.replace("  ", " ");
    let places: Vec<usize> = (0..network.facts.len())
        .filter(|&at| {
            party.is_none_or(|party| [network.facts[at].subject(), network.facts[at].object()].contains(&party))
        })
        .collect();
    let columns = ["number", "tie", "subject", "object", "says", "began", "ended"];
    let mut answer = Answer::new(question, "every date".to_owned(), &columns);
    for (number, at) in sample(places.len(), count, arguments.seed).into_iter().enumerate() {
        let fact = &network.facts[places[at]];
        let said = said(network, fact.tie.value());
        let said = if fact.is_denied() { format!("not so: {said}") } else { said };
        answer.row(
            vec![
                Cell::Integer(i64::try_from(number + 1)?),
                Cell::from(fact.key.kind().name()),
                name(network, fact.subject()),
                name(network, fact.object()),
                Cell::from(said),
                date(fact.span().began),
                super::answers::ended(fact.span()),
            ],
            &fact.origins(),
        );
    }
    show(&answer, arguments.ask.format, true)
}
