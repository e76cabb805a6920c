//! Lists that say by their heading what their items are: organisations of which a state is a member, states
//! with or without relations.

use super::Document;
use crate::grammar::{Class, Found, What};
use crate::model::{Bound, Polarity, Span, Statement};

/// What the items of a list state about the document's subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListOf {
    /// Nothing.
    Nothing,
    /// Organisations in which it takes part.
    Organisations,
    /// Organisations that it observes.
    Observed,
    /// States with which it has relations.
    Relations,
    /// States with which it has none.
    NoRelations,
}

impl ListOf {
    /// What a heading or a lead-in ending in a colon announces; `None` if it announces nothing.
    pub(super) fn announced(text: &str) -> Option<ListOf> {
        let lower = text.trim().trim_end_matches('.').to_lowercase();
        let short = lower.split_whitespace().count() <= 8;
        let leads = lower.ends_with(':')
            || lower.trim_end_matches([']', '[', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0']).ends_with(':');
        let relations = lower.contains("diplomatic relations")
            || short && lower.contains("relations") && !lower.contains("foreign relations");
        // The lead-in is the last sentence: what came before it may say the opposite.
        let last = lower.rsplit_once(". ").map_or(lower.as_str(), |(_, last)| last);
        let negative = ["no ", "not ", "without ", "lacks ", "lack ", "doesn't ", "yet to "]
            .iter()
            .any(|word| last.starts_with(word) || last.contains(&format!(" {word}")));
        if relations && (leads || short && negative) {
            return Some(if negative {
                ListOf::NoRelations
            } else if leads {
                ListOf::Relations
            } else {
                ListOf::Nothing
            });
        }
        let organisations = [
            "international organization",
            "international organisation",
            "organization participation",
            "organisation participation",
            "memberships",
            "multilateral organizations",
            "member of",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase));
        let observes = ["observer in", "observer of", "observer at", "observer to", "observer state", "observer on"]
            .iter()
            .any(|phrase| last.contains(phrase));
        if leads && observes && !last.contains("member of") {
            return Some(ListOf::Observed);
        }
        if organisations && (short || leads) {
            return Some(ListOf::Organisations);
        }
        None
    }

    /// The status of those organisations that its items name without one; `None` for a list of others.
    pub(super) fn status(self) -> Option<&'static str> {
        match self {
            ListOf::Organisations => Some("member"),
            ListOf::Observed => Some("observer"),
            _ => None,
        }
    }
}

/// Whether a word looks like the abbreviation of an organisation: short, with two capitals or more.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.len() <= 12
        && word.chars().all(char::is_alphanumeric)
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether a heading opens a section that points elsewhere and states nothing.
pub(super) fn is_aside(heading: &str) -> bool {
    const ASIDE: [&str; 10] = [
        "references",
        "external links",
        "see also",
        "further reading",
        "notes",
        "bibliography",
        "sources",
        "citations",
        "footnotes",
        "notes and references",
    ];
    ASIDE.contains(&heading.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// Lines of lower-cased text that consist of an abbreviation or a short list of them: how a flattened list
/// of organisations looks.
pub(super) fn organisation_lines(lower: &str) -> usize {
    const KNOWN: [&str; 12] =
        ["imf", "ilo", "who", "fao", "itu", "wto", "ebrd", "ibrd", "icao", "unesco", "interpol", "iaea"];
    lower.lines().filter(|line| KNOWN.contains(&line.trim())).count()
        + lower.lines().filter(|line| line.split(',').filter(|part| KNOWN.contains(&part.trim())).count() >= 5).count()
            * 5
}

impl Document<'_> {
    /// Reads a line of a list of organisations: "ADB, BSEC, OAS (observer)"; `usual` is the status of those that
    /// have none in brackets. Returns how many were found.
    pub(super) fn organisation_list(&mut self, text: &str, usual: &str, line: usize, offset: usize) -> usize {
        let Some(article) = self.article else { return 0 };
        let member = self.grammar.gazetteer.entity_at(article).slug.clone();
        let mut found = 0;
        let mut at = 0;
        for part in text.split([',', ';']) {
            let start = at;
            at += part.len() + 1;
            let written = part.trim().trim_end_matches('.').trim_start_matches("and ");
            if written.is_empty() {
                continue;
            }
            let (name, status) = match written.split_once('(') {
                Some((name, status)) => (name.trim(), Some(status.trim_end_matches(')').trim())),
                None => (written, None),
            };
            let items = self.grammar.items(name);
            let [item] = items.as_slice() else { continue };
            let slug = item.name().and_then(|senses| match senses.organisations.as_slice() {
                [only] => Some(self.grammar.gazetteer.organisation_at(*only).slug.clone()),
                [] => None,
                _ => self.grammar.listed_organisation(&item.folded).map(str::to_owned).map(Into::into),
            });
            // "European Union" is in the tables of states and of organisations alike.
            let Some(organization) = slug else {
                if is_abbreviation(name) {
                    self.problem(line, format!("\"{name}\" is no organisation of the tables; membership skipped"));
                }
                continue;
            };
            // A status is a few words: "(observer)", "(dialogue partner)"; years and names of bodies are none.
            let word = |word: &str| word.chars().all(|c| c.is_lowercase() || c == '-');
            let status = status
                .filter(|status| status.split(' ').count() <= 3 && status.split(' ').all(word) && !status.is_empty())
                .filter(|status| !["known", "joined", "also"].iter().any(|odd| status.contains(odd)))
                .unwrap_or(usual)
                .to_lowercase();
            let statement = Statement::Membership { member: member.clone(), organization, status: status.into() };
            let found_here = Found::new(statement, Polarity::Asserted, Span::default());
            self.claim(found_here, line, offset + start);
            found += 1;
        }
        found
    }

    /// Reads an item of a list of states with or without relations: a name, perhaps with a date.
    pub(super) fn relations_item(&mut self, text: &str, kind: ListOf, line: usize, offset: usize) -> bool {
        let Some(article) = self.article else { return false };
        let context = self.context(None);
        let items = self.grammar.items(text);
        let words = items.iter().filter(|item| matches!(item.what, What::Other | What::Kind(..))).count();
        if words > 0 || items.len() > 12 {
            return false;
        }
        let mut named = Vec::new();
        for item in &items {
            let Some(senses) = item.name() else { continue };
            if item.is(Class::Det) {
                continue;
            }
            match crate::grammar::choose(self.grammar.gazetteer, senses, context, &[crate::names::Form::Name]) {
                Some(entity) => named.push(entity),
                None if senses.entities.len() > 1 => {
                    let choices: Vec<String> = senses
                        .entities
                        .iter()
                        .map(|(at, _)| self.grammar.gazetteer.entity_at(*at).slug.to_string())
                        .collect();
                    self.problem(
                        line,
                        format!("\"{}\" can mean {}; no relations read", text.trim(), choices.join(" or ")),
                    );
                }
                None => {}
            }
        }
        let [other] = named.as_slice() else { return false };
        let date = items.iter().find_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None });
        let (polarity, began) = match kind {
            ListOf::NoRelations => (Polarity::Denied, Bound::UNKNOWN),
            _ => (Polarity::Asserted, date.unwrap_or_default()),
        };
        let gazetteer = self.grammar.gazetteer;
        let statement = Statement::relations(&gazetteer.entity_at(article).slug, &gazetteer.entity_at(*other).slug);
        self.claim(Found::new(statement, polarity, Span::since(began)), line, offset);
        true
    }
}
