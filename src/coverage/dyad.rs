//! What the diplomatic list says of one sender, and the rungs that it makes fire.

use petgraph::graph::NodeIndex;

use super::list::{DiplomaticList, Entry};
use super::remarks::{Ending, Remark};
use super::rules::{Posts, Rung, presence, presence_of};
use super::step::Step;
use crate::analysis::Standing;
use crate::graph::Seat;
use crate::model::{Authority, Bound, Fact, Held, Level, MissionClass, MissionKind, Statement, TieKind};

/// Diplomatic relations of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) enum Related<'n> {
    /// They stand.
    Yes,
    /// They are denied, or over.
    No(&'n Fact),
    /// The sources do not tell.
    Unknown,
}

/// A sender and the receiving state of a list.
pub(super) struct Dyad<'l, 'c, 'n> {
    list: &'l DiplomaticList<'c, 'n>,
    sender: NodeIndex,
    entries: &'l [Entry<'n>],
    /// Their relations.
    pub(super) related: Related<'n>,
    /// Whether the date of the view lies before the first relations that a source dates: what nobody dates did not
    /// hold then.
    early: bool,
    /// Whether both are members or observers of the United Nations, or need not be.
    accepted: bool,
    /// Whether the sender's offices are without standing.
    unofficial: bool,
}

impl<'c, 'n> DiplomaticList<'c, 'n> {
    /// What it says of one sender.
    pub(super) fn dyad(&self, sender: NodeIndex) -> Dyad<'_, 'c, 'n> {
        Dyad::new(self, sender, self.entries_of(sender))
    }
}

impl<'l, 'c, 'n> Dyad<'l, 'c, 'n> {
    fn new(list: &'l DiplomaticList<'c, 'n>, sender: NodeIndex, entries: &'l [Entry<'n>]) -> Dyad<'l, 'c, 'n> {
        let coverage = list.coverage;
        let of_relations = |entry: &&Entry<'n>| entry.tie == TieKind::Relations;
        let early = coverage.view.lens.as_of.is_some_and(|day| {
            let asserted = entries.iter().filter(of_relations).filter(|entry| !entry.denied);
            let first = asserted.map(|entry| list.life(entry).began.earliest).min();
            first.flatten().is_some_and(|first| day < first)
        });
        let related = related(list, entries.iter().filter(of_relations));
        let accepted = coverage.accepted(sender) && coverage.accepted(list.receiving());
        let mut dyad = Dyad { list, sender, entries, related, early, accepted, unofficial: false };
        dyad.unofficial = dyad.without_standing();
        dyad
    }

    fn sending(&self) -> &'n str {
        self.list.coverage.view.slug(self.sender)
    }

    fn receiving(&self) -> &'n str {
        self.list.coverage.view.slug(self.list.receiving())
    }

    /// Facts of the sender in the receiving state, of one kind, that hold under the lens, on a date certainly; by fact.
    /// What a source has on other days only is [`Dyad::nearest`].
    fn facts(&self, tie: TieKind) -> impl Iterator<Item = &'n Fact> {
        let wanted = move |entry: &&Entry<'n>| {
            entry.tie == tie && entry.inward && entry.shown && (DiplomaticList::is_opened(entry) || self.certain(entry))
        };
        self.entries.iter().filter(wanted).map(|entry| self.list.fact(entry))
    }

    /// Accreditations that one source tells as over and another has all the same, where no date is asked for.
    fn contested(&self) -> impl Iterator<Item = &'n Fact> {
        let asked = self.list.coverage.view.lens.as_of.is_none();
        let over = move |entry: &&Entry<'n>| {
            asked && entry.tie == TieKind::Accreditation && entry.inward && !entry.denied && !entry.shown
        };
        let facts = self.entries.iter().filter(over).map(|entry| self.list.fact(entry));
        facts.filter(|fact| fact.contested && fact.implied.is_none())
    }

    /// Whether an entry certainly held on the date; without a date, every one does.
    fn certain(&self, entry: &Entry<'n>) -> bool {
        let day = self.list.coverage.view.lens.as_of;
        day.is_none_or(|day| self.list.life(entry).held_on(day) == Held::Yes)
    }

    /// The mission, accreditation or post that may have stood on the date: nothing excludes it, and no source speaks of
    /// that day. Of several the one of the closest form.
    pub(super) fn nearest(&self) -> Option<&'n Fact> {
        let perhaps = |entry: &&Entry<'n>| {
            let kind =
                matches!(entry.tie, TieKind::Mission | TieKind::Accreditation | TieKind::Post | TieKind::Protection);
            let early = self.early && self.list.life(entry).began.earliest.is_none();
            kind && entry.inward && entry.shown && !entry.denied && !early && !self.certain(entry)
        };
        let rank = |entry: &&Entry<'n>| match entry.tie {
            TieKind::Mission => 0,
            TieKind::Accreditation => 1,
            _ => 2,
        };
        self.entries.iter().filter(perhaps).min_by_key(rank).map(|entry| self.list.fact(entry))
    }

    /// The last mission or accreditation that is over.
    pub(super) fn ended(&self) -> Option<&'n Fact> {
        let day = self.list.coverage.view.lens.as_of;
        let over = |entry: &&Entry<'n>| {
            let kind = matches!(entry.tie, TieKind::Mission | TieKind::Accreditation);
            let ended = self.list.life(entry).ended;
            let by = |ended: Bound| match day {
                Some(day) => ended.latest.is_some_and(|last| last <= day),
                None => true,
            };
            kind && entry.inward && !entry.denied && ended.is_some_and(by)
        };
        let last = |entry: &&Entry<'n>| {
            let ended = self.list.life(entry).ended.unwrap_or_default();
            (entry.tie == TieKind::Mission, ended.latest, ended.earliest)
        };
        self.entries.iter().filter(over).max_by_key(last).map(|entry| self.list.fact(entry))
    }

    /// Whether offices of the sender are without standing: a source denies relations, or a party is no member or
    /// observer of the United Nations and neither an embassy, in whichever way, nor recognition with relations
    /// speaks for them. Tables of relations list unofficial ones too.
    fn without_standing(&self) -> bool {
        let embassy = || {
            self.entries.iter().any(|entry| {
                let stands = entry.tie == TieKind::Mission && entry.shown && !entry.denied;
                stands && (!self.early || self.list.life(entry).began.earliest.is_some())
            })
        };
        match self.related {
            Related::No(_) => true,
            _ if self.accepted || embassy() => false,
            Related::Yes => !self.facts(TieKind::Recognition).any(|fact| !fact.is_denied()),
            Related::Unknown => true,
        }
    }

    /// The posts that the sender has in the receiving state, for the rules of arrangements, and the first of those
    /// of the highest rank.
    pub(super) fn posts(&self) -> (Posts, Option<Step<'n>>) {
        let mut posts = Posts::default();
        let mut best: Option<Step<'n>> = None;
        for step in self.present() {
            let higher = best.as_ref().is_none_or(|known| known.presence.rank < step.presence.rank);
            if posts.note(&step) && higher {
                best = Some(step);
            }
        }
        (posts, best)
    }

    /// What the sender has there or is accredited by, and who acts for it: R1 to R12 as far as facts tell. In the
    /// order of missions, posts, accreditations, protections; within these by fact and preferred reading.
    pub(super) fn steps(&self) -> Vec<Step<'n>> {
        let mut steps = self.present();
        self.accreditations(&mut steps);
        self.protections(&mut steps);
        steps
    }

    fn step(&self, rung: Rung, statement: &Statement, fact: &'n Fact) -> Step<'n> {
        let coverage = self.list.coverage;
        let mut step = Step::new(self.sending(), self.receiving(), rung).resting_on(fact, coverage.view.lens.as_of);
        step.held = coverage.held(fact);
        step.seat = coverage.view.network.seat(statement).filter(|seat| seat.city.is_some() || seat.host.is_some());
        if let Statement::Mission { kind, level, .. } = statement {
            (step.kind, step.level) = (Some(*kind), *level);
        }
        match coverage.unconfirmed(step.last_confirmed) {
            Some(day) => step.remarked(Remark::NotConfirmedSince(day)),
            None => step,
        }
    }

    /// Missions and posts.
    fn present(&self) -> Vec<Step<'n>> {
        let (coverage, receiving) = (self.list.coverage, self.receiving());
        let (unofficial, no_relations) = (self.unofficial, matches!(self.related, Related::No(_)));
        // The European Union is an entity and an organisation.
        let to_organisation = coverage.view.network.gazetteer.organisation(receiving).is_some();
        let mut steps = Vec::new();
        let facts = self.facts(TieKind::Mission).chain(self.facts(TieKind::Post));
        for fact in facts.filter(|fact| !fact.is_denied()) {
            let mut place = None;
            for reading in fact.tie.readings() {
                let Statement::Mission { kind, level, host, .. } = &reading.value else { continue };
                let rung = match (kind.class(), kind) {
                    _ if host.as_deref().is_some_and(|host| host != receiving) => Rung::Relocated,
                    (_, MissionKind::InterestsSection) => Rung::InterestsSection,
                    (MissionClass::Resident, _) | (_, MissionKind::Delegation) => Rung::Resident,
                    (MissionClass::Permanent, _) if to_organisation => Rung::Resident,
                    // Among members of the United Nations consular posts stay where relations break.
                    (MissionClass::Consular, _) if unofficial && !self.accepted => Rung::Unofficial,
                    (MissionClass::Consular, _) => Rung::Consular,
                    (MissionClass::Honorary, _) => Rung::Honorary,
                    _ if unofficial => Rung::Unofficial,
                    _ => Rung::Office,
                };
                let mut step = self.step(rung, &reading.value, fact);
                // A state has one resident mission in another: what the preferred reading says fires, and the
                // others stand beside it.
                step = step.beside(*place.get_or_insert(rung));
                step.presence = match rung {
                    Rung::Relocated => presence("relocated"),
                    Rung::Unofficial => presence("unofficial_office"),
                    _ => presence_of(*kind, *level, unofficial),
                };
                if coverage.closes(&step) {
                    continue;
                }
                let outside = step.seat.as_ref().and_then(|seat| seat.host.clone());
                if rung == Rung::Resident
                    && let Some(host) = outside.filter(|host| host != receiving)
                {
                    step = step.remarked(Remark::StandsIn(host));
                }
                if kind.class() == MissionClass::Resident && no_relations {
                    step.standing = Some(Standing::Disputed);
                    step = step.remarked(Remark::NoRelations);
                }
                // "An embassy in Sana'a", of a mission to Botswana: the source or its reader errs.
                if rung != Rung::Relocated && step.seat.as_ref().is_some_and(|seat| seat.host.is_none()) {
                    step = step.remarked(Remark::CityElsewhere);
                }
                steps.push(step);
            }
        }
        if unofficial {
            one_establishment(&mut steps);
        }
        steps
    }

    /// Accreditations: from a third state, from home, or of a head whose mission here is under a chargé.
    fn accreditations(&self, steps: &mut Vec<Step<'n>>) {
        let (coverage, sending, receiving) = (self.list.coverage, self.sending(), self.receiving());
        let resident = steps.iter().position(|step| step.rung == Rung::Resident);
        let contested = self.contested().filter(|_| resident.is_some());
        for fact in self.facts(TieKind::Accreditation).filter(|fact| !fact.is_denied()).chain(contested) {
            let headless = resident.is_some_and(|at| self.under_charge(&steps[at], fact));
            let mut place = None;
            for reading in fact.tie.readings() {
                let Statement::Accreditation { host, .. } = &reading.value else { continue };
                let home = host.as_deref() == Some(sending);
                let rung = match (headless, home) {
                    (true, _) => Rung::UnderCharge,
                    (false, true) => Rung::FromHome,
                    (false, false) => Rung::NonResident,
                };
                let mut step = self.step(rung, &reading.value, fact);
                step = step.beside(*place.get_or_insert(rung));
                step.presence = presence(if home { "nonresident_home" } else { "nonresident" });
                if coverage.closes(&step) {
                    continue;
                }
                // A mission that was moved abroad, and an accreditation from there, are one thing.
                let moved = steps.iter_mut().find(|known| known.rung == Rung::Relocated && known.seat == step.seat);
                if let Some(moved) = moved.filter(|_| step.seat.is_some()) {
                    moved.facts.push(fact);
                    continue;
                }
                if let Some(seat) = self.city_of_host(&step) {
                    step.seat = Some(seat);
                    step = step.remarked(Remark::CityOfMission);
                }
                if headless {
                    step.form = HEAD_ELSEWHERE;
                } else if resident.is_some() {
                    step = step.remarked(Remark::BesideResident);
                }
                if let Some(host) = step.seat.as_ref().and_then(|seat| seat.host.clone())
                    && !home
                    && host != receiving
                    && !coverage.seated_at_the_un(&step)
                    && !self.has_mission_in(&host)
                {
                    step = step.remarked(Remark::NoMissionAtSeat(host));
                }
                if host.as_deref() == Some(receiving) {
                    step = step.remarked(Remark::SeatedInReceiving);
                }
                if matches!(self.related, Related::No(_)) {
                    step = step.remarked(Remark::NoRelations);
                }
                if coverage.seated_at_the_un(&step) {
                    step.kind = Some(MissionKind::PermanentMission);
                    step = step.remarked(Remark::AtTheUn);
                }
                steps.push(step);
            }
            if headless {
                for step in steps.iter_mut().filter(|step| step.rung == Rung::Resident) {
                    step.rung = Rung::UnderCharge;
                    step.form = Rung::UnderCharge.rule().form.as_str();
                    step.presence = presence("head_elsewhere");
                }
            }
        }
    }

    /// Whether a source has a mission of the sender in a state, on whatever day.
    fn has_mission_in(&self, host: &str) -> bool {
        let view = self.list.coverage.view;
        let Some(node) = view.network.node(host) else { return false };
        let missions = view.network.graph().edges_connecting(self.sender, node);
        missions.map(|edge| edge.weight()).any(|edge| {
            matches!(edge.tie, TieKind::Mission | TieKind::Post)
                && !edge.denied
                && view.network.facts.life(edge.fact()).is_open()
        })
    }

    /// The seat of an accreditation of which only the state is told: where the sender's mission to it stands.
    fn city_of_host(&self, step: &Step<'n>) -> Option<Seat> {
        let view = self.list.coverage.view;
        let Some(Seat { city: None, host: Some(host) }) = &step.seat else { return None };
        let node = view.network.node(host).filter(|node| *node != self.sender && *node != self.list.receiving())?;
        let missions = view.between(self.sender, node, TieKind::Mission);
        let mission = missions.into_iter().find(|fact| !fact.is_denied())?;
        view.network.seat(mission.tie.value()).filter(|seat| seat.city.is_some() && seat.host.as_ref() == Some(host))
    }

    /// Whether a mission in the receiving state is under a chargé while its head sits elsewhere: an official
    /// source has both at once, or a source has the mission under a chargé. An article that tells both may tell of
    /// two times.
    fn under_charge(&self, mission: &Step<'n>, accreditation: &Fact) -> bool {
        if matches!(mission.level, Some(Level::Charge | Level::ChargeAdInterim)) {
            return true;
        }
        let official = |fact: &Fact| -> Vec<&'n str> {
            let sources = fact.origins().into_iter().filter_map(|origin| self.list.coverage.source(&origin.document));
            sources.filter(|source| source.authority == Authority::Official).map(|source| source.work()).collect()
        };
        let works = official(accreditation);
        mission.facts.iter().any(|fact| official(fact).iter().any(|work| works.contains(work)))
    }

    /// Interests sections, protecting powers, and embassies that act on request: the last where relations stand and
    /// no mission was recalled or denied.
    fn protections(&self, steps: &mut Vec<Step<'n>>) {
        let section = steps.iter().any(|step| step.rung == Rung::InterestsSection);
        let recalled = self.entries.iter().any(|entry| {
            entry.tie == TieKind::Mission && entry.inward && (entry.denied || self.list.life(entry).ended.is_some())
        });
        let request = matches!(self.related, Related::Yes) && !recalled && !section;
        let rung = if request { Rung::OnRequest } else { Rung::ProtectingPower };
        for fact in self.facts(TieKind::Protection).filter(|fact| !fact.is_denied()) {
            for reading in fact.tie.readings() {
                let Statement::Protection { power, .. } = &reading.value else { continue };
                let mut step = self.step(rung, &reading.value, fact);
                step.presence = presence("protecting_power");
                step.by = Some(power.clone());
                // The power's mission stands in the receiving state.
                let host = Some(self.receiving().into());
                let city = step.seat.take().and_then(|seat| seat.city);
                step.seat = Some(Seat { city, host });
                // The staff of an interests section works under the flag of the power, and goes with it.
                if self.list.coverage.closes(&step) {
                    steps.retain(|step| step.rung != Rung::InterestsSection);
                    continue;
                }
                let section = steps.iter_mut().find(|step| step.rung == Rung::InterestsSection && step.by.is_none());
                if let Some(section) = section {
                    section.by = Some(power.clone());
                    section.facts.push(fact);
                }
                steps.push(step);
            }
        }
    }

    /// A last step.
    pub(super) fn ending(&self, ending: Ending) -> Step<'n> {
        let mut step = Step::new(self.sending(), self.receiving(), Rung::Nothing);
        (step.form, step.ending) = (ending.name(), Some(ending));
        step
    }

    /// Denials of an accreditation and of a resident mission.
    pub(super) fn denials(&self) -> (Option<&'n Fact>, Option<&'n Fact>) {
        let denied = |tie| self.facts(tie).find(|fact| fact.is_denied());
        (denied(TieKind::Accreditation), denied(TieKind::Mission))
    }
}

/// What the facts on relations, by fact, come to under the view.
fn related<'e, 'n: 'e>(list: &DiplomaticList<'_, 'n>, entries: impl Iterator<Item = &'e Entry<'n>>) -> Related<'n> {
    let (mut denied, mut over) = (None, None);
    for entry in entries {
        if entry.shown && !entry.denied {
            return Related::Yes;
        }
        let ended = list.life(entry).ended.is_some_and(|ended| match list.coverage.view.lens.as_of {
            Some(day) => ended.latest.is_some_and(|last| last <= day),
            None => true,
        });
        if entry.shown {
            denied = denied.or(Some(entry));
        } else if ended && !entry.denied {
            over = Some(entry);
        }
    }
    denied.or(over).map_or(Related::Unknown, |entry| Related::No(list.fact(entry)))
}

/// The form of the second half of R2.
const HEAD_ELSEWHERE: &str = "head of that mission, resident elsewhere";

/// Without relations, a consular post and an office of one sender in one city are one establishment under two names.
fn one_establishment(steps: &mut Vec<Step<'_>>) {
    let city = |step: &Step<'_>| step.seat.as_ref().and_then(|seat| seat.city.clone());
    let offices: Vec<Option<String>> =
        steps.iter().filter(|step| step.rung == Rung::Unofficial).map(city).filter(Option::is_some).collect();
    for step in steps.iter_mut() {
        if step.rung == Rung::Consular && offices.contains(&city(step)) {
            step.rung = Rung::Unofficial;
            step.form = Rung::Unofficial.rule().form.as_str();
            step.presence = presence("unofficial_office");
            step.remarks = vec![Remark::CalledConsular];
        }
    }
}
