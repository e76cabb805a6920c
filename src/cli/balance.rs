//! `legation balance`: whether friendly and hostile ties are in balance, and which camps they make.

use clap::Args;

use super::graphs::{GraphChoice, WITHOUT_DIRECTIONS};
use super::shared::Outcome;
use crate::analysis::Projection;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::communities::Partition;
use crate::structure::signed::{balance, fewest_errors, potts};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Most groups that are tried
    #[arg(long, default_value_t = 5, value_name = "N")]
    groups: usize,
    /// Steps after which the search for the least errors of a grouping ends, and bounds are told
    #[arg(long, default_value_t = 5_000_000, value_name = "N")]
    steps: u64,
    /// Resolution of the Potts model for friendly ties
    #[arg(long, default_value_t = 1.0, value_name = "GAMMA")]
    friendly: f64,
    /// Resolution of the Potts model for hostile ties
    #[arg(long, default_value_t = 1.0, value_name = "GAMMA")]
    hostile: f64,
    /// Seed of the searches
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Runs of the Potts model
    #[arg(long, default_value_t = 32, value_name = "N")]
    runs: usize,
    #[command(flatten)]
    graph: GraphChoice,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    anyhow::ensure!(arguments.groups > 1, "--groups {} divides nothing", arguments.groups);
    anyhow::ensure!(arguments.runs > 0, "--runs 0 finds nothing");
    let sound = |gamma: f64| gamma.is_finite() && gamma >= 0.0;
    anyhow::ensure!(sound(arguments.friendly) && sound(arguments.hostile), "a resolution is a number from 0");
    let graphs = arguments.graph.open(Projection::Signed, gazetteer)?;
    let named = graphs.named()?;
    let plain = named.graph.undirected();
    let nodes: Vec<usize> = (0..plain.nodes()).filter(|node| !plain.row(*node).is_empty()).collect();
    let graph = plain.among(&nodes);
    let mut answer = Answer::new(
        format!("balance {}", named.asked),
        named.lens.clone(),
        &["measure", "groups", "value", "least", "best", "members"],
    );
    answer.notes.push(named.caption.clone());
    if graph.edge_count() == 0 {
        answer.notes.push("no ties".to_owned());
        return arguments.graph.ask.print(&answer);
    }
    let found = balance(&graph);
    let mut measure = |name: &str, value: Option<f64>| {
        let value = value.map_or(Cell::Empty, Cell::Measure);
        answer.row(vec![Cell::from(name), Cell::Empty, value, Cell::Empty, Cell::Empty, Cell::Empty], &[]);
    };
    measure("triangle balance", found.index());
    measure("walk balance", found.walks);
    let members = |partition: &Partition| -> Cell {
        let groups = partition.members().into_iter();
        Cell::Groups(
            groups.map(|group| named.labels(&group.iter().map(|node| nodes[*node]).collect::<Vec<_>>())).collect(),
        )
    };
    let all: f64 = graph.edges().map(|edge| edge.2.abs()).sum();
    let mut unsure = false;
    for groups in 2..=arguments.groups.min(graph.nodes().max(2)) {
        let grouping = fewest_errors(&graph, groups, arguments.seed, arguments.steps);
        if groups == 2 {
            let value = 1.0 - 2.0 * grouping.errors / all;
            answer.row(
                vec![
                    Cell::from("line balance"),
                    Cell::Integer(2),
                    Cell::Measure(value),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                ],
                &[],
            );
        }
        let name = if groups == 2 { "frustration" } else { "errors" };
        unsure |= grouping.ties.is_none();
        answer.row(
            vec![
                Cell::from(name),
                Cell::Integer(i64::try_from(groups)?),
                Cell::Measure(grouping.errors),
                Cell::Measure(grouping.least),
                grouping.ties.map_or(Cell::Empty, |ties| Cell::Integer(i64::try_from(ties).unwrap_or(i64::MAX))),
                members(&grouping.partition),
            ],
            &[],
        );
    }
    let (quality, camps) = potts(&graph, (arguments.friendly, arguments.hostile), arguments.seed, arguments.runs);
    answer.row(
        vec![
            Cell::from("potts"),
            Cell::Integer(i64::try_from(camps.count())?),
            Cell::Measure(quality),
            Cell::Empty,
            Cell::Empty,
            members(&camps),
        ],
        &[],
    );
    let [none, one, two, three] = found.triangles;
    answer.notes.push(format!(
        "{} friendly and {} hostile ties of {} nodes; triangles by hostile ties: {none} with none, {one} with one, {two} with two, {three} with three",
        found.friendly,
        found.hostile,
        nodes.len()
    ));
    answer.notes.push(
        "errors: weight of friendly ties between groups and hostile ones within, at most so many groups; least: no grouping has fewer; best: how many groupings have as few"
            .to_owned(),
    );
    answer
        .notes
        .push("triangles and walks go by signs alone; errors, line balance and the Potts model by weights".to_owned());
    if found.hostile == 0 {
        answer.notes.push("there is no hostile tie, so that balance says nothing".to_owned());
    }
    if named.graph.is_directed() {
        answer.notes.push(WITHOUT_DIRECTIONS.to_owned());
    }
    if unsure {
        answer.notes.push(
            "where best is empty, not every grouping was looked at: the truth lies from least to value".to_owned(),
        );
    }
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}
