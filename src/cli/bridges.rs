//! `legation bridges`: ties, states and seats whose loss cuts others off or makes their ways longer.

use clap::Args;

use super::graphs::{GraphChoice, Graphs, Named};
use super::shared::Outcome;
use super::tables::counted;
use crate::analysis::{Projected, Projection, WeakPoint, Weakness, weaknesses};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::{Lost, losses, weak_points};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How many
    #[arg(short, long = "count", default_value_t = 15, value_name = "N")]
    n: usize,
    /// Only of this kind
    #[arg(long, value_parser = ["tie", "state", "seat"])]
    kind: Option<String>,
    #[command(flatten)]
    graph: GraphChoice,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let graphs = arguments.graph.open(Projection::Representation, gazetteer)?;
    let named = graphs.named()?;
    let columns = ["rank", "kind", "lost", "with", "city", "host", "serves", "pairs_cut", "pairs_longer", "hops_added"];
    let mut answer = Answer::new("bridges".to_owned(), named.lens.clone(), &columns);
    let bar = counted(0, "losses measured");
    let found = match &graphs {
        Graphs::World { network, lens, .. } => {
            let view = network.view(lens.clone());
            let projected = Projected { graph: named.graph.clone(), slugs: named.names.clone() };
            weaknesses(&view, &projected, &|| bar.inc(1))
        }
        Graphs::Table { .. } => of_table(&named, &|| bar.inc(1)),
    };
    bar.finish_and_clear();
    answer.notes.push(named.caption.clone());
    let kept = |point: &WeakPoint| arguments.kind.as_deref().is_none_or(|kind| kind == kind_of(point));
    match found {
        Ok(found) => {
            let cut = found.iter().filter(|weakness| weakness.loss.cut > 0).count();
            let all = found.len();
            for (rank, weakness) in (1..).zip(found.iter().filter(|row| kept(&row.point)).take(arguments.n)) {
                answer.row(row(rank, &weakness.point, &named, Some(weakness), gazetteer), &[]);
            }
            answer.notes.push(format!("{all} losses measured, each alone; {cut} cut somebody off"));
            answer.notes.push(
                "pairs cut: no way is left; pairs longer, hops added: what the others' ways grow by; of a state, pairs of others"
                    .to_owned(),
            );
        }
        Err(points) => {
            for (rank, point) in (1..).zip(points.iter().filter(|point| kept(point)).take(arguments.n)) {
                answer.row(row(rank, point, &named, None, gazetteer), &[]);
            }
            answer.notes.push("too large to measure every loss: only what cuts others off is listed".to_owned());
        }
    }
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}

/// Losses of a table: it has no seats.
fn of_table(named: &Named<'_>, tell: &(dyn Fn() + Sync)) -> Result<Vec<Weakness>, Vec<WeakPoint>> {
    let plain = named.graph.undirected();
    let ties = plain
        .edges()
        .map(|(one, other, _)| (WeakPoint::Tie(one as usize, other as usize), Lost::Edges(vec![(one, other)])));
    let nodes = (0u32..).zip(0..plain.nodes()).map(|(number, node)| (WeakPoint::State(node), Lost::Node(number)));
    let (points, lost): (Vec<WeakPoint>, Vec<Lost>) = ties.chain(nodes).unzip();
    let Some(found) = losses(&plain, &lost, tell) else {
        let (ties, nodes) = weak_points(&plain);
        let ties = ties.into_iter().map(|(one, other)| WeakPoint::Tie(one as usize, other as usize));
        return Err(ties.chain(nodes.into_iter().map(|node| WeakPoint::State(node as usize))).collect());
    };
    let mut found: Vec<Weakness> =
        points.into_iter().zip(found).map(|(point, loss)| Weakness { point, loss }).collect();
    found.sort_by_key(|row| (std::cmp::Reverse(row.loss.cut), std::cmp::Reverse(row.loss.added)));
    Ok(found)
}

fn kind_of(point: &WeakPoint) -> &'static str {
    match point {
        WeakPoint::Tie(..) => "tie",
        WeakPoint::State(_) => "state",
        WeakPoint::Seat { .. } => "seat",
    }
}

fn row(
    rank: i64,
    point: &WeakPoint,
    named: &Named<'_>,
    weakness: Option<&Weakness>,
    gazetteer: &Gazetteer,
) -> Vec<Cell> {
    let whole = |number: usize| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let mut cells = vec![Cell::Integer(rank), Cell::from(kind_of(point))];
    cells.extend(match point {
        WeakPoint::Tie(one, other) => [named.cell(*one), named.cell(*other), Cell::Empty, Cell::Empty, Cell::Empty],
        WeakPoint::State(node) => [named.cell(*node), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
        WeakPoint::Seat { sender, seat, serves } => {
            let host = seat.host.as_deref().map_or(Cell::Empty, |slug| Cell::Entity {
                slug: slug.to_owned(),
                name: gazetteer.display(slug).to_owned(),
            });
            [named.cell(*sender), Cell::Empty, Cell::from(seat.city.as_deref()), host, whole(*serves)]
        }
    });
    let Some(loss) = weakness.map(|weakness| &weakness.loss) else {
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        return cells;
    };
    cells.extend([whole(loss.cut), whole(loss.longer), Cell::Integer(i64::try_from(loss.added).unwrap_or(i64::MAX))]);
    cells
}
