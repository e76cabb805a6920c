//! `legation matrix`: a table of all pairs as coloured cells.

use std::io::BufWriter;

use clap::{Args, ValueEnum};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use rayon::prelude::*;

use super::Picture;
use crate::affiliation::{Compared, Measure};
use crate::analysis::{self, PortfolioKind, Projection, ProjectionRule, project};
use crate::cli::affiliations::Portfolios;
use crate::cli::shared::{Ask, Form, Outcome, one_of, written};
use crate::coverage::{Coverage, Representation};
use crate::export::{Cell, Sheet};
use crate::graph::{Lens, View};
use crate::model::{Fact, StatusClass, TieKind};
use crate::names::Gazetteer;
use crate::render::charts::{self, Class, Classes, Measured};
use crate::render::theme::Hue;
use crate::render::{Style, cited};
use crate::structure::{Profile, alike};

/// Of what the cells are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Of {
    /// What two share, by --measure: memberships, or what --portfolio says
    #[default]
    Overlap,
    /// How the state of a row is represented in that of a column
    Missions,
    /// Diplomatic relations
    Relations,
    /// How alike two stand to all others: the correlation of their missions
    Alike,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// States (or members of --table) to show; all of the roster if none is named
    states: Vec<String>,
    /// Of what the cells are
    #[arg(long, value_enum, default_value_t)]
    of: Of,
    /// Measure of what two share
    #[arg(long, default_value = "jaccard", value_parser = one_of(&Measure::ALL, Measure::name))]
    measure: Measure,
    /// The members of an organisation
    #[arg(long, value_name = "ORG", conflicts_with_all = ["states", "table"])]
    org: Option<String>,
    #[command(flatten)]
    portfolios: Portfolios,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

pub(in crate::cli) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Arguments { portfolios, of, .. } = arguments;
    let style = arguments.picture.style()?;
    match of {
        Of::Overlap => return overlap(arguments, &style, gazetteer),
        _ => anyhow::ensure!(
            portfolios.table.is_none()
                && portfolios.portfolio == PortfolioKind::Memberships
                && portfolios.joint.is_none()
                && !portfolios.chooses(),
            "--table, --portfolio, --joint and sets of organisations are of --of overlap"
        ),
    }
    let network = arguments.ask.network(gazetteer)?;
    let named = !arguments.states.is_empty() || arguments.org.is_some();
    let lens = arguments.ask.lens()?;
    // Who is named need not be in the roster of comparisons.
    let roster = if named { lens.roster.clone() } else { arguments.ask.compared_roster()? };
    let view = network.view(Lens { roster, ..lens });
    let nodes = nodes(arguments, &view)?;
    let names: Vec<String> = nodes.iter().map(|node| style.name(&view, view.slug(*node)).to_owned()).collect();
    let slugs: Vec<&str> = nodes.iter().map(|node| view.slug(*node)).collect();
    let caption = vec![view.caption()];
    let sources = |tie| sources(&view, &nodes, tie);
    let scene = match of {
        Of::Alike => {
            let rule = ProjectionRule::of(Projection::Missions);
            let projected = project(&view, &rule)?;
            let place = |slug: &str| projected.slugs.iter().position(|known| known == slug);
            let places: Vec<Option<usize>> = slugs.iter().map(|slug| place(slug)).collect();
            let rows: Vec<Vec<Option<f64>>> = places
                .par_iter()
                .map(|node| node.map(|node| alike(&projected.graph, node, Profile::Correlation)).unwrap_or_default())
                .collect();
            let value = |row: usize, column: usize| rows[row].get(places[column]?).copied().flatten();
            let size = slugs.len();
            let values = (0..size * size).map(|at| value(at / size, at % size)).collect();
            if arguments.ask.format != Form::Table {
                return numbers(arguments, &view.caption(), &slugs, values, |value| {
                    value.map_or(Cell::Empty, Cell::Measure)
                });
            }
            let table = Measured {
                title: format!(
                    "Who stands alike to all others: {}",
                    shown(arguments, &view, style.word("states"), size)
                ),
                measure: "correlation of missions sent and received".to_owned(),
                whole: false,
                caption: vec![format!("{}; projection: {}", view.caption(), rule.caption())],
                sources: sources(TieKind::Mission),
                names,
                values,
            };
            charts::measured(&table, &style)
        }
        of => {
            let (title, sides, classes, cells, sources) = if *of == Of::Missions {
                let sides = (style.word("sending states").to_owned(), style.word("receiving states").to_owned());
                let (classes, cells) = (forms(&style), missions(&view, &nodes));
                (style.word("diplomatic representation"), Some(sides), classes, cells, sources(TieKind::Mission))
            } else {
                let (classes, cells) = (kinds(&style), relations(&view, &nodes));
                (style.word("relations"), None, classes, cells, sources(TieKind::Relations))
            };
            if arguments.ask.format != Form::Table {
                let label = |class: u8| Cell::from(classes[usize::from(class)].label.as_str());
                return numbers(arguments, &view.caption(), &slugs, cells, label);
            }
            let shown = shown(arguments, &view, style.word("states"), names.len());
            let title = format!("{}: {shown}", capital(title));
            charts::classes(&Classes { title, sides, caption, sources, names, classes, cells }, &style)
        }
    };
    arguments.picture.write(&scene, nodes.len() > 1)
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whom a matrix shows: how many, and of which organisation.
fn shown(arguments: &Arguments, view: &View<'_>, states: &str, size: usize) -> String {
    let org = arguments.org.as_deref().and_then(|org| view.find(org).ok()).map(|org| format!("{}, ", view.name(org)));
    format!("{}{size} {states}", org.unwrap_or_default())
}

/// The states that are named, the members of the organisation, or all of the roster.
fn nodes(arguments: &Arguments, view: &View<'_>) -> anyhow::Result<Vec<NodeIndex>> {
    let found = match &arguments.org {
        None if arguments.states.is_empty() => view.states(),
        None => arguments.states.iter().map(|name| view.find(name)).collect::<Result<_, _>>()?,
        Some(org) => belonging(view, org)?.iter().filter_map(|slug| view.network.node(slug)).collect(),
    };
    let mut nodes: Vec<NodeIndex> = Vec::new();
    for node in found {
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    anyhow::ensure!(nodes.len() > 1, "a matrix needs two states or more");
    Ok(nodes)
}

/// Slugs of those who fully belong to an organisation.
pub(super) fn belonging(view: &View<'_>, org: &str) -> anyhow::Result<Vec<String>> {
    let rows = analysis::members(view, view.find(org)?);
    let own = |row: &&analysis::Member<'_>| {
        // Without a date, who is no more belongs to nothing.
        let entity = view.network.gazetteer.entity(row.member);
        let state = entity.is_some_and(|entity| view.lens.as_of.is_some() || entity.span.is_open());
        state && !row.denied && row.status.is_some_and(|status| status.class() == StatusClass::Full)
    };
    Ok(rows.iter().filter(own).map(|row| row.member.to_owned()).collect())
}

fn overlap(arguments: &Arguments, style: &Style, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Arguments { portfolios, measure, ask, .. } = arguments;
    let mut asked = arguments.states.clone();
    if let Some(org) = &arguments.org {
        let network = ask.network(gazetteer)?;
        asked = belonging(&network.view(ask.lens()?), org)?;
    }
    let loaded = portfolios.load(ask, &asked, gazetteer)?;
    let mut members: Vec<usize> = Vec::new();
    for name in &asked {
        let member = loaded.member(name)?;
        if !members.contains(&member) {
            members.push(member);
        }
    }
    if asked.is_empty() {
        members = (0..loaded.table.members.len()).collect();
    }
    anyhow::ensure!(members.len() > 1, "a matrix needs two states or more");
    let compared = Compared::new(&loaded.table, loaded.range);
    let size = members.len();
    let rows: Vec<Vec<Option<f64>>> = (0..size)
        .into_par_iter()
        .map(|row| (0..size).map(|column| compared.measure(*measure, members[row], members[column])).collect())
        .collect();
    let values = rows.concat();
    let lens = [loaded.lens.clone(), loaded.caption.clone()].into_iter().filter(|part| !part.is_empty());
    let lens = lens.collect::<Vec<_>>().join("; ");
    if ask.format != Form::Table {
        let slugs: Vec<&str> = members.iter().map(|at| loaded.table.members[*at].as_str()).collect();
        return numbers(arguments, &lens, &slugs, values, |value| value.map_or(Cell::Empty, Cell::Measure));
    }
    let name =
        |at: &usize| style.language.name(&loaded.table.members[*at]).map_or_else(|| loaded.name(*at), str::to_owned);
    let whole = *measure == Measure::Shared && loaded.table.is_plain() && loaded.table.weights.is_empty();
    let network = if loaded.is_world() { Some(ask.network(gazetteer)?) } else { None };
    let view = network.as_deref().map(|network| Ok::<_, anyhow::Error>(network.view(ask.lens()?))).transpose()?;
    let sources = view.as_ref().map_or_else(String::new, |view| {
        let node = |at: &usize| view.network.node(&loaded.table.members[*at]);
        sources(view, &members.iter().filter_map(node).collect::<Vec<_>>(), tie_of(portfolios.portfolio))
    });
    let shown = match &view {
        Some(view) => shown(arguments, view, style.word("states"), size),
        None => format!("{size} {}", style.word("members")),
    };
    let title = match portfolios.portfolio {
        PortfolioKind::Memberships => style.word("shared organisations").to_owned(),
        kind => format!("shared {}", kind.name().replace('-', " ")),
    };
    let table = Measured {
        title: format!("{}: {shown}", capital(&title)),
        measure: measure.name().replace('_', " "),
        whole,
        caption: vec![lens, format!("{}: {}.", measure.name().replace('_', " "), measure.formula())],
        sources,
        names: members.iter().map(name).collect(),
        values,
    };
    let outcome = arguments.picture.write(&charts::measured(&table, style), true)?;
    Ok(if loaded.sound { outcome } else { Outcome::Nothing })
}

fn tie_of(kind: PortfolioKind) -> TieKind {
    match kind {
        PortfolioKind::Memberships => TieKind::Membership,
        PortfolioKind::MissionsSent | PortfolioKind::MissionsReceived => TieKind::Mission,
        PortfolioKind::AccreditationsSent => TieKind::Accreditation,
        PortfolioKind::Relations => TieKind::Relations,
    }
}

/// What the ties of some states rest on.
fn sources(view: &View<'_>, nodes: &[NodeIndex], tie: TieKind) -> String {
    let mut facts: Vec<&Fact> = Vec::new();
    for node in nodes {
        for direction in [Direction::Outgoing, Direction::Incoming] {
            facts.extend(view.facts(*node, direction, tie));
        }
    }
    cited(view, facts)
}

/// Prints the table in the place of the picture: a row and a column a member.
fn numbers<T>(
    arguments: &Arguments,
    lens: &str,
    slugs: &[&str],
    values: Vec<T>,
    cell: impl Fn(T) -> Cell,
) -> anyhow::Result<Outcome> {
    let out = BufWriter::new(std::io::stdout().lock());
    let form = arguments.ask.format.sheet()?;
    let of = arguments.of.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let columns: Vec<&str> = std::iter::once("member").chain(slugs.iter().copied()).collect();
    let mut values = values.into_iter();
    let write = || {
        let mut sheet = Sheet::begin(out, form, &format!("matrix --of {of}"), lens, &columns)?;
        for slug in slugs {
            let cells = values.by_ref().take(slugs.len()).map(&cell);
            sheet.row(&std::iter::once(Cell::from(*slug)).chain(cells).collect::<Vec<_>>())?;
        }
        sheet.end()
    };
    written(write(), true)
}

/// How one is represented with another, in the order of [`forms`].
fn form(representation: Representation) -> u8 {
    match representation {
        Representation::Unknown | Representation::NotAsked => 0,
        Representation::Resident => 1,
        Representation::NonResident => 2,
        Representation::PostsOnly => 3,
        Representation::ByOthers => 4,
        Representation::KnownNone | Representation::NoEmbassy | Representation::Ended => 5,
        Representation::NoRelations => 6,
    }
}

fn class(style: &Style, label: &str, hue: Option<Hue>) -> Class {
    Class { label: style.word(label).to_owned(), hue }
}

fn forms(style: &Style) -> Vec<Class> {
    vec![
        class(style, "none known", None),
        class(style, "resident mission", Some(Hue::Blue)),
        class(style, "accredited from elsewhere", Some(Hue::Orange)),
        class(style, "posts only", Some(Hue::Purple)),
        class(style, "arrangement of others", Some(Hue::Yellow)),
        class(style, "known none", Some(Hue::Grey)),
        class(style, "no relations", Some(Hue::Red)),
    ]
}

/// The form of every ordered pair, in rows.
fn missions(view: &View<'_>, nodes: &[NodeIndex]) -> Vec<u8> {
    let coverage = Coverage::new(view);
    let size = nodes.len();
    let columns: Vec<Vec<u8>> = nodes
        .par_iter()
        .map(|receiving| {
            let ladders = coverage.ladders(*receiving);
            let cell = |sending: &NodeIndex| {
                if sending == receiving { 0 } else { form(ladders.of(*sending).representation()) }
            };
            nodes.iter().map(cell).collect()
        })
        .collect();
    (0..size * size).map(|at| columns[at % size][at / size]).collect()
}

fn kinds(style: &Style) -> Vec<Class> {
    vec![
        class(style, "none known", None),
        class(style, "relations", Some(Hue::Blue)),
        class(style, "relations over", Some(Hue::Orange)),
        class(style, "no relations", Some(Hue::Red)),
    ]
}

/// The relations of every pair, in rows.
fn relations(view: &View<'_>, nodes: &[NodeIndex]) -> Vec<u8> {
    let size = nodes.len();
    let mut places = vec![usize::MAX; view.network.graph().node_count()];
    for (at, node) in nodes.iter().enumerate() {
        places[node.index()] = at;
    }
    let mut cells = vec![0u8; size * size];
    // Of several facts on a pair: relations that stand before those that are denied, these before those that are over.
    let strength = |class: u8| [0, 3, 1, 2][usize::from(class)];
    for (row, node) in nodes.iter().enumerate() {
        for (other, edge, shown) in view.edges_of(*node, Direction::Outgoing) {
            let column = places[other.index()];
            if edge.tie != TieKind::Relations || column == usize::MAX {
                continue;
            }
            let ended = view.network.facts.life(edge.fact()).ended;
            let over = ended
                .is_some_and(|ended| view.lens.as_of.is_none_or(|day| ended.latest.is_some_and(|last| last <= day)));
            let class = match (shown, edge.denied) {
                (true, false) => 1,
                (true, true) => 3,
                (false, false) if over => 2,
                _ => 0,
            };
            for at in [row * size + column, column * size + row] {
                if strength(class) > strength(cells[at]) {
                    cells[at] = class;
                }
            }
        }
    }
    cells
}
