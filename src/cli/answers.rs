//! Cells that several answers share.

use crate::analysis::Standing;
use crate::export::{Answer, Cell};
use crate::graph::{Network, Seat};
use crate::model::{Bound, Day, Fact, Span};

/// A date as EDTF, empty if unknown.
pub(super) fn date(bound: Bound) -> Cell {
    Cell::from(bound.to_string())
}

/// What a reader must know of rows that no source has on the day asked for; nothing where there are none.
pub(super) fn unknown_then(answer: &Answer) -> Option<String> {
    let name = Standing::UnknownThen.name();
    let of_them = answer.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.shown() == name)).count();
    (of_them > 0).then(|| {
        let all = answer.rows.len();
        format!("{of_them} of {all} rows: nothing excludes them, and no source has them on that day; --certain leaves them out")
    })
}

/// The last day of which a source has a fact, up to that of the lens; empty where none says.
pub(super) fn confirmed(fact: &Fact, day: Option<Day>) -> Cell {
    fact.last_confirmed(day).map_or(Cell::Empty, |day| Cell::from(day.to_string()))
}

/// The end of a span: empty if it has none, `past` if it has one without a date.
pub(super) fn ended(span: Span) -> Cell {
    match span.ended {
        None => Cell::Empty,
        Some(bound) if bound.is_unknown() => Cell::from("past"),
        Some(bound) => date(bound),
    }
}

/// English name of a slug.
pub(super) fn name(network: &Network<'_>, slug: &str) -> Cell {
    Cell::Entity { slug: slug.to_owned(), name: network.gazetteer.display(slug).to_owned() }
}

/// The city of a seat.
pub(super) fn city(seat: Option<&Seat>) -> Cell {
    Cell::from(seat.and_then(|seat| seat.city.as_deref()))
}

/// The state in which a seat lies, by name.
pub(super) fn host(network: &Network<'_>, seat: Option<&Seat>) -> Cell {
    seat.and_then(|seat| seat.host.as_deref()).map_or(Cell::Empty, |host| name(network, host))
}

/// The readings of a fact that exclude each other, as notes.
pub(super) fn readings(network: &Network<'_>, fact: &Fact) -> Vec<String> {
    let display = |slug: &str| network.gazetteer.display(slug).to_owned();
    let mut notes = Vec::new();
    let mut tell = |what: &str, values: Vec<(String, String)>| {
        if values.len() > 1 {
            notes.push(format!("disputed: {}–{}, {what}", display(fact.subject()), display(fact.object())));
            notes.extend(values.into_iter().map(|(value, places)| format!("  {value}  {places}")));
        }
    };
    tell(
        "tie",
        fact.tie.readings().iter().map(|reading| (said(network, &reading.value), place(&reading.origins))).collect(),
    );
    tell(
        "polarity",
        fact.polarity
            .readings()
            .iter()
            .map(|reading| {
                let word = if reading.value == crate::model::Polarity::Denied { "denied" } else { "affirmed" };
                (word.to_owned(), place(&reading.origins))
            })
            .collect(),
    );
    for (what, settled) in [("began", &fact.began), ("ended", &fact.ended)] {
        if let Some(settled) = settled {
            let values = settled.readings().iter().map(|reading| (reading.value.to_string(), place(&reading.origins)));
            tell(what, values.collect());
        }
    }
    for dispute in crate::analysis::standing_disputes(fact) {
        let said = |said: &crate::analysis::Said<'_>| said.shown(|statement| said_of(network, statement));
        tell("standing", dispute.readings.iter().map(|(value, origins)| (said(value), place(origins))).collect());
    }
    notes
}

fn said_of(network: &Network<'_>, statement: &crate::model::Statement) -> String {
    said(network, statement)
}

fn place(origins: &[crate::model::Origin]) -> String {
    let places: Vec<String> = origins.iter().map(|origin| format!("{}:{}", origin.document, origin.line)).collect();
    places.join("; ")
}

/// What a statement says beside its parties.
pub(super) fn said(network: &Network<'_>, statement: &crate::model::Statement) -> String {
    crate::export::said(network.gazetteer, statement)
}
