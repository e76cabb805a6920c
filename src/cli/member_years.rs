//! Where the portfolios of a panel come from: a data set, the state-year table of Correlates of War, any table with
//! years; and which states have a row in a year.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use clap::ValueEnum;

use super::affiliations::Portfolios;
use super::messages::{problem, say};
use super::shared::Ask;
use super::tables::{organisation_of, own_states, read_table, state_of, state_year_bytes};
use crate::affiliation::{Affiliations, Layer, MemberYears, StateYears};
use crate::analysis::{PortfolioKind, PortfolioRule, StatusRule, edition_year, portfolio_years};
use crate::graph::{Lens, Roster};
use crate::import::Format;
use crate::model::{Bound, Day, Held};
use crate::names::{Code, Gazetteer};

/// Codes of states in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Codes {
    /// Correlates of War: ccode1, ccode2
    Cow,
    /// Gleditsch and Ward: gwcode1, gwcode2
    Gw,
    /// ISO 3166 alpha-3: iso3c1, iso3c2
    Iso,
}

impl Codes {
    fn system(self) -> &'static str {
        match self {
            Codes::Cow => "cow",
            Codes::Gw => "gw",
            Codes::Iso => "iso3",
        }
    }

    fn columns(self) -> [&'static str; 2] {
        match self {
            Codes::Cow => ["ccode1", "ccode2"],
            Codes::Gw => ["gwcode1", "gwcode2"],
            Codes::Iso => ["iso3c1", "iso3c2"],
        }
    }

    fn about(self) -> &'static str {
        match self {
            Codes::Cow => "Correlates of War state code",
            Codes::Gw => "Gleditsch and Ward state code",
            Codes::Iso => "ISO 3166-1 alpha-3 code",
        }
    }

    fn roster(self) -> Roster {
        match self {
            Codes::Cow => Roster::Cow,
            Codes::Gw => Roster::Gw,
            Codes::Iso => Roster::Un193,
        }
    }
}

/// Which years are asked for, and by which codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub from: Option<i16>,
    pub to: Option<i16>,
    pub codes: Codes,
}

/// Portfolios by year, and what a codebook says of them.
pub(super) struct Source {
    pub years: MemberYears,
    /// The same rows with what may have held, where that differs.
    pub possible: Option<MemberYears>,
    /// Names of the columns of the two members, and what they hold.
    pub labels: [(String, String); 2],
    /// Name of the shared count, and what it is.
    pub count: (&'static str, String),
    pub about: Vec<(&'static str, String)>,
    /// First and last year of which the source speaks.
    pub span: (i16, i16),
    pub sound: bool,
}

pub(super) fn source(
    panel: &Asked,
    portfolios: &Portfolios,
    ask: &Ask,
    gazetteer: &Gazetteer,
) -> anyhow::Result<Source> {
    if let Some(path) = &portfolios.table {
        return table(path);
    }
    // The counts that the field publishes are of full and associate members.
    let rule = portfolios.rule(StatusRule::full_and_associate())?;
    let mut source = match ask.data.as_deref().map(state_year_bytes).transpose()?.flatten() {
        Some(bytes) => state_years(&bytes, &rule, portfolios, ask, gazetteer, panel.codes)?,
        None => data_set(panel, &rule, portfolios, ask, gazetteer)?,
    };
    source.labels = panel.codes.columns().map(|name| (name.to_owned(), panel.codes.about().to_owned()));
    // States of the years of which the source does not speak.
    let ((first, last), roster) = (source.span, roster(panel, ask)?);
    let mut unknown = Vec::new();
    let after = last.max(panel.from.unwrap_or(last).saturating_sub(1)).saturating_add(1)..=panel.to.unwrap_or(last);
    let before = panel.from.unwrap_or(first)..=first.min(panel.to.unwrap_or(first).saturating_add(1)).saturating_sub(1);
    for year in before.chain(after) {
        unknown.extend(states(&roster, year, panel.codes, gazetteer).into_iter().map(|(_, code)| (code, year)));
    }
    if !unknown.is_empty() {
        source.possible = source.possible.map(|possible| possible.with_unknown(&unknown));
        source.years = source.years.with_unknown(&unknown);
    }
    Ok(source)
}

/// Who counts: by --roster, or by the codes where it is all.
fn roster(panel: &Asked, ask: &Ask) -> anyhow::Result<Roster> {
    Ok(if ask.roster.is_none() { panel.codes.roster() } else { ask.lens()?.roster })
}

/// The code of a state in a year: one that it bears on some day of it. Of ISO, which has codes since 1974 and renames
/// them, its last one, so that a series keeps its code.
fn code_in<'g>(slug: &str, year: i16, codes: Codes, gazetteer: &'g Gazetteer) -> Option<&'g Code> {
    let (first, last) = Lens::in_year(year)?.days()?;
    let own = || gazetteer.codes(slug).iter().filter(|code| code.system == codes.system());
    match codes {
        Codes::Iso => own().max_by_key(|code| (code.span.is_open(), code.span.began.earliest)),
        _ => own().find(|code| code.span.held_in(first, last) != Held::No),
    }
}

/// The states of a roster that have a row in a year, by slug, with their codes: those that are in it on some day.
///
/// As in the field's own tables, of two that bear one code in the year the later has the row, and a state that ends
/// by becoming part of one whose code is new in that year has none (East Germany in 1990).
fn states(roster: &Roster, year: i16, codes: Codes, gazetteer: &Gazetteer) -> Vec<(String, String)> {
    let Some((first, last)) = Lens::in_year(year).and_then(|lens| lens.days()) else { return Vec::new() };
    let mut found: Vec<(&str, &Code)> = Vec::new();
    for entity in gazetteer.entities() {
        let slug = entity.slug.as_str();
        let code = code_in(slug, year, codes, gazetteer);
        let counts = || roster.holds_in(slug, Some((first, last)), gazetteer);
        found.extend(code.filter(|_| counts()).map(|code| (slug, code)));
    }
    // Of an ISO code, which is borne longer than it exists, the state's own beginning.
    let began = |slug: &str, code: &Code| match codes {
        Codes::Iso => gazetteer.entity(slug).and_then(|entity| entity.span.began.earliest),
        _ => code.span.began.earliest,
    };
    // The later bearer of one code.
    found.sort_by(|a, b| a.1.code.cmp(&b.1.code).then(began(b.0, b.1).cmp(&began(a.0, a.1))));
    let old: BTreeSet<&str> = found
        .iter()
        .filter(|(slug, code)| began(slug, code).is_none_or(|day| day <= first))
        .map(|(_, code)| code.code.as_str())
        .collect();
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
    rows.map(|(slug, code)| ((*slug).to_owned(), code.code.clone())).collect()
}

/// The state-year table of Correlates of War.
fn state_years(
    bytes: &[u8],
    rule: &StatusRule,
    portfolios: &Portfolios,
    ask: &Ask,
    gazetteer: &Gazetteer,
    codes: Codes,
) -> anyhow::Result<Source> {
    anyhow::ensure!(
        portfolios.portfolio == PortfolioKind::Memberships,
        "the state-year table has memberships only: --portfolio {} asks a data set",
        portfolios.portfolio.name()
    );
    let path = ask.data.as_deref().unwrap_or(Path::new("")).display().to_string();
    own_states(ask, &path)?;
    anyhow::ensure!(ask.lens()?.as_of.is_none(), "a panel has its own dates: --from and --to");
    let read = StateYears::read(&path, bytes, rule.cow());
    read.problems.iter().for_each(problem);
    let mut years = read.years;
    let span = years.span().with_context(|| format!("{path}: no row of a state and year"))?;
    let mut chosen = None;
    if portfolios.chooses() {
        let labels: Vec<String> = years.organisations.iter().map(|name| organisation_of(name, gazetteer)).collect();
        let set = portfolios.set(&labels, gazetteer)?;
        chosen = set.caption();
        anyhow::ensure!(set.region.is_none(), "--region goes by the members of one date: a panel has many");
        let kept: Vec<usize> = (0..labels.len()).filter(|at| set.holds(&labels[*at], gazetteer)).collect();
        years = years.with_organisations(&kept);
    }
    let mut left_out: BTreeMap<String, (i16, i16)> = BTreeMap::new();
    if codes != Codes::Cow {
        let lost = RefCell::new(&mut left_out);
        years = years.relabelled(|member, year| {
            let slug = state_of(member, year, gazetteer);
            let found = code_in(&slug, year, codes, gazetteer);
            if found.is_none() {
                let mut lost = lost.borrow_mut();
                let span = lost.entry(gazetteer.display(&slug).to_owned()).or_insert((year, year));
                *span = (span.0.min(year), span.1.max(year));
            }
            found.map(|code| code.code.clone())
        });
    }
    let left_out: Vec<String> =
        left_out.into_iter().map(|(name, (first, last))| format!("{name} {first} to {last}")).collect();
    if !left_out.is_empty() {
        say(&format!("without a code of this system, and left out: {}", left_out.join(", ")));
    }
    let mut about = vec![
        (
            "source",
            format!(
                "Correlates of War IGO state-year table, {path}; cite Pevehouse et al., \"Tracking Organizations in the World\""
            ),
        ),
        ("states", "those with a row in the year".to_owned()),
        ("memberships that count", rule.caption()),
        ("missing", "a status coded -9 (missing) or -1 (no such organisation) does not count as joint".to_owned()),
    ];
    about.extend((!left_out.is_empty()).then(|| ("left out, without a code", left_out.join(", "))));
    about.extend(chosen.map(|caption| ("organisations", caption)));
    Ok(Source {
        years,
        possible: None,
        labels: Default::default(),
        count: (
            "dyadigos",
            format!("organisations in which both states have a membership that counts ({})", rule.caption()),
        ),
        about,
        span,
        sound: read.problems.is_empty(),
    })
}

/// A data set: what certainly held on some day of each year.
fn data_set(
    panel: &Asked,
    rule: &StatusRule,
    portfolios: &Portfolios,
    ask: &Ask,
    gazetteer: &Gazetteer,
) -> anyhow::Result<Source> {
    let network = ask.network(gazetteer)?;
    let roster = roster(panel, ask)?;
    anyhow::ensure!(ask.lens()?.as_of.is_none(), "a panel has its own dates: --from and --to");
    let set = portfolios.set(&[], gazetteer)?;
    let kind = portfolios.portfolio;
    let span =
        spoken_of(&network.facts, kind).context("no dated source of these portfolios: a panel has nothing to say")?;
    let (from, to) = (panel.from.unwrap_or(span.0).max(span.0), panel.to.unwrap_or(span.1).min(span.1));
    let named: BTreeSet<&str> = {
        let facts = (0..network.facts.len()).map(|at| &network.facts[at]);
        facts.flat_map(|fact| [fact.subject.as_str(), fact.object.as_str()]).collect()
    };
    let made =
        portfolio_years(&network, PortfolioRule { kind, statuses: rule, organisations: &set }, &roster, from..=to);
    let rows = |year: i16| {
        let mut rows = states(&roster, year, panel.codes, gazetteer);
        rows.retain(|(slug, _)| named.contains(slug.as_str()));
        rows
    };
    let years = gathered(made.iter().map(|made| (made.year, &made.certain)), rows);
    let possible = gathered(made.iter().map(|made| (made.year, &made.possible)), rows);
    let held = |years: &MemberYears| -> u64 {
        let cells = &years.layers()[0].cells;
        cells.degrees().into_iter().map(u64::from).sum()
    };
    let (dated, all) = (held(&years), held(&possible));
    if dated * 10 < all * 9 {
        say(&format!(
            "{} of {all} entries of these years may have held but have no date: the count is a lower bound, and \
             _possible beside it the upper one",
            all - dated
        ));
    }
    let mut about = vec![
        ("source", ask.data.as_ref().map_or("the data set of the program".to_owned(), |path| path.display().to_string())),
        ("states", format!("roster {} on some day of the year; one that became part of a new one in it has no row", roster.name())),
        ("portfolios", kind.name().to_owned()),
        ("what counts", "what certainly held on some day of the year, by its dates or because a source of that year's edition tells of it".to_owned()),
        ("measures", "of what certainly held".to_owned()),
        ("what may have held", "what no source dates, or codes as missing, is in the column _possible only: the two are the bounds of what was".to_owned()),
    ];
    let of_memberships = kind == PortfolioKind::Memberships;
    about.extend(of_memberships.then(|| ("memberships that count", rule.caption())));
    about.extend(set.caption().map(|caption| ("organisations", caption)));
    let (count, statuses) =
        if of_memberships { ("dyadigos", format!(" ({})", rule.caption())) } else { ("shared", String::new()) };
    Ok(Source {
        years,
        possible: Some(possible),
        labels: Default::default(),
        count: (count, format!("shared {} that certainly held in the year{statuses}", kind.name())),
        about,
        span,
        sound: true,
    })
}

/// The years of which the sources of a kind of tie speak: from the first date that any of them tells to the newest edition.
fn spoken_of(facts: &crate::dataset::Facts<'_>, portfolio: PortfolioKind) -> Option<(i16, i16)> {
    use crate::model::FactKind;
    let wanted = match portfolio {
        PortfolioKind::Memberships => FactKind::Membership,
        PortfolioKind::MissionsSent | PortfolioKind::MissionsReceived => FactKind::Resident,
        PortfolioKind::Relations => FactKind::Relations,
    };
    let year = |bound: Bound| bound.latest.or(bound.earliest).map(Day::year);
    let (mut first, mut last): (Option<i16>, Option<i16>) = (None, None);
    let mut documents = std::collections::BTreeSet::new();
    for at in 0..facts.len() {
        let fact = &facts[at];
        if fact.key.kind() != wanted {
            continue;
        }
        let span = fact.span();
        let dates = [year(span.began), span.ended.and_then(year)];
        first = dates.into_iter().flatten().chain(first).min();
        last = dates.into_iter().flatten().chain(last).max();
        documents.extend(fact.origins().into_iter().map(|origin| origin.document));
    }
    // A table of many years speaks of these, whenever it was published.
    let of_years = [Format::CowIgo.name(), Format::CowExchange.name()];
    let sources = facts.sources().iter();
    let editions = sources.filter(|it| documents.contains(&it.document) && !of_years.contains(&it.format.as_str()));
    let newest = editions.filter_map(edition_year).max();
    Some((first?, newest.or(last)?))
}

/// Tables of years as portfolios by code and year, of the states (slug and code) of each.
fn gathered<'t>(
    tables: impl Iterator<Item = (i16, &'t Affiliations)> + Clone,
    states: impl Fn(i16) -> Vec<(String, String)>,
) -> MemberYears {
    let mut organisations: Vec<String> =
        tables.clone().flat_map(|(_, table)| table.organisations.iter().cloned()).collect();
    organisations.sort();
    organisations.dedup();
    let mut members: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows: Vec<(String, i16)> = Vec::new();
    let mut cells: Vec<(usize, usize, f64)> = Vec::new();
    for (year, table) in tables {
        let places: Vec<usize> =
            table.organisations.iter().map(|slug| organisations.binary_search(slug).unwrap_or(0)).collect();
        for (slug, code) in states(year) {
            members.entry(code.clone()).or_default();
            // Who is named and has no such tie has none.
            let levels = table.member(&slug).map(|member| table.levels(member)).unwrap_or_default();
            let held = levels.iter().zip(&places).filter(|(level, _)| **level > 0.0);
            cells.extend(held.map(|(level, place)| (rows.len(), *place, *level)));
            rows.push((code, year));
        }
    }
    for (at, place) in (0u32..).zip(members.values_mut()) {
        *place = at;
    }
    let labels = (0..rows.len()).map(|at| at.to_string()).collect();
    let layers: Vec<Layer> = Affiliations::new(labels, organisations.clone(), &cells).layers;
    let rows: Vec<(u32, i16)> = rows.iter().map(|(code, year)| (members[code], *year)).collect();
    MemberYears::new(members.into_keys().collect(), organisations, &rows, layers).0
}

/// A two-mode table with years.
fn table(path: &Path) -> anyhow::Result<Source> {
    let read = read_table(path)?;
    anyhow::ensure!(read.has_years(), "{}: a panel needs the column year", path.display());
    let years = read.member_years()?;
    let span = years.span().with_context(|| format!("{}: no row", path.display()))?;
    Ok(Source {
        span,
        years,
        possible: None,
        labels: ["member1", "member2"].map(|name| (name.to_owned(), "label of the table".to_owned())),
        count: ("shared", "organizations in which both have a row in the year; of weights the smaller".to_owned()),
        about: vec![("source", path.display().to_string()), ("members", "those with a row in the year".to_owned())],
        sound: read.problems.is_empty(),
    })
}
