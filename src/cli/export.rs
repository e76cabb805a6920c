//! `legation export`: the network for other programs, one format each, and panels of it.

use crate::model::TieKind;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::messages::say;
use super::network_panels::{self, Rows, Years};
use super::shared::{Ask, Form, Outcome, one_of};
use crate::dataset::write_atomically;
use crate::export::{Exported, NetworkForm, Picked, placed};
use crate::graph::Lens;
use crate::names::Gazetteer;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// GraphML: NetworkX, igraph, Gephi, yEd, Cytoscape
    Graphml,
    /// GEXF 1.3 with dated ties: Gephi's timeline
    Gexf,
    /// Pajek's .net; two-mode for --tie membership
    Pajek,
    /// A flowchart for Markdown, of at most 500 ties
    Mermaid,
    /// Node-link JSON: NetworkX, D3
    Json,
    /// CSV, a row a tie
    Edges,
    /// CSV, a row a state or organisation
    Nodes,
    /// An openCypher script: Neo4j, Memgraph
    Cypher,
    /// Missions and posts as points: QGIS, Leaflet, R's sf
    Geojson,
    /// Missions and posts as placemarks: Google Earth
    Kml,
    /// Parquet, a row a tie: pandas, polars, DuckDB, R's arrow
    Parquet,
    /// A panel, a row a dyad and year: relations, missions, accreditations, shared memberships
    DyadYears,
    /// A panel, a row a state and year: how many of these it has
    CountryYears,
}

/// What a format is a form of.
enum What {
    Network(NetworkForm),
    Panel(Rows),
}

impl Format {
    fn what(self) -> What {
        What::Network(match self {
            Format::DyadYears => return What::Panel(Rows::Dyads),
            Format::CountryYears => return What::Panel(Rows::States),
            Format::Graphml => NetworkForm::Graphml,
            Format::Gexf => NetworkForm::Gexf,
            Format::Pajek => NetworkForm::Pajek,
            Format::Mermaid => NetworkForm::Mermaid,
            Format::Json => NetworkForm::Json,
            Format::Edges => NetworkForm::Edges,
            Format::Nodes => NetworkForm::Nodes,
            Format::Cypher => NetworkForm::Cypher,
            Format::Geojson => NetworkForm::Geojson,
            Format::Kml => NetworkForm::Kml,
            Format::Parquet => NetworkForm::Parquet,
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to write
    #[arg(value_enum, value_name = "FORMAT")]
    form: Format,
    /// File to write; without it the export goes to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not tell what was written
    #[arg(long, hide = true)]
    quiet: bool,
    /// Kinds of tie, by commas; all if none is given
    #[arg(long, value_name = "TIES", value_delimiter = ',', value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    tie: Vec<TieKind>,
    /// States and organisations whose ties are written; everybody's if none is given
    #[arg(long, value_name = "NAME", num_args = 1..)]
    of: Vec<String>,
    /// Only ties between those of --of
    #[arg(long, requires = "of")]
    among: bool,
    /// Also ties that the sources say are over
    #[arg(long, conflicts_with = "as_of")]
    past: bool,
    /// Also ties that the sources deny, marked as denied
    #[arg(long)]
    denied: bool,
    #[command(flatten)]
    years: Years,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Arguments { ask, form, years, .. } = arguments;
    let to = arguments.output.as_deref();
    let form = match form.what() {
        What::Network(form) => form,
        What::Panel(rows) => {
            let narrowed = !arguments.tie.is_empty() || !arguments.of.is_empty() || arguments.past || arguments.denied;
            anyhow::ensure!(
                !narrowed,
                "a panel has the ties of all states: --tie, --of, --past and --denied are of the other formats"
            );
            return network_panels::run(rows, years, to, ask, gazetteer);
        }
    };
    anyhow::ensure!(
        !years.is_asked(),
        "--from, --to and --codes are of dyad-years and country-years: --as-of picks a date, --past adds what is over"
    );
    anyhow::ensure!(ask.format == Form::Table, "--format is of answers: an export is in the format that it names");
    anyhow::ensure!(!ask.evidence, "--evidence is of answers: an export has the column sources in any case");
    let mapped = |tie: &TieKind| matches!(tie, TieKind::Mission | TieKind::Post);
    anyhow::ensure!(
        !form.is_map() || arguments.tie.iter().all(mapped),
        "a map has points of missions and posts only: say --tie missions,posts, or leave --tie out"
    );
    let network = ask.network(gazetteer)?;
    let view = network.view(Lens { past: arguments.past, ..ask.lens()? });
    let of = arguments.of.iter().map(|name| view.find(name)).collect::<Result<Vec<_>, _>>()?;
    let ties = match (form.is_map(), arguments.tie.as_slice()) {
        (true, []) => vec![TieKind::Mission, TieKind::Post],
        (_, ties) => ties.to_vec(),
    };
    let picked = Picked { ties, of, among: arguments.among, denied: arguments.denied };
    let exported = Exported::of(&view, &picked);
    let bytes = form.written(&exported)?;
    write(to, &bytes)?;
    if !arguments.quiet {
        say(&summary(&exported, form, to.map(|path| format!("{}: ", path.display())).unwrap_or_default().as_str()));
    }
    Ok(if exported.ties.is_empty() { Outcome::Nothing } else { Outcome::Answered })
}

/// Writes to a file, whole or not at all, or to standard output.
fn write(path: Option<&std::path::Path>, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    let Some(path) = path else {
        let mut out = std::io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        };
    };
    write_atomically(path, bytes).with_context(|| path.display().to_string())
}

/// How many nodes and ties were written, and what a map leaves out.
fn summary(exported: &Exported, form: NetworkForm, file: &str) -> String {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (nodes, ties) = (exported.nodes.len(), exported.ties.len());
    if form.is_map() {
        let points = placed(exported).count();
        let lost = ties - points;
        return format!("{file}{}; {lost} without a known place left out", many(points, "point"));
    }
    format!("{file}{}, {}", many(nodes, "node"), many(ties, "tie"))
}
