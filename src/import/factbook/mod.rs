//! The CIA World Factbook as JSON, one file a country: memberships, representation from and to the United
//! States, capitals, land borders.
//!
//! A page names its sections by fixed keys and writes their values as short English notes. The file's stem is
//! the country's GEC code. Places are lines of the JSON file.

mod memberships;
mod representation;

use serde_json::Value;

use super::Document;
use crate::grammar::{Found, What, choose};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::{EntityAt, Form};

/// Whether a JSON text is a page of the Factbook.
pub(super) fn is_page(head: &str) -> bool {
    head.starts_with('{')
        && head.contains("\"text\":")
        && ["Introduction", "Geography", "Government"]
            .iter()
            .any(|key| head.contains(&format!("\"{key}\": {{")) || head.contains(&format!("\"{key}\":{{")))
}

/// Reads a page.
pub(super) fn read(document: &mut Document<'_>) {
    let code = document.stem.clone();
    document.stem = format!("factbook-{code}");
    let page: Value = match serde_json::from_str(document.text) {
        Ok(page) => page,
        Err(error) => {
            document.lost(error.line().max(1), format!("not JSON: {error}; file skipped"));
            return;
        }
    };
    let government = &page["Government"];
    let Some(subject) = subject(document, &code, &text(&government["Country name"]["conventional short form"])) else {
        // Oceans and the world as a whole are no countries and have no name as such.
        let named = |form: &str| !government["Country name"][form].is_null();
        if named("conventional short form") || named("conventional long form") {
            document.problem(1, format!("\"{code}\" is no GEC code of the tables; file skipped"));
        }
        return;
    };
    document.article = Some(subject);
    memberships::read(document, &government["International organization participation"]);
    representation::read(document, government);
    capitals(document, &government["Capital"]["name"]);
    borders(document, &page["Geography"]["Land boundaries"]["border countries"]);
}

/// The entity of a page: by its GEC code, else by its name.
fn subject(document: &Document<'_>, code: &str, name: &str) -> Option<EntityAt> {
    let gazetteer = document.grammar.gazetteer;
    [format!("gec:{code}"), name.to_owned()].iter().find_map(|written| {
        let found = gazetteer.candidates(written, None);
        if let [only] = found.as_slice() { Some(*only) } else { None }
    })
}

/// The text of a value, which is `{"text": …}` or a string, without markup; line breaks become semicolons.
fn text(value: &Value) -> String {
    let raw = value.as_str().or_else(|| value["text"].as_str()).unwrap_or("");
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open..=open + close];
        if tag.starts_with("<br") || tag.starts_with("<p") || tag.starts_with("</p") {
            out.push_str("; ");
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    let out = html_escape::decode_html_entities(&out).replace('\u{a0}', " ");
    out.trim_matches([' ', ';', '\n']).to_owned()
}

impl Document<'_> {
    /// Line and byte of a section, by the keys that lead to it.
    fn section(&self, keys: &[&str]) -> (usize, usize) {
        let mut at = 0;
        for key in keys {
            at = self.text[at..].find(&format!("\"{key}\"")).map_or(at, |found| at + found);
        }
        (self.line_of(at), at)
    }

    fn state(&mut self, statement: Statement, polarity: Polarity, span: Span, place: (usize, usize)) {
        self.claim(Found::new(statement, polarity, span), place.0, place.1);
    }

    /// The one entity that a name of a list means.
    fn entity_named(&self, written: &str) -> Option<EntityAt> {
        let gazetteer = self.grammar.gazetteer;
        let found = gazetteer.candidates(written, None);
        if let [only] = found.as_slice() {
            return Some(*only);
        }
        let items = self.grammar.items(written);
        let named: Vec<EntityAt> = items
            .iter()
            .filter_map(|item| choose(gazetteer, item.name()?, self.context(None), &[Form::Name]))
            .collect();
        let other = items.iter().any(|item| matches!(item.what, What::Proper));
        if let ([only], false) = (named.as_slice(), other) { Some(*only) } else { None }
    }

    fn slug(&self, entity: EntityAt) -> String {
        self.grammar.gazetteer.entity_at(entity).slug.to_string()
    }
}

/// A text cut at commas and semicolons that stand outside brackets.
fn items_of(text: &str, marks: &[char]) -> Vec<String> {
    let (mut out, mut depth, mut item) = (Vec::new(), 0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && marks.contains(&c) {
            out.push(std::mem::take(&mut item));
        } else {
            item.push(c);
        }
    }
    out.push(item);
    out.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let kept: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Pretoria (administrative capital); Cape Town (legislative capital)": every city that the tables have in
/// the country is a capital.
fn capitals(document: &mut Document<'_>, value: &Value) {
    let Some(subject) = document.article else { return };
    let slug = document.slug(subject);
    let place = document.section(&["Capital", "name"]);
    let written = text(value);
    let written = written.split("; note").next().unwrap_or("").to_owned();
    for item in items_of(&written, &[';', ',']) {
        let city = without_brackets(&item);
        let city = [" is the ", " in "].iter().fold(city.as_str(), |city, cut| city.split(cut).next().unwrap_or(city));
        let lies = |document: &Document<'_>| {
            document.grammar.gazetteer.cities_named(city).iter().any(|known| known.entity == slug)
        };
        // "no official capital", "administered from London": words, not a name.
        if !city.starts_with(char::is_uppercase) {
            continue;
        }
        if lies(document) {
            let statement = Statement::Capital { subject: slug.clone().into(), city: city.to_owned() };
            document.state(statement, Polarity::Asserted, Span::default(), place);
        } else {
            document.problem(place.0, format!("\"{city}\" is no city of {slug} in the tables; no capital read"));
        }
    }
}

/// "Armenia 996 km; Russia (northeast) 4,133 km and Russia (northwest) 46 km".
fn borders(document: &mut Document<'_>, value: &Value) {
    let Some(subject) = document.article else { return };
    let place = document.section(&["Land boundaries", "border countries"]);
    let written = text(value);
    // Thousands are set off by commas: "1,307 km".
    for item in items_of(&written.replace(" km,", " km;"), &[';']) {
        let bare = without_brackets(&item);
        let name: String = bare.chars().take_while(|c| !c.is_ascii_digit()).collect();
        let metres: Option<i64> = bare
            .split(" and ")
            .filter_map(kilometres)
            .map(|length| (length * 1000.0).round())
            .fold(None, |sum, part| {
                #[allow(clippy::cast_possible_truncation)]
                let part = part as i64;
                Some(sum.unwrap_or(0) + part)
            });
        match document.entity_named(name.trim()) {
            Some(other) if other != subject && metres.is_some() => {
                let statement = Statement::border(document.slug(subject), document.slug(other), metres);
                document.state(statement, Polarity::Asserted, Span::since(Bound::UNKNOWN), place);
            }
            _ => document.problem(place.0, format!("\"{item}\" names no entity of the tables; no border read")),
        }
    }
}

/// The length before "km".
fn kilometres(text: &str) -> Option<f64> {
    let head = &text[..text.find(" km")?];
    let digits: String = head.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok()
}
