//! `legation rank`: where states stand among all.

use clap::Args;

use super::graphs::{GraphChoice, Named};
use super::shared::{Outcome, one_of_or};
use crate::analysis::{Projection, RankMeasure, Ranked, ranked};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::{closure, cohesion};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only these states
    states: Vec<String>,
    /// Measure: missions-received if missions are asked, degree of other graphs
    #[arg(long, value_parser = one_of_or(&RankMeasure::ALL, RankMeasure::name, short))]
    by: Option<RankMeasure>,
    /// How many
    #[arg(short, long = "count", value_name = "N")]
    n: Option<usize>,
    /// Another date: how rank and value have changed since
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    #[command(flatten)]
    graph: GraphChoice,
}

/// What missions sent and received are called of other graphs.
pub(super) fn short(measure: RankMeasure) -> Option<&'static str> {
    measure.name().strip_prefix("missions-")
}

/// Refuses measures that signs take the meaning from.
pub(super) fn check(by: RankMeasure, named: &Named<'_>) -> anyhow::Result<()> {
    let signed = matches!(by, RankMeasure::PageRank | RankMeasure::Eigenvector);
    anyhow::ensure!(
        !signed || named.graph.edges().all(|edge| edge.2 >= 0.0),
        "--by {} has no meaning for hostile ties: legation balance is for these",
        by.name()
    );
    Ok(())
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let graphs = arguments.graph.open(Projection::Missions, gazetteer)?;
    let named = graphs.named()?;
    let of_missions = matches!(graphs.projection(), Some(Projection::Missions | Projection::Representation));
    let by = arguments.by.unwrap_or(if of_missions { RankMeasure::Received } else { RankMeasure::Degree });
    check(by, &named)?;
    let then = arguments.since.as_deref().map(|date| graphs.since(date)).transpose()?;
    let wanted: Vec<usize> = arguments.states.iter().map(|name| named.node(name)).collect::<Result<_, _>>()?;
    let columns: &[&str] = match &then {
        None => &["rank", "state", "value", "tied", "percentile"],
        Some(_) => &["rank", "state", "value", "tied", "percentile", "rank_then", "value_then", "change"],
    };
    let mut question = format!("rank --by {} {}", by.name(), named.asked);
    if let Some(date) = &arguments.since {
        question.push_str(&format!(" --since {date}"));
    }
    let mut answer = Answer::new(question, named.lens.clone(), columns);
    let mut swung = false;
    let mut rows = |named: &Named<'_>| {
        let (values, converged) = by.of(&named.graph);
        swung |= !converged;
        ranked(&values)
    };
    let found = rows(&named);
    let before: Option<(&Named<'_>, Vec<Ranked>)> = then.as_ref().map(|then| (then, rows(then)));
    let value = |value: f64| if by.is_count() { Cell::Number(value) } else { Cell::Measure(value) };
    let kept = |row: &&Ranked| wanted.is_empty() || wanted.contains(&row.node);
    for row in found.iter().filter(kept).take(arguments.n.unwrap_or(usize::MAX)) {
        let mut cells = vec![
            Cell::Integer(i64::try_from(row.rank)?),
            named.cell(row.node),
            value(row.value),
            Cell::Integer(i64::try_from(row.tied)?),
            Cell::Number(row.percentile),
        ];
        if let Some((then, before)) = &before {
            let old = before.iter().find(|old| then.names[old.node] == named.names[row.node]);
            cells.extend(match old {
                Some(old) => [
                    Cell::Integer(i64::try_from(old.rank)?),
                    value(old.value),
                    Cell::Integer(i64::try_from(old.rank)? - i64::try_from(row.rank)?),
                ],
                None => [Cell::Empty, Cell::Empty, Cell::Empty],
            });
        }
        answer.row(cells, &[]);
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(format!("{}: {}", by.name(), by.explained()));
    answer
        .notes
        .push("tied: others of the same value, who share the rank; percentile: share of the others below, of the tied one half".to_owned());
    if named.names.len() > found.len() {
        answer.notes.push(format!("{} more have no {}, and no rank", named.names.len() - found.len(), by.name()));
    }
    if then.is_some() {
        answer.notes.push("change: places won since; empty for who was not there, or had no value".to_owned());
        answer.notes.extend(graphs.undated());
    }
    let whole = cohesion(&named.graph, &closure(&named.graph));
    let told = |name: &str, value: Option<f64>| value.map(|value| format!("{name} {value:.4}"));
    let shares = [
        told("density", whole.density),
        told("reciprocity", whole.reciprocity).filter(|_| named.graph.is_directed()),
        told("transitivity", whole.transitivity),
    ];
    let shares: Vec<String> = shares.into_iter().flatten().collect();
    let (nodes, edges) = (named.graph.nodes(), named.graph.edge_count());
    let whole = [vec![format!("the whole: {nodes} nodes, {edges} edges")], shares].concat();
    answer.notes.push(whole.join(", "));
    if swung {
        answer.notes.push("the iteration did not come to rest: take these values as its last round's".to_owned());
    }
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}
