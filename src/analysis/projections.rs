//! A plain weighted graph made from a view, by a rule with a name: what every algorithm of [`structure`](crate::structure)
//! runs on.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::organisations::OrganisationSet;
use super::portfolios::{PortfolioKind, PortfolioRule, closed_by_region, portfolios};
use super::statuses::StatusRule;
use super::weights::weight_and_cost;
use crate::affiliation::{Correction, FitError, Fitted, Null, adjusted, pairs};
use crate::graph::{Edge, View};
use crate::model::{Held, Statement, TieKind};
use crate::structure::{Plain, PlainEdge};

/// How a view becomes a plain graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Projection {
    /// An arc from a sender to a receiver in which it has a resident mission.
    Missions,
    /// An edge where each has a resident mission in the other; the lesser weight.
    MutualMissions,
    /// An arc for a resident mission or an accreditation from elsewhere; the greater weight.
    Representation,
    /// An edge for diplomatic relations.
    Relations,
    /// An edge for organisations shared, weighted by their number.
    Memberships,
    /// An edge where more organisations are shared than by chance.
    SignificantMemberships,
    /// A friendly edge for missions each in the other or a friendly tie; a hostile one for relations that are over
    /// without a later spell, whatever missions are still listed, for recognition refused or a hostile tie. Where both are
    /// said, the signs are summed, and a sum of 0 is no edge.
    Signed,
    /// An edge for a land border.
    Borders,
    /// An edge for each of several ties, whatever their direction; weights are summed, and a tie that weighs nothing is none.
    /// Whoever has such a tie is a node: organisations, where memberships are among them.
    Ties(Vec<TieKind>),
}

/// A name that is no projection.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("there is no projection \"{0}\": say {names}, or ties by commas, as missions,accreditation,relations", names = Projection::NAMED.map(|known| known.name()).join(", "))]
pub struct ProjectionError(pub String);

impl Projection {
    /// Those that have a name of their own.
    pub const NAMED: [Projection; 8] = [
        Projection::Missions,
        Projection::MutualMissions,
        Projection::Representation,
        Projection::Relations,
        Projection::Memberships,
        Projection::SignificantMemberships,
        Projection::Signed,
        Projection::Borders,
    ];

    /// The name on the command line.
    pub fn name(&self) -> String {
        match self {
            Projection::Missions => "missions".to_owned(),
            Projection::MutualMissions => "mutual-missions".to_owned(),
            Projection::Representation => "representation".to_owned(),
            Projection::Relations => "relations".to_owned(),
            Projection::Memberships => "memberships".to_owned(),
            Projection::SignificantMemberships => "significant-memberships".to_owned(),
            Projection::Signed => "signed".to_owned(),
            Projection::Borders => "borders".to_owned(),
            Projection::Ties(ties) => ties.iter().map(|tie| tie.ties_name()).collect::<Vec<_>>().join(","),
        }
    }

    /// Reads a name of the command line.
    ///
    /// # Errors
    /// [`ProjectionError`] naming what there is.
    pub fn parse(text: &str) -> Result<Projection, ProjectionError> {
        if let Some(known) = Projection::NAMED.into_iter().find(|known| known.name() == text) {
            return Ok(known);
        }
        let tie = |word: &str| {
            let fits = |tie: &TieKind| tie.ties_name() == word || tie.name().trim_end_matches('s') == word;
            TieKind::EDGES.into_iter().find(fits)
        };
        let ties: Option<Vec<TieKind>> = text.split(',').map(|word| tie(word.trim())).collect();
        ties.map(Projection::Ties).ok_or_else(|| ProjectionError(text.to_owned()))
    }

    /// Whether edges have a direction.
    pub fn is_directed(&self) -> bool {
        matches!(self, Projection::Missions | Projection::Representation)
    }
}

/// A rule by which a view is projected.
#[derive(Clone, Debug)]
pub struct ProjectionRule {
    /// What makes an edge.
    pub projection: Projection,
    /// Whether every edge weighs 1 (of a signed graph, 1 or −1), and not by level or number.
    pub unweighted: bool,
    /// Organisations that two must share at least for an edge of [`Projection::Memberships`].
    pub threshold: u32,
    /// Level of significance of [`Projection::SignificantMemberships`], by SDSM with Benjamini and Hochberg's correction.
    pub alpha: f64,
}

impl ProjectionRule {
    /// A projection with its usual settings.
    pub fn of(projection: Projection) -> ProjectionRule {
        ProjectionRule { projection, unweighted: false, threshold: 1, alpha: 0.05 }
    }

    /// The rule as it is printed with every result: "missions, weighted by level".
    pub fn caption(&self) -> String {
        let weights = match (&self.projection, self.unweighted) {
            (_, true) => "unweighted".to_owned(),
            (Projection::Memberships, _) if self.threshold > 1 => {
                format!("weighted by organisations shared, {} or more", self.threshold)
            }
            (Projection::Memberships, _) => "weighted by organisations shared".to_owned(),
            (Projection::SignificantMemberships, _) => {
                format!("SDSM, Benjamini–Hochberg, level {}, unweighted", self.alpha)
            }
            (Projection::Relations | Projection::Borders, _) => "unweighted".to_owned(),
            (Projection::Signed, _) => "signs summed".to_owned(),
            _ => "weighted by level".to_owned(),
        };
        format!("{}, {weights}", self.projection.name())
    }
}

/// A view as a plain graph.
#[derive(Clone, Debug)]
pub struct Projected {
    /// The graph. Every state that counts is a node, also one without edges.
    pub graph: Plain,
    /// Slugs of its nodes, in order.
    pub slugs: Vec<String>,
}

impl Projected {
    /// The node of a slug.
    pub fn node(&self, slug: &str) -> Option<usize> {
        self.slugs.binary_search_by(|known| known.as_str().cmp(slug)).ok()
    }
}

/// Projects a view. Nodes are in the order of their slugs. O(ties), and for memberships O(states² · organisations / 64).
///
/// # Errors
/// [`FitError`] where a null model cannot be fitted.
pub fn project(view: &View<'_>, rule: &ProjectionRule) -> Result<Projected, FitError> {
    let mut nodes = view.states();
    if let Projection::Ties(ties) = &rule.projection {
        // Whoever has such a tie: organisations, and actors that no table has.
        let ends = view.edges().filter(|(.., edge)| ties.contains(&edge.tie)).flat_map(|(from, to, _)| [from, to]);
        nodes.extend(ends);
        nodes.sort_unstable();
        nodes.dedup();
    }
    if matches!(rule.projection, Projection::Memberships | Projection::SignificantMemberships) {
        return shared(view, rule);
    }
    let slugs: Vec<String> = nodes.iter().map(|node| view.slug(*node).to_owned()).collect();
    let mut numbers = vec![u32::MAX; view.network.graph().node_count()];
    for (number, node) in (0u32..).zip(&nodes) {
        numbers[node.index()] = number;
    }
    let number = |node: NodeIndex| Some(numbers[node.index()]).filter(|number| *number != u32::MAX);
    let weight = |fact: usize| if rule.unweighted { 1.0 } else { weight_and_cost(&view.network.facts[fact]).0 };
    let arcs = |ties: &[TieKind]| -> BTreeMap<(u32, u32), f64> {
        let mut arcs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for (from, to, edge) in view.edges().filter(|(.., edge)| ties.contains(&edge.tie)) {
            if let (Some(from), Some(to)) = (number(from), number(to)) {
                let known = arcs.entry((from, to)).or_insert(0.0);
                *known = known.max(weight(edge.fact()));
            }
        }
        arcs
    };
    let listed = |arcs: BTreeMap<(u32, u32), f64>| -> Vec<PlainEdge> {
        arcs.into_iter().map(|((from, to), weight)| (from, to, weight)).collect()
    };
    let pairs = |ties: &[TieKind]| -> Vec<PlainEdge> {
        let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for ((from, to), _) in arcs(ties) {
            pairs.insert((from.min(to), from.max(to)), 1.0);
        }
        listed(pairs)
    };
    let edges = match &rule.projection {
        Projection::Missions => listed(arcs(&[TieKind::Mission])),
        Projection::Representation => listed(arcs(&[TieKind::Mission, TieKind::Accreditation])),
        Projection::MutualMissions => mutual(&arcs(&[TieKind::Mission])),
        Projection::Relations => pairs(&[TieKind::Relations]),
        Projection::Borders => pairs(&[TieKind::Border]),
        Projection::Signed => {
            let edges = signed(view, &number, mutual(&arcs(&[TieKind::Mission])));
            let sums = Plain::new(slugs.len(), false, &edges);
            let sign = |weight: f64| if rule.unweighted { weight.signum() } else { weight };
            sums.edges().filter(|edge| edge.2 != 0.0).map(|(from, to, weight)| (from, to, sign(weight))).collect()
        }
        Projection::Ties(ties) => {
            let edge = |(from, to, edge): (NodeIndex, NodeIndex, Edge)| {
                Some((number(from)?, number(to)?, weight_and_cost(&view.network.facts[edge.fact()]).0))
            };
            let edges = view.edges().filter(|(.., edge)| ties.contains(&edge.tie)).filter_map(edge);
            // What weighs nothing, as a hostile tie, joins nobody.
            let edges: Vec<PlainEdge> = edges.filter(|edge| edge.2 > 0.0).collect();
            let summed = Plain::new(slugs.len(), false, &edges);
            summed.edges().map(|(from, to, weight)| (from, to, if rule.unweighted { 1.0 } else { weight })).collect()
        }
        Projection::Memberships | Projection::SignificantMemberships => Vec::new(),
    };
    let graph = Plain::new(slugs.len(), rule.projection.is_directed(), &edges);
    Ok(Projected { graph, slugs })
}

/// Pairs with an arc both ways, with the lesser weight.
fn mutual(arcs: &BTreeMap<(u32, u32), f64>) -> Vec<PlainEdge> {
    let both = |((from, to), weight): (&(u32, u32), &f64)| {
        let back = arcs.get(&(*to, *from)).filter(|_| from < to)?;
        Some((*from, *to, weight.min(*back)))
    };
    arcs.iter().filter_map(both).collect()
}

/// Friendly and hostile ties, one for each kind of reason. Pairs with missions each in the other are `friends`; where relations
/// of a pair are over and no other spell of them is open, missions that some document still lists do not count.
fn signed(view: &View<'_>, number: &dyn Fn(NodeIndex) -> Option<u32>, friends: Vec<PlainEdge>) -> Vec<PlainEdge> {
    let network = view.network;
    let graph = network.graph();
    let mut said: BTreeSet<(u32, u32, i8, TieKind)> = BTreeSet::new();
    let (mut over, mut open) = (BTreeSet::new(), BTreeSet::new());
    for edge in graph.edge_indices() {
        let (Some((from, to)), Some(weight)) = (graph.edge_endpoints(edge), graph.edge_weight(edge)) else { continue };
        let (Some(from), Some(to)) = (number(from), number(to)) else { continue };
        if !matches!(weight.tie, TieKind::Relations | TieKind::Recognition | TieKind::Signed) {
            continue;
        }
        let pair = (from.min(to), from.max(to));
        let fact = &network.facts[weight.fact()];
        let held = view.holds(fact);
        match weight.tie {
            TieKind::Relations if !weight.denied && held => {
                open.insert(pair);
            }
            // Over by the date, and not still to come.
            TieKind::Relations if !weight.denied => {
                let past = view.lens.as_of.is_none_or(|day| {
                    let began = fact.life.began.earliest.is_none_or(|began| began <= day);
                    began && fact.life.held_on(day) == Held::No
                });
                if past && fact.span().ended.is_some() {
                    over.insert(pair);
                }
            }
            TieKind::Recognition if held && weight.denied => {
                said.insert((pair.0, pair.1, -1, weight.tie));
            }
            TieKind::Signed if held && !weight.denied => {
                if let Statement::Tie { sign, .. } = fact.tie.value() {
                    said.insert((pair.0, pair.1, *sign, weight.tie));
                }
            }
            _ => {}
        }
    }
    let broken: BTreeSet<(u32, u32)> = over.difference(&open).copied().collect();
    let friends = friends.into_iter().map(|(from, to, _)| (from, to)).filter(|pair| !broken.contains(pair));
    let friends = friends.map(|(from, to)| (from, to, 1.0)).collect::<Vec<PlainEdge>>();
    let hostile = broken.iter().map(|(from, to)| (*from, *to, -1.0));
    let said = said.into_iter().map(|(from, to, sign, _)| (from, to, f64::from(sign)));
    friends.into_iter().chain(hostile).chain(said).collect()
}

/// Organisations shared by the states of a view.
fn shared(view: &View<'_>, rule: &ProjectionRule) -> Result<Projected, FitError> {
    let (statuses, all) = (StatusRule::full(), OrganisationSet::default());
    let of = PortfolioRule { kind: PortfolioKind::Memberships, statuses: &statuses, organisations: &all };
    let table = portfolios(view, of, &[]).within_reference();
    let counts = table.all_shared();
    let members = table.members.len();
    let kept: Vec<bool> = if rule.projection == Projection::SignificantMemberships {
        let closed = closed_by_region(&table, view.network.gazetteer);
        let fitted = Fitted::new(table.cells(), Some(&closed), Null::Sdsm)?;
        let corrected = adjusted(&fitted.all_upper(), Correction::BenjaminiHochberg);
        corrected.into_iter().map(|p| p <= rule.alpha).collect()
    } else {
        counts.iter().map(|count| *count >= rule.threshold.max(1)).collect()
    };
    let edge = |((one, other), (count, kept)): ((usize, usize), (&u32, bool))| {
        let (one, other) = (u32::try_from(one).ok()?, u32::try_from(other).ok()?);
        let plain = rule.unweighted || rule.projection == Projection::SignificantMemberships;
        kept.then_some((one, other, if plain { 1.0 } else { f64::from(*count) }))
    };
    let edges: Vec<PlainEdge> = pairs(members).zip(counts.iter().zip(kept)).filter_map(edge).collect();
    Ok(Projected { graph: Plain::new(members, false, &edges), slugs: table.members.clone() })
}
