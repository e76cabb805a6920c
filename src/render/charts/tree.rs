//! The tree of an average linkage, drawn beside what it orders.

use super::axis::{Scale, told};
use crate::render::scene::{Anchor, Drawing, Segment, Stroke};
use crate::structure::communities::Dendrogram;

/// Letters at the ends of the scale.
const LETTERS: f64 = 9.5;

/// Draws a tree whose leaves stand at the left of rows that are `cell` high, in the order of [`Dendrogram::order`], from
/// x = −`width` to 0; joins lie the further left the less alike the groups are. With `scale` the values at its ends are
/// written under it.
pub(super) fn tree(drawing: &mut Drawing, tree: &Dendrogram, cell: f64, width: f64, scale: bool) {
    let order = tree.order();
    let (Some(first), Some(last)) = (tree.merges.first(), tree.merges.last()) else { return };
    let (closest, farthest) = (first.weight, last.weight);
    // The leaves stand a little to the right of the closest join.
    let step = if closest > farthest { (closest - farthest) * 0.06 } else { 1.0 };
    let across = Scale { domain: (farthest, closest + step), range: (-width, -2.0) };
    let mut at = vec![(0.0, -2.0); order.len()];
    #[allow(clippy::cast_precision_loss)]
    for (place, node) in order.iter().enumerate() {
        at[*node] = ((place as f64 + 0.5) * cell, -2.0);
    }
    let mut path = Vec::new();
    for merge in &tree.merges {
        let ((one, from), (other, to), x) = (at[merge.one], at[merge.other], across.at(merge.weight));
        path.extend([Segment::Move((from, one)), Segment::Line((x, one))]);
        path.extend([Segment::Line((x, other)), Segment::Line((to, other))]);
        at.push(((one + other) / 2.0, x));
    }
    let theme = drawing.theme;
    drawing.path(path, Stroke::new(theme.quiet.mixed(theme.paper, 0.25), if cell < 10.0 { 0.7 } else { 1.0 }), "");
    #[allow(clippy::cast_precision_loss)]
    let foot = order.len() as f64 * cell + 12.0;
    if scale && closest > farthest {
        let fine = if closest - farthest < 0.1 {
            0.001
        } else if closest < 10.0 {
            0.01
        } else {
            1.0
        };
        for (value, anchor) in [(farthest, Anchor::Start), (closest, Anchor::End)] {
            let x = across.at(value);
            drawing.line((x, foot - 8.0), (x, foot - 4.0), Stroke::new(theme.rule, 1.0));
            let text = drawing.text((x, foot + 3.0), LETTERS, anchor, told(value, fine));
            text.fill = theme.quiet;
        }
        let (left, right) = (across.at(farthest), across.at(closest));
        drawing.line((left, foot - 8.0), (right, foot - 8.0), Stroke::new(theme.rule, 1.0));
    }
}
