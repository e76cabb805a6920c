//! What a drawing consists of, in pixels from the top left.

/// A round mark with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Identity, as in a DOT file.
    pub id: String,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius.
    pub radius: f64,
    /// Fill, as `#rrggbb`.
    pub fill: &'static str,
    /// Its name.
    pub title: String,
    /// What a pointer is told beside the name, a line each; empty if nothing.
    pub note: String,
}

impl Mark {
    /// The name and what is told beside it.
    pub fn told(&self) -> String {
        if self.note.is_empty() { self.title.clone() } else { format!("{}\n{}", self.title, self.note) }
    }
}

/// A straight line between two marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Mark at the start.
    pub from: String,
    /// Mark at the end.
    pub to: String,
    /// Start and end.
    pub ends: [(f64, f64); 2],
    /// Stroke, as `#rrggbb`.
    pub stroke: &'static str,
    /// Width.
    pub width: f64,
    /// Whether it is dashed.
    pub dashed: bool,
    /// Which ends have an arrow: `forward`, `both` or `none`.
    pub arrow: &'static str,
    /// Kind of tie, for other endings.
    pub label: String,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Anchor.
    pub x: f64,
    /// Anchor.
    pub y: f64,
    /// Height in pixels.
    pub size: f64,
    /// Degrees clockwise about the anchor.
    pub turn: f64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Fill, as `#rrggbb`.
    pub fill: &'static str,
    /// Whether it is bold.
    pub bold: bool,
    /// The text.
    pub text: String,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// What it shows.
    pub title: String,
    /// Lines, drawn first.
    pub lines: Vec<Line>,
    /// Marks, drawn over the lines.
    pub marks: Vec<Mark>,
    /// Texts, drawn last.
    pub texts: Vec<Text>,
}
