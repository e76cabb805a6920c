//! Ties of states year by year, for panels: relations, missions, accreditations and shared memberships of every dyad, and how
//! many of them every state has.
//!
//! Each value has two bounds, as [portfolios](super::portfolio_years) have: what certainly held on some day of the year, and
//! with what may have held. Outside the years of which the sources of a kind speak, nothing is known, which is not 0.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::member_years::{StateCodes, states_of_year, years_told};
use super::organisations::OrganisationSet;
use super::portfolios::{PortfolioKind, PortfolioRule, portfolio_years};
use super::statuses::StatusRule;
use crate::affiliation::{BitRows, count, shared};
use crate::graph::{Network, Roster};

/// A value between its bounds: certain, possible; `None` where nothing is known.
pub type Bounds = Option<(i64, i64)>;

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
}

impl YearTies {
    fn bounds(&self, count: TieCount, value: impl Fn(&BitRows) -> i64) -> Bounds {
        self.tables[count.place()].as_ref().map(|[certain, possible]| (value(certain), value(possible)))
    }

    fn of_dyad(&self, what: TieCount, one: usize, other: usize) -> Bounds {
        let (from, to) = if what.back { (other, one) } else { (one, other) };
        self.bounds(what, |table| match what.kind {
            Memberships => i64::from(shared(table.row(one), table.row(other))),
            _ => i64::from(table.get(from, to)),
        })
    }

    fn of_state(&self, what: TieCount, state: usize) -> Bounds {
        let partners = || self.rows.iter().flatten().filter(|row| **row != state);
        self.bounds(what, |table| match what.kind {
            Memberships => i64::from(count(table.row(state))),
            _ if what.back => partners().filter(|row| table.get(**row, state)).count() as i64,
            _ => partners().filter(|row| table.get(state, **row)).count() as i64,
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
        let mut found = states_of_year(roster, year, codes, network.gazetteer);
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
        made.insert(*year, YearTies { year: *year, rows, tables: KINDS.iter().map(|_| None).collect() });
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
    TieYears { codes: all, told, without_code, years: made.into_values().collect() }
}
