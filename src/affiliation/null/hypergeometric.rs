//! Draws without regard to how many members an organisation has.

use statrs::distribution::{DiscreteCDF, Hypergeometric};

/// P(X ≥ k) and P(X ≤ k) where two members draw `one` and `other` organisations out of `all`, each as likely:
/// X ~ Hypergeometric(all, one, other). Both above 0 and at most 1; 1 and 1 where nothing can be drawn.
pub fn hypergeometric(all: u32, one: u32, other: u32, k: u32) -> (f64, f64) {
    let Ok(drawn) = Hypergeometric::new(all.into(), one.into(), other.into()) else { return (1.0, 1.0) };
    // sf(k − 1) is P(X ≥ k) without the loss of 1 − cdf in the far tail.
    let upper = k.checked_sub(1).map_or(1.0, |below| drawn.sf(below.into()));
    (upper.min(1.0), drawn.cdf(k.into()).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The unit tests of R's backbone package, and Davis's Evelyn and Laura, Katherina and Sylvia.
    #[test]
    fn published_values() {
        let near = |value: f64, wanted: f64, digits: i32| {
            assert!((value - wanted).abs() < 0.5 * 10f64.powi(-digits), "{value} {wanted}");
        };
        // Rows 1011, 0100, 1001 of four columns.
        let sizes = [3, 1, 2];
        let shared = [[3, 0, 2], [0, 1, 0], [2, 0, 2]];
        let upper = [[0.25, 1.0, 0.5], [1.0, 0.25, 1.0], [0.5, 1.0, 0.167]];
        let lower = [[1.0, 0.25, 1.0], [0.25, 1.0, 0.5], [1.0, 0.5, 1.0]];
        for one in 0..3 {
            for other in 0..3 {
                let (above, below) = hypergeometric(4, sizes[one], sizes[other], shared[one][other]);
                near(above, upper[one][other], 3);
                near(below, lower[one][other], 3);
            }
        }
        near(hypergeometric(14, 8, 7, 6).0, 0.051_282, 6);
        near(hypergeometric(14, 6, 7, 6).0, 0.002_331, 6);
    }

    #[test]
    fn nothing_to_draw() {
        assert_eq!(hypergeometric(0, 0, 0, 0), (1.0, 1.0));
        assert_eq!(hypergeometric(5, 0, 3, 0), (1.0, 1.0));
        assert_eq!(hypergeometric(5, 5, 5, 5), (1.0, 1.0));
    }
}
