//! `legation draw`: the relations of a state as SVG or DOT.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::messages::say;
use super::shared::{Ask, Outcome, print};
use crate::dataset::write_atomically;
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
    #[arg(long = "as", value_enum)]
    ending: Option<Ending>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    let scene = render::ego(&view, state);
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
