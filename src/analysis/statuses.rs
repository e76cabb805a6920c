//! Which memberships count, and how much.

const CLASSES: &str = include_str!("../../data/rules/statuses.csv");

/// Classes of membership, from the closest.
pub const STATUS_CLASSES: [&str; 6] = ["full", "associate", "observer", "partner", "candidate", "affiliate"];

/// How much a membership of each class weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRule {
    weights: Vec<(&'static str, f64)>,
}

/// A rule that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is no rule of statuses: say full, any, or classes as full,associate or full=1,associate=0.5, of {all}", all = STATUS_CLASSES.join(", "))]
pub struct StatusRuleError(pub String);

impl StatusRule {
    /// Only full members: the rule of the field.
    pub fn full() -> StatusRule {
        StatusRule { weights: vec![("full", 1.0)] }
    }

    /// Full and associate members: the rule of the published dyad counts of Correlates of War.
    pub fn full_and_associate() -> StatusRule {
        StatusRule { weights: vec![("full", 1.0), ("associate", 1.0)] }
    }

    /// Reads `full`, `any`, `full,associate` or `full=1,associate=0.5`.
    ///
    /// # Errors
    /// [`StatusRuleError`] with the text.
    pub fn parse(text: &str) -> Result<StatusRule, StatusRuleError> {
        let error = || StatusRuleError(text.to_owned());
        if text == "any" {
            return Ok(StatusRule { weights: STATUS_CLASSES.map(|class| (class, 1.0)).to_vec() });
        }
        let mut weights = Vec::new();
        for part in text.split(',') {
            let (class, weight) = part.split_once('=').unwrap_or((part, "1"));
            let class = STATUS_CLASSES.into_iter().find(|known| *known == class.trim()).ok_or_else(error)?;
            let weight: f64 = weight.trim().parse().map_err(|_| error())?;
            if !(weight.is_finite() && weight > 0.0) || weights.iter().any(|(known, _)| *known == class) {
                return Err(error());
            }
            weights.push((class, weight));
        }
        Ok(StatusRule { weights })
    }

    /// Weight of a class; 0 where it does not count.
    pub fn weight(&self, class: &str) -> f64 {
        self.weights.iter().find(|(known, _)| *known == class).map_or(0.0, |(_, weight)| *weight)
    }

    /// Weights of full members, associates and observers, as Correlates of War codes them.
    pub fn cow(&self) -> [f64; 3] {
        ["full", "associate", "observer"].map(|class| self.weight(class))
    }

    /// The rule as it is printed with every result: `full`, `full 1, associate 0.5`.
    pub fn caption(&self) -> String {
        #[allow(clippy::float_cmp)]
        let plain = self.weights.iter().all(|(_, weight)| *weight == 1.0);
        let part =
            |(class, weight): &(&str, f64)| if plain { (*class).to_owned() } else { format!("{class} {weight}") };
        self.weights.iter().map(part).collect::<Vec<_>>().join(", ")
    }
}

/// The class of a status as sources write it: by the first word of the table that it has, else full.
pub fn status_class(status: &str) -> &'static str {
    let status = status.to_lowercase();
    let words: Vec<&str> = status.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut best: Option<(usize, &'static str)> = None;
    for row in CLASSES.lines().skip(1) {
        let mut cells = row.split(',');
        let (Some(word), Some(class)) = (cells.next(), cells.next()) else { continue };
        let parts: Vec<&str> = word.split(' ').collect();
        // "Associate observer" is an observer, "former associate" is neither: the least of what is said.
        let said = words.windows(parts.len()).any(|window| {
            window.iter().zip(&parts).all(|(word, part)| word == part || word.strip_suffix('d') == Some(part))
        });
        let place = STATUS_CLASSES.iter().position(|known| *known == class).unwrap_or(STATUS_CLASSES.len());
        if said && best.is_none_or(|(known, _)| place > known) {
            best = Some((place, STATUS_CLASSES.get(place).copied().unwrap_or("former")));
        }
    }
    best.map_or("full", |(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sources_write_has_a_class() {
        for (status, class) in [
            ("member", "full"),
            ("full member", "full"),
            ("nonregional member", "full"),
            ("compliant country, suspended", "full"),
            ("associate member", "associate"),
            ("associated member", "associate"),
            ("associate observer", "observer"),
            ("sectoral dialogue partner", "partner"),
            ("candidate country", "candidate"),
            ("former associate", "former"),
            ("national committees", "affiliate"),
            ("", "full"),
        ] {
            assert_eq!(status_class(status), class, "{status}");
        }
    }

    #[test]
    fn rules_are_read_and_told() {
        assert_eq!(StatusRule::parse("full").unwrap(), StatusRule::full());
        let weighted = StatusRule::parse("full=1, associate=0.5").unwrap();
        assert_eq!((weighted.caption().as_str(), weighted.cow()), ("full 1, associate 0.5", [1.0, 0.5, 0.0]));
        assert_eq!(StatusRule::parse("any").unwrap().weight("affiliate"), 1.0);
        for wrong in ["", "fool", "full=x", "full=-1", "full,full", "full=inf"] {
            assert_eq!(StatusRule::parse(wrong).unwrap_err().0, wrong);
        }
        assert!(StatusRuleError("x".into()).to_string().contains("full=1,associate=0.5"));
    }
}
