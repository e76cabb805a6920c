//! `legation reachable`: who lies within so many hops.

use crate::model::TieKind;
use clap::Args;

use super::shared::{Ask, Outcome, one_of};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// From where
    from: String,
    /// Most hops
    #[arg(long, default_value_t = 2, value_name = "N")]
    hops: u16,
    /// Ties to go over, by commas
    #[arg(long, value_delimiter = ',', default_value = "missions,accreditation", value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    by: Vec<TieKind>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let from = view.find(&arguments.from)?;
    anyhow::ensure!(arguments.hops > 0, "--hops 0 reaches nobody");
    let by: Vec<&str> = arguments.by.iter().map(|tie| tie.ties_name()).collect();
    let question = format!("reachable {} --hops {} --by {}", view.slug(from), arguments.hops, by.join(","));
    let mut answer = Answer::new(question, view.caption(), &["hops", "reached", "via", "ways"]);
    let found = analysis::reachable(&view, from, &arguments.by, arguments.hops);
    let cell = |node| Cell::Entity { slug: view.slug(node).to_owned(), name: view.name(node).to_owned() };
    for row in &found {
        let ways = if row.over > 0 { Cell::Integer(i64::try_from(row.over)?) } else { Cell::Empty };
        let cells = vec![Cell::Integer(row.hops.into()), cell(row.node), row.via.map_or(Cell::Empty, cell), ways];
        answer.row(cells, &[]);
    }
    let last = found.last().map_or(0, |row| row.hops);
    let counts: Vec<String> =
        (1..=last).map(|hops| format!("{} in {hops}", found.iter().filter(|row| row.hops == hops).count())).collect();
    answer.notes.push(format!("{} reached: {}", found.len(), counts.join(", ")));
    answer.notes.push(
        "via: the first by name of those over whom it is reached, of as many as ways says; a tie carries both ways"
            .to_owned(),
    );
    arguments.ask.print(&answer)
}
