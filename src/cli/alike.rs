//! `legation alike`: who stands to all others as a state does.

use clap::Args;

use super::graphs::GraphChoice;
use super::shared::{Outcome, one_of};
use crate::analysis::{Projection, ranked};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::{Profile, alike};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State
    state: String,
    /// How profiles are compared
    #[arg(long, default_value = "correlation", value_parser = one_of(&Profile::ALL, Profile::name))]
    by: Profile,
    /// How many
    #[arg(short, long = "count", default_value_t = 10, value_name = "N")]
    n: usize,
    #[command(flatten)]
    graph: GraphChoice,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let graphs = arguments.graph.open(Projection::Missions, gazetteer)?;
    let named = graphs.named()?;
    let node = named.node(&arguments.state)?;
    let incoming = named.graph.reversed();
    let (sent, received) = (named.graph.row(node), incoming.row(node));
    let question = format!("alike {} --by {} {}", named.names[node], arguments.by.name(), named.asked);
    let value = if arguments.by == Profile::Euclidean { "distance" } else { "likeness" };
    let columns = ["rank", "state", value, "sent_alike", "received_alike", "sent", "received"];
    let mut answer = Answer::new(question, named.lens.clone(), &columns);
    let values = alike(&named.graph, node, arguments.by);
    // The nearest first: of distances the smallest.
    let signed = |value: f64| if arguments.by == Profile::Euclidean { -value } else { value };
    let rows = ranked(&values.iter().map(|value| value.map(signed)).collect::<Vec<_>>());
    let both = |one: &[u32], other: &[u32]| one.iter().filter(|node| other.binary_search(node).is_ok()).count();
    for row in rows.iter().take(arguments.n) {
        let whole = |number: usize| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        let (theirs, to_them) = (named.graph.row(row.node), incoming.row(row.node));
        answer.row(
            vec![
                whole(row.rank),
                named.cell(row.node),
                Cell::Measure(signed(row.value)),
                whole(both(sent, theirs)),
                whole(both(received, to_them)),
                whole(theirs.len()),
                whole(to_them.len()),
            ],
            &[],
        );
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(match arguments.by {
        Profile::Correlation => {
            "likeness: Pearson's correlation of the ties sent to and received from all others, those of the two with each other compared crosswise".to_owned()
        }
        Profile::Euclidean => {
            "distance: Euclidean, of the ties sent to and received from all others, those of the two with each other compared crosswise".to_owned()
        }
    });
    answer.notes.push(format!(
        "{} sends {} and receives {} itself; alike: to and from the same states",
        named.shown(node),
        sent.len(),
        received.len()
    ));
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}
