//! The sum of independent draws with different probabilities, exactly, by dynamic programming.

/// P(X ≥ k) for the sum of draws with these probabilities. Sums of positive terms only, so that a tail of 1e−30
/// keeps its digits. O(draws · k).
pub fn upper_tail(probabilities: &[f64], k: u32) -> f64 {
    Sums::default().upper(probabilities, k)
}

/// P(X ≤ k) for the sum of draws with these probabilities. O(draws · k).
pub fn lower_tail(probabilities: &[f64], k: u32) -> f64 {
    let k = usize::try_from(k).unwrap_or(usize::MAX).min(probabilities.len());
    let mut sums = Sums::default();
    sums.begin(k + 1);
    probabilities.iter().for_each(|p| sums.draw(*p));
    sums.now.iter().sum::<f64>().min(1.0)
}

/// Room for the sums, used again from tail to tail.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    /// P(X = m) of the draws so far, from m = 0.
    now: Vec<f64>,
    next: Vec<f64>,
}

impl Sums {
    fn begin(&mut self, length: usize) {
        self.now.clear();
        self.now.resize(length, 0.0);
        self.next.clear();
        self.next.resize(length, 0.0);
        self.now[0] = 1.0;
    }

    /// Adds a draw.
    fn draw(&mut self, p: f64) {
        let missed = 1.0 - p;
        self.next[0] = self.now[0] * missed;
        for ((next, same), below) in self.next[1..].iter_mut().zip(&self.now[1..]).zip(&self.now) {
            *next = same * missed + below * p;
        }
        std::mem::swap(&mut self.now, &mut self.next);
    }

    pub fn upper(&mut self, probabilities: &[f64], k: u32) -> f64 {
        let Ok(k) = usize::try_from(k) else { return 0.0 };
        if k == 0 {
            return 1.0;
        }
        if k > probabilities.len() {
            return 0.0;
        }
        self.begin(k);
        // Whoever reaches k stays there.
        let mut reached = 0.0;
        for p in probabilities {
            reached += self.now[k - 1] * p;
            self.draw(*p);
        }
        f64::min(reached, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: [f64; 9] = [0.123, 0.234, 0.345, 0.456, 0.567, 0.678, 0.789, 0.801, 0.911];

    #[test]
    fn published_values() {
        assert!((lower_tail(&P, 5) - 0.679_134_5).abs() < 5e-8);
        assert!((upper_tail(&P, 5) - 0.628_385_4).abs() < 5e-8);
    }

    #[test]
    fn both_tails_make_one_and_the_far_one_keeps_its_digits() {
        for k in 1..=9 {
            assert!((upper_tail(&P, k) + lower_tail(&P, k - 1) - 1.0).abs() < 1e-12, "{k}");
        }
        let product: f64 = P.iter().product();
        assert!((upper_tail(&P, 9) / product - 1.0).abs() < 1e-12);
        assert!((upper_tail(&[1e-10; 4], 4) / 1e-40 - 1.0).abs() < 1e-12);
        assert_eq!((upper_tail(&P, 0), upper_tail(&P, 10), lower_tail(&[], 0)), (1.0, 0.0, 1.0));
    }
}
