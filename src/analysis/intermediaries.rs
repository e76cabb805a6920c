//! Who could carry messages between two states.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::tables::{CHANNELS, Channel};
use crate::graph::View;
use crate::model::{Fact, Statement, StatusClass, TieKind};

/// Weight of a channel in `data/rules/channels.csv`.
fn weight(channel: Channel) -> f64 {
    CHANNELS.rows().iter().find(|row| row.channel == channel).map_or(0.0, |row| row.weight)
}

/// A third state and its ties with both.
#[derive(Clone, Debug)]
pub struct Intermediary<'n> {
    /// The state.
    pub node: NodeIndex,
    /// Sum of the weights of its channels.
    pub score: f64,
    /// How it is represented in one and the other: a mission, else an accreditation.
    pub present: [Option<&'n Fact>; 2],
    /// How one and the other are represented in it.
    pub hosted: [Option<&'n Fact>; 2],
    /// Interests that it protects in one of the two for the other.
    pub protects: Vec<&'n Fact>,
    /// Whether it has a land border with both.
    pub borders: bool,
    /// Organisations to which all three belong (slugs), the smallest first.
    pub organisations: Vec<&'n str>,
}

impl Intermediary<'_> {
    /// Every fact on which it rests, but for memberships.
    pub fn facts(&self) -> Vec<&Fact> {
        self.protects.iter().copied().chain(self.present.into_iter().chain(self.hosted).flatten()).collect()
    }
}

/// Third states by what they could do as go-betweens of two, those who could do most first, then by slug; weights are those
/// of `data/rules/channels.csv`. Who has no tie with one of the two is left out. O(ties of the states of the view).
pub fn intermediaries<'n>(view: &View<'n>, one: NodeIndex, other: NodeIndex) -> Vec<Intermediary<'n>> {
    let represented = |from: NodeIndex, to: NodeIndex| -> Option<&'n Fact> {
        let facts = |tie| view.between(from, to, tie).into_iter().find(|fact| !fact.is_denied());
        facts(TieKind::Mission).or_else(|| facts(TieKind::Accreditation))
    };
    let resident = |fact: &Fact| matches!(fact.tie.value(), Statement::Mission { .. });
    let members = sizes(view);
    let belongs = |node: NodeIndex| -> Vec<&'n str> {
        let facts = view.facts(node, Direction::Outgoing, TieKind::Membership).into_iter();
        let mut slugs: Vec<&'n str> = facts.filter(|fact| full(fact)).map(|fact| fact.object()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        slugs
    };
    let (own, theirs) = (belongs(one), belongs(other));
    let both: Vec<&str> = own.into_iter().filter(|slug| theirs.binary_search(slug).is_ok()).collect();
    let bordering = |a: NodeIndex, b: NodeIndex| {
        !view.between(a, b, TieKind::Border).is_empty() || !view.between(b, a, TieKind::Border).is_empty()
    };
    let protections: Vec<&'n Fact> = [(one, other), (other, one)]
        .into_iter()
        .flat_map(|(sending, receiving)| view.between(sending, receiving, TieKind::Protection))
        .filter(|fact| !fact.is_denied())
        .collect();
    let mut found = Vec::new();
    for node in view.states().into_iter().filter(|node| *node != one && *node != other) {
        let present = [represented(node, one), represented(node, other)];
        let hosted = [represented(one, node), represented(other, node)];
        let power =
            |fact: &&&Fact| matches!(fact.tie.value(), Statement::Protection { power, .. } if power == view.slug(node));
        let protects: Vec<&'n Fact> = protections.iter().filter(power).copied().collect();
        let borders = bordering(node, one) && bordering(node, other);
        let touches = |at: usize| present[at].is_some() || hosted[at].is_some();
        if protects.is_empty() && !borders && !(touches(0) && touches(1)) {
            continue;
        }
        let theirs = belongs(node);
        let size = |slug: &str| members.get(slug).copied().unwrap_or(1.0).max(1.0);
        let mut organisations: Vec<&str> =
            both.iter().filter(|slug| theirs.binary_search(slug).is_ok()).copied().collect();
        organisations.sort_by(|a, b| size(a).total_cmp(&size(b)).then(a.cmp(b)));
        let pair = |facts: [Option<&Fact>; 2], near: Channel, far: Channel| match facts {
            [Some(a), Some(b)] if resident(a) && resident(b) => weight(near),
            [Some(_), Some(_)] => weight(far),
            _ => 0.0,
        };
        let mut score = pair(present, Channel::PresentInBoth, Channel::AccreditedToBoth);
        score += pair(hosted, Channel::HostsBoth, Channel::AccreditedByBoth);
        score += if protects.is_empty() { 0.0 } else { weight(Channel::Protects) };
        score += if borders { weight(Channel::BordersBoth) } else { 0.0 };
        score += weight(Channel::Organizations) * organisations.iter().map(|slug| 1.0 / size(slug)).sum::<f64>();
        if score <= 0.0 {
            continue;
        }
        found.push(Intermediary { node, score, present, hosted, protects, borders, organisations });
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
    found
}

fn full(fact: &Fact) -> bool {
    let full = matches!(fact.tie.value(), Statement::Membership { status, .. } if status.class() == StatusClass::Full);
    full && !fact.is_denied()
}

/// How many full members each organisation of a view has.
fn sizes<'n>(view: &View<'n>) -> BTreeMap<&'n str, f64> {
    let mut sizes: BTreeMap<&'n str, f64> = BTreeMap::new();
    for (_, _, edge) in view.edges().filter(|(.., edge)| edge.tie == TieKind::Membership) {
        let fact = &view.network.facts[edge.fact()];
        if full(fact) {
            *sizes.entry(fact.object()).or_default() += 1.0;
        }
    }
    sizes
}

/// Organisations to which both belong, the smallest first, with the number of their full members.
pub fn common_organisations<'n>(view: &View<'n>, one: NodeIndex, other: NodeIndex) -> Vec<(&'n str, usize)> {
    let sizes = sizes(view);
    let of = |node: NodeIndex| {
        let facts = view.facts(node, Direction::Outgoing, TieKind::Membership).into_iter();
        facts.filter(|fact| full(fact)).map(|fact| fact.object()).collect::<BTreeSet<&'n str>>()
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = |slug: &str| sizes.get(slug).map_or(0, |size| *size as usize);
    let mut both: Vec<(&'n str, usize)> = of(one).intersection(&of(other)).map(|slug| (*slug, size(slug))).collect();
    both.sort_by_key(|(slug, size)| (*size, *slug));
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_has_a_row_and_every_row_is_a_channel() {
        assert_eq!((CHANNELS.rows().len(), CHANNELS.lines()), (7, 7));
        assert!(CHANNELS.rows().iter().all(|row| row.weight > 0.0));
        assert_eq!((weight(Channel::Protects), weight(Channel::Organizations)), (4.0, 2.0));
    }
}
