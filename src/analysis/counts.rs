//! Totals that documents claim, beside what the graph itself counts.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use crate::graph::View;
use crate::model::{Bound, Fact, Statement, TieKey, TieKind};

/// A total that a document states.
#[derive(Clone, Debug)]
pub struct ClaimedTotal<'n> {
    /// What is counted.
    pub what: &'n str,
    /// How many.
    pub value: i64,
    /// For when.
    pub as_of: Bound,
    /// The fact.
    pub fact: &'n Fact,
}

/// A total that the graph gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedTotal {
    /// What is counted.
    pub what: String,
    /// How many.
    pub value: usize,
}

/// Claimed and counted totals of one state.
#[derive(Clone, Debug)]
pub struct Totals<'n> {
    /// As documents claim them: by what is counted, then date, then document.
    pub claimed: Vec<ClaimedTotal<'n>>,
    /// As the graph counts them.
    pub counted: Vec<CountedTotal>,
    /// Totals of one line that are, or are not, the sum of the line's other figures: "93 = 70 + 9 + 7 + 6 + 1".
    pub sums: Vec<String>,
}

/// Compares what documents claim of `node` with what the graph holds. O(facts).
pub fn totals<'n>(view: &View<'n>, node: NodeIndex) -> Totals<'n> {
    let slug = view.slug(node);
    let mut claimed: Vec<ClaimedTotal<'n>> = view
        .network
        .facts
        .iter()
        .filter(|fact| matches!(&fact.key.tie, TieKey::Count(subject, ..) if subject == slug))
        .flat_map(|fact| {
            fact.tie.readings().iter().filter_map(move |reading| match &reading.value {
                Statement::Count { what, value, .. } => {
                    Some(ClaimedTotal { what, value: *value, as_of: fact.span().began, fact })
                }
                _ => None,
            })
        })
        .collect();
    claimed.sort_by(|a, b| a.what.cmp(b.what).then_with(|| a.as_of.cmp(&b.as_of)).then_with(|| a.value.cmp(&b.value)));
    let sums = sums(&claimed);
    let mut counted = Vec::new();
    let related = view.facts(node, Direction::Outgoing, TieKind::Relations).into_iter().chain(view.facts(
        node,
        Direction::Incoming,
        TieKind::Relations,
    ));
    let (mut with, mut without) = (0, 0);
    for fact in related {
        if fact.is_denied() { without += 1 } else { with += 1 }
    }
    counted.push(CountedTotal { what: "diplomatic relations".into(), value: with });
    counted.push(CountedTotal { what: "no diplomatic relations".into(), value: without });
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for tie in [TieKind::Mission, TieKind::Post] {
        for fact in view.facts(node, Direction::Outgoing, tie).into_iter().filter(|fact| !fact.is_denied()) {
            if let Statement::Mission { kind, .. } = fact.tie.value() {
                *kinds.entry(format!("{} abroad", kind.plural())).or_default() += 1;
            }
        }
    }
    counted.extend(kinds.into_iter().map(|(what, value)| CountedTotal { what, value }));
    let covered = view.facts(node, Direction::Outgoing, TieKind::Accreditation);
    let covered = covered.into_iter().filter(|fact| !fact.is_denied()).count();
    counted.push(CountedTotal { what: "accreditations from elsewhere".into(), value: covered });
    Totals { claimed, counted, sums }
}

fn sums(claimed: &[ClaimedTotal<'_>]) -> Vec<String> {
    let mut lines: BTreeMap<(&str, usize), Vec<(i64, &str)>> = BTreeMap::new();
    for total in claimed {
        for origin in total.fact.origins() {
            let document = view_document(total, &origin.document);
            lines.entry((document, origin.line)).or_default().push((total.value, total.what));
        }
    }
    let mut out = Vec::new();
    for ((document, line), mut figures) in lines {
        figures.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let Some(((total, what), parts)) = figures.split_first() else { continue };
        if parts.len() < 2 || !what.contains("missions") {
            continue;
        }
        let sum: i64 = parts.iter().map(|(value, _)| value).sum();
        let shown: Vec<String> = parts.iter().map(|(value, _)| value.to_string()).collect();
        let sign = if sum == *total { "=" } else { "≠" };
        out.push(format!("{total} {sign} {} ({document}:{line})", shown.join(" + ")));
    }
    out
}

fn view_document<'n>(total: &ClaimedTotal<'n>, document: &str) -> &'n str {
    let readings = total.fact.polarity.readings();
    readings
        .iter()
        .flat_map(|reading| &reading.origins)
        .find(|origin| origin.document == document)
        .map_or("", |origin| origin.document.as_str())
}
