//! What a tie weighs, and what a message over it costs, by the level of representation.

use std::sync::OnceLock;

use crate::model::{Fact, Statement};

const TABLE: &str = include_str!("../../data/rules/weights.csv");

/// One row of `data/rules/weights.csv`: empty conditions hold of all.
#[derive(Debug, serde::Deserialize)]
struct Row {
    tie: String,
    kind: String,
    level: String,
    weight: f64,
    cost: f64,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| csv::Reader::from_reader(TABLE.as_bytes()).deserialize().flatten().collect())
}

/// Weight and cost of a fact, by the row of `data/rules/weights.csv` that fits it best, by level before kind of mission: weight 1 for an
/// embassy under an ambassador, less for what is less; cost 1 for a message over it, more for what
/// carries it worse; a hostile tie carries nothing.
pub fn weight_and_cost(fact: &Fact) -> (f64, f64) {
    let Some(tie) = fact.key.kind().edge() else { return (0.0, f64::INFINITY) };
    let (kind, level) = match fact.tie.value() {
        Statement::Mission { kind, level, .. } => (kind.name(), level.map_or("", |level| level.name())),
        _ => ("", ""),
    };
    if matches!(fact.tie.value(), Statement::Tie { sign, .. } if *sign < 0) {
        return (0.0, f64::INFINITY);
    }
    let fits = |row: &&Row| {
        row.tie == tie.ties_name()
            && (row.kind.is_empty() || row.kind == kind)
            && (row.level.is_empty() || row.level == level)
    };
    let closeness = |row: &&Row| (!row.level.is_empty(), !row.kind.is_empty());
    rows().iter().filter(fits).max_by_key(closeness).map_or((0.0, 5.0), |row| (row.weight, row.cost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TieKind;

    #[test]
    fn every_tie_has_a_row_without_conditions() {
        assert_eq!(rows().len(), TABLE.lines().count() - 1);
        for tie in TieKind::EDGES {
            let general = |row: &&Row| row.tie == tie.ties_name() && row.kind.is_empty() && row.level.is_empty();
            let row = rows().iter().find(general).unwrap_or_else(|| panic!("{} has none", tie.ties_name()));
            assert!(row.cost > 0.0 && row.weight >= 0.0);
        }
    }
}
