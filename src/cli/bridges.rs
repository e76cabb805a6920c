//! `legation bridges`: ties, states and seats whose loss cuts others off or makes their ways longer.

use crate::model::TieKind;
use clap::Args;

use super::graphs::{GraphChoice, Named};
use super::shared::Outcome;
use super::tables::spinner;
use crate::analysis::{Projected, Projection, WeakKinds, WeakPoint, weaknesses};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::Loss;

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
    let carries = |tie: TieKind| match graphs.projection() {
        Some(Projection::Missions | Projection::MutualMissions | Projection::Representation) => true,
        Some(Projection::Ties(ties)) => ties.contains(&tie),
        _ => false,
    };
    let seated = carries(TieKind::Mission) || carries(TieKind::Accreditation);
    anyhow::ensure!(
        seated || arguments.kind.as_deref() != Some("seat"),
        "seats carry missions and accreditations: say --on representation, missions or mutual-missions"
    );
    let columns = ["rank", "kind", "lost", "with", "city", "host", "serves", "pairs_cut", "pairs_longer", "hops_added"];
    let mut answer = Answer::new(format!("bridges {}", named.asked), named.lens.clone(), &columns);
    let bar = spinner("losses measured");
    let wanted = |kind: &str| arguments.kind.as_deref().is_none_or(|only| only == kind);
    let kinds = WeakKinds { ties: wanted("tie"), states: wanted("state"), seats: wanted("seat") && seated };
    let view = graphs.view();
    let projected = Projected { graph: named.graph.clone(), slugs: named.names.clone() };
    let seated = view.as_ref().map(|view| (view, &projected));
    let found = weaknesses(&named.graph, seated, kinds, &|| bar.inc(1));
    bar.finish_and_clear();
    answer.notes.push(named.caption.clone());
    let kind = |point: &WeakPoint| {
        if view.is_none() && matches!(point, WeakPoint::State(_)) { "node" } else { kind_of(point) }
    };
    let row = |rank, point: &WeakPoint, loss| row(rank, kind(point), point, &named, loss, gazetteer);
    match found {
        Ok(found) => {
            let cut = found.iter().filter(|weakness| weakness.loss.cut > 0).count();
            let all = found.len();
            let cost = |at: usize| (found[at].loss.cut, found[at].loss.added);
            let mut rank = 1;
            for (at, weakness) in found.iter().enumerate().take(arguments.n) {
                // The same loss is the same rank.
                if at > 0 && cost(at) != cost(at - 1) {
                    rank = i64::try_from(at + 1)?;
                }
                answer.row(row(rank, &weakness.point, Some(&weakness.loss)), &[]);
            }
            answer.notes.push(format!("{all} losses measured, each alone; {cut} cut somebody off"));
            answer.notes.push("ways count hops, whatever the weights; a tie carries both ways".to_owned());
            answer.notes.push(
                "pairs cut: no way is left; pairs longer, hops added: what the others' ways grow by; of a state, pairs of others"
                    .to_owned(),
            );
        }
        Err(points) => {
            for (rank, point) in (1..).zip(points.iter().filter(|point| wanted(kind_of(point))).take(arguments.n)) {
                answer.row(row(rank, point, None), &[]);
            }
            answer.notes.push("too large to measure every loss: only what cuts others off is listed".to_owned());
        }
    }
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
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
    kind: &str,
    point: &WeakPoint,
    named: &Named<'_>,
    loss: Option<&Loss>,
    gazetteer: &Gazetteer,
) -> Vec<Cell> {
    let whole = |number: usize| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let mut cells = vec![Cell::Integer(rank), Cell::from(kind)];
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
    let Some(loss) = loss else {
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        return cells;
    };
    cells.extend([whole(loss.cut), whole(loss.longer), Cell::Integer(i64::try_from(loss.added).unwrap_or(i64::MAX))]);
    cells
}
