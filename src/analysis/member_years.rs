//! Portfolios of a network year by year, under the codes by which the field names states.

use std::collections::{BTreeMap, BTreeSet};

use super::portfolios::{PortfolioKind, PortfolioRule, PortfolioYear, portfolio_years};
use crate::affiliation::{Affiliations, Layer, MemberYears};
use crate::graph::{Lens, Network, Roster};
use crate::import::Format;
use crate::model::{Bound, Day, Held, TieKind};
use crate::names::{Code, Gazetteer};

/// Codes of states in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateCodes {
    /// Correlates of War.
    Cow,
    /// Gleditsch and Ward.
    Gw,
    /// ISO 3166-1 alpha-3.
    Iso,
}

impl StateCodes {
    /// Every system.
    pub const ALL: [StateCodes; 3] = [StateCodes::Cow, StateCodes::Gw, StateCodes::Iso];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            StateCodes::Cow => "cow",
            StateCodes::Gw => "gw",
            StateCodes::Iso => "iso",
        }
    }

    /// Who counts under these codes where nobody says otherwise.
    pub fn roster(self) -> Roster {
        match self {
            StateCodes::Cow => Roster::Cow,
            StateCodes::Gw => Roster::Gw,
            StateCodes::Iso => Roster::Un193,
        }
    }

    /// The code of a state (slug) in a year: one that it bears on some day of it. Of ISO, which has codes since 1974 and
    /// renames them, its last one, so that a series keeps its code. `None` where it has none.
    pub fn code_in<'g>(self, slug: &str, year: i16, gazetteer: &'g Gazetteer) -> Option<&'g Code> {
        let (first, last) = Lens::in_year(year)?.days()?;
        let of = |system: &'static str| gazetteer.codes(slug).iter().filter(move |code| code.system == system);
        match self {
            StateCodes::Iso => of("iso3").max_by_key(|code| (code.span.is_open(), code.span.began.earliest)),
            // Of two in one year the later: Taipei's own code of 1949 and not the one that passed to Beijing.
            _ => of(self.name())
                .filter(|code| code.span.held_in(first, last) != Held::No)
                .max_by_key(|code| code.span.began.earliest),
        }
    }
}

/// The states that have a row in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatesOfYear {
    /// Slug and code, by code.
    pub rows: Vec<(String, String)>,
    /// Slugs of those that count and have no code.
    pub without_code: Vec<String>,
}

/// The states of a roster that have a row in a year: those that are in it on some day.
///
/// As in the field's own tables, of two that bear one code in the year the later has the row, and a state that ends
/// by becoming part of one whose code is new in that year has none (East Germany in 1990). `named` tells whom the data
/// speak of: of a state that continued another, the one that stood then if it is spoken of. O(entities).
pub fn states_of_year(
    roster: &Roster,
    year: i16,
    codes: StateCodes,
    gazetteer: &Gazetteer,
    named: &dyn Fn(&str) -> bool,
) -> StatesOfYear {
    let Some((first, last)) = Lens::in_year(year).and_then(|lens| lens.days()) else { return StatesOfYear::default() };
    let (mut found, mut without_code): (Vec<(&str, &Code)>, Vec<String>) = (Vec::new(), Vec::new());
    let all = || gazetteer.entities().iter().map(|entity| (entity.slug.as_str(), entity.slug.as_str())).collect();
    for (listed, then) in roster.members(Some((first, last)), gazetteer).unwrap_or_else(all) {
        let slug = if named(then) { then } else { listed };
        // The code of a roster's row is borne by whoever stood in its place.
        match codes.code_in(slug, year, gazetteer).or_else(|| codes.code_in(listed, year, gazetteer)) {
            Some(code) => found.push((slug, code)),
            None => without_code.push(slug.to_owned()),
        }
    }
    // Of an ISO code, which is borne longer than it exists, the state's own beginning.
    let began = |slug: &str, code: &Code| match codes {
        StateCodes::Iso => gazetteer.entity(slug).and_then(|entity| entity.span.began.earliest),
        _ => code.span.began.earliest,
    };
    // The later bearer of one code first.
    found.sort_by(|a, b| a.1.code.cmp(&b.1.code).then(began(b.0, b.1).cmp(&began(a.0, a.1))));
    // Codes that somebody bore on the first day: of Italy in 1861 it was Sardinia's.
    let old: BTreeSet<&str> = match codes {
        StateCodes::Iso => {
            let old = found.iter().filter(|(slug, code)| began(slug, code).is_none_or(|day| day <= first));
            old.map(|(_, code)| code.code.as_str()).collect()
        }
        _ => {
            let known = gazetteer.entities().iter().flat_map(|entity| gazetteer.codes(&entity.slug));
            let known = known.filter(|code| code.system == codes.name() && code.span.held_on(first) != Held::No);
            known.map(|code| code.code.as_str()).collect()
        }
    };
    found.dedup_by(|later, first| later.1.code == first.1.code);
    let absorbed = |slug: &str| {
        gazetteer.successions(slug).any(|row| {
            let follower = || found.iter().find(|(other, _)| *other == row.successor);
            row.former == slug
                && row.mode != "splits"
                && row.date.known_year() == Some(year)
                && follower().is_some_and(|(_, code)| !old.contains(code.code.as_str()))
        })
    };
    let rows = found.iter().filter(|(slug, _)| !absorbed(slug));
    StatesOfYear { rows: rows.map(|(slug, code)| ((*slug).to_owned(), code.code.clone())).collect(), without_code }
}

/// Portfolios by code and year, between two bounds.
#[derive(Clone, Debug)]
pub struct DatedPortfolios {
    /// What certainly held in the year: see [`PortfolioYear`].
    pub certain: MemberYears,
    /// With what may have held; the same rows.
    pub possible: MemberYears,
    /// States (slugs) that have no code, with the first and last year for which they are left out.
    pub without_code: BTreeMap<String, (i16, i16)>,
}

/// The portfolios of every state of a roster in every year, under its code. A state that the network never names is not
/// covered by it and has no row; one that it names and gives no tie of the kind has an empty one.
/// O(years · ties).
pub fn dated_portfolios(
    network: &Network<'_>,
    rule: PortfolioRule<'_>,
    roster: &Roster,
    codes: StateCodes,
    years: std::ops::RangeInclusive<i16>,
) -> DatedPortfolios {
    let facts = (0..network.facts.len()).map(|at| &network.facts[at]);
    let named: BTreeSet<&str> = facts.flat_map(|fact| [fact.subject(), fact.object()]).collect();
    let mut without_code: BTreeMap<String, (i16, i16)> = BTreeMap::new();
    let made: Vec<(PortfolioYear, StatesOfYear)> = portfolio_years(network, rule, roster, years)
        .into_iter()
        .map(|made| {
            let mut states =
                states_of_year(roster, made.year, codes, network.gazetteer, &|slug| network.node(slug).is_some());
            states.rows.retain(|(slug, _)| named.contains(slug.as_str()));
            for slug in states.without_code.iter().filter(|slug| named.contains(slug.as_str())) {
                let span = without_code.entry(slug.clone()).or_insert((made.year, made.year));
                span.1 = made.year;
            }
            (made, states)
        })
        .collect();
    let of = |table: fn(&PortfolioYear) -> &Affiliations| {
        gathered(made.iter().map(|(year, states)| (year.year, table(year), states.rows.as_slice())))
    };
    DatedPortfolios { certain: of(|made| &made.certain), possible: of(|made| &made.possible), without_code }
}

/// Tables of years as portfolios by code and year.
fn gathered<'t>(years: impl Iterator<Item = (i16, &'t Affiliations, &'t [(String, String)])> + Clone) -> MemberYears {
    let all = years.clone().flat_map(|(_, table, _)| &table.organisations);
    let organisations: Vec<String> = all.collect::<BTreeSet<&String>>().into_iter().cloned().collect();
    let codes: BTreeSet<&String> = years.clone().flat_map(|(_, _, states)| states).map(|(_, code)| code).collect();
    let members: BTreeMap<&String, u32> = codes.into_iter().zip(0u32..).collect();
    let mut rows: Vec<(u32, i16)> = Vec::new();
    let mut cells: Vec<(usize, usize, f64)> = Vec::new();
    for (year, table, states) in years {
        let places: Vec<usize> =
            table.organisations.iter().map(|slug| organisations.binary_search(slug).unwrap_or(0)).collect();
        for (slug, code) in states {
            let levels = table.member(slug).map(|member| table.levels(member)).unwrap_or_default();
            let held = levels.iter().zip(&places).filter(|(level, _)| **level > 0.0);
            cells.extend(held.map(|(level, place)| (rows.len(), *place, *level)));
            rows.push((members[code], year));
        }
    }
    let labels = (0..rows.len()).map(|at| at.to_string()).collect();
    let layers: Vec<Layer> = Affiliations::new(labels, organisations.clone(), &cells).layers;
    MemberYears::new(members.into_keys().cloned().collect(), organisations, &rows, layers).0
}

/// First and last year of which the sources of a kind of tie speak: from the first date that any of them tells to the
/// newest edition; `None` where none of them tells a date.
pub fn years_told(network: &Network<'_>, kind: PortfolioKind) -> Option<(i16, i16)> {
    let wanted = match kind {
        PortfolioKind::Memberships => TieKind::Membership,
        PortfolioKind::MissionsSent | PortfolioKind::MissionsReceived => TieKind::Mission,
        PortfolioKind::Relations => TieKind::Relations,
        PortfolioKind::AccreditationsSent => TieKind::Accreditation,
    };
    let year = |bound: Bound| bound.latest.or(bound.earliest).map(Day::year);
    let (mut first, mut last): (Option<i16>, Option<i16>) = (None, None);
    let mut documents = BTreeSet::new();
    for fact in (0..network.facts.len()).map(|at| &network.facts[at]).filter(|fact| fact.key.kind() == wanted) {
        // Dates that follow from other facts are no word of a source of this kind.
        let told = |settled: &Option<crate::model::Settled<Bound>>| settled.as_ref().and_then(|it| year(*it.value()));
        let dates = [told(&fact.began), told(&fact.ended)];
        first = dates.into_iter().flatten().chain(first).min();
        last = dates.into_iter().flatten().chain(last).max();
        documents.extend(fact.origins().into_iter().map(|origin| origin.document));
    }
    // A table of many years speaks of these, whenever it was published.
    let of_years = [Format::CowIgo.name(), Format::CowExchange.name()];
    let sources = network.sources().iter();
    let editions = sources.filter(|it| documents.contains(&it.document) && !of_years.contains(&it.format.as_str()));
    let newest = editions.filter_map(|source| source.edition_day()).map(Day::year).max();
    Some((first?, newest.or(last)?))
}
