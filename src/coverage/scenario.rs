//! What if: missions closed and opened, laid over the network without changing it.

use petgraph::graph::NodeIndex;

use super::{Coverage, Step};
use crate::dataset::city_slug;
use crate::model::{EntityId, Fact, FactKey, MissionKind, Origin, Polarity, Reading, Settled, Statement, TieKey};

/// The document that opened missions are told by.
pub const WHAT_IF: &str = "what-if";

/// Missions that are taken away, and such as are put there.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    /// Sender and city (slug): everything that the sender has there, and every accreditation from there.
    closed: Vec<(EntityId, EntityId)>,
    opened: Vec<Fact>,
}

impl Scenario {
    /// Nothing closed and nothing opened.
    pub const fn none() -> Scenario {
        Scenario { closed: Vec::new(), opened: Vec::new() }
    }

    /// Closes everything that `sending` has in a city (slug).
    pub fn close(&mut self, sending: &str, city: &str) {
        self.closed.push((sending.into(), city.into()));
    }

    /// Opens an embassy of `sending` in `city` of `host`, accredited to the states of `covers` too.
    pub fn open(&mut self, sending: &str, city: &str, host: &str, covers: &[String]) {
        let (sending, city) = (sending.to_owned(), city.to_owned());
        let mission = Statement::mission(MissionKind::Embassy, &sending, host, Some(city.clone()));
        let key = TieKey::Resident(sending.clone().into(), host.into()).spell(0);
        self.opened.push(fact(key, mission));
        for receiving in covers {
            let (city, host) = (Some(city.clone()), Some(host.to_owned()));
            let statement = Statement::Accreditation {
                sending: sending.clone().into(),
                receiving: receiving.clone().into(),
                city,
                host: host.map(Into::into),
            };
            let key = TieKey::Accreditation(sending.clone().into(), receiving.clone().into()).spell(0);
            self.opened.push(fact(key, statement));
        }
    }
}

fn fact(key: FactKey, statement: Statement) -> Fact {
    let origins = vec![Origin { document: WHAT_IF.into(), line: 1, offset: 0 }];
    let one = |origins: Vec<Origin>| Settled::new(vec![Reading { value: Polarity::Asserted, origins, works: 1 }]);
    let tie = Settled::new(vec![Reading { value: statement, origins: origins.clone(), works: 1 }]);
    let (tie, polarity) = tie.zip(one(origins)).expect("one reading each");
    Fact::assumed(key, tie, polarity)
}

impl<'n> Coverage<'_, 'n> {
    /// Whether the scenario takes a mission, post or accreditation away.
    pub(super) fn closes(&self, step: &Step<'_>) -> bool {
        // A power that closes its mission protects nobody there.
        let acts = step.by.as_deref().unwrap_or(step.sending);
        let mut closed = self.scenario.closed.iter().filter(|(sending, _)| sending == acts);
        let opened = || step.facts.iter().any(|fact| fact.origins().iter().any(|origin| origin.document == WHAT_IF));
        let seat = step.seat.as_ref();
        closed.any(|(_, city)| {
            let gazetteer = self.view.network.gazetteer;
            let here = seat.and_then(|seat| {
                let name = seat.city.as_deref()?;
                Some(city_slug(gazetteer, name, seat.host.as_deref()))
            });
            let lies = gazetteer.city(city).is_some_and(|city| city.entity == step.receiving);
            (here.as_deref() == Some(city) || here.is_none() && step.by.is_some() && lies) && !opened()
        })
    }

    /// Missions and accreditations to a state that the scenario opens, with their senders.
    pub(super) fn opened_in(&self, receiving: NodeIndex) -> Vec<(NodeIndex, &'n Fact)> {
        let (network, slug) = (self.view.network, self.view.slug(receiving));
        let opened = self.scenario.opened.iter().filter(|opened| opened.object() == slug);
        opened.filter_map(|opened| Some((network.node(opened.subject())?, opened))).collect()
    }
}
