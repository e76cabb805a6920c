//! A panel with faint lines at round numbers and at round years.

use super::axis::{self, Scale, told};
use crate::render::scene::{Anchor, Drawing, Stroke};

/// Letters of an axis.
pub(super) const LETTERS: f64 = 11.0;

/// Draws lines at numbers, with the numbers left of them, from `left` to `right`.
pub(super) fn numbers(drawing: &mut Drawing, up: Scale, ticks: &[f64], (left, right): (f64, f64)) {
    let theme = drawing.theme;
    let step = if ticks.len() > 1 { ticks[1] - ticks[0] } else { 1.0 };
    for tick in ticks {
        let y = up.at(*tick);
        let faint = if tick.abs() < f64::EPSILON { 1.0 } else { 0.4 };
        drawing.line((left, y), (right, y), Stroke::new(theme.rule, 0.8).faint(faint));
        drawing.text((left - 7.0, y), LETTERS, Anchor::End, told(*tick, step)).fill = theme.quiet;
    }
}

/// Draws lines at round years from `top` to `bottom`, with the years under them and, if wished, above them.
pub(super) fn years(
    drawing: &mut Drawing,
    across: Scale,
    span: (i16, i16),
    (top, bottom): (f64, f64),
    written: (bool, bool),
) {
    let theme = drawing.theme;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let parts = ((across.range.1 - across.range.0).abs() / 52.0).max(1.0) as u32;
    for year in axis::years(span.0, span.1, parts) {
        let x = across.at(f64::from(year));
        drawing.line((x, top), (x, bottom), Stroke::new(theme.rule, 0.8).faint(0.35));
        if written.0 {
            drawing.text((x, top - 11.0), LETTERS, Anchor::Middle, year.to_string()).fill = theme.quiet;
        }
        if written.1 {
            drawing.text((x, bottom + 11.0), LETTERS, Anchor::Middle, year.to_string()).fill = theme.quiet;
        }
    }
}
