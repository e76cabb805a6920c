//! Our own table: a list written by hand or by another program, one CSV a kind of tie or of several.
//!
//! Columns are those of a claim (`sending, receiving, city, since, …`), in any order, with commas or
//! semicolons. Names may be any name or code of the tables. `kind` may be left out where the columns tell it.
//! A row's place is its own line unless `places` or `document` and `line` name another.

use super::Document;
use super::claims::name_parties;
use crate::model::{Claim, ClaimRecord, Origin, Row, Rows};

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
        let own = ["places", "document", "line", "offset"].contains(&name.as_str());
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

/// Takes the claims of a row.
fn take(document: &mut Document<'_>, header: &[String], row: &Row) -> Result<(), String> {
    let mut record = ClaimRecord::default();
    let mut places = Vec::new();
    for (column, cell) in header.iter().zip(row.cells.iter()) {
        if column == "places" {
            places = Origin::parse_all(cell)?;
        } else if ClaimRecord::COLUMNS.contains(&column.as_str())
            || ["document", "line", "offset"].contains(&column.as_str())
        {
            record.set(column, cell).map_err(|error| error.to_string())?;
        }
    }
    record.kind = plain(&record.kind);
    if record.kind.is_empty() {
        let implied = record.implied_kind().or_else(|| record.receiving.is_some().then_some("embassy"));
        implied.unwrap_or_default().clone_into(&mut record.kind);
    }
    if record.kind.is_empty() {
        return Err("no column tells what kind of tie this is".to_owned());
    }
    if record.document.is_empty() {
        record.document.clone_from(&document.stem);
        (record.line, record.offset) = (row.line, row.offset);
    }
    let mut claim = Claim::try_from(record).map_err(|error| error.to_string())?;
    name_parties(&mut claim.statement, document.grammar.gazetteer)?;
    if places.is_empty() {
        document.claims.push(claim);
    } else {
        document.claims.extend(places.into_iter().map(|origin| Claim { origin, ..claim.clone() }));
    }
    Ok(())
}
