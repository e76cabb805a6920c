//! What a state has of one kind: memberships, missions sent or received, relations. As tables that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::organisations::OrganisationSet;
use super::statuses::StatusRule;
use crate::affiliation::{Affiliations, BitRows, WeightedCell};
use crate::graph::{Lens, Network, Roster, View};
use crate::model::{Fact, Held, Statement, TieKind};
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
    /// States to which it is accredited from elsewhere. Of panels alone: it is no projection of its own.
    AccreditationsSent,
}

impl PortfolioKind {
    /// Every kind that can be compared.
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
            PortfolioKind::AccreditationsSent => "accreditations-sent",
        }
    }
}

/// Which portfolios are made.
#[derive(Clone, Copy, Debug)]
pub struct PortfolioRule<'r> {
    /// Of what.
    pub kind: PortfolioKind,
    /// Which memberships count.
    pub statuses: &'r StatusRule,
    /// In which organisations.
    pub organisations: &'r OrganisationSet,
}

/// The portfolios of the states of a view: a row a state, a column an organisation or a partner, both by slug.
///
/// States are those of the roster, with `also`; organisations those of the set that one of the states belongs to.
/// Between states, the cell of a state with itself is closed. O(ties).
pub fn portfolios(view: &View<'_>, rule: PortfolioRule<'_>, also: &[NodeIndex]) -> Affiliations {
    made(view, rule, also, &|_| true)
}

/// Portfolios of the facts that are kept.
fn made(view: &View<'_>, rule: PortfolioRule<'_>, also: &[NodeIndex], kept: &dyn Fn(&Fact) -> bool) -> Affiliations {
    let network = view.network;
    let mut nodes: Vec<NodeIndex> = view.states();
    nodes.extend(also);
    nodes.sort_unstable();
    nodes.dedup();
    let label = |node: &NodeIndex| network.graph()[*node].slug.clone();
    let members: Vec<String> = nodes.iter().map(label).collect();
    if rule.kind == PortfolioKind::Memberships {
        let cells = memberships(view, &nodes, rule.statuses, kept);
        let slugs: BTreeSet<&str> = cells.iter().map(|cell| cell.1).collect();
        let slugs: Vec<&str> = slugs.into_iter().collect();
        let place = |slug: &str| slugs.binary_search(&slug).unwrap_or(0);
        let cells: Vec<WeightedCell> = cells.iter().map(|(row, slug, weight)| (*row, place(slug), *weight)).collect();
        let organisations = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let table = Affiliations::new(members, organisations, &cells);
        let set = rule.organisations;
        return if set.is_all() { table } else { table.with_organisations(&set.places(&table, network.gazetteer)) };
    }
    let mut cells: Vec<WeightedCell> = Vec::new();
    let place = |slug: &str| members.binary_search_by(|known| known.as_str().cmp(slug)).ok();
    for (row, node) in nodes.iter().enumerate() {
        let (tie, ways): (TieKind, &[Direction]) = match rule.kind {
            PortfolioKind::MissionsSent => (TieKind::Mission, &[Direction::Outgoing]),
            PortfolioKind::MissionsReceived => (TieKind::Mission, &[Direction::Incoming]),
            PortfolioKind::AccreditationsSent => (TieKind::Accreditation, &[Direction::Outgoing]),
            _ => (TieKind::Relations, &[Direction::Outgoing, Direction::Incoming]),
        };
        for way in ways {
            let facts = view.facts_of_all(*node, *way, tie).into_iter();
            for fact in facts.filter(|fact| !fact.is_denied() && kept(fact)) {
                let other = if *way == Direction::Outgoing { fact.object() } else { fact.subject() };
                cells.extend(place(other).filter(|column| *column != row).map(|column| (row, column, 1.0)));
            }
        }
    }
    let mut closed = BitRows::new(members.len(), members.len());
    (0..members.len()).for_each(|at| closed.set(at, at));
    Affiliations { closed: Some(closed), ..Affiliations::new(members.clone(), members, &cells) }
}

/// Memberships of some states that weigh anything: row, organisation, weight.
fn memberships<'n>(
    view: &View<'n>,
    nodes: &[NodeIndex],
    rule: &StatusRule,
    kept: &dyn Fn(&Fact) -> bool,
) -> Vec<(usize, &'n str, f64)> {
    let mut cells: Vec<(usize, &str, f64)> = Vec::new();
    for (row, node) in nodes.iter().enumerate() {
        for fact in view.facts_of_all(*node, Direction::Outgoing, TieKind::Membership) {
            let Statement::Membership { status, .. } = fact.tie.value() else { continue };
            let weight = rule.weight(status.class());
            // What no source dates is not read into years in which by our tables the organisation was not there.
            let there = || view.network.node(fact.object()).is_some_and(|organisation| view.counts(organisation));
            let dated = |(first, last)| fact.life.held_in(first, last) == Held::Yes;
            if weight > 0.0 && !fact.is_denied() && (there() || view.lens.days().is_some_and(dated)) && kept(fact) {
                cells.push((row, fact.object(), weight));
            }
        }
    }
    cells
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

/// The portfolios of one year.
#[derive(Clone, Debug)]
pub struct PortfolioYear {
    /// The year.
    pub year: i16,
    /// What certainly held on some day of it: by its dates, or because a source of that year tells of it.
    pub certain: Affiliations,
    /// With what may have held.
    pub possible: Affiliations,
}

/// The portfolios of the states of a roster in every year of a span.
pub fn portfolio_years(
    network: &Network<'_>,
    rule: PortfolioRule<'_>,
    roster: &Roster,
    years: std::ops::RangeInclusive<i16>,
) -> Vec<PortfolioYear> {
    let editions: BTreeMap<&str, i16> = network
        .sources()
        .iter()
        .filter_map(|source| Some((source.document.as_str(), source.edition_day()?.year())))
        .collect();
    let told_in: BTreeSet<i16> = editions.values().copied().collect();
    years
        .filter_map(|year| {
            let days = Lens::in_year(year)?;
            let (first, last) = days.days()?;
            let view = network.view(Lens { roster: roster.clone(), ..days });
            let told = |fact: &Fact| {
                let of_year = |document: &str| editions.get(document) == Some(&year);
                told_in.contains(&year)
                    && fact.life.is_open()
                    && fact.origins().iter().any(|origin| of_year(&origin.document))
            };
            let certain = |fact: &Fact| fact.life.held_in(first, last) == Held::Yes || told(fact);
            Some(PortfolioYear {
                year,
                certain: made(&view, rule, &[], &certain),
                possible: portfolios(&view, rule, &[]),
            })
        })
        .collect()
}
