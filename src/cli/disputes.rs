//! `legation disputes`: the ledger of readings that exclude each other.

use clap::{Args, ValueEnum};

use super::answers::{name, said};
use super::shared::{Ask, Outcome, show, tie};
use crate::analysis::{Dispute, Quantity, disputes};
use crate::export::{Answer, Cell};
use crate::graph::TieType;
use crate::names::Gazetteer;

/// What sources disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum About {
    /// Where a mission or the seat of an accreditation stands
    Seat,
    /// What kind of mission it is
    Kind,
    /// Status of a membership
    Status,
    /// Any other value: a total, a length, a protecting power
    Value,
    /// Whether it is so
    Polarity,
    /// When it began
    Began,
    /// When it ended
    Ended,
}

impl About {
    fn quantity(self) -> Quantity {
        match self {
            About::Seat => Quantity::Seat,
            About::Kind => Quantity::Kind,
            About::Status => Quantity::Status,
            About::Value => Quantity::Value,
            About::Polarity => Quantity::Polarity,
            About::Began => Quantity::Began,
            About::Ended => Quantity::Ended,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only of this state or organisation
    one: Option<String>,
    /// Only between the two
    other: Option<String>,
    /// Only these ties, by commas: missions, posts, accreditation, relations, recognition, membership, protection, borders, ties
    #[arg(long, value_delimiter = ',', value_parser = tie)]
    tie: Vec<TieType>,
    /// Only disagreements of these kinds, by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    about: Vec<About>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let lens = crate::graph::Lens { ties: arguments.tie.clone(), past: true, ..arguments.ask.lens()? };
    let view = network.view(lens);
    let find = |name: &Option<String>| -> anyhow::Result<Option<String>> {
        Ok(name.as_deref().map(|name| view.find(name)).transpose()?.map(|node| view.slug(node).to_owned()))
    };
    let (one, other) = (find(&arguments.one)?, find(&arguments.other)?);
    let asked: Vec<&str> = one.iter().chain(&other).map(String::as_str).collect();
    let wanted: Vec<Quantity> = arguments.about.iter().map(|about| about.quantity()).collect();
    let mut answer = Answer::new(
        format!("disputes {}", asked.join(" ")).trim_end().to_owned(),
        view.lens.caption(),
        &["tie", "subject", "object", "about", "reading"],
    );
    let mut ties = 0;
    let mut last = None;
    for Dispute { fact, quantity, readings } in disputes(&view, &asked) {
        if !wanted.is_empty() && !wanted.contains(&quantity) {
            continue;
        }
        ties += usize::from(last != Some(&fact.key));
        last = Some(&fact.key);
        for (reading, origins) in readings {
            let said = reading.shown(|statement| said(&network, statement));
            let row = vec![
                Cell::from(fact.key.tie()),
                name(&network, &fact.subject),
                name(&network, &fact.object),
                Cell::from(quantity.name()),
                Cell::from(said),
            ];
            answer.row(row, origins);
        }
    }
    let count = answer.rows.len();
    answer.notes.push(format!("{count} readings of {ties} ties; nothing is dropped, each stands in its own document"));
    show(&answer, arguments.ask.format, true)
}
