//! The partners of a state at the end of every decade: a square each, always in the same place.

use crate::analysis::{Decade, Decades};
use crate::graph::View;
use crate::model::Held;
use crate::names::Regions;
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Drawing, Mark, Sign, Stroke};
use crate::render::theme::Colour;
use crate::render::{Scene, Style, letters};

/// Width of a square and of the way to the next one.
const SQUARE: f64 = 9.0;
const STEP: f64 = 11.0;
/// Squares in a row of a region.
const ACROSS: usize = 10;
/// Way from a panel to the next one, and panels in a row.
const PANEL: f64 = 146.0;
const PANELS: usize = 6;
/// Decades shown at most.
const MOST: usize = 18;

/// The regions, in order, with their names.
const REGIONS: [(&str, &str); 6] = [
    ("africa", "Africa"),
    ("americas", "Americas"),
    ("asia", "Asia"),
    ("europe", "Europe"),
    ("oceania", "Oceania"),
    ("", "elsewhere"),
];

/// Draws a panel a decade: light where relations stood on its last day, dark where a mission of either stood as well.
/// `state` is the name of the state. O(decades · partners).
pub fn decades(view: &View<'_>, state: &str, table: &Decades<'_>, sources: &str, style: &Style) -> Scene {
    let theme = style.theme;
    let mut drawing = Drawing::new(theme);
    let carried = Regions::carried();
    let region = |slug: &str| carried.of(slug).map_or("", |(region, _)| region);
    // Within a region in the order in which relations began.
    let blocks: Vec<(&str, Vec<usize>)> = REGIONS
        .iter()
        .map(|(slug, name)| {
            let mut own: Vec<usize> = (0..table.partners.len())
                .filter(|at| {
                    let of = region(table.partners[*at]);
                    of == *slug || slug.is_empty() && !REGIONS.iter().any(|(known, _)| *known == of)
                })
                .collect();
            own.sort_by_key(|at| (table.since[*at].is_none(), table.since[*at], table.partners[*at]));
            (*name, own)
        })
        .filter(|(_, own)| !own.is_empty())
        .collect();
    #[allow(clippy::cast_precision_loss)]
    let high = |own: &[usize]| own.len().div_ceil(ACROSS) as f64 * STEP;
    let body: f64 = blocks.iter().map(|(_, own)| high(own) + 8.0).sum();
    let colours = [theme.ramp(0.32), theme.ramp(0.85)];
    // Decades without any relations have nothing to show.
    let told_of = |decade: &&Decade| decade.relations.iter().any(|held| *held > Held::No);
    let all: Vec<&Decade> = table.decades.iter().filter(told_of).collect();
    let shown = &all[all.len().saturating_sub(MOST)..];
    let mut signs = Signs::default();
    let mut told = Vec::new();
    for (at, decade) in shown.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let (x, y) = ((at % PANELS) as f64 * PANEL, (at / PANELS) as f64 * (body + 74.0));
        let mut top = y;
        for (name, own) in &blocks {
            if at % PANELS == 0 {
                let text = drawing.text((x - 12.0, top + STEP / 2.0 - 1.0), 11.0, Anchor::End, *name);
                text.fill = theme.quiet;
            }
            for (place, partner) in own.iter().enumerate() {
                #[allow(clippy::cast_precision_loss)]
                let at = (x + (place % ACROSS) as f64 * STEP, top + (place / ACROSS) as f64 * STEP);
                let slug = table.partners[*partner];
                square(&mut drawing, at, decade, *partner, &colours, style.name(view, slug), &mut signs);
            }
            top += high(own) + 8.0;
        }
        let title = format!("{}s", decade.first);
        let until = if decade.day.year() % 10 == 9 { String::new() } else { format!(", {}", decade.day) };
        drawing.text((x, y - 16.0), 13.0, Anchor::Start, format!("{title}{until}")).bold = true;
        let count = |held: &[Held], least: Held| held.iter().filter(|held| **held >= least).count();
        let relations = count(&decade.relations, Held::Yes);
        let both = |least: Held| {
            let pairs = decade.relations.iter().zip(&decade.missions);
            pairs.filter(|(relations, mission)| **relations > Held::No && **mission >= least).count()
        };
        let lines = [
            format!("{}: {relations}", style.word("relations")),
            format!("{}: {}", style.word("missions"), both(Held::Yes)),
        ];
        for (line, text) in lines.iter().enumerate() {
            let line = f64::from(u32::try_from(line).unwrap_or(0));
            let text = drawing.text((x, top + 6.0 + line * 14.0), 11.0, Anchor::Start, text.clone());
            text.fill = theme.ink;
        }
        told.push(format!("{title}: {}", lines.join(", ")));
    }
    if shown.is_empty() {
        drawing.text((0.0, 0.0), 14.0, Anchor::Start, style.word("no data")).fill = theme.quiet;
    }
    signs.keys(&mut drawing, &colours);
    let mut caption = vec![format!(
        "On the last day of each decade, roster {}; {} partners, each always in its place: by region, and there by the beginning of relations.",
        view.lens.roster.name(),
        table.partners.len()
    )];
    if all.len() > shown.len() {
        let first = shown.first().map_or(0, |decade| decade.first);
        caption.push(format!("{} decades before {first} are not shown.", all.len() - shown.len()));
    }
    if table.decades.len() > all.len() {
        caption.push("Decades that end without relations are left out.".to_owned());
    }
    let undated = table.since.iter().filter(|since| since.is_none()).count();
    if undated > 0 {
        caption.push(format!(
            "Relations with {undated} partner{} have no date; on the day of the newest source what nobody says is over stands.",
            if undated == 1 { "" } else { "s" }
        ));
    }
    let years = match (shown.first(), shown.last()) {
        (Some(first), Some(last)) => format!(", {}–{}", first.first, last.day.year()),
        _ => String::new(),
    };
    let head = Head {
        title: format!("{state}: {}, {}{years}", style.word("relations"), style.word("missions")),
        caption,
        sources: sources.to_owned(),
        description: letters::clean(&told.join("; ")),
    };
    page(drawing, head, style)
}

/// Which kinds of squares are drawn.
#[derive(Default)]
struct Signs {
    none: bool,
    perhaps: bool,
    relations: bool,
    mission: bool,
    undated: bool,
}

fn square(
    drawing: &mut Drawing,
    at: (f64, f64),
    decade: &Decade,
    partner: usize,
    colours: &[Colour; 2],
    name: &str,
    signs: &mut Signs,
) {
    let theme = drawing.theme;
    let (relations, mission) = (decade.relations[partner], decade.missions[partner]);
    let (fill, rim, words) = match (relations, mission) {
        (Held::No, _) => {
            signs.none = true;
            (theme.band, theme.rule.mixed(theme.paper, 0.5), "none")
        }
        (_, Held::Yes) => {
            signs.mission = true;
            (colours[1], colours[1], "relations, a mission")
        }
        (Held::Yes, _) => {
            signs.relations = true;
            (colours[0], colours[0], "relations")
        }
        (Held::Perhaps, _) => {
            signs.perhaps = true;
            (theme.paper, colours[1], "relations, undated")
        }
    };
    drawing.bar(at, (SQUARE, SQUARE), 1.0, fill, &format!("{name}, {}: {words}", decade.day));
    if let Some(Mark::Bar { stroke, .. }) = drawing.marks.last_mut() {
        *stroke = Some(Stroke::new(rim, 0.8));
    }
    if relations > Held::No && mission == Held::Perhaps {
        signs.undated = true;
        drawing.bar((at.0 + 3.0, at.1 + 3.0), (3.0, 3.0), 0.0, colours[1], "");
    }
}

impl Signs {
    fn keys(&self, drawing: &mut Drawing, colours: &[Colour; 2]) {
        let theme = drawing.theme;
        let signs = [
            (self.mission, Sign::Square(colours[1], Some(colours[1])), "relations and a mission"),
            (self.relations, Sign::Square(colours[0], Some(colours[0])), "relations"),
            (self.perhaps, Sign::Square(theme.paper, Some(colours[1])), "relations that no source dates"),
            (self.none, Sign::Square(theme.band, Some(theme.rule)), "not yet, or no more"),
            (self.undated, Sign::Word, "small square within: a mission that no source dates"),
        ];
        for (_, sign, label) in signs.into_iter().filter(|(drawn, ..)| *drawn) {
            drawing.key(sign, label);
        }
    }
}
