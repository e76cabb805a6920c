//! Ties of states year by year, for panels: relations, missions, accreditations and shared memberships of every dyad, and how
//! many of them every state has.
//!
//! Each value has two bounds: what certainly held on some day of the year, and what nothing excludes. Silence excludes nothing:
//! a tie of two states of which no source tells is not known not to have been. Outside the years of which the sources of a kind
//! speak, nothing is known at all, which is not 0.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use petgraph::visit::EdgeRef;

use super::member_years::{StateCodes, states_of_year, years_told};
use super::organisations::OrganisationSet;
use super::portfolios::{PortfolioKind, PortfolioRule, portfolio_years};
use super::statuses::StatusRule;
use crate::affiliation::{BitRows, count, shared};
use crate::graph::{Network, Roster};
use crate::model::{Held, TieKind};

/// A value between its bounds: certain, and possible where something bounds it; `None` where nothing is known.
pub type Bounds = Option<(i64, Option<i64>)>;

/// A value of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TieCount {
    /// Name of the column.
    pub name: &'static str,
    /// What it counts.
    pub about: &'static str,
    kind: PortfolioKind,
    /// Counted from the second state, or of what is received.
    back: bool,
}

const fn counted(name: &'static str, about: &'static str, kind: PortfolioKind, back: bool) -> TieCount {
    TieCount { name, about, kind, back }
}

use PortfolioKind::{AccreditationsSent, Memberships, MissionsSent, Relations};

impl TieCount {
    /// Values of a dyad and year.
    pub const OF_DYADS: [TieCount; 6] = [
        counted("relations", "1 if the two have diplomatic relations", Relations, false),
        counted("mission_1_2", "1 if the first has a resident mission in the second", MissionsSent, false),
        counted("mission_2_1", "1 if the second has a resident mission in the first", MissionsSent, true),
        counted(
            "accreditation_1_2",
            "1 if the first is accredited to the second from elsewhere",
            AccreditationsSent,
            false,
        ),
        counted(
            "accreditation_2_1",
            "1 if the second is accredited to the first from elsewhere",
            AccreditationsSent,
            true,
        ),
        counted("shared_memberships", "organisations to which both belong", Memberships, false),
    ];

    /// Values of a state and year. Partners are those that have a row in the year.
    pub const OF_STATES: [TieCount; 6] = [
        counted("relations", "states with which it has diplomatic relations", Relations, false),
        counted("missions_sent", "states in which it has a resident mission", MissionsSent, false),
        counted("missions_received", "states that have a resident mission in it", MissionsSent, true),
        counted("accreditations_sent", "states to which it is accredited from elsewhere", AccreditationsSent, false),
        counted("accreditations_received", "states that are accredited to it from elsewhere", AccreditationsSent, true),
        counted("memberships", "organisations to which it belongs", Memberships, false),
    ];

    fn place(self) -> usize {
        KINDS.iter().position(|kind| *kind == self.kind).unwrap_or(0)
    }
}

const KINDS: [PortfolioKind; 4] = [Relations, MissionsSent, AccreditationsSent, Memberships];

/// The tables of a kind in a year: certain, possible.
type Tables = [BitRows; 2];

/// The states of a year and their ties.
struct YearTies {
    year: i16,
    /// Row of each code; `None` where no state bears it in the year.
    rows: Vec<Option<usize>>,
    /// By kind; `None` outside the years that its sources tell of.
    tables: Vec<Option<Tables>>,
    /// By kind, pairs for which something excludes the tie in the year.
    excluded: Vec<BitRows>,
}

impl YearTies {
    fn of_dyad(&self, what: TieCount, one: usize, other: usize) -> Bounds {
        let (from, to) = if what.back { (other, one) } else { (one, other) };
        let [certain, possible] = self.tables[what.place()].as_ref()?;
        Some(match what.kind {
            Memberships => {
                let both = |table: &BitRows| i64::from(shared(table.row(one), table.row(other)));
                (both(certain), Some(both(possible)))
            }
            _ if possible.get(from, to) => (i64::from(certain.get(from, to)), Some(1)),
            _ => (0, self.excluded[what.place()].get(from, to).then_some(0)),
        })
    }

    fn of_state(&self, what: TieCount, state: usize) -> Bounds {
        let partners = || self.rows.iter().flatten().copied().filter(|row| *row != state);
        let [certain, possible] = self.tables[what.place()].as_ref()?;
        let excluded = &self.excluded[what.place()];
        let pair = |partner: usize| if what.back { (partner, state) } else { (state, partner) };
        Some(match what.kind {
            Memberships => (i64::from(count(certain.row(state))), Some(i64::from(count(possible.row(state))))),
            _ => {
                let held = |partner: &usize| {
                    let (from, to) = pair(*partner);
                    certain.get(from, to)
                };
                let open = |partner: &usize| {
                    let (from, to) = pair(*partner);
                    possible.get(from, to) || !excluded.get(from, to)
                };
                (partners().filter(held).count() as i64, Some(partners().filter(open).count() as i64))
            }
        })
    }
}

/// Ties of states by code and year.
pub struct TieYears {
    /// Codes of all years, numbers by size, else by their letters.
    pub codes: Vec<String>,
    /// First and last year of which the sources of each kind speak.
    pub told: Vec<(PortfolioKind, Option<(i16, i16)>)>,
    /// States (slugs) that have no code, with the first and last year for which they are left out.
    pub without_code: BTreeMap<String, (i16, i16)>,
    years: Vec<YearTies>,
}

impl TieYears {
    /// Years of the dyads of one state with those after it: the other, the year, the values of [`TieCount::OF_DYADS`].
    /// Dyads by the order of their codes, then by year.
    pub fn dyads_of(&self, one: usize) -> impl Iterator<Item = (usize, i16, [Bounds; 6])> + '_ {
        (one + 1..self.codes.len()).flat_map(move |other| {
            self.years.iter().filter_map(move |ties| {
                let (one, second) = (ties.rows[one]?, ties.rows[other]?);
                Some((other, ties.year, TieCount::OF_DYADS.map(|what| ties.of_dyad(what, one, second))))
            })
        })
    }

    /// Years of one state: the year, the values of [`TieCount::OF_STATES`].
    pub fn years_of(&self, one: usize) -> impl Iterator<Item = (i16, [Bounds; 6])> + '_ {
        self.years.iter().filter_map(move |ties| {
            let row = ties.rows[one]?;
            Some((ties.year, TieCount::OF_STATES.map(|what| ties.of_state(what, row))))
        })
    }
}

/// By kind, the pairs for which something excludes a tie in a year: a denial, an end before it, a beginning after it; of
/// missions and accreditations also relations that had not begun or were broken.
fn excluded(
    network: &Network<'_>,
    states: &[(String, String)],
    places: &BTreeMap<&str, usize>,
    ties: &YearTies,
) -> Vec<BitRows> {
    let size = ties.rows.iter().flatten().max().map_or(0, |row| row + 1);
    let mut out: Vec<BitRows> = KINDS.iter().map(|_| BitRows::new(size, size)).collect();
    let Some((first, last)) = crate::graph::Lens::in_year(ties.year).and_then(|lens| lens.days()) else { return out };
    let rows: BTreeMap<usize, usize> = states
        .iter()
        .filter_map(|(slug, code)| Some((network.node(slug)?.index(), ties.rows[places[code.as_str()]]?)))
        .collect();
    for edge in network.graph().edge_references() {
        let kind = match edge.weight().tie {
            TieKind::Relations => Relations,
            TieKind::Mission => MissionsSent,
            TieKind::Accreditation => AccreditationsSent,
            _ => continue,
        };
        let (Some(from), Some(to)) = (rows.get(&edge.source().index()), rows.get(&edge.target().index())) else {
            continue;
        };
        let held = network.facts.life(edge.weight().fact()).held_in(first, last);
        let excludes = if edge.weight().denied { held == Held::Yes } else { held == Held::No };
        if let Some(table) = KINDS.iter().position(|known| *known == kind).filter(|_| excludes) {
            out[table].set(*from, *to);
            if kind == Relations {
                out[table].set(*to, *from);
            }
        }
    }
    let possible = |from: usize, to: usize| ties.tables[0].as_ref().is_some_and(|[_, table]| table.get(from, to));
    let unrelated: Vec<(usize, usize)> = (0..size)
        .flat_map(|from| (0..size).map(move |to| (from, to)))
        .filter(|(from, to)| out[0].get(*from, *to) && !possible(*from, *to))
        .collect();
    for table in out.iter_mut().take(3).skip(1) {
        unrelated.iter().for_each(|(from, to)| table.set(*from, *to));
    }
    out
}

/// First and last year in which the sources of any of the kinds tell of anything.
pub fn ties_told(network: &Network<'_>) -> Option<(i16, i16)> {
    let spans = KINDS.into_iter().filter_map(|kind| years_told(network, kind));
    spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// The ties of every state of a roster in every year, under its code; a state that the network never names has no row.
/// Memberships are full and associate ones, as in [`StatusRule::full_and_associate`]. `tell` is told after each kind.
/// O(years · ties).
pub fn tie_years(
    network: &Network<'_>,
    roster: &Roster,
    codes: StateCodes,
    years: RangeInclusive<i16>,
    tell: &dyn Fn(),
) -> TieYears {
    let named = |slug: &str| network.node(slug).is_some();
    let mut without_code: BTreeMap<String, (i16, i16)> = BTreeMap::new();
    let mut states: BTreeMap<i16, Vec<(String, String)>> = BTreeMap::new();
    for year in years {
        let mut found = states_of_year(roster, year, codes, network.gazetteer, &named);
        found.rows.retain(|(slug, _)| named(slug));
        for slug in found.without_code.into_iter().filter(|slug| named(slug)) {
            without_code.entry(slug).or_insert((year, year)).1 = year;
        }
        if !found.rows.is_empty() {
            states.insert(year, found.rows);
        }
    }
    let all: BTreeSet<&String> = states.values().flatten().map(|(_, code)| code).collect();
    let mut all: Vec<String> = all.into_iter().cloned().collect();
    all.sort_by_key(|code| (code.parse::<i64>().unwrap_or(i64::MAX), code.clone()));
    let places: BTreeMap<&str, usize> = all.iter().map(String::as_str).zip(0..).collect();
    let mut made: BTreeMap<i16, YearTies> = BTreeMap::new();
    for (year, states) in &states {
        let mut rows = vec![None; all.len()];
        // Where no source tells of the year, a state has a row of which nothing is known.
        states.iter().for_each(|(_, code)| rows[places[code.as_str()]] = Some(0));
        let (tables, excluded) = (KINDS.iter().map(|_| None).collect(), Vec::new());
        made.insert(*year, YearTies { year: *year, rows, tables, excluded });
    }
    let told: Vec<(PortfolioKind, Option<(i16, i16)>)> =
        KINDS.into_iter().map(|kind| (kind, years_told(network, kind))).collect();
    let rule = StatusRule::full_and_associate();
    let ends = states.keys().next().copied().zip(states.keys().next_back().copied());
    for (at, (kind, span)) in told.iter().enumerate() {
        let (Some((first, last)), Some((from, to))) = (*span, ends) else { continue };
        let portfolios = PortfolioRule { kind: *kind, statuses: &rule, organisations: &OrganisationSet::default() };
        for portfolio in portfolio_years(network, portfolios, roster, first.max(from)..=last.min(to)) {
            let Some(ties) = made.get_mut(&portfolio.year) else { continue };
            // The members of a year are the same for every kind: the states of its view.
            for (slug, code) in &states[&portfolio.year] {
                ties.rows[places[code.as_str()]] = portfolio.certain.member(slug);
            }
            ties.tables[at] = Some([portfolio.certain.cells().clone(), portfolio.possible.cells().clone()]);
        }
        tell();
    }
    for ties in made.values_mut() {
        ties.excluded = excluded(network, &states[&ties.year], &places, ties);
    }
    TieYears { codes: all, told, without_code, years: made.into_values().collect() }
}
