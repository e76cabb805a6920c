//! Round numbers for axes and legends.

/// A way from numbers to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// First and last number.
    pub domain: (f64, f64),
    /// Where they lie.
    pub range: (f64, f64),
}

impl Scale {
    /// Where a number lies.
    pub fn at(self, value: f64) -> f64 {
        let width = self.domain.1 - self.domain.0;
        let share = if width.abs() < f64::EPSILON { 0.5 } else { (value - self.domain.0) / width };
        self.range.0 + (self.range.1 - self.range.0) * share
    }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that cuts a width into at most so many parts.
pub(super) fn round_step(width: f64, parts: u32) -> f64 {
    let least = (width / f64::from(parts.max(1))).max(1e-9);
    let power = 10f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|factor| factor * power >= least * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// Multiples of a round step from the last not above `least` to the first not below `most`. Never fewer than two.
pub(super) fn ticks(least: f64, most: f64, parts: u32, whole: bool) -> Vec<f64> {
    let mut step = round_step(most - least, parts);
    if whole {
        step = step.max(1.0);
        // A quarter of ten is no count.
        step = if step.fract() == 0.0 { step } else { (step * 2.0).round() };
    }
    #[allow(clippy::cast_possible_truncation)]
    let (first, last) = ((least / step + 1e-9).floor() as i64, (most / step - 1e-9).ceil() as i64);
    #[allow(clippy::cast_precision_loss)]
    let tick = |at: i64| at as f64 * step;
    (first..=last.max(first + 1)).map(tick).collect()
}

/// Years that are multiples of a round step, within a span.
pub(super) fn years(first: i16, last: i16, parts: u32) -> Vec<i16> {
    let wide = f64::from(last) - f64::from(first);
    let fitting = [1i16, 2, 5, 10, 20, 25, 50, 100, 200].into_iter();
    let step = fitting.clone().find(|step| wide / f64::from(*step) <= f64::from(parts)).unwrap_or(500);
    (first..=last).filter(|year| year % step == 0).collect()
}

/// A number as short as its step allows, thousands apart: `12,500`, `0.25`.
pub(super) fn told(value: f64, step: f64) -> String {
    let digits = (0..6usize).find(|digits| {
        let scaled = step * 10f64.powi(i32::try_from(*digits).unwrap_or(0));
        (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0)
    });
    let text = format!("{value:.*}", digits.unwrap_or(2));
    if text.trim_start_matches(['-', '0', '.']).is_empty() { text.replace('-', "") } else { thousands(&text) }
}

/// Places labels along a line: each as near to where it is wanted as `gap` between neighbours allows, in their order, none
/// outside `room`. Least squares under an order, by pooling adjacent violators.
pub(super) fn apart(wanted: &[f64], gap: f64, room: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    #[allow(clippy::cast_precision_loss)]
    for (at, node) in order.iter().enumerate() {
        let mut block = (wanted[*node] - gap * at as f64, 1);
        while let Some(last) = blocks.last().filter(|last| last.0 / last.1 as f64 >= block.0 / block.1 as f64) {
            block = (block.0 + last.0, block.1 + last.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    #[allow(clippy::cast_precision_loss)]
    let span = gap * order.len().saturating_sub(1) as f64;
    let mut placed = vec![0.0; wanted.len()];
    let mut at = 0;
    for (sum, size) in blocks {
        #[allow(clippy::cast_precision_loss)]
        let start = (sum / size as f64).clamp(room.0, (room.1 - span).max(room.0));
        for _ in 0..size {
            #[allow(clippy::cast_precision_loss)]
            let here = start + gap * at as f64;
            placed[order[at]] = here;
            at += 1;
        }
    }
    placed
}

fn thousands(text: &str) -> String {
    let (whole, rest) = text.find('.').map_or((text, ""), |dot| text.split_at(dot));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_what_they_measure() {
        assert_eq!(ticks(0.0, 10134.0, 6, true), [0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10000.0, 12000.0]);
        assert_eq!(ticks(3.0, 3.0, 5, true), [3.0, 4.0]);
        let shares: Vec<String> = ticks(0.12, 0.61, 5, false).into_iter().map(|tick| told(tick, 0.1)).collect();
        assert_eq!(shares, ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]);
        assert_eq!(years(1816, 2025, 8), [1850, 1900, 1950, 2000]);
        assert_eq!(
            (told(-0.0, 0.5), told(12500.0, 500.0), told(-1500.0, 500.0)),
            ("0.0".into(), "12,500".into(), "−1,500".into())
        );
    }

    #[test]
    fn labels_are_kept_apart_and_in_order() {
        let placed = apart(&[10.0, 11.0, 12.0, 90.0], 12.0, (0.0, 100.0));
        assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 12.0 - 1e-9), "{placed:?}");
        assert!((placed[3] - 90.0).abs() < 1e-9 && placed[0] >= 0.0);
        assert_eq!(apart(&[5.0, 5.0], 10.0, (0.0, 12.0)), [0.0, 10.0]);
    }
}
