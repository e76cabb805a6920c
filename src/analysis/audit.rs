//! What wants a second look: totals that do not agree with the count, ties that one side alone tells, facts
//! that nobody has confirmed for years, and facts that cannot be as they are told.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::totals;
use crate::dataset::{Impossible, impossible};
use crate::graph::{Lens, Network, View};
use crate::model::{Authority, Day, Fact, Origin, TieKind};

/// Why something wants a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concern {
    /// A claimed total is not what the graph counts on its date.
    Total,
    /// Both parties have an article and one of them is silent.
    OneSided,
    /// It stands on editions that are years older than the newest.
    Stale,
    /// Sources conflict, and a rule decided: the id of the rule.
    Settled,
    /// It is over because another fact is: the id of the rule.
    Implied,
    /// It cannot be as it is told.
    Impossible(Impossible),
}

impl Concern {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Concern::Total => "total differs",
            Concern::OneSided => "told by one side",
            Concern::Stale => "not confirmed lately",
            Concern::Settled => "settled by a rule",
            Concern::Implied => "ended by a rule",
            Concern::Impossible(what) => what.name(),
        }
    }

    /// The group to which it belongs: total, one-sided, stale, settled, implied, impossible.
    pub fn group(self) -> &'static str {
        match self {
            Concern::Total => "total",
            Concern::OneSided => "one-sided",
            Concern::Stale => "stale",
            Concern::Settled => "settled",
            Concern::Implied => "implied",
            Concern::Impossible(_) => "impossible",
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding<'n> {
    /// Why.
    pub concern: Concern,
    /// The fact.
    pub fact: &'n Fact,
    /// What was found, in words.
    pub detail: String,
}

/// Years after which an edition no longer confirms that something stands.
const STALE_YEARS: i16 = 3;

/// Audits the facts that the lens shows, of `party` alone if one is given. By fact, then concern. A total is
/// compared on its own date, a year on its last day, or as the sources stand where it has none.
/// O(facts + totals · ties of their subjects).
pub fn audit<'n>(view: &View<'n>, party: Option<&str>) -> Vec<Finding<'n>> {
    let network = view.network;
    let facts = &network.facts;
    let concerned: Vec<usize> = (0..facts.len())
        .filter(|&at| {
            let fact = &facts[at];
            let ruled = !fact.settlements.is_empty() || fact.implied.is_some();
            party.is_none_or(|party| fact.subject() == party || fact.object() == party) && (ruled || view.admits(fact))
        })
        .collect();
    let mut found: Vec<(usize, Concern, String)> = Vec::new();
    let shown: Vec<usize> = concerned.iter().copied().filter(|&at| view.admits(&facts[at])).collect();
    let cannot = impossible(shown.iter().map(|&at| &facts[at]), network.gazetteer);
    for (place, what) in cannot {
        found.push((shown[place], Concern::Impossible(what), String::new()));
    }
    let sources = Sources::of(network);
    for &at in &concerned {
        let fact = &facts[at];
        for settlement in &fact.settlements {
            let (by, against) = (lines(&settlement.by), lines(&settlement.against));
            let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
            let against = if against.is_empty() { String::new() } else { format!(" against {against}") };
            found.push((at, Concern::Settled, format!("{}:{by}{against}", settlement.rule)));
        }
        if let Some(implied) = &fact.implied {
            let by = if implied.by.is_empty() { String::new() } else { format!(" by {}", lines(&implied.by)) };
            found.push((at, Concern::Implied, format!("{}{by}", implied.rule)));
        }
        if !view.admits(fact) {
            continue;
        }
        if let Some(silent) = sources.one_sided(fact) {
            let name = network.gazetteer.display(silent);
            found.push((at, Concern::OneSided, format!("the article on {name} is silent")));
        }
        if let Some(edition) = sources.stale(fact) {
            found.push((at, Concern::Stale, format!("last told in {edition}")));
        }
        if fact.key.kind() == TieKind::Count
            && let Some(detail) = differs(network, fact)
        {
            found.push((at, Concern::Total, detail));
        }
    }
    found.sort();
    found.dedup();
    found.into_iter().map(|(at, concern, detail)| Finding { concern, fact: &facts[at], detail }).collect()
}

fn lines(origins: &[Origin]) -> String {
    let places: Vec<String> = origins.iter().map(|origin| format!("{}:{}", origin.document, origin.line)).collect();
    places.join("; ")
}

/// Whom documents are about, and of when they are.
struct Sources<'n> {
    about: BTreeMap<&'n str, &'n str>,
    /// States that have an article of their own.
    told: BTreeSet<&'n str>,
    edition: BTreeMap<&'n str, Day>,
    newest: Option<Day>,
}

impl<'n> Sources<'n> {
    fn of(network: &'n Network<'_>) -> Sources<'n> {
        let articles = network.sources().iter().filter(|source| source.authority == Authority::Encyclopaedia);
        let about: BTreeMap<&str, &str> =
            articles.filter_map(|source| Some((source.document.as_str(), source.about.as_deref()?))).collect();
        let edition: BTreeMap<&str, Day> = network
            .sources()
            .iter()
            .filter_map(|source| Some((source.document.as_str(), source.edition_day()?)))
            .collect();
        Sources { told: about.values().copied().collect(), newest: edition.values().max().copied(), about, edition }
    }

    /// The party whose article is silent on a standing tie that the other's tells.
    fn one_sided<'f>(&self, fact: &'f Fact) -> Option<&'f str> {
        let kinds = [TieKind::Mission, TieKind::Accreditation, TieKind::Relations];
        let both = self.told.contains(fact.subject()) && self.told.contains(fact.object());
        if !both || !kinds.contains(&fact.key.kind()) || fact.is_denied() || !fact.span().is_open() {
            return None;
        }
        let told: BTreeSet<&str> =
            fact.origins().iter().filter_map(|origin| self.about.get(origin.document.as_str()).copied()).collect();
        match (told.contains(fact.subject()), told.contains(fact.object())) {
            (true, false) => Some(fact.object()),
            (false, true) => Some(fact.subject()),
            _ => None,
        }
    }

    /// The newest edition that tells a standing mission or cover, if it is years older than the newest of all.
    fn stale(&self, fact: &Fact) -> Option<Day> {
        let kinds = [TieKind::Mission, TieKind::Accreditation, TieKind::Post];
        if !kinds.contains(&fact.key.kind()) || fact.is_denied() || !fact.span().is_open() {
            return None;
        }
        let editions: Option<Vec<Day>> =
            fact.origins().iter().map(|origin| self.edition.get(origin.document.as_str()).copied()).collect();
        let last = editions?.into_iter().max()?;
        (last.year() + STALE_YEARS < self.newest?.year()).then_some(last)
    }
}

/// How a claimed total differs from what the graph counts on its date; `None` where it does not, or where the
/// graph does not count that.
fn differs(network: &Network<'_>, fact: &Fact) -> Option<String> {
    let crate::model::Statement::Count { what, value, .. } = fact.tie.value() else { return None };
    let day = fact.span().began.latest;
    let view = network.view(day.map_or_else(Lens::default, Lens::as_of));
    let counted = totals(&view, network.node(fact.subject())?).counted;
    let counted = counted.into_iter().find(|total| total.what == *what)?.value;
    let date = day.map_or_else(|| "as the sources stand".to_owned(), |day| format!("on {day}"));
    (i64::try_from(counted) != Ok(*value)).then(|| format!("{value} {what} claimed, {counted} counted {date}"))
}

/// Places of `count` facts chosen at random, each once, in the order in which they were drawn. The same seed
/// draws the same facts. Fisher and Yates's shuffle over splitmix64.
pub fn sample(facts: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut places: Vec<usize> = (0..facts).collect();
    let count = count.min(facts);
    for at in 0..count {
        let rest = u64::try_from(facts - at).unwrap_or(1);
        let chosen = at + usize::try_from(next() % rest).unwrap_or(0);
        places.swap(at, chosen);
    }
    places.truncate(count);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_draws_each_place_once_and_the_same_for_a_seed() {
        let drawn = sample(100, 30, 7);
        assert_eq!(drawn.len(), 30);
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 30);
        assert!(drawn.iter().all(|at| *at < 100));
        assert_eq!(drawn, sample(100, 30, 7));
        assert_ne!(drawn, sample(100, 30, 8));
        assert_eq!(sample(3, 30, 7).len(), 3);
    }
}
