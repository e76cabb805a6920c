//! Sources to claims: one file or folder per format.
//!
//! A format finds the passages of a document, says whom they are about, and hands them to the
//! [`grammar`](crate::grammar). Nothing here knows a country, a city or an article by name.

mod claims;
mod cow;
mod document;
mod episodes;
mod essay;
mod events;
mod factbook;
mod flattened;
mod historian;
mod lists;
mod pages;
mod refusals;
mod table;
pub(crate) mod tables;
mod whole_lists;
mod wikidata;
mod wikitext;
mod works;

use crate::affiliation::StateYears;
use crate::grammar::{Context, Grammar};
use crate::model::{Bound, Claim, OrganisationId, Origin, Problem, Source};
use crate::names::{EntityAt, Form};

pub use claims::{ClaimFileError, read_claims};
pub use whole_lists::deny_others;

use document::Document;

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
    /// A page of the CIA World Factbook as JSON.
    Factbook,
    /// A page of the US Office of the Historian's guide to recognition and relations as XML.
    Historian,
    /// Missions of Wikidata, as the published table or the result of our query.
    Wikidata,
    /// Correlates of War memberships by state and year.
    CowIgo,
    /// Correlates of War diplomatic exchange.
    CowExchange,
    /// Our own table, one row a tie.
    Table,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 10] = [
        Format::Wikitext,
        Format::Flattened,
        Format::Essay,
        Format::Claims,
        Format::Factbook,
        Format::Historian,
        Format::Wikidata,
        Format::CowIgo,
        Format::CowExchange,
        Format::Table,
    ];

    /// The name on the command line and in data sets.
    pub fn name(self) -> &'static str {
        match self {
            Format::Wikitext => "wikitext",
            Format::Flattened => "flattened",
            Format::Essay => "essay",
            Format::Claims => "claims",
            Format::Factbook => "factbook",
            Format::Historian => "historian",
            Format::Wikidata => "wikidata",
            Format::CowIgo => "cow_igo",
            Format::CowExchange => "cow_exchange",
            Format::Table => "table",
        }
    }

    /// Whether a document of this format is a table, of which every row counts.
    pub fn is_tabular(self) -> bool {
        matches!(self, Format::Claims | Format::Wikidata | Format::CowIgo | Format::CowExchange | Format::Table)
    }

    /// Tells the format from the content.
    pub fn detect(text: &str) -> Format {
        let head = floor(text, 200_000);
        let open = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
        if open.starts_with("{\"kind\"") {
            return Format::Claims;
        }
        if wikidata::is_result(open) || wikidata::is_table(open) {
            return Format::Wikidata;
        }
        if factbook::is_page(open) {
            return Format::Factbook;
        }
        if historian::is_page(open) {
            return Format::Historian;
        }
        if StateYears::is_head(open) {
            return Format::CowIgo;
        }
        if cow::is_exchange(open) {
            return Format::CowExchange;
        }
        if table::is_table(open) {
            return Format::Table;
        }
        let count = |needle: &str| head.matches(needle).take(2).count();
        if count("[[") >= 2 {
            return Format::Wikitext;
        }
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
    /// Pages that its rows cite, each once: the documents of their claims.
    pub cited: Vec<Source>,
    /// Organisations of which it has every member, and where it says so.
    pub whole: Vec<(OrganisationId, Origin)>,
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
    let unpacked = unpacked(bytes);
    let (bytes, torn) = match &unpacked {
        Some((unpacked, torn)) => (unpacked.as_slice(), torn.clone()),
        None => (bytes, None),
    };
    // Text has no zero bytes; pictures, programs and torn archives have.
    if bytes.iter().take(8000).any(|byte| *byte == 0) {
        let message = "not a text: it has zero bytes; file skipped".to_owned();
        let problems = vec![Problem { file: file.to_owned(), line: 0, message, lost: true }];
        let format = format.map_or("unknown", Format::name).to_owned();
        let source = Source { document: stem(file).into(), format, ..Source::default() };
        return Extraction { source, claims: Vec::new(), problems, cited: Vec::new(), whole: Vec::new() };
    }
    let text = readable(bytes);
    let format = format.unwrap_or_else(|| Format::detect(&text));
    let stem = stem(file);
    let mut document = Document::new(grammar, file, &stem, &text);
    if !format.is_tabular() && !matches!(format, Format::Factbook | Format::Historian) {
        document.article = about(grammar, &stem, &text);
    }
    document.report_unreadable(bytes);
    if let Some(message) = torn {
        document.lost(0, message);
    }
    match format {
        Format::Wikitext => wikitext::read(&mut document),
        Format::Flattened => flattened::read(&mut document),
        Format::Essay => essay::read(&mut document),
        Format::Claims => {
            let (claims, problems) = claims::lines(file, &text, grammar.gazetteer);
            document.claims = claims;
            document.problems.extend(problems);
        }
        Format::Factbook => factbook::read(&mut document),
        Format::Historian => historian::read(&mut document),
        Format::Wikidata if wikidata::is_table(&text) => wikidata::read_table(&mut document),
        Format::Wikidata => wikidata::read_result(&mut document),
        Format::CowIgo => cow::read_igo(&mut document),
        Format::CowExchange => cow::read_exchange(&mut document),
        Format::Table => table::read(&mut document),
    }
    document.finish(format)
}

/// The name of a document: its file without folder and endings.
fn stem(file: &str) -> String {
    let name = file.strip_suffix(".gz").unwrap_or(file);
    std::path::Path::new(name).file_stem().map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// What a gzip file holds, with a message where it is torn; `None` for any other file.
fn unpacked(bytes: &[u8]) -> Option<(Vec<u8>, Option<String>)> {
    use std::io::Read as _;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return None;
    }
    let mut out = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out);
    let torn = read.err().map(|error| format!("the gzip file is torn ({error}); what stands before is read"));
    Some((out, torn))
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

/// The state that a document is about: named in the file's name, else in "foreign relations of X", else the
/// one named most often near the head.
fn about(grammar: &Grammar<'_>, stem: &str, text: &str) -> Option<EntityAt> {
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
        let mut counts: std::collections::BTreeMap<EntityAt, usize> = std::collections::BTreeMap::new();
        for item in grammar.items(floor(text, 8_000)) {
            let forms = [Form::Name, Form::Demonym, Form::People];
            let entity = item
                .name()
                .and_then(|senses| crate::grammar::choose(grammar.gazetteer, senses, Context::default(), &forms));
            if let Some(entity) = entity {
                *counts.entry(entity).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(entity, count)| (*count, std::cmp::Reverse(*entity))).map(|(entity, _)| entity)
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
