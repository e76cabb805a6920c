//! Where the portfolios of a panel come from, and what its codebook says of them: a data set, the state-year table of
//! Correlates of War, any table with years.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use super::affiliations::Portfolios;
use super::messages::{problem, say};
use super::shared::Ask;
use super::tables::{own_states, read_table, state_of, state_year_bytes};
use crate::affiliation::{MemberYears, StateYears};
use crate::analysis::{
    PortfolioKind, PortfolioRule, StateCodes, StatusRule, dated_portfolios, states_of_year, years_told,
};
use crate::graph::Roster;
use crate::names::Gazetteer;

/// Names of the columns of two members, and what these hold.
pub(super) fn columns(codes: StateCodes) -> [(String, String); 2] {
    let (names, about) = match codes {
        StateCodes::Cow => (["ccode1", "ccode2"], "Correlates of War state code"),
        StateCodes::Gw => (["gwcode1", "gwcode2"], "Gleditsch and Ward state code"),
        StateCodes::Iso => (["iso3c1", "iso3c2"], "ISO 3166-1 alpha-3 code, the state's last one in all years"),
    };
    names.map(|name| (name.to_owned(), about.to_owned()))
}

/// Which years are asked for, and by which codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub from: Option<i16>,
    pub to: Option<i16>,
    pub codes: StateCodes,
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
        return table(path, portfolios, ask, gazetteer);
    }
    // The counts that the field publishes are of full and associate members.
    let rule = portfolios.rule(StatusRule::full_and_associate())?;
    let mut source = match ask.data.as_deref().map(state_year_bytes).transpose()?.flatten() {
        Some(bytes) => state_years(&bytes, &rule, portfolios, ask, gazetteer, panel.codes)?,
        None => data_set(panel, &rule, portfolios, ask, gazetteer)?,
    };
    source.labels = columns(panel.codes);
    // States of the years of which the source does not speak.
    let ((first, last), roster) = (source.span, roster(panel, ask)?);
    let mut unknown = Vec::new();
    let after = last.max(panel.from.unwrap_or(last).saturating_sub(1)).saturating_add(1)..=panel.to.unwrap_or(last);
    let before = panel.from.unwrap_or(first)..=first.min(panel.to.unwrap_or(first).saturating_add(1)).saturating_sub(1);
    for year in before.chain(after) {
        let states = states_of_year(&roster, year, panel.codes, gazetteer, &|_| true);
        unknown.extend(states.rows.into_iter().map(|(_, code)| (code, year)));
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

/// The state-year table of Correlates of War.
fn state_years(
    bytes: &[u8],
    rule: &StatusRule,
    portfolios: &Portfolios,
    ask: &Ask,
    gazetteer: &Gazetteer,
    codes: StateCodes,
) -> anyhow::Result<Source> {
    anyhow::ensure!(
        portfolios.portfolio == PortfolioKind::Memberships,
        "the state-year table has memberships only: --portfolio {} asks a data set",
        portfolios.portfolio.name()
    );
    let path = ask.data.as_deref().unwrap_or(Path::new("")).display().to_string();
    own_states(ask, &path)?;
    anyhow::ensure!(ask.lens()?.as_of.is_none(), "a panel has its own dates: --from and --to");
    let read = StateYears::read(&path, bytes);
    read.problems.iter().for_each(problem);
    let mut years = read.years(rule.cow());
    let span = years.span().with_context(|| format!("{path}: no row of a state and year"))?;
    let mut chosen = None;
    if portfolios.chooses() {
        let labels: Vec<String> = years.organisations.iter().map(|name| gazetteer.organisation_of_cow(name)).collect();
        let set = portfolios.set(&labels, gazetteer)?;
        chosen = set.caption();
        anyhow::ensure!(set.region.is_none(), "--region goes by the members of one date: a panel has many");
        let kept: Vec<usize> = (0..labels.len()).filter(|at| set.holds(&labels[*at], gazetteer)).collect();
        years = years.with_organisations(&kept);
    }
    let without_code = RefCell::new(BTreeMap::<String, (i16, i16)>::new());
    if codes != StateCodes::Cow {
        years = years.relabelled(|member, year| {
            let slug = state_of(member, year, gazetteer);
            let code = codes.code_in(&slug, year, gazetteer);
            if code.is_none() {
                without_code.borrow_mut().entry(slug).or_insert((year, year)).1 = year;
            }
            code.map(|code| code.code.clone())
        });
    }
    let left_out = left_out(&without_code.into_inner(), gazetteer);
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
    about.extend(left_out);
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

/// Says on standard error and for the codebook which states have no code.
pub(super) fn left_out(
    without_code: &BTreeMap<String, (i16, i16)>,
    gazetteer: &Gazetteer,
) -> Option<(&'static str, String)> {
    let named = without_code.iter().map(|(slug, (first, last))| (gazetteer.display(slug), first, last));
    let mut named: Vec<String> = named.map(|(name, first, last)| format!("{name} {first} to {last}")).collect();
    named.sort();
    let named = named.join(", ");
    (!named.is_empty()).then(|| {
        say(&format!("without a code of this system, and left out: {named}"));
        ("left out, without a code", named)
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
    portfolios.check_kind()?;
    let set = portfolios.set(&[], gazetteer)?;
    let kind = portfolios.portfolio;
    let span = years_told(&network, kind).context("no dated source of these portfolios: a panel has nothing to say")?;
    let (from, to) = (panel.from.unwrap_or(span.0).max(span.0), panel.to.unwrap_or(span.1).min(span.1));
    let made = dated_portfolios(
        &network,
        PortfolioRule { kind, statuses: rule, organisations: &set },
        &roster,
        panel.codes,
        from..=to,
    );
    let (years, possible) = (made.certain, made.possible);
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
    about.extend(left_out(&made.without_code, gazetteer));
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

/// A two-mode table with years.
fn table(path: &Path, portfolios: &Portfolios, ask: &Ask, gazetteer: &Gazetteer) -> anyhow::Result<Source> {
    portfolios.check_table(ask)?;
    anyhow::ensure!(ask.lens()?.as_of.is_none(), "a panel has its own dates: --from and --to");
    let read = read_table(path)?;
    anyhow::ensure!(read.has_years(), "{}: a panel needs the column year", path.display());
    let mut years = read.member_years()?;
    let set = portfolios.set(&years.organisations, gazetteer)?;
    if !set.is_all() {
        let kept = (0..years.organisations.len()).filter(|at| set.holds(&years.organisations[*at], gazetteer));
        let kept: Vec<usize> = kept.collect();
        years = years.with_organisations(&kept);
    }
    let span = years.span().with_context(|| format!("{}: no row", path.display()))?;
    Ok(Source {
        span,
        years,
        possible: None,
        labels: ["member1", "member2"].map(|name| (name.to_owned(), "label of the table".to_owned())),
        count: ("shared", "organizations in which both have a row in the year; of weights the smaller".to_owned()),
        about: [("source", path.display().to_string()), ("members", "those with a row in the year".to_owned())]
            .into_iter()
            .chain(set.caption().map(|caption| ("organisations", caption)))
            .collect(),
        sound: read.problems.is_empty(),
    })
}
