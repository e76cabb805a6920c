//! Our own table: a list written by hand or by another program, one CSV a kind of tie or of several.
//!
//! Columns are those of a claim (`sending, receiving, city, since, …`), in any order, with commas or
//! semicolons. Names may be any name or code of the tables. `kind` may be left out where the columns tell it; `subject`
//! and `object` stand for the two parties of whatever kind it is.
//! A row's place is its own line unless `places` or `document` and `line` name another. A row that cites a page
//! (`title, publisher, published, address`) has that page for its source.
//!
//! A table of changes has `event` and `on` in the place of `since`, `until` and `ending`; the words are in [`events`](super::events).

use super::Document;
use super::claims::name_parties;
use super::events::{Event, happened};
use super::pages::Page;
use super::refusals::refusal;
use super::whole_lists;
use crate::model::{Claim, ClaimRecord, Origin, Row, Rows, TieKind};
use crate::names::Named;

/// Columns of a table that no claim has.
const OWN: [&str; 11] =
    ["places", "document", "line", "offset", "event", "on", "object", "title", "publisher", "published", "address"];

/// Whether a first line names two columns of a claim or more, and nothing of another format.
pub(super) fn is_table(head: &str) -> bool {
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    let names: Vec<String> = first.split([',', ';']).map(plain).collect();
    let known =
        names.iter().filter(|name| ClaimRecord::COLUMNS.contains(&name.as_str()) || OWN.contains(&name.as_str()));
    let known = known.count();
    known >= 2 && known * 2 >= names.len()
}

/// A heading or kind as the columns write it: "High Commission" is `high_commission`.
fn plain(text: &str) -> String {
    text.trim().trim_matches('"').trim().to_lowercase().replace([' ', '-'], "_")
}

/// Reads a table.
pub(super) fn read(document: &mut Document<'_>) {
    let rows = Rows::new(document.text);
    let header: Vec<String> = rows.header.iter().map(|name| plain(name)).collect();
    for name in &header {
        if !OWN.contains(&name.as_str()) && !ClaimRecord::COLUMNS.contains(&name.as_str()) {
            let known = ClaimRecord::COLUMNS.join(", ");
            document.problem(1, format!("column \"{name}\" is none of {known}; column skipped"));
        }
    }
    if header.iter().any(|name| name == "event") {
        document.format = Some("changes");
    }
    for row in rows {
        let read = row.width(&header).and_then(|()| take(document, &header, &row));
        if let Err(message) = read {
            document.lost(row.line, format!("{message}; row skipped"));
        }
    }
}

/// Puts the two parties of a row where its kind has them.
fn place_parties(record: &mut ClaimRecord, object: Option<String>) {
    let Some(object) = object else { return };
    let subject = record.subject.take();
    let kind = record.kind.strip_prefix("no_").unwrap_or(&record.kind);
    let (one, other) = match TieKind::ALL.into_iter().find(|known| known.name() == kind) {
        Some(TieKind::Relations | TieKind::Border | TieKind::Signed) => (&mut record.a, &mut record.b),
        Some(TieKind::Recognition) => (&mut record.recognizer, &mut record.recognized),
        Some(TieKind::Membership) => (&mut record.member, &mut record.organization),
        _ => (&mut record.sending, &mut record.receiving),
    };
    (*one, *other) = (subject, Some(object));
}

/// Takes the claims of a row.
fn take(document: &mut Document<'_>, header: &[String], row: &Row) -> Result<(), String> {
    let mut record = ClaimRecord::default();
    let mut places = Vec::new();
    let mut event = Event::default();
    let mut page = Page::default();
    let mut object = None;
    for (column, cell) in header.iter().zip(row.cells.iter()) {
        if column == "places" {
            places = Origin::parse_all(cell)?;
        } else if column == "event" {
            event.word = plain(cell);
        } else if column == "on" {
            cell.trim().clone_into(&mut event.on);
        } else if column == "object" {
            object = (!cell.trim().is_empty()).then(|| cell.trim().to_owned());
        } else if let Some(field) = page.field(column) {
            cell.trim().clone_into(field);
        } else if ClaimRecord::COLUMNS.contains(&column.as_str())
            || ["document", "line", "offset"].contains(&column.as_str())
        {
            record.set(column, cell).map_err(|error| error.to_string())?;
        }
    }
    record.kind = plain(&record.kind);
    place_parties(&mut record, object);
    let on = event.on.clone();
    let before = happened(&mut record, event)?;
    if record.kind.is_empty() {
        let implied = record.implied_kind().or_else(|| record.receiving.is_some().then_some("embassy"));
        implied.unwrap_or_default().clone_into(&mut record.kind);
    }
    if record.kind.is_empty() {
        return Err("no column tells what kind of tie this is".to_owned());
    }
    if record.document.is_empty()
        && let Some(source) = page.source(&on, document.grammar.gazetteer)
    {
        record.document = source.document.clone();
        record.line = 1;
        document.cite(source, row.line);
    }
    if record.document.is_empty() {
        record.document = document.stem.as_str().into();
        (record.line, record.offset) = (row.line, row.offset);
    }
    let place = (record.document.clone(), record.line, record.offset);
    if record.status.as_deref() == Some(whole_lists::STATUS) && record.member.is_none() {
        let named = record.organization.as_deref().unwrap_or_default();
        let gazetteer = document.grammar.gazetteer;
        let by_name = || match gazetteer.resolve(named, None) {
            Ok(Named::Organisation(organisation)) => Some(organisation),
            _ => None,
        };
        let Some(organisation) = gazetteer.organisation(named).or_else(by_name) else {
            return Err(format!("\"{named}\" is no organisation, of which a list of members could be whole"));
        };
        let organisation = organisation.slug.clone();
        let origin = Origin { document: place.0, line: place.1, offset: place.2 };
        document.has_all_of(organisation, origin);
        return Ok(());
    }
    for mut record in before.into_iter().chain([record.clone()]) {
        (record.document, record.line, record.offset) = (place.0.clone(), place.1, place.2);
        take_claim(document, row, record, &places)?;
    }
    Ok(())
}

/// Takes one claim of a row.
fn take_claim(document: &mut Document<'_>, row: &Row, record: ClaimRecord, places: &[Origin]) -> Result<(), String> {
    let mut claim = Claim::try_from(record).map_err(|error| error.to_string())?;
    name_parties(&mut claim.statement, document.grammar.gazetteer)?;
    if let Some(reason) = refusal(&claim.statement, document.grammar.gazetteer) {
        return Err(reason);
    }
    if claim.contradicts_itself() {
        let (began, ended) = (claim.span.began, claim.span.ended.unwrap_or_default());
        let message = format!("it would end in {ended}, before it began in {began}; only that it is over is taken");
        document.problem(row.line, message);
    }
    if places.is_empty() {
        document.claims.push(claim);
    } else {
        document.claims.extend(places.iter().map(|origin| Claim { origin: origin.clone(), ..claim.clone() }));
    }
    Ok(())
}
