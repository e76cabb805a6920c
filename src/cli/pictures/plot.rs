//! `legation plot`: charts of what the questions answer.

use clap::{Args, Subcommand};

use super::Picture;
use crate::analysis::{self, HistoryMeasure, Projection, RankMeasure, Ranked, ranked};
use crate::cli::answers::name;
use crate::cli::graphs::{GraphChoice, Graphs, Named};
use crate::cli::shared::{Ask, Form, Outcome, one_of_or};
use crate::cli::{history, rank, timeline};
use crate::export::{Answer, Cell};
use crate::graph::{Lens, View};
use crate::model::{Fact, Held, TieKind};
use crate::names::{Gazetteer, Regions};
use crate::render::charts::{self, Course, Dated, Standing, Standings, Years};
use crate::render::{Style, cited, of_all};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    chart: Chart,
}

#[derive(Debug, Subcommand)]
enum Chart {
    /// Measures of the whole network as lines, year by year: what is certain and what is possible
    History(History),
    /// Everything dated about a state or a dyad, in lanes by kind of tie
    Timeline(Timeline),
    /// Where states stand: bars, or with --from lines of ranks over the years
    Rank(Rank),
    /// The partners of a state at the end of every decade
    Decades(Decades),
}

#[derive(Debug, Args)]
struct History {
    #[command(flatten)]
    asked: history::Arguments,
    #[command(flatten)]
    picture: Picture,
}

#[derive(Debug, Args)]
struct Timeline {
    #[command(flatten)]
    asked: timeline::Arguments,
    #[command(flatten)]
    picture: Picture,
}

#[derive(Debug, Args)]
struct Rank {
    /// Measure: missions-received if missions are asked, degree of other graphs
    #[arg(long, value_parser = one_of_or(&RankMeasure::ALL, RankMeasure::name, rank::short))]
    by: Option<RankMeasure>,
    /// How many states
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=250))]
    top: u16,
    /// First year of ranks over the years
    #[arg(long, visible_alias = "since", value_name = "YEAR", conflicts_with = "as_of")]
    from: Option<i16>,
    /// Last year: by default that of the newest source
    #[arg(long, value_name = "YEAR", requires = "from")]
    to: Option<i16>,
    /// Only every so many years: by default as many as give ten or so
    #[arg(long, value_name = "N", requires = "from", value_parser = clap::value_parser!(u16).range(1..=500))]
    every: Option<u16>,
    /// A state that stands out; may be given again
    #[arg(long, value_name = "STATE")]
    highlight: Vec<String>,
    #[command(flatten)]
    graph: GraphChoice,
    #[command(flatten)]
    picture: Picture,
}

#[derive(Debug, Args)]
struct Decades {
    /// State
    state: String,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

pub(in crate::cli) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    match &arguments.chart {
        Chart::History(arguments) => years(arguments, gazetteer),
        Chart::Timeline(arguments) => dates(arguments, gazetteer),
        Chart::Rank(arguments) => ranks(arguments, gazetteer),
        Chart::Decades(arguments) => decades(arguments, gazetteer),
    }
}

/// What a measure counts.
fn unit(measure: HistoryMeasure) -> &'static str {
    use HistoryMeasure as M;
    match measure {
        M::States => "states",
        M::Relations | M::Edges => "dyads",
        M::Missions => "directed dyads",
        M::Memberships => "states in organisations",
        M::Density | M::Reciprocity | M::Transitivity => "share",
        M::MeanDegree => "partners",
        M::MeanDistance => "hops",
        M::Components | M::Clusters => "groups",
        M::Modularity => "Q",
    }
}

fn years(arguments: &History, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    if arguments.asked.form() != Form::Table {
        return history::run(&arguments.asked, gazetteer);
    }
    let style = arguments.picture.style()?;
    let told = arguments.asked.told(gazetteer)?;
    let courses = told.measures.iter().enumerate().map(|(at, measure)| Course {
        label: style.word(&measure.name().replace('-', " ")).to_owned(),
        unit: style.word(unit(*measure)).to_owned(),
        whole: measure.is_count(),
        values: told.years.iter().map(|row| (row.certain[at], row.possible[at])).collect(),
    });
    let courses: Vec<Course> = courses.collect();
    let labels: Vec<&str> = courses.iter().map(|course| course.label.as_str()).collect();
    let (first, last) = (told.years.first(), told.years.last());
    let (first, last) = (first.map_or(told.span.0, |row| row.year), last.map_or(told.span.1, |row| row.year));
    let table = Years {
        title: format!("{}, {first}–{last}", capital(&labels.join(", "))),
        caption: std::iter::once(told.lens.clone()).chain(told.notes.iter().cloned()).collect(),
        sources: of_all(&told.network.view(Lens::default())),
        years: told.years.iter().map(|row| row.year).collect(),
        courses,
    };
    let found = told.years.iter().any(|row| row.possible.iter().any(Option::is_some));
    arguments.picture.write(&charts::history(&table, &style), found)
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn dates(arguments: &Timeline, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    if arguments.asked.form() != Form::Table {
        return timeline::run(&arguments.asked, gazetteer);
    }
    let style = arguments.picture.style()?;
    let asked = arguments.asked.asked(gazetteer)?;
    let parties = asked.parties()?;
    let (mut events, undated) = analysis::timeline(&parties.view, parties.node, parties.with);
    events.retain(|event| arguments.asked.bounds(event));
    let dated = Dated {
        view: &parties.view,
        own: parties.view.slug(parties.node),
        partner: parties.with.map(|with| parties.view.slug(with)),
        events: &events,
        undated,
    };
    arguments.picture.write(&charts::timeline(&dated, &style), !events.is_empty())
}

/// States of a graph by rank.
struct OfYear<'g> {
    named: Named<'g>,
    ranked: Vec<Ranked>,
}

impl OfYear<'_> {
    fn of(&self, name: &str) -> Option<&Ranked> {
        self.ranked.iter().find(|row| self.named.names[row.node] == name)
    }
}

fn ranks(arguments: &Rank, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let graphs = arguments.graph.open(Projection::Missions, gazetteer)?;
    let of_missions = matches!(graphs.projection(), Some(Projection::Missions | Projection::Representation));
    let by = arguments.by.unwrap_or(if of_missions { RankMeasure::Received } else { RankMeasure::Degree });
    let mut shown: Vec<OfYear<'_>> = Vec::new();
    let years: Vec<i16> = match arguments.from {
        None => Vec::new(),
        Some(from) => span(arguments, from, &graphs)?,
    };
    for year in &years {
        let named = graphs.since(&format!("{year:04}"))?;
        shown.push(ranking(by, named)?);
    }
    if years.is_empty() {
        shown.push(ranking(by, graphs.named()?)?);
    }
    let Some(last) = shown.last() else { anyhow::bail!("no year to rank in") };
    let marked: Vec<usize> =
        arguments.highlight.iter().map(|state| last.named.node(state)).collect::<Result<_, _>>()?;
    let top = usize::from(arguments.top);
    // Who stands out is shown wherever it stands.
    let rows: Vec<&Ranked> = last
        .ranked
        .iter()
        .enumerate()
        .filter(|(at, row)| *at < top || marked.contains(&row.node))
        .map(|(_, row)| row)
        .collect();
    if arguments.graph.ask.format != Form::Table {
        return arguments.graph.ask.print(&places(by, &years, &shown, &rows, last));
    }
    let states = rows.iter().map(|row| {
        let name = &last.named.names[row.node];
        let ranks = shown.iter().map(|year| year.of(name).map(|row| (row.rank, row.value))).collect();
        Standing { name: last.named.called(row.node, &style.language), ranks, marked: marked.contains(&row.node) }
    });
    let states: Vec<Standing> = states.collect();
    let mut caption = vec![
        match (years.first(), years.last()) {
            (Some(first), Some(last_year)) => {
                // The caption of a year, without its day.
                let roster = last.named.lens.split_once(", ").map_or("", |(_, roster)| roster);
                format!("31 December of {first} to {last_year}, {roster}; {}", last.named.caption)
            }
            _ => format!("{}; {}", last.named.lens, last.named.caption),
        },
        format!("{}: {}.", by.name(), by.explained()),
    ];
    if !years.is_empty() {
        caption.extend(graphs.undated().map(|_| "Ties that no source dates count in every year.".to_owned()));
    }
    let table = Standings {
        title: title(by, &graphs, &last.named, &years, &style),
        caption,
        sources: graphs.view().map_or_else(String::new, |view| sources(&view, &graphs)),
        measure: by.name().to_owned(),
        whole: by.is_count(),
        years,
        states,
    };
    let scene = if table.years.len() > 1 { charts::bump(&table, &style) } else { charts::bars(&table, &style) };
    let outcome = arguments.picture.write(&scene, !table.states.is_empty())?;
    Ok(if graphs.is_sound() { outcome } else { Outcome::Nothing })
}

fn ranking(by: RankMeasure, named: Named<'_>) -> anyhow::Result<OfYear<'_>> {
    rank::check(by, &named)?;
    let ranked = ranked(&by.of(&named.graph).0);
    Ok(OfYear { named, ranked })
}

/// The years of a chart of ranks, the last one among them.
fn span(arguments: &Rank, from: i16, graphs: &Graphs<'_>) -> anyhow::Result<Vec<i16>> {
    let newest = match graphs {
        Graphs::World { network, .. } => {
            network.sources().iter().filter_map(|source| Some(source.edition_day()?.year())).max()
        }
        Graphs::Table { list, .. } => list.span().map(|(_, last)| last),
    };
    let to = arguments.to.or(newest).unwrap_or(from);
    anyhow::ensure!(from < to, "--from {from} lies not before {to}");
    anyhow::ensure!((1..=9999).contains(&from) && to <= 9999, "years go from 1 to 9999");
    let every = arguments.every.map_or_else(|| (usize::from((to - from).unsigned_abs()) / 10).max(1), usize::from);
    let mut years: Vec<i16> = (from..=to).rev().step_by(every).collect();
    years.reverse();
    // The first year asked for takes the place of one that is near it.
    if years.first() != Some(&from) {
        if years.len() > 2 && usize::from((years[0] - from).unsigned_abs()) * 2 < every {
            years.remove(0);
        }
        years.insert(0, from);
    }
    Ok(years)
}

fn title(by: RankMeasure, graphs: &Graphs<'_>, named: &Named<'_>, years: &[i16], style: &Style) -> String {
    let measure = by.name().replace('-', " ");
    let on =
        graphs.projection().map_or_else(|| named.asked.clone(), |projection| style.word(&projection.name()).to_owned());
    // "missions received" says of what it is.
    let what = if measure.starts_with(&on) { measure } else { format!("{measure} ({on})") };
    let rank = capital(style.word("rank"));
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => format!("{rank}: {what}, {first}–{last}"),
        _ => format!("{rank}: {what}"),
    }
}

/// What the ties of a graph rest on.
fn sources(view: &View<'_>, graphs: &Graphs<'_>) -> String {
    let ties = match graphs.projection() {
        Some(Projection::Missions | Projection::MutualMissions) => vec![TieKind::Mission],
        Some(Projection::Relations) => vec![TieKind::Relations],
        Some(Projection::Memberships | Projection::SignificantMemberships) => vec![TieKind::Membership],
        Some(Projection::Borders) => vec![TieKind::Border],
        _ => return of_all(view),
    };
    let facts = view.edges().filter(|(_, _, edge)| ties.contains(&edge.tie));
    let facts: Vec<&Fact> = facts.map(|(_, _, edge)| &view.network.facts[edge.fact()]).collect();
    cited(view, facts)
}

/// The ranks as numbers: a row a state, and year if there are several.
fn places(by: RankMeasure, years: &[i16], shown: &[OfYear<'_>], rows: &[&Ranked], last: &OfYear<'_>) -> Answer {
    let columns: &[&str] = if years.is_empty() {
        &["rank", "state", "value", "tied"]
    } else {
        &["year", "rank", "state", "value", "tied"]
    };
    let question = format!("plot rank --by {} {}", by.name(), last.named.asked);
    let mut answer = Answer::new(question, last.named.lens.clone(), columns);
    let number = |count: usize| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    for (at, year) in shown.iter().enumerate() {
        for row in rows {
            let Some(found) = year.of(&last.named.names[row.node]) else { continue };
            let value = if by.is_count() { Cell::Number(found.value) } else { Cell::Measure(found.value) };
            let mut cells = vec![number(found.rank), last.named.cell(row.node), value, number(found.tied)];
            if let Some(year) = years.get(at) {
                cells.insert(0, Cell::Integer((*year).into()));
            }
            answer.row(cells, &[]);
        }
    }
    answer.notes.push(last.named.caption.clone());
    answer
}

fn decades(arguments: &Decades, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let ask = &arguments.ask;
    anyhow::ensure!(ask.as_of.is_none(), "the decades end with the newest source");
    anyhow::ensure!(!ask.certain, "the decades show both what is certain and what may have been");
    let style = arguments.picture.style()?;
    let network = ask.network(gazetteer)?;
    let view = network.view(ask.lens()?);
    let state = view.find(&arguments.state)?;
    let table = analysis::decades(&view, state);
    if ask.format != Form::Table {
        let slug = view.slug(state);
        let columns = ["decade", "date", "region", "partner", "relations", "mission"];
        let mut answer = Answer::new(format!("plot decades {slug}"), "every decade".to_owned(), &columns);
        let regions = Regions::carried();
        let held = |held: Held| match held {
            Held::No => "no",
            Held::Perhaps => "perhaps",
            Held::Yes => "yes",
        };
        for decade in &table.decades {
            for (at, partner) in table.partners.iter().enumerate() {
                let cells = vec![
                    Cell::Integer(decade.first.into()),
                    Cell::from(decade.day.to_string()),
                    Cell::from(regions.of(partner).map(|(region, _)| region)),
                    name(&network, partner),
                    Cell::from(held(decade.relations[at])),
                    Cell::from(held(decade.missions[at])),
                ];
                answer.row(cells, &[]);
            }
        }
        return ask.print(&answer);
    }
    let mut facts: Vec<&Fact> = Vec::new();
    for direction in [petgraph::Direction::Outgoing, petgraph::Direction::Incoming] {
        let edges = view
            .edges_of(state, direction)
            .filter(|(_, edge, _)| !edge.denied && matches!(edge.tie, TieKind::Relations | TieKind::Mission));
        facts.extend(edges.map(|(_, edge, _)| &view.network.facts[edge.fact()]));
    }
    let sources = cited(&view, facts);
    let name = style.name(&view, view.slug(state));
    let scene = charts::decades(&view, name, &table, &sources, &style);
    arguments.picture.write(&scene, !table.decades.is_empty())
}
