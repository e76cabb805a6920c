//! How a state and each of its partners are represented with each other.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::{Cover, CoverForm, coverage};
use crate::graph::{Seat, TieType, View};
use crate::model::{Fact, Origin};

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

/// One partner of a state.
#[derive(Clone, Debug)]
pub struct Partner<'n> {
    /// The partner (slug).
    pub slug: &'n str,
    /// Its name.
    pub name: &'n str,
    /// The closest form, either way.
    pub form: Mutual,
    /// Where the mission that covers from elsewhere stands, by each reading; the partner's before the state's
    /// own.
    pub seats: Vec<Seat>,
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
    let mut others: Vec<NodeIndex> = Vec::new();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        for tie in [TieType::Mission, TieType::Post, TieType::Accreditation, TieType::Relations] {
            for fact in view.facts(state, direction, tie) {
                let other = if direction == Direction::Outgoing { &fact.object } else { &fact.subject };
                others.extend(view.network.node(other).filter(|other| *other != state));
            }
        }
    }
    others.sort_unstable();
    others.dedup();
    let mut partners: Vec<Partner<'n>> = others.into_iter().filter_map(|other| partner(view, state, other)).collect();
    partners.sort_by_cached_key(|partner| (partner.form, crate::names::fold(partner.name), partner.slug));
    partners
}

/// How `state` and `other` are represented with each other; `None` if only a denial of cover is known.
fn partner<'n>(view: &View<'n>, state: NodeIndex, other: NodeIndex) -> Option<Partner<'n>> {
    let sent = coverage(view, other, Some(state));
    let hosted = coverage(view, state, Some(other));
    let relations = view.relations(state, other);
    let best = |rows: &[Cover<'_>]| rows.first().map_or(CoverForm::Unknown, |row| row.form);
    let elsewhere = |form| matches!(form, CoverForm::Accredited | CoverForm::FromHome);
    let (out, back) = (best(&sent), best(&hosted));
    let form = match (out, back) {
        (CoverForm::Resident, CoverForm::Resident) => Mutual::Both,
        (CoverForm::Resident, _) => Mutual::Sends,
        (_, CoverForm::Resident) => Mutual::Hosts,
        (out, back) if elsewhere(out) || elsewhere(back) => Mutual::Elsewhere,
        (CoverForm::PostOnly, _) | (_, CoverForm::PostOnly) => Mutual::Posts,
        _ if relations?.is_denied() => Mutual::Denied,
        _ => Mutual::Relations,
    };
    let mut seats = Vec::new();
    if form == Mutual::Elsewhere || form == Mutual::Sends && elsewhere(back) {
        let rows = if elsewhere(back) { &hosted } else { &sent };
        seats.extend(rows.iter().filter(|row| elsewhere(row.form)).filter_map(|row| row.seat.clone()));
    }
    let mut facts: Vec<&'n Fact> = sent.iter().chain(&hosted).filter_map(|row| row.fact).chain(relations).collect();
    facts.sort_by(|a, b| a.key.cmp(&b.key));
    facts.dedup_by(|a, b| a.key == b.key);
    Some(Partner { slug: view.slug(other), name: view.name(other), form, seats, facts })
}
