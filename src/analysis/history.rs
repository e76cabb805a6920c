//! Measures of the whole network, year by year.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::projections::{Projection, ProjectionRule, project};
use crate::affiliation::FitError;
use crate::graph::{Lens, Network, Roster, View};
use crate::model::{Day, TieKind};
use crate::structure::communities::{Ensemble, Method, Quality};
use crate::structure::{Cohesion, Hops, Plain, closure, cohesion};

/// A measure of a whole network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMeasure {
    /// States of the roster.
    States,
    /// Dyads of states with relations.
    Relations,
    /// Directed dyads of states with a resident mission.
    Missions,
    /// States in organisations, of any status: a pair of both counts once.
    Memberships,
    /// Edges of the projection.
    Edges,
    /// Edges of those that could be.
    Density,
    /// Mean number of partners.
    MeanDegree,
    /// Share of arcs that are returned.
    Reciprocity,
    /// Three times the triangles by the pairs of edges that meet.
    Transitivity,
    /// Mean hops between states that are joined.
    MeanDistance,
    /// Parts that are not joined, states without ties among them.
    Components,
    /// Communities of two states and more, by Leiden on modularity.
    Clusters,
    /// Modularity of these.
    Modularity,
}

impl HistoryMeasure {
    /// Every measure.
    pub const ALL: [HistoryMeasure; 13] = [
        HistoryMeasure::States,
        HistoryMeasure::Relations,
        HistoryMeasure::Missions,
        HistoryMeasure::Memberships,
        HistoryMeasure::Edges,
        HistoryMeasure::Density,
        HistoryMeasure::MeanDegree,
        HistoryMeasure::Reciprocity,
        HistoryMeasure::Transitivity,
        HistoryMeasure::MeanDistance,
        HistoryMeasure::Components,
        HistoryMeasure::Clusters,
        HistoryMeasure::Modularity,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            HistoryMeasure::States => "states",
            HistoryMeasure::Relations => "relations",
            HistoryMeasure::Missions => "missions",
            HistoryMeasure::Memberships => "memberships",
            HistoryMeasure::Edges => "edges",
            HistoryMeasure::Density => "density",
            HistoryMeasure::MeanDegree => "mean-degree",
            HistoryMeasure::Reciprocity => "reciprocity",
            HistoryMeasure::Transitivity => "transitivity",
            HistoryMeasure::MeanDistance => "mean-distance",
            HistoryMeasure::Components => "components",
            HistoryMeasure::Clusters => "clusters",
            HistoryMeasure::Modularity => "modularity",
        }
    }

    /// Whether it is a whole number.
    pub fn is_count(self) -> bool {
        use HistoryMeasure as M;
        matches!(self, M::States | M::Relations | M::Missions | M::Memberships | M::Edges | M::Components | M::Clusters)
    }

    /// Whether it is asked of the projection.
    pub fn is_of_projection(self) -> bool {
        use HistoryMeasure as M;
        !matches!(self, M::States | M::Relations | M::Missions | M::Memberships)
    }
}

/// The network on one day, with what several measures need of it.
struct Whole<'n> {
    view: View<'n>,
    states: Vec<NodeIndex>,
    graph: Plain,
    cohesion: OnceCell<Cohesion>,
    /// Communities of two and more and modularity; `None` without ties.
    blocs: OnceCell<Option<(usize, f64)>>,
}

#[allow(clippy::cast_precision_loss)]
impl<'n> Whole<'n> {
    fn of(view: View<'n>, rule: Option<&ProjectionRule>) -> Result<Whole<'n>, FitError> {
        let graph = rule.map_or_else(|| Ok(Plain::new(0, false, &[])), |rule| Ok(project(&view, rule)?.graph))?;
        let states = view.states();
        Ok(Whole { view, states, graph, cohesion: OnceCell::new(), blocs: OnceCell::new() })
    }

    /// `None` where there is no state, or nothing that could be measured.
    fn measured(&self, measure: HistoryMeasure) -> Option<f64> {
        let graph = &self.graph;
        if self.states.is_empty() {
            return None;
        }
        match measure {
            HistoryMeasure::States => Some(self.states.len() as f64),
            HistoryMeasure::Relations => Some(self.dyads(TieKind::Relations)),
            HistoryMeasure::Missions => Some(self.dyads(TieKind::Mission)),
            HistoryMeasure::Memberships => Some(self.dyads(TieKind::Membership)),
            HistoryMeasure::Edges => Some(graph.edge_count() as f64),
            HistoryMeasure::Density => self.cohesion().density,
            HistoryMeasure::MeanDegree => {
                Some(2.0 * graph.undirected().edge_count() as f64 / graph.nodes().max(1) as f64)
            }
            HistoryMeasure::Reciprocity => self.cohesion().reciprocity,
            HistoryMeasure::Transitivity => self.cohesion().transitivity,
            HistoryMeasure::MeanDistance => {
                let hops = Hops::of(graph);
                let rows = (0..graph.nodes()).flat_map(|from| hops.row(from));
                let joined: Vec<f64> =
                    rows.filter(|hops| **hops > 0 && **hops != Hops::NONE).map(|hops| f64::from(*hops)).collect();
                (!joined.is_empty()).then(|| joined.iter().sum::<f64>() / joined.len() as f64)
            }
            HistoryMeasure::Components => Some(graph.components().iter().max().map_or(0.0, |most| *most as f64 + 1.0)),
            HistoryMeasure::Clusters => self.blocs().map(|(count, _)| count as f64),
            HistoryMeasure::Modularity => self.blocs().map(|(_, modularity)| modularity),
        }
    }

    /// Ordered pairs of states, or of states and organisations, with a tie; parallel ones count once.
    fn dyads(&self, tie: TieKind) -> f64 {
        let state = |node: NodeIndex| self.states.binary_search(&node).is_ok();
        let counts = |to: NodeIndex| tie == TieKind::Membership || state(to);
        let edges = self.view.edges().filter(|(from, to, edge)| edge.tie == tie && state(*from) && counts(*to));
        edges.map(|(from, to, _)| (from, to)).collect::<BTreeSet<_>>().len() as f64
    }

    fn cohesion(&self) -> Cohesion {
        *self.cohesion.get_or_init(|| cohesion(&self.graph, &closure(&self.graph)))
    }

    fn blocs(&self) -> Option<(usize, f64)> {
        *self.blocs.get_or_init(|| {
            let plain = self.graph.undirected();
            if plain.edge_count() == 0 {
                return None;
            }
            let method = Method::Leiden(Quality::Modularity { resolution: 1.0 });
            let ensemble = Ensemble::of(&plain, method, 0, 16, &|| {});
            let (modularity, best) = ensemble.best();
            Some((best.sizes.iter().filter(|size| **size > 1).count(), *modularity))
        })
    }
}

/// Measures on the last day of a year: what certainly held, and with what may have held.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryYear {
    /// The year.
    pub year: i16,
    /// Of each measure asked for, in order: by what certainly held.
    pub certain: Vec<Option<f64>>,
    /// With what may have held.
    pub possible: Vec<Option<f64>>,
}

/// Measures of the network on 31 December of some years, in their order; states are those of the roster on that day. `tell` is
/// told after each year. Years beyond 1 to 9999 are left out. O(years · ties), and what the measures take.
///
/// # Errors
/// [`FitError`] where a null model cannot be fitted.
pub fn history(
    network: &Network<'_>,
    measures: &[HistoryMeasure],
    rule: &ProjectionRule,
    roster: &Roster,
    years: impl Iterator<Item = i16>,
    tell: &dyn Fn(),
) -> Result<Vec<HistoryYear>, FitError> {
    let rule = measures.iter().any(|measure| measure.is_of_projection()).then_some(rule);
    let mut found = Vec::new();
    for (year, day) in years.filter_map(|year| Some((year, Day::new(year, 12, 31).ok()?))) {
        let values = |certain: bool| -> Result<Vec<Option<f64>>, FitError> {
            let view = network.view(Lens { certain, roster: roster.clone(), ..Lens::as_of(day) });
            let whole = Whole::of(view, rule)?;
            Ok(measures.iter().map(|measure| whole.measured(*measure)).collect())
        };
        found.push(HistoryYear { year, certain: values(true)?, possible: values(false)? });
        tell();
    }
    Ok(found)
}

/// The projection on which history is taken if none is named: relations are the ties whose dates are told best.
pub fn usual_projection() -> ProjectionRule {
    ProjectionRule { unweighted: true, ..ProjectionRule::of(Projection::Relations) }
}
