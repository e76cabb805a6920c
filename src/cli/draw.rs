//! `legation draw`: diagrams of what the questions answer.

use clap::{Args, Subcommand};
use petgraph::graph::NodeIndex;

use super::answers::{city, host, name};
use super::pictures::Picture;
use super::shared::{Ask, Form, Outcome};
use crate::coverage;
use crate::export::{Answer, Cell};
use crate::graph::{Network, View};
use crate::names::Gazetteer;
use crate::render::diagrams;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    diagram: Diagram,
}

#[derive(Debug, Subcommand)]
enum Diagram {
    /// The partners of one state as rings: resident missions, cover from third states, relations alone, none
    Ego(Ego),
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

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    match &arguments.diagram {
        Diagram::Ego(arguments) => ego(arguments, gazetteer),
    }
}

fn ego(arguments: &Ego, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    if arguments.ask.format != Form::Table {
        return arguments.ask.print(&partners(&network, &view, state));
    }
    let scene = diagrams::ego(&view, state, arguments.ask.evidence, &style);
    // The state itself is a node too.
    arguments.picture.write(&scene, scene.nodes.len() > 1)
}

/// What the rings show, a partner a row; several where missions in several places cover.
fn partners(network: &Network<'_>, view: &View<'_>, state: NodeIndex) -> Answer {
    let columns = ["partner", "form", "covered_by", "city", "host"];
    let mut answer = Answer::new(format!("draw ego {}", view.slug(state)), view.lens.caption(), &columns);
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
