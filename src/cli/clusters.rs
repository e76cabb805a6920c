//! `legation clusters`: blocs of states that are tied among themselves, and how sure that is.

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::blocs::{self, Ties};
use super::graphs::{GraphChoice, Graphs};
use super::shared::Outcome;
use crate::analysis::Projection;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;
use crate::structure::communities::{Method, Quality, cliques, core_numbers};

/// How blocs are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MethodName {
    /// Leiden on modularity
    Leiden,
    /// Louvain on modularity
    Louvain,
    /// Label propagation
    Label,
    /// Leiden on the constant Potts model, whose resolution is a weight
    Cpm,
    /// Average linkage, cut where modularity is greatest
    Hierarchical,
    /// Cores: who has at least k partners in its core
    KCore,
    /// The largest groups in which all are tied with all
    Cliques,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Method
    #[arg(long, value_enum, default_value = "leiden")]
    pub method: MethodName,
    /// Resolution: larger ones give more and smaller blocs; by default 1, for cpm the mean weight of a pair
    #[arg(long, value_name = "GAMMA")]
    pub resolution: Option<f64>,
    /// Go through resolutions, by default 0.25 to 4 (for cpm times the mean weight), and tell on which plateaus blocs stay
    #[arg(long, value_name = "FROM..TO", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["resolution", "since"])]
    pub scan: Option<String>,
    /// How many resolutions a scan has
    #[arg(long, default_value_t = 17, value_name = "N")]
    pub steps: usize,
    /// First seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many seeds, one after the other
    #[arg(long, default_value_t = 32, value_name = "N")]
    pub runs: usize,
    /// Cut hierarchical blocs so that there are so many
    #[arg(long, value_name = "N")]
    pub groups: Option<usize>,
    /// Another date: who has gone from which bloc to which since
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Take the best run instead of the consensus of all
    #[arg(long)]
    pub best: bool,
    /// A row a state
    #[arg(long)]
    pub each: bool,
    /// A grouping to compare with: a table of two columns, state and group
    #[arg(long, value_name = "FILE")]
    pub compare: Option<std::path::PathBuf>,
    /// How many cliques
    #[arg(short, long = "count", default_value_t = 10, value_name = "N")]
    n: usize,
    #[command(flatten)]
    pub graph: GraphChoice,
}

/// Steps after which the search for cliques ends.
const CLIQUE_STEPS: u64 = 20_000_000;

/// Nodes up to which linkage is taken: it holds all pairs.
const LINKED: usize = 5000;

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let graphs = arguments.graph.open(Projection::MutualMissions, gazetteer)?;
    anyhow::ensure!(arguments.runs > 0, "--runs 0 finds nothing");
    let finds_groups = !matches!(arguments.method, MethodName::KCore | MethodName::Cliques);
    let asked_of_groups = arguments.scan.is_some()
        || arguments.since.is_some()
        || arguments.resolution.is_some()
        || arguments.best
        || arguments.compare.is_some();
    anyhow::ensure!(
        finds_groups || !asked_of_groups,
        "--scan, --since, --resolution, --best and --compare are of methods that put every state in one bloc"
    );
    anyhow::ensure!(
        arguments.groups.is_none() || arguments.method == MethodName::Hierarchical,
        "--groups is of --method hierarchical"
    );
    anyhow::ensure!(
        arguments.resolution.is_none() || arguments.method != MethodName::Label,
        "label propagation has no resolution"
    );
    anyhow::ensure!(
        arguments.scan.is_none() || !matches!(arguments.method, MethodName::Label | MethodName::Hierarchical),
        "--scan is of methods with a resolution: leiden, louvain, cpm"
    );
    let answer = match arguments.method {
        MethodName::KCore => cores(&graphs, arguments)?,
        MethodName::Cliques => largest_cliques(&graphs, arguments.n)?,
        _ if arguments.scan.is_some() => blocs::scanned(&graphs, arguments)?,
        _ => match &arguments.since {
            Some(date) => blocs::moved(&graphs, arguments, date)?,
            None => blocs::found(&graphs, arguments, gazetteer)?,
        },
    };
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}

impl Arguments {
    /// The method on some ties, with its resolution.
    pub(super) fn method_on(&self, ties: &Ties<'_>) -> anyhow::Result<Method> {
        let cpm = self.method == MethodName::Cpm;
        let resolution = self.resolution.unwrap_or(if cpm { ties.mean_weight() } else { 1.0 });
        anyhow::ensure!(resolution.is_finite() && resolution > 0.0, "--resolution {resolution} is no number above 0");
        let quality = if cpm { Quality::Cpm { resolution } } else { Quality::Modularity { resolution } };
        Ok(match self.method {
            MethodName::Louvain => Method::Louvain(quality),
            MethodName::Label => Method::Labels,
            MethodName::Hierarchical => {
                let nodes = ties.graph.nodes();
                anyhow::ensure!(
                    nodes <= LINKED,
                    "{nodes} nodes are too many for linkage, which holds all pairs: at most {LINKED}"
                );
                Method::Hierarchy(quality)
            }
            _ => Method::Leiden(quality),
        })
    }

    /// Resolutions of a scan.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn resolutions(&self, ties: &Ties<'_>) -> anyhow::Result<Vec<f64>> {
        let text = self.scan.as_deref().unwrap_or_default();
        let mean = if self.method == MethodName::Cpm { ties.mean_weight() } else { 1.0 };
        let (from, to) = if text.is_empty() {
            (0.25 * mean, 4.0 * mean)
        } else {
            let number = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
            let ends = text.split_once("..").and_then(|(from, to)| Some((number(from)?, number(to)?)));
            ends.filter(|(from, to)| from < to).with_context(|| format!("--scan {text}: say 0.5..3"))?
        };
        anyhow::ensure!(self.steps > 1, "--steps {} is no scan", self.steps);
        let step = |at: usize| from * (to / from).powf(at as f64 / (self.steps - 1) as f64);
        Ok((0..self.steps).map(step).collect())
    }
}

fn cores(graphs: &Graphs<'_>, arguments: &Arguments) -> anyhow::Result<Answer> {
    let named = graphs.named()?;
    let core = core_numbers(&named.graph);
    let mut order: Vec<usize> = (0..core.len()).collect();
    order.sort_by_key(|node| std::cmp::Reverse(core[*node]));
    let question = "clusters --method k-core".to_owned();
    let columns: &[&str] = if arguments.each { &["core", "state"] } else { &["core", "size", "within", "members"] };
    let mut answer = Answer::new(question, named.lens.clone(), columns);
    let mut within = 0usize;
    for shell in order.chunk_by(|one, other| core[*one] == core[*other]) {
        let k = Cell::Integer(i64::try_from(core[shell[0]])?);
        within += shell.len();
        if arguments.each {
            shell.iter().for_each(|node| answer.row(vec![k.clone(), named.cell(*node)], &[]));
        } else {
            let (size, all) = (i64::try_from(shell.len())?, i64::try_from(within)?);
            answer.row(vec![k, Cell::Integer(size), Cell::Integer(all), Cell::from(named.list(shell))], &[]);
        }
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(
        "core k: states that have k partners or more in it, but are in no core of more; within: with those of higher cores"
            .to_owned(),
    );
    Ok(answer)
}

fn largest_cliques(graphs: &Graphs<'_>, most: usize) -> anyhow::Result<Answer> {
    let named = graphs.named()?;
    let nodes = named.graph.nodes();
    anyhow::ensure!(
        nodes <= 20_000,
        "{nodes} nodes are too many for cliques, which are sought over rows of bits: at most 20000"
    );
    let found = cliques(&named.graph, most, CLIQUE_STEPS);
    let mut answer =
        Answer::new("clusters --method cliques".to_owned(), named.lens.clone(), &["clique", "size", "members"]);
    for (number, clique) in (1..).zip(&found.largest) {
        let size = i64::try_from(clique.len())?;
        answer.row(vec![Cell::Integer(number), Cell::Integer(size), Cell::from(named.list(clique))], &[]);
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(if found.complete {
        format!("{} groups of three and more to which nobody could be added; the largest are shown", found.seen)
    } else {
        format!("the search ended after {CLIQUE_STEPS} steps and {} groups: there may be larger ones", found.seen)
    });
    Ok(answer)
}
