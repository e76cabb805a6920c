//! One side of the world at a time: every sender to a state, every state that a sender reaches.

use petgraph::graph::NodeIndex;

use super::{Coverage, Ending, Ladder, Rung, Step};
use crate::model::{EntityKind, TieKind};

/// How a sender is represented in a state, whatever help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Representation {
    /// A mission of its own, open there.
    Resident,
    /// Accredited from elsewhere, from home, or by a mission that was moved abroad.
    NonResident,
    /// Offices, consular or honorary posts, an interests section.
    PostsOnly,
    /// Others look after its interests.
    ByOthers,
    /// A source says that there is none.
    KnownNone,
    /// A source says that there are no relations.
    NoRelations,
    /// A source denies an embassy and tells no more.
    NoEmbassy,
    /// There was a mission or an accreditation, and it is over.
    Ended,
    /// The sources do not tell, or not of the day asked for.
    Unknown,
    /// Not a question: the same state, or a territory.
    NotAsked,
}

impl Representation {
    /// Every one, in order.
    pub const ALL: [Representation; 10] = [
        Representation::Resident,
        Representation::NonResident,
        Representation::PostsOnly,
        Representation::ByOthers,
        Representation::KnownNone,
        Representation::NoRelations,
        Representation::NoEmbassy,
        Representation::Ended,
        Representation::Unknown,
        Representation::NotAsked,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Representation::Resident => "resident",
            Representation::NonResident => "non-resident",
            Representation::PostsOnly => "posts only",
            Representation::ByOthers => "by others",
            Representation::KnownNone => "known none",
            Representation::NoRelations => "no relations",
            Representation::NoEmbassy => "no embassy",
            Representation::Ended => "ended",
            Representation::Unknown => "unknown",
            Representation::NotAsked => "not asked",
        }
    }
}

impl<'n> Ladder<'n> {
    /// How the sender is represented, by its step of the highest rank.
    pub fn representation(&self) -> Representation {
        let Some(step) = self.foremost() else {
            return match self.ending() {
                Some(Ending::KnownNone) => Representation::KnownNone,
                Some(Ending::NoRelations) => Representation::NoRelations,
                Some(Ending::NoEmbassy) => Representation::NoEmbassy,
                Some(Ending::Ended) => Representation::Ended,
                Some(Ending::Unknown | Ending::UnknownThen) => Representation::Unknown,
                None => Representation::NotAsked,
            };
        };
        match step.rung {
            Rung::Resident | Rung::UnderCharge => Representation::Resident,
            rung if rung.from_elsewhere() => Representation::NonResident,
            Rung::ProtectingPower | Rung::OnRequest => Representation::ByOthers,
            _ => Representation::PostsOnly,
        }
    }

    /// The step of the highest rank for political relations, R1 to R12; the first of those of one rank.
    pub fn foremost(&self) -> Option<&Step<'n>> {
        let covering = self.steps.iter().filter(|step| step.rung.covers());
        covering.min_by_key(|step| std::cmp::Reverse((step.rung <= Rung::UnderCharge, step.presence.rank)))
    }
}

/// Whether an entity sends and receives for itself: a state, contested or not, the Holy See, the Order of Malta; on a
/// date also a state that is no more.
fn party(coverage: &Coverage<'_, '_>, node: NodeIndex) -> bool {
    let kind = coverage.view.network.graph()[node].kind(coverage.view.network.gazetteer);
    matches!(kind, EntityKind::State | EntityKind::PartlyRecognised | EntityKind::SuiGeneris)
        || kind == EntityKind::FormerState && coverage.view.lens.as_of.is_some()
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// Who is asked for where nobody is named: under a roster its members, else the members of the United Nations
    /// and whoever the facts name. In the order of their slugs.
    fn asked(&self, named: Vec<NodeIndex>) -> Vec<NodeIndex> {
        let whole = self.view.lens.roster == crate::graph::Roster::All;
        let mut nodes: Vec<NodeIndex> =
            if whole { self.un_members().chain(named).collect() } else { self.parties().collect() };
        nodes.sort_unstable();
        nodes.dedup();
        nodes.retain(|node| self.view.counts(*node));
        nodes
    }

    /// States, partly recognised ones and entities of their own kind that count under the view.
    pub fn parties(&self) -> impl Iterator<Item = NodeIndex> + '_ {
        let whole = self.view.lens.roster == crate::graph::Roster::All;
        self.view.states().into_iter().filter(move |node| !whole || party(self, *node))
    }

    /// The ladders of every sender to a state, by slug. Territories have rows where facts name them.
    pub fn received_by(&'c self, receiving: NodeIndex) -> Vec<Ladder<'n>> {
        let ladders = self.ladders(receiving);
        let named = ladders.senders().into_iter().filter(|node| !self.organisation(*node));
        let senders = self.asked(named.collect());
        senders.into_iter().filter(|sender| *sender != receiving).map(|sender| ladders.of(sender)).collect()
    }

    /// The ladders of one sender to every state, by slug.
    pub fn sent_by(&'c self, sending: NodeIndex) -> Vec<Ladder<'n>> {
        let named = self.view.edges_of(sending, petgraph::Direction::Outgoing);
        let named = named.filter(|(node, edge, shown)| {
            let tied =
                matches!(edge.tie, TieKind::Mission | TieKind::Accreditation | TieKind::Post | TieKind::Protection);
            *shown && tied && !self.organisation(*node)
        });
        let receivers = self.asked(named.map(|(node, ..)| node).collect());
        let receivers = receivers.into_iter().filter(|receiver| *receiver != sending);
        receivers.map(|receiver| self.ladders(receiver).of(sending)).collect()
    }
}
