//! A drawing put on a page: title and caption above it, legend and sources below.

use super::letters;
use super::scene::{Anchor, Drawing, Mark, Scene, Sign, Text};
use super::style::Style;
use super::theme::Colour;

/// What a page says around its drawing.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What it shows; a style's own title stands in its place.
    pub title: String,
    /// Date and roster for which it stands, and what else must be said.
    pub caption: Vec<String>,
    /// On what it rests.
    pub sources: String,
    /// What somebody who does not see it is told; title and caption are told beside it.
    pub description: String,
}

const MARGIN: f64 = 28.0;
/// Letters of the title, the caption and the legend, in pixels.
const TITLE: f64 = 22.0;
const CAPTION: f64 = 13.0;
const LEGEND: f64 = 12.5;
const SOURCES: f64 = 11.0;
/// The narrowest page.
const NARROW: f64 = 560.0;

/// Puts a drawing on a page that is as large as it needs.
pub fn page(mut drawing: Drawing, head: Head, style: &Style) -> Scene {
    let theme = drawing.theme;
    let [left, top, right, bottom] = drawing.bounds();
    let width = (right - left + 2.0 * MARGIN).max(NARROW).ceil();
    let room = width - 2.0 * MARGIN;
    let title = style.title.clone().unwrap_or(head.title);
    let mut marks = Vec::new();
    let mut y = MARGIN + TITLE / 2.0;
    let mut write = |y: f64, size: f64, fill: Colour, bold: bool, text: String| {
        let (at, anchor) = if style.language.is_right_to_left() {
            ((width - MARGIN, y), Anchor::End)
        } else {
            ((MARGIN, y), Anchor::Start)
        };
        marks.push(Mark::Text(Text { at, size, turn: 0.0, anchor, fill, on: theme.paper, halo: false, bold, text }));
    };
    for line in letters::lines(&title, TITLE, true, room) {
        write(y, TITLE, theme.ink, true, line);
        y += TITLE * 1.25;
    }
    for paragraph in &head.caption {
        for line in letters::lines(paragraph, CAPTION, false, room) {
            write(y, CAPTION, theme.quiet, false, line);
            y += CAPTION * 1.4;
        }
    }
    let body = y + 8.0;
    let mut foot = body + (bottom - top) + 18.0;
    let keys = std::mem::take(&mut drawing.keys);
    // By whole pixels, so that edges that a drawing lays on them stay sharp.
    let shift = (((width - (right - left)) / 2.0 - left).round(), (body - top).round());
    drawing.shift(shift);
    let mut legend = Drawing::new(theme);
    let mut x = MARGIN;
    let mut rows = 0;
    for key in keys {
        let sign = if key.sign == Sign::Word { 0.0 } else { 26.0 };
        let label = letters::fitted(&key.label, LEGEND, false, room - sign);
        let taken = sign + letters::width(&label, LEGEND, false);
        if x > MARGIN && x + taken > width - MARGIN {
            x = MARGIN;
            rows += 1;
        }
        let y = foot + LEGEND / 2.0 + f64::from(rows) * LEGEND * 1.8;
        match key.sign {
            Sign::Line(stroke) => legend.line((x, y), (x + 19.0, y), stroke),
            Sign::Disc(fill) => legend.disc((x + 9.0, y), 5.0, fill, ""),
            Sign::Step(fill) => legend.bar((x + 3.0, y - 6.0), (13.0, 12.0), 2.0, fill, ""),
            Sign::Square(fill, rim) => {
                legend.bar((x + 3.0, y - 6.0), (13.0, 12.0), 2.0, fill, "");
                if let (Some(Mark::Bar { stroke, .. }), Some(rim)) = (legend.marks.last_mut(), rim) {
                    *stroke = Some(super::scene::Stroke::new(rim, 1.0));
                }
            }
            Sign::Word => {}
        }
        legend.text((x + sign, y), LEGEND, Anchor::Start, label);
        x += taken + 22.0;
    }
    if !legend.marks.is_empty() {
        foot += f64::from(rows + 1) * LEGEND * 1.8 + 6.0;
    }
    for line in letters::lines(&head.sources, SOURCES, false, room) {
        write(foot + SOURCES / 2.0, SOURCES, theme.quiet, false, line);
        foot += SOURCES * 1.45;
    }
    marks.extend(drawing.marks);
    marks.extend(legend.marks);
    let caption = head.caption.join(". ");
    let description = [&head.description, &caption, &head.sources].into_iter().filter(|part| !part.is_empty());
    let description = description.cloned().collect::<Vec<_>>().join(". ");
    Scene {
        width,
        height: (foot + MARGIN / 2.0).ceil(),
        title: letters::clean(&title),
        caption: letters::clean(&caption),
        description: letters::clean(&description),
        lang: style.language.code().to_owned(),
        theme,
        marks,
        nodes: drawing.nodes,
        ties: drawing.ties,
    }
}
