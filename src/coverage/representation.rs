//! How a state and each of its partners are represented with each other.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::{Coverage, Ladder, Representation};
use crate::graph::{Seat, View};
use crate::model::{Fact, MissionKind, Origin, TieKind};

/// How a partner and the state in the middle are represented with each other; closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mutual {
    /// Resident missions both ways.
    Both,
    /// A resident mission of the middle state only.
    Sends,
    /// A resident mission of the partner only.
    Hosts,
    /// Cover from elsewhere, either way.
    Elsewhere,
    /// Consulates or offices only.
    Posts,
    /// Relations without representation.
    Relations,
    /// Relations denied.
    Denied,
}

impl Mutual {
    /// The name in tables, legends and files.
    pub fn name(self) -> &'static str {
        match self {
            Mutual::Both => "embassies both ways",
            Mutual::Sends => "sends an embassy",
            Mutual::Hosts => "hosts an embassy",
            Mutual::Elsewhere => "covered from elsewhere",
            Mutual::Posts => "consulates or offices only",
            Mutual::Relations => "relations, no mission stated",
            Mutual::Denied => "no relations",
        }
    }
}

/// Cover from a third state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Whether the mission is the partner's, and not that of the state in the middle.
    pub partners: bool,
    /// Where it stands.
    pub seat: Seat,
}

/// One partner of a state.
#[derive(Clone, Debug)]
pub struct Partner<'n> {
    /// The partner (slug).
    pub slug: &'n str,
    /// Its name.
    pub name: &'n str,
    /// The closest form, either way.
    pub form: Mutual,
    /// Missions in third states that cover either of the two for the other, by each reading: the partner's before the
    /// state's own.
    pub covers: Vec<Cover>,
    /// The facts behind the form: of cover both ways, and of relations.
    pub facts: Vec<&'n Fact>,
}

impl Partner<'_> {
    /// Document and line of every statement behind the form, in order, each once.
    pub fn origins(&self) -> Vec<Origin> {
        let mut origins: Vec<Origin> = self.facts.iter().flat_map(|fact| fact.origins()).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

/// Lists the partners of `state`: whoever shares a mission, a post, an accreditation or a statement on relations
/// with it. Rows: by form, closest first, then by name. O(ties of the state and of its partners).
pub fn representation<'n>(view: &View<'n>, state: NodeIndex) -> Vec<Partner<'n>> {
    let coverage = Coverage::new(view);
    let mut others: Vec<NodeIndex> = Vec::new();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for (other, edge, shown) in view.edges_of(state, direction) {
            let tied =
                matches!(edge.tie, TieKind::Mission | TieKind::Post | TieKind::Accreditation | TieKind::Relations);
            if shown && tied && other != state {
                others.push(other);
            }
        }
    }
    others.sort_unstable();
    others.dedup();
    let here = coverage.ladders(state);
    let mut partners: Vec<Partner<'n>> = others
        .into_iter()
        .filter_map(|other| {
            let (sent, hosted) = (coverage.ladders(other).of(state), here.of(other));
            partner(view, state, other, &sent, &hosted)
        })
        .collect();
    partners.sort_by_cached_key(|partner| (partner.form, crate::names::fold(partner.name), partner.slug));
    partners
}

/// How a ladder represents its sender; a mission to an organisation is no embassy.
fn class(ladder: &Ladder<'_>) -> Representation {
    match ladder.foremost() {
        Some(step) if step.kind == Some(MissionKind::PermanentMission) && !step.rung.from_elsewhere() => {
            Representation::PostsOnly
        }
        _ => ladder.representation(),
    }
}

/// How `state` and `other` are represented with each other; `None` if only a denial of cover is known.
fn partner<'n>(
    view: &View<'n>,
    state: NodeIndex,
    other: NodeIndex,
    sent: &Ladder<'n>,
    hosted: &Ladder<'n>,
) -> Option<Partner<'n>> {
    let relations = view.relations(state, other);
    use Representation::{NonResident, PostsOnly, Resident};
    let (out, back) = (class(sent), class(hosted));
    let form = match (out, back) {
        (Resident, Resident) => Mutual::Both,
        (Resident, _) => Mutual::Sends,
        (_, Resident) => Mutual::Hosts,
        (NonResident, _) | (_, NonResident) => Mutual::Elsewhere,
        (PostsOnly, _) | (_, PostsOnly) => Mutual::Posts,
        _ if relations?.is_denied() => Mutual::Denied,
        _ => Mutual::Relations,
    };
    let mut covers = Vec::new();
    for (partners, class, ladder) in [(true, back, hosted), (false, out, sent)] {
        if class == NonResident {
            let elsewhere = ladder.steps.iter().filter(|step| step.rung.from_elsewhere());
            covers.extend(elsewhere.filter_map(|step| Some(Cover { partners, seat: step.seat.clone()? })));
        }
    }
    covers.dedup();
    let told = sent.steps.iter().chain(&hosted.steps).filter(|step| step.arrangement.is_none());
    let mut facts: Vec<&'n Fact> = told.flat_map(|step| step.facts.iter().copied()).chain(relations).collect();
    facts.sort_by(|a, b| a.key.cmp(&b.key));
    facts.dedup_by(|a, b| a.key == b.key);
    Some(Partner { slug: view.slug(other), name: view.name(other), form, covers, facts })
}
