//! Everything dated about a state or a dyad.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Standing;
use crate::graph::View;
use crate::model::{Bound, Fact, Origin, Settled};

/// One thing that happened, as one reading dates it.
#[derive(Clone, Debug)]
pub struct Event<'n> {
    /// When.
    pub when: Bound,
    /// Whether the tie ended; else it began.
    pub ended: bool,
    /// How well this date is attested: an end that follows from another fact is implied.
    pub standing: Standing,
    /// The tie.
    pub fact: &'n Fact,
    /// Where this date is read, sorted.
    pub origins: Vec<Origin>,
}

/// Lists every date of the ties of `node`, or of those with `partner`, whatever the lens's date, a row a reading: by
/// the earliest day possible, then the latest, then by tie; ends that follow from other facts are among them. Gives
/// also how many ties nobody dates. O(ties of `node`).
pub fn timeline<'n>(view: &View<'n>, node: NodeIndex, partner: Option<NodeIndex>) -> (Vec<Event<'n>>, usize) {
    let mut events: Vec<Event<'n>> = Vec::new();
    let mut undated = 0;
    let mut facts: Vec<&'n Fact> = Vec::new();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for (other, edge, _) in view.edges_of(node, direction) {
            let wanted = view.lens.ties.is_empty() || view.lens.ties.contains(&edge.tie);
            if wanted && partner.is_none_or(|partner| partner == other) {
                facts.push(&view.network.facts[edge.fact()]);
            }
        }
    }
    facts.sort_by(|a, b| a.key.cmp(&b.key));
    facts.dedup_by(|a, b| a.key == b.key);
    for fact in facts {
        let before = events.len();
        for (ended, settled) in [(false, &fact.began), (true, &fact.ended)] {
            let readings = settled.iter().flat_map(Settled::readings);
            // "Then or later" is no day.
            let began = fact.began.as_ref().and_then(|began| began.value().earliest);
            // Nor is any day between its beginning and the newest source.
            let whenever = |bound: &Bound| bound.earliest == began && began.is_some() && bound.known_year().is_none();
            let dated = |bound: &Bound| !(bound.is_unknown() || ended && (bound.latest.is_none() || whenever(bound)));
            for reading in readings.filter(|reading| dated(&reading.value)) {
                let standing = match reading.works {
                    _ if settled.as_ref().is_some_and(Settled::is_disputed) => Standing::Disputed,
                    // That its end is implied says nothing of its beginning.
                    0 | 1 if fact.implied.is_some() => Standing::SingleSource,
                    _ if fact.implied.is_some() => Standing::Corroborated,
                    _ => Standing::on(fact, None),
                };
                let mut origins = reading.origins.clone();
                origins.sort();
                // "Closed" without a date is as near as what came after it tells.
                let near = fact.life.ended.filter(|_| ended && reading.value.earliest.is_none());
                let when = near.and_then(|near| near.intersect(reading.value)).unwrap_or(reading.value);
                events.push(Event { when, ended, standing, fact, origins });
            }
        }
        if let Some(implied) = &fact.implied {
            let when = fact.life.ended.unwrap_or(implied.on);
            let standing = if fact.contested { Standing::Disputed } else { Standing::Implied };
            events.push(Event { when, ended: true, standing, fact, origins: implied.by.clone() });
        }
        undated += usize::from(events.len() == before);
    }
    let key = |event: &Event<'n>| (event.when.earliest.or(event.when.latest), event.when.latest, event.ended);
    events.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.fact.key.cmp(&b.fact.key)));
    (events, undated)
}
