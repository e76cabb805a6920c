//! Where the portfolios of a comparison come from, and which of them count: flags of `overlap`, `similar` and
//! `backbone`.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::inputs::bytes;
use super::messages::problem;
use super::nulls::Nulls;
use super::shared::{Ask, one_of};
use super::tables::{counted, own_states, read_table, state_of, state_year_bytes};
use crate::affiliation::{Affiliations, BitRows, Fitted, Null, StateYears, near_universal, ones};
use crate::analysis::{OrganisationSet, PortfolioKind, PortfolioRule, StatusRule, closed_by_region, portfolios};
use crate::export::Cell;
use crate::graph::{Lens, QueryError};
use crate::model::{Day, Problem, Rows};
use crate::names::{Gazetteer, nearest};

/// Which portfolios are compared.
#[derive(Debug, Args)]
pub(super) struct Portfolios {
    /// Any table of two columns, member and organization, with weight and year if it has them, in the place of the
    /// data set
    #[arg(long, value_name = "FILE", conflicts_with_all = ["data", "also"])]
    pub table: Option<PathBuf>,
    /// Of what portfolios are made
    #[arg(long, default_value = "memberships", value_parser = one_of(&PortfolioKind::ALL, PortfolioKind::name))]
    pub portfolio: PortfolioKind,
    /// Memberships that count: full, any, or classes as full,associate or full=1,associate=0.5
    #[arg(long, visible_alias = "status", value_name = "RULE")]
    pub joint: Option<String>,
    /// Organisations of these kinds only: igo, bank, treaty …
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    pub kind: Vec<String>,
    /// Universal or regional organisations only
    #[arg(long, value_parser = ["universal", "regional"])]
    pub scope: Option<String>,
    /// Organisations founded in these years only, as 1945..1990
    #[arg(long, value_name = "YEARS")]
    pub founded: Option<String>,
    /// Organisations most of whose members lie in a region only, as europe or western-africa
    #[arg(long)]
    pub region: Option<String>,
    /// These organisations only: names, abbreviations, or a family as UN-system
    #[arg(long, value_delimiter = ',', value_name = "ORG")]
    pub only: Vec<String>,
    /// None of these organisations
    #[arg(long, value_delimiter = ',', value_name = "ORG")]
    pub without: Vec<String>,
    /// Greatest distance of two levels for S, if the table's own levels do not show it
    #[arg(long, value_name = "D")]
    pub range: Option<f64>,
    /// Weights of organisations in sums and measures of agreement: a table with the columns organization and weight
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
}

/// Flags of every comparison.
#[derive(Debug, Args)]
pub(super) struct Comparison {
    #[command(flatten)]
    pub portfolios: Portfolios,
    #[command(flatten)]
    pub nulls: Nulls,
    #[command(flatten)]
    pub ask: Ask,
}

/// A table that is compared, with what must be said of it.
pub(super) struct Loaded<'g> {
    pub table: Affiliations,
    /// Date and roster, or the table's name.
    pub lens: String,
    /// Which memberships and organisations count.
    pub caption: String,
    /// Whether every row of the input was read.
    pub sound: bool,
    /// Greatest distance of two levels, where the user says it.
    pub range: Option<f64>,
    /// COW codes of the members, where they come with any.
    codes: Vec<String>,
    /// Names, where members and organisations have any.
    gazetteer: Option<&'g Gazetteer>,
    kind: PortfolioKind,
    closed: OnceCell<Option<BitRows>>,
    day: Option<Day>,
}

impl Portfolios {
    /// Portfolios of the data set, with every organisation.
    pub(super) fn of(portfolio: PortfolioKind, joint: Option<String>) -> Portfolios {
        Portfolios {
            table: None,
            portfolio,
            joint,
            kind: Vec::new(),
            scope: None,
            founded: None,
            region: None,
            only: Vec::new(),
            without: Vec::new(),
            range: None,
            weights: None,
        }
    }

    /// The rule of statuses; `usual` where none is asked for.
    pub(super) fn rule(&self, usual: StatusRule) -> anyhow::Result<StatusRule> {
        Ok(match &self.joint {
            Some(text) => StatusRule::parse(text).context("--joint")?,
            None => usual,
        })
    }

    /// A table with the weights of its organisations, if the user gives any; who has none weighs 1.
    fn weighted(&self, table: Affiliations, gazetteer: &Gazetteer) -> anyhow::Result<(Affiliations, bool)> {
        let Some(path) = &self.weights else { return Ok((table, true)) };
        let text = bytes(path)?;
        let text = String::from_utf8(text).map_err(|_| anyhow::anyhow!("{}: not UTF-8", path.display()))?;
        let rows = Rows::new(&text);
        let column = |name: &str| rows.header.iter().position(|known| known.trim().eq_ignore_ascii_case(name));
        let (Some(organisation), Some(weight)) = (column("organization"), column("weight")) else {
            anyhow::bail!("{}:1: the columns organization and weight are needed", path.display());
        };
        let mut weights = vec![1.0; table.organisations.len()];
        let mut sound = true;
        for row in rows {
            let cell = |at: usize| row.cells.get(at).map_or("", str::trim);
            let value: Option<f64> = cell(weight).parse().ok().filter(|value: &f64| value.is_finite() && *value >= 0.0);
            let names = OrganisationSet::named(cell(organisation), &table.organisations, gazetteer);
            let (Some(value), Ok(names)) = (value, names) else {
                let message = format!("\"{}\" weighs \"{}\": row skipped", cell(organisation), cell(weight));
                problem(&Problem { file: path.display().to_string(), line: row.line, message, lost: true });
                sound = false;
                continue;
            };
            for (at, _) in table.organisations.iter().enumerate().filter(|(_, label)| names.contains(*label)) {
                weights[at] = value;
            }
        }
        Ok((Affiliations { weights, ..table }, sound))
    }

    /// Refuses what has no meaning for ties between states.
    pub(super) fn check_kind(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.portfolio == PortfolioKind::Memberships || !self.chooses() && self.joint.is_none(),
            "--joint and sets of organisations are of memberships, not of {}",
            self.portfolio.name()
        );
        Ok(())
    }

    /// Refuses what has no meaning for a table of any field.
    pub(super) fn check_table(&self, ask: &Ask) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.joint.is_none()
                && self.portfolio == PortfolioKind::Memberships
                && ask.roster.is_none()
                && !ask.certain,
            "--joint, --portfolio, --roster and --certain are of data sets: a table has its own members and weights"
        );
        Ok(())
    }

    /// Whether not every organisation counts.
    pub(super) fn chooses(&self) -> bool {
        let named = [&self.kind, &self.only, &self.without].into_iter().any(|names| !names.is_empty());
        named || self.scope.is_some() || self.founded.is_some() || self.region.is_some()
    }

    /// The set of organisations that counts, of a table's own labels.
    pub(super) fn set(&self, labels: &[String], gazetteer: &Gazetteer) -> anyhow::Result<OrganisationSet> {
        let founded = self.founded.as_deref().map(|text| years(text).with_context(|| format!("--founded {text}")));
        let mut set = OrganisationSet {
            kinds: self.kind.clone(),
            scope: self.scope.clone(),
            founded: founded.transpose()?,
            region: self.region.clone(),
            ..OrganisationSet::default()
        };
        for (names, into) in [(&self.only, &mut set.only), (&self.without, &mut set.without)] {
            for name in names {
                into.extend(OrganisationSet::named(name, labels, gazetteer)?);
            }
        }
        set.check(gazetteer)?;
        Ok(set)
    }

    /// Loads the table in which `asked` are compared.
    pub(super) fn load<'g>(&self, ask: &Ask, asked: &[String], gazetteer: &'g Gazetteer) -> anyhow::Result<Loaded<'g>> {
        let loaded = self.load_plain(ask, asked, gazetteer)?;
        let (table, sound) = self.weighted(loaded.table, gazetteer)?;
        let weights = self.weights.as_ref().map(|path| format!("weights: {}", path.display()));
        let captions = [Some(loaded.caption).filter(|caption| !caption.is_empty()), weights];
        let caption = captions.into_iter().flatten().collect::<Vec<_>>().join("; ");
        Ok(Loaded { table, caption, sound: loaded.sound && sound, ..loaded })
    }

    fn load_plain<'g>(&self, ask: &Ask, asked: &[String], gazetteer: &'g Gazetteer) -> anyhow::Result<Loaded<'g>> {
        if let Some(path) = &self.table {
            return self.load_table(path, ask, gazetteer);
        }
        let rule = self.rule(StatusRule::full())?;
        if let Some(bytes) = ask.data.as_deref().map(state_year_bytes).transpose()?.flatten() {
            return self.load_state_years(&bytes, &rule, ask, gazetteer);
        }
        let network = ask.network(gazetteer)?;
        let lens = ask.lens()?;
        let roster = ask.compared_roster()?;
        let also: Vec<_> = {
            let view = network.view(lens.clone());
            let found: Vec<_> = asked.iter().map(|name| view.find(name)).collect::<Result<_, _>>()?;
            let organisation = |node: &_| network.gazetteer.entity(view.slug(*node)).is_none();
            if let Some(node) = found.iter().find(|node| organisation(node)) {
                anyhow::bail!("{} is no state: legation members lists who belongs to it", view.name(*node));
            }
            found
        };
        let view = network.view(Lens { roster, ..lens.clone() });
        self.check_kind()?;
        let set = self.set(&[], gazetteer)?;
        let rule_of = PortfolioRule { kind: self.portfolio, statuses: &rule, organisations: &set };
        let table = portfolios(&view, rule_of, &also).within_reference();
        let set = set.caption();
        let caption = match self.portfolio {
            PortfolioKind::Memberships => [Some(format!("memberships: {}", rule.caption())), set]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("; "),
            kind => format!("portfolios: {}", kind.name()),
        };
        Ok(Loaded {
            table,
            lens: view.caption(),
            caption,
            sound: true,
            range: self.range,
            codes: Vec::new(),
            gazetteer: Some(gazetteer),
            kind: self.portfolio,
            closed: OnceCell::new(),
            day: lens.as_of,
        })
    }

    fn load_table<'g>(&self, path: &Path, ask: &Ask, gazetteer: &'g Gazetteer) -> anyhow::Result<Loaded<'g>> {
        self.check_table(ask)?;
        let read = read_table(path)?;
        let year = ask.lens()?.as_of.map(Day::year);
        anyhow::ensure!(year.is_none() || read.has_years(), "{}: --as-of needs the column year", path.display());
        let latest = read.span().map(|(_, last)| last);
        let year = if read.has_years() { year.or(latest) } else { None };
        let table = read.affiliations(year)?;
        if let Some(year) = year.filter(|_| table.members.is_empty()) {
            let (first, last) = read.span().unwrap_or_default();
            anyhow::bail!("{}: no row of {year}; its years are {first} to {last}", path.display());
        }
        let greatest = table.scale().last().copied().unwrap_or(1.0);
        if let Some(range) = self.range.filter(|range| *range < greatest) {
            anyhow::bail!("--range {range} is less than the greatest level of the table, {greatest}");
        }
        let set = self.set(&table.organisations, gazetteer)?;
        let table = chosen(table, &set, gazetteer);
        let lens = year.map_or_else(|| path.display().to_string(), |year| format!("{} in {year}", path.display()));
        let weights: Vec<String> = table.scale().iter().skip(1).map(ToString::to_string).collect();
        let weighted = (!table.is_plain()).then(|| format!("levels 0, {}", weights.join(", ")));
        let caption: Vec<String> = [weighted, set.caption()].into_iter().flatten().collect();
        Ok(Loaded {
            table,
            lens,
            caption: caption.join("; "),
            sound: read.problems.is_empty(),
            range: self.range,
            codes: Vec::new(),
            gazetteer: None,
            kind: self.portfolio,
            closed: OnceCell::new(),
            day: None,
        })
    }

    fn load_state_years<'g>(
        &self,
        bytes: &[u8],
        rule: &StatusRule,
        ask: &Ask,
        gazetteer: &'g Gazetteer,
    ) -> anyhow::Result<Loaded<'g>> {
        let path = ask.data.as_deref().unwrap_or(Path::new("")).display().to_string();
        own_states(ask, &path)?;
        anyhow::ensure!(self.portfolio == PortfolioKind::Memberships, "{path} has memberships only");
        let read = StateYears::read(&path, bytes);
        read.problems.iter().for_each(problem);
        let Some((first, last)) = read.span() else { anyhow::bail!("{path}: no row of a state and year") };
        let year = ask.lens()?.as_of.map_or(last, Day::year);
        anyhow::ensure!((first..=last).contains(&year), "{path} speaks of {first} to {last}, not of {year}");
        let mut table = read.years(rule.cow()).on(year);
        let codes = table.members.clone();
        let day = Day::new(year, 12, 31).context("--as-of")?;
        table.members = codes.iter().map(|code| state_of(code, year, gazetteer)).collect();
        table.organisations = table.organisations.iter().map(|name| gazetteer.organisation_of_cow(name)).collect();
        let set = self.set(&table.organisations, gazetteer)?;
        let table = chosen(table, &set, gazetteer);
        let caption =
            [Some(format!("memberships: {}", rule.caption())), set.caption()].into_iter().flatten().collect::<Vec<_>>();
        Ok(Loaded {
            table,
            lens: format!("in {year}, states of the Correlates of War system"),
            caption: caption.join("; "),
            sound: read.problems.is_empty(),
            range: self.range,
            codes,
            gazetteer: Some(gazetteer),
            kind: PortfolioKind::Memberships,
            closed: OnceCell::new(),
            day: Some(day),
        })
    }
}

impl Loaded<'_> {
    /// Place of a member by a name that a user gives.
    pub(super) fn member(&self, name: &str) -> anyhow::Result<usize> {
        if let Some(at) = self.table.member(name).or_else(|| self.codes.iter().position(|code| code == name)) {
            return Ok(at);
        }
        let Some(gazetteer) = self.gazetteer else {
            let folded = name.to_lowercase();
            let found = self.table.members.iter().position(|label| label.to_lowercase() == folded);
            return found.ok_or_else(|| {
                let near = nearest(&folded, self.table.members.iter().map(String::as_str), 3);
                let hint =
                    if near.is_empty() { String::new() } else { format!(": did you mean {}?", near.join(" or ")) };
                anyhow::anyhow!("the table has no member \"{name}\"{hint}")
            });
        };
        let slug = gazetteer.resolve(name, self.day)?.slug().to_owned();
        self.table.member(&slug).ok_or_else(|| match (self.is_world(), self.day) {
            (false, Some(day)) => {
                let name = gazetteer.display(&slug);
                anyhow::anyhow!(
                    "{name} has no row of {} in this table: legation who {slug} tells its dates",
                    day.year()
                )
            }
            _ => QueryError::Absent { name: gazetteer.display(&slug).to_owned(), part_of: None }.into(),
        })
    }

    /// Whether members and organisations are those of a data set, with facts and sources.
    pub(super) fn is_world(&self) -> bool {
        self.gazetteer.is_some() && self.codes.is_empty()
    }

    /// A member as a cell.
    pub(super) fn cell(&self, member: usize) -> Cell {
        self.named(&self.table.members[member])
    }

    /// The name of a member.
    pub(super) fn name(&self, member: usize) -> String {
        self.cell(member).shown()
    }

    /// An organisation, or a partner, as a cell.
    pub(super) fn named(&self, label: &str) -> Cell {
        match self.gazetteer {
            Some(gazetteer) => Cell::Entity { slug: label.to_owned(), name: gazetteer.display(label).to_owned() },
            None => Cell::from(label),
        }
    }

    /// An organisation as short as it is known: its abbreviation, else its name.
    pub(super) fn short(&self, organisation: usize) -> String {
        let label = &self.table.organisations[organisation];
        let known = self.gazetteer.and_then(|gazetteer| gazetteer.organisation(label));
        match known.filter(|known| !known.abbreviation.is_empty()) {
            Some(known) => known.abbreviation.clone(),
            None => self.named(label).shown(),
        }
    }

    /// Cells that null models leave empty: of a state with itself, by region, and those that the user names.
    pub(super) fn closed(&self, nulls: &Nulls) -> anyhow::Result<Option<&BitRows>> {
        if self.closed.get().is_none() {
            let closed = self.closed_now(nulls)?;
            let _ = self.closed.set(closed);
        }
        Ok(self.closed.get().and_then(Option::as_ref))
    }

    /// Whether regional organisations are closed to states of other regions.
    fn by_region(&self, nulls: &Nulls) -> bool {
        let asked = nulls.eligible.as_deref().map_or(self.is_world(), |rule| rule == "region");
        asked && self.kind == PortfolioKind::Memberships && self.gazetteer.is_some()
    }

    fn closed_now(&self, nulls: &Nulls) -> anyhow::Result<Option<BitRows>> {
        let by_region = self.gazetteer.filter(|_| self.by_region(nulls));
        let by_region = by_region.map(|gazetteer| closed_by_region(&self.table, gazetteer));
        let mut closed = by_region.or_else(|| self.table.closed.clone());
        let Some(path) = &nulls.closed else { return Ok(closed) };
        let named = read_table(path)?.affiliations(None)?;
        let (members, organisations) = (self.table.members.len(), self.table.organisations.len());
        let cells = closed.get_or_insert_with(|| BitRows::new(members, organisations));
        for (row, member) in named.members.iter().enumerate() {
            let member = self.member(member).with_context(|| path.display().to_string())?;
            for column in ones(named.cells().row(row)) {
                let organisation = self.organisation(&named.organisations[column])?;
                anyhow::ensure!(
                    !self.table.cells().get(member, organisation),
                    "{}: {} is in {}, so that its cell is not closed",
                    path.display(),
                    self.name(member),
                    self.short(organisation)
                );
                cells.set(member, organisation);
            }
        }
        Ok(closed)
    }

    /// Place of an organisation by a name that a user gives.
    fn organisation(&self, name: &str) -> anyhow::Result<usize> {
        let place = |label: &str| self.table.organisations.iter().position(|known| known == label);
        let named = || self.gazetteer.and_then(|gazetteer| gazetteer.organisation_named(name)).and_then(place);
        place(name).or_else(named).ok_or_else(|| anyhow::anyhow!("the table has no organization \"{name}\""))
    }

    /// The null model fitted to the table, with what must be said of it.
    pub(super) fn fitted(&self, nulls: &Nulls) -> anyhow::Result<(Fitted<'_>, String)> {
        let null = nulls.model()?;
        anyhow::ensure!(
            self.gazetteer.is_some() || nulls.eligible.as_deref() != Some("region"),
            "--eligible region needs states and organisations of the gazetteer: a table has none"
        );
        let closed = self.closed(nulls)?;
        let draws = if let Null::Fdsm { samples, .. } = null { samples.into() } else { 0 };
        let bar = counted(draws, "tables");
        let fitted = Fitted::told(self.table.cells(), closed, null, &|| bar.inc(1))?;
        bar.finish_and_clear();
        let mut open = String::new();
        if self.by_region(nulls) {
            open.push_str("; regional organisations closed to states of regions without a member");
        }
        if self.table.closed.is_some() {
            open.push_str("; a state's own cell closed");
        }
        if let Some(path) = &nulls.closed {
            open.push_str(&format!("; cells of {} closed", path.display()));
        }
        debug_assert_eq!(open.is_empty(), closed.is_none());
        let weighed = if self.table.is_plain() && self.table.weights.is_empty() {
            ""
        } else {
            "; a cell is there or not, whatever it weighs"
        };
        let least = match null {
            Null::Fdsm { samples, .. } => format!("; no p-value below {:.4}", 1.0 / (f64::from(samples) + 1.0)),
            _ => String::new(),
        };
        let (members, organisations) = (self.table.members.len(), self.table.organisations.len());
        let said =
            format!("null model: {} of {members} members by {organisations}{open}{weighed}{least}", null.caption());
        Ok((fitted, said))
    }

    /// What to say of the hypergeometric where near-universal organisations make it mislead.
    pub(super) fn misled(&self, nulls: &Nulls) -> Option<String> {
        let many = near_universal(self.table.cells());
        (many > 0 && nulls.null == Nulls::HYPERGEOMETRIC).then(|| {
            format!(
                "the hypergeometric misleads here: {many} of {} have more than half of all members, and sharing these says \
                 little; --null sdsm allows for it",
                self.table.organisations.len()
            )
        })
    }
}

/// The organisations of a set.
fn chosen(table: Affiliations, set: &OrganisationSet, gazetteer: &Gazetteer) -> Affiliations {
    if set.is_all() { table } else { table.with_organisations(&set.places(&table, gazetteer)) }
}

/// First and last year of `1945..1990`, `1945..`, `..1990` or `1945`.
fn years(text: &str) -> anyhow::Result<(i16, i16)> {
    let year = |text: &str, open: i16| if text.is_empty() { Ok(open) } else { text.parse::<i16>() };
    let wrong = || anyhow::anyhow!("no years: say 1945..1990, 1945.. or 1945");
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (year(from, i16::MIN).map_err(|_| wrong())?, year(to, i16::MAX).map_err(|_| wrong())?);
    anyhow::ensure!(from <= to, "{from} lies after {to}");
    Ok((from, to))
}
