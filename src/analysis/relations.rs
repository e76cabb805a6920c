//! Diplomatic relations and recognitions of a state or dyad.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Standing;
use crate::graph::View;
use crate::model::{Fact, TieKind};

/// One tie of relations or recognition.
#[derive(Clone, Debug)]
pub struct Related<'n> {
    /// The other party (slug).
    pub partner: &'n str,
    /// `relations`, `no relations`, `recognizes`, `recognized by`, `does not recognize`, `not recognized by`.
    pub tie: &'static str,
    /// How well attested.
    pub standing: Standing,
    /// The fact.
    pub fact: &'n Fact,
}

/// Lists the relations and recognitions of `node`, with `partner` alone if one is given. Relations and
/// recognition are different ties and stay apart.
///
/// Rows: by partner's name, relations first. O(ties of `node`).
pub fn relations<'n>(view: &View<'n>, node: NodeIndex, partner: Option<NodeIndex>) -> Vec<Related<'n>> {
    let own = view.slug(node);
    let wanted = partner.map(|partner| view.slug(partner));
    let mut rows: Vec<Related<'n>> = Vec::new();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for tie in [TieKind::Relations, TieKind::Recognition] {
            for fact in view.facts(node, direction, tie) {
                let partner = if fact.subject() == own { fact.object() } else { fact.subject() };
                let name = match (tie, direction, fact.is_denied()) {
                    (TieKind::Relations, _, false) => "relations",
                    (TieKind::Relations, _, true) => "no relations",
                    (_, Direction::Outgoing, false) => "recognizes",
                    (_, Direction::Outgoing, true) => "does not recognize",
                    (_, Direction::Incoming, false) => "recognized by",
                    (_, Direction::Incoming, true) => "not recognized by",
                };
                rows.push(Related { partner, tie: name, standing: Standing::on(fact, view.lens.as_of), fact });
            }
        }
    }
    rows.retain(|row| wanted.is_none_or(|wanted| wanted == row.partner));
    let name = |slug: &str| crate::names::fold(view.network.gazetteer.display(slug));
    let order = |tie: &str| ["relations", "no relations"].iter().position(|known| *known == tie).unwrap_or(2);
    rows.sort_by(|a, b| {
        name(a.partner)
            .cmp(&name(b.partner))
            .then_with(|| order(a.tie).cmp(&order(b.tie)))
            .then_with(|| a.fact.key.cmp(&b.fact.key))
    });
    rows
}

/// What is told of relations of two: a spell that holds under the lens, else a denial, else the spell that ended last.
pub fn relations_told<'n>(view: &View<'n>, one: NodeIndex, other: NodeIndex) -> Option<&'n Fact> {
    let edges = [Direction::Outgoing, Direction::Incoming].into_iter().flat_map(|way| view.edges_of(one, way));
    let told = edges.filter(|(node, edge, _)| *node == other && edge.tie == TieKind::Relations);
    let facts = told.map(|(_, edge, held)| (&view.network.facts[edge.fact()], held));
    facts
        .max_by_key(|(fact, held)| {
            let ended = fact.span().ended.and_then(|ended| ended.latest.or(ended.earliest));
            (*held && !fact.is_denied(), *held, ended, fact.span().began.latest)
        })
        .map(|(fact, _)| fact)
}
