//! Many tests at once.

/// How the level is kept over many tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Each test by itself.
    None,
    /// p·m: the chance of one false pair or more stays below the level. Bonferroni 1936.
    Bonferroni,
    /// The share of false pairs among those found stays below the level. Benjamini & Hochberg 1995.
    BenjaminiHochberg,
}

impl Correction {
    /// Every correction.
    pub const ALL: [Correction; 3] = [Correction::BenjaminiHochberg, Correction::Bonferroni, Correction::None];

    /// The name on the command line and in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Correction::None => "none",
            Correction::Bonferroni => "bonferroni",
            Correction::BenjaminiHochberg => "bh",
        }
    }
}

/// p-values corrected for their number, in their order: at most 1, never below the p-value itself.
pub fn adjusted(p_values: &[f64], correction: Correction) -> Vec<f64> {
    let tests = super::whole(p_values.len());
    match correction {
        Correction::None => p_values.to_vec(),
        Correction::Bonferroni => p_values.iter().map(|p| (p * tests).min(1.0)).collect(),
        Correction::BenjaminiHochberg => {
            let mut order: Vec<usize> = (0..p_values.len()).collect();
            order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
            let mut out = vec![1.0; p_values.len()];
            let mut least: f64 = 1.0;
            for (rank, at) in order.iter().enumerate().rev() {
                least = least.min(p_values[*at] * tests / super::whole(rank + 1));
                out[*at] = least;
            }
            out
        }
    }
}

/// How many of some p-values are significant at a level.
pub fn significant(p_values: &[f64], correction: Correction, level: f64) -> usize {
    adjusted(p_values, correction).iter().filter(|p| **p <= level).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_corrections() {
        let p = [0.01, 0.04, 0.03, 0.005];
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-12);
        assert!(near(&adjusted(&p, Correction::BenjaminiHochberg), &[0.02, 0.04, 0.04, 0.02]));
        assert!(near(&adjusted(&p, Correction::Bonferroni), &[0.04, 0.16, 0.12, 0.02]));
        assert_eq!(significant(&p, Correction::BenjaminiHochberg, 0.03), 2);
        assert_eq!(significant(&p, Correction::None, 0.03), 3);
        assert!(adjusted(&[], Correction::BenjaminiHochberg).is_empty());
    }
}
