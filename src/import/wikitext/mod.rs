//! Articles in wikitext: tables with flag and date templates, bullet lists under country headings, prose.

mod cells;
mod dated;
mod inline;
mod mask;
mod templates;

use super::Document;
use super::lists::{ListOf, is_aside};
use crate::grammar::{Found, Passage, What};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::{EntityAt, Form};
use cells::{content, split_cells};
use inline::Plain;

/// What a column of a table holds, as its header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Country,
    Date,
    Text,
}

#[derive(Debug, Default)]
struct Table {
    headers: Vec<Column>,
    /// Whether header or surroundings say that the dates are of diplomatic relations.
    relations: bool,
    /// Whether the header names an unlike kind of event.
    unlike: bool,
    /// Whether a column says in words that it holds dates of relations.
    dated: bool,
    column: usize,
    row: Row,
}

#[derive(Debug, Default)]
struct Row {
    country: Option<EntityAt>,
    /// What its country may be where the name is that of several, with what to say if nothing decides.
    doubt: Option<Doubt>,
    /// An organisation in the place of the country (slug).
    organisation: Option<String>,
    /// Line and offset of the country cell.
    place: Option<(usize, usize)>,
    /// Spans of relations with line and offset of their cell.
    dates: Vec<(Span, usize, usize)>,
    denied: bool,
    ended: bool,
    stated: bool,
    /// Whether its cell for the date is empty.
    silent: bool,
}

/// A country that a row names and that is not told yet.
#[derive(Debug)]
struct Doubt {
    choices: Vec<EntityAt>,
    place: (usize, usize),
    message: String,
}

struct Reader<'r, 'd> {
    document: &'r mut Document<'d>,
    sections: Vec<(usize, Option<EntityAt>)>,
    heading: String,
    skipped: bool,
    tables: Vec<Table>,
    list: ListOf,
    /// Whether the text of this section speaks of diplomatic relations.
    about_relations: bool,
    /// A party named by a bullet for the bullets under it: depth and entity.
    bullet: Option<(usize, EntityAt)>,
}

/// Reads an article.
pub(super) fn read(document: &mut Document<'_>) {
    let masked = mask::mask(document.text);
    let mut reader = Reader {
        document,
        sections: Vec::new(),
        heading: String::new(),
        skipped: false,
        tables: Vec::new(),
        list: ListOf::Nothing,
        about_relations: false,
        bullet: None,
    };
    let mut offset = 0;
    for line in masked.split('\n') {
        reader.line(line, offset);
        offset += line.len() + 1;
    }
    while !reader.tables.is_empty() {
        reader.end_row();
        reader.tables.pop();
    }
}

impl Reader<'_, '_> {
    fn line(&mut self, raw: &str, base: usize) {
        let line = raw.trim_start();
        let offset = base + raw.len() - line.len();
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        let opens = line.trim_start_matches([':', '*', ' ']);
        if opens.starts_with("{|") {
            self.tables.push(Table { relations: false, ..Table::default() });
        } else if !self.tables.is_empty() {
            self.table_line(line, offset);
        } else if line.starts_with('=') && line.ends_with('=') && line.len() > 2 {
            self.heading(line, offset);
        } else if self.skipped {
        } else if let Some(first) = line.chars().next().filter(|c| matches!(c, '*' | '#' | ':' | ';')) {
            let depth = line.bytes().take_while(|b| matches!(b, b'*' | b'#' | b':' | b';')).count();
            let body = &line[depth..];
            if first == ';' && body.len() < 60 {
                self.pseudo_heading(body);
            }
            self.bullet(body, depth, offset + depth);
        } else {
            self.paragraph(line, offset);
        }
    }

    /// The party of the section: of the deepest heading that names one.
    fn section(&self) -> Option<EntityAt> {
        self.sections.iter().rev().find_map(|(_, entity)| *entity)
    }

    fn heading(&mut self, line: &str, _offset: usize) {
        let level = line.bytes().take_while(|b| *b == b'=').count();
        let title = inline::plain(line.trim_matches('=')).text;
        self.sections.retain(|(known, _)| *known < level);
        let party = self.party(&title);
        self.sections.push((level, party));
        let lower = title.trim().to_lowercase();
        if level <= 2 || self.skipped {
            self.skipped = is_aside(&title);
        }
        self.list = ListOf::announced(&title).unwrap_or(ListOf::Nothing);
        self.about_relations = lower.contains("relations") && !lower.contains("foreign relations");
        self.heading = lower;
        self.bullet = None;
    }

    fn pseudo_heading(&mut self, body: &str) {
        let title = inline::plain(body).text;
        let party = self.party(&title);
        self.sections.retain(|(known, _)| *known < 9);
        self.sections.push((9, party));
    }

    /// The one party that a heading names beside the article.
    fn party(&self, title: &str) -> Option<EntityAt> {
        let items = self.document.grammar.items(title);
        if items.len() > 9 {
            return None;
        }
        let mut named: Vec<EntityAt> = Vec::new();
        for item in &items {
            if matches!(item.what, What::Date(_)) {
                return None;
            }
            let entity = item.name().and_then(|senses| {
                crate::grammar::choose(
                    self.document.grammar.gazetteer,
                    senses,
                    self.document.context(None),
                    &[Form::Name],
                )
            });
            if let Some(entity) = entity.filter(|entity| Some(*entity) != self.document.article)
                && !named.contains(&entity)
            {
                named.push(entity);
            }
        }
        if let [only] = named.as_slice() { Some(*only) } else { None }
    }

    fn paragraph(&mut self, line: &str, offset: usize) {
        let plain = inline::plain(line);
        self.bullet = None;
        self.read(&plain, offset, self.section());
        let lower = plain.text.to_lowercase();
        self.about_relations |= lower.contains("diplomatic relations with");
        match ListOf::announced(&plain.text) {
            Some(kind) => self.list = kind,
            None if self.list.status().is_some() => {
                let usual = self.list.status().unwrap_or("member");
                let line = self.document.line_of(offset);
                self.document.organisation_list(&plain.text, usual, line, offset);
            }
            None => self.list = ListOf::Nothing,
        }
    }

    fn bullet(&mut self, body: &str, depth: usize, offset: usize) {
        let plain = inline::plain(body);
        let line = self.document.line_of(offset);
        if self.bullet.is_some_and(|(known, _)| depth <= known) {
            self.bullet = None;
        }
        match self.list {
            ListOf::Relations | ListOf::NoRelations
                if self.document.relations_item(&plain.text, self.list, line, offset) =>
            {
                return;
            }
            list if list
                .status()
                .is_some_and(|usual| self.document.organisation_list(&plain.text, usual, line, offset) > 0) =>
            {
                return;
            }
            _ => {}
        }
        let named = self.leading_party(&plain);
        let other = named.or(self.bullet.map(|(_, party)| party)).or_else(|| self.section());
        if let Some(party) = named {
            self.bullet = Some((depth, party));
        }
        self.read(&plain, offset, other);
    }

    /// A bullet that opens with a flag or a name and a colon is about that state.
    fn leading_party(&self, plain: &Plain) -> Option<EntityAt> {
        let text = plain.text.trim_start();
        let lead = plain.text.len() - text.len();
        let end = match plain.flags.first().filter(|flag| flag.start <= lead) {
            Some(flag) => flag.end,
            None => {
                let end = text.find([':', '–'])?;
                (end < 40).then_some(lead + end)?
            }
        };
        self.document.grammar.sole_entity(plain.text.get(lead..end)?, self.document.context(None))
    }

    /// Hands a stretch of text to the grammar and takes its claims.
    fn read(&mut self, plain: &Plain, offset: usize, other: Option<EntityAt>) -> Vec<Found> {
        let context = self.document.context(other);
        let passage = Passage { text: &plain.text, links: &plain.links };
        let reading = self.document.grammar.read(passage, context, false);
        let line = self.document.line_of(offset);
        for found in &reading.found {
            let start = offset + plain.origin(found.start);
            self.document.claim(found.clone(), line, start);
        }
        for message in reading.problems {
            self.document.problem(line, message);
        }
        reading.found
    }

    fn table_line(&mut self, line: &str, offset: usize) {
        if line.starts_with("|}") {
            self.end_row();
            self.tables.pop();
        } else if line.starts_with("|-") {
            self.end_row();
        } else if let Some(caption) = line.strip_prefix("|+") {
            self.table_title(&inline::plain(caption).text);
        } else if let Some(cells) = line.strip_prefix('!') {
            for cell in split_cells(cells, true) {
                self.header(cell.1);
            }
        } else if let Some(cells) = line.strip_prefix('|') {
            for (at, cell) in split_cells(cells, false) {
                self.cell(cell, offset + 1 + at, true);
            }
        } else {
            self.cell(line, offset, false);
        }
    }

    fn table_title(&mut self, title: &str) {
        let lower = title.to_lowercase();
        if let Some(table) = self.tables.last_mut() {
            table.relations |= lower.contains("diplomatic relations");
        }
    }

    fn header(&mut self, cell: &str) {
        let title = inline::plain(content(cell).1).text.to_lowercase();
        let title = title.trim();
        let near = self.about_relations || self.heading.contains("relations");
        let Some(table) = self.tables.last_mut() else { return };
        let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
        let date = has(&["began", "begun", "established", "establishment", "beginning"])
            || title.starts_with("formal")
            || has(&["date", "since"])
                && !has(&["visit", "sign", "recogn", "severed", "abolish", "present", "credential"]);
        if date && has(&["relation", "began", "begun", "formal"]) {
            table.relations = true;
            table.dated |= has(&["relation"]);
        }
        if date && near && (title == "date" || title.starts_with("since") || has(&["establish"])) {
            table.relations = true;
        }
        if has(&[
            "visit",
            "event",
            "treaty",
            "agreement",
            "ambassador",
            "mission",
            "conflict",
            "head of",
            "recogn",
            "trade",
        ]) && !has(&["notes", "relation"])
        {
            table.unlike = true;
        }
        let country = has(&["country", "countries", "state", "partner", "nation", "entity", "territor", "region"])
            && !has(&["status", "date", "visit"])
            || title == "organization"
            || title == "organisation";
        // A header row after data begins a new table in all but markup.
        if table.column > 0 && table.row.country.is_some() {
            return;
        }
        table.headers.push(if date {
            Column::Date
        } else if country {
            Column::Country
        } else {
            Column::Text
        });
    }

    /// One cell, or a further line of one.
    fn cell(&mut self, cell: &str, offset: usize, begins: bool) {
        let (cut, body) = if begins { content(cell) } else { (0, cell) };
        let offset = offset + cut;
        let trimmed = body.trim_start();
        let marks = trimmed.bytes().take_while(|b| matches!(b, b'*' | b'#' | b':')).count();
        let offset = offset + body.len() - trimmed.len() + marks;
        let plain = inline::plain(&trimmed[marks..]);
        let line = self.document.line_of(offset);
        let Some(table) = self.tables.last_mut() else { return };
        if begins {
            table.column += 1;
        }
        let at = table.column.saturating_sub(1);
        let column = table.headers.get(at).copied();
        let may_name = begins
            && table.row.country.is_none()
            && (column == Some(Column::Country) || !plain.flags.is_empty() || column.is_none() && at < 2);
        if may_name && !plain.text.trim().is_empty() {
            let context = self.document.context(None);
            let flagged = plain
                .flags
                .first()
                .and_then(|flag| self.document.grammar.sole_entity(&plain.text[flag.clone()], context));
            let icon = plain.links.iter().find_map(|(_, target)| target.strip_prefix("flagicon:"));
            let named = flagged
                .or_else(|| {
                    self.document.grammar.sole_entity(plain.text.split(['(', '\u{2029}']).next().unwrap_or(""), context)
                })
                .or_else(|| icon.and_then(|icon| self.document.grammar.sole_entity(icon, context)))
                .or_else(|| self.coded(&plain.text));
            if let Some(entity) = named {
                let lower = plain.text.to_lowercase();
                let ended =
                    ["suspended", "severed", "broken", "terminated", "ended"].iter().any(|word| lower.contains(word));
                if let Some(table) = self.tables.last_mut() {
                    table.row.country = Some(entity);
                    table.row.place = Some((line, offset));
                    table.row.ended = ended;
                }
                return;
            }
            let written = plain.text.split('(').next().unwrap_or("").trim();
            let known = self.document.grammar.gazetteer.resolve(written, None).is_ok();
            if let (Some(organisation), Some(table)) =
                (self.document.grammar.gazetteer.organisation_named(written), self.tables.last_mut())
            {
                table.row.organisation = Some(organisation.to_owned());
            }
            if !plain.flags.is_empty() && flagged.is_none() && !known && !plain.text.trim().is_empty() {
                self.unnamed(&plain, line, offset);
            }
        }
        self.named_by_a_link(&plain);
        let other = self.tables.last().and_then(|table| table.row.country).or_else(|| self.section());
        if column == Some(Column::Date)
            || column.is_none() && plain.text.len() < 40 && self.tables.last().is_some_and(|t| t.relations)
        {
            self.date_cell(&plain, line, offset);
        }
        let found = self.read(&plain, offset, other);
        let pair = other.zip(self.document.article);
        let Some((other, article)) = pair else { return };
        let gazetteer = self.document.grammar.gazetteer;
        let relations = Statement::relations(&gazetteer.entity_at(other).slug, &gazetteer.entity_at(article).slug);
        let none = column == Some(Column::Date)
            && matches!(
                plain.text.trim().to_lowercase().as_str(),
                "none" | "no" | "n/a" | "no relations" | "not established"
            );
        if let Some(table) = self.tables.last_mut() {
            table.row.denied |= none;
            for found in found.iter().filter(|found| found.statement == relations) {
                table.row.denied |= found.polarity == Polarity::Denied;
                table.row.stated |= found.polarity == Polarity::Asserted;
            }
        }
    }

    /// The entity of a bare code, as `{{GEO}}` shows it; an organisation may go by the same letters.
    fn coded(&self, text: &str) -> Option<EntityAt> {
        let text = text.trim();
        let code = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        // Such templates go by ISO's codes and the Olympic ones.
        let systems = ["iso3:", "ioc:"].iter().filter(|_| code);
        systems
            .map(|system| self.document.grammar.gazetteer.candidates(&format!("{system}{text}"), None))
            .find_map(|found| if let [only] = found.as_slice() { Some(*only) } else { None })
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        table.column = 0;
        if let (None, Some(doubt)) = (row.country, &row.doubt) {
            self.document.problem(doubt.place.0, doubt.message.clone());
        }
        let Some(table) = self.tables.last_mut() else { return };
        if table.headers.len() == 1 {
            // One cell over all columns is a title, not a header.
            table.headers.clear();
        }
        // A column of dates of relations says what the rows are, whatever stands beside it.
        let relations = table.dated || table.relations && !table.unlike;
        let (Some(article), true) = (self.document.article, relations) else { return };
        if let (None, Some(organisation), [(span, line, offset)]) =
            (row.country, &row.organisation, row.dates.as_slice())
        {
            // Relations with an organisation begin on a date like those with a state.
            let article = &self.document.grammar.gazetteer.entity_at(article).slug;
            let statement = Statement::relations(article, organisation);
            let found = Found::new(statement, Polarity::Asserted, *span);
            self.document.claim(found, *line, *offset);
        }
        let Some(other) = row.country else { return };
        if other == article {
            return;
        }
        let gazetteer = self.document.grammar.gazetteer;
        let statement = Statement::relations(&gazetteer.entity_at(article).slug, &gazetteer.entity_at(other).slug);
        let last = row.dates.len().saturating_sub(1);
        for (at, (mut span, line, offset)) in row.dates.iter().copied().enumerate() {
            if at == last && row.ended && span.ended.is_none() {
                span.ended = Some(Bound::UNKNOWN);
            }
            let statement = statement.clone();
            self.document.claim(Found::new(statement, Polarity::Asserted, span), line, offset);
        }
        // An empty cell says nothing, "unknown" says that there is a date: relations with Taipei's offices have none.
        let undated = row.dates.is_empty() && !row.denied && !row.stated && !row.silent;
        if let (Some((line, offset)), true) = (row.place, undated) {
            let span = Span { began: Bound::UNKNOWN, ended: row.ended.then_some(Bound::UNKNOWN) };
            self.document.claim(Found::new(statement, Polarity::Asserted, span), line, offset);
        }
    }
}
