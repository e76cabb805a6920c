//! What all pictures share: how they look, in which ending they are written, and where.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::cli::messages::say;
use crate::cli::shared::Outcome;
use crate::dataset::write_atomically;
use crate::names::Language;
use crate::render::theme::{DARK, LIGHT};
use crate::render::{self, Scene, Size, Style};

/// The ending of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Ending {
    /// Scalable vector graphics
    Svg,
    /// An image
    Png,
    /// A page in vector graphics
    Pdf,
    /// Input for Graphviz
    Dot,
    /// A page with the picture and its tables
    Html,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Paper {
    #[default]
    Light,
    Dark,
}

/// Height of letters in pixels below which nobody reads them.
const LEAST: f64 = 5.5;

/// Flags of every picture.
#[derive(Debug, Args)]
pub(in crate::cli) struct Picture {
    /// File to write; its ending decides: svg, png, pdf, dot or html. Without it an SVG goes to standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Picture")]
    output: Option<PathBuf>,
    /// Ending, if the file's should not decide
    #[arg(long = "as", value_enum, value_name = "ENDING", help_heading = "Picture")]
    ending: Option<Ending>,
    /// Width in pixels (in points for PDF); alone it keeps the shape
    #[arg(long, value_name = "PIXELS", help_heading = "Picture", value_parser = clap::value_parser!(u32).range(16..=20_000))]
    width: Option<u32>,
    /// Height in pixels
    #[arg(long, value_name = "PIXELS", help_heading = "Picture", value_parser = clap::value_parser!(u32).range(16..=20_000))]
    height: Option<u32>,
    /// Title in the place of the usual one
    #[arg(long, value_name = "TEXT", help_heading = "Picture")]
    title: Option<String>,
    /// Language of names and legends: en, ar, az, de, el, es, fr, hy, it, ka, nl, pl, pt, ro, ru, sv, tr or uk
    #[arg(long, value_name = "CODE", default_value = "en", help_heading = "Picture")]
    lang: String,
    /// Light or dark paper
    #[arg(long, value_enum, default_value_t, help_heading = "Picture")]
    theme: Paper,
    /// Layout program of an installed Graphviz, in the place of our own layout: dot, neato, fdp, sfdp, circo, twopi or osage
    #[arg(long, value_name = "PROGRAM", help_heading = "Picture", value_parser = ["dot", "neato", "fdp", "sfdp", "circo", "twopi", "osage"])]
    engine: Option<String>,
    /// Write the letters of an SVG as outlines, for viewers without fonts; they can no longer be searched
    #[arg(long, conflicts_with = "engine", help_heading = "Picture")]
    outlined: bool,
    /// Tell labels that overlap, leave the page or cannot be read; exit code 1 if there are any
    #[arg(long, help_heading = "Picture")]
    check: bool,
    /// Do not tell what was written
    #[arg(long, hide = true)]
    quiet: bool,
}

impl Picture {
    pub(in crate::cli) fn style(&self) -> anyhow::Result<Style> {
        Ok(Style {
            theme: match self.theme {
                Paper::Light => &LIGHT,
                Paper::Dark => &DARK,
            },
            title: self.title.clone(),
            language: Language::parse(&self.lang).context("--lang")?,
        })
    }

    /// Refuses a file for an answer that is printed.
    pub(in crate::cli) fn without_file(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.output.is_none(),
            "--format prints what the picture shows: leave it out to draw, or -o to print"
        );
        Ok(())
    }

    /// The ending that is asked for.
    fn ending(&self) -> anyhow::Result<Ending> {
        let named = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        Ok(match (self.ending, named.map(str::to_lowercase).as_deref()) {
            (Some(ending), _) => ending,
            (None, Some("dot" | "gv")) => Ending::Dot,
            (None, Some("png")) => Ending::Png,
            (None, Some("pdf")) => Ending::Pdf,
            (None, Some("html" | "htm")) => Ending::Html,
            (None, Some("svg") | None) => Ending::Svg,
            (None, Some(other)) => {
                anyhow::bail!("\"{other}\" is no ending of a picture: say .svg, .png, .pdf, .dot or .html, or --as svg")
            }
        })
    }

    /// Writes a scene to the file that is asked for, or to standard output. `found` tells whether it shows anything.
    pub(in crate::cli) fn write(&self, scene: &Scene, found: bool) -> anyhow::Result<Outcome> {
        let ending = self.ending()?;
        let size = Size { width: self.width.map(f64::from), height: self.height.map(f64::from) };
        let bytes = match (&self.engine, ending) {
            (Some(engine), ending) => laid_out(scene, engine, ending)?,
            (None, Ending::Svg) if self.outlined => render::outlined(scene, size)?.into_bytes(),
            (None, ending) if self.outlined => {
                anyhow::bail!("--outlined is of SVG, not of {ending:?}: a PNG or PDF needs no fonts anyway")
            }
            (None, Ending::Svg) => render::svg(scene, size).into_bytes(),
            (None, Ending::Png) => render::png(scene, size, 1.0)?,
            (None, Ending::Pdf) => render::pdf(scene, size)?,
            (None, Ending::Html) => render::html(scene, size).into_bytes(),
            (None, Ending::Dot) => dot(scene, None)?.into_bytes(),
        };
        match &self.output {
            Some(path) => {
                write_atomically(path, &bytes).with_context(|| path.display().to_string())?;
                if !self.quiet {
                    say(&format!("{}: {}", path.display(), scene.title));
                }
            }
            None => {
                let mut out = std::io::stdout().lock();
                match out.write_all(&bytes).and_then(|()| out.flush()) {
                    Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
                    _ => {}
                }
            }
        }
        let mut faults = if self.check { scene.faults() } else { Vec::new() };
        if self.check {
            faults.extend(size.least_letters(scene).filter(|height| *height < LEAST).map(|height| {
                format!("the smallest letters are {height:.1} pixels high at this size, which nobody reads")
            }));
        }
        faults.iter().for_each(|fault| say(fault));
        Ok(if found && faults.is_empty() { Outcome::Answered } else { Outcome::Nothing })
    }
}

fn dot(scene: &Scene, engine: Option<&str>) -> anyhow::Result<String> {
    anyhow::ensure!(
        !scene.ties.is_empty(),
        "this picture has no nodes and ties to lay out: say --as svg, png, pdf or html"
    );
    Ok(engine.map_or_else(|| render::dot(scene), |engine| render::dot_for(scene, engine)))
}

/// The picture as a Graphviz of this machine lays it out.
fn laid_out(scene: &Scene, engine: &str, ending: Ending) -> anyhow::Result<Vec<u8>> {
    let form = match ending {
        Ending::Svg => "-Tsvg",
        Ending::Png => "-Tpng",
        Ending::Pdf => "-Tpdf",
        Ending::Dot => "-Tdot",
        Ending::Html => anyhow::bail!("--engine {engine} writes SVG, PNG, PDF or DOT, no page"),
    };
    let text = dot(scene, Some(engine))?;
    // The program named on the command line lays out; the attribute of the graph would take its place.
    let mut child = Command::new("dot")
        .args([form, "-K", engine])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(
            || "--engine needs Graphviz, whose program \"dot\" was not found; without it our own layout draws",
        )?;
    let mut input = child.stdin.take().context("no way to write to dot")?;
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    let _ = writer.join();
    let messages = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    anyhow::ensure!(output.status.success(), "dot -K{engine}: {messages}");
    if !messages.is_empty() {
        say(&messages);
    }
    Ok(output.stdout)
}
