//! A table of all pairs as coloured cells: rows and columns in one order, those that are alike beside each other.

use super::axis::{round_step, told};
use super::tree::tree;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Drawing, Mark, Segment, Sign, Stroke};
use crate::render::theme::{Colour, Hue};
use crate::render::{Scene, Style, letters};
use crate::structure::Plain;
use crate::structure::communities::Dendrogram;

/// Rows from which cells are drawn by class and not one by one, and from which no value is written into them.
const MANY: usize = 40;
const FEW: usize = 15;
/// Classes of a measure, at most.
const STEPS: u32 = 9;
/// The longest name in pixels.
const WIDEST: f64 = 200.0;

/// A measure of every pair.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What it shows.
    pub title: String,
    /// What the measure is called.
    pub measure: String,
    /// Whether it counts.
    pub whole: bool,
    /// What must be said above it.
    pub caption: Vec<String>,
    /// On what it rests.
    pub sources: String,
    /// Names of the members.
    pub names: Vec<String>,
    /// Member by member, in rows; `None` where it cannot be told. The diagonal is not looked at.
    pub values: Vec<Option<f64>>,
}

/// A class of cells.
#[derive(Clone, Debug)]
pub struct Class {
    /// What it means.
    pub label: String,
    /// Its hue; `None` where nothing is known.
    pub hue: Option<Hue>,
}

/// A class for every ordered pair: rows send, columns receive.
#[derive(Clone, Debug)]
pub struct Classes {
    /// What it shows.
    pub title: String,
    /// What rows are, and what columns are; nothing where the table is symmetric.
    pub sides: Option<(String, String)>,
    /// What must be said above it.
    pub caption: Vec<String>,
    /// On what it rests.
    pub sources: String,
    /// Names of the members.
    pub names: Vec<String>,
    /// The classes.
    pub classes: Vec<Class>,
    /// Of every pair, in rows, the class.
    pub cells: Vec<u8>,
}

/// Cells in the order in which they are drawn.
struct Grid<'a> {
    names: &'a [String],
    order: Vec<usize>,
    /// Height and width of a cell.
    cell: f64,
    /// Colour of a class; a later one lies over an earlier one.
    colours: Vec<Colour>,
    /// Of row and column (members) the class; `None` leaves the paper.
    class: &'a dyn Fn(usize, usize) -> Option<usize>,
    /// What a pointer is told of a cell, and what is written into it.
    told: &'a dyn Fn(usize, usize) -> (String, String),
}

/// The order of members by average linkage of what they share, and the tree.
fn linked(size: usize, alike: impl Fn(usize, usize) -> f64) -> Dendrogram {
    let mut edges = Vec::with_capacity(size * size / 2);
    for (one, from) in (0u32..).zip(0..size) {
        edges.extend((one + 1..).zip(one as usize + 1..size).map(|(to, other)| (one, to, alike(from, other))));
    }
    Dendrogram::of(&Plain::new(size, false, &edges))
}

/// Draws a measure. O(members²).
pub fn measured(table: &Measured, style: &Style) -> Scene {
    let size = table.names.len();
    let value = |row: usize, column: usize| table.values[row * size + column];
    let links = linked(size, |one, other| value(one, other).unwrap_or(0.0));
    let others = || (0..size).flat_map(|row| (0..size).filter(move |column| *column != row).map(move |to| (row, to)));
    let told_values = || others().filter_map(|(row, column)| value(row, column));
    let (least, most) =
        told_values().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), next| (least.min(next), most.max(next)));
    let (least, most) = if least > most { (0.0, 1.0) } else { (least, most) };
    // Values that hardly differ are not told apart by their last digits.
    let mut step = round_step((most - least).max(most.abs() * 0.2).max(1e-6), STEPS - 1);
    if table.whole {
        step = step.max(1.0).round();
    }
    let first = (least / step + 1e-9).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let steps = (((most / step - first - 1e-9).ceil() as usize).max(1)).min(STEPS as usize + 1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let class_of = |value: f64| ((value / step - first + 1e-9).floor().max(0.0) as usize).min(steps - 1) + 1;
    let edge = |at: usize| (first + f64::from(u32::try_from(at).unwrap_or(0))) * step;

    let mut drawing = Drawing::new(style.theme);
    let theme = style.theme;
    // Class 0: no value.
    let mut colours = vec![theme.paper.mixed(theme.rule, 0.45)];
    let greatest = edge(steps).abs().max(edge(0).abs()).max(1e-9);
    for at in 0..steps {
        let (from, to) = (edge(at), edge(at + 1));
        colours.push(if from < -1e-9 {
            theme.paper.mixed(theme.fill(Hue::Orange), (-from / greatest).clamp(0.15, 1.0))
        } else if first < 0.0 {
            theme.ramp(to / greatest)
        } else {
            #[allow(clippy::cast_precision_loss)]
            theme.ramp(at as f64 / (steps - 1).max(1) as f64)
        });
    }
    let blank = std::cell::Cell::new(false);
    let class = |row: usize, column: usize| {
        (row != column).then(|| {
            value(row, column).map_or_else(
                || {
                    blank.set(true);
                    0
                },
                class_of,
            )
        })
    };
    let fine = if table.whole { 1.0 } else { 0.01 };
    let told_of = |row: usize, column: usize| {
        let shown = value(row, column).map_or_else(|| "–".to_owned(), |value| told(value, fine));
        (format!("{} – {}: {shown}", table.names[row], table.names[column]), shown)
    };
    let grid = Grid {
        names: &table.names,
        order: links.order(),
        cell: cell_of(size),
        colours: colours.clone(),
        class: &class,
        told: &told_of,
    };
    let foot = grid.draw(&mut drawing);
    strip(&mut drawing, &links, grid.cell);
    // The scale: its steps beside each other, with the numbers between them.
    let (wide, high) = (44.0, 13.0);
    let y = foot + 42.0;
    let mut x = 0.0;
    let title = drawing.text((x, y - 13.0), 12.5, Anchor::Start, table.measure.clone());
    title.bold = true;
    for at in 0..steps {
        drawing.bar((x, y), (wide, high), 0.0, colours[at + 1], "");
        let text = drawing.text((x, y + high + 9.0), 10.5, Anchor::Middle, told(edge(at), step));
        text.fill = theme.quiet;
        x += wide;
    }
    drawing.text((x, y + high + 9.0), 10.5, Anchor::Middle, told(edge(steps), step)).fill = theme.quiet;
    if blank.get() {
        x += 30.0;
        drawing.bar((x, y), (wide, high), 0.0, colours[0], "");
        let text = drawing.text((x + wide / 2.0, y + high + 9.0), 10.5, Anchor::Middle, style.word("no data"));
        text.fill = theme.quiet;
    }
    let mut pairs: Vec<(usize, usize, f64)> =
        others().filter(|(a, b)| a < b).filter_map(|(a, b)| Some((a, b, value(a, b)?))).collect();
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
    let pair = |(one, other, value): &(usize, usize, f64)| {
        format!("{} and {} ({})", table.names[*one], table.names[*other], told(*value, fine))
    };
    #[allow(clippy::cast_precision_loss)]
    let mean = pairs.iter().map(|pair| pair.2).sum::<f64>() / pairs.len().max(1) as f64;
    let mut description = vec![format!("{size} members, {} pairs", size * size.saturating_sub(1) / 2)];
    if let (Some(most), Some(least)) = (pairs.first(), pairs.last()) {
        description.push(format!("most: {}; least: {}; mean {}", pair(most), pair(least), told(mean, 0.01)));
    }
    let head = Head {
        title: table.title.clone(),
        caption: caption(&table.caption, size, "mean values"),
        sources: table.sources.clone(),
        description: description.join("; "),
    };
    page(drawing, head, style)
}

/// Draws classes; two members are alike as far as what is known of them agrees. O(members³).
pub fn classes(table: &Classes, style: &Style) -> Scene {
    let size = table.names.len();
    let theme = style.theme;
    let known: Vec<bool> = table.classes.iter().map(|class| class.hue.is_some()).collect();
    let columns: Vec<Vec<u8>> =
        (0..size).map(|column| (0..size).map(|row| table.cells[row * size + column]).collect()).collect();
    let links = linked(size, |one, other| {
        let (mut same, mut either) = (0u32, 0u32);
        let rows = [
            (&table.cells[one * size..(one + 1) * size], &table.cells[other * size..(other + 1) * size]),
            (&columns[one][..], &columns[other][..]),
        ];
        for (mine, theirs) in rows {
            for (at, (a, b)) in mine.iter().zip(theirs).enumerate() {
                let counted = at != one && at != other && (known[usize::from(*a)] || known[usize::from(*b)]);
                either += u32::from(counted);
                same += u32::from(counted && a == b);
            }
        }
        if either == 0 { 0.0 } else { f64::from(same) / f64::from(either) }
    });
    let colour = |class: &Class| class.hue.map_or_else(|| theme.paper.mixed(theme.rule, 0.28), |hue| theme.fill(hue));
    let class = |row: usize, column: usize| (row != column).then(|| usize::from(table.cells[row * size + column]));
    let arrow = if table.sides.is_some() { "→" } else { "–" };
    let told_of = |row: usize, column: usize| {
        let label = &table.classes[usize::from(table.cells[row * size + column])].label;
        (format!("{} {arrow} {}: {label}", table.names[row], table.names[column]), String::new())
    };
    let grid = Grid {
        names: &table.names,
        order: links.order(),
        cell: cell_of(size),
        colours: table.classes.iter().map(colour).collect(),
        class: &class,
        told: &told_of,
    };
    let mut drawing = Drawing::new(theme);
    grid.draw(&mut drawing);
    strip(&mut drawing, &links, grid.cell);
    let mut counts = vec![0usize; table.classes.len()];
    for row in 0..size {
        for column in (0..size).filter(|column| *column != row) {
            counts[usize::from(table.cells[row * size + column])] += 1;
        }
    }
    // A symmetric table has every pair twice.
    let each = if table.sides.is_some() { 1 } else { 2 };
    let mut description = Vec::new();
    for (class, count) in table.classes.iter().zip(&counts).filter(|(_, count)| **count > 0) {
        let rim = class.hue.is_none().then_some(theme.rule);
        drawing
            .key(Sign::Square(colour(class), rim), format!("{} ({})", class.label, told((count / each) as f64, 1.0)));
        description.push(format!("{}: {}", class.label, count / each));
    }
    let mut above = table.caption.clone();
    if let Some((rows, columns)) = &table.sides {
        above.push(format!("Rows: {rows}; columns: {columns}."));
    }
    let head = Head {
        title: table.title.clone(),
        caption: caption(&above, size, "mean shares of agreement"),
        sources: table.sources.clone(),
        description: format!("{size} members; {}", description.join("; ")),
    };
    page(drawing, head, style)
}

fn caption(given: &[String], size: usize, joins: &str) -> Vec<String> {
    let mut caption = given.to_vec();
    if size > 2 {
        caption.push(format!("In the order of average linkage; joins of the tree lie at {joins}."));
    }
    caption
}

/// Height and width of a cell, whole so that edges are sharp.
fn cell_of(size: usize) -> f64 {
    match size {
        0..FEW => 40.0,
        FEW..26 => 26.0,
        26..MANY => 18.0,
        MANY..80 => 13.0,
        80..140 => 9.0,
        _ => 7.0,
    }
}

fn strip(drawing: &mut Drawing, links: &Dendrogram, cell: f64) {
    if links.merges.len() > 1 {
        #[allow(clippy::cast_precision_loss)]
        let width = (links.merges.len() as f64 * cell * 0.16).clamp(56.0, 150.0).round();
        tree(drawing, links, cell, width, true);
    }
}

/// Letters that can be read on a step of the ramp: of the middle ones only plain black or white can.
fn readable(usual: Colour, on: Colour) -> Colour {
    let plain = [Colour(0, 0, 0), Colour(255, 255, 255)].into_iter();
    let best = plain.max_by(|a, b| a.contrast(on).total_cmp(&b.contrast(on))).unwrap_or(usual);
    if usual.contrast(on) >= 4.5 { usual } else { best }
}

impl Grid<'_> {
    /// Draws cells and names, with the left upper corner of the cells at the origin; gives where the cells end.
    fn draw(&self, drawing: &mut Drawing) -> f64 {
        let (cell, size) = (self.cell, self.order.len());
        #[allow(clippy::cast_precision_loss)]
        let at = |place: usize| place as f64 * cell;
        if size >= MANY {
            self.runs(drawing);
        } else {
            self.cells(drawing);
        }
        let letters = (cell * 0.93).min(11.5);
        for (place, member) in self.order.iter().enumerate() {
            let middle = at(place) + cell / 2.0;
            let name = letters::fitted(&self.names[*member], letters, false, WIDEST);
            drawing.text((at(size) + 5.0, middle), letters, Anchor::Start, name.clone());
            drawing.text((middle, -5.0), letters, Anchor::Start, name).turn = -90.0;
        }
        at(size)
    }

    /// A rectangle a cell, with what a pointer is told and, where there are few, the value.
    fn cells(&self, drawing: &mut Drawing) {
        let (cell, theme) = (self.cell, drawing.theme);
        for (down, row) in self.order.iter().enumerate() {
            for (across, column) in self.order.iter().enumerate() {
                let Some(class) = (self.class)(*row, *column) else { continue };
                let (tip, written) = (self.told)(*row, *column);
                #[allow(clippy::cast_precision_loss)]
                let (x, y) = (across as f64 * cell, down as f64 * cell);
                drawing.bar((x, y), (cell, cell), 0.0, self.colours[class], &tip);
                if let Some(Mark::Bar { stroke, .. }) = drawing.marks.last_mut() {
                    *stroke = Some(Stroke::new(theme.paper, 1.0));
                }
                let size = 11.0;
                if self.order.len() < FEW && letters::width(&written, size, false) <= cell - 4.0 {
                    let text = drawing.text((x + cell / 2.0, y + cell / 2.0), size, Anchor::Middle, written);
                    text.on = self.colours[class];
                    text.fill = readable(theme.on(text.on), text.on);
                }
            }
        }
    }

    /// An outline a class: a rectangle for each run of neighbours in a row. A class lies over those before it, so that no
    /// paper shines through between them.
    fn runs(&self, drawing: &mut Drawing) {
        let (cell, size) = (self.cell, self.order.len());
        for (class, colour) in self.colours.iter().enumerate() {
            let mut path = Vec::new();
            for (down, row) in self.order.iter().enumerate() {
                let mut from = 0;
                while from < size {
                    let holds = |across: usize| (self.class)(*row, self.order[across]) == Some(class);
                    let length = (from..size).take_while(|across| holds(*across)).count();
                    if length > 0 {
                        #[allow(clippy::cast_precision_loss)]
                        let (left, right, top) =
                            (from as f64 * cell, (from + length) as f64 * cell, down as f64 * cell);
                        path.extend([
                            Segment::Move((left, top)),
                            Segment::Line((right, top)),
                            Segment::Line((right, top + cell)),
                            Segment::Line((left, top + cell)),
                            Segment::Close,
                        ]);
                    }
                    from += length.max(1);
                }
            }
            if !path.is_empty() {
                drawing.area(path, *colour, 1.0, None, "");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::{DARK, LIGHT};

    fn table(size: usize) -> Measured {
        let value = |at: usize| {
            let (one, other) = ((at / size).min(at % size), (at / size).max(at % size));
            #[allow(clippy::cast_precision_loss)]
            let value = ((one * 7 + other * 3) % 20) as f64 / 20.0;
            (one != other).then_some(value)
        };
        Measured {
            title: "A measure".to_owned(),
            measure: "share".to_owned(),
            whole: false,
            caption: Vec::new(),
            sources: String::new(),
            names: (0..size).map(|at| format!("Member {at}")).collect(),
            values: (0..size * size).map(value).collect(),
        }
    }

    #[test]
    fn values_can_be_read_on_their_cells() {
        for theme in [&LIGHT, &DARK] {
            let scene = measured(&table(14), &Style { theme, ..Style::default() });
            for text in scene.texts() {
                assert!(text.fill.contrast(text.on) >= 4.5, "{} on {} in {}", text.text, text.on, theme.name);
            }
        }
    }

    #[test]
    fn the_fewest_are_drawn_too() {
        for size in 0..4 {
            assert!(measured(&table(size), &Style::default()).height > 0.0);
        }
        let cells = |scene: &Scene| scene.marks.iter().filter(|mark| matches!(mark, Mark::Bar { .. })).count();
        assert!(cells(&measured(&table(39), &Style::default())) >= 39 * 38);
        assert!(cells(&measured(&table(40), &Style::default())) < 20);
    }
}
