//! Seats from which third states are covered.

use std::collections::{BTreeMap, BTreeSet};

use super::{Coverage, Ladder, Rung};
use crate::graph::Seat;
use crate::model::EntityId;

/// A seat and whom it serves.
#[derive(Clone, Debug)]
pub struct Hub {
    /// City and host; the city may be untold.
    pub seat: Seat,
    /// Accreditations from it, as (sending, receiving), in order.
    pub serves: Vec<(EntityId, EntityId)>,
    /// Those of them of which the sender has nothing else in or for the receiving state.
    pub only: Vec<(EntityId, EntityId)>,
}

impl Hub {
    /// Hub score: receiving states that are covered from it.
    pub fn receivers(&self) -> usize {
        self.serves.iter().map(|(_, receiving)| receiving).collect::<BTreeSet<_>>().len()
    }

    /// Senders that cover third states from it.
    pub fn senders(&self) -> usize {
        self.serves.iter().map(|(sending, _)| sending).collect::<BTreeSet<_>>().len()
    }

    /// Receiving states that some sender serves only from it.
    pub fn dependent(&self) -> usize {
        self.only.iter().map(|(_, receiving)| receiving).collect::<BTreeSet<_>>().len()
    }
}

/// The seats of some ladders, and how the accreditations are spread over them.
#[derive(Clone, Debug, Default)]
pub struct Hubs {
    /// By receivers, then senders, most first, then by city.
    pub hubs: Vec<Hub>,
}

impl Hubs {
    /// Seats of the accreditations from third states (R5) in some ladders, by the preferred reading of each. An
    /// ambassador who lives at home has no seat in a third state. O(ladders).
    pub fn of<'l, 'n: 'l>(ladders: impl Iterator<Item = &'l Ladder<'n>>) -> Hubs {
        let mut seats: BTreeMap<(EntityId, String), Hub> = BTreeMap::new();
        for ladder in ladders {
            let covering: Vec<_> = ladder.steps.iter().filter(|step| step.rung < Rung::OnRequest).collect();
            let Some(step) = covering.iter().find(|step| step.rung == Rung::NonResident) else { continue };
            let Some(seat) = &step.seat else { continue };
            let key = (seat.host.clone().unwrap_or_default(), seat.city.clone().unwrap_or_default());
            let hub = seats.entry(key).or_insert_with(|| Hub { seat: seat.clone(), serves: vec![], only: vec![] });
            let pair = (ladder.sending.clone(), ladder.receiving.clone());
            // Two readings of one accreditation are one thing.
            if covering.iter().all(|other| other.facts == step.facts) {
                hub.only.push(pair.clone());
            }
            hub.serves.push(pair);
        }
        let mut hubs: Vec<Hub> = seats.into_values().collect();
        for hub in &mut hubs {
            hub.serves.sort();
            hub.only.sort();
        }
        hubs.sort_by(|a, b| {
            (b.receivers(), b.senders()).cmp(&(a.receivers(), a.senders())).then_with(|| a.seat.cmp(&b.seat))
        });
        Hubs { hubs }
    }

    /// Accreditations over all seats.
    pub fn total(&self) -> usize {
        self.hubs.iter().map(|hub| hub.serves.len()).sum()
    }

    /// Part of the accreditations that one seat holds, 0 to 1.
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&self, hub: &Hub) -> f64 {
        hub.serves.len() as f64 / self.total().max(1) as f64
    }

    /// Herfindahl–Hirschman index of the accreditations over the seats, from 1/seats to 1; `None` without any.
    pub fn concentration(&self) -> Option<f64> {
        (self.total() > 0).then(|| self.hubs.iter().map(|hub| self.share(hub).powi(2)).sum())
    }
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// The ladders of every pair that counts under the view, by receiving and then sending state. O(ties).
    pub fn everyone(&'c self) -> impl Iterator<Item = Ladder<'n>> + use<'c, 'n> {
        let nodes: Vec<_> = self.view.network.graph().node_indices().filter(|node| self.view.counts(*node)).collect();
        nodes.into_iter().filter(|node| !self.organisation(*node)).flat_map(move |receiving| {
            let ladders = self.ladders(receiving);
            let senders: Vec<_> = ladders.senders().into_iter().filter(|node| !self.organisation(*node)).collect();
            senders.into_iter().map(move |sender| ladders.of(sender)).collect::<Vec<_>>()
        })
    }
}
