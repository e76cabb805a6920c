//! Measures of the whole network, year by year.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::portfolios::states;
use super::projections::{Projection, ProjectionRule, project};
use crate::affiliation::FitError;
use crate::graph::{Lens, Network, Roster, TieType, View};
use crate::model::Day;
use crate::structure::communities::{Ensemble, Method, Quality};
use crate::structure::{Hops, Plain, closure, cohesion};

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

    #[allow(clippy::cast_precision_loss)]
    fn of(self, view: &View<'_>, graph: &Plain) -> Option<f64> {
        let counted = states(view);
        if counted.is_empty() {
            return None;
        }
        let state = |node: &NodeIndex| counted.binary_search(node).is_ok();
        let ties = |tie: TieType| {
            let edges = view
                .edges()
                .filter(|(from, to, edge)| edge.tie == tie && state(from) && (tie == TieType::Membership || state(to)));
            edges.map(|(from, to, _)| (from, to)).collect::<BTreeSet<_>>().len() as f64
        };
        let nodes = graph.nodes() as f64;
        match self {
            HistoryMeasure::States => Some(counted.len() as f64),
            HistoryMeasure::Relations => Some(ties(TieType::Relations)),
            HistoryMeasure::Missions => Some(ties(TieType::Mission)),
            HistoryMeasure::Memberships => Some(ties(TieType::Membership)),
            HistoryMeasure::Edges => Some(graph.edge_count() as f64),
            HistoryMeasure::Density => cohesion(graph, &closure(graph)).density,
            HistoryMeasure::MeanDegree => (nodes > 0.0).then(|| 2.0 * graph.undirected().edge_count() as f64 / nodes),
            HistoryMeasure::Reciprocity => cohesion(graph, &closure(graph)).reciprocity,
            HistoryMeasure::Transitivity => cohesion(graph, &closure(graph)).transitivity,
            HistoryMeasure::MeanDistance => {
                let hops = Hops::of(graph);
                let rows = (0..graph.nodes()).flat_map(|from| hops.row(from));
                let joined: Vec<f64> =
                    rows.filter(|hops| **hops > 0 && **hops != Hops::NONE).map(|hops| f64::from(*hops)).collect();
                (!joined.is_empty()).then(|| joined.iter().sum::<f64>() / joined.len() as f64)
            }
            HistoryMeasure::Components => Some(graph.components().iter().max().map_or(0.0, |most| *most as f64 + 1.0)),
            HistoryMeasure::Clusters | HistoryMeasure::Modularity => {
                let plain = graph.undirected();
                if plain.edge_count() == 0 {
                    return None;
                }
                let method = Method::Leiden(Quality::Modularity { resolution: 1.0 });
                let ensemble = Ensemble::of(&plain, method, 0, 16, &|| {});
                let (quality, best) = ensemble.best();
                let groups = best.sizes.iter().filter(|size| **size > 1).count();
                Some(if self == HistoryMeasure::Clusters { groups as f64 } else { *quality })
            }
        }
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

/// Measures of the network on 31 December of every year of a span, states those of the roster on that day.
///
/// # Errors
/// [`FitError`] where a null model cannot be fitted.
pub fn history(
    network: &Network<'_>,
    measures: &[HistoryMeasure],
    rule: &ProjectionRule,
    roster: &Roster,
    years: std::ops::RangeInclusive<i16>,
    tell: &dyn Fn(),
) -> Result<Vec<HistoryYear>, FitError> {
    let projected = measures.iter().any(|measure| measure.is_of_projection());
    let mut found = Vec::new();
    for year in years {
        let Ok(day) = Day::new(year, 12, 31) else { continue };
        let values = |certain: bool| -> Result<Vec<Option<f64>>, FitError> {
            let view = network.view(Lens { certain, roster: roster.clone(), ..Lens::as_of(day) });
            let graph = if projected { project(&view, rule)?.graph } else { Plain::new(0, false, &[]) };
            Ok(measures.iter().map(|measure| measure.of(&view, &graph)).collect())
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
