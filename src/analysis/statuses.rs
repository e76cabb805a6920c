//! Which memberships count, and how much.

use crate::model::StatusClass;

/// Classes that a rule may count: what is over counts nowhere.
fn counted() -> impl Iterator<Item = StatusClass> {
    StatusClass::ALL.into_iter().filter(|class| *class != StatusClass::Former)
}

fn counted_names() -> String {
    counted().map(StatusClass::name).collect::<Vec<_>>().join(", ")
}

/// How much a membership of each class weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRule {
    weights: Vec<(StatusClass, f64)>,
}

/// A rule that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is no rule of statuses: say full, any, or classes as full,associate or full=1,associate=0.5, of {all}", all = counted_names())]
pub struct StatusRuleError(pub String);

impl StatusRule {
    /// Only full members: the rule of the field.
    pub fn full() -> StatusRule {
        StatusRule { weights: vec![(StatusClass::Full, 1.0)] }
    }

    /// Full and associate members: the rule of the published dyad counts of Correlates of War.
    pub fn full_and_associate() -> StatusRule {
        StatusRule { weights: vec![(StatusClass::Full, 1.0), (StatusClass::Associate, 1.0)] }
    }

    /// Reads `full`, `any`, `full,associate` or `full=1,associate=0.5`.
    ///
    /// # Errors
    /// [`StatusRuleError`] with the text.
    pub fn parse(text: &str) -> Result<StatusRule, StatusRuleError> {
        let error = || StatusRuleError(text.to_owned());
        if text == "any" {
            return Ok(StatusRule { weights: counted().map(|class| (class, 1.0)).collect() });
        }
        let mut weights = Vec::new();
        for part in text.split(',') {
            let (class, weight) = part.split_once('=').unwrap_or((part, "1"));
            let class = counted().find(|known| known.name() == class.trim()).ok_or_else(error)?;
            let weight: f64 = weight.trim().parse().map_err(|_| error())?;
            if !(weight.is_finite() && weight > 0.0) || weights.iter().any(|(known, _)| *known == class) {
                return Err(error());
            }
            weights.push((class, weight));
        }
        Ok(StatusRule { weights })
    }

    /// Weight of a class; 0 where it does not count.
    pub fn weight(&self, class: StatusClass) -> f64 {
        self.weights.iter().find(|(known, _)| *known == class).map_or(0.0, |(_, weight)| *weight)
    }

    /// Weights of full members, associates and observers, as Correlates of War codes them.
    pub fn cow(&self) -> [f64; 3] {
        [StatusClass::Full, StatusClass::Associate, StatusClass::Observer].map(|class| self.weight(class))
    }

    /// The rule as it is printed with every result: `full`, `full 1, associate 0.5`.
    pub fn caption(&self) -> String {
        #[allow(clippy::float_cmp)]
        let plain = self.weights.iter().all(|(_, weight)| *weight == 1.0);
        let part = |(class, weight): &(StatusClass, f64)| match class.name() {
            class if plain => class.to_owned(),
            class => format!("{class} {weight}"),
        };
        self.weights.iter().map(part).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_and_told() {
        assert_eq!(StatusRule::parse("full").unwrap(), StatusRule::full());
        let weighted = StatusRule::parse("full=1, associate=0.5").unwrap();
        assert_eq!((weighted.caption().as_str(), weighted.cow()), ("full 1, associate 0.5", [1.0, 0.5, 0.0]));
        assert_eq!(StatusRule::parse("any").unwrap().weight(StatusClass::Affiliate), 1.0);
        for wrong in ["", "fool", "full=x", "full=-1", "full,full", "full=inf"] {
            assert_eq!(StatusRule::parse(wrong).unwrap_err().0, wrong);
        }
        assert!(StatusRuleError("x".into()).to_string().contains("full=1,associate=0.5"));
    }
}
