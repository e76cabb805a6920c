//! The graph that a question runs on: a projection of a data set, or a table of edges.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::messages::{problem, say};
use super::shared::Ask;
use super::tables::{opened, spinner};
use crate::analysis::{Projection, ProjectionRule, project};
use crate::export::{Cell, Label};
use crate::graph::{Lens, Network, QueryError, View};
use crate::model::{Day, edtf_day};
use crate::names::{Gazetteer, Language, nearest};
use crate::structure::{EdgeList, Plain};

/// Which graph is asked.
#[derive(Debug, Args)]
pub(super) struct GraphChoice {
    /// How the data set becomes a graph: missions, mutual-missions, representation, relations, memberships,
    /// significant-memberships, signed, borders, or ties by commas, as missions,relations
    #[arg(long, value_name = "PROJECTION", value_parser = Projection::parse)]
    on: Option<Projection>,
    /// Table of edges to ask instead of a data set: the columns from and to, and if there are any weight or sign, and year
    #[arg(long, value_name = "FILE", conflicts_with = "on")]
    edges: Option<PathBuf>,
    /// The edges of the table have a direction
    #[arg(long, requires = "edges")]
    directed: bool,
    /// Every edge weighs the same, whatever its level or number
    #[arg(long)]
    unweighted: bool,
    /// Organisations that two must share at least, on memberships
    #[arg(long, default_value_t = 1, value_name = "N")]
    threshold: u32,
    /// Level of significance, on significant-memberships
    #[arg(long, default_value_t = 0.05)]
    alpha: f64,
    #[command(flatten)]
    pub ask: Ask,
}

/// What is said where directions do not count.
pub(super) const WITHOUT_DIRECTIONS: &str = "directions are left out: the weights of both ways are summed";

/// Where graphs come from.
pub(super) enum Graphs<'g> {
    /// A data set and the rule that projects it.
    World { network: Box<ManuallyDrop<Network<'g>>>, rule: ProjectionRule, lens: Lens },
    /// A table of edges.
    Table { list: EdgeList, path: String, directed: bool, unweighted: bool, year: Option<i16> },
}

/// A graph with the names of its nodes.
pub(super) struct Named<'g> {
    /// The graph.
    pub graph: Plain,
    /// Slugs, or the labels of a table, in order.
    pub names: Vec<String>,
    /// Date and roster, or the table.
    pub lens: String,
    /// What made it.
    pub caption: String,
    /// The flag that asked for it.
    pub asked: String,
    /// Roster of a data set, with the date on which it was asked.
    roster: String,
    gazetteer: Option<&'g Gazetteer>,
    day: Option<Day>,
}

impl GraphChoice {
    /// Opens what is asked; `usual` is the projection if none is named.
    pub(super) fn open<'g>(&self, usual: Projection, gazetteer: &'g Gazetteer) -> anyhow::Result<Graphs<'g>> {
        anyhow::ensure!((0.0..=1.0).contains(&self.alpha), "--alpha {} is no level from 0 to 1", self.alpha);
        let Some(path) = &self.edges else {
            let projection = self.on.clone().unwrap_or(usual);
            let only = |set: bool, flag: &str, needed: Projection| {
                anyhow::ensure!(!set || projection == needed, "{flag}: only of --on {}", needed.name());
                Ok(())
            };
            only(self.threshold != 1, "--threshold", Projection::Memberships)?;
            #[allow(clippy::float_cmp)]
            only(self.alpha != 0.05, "--alpha", Projection::SignificantMemberships)?;
            let rule = ProjectionRule {
                projection,
                unweighted: self.unweighted,
                threshold: self.threshold,
                alpha: self.alpha,
            };
            let lens = Lens { roster: self.ask.compared_roster()?, ..self.ask.lens()? };
            return Ok(Graphs::World { network: Box::new(self.ask.network(gazetteer)?), rule, lens });
        };
        anyhow::ensure!(
            self.ask.roster.is_none() && !self.ask.certain && self.ask.data.is_none() && self.ask.also.is_empty(),
            "--data, --also, --roster and --certain are of data sets: a table has its own nodes and edges"
        );
        #[allow(clippy::float_cmp)]
        let usual = self.threshold == 1 && self.alpha == 0.05;
        anyhow::ensure!(usual, "--threshold and --alpha are of memberships: a table has its own weights");
        let list = read_edges(path)?;
        let year = self.ask.lens()?.as_of.map(Day::year);
        Ok(Graphs::Table {
            list,
            path: path.display().to_string(),
            directed: self.directed,
            unweighted: self.unweighted,
            year,
        })
    }
}

fn read_edges(path: &Path) -> anyhow::Result<EdgeList> {
    let bar = spinner("rows read");
    let read = EdgeList::read(&path.display().to_string(), opened(path)?, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let read = read?;
    read.problems.iter().for_each(problem);
    if !read.left.is_empty() {
        say(&format!("{}:1: columns not read: {}", path.display(), read.left.join(", ")));
    }
    anyhow::ensure!(!read.nodes.is_empty(), "{}: no edge was read", path.display());
    Ok(read)
}

impl<'g> Graphs<'g> {
    /// The graph of the date asked for, with the rest of the view if it is that of a data set.
    pub(super) fn named(&self) -> anyhow::Result<Named<'g>> {
        match self {
            Graphs::World { lens, .. } => self.of(lens),
            Graphs::Table { .. } => self.of(&Lens::default()),
        }
    }

    /// The graph of an earlier date.
    pub(super) fn since(&self, date: &str) -> anyhow::Result<Named<'g>> {
        let day = edtf_day(date).context("--since")?;
        let (now, named) = match self {
            Graphs::World { lens, .. } => (lens.as_of, self.of(&Lens { as_of: Some(day), ..lens.clone() })?),
            Graphs::Table { year, list, .. } => {
                let last = year.or(list.span().map(|(_, last)| last)).and_then(|year| Day::new(year, 12, 31).ok());
                (last, self.of(&Lens::as_of(day))?)
            }
        };
        if let Some(now) = now {
            anyhow::ensure!(day < now, "--since {day} lies not before {now}");
        }
        let roster = &named.roster;
        anyhow::ensure!(!named.names.is_empty(), "no state is in roster {roster}: say --roster cow");
        Ok(named)
    }

    /// What must be said of a comparison of two dates.
    pub(super) fn undated(&self) -> Option<String> {
        let certain = matches!(self, Graphs::World { lens, .. } if lens.certain);
        let table = matches!(self, Graphs::Table { .. });
        (!certain && !table)
            .then(|| "ties that no source dates count on both dates, so that less may seem to have changed: --certain leaves them out".to_owned())
    }

    /// The projection of a data set.
    pub(super) fn projection(&self) -> Option<&Projection> {
        match self {
            Graphs::World { rule, .. } => Some(&rule.projection),
            Graphs::Table { .. } => None,
        }
    }

    /// The view of the date asked for; none of a table.
    pub(super) fn view(&self) -> Option<View<'_>> {
        match self {
            Graphs::World { network, lens, .. } => Some(network.view(lens.clone())),
            Graphs::Table { .. } => None,
        }
    }

    /// Whether every row was read.
    pub(super) fn is_sound(&self) -> bool {
        match self {
            Graphs::World { .. } => true,
            Graphs::Table { list, .. } => list.problems.is_empty(),
        }
    }

    fn of(&self, lens: &Lens) -> anyhow::Result<Named<'g>> {
        match self {
            Graphs::World { network, rule, .. } => {
                let view = network.view(lens.clone());
                let projected = project(&view, rule)?;
                Ok(Named {
                    graph: projected.graph,
                    names: projected.slugs,
                    lens: view.caption(),
                    caption: format!("projection: {}", rule.caption()),
                    asked: format!("--on {}", rule.projection.name()),
                    roster: match lens.as_of {
                        Some(day) => format!("{} on {day}", lens.roster.name()),
                        None => lens.roster.name().to_owned(),
                    },
                    gazetteer: Some(network.gazetteer),
                    day: lens.as_of,
                })
            }
            Graphs::Table { list, path, directed, unweighted, year } => {
                let asked = lens.as_of.map(Day::year).or(*year);
                let span = list.span();
                anyhow::ensure!(asked.is_none() || span.is_some(), "{path}: a date needs the column year");
                let year = span.map(|(_, last)| asked.unwrap_or(last));
                let (names, graph) = list.graph(*directed, year);
                if let (Some(year), Some((first, last))) = (year, span) {
                    anyhow::ensure!(!names.is_empty(), "{path}: no row of {year}; its years are {first} to {last}");
                }
                let graph = if *unweighted { signs_of(&graph) } else { graph };
                let kind = if *directed { "arcs" } else { "edges" };
                Ok(Named {
                    caption: format!("{} nodes, {} {kind}", names.len(), graph.edge_count()),
                    asked: format!("--edges {path}"),
                    graph,
                    names,
                    lens: year.map_or_else(|| path.clone(), |year| format!("{path} in {year}")),
                    roster: String::new(),
                    gazetteer: None,
                    day: None,
                })
            }
        }
    }
}

/// The graph with weights of 1 and −1.
fn signs_of(graph: &Plain) -> Plain {
    let edges: Vec<_> =
        graph.edges().filter(|edge| edge.2 != 0.0).map(|(from, to, weight)| (from, to, weight.signum())).collect();
    Plain::new(graph.nodes(), graph.is_directed(), &edges)
}

impl Named<'_> {
    /// The name of a node in a language, where it has one there.
    pub(super) fn called(&self, node: usize, language: &Language) -> String {
        let known = self.gazetteer.and_then(|_| language.name(&self.names[node]));
        known.map_or_else(|| self.shown(node), str::to_owned)
    }

    /// A node as a cell.
    pub(super) fn cell(&self, node: usize) -> Cell {
        let label = &self.names[node];
        match self.gazetteer {
            Some(gazetteer) => Cell::Entity { slug: label.clone(), name: gazetteer.display(label).to_owned() },
            None => Cell::from(label.as_str()),
        }
    }

    /// The name of a node for readers.
    pub(super) fn shown(&self, node: usize) -> String {
        self.label(&self.names[node])
    }

    /// Some nodes as a list.
    pub(super) fn labels(&self, nodes: &[usize]) -> Vec<Label> {
        nodes.iter().map(|node| Label { slug: self.names[*node].clone(), name: self.shown(*node) }).collect()
    }

    /// A slug or label for readers.
    pub(super) fn label(&self, label: &str) -> String {
        self.gazetteer.map_or(label, |gazetteer| gazetteer.display(label)).to_owned()
    }

    /// Some nodes by their names for readers, with commas.
    pub(super) fn list(&self, nodes: &[usize]) -> String {
        nodes.iter().map(|node| self.shown(*node)).collect::<Vec<_>>().join(", ")
    }

    /// The node that a user names.
    pub(super) fn node(&self, name: &str) -> anyhow::Result<usize> {
        let place = |label: &str| self.names.iter().position(|known| known == label);
        if let Some(node) = place(name) {
            return Ok(node);
        }
        if let Some(gazetteer) = self.gazetteer {
            let slug = gazetteer.resolve(name, self.day)?.slug().to_owned();
            // Of a state that did not exist on the date, the one that stood in its place.
            if place(&slug).is_none()
                && let [then] = gazetteer.in_the_place_of(&slug, self.day).as_slice()
                && let Some(node) = place(then).filter(|_| self.day.is_some())
            {
                let name = |slug: &str| gazetteer.display(slug).to_owned();
                super::messages::say(&format!(
                    "{} in the place of {}, which did not exist then",
                    name(then),
                    name(&slug)
                ));
                return Ok(node);
            }
            return place(&slug).ok_or_else(|| {
                QueryError::NotInRoster { name: gazetteer.display(&slug).to_owned(), roster: self.roster.clone() }
                    .into()
            });
        }
        let folded = name.to_lowercase();
        self.names.iter().position(|label| label.to_lowercase() == folded).with_context(|| {
            let near = nearest(&folded, self.names.iter().map(String::as_str), 3);
            let hint = if near.is_empty() { String::new() } else { format!(": did you mean {}?", near.join(" or ")) };
            format!("the table has no node \"{name}\"{hint}")
        })
    }
}
