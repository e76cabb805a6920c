//! The missions and accreditations of a state, sent or received.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Standing;
use crate::graph::{Seat, View};
use crate::model::{Fact, Statement, TieKind};

/// One establishment or accreditation.
#[derive(Clone, Debug)]
pub struct Post<'n> {
    /// Sending state (slug).
    pub sending: &'n str,
    /// Receiving state or organisation (slug).
    pub receiving: &'n str,
    /// Kind of mission, or `accreditation`.
    pub kind: String,
    /// Where it stands.
    pub seat: Seat,
    /// How well attested.
    pub standing: Standing,
    /// The fact.
    pub fact: &'n Fact,
}

/// Lists the missions that `node` sends (`hosted` false) or receives (`hosted` true), to or from `partner`
/// alone if one is given.
///
/// One row a fact by its preferred reading; denials are left out. Rows: by the other party's name, then
/// kind, then city. O(ties of `node`).
pub fn missions<'n>(view: &View<'n>, node: NodeIndex, hosted: bool, partner: Option<NodeIndex>) -> Vec<Post<'n>> {
    let direction = if hosted { Direction::Incoming } else { Direction::Outgoing };
    let mut rows = Vec::new();
    for tie in [TieKind::Mission, TieKind::Post, TieKind::Accreditation] {
        let facts = match (partner, hosted) {
            (None, _) => view.facts(node, direction, tie),
            (Some(partner), false) => view.between(node, partner, tie),
            (Some(partner), true) => view.between(partner, node, tie),
        };
        for fact in facts.into_iter().filter(|fact| !fact.is_denied()) {
            let statement = fact.tie.value();
            let kind = match statement {
                Statement::Mission { kind, .. } => kind.prose(),
                _ => "accreditation".to_owned(),
            };
            let seat = view.network.seat(statement).unwrap_or(Seat { city: None, host: None });
            rows.push(Post {
                sending: fact.subject(),
                receiving: fact.object(),
                kind,
                seat,
                standing: Standing::on(fact, view.lens.as_of),
                fact,
            });
        }
    }
    let name = |slug: &str| crate::names::fold(view.network.gazetteer.display(slug));
    let other = |post: &Post<'_>| name(if hosted { post.sending } else { post.receiving });
    rows.sort_by(|a, b| {
        other(a).cmp(&other(b)).then_with(|| a.fact.key.cmp(&b.fact.key)).then_with(|| a.seat.cmp(&b.seat))
    });
    rows
}
