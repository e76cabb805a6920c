//! "ADB, EITI (temporarily suspended), OAS (observer)": organisations with the status in brackets.

use serde_json::Value;

use super::super::Document;
use super::{items_of, text, without_brackets};
use crate::grammar::Grammar;
use crate::model::{Bound, Polarity, Span, Statement};

pub(super) fn read(document: &mut Document<'_>, value: &Value) {
    let Some(subject) = document.article else { return };
    let member = document.slug(subject);
    let (line, offset) = document.section(&["International organization participation"]);
    let written = text(value);
    for item in items_of(&written, &[',', ';']) {
        // A sentence may lead to the list: "… but representatives do not participate: ADB".
        let item = item.rsplit(": ").next().unwrap_or("").trim().to_owned();
        let name = without_brackets(&item);
        if name.is_empty() || name == "none" {
            continue;
        }
        let Some(organization) = organisation(document.grammar, &name) else {
            document.problem(line, format!("\"{name}\" is no organisation of the tables; membership skipped"));
            continue;
        };
        let (status, began) = status(&item);
        let statement = Statement::Membership {
            member: member.clone().into(),
            organization: organization.into(),
            status: status.into(),
        };
        document.state(statement, Polarity::Asserted, Span::since(began), (line, offset));
    }
}

/// The organisation that an abbreviation or name of a list means.
pub(super) fn organisation(grammar: &Grammar<'_>, name: &str) -> Option<String> {
    // "G- 9" is G-9.
    let name = name.replace("- ", "-");
    let items = grammar.items(&name);
    let [item] = items.as_slice() else { return grammar.gazetteer.organisation_named(&name).map(str::to_owned) };
    match item.name()?.organisations.as_slice() {
        [] => None,
        [only] => Some(grammar.gazetteer.organisation_at(*only).slug.to_string()),
        _ => grammar.listed_organisation(&item.folded).map(str::to_owned),
    }
}

/// The status in brackets, in small letters and the singular, and the year if brackets hold one.
fn status(item: &str) -> (String, Bound) {
    let inside: Vec<String> = item
        .split('(')
        .skip(1)
        .filter_map(|part| part.split(')').next())
        .map(|part| part.split(',').next().unwrap_or("").trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let mut began = Bound::UNKNOWN;
    let mut words = Vec::new();
    for part in inside {
        if let Ok(year) = part.parse::<i16>() {
            began = Bound::year(year);
            continue;
        }
        // The name under which a member takes part is no status: "Chinese Taipei".
        let status = part.split(" since ").next().unwrap_or("").trim();
        let mut letters = status.chars();
        if letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase) {
            continue;
        }
        let lower = status.to_lowercase();
        words.push(match lower.as_str() {
            "candidates" | "partners" | "nonregional members" => lower.trim_end_matches('s').to_owned(),
            _ => lower,
        });
    }
    let status = if words.is_empty() { "member".to_owned() } else { words.join(", ") };
    (status, began)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_hold_a_status_or_a_year() {
        for (item, wanted, year) in [
            ("OAS (observer)", "observer", ""),
            ("ICC (NGOs)", "ngos", ""),
            ("EITI (compliant country) (suspended)", "compliant country, suspended", ""),
            ("CIS (associate member, has not ratified the charter)", "associate member", ""),
            ("IGAD (partners)", "partner", ""),
            ("OAS (excluded from formal participation since 1962)", "excluded from formal participation", ""),
            ("APEC (Chinese Taipei)", "member", ""),
            ("NATO (2024)", "member", "2024"),
            ("UN", "member", ""),
        ] {
            let (status, began) = status(item);
            assert_eq!((status.as_str(), began.to_string().as_str()), (wanted, year), "{item}");
        }
    }
}
