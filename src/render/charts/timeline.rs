//! Everything dated of a state or a dyad on one line of years, in lanes by kind of tie.
//!
//! Few ties have a row each, with a bar as long as they held; of many the beginnings and ends are strewn in their lane
//! ([`super::strewn`]).

use super::axis::Scale;
use super::frame;
use super::strewn::strew;
use crate::analysis::Event;
use crate::graph::View;
use crate::model::{Bound, Day, Fact, Settled, Statement, TieKind};
use crate::render::page::{Head, page};
use crate::render::scene::{Anchor, Dash, Drawing, Mark, Segment, Sign, Stroke};
use crate::render::theme::Hue;
use crate::render::{Scene, Style, letters, sources};

/// What a timeline shows.
pub struct Dated<'d, 'n> {
    /// The view.
    pub view: &'d View<'n>,
    /// Slug of the state.
    pub own: &'n str,
    /// Slug of the partner of a dyad.
    pub partner: Option<&'n str>,
    /// Every date, in order.
    pub events: &'d [Event<'n>],
    /// How many ties nobody dates.
    pub undated: usize,
}

/// Ties from which they are strewn and not given a row each.
const MANY: usize = 60;
pub(super) const WIDTH: f64 = 960.0;
const ROW: f64 = 21.0;
const NAME: f64 = 11.5;
const DATE: f64 = 9.5;
/// The longest label of a row in pixels.
const WIDEST: f64 = 330.0;

/// The lanes, in order: hue and name.
const LANES: [(TieKind, Hue, &str); 9] = [
    (TieKind::Relations, Hue::Blue, "relations"),
    (TieKind::Recognition, Hue::Green, "recognition"),
    (TieKind::Mission, Hue::Purple, "missions"),
    (TieKind::Post, Hue::Sky, "posts"),
    (TieKind::Accreditation, Hue::Orange, "accreditation"),
    (TieKind::Protection, Hue::Red, "protecting power"),
    (TieKind::Membership, Hue::Yellow, "membership"),
    (TieKind::Signed, Hue::Ink, "ties"),
    (TieKind::Border, Hue::Grey, "border"),
];

/// A tie with the dates that are shown of it.
pub(super) struct Dates<'n> {
    pub fact: &'n Fact,
    /// When it began and when it ended, by the preferred readings.
    pub began: Option<Bound>,
    pub ended: Option<Bound>,
    /// What other readings say.
    others: Vec<Bound>,
    /// Whether it stands at the end of the years shown.
    pub stands: bool,
    /// What it is called.
    pub label: String,
    /// What a pointer is told.
    pub tip: String,
}

/// A lane with its ties by date.
pub(super) struct Lane<'n> {
    pub hue: Hue,
    pub name: String,
    pub ties: Vec<Dates<'n>>,
}

/// A day as a number of years.
pub(super) fn year(day: Day) -> f64 {
    f64::from(day.year()) + (f64::from(day.day_of_year()) - 1.0) / 366.0
}

/// First and last moment that a date allows, each where it is known, and the moment at which its mark stands.
pub(super) fn moments(bound: Bound) -> Option<(Option<f64>, Option<f64>, f64)> {
    // The last day is over only when the next one begins.
    let (from, to) = (bound.earliest.map(year), bound.latest.map(|day| year(day) + 1.0 / 366.0));
    let at = match (from, to) {
        (Some(from), Some(to)) => (from + to) / 2.0,
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    Some((from, to, at))
}

/// Draws the dates. O(dates²) at worst, for places of labels.
pub fn timeline(dated: &Dated<'_, '_>, style: &Style) -> Scene {
    let view = dated.view;
    let mut drawing = Drawing::new(style.theme);
    let newest = view.network.sources().iter().filter_map(|source| source.edition_day()).max().map(year);
    let lanes = lanes(dated, style);
    let ties = || lanes.iter().flat_map(|lane| &lane.ties);
    let all = || {
        let bounds = ties().flat_map(|tie| tie.began.into_iter().chain(tie.ended).chain(tie.others.iter().copied()));
        bounds.filter_map(moments)
    };
    let first = all().map(|(from, _, at)| from.unwrap_or(at).min(at)).fold(f64::INFINITY, f64::min);
    let last = all().map(|(_, to, at)| to.unwrap_or(at).max(at)).fold(f64::NEG_INFINITY, f64::max);
    let last = if ties().any(|tie| tie.stands) { last.max(newest.unwrap_or(last)) } else { last };
    let (first, last) = if first > last { (2000.0, 2001.0) } else { (first.floor(), last.max(first + 1.0)) };
    let count = ties().count();
    let rows = dated.partner.is_some() || count <= MANY;
    let mut caption = vec![match count {
        1 => "1 tie with a date".to_owned(),
        count => format!("{count} ties with a date"),
    }];
    if dated.undated > 0 {
        caption[0].push_str(&format!("; {} more have none in these sources", dated.undated));
    }
    #[allow(clippy::cast_possible_truncation)]
    let span = (first as i16, last.ceil() as i16);
    // Room for the dates beside the first and the last mark.
    let across = Scale { domain: (first, last), range: if rows { (62.0, WIDTH - 62.0) } else { (8.0, WIDTH) } };
    let mut told: Vec<String> = Vec::new();
    if count == 0 {
        drawing.text((0.0, 0.0), 14.0, Anchor::Start, style.word("no data")).fill = style.theme.quiet;
    } else if rows {
        let foot = self::rows(&lanes, dated, across, &mut drawing);
        ground(&mut drawing, across, span, foot);
    } else {
        let (foot, labelled, aside) = strew(&lanes, across, view, &mut drawing);
        ground(&mut drawing, across, span, foot);
        caption.push(format!(
            "Written out where there is room: {labelled}, the ends of ties, then partners by how many missions they receive; a pointer is told the others."
        ));
        if aside {
            caption.push("Discs of crowded lanes lie aside from their day, by less than a year.".to_owned());
        }
    }
    for lane in &lanes {
        told.push(format!("{}: {}", lane.name, lane.ties.len()));
    }
    keys(&lanes, rows, across, &mut drawing);
    let facts: Vec<&Fact> = ties().map(|tie| tie.fact).collect();
    let name = style.name(view, dated.own);
    let title = match dated.partner {
        Some(partner) => format!("{name} – {}", style.name(view, partner)),
        None => name.to_owned(),
    };
    let dates: Vec<String> = ties().take(12).map(|tie| format!("{} {}", tie.label, span_of(tie))).collect();
    if rows {
        told.extend(dates);
    }
    let head = Head {
        title: if count == 0 { title } else { format!("{title}, {first:.0}–{:.0}", last.floor()) },
        caption,
        sources: sources::cited(view, facts),
        description: told.join("; "),
    };
    page(drawing, head, style)
}

/// Lines of years behind everything.
fn ground(drawing: &mut Drawing, across: Scale, span: (i16, i16), foot: f64) {
    let mut behind = Drawing::new(drawing.theme);
    #[allow(clippy::cast_possible_truncation)]
    let last = across.domain.1.floor() as i16;
    frame::years(&mut behind, across, (span.0, last), (0.0, foot), (true, true));
    behind.marks.append(&mut drawing.marks);
    drawing.marks = behind.marks;
}

fn span_of(tie: &Dates<'_>) -> String {
    match (tie.began, tie.ended) {
        (Some(began), Some(ended)) => format!("{began} to {ended}"),
        (Some(began), None) => began.to_string(),
        (None, Some(ended)) => format!("until {ended}"),
        (None, None) => String::new(),
    }
}

/// The ties of each kind that has any, by date.
fn lanes<'n>(dated: &Dated<'_, 'n>, style: &Style) -> Vec<Lane<'n>> {
    let mut facts: Vec<&'n Fact> = dated.events.iter().map(|event| event.fact).collect();
    facts.sort_by(|a, b| a.key.cmp(&b.key));
    facts.dedup_by(|a, b| a.key == b.key);
    let shown = |bound: &Bound| dated.events.iter().any(|event| event.when == *bound);
    let lane = |(kind, hue, name): (TieKind, Hue, &str)| {
        let own = facts.iter().copied().filter(|fact| fact.key.kind() == kind);
        let mut ties: Vec<Dates<'n>> = own
            .map(|fact| {
                let preferred = |settled: &Option<Settled<Bound>>| {
                    settled.as_ref().map(|settled| *settled.value()).filter(|bound| !bound.is_unknown() && shown(bound))
                };
                let (began, ended) = (preferred(&fact.began), preferred(&fact.ended));
                let readings = fact.began.iter().chain(&fact.ended).flat_map(|settled| &settled.readings()[1..]);
                let others = readings.map(|reading| reading.value).filter(|bound| !bound.is_unknown() && shown(bound));
                // A tie ends with its parties.
                let over = [fact.subject(), fact.object()]
                    .into_iter()
                    .filter_map(|slug| dated.view.network.gazetteer.entity(slug)?.span.ended)
                    .filter(|bound| bound.latest.is_some())
                    .min_by_key(|bound| bound.latest);
                let beyond = |ended: &Bound, over: &Bound| ended.latest.is_none() || ended.latest > over.latest;
                let ended = match (ended, over) {
                    (None, Some(over)) => Some(over),
                    (Some(ended), Some(over)) if beyond(&ended, &over) => Some(over),
                    (ended, _) => ended,
                };
                let stands = over.is_none() && fact.span().is_open() && !fact.is_denied() && kind != TieKind::Signed;
                let label = label(dated, fact, style);
                let mut tie = Dates { fact, began, ended, others: others.collect(), stands, label, tip: String::new() };
                tie.tip = format!("{}: {}", tie.label, span_of(&tie));
                for other in &tie.others {
                    tie.tip.push_str(&format!("\nanother reading: {other}"));
                }
                tie
            })
            .collect();
        ties.sort_by(|a, b| {
            let at = |tie: &Dates<'_>| tie.began.or(tie.ended).and_then(moments).map_or(0.0, |moment| moment.2);
            at(a).total_cmp(&at(b)).then_with(|| a.fact.key.cmp(&b.fact.key))
        });
        Lane { hue, name: style.word(name).to_owned(), ties }
    };
    LANES.into_iter().map(lane).filter(|lane| !lane.ties.is_empty()).collect()
}

/// What a tie is called: of a dyad what it is, else with whom it is; an arrow tells who sends.
fn label(dated: &Dated<'_, '_>, fact: &Fact, style: &Style) -> String {
    let view = dated.view;
    let name =
        |slug: &str| style.language.name(slug).unwrap_or_else(|| view.network.gazetteer.display(slug)).to_owned();
    let other = if fact.subject() == dated.own { fact.object() } else { fact.subject() };
    let sent = fact.subject() == dated.own;
    let directed = !matches!(fact.key.kind(), TieKind::Relations | TieKind::Border | TieKind::Membership);
    let who = match (dated.partner.is_some(), directed) {
        (true, true) => format!("{} → {}", name(fact.subject()), name(fact.object())),
        (false, true) => format!("{} {}", if sent { "→" } else { "←" }, name(other)),
        (true, false) => String::new(),
        (false, false) => match view.network.gazetteer.organisation(other) {
            Some(known) if !known.abbreviation.is_empty() => known.abbreviation.clone(),
            _ => name(other),
        },
    };
    let what = match fact.tie.value() {
        Statement::Mission { kind, city, .. } => match city {
            Some(city) if dated.partner.is_none() => city.clone(),
            Some(city) => format!("{} in {city}", kind.prose()),
            None => kind.prose(),
        },
        Statement::Accreditation { city, host, .. } => {
            let seat = city.clone().or_else(|| host.as_deref().map(name));
            seat.map_or_else(|| "accredited".to_owned(), |seat| format!("from {seat}"))
        }
        Statement::Protection { power, .. } => format!("by {}", name(power)),
        Statement::Tie { label, .. } => label.replace(['-', '_'], " "),
        Statement::Membership { status, .. } if dated.partner.is_some() => status.word().to_owned(),
        Statement::Relations { .. } if dated.partner.is_some() => style.word("relations").to_owned(),
        Statement::Recognition { .. } if dated.partner.is_some() => style.word("recognition").to_owned(),
        Statement::Border { .. } if dated.partner.is_some() => style.word("border").to_owned(),
        _ => String::new(),
    };
    let not = if fact.is_denied() { "not so: " } else { "" };
    let parts: Vec<&str> = [who.as_str(), what.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{not}{}", parts.join(", "))
}

/// A row a tie; gives where they end.
fn rows(lanes: &[Lane<'_>], dated: &Dated<'_, '_>, across: Scale, drawing: &mut Drawing) -> f64 {
    let theme = drawing.theme;
    let widths = lanes.iter().flat_map(|lane| &lane.ties).map(|tie| letters::width(&tie.label, NAME, false));
    let left = -(widths.fold(110.0, f64::max).min(WIDEST) + 10.0);
    let mut y = 6.0;
    for (at, lane) in lanes.iter().enumerate() {
        if at > 0 {
            drawing.line((left, y), (WIDTH, y), Stroke::new(theme.rule, 0.8).faint(0.6));
        }
        y += 14.0;
        if dated.partner.is_none() || lane.ties.len() > 1 {
            let text = drawing.text((left, y), 12.5, Anchor::Start, lane.name.clone());
            text.bold = true;
            text.fill = theme.letters(lane.hue);
            y += ROW;
        }
        for tie in &lane.ties {
            let name = letters::fitted(&tie.label, NAME, false, WIDEST);
            drawing.text((left, y), NAME, Anchor::Start, name);
            row(drawing, tie, lane.hue, across, y);
            y += ROW;
        }
    }
    y
}

/// The bar and the marks of a tie at a height.
fn row(drawing: &mut Drawing, tie: &Dates<'_>, hue: Hue, across: Scale, y: f64) {
    let theme = drawing.theme;
    let fill = if tie.fact.is_denied() { theme.fill(Hue::Red) } else { theme.fill(hue) };
    let (began, ended) = (tie.began.and_then(moments), tie.ended.and_then(moments));
    let from = began.map(|moment| across.at(moment.2));
    let to = ended.map(|moment| across.at(moment.2));
    let end = across.range.1;
    let light = fill.mixed(theme.paper, 0.55);
    match (from, to) {
        (Some(from), Some(to)) => drawing.bar((from, y - 4.0), ((to - from).max(1.0), 8.0), 0.0, light, &tie.tip),
        (Some(from), None) if tie.stands => {
            drawing.bar((from, y - 4.0), ((end - from).max(1.0), 8.0), 0.0, light, &tie.tip);
            let tip = vec![
                Segment::Move((end, y - 4.0)),
                Segment::Line((end + 6.0, y)),
                Segment::Line((end, y + 4.0)),
                Segment::Close,
            ];
            drawing.area(tip, light, 1.0, None, "");
        }
        // Over, nobody says since when; or of one date.
        (Some(from), None) if tie.fact.span().ended.is_some() => {
            let stroke = Stroke::new(light, 2.0).dashed(Dash::Dotted);
            drawing.line((from, y), ((from + 40.0).min(end), y), stroke);
        }
        (None, Some(to)) => {
            drawing.line(((to - 40.0).max(across.range.0), y), (to, y), Stroke::new(light, 2.0).dashed(Dash::Dotted));
        }
        _ => {}
    }
    for (moment, over) in [(began, false), (ended, true)] {
        let Some((earliest, latest, at)) = moment else { continue };
        let x = across.at(at);
        match (earliest, latest) {
            (Some(earliest), Some(latest)) if is_wide(across, earliest, latest) => {
                let left = across.at(earliest);
                drawing.bar(
                    (left, y - 6.0),
                    (across.at(latest) - left, 12.0),
                    6.0,
                    fill.mixed(theme.paper, 0.75),
                    &tie.tip,
                );
            }
            (None, Some(_)) => {
                let left = (x - 40.0).max(across.range.0);
                drawing.line((left, y), (x, y), Stroke::new(fill, 1.2).dashed(Dash::Dotted));
            }
            _ => {}
        }
        mark(drawing, (x, y), 5.0, if over { None } else { Some(fill) }, fill, &tie.tip);
    }
    for other in tie.others.iter().filter_map(|bound| moments(*bound)) {
        mark(drawing, (across.at(other.2), y), 2.6, None, fill, &tie.tip);
    }
    let edges = |moment: Option<(Option<f64>, Option<f64>, f64)>| {
        let (from, to, at) = moment?;
        Some((across.at(from.unwrap_or(at)).min(across.at(at)), across.at(to.unwrap_or(at)).max(across.at(at))))
    };
    let others: Vec<f64> =
        tie.others.iter().filter_map(|bound| moments(*bound)).map(|other| across.at(other.2)).collect();
    if let (Some(bound), Some((left, _))) = (tie.began, edges(began)) {
        let open = if bound.earliest.is_none() { 42.0 } else { 0.0 };
        let left = others.iter().copied().filter(|x| *x < left && *x > left - 70.0).fold(left - open, f64::min);
        date(drawing, (left - 9.0, y), Anchor::End, bound, across);
    }
    if let (Some(bound), Some((_, right))) = (tie.ended, edges(ended)) {
        let right = others.iter().copied().filter(|x| *x > right && *x < right + 70.0).fold(right, f64::max);
        date(drawing, (right + 9.0, y), Anchor::Start, bound, across);
    }
}

/// Whether a span is wider than the mark in its middle.
fn is_wide(across: Scale, from: f64, to: f64) -> bool {
    across.at(to) - across.at(from) > 10.5
}

/// A date beside its mark, where it does not run into the labels.
fn date(drawing: &mut Drawing, at: (f64, f64), anchor: Anchor, bound: Bound, across: Scale) {
    let shown = match (bound.earliest, bound.latest) {
        (None, Some(_)) => format!("by {}", Bound { earliest: bound.latest, ..bound }),
        (Some(_), None) => format!("from {}", Bound { latest: bound.earliest, ..bound }),
        _ => bound.to_string(),
    };
    let width = letters::width(&shown, DATE, false);
    let fits = if anchor == Anchor::End { at.0 - width > across.range.0 - 64.0 } else { at.0 + width < WIDTH + 30.0 };
    if fits {
        let quiet = drawing.theme.quiet;
        drawing.text(at, DATE, anchor, shown).fill = quiet;
    }
}

/// A disc, or a ring where `fill` is `None`.
pub(super) fn mark(
    drawing: &mut Drawing,
    at: (f64, f64),
    radius: f64,
    fill: Option<crate::render::theme::Colour>,
    rim: crate::render::theme::Colour,
    tip: &str,
) {
    let theme = drawing.theme;
    drawing.disc(at, radius, fill.unwrap_or(theme.paper), tip);
    if let Some(Mark::Disc { stroke, .. }) = drawing.marks.last_mut() {
        *stroke =
            Some(Stroke::new(if fill.is_some() { theme.paper } else { rim }, if fill.is_some() { 0.8 } else { 1.4 }));
    }
}

/// The legend: what is drawn.
fn keys(lanes: &[Lane<'_>], rows: bool, across: Scale, drawing: &mut Drawing) {
    let theme = drawing.theme;
    let quiet = theme.fill(Hue::Grey);
    let light = quiet.mixed(theme.paper, 0.55);
    let ties = || lanes.iter().flat_map(|lane| &lane.ties);
    let wide = |bound: Option<Bound>| {
        let moment = bound.and_then(moments);
        moment.is_some_and(|(from, to, _)| matches!((from, to), (Some(from), Some(to)) if is_wide(across, from, to)))
    };
    let half = |bound: Option<Bound>| bound.is_some_and(|bound| bound.earliest.is_none() && bound.latest.is_some());
    let signs = [
        (ties().any(|tie| tie.began.is_some()), Sign::Disc(quiet), "began"),
        (ties().any(|tie| tie.ended.is_some()), Sign::Word, "ring: ended"),
        (!rows && ties().any(|tie| half(tie.began)), Sign::Disc(quiet.mixed(theme.paper, 0.5)), "began by then"),
        (
            rows && ties().any(|tie| tie.began.is_some() && (tie.stands || tie.ended.is_some())),
            Sign::Line(Stroke::new(light, 8.0)),
            if ties().any(|tie| tie.stands) { "held; with a point: stands in the newest source" } else { "held" },
        ),
        (
            rows && ties().any(|tie| wide(tie.began) || wide(tie.ended)),
            Sign::Word,
            "faint round bar: on some day of this span",
        ),
        (
            rows && ties().any(|tie| half(tie.began) || half(tie.ended)),
            Sign::Word,
            "dots before a mark: on some day before it",
        ),
        (rows && ties().any(|tie| !tie.others.is_empty()), Sign::Word, "small ring: what another source says"),
    ];
    for (_, sign, label) in signs.into_iter().filter(|(drawn, ..)| *drawn) {
        drawing.key(sign, label);
    }
}
