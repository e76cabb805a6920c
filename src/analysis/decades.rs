//! With whom a state had relations and missions at the end of every decade.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use crate::graph::View;
use crate::model::{Day, EntityKind, Held, Span, TieKind};

/// The end of a decade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decade {
    /// Its first year.
    pub first: i16,
    /// The day for which it stands: its last one, or that of the newest source.
    pub day: Day,
    /// Whether relations stood, by partner.
    pub relations: Vec<Held>,
    /// Whether a resident mission of either stood in the other, by partner.
    pub missions: Vec<Held>,
}

/// The partners of a state, by slug, and the decades from its first dated relations on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decades<'n> {
    /// Partners with whom relations ever stood, as far as sources tell.
    pub partners: Vec<&'n str>,
    /// When relations with each are first dated.
    pub since: Vec<Option<Day>>,
    /// The decades, in order; none where nothing is dated.
    pub decades: Vec<Decade>,
}

/// Asks, at the end of every decade until the newest source, with whom `state` had relations and a mission. What no source
/// dates stood perhaps, where both states were there; on the day of the newest source what nobody says is over stood.
/// O(decades · ties of the state).
pub fn decades<'n>(view: &View<'n>, state: NodeIndex) -> Decades<'n> {
    let mut spans: BTreeMap<&str, (Vec<Span>, Vec<Span>)> = BTreeMap::new();
    let gazetteer = view.network.gazetteer;
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for (other, edge, _) in view.edges_of(state, direction) {
            let kind = view.network.graph()[other].kind(gazetteer);
            if edge.denied || matches!(kind, EntityKind::Organisation | EntityKind::Actor) || other == state {
                continue;
            }
            let own = spans.entry(view.slug(other)).or_default();
            match edge.tie {
                TieKind::Relations => own.0.push(view.network.facts.life(edge.fact())),
                TieKind::Mission => own.1.push(view.network.facts.life(edge.fact())),
                _ => {}
            }
        }
    }
    spans.retain(|_, (relations, _)| !relations.is_empty());
    let partners: Vec<&str> = spans.keys().copied().collect();
    let began = |span: &Span| span.began.earliest.or(span.began.latest);
    let since: Vec<Option<Day>> =
        spans.values().map(|(relations, _)| relations.iter().filter_map(began).min()).collect();
    let newest = view.network.sources().iter().filter_map(|source| source.edition_day()).max();
    // A state that is no more has no decades after its end.
    let gone = gazetteer.entity(view.slug(state)).and_then(|entity| entity.span.ended?.latest);
    let newest = newest.map(|newest| gone.map_or(newest, |gone| gone.min(newest)));
    let (Some(first), Some(newest)) = (since.iter().flatten().min(), newest) else {
        return Decades { partners, since, decades: Vec::new() };
    };
    let there = |slug: &str, day: Day| gazetteer.entity(slug).is_none_or(|entity| entity.span.held_on(day) != Held::No);
    let decades = (first.year().div_euclid(10)..=newest.year().div_euclid(10)).filter_map(|decade| {
        let last = Day::new(decade * 10 + 9, 12, 31).ok()?;
        let day = last.min(newest);
        let held = |slug: &str, spans: &[Span]| {
            let held = |span: &Span| match span.held_on(day) {
                // Who was not there had nothing that nobody dates.
                Held::Perhaps if !there(slug, day) || !there(view.slug(state), day) => Held::No,
                Held::Perhaps if day == newest && span.is_open() => Held::Yes,
                held => held,
            };
            spans.iter().map(held).max().unwrap_or(Held::No)
        };
        Some(Decade {
            first: decade * 10,
            day,
            relations: spans.iter().map(|(slug, spans)| held(slug, &spans.0)).collect(),
            missions: spans.iter().map(|(slug, spans)| held(slug, &spans.1)).collect(),
        })
    });
    let decades = decades.collect();
    Decades { partners, since, decades }
}
