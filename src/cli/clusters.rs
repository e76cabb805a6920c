//! `legation clusters`: blocs of states that are tied among themselves, and how sure that is.

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::blocs::{self, Ties};
use super::graphs::{GraphChoice, Graphs, Named};
use super::groupings;
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
    /// First seed, by default 1
    #[arg(long)]
    seed: Option<u64>,
    /// How many seeds, one after the other, by default 32
    #[arg(long, value_name = "N")]
    runs: Option<usize>,
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
    /// A row a grouping known beforehand: regions, organisations, that of --compare
    #[arg(long, conflicts_with_all = ["scan", "since", "each"])]
    pub agreement: bool,
    /// A grouping to compare with: a table of two columns, member and group
    #[arg(long, value_name = "FILE")]
    pub compare: Option<std::path::PathBuf>,
    /// How many cliques, by default 10
    #[arg(short, long = "count", value_name = "N")]
    n: Option<usize>,
    #[command(flatten)]
    pub graph: GraphChoice,
}

/// Steps after which the search for cliques ends.
const CLIQUE_STEPS: u64 = 20_000_000;

/// Nodes up to which linkage is taken: it holds all pairs.
const LINKED: usize = 5000;

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let graphs = arguments.graph.open(Projection::MutualMissions, gazetteer)?;
    arguments.check()?;
    let answer = match arguments.method {
        MethodName::KCore => cores(&graphs, arguments)?,
        MethodName::Cliques => largest_cliques(&graphs, arguments)?,
        _ if arguments.scan.is_some() => blocs::scanned(&graphs, arguments)?,
        _ if arguments.agreement => groupings::agreed(&graphs, arguments, gazetteer)?,
        _ => match &arguments.since {
            Some(date) => blocs::moved(&graphs, arguments, date)?,
            None => blocs::found(&graphs, arguments, gazetteer)?,
        },
    };
    let outcome = arguments.graph.ask.print(&answer)?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}

impl Arguments {
    /// The first seed.
    pub(super) fn first_seed(&self) -> u64 {
        self.seed.unwrap_or(1)
    }

    /// How many seeds.
    pub(super) fn many_runs(&self) -> usize {
        self.runs.unwrap_or(32)
    }

    /// The question with its graph and method.
    pub(super) fn question(&self, named: &Named<'_>, more: &str) -> String {
        let method = self.method.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        format!("clusters {} --method {method}{more}", named.asked)
    }

    /// Refuses what gives no single partition.
    pub(super) fn check_partition(&self) -> anyhow::Result<()> {
        let parts = !matches!(self.method, MethodName::KCore | MethodName::Cliques);
        anyhow::ensure!(
            parts && self.scan.is_none() && self.since.is_none() && !self.agreement && !self.each,
            "a picture shows one partition: no --scan, --since, --agreement or --each, no cores or cliques"
        );
        self.check()
    }

    /// Refuses what has no meaning for the method.
    fn check(&self) -> anyhow::Result<()> {
        use MethodName as M;
        let parts = !matches!(self.method, M::KCore | M::Cliques);
        let drawn = parts && self.method != M::Hierarchical;
        let resolved = matches!(self.method, M::Leiden | M::Louvain | M::Cpm);
        let only = |set: bool, flag: &str, fine: bool, of: &str| {
            anyhow::ensure!(!set || fine, "{flag}: only of {of}");
            Ok(())
        };
        only(self.since.is_some(), "--since", parts, "methods that put every state in one bloc")?;
        only(
            self.compare.is_some() || self.agreement,
            "--compare and --agreement",
            parts,
            "methods that put every state in one bloc",
        )?;
        only(
            self.seed.is_some() || self.runs.is_some() || self.best,
            "--seed, --runs and --best",
            drawn,
            "methods that draw",
        )?;
        only(
            self.resolution.is_some(),
            "--resolution",
            resolved || self.method == M::Hierarchical,
            "methods with a resolution",
        )?;
        only(self.scan.is_some(), "--scan", resolved, "leiden, louvain and cpm")?;
        only(self.groups.is_some(), "--groups", self.method == M::Hierarchical, "--method hierarchical")?;
        only(self.n.is_some(), "-n", self.method == M::Cliques, "--method cliques")?;
        let whole = self.scan.is_none() && self.since.is_none();
        only(
            self.compare.is_some() || self.each,
            "--compare and --each",
            whole,
            "one partition, not of --scan or --since",
        )?;
        only(
            self.groups.is_some() && self.resolution.is_some(),
            "--resolution",
            false,
            "a cut where modularity is greatest, not of --groups",
        )?;
        anyhow::ensure!(self.many_runs() > 0, "--runs 0 finds nothing");
        Ok(())
    }

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
            let (from, to) = ends.with_context(|| format!("--scan {text}: say two numbers above 0, as 0.5..3"))?;
            anyhow::ensure!(from < to, "--scan {text}: {from} is not below {to}");
            (from, to)
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
    let question = arguments.question(&named, "");
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
            answer.row(vec![k, Cell::Integer(size), Cell::Integer(all), Cell::List(named.labels(shell))], &[]);
        }
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(
        "core k: states that have k partners or more in it, but are in no core of more; within: with those of higher cores"
            .to_owned(),
    );
    Ok(answer)
}

fn largest_cliques(graphs: &Graphs<'_>, arguments: &Arguments) -> anyhow::Result<Answer> {
    let most = arguments.n.unwrap_or(10);
    let named = graphs.named()?;
    let nodes = named.graph.nodes();
    anyhow::ensure!(
        nodes <= 20_000,
        "{nodes} nodes are too many for cliques, which are sought over rows of bits: at most 20000"
    );
    let found = cliques(&named.graph, most, CLIQUE_STEPS);
    let mut answer = Answer::new(arguments.question(&named, ""), named.lens.clone(), &["clique", "size", "members"]);
    for (number, clique) in (1..).zip(&found.largest) {
        let size = i64::try_from(clique.len())?;
        answer.row(vec![Cell::Integer(number), Cell::Integer(size), Cell::List(named.labels(clique))], &[]);
    }
    answer.notes.push(named.caption.clone());
    answer.notes.push(if found.complete {
        format!("{} groups of three and more to which nobody could be added; the largest are shown", found.seen)
    } else {
        format!("the search ended after {CLIQUE_STEPS} steps and {} groups: there may be larger ones", found.seen)
    });
    Ok(answer)
}
