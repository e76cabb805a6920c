//! The rules of standing as tables: what beats what, which lists state their day, what follows from what.
//!
//! `data/rules/standing.csv`, `vintages.csv` and `implications.csv`. The rules themselves are code; their numbers,
//! words and bases are rows.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Bound, Day, Manner, TableRow, TieKind, typed_rows};

const STANDING: &str = include_str!("../../data/rules/standing.csv");
const VINTAGES: &str = include_str!("../../data/rules/vintages.csv");
const IMPLICATIONS: &str = include_str!("../../data/rules/implications.csv");

/// Ids of rules that decide between sources.
pub(super) mod id {
    pub(in super::super) const END_OVER_LIST: &str = "end-over-list";
    pub(in super::super) const EXPLICIT_OVER_ROW: &str = "explicit-over-row";
    pub(in super::super) const UNDATED_LISTS: &str = "undated-lists";
    pub(in super::super) const OPEN_AGAIN: &str = "open-again";
    pub(in super::super) const NEWER_WORD: &str = "newer-word";
    pub(in super::super) const UNDATED_DENIAL: &str = "undated-denial";
    pub(in super::super) const CONTRADICTORY: &str = "contradictory-dates";
    pub(in super::super) const BEFORE_EXISTENCE: &str = "before-existence";
    pub(in super::super) const NOT_CONFIRMED: &str = "not-confirmed";
    pub(in super::super) const TELLS_BACK: &str = "end-tells-back";
    pub(in super::super) const FOR_ACCREDITATION: &str = "embassy-for-accreditation";
    pub(in super::super) const FOR_EMBASSY: &str = "accreditation-for-embassy";
    pub(in super::super) const PARTY_ENDED: &str = "party-ended";
    pub(in super::super) const BEIJING_TAIPEI: &str = "beijing-taipei";
    pub(in super::super) const SEVERED: &str = "severed-relations";
    pub(in super::super) const FOR_CONSULATE: &str = "embassy-for-consulate";
    pub(in super::super) const FOR_OFFICE: &str = "embassy-for-office";
    pub(in super::super) const FOR_LEGATION: &str = "embassy-for-legation";
    pub(in super::super) const LEGATION_GONE: &str = "legation-out-of-use";
    pub(in super::super) const RECOGNISE: &str = "relations-recognise";
    pub(in super::super) const NEW_SEAT: &str = "new-seat";
    pub(in super::super) const SEAT_CLOSED: &str = "seat-closed";
}

#[derive(Deserialize)]
struct StandingRow {
    rule: String,
    tie: String,
    years: Option<i16>,
    works: Option<usize>,
    says: String,
}

#[derive(Deserialize)]
struct VintageRow {
    format: String,
    tie: String,
    states_day: Vintage,
}

/// What follows from what: a row of `data/rules/implications.csv`.
#[derive(Debug, Deserialize)]
pub struct Implication {
    /// Its id, as settlements and `audit` name it.
    pub id: String,
    /// What must be so.
    pub when: String,
    /// What then ends.
    pub ends: String,
    manner: String,
    from: String,
    /// Legal basis or practice.
    pub basis: String,
}

impl Implication {
    /// How it ends.
    pub fn manner(&self) -> Manner {
        Manner::parse(&self.manner).unwrap_or(Manner::Closed)
    }

    /// Since when the rule holds.
    pub fn from(&self) -> Option<Day> {
        Bound::parse(&self.from).ok().and_then(|bound| bound.earliest)
    }
}

fn rows<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Vec<T> {
    // The build refuses tables with a bad row.
    let rows: Vec<TableRow<T>> = typed_rows(name, text).unwrap_or_default();
    rows.into_iter().map(|row| row.value).collect()
}

fn standing() -> &'static [StandingRow] {
    static ROWS: OnceLock<Vec<StandingRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows("data/rules/standing.csv", STANDING))
}

/// What follows from what, in the order of the table.
pub fn implications() -> &'static [Implication] {
    static ROWS: OnceLock<Vec<Implication>> = OnceLock::new();
    ROWS.get_or_init(|| rows("data/rules/implications.csv", IMPLICATIONS))
}

/// The implication with an id.
///
/// # Panics
/// If the table lacks it, which the build refuses.
pub(super) fn implication(id: &str) -> &'static Implication {
    implications().iter().find(|row| row.id == id).expect("the table has every implication")
}

fn row(id: &str, tie: TieKind) -> Option<&'static StandingRow> {
    let of = |name: &str| standing().iter().find(|row| row.rule == id && row.tie == name);
    of(tie.name()).or_else(|| of("any"))
}

/// Years by which one word must be newer than another under a rule.
pub(super) fn years(id: &str, tie: TieKind) -> i16 {
    row(id, tie).and_then(|row| row.years).unwrap_or(1)
}

/// Independent works that a rule asks for.
pub(super) fn works(id: &str, tie: TieKind) -> usize {
    row(id, tie).and_then(|row| row.works).unwrap_or(1)
}

/// What a rule says, in words: of a settlement or an implied end.
pub fn rule_says(id: &str) -> Option<String> {
    let standing = standing().iter().find(|row| row.rule == id).map(|row| row.says.clone());
    standing.or_else(|| {
        let row = implications().iter().find(|row| row.id == id)?;
        Some(format!("{} ends {}", row.when, row.ends))
    })
}

/// Years after which what nobody has confirmed is told as *not confirmed since*.
pub fn years_until_unconfirmed() -> i16 {
    years(id::NOT_CONFIRMED, TieKind::Mission)
}

/// What the rows of a format say of the day of which they speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Vintage {
    /// Their edition is that day.
    Yes,
    /// Nothing: they may be older than their edition.
    No,
    /// They tell of an event alone, and of no other day.
    Event,
}

/// What the rows of a format say of the day of which they speak, for a kind of tie.
pub(super) fn vintage(format: &str, tie: TieKind) -> Vintage {
    static ROWS: OnceLock<Vec<VintageRow>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| rows("data/rules/vintages.csv", VINTAGES));
    let of = |format: &str, tie: &str| rows.iter().find(|row| row.format == format && row.tie == tie);
    let row = of(format, tie.name()).or_else(|| of(format, "any")).or_else(|| of("any", "any"));
    row.map_or(Vintage::Yes, |row| row.states_day)
}

/// Checks the tables of rules on sources: every row reads, every rule that code names is there.
///
/// # Errors
/// File, line and what is wrong.
pub fn check_rules() -> Result<(), String> {
    let shown = |error: crate::model::TableRowError| error.to_string();
    super::precedence::check_precedence().map_err(shown)?;
    let standing: Vec<TableRow<StandingRow>> = typed_rows("data/rules/standing.csv", STANDING).map_err(shown)?;
    let vintages: Vec<TableRow<VintageRow>> = typed_rows("data/rules/vintages.csv", VINTAGES).map_err(shown)?;
    let implications: Vec<TableRow<Implication>> =
        typed_rows("data/rules/implications.csv", IMPLICATIONS).map_err(shown)?;
    let tie = |name: &str| name == "any" || TieKind::ALL.iter().any(|kind| kind.name() == name);
    for row in &standing {
        if !tie(&row.value.tie) {
            return Err(format!("data/rules/standing.csv:{}: \"{}\" is no kind of tie", row.line, row.value.tie));
        }
    }
    for row in &vintages {
        if !tie(&row.value.tie) {
            return Err(format!("data/rules/vintages.csv:{}: \"{}\" is no kind of tie", row.line, row.value.tie));
        }
    }
    for row in &implications {
        if Manner::parse(&row.value.manner).is_none() || Bound::parse(&row.value.from).is_err() {
            return Err(format!("data/rules/implications.csv:{}: no manner of ending, or no date", row.line));
        }
    }
    let rules = [
        id::END_OVER_LIST,
        id::EXPLICIT_OVER_ROW,
        id::OPEN_AGAIN,
        id::UNDATED_LISTS,
        id::NEWER_WORD,
        id::UNDATED_DENIAL,
        id::CONTRADICTORY,
        id::BEFORE_EXISTENCE,
        id::NOT_CONFIRMED,
        id::TELLS_BACK,
    ];
    if let Some(missing) = rules.iter().find(|rule| !standing.iter().any(|row| row.value.rule == **rule)) {
        return Err(format!("data/rules/standing.csv: no row \"{missing}\""));
    }
    let implied = [
        id::PARTY_ENDED,
        id::BEIJING_TAIPEI,
        id::SEVERED,
        id::FOR_CONSULATE,
        id::FOR_OFFICE,
        id::FOR_LEGATION,
        id::LEGATION_GONE,
        id::FOR_ACCREDITATION,
        id::FOR_EMBASSY,
        id::RECOGNISE,
        id::NEW_SEAT,
        id::SEAT_CLOSED,
    ];
    match implied.iter().find(|rule| !implications.iter().any(|row| row.value.id == **rule)) {
        Some(missing) => Err(format!("data/rules/implications.csv: no row \"{missing}\"")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_row() {
        assert_eq!(check_rules(), Ok(()));
        assert_eq!(vintage("factbook", TieKind::Mission), Vintage::Yes);
        assert_eq!(vintage("factbook", TieKind::Membership), Vintage::No);
        assert_eq!(vintage("wikitext", TieKind::Mission), Vintage::No);
        assert_eq!(vintage("page", TieKind::Mission), Vintage::Event);
        assert_eq!((works(id::OPEN_AGAIN, TieKind::Mission), works(id::OPEN_AGAIN, TieKind::Relations)), (2, 1));
    }
}
