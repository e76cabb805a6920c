//! Articles that were flattened to text: grids whose cells lost their templates, lists, footnotes.
//!
//! A row whose country cell is blank names its country elsewhere: in "See A–B relations", in its
//! sentences, in the city of a mission, in the footnote of its date. Where several states are named, the
//! alphabetical order of the rows decides between them; where nothing names one, the row stays unknown
//! and is a problem.

use std::collections::BTreeMap;

use super::Document;
use super::episodes::episodes;
use super::lists::{ListOf, is_aside};
use crate::grammar::{Context, Found, Passage};
use crate::model::{Polarity, Span, Statement};
use crate::names::{EntityAt, Form, OrganisationAt};

/// One line of a cell.
#[derive(Clone, Debug)]
struct CellLine {
    text: String,
    line: usize,
    offset: usize,
}

/// One row of a grid: lines per column.
#[derive(Clone, Debug, Default)]
struct Row {
    cells: Vec<Vec<CellLine>>,
    country: Option<EntityAt>,
}

/// Reads a flattened article.
pub(super) fn read(document: &mut Document<'_>) {
    let footnotes = footnotes(document.text);
    let mut offset = 0;
    let mut grid: Vec<(usize, usize, &str)> = Vec::new();
    let mut list = ListOf::Nothing;
    let mut party = Party::default();
    let text = document.text;
    for (at, line) in text.split('\n').enumerate() {
        let in_grid = line.starts_with('+') && line.contains("--")
            || line.starts_with("+=")
            || line.starts_with("| ")
            || line == "|";
        if in_grid {
            grid.push((at + 1, offset, line));
        } else {
            if !grid.is_empty() {
                table(document, &std::mem::take(&mut grid), &footnotes);
            }
            prose(document, line, at + 1, offset, &mut list, &mut party);
        }
        offset += line.len() + 1;
    }
    if !grid.is_empty() {
        table(document, &grid, &footnotes);
    }
}

/// Texts of the footnotes, by their number.
fn footnotes(text: &str) -> BTreeMap<u32, String> {
    let mut notes = BTreeMap::new();
    for line in text.lines() {
        if let Some((number, note)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']'))
            && let Ok(number) = number.parse()
        {
            notes.insert(number, note.trim().to_owned());
        }
    }
    notes
}

/// A line outside tables: heading, list item, footnote or paragraph.
fn prose(document: &mut Document<'_>, line: &str, number: usize, offset: usize, list: &mut ListOf, party: &mut Party) {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return;
    }
    let bullet = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
    if bullet.is_some() && party.aside {
        return;
    }
    if let Some(item) = bullet {
        if matches!(list, ListOf::Relations | ListOf::NoRelations)
            && document.relations_item(item, *list, number, offset)
        {
            return;
        }
        if let Some(usual) = list.status()
            && document.organisation_list(item, usual, number, offset) > 0
        {
            return;
        }
        grammar(document, item, number, offset, *party);
        return;
    }
    let footnote = trimmed.starts_with('[')
        && trimmed
            .split_once(']')
            .is_some_and(|(head, _)| head.len() < 6 && head[1..].bytes().all(|b| b.is_ascii_digit()));
    if footnote {
        let note = trimmed.split_once(']').map_or("", |(_, note)| note);
        report(document, note, number, offset);
        return;
    }
    let words = trimmed.split_whitespace().count();
    let announced = ListOf::announced(&without_marks(trimmed));
    if let (Some(usual), None) = (list.status(), announced)
        && document.organisation_list(trimmed, usual, number, offset) > 0
    {
        return;
    }
    if list.status().is_some() && announced.is_none() && super::lists::is_abbreviation(trimmed) {
        return;
    }
    let heading = words <= 7 && !trimmed.contains(". ") && (!trimmed.ends_with('.') || words <= 4);
    if heading {
        if let Some(kind) = announced {
            *list = kind;
        } else if !(*list == ListOf::NoRelations && words <= 2) {
            *list = ListOf::Nothing;
        }
        *party = headed(document, trimmed);
        return;
    }
    grammar(document, trimmed, number, offset + line.len() - line.trim_start().len(), *party);
    *list = announced.unwrap_or(ListOf::Nothing);
}

/// A footnote: headlines report relations and recognitions, and its own date says by when; the titles of
/// the pages that it cites ("Embassy of A in B") state nothing.
fn report(document: &mut Document<'_>, note: &str, line: usize, offset: usize) {
    let context = document.context(None);
    let reading = document.grammar.read(Passage { text: note, links: &[] }, context, false);
    for mut found in reading.found {
        if !matches!(found.statement, Statement::Relations { .. } | Statement::Recognition { .. }) {
            continue;
        }
        if found.polarity == Polarity::Asserted {
            let stated = found.span.began;
            let reported =
                if stated.is_unknown() { document.grammar.date_in(note).unwrap_or_default() } else { stated };
            found.span.began = reported.by();
        }
        document.claim(found, line, offset);
    }
}

/// Whom a section is about.
#[derive(Clone, Copy, Debug, Default)]
struct Party {
    state: Option<EntityAt>,
    organisation: Option<OrganisationAt>,
    /// Whether the section points elsewhere and states nothing.
    aside: bool,
}

/// The party that a heading names beside the article.
fn headed(document: &Document<'_>, heading: &str) -> Party {
    let items = document.grammar.items(heading);
    let organisation = items.iter().find_map(|item| match item.name()?.organisations.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let state = items.iter().rev().find_map(|item| {
        let entity =
            crate::grammar::choose(document.grammar.gazetteer, item.name()?, document.context(None), &[Form::Name])?;
        (Some(entity) != document.article).then_some(entity)
    });
    Party { state, organisation, aside: is_aside(heading) }
}

/// Text without its footnote marks.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        match tail.find(']') {
            Some(end) if end <= 4 && tail[..end].bytes().all(|b| b.is_ascii_digit()) => rest = &tail[end + 1..],
            _ => {
                out.push('[');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out.replace('_', " ")
}

fn grammar(document: &mut Document<'_>, text: &str, line: usize, offset: usize, party: Party) -> Vec<Found> {
    let plain = without_marks(text);
    let context = Context { topic: party.organisation, ..document.context(party.state) };
    let reading = document.grammar.read(Passage { text: &plain, links: &[] }, context, true);
    for found in &reading.found {
        document.claim(found.clone(), line, offset + found.start.min(text.len()));
    }
    for message in reading.problems {
        document.problem(line, message);
    }
    reading.found
}

/// Reads one grid.
fn table(document: &mut Document<'_>, lines: &[(usize, usize, &str)], footnotes: &BTreeMap<u32, String>) {
    let Some((_, _, border)) = lines.iter().find(|(_, _, line)| line.starts_with('+')) else { return };
    let columns: Vec<usize> = border.chars().enumerate().filter(|(_, c)| *c == '+').map(|(at, _)| at).collect();
    if columns.len() < 2 {
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row { cells: vec![Vec::new(); columns.len() - 1], country: None };
    let mut header: Vec<String> = Vec::new();
    for (number, offset, line) in lines {
        if line.starts_with('+') {
            let filled = row.cells.iter().any(|cell| !cell.is_empty());
            let done = std::mem::replace(&mut row, Row { cells: vec![Vec::new(); columns.len() - 1], country: None });
            if line.starts_with("+=") {
                header = done
                    .cells
                    .iter()
                    .map(|cell| cell.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "))
                    .collect();
            } else if filled {
                rows.push(done);
            }
            continue;
        }
        let positions: Vec<(usize, char)> = line.char_indices().collect();
        for (column, pair) in columns.windows(2).enumerate() {
            let from = positions.get(pair[0] + 1).map_or(line.len(), |(at, _)| *at);
            let to = positions.get(pair[1]).map_or(line.len(), |(at, _)| *at);
            let text = line.get(from..to).unwrap_or("").trim().trim_end_matches('|').trim();
            if !text.is_empty() {
                row.cells[column].push(CellLine { text: text.to_owned(), line: *number, offset: offset + from });
            }
        }
    }
    if row.cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
    let find = |words: &[&str]| {
        header.iter().position(|title| {
            let lower = title.to_lowercase();
            words.iter().any(|word| lower.contains(word))
        })
    };
    let country = find(&["country", "state", "nation"]).unwrap_or(0);
    let date = find(&["began", "established", "since", "date"]);
    let relations = date.is_some_and(|date| {
        header[date].to_lowercase().contains("relation") || header[date].to_lowercase().contains("began")
    });
    let candidates: Vec<Vec<EntityAt>> =
        rows.iter().map(|row| named_by(document, row, country, date, footnotes)).collect();
    settle(document, &mut rows, &candidates);
    for row in &rows {
        read_row(document, row, country, date, relations, footnotes);
    }
}

/// The states that a row can be about, by the first kind of evidence that names any.
fn named_by(
    document: &Document<'_>,
    row: &Row,
    country: usize,
    date: Option<usize>,
    footnotes: &BTreeMap<u32, String>,
) -> Vec<EntityAt> {
    let grammar = document.grammar;
    let context = document.context(None);
    let not_article = |entity: &EntityAt| Some(*entity) != document.article;
    for line in row.cells.get(country).into_iter().flatten() {
        if let Some(entity) = grammar.sole_entity(&without_marks(&line.text), context).filter(not_article) {
            return vec![entity];
        }
    }
    let notes: Vec<&CellLine> =
        row.cells.iter().enumerate().filter(|(at, _)| *at != country).flat_map(|(_, cell)| cell).collect();
    for line in &notes {
        if line.text.to_lowercase().starts_with("see ") && line.text.to_lowercase().contains("relations") {
            let named: Vec<EntityAt> = entities(document, &line.text).into_iter().filter(not_article).collect();
            if !named.is_empty() {
                return named.into_iter().take(1).collect();
            }
        }
    }
    // Whom the sentences are about: parties that are stated together with the article.
    let mut votes: BTreeMap<EntityAt, usize> = BTreeMap::new();
    for line in &notes {
        let plain = without_marks(&line.text);
        let reading = grammar.read(Passage { text: &plain, links: &[] }, context, false);
        for found in &reading.found {
            for slug in parties(&found.statement) {
                if let Some(entity) = grammar.gazetteer.entity_index(slug).filter(not_article) {
                    *votes.entry(entity).or_default() += 3;
                }
            }
        }
        for (at, entity) in entities(document, &plain).into_iter().enumerate() {
            if not_article(&entity) {
                *votes.entry(entity).or_default() += if at == 0 { 2 } else { 1 };
            }
        }
    }
    if let Some(most) = votes.values().max().copied() {
        return votes.into_iter().filter(|(_, count)| *count == most).map(|(entity, _)| entity).collect();
    }
    for line in date.and_then(|date| row.cells.get(date)).into_iter().flatten() {
        for number in marks(&line.text) {
            if let Some(note) = footnotes.get(&number) {
                let reading = grammar.read(Passage { text: note, links: &[] }, context, false);
                let mut named: Vec<EntityAt> = reading
                    .found
                    .iter()
                    .flat_map(|found| parties(&found.statement))
                    .filter_map(|slug| grammar.gazetteer.entity_index(slug))
                    .filter(not_article)
                    .collect();
                if named.is_empty() {
                    named = entities(document, note).into_iter().filter(not_article).collect();
                }
                if !named.is_empty() {
                    named.sort_unstable();
                    named.dedup();
                    return named;
                }
            }
        }
    }
    Vec::new()
}

/// Numbers of the footnote marks in a text.
fn marks(text: &str) -> Vec<u32> {
    text.split('[').skip(1).filter_map(|part| part.split(']').next()?.parse().ok()).collect()
}

/// States named in a text, in order.
fn entities(document: &Document<'_>, text: &str) -> Vec<EntityAt> {
    let mut found = Vec::new();
    for item in document.grammar.items(text) {
        let forms = [Form::Name, Form::Demonym];
        let entity = item.name().and_then(|senses| {
            let context = Context { article: document.article, ..Context::default() };
            crate::grammar::choose(document.grammar.gazetteer, senses, context, &forms)
        });
        if let Some(entity) = entity
            && !found.contains(&entity)
        {
            found.push(entity);
        }
    }
    found
}

/// The parties of a tie that name whom a row is about.
fn parties(statement: &Statement) -> Vec<&str> {
    match statement {
        Statement::Mission { sending, receiving, .. } | Statement::Accreditation { sending, receiving, .. } => {
            vec![sending, receiving]
        }
        Statement::Relations { a, b } => vec![a, b],
        Statement::Recognition { recognizer, recognized } => vec![recognizer, recognized],
        _ => Vec::new(),
    }
}

/// Gives each row its country: the one candidate, or the only one that keeps the rows in the order of the
/// alphabet.
fn settle(document: &Document<'_>, rows: &mut [Row], candidates: &[Vec<EntityAt>]) {
    let name = |entity: EntityAt| crate::names::fold(&document.grammar.gazetteer.entity_at(entity).name);
    let certain: Vec<Option<EntityAt>> =
        candidates.iter().map(|list| if let [only] = list.as_slice() { Some(*only) } else { None }).collect();
    for at in 0..rows.len() {
        rows[at].country = certain[at].or_else(|| {
            let before = certain[..at].iter().rev().flatten().next().map(|entity| name(*entity));
            let after = certain[at + 1..].iter().flatten().next().map(|entity| name(*entity));
            let mut fitting = candidates[at].iter().copied().filter(|&entity| {
                let own = name(entity);
                before.as_ref().is_none_or(|before| *before <= own) && after.as_ref().is_none_or(|after| own <= *after)
            });
            match (fitting.next(), fitting.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        });
    }
}

fn read_row(
    document: &mut Document<'_>,
    row: &Row,
    country: usize,
    date: Option<usize>,
    relations: bool,
    footnotes: &BTreeMap<u32, String>,
) {
    let all = row.cells.iter().flatten();
    let Some((line, offset)) = all.map(|cell| (cell.line, cell.offset)).min() else { return };
    let mut denied = false;
    let mut known = false;
    for (_, cell) in row.cells.iter().enumerate().filter(|(at, _)| *at != country) {
        for cell_line in cell {
            let text = cell_line.text.trim_start_matches(['-', '*', ' ']);
            let cut = cell_line.text.len() - text.len();
            let found = grammar(
                document,
                text,
                cell_line.line,
                cell_line.offset + cut,
                Party { state: row.country, ..Party::default() },
            );
            for found in found.iter().filter(|found| matches!(found.statement, Statement::Relations { .. })) {
                let pair = row.country.zip(document.article).map(|(a, b)| {
                    let gazetteer = document.grammar.gazetteer;
                    Statement::relations(&gazetteer.entity_at(a).slug, &gazetteer.entity_at(b).slug)
                });
                if pair.as_ref() == Some(&found.statement) {
                    denied |= found.polarity == Polarity::Denied;
                    known |= found.polarity == Polarity::Asserted && cell_line.line == line;
                }
            }
        }
    }
    let dates = date.and_then(|date| row.cells.get(date));
    let span = dates.map(|cell| date_cell(document, cell, footnotes)).unwrap_or_default();
    let Some(other) = row.country else {
        if relations {
            let shown: Vec<&str> = row.cells.iter().flatten().map(|cell| cell.text.as_str()).collect();
            let shown = shown.join(" ");
            document.problem(line, format!("\"{}\" names no country; row kept unread", super::floor(&shown, 60)));
        }
        return;
    };
    let closed = span.ended.is_some();
    if let Some(article) = document.article.filter(|_| relations && !known && (!denied || closed)) {
        let gazetteer = document.grammar.gazetteer;
        let statement = Statement::relations(&gazetteer.entity_at(article).slug, &gazetteer.entity_at(other).slug);
        document.claim(Found::new(statement, Polarity::Asserted, span), line, offset);
    }
}

/// The span that a date cell gives: its own dates, else "by" the date of the report in its footnote.
fn date_cell(document: &Document<'_>, cell: &[CellLine], footnotes: &BTreeMap<u32, String>) -> Span {
    for line in cell {
        if let Some(span) = episodes(&document.grammar.items(&without_marks(&line.text))).into_iter().next() {
            return span;
        }
    }
    for number in cell.iter().flat_map(|line| marks(&line.text)) {
        let note = footnotes.get(&number).map_or("", String::as_str);
        let lower = note.to_lowercase();
        let reported = lower.contains("дипломатическ")
            || lower.contains("дипотнош")
            || lower.contains("diplomat") && lower.contains("relations")
            || lower.contains("diplomatik");
        if let Some(bound) = document.grammar.date_in(note).filter(|_| reported) {
            return Span::since(bound.by());
        }
    }
    Span::default()
}
