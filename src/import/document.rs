//! A document that is being read: its text and places, and what was found in it so far.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::refusals::refusal;
use super::{Extraction, Format, works};
use crate::grammar::{Context, Found, Grammar};
use crate::model::{Claim, Day, DocumentId, EntityId, OrganisationId, Origin, Problem, Source};
use crate::names::{EntityAt, Gazetteer};

/// A document that is being read.
pub(super) struct Document<'d> {
    pub(super) grammar: &'d Grammar<'d>,
    pub(super) file: String,
    pub(super) stem: String,
    pub(super) text: &'d str,
    /// Byte at which each line begins.
    lines: Vec<usize>,
    pub(super) article: Option<EntityAt>,
    pub(super) claims: Vec<Claim>,
    /// Pages that rows cite, by name.
    cited: BTreeMap<DocumentId, Source>,
    /// Organisations of which it has every member.
    whole: Vec<(OrganisationId, Origin)>,
    pub(super) problems: Vec<Problem>,
    /// Name of its format, where that says more than the format that reads it.
    pub(super) format: Option<&'static str>,
}

impl<'d> Document<'d> {
    /// A document before it is read; `stem` is its name in origins.
    pub(super) fn new(grammar: &'d Grammar<'d>, file: &str, stem: &str, text: &'d str) -> Document<'d> {
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1));
        Document {
            grammar,
            file: file.to_owned(),
            stem: stem.to_owned(),
            text,
            lines,
            article: None,
            claims: Vec::new(),
            cited: BTreeMap::new(),
            whole: Vec::new(),
            problems: Vec::new(),
            format: None,
        }
    }

    /// Reports the lines that hold bytes that are no UTF-8, each once.
    pub(super) fn report_unreadable(&mut self, bytes: &[u8]) {
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
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).max(1)
    }

    /// Who the document is about, and `other`, who the passage is about.
    pub(super) fn context(&self, other: Option<EntityAt>) -> Context {
        Context {
            article: self.article,
            other: other.filter(|other| Some(*other) != self.article),
            ..Context::default()
        }
    }

    /// Takes what was found, unless the same stands on the same line already or it cannot be.
    pub(super) fn claim(&mut self, found: Found, line: usize, offset: usize) {
        let Some(claim) = self.made(found, line, offset) else { return };
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

    /// Takes a row of a table as it is: rows do not repeat each other.
    pub(super) fn push(&mut self, found: Found, line: usize) {
        let offset = line.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(0);
        let claim = self.made(found, line, offset);
        self.claims.extend(claim);
    }

    /// The claim of what was found; what cannot be is reported.
    fn made(&mut self, found: Found, line: usize, offset: usize) -> Option<Claim> {
        let Found { mut statement, polarity, span, as_of, ending, .. } = found;
        let told = ending.and(span.ended).and_then(|ended| ended.earliest);
        if let Some(day) = span.began.earliest.or(told) {
            let then =
                |party: &EntityId| contemporary(self.grammar.gazetteer, party, day).unwrap_or_else(|| party.clone());
            let Ok(()) = statement.rename(|party| Ok::<_, Infallible>(then(party)));
        }
        if let Some(reason) = refusal(&statement, self.grammar.gazetteer) {
            self.problem(line, format!("{reason}; not taken"));
            return None;
        }
        let origin = Origin { document: self.stem.clone().into(), line, offset };
        let claim = Claim { statement, polarity, span, ending, as_of, origin };
        if claim.contradicts_itself() {
            let (began, ended) = (claim.span.began, claim.span.ended.unwrap_or_default());
            self.problem(
                line,
                format!("it would end in {ended}, before it began in {began}; only that it is over is taken"),
            );
        }
        Some(claim)
    }

    /// Keeps that the list of an organisation is whole.
    pub(super) fn has_all_of(&mut self, organisation: OrganisationId, origin: Origin) {
        self.whole.push((organisation, origin));
    }

    /// Keeps a page that a row cites. Of two pages that a title, a publisher and a date do not tell apart the first is kept.
    pub(super) fn cite(&mut self, page: Source, line: usize) {
        let address = page.address.clone();
        let known = &self.cited.entry(page.document.clone()).or_insert(page).address;
        if *known != address {
            let message = format!(
                "a page of the same title, publisher and date stands at \"{known}\"; \"{address}\" is not kept"
            );
            self.problem(line, message);
        }
    }

    /// Says what is doubtful at a line, and what was done.
    pub(super) fn problem(&mut self, line: usize, message: String) {
        self.report(line, message, false);
    }

    /// Says what a table lost at a line, and why.
    pub(super) fn lost(&mut self, line: usize, message: String) {
        self.report(line, message, true);
    }

    fn report(&mut self, line: usize, message: String, lost: bool) {
        let problem = Problem { file: self.file.clone(), line, message, lost };
        if self.problems.last() != Some(&problem) {
            self.problems.push(problem);
        }
    }

    /// What the document gave, in order.
    pub(super) fn finish(mut self, format: Format) -> Extraction {
        self.claims.sort_by_key(|claim| claim.origin.line);
        self.problems.sort();
        self.problems.dedup();
        let about = self.article.map(|at| self.grammar.gazetteer.entity_at(at).slug.clone());
        let mut source = Source {
            document: self.stem.into(),
            format: self.format.unwrap_or(format.name()).to_owned(),
            about,
            ..Source::default()
        };
        works::complete(&mut source);
        Extraction {
            source,
            claims: self.claims,
            problems: self.problems,
            cited: self.cited.into_values().collect(),
            whole: self.whole,
        }
    }
}

/// Who bore the name of a state that had ended on a day: Yugoslavia in 1996 was the Federal Republic. `None` where the
/// state had not ended, or not just one bore its name.
fn contemporary(gazetteer: &Gazetteer, party: &EntityId, day: Day) -> Option<EntityId> {
    let ended = gazetteer.life(party)?.ended?.latest?;
    let named = gazetteer.candidates(&gazetteer.entity(party).filter(|_| ended < day)?.name, Some(day));
    let [only] = named[..] else { return None };
    let other = &gazetteer.entity_at(only).slug;
    (other != party).then(|| other.clone())
}
