//! Missions of Wikidata: the published table of embassies (semicolons) and the result of
//! `data/queries/wikidata_missions.rq` as CSV or JSON. All have the same columns.
//!
//! | Column | What it holds |
//! |---|---|
//! | `operator`, `operatorQID` | who sends |
//! | `jurisdictions`, `jurisdictionQIDs` | states that the mission serves, by a bar |
//! | `country`, `countryQID`, `city`, `cityQID` | where it stands |
//! | `latitude`, `longitude` | where in the city |
//! | `type`, `typeQID` | kind of mission |
//! | `creation`, `closure` | dates; 1 January stands for the year |
//! | `QID` | the mission itself |

use serde_json::Value;

use super::Document;
use crate::grammar::{Found, What};
use crate::model::{Bound, EntityId, EntityKind, MissionKind, Polarity, Rows, Span, Statement};
use crate::names::{EntityAt, Gazetteer, Named};

/// Columns that a table must have to be read.
const NEEDED: [&str; 4] = ["operator", "country", "city", "type"];

/// Whether the first line of a text is the header of such a table.
pub(super) fn is_table(head: &str) -> bool {
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    let names: Vec<&str> = first.split([';', ',']).map(|name| name.trim_matches('"')).collect();
    NEEDED.iter().all(|needed| names.contains(needed))
}

/// Whether a JSON text is the result of such a query.
pub(super) fn is_result(head: &str) -> bool {
    head.trim_start().starts_with('{') && head.contains("\"vars\"") && head.contains("\"operator\"")
}

/// One mission as the columns give it.
#[derive(Default)]
struct Row {
    line: usize,
    offset: usize,
    operator: String,
    operator_qid: String,
    jurisdictions: Vec<(String, String)>,
    country: String,
    country_qid: String,
    city: String,
    kind: String,
    creation: String,
    closure: String,
}

impl Row {
    fn put(&mut self, column: &str, value: &str) {
        let qid = || value.rsplit('/').next().unwrap_or("").to_owned();
        let parts = || value.split('|').map(str::trim).map(str::to_owned);
        match column {
            "operator" => value.clone_into(&mut self.operator),
            "operatorQID" => self.operator_qid = qid(),
            "jurisdictions" => {
                for (at, name) in parts().enumerate() {
                    self.jurisdiction(at).0 = name;
                }
            }
            "jurisdictionQIDs" => {
                for (at, name) in parts().enumerate() {
                    self.jurisdiction(at).1 = name.rsplit('/').next().unwrap_or("").to_owned();
                }
            }
            "country" => value.clone_into(&mut self.country),
            "countryQID" => self.country_qid = qid(),
            "city" => value.clone_into(&mut self.city),
            "type" => value.clone_into(&mut self.kind),
            "creation" => value.clone_into(&mut self.creation),
            "closure" => value.clone_into(&mut self.closure),
            _ => {}
        }
    }

    fn jurisdiction(&mut self, at: usize) -> &mut (String, String) {
        while self.jurisdictions.len() <= at {
            self.jurisdictions.push((String::new(), String::new()));
        }
        &mut self.jurisdictions[at]
    }
}

/// Reads a table.
pub(super) fn read_table(document: &mut Document<'_>) {
    let table = Rows::new(document.text);
    let header = table.header.clone();
    let mut rows = Vec::new();
    for row in table {
        // The published table leaves the last cell out where it is empty.
        if row.cells.len() + 1 < header.len() {
            document.lost(row.line, format!("{} of {} cells; row skipped", row.cells.len(), header.len()));
            continue;
        }
        let mut read = Row { line: row.line, offset: row.offset, ..Row::default() };
        for (column, value) in header.iter().zip(row.cells.iter()) {
            read.put(column, value.trim());
        }
        rows.push(read);
    }
    missions(document, &rows);
}

/// Reads the JSON result of the query.
pub(super) fn read_result(document: &mut Document<'_>) {
    let result: Value = match serde_json::from_str(document.text) {
        Ok(result) => result,
        Err(error) => return document.lost(error.line().max(1), format!("not JSON: {error}; file skipped")),
    };
    let Some(bindings) = result["results"]["bindings"].as_array() else {
        return document.lost(1, "no \"results\" with \"bindings\"; file skipped".to_owned());
    };
    let mut at = 0;
    let mut rows = Vec::new();
    for binding in bindings {
        let Some(binding) = binding.as_object() else {
            let line = document.line_of(at);
            document.lost(line, format!("{binding} is no row; row skipped"));
            continue;
        };
        // The row's place is that of its own item, which no other row names first.
        let own = binding.get("QID").and_then(|cell| cell["value"].as_str()).unwrap_or("");
        at = document.text[at..].find(own).map_or(at, |found| at + found);
        let mut row = Row { line: document.line_of(at), offset: at, ..Row::default() };
        for (column, cell) in binding {
            row.put(column, cell["value"].as_str().unwrap_or("").trim());
        }
        rows.push(row);
    }
    missions(document, &rows);
}

/// The entity of a QID, else of a name.
fn entity(document: &Document<'_>, qid: &str, name: &str) -> Option<EntityAt> {
    let gazetteer = document.grammar.gazetteer;
    let coded = || gazetteer.candidates(&format!("qid:{qid}"), None);
    let found = if qid.is_empty() { Vec::new() } else { coded() };
    let found = if found.is_empty() { gazetteer.candidates(name, None) } else { found };
    // "Government of Sweden", "Ministry of Foreign Affairs of the Russian Federation": the state sends, whoever signs.
    let body = ["Government of ", "Ministry of Foreign Affairs"].iter().any(|body| name.starts_with(body));
    let state = name.rsplit_once(" of the ").or_else(|| name.rsplit_once(" of ")).filter(|_| body && found.is_empty());
    let found = state.map_or(found, |(_, state)| gazetteer.candidates(state, None));
    if let [only] = found.as_slice() { Some(*only) } else { None }
}

/// 1 January stands for the year: Wikidata writes a year as its first day.
fn date(text: &str) -> Bound {
    let day = text.get(..10).unwrap_or(text);
    let year = day.strip_suffix("-01-01").unwrap_or(day);
    Bound::parse(year).unwrap_or_default()
}

/// The kind that a type names, and whether it is unofficial: "de facto embassy".
fn kind_of(document: &Document<'_>, written: &str) -> Option<MissionKind> {
    let lower = written.to_lowercase();
    if lower.contains("de facto") {
        return Some(MissionKind::RepresentativeOffice);
    }
    if lower.contains("diplomatic mission") {
        return Some(MissionKind::Embassy);
    }
    // Below a high commission in another city stand the deputy and assistant ones, which are consular posts.
    if lower.contains("deputy high") || lower.contains("assistant high") {
        return Some(MissionKind::Consulate);
    }
    let items = document.grammar.items(&lower);
    let kinds = items.iter().filter_map(|item| if let What::Kind(kind, _) = item.what { Some(kind) } else { None });
    kinds
        .fold(None, |_, kind| Some(kind))
        .or_else(|| lower.contains("office").then_some(MissionKind::RepresentativeOffice))
}

fn missions(document: &mut Document<'_>, rows: &[Row]) {
    for row in rows {
        mission(document, row);
    }
}

fn mission(document: &mut Document<'_>, row: &Row) {
    let gazetteer = document.grammar.gazetteer;
    let Some(sending) = entity(document, &row.operator_qid, &row.operator) else {
        return document.lost(row.line, format!("\"{}\" is no sender of the tables; row skipped", row.operator));
    };
    let Some(country) = entity(document, &row.country_qid, &row.country) else {
        return document.lost(row.line, format!("\"{}\" is no country of the tables; row skipped", row.country));
    };
    let Some(kind) = kind_of(document, &row.kind) else {
        return document.lost(row.line, format!("\"{}\" is no kind of mission; row skipped", row.kind));
    };
    let slug = |at: EntityAt| gazetteer.entity_at(at).slug.clone();
    let (sending, mut host) = (slug(sending), slug(country));
    let known = |city: &str| !gazetteer.cities_named(city).is_empty();
    // "Guadalajara, Jalisco, México." is Guadalajara.
    let head = row.city.split(',').next().unwrap_or("").trim();
    let written = if known(&row.city) || !known(head) { row.city.as_str() } else { head };
    let city = (!written.is_empty()).then(|| written.to_owned());
    if let Some(city) = city.as_ref().filter(|city| !known(city)) {
        document.problem(row.line, format!("\"{city}\" is no city of the tables; kept as written"));
    }
    let ended = (!row.closure.is_empty()).then(|| date(&row.closure));
    // What was created may be the building: the mission stood by then, and may be older.
    let span = Span { began: date(&row.creation).by(), ended };
    let mut served: Vec<EntityId> = Vec::new();
    for (name, qid) in row.jurisdictions.iter().filter(|(name, qid)| !(name.is_empty() && qid.is_empty())) {
        match entity(document, qid, name) {
            Some(at) if !district(gazetteer.entity_at(at).kind) => served.push(slug(at)),
            _ => match gazetteer.resolve(name, None) {
                Ok(Named::Organisation(organisation)) => served.push(organisation.slug.party()),
                _ => document.problem(
                    row.line,
                    format!("jurisdiction \"{name}\" is a consular district; no accreditation read"),
                ),
            },
        }
    }
    served.sort();
    served.dedup();
    if host == sending
        && let Some(there) = city.as_deref().and_then(|city| abroad_from(gazetteer, city, &sending, &served))
    {
        host = there;
    }
    let consular = !matches!(kind.class(), crate::model::MissionClass::Resident | crate::model::MissionClass::Office);
    // An embassy in Rome to the Holy See alone is not one to Italy.
    let abroad = !served.is_empty() && !served.contains(&host) && !consular;
    let mut state = |statement: Statement, span: Span| {
        document.claim(Found::new(statement, Polarity::Asserted, span), row.line, row.offset);
    };
    let resident = |receiving: &str| Statement::mission(kind, &sending, receiving, city.clone());
    if !abroad && host != sending {
        state(resident(&host), span);
    }
    for receiving in served.iter().filter(|receiving| **receiving != host && **receiving != sending) {
        // Beside the capital of another state lies that state's own diplomatic quarter: Rome for the Holy See.
        let beside = gazetteer.entity(receiving).and_then(|entity| gazetteer.city(entity.capital.as_deref()?));
        let here = city
            .as_deref()
            .and_then(|city| gazetteer.cities_named(city).into_iter().find(|known| known.entity == host));
        let near = beside.zip(here).and_then(|(one, other)| one.kilometres_to(other)).is_some_and(|far| far < 10.0);
        if gazetteer.entity(receiving).is_none() {
            let permanent = Statement::mission(MissionKind::PermanentMission, &sending, receiving, city.clone());
            state(permanent, span);
        } else if abroad && near && served.len() == 1 {
            state(resident(receiving), span);
        } else if !consular {
            // The mission may be older than its accreditation: only its end bounds the accreditation.
            let statement = Statement::Accreditation {
                sending: sending.clone(),
                receiving: receiving.clone(),
                city: city.clone(),
                host: Some(host.clone()),
            };
            state(statement, Span { began: Bound::UNKNOWN, ended });
        }
    }
}

/// The state of a city that lies in no city of the sender's: where a row has the sender's own name for the country, its city
/// tells where the mission is. Of several states with such a city the one that the mission serves.
fn abroad_from(gazetteer: &Gazetteer, city: &str, sending: &str, served: &[EntityId]) -> Option<EntityId> {
    let mut states: Vec<EntityId> = gazetteer.cities_named(city).into_iter().map(|city| city.entity.clone()).collect();
    if states.iter().any(|state| &**state == sending) {
        return None;
    }
    states.sort();
    states.dedup();
    let serves = states.iter().find(|state| served.contains(state)).cloned();
    serves.or_else(|| if let [only] = &states[..] { Some(only.clone()) } else { None })
}

/// Whether a jurisdiction of this kind is a district of a state rather than a receiver of its own.
fn district(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Region | EntityKind::Nonstate | EntityKind::FormerState)
}
