//! Sources to claims: one file or folder per format.
//!
//! A format finds the passages of a document, says whom they are about, and hands them to the
//! [`grammar`](crate::grammar). Nothing here knows a country, a city or an article by name.

mod claims;
mod episodes;
mod essay;
mod flattened;
mod lists;
mod wikitext;

use crate::grammar::{Context, Found, Grammar};
use crate::model::{Bound, Claim, Origin, Problem, Source};
use crate::names::Form;

pub use claims::{ClaimFileError, read_claims};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An article as wikitext.
    Wikitext,
    /// The same kind of article flattened to text, its tables to grids or lost.
    Flattened,
    /// Running text.
    Essay,
    /// Claims as JSON Lines, as `legation extract` prints them.
    Claims,
}

impl Format {
    /// The name on the command line and in data sets.
    pub fn name(self) -> &'static str {
        match self {
            Format::Wikitext => "wikitext",
            Format::Flattened => "flattened",
            Format::Essay => "essay",
            Format::Claims => "claims",
        }
    }

    /// Reads a name of the command line.
    pub fn parse(text: &str) -> Option<Format> {
        [Format::Wikitext, Format::Flattened, Format::Essay, Format::Claims].into_iter().find(|f| f.name() == text)
    }

    /// Tells the format from the content.
    pub fn detect(text: &str) -> Format {
        let head = floor(text, 200_000);
        if head.trim_start().starts_with("{\"kind\"") {
            return Format::Claims;
        }
        let count = |needle: &str| head.matches(needle).take(50).count();
        let heads = ["\n==", "\n{|", "\n|-", "\n* [["].iter().map(|mark| count(mark)).sum::<usize>();
        let markup = count("[[") + count("{{") + heads + usize::from(head.starts_with("=="));
        if markup >= 2 {
            return Format::Wikitext;
        }
        let grid = count("+---") + count("+===") > 1;
        let lists = lists::organisation_lines(&head.to_lowercase()) >= 5;
        if grid || lists { Format::Flattened } else { Format::Essay }
    }
}

/// The longest head of a text of at most `limit` bytes.
fn floor(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What one document gave.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The document.
    pub source: Source,
    /// Its claims, by line and then in the order of the text.
    pub claims: Vec<Claim>,
    /// What was not taken, with its place.
    pub problems: Vec<Problem>,
}

/// Reads one document. `file` is its path as the user named it; `format` overrides what the content says.
///
/// Never fails and never panics: bytes that are no UTF-8 are read as question marks and reported by line, broken markup as text,
/// and what gives no claim is a problem or nothing. Linear in the length of the input.
pub fn extract(grammar: &Grammar<'_>, file: &str, bytes: &[u8], format: Option<Format>) -> Extraction {
    let text = readable(bytes);
    let format = format.unwrap_or_else(|| Format::detect(&text));
    let stem = std::path::Path::new(file)
        .file_stem()
        .map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let mut document = Document::new(grammar, file, &stem, &text);
    document.report_unreadable(bytes);
    match format {
        Format::Wikitext => wikitext::read(&mut document),
        Format::Flattened => flattened::read(&mut document),
        Format::Essay => essay::read(&mut document),
        Format::Claims => {
            let (claims, problems) = claims::lines(file, &text, grammar.gazetteer);
            document.claims = claims;
            document.problems.extend(problems);
        }
    }
    document.finish(format)
}

/// The text of some bytes; every byte that is no UTF-8 becomes one question mark, so that offsets hold.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return text;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                let bad = error.error_len().unwrap_or(after.len()).min(after.len());
                for _ in 0..bad {
                    text.push('?');
                }
                rest = &after[bad..];
            }
        }
    }
}

/// A document that is being read.
struct Document<'d> {
    grammar: &'d Grammar<'d>,
    file: String,
    stem: String,
    text: &'d str,
    /// Byte at which each line begins.
    lines: Vec<usize>,
    article: Option<usize>,
    claims: Vec<Claim>,
    problems: Vec<Problem>,
}

impl<'d> Document<'d> {
    fn new(grammar: &'d Grammar<'d>, file: &str, stem: &str, text: &'d str) -> Document<'d> {
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1));
        let article = about(grammar, stem, text);
        Document {
            grammar,
            file: file.to_owned(),
            stem: stem.to_owned(),
            text,
            lines,
            article,
            claims: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reports the lines that hold bytes that are no UTF-8, each once.
    fn report_unreadable(&mut self, bytes: &[u8]) {
        let (mut at, mut last) = (0, 0);
        while let Err(error) = std::str::from_utf8(&bytes[at..]) {
            let bad = at + error.valid_up_to();
            let line = self.line_of(bad);
            if line != last {
                self.problem(line, format!("byte 0x{:02x} is no UTF-8; read as a question mark", bytes[bad]));
                last = line;
            }
            at = bad + error.error_len().unwrap_or(bytes.len() - bad);
        }
    }

    /// Line of a byte, from 1.
    fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).max(1)
    }

    fn context(&self, other: Option<usize>) -> Context {
        Context {
            article: self.article,
            other: other.filter(|other| Some(*other) != self.article),
            ..Context::default()
        }
    }

    fn claim(&mut self, found: Found, line: usize, offset: usize) {
        let origin = Origin { document: self.stem.clone(), line, offset };
        let Found { statement, polarity, span, .. } = found;
        let claim = Claim { statement, polarity, span, origin };
        let known = self.claims.iter().rev().take(60).any(|known| {
            known.origin.line == claim.origin.line
                && known.statement == claim.statement
                && known.polarity == claim.polarity
                && known.span == claim.span
        });
        if !known {
            self.claims.push(claim);
        }
    }

    fn problem(&mut self, line: usize, message: String) {
        let problem = Problem { file: self.file.clone(), line, message };
        if self.problems.last() != Some(&problem) {
            self.problems.push(problem);
        }
    }

    fn finish(mut self, format: Format) -> Extraction {
        self.claims.sort_by_key(|claim| claim.origin.line);
        self.problems.sort();
        self.problems.dedup();
        let about = self.article.map(|at| self.grammar.gazetteer.entity_at(at).slug.clone());
        let source = Source { document: self.stem, format: format.name().to_owned(), about, ..Source::default() };
        Extraction { source, claims: self.claims, problems: self.problems }
    }
}

/// The state that a document is about: named in the file's name, else in "foreign relations of X", else the
/// one named most often near the head.
fn about(grammar: &Grammar<'_>, stem: &str, text: &str) -> Option<usize> {
    let first = |text: &str| {
        let items = grammar.items(text);
        items
            .iter()
            .find_map(|item| crate::grammar::choose(grammar.gazetteer, item.name()?, Context::default(), &[Form::Name]))
    };
    let titled = stem.to_lowercase().find(" of ").and_then(|at| stem.get(at + 4..)).and_then(first);
    if titled.is_some() {
        return titled;
    }
    let head = floor(text, 20_000);
    // ASCII folding keeps offsets.
    let lower = head.to_ascii_lowercase();
    let named = lower.match_indices("foreign relations of ").find_map(|(at, phrase)| {
        let from = at + phrase.len();
        let written = head.get(from..)?.lines().next()?;
        let written = floor(written, 80);
        // "FOREIGN RELATIONS OF AZERBAIJAN" reads like the name in small letters.
        first(written)
    });
    named.or_else(|| {
        let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for item in grammar.items(floor(text, 8_000)) {
            let forms = [Form::Name, Form::Demonym, Form::People];
            let entity = item
                .name()
                .and_then(|senses| crate::grammar::choose(grammar.gazetteer, senses, Context::default(), &forms));
            if let Some(entity) = entity {
                *counts.entry(entity).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(entity, count)| (*count, usize::MAX - entity)).map(|(entity, _)| entity)
    })
}

/// A bound for a year that the head of a document gives once, as titles of yearly reviews do.
fn year_of(grammar: &Grammar<'_>, head: &str) -> Option<Bound> {
    let mut years: Vec<Bound> = Vec::new();
    for item in grammar.items(head) {
        if let crate::grammar::What::Date(bound) = item.what
            && bound.known_year().is_some()
            && !years.contains(&bound)
        {
            years.push(bound);
        }
    }
    (years.len() == 1).then(|| years[0])
}
