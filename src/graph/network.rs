//! Facts as edges of a directed multigraph.

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::dataset::DataSet;
use crate::model::{EntityKind, Fact, FactKey, Source, Statement};
use crate::names::{Gazetteer, NameError, Named};

use super::lens::Lens;
use super::view::View;

/// A state, territory, organisation or other actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Slug.
    pub slug: String,
    /// English name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

/// Kinds of edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieType {
    /// Resident mission.
    Mission,
    /// Consulate, honorary consulate, office.
    Post,
    /// Cover from elsewhere.
    Accreditation,
    /// Diplomatic relations.
    Relations,
    /// Recognition.
    Recognition,
    /// Membership of an organisation.
    Membership,
    /// Signed tie.
    Tie,
}

impl TieType {
    /// Every kind.
    pub const ALL: [TieType; 7] = [
        TieType::Mission,
        TieType::Post,
        TieType::Accreditation,
        TieType::Relations,
        TieType::Recognition,
        TieType::Membership,
        TieType::Tie,
    ];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            TieType::Mission => "missions",
            TieType::Post => "posts",
            TieType::Accreditation => "accreditation",
            TieType::Relations => "relations",
            TieType::Recognition => "recognition",
            TieType::Membership => "membership",
            TieType::Tie => "ties",
        }
    }

    /// Reads a name of the command line.
    pub fn parse(text: &str) -> Option<TieType> {
        TieType::ALL.into_iter().find(|tie| tie.name() == text || tie.name().trim_end_matches('s') == text)
    }

    fn of(key: &FactKey) -> Option<TieType> {
        Some(match key {
            FactKey::Resident(..) => TieType::Mission,
            FactKey::Post(..) => TieType::Post,
            FactKey::Accreditation(..) => TieType::Accreditation,
            FactKey::Relations(..) => TieType::Relations,
            FactKey::Recognition(..) => TieType::Recognition,
            FactKey::Membership(..) => TieType::Membership,
            FactKey::Tie(..) => TieType::Tie,
            FactKey::Count(..) => return None,
        })
    }
}

/// An edge: the fact and its kind. A denied fact is an edge too, so that denials are found; views leave
/// them out of paths and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index into [`Network::facts`].
    pub fact: usize,
    /// Its kind.
    pub tie: TieType,
    /// Whether the preferred reading denies it.
    pub denied: bool,
}

/// Where a mission or the seat of an accreditation stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// City as the sources write it.
    pub city: Option<String>,
    /// Slug of the state in which it stands.
    pub host: Option<String>,
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
    /// The documents.
    pub sources: Vec<Source>,
    /// Every fact, by key; counts are here and not in the graph.
    pub facts: Vec<Fact>,
    graph: DiGraph<Node, Edge>,
    index: HashMap<String, NodeIndex>,
}

impl<'g> Network<'g> {
    /// Builds the graph of a data set. Nodes are in the order of their slugs and edges in the order of the
    /// facts. O(facts · log facts).
    pub fn new(data: DataSet, gazetteer: &'g Gazetteer) -> Network<'g> {
        let mut slugs: Vec<&str> = Vec::new();
        for fact in &data.facts {
            if TieType::of(&fact.key).is_some() {
                slugs.push(&fact.subject);
                slugs.push(&fact.object);
            }
            for reading in fact.tie.readings() {
                if let Statement::Accreditation { host: Some(host), .. } = &reading.value {
                    slugs.push(host);
                }
            }
        }
        slugs.sort_unstable();
        slugs.dedup();
        let mut graph = DiGraph::with_capacity(slugs.len(), data.facts.len());
        let mut index = HashMap::with_capacity(slugs.len());
        for slug in slugs {
            let kind = match (gazetteer.entity(slug), gazetteer.organisation(slug)) {
                (Some(entity), _) => entity.kind,
                (None, Some(_)) => EntityKind::Organisation,
                (None, None) => EntityKind::Actor,
            };
            let node = Node { slug: slug.to_owned(), name: gazetteer.display(slug).to_owned(), kind };
            index.insert(slug.to_owned(), graph.add_node(node));
        }
        for (at, fact) in data.facts.iter().enumerate() {
            let Some(tie) = TieType::of(&fact.key) else { continue };
            if let (Some(&from), Some(&to)) = (index.get(&fact.subject), index.get(&fact.object)) {
                graph.add_edge(from, to, Edge { fact: at, tie, denied: fact.is_denied() });
            }
        }
        Network { gazetteer, sources: data.sources, facts: data.facts, graph, index }
    }

    /// The graph itself.
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// The node of a slug.
    pub fn node(&self, slug: &str) -> Option<NodeIndex> {
        self.index.get(slug).copied()
    }

    /// The slug that a name or code means on the lens's date, for an entity that the data set speaks of.
    ///
    /// # Errors
    /// [`QueryError::Name`] if it does not resolve, [`QueryError::Absent`] if no fact names it.
    pub fn find(&self, name: &str, lens: &Lens) -> Result<String, QueryError> {
        if self.index.contains_key(name) {
            return Ok(name.to_owned());
        }
        let named = match self.gazetteer.resolve(name, lens.as_of) {
            Ok(named) => named,
            Err(error) => {
                // An actor that only this data set names, by its words.
                let slug = crate::names::slug_of(name);
                return if self.index.contains_key(&slug) { Ok(slug) } else { Err(error.into()) };
            }
        };
        match named {
            Named::City(city) => Ok(city.entity.clone()),
            named => {
                let slug = named.slug().to_owned();
                if self.index.contains_key(&slug) {
                    Ok(slug)
                } else {
                    Err(QueryError::Absent { name: named.name().to_owned() })
                }
            }
        }
    }

    /// The network through a lens.
    pub fn view(&self, lens: Lens) -> View<'_> {
        View::new(self, lens)
    }

    /// Where the mission of a statement stands: the receiving state for a resident mission (Italy for the
    /// Holy See), the host for an accreditation.
    pub fn seat(&self, statement: &Statement) -> Option<Seat> {
        match statement {
            Statement::Mission { receiving, city, .. } => {
                let host = city
                    .as_ref()
                    .and_then(|city| {
                        let cities = self.gazetteer.cities_named(city);
                        let own = cities.iter().find(|city| city.entity == *receiving).or(cities.first());
                        own.map(|city| city.entity.clone())
                    })
                    .unwrap_or_else(|| receiving.clone());
                Some(Seat { city: city.clone(), host: Some(host) })
            }
            Statement::Accreditation { city, host, .. } => Some(Seat { city: city.clone(), host: host.clone() }),
            _ => None,
        }
    }
}
