//! What the sources disagree on, quantity by quantity.

use crate::graph::View;
use crate::model::{Bound, Fact, Origin, Polarity, Statement};

/// What two readings of a tie differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Where a mission or the seat of an accreditation stands.
    Seat,
    /// Kind of mission.
    Kind,
    /// Status of a membership.
    Status,
    /// Any other value: a total, a length, a protecting power.
    Value,
    /// Whether it is so.
    Polarity,
    /// When it began.
    Began,
    /// When it ended.
    Ended,
    /// Whether it stands: one source tells its end, another has it all the same.
    Standing,
}

impl Quantity {
    /// Every one.
    pub const ALL: [Quantity; 8] = [
        Quantity::Seat,
        Quantity::Kind,
        Quantity::Status,
        Quantity::Value,
        Quantity::Polarity,
        Quantity::Began,
        Quantity::Ended,
        Quantity::Standing,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Seat => "seat",
            Quantity::Kind => "kind",
            Quantity::Status => "status",
            Quantity::Value => "value",
            Quantity::Polarity => "polarity",
            Quantity::Began => "began",
            Quantity::Ended => "ended",
            Quantity::Standing => "standing",
        }
    }
}

/// One reading.
#[derive(Clone, Copy, Debug)]
pub enum Said<'n> {
    /// Of the tie itself.
    Tie(&'n Statement),
    /// Affirmed or denied.
    Polarity(Polarity),
    /// A date.
    Date(Bound),
    /// That it stands, or that it is over.
    Stands(bool),
}

impl Said<'_> {
    /// The reading as text; `tie` puts a statement into words.
    pub fn shown(&self, tie: impl Fn(&Statement) -> String) -> String {
        match self {
            Said::Tie(statement) => tie(statement),
            Said::Polarity(Polarity::Asserted) => "affirmed".to_owned(),
            Said::Polarity(Polarity::Denied) => "denied".to_owned(),
            Said::Date(bound) => bound.to_string(),
            Said::Stands(true) => "stands".to_owned(),
            Said::Stands(false) => "over".to_owned(),
        }
    }
}

/// One disagreement: every reading of one quantity of one fact, preferred first.
#[derive(Clone, Debug)]
pub struct Dispute<'n> {
    /// The fact.
    pub fact: &'n Fact,
    /// What it is about.
    pub quantity: Quantity,
    /// The readings with their places.
    pub readings: Vec<(Said<'n>, &'n [Origin])>,
}

/// Lists the disagreements that the lens shows, of facts that join all of `parties`. By fact, then quantity.
/// O(disputed facts).
pub fn disputes<'n>(view: &View<'n>, parties: &[&str]) -> Vec<Dispute<'n>> {
    let facts = &view.network.facts;
    let mut found = Vec::new();
    for fact in facts.disputed().map(|at| &facts[at]) {
        let joins = parties.iter().all(|slug| fact.subject() == *slug || fact.object() == *slug);
        if joins && view.admits(fact) {
            found.extend(of(fact));
        }
    }
    found
}

fn of(fact: &Fact) -> Vec<Dispute<'_>> {
    let ties: Vec<(Said<'_>, &[Origin])> =
        fact.tie.readings().iter().map(|reading| (Said::Tie(&reading.value), reading.origins.as_slice())).collect();
    let polarity: Vec<(Said<'_>, &[Origin])> = fact
        .polarity
        .readings()
        .iter()
        .map(|reading| (Said::Polarity(reading.value), reading.origins.as_slice()))
        .collect();
    let mut out = Vec::new();
    if ties.len() > 1 {
        out.push(Dispute { fact, quantity: quantity(fact), readings: ties });
    }
    if polarity.len() > 1 {
        out.push(Dispute { fact, quantity: Quantity::Polarity, readings: polarity });
    }
    for (quantity, settled) in [(Quantity::Began, &fact.began), (Quantity::Ended, &fact.ended)] {
        if let Some(settled) = settled.as_ref().filter(|settled| settled.is_disputed()) {
            let readings = settled.readings().iter();
            let readings = readings.map(|reading| (Said::Date(reading.value), reading.origins.as_slice())).collect();
            out.push(Dispute { fact, quantity, readings });
        }
    }
    out.extend(standing_disputes(fact));
    out
}

/// The disagreements on whether a fact stands.
pub fn standing_disputes(fact: &Fact) -> Vec<Dispute<'_>> {
    let mut out = Vec::new();
    for settlement in fact.settlements.iter().filter(|_| fact.contested) {
        let over = match settlement.rule.as_str() {
            "end-over-list" => true,
            "open-again" => false,
            _ => continue,
        };
        let readings =
            vec![(Said::Stands(!over), settlement.by.as_slice()), (Said::Stands(over), settlement.against.as_slice())];
        out.push(Dispute { fact, quantity: Quantity::Standing, readings });
    }
    if let Some(implied) = fact.implied.as_ref().filter(|_| fact.contested) {
        let lists = fact.polarity.readings()[0].origins.as_slice();
        let readings = vec![(Said::Stands(false), implied.by.as_slice()), (Said::Stands(true), lists)];
        out.push(Dispute { fact, quantity: Quantity::Standing, readings });
    }
    out
}

/// What the readings of a tie differ in.
fn quantity(fact: &Fact) -> Quantity {
    match fact.tie.value() {
        Statement::Membership { .. } => Quantity::Status,
        Statement::Accreditation { .. } => Quantity::Seat,
        Statement::Mission { kind, .. } => {
            let alike = fact
                .tie
                .readings()
                .iter()
                .all(|reading| matches!(&reading.value, Statement::Mission { kind: other, .. } if other == kind));
            if alike { Quantity::Seat } else { Quantity::Kind }
        }
        _ => Quantity::Value,
    }
}
