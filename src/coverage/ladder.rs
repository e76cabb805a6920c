//! Every rung that fires for a pair of states, best first.

use petgraph::graph::NodeIndex;

use super::Coverage;
use super::arrangements::Helpers;
use super::list::{DiplomaticList, Related};
use super::rules::{Posts, Purpose, Rung};
use super::step::{Ending, Step};
use crate::graph::{QueryError, TieType};
use crate::model::{City, Day, EntityKind, Fact, Held};

/// The ladder of one pair.
#[derive(Clone, Debug)]
pub struct Ladder<'n> {
    /// Sending state (slug), as asked for.
    pub sending: String,
    /// Receiving state (slug), as asked for.
    pub receiving: String,
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

    /// Leaves the rungs that serve a purpose, in its order: consular by rung, political by rank of the presence,
    /// visas from consular posts first.
    pub fn for_purpose(&mut self, purpose: Purpose) {
        let (sending, receiving) = (self.steps[0].sending, self.steps[0].receiving);
        self.steps.retain(|step| step.serves(purpose) || step.rung == Rung::Nothing);
        if self.steps.is_empty() {
            let mut step = Step::new(sending, receiving, Rung::Nothing);
            step.form = "no rung serves this purpose";
            self.steps.push(step);
        }
        match purpose {
            Purpose::Consular => {}
            Purpose::Political => self.steps.sort_by_key(|step| {
                let last = matches!(step.rung, Rung::AtTheUn | Rung::Nothing);
                (step.rung != Rung::Guard, last, std::cmp::Reverse(step.presence.rank), step.rung)
            }),
            Purpose::Visa => self.steps.sort_by_key(|step| match step.rung {
                Rung::Guard => 0,
                Rung::Consular => 1,
                Rung::Office => 2,
                rung => 3 + rung as usize,
            }),
        }
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
    /// [`Coverage::ladder`] for these.
    pub fn of(&self, sender: NodeIndex) -> Ladder<'n> {
        let view = self.coverage.view;
        let (sending, receiving) = (view.slug(sender), view.slug(self.list.receiving()));
        let mut steps = self.list.steps(sender);
        let mut own = Posts::default();
        for step in &steps {
            own.note(step);
        }
        if !self.coverage.organisation(sender) && self.receives {
            let helpers = self.helpers.steps(&self.list, &self.coverage.parties, sender, own);
            // What a source says of a helper stands before what a rule lets one expect.
            let told: Vec<Option<String>> = steps.iter().map(|step| step.by.clone()).collect();
            let expected = |step: &Step<'_>| step.rung != Rung::OnRequest || !told.contains(&step.by);
            steps.extend(helpers.into_iter().filter(expected));
        }
        if !steps.iter().any(|step| (Rung::Resident..=Rung::Honorary).contains(&step.rung)) {
            steps.extend(self.coverage.at_the_un(sender, self.list.receiving()));
        }
        if !steps.iter().any(|step| step.rung.covers()) {
            steps.extend(self.endings(sender));
        }
        let gazetteer = view.network.gazetteer;
        let elsewhere = |step: &Step<'_>| {
            let capital = self.coverage.city_of(step).is_some_and(|city| city.capital);
            let posts = matches!(step.rung, Rung::Consular | Rung::Unofficial | Rung::Honorary);
            (posts && !capital, if posts { step.kind } else { None })
        };
        steps.sort_by(|a, b| {
            a.rung.cmp(&b.rung).then_with(|| elsewhere(a).cmp(&elsewhere(b))).then_with(|| match a.rung {
                Rung::Group | Rung::Visa | Rung::OnRequest => {
                    let name = |step: &Step<'_>| step.by.as_deref().map(|by| crate::names::fold(gazetteer.display(by)));
                    let id = |step: &Step<'_>| step.arrangement.map_or("", |arrangement| arrangement.id.as_str());
                    id(a).cmp(id(b)).then_with(|| name(a).cmp(&name(b)))
                }
                _ => std::cmp::Ordering::Equal,
            })
        });
        Ladder { sending: sending.to_owned(), receiving: receiving.to_owned(), steps }
    }

    /// What the sources say where nobody covers: a row a kind of denial, or that they are silent.
    fn endings(&self, sender: NodeIndex) -> Vec<Step<'n>> {
        let (none, no_embassy) = self.list.denials(sender);
        let no_relations = match self.list.relations(sender) {
            Related::No(fact) => Some(fact),
            _ => None,
        };
        let told = [
            (Ending::KnownNone, none),
            (Ending::NoRelations, no_relations),
            (Ending::NoEmbassy, no_embassy.filter(|_| none.is_none())),
        ];
        let mut steps: Vec<Step<'n>> = told
            .into_iter()
            .filter_map(|(ending, fact)| {
                let fact = fact?;
                let mut step = self.ending(sender, ending).resting_on(fact);
                step.held = self.coverage.held(fact);
                // Relations that are over are a denial from their end on.
                if ending == Ending::NoRelations && !fact.is_denied() {
                    step.held = Held::Yes;
                }
                Some(step)
            })
            .collect();
        for step in &mut steps {
            step.since = crate::model::Bound::UNKNOWN;
        }
        if steps.is_empty() {
            steps.push(self.ending(sender, Ending::Unknown));
        }
        if self.list.overtaken(sender)
            && let Some(step) = steps.pop()
        {
            steps.push(step.remarked("an older source has a mission, from before relations ended"));
        }
        steps
    }

    fn ending(&self, sender: NodeIndex, ending: Ending) -> Step<'n> {
        let mut step = Step::new(self.list.slug(sender), self.list.slug(self.list.receiving()), Rung::Nothing);
        step.form = ending.name();
        step.ending = Some(ending);
        step
    }
}

/// Who stood or stands in the place of a state on a date: itself, or those before or after it.
fn in_its_place<'c>(coverage: &'c Coverage<'_, '_>, slug: &'c str) -> Vec<&'c str> {
    let gazetteer = coverage.view.network.gazetteer;
    let day = coverage.view.lens.as_of;
    let exists = |slug: &str| {
        gazetteer.entity(slug).is_none_or(|entity| match day {
            Some(day) => entity.span.held_on(day) != Held::No,
            None => entity.span.is_open(),
        })
    };
    let unborn = |slug: &str| {
        let began = gazetteer.entity(slug).and_then(|entity| entity.span.began.earliest);
        day.is_some_and(|day| began.is_some_and(|began: Day| day < began))
    };
    let (mut open, mut found, mut seen) = (vec![slug], Vec::new(), vec![slug]);
    while let Some(at) = open.pop() {
        if exists(at) {
            found.push(at);
            continue;
        }
        for row in gazetteer.successions(at) {
            let next = if unborn(at) { &row.former } else { &row.successor };
            if next != at && !seen.contains(&next.as_str()) {
                seen.push(next);
                open.push(next);
            }
        }
    }
    found.sort_unstable();
    found
}

impl<'c, 'n> Coverage<'c, 'n> {
    /// The ladders of a receiving state. O(ties of the state).
    pub fn ladders(&'c self, receiving: NodeIndex) -> Ladders<'c, 'n> {
        let kind = self.view.network.graph()[receiving].kind(self.view.network.gazetteer);
        let receives = !matches!(kind, EntityKind::Organisation | EntityKind::Actor | EntityKind::Nonstate);
        Ladders { coverage: self, list: self.list(receiving), helpers: Helpers::new(&self.parties), receives }
    }

    /// The ladder of a pair, guards included: own territory, a party of another time (the ladder of the one state
    /// that stands in its place), a territory (its own rungs, then those of its sovereign).
    ///
    /// Steps: by rung, then capital before other cities, then preferred reading. With nobody to cover there is
    /// always a last step of [`Rung::Nothing`]. O(ties of the receiving state).
    ///
    /// # Errors
    /// [`QueryError::Absent`] if the data set says nothing of a party.
    pub fn ladder(&'c self, sending: &str, receiving: &str) -> Result<Ladder<'n>, QueryError> {
        let (sender, receiver) = (self.node(sending)?, self.node(receiving)?);
        let (sending, receiving) = (self.view.slug(sender), self.view.slug(receiver));
        let mut ladder = Ladder { sending: sending.to_owned(), receiving: receiving.to_owned(), steps: Vec::new() };
        let guard = |form: &'static str, by: Option<&str>| {
            let mut step = Step::new(sending, receiving, Rung::Guard);
            (step.form, step.by) = (form, by.map(str::to_owned));
            step
        };
        if sender == receiver {
            ladder.steps.push(guard("own territory", None));
            return Ok(ladder);
        }
        let (senders, receivers) = (in_its_place(self, sending), in_its_place(self, receiving));
        for (asked, found) in [(sending, &senders), (receiving, &receivers)] {
            if found.as_slice() != [asked] {
                let stands = found.iter().map(|other| guard("not on this date; in its place", Some(other)));
                ladder.steps.extend(stands);
                if found.is_empty() {
                    ladder.steps.push(guard("not on this date", Some(asked)));
                }
            }
        }
        if let ([one], [other]) = (senders.as_slice(), receivers.as_slice())
            && (*one, *other) != (sending, receiving)
        {
            if one == other {
                ladder.steps.push(guard("own territory", None));
            } else if let (Some(one), Some(other)) = (self.view.network.node(one), self.view.network.node(other)) {
                ladder.steps.extend(self.ladders(other).of(one).steps);
            }
            return Ok(ladder);
        }
        if !ladder.steps.is_empty() {
            return Ok(ladder);
        }
        let own = self.ladders(receiver).of(sender);
        let territory = |node: NodeIndex| -> Option<NodeIndex> {
            let entity = self.view.network.gazetteer.entity(self.view.slug(node))?;
            let parent = entity.parent.as_deref().filter(|_| entity.kind == EntityKind::Territory)?;
            self.view.network.node(parent)
        };
        ladder.steps = own.steps;
        let (above, over) = (territory(sender).unwrap_or(sender), territory(receiver).unwrap_or(receiver));
        if (above, over) != (sender, receiver) {
            let covered = ladder.steps.iter().any(|step| step.rung.covers());
            for (node, sovereign) in [(receiver, over), (sender, above)] {
                if node != sovereign {
                    let by = self.view.slug(sovereign);
                    let mut step = guard("a territory; its sovereign", Some(by));
                    if node == sender {
                        step.form = "of a territory; its sovereign sends";
                    }
                    ladder.steps.insert(0, step);
                }
            }
            if above == over {
                ladder.steps.retain(|step| step.rung != Rung::Nothing);
                ladder.steps.push(guard("territory of one sovereign", Some(self.view.slug(above))));
            } else {
                let through = self.ladders(over).of(above).steps;
                let found = through.iter().any(|step| step.rung.covers());
                if found && !covered {
                    ladder.steps.retain(|step| !matches!(step.rung, Rung::Nothing | Rung::AtTheUn));
                }
                // Of the sovereign's posts those count that lie in the territory and are not told of it already.
                let here = self.view.slug(receiver);
                let gazetteer = self.view.network.gazetteer;
                let local = |step: &Step<'_>| {
                    let city = step.seat.as_ref().and_then(|seat| seat.city.as_deref());
                    city.is_some_and(|city| gazetteer.cities_named(city).iter().any(|city| city.entity == here))
                };
                let posts = ladder.steps.iter().any(|step| step.rung.covers());
                let missions = |step: &Step<'_>| {
                    matches!(
                        step.rung,
                        Rung::Resident | Rung::UnderCharge | Rung::NonResident | Rung::FromHome | Rung::Relocated
                    )
                };
                let kept = |step: &Step<'_>| missions(step) || step.rung.covers() && !posts && local(step);
                ladder.steps.extend(through.into_iter().filter(|step| found && (receiver == over || kept(step))));
            }
        }
        Ok(ladder)
    }

    fn node(&self, slug: &str) -> Result<NodeIndex, QueryError> {
        let absent = || QueryError::Absent {
            name: self.view.network.gazetteer.display(slug).to_owned(),
            part_of: self.view.network.gazetteer.entity(slug).and_then(|entity| entity.parent.clone()),
        };
        self.view.network.node(slug).ok_or_else(absent)
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
            .flat_map(|member| self.view.between(member, nations, TieType::Post))
            .filter(|fact| !fact.is_denied())
            .collect();
        for fact in missions {
            step = step.resting_on(fact);
        }
        (step.since, step.standing) = (crate::model::Bound::UNKNOWN, None);
        Some(step.remarked("both are members of the United Nations"))
    }
}
