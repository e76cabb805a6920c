//! The missions of a state by their distance from another one's capital.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::{Coverage, Rung, Step};
use crate::model::{City, TieKind};

/// A mission with its distance.
#[derive(Clone, Debug)]
pub struct Near<'n> {
    /// The mission: R1, R2 or R7 of the sender in some state.
    pub mission: Step<'n>,
    /// Great-circle distance in kilometres from the capital asked for.
    pub kilometres: f64,
    /// Whether it is where the sender covers the state from, by some reading.
    pub covers: bool,
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// The resident missions of `sender` by their distance from the capital of `state`, nearest first, then by
    /// city; `None` if the tables have no place for that capital. Missions without a known place are left out.
    /// O(ties of the sender and of its receivers).
    pub fn nearest(&'c self, sender: NodeIndex, state: NodeIndex) -> Option<Vec<Near<'n>>> {
        let gazetteer = self.view.network.gazetteer;
        let capital: &City =
            gazetteer.entity(self.view.slug(state)).and_then(|it| gazetteer.city(it.capital.as_deref()?))?;
        capital.latitude?;
        let ladder = self.ladders(state).of(sender);
        // A mission of its own covers the state that it is accredited to, not whoever else has one in the city.
        let own = |rung| matches!(rung, Rung::Resident | Rung::UnderCharge);
        let covering = ladder.steps.iter().filter(|step| step.rung.covers() && step.arrangement.is_none());
        let seats: Vec<(bool, &City)> =
            covering.filter_map(|step| Some((own(step.rung), self.city_of(step)?))).collect();
        let mut receivers: Vec<NodeIndex> = self
            .view
            .edges_of(sender, Direction::Outgoing)
            .filter(|(_, edge, shown)| *shown && edge.tie == TieKind::Mission && !edge.denied)
            .map(|(node, ..)| node)
            .collect();
        receivers.dedup();
        receivers.sort_unstable();
        receivers.dedup();
        let mut rows: Vec<Near<'n>> = Vec::new();
        for receiver in receivers {
            let steps = self.list(receiver).dyad(sender).steps();
            let first = steps
                .into_iter()
                .find(|step| matches!(step.rung, Rung::Resident | Rung::UnderCharge | Rung::Relocated));
            let Some(mission) = first else { continue };
            let Some(city) = self.city_of(&mission) else { continue };
            let Some(kilometres) = city.kilometres_to(capital) else { continue };
            let covers = seats.iter().any(|(own, seat)| seat.slug == city.slug && (!own || receiver == state));
            rows.push(Near { mission, kilometres, covers });
        }
        rows.sort_by(|a, b| a.kilometres.total_cmp(&b.kilometres).then_with(|| a.mission.seat.cmp(&b.mission.seat)));
        Some(rows)
    }
}
