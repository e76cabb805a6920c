//! `legation overlap`: organisations that states share, for some states, for all pairs, for every year.

use clap::Args;

use super::affiliations::{Comparison, Loaded};
use super::dyad_years::{self, Panel};
use super::nulls::Nulls;
use super::shared::{Outcome, one_of};
use super::{all_pairs, neighbours};
use crate::affiliation::{Compared, Intersection, Measure, intersections};
use crate::analysis::{self, PortfolioKind};
use crate::export::{Answer, Cell};
use crate::graph::{Network, View};
use crate::model::{Fact, Statement, TieKind};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// States (or members of --table) to compare, two or more
    #[arg(conflicts_with_all = ["all", "panel", "top"])]
    states: Vec<String>,
    /// Every organisation in a row, with the status of each state and its sources
    #[arg(long, requires = "states")]
    each: bool,
    /// Every pair of the roster (un193 if none is given): a matrix of one measure, or with --long a row a pair
    #[arg(long, conflicts_with = "panel")]
    all: bool,
    /// A row a pair: sizes, shared count, measures, what is expected by chance and the p-value
    #[arg(long)]
    long: bool,
    /// Measures, by commas; with states, a row a pair
    #[arg(long, value_delimiter = ',', value_parser = one_of(&Measure::ALL, Measure::name))]
    measure: Vec<Measure>,
    /// The N nearest of every member of --table, for tables of any size
    #[arg(long, value_name = "N", requires = "table", conflicts_with_all = ["all", "panel"])]
    top: Option<usize>,
    #[command(flatten)]
    panel: Panel,
    #[command(flatten)]
    comparison: Comparison,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Arguments { states, all, long, measure, top, panel, comparison, .. } = arguments;
    let Comparison { portfolios, nulls, ask } = comparison;
    panel.check(arguments.each || *long)?;
    if panel.panel {
        return dyad_years::run(panel, portfolios, measure, ask, gazetteer);
    }
    if let Some(top) = top {
        return neighbours::run(*top, portfolios, measure, ask);
    }
    if *all {
        let loaded = portfolios.load(ask, &[], gazetteer)?;
        return all_pairs::run(&loaded, *long, measure, nulls, ask);
    }
    anyhow::ensure!(!*long || states.is_empty() || !arguments.each, "--each and --long are two answers: say one");
    anyhow::ensure!(states.len() > 1, "name two states or more, or say --all, --panel or --top: see overlap --help");
    let loaded = portfolios.load(ask, states, gazetteer)?;
    let members = states.iter().map(|state| loaded.member(state)).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some((later, state)) = states.iter().enumerate().find(|(at, _)| members[..*at].contains(&members[*at])) {
        anyhow::bail!("\"{state}\" is {} again, which is named before", loaded.name(members[later]));
    }
    let slugs: Vec<&str> = members.iter().map(|at| loaded.table.members[*at].as_str()).collect();
    let question = format!("overlap {}", slugs.join(" "));
    if *long || !measure.is_empty() {
        return all_pairs::some(&loaded, question, &members, measure, nulls, ask);
    }
    let told = loaded.is_world() && portfolios.portfolio == PortfolioKind::Memberships;
    let network = if told { Some(ask.network(gazetteer)?) } else { None };
    let lens = ask.lens()?;
    let sources = network.as_deref().map(|network| Sources { network, view: network.view(lens) });
    let answer = match (arguments.each, &sources) {
        (true, Some(sources)) => each(question, &loaded, &members, sources),
        (true, None) => anyhow::bail!("--each tells statuses and sources of memberships, which this table has not"),
        (false, _) => together(question, &loaded, &members, nulls, sources.as_ref())?,
    };
    let outcome = ask.print(&answer)?;
    Ok(if loaded.sound { outcome } else { Outcome::Nothing })
}

/// Who holds an intersection: all, some or only one, as a cell.
fn held_by(loaded: &Loaded<'_>, members: &[usize], holders: &[bool]) -> Cell {
    let holding = || members.iter().zip(holders).filter(|(_, holds)| **holds).map(|(member, _)| *member);
    let labels: Vec<&str> = holding().map(|at| loaded.table.members[at].as_str()).collect();
    let names: Vec<String> = holding().map(|at| loaded.name(at)).collect();
    let marks: Vec<&str> = holders.iter().map(|holds| if *holds { "●" } else { "○" }).collect();
    let only = if names.len() == 1 { "only " } else { "" };
    Cell::Entity { slug: labels.join("; "), name: format!("{} {only}{}", marks.join(""), names.join(", ")) }
}

/// A row an intersection, as an `UpSet` plot has its bars.
fn together(
    question: String,
    loaded: &Loaded<'_>,
    members: &[usize],
    nulls: &Nulls,
    sources: Option<&Sources<'_>>,
) -> anyhow::Result<Answer> {
    let table = &loaded.table;
    let mut answer = Answer::new(question, loaded.lens.clone(), &["held_by", "count", "organizations"]);
    for Intersection { holders, organisations } in intersections(table, members) {
        let labels: Vec<&str> = organisations.iter().map(|at| table.organisations[*at].as_str()).collect();
        let mut names: Vec<String> = organisations.iter().map(|at| loaded.short(*at)).collect();
        names.sort_by_key(|name| crate::names::fold(name));
        let count = i64::try_from(organisations.len()).unwrap_or(i64::MAX);
        let cells = vec![
            held_by(loaded, members, &holders),
            Cell::Integer(count),
            Cell::Entity { slug: labels.join("; "), name: names.join(", ") },
        ];
        let facts: Vec<&Fact> = sources
            .iter()
            .flat_map(|sources| labels.iter().flat_map(|label| sources.of(loaded, members, label)))
            .map(|(_, fact)| fact)
            .collect();
        answer.row(cells, &analysis::evidence(&facts));
    }
    let compared = Compared::new(table, loaded.range);
    let sizes: Vec<String> =
        members.iter().map(|at| format!("{} {}", loaded.name(*at), count_text(compared.pair(*at, *at).one))).collect();
    let columns = table.organisations.len();
    let caption = if loaded.caption.is_empty() { String::new() } else { format!("{}; ", loaded.caption) };
    answer.notes.push(format!("{caption}{} of {columns} organisations", sizes.join(", ")));
    if let [one, other] = members {
        let value = |measure: Measure| {
            compared.measure(measure, *one, *other).map_or_else(|| "NA".to_owned(), |value| format!("{value:.4}"))
        };
        let shared = count_text(compared.pair(*one, *other).shared);
        let shown = [Measure::Jaccard, Measure::Overlap, Measure::Cosine, Measure::Kappa, Measure::S];
        let shown: Vec<String> =
            shown.into_iter().map(|measure| format!("{} {}", measure.name(), value(measure))).collect();
        answer.notes.push(format!("shared {shared}; {}", shown.join(", ")));
        let (fitted, said) = loaded.fitted(nulls)?;
        let (p, expected) = (fitted.upper(*one, *other), fitted.expected(*one, *other));
        let p = Cell::Probability(p).shown();
        answer.notes.push(format!("{expected:.1} expected by chance, P(as many or more) = {p}; {said}"));
        answer.notes.extend(loaded.misled(nulls));
    } else {
        answer.notes.push("--measure shared,jaccard compares every two of them".to_owned());
    }
    if loaded.is_world() {
        answer.notes.push("counts are of what these documents state; a state they say less of shares less".to_owned());
    }
    Ok(answer)
}

/// A count, with decimals only where weights make some.
fn count_text(count: f64) -> String {
    if count.fract() == 0.0 { format!("{count:.0}") } else { format!("{count:.2}") }
}

/// A row an organisation.
fn each(question: String, loaded: &Loaded<'_>, members: &[usize], sources: &Sources<'_>) -> Answer {
    let mut answer =
        Answer::new(question, loaded.lens.clone(), &["organization", "abbreviation", "held_by", "statuses"]);
    for Intersection { holders, organisations } in intersections(&loaded.table, members) {
        for at in organisations {
            let slug = &loaded.table.organisations[at];
            let facts = sources.of(loaded, members, slug);
            let statuses = facts.iter().filter_map(|(member, fact)| match fact.tie.value() {
                Statement::Membership { status, .. } => {
                    Some(format!("{}: {} ({})", loaded.name(*member), status.word(), status.class().name()))
                }
                _ => None,
            });
            let statuses: Vec<String> = statuses.collect();
            let gazetteer = sources.network.gazetteer;
            let abbreviation = gazetteer.organisation(slug).map_or("", |found| found.abbreviation.as_str());
            let facts: Vec<&Fact> = facts.into_iter().map(|(_, fact)| fact).collect();
            let cells = vec![
                loaded.named(slug),
                Cell::from(abbreviation),
                held_by(loaded, members, &holders),
                Cell::from(statuses.join("; ")),
            ];
            answer.row(cells, &analysis::evidence(&facts));
        }
    }
    answer.notes.push(loaded.caption.clone());
    answer
}

/// The facts behind memberships of a data set.
struct Sources<'n> {
    network: &'n Network<'n>,
    view: View<'n>,
}

impl<'n> Sources<'n> {
    /// The memberships of some members in an organisation, by member.
    fn of(&self, loaded: &Loaded<'_>, members: &[usize], organisation: &str) -> Vec<(usize, &'n Fact)> {
        let Some(organisation) = self.network.node(organisation) else { return Vec::new() };
        let nodes = members.iter().filter_map(|at| Some((*at, self.network.node(&loaded.table.members[*at])?)));
        let facts = nodes.flat_map(|(member, node)| {
            let found = self.view.between(node, organisation, TieKind::Membership);
            found.into_iter().map(move |fact| (member, fact))
        });
        facts.filter(|(_, fact)| !fact.is_denied()).collect()
    }
}
