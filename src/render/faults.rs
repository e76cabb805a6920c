//! What a designer would not let pass, measured in a scene: labels that overlap, leave the page or cannot be read.

use super::geometry::overlap;
use super::scene::{Point, Scene, Text};

/// Least contrast of letters with what lies behind them (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

impl Scene {
    /// Everything that is wrong with its texts, in words; empty if nothing is. O(texts²) at worst.
    pub fn faults(&self) -> Vec<String> {
        let texts: Vec<(&Text, [Point; 4], [f64; 4])> = self
            .texts()
            .filter(|text| !text.text.trim().is_empty())
            .map(|text| {
                let corners = text.corners();
                let extent = |pick: fn(&Point) -> f64| {
                    corners.iter().map(pick).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
                        (least.min(value), most.max(value))
                    })
                };
                let (x, y) = (extent(|point| point.0), extent(|point| point.1));
                (text, corners, [x.0, y.0, x.1, y.1])
            })
            .collect();
        let mut faults = Vec::new();
        for (at, (text, corners, extent)) in texts.iter().enumerate() {
            if extent[0] < 0.0 || extent[1] < 0.0 || extent[2] > self.width || extent[3] > self.height {
                faults.push(format!("\"{}\" leaves the page", text.text));
            }
            let contrast = text.fill.contrast(text.on);
            if contrast < CONTRAST {
                faults.push(format!("\"{}\" has a contrast of {contrast:.1} to 1", text.text));
            }
            for (other, others, theirs) in &texts[at + 1..] {
                let apart = extent[2] <= theirs[0]
                    || theirs[2] <= extent[0]
                    || extent[3] <= theirs[1]
                    || theirs[3] <= extent[1];
                if !apart && overlap(corners, others) {
                    faults.push(format!("\"{}\" and \"{}\" overlap", text.text, other.text));
                }
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use crate::render::Style;
    use crate::render::page::{Head, page};
    use crate::render::scene::{Anchor, Drawing, Mark};
    use crate::render::theme::LIGHT;

    #[test]
    fn faults_are_found() {
        let mut drawing = Drawing::new(&LIGHT);
        drawing.text((0.0, 0.0), 12.0, Anchor::Start, "one");
        drawing.text((5.0, 3.0), 12.0, Anchor::Start, "other");
        drawing.text((0.0, 60.0), 12.0, Anchor::Start, "pale").fill = LIGHT.rule;
        let mut scene = page(drawing, Head::default(), &Style::default());
        if let Some(Mark::Text(text)) = scene.marks.last_mut() {
            text.at.0 = -20.0;
        }
        let faults = scene.faults();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].contains("\"one\" and \"other\" overlap"), "{faults:?}");
    }
}
