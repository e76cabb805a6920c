//! What a state has of one kind: memberships, missions sent or received, relations. As tables that can be compared.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::organisations::OrganisationSet;
use super::statuses::{StatusRule, membership_class};
use crate::affiliation::{Affiliations, BitRows, WeightedCell};
use crate::graph::{Lens, Network, Roster, TieType, View};
use crate::model::{EntityKind, Fact, Held};
use crate::names::{Gazetteer, Regions};

/// Of what portfolios are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortfolioKind {
    /// Memberships of organisations.
    Memberships,
    /// States in which it has a resident mission.
    MissionsSent,
    /// States that have a resident mission in it.
    MissionsReceived,
    /// States with which it has relations.
    Relations,
}

impl PortfolioKind {
    /// Every kind.
    pub const ALL: [PortfolioKind; 4] = [
        PortfolioKind::Memberships,
        PortfolioKind::MissionsSent,
        PortfolioKind::MissionsReceived,
        PortfolioKind::Relations,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            PortfolioKind::Memberships => "memberships",
            PortfolioKind::MissionsSent => "missions-sent",
            PortfolioKind::MissionsReceived => "missions-received",
            PortfolioKind::Relations => "relations",
        }
    }
}

/// The portfolios of the states of a view: a row a state, a column an organisation or a partner, both by slug.
///
/// States are those of the roster, with `also`; organisations those of `set` that one of the states belongs to.
/// Between states, the cell of a state with itself is closed. O(ties).
pub fn portfolios(
    view: &View<'_>,
    kind: PortfolioKind,
    rule: &StatusRule,
    set: &OrganisationSet,
    also: &[NodeIndex],
) -> Affiliations {
    let network = view.network;
    let mut nodes: Vec<NodeIndex> = states(view);
    nodes.extend(also);
    nodes.sort_unstable();
    nodes.dedup();
    let label = |node: &NodeIndex| network.graph()[*node].slug.clone();
    let members: Vec<String> = nodes.iter().map(label).collect();
    if kind == PortfolioKind::Memberships {
        let mut cells: Vec<(usize, &str, f64)> = Vec::new();
        for (row, node) in nodes.iter().enumerate() {
            for fact in view.facts_of_all(*node, Direction::Outgoing, TieType::Membership) {
                // What no source dates is not read into years in which by our tables the organisation was not there.
                let there = || network.node(&fact.object).is_some_and(|organisation| view.counts(organisation));
                let dated = |(first, last)| fact.span().held_in(first, last) == Held::Yes;
                if there() || view.lens.days().is_some_and(dated) {
                    cells.push((row, &fact.object, weight(fact, rule)));
                }
            }
        }
        cells.retain(|cell| cell.2 > 0.0);
        let slugs: BTreeSet<&str> = cells.iter().map(|cell| cell.1).collect();
        let slugs: Vec<&str> = slugs.into_iter().collect();
        let place = |slug: &str| slugs.binary_search(&slug).unwrap_or(0);
        let cells: Vec<WeightedCell> = cells.iter().map(|(row, slug, weight)| (*row, place(slug), *weight)).collect();
        let organisations = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let table = Affiliations::new(members, organisations, &cells);
        return if set.is_all() { table } else { table.with_organisations(&set.places(&table, network.gazetteer)) };
    }
    let mut cells: Vec<WeightedCell> = Vec::new();
    let place = |slug: &str| members.binary_search_by(|known| known.as_str().cmp(slug)).ok();
    for (row, node) in nodes.iter().enumerate() {
        let (tie, ways): (TieType, &[Direction]) = match kind {
            PortfolioKind::MissionsSent => (TieType::Mission, &[Direction::Outgoing]),
            PortfolioKind::MissionsReceived => (TieType::Mission, &[Direction::Incoming]),
            _ => (TieType::Relations, &[Direction::Outgoing, Direction::Incoming]),
        };
        for way in ways {
            for fact in view.facts_of_all(*node, *way, tie).into_iter().filter(|fact| !fact.is_denied()) {
                let other = if *way == Direction::Outgoing { &fact.object } else { &fact.subject };
                cells.extend(place(other).filter(|column| *column != row).map(|column| (row, column, 1.0)));
            }
        }
    }
    let mut closed = BitRows::new(members.len(), members.len());
    (0..members.len()).for_each(|at| closed.set(at, at));
    Affiliations { closed: Some(closed), ..Affiliations::new(members.clone(), members, &cells) }
}

/// Weight of a membership under a rule; 0 where it is denied.
fn weight(fact: &Fact, rule: &StatusRule) -> f64 {
    if fact.is_denied() { 0.0 } else { membership_class(fact).map_or(0.0, |class| rule.weight(class)) }
}

/// The states and territories that count in a view, by slug. A roster says by itself who counts and when: Correlates
/// of War has one Russia since 1816.
fn states(view: &View<'_>) -> Vec<NodeIndex> {
    let (graph, gazetteer, lens) = (view.network.graph(), view.network.gazetteer, &view.lens);
    let is_state = |node: &NodeIndex| {
        let kind = graph[*node].kind(gazetteer);
        !matches!(kind, EntityKind::Organisation | EntityKind::Region | EntityKind::Nonstate | EntityKind::Actor)
            && match lens.roster {
                Roster::All => view.counts(*node),
                _ => lens.roster.holds_in(&graph[*node].slug, lens.days(), gazetteer),
            }
    };
    graph.node_indices().filter(is_state).collect()
}

/// The cells that cannot be in a table of memberships: a regional organisation is closed to states of a region from
/// which it has no member. What is universal, or of no known region, is open to all.
pub fn closed_by_region(table: &Affiliations, gazetteer: &Gazetteer) -> BitRows {
    let regions = Regions::carried();
    let region = |member: usize| regions.of(&table.members[member]).map(|(region, _)| region);
    let mut closed = BitRows::new(table.members.len(), table.organisations.len());
    for (at, slug) in table.organisations.iter().enumerate() {
        if gazetteer.organisation(slug).is_none_or(|organisation| organisation.scope != "regional") {
            continue;
        }
        let holders = || (0..table.members.len()).filter(|member| table.cells().get(*member, at));
        let open: BTreeSet<Option<&str>> = holders().map(region).collect();
        for member in (0..table.members.len()).filter(|member| region(*member).is_some()) {
            if !open.contains(&region(member)) {
                closed.set(member, at);
            }
        }
    }
    closed
}

/// The portfolios of the states of a roster in every year of a span: what they had on some day of it. The lens's
/// `certain` leaves out what only may have held.
pub fn portfolio_years(
    network: &Network<'_>,
    kind: PortfolioKind,
    rule: &StatusRule,
    set: &OrganisationSet,
    lens: &Lens,
    years: std::ops::RangeInclusive<i16>,
) -> Vec<(i16, Affiliations)> {
    years
        .filter_map(|year| {
            let days = Lens::in_year(year)?;
            let view = network.view(Lens { as_of: days.as_of, through: days.through, ..lens.clone() });
            Some((year, portfolios(&view, kind, rule, set, &[])))
        })
        .collect()
}

/// The roster of a comparison of all: that of the lens, or the members of the United Nations where it is all.
pub fn compared_roster(roster: &Roster) -> Roster {
    if *roster == Roster::All { Roster::Un193 } else { roster.clone() }
}
