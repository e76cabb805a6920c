//! Members of an organisation.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Standing;
use crate::graph::View;
use crate::model::{Fact, Statement, Status, TieKind};

/// One membership.
#[derive(Clone, Debug)]
pub struct Member<'n> {
    /// The member (slug).
    pub member: &'n str,
    /// Status by the preferred reading; `None` where the fact is no membership.
    pub status: Option<&'n Status>,
    /// Whether it is denied.
    pub denied: bool,
    /// How well attested.
    pub standing: Standing,
    /// The fact.
    pub fact: &'n Fact,
}

/// Lists who belongs to `organisation`, with status. Rows: by name. O(ties of the organisation).
pub fn members<'n>(view: &View<'n>, organisation: NodeIndex) -> Vec<Member<'n>> {
    let mut rows: Vec<Member<'n>> = view
        .facts(organisation, Direction::Incoming, TieKind::Membership)
        .into_iter()
        .map(|fact| Member {
            member: fact.subject(),
            status: if let Statement::Membership { status, .. } = fact.tie.value() { Some(status) } else { None },
            denied: fact.is_denied(),
            standing: Standing::on(fact, view.lens.as_of),
            fact,
        })
        .collect();
    let name = |slug: &str| crate::names::fold(view.network.gazetteer.display(slug));
    rows.sort_by_key(|row| name(row.member));
    rows
}
