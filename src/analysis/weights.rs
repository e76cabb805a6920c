//! What a tie weighs, and what a message over it costs, by the level of representation.

use super::tables::{WEIGHTS, WeightRow};
use crate::model::{Fact, Statement};

/// Weight and cost of a fact, by the row of `data/rules/weights.csv` that fits it best, by level before kind of mission: weight 1 for an
/// embassy under an ambassador, less for what is less; cost 1 for a message over it, more for what
/// carries it worse; a hostile tie carries nothing.
pub fn weight_and_cost(fact: &Fact) -> (f64, f64) {
    let Some(tie) = fact.key.kind().edge() else { return (0.0, f64::INFINITY) };
    let (kind, level) = match fact.tie.value() {
        Statement::Mission { kind, level, .. } => (Some(*kind), *level),
        _ => (None, None),
    };
    if matches!(fact.tie.value(), Statement::Tie { sign, .. } if *sign < 0) {
        return (0.0, f64::INFINITY);
    }
    let fits = |row: &&WeightRow| {
        row.tie == tie && (row.kind.is_none() || row.kind == kind) && (row.level.is_none() || row.level == level)
    };
    let closeness = |row: &&WeightRow| (row.level.is_some(), row.kind.is_some());
    WEIGHTS.rows().iter().filter(fits).max_by_key(closeness).map_or((0.0, 5.0), |row| (row.weight, row.cost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TieKind;

    #[test]
    fn every_tie_has_a_row_without_conditions() {
        assert_eq!(WEIGHTS.rows().len(), WEIGHTS.lines());
        for tie in TieKind::EDGES {
            let general = |row: &&WeightRow| row.tie == tie && row.kind.is_none() && row.level.is_none();
            let row = WEIGHTS.rows().iter().find(general).unwrap_or_else(|| panic!("{} has none", tie.ties_name()));
            assert!(row.cost > 0.0 && row.weight >= 0.0);
        }
    }
}
