//! Many dates in lanes: discs strewn so that none hides another, and labels where there is room.

use petgraph::Direction;

use super::axis::Scale;
use super::timeline::{Lane, WIDTH, mark, moments};
use crate::graph::View;
use crate::model::{Bound, TieKind};
use crate::render::geometry::Rooms;
use crate::render::letters;
use crate::render::scene::{Anchor, Drawing, Stroke};

/// Height of a place: a disc takes one, a label two; and in lanes with many dates.
const PLACE: f64 = 6.5;
const NARROW: f64 = 5.6;
const CROWD: usize = 90;
const LABEL: f64 = 10.5;
/// Places of a lane that labels may take, and labels of a whole timeline.
const LABELLED: usize = 44;
const LABELS: usize = 60;
/// The longest label in pixels.
const WIDEST: f64 = 170.0;

/// One date of a tie.
struct Moment<'l> {
    x: f64,
    over: bool,
    bound: Bound,
    label: &'l str,
    tip: &'l str,
    /// How many missions or members the partner receives.
    weight: usize,
}

/// Draws the lanes; gives where they end, how many dates are labelled, and whether discs lie aside from their day.
pub(super) fn strew(lanes: &[Lane<'_>], across: Scale, view: &View<'_>, drawing: &mut Drawing) -> (f64, usize, bool) {
    let theme = drawing.theme;
    // The fewest first, so that no lane goes without labels: each may take its share of what is left.
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|at| (lanes[*at].ties.len(), *at));
    let mut shares = vec![0; lanes.len()];
    let mut left = LABELS;
    for (at, lane) in order.iter().enumerate() {
        shares[*lane] = (left / (order.len() - at)).min(2 * lanes[*lane].ties.len());
        left -= shares[*lane];
    }
    let mut top = 8.0;
    let (mut labelled, mut aside) = (0, false);
    // A disc may lie aside where that is less than a year.
    let loose = across.at(1.0) - across.at(0.0) >= NARROW;
    for (lane, share) in lanes.iter().zip(shares) {
        let mut dates: Vec<Moment<'_>> = Vec::new();
        for tie in &lane.ties {
            // The state itself has the same share in all of its ties.
            let weight = received(view, tie.fact.subject()) + received(view, tie.fact.object());
            for (bound, over) in [(tie.began, false), (tie.ended, true)] {
                let Some((bound, moment)) = bound.and_then(|bound| Some((bound, moments(bound)?))) else { continue };
                dates.push(Moment { x: across.at(moment.2), over, bound, label: &tie.label, tip: &tie.tip, weight });
            }
        }
        let crowded = dates.len() > CROWD;
        aside |= crowded && loose;
        let step = if crowded { NARROW } else { PLACE };
        let (height, written) = place(&dates, share, lane, (top, step, crowded && loose), drawing);
        labelled += written;
        let name = drawing.text((-14.0, top + 8.0), 12.5, Anchor::End, lane.name.clone());
        name.bold = true;
        name.fill = theme.letters(lane.hue);
        drawing.text((-14.0, top + 24.0), 11.0, Anchor::End, dates.len().to_string()).fill = theme.quiet;
        top += height.max(36.0) + 10.0;
        drawing.line((-110.0, top - 3.0), (WIDTH, top - 3.0), Stroke::new(theme.rule, 0.8).faint(0.6));
        top += 5.0;
    }
    (top - 8.0, labelled, aside)
}

/// How many missions a state receives, or members an organisation has.
fn received(view: &View<'_>, slug: &str) -> usize {
    let Some(node) = view.network.node(slug) else { return 0 };
    let edges = view.edges_of(node, Direction::Incoming);
    edges.filter(|(_, edge, _)| !edge.denied && matches!(edge.tie, TieKind::Mission | TieKind::Membership)).count()
}

/// Draws the dates of a lane below `top` in places `step` high, if `loose` also aside from their day; gives its height, and how many are labelled.
fn place(
    moments: &[Moment<'_>],
    share: usize,
    lane: &Lane<'_>,
    (top, step, loose): (f64, f64, bool),
    drawing: &mut Drawing,
) -> (f64, usize) {
    let theme = drawing.theme;
    let fill = theme.fill(lane.hue);
    // What began or ended on some day before is paler.
    let colour = |moment: &Moment<'_>| {
        let half = moment.bound.earliest.is_none();
        (!moment.over).then(|| if half { fill.mixed(theme.paper, 0.5) } else { fill })
    };
    let mut rooms = Rooms::new();
    let mut height: f64 = 0.0;
    #[allow(clippy::cast_precision_loss)]
    let down = |at: usize| at as f64 * step;
    // Ends first, then the best-connected partners.
    let mut order: Vec<usize> = (0..moments.len()).collect();
    order.sort_by_key(|at| (!moments[*at].over, std::cmp::Reverse(moments[*at].weight), *at));
    let mut written = vec![false; moments.len()];
    let mut labels = 0;
    for at in order {
        if labels == share {
            break;
        }
        let moment = &moments[at];
        let text = letters::fitted(moment.label, LABEL, false, WIDEST);
        let width = letters::width(&text, LABEL, false) + 10.0;
        let free = (0..LABELLED).find_map(|place| {
            let sides = [(moment.x - 5.0, Anchor::Start), (moment.x + 5.0 - width - 4.0, Anchor::End)];
            let inside = |left: f64| left >= 0.0 && left + width + 4.0 <= WIDTH + 4.0;
            let free =
                |left: f64| inside(left) && rooms.is_free((left, down(place)), (width + 4.0, 2.0 * PLACE - 0.01));
            sides.into_iter().find(|(left, _)| free(*left)).map(|(left, anchor)| (place, left, anchor))
        });
        let Some((place, left, anchor)) = free else { continue };
        rooms.take((left, down(place)), (width + 4.0, 2.0 * PLACE - 0.01));
        let y = top + down(place) + PLACE;
        mark(drawing, (moment.x, y), 4.0, colour(moment), fill, moment.tip);
        let away = if anchor == Anchor::Start { 7.0 } else { -7.0 };
        drawing.text((moment.x + away, y), LABEL, anchor, text).fill = theme.letters(lane.hue);
        height = height.max(down(place) + 2.0 * PLACE);
        written[at] = true;
        labels += 1;
    }
    for (moment, _) in moments.iter().zip(&written).filter(|(_, written)| !**written) {
        // A hair smaller, so that sums that round do not meet.
        let size = (step - 0.01, step - 0.01);
        let asides: &[f64] = if loose { &[0.0, 1.0, -1.0] } else { &[0.0] };
        let left = |aside: &f64| moment.x + (aside - 0.5) * step;
        let free = |place: usize| {
            let aside = asides.iter().find(|aside| rooms.is_free((left(aside), down(place)), size));
            aside.map(|aside| (place, left(aside)))
        };
        let (place, left) = (0..400).find_map(free).unwrap_or((400, left(&0.0)));
        rooms.take((left, down(place)), size);
        let tip = format!("{}\n{}", moment.tip, moment.bound);
        let at = (left + step / 2.0, top + down(place) + step / 2.0);
        mark(drawing, at, step * 0.42, colour(moment), fill, &tip);
        height = height.max(down(place + 1));
    }
    (height, labels)
}
