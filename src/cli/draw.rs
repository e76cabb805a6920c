//! `legation draw`: the representation of a state as SVG or DOT, or what the drawing shows as a table.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use petgraph::graph::NodeIndex;

use super::answers::{city, host, name};
use super::messages::say;
use super::shared::{Ask, Form, Outcome, print};
use crate::coverage;
use crate::dataset::write_atomically;
use crate::export::{Answer, Cell};
use crate::graph::{Network, View};
use crate::names::Gazetteer;
use crate::render;

/// The ending of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ending {
    /// Scalable vector graphics, laid out by this program
    Svg,
    /// Input for Graphviz
    Dot,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State in the middle
    state: String,
    /// File to write; its ending decides between SVG and DOT. Without it the drawing goes to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Form, if the file's ending should not decide
    #[arg(long = "as", value_enum, conflicts_with = "format")]
    ending: Option<Ending>,
    #[command(flatten)]
    ask: Ask,
}

/// What the drawing shows, a partner a row (two where documents disagree on the seat).
fn answer(network: &Network<'_>, view: &View<'_>, state: NodeIndex) -> Answer {
    let columns = ["partner", "form", "city", "host"];
    let mut answer = Answer::new(format!("draw {}", view.slug(state)), view.lens.caption(), &columns);
    for partner in coverage::representation(view, state) {
        // A row a reading of the seat, as in `cover`.
        let seats = if partner.seats.is_empty() { vec![None] } else { partner.seats.iter().map(Some).collect() };
        for seat in seats {
            answer.row(
                vec![name(network, partner.slug), Cell::from(partner.form.name()), city(seat), host(network, seat)],
                &partner.origins(),
            );
        }
    }
    answer
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    if arguments.ask.format != Form::Table {
        return arguments.ask.print(&answer(&network, &view, state));
    }
    let scene = render::ego(&view, state, arguments.ask.evidence);
    let named = arguments.output.as_deref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
    let ending = match (arguments.ending, named) {
        (Some(ending), _) => ending,
        (None, Some("dot" | "gv")) => Ending::Dot,
        (None, Some("svg") | None) => Ending::Svg,
        (None, Some(other)) => anyhow::bail!("\"{other}\" is no ending of a drawing: say .svg or .dot, or --as svg"),
    };
    let text = match ending {
        Ending::Svg => render::svg(&scene),
        Ending::Dot => render::dot(&scene),
    };
    match &arguments.output {
        Some(path) => {
            write_atomically(path, text.as_bytes()).with_context(|| path.display().to_string())?;
            say(&format!("{}: {}", path.display(), scene.title));
        }
        None => print(&text)?,
    }
    // The state itself is a mark too.
    Ok(if scene.marks.len() > 1 { Outcome::Answered } else { Outcome::Nothing })
}
