//! Diplomatic representation in and from the United States: addresses, lists of consulates, and the notes
//! that say who is accredited elsewhere, from where a mission works, and who protects whose interests.

use serde_json::Value;

use super::super::Document;
use super::{items_of, text, without_brackets};
use crate::grammar::{Grammar, choose};
use crate::model::{Bound, EntityKind, Level, MissionKind, Polarity, Span, Statement};
use crate::names::{CityAt, EntityAt, Form};

/// The state whose representation the Factbook reports.
const HOME: &str = "united-states";

/// Keys of a section that hold lists of posts, and the kind of these.
const LISTS: [(&str, MissionKind); 9] = [
    ("consulate(s) general", MissionKind::ConsulateGeneral),
    ("consulate(s)", MissionKind::Consulate),
    ("honorary consulate(s)", MissionKind::HonoraryConsulate),
    ("trade office(s)", MissionKind::TradeOffice),
    ("representative office", MissionKind::RepresentativeOffice),
    ("branch office(s)", MissionKind::RepresentativeOffice),
    ("other offices", MissionKind::RepresentativeOffice),
    ("HKETO offices", MissionKind::TradeOffice),
    ("Taipei Economic and Cultural Offices (branch offices)", MissionKind::RepresentativeOffice),
];

/// Words after which the city stands from which a mission works that is not in its country.
const WORKS_FROM: [&str; 8] = [
    "relocated to",
    "operates from",
    "operate from",
    "operates out of",
    "operating from",
    "operating out of",
    "located at",
    "located in the us embassy",
];

/// Words that say that an embassy has ceased to work.
const CEASED: [&str; 6] =
    ["closed in", "closed on", "operations suspended", "suspended operations", "were suspended", "ended all embassy"];

pub(super) fn read(document: &mut Document<'_>, government: &Value) {
    let Some(subject) = document.article else { return };
    let gazetteer = document.grammar.gazetteer;
    let Some(home) = gazetteer.entity_index(HOME) else { return };
    if subject == home {
        return;
    }
    for (key, sending, receiving) in [
        ("Diplomatic representation in the US", subject, home),
        ("Diplomatic representation from the US", home, subject),
    ] {
        let value = &government[key];
        if value.is_object() || value.is_string() {
            Section { key, sending, receiving, subject, value }.read(document);
        }
    }
}

/// One section: how `sending` is represented in `receiving`.
struct Section<'v> {
    key: &'static str,
    sending: EntityAt,
    receiving: EntityAt,
    /// Entity of the page.
    subject: EntityAt,
    value: &'v Value,
}

/// A name met in a clause.
struct Met {
    start: usize,
    end: usize,
    entity: Option<EntityAt>,
    city: Option<CityAt>,
}

/// The class of the head of a mission that a field on its chief tells: "Ambassador (vacant); Chargé d'Affaires X".
/// One who resides elsewhere does not head the mission in place.
fn level_of(chief: &str) -> Option<Level> {
    let head = chief.split("note").next().unwrap_or("");
    let posted = ["based in", "posted in", "resident in"].iter().any(|words| chief.contains(words))
        || head.contains("accredited");
    let ambassador = ["Ambassador", "High Commissioner", "Nuncio"].iter().any(|title| head.contains(title));
    if head.contains("Charg") {
        Some(if ambassador { Level::ChargeAdInterim } else { Level::Charge })
    } else {
        (ambassador && !posted && !head.contains("vacant")).then_some(Level::Ambassador)
    }
}

impl Section<'_> {
    fn read(&self, document: &mut Document<'_>) {
        let gazetteer = document.grammar.gazetteer;
        let field = |key: &str| text(&self.value[key]);
        let chief = field("chief of mission");
        let seat_key = if self.value["embassy"].is_null() { "chancery" } else { "embassy" };
        let address = field(seat_key);
        let whole = if address.is_empty() { text(self.value) } else { String::new() };
        let place = document.section(&[self.key, seat_key]);
        let place = if address.is_empty() { document.section(&[self.key]) } else { place };
        let notes: Vec<(String, (usize, usize))> = [
            (whole.clone(), document.section(&[self.key])),
            (address.clone(), place),
            (chief.clone(), document.section(&[self.key, "chief of mission"])),
            (field("note"), document.section(&[self.key, "note"])),
        ]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .collect();

        let ceased = notes.iter().find_map(|(text, place)| Some((self.ceased(document.grammar, text)?, *place)));
        let stated = address.split("; note").next().unwrap_or("").trim().to_owned();
        let city = self.city_in(document.grammar, &stated);
        let none = |text: &str| text == "none" || text.starts_with("none;") || text.starts_with("none ;");
        let territory = gazetteer.entity_at(self.subject).kind == EntityKind::Territory;
        let denied = |text: &str| {
            text.contains("not have an embassy") || text.contains("not maintain a presence") || none(text) && !territory
        };
        let elsewhere =
            notes.iter().any(|(text, _)| self.works_from(document.grammar, &text.to_lowercase(), text).is_some());
        if let Some((text, place)) = notes.iter().find(|(text, _)| denied(&text.to_lowercase())) {
            let chief_only = *text == chief && !address.is_empty();
            // "No presence in Afghanistan" beside a mission that works from Doha denies the place, not the mission.
            if !chief_only && ceased.is_none() && !elsewhere {
                self.mission(document, MissionKind::Embassy, None, Polarity::Denied, Span::default(), *place);
            }
        } else if ceased.is_none() && !elsewhere && !stated.is_empty() && !stated.starts_with("none") {
            let kind = self.kind(document.grammar, &chief);
            // "Although the US opened an embassy in Tonga on 9 May 2023, the US Ambassador to Fiji is accredited".
            let opened = stated.split(',').find(|clause| clause.contains("opened an embassy"));
            if let Some(date) = opened.and_then(|clause| document.grammar.date_in(clause)) {
                let statement = self.statement(document, kind, self.capital(document.grammar));
                document.state(statement, Polarity::Asserted, Span::since(date), place);
            } else if !stated.to_lowercase().contains("accredited to") {
                let mut statement = self.statement(document, kind, city.clone());
                if let Statement::Mission { level, .. } = &mut statement {
                    *level = level_of(&chief);
                }
                document.state(statement, Polarity::Asserted, Span::default(), place);
            }
        }
        if let Some((ended, place)) = ceased {
            let span = Span { began: Bound::UNKNOWN, ended: Some(ended) };
            let city = city.clone().or_else(|| self.capital(document.grammar));
            self.mission(document, MissionKind::Embassy, city, Polarity::Asserted, span, place);
        }
        for (text, place) in &notes {
            for clause in text.split(';') {
                self.clause(document, clause.trim(), city.as_deref(), *place);
            }
        }
        for (key, kind) in LISTS {
            let written = field(key);
            if !written.is_empty() {
                self.posts(document, key, kind, &written);
            }
        }
    }

    fn mission(
        &self,
        document: &mut Document<'_>,
        kind: MissionKind,
        city: Option<String>,
        polarity: Polarity,
        span: Span,
        place: (usize, usize),
    ) {
        document.state(self.statement(document, kind, city), polarity, span, place);
    }

    fn statement(&self, document: &Document<'_>, kind: MissionKind, city: Option<String>) -> Statement {
        Statement::mission(kind, document.slug(self.sending), document.slug(self.receiving), city)
    }

    /// The kind of mission that the title of its head tells.
    fn kind(&self, grammar: &Grammar<'_>, chief: &str) -> MissionKind {
        let receiving = &grammar.gazetteer.entity_at(self.receiving).slug;
        if chief.starts_with("Consul General") {
            MissionKind::ConsulateGeneral
        } else if chief.starts_with("Consul ") {
            MissionKind::Consulate
        } else if chief.contains("Nuncio") {
            MissionKind::Nunciature
        } else if chief.contains("Head of Representation") {
            MissionKind::RepresentativeOffice
        } else if chief.contains("Head of Delegation") {
            MissionKind::Delegation
        } else if grammar.gazetteer.organisation(receiving).is_some() {
            MissionKind::PermanentMission
        } else {
            MissionKind::Embassy
        }
    }

    /// Names met in a clause, in its order.
    fn met(&self, document: &Document<'_>, clause: &str) -> Vec<Met> {
        let gazetteer = document.grammar.gazetteer;
        let items = document.grammar.items(clause);
        let met = items.iter().filter_map(|item| {
            let senses = item.name()?;
            let entity = choose(gazetteer, senses, document.context(None), &[Form::Name, Form::Demonym, Form::People]);
            let city = senses.cities.first().copied();
            Some(Met { start: item.start, end: item.end, entity, city })
        });
        met.collect()
    }

    /// The last city of an address that lies in the receiving state, in a territory of it, or beside its
    /// capital.
    fn city_in(&self, grammar: &Grammar<'_>, address: &str) -> Option<String> {
        let items = grammar.items(address);
        // Addresses are in the language of the place: the English name of the tables stands for it.
        items.iter().rev().find_map(|item| {
            let city = item.name()?.cities.iter().find(|at| self.lies_in(grammar, **at))?;
            Some(grammar.gazetteer.city_at(*city).name.clone())
        })
    }

    fn lies_in(&self, grammar: &Grammar<'_>, city: CityAt) -> bool {
        let gazetteer = grammar.gazetteer;
        let (city, receiving) = (gazetteer.city_at(city), gazetteer.entity_at(self.receiving));
        let parent = gazetteer.entity(&city.entity).and_then(|entity| entity.parent.as_deref());
        let capital = receiving.capital.as_deref().and_then(|capital| gazetteer.city(capital));
        city.entity == receiving.slug
            || parent == Some(receiving.slug.as_str())
            || city.capital && capital.and_then(|capital| capital.kilometres_to(city)).is_some_and(|far| far < 10.0)
    }

    fn capital(&self, grammar: &Grammar<'_>) -> Option<String> {
        let capital = grammar.gazetteer.entity_at(self.receiving).capital.as_deref()?;
        grammar.gazetteer.city(capital).map(|city| city.name.clone())
    }

    /// When an embassy closed or suspended its work and was not opened again; consulates do not count.
    fn ceased(&self, grammar: &Grammar<'_>, text: &str) -> Option<Bound> {
        let clauses = text.split(';').map(str::to_lowercase);
        for clause in clauses.filter(|clause| clause.contains("embassy") && !clause.contains("reopened")) {
            if CEASED.iter().any(|words| clause.contains(words))
                && let Some(date) = grammar.date_in(&clause)
            {
                return Some(date);
            }
        }
        None
    }

    /// City outside the receiving state from which the mission works.
    fn works_from(&self, grammar: &Grammar<'_>, lower: &str, text: &str) -> Option<CityAt> {
        if lower.contains("interests section") || lower.len() != text.len() {
            return None;
        }
        let after = WORKS_FROM.iter().filter_map(|words| Some(lower.find(words)? + words.len())).min()?;
        let items = grammar.items(&text[after..]);
        let city = items.iter().find_map(|item| item.name()?.cities.first().copied())?;
        (!self.lies_in(grammar, city)).then_some(city)
    }

    fn accreditation(
        &self,
        document: &mut Document<'_>,
        receiving: EntityAt,
        seat: (Option<String>, String),
        place: (usize, usize),
    ) {
        let (sending, receiving) = (document.slug(self.sending), document.slug(receiving));
        let (city, host) = seat;
        if host != receiving && sending != receiving {
            let statement = Statement::Accreditation {
                sending: sending.into(),
                receiving: receiving.into(),
                city,
                host: Some(host.into()),
            };
            document.state(statement, Polarity::Asserted, Span::default(), place);
        }
    }

    fn clause(&self, document: &mut Document<'_>, clause: &str, seat: Option<&str>, place: (usize, usize)) {
        let lower = clause.to_lowercase();
        if lower.len() != clause.len() {
            return;
        }
        let met = self.met(document, clause);
        let gazetteer = document.grammar.gazetteer;
        if let Some(at) = lower.find("accredited to ").map(|at| at + "accredited to ".len()) {
            let host = self.host(document.grammar, &lower, at, &met);
            let receivers = listed(clause, &met, at);
            for receiver in receivers {
                let seat = match &host {
                    Some(seat) => seat.clone(),
                    None => (seat.map(str::to_owned), document.slug(self.receiving)),
                };
                self.accreditation(document, receiver, seat, place);
            }
        }
        if let Some(city) = self.works_from(document.grammar, &lower, clause) {
            let city = gazetteer.city_at(city);
            let mut statement = self.statement(document, MissionKind::Embassy, Some(city.name.clone()));
            if let Statement::Mission { host, .. } = &mut statement {
                *host = Some(city.entity.clone());
            }
            document.state(statement, Polarity::Asserted, Span::default(), place);
        }
        if lower.contains("interests section") || lower.contains("protecting power") {
            let third = met.iter().filter_map(|met| met.entity).find(|at| *at != self.sending && *at != self.receiving);
            if let Some(power) = third {
                let city = self.capital(document.grammar);
                let (sending, receiving) = (document.slug(self.sending), document.slug(self.receiving));
                if lower.contains("interests section") {
                    let kind = MissionKind::InterestsSection;
                    self.mission(document, kind, city.clone(), Polarity::Asserted, Span::default(), place);
                }
                let statement = Statement::Protection {
                    power: document.slug(power).into(),
                    sending: sending.into(),
                    receiving: receiving.into(),
                    city,
                };
                document.state(statement, Polarity::Asserted, Span::default(), place);
            }
        }
        let relations = lower.contains("diplomatic relations");
        if relations && (lower.contains("do not have") || lower.contains("never established")) {
            let statement = Statement::relations(document.slug(self.sending), document.slug(self.receiving));
            document.state(statement, Polarity::Denied, Span::default(), place);
        } else if relations
            && lower.contains("established diplomatic relations with")
            && let Some(date) = document.grammar.date_in(clause)
        {
            let statement = Statement::relations(document.slug(self.sending), document.slug(self.receiving));
            document.state(statement, Polarity::Asserted, Span::since(date), place);
        }
        let to_un =
            ["permanent representative to the un", "permanent mission to the un", "permanent representative to un"];
        if self.sending == self.subject
            && to_un.iter().any(|words| lower.contains(words))
            && let Ok(nations) = gazetteer.resolve("United Nations", None)
        {
            let (sending, city) = (document.slug(self.sending), Some("New York".to_owned()));
            let statement = Statement::mission(MissionKind::PermanentMission, &sending, nations.slug(), city);
            document.state(statement, Polarity::Asserted, Span::default(), place);
        }
    }

    /// Seat of somebody who is accredited elsewhere, where a clause tells it: "the Ambassador to Fiji is
    /// accredited to …", "based in Port Moresby".
    fn host(
        &self,
        grammar: &Grammar<'_>,
        lower: &str,
        accredited: usize,
        met: &[Met],
    ) -> Option<(Option<String>, String)> {
        let gazetteer = grammar.gazetteer;
        let seat_after = |from: usize| {
            met.iter().filter(|met| met.start >= from).find_map(|met| {
                let of_city = met.city.map(|at| gazetteer.city_at(at));
                match (met.entity, of_city) {
                    (Some(entity), _) if entity != self.sending => {
                        Some((None, gazetteer.entity_at(entity).slug.to_string()))
                    }
                    (None, Some(city)) => Some((Some(city.name.clone()), city.entity.to_string())),
                    _ => None,
                }
            })
        };
        let posted = ["based in", "posted in"].iter().filter_map(|words| lower.find(words)).min();
        let titled = ["ambassador to", "consul general to"].iter().filter_map(|words| lower.find(words)).min();
        match (titled, posted) {
            (Some(at), _) if at < accredited => seat_after(at),
            (_, Some(at)) => seat_after(at),
            _ => None,
        }
    }

    /// "Atlanta, Boston, St. Paul (MN)", or one address.
    fn posts(&self, document: &mut Document<'_>, key: &str, kind: MissionKind, written: &str) {
        let place = document.section(&[self.key, key]);
        let list = written.split("; note").next().unwrap_or("");
        let address = list.chars().any(|c| c.is_ascii_digit());
        if address {
            let first = list.split("telephone").next().unwrap_or("");
            let city = self.city_in(document.grammar, first);
            return self.mission(document, kind, city, Polarity::Asserted, Span::default(), place);
        }
        for item in items_of(list, &[',', ';']) {
            let city = without_brackets(&item);
            let city = city.trim_end_matches('.').trim();
            let known = document.grammar.gazetteer.cities_named(city);
            if known.is_empty() {
                document.problem(place.0, format!("\"{city}\" is no city of the tables; kept as written"));
            }
            self.mission(document, kind, Some(city.to_owned()), Polarity::Asserted, Span::default(), place);
        }
    }
}

/// Entities of the list that begins at byte `at` of a clause: names joined by commas and "and".
fn listed(clause: &str, met: &[Met], at: usize) -> Vec<EntityAt> {
    let mut out = Vec::new();
    let mut from = at;
    for met in met.iter().filter(|met| met.start >= at) {
        let between = clause[from..met.start].to_lowercase();
        let joins = between
            .split(|c: char| c == ',' || c.is_whitespace())
            .all(|word| matches!(word, "" | "and" | "the" | "as" | "well" | "of" | "republic"));
        let Some(entity) = met.entity.filter(|_| joins) else { break };
        out.push(entity);
        from = met.end;
    }
    out
}
