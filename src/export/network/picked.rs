//! From a view to nodes and ties in plain words.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::{Exported, ExportedNode, ExportedTie, Place};
use crate::graph::{Edge, View};
use crate::model::{City, EntityKind, Fact, FactKey, Held, MissionClass, Statement, TieKey, TieKind};
use crate::names::{Gazetteer, Regions};

/// What of a view is exported.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// Kinds of tie; none means all.
    pub ties: Vec<TieKind>,
    /// Whose ties; none means everybody's.
    pub of: Vec<NodeIndex>,
    /// Only ties that have both ends in `of`.
    pub among: bool,
    /// Also ties that the sources deny.
    pub denied: bool,
}

impl Picked {
    fn takes(&self, from: NodeIndex, to: NodeIndex, edge: Edge) -> bool {
        let has = |node: NodeIndex| self.of.contains(&node);
        let whose = self.of.is_empty() || if self.among { has(from) && has(to) } else { has(from) || has(to) };
        whose && (self.ties.is_empty() || self.ties.contains(&edge.tie)) && (self.denied || !edge.denied)
    }

    fn title(&self, view: &View<'_>) -> String {
        let mut words = vec!["export".to_owned()];
        for node in &self.of {
            words.push(format!("--of {}", view.slug(*node)));
        }
        words.extend(self.among.then(|| "--among".to_owned()));
        if !self.ties.is_empty() {
            let ties: Vec<&str> = self.ties.iter().map(|tie| tie.ties_name()).collect();
            words.push(format!("--tie {}", ties.join(",")));
        }
        words.extend(self.denied.then(|| "--denied".to_owned()));
        words.join(" ")
    }
}

impl Exported {
    /// What a view shows, as far as it is picked.
    ///
    /// Nodes: both ends of every tie; with them every state that counts, so that states without ties are seen, or, where
    /// some are picked, these. O(ties · log ties).
    pub fn of(view: &View<'_>, picked: &Picked) -> Exported {
        let graph = view.network.graph();
        let mut edges: Vec<(usize, NodeIndex, NodeIndex, Edge)> = Vec::new();
        for from in graph.node_indices().filter(|node| view.counts(*node)) {
            let shown = view
                .edges_of(from, Direction::Outgoing)
                .filter(|(to, edge, shown)| *shown && picked.takes(from, *to, *edge));
            edges.extend(shown.map(|(to, edge, _)| (edge.fact(), from, to, edge)));
        }
        edges.sort_unstable_by_key(|(fact, ..)| *fact);
        let mut nodes: BTreeSet<NodeIndex> = if picked.of.is_empty() {
            view.states().into_iter().collect()
        } else {
            picked.of.iter().copied().collect()
        };
        nodes.extend(edges.iter().flat_map(|(_, from, to, _)| [*from, *to]));
        let places: BTreeMap<NodeIndex, usize> = nodes.iter().copied().zip(0..).collect();
        let described = Described { view, regions: Regions::carried() };
        let ties: Vec<ExportedTie> = edges
            .iter()
            .map(|(fact, from, to, edge)| described.tie(&view.network.facts[*fact], places[from], places[to], *edge))
            .collect();
        let told: BTreeSet<&str> =
            ties.iter().flat_map(|tie| &tie.sources).filter_map(|place| Some(place.rsplit_once(':')?.0)).collect();
        let sources = view.network.sources().iter().filter(|source| told.contains(source.document.as_str()));
        let over = if view.lens.past && view.lens.as_of.is_none() { ", with what is over" } else { "" };
        Exported {
            title: picked.title(view),
            caption: format!("{}{over}", view.caption()),
            nodes: nodes.iter().map(|node| described.node(*node)).collect(),
            sources: sources.map(|source| (source.document.to_string(), source.licence.clone())).collect(),
            ties: distinct(ties),
        }
    }
}

/// Ties with distinct identities: of labels that a document words alike, the second gets a number.
fn distinct(mut ties: Vec<ExportedTie>) -> Vec<ExportedTie> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for tie in &mut ties {
        let first = tie.id.clone();
        let mut number = 2;
        while !seen.insert(tie.id.clone()) {
            tie.id = format!("{first}:{number}");
            number += 1;
        }
    }
    ties
}

/// What is needed to describe nodes and ties.
struct Described<'v, 'n> {
    view: &'v View<'n>,
    regions: Regions,
}

impl Described<'_, '_> {
    fn gazetteer(&self) -> &Gazetteer {
        self.view.network.gazetteer
    }

    fn node(&self, node: NodeIndex) -> ExportedNode {
        let (view, gazetteer) = (self.view, self.gazetteer());
        let slug = view.slug(node);
        let region = self.regions.of(slug);
        let kind: EntityKind = view.network.graph()[node].kind(gazetteer);
        let capital = match (gazetteer.entity(slug), gazetteer.organisation(slug)) {
            (Some(entity), _) => entity.capital.as_deref().and_then(|city| gazetteer.city(city)),
            (None, Some(organisation)) => organisation.seat.as_deref().and_then(|city| gazetteer.city(city)),
            (None, None) => None,
        };
        let number = |system: &str| self.code(slug, system)?.parse().ok();
        ExportedNode {
            slug: slug.to_owned(),
            name: view.name(node).to_owned(),
            kind,
            iso3: self.code(slug, "iso3").map(str::to_owned),
            cow: number("cow"),
            gw: number("gw"),
            region: region.map(|(region, _)| region.to_owned()),
            subregion: region.map(|(_, subregion)| subregion.to_owned()),
            capital: capital.map(|city| city.name.clone()),
            place: capital.and_then(place),
        }
    }

    /// The code of a system that an entity bears on the lens's date; without a date, or where it bears none then, its last.
    fn code(&self, slug: &str, system: &str) -> Option<&str> {
        let codes = || self.gazetteer().codes(slug).iter().filter(move |code| code.system == system);
        let days = self.view.lens.days();
        let then = days.and_then(|(first, last)| codes().find(|code| code.span.held_in(first, last) != Held::No));
        then.or_else(|| codes().max_by_key(|code| (code.span.is_open(), code.span.began.earliest)))
            .map(|code| code.code.as_str())
    }

    fn tie(&self, fact: &Fact, from: usize, to: usize, edge: Edge) -> ExportedTie {
        let statement = fact.tie.value();
        let seat = self.view.network.seat(statement);
        let (mut level, mut by, mut sign, mut metres) = (None, None, None, None);
        let says = match statement {
            Statement::Mission { kind, level: head, .. } => {
                level = head.map(|level| level.name());
                kind.name().to_owned()
            }
            Statement::Membership { status, .. } => status.word().to_owned(),
            Statement::Tie { label, sign: told, .. } => {
                sign = Some(i64::from(*told));
                label.clone()
            }
            Statement::Protection { power, .. } => {
                by = Some(power.clone());
                "protection".to_owned()
            }
            Statement::Border { metres: told, .. } => {
                metres = *told;
                "border".to_owned()
            }
            _ => fact.key.kind().name().to_owned(),
        };
        let (city, host) = seat.map_or((None, None), |seat| (seat.city, seat.host));
        let mut sources: Vec<String> =
            fact.origins().iter().map(|origin| format!("{}:{}", origin.document, origin.line)).collect();
        sources.dedup();
        ExportedTie {
            id: identity(&fact.key, edge.tie),
            from,
            to,
            tie: edge.tie,
            says,
            level,
            place: city.as_deref().and_then(|city| self.located(city, host.as_deref())),
            city,
            host,
            by,
            sign,
            metres,
            span: fact.span(),
            mutual: matches!(edge.tie, TieKind::Relations | TieKind::Border),
            denied: fact.is_denied(),
            disputed: fact.is_disputed(),
            works: fact.polarity.readings()[0].works,
            sources,
        }
    }

    /// Where a city lies: one of the host or its territories; where no host is known, the only one of its name.
    fn located(&self, city: &str, host: Option<&str>) -> Option<Place> {
        let named = self.gazetteer().cities_named(city);
        let parent = |city: &City| self.gazetteer().entity(&city.entity).and_then(|entity| entity.parent.as_deref());
        let found = match host {
            Some(host) => {
                let own = named.iter().find(|city| city.entity == host);
                own.or_else(|| named.iter().find(|city| parent(city) == Some(host)))
            }
            None => named.first().filter(|_| named.len() == 1),
        };
        found.and_then(|city| place(city))
    }
}

fn place(city: &City) -> Option<Place> {
    Some(Place { latitude: city.latitude?, longitude: city.longitude? })
}

/// The identity of a tie: its kind and parties, what else tells it from others, and 0 for the one that stands or the number
/// of a spell that is over.
fn identity(key: &FactKey, tie: TieKind) -> String {
    let (one, other) = key.parties();
    let head = format!("{}:{one}:{other}", tie.ties_name());
    let spell = key.spell;
    match &key.tie {
        TieKey::Legation(..) => format!("{head}:legation:{spell}"),
        TieKey::Post(class, _, _, city) => {
            let class = match class {
                MissionClass::Resident => "resident",
                MissionClass::Consular => "consular",
                MissionClass::Honorary => "honorary",
                MissionClass::Office => "office",
                MissionClass::Permanent => "permanent",
            };
            format!("{head}:{class}:{city}:{spell}")
        }
        TieKey::Signed(_, _, label, date) => format!("{head}:{}:{date}", crate::names::slug_of(label)),
        _ => format!("{head}:{spell}"),
    }
}
