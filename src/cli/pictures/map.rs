//! `legation map`: what the questions answer on a map.

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::Picture;
use super::draw::{finish, title_of_blocs};
use crate::affiliation::{Compared, Measure};
use crate::analysis::{PortfolioKind, Projection};
use crate::cli::affiliations::Portfolios;
use crate::cli::shared::{Ask, AskOn, Outcome, city_named, one_of};
use crate::cli::{blocs, clusters};
use crate::coverage::{Coverage, Hubs, Ladder};
use crate::graph::View;
use crate::names::{Gazetteer, Named};
use crate::render::maps::{self, Frame, Mapped};
use crate::render::scene::Sign;
use crate::render::theme::{Colour, Hue};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    map: Map,
}

#[derive(Debug, Subcommand)]
enum Map {
    /// Who covers a state, from where
    Cover(Of),
    /// Whom a state covers, from where
    Network(Of),
    /// The partners of a state by the form of their representation with each other
    Relations(Of),
    /// How much every state shares with one, by a measure of overlap
    Overlap(Overlap),
    /// Blocs of states
    Blocs(Blocs),
    /// Seats from which third states are covered
    Hubs(All),
}

/// Which part of the world is shown.
#[derive(Debug, Args)]
struct Where {
    /// Regional view: africa, balkans, caribbean, caucasus, central-america, central-asia, east-africa, east-asia, eastern-europe,
    /// europe, gulf, middle-east, nordic, north-africa, north-america, oceania, pacific, south-america, south-asia,
    /// southeast-asia, southern-africa, west-africa, western-europe; or a state or city around which it is taken
    #[arg(long, value_name = "REGION", help_heading = "Picture")]
    region: Option<String>,
    /// Half the width of a regional view in kilometres
    #[arg(long, value_name = "KM", requires = "region", help_heading = "Picture", value_parser = clap::value_parser!(u32).range(50..=9000))]
    radius: Option<u32>,
}

impl Where {
    fn frame(&self, gazetteer: &Gazetteer) -> anyhow::Result<Frame> {
        let Some(written) = &self.region else { return Ok(Frame::World) };
        let wide = self.radius.map(f64::from);
        let place = written.trim();
        let place = place.strip_prefix("around ").unwrap_or(place);
        if let Some(Frame::Around { name, lon, lat, radius }) = Frame::region(place) {
            return Ok(Frame::Around { name, lon, lat, radius: wide.unwrap_or(radius) });
        }
        let city =
            gazetteer.resolve(place, None).is_err().then(|| city_named(gazetteer, place, |_| false).ok()).flatten();
        if let Some((lon, lat)) = city.and_then(|city| city.longitude.zip(city.latitude)) {
            return Ok(Frame::Around { name: place.to_owned(), lon, lat, radius: wide.unwrap_or(1500.0) });
        }
        let at = match gazetteer.resolve(place, None) {
            Ok(Named::City(city)) => city.longitude.zip(city.latitude),
            Ok(named) => maps::capital(gazetteer, named.slug()),
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("--region: no view, state or city is called so; views are {}", Frame::regions().join(", "))
                });
            }
        };
        let (lon, lat) = at.with_context(|| format!("--region {place}: no place is known of it"))?;
        Ok(Frame::Around { name: place.to_owned(), lon, lat, radius: wide.unwrap_or(1500.0) })
    }
}

#[derive(Debug, Args)]
struct Of {
    /// State
    state: String,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: AskOn,
}

#[derive(Debug, Args)]
struct All {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
struct Overlap {
    /// State
    state: String,
    /// Measure
    #[arg(long, default_value = "jaccard", value_parser = one_of(&Measure::ALL, Measure::name))]
    measure: Measure,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    picture: Picture,
    /// Of what portfolios are made
    #[arg(long, default_value = "memberships", value_parser = one_of(&PortfolioKind::ALL, PortfolioKind::name))]
    portfolio: PortfolioKind,
    /// Memberships that count: full, any, or classes as full,associate or full=1,associate=0.5
    #[arg(long, value_name = "RULE")]
    joint: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
struct Blocs {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    clusters: clusters::Arguments,
}

pub(in crate::cli) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    match &arguments.map {
        Map::Cover(of) => state(of, "cover", maps::cover, gazetteer),
        Map::Network(of) => state(of, "network", maps::network, gazetteer),
        Map::Relations(of) => state(of, "relations", maps::relations, gazetteer),
        Map::Overlap(arguments) => overlap(arguments, gazetteer),
        Map::Blocs(arguments) => found_blocs(arguments, gazetteer),
        Map::Hubs(arguments) => hubs(arguments, gazetteer),
    }
}

type Draw = fn(&View<'_>, petgraph::graph::NodeIndex, &Frame, &crate::render::Style) -> crate::render::Scene;

fn state(of: &Of, word: &str, draw: Draw, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = of.picture.style()?;
    let frame = of.place.frame(gazetteer)?;
    let network = of.ask.network(gazetteer)?;
    let view = network.view(of.ask.lens()?);
    let node = view.find(&of.state)?;
    let scene = draw(&view, node, &frame, &style);
    // The state itself is a node too.
    let found = scene.nodes.len() > 1;
    finish(&scene, format!("map {word} {}", view.slug(node)), view.caption(), found, &of.picture, &of.ask)
}

fn hubs(arguments: &All, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let frame = arguments.place.frame(gazetteer)?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let coverage = Coverage::new(&view);
    let ladders: Vec<Ladder<'_>> = coverage.everyone().collect();
    let hubs = Hubs::of(ladders.iter());
    let scene = maps::hubs(&view, &hubs.hubs, &frame, &style);
    finish(&scene, "map hubs".to_owned(), view.caption(), !hubs.hubs.is_empty(), &arguments.picture, &arguments.ask)
}

fn overlap(arguments: &Overlap, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let ask = &arguments.ask;
    let portfolios = Portfolios::of(arguments.portfolio, arguments.joint.clone());
    let style = arguments.picture.style()?;
    let frame = arguments.place.frame(gazetteer)?;
    let loaded = portfolios.load(ask, std::slice::from_ref(&arguments.state), gazetteer)?;
    anyhow::ensure!(loaded.is_world(), "a map takes a data set, no --table");
    let own = loaded.member(&arguments.state)?;
    let compared = Compared::new(&loaded.table, loaded.range);
    let network = ask.network(gazetteer)?;
    let view = network.view(ask.lens()?);
    let measured: Vec<(usize, f64)> = (0..loaded.table.members.len())
        .filter(|other| *other != own)
        .filter_map(|other| Some((other, compared.measure(arguments.measure, own, other)?)))
        .collect();
    let (least, most) = measured
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), (_, value)| (least.min(*value), most.max(*value)));
    anyhow::ensure!(!measured.is_empty(), "{} shares nothing that can be measured", loaded.name(own));
    let share = |value: f64| if most > least { (value - least) / (most - least) } else { 1.0 };
    let name = arguments.measure.name();
    let slug = loaded.table.members[own].clone();
    let mut values: Vec<(String, Colour, String)> = measured
        .iter()
        .map(|(other, value)| {
            let slug = loaded.table.members[*other].clone();
            let tip = format!("{}: {name} {value:.3}", style.name(&view, &slug));
            (slug, style.theme.ramp(0.08 + 0.92 * share(*value)), tip)
        })
        .collect();
    let whole = style.name(&view, &slug).to_owned();
    values.push((slug.clone(), style.theme.fill(Hue::Orange), whole.clone()));
    let keys = (0..5u32).map(|step| {
        let at = f64::from(step) / 4.0;
        let value = least + (most - least) * at;
        (Sign::Step(style.theme.ramp(0.08 + 0.92 * at)), format!("{value:.2}"))
    });
    let keys = [(Sign::Word, name.to_owned())].into_iter().chain(keys).collect();
    let mut order = measured.clone();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let first: Vec<String> =
        order.iter().take(3).map(|(other, value)| format!("{} {value:.2}", loaded.name(*other))).collect();
    let mapped = Mapped {
        title: format!("{whole}: {}", style.word("shared organisations")),
        caption: vec![format!("{}; {name}; {}", loaded.lens, loaded.caption)],
        description: format!("most like it: {}", first.join(", ")),
    };
    let scene = maps::values(&view, &frame, &values, keys, mapped, &style);
    finish(&scene, format!("map overlap {slug}"), loaded.lens.clone(), true, &arguments.picture, ask)
}

fn found_blocs(arguments: &Blocs, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Blocs { picture, clusters, place } = arguments;
    let style = picture.style()?;
    let frame = place.frame(gazetteer)?;
    let graphs = clusters.graph.open(Projection::MutualMissions, gazetteer)?;
    clusters.check_partition()?;
    let view = graphs.view().context("blocs of a table have no places: map blocs takes a data set")?;
    let named = graphs.named()?;
    let ties = blocs::Ties::of(&named)?;
    anyhow::ensure!(ties.graph.nodes() > 0, "no such tie is told in these sources");
    let sought = blocs::sought(&ties, clusters)?;
    let slugs = ties.slugs();
    let described = blocs::described(&view, &ties, &sought, gazetteer);
    let theme = style.theme;
    let (mut values, mut keys) = (Vec::new(), Vec::new());
    for (at, (members, words)) in sought.partition.members().into_iter().zip(described).enumerate() {
        let colour = theme
            .fill(Hue::GROUPS[at % Hue::GROUPS.len()])
            .mixed(theme.paper, if at < Hue::GROUPS.len() { 0.2 } else { 0.55 });
        keys.push((Sign::Square(colour, None), format!("{} ({}): {words}", at + 1, members.len())));
        for member in members {
            let slug = slugs[member].clone();
            let tip = format!("{}: {} {}", style.name(&view, &slug), style.word("blocs"), at + 1);
            values.push((slug, colour, tip));
        }
    }
    let title = title_of_blocs(&named, &style);
    let mut caption = vec![named.lens.clone(), named.caption.clone()];
    caption.extend(sought.said.into_iter().take(1));
    let description = format!("{} blocs", sought.partition.count());
    let scene = maps::values(&view, &frame, &values, keys, Mapped { title, caption, description }, &style);
    finish(&scene, format!("map blocs {}", named.asked), named.lens.clone(), true, picture, &clusters.graph.ask)
}
