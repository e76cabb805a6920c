//! Who covers whom: the ladder of cover, and what follows from it.
//!
//! The rules are tables ([`rules`]); facts of the network make rungs fire ([`DiplomaticList`]); a [`Ladder`] is
//! every rung that fires for one pair, best first. The other questions (all senders, all receivers, hubs, gaps,
//! what if) read ladders. No question about anything but representation belongs here.

mod arrangements;
mod dyad;
mod gaps;
mod guards;
mod hubs;
mod ladder;
mod list;
mod nearest;
mod register;
mod remarks;
mod representation;
pub mod rules;
mod say;
mod scales;
mod scenario;
mod step;
pub(crate) mod tables;
mod what_if;

use std::collections::HashMap;

use petgraph::graph::NodeIndex;

use crate::graph::{Seat, View};
use crate::model::{Day, EntityKind, Fact, Held, Source};

pub use gaps::{Gap, Missing};
pub use hubs::{Hub, Hubs};
pub use ladder::{Ladder, Ladders};
pub use list::DiplomaticList;
pub use nearest::Near;
pub use register::Representation;
pub use remarks::{Ending, Guard, Remark};
pub use representation::{Cover, Mutual, Partner, representation};
pub use rules::{Arrangement, Basis, Presence, Purpose, Rung};
pub use scales::Scales;
pub use scenario::{Scenario, WHAT_IF};
pub use step::Step;
pub use what_if::{Changed, Changes, Effect, Shift, what_if};

/// What every ladder of a view needs: the rules that are in force, and who takes part in them.
pub struct Coverage<'c, 'n> {
    /// The view.
    pub view: &'c View<'n>,
    scenario: &'n Scenario,
    sources: HashMap<&'n str, &'n Source>,
    /// Members and observers of the United Nations, by node.
    accepted: Vec<bool>,
    /// Members of the United Nations, by node.
    members: Vec<bool>,
    parties: Vec<arrangements::Parties>,
    /// The newest edition of the sources.
    newest: Option<Day>,
}

static AS_IT_IS: Scenario = Scenario::none();

impl<'c, 'n> Coverage<'c, 'n> {
    /// Prepares the ladders of a view. O(nodes · arrangements).
    pub fn new(view: &'c View<'n>) -> Coverage<'c, 'n> {
        Coverage::under(view, &AS_IT_IS)
    }

    /// The same, with missions closed and opened.
    pub fn under(view: &'c View<'n>, scenario: &'n Scenario) -> Coverage<'c, 'n> {
        let network = view.network;
        let on_roster = |names: &[&str]| -> Vec<bool> {
            let gazetteer = network.gazetteer;
            let mut held: Vec<bool> = vec![false; network.graph().node_count()];
            let days = view.lens.as_of.map(|day| (day, day));
            for (listed, then) in names.iter().filter_map(|name| gazetteer.members_in(name, days)).flatten() {
                if let Some(node) = network.node(then).or_else(|| network.node(listed)) {
                    held[node.index()] = true;
                }
            }
            held
        };
        let parties = arrangements::parties(view);
        let sources = network.sources().iter().map(|source| (source.document.as_str(), source)).collect();
        Coverage {
            view,
            scenario,
            sources,
            accepted: on_roster(&["un_members", "un_observers"]),
            members: on_roster(&["un_members"]),
            parties,
            newest: network.sources().iter().filter_map(Source::edition_day).max(),
        }
    }

    /// The diplomatic list of a state. O(ties of the state).
    pub fn list(&'c self, receiving: NodeIndex) -> DiplomaticList<'c, 'n> {
        DiplomaticList::new(self, receiving)
    }

    /// Members of the United Nations on the date of the view, in the order of their slugs.
    pub fn un_members(&self) -> impl Iterator<Item = NodeIndex> + '_ {
        self.view.network.graph().node_indices().filter(|node| self.members[node.index()])
    }

    /// The day against which evidence is old: that of the view, else that of the newest edition.
    pub fn reference(&self) -> Option<Day> {
        self.view.lens.as_of.or(self.newest)
    }

    /// The day since which nobody has confirmed what last was confirmed on a day, if that is years before the date of the
    /// view, or before the newest edition.
    pub fn unconfirmed(&self, last: Option<Day>) -> Option<Day> {
        let years = crate::dataset::years_until_unconfirmed();
        let (last, day) = (last?, self.reference()?);
        let until = last.checked_add(jiff::Span::new().years(years)).unwrap_or(Day::MAX);
        (until < day).then_some(last)
    }

    /// Whether a fact held on the date of the view; certainly, where it has none.
    fn held(&self, fact: &Fact) -> Held {
        self.view.lens.as_of.map_or(Held::Yes, |day| fact.life.held_on(day))
    }

    /// Whether an entity's offices have standing without more ado: a member or observer of the United Nations or a
    /// part of one, an organisation, or one of its own kind such as the European Union.
    fn accepted(&self, node: NodeIndex) -> bool {
        let kind = || self.view.network.graph()[node].kind(self.view.network.gazetteer);
        self.accepted[node.index()]
            || matches!(
                kind(),
                EntityKind::Organisation | EntityKind::SuiGeneris | EntityKind::Territory | EntityKind::Region
            )
    }

    fn in_the_un(&self, node: NodeIndex) -> bool {
        self.members[node.index()]
    }

    fn organisation(&self, node: NodeIndex) -> bool {
        let kind = self.view.network.graph()[node].kind(self.view.network.gazetteer);
        kind == EntityKind::Organisation
    }

    fn source(&self, document: &str) -> Option<&'n Source> {
        self.sources.get(document).copied()
    }

    fn name<'s>(&'s self, slug: &'s str) -> &'s str {
        self.view.network.gazetteer.display(slug)
    }

    /// Whether an accreditation is seated in the city of the United Nations, where no embassy stands.
    fn seated_at_the_un(&self, step: &Step<'_>) -> bool {
        let gazetteer = self.view.network.gazetteer;
        let Some(Seat { city: Some(city), host: Some(host) }) = &step.seat else { return false };
        let Some(nations) = gazetteer.organisation("united-nations") else { return false };
        nations.host.as_ref() == Some(host)
            && gazetteer
                .cities_named(city)
                .iter()
                .any(|known| nations.seat.as_ref() == Some(&known.slug) && known.entity == *host)
    }

    /// The legal basis of a step in words, what was not read marked; on a date before its texts were in force it is
    /// said to be custom.
    pub fn basis(&self, step: &Step<'_>) -> String {
        let (basis, span) = (step.basis().shown(), step.rung.rule().span);
        let custom =
            step.arrangement.is_none() && self.view.lens.as_of.is_some_and(|day| span.held_on(day) == Held::No);
        if custom && !basis.is_empty() { format!("custom, before {}: later {basis}", span.began) } else { basis }
    }

    /// The latest edition among the documents behind a step, as its source has it; empty where none is stated.
    pub fn edition(&self, step: &Step<'n>) -> &'n str {
        let origins = step.facts.iter().flat_map(|fact| fact.origins());
        origins.filter_map(|origin| Some(self.source(&origin.document)?.edition.as_str())).max().unwrap_or("")
    }
}
