//! `legation gallery`: every piece of a gallery, made anew by the command that is shown with it, and its index page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, CommandFactory, FromArgMatches};

use super::pieces::{PIECES, Piece};
use crate::cli::messages::say;
use crate::cli::shared::Outcome;
use crate::dataset::write_atomically;
use crate::names::Gazetteer;
use crate::render::{html_text, theme::LIGHT};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Folder to write to
    #[arg(long, short, value_name = "FOLDER", default_value = "output")]
    output: PathBuf,
    /// Write nothing: tell which files in the folder are not as they would be made, exit code 1 if any
    #[arg(long)]
    check: bool,
}

pub(in crate::cli) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let mut made: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut sound = true;
    for piece in PIECES.rows() {
        let file = folder.path().join(&piece.file);
        let words = piece.command.split(' ').filter(|word| !word.is_empty());
        let mut line: Vec<String> = std::iter::once("legation").chain(words).map(str::to_owned).collect();
        line.extend(["-o".to_owned(), file.display().to_string(), "--quiet".to_owned()]);
        if piece.is_picture() {
            line.push("--check".to_owned());
        }
        let matches = crate::cli::Arguments::command().try_get_matches_from(&line)?;
        let asked = crate::cli::Arguments::from_arg_matches(&matches)?;
        let outcome =
            crate::cli::answer(&asked.command, gazetteer).with_context(|| format!("legation {}", piece.command))?;
        sound &= outcome == Outcome::Answered;
        made.insert(piece.file.clone(), std::fs::read(&file).with_context(|| piece.file.clone())?);
    }
    made.insert("index.html".to_owned(), index(PIECES.rows()).into_bytes());
    made.insert("README.md".to_owned(), readme(PIECES.rows()).into_bytes());
    let outcome = |sound| if sound { Outcome::Answered } else { Outcome::Nothing };
    if arguments.check {
        let stale = stale(&arguments.output, &made)?;
        stale.iter().for_each(|told| say(told));
        if stale.is_empty() {
            say(&format!("{}: {} files are as they would be made", arguments.output.display(), made.len()));
        } else {
            say("legation gallery makes them anew");
        }
        return Ok(outcome(sound && stale.is_empty()));
    }
    std::fs::create_dir_all(&arguments.output).with_context(|| arguments.output.display().to_string())?;
    for (file, bytes) in &made {
        let path = arguments.output.join(file);
        write_atomically(&path, bytes).with_context(|| path.display().to_string())?;
    }
    say(&format!("{}: {} files", arguments.output.display(), made.len()));
    Ok(outcome(sound))
}

/// Files that are missing, other, or none of the gallery's.
fn stale(folder: &Path, made: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Vec<String>> {
    let mut told = Vec::new();
    for (file, bytes) in made {
        let path = folder.join(file);
        match std::fs::read(&path) {
            Ok(known) if known == *bytes => {}
            Ok(_) => told.push(format!("{}: is not as it would be made", path.display())),
            Err(_) => told.push(format!("{}: is missing", path.display())),
        }
    }
    let mut others: Vec<String> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !made.contains_key(name))
        .collect();
    others.sort();
    told.extend(others.iter().map(|name| format!("{}: is no piece of the gallery", folder.join(name).display())));
    Ok(told)
}

impl Piece {
    /// Whether it was drawn, and not exported.
    fn is_picture(&self) -> bool {
        ["draw", "map", "matrix", "plot"].iter().any(|word| self.command.starts_with(word))
    }

    /// Whether a page can show it.
    fn is_shown(&self) -> bool {
        [".svg", ".png"].iter().any(|ending| self.file.ends_with(ending))
    }

    fn line(&self) -> String {
        format!("legation {} -o {}", self.command, self.file)
    }
}

/// The page that shows every piece with its command.
fn index(pieces: &[Piece]) -> String {
    let theme = &LIGHT;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>legation: gallery</title>\n<style>\n\
         body{{margin:0 auto;padding:1.5rem;max-width:76rem;background:{paper};color:{ink};font-family:'DejaVu Sans',Arial,sans-serif;line-height:1.5}}\n\
         main{{display:grid;grid-template-columns:repeat(auto-fill,minmax(21rem,1fr));gap:1.5rem}}\n\
         figure{{margin:0;border:1px solid {rule};border-radius:.5rem;overflow:hidden;display:flex;flex-direction:column}}\n\
         figure a{{display:flex;height:17rem;align-items:center;justify-content:center;background:{paper};overflow:hidden;color:{ink}}}\n\
         img{{max-width:100%;max-height:100%}}\nfigcaption{{flex:1;padding:.75rem 1rem;border-top:1px solid {rule};background:{band}}}\n\
         code{{display:block;font-size:.8rem;overflow-wrap:anywhere;color:{quiet};margin-top:.25rem}}\n</style>\n</head>\n<body>\n\
         <h1>legation: gallery</h1>\n<p>Every piece is made from the data set that the program carries, by the command under it; \
         <code style=\"display:inline\">legation gallery</code> makes them all.</p>\n<main>\n",
        paper = theme.paper,
        ink = theme.ink,
        rule = theme.rule,
        band = theme.band,
        quiet = theme.quiet,
    );
    for piece in pieces {
        let (file, words) = (html_text(&piece.file), html_text(&piece.words));
        let inside = match piece.is_shown() {
            true => format!("<img src=\"{file}\" alt=\"{words}\" loading=\"lazy\">"),
            false => file.clone(),
        };
        out.push_str(&format!(
            "<figure>\n<a href=\"{file}\">{inside}</a>\n<figcaption>{words}<code>{}</code></figcaption>\n</figure>\n",
            html_text(&piece.line())
        ));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The same as Markdown.
fn readme(pieces: &[Piece]) -> String {
    let mut out = String::from(
        "# Gallery\n\nEvery piece is made from the data set that the program carries, by the command beside it, and has the \
         same bytes each time; `legation gallery` makes them all, `legation gallery --check` tells whether any is stale. \
         [index.html](index.html) shows them.\n\n| Piece | What it shows | Command |\n|---|---|---|\n",
    );
    for piece in pieces {
        out.push_str(&format!("| [{0}]({0}) | {1} | `{2}` |\n", piece.file, piece.words, piece.line()));
    }
    out
}
