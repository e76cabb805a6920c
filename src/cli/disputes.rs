//! `legation disputes`: readings that exclude each other.

use clap::Args;

use super::answers::{name, said};
use super::shared::{Ask, Outcome};
use crate::export::{Answer, Cell};
use crate::model::{Fact, Origin, Polarity, Settled};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only of this state or organisation
    one: Option<String>,
    /// Only between the two
    other: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let lens = arguments.ask.lens()?;
    let view = network.view(lens);
    let find = |name: &Option<String>| -> anyhow::Result<Option<String>> {
        Ok(name.as_deref().map(|name| view.find(name)).transpose()?.map(|node| view.slug(node).to_owned()))
    };
    let (one, other) = (find(&arguments.one)?, find(&arguments.other)?);
    let asked: Vec<&str> = one.iter().chain(&other).map(String::as_str).collect();
    let mut answer = Answer::new(
        format!("disputes {}", asked.join(" ")).trim_end().to_owned(),
        view.lens.caption(),
        &["tie", "subject", "object", "about", "reading"],
    );
    let concerns = |fact: &&Fact| {
        asked.iter().all(|slug| fact.subject == *slug || fact.object == *slug)
            && (arguments.ask.as_of.is_none() || view.holds(fact))
    };
    for fact in network.facts.iter().filter(|fact| fact.is_disputed()).filter(concerns) {
        let mut tell = |about: &str, reading: String, origins: &[Origin]| {
            answer.row(
                vec![
                    Cell::from(fact.key.tie()),
                    name(&network, &fact.subject),
                    name(&network, &fact.object),
                    Cell::from(about),
                    Cell::from(reading),
                ],
                origins,
            );
        };
        if fact.tie.is_disputed() {
            for reading in fact.tie.readings() {
                tell("tie", said(&network, &reading.value), &reading.origins);
            }
        }
        if fact.polarity.is_disputed() {
            for reading in fact.polarity.readings() {
                let word = if reading.value == Polarity::Denied { "denied" } else { "affirmed" };
                tell("polarity", word.to_owned(), &reading.origins);
            }
        }
        for (about, settled) in [("began", &fact.began), ("ended", &fact.ended)] {
            for reading in settled.iter().filter(|settled| settled.is_disputed()).flat_map(Settled::readings) {
                tell(about, reading.value.to_string(), &reading.origins);
            }
        }
    }
    let notes = answer.rows.len();
    answer.notes.push(format!("{notes} readings; nothing is dropped, each stands in its own document"));
    let evidence = Ask { evidence: true, data: None, as_of: None, roster: String::new(), ..arguments.ask };
    evidence.print(&answer)
}
