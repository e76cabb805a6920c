//! Every rung that fires for a pair of states, best first.

use petgraph::graph::NodeIndex;

use super::Coverage;
use super::arrangements::Helpers;
use super::dyad::{Dyad, Related};
use super::list::DiplomaticList;
use super::remarks::{Ending, Remark};
use super::rules::{Posts, Purpose, Rung};
use super::step::Step;
use crate::model::{City, EntityId, EntityKind, Fact, Held, Statement, TieKind};

/// The ladder of one pair.
#[derive(Clone, Debug)]
pub struct Ladder<'n> {
    /// Sending state (slug), as asked for.
    pub sending: EntityId,
    /// Receiving state (slug), as asked for.
    pub receiving: EntityId,
    /// Every rung that fires, best first; never empty.
    pub steps: Vec<Step<'n>>,
}

impl<'n> Ladder<'n> {
    /// The closest form of cover, R1 to R12; else a group arrangement, the guard or the ending.
    pub fn best(&self) -> &Step<'n> {
        let closest = self.steps.iter().find(|step| step.rung.covers());
        let group = || self.steps.iter().find(|step| step.rung == Rung::Group);
        closest
            .or_else(group)
            .or_else(|| self.steps.iter().find(|step| step.rung == Rung::Guard))
            .unwrap_or_else(|| self.last())
    }

    fn last(&self) -> &Step<'n> {
        let ending = self.steps.iter().find(|step| step.rung == Rung::Nothing);
        ending.unwrap_or(&self.steps[self.steps.len() - 1])
    }

    /// How it ends, where nobody covers.
    pub fn ending(&self) -> Option<Ending> {
        self.steps.iter().find_map(|step| step.ending)
    }

    /// Names of its rungs, each once, in order: `R5 R9 R13`.
    pub fn rungs(&self) -> String {
        let mut ids: Vec<&str> = Vec::new();
        for step in &self.steps {
            if ids.last() != Some(&step.rung.id()) && !ids.contains(&step.rung.id()) {
                ids.push(step.rung.id());
            }
        }
        ids.join(" ")
    }

    /// The rungs that serve a purpose, in its order: consular by rung, political by rank of the presence,
    /// visas from consular posts first.
    pub fn serving(&self, purpose: Purpose) -> Ladder<'n> {
        let mut served = self.clone();
        let (sending, receiving) = (self.steps[0].sending, self.steps[0].receiving);
        served.steps.retain(|step| step.serves(purpose) || step.rung == Rung::Nothing);
        if served.steps.is_empty() {
            let mut step = Step::new(sending, receiving, Rung::Nothing);
            step.form = "no rung serves this purpose";
            served.steps.push(step);
        }
        match purpose {
            Purpose::Consular => {}
            Purpose::Political => served.steps.sort_by_key(|step| {
                let last = matches!(step.rung, Rung::AtTheUn | Rung::Nothing);
                (step.rung != Rung::Guard, last, std::cmp::Reverse(step.presence.rank), step.rung)
            }),
            Purpose::Visa => served.steps.sort_by_key(|step| match step.rung {
                Rung::Guard => 0,
                Rung::Consular => 1,
                Rung::Office => 2,
                rung => 3 + rung as usize,
            }),
        }
        served
    }

    /// Measures every seat from a place and puts a consular post that is nearer than the mission before it.
    pub fn near(&mut self, place: &City, coverage: &Coverage<'_, 'n>) {
        for step in &mut self.steps {
            step.distance = coverage.city_of(step).and_then(|city| city.kilometres_to(place));
        }
        let mission = self
            .steps
            .iter()
            .filter(|step| matches!(step.rung, Rung::Resident | Rung::UnderCharge))
            .filter_map(|step| step.distance)
            .fold(f64::INFINITY, f64::min);
        self.steps.sort_by(|a, b| {
            let class = |step: &Step<'_>| match step.rung {
                Rung::Guard => 0,
                Rung::Consular if step.distance.is_some_and(|far| far < mission) => 1,
                rung => 1 + rung as usize,
            };
            let far = |step: &Step<'_>| step.distance.unwrap_or(f64::INFINITY);
            class(a).cmp(&class(b)).then(far(a).total_cmp(&far(b)))
        });
    }
}

/// Says of a step how and when its fact ended, and by which rule where no source tells.
fn over<'n>(step: Step<'n>, fact: &'n Fact) -> Step<'n> {
    let step = step.remarked(Remark::Over(fact.manner, fact.span().ended.unwrap_or_default()));
    match &fact.implied {
        Some(implied) => step.remarked(Remark::Implied(implied.clone())),
        None => step,
    }
}

/// The ladders of one receiving state.
pub struct Ladders<'c, 'n> {
    coverage: &'c Coverage<'c, 'n>,
    list: DiplomaticList<'c, 'n>,
    helpers: Helpers<'n>,
    /// Whether arrangements can help there: not with an organisation.
    receives: bool,
}

impl<'c, 'n> Ladders<'c, 'n> {
    /// Senders of which anything is known, in order.
    pub fn senders(&self) -> Vec<NodeIndex> {
        self.list.senders()
    }

    /// The ladder of a sender to this state. Neither is a territory or of another time; see
    /// [`Coverage::ladder`] for these. Steps: by rung, posts with those in the capital first and then by kind, helpers
    /// by arrangement and name, else by preferred reading. O(ties of the pair), and of the helpers once a state.
    pub fn of(&self, sender: NodeIndex) -> Ladder<'n> {
        let view = self.coverage.view;
        let (sending, receiving) = (view.slug(sender), view.slug(self.list.receiving()));
        let dyad = self.list.dyad(sender);
        let mut steps = dyad.steps();
        let mut own = Posts::default();
        for step in &steps {
            own.note(step);
        }
        if !self.coverage.organisation(sender) && self.receives {
            let helpers = self.helpers.steps(&self.list, &self.coverage.parties, sender, own);
            // What a source says of a helper stands before what a rule lets one expect.
            let told: Vec<Option<EntityId>> = steps.iter().map(|step| step.by.clone()).collect();
            let expected = |step: &Step<'_>| step.rung != Rung::OnRequest || !told.contains(&step.by);
            steps.extend(helpers.into_iter().filter(expected));
        }
        if !steps.iter().any(|step| (Rung::Resident..=Rung::Honorary).contains(&step.rung)) {
            steps.extend(self.coverage.at_the_un(sender, self.list.receiving()));
        }
        if !steps.iter().any(|step| step.rung.covers()) {
            steps.extend(self.endings(&dyad));
        }
        let gazetteer = view.network.gazetteer;
        // Posts in the capital first, then by kind; who helps by arrangement, then by name.
        steps.sort_by_cached_key(|step| {
            let posts = matches!(step.rung, Rung::Consular | Rung::Unofficial | Rung::Honorary);
            let away = posts && !self.coverage.city_of(step).is_some_and(|city| city.capital);
            let helps = matches!(step.rung, Rung::Group | Rung::Visa | Rung::OnRequest);
            let by = step.by.as_deref().filter(|_| helps).map(|by| crate::names::fold(gazetteer.display(by)));
            let arrangement = step.arrangement.filter(|_| helps).map_or("", |arrangement| arrangement.id.as_str());
            (step.rung, away, step.kind.filter(|_| posts), arrangement, by)
        });
        Ladder { sending: sending.into(), receiving: receiving.into(), steps }
    }

    /// What the sources say where nobody covers: a row a kind of denial, or that they are silent.
    fn endings(&self, dyad: &Dyad<'_, 'c, 'n>) -> Vec<Step<'n>> {
        let (none, no_embassy) = dyad.denials();
        let no_relations = match dyad.related {
            Related::No(fact) => Some(fact),
            _ => None,
        };
        let day = self.coverage.view.lens.as_of;
        let told = [
            (Ending::KnownNone, none),
            (Ending::NoRelations, no_relations),
            (Ending::Ended, dyad.ended()),
            (Ending::NoEmbassy, no_embassy.filter(|_| none.is_none())),
            (Ending::UnknownThen, dyad.nearest()),
        ];
        let mut steps: Vec<Step<'n>> = told
            .into_iter()
            .filter_map(|(ending, fact)| {
                let fact = fact?;
                let mut step = dyad.ending(ending).resting_on(fact, day);
                step.held = if ending == Ending::UnknownThen { Held::Perhaps } else { Held::Yes };
                if ending != Ending::Ended {
                    (step.since, step.until) = (crate::model::Bound::UNKNOWN, None);
                }
                if matches!(ending, Ending::Ended | Ending::UnknownThen) {
                    step.seat = self.coverage.view.network.seat(fact.tie.value());
                    if let Statement::Mission { kind, .. } = fact.tie.value() {
                        step.kind = Some(*kind);
                    }
                }
                Some(match ending {
                    Ending::Ended => over(step, fact),
                    Ending::UnknownThen => {
                        let after = day.and_then(|day| fact.next_confirmed(day));
                        let before = fact.last_confirmed(day);
                        step.remarked(Remark::Nearest(before, after))
                    }
                    Ending::NoRelations if !fact.is_denied() => over(step, fact),
                    _ => match self.coverage.unconfirmed(step.last_confirmed) {
                        Some(last) => step.remarked(Remark::NotConfirmedSince(last)),
                        None => step,
                    },
                })
            })
            .collect();
        if steps.is_empty() {
            steps.push(dyad.ending(Ending::Unknown));
        }
        steps
    }

    /// What is known of relations with a sender: `Some(true)` they stand, `Some(false)` there are none.
    pub fn related(&self, sender: NodeIndex) -> Option<bool> {
        match self.list.dyad(sender).related {
            Related::Yes => Some(true),
            Related::No(_) => Some(false),
            Related::Unknown => None,
        }
    }
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// The ladders of a receiving state. O(ties of the state).
    pub fn ladders(&'c self, receiving: NodeIndex) -> Ladders<'c, 'n> {
        let kind = self.view.network.graph()[receiving].kind(self.view.network.gazetteer);
        let receives = !matches!(kind, EntityKind::Organisation | EntityKind::Actor | EntityKind::Nonstate);
        Ladders { coverage: self, list: self.list(receiving), helpers: Helpers::new(&self.parties), receives }
    }

    /// The city of a step, in its host.
    pub fn city_of(&self, step: &Step<'_>) -> Option<&City> {
        let seat = step.seat.as_ref()?;
        let (name, host) = (seat.city.as_deref()?, seat.host.as_deref()?);
        let cities = self.view.network.gazetteer.cities_named(name);
        let gazetteer = self.view.network.gazetteer;
        let part = |city: &&City| gazetteer.entity(&city.entity).and_then(|it| it.parent.as_deref()) == Some(host);
        cities.iter().find(|city| city.entity == host).or_else(|| cities.iter().find(|city| part(city))).copied()
    }

    /// A channel of contact where both are members of the United Nations.
    fn at_the_un(&self, sender: NodeIndex, receiver: NodeIndex) -> Option<Step<'n>> {
        if !self.in_the_un(sender) || !self.in_the_un(receiver) {
            return None;
        }
        let mut step = Step::new(self.view.slug(sender), self.view.slug(receiver), Rung::AtTheUn);
        let nations = self.view.network.node("united-nations")?;
        let missions: Vec<&'n Fact> = [sender, receiver]
            .into_iter()
            .flat_map(|member| self.view.between(member, nations, TieKind::Post))
            .filter(|fact| !fact.is_denied())
            .collect();
        for fact in missions {
            step = step.resting_on(fact, self.view.lens.as_of);
        }
        (step.since, step.standing, step.last_confirmed) = (crate::model::Bound::UNKNOWN, None, None);
        Some(step.remarked(Remark::UnMembers))
    }
}
