//! Where a state and its partners are not represented with each other.

use petgraph::graph::NodeIndex;

use super::{Coverage, Ladder, Representation};

/// What is missing between two states, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A source says that there are no relations, or that they ended.
    NoRelations,
    /// Neither is represented with the other.
    NoRepresentation,
    /// Honorary posts and nothing else.
    HonoraryOnly,
    /// One is represented with the other and not the other way.
    OneWay,
}

impl Gap {
    /// Every gap, in order.
    pub const ALL: [Gap; 4] = [Gap::NoRelations, Gap::NoRepresentation, Gap::HonoraryOnly, Gap::OneWay];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Gap::NoRelations => "no relations",
            Gap::NoRepresentation => "no representation either way",
            Gap::HonoraryOnly => "honorary only",
            Gap::OneWay => "one way only",
        }
    }
}

/// One partner with which something is missing.
#[derive(Clone, Debug)]
pub struct Missing<'n> {
    /// The partner (slug).
    pub partner: &'n str,
    /// What is missing.
    pub gap: Gap,
    /// How the state is represented with the partner.
    pub sent: Ladder<'n>,
    /// How the partner is represented with the state.
    pub received: Ladder<'n>,
    /// What is known of relations: `Some(true)` they stand, `Some(false)` there are none, `None` silence.
    pub related: Option<bool>,
}

/// How much a ladder holds: nothing, honorary posts, or more.
fn weight(ladder: &Ladder<'_>) -> u8 {
    let honorary = |ladder: &Ladder<'_>| {
        let covering =
            ladder.steps.iter().filter(|step| step.rung < super::Rung::ProtectingPower && step.rung.covers());
        covering.into_iter().all(|step| step.rung == super::Rung::Honorary)
    };
    match ladder.representation() {
        Representation::Resident | Representation::NonResident => 2,
        Representation::PostsOnly => 1 + u8::from(!honorary(ladder)),
        _ => 0,
    }
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// Partners with which something is missing. Rows: by gap, worst first, then by name; a partner with
    /// representation both ways has none. Silence of the sources counts as nothing and is told apart by the
    /// endings of the ladders. O(ties of all partners).
    pub fn gaps(&'c self, state: NodeIndex) -> Vec<Missing<'n>> {
        let here = self.ladders(state);
        let partners: Vec<NodeIndex> = match self.view.lens.roster {
            crate::graph::Roster::All => self.un_members().collect(),
            _ => self.parties().collect(),
        };
        let mut rows: Vec<Missing<'n>> = Vec::new();
        for partner in partners.into_iter().filter(|partner| *partner != state && self.view.counts(*partner)) {
            let (sent, received) = (self.ladders(partner).of(state), here.of(partner));
            let related = here.related(partner);
            let (out, back) = (weight(&sent), weight(&received));
            let gap = match (out, back) {
                _ if related == Some(false) => Gap::NoRelations,
                (2, 2) => continue,
                (0, 0) => Gap::NoRepresentation,
                (0 | 1, 0 | 1) => Gap::HonoraryOnly,
                _ => Gap::OneWay,
            };
            rows.push(Missing { partner: self.view.slug(partner), gap, sent, received, related });
        }
        let name = |row: &Missing<'_>| crate::names::fold(self.view.network.gazetteer.display(row.partner));
        rows.sort_by_cached_key(|row| (row.gap, name(row)));
        rows
    }
}
