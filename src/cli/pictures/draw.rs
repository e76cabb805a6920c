//! `legation draw`: diagrams of what the questions answer.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use petgraph::graph::NodeIndex;

use super::Picture;
use super::changes;
use super::matrix::belonging;
use crate::affiliation::intersections;
use crate::analysis::{self, Projection};
use crate::cli::affiliations::Comparison;
use crate::cli::answers::{city, host, name};
use crate::cli::graphs::Named;
use crate::cli::messages::say;
use crate::cli::shared::{Ask, AskOn, Form, Outcome, one_of};
use crate::cli::{blocs, clusters, hubs, path};
use crate::coverage::{self, Coverage, Hubs, Ladder, Rung, Step};
use crate::export::{Answer, Cell};
use crate::graph::{Network, Seat, View};
use crate::model::{EntityId, Fact, TieKind};
use crate::names::Gazetteer;
use crate::render::diagrams::{self, Bloc, Side};
use crate::render::{Scene, Style};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    diagram: Diagram,
}

#[derive(Debug, Subcommand)]
enum Diagram {
    /// The partners of one state as rings: resident missions, cover from third states, relations alone, none
    Ego(Ego),
    /// Who covers a state: resident missions, and seats in third states with who comes through them
    Cover(Cover),
    /// Whom a state covers: its resident missions, and the third states that it covers from them
    Network(Cover),
    /// A seat: who covers whom from there
    Hub(Hub),
    /// Every tie between two states, each in a lane of its own
    Dyad(Dyad),
    /// All ties among some states, parallel ones side by side
    Group(Group),
    /// The best ways from one state to another
    Path(Path),
    /// Blocs of states with their members
    Blocs(Blocs),
    /// Some states and the organisations that they share, as an UpSet plot
    Shared(Shared),
    /// What changed for a state, or for all, from one day to another
    Diff(changes::Diff),
    /// What becomes of cover if missions close or open
    WhatIf(changes::WhatIf),
    #[command(external_subcommand)]
    Other(Vec<String>),
}

#[derive(Debug, Args)]
struct Ego {
    /// State in the middle
    state: String,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
struct Cover {
    /// State in the middle
    state: String,
    /// Only these others, by commas
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    only: Vec<String>,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: AskOn,
}

#[derive(Debug, Args)]
struct Hub {
    /// City of the seat
    city: String,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: AskOn,
}

#[derive(Debug, Args)]
struct Dyad {
    /// State on the left
    one: String,
    /// State on the right
    other: String,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
struct Group {
    /// States, two or more
    #[arg(required_unless_present = "org")]
    states: Vec<String>,
    /// All members of an organisation
    #[arg(long, value_name = "ORGANISATION")]
    org: Option<String>,
    /// Ties to draw, by commas: missions, accreditation and relations of up to seven states, missions of more
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    tie: Vec<TieKind>,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
struct Path {
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    path: path::Arguments,
}

#[derive(Debug, Args)]
struct Blocs {
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    clusters: clusters::Arguments,
}

#[derive(Debug, Args)]
struct Shared {
    /// States to compare, two to twelve
    #[arg(required = true, num_args = 2..=12)]
    states: Vec<String>,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    comparison: Comparison,
}

/// Most states of a circle.
const CIRCLE: usize = 250;

pub(in crate::cli) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    match &arguments.diagram {
        Diagram::Ego(arguments) => ego(arguments, gazetteer),
        Diagram::Cover(arguments) => cover(arguments, Side::Receiving, gazetteer),
        Diagram::Network(arguments) => cover(arguments, Side::Sending, gazetteer),
        Diagram::Hub(arguments) => hub(arguments, gazetteer),
        Diagram::Dyad(arguments) => dyad(arguments, gazetteer),
        Diagram::Group(arguments) => group(arguments, gazetteer),
        Diagram::Path(arguments) => ways(arguments, gazetteer),
        Diagram::Blocs(arguments) => found_blocs(arguments, gazetteer),
        Diagram::Shared(arguments) => shared(arguments, gazetteer),
        Diagram::Diff(arguments) => changes::diff(arguments, gazetteer),
        Diagram::WhatIf(arguments) => changes::what_if(arguments, gazetteer),
        Diagram::Other(words) => {
            let first = words.first().map_or("", String::as_str);
            match gazetteer.resolve(first, None) {
                Ok(named) => anyhow::bail!(
                    "which diagram of {0}? say legation draw ego {0}; draw --help lists all",
                    named.slug()
                ),
                Err(_) => anyhow::bail!("\"{first}\" is no diagram: legation draw --help lists them"),
            }
        }
    }
}

/// Writes a diagram, or prints its ties as a table where a form of answers is asked for.
pub(in crate::cli) fn finish(
    scene: &Scene,
    question: String,
    lens: String,
    found: bool,
    picture: &Picture,
    ask: &Ask,
) -> anyhow::Result<Outcome> {
    if ask.format == Form::Table {
        return picture.write(scene, found);
    }
    picture.without_file()?;
    if scene.ties.is_empty() && !scene.nodes.is_empty() {
        // Land and seats of a map without lines.
        let mut answer = Answer::new(question, lens, &["name", "told"]);
        for node in &scene.nodes {
            let label = Cell::Entity { slug: node.id.clone(), name: node.label.clone() };
            answer.row(vec![label, Cell::from(node.note.as_str())], &[]);
        }
        return ask.print(&answer);
    }
    let mut answer = Answer::new(question, lens, &["from", "through", "to", "tie"]);
    let label = |id: &str| {
        let node = scene.nodes.iter().find(|node| node.id == id);
        Cell::Entity { slug: id.to_owned(), name: node.map_or(id, |node| &node.label).to_owned() }
    };
    for tie in &scene.ties {
        let via = tie.via.as_deref().map_or(Cell::Empty, label);
        answer.row(vec![label(&tie.from), via, label(&tie.to), Cell::from(tie.label.as_str())], &[]);
    }
    ask.print(&answer)
}

fn cover(arguments: &Cover, side: Side, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    let only = arguments.only.iter().map(|name| view.find(name.trim())).collect::<Result<Vec<_>, _>>()?;
    let scene = diagrams::fan(&view, state, side, &only, &style);
    let word = if side == Side::Receiving { "cover" } else { "network" };
    let question = format!("draw {word} {}", view.slug(state));
    finish(&scene, question, view.caption(), !scene.ties.is_empty(), &arguments.picture, &arguments.ask)
}

fn hub(arguments: &Hub, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let coverage = Coverage::new(&view);
    let city = crate::cli::shared::city_named(gazetteer, &arguments.city, |_| false)?;
    let ladders: Vec<Ladder<'_>> = coverage.everyone().collect();
    let hubs = Hubs::of(ladders.iter());
    let here = hubs::at(&hubs, gazetteer, city);
    if here.is_empty() {
        let city = &city.name;
        say(&format!("nobody covers a third state from {city}: legation hubs lists the seats from which some do"));
        return Ok(Outcome::Nothing);
    }
    let serves: Vec<(EntityId, EntityId)> = here.iter().flat_map(|hub| hub.serves.iter().cloned()).collect();
    let seats: Vec<&Seat> = here.iter().map(|hub| &hub.seat).collect();
    let through = |step: &&Step<'_>| {
        step.rung == Rung::NonResident && step.seat.as_ref().is_some_and(|seat| seats.contains(&seat))
    };
    let steps = ladders.iter().flat_map(|ladder| ladder.steps.iter().filter(through));
    let facts: Vec<&Fact> = steps.flat_map(|step| step.facts.iter().copied()).collect();
    let scene = diagrams::hub(&view, &here[0].seat, &serves, &facts, &style);
    let question = format!("draw hub {}", city.slug);
    finish(&scene, question, view.caption(), true, &arguments.picture, &arguments.ask)
}

fn dyad(arguments: &Dyad, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (one, other) = (view.find(&arguments.one)?, view.find(&arguments.other)?);
    anyhow::ensure!(one != other, "{} is on both sides", view.name(one));
    let scene = diagrams::dyad(&view, one, other, &style);
    let question = format!("draw dyad {} {}", view.slug(one), view.slug(other));
    finish(&scene, question, view.caption(), !scene.ties.is_empty(), &arguments.picture, &arguments.ask)
}

fn group(arguments: &Group, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let mut states = arguments.states.iter().map(|name| view.find(name)).collect::<Result<Vec<_>, _>>()?;
    if let Some(organisation) = &arguments.org {
        let slugs = belonging(&view, organisation)?;
        let mut members: Vec<NodeIndex> = slugs.iter().filter_map(|slug| network.node(slug)).collect();
        members.sort_by_cached_key(|member| (crate::names::fold(view.name(*member)), *member));
        states.extend(members);
    }
    let mut seen = std::collections::BTreeSet::new();
    states.retain(|state| seen.insert(*state));
    anyhow::ensure!(states.len() > 1, "a group has two states or more");
    anyhow::ensure!(states.len() <= CIRCLE, "{} states are too many for a circle: at most {CIRCLE}", states.len());
    let ties = match (arguments.tie.as_slice(), states.len()) {
        ([], ..=7) => vec![TieKind::Mission, TieKind::Accreditation, TieKind::Relations],
        ([], _) => vec![TieKind::Mission],
        (ties, _) => ties.to_vec(),
    };
    let slugs: Vec<&str> = states.iter().map(|state| view.slug(*state)).collect();
    let title = match &arguments.org {
        Some(organisation) => format!("{}: ties among members", style.name(&view, view.slug(view.find(organisation)?))),
        None => slugs.iter().map(|slug| style.name(&view, slug)).collect::<Vec<_>>().join(", "),
    };
    let scene = diagrams::group(&view, &states, &ties, title, &style);
    let question = format!("draw group {}", slugs.join(" "));
    finish(&scene, question, view.caption(), !scene.ties.is_empty(), &arguments.picture, &arguments.ask)
}

fn ways(arguments: &Path, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Path { picture, path } = arguments;
    if path.ask.format != Form::Table {
        picture.without_file()?;
        return path::run(path, gazetteer);
    }
    let style = picture.style()?;
    let network = path.ask.network(gazetteer)?;
    let view = network.view(path.ask.lens()?);
    let (from, to, rule) = path.rule(&view)?;
    let (found, notes) = match analysis::ways(&view, from, to, &rule) {
        Ok(found) => {
            let mut notes = vec!["The cost is that of the best tie of each hop; a tie carries both ways.".to_owned()];
            if found.as_good > 0 {
                let many = if found.as_good >= 1000 { "1000 or more".to_owned() } else { found.as_good.to_string() };
                let (ways, cost) = if found.as_good == 1 { ("way", "costs") } else { ("ways", "cost") };
                notes.push(format!("{many} other {ways} {cost} as much as the last one; these are the first by name."));
            }
            (found.ways, notes)
        }
        Err(error) => (Vec::new(), vec![error.to_string()]),
    };
    let scene = diagrams::ways(&view, &found, (view.slug(from), view.slug(to)), notes, &style);
    picture.write(&scene, !found.is_empty())
}

fn found_blocs(arguments: &Blocs, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Blocs { picture, clusters } = arguments;
    if clusters.graph.ask.format != Form::Table {
        picture.without_file()?;
        return clusters::run(clusters, gazetteer);
    }
    let style = picture.style()?;
    let graphs = clusters.graph.open(Projection::MutualMissions, gazetteer)?;
    clusters.check_partition()?;
    let view = graphs.view().context("blocs of a table have no names and places: draw blocs takes a data set")?;
    let named = graphs.named()?;
    let ties = blocs::Ties::of(&named)?;
    anyhow::ensure!(ties.graph.nodes() > 0, "no such tie is told in these sources");
    let sought = blocs::sought(&ties, clusters)?;
    let slugs = ties.slugs();
    let described = blocs::described(&view, &ties, &sought, gazetteer);
    let parts = sought.partition.members().into_iter().zip(described);
    let parts: Vec<Bloc> = parts.map(|(members, words)| Bloc { members, words }).collect();
    let mut caption = vec![named.caption.clone()];
    caption.extend(sought.said.into_iter().take(1));
    caption.push("After a number: organisations that set the bloc apart. Lines: its members' strongest ties; between blocs, their sum.".to_owned());
    caption.extend(ties.alone());
    let title = title_of_blocs(&named, &style);
    let scene = diagrams::blocs(&view, &ties.graph, &slugs, &parts, caption, title, &style);
    picture.write(&scene, true)
}

/// What a picture of blocs is called: by which ties.
pub(super) fn title_of_blocs(named: &Named<'_>, style: &Style) -> String {
    let projection = named.asked.trim_start_matches("--on ").replace('-', " ");
    match style.language.code() {
        "en" => format!("Blocs by {projection}"),
        _ => format!("{}: {projection}", style.word("blocs")),
    }
}

fn shared(arguments: &Shared, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Comparison { portfolios, ask, .. } = &arguments.comparison;
    let style = arguments.picture.style()?;
    let loaded = portfolios.load(ask, &arguments.states, gazetteer)?;
    let members = arguments.states.iter().map(|state| loaded.member(state)).collect::<anyhow::Result<Vec<_>>>()?;
    let slugs: Vec<&str> = members.iter().map(|at| loaded.table.members[*at].as_str()).collect();
    let organisations: Vec<(String, String)> = (0..loaded.table.organisations.len())
        .map(|at| (loaded.table.organisations[at].clone(), loaded.short(at)))
        .collect();
    let network = ask.network(gazetteer)?;
    let view = network.view(ask.lens()?);
    let found = intersections(&loaded.table, &members);
    let scene = diagrams::shared(&view, &slugs, &organisations, &found, &loaded.caption, &style);
    let question = format!("draw shared {}", slugs.join(" "));
    finish(&scene, question, loaded.lens.clone(), !found.is_empty(), &arguments.picture, ask)
}

fn ego(arguments: &Ego, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    if arguments.ask.format != Form::Table {
        arguments.picture.without_file()?;
        return arguments.ask.print(&partners(&network, &view, state));
    }
    let scene = diagrams::ego(&view, state, arguments.ask.evidence, &style);
    // The state itself is a node too.
    arguments.picture.write(&scene, scene.nodes.len() > 1)
}

/// What the rings show, a partner a row; several where missions in several places cover.
fn partners(network: &Network<'_>, view: &View<'_>, state: NodeIndex) -> Answer {
    let columns = ["partner", "form", "covered_by", "city", "host"];
    let mut answer = Answer::new(format!("draw ego {}", view.slug(state)), view.caption(), &columns);
    for partner in coverage::representation(view, state) {
        let covers = match partner.covers.as_slice() {
            [] => vec![None],
            covers => covers.iter().map(Some).collect(),
        };
        for cover in covers {
            let whose = cover.map(|cover| if cover.partners { partner.slug } else { view.slug(state) });
            let seat = cover.map(|cover| &cover.seat);
            answer.row(
                vec![
                    name(network, partner.slug),
                    Cell::from(partner.form.name()),
                    whose.map_or(Cell::Empty, |slug| name(network, slug)),
                    city(seat),
                    host(network, seat),
                ],
                &partner.origins(),
            );
        }
    }
    answer
}
