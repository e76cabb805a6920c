//! Members and the organisations that they share, as an `UpSet` plot (Lex et al. 2014): a column for each combination of members,
//! how many organisations just these have, and which.

use crate::affiliation::Intersection;
use crate::graph::View;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Node, NodeKind, Sign, Stroke, Tie};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

const LABEL: f64 = 12.0;
const COLUMN: f64 = 30.0;
const ROW: f64 = 26.0;
/// Height of the tallest bar.
const TALL: f64 = 190.0;
/// Most combinations that are drawn; the smallest of the others are told in the caption.
const MOST: usize = 40;
/// Organisations that are named under a combination.
const NAMED: usize = 4;

/// Draws who shares what. `members` are slugs in the order of the holders of `found`; `organisations` names by place. Columns by
/// how many hold and how much is held.
pub fn shared(
    view: &View<'_>,
    members: &[&str],
    organisations: &[(String, String)],
    found: &[Intersection],
    rule: &str,
    style: &Style,
) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let names: Vec<&str> = members.iter().map(|slug| style.name(view, slug)).collect();
    let widest = names.iter().map(|name| letters::width(name, LABEL, true)).fold(60.0, f64::max).min(220.0);
    let shown = &found[..found.len().min(MOST)];
    let most = shown.iter().map(|column| column.organisations.len()).max().unwrap_or(1).max(1);
    #[allow(clippy::cast_precision_loss)]
    let scale = TALL / most as f64;
    let totals: Vec<usize> = (0..members.len())
        .map(|at| found.iter().filter(|column| column.holders[at]).map(|column| column.organisations.len()).sum())
        .collect();
    let greatest = totals.iter().copied().max().unwrap_or(1).max(1);
    let all_hold = |column: &Intersection| column.holders.iter().all(|holds| *holds);
    // Rows: a band, the name, a bar of the total.
    #[allow(clippy::cast_precision_loss)]
    let width = shown.len() as f64 * COLUMN;
    let bars = 110.0;
    for (at, name) in names.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let y = (at as f64 + 0.5) * ROW + 10.0;
        if at % 2 == 0 {
            drawing.bar((0.0, y - ROW / 2.0), (width, ROW), 3.0, theme.band, "");
        }
        let name = letters::fitted(name, LABEL, true, widest);
        drawing.text((-14.0, y), LABEL, Anchor::End, name).bold = true;
        #[allow(clippy::cast_precision_loss)]
        let long = totals[at] as f64 / greatest as f64 * bars;
        let left = -24.0 - widest - long;
        drawing.bar(
            (left, y - 8.0),
            (long, 16.0),
            2.0,
            theme.fill(Hue::Grey),
            &format!("{}: {}", names[at], totals[at]),
        );
        let count = drawing.text((left - 6.0, y), LABEL, Anchor::End, totals[at].to_string());
        count.fill = theme.quiet;
        drawing.state(members[at], names[at], Hue::Ink, &format!("{} organisations", totals[at]));
    }
    for (column, intersection) in shown.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let x = (column as f64 + 0.5) * COLUMN;
        let hue = if all_hold(intersection) { Hue::Orange } else { Hue::Blue };
        let fill = theme.fill(hue);
        let count = intersection.organisations.len();
        #[allow(clippy::cast_precision_loss)]
        let high = count as f64 * scale;
        let listed: Vec<&str> =
            intersection.organisations.iter().filter_map(|at| Some(organisations.get(*at)?.1.as_str())).collect();
        drawing.bar((x - 9.0, -high), (18.0, high), 2.0, fill, &listed.join("\n"));
        let text = drawing.text((x, -high - 10.0), LABEL, Anchor::Middle, count.to_string());
        text.fill = theme.letters(hue);
        text.bold = true;
        let held: Vec<usize> = (0..members.len()).filter(|at| intersection.holders[*at]).collect();
        #[allow(clippy::cast_precision_loss)]
        let y = |at: usize| (at as f64 + 0.5) * ROW + 10.0;
        if let (Some(first), Some(last)) = (held.first(), held.last()) {
            drawing.line((x, y(*first)), (x, y(*last)), Stroke::new(fill, 2.5));
        }
        for at in 0..members.len() {
            let held = intersection.holders[at];
            drawing.disc((x, y(at)), if held { 6.0 } else { 3.5 }, if held { fill } else { theme.rule }, "");
        }
        for at in &intersection.organisations {
            let Some((slug, name)) = organisations.get(*at) else { continue };
            drawing.node(Node {
                id: slug.clone(),
                label: name.clone(),
                kind: NodeKind::Organisation,
                group: String::new(),
                colour: fill,
                note: String::new(),
            });
            for holder in &held {
                drawing.ties.push(Tie {
                    from: members[*holder].to_owned(),
                    via: None,
                    to: slug.clone(),
                    label: "membership".to_owned(),
                    colour: fill,
                    dash: Dash::Solid,
                    arrows: (false, false),
                });
            }
        }
        // A few organisations are named under their column.
        if count <= NAMED {
            let words = letters::fitted(&listed.join(", "), 10.0, false, 240.0);
            #[allow(clippy::cast_precision_loss)]
            let under = members.len() as f64 * ROW + 24.0;
            let text = drawing.text((x, under), 10.0, Anchor::End, words);
            text.turn = -60.0;
            text.fill = theme.letters(hue);
        }
    }
    drawing.line((0.0, 0.0), (width, 0.0), Stroke::new(theme.rule, 1.0));
    if shown.iter().any(&all_hold) {
        drawing.key(Sign::Square(theme.fill(Hue::Orange), None), "shared by all");
    }
    if shown.iter().any(|column| !all_hold(column)) {
        drawing.key(Sign::Square(theme.fill(Hue::Blue), None), "of the marked ones alone");
    }
    drawing.key(Sign::Square(theme.fill(Hue::Grey), None), "all of a member");
    let mut caption = vec![format!("{}; {rule}", view.caption())];
    if found.len() > shown.len() {
        let left = found[shown.len()..].iter().map(|column| column.organisations.len()).sum::<usize>();
        caption.push(format!("{} more combinations of {left} organisations are not drawn.", found.len() - shown.len()));
    }
    let common = found.iter().filter(|column| all_hold(column)).map(|column| column.organisations.len()).sum::<usize>();
    let head = Head {
        title: format!("{}: {}", names.join(", "), style.word("shared organisations")),
        caption,
        sources: sources::of_all(view),
        description: format!("{common} organisations are shared by all of {}", names.join(", ")),
    };
    page(drawing, head, style)
}
