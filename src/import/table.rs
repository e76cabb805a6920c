//! Our own table: a list written by hand or by another program, one CSV a kind of tie or of several.
//!
//! Columns are those of a claim (`sending, receiving, city, since, …`), in any order, with commas or
//! semicolons. Names may be any name or code of the tables. `kind` may be left out where the columns tell it.
//! A row's place is its own line unless `places` or `document` and `line` name another.
//!
//! A table of changes has `event` and `on` in the place of `since`, `until` and `ending`: opened, reopened, established,
//! restored, recognised, joined begin a tie on that day; closed, suspended, severed, relocated, downgraded, raised,
//! replaced, withdrawn, left end it.

use super::Document;
use super::claims::name_parties;
use super::refusals::refusal;
use crate::model::{Claim, ClaimRecord, Manner, Origin, Row, Rows};

/// Whether a first line names two columns of a claim or more, and nothing of another format.
pub(super) fn is_table(head: &str) -> bool {
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    let names: Vec<String> = first.split([',', ';']).map(plain).collect();
    let known = names.iter().filter(|name| ClaimRecord::COLUMNS.contains(&name.as_str())).count();
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
        let own = ["places", "document", "line", "offset", "event", "on"].contains(&name.as_str());
        if !own && !ClaimRecord::COLUMNS.contains(&name.as_str()) {
            let known = ClaimRecord::COLUMNS.join(", ");
            document.problem(1, format!("column \"{name}\" is none of {known}; column skipped"));
        }
    }
    for row in rows {
        let read = row.width(&header).and_then(|()| take(document, &header, &row));
        if let Err(message) = read {
            document.lost(row.line, format!("{message}; row skipped"));
        }
    }
}

/// Puts an event and its day into the columns of a claim.
fn happened(record: &mut ClaimRecord, event: &str, on: String) -> Result<(), String> {
    const BEGINS: [&str; 9] = [
        "opened",
        "reopened",
        "established",
        "restored",
        "resumed",
        "recognised",
        "recognized",
        "joined",
        "accredited",
    ];
    if event.is_empty() {
        return if on.is_empty() { Ok(()) } else { Err(format!("\"{on}\" is a day without an event")) };
    }
    if BEGINS.contains(&event) {
        let relations = record.a.is_some() || record.recognizer.is_some();
        let place = if relations { &mut record.date } else { &mut record.since };
        *place = (!on.is_empty()).then_some(on);
        return Ok(());
    }
    let manner = if event == "left" { Some(Manner::Withdrawn) } else { Manner::parse(event) };
    let Some(manner) = manner else {
        let known = [&BEGINS[..], &Manner::ALL.map(Manner::name)[..]].concat().join(", ");
        return Err(format!("\"{event}\" is no event: say {known} or left"));
    };
    record.until = Some(if on.is_empty() { "past".to_owned() } else { on });
    record.ending = Some(manner.name().to_owned());
    if manner == Manner::Severed && record.a.is_none() && record.kind.is_empty() {
        // Of two states nothing but their relations can be severed.
        (record.a, record.b) = (record.sending.take(), record.receiving.take());
    }
    Ok(())
}

/// Takes the claims of a row.
fn take(document: &mut Document<'_>, header: &[String], row: &Row) -> Result<(), String> {
    let mut record = ClaimRecord::default();
    let mut places = Vec::new();
    let (mut event, mut on) = (String::new(), String::new());
    for (column, cell) in header.iter().zip(row.cells.iter()) {
        if column == "places" {
            places = Origin::parse_all(cell)?;
        } else if column == "event" {
            event = plain(cell);
        } else if column == "on" {
            cell.trim().clone_into(&mut on);
        } else if ClaimRecord::COLUMNS.contains(&column.as_str())
            || ["document", "line", "offset"].contains(&column.as_str())
        {
            record.set(column, cell).map_err(|error| error.to_string())?;
        }
    }
    record.kind = plain(&record.kind);
    happened(&mut record, &event, on)?;
    if record.kind.is_empty() {
        let implied = record.implied_kind().or_else(|| record.receiving.is_some().then_some("embassy"));
        implied.unwrap_or_default().clone_into(&mut record.kind);
    }
    if record.kind.is_empty() {
        return Err("no column tells what kind of tie this is".to_owned());
    }
    if record.document.is_empty() {
        record.document = document.stem.as_str().into();
        (record.line, record.offset) = (row.line, row.offset);
    }
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
        document.claims.extend(places.into_iter().map(|origin| Claim { origin, ..claim.clone() }));
    }
    Ok(())
}
