//! Facts as edges of a directed multigraph.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::dataset::{DataSet, Facts, PackedFacts};
use crate::model::{EntityId, EntityKind, MissionClass, Source, Statement, TieKind};
use crate::names::{Gazetteer, NameError, Named};

use super::lens::Lens;
use super::view::View;

/// A state, territory, organisation or other actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Slug.
    pub slug: String,
}

impl Node {
    /// What it is; an actor where no table has it.
    pub fn kind(&self, gazetteer: &Gazetteer) -> EntityKind {
        match gazetteer.entity(&self.slug) {
            Some(entity) => entity.kind,
            None if gazetteer.organisation(&self.slug).is_some() => EntityKind::Organisation,
            None => EntityKind::Actor,
        }
    }
}

/// An edge: the fact and its kind. A denied fact is an edge too, so that denials are found; views leave
/// them out of paths and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    fact: u32,
    /// Its kind.
    pub tie: TieKind,
    /// Whether the preferred reading denies it.
    pub denied: bool,
}

impl Edge {
    fn new(fact: usize, tie: TieKind, denied: bool) -> Edge {
        Edge { fact: u32::try_from(fact).unwrap_or(u32::MAX), tie, denied }
    }

    /// Place of its fact in [`Network::facts`].
    pub fn fact(&self) -> usize {
        self.fact as usize
    }
}

/// Where a mission or the seat of an accreditation stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// City as the sources write it.
    pub city: Option<String>,
    /// The state in which it stands.
    pub host: Option<EntityId>,
}

/// A question that cannot be asked of this network.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A name does not resolve.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The entity exists but the data set says nothing of it.
    #[error("{name} does not occur in this data set")]
    Absent {
        /// Its name.
        name: String,
        /// The state of which it is a part (slug).
        part_of: Option<String>,
    },
    /// The entity did not exist on the lens's date.
    #[error("there was no {name} on {day}")]
    NotThen {
        /// Its name.
        name: String,
        /// The date.
        day: crate::model::Day,
    },
    /// The entity does not count under the roster of the lens.
    #[error("{name} is not in roster {roster}")]
    NotInRoster {
        /// Its name.
        name: String,
        /// The roster.
        roster: String,
    },
}

/// The network of a data set.
pub struct Network<'g> {
    /// Names and codes.
    pub gazetteer: &'g Gazetteer,
    /// Every fact, by key; counts are here and not in the graph.
    pub facts: Facts<'g>,
    graph: DiGraph<Node, Edge>,
}

impl<'g> Network<'g> {
    /// Builds the graph of a data set. Nodes are in the order of their slugs and edges in the order of the
    /// facts. O(facts · log facts).
    pub fn new(data: DataSet, gazetteer: &'g Gazetteer) -> Network<'g> {
        let mut slugs: Vec<&str> = data.facts.iter().flat_map(|fact| fact.nodes()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        let mut graph = nodes(slugs.iter().copied(), data.facts.len());
        let node = |slug: &str| slugs.binary_search(&slug).ok().map(NodeIndex::new);
        for (at, fact) in data.facts.iter().enumerate() {
            if let (Some(tie), Some(from), Some(to)) =
                (fact.key.kind().edge(), node(fact.subject()), node(fact.object()))
            {
                graph.add_edge(from, to, Edge::new(at, tie, fact.is_denied()));
            }
        }
        Network { gazetteer, facts: Facts::Held(data.facts, data.sources), graph }
    }

    /// Builds the graph of a compact form, as [`Network::new`] would of its facts, without decoding one.
    /// O(facts).
    pub fn packed(facts: PackedFacts<'g>, gazetteer: &'g Gazetteer) -> Network<'g> {
        let mut graph = nodes(facts.nodes(), facts.len());
        let count = graph.node_count();
        for at in 0..facts.len() {
            let (subject, object, kind, denied) = facts.ends(at);
            if let Some(tie) = kind.edge().filter(|_| subject < count && object < count) {
                graph.add_edge(NodeIndex::new(subject), NodeIndex::new(object), Edge::new(at, tie, denied));
            }
        }
        Network { gazetteer, facts: Facts::Packed(facts), graph }
    }

    /// The documents, by name.
    pub fn sources(&self) -> &[Source] {
        self.facts.sources()
    }

    /// The graph itself.
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// The node of a slug.
    pub fn node(&self, slug: &str) -> Option<NodeIndex> {
        let found = self.graph.raw_nodes().binary_search_by(|node| node.weight.slug.as_str().cmp(slug));
        found.ok().map(NodeIndex::new)
    }

    /// The slug that a name or code means on the lens's date, for an entity that the data set speaks of.
    ///
    /// # Errors
    /// [`QueryError::Name`] if it does not resolve, [`QueryError::Absent`] if no fact names it.
    pub fn find(&self, name: &str, lens: &Lens) -> Result<String, QueryError> {
        if self.node(name).is_some() {
            return Ok(name.to_owned());
        }
        let named = match self.gazetteer.resolve(name, lens.as_of) {
            Ok(named) => named,
            Err(error) => {
                // An actor that only this data set names, by its words.
                let slug = crate::names::slug_of(name);
                return if self.node(&slug).is_some() { Ok(slug) } else { Err(error.into()) };
            }
        };
        match named {
            Named::City(city) => Ok(city.entity.to_string()),
            named => {
                let slug = named.slug().to_owned();
                if self.node(&slug).is_some() {
                    Ok(slug)
                } else {
                    let part_of =
                        self.gazetteer.entity(&slug).and_then(|entity| entity.parent.as_deref().map(str::to_owned));
                    Err(QueryError::Absent { name: named.name().to_owned(), part_of })
                }
            }
        }
    }

    /// The network through a lens.
    pub fn view(&self, lens: Lens) -> View<'_> {
        View::new(self, lens)
    }

    /// Where the mission of a statement stands: where the source says; else in the receiving state, or beside its capital in another (Rome,
    /// for the Holy See); for an accreditation, the host that is told, and for a protection of interests the
    /// power. A city that lies nowhere near gives no host: its name may be a region's.
    ///
    /// A seat within [`ONE_PLACE_KM`](crate::dataset::ONE_PLACE_KM) of its state's capital is that of the
    /// capital, by its English name, as diplomatic lists have it (Uccle is Brussels); the claims keep the source's
    /// own word.
    pub fn seat(&self, statement: &Statement) -> Option<Seat> {
        match statement {
            Statement::Mission { kind, receiving, city, host, .. } => {
                let host = match (host, city) {
                    (Some(host), _) => Some(host.clone()),
                    (None, None) => Some(receiving.clone()),
                    (None, Some(city)) => self.host(city, receiving).map(Into::into),
                };
                let diplomatic = kind.class() == MissionClass::Resident;
                let city = city.as_ref().map(|city| match &host {
                    Some(host) if diplomatic => self.principal(city, host),
                    Some(host) => self.usual(city, host),
                    _ => city.clone(),
                });
                Some(Seat { city, host })
            }
            Statement::Accreditation { city, host, .. } => {
                let city = city.as_ref().map(|city| match host {
                    Some(host) => self.principal(city, host),
                    None => city.clone(),
                });
                Some(Seat { city, host: host.clone() })
            }
            Statement::Protection { power, city, .. } => Some(Seat { city: city.clone(), host: Some(power.clone()) }),
            _ => None,
        }
    }

    /// The English name of a city of a state, for the name that a source gives it.
    fn usual(&self, city: &str, state: &str) -> String {
        let here = self.gazetteer.cities_named(city).into_iter().find(|known| known.entity == state);
        here.map_or_else(|| city.to_owned(), |known| known.name.clone())
    }

    /// The capital's name for a place beside the capital of its state, else the name as it is.
    fn principal(&self, city: &str, state: &str) -> String {
        let capital = self.gazetteer.entity(state).and_then(|it| self.gazetteer.city(it.capital.as_deref()?));
        let here = self.gazetteer.cities_named(city).into_iter().find(|known| known.entity == state);
        match (capital, here) {
            // "Oslo Municipality" is Oslo, and Kiev is Kyiv.
            (Some(_), Some(here)) if here.capital => here.name.clone(),
            (Some(capital), Some(here))
                if capital.kilometres_to(here).is_some_and(|far| far <= crate::dataset::ONE_PLACE_KM) =>
            {
                capital.name.clone()
            }
            _ => city.to_owned(),
        }
    }

    fn host(&self, city: &str, receiving: &str) -> Option<String> {
        let cities = self.gazetteer.cities_named(city);
        let own = |entity: &str| {
            entity == receiving || self.gazetteer.entity(entity).and_then(|it| it.parent.as_deref()) == Some(receiving)
        };
        if cities.is_empty() || cities.iter().any(|city| own(&city.entity)) {
            return Some(receiving.to_owned());
        }
        let capital = self.gazetteer.entity(receiving).and_then(|it| self.gazetteer.city(it.capital.as_deref()?));
        let beside = |city: &&&crate::model::City| {
            capital.and_then(|capital| capital.kilometres_to(city)).is_some_and(|far| far < 30.0)
        };
        cities.iter().find(beside).map(|city| city.entity.to_string())
    }
}

/// A graph of nodes without edges, in the order of their slugs.
fn nodes<'s>(slugs: impl Iterator<Item = &'s str>, facts: usize) -> DiGraph<Node, Edge> {
    let mut graph = DiGraph::with_capacity(slugs.size_hint().0, facts);
    for slug in slugs {
        graph.add_node(Node { slug: slug.to_owned() });
    }
    graph
}
