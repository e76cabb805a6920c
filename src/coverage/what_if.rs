//! What changes if missions close or open: who loses cover, what is next for them, how the hubs shift.

use petgraph::graph::NodeIndex;

use super::{Coverage, Hub, Hubs, Ladder, Rung, Scenario};
use crate::graph::{Seat, View};

/// What became of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Covered before, by nobody after.
    LosesCover,
    /// Covered less closely.
    FallsBack,
    /// The same form from another seat or helper.
    Moves,
    /// Fewer of its lower rungs fire.
    LosesRung,
    /// Covered more closely, or by more.
    Gains,
}

impl Effect {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Effect::LosesCover => "loses cover",
            Effect::FallsBack => "falls back",
            Effect::Moves => "moves",
            Effect::LosesRung => "loses a lower rung",
            Effect::Gains => "gains",
        }
    }
}

/// A pair whose ladder changes.
#[derive(Clone, Debug)]
pub struct Changed<'n> {
    /// What became of it.
    pub effect: Effect,
    /// As it is.
    pub before: Ladder<'n>,
    /// As it would be.
    pub after: Ladder<'n>,
}

/// A seat whose score changes.
#[derive(Clone, Debug)]
pub struct Shift {
    /// As it is; `None` for a new one.
    pub before: Option<Hub>,
    /// As it would be; `None` for one that serves nobody any more.
    pub after: Option<Hub>,
}

/// Everything that changes.
#[derive(Clone, Debug, Default)]
pub struct Changes<'n> {
    /// By effect, then sending and receiving state.
    pub ladders: Vec<Changed<'n>>,
    /// By city.
    pub hubs: Vec<Shift>,
}

/// Compares the ladders of every pair, and the hubs, before and after. O(ties).
pub fn what_if<'n>(view: &View<'n>, scenario: &'n Scenario) -> Changes<'n> {
    let (now, then) = (Coverage::new(view), Coverage::under(view, scenario));
    let mut changes = Changes::default();
    let (mut was, mut will): (Vec<Ladder<'n>>, Vec<Ladder<'n>>) = (Vec::new(), Vec::new());
    let nodes: Vec<NodeIndex> = view.network.graph().node_indices().filter(|node| view.counts(*node)).collect();
    for receiving in nodes.into_iter().filter(|node| !now.organisation(*node)) {
        let (here, there) = (now.ladders(receiving), then.ladders(receiving));
        let mut senders = here.senders();
        senders.extend(there.senders());
        senders.extend(now.un_members());
        senders.sort_unstable();
        senders.dedup();
        for sender in senders.into_iter().filter(|node| *node != receiving && !now.organisation(*node)) {
            let (before, after) = (here.of(sender), there.of(sender));
            if let Some(effect) = effect(&before, &after) {
                changes.ladders.push(Changed { effect, before: before.clone(), after: after.clone() });
            }
            was.push(before);
            will.push(after);
        }
    }
    changes.ladders.sort_by(|a, b| {
        let key = |row: &Changed<'_>| (row.effect, row.before.sending.clone(), row.before.receiving.clone());
        key(a).cmp(&key(b))
    });
    changes.hubs = shifts(&Hubs::of(was.iter()), &Hubs::of(will.iter()));
    changes
}

/// What tells two ladders apart for somebody who needs help: rungs with their seats, and arrangements. One helper
/// less of several leaves an arrangement as it is.
fn help<'s>(ladder: &'s Ladder<'_>) -> Vec<(Rung, Option<&'s str>, Option<&'s Seat>)> {
    let steps = ladder.steps.iter().filter(|step| step.rung != Rung::Nothing && step.rung != Rung::AtTheUn);
    let mut help: Vec<_> = steps
        .map(|step| match step.arrangement {
            Some(arrangement) => (step.rung, Some(arrangement.id.as_str()), None),
            None => (step.rung, step.by.as_deref(), step.seat.as_ref()),
        })
        .collect();
    help.dedup();
    help
}

fn effect(before: &Ladder<'_>, after: &Ladder<'_>) -> Option<Effect> {
    if help(before) == help(after) {
        return None;
    }
    let place = |ladder: &Ladder<'_>| Some(ladder.best().rung).filter(|rung| rung.covers());
    Some(match (place(before), place(after)) {
        (Some(_), None) => Effect::LosesCover,
        (None, Some(_)) => Effect::Gains,
        (Some(one), Some(other)) if one < other => Effect::FallsBack,
        (Some(one), Some(other)) if one > other => Effect::Gains,
        (Some(_), Some(_)) if before.best().arrangement.is_none() && before.best().seat != after.best().seat => {
            Effect::Moves
        }
        _ if help(after).len() > help(before).len() => Effect::Gains,
        _ => Effect::LosesRung,
    })
}

fn shifts(before: &Hubs, after: &Hubs) -> Vec<Shift> {
    let mut seats: Vec<_> = before.hubs.iter().chain(&after.hubs).map(|hub| hub.seat.clone()).collect();
    seats.sort();
    seats.dedup();
    let find = |hubs: &Hubs, seat: &Seat| hubs.hubs.iter().find(|hub| hub.seat == *seat).cloned();
    let rows = seats.iter().map(|seat| Shift { before: find(before, seat), after: find(after, seat) });
    rows.filter(|row| {
        let serves = |hub: &Option<Hub>| hub.as_ref().map(|hub| (hub.serves.clone(), hub.only.clone()));
        serves(&row.before) != serves(&row.after)
    })
    .collect()
}
