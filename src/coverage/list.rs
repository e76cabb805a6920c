//! The diplomatic list of a state: everything that the view holds on representation in it, by sending state, and
//! the rungs that it makes fire.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::Coverage;
use super::rules::{Posts, Rung, presence, presence_of};
use super::step::Step;
use crate::analysis::Standing;
use crate::graph::{Seat, TieType};
use crate::model::{Authority, Day, Fact, Level, MissionClass, MissionKind, Statement};

/// A fact that speaks of a sender and the receiving state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<'n> {
    other: NodeIndex,
    tie: TieType,
    /// From the sender to the receiver.
    inward: bool,
    at: usize,
    denied: bool,
    /// Whether it holds under the lens.
    shown: bool,
    /// A mission that a scenario opens, in the place of a fact of the network.
    opened: Option<&'n OpenedFact>,
}

/// A fact of a scenario; the order of two is that of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFact(pub Fact);

impl PartialOrd for OpenedFact {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OpenedFact {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.key.cmp(&other.0.key)
    }
}

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

/// Everything that the view holds on representation in one state.
pub struct DiplomaticList<'c, 'n> {
    coverage: &'c Coverage<'c, 'n>,
    receiving: NodeIndex,
    /// By sender, then tie, then fact.
    entries: Vec<Entry<'n>>,
}

const TIES: [TieType; 6] = [
    TieType::Mission,
    TieType::Post,
    TieType::Accreditation,
    TieType::Relations,
    TieType::Recognition,
    TieType::Protection,
];

impl<'c, 'n> DiplomaticList<'c, 'n> {
    /// The receiving state.
    pub fn receiving(&self) -> NodeIndex {
        self.receiving
    }

    pub(super) fn slug(&self, node: NodeIndex) -> &'n str {
        self.coverage.view.slug(node)
    }

    /// Gathers the facts at a state. O(ties of the state).
    pub(super) fn new(coverage: &'c Coverage<'c, 'n>, receiving: NodeIndex) -> DiplomaticList<'c, 'n> {
        let view = coverage.view;
        let mut entries = Vec::new();
        for direction in [Direction::Incoming, Direction::Outgoing] {
            let inward = direction == Direction::Incoming;
            for (other, edge, shown) in view.edges_of(receiving, direction) {
                let mutual = matches!(edge.tie, TieType::Relations | TieType::Recognition);
                // Relations that are over say that there are none, and missions that are over that one was recalled.
                let kept = shown || matches!(edge.tie, TieType::Relations | TieType::Mission);
                if TIES.contains(&edge.tie) && kept && (inward || mutual) && other != receiving {
                    entries.push(Entry {
                        other,
                        tie: edge.tie,
                        inward,
                        at: edge.fact(),
                        denied: edge.denied,
                        shown,
                        opened: None,
                    });
                }
            }
        }
        for (other, opened) in coverage.opened_in(receiving) {
            let tie = TieType::of(opened.0.key.kind()).unwrap_or(TieType::Mission);
            let entry =
                Entry { other, tie, inward: true, at: usize::MAX, denied: false, shown: true, opened: Some(opened) };
            entries.push(entry);
        }
        entries.sort_unstable();
        DiplomaticList { coverage, receiving, entries }
    }

    /// Senders of which the list says anything, in order.
    pub fn senders(&self) -> Vec<NodeIndex> {
        let told = self.entries.iter().filter(|entry| entry.shown || entry.tie == TieType::Relations);
        let mut senders: Vec<NodeIndex> = told.map(|entry| entry.other).collect();
        senders.dedup();
        senders
    }

    fn entries_of(&self, sender: NodeIndex) -> &[Entry<'n>] {
        let from = self.entries.partition_point(|entry| entry.other < sender);
        let to = self.entries.partition_point(|entry| entry.other <= sender);
        &self.entries[from..to]
    }

    /// Facts of one kind that hold under the lens, by fact; of relations those that are over too.
    fn facts(&self, sender: NodeIndex, tie: TieType) -> impl Iterator<Item = &'n Fact> {
        let facts = &self.coverage.view.network.facts;
        let early = self.before_relations(sender);
        let spans = move |entry: &Entry<'n>| entry.opened.is_some() || !facts.span(entry.at).began.is_unknown();
        let wanted = move |entry: &&Entry<'n>| {
            entry.tie == tie && (tie == TieType::Relations || entry.shown && (!early || spans(entry)))
        };
        let entries = self.entries_of(sender).iter().filter(wanted);
        entries.map(move |entry| entry.opened.map_or_else(|| &facts[entry.at], |opened| &opened.0))
    }

    /// Whether the date of the view lies before the first relations of the pair that a source dates: what nobody
    /// dates did not hold then.
    fn before_relations(&self, sender: NodeIndex) -> bool {
        let Some(day) = self.coverage.view.lens.as_of else { return false };
        let facts = &self.coverage.view.network.facts;
        let relations = self.entries_of(sender).iter().filter(|entry| entry.tie == TieType::Relations && !entry.denied);
        let first = relations.map(|entry| facts.span(entry.at).began.earliest).min();
        first.flatten().is_some_and(|first| day < first)
    }

    /// Whether every source of a mission is older than the end of relations.
    fn outlived(&self, mission: &Fact, related: Related<'n>) -> bool {
        let Related::No(relations) = related else { return false };
        let Some(ended) = relations.span().ended.and_then(|ended| ended.earliest.or(ended.latest)) else {
            return false;
        };
        let origins = mission.origins();
        let edition = |document: &str| -> Option<Day> {
            crate::model::Bound::parse(&self.coverage.source(document)?.edition).ok()?.latest
        };
        origins.iter().all(|origin| edition(&origin.document).is_some_and(|edition| edition < ended))
    }

    /// Whether a mission is left out because relations ended after its sources.
    pub(super) fn overtaken(&self, sender: NodeIndex) -> bool {
        let related = self.relations(sender);
        self.facts(sender, TieType::Mission).any(|fact| !fact.is_denied() && self.outlived(fact, related))
    }

    /// Diplomatic relations between a sender and the receiving state.
    pub(super) fn relations(&self, sender: NodeIndex) -> Related<'n> {
        let view = self.coverage.view;
        let (mut denied, mut over) = (None, None);
        for fact in self.facts(sender, TieType::Relations) {
            let shown = view.holds(fact);
            if shown && !fact.is_denied() {
                return Related::Yes;
            }
            let ended = fact.span().ended.is_some_and(|ended| match view.lens.as_of {
                Some(day) => ended.latest.is_some_and(|last| last <= day),
                None => true,
            });
            if shown && fact.is_denied() {
                denied = denied.or(Some(fact));
            } else if ended && !fact.is_denied() {
                over = Some(fact);
            }
        }
        denied.or(over).map_or(Related::Unknown, Related::No)
    }

    /// Whether offices of a sender are without standing: a source denies relations, or a party is no member or
    /// observer of the United Nations and neither an embassy, in whichever way, nor recognition with relations
    /// speaks for them. Tables of relations list unofficial ones too.
    fn unofficial(&self, sender: NodeIndex, related: Related<'n>) -> bool {
        let accepted = self.coverage.accepted(sender) && self.coverage.accepted(self.receiving);
        match related {
            Related::No(_) => true,
            _ if accepted => false,
            _ if self.embassy_either_way(sender) => false,
            Related::Yes => !self.facts(sender, TieType::Recognition).any(|fact| !fact.is_denied()),
            Related::Unknown => true,
        }
    }

    fn embassy_either_way(&self, sender: NodeIndex) -> bool {
        let back = self.coverage.view.edges_of(self.receiving, Direction::Outgoing);
        let mut back = back.filter(|(other, edge, shown)| *other == sender && edge.tie == TieType::Mission && *shown);
        self.facts(sender, TieType::Mission).any(|fact| !fact.is_denied()) || back.any(|(_, edge, _)| !edge.denied)
    }

    /// The posts that a sender has in the receiving state, for the rules of arrangements; the first mission or
    /// post of the best kind.
    pub(super) fn posts(&self, sender: NodeIndex) -> (Posts, Option<Step<'n>>) {
        let mut posts = Posts::default();
        let mut best: Option<Step<'n>> = None;
        for step in self.present(sender) {
            if !posts.note(&step) {
                continue;
            }
            if best.as_ref().is_none_or(|known| known.presence.rank < step.presence.rank) {
                best = Some(step);
            }
        }
        (posts, best)
    }

    /// Rungs of a sender that is there itself or accredited: R1 to R9.
    pub(super) fn steps(&self, sender: NodeIndex) -> Vec<Step<'n>> {
        let mut steps = self.present(sender);
        self.accreditations(sender, &mut steps);
        self.protections(sender, &mut steps);
        steps
    }

    fn step(&self, sender: NodeIndex, rung: Rung, statement: &Statement, fact: &'n Fact) -> Step<'n> {
        let view = self.coverage.view;
        let mut step = Step::new(view.slug(sender), view.slug(self.receiving), rung).resting_on(fact);
        step.held = self.coverage.held(fact);
        step.seat = view.network.seat(statement).filter(|seat| seat.city.is_some() || seat.host.is_some());
        if let Statement::Mission { kind, level, .. } = statement {
            (step.kind, step.level) = (Some(*kind), *level);
        }
        step
    }

    /// Missions and posts.
    fn present(&self, sender: NodeIndex) -> Vec<Step<'n>> {
        let related = self.relations(sender);
        let unofficial = self.unofficial(sender, related);
        let accepted = self.coverage.accepted(sender) && self.coverage.accepted(self.receiving);
        let receiving = self.coverage.view.slug(self.receiving);
        // The European Union is an entity and an organisation.
        let to_organisation = self.coverage.view.network.gazetteer.organisation(receiving).is_some();
        let mut steps = Vec::new();
        let facts = self.facts(sender, TieType::Mission).chain(self.facts(sender, TieType::Post));
        for fact in facts.filter(|fact| !fact.is_denied()) {
            let diplomatic = TieType::of(fact.key.kind()) == Some(TieType::Mission);
            if diplomatic && self.outlived(fact, related) {
                continue;
            }
            let mut place = None;
            for reading in fact.tie.readings() {
                let Statement::Mission { kind, level, host, .. } = &reading.value else { continue };
                let rung = match (kind.class(), kind) {
                    _ if host.as_deref().is_some_and(|host| host != receiving) => Rung::Relocated,
                    (_, MissionKind::InterestsSection) => Rung::InterestsSection,
                    (MissionClass::Resident, _) | (_, MissionKind::Delegation) => Rung::Resident,
                    (MissionClass::Permanent, _) if to_organisation => Rung::Resident,
                    // Among members of the United Nations consular posts stay where relations break.
                    (MissionClass::Consular, _) if unofficial && !accepted => Rung::Unofficial,
                    (MissionClass::Consular, _) => Rung::Consular,
                    (MissionClass::Honorary, _) => Rung::Honorary,
                    _ if unofficial => Rung::Unofficial,
                    _ => Rung::Office,
                };
                let mut step = self.step(sender, rung, &reading.value, fact);
                // A state has one resident mission in another: what the preferred reading says fires, and the
                // others stand beside it.
                step = step.beside(*place.get_or_insert(rung));
                step.presence = match rung {
                    Rung::Relocated => presence("relocated"),
                    Rung::Unofficial => presence("unofficial_office"),
                    _ => presence_of(*kind, *level, unofficial),
                };
                if self.coverage.closes(&step) {
                    continue;
                }
                let outside = step.seat.as_ref().and_then(|seat| seat.host.clone());
                if rung == Rung::Resident
                    && let Some(host) = outside.filter(|host| host != receiving)
                {
                    step = step.remarked(format!("stands in {}", self.coverage.name(&host)));
                }
                if kind.class() == MissionClass::Resident && matches!(related, Related::No(_)) {
                    step.standing = Some(Standing::Disputed);
                    step = step.remarked("a source says that there are no relations");
                }
                // "An embassy in Sana'a", of a mission to Botswana: the source or its reader errs.
                if rung != Rung::Relocated && step.seat.as_ref().is_some_and(|seat| seat.host.is_none()) {
                    step = step.remarked("the city that the source names lies elsewhere");
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
    fn accreditations(&self, sender: NodeIndex, steps: &mut Vec<Step<'n>>) {
        let (sending, receiving) = (self.coverage.view.slug(sender), self.coverage.view.slug(self.receiving));
        let resident = steps.iter().position(|step| step.rung == Rung::Resident);
        for fact in self.facts(sender, TieType::Accreditation).filter(|fact| !fact.is_denied()) {
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
                let mut step = self.step(sender, rung, &reading.value, fact);
                step = step.beside(*place.get_or_insert(rung));
                step.presence = presence(if home { "nonresident_home" } else { "nonresident" });
                if self.coverage.closes(&step) {
                    continue;
                }
                // A mission that was moved abroad, and an accreditation from there, are one thing.
                let moved = steps.iter_mut().find(|known| known.rung == Rung::Relocated && known.seat == step.seat);
                if let Some(moved) = moved.filter(|_| step.seat.is_some()) {
                    moved.facts.push(fact);
                    continue;
                }
                if let Some(seat) = self.city_of_host(sender, &step) {
                    step.seat = Some(seat);
                    step = step.remarked("the city is that of the sender's mission there");
                }
                if headless {
                    step.form = HEAD_ELSEWHERE;
                } else if resident.is_some() {
                    step = step.remarked("another source has a resident mission; this may be how it was before");
                }
                if host.as_deref() == Some(receiving) {
                    step = step.remarked("a source seats it in the receiving state itself");
                }
                if matches!(self.relations(sender), Related::No(_)) {
                    step = step.remarked("a source says that there are no relations");
                }
                if self.coverage.seated_at_the_un(&step) {
                    step.kind = Some(MissionKind::PermanentMission);
                    step = step.remarked("from the permanent mission to the United Nations, by its city");
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

    /// The seat of an accreditation of which only the state is told: where the sender's mission to it stands.
    fn city_of_host(&self, sender: NodeIndex, step: &Step<'n>) -> Option<Seat> {
        let view = self.coverage.view;
        let Some(Seat { city: None, host: Some(host) }) = &step.seat else { return None };
        let node = view.network.node(host).filter(|node| *node != sender && *node != self.receiving)?;
        let missions = view.between(sender, node, TieType::Mission);
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
            let sources = fact.origins().into_iter().filter_map(|origin| self.coverage.source(&origin.document));
            sources.filter(|source| source.authority == Authority::Official).map(|source| source.work()).collect()
        };
        let works = official(accreditation);
        mission.facts.iter().any(|fact| official(fact).iter().any(|work| works.contains(work)))
    }

    /// Interests sections, protecting powers, and embassies that act on request: the last where relations stand and
    /// no mission was recalled or denied.
    fn protections(&self, sender: NodeIndex, steps: &mut Vec<Step<'n>>) {
        let view = self.coverage.view;
        let section = steps.iter().any(|step| step.rung == Rung::InterestsSection);
        let recalled = self.entries_of(sender).iter().any(|entry| {
            let past = entry.opened.is_none() && view.network.facts.span(entry.at).ended.is_some();
            entry.tie == TieType::Mission && entry.inward && (past || entry.denied)
        });
        let request = matches!(self.relations(sender), Related::Yes) && !recalled && !section;
        let rung = if request { Rung::OnRequest } else { Rung::ProtectingPower };
        for fact in self.facts(sender, TieType::Protection).filter(|fact| !fact.is_denied()) {
            for reading in fact.tie.readings() {
                let Statement::Protection { power, .. } = &reading.value else { continue };
                let mut step = self.step(sender, rung, &reading.value, fact);
                step.presence = presence("protecting_power");
                step.by = Some(power.clone());
                // The power's mission stands in the receiving state.
                let host = Some(view.slug(self.receiving).to_owned());
                let city = step.seat.take().and_then(|seat| seat.city);
                step.seat = Some(Seat { city, host });
                // The staff of an interests section works under the flag of the power, and goes with it.
                if self.coverage.closes(&step) {
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

    /// Denials of an accreditation and of a resident mission.
    pub(super) fn denials(&self, sender: NodeIndex) -> (Option<&'n Fact>, Option<&'n Fact>) {
        let denied = |tie| self.facts(sender, tie).find(|fact| fact.is_denied());
        (denied(TieType::Accreditation), denied(TieType::Mission))
    }
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
            step.remark = Some("a source calls the office a consular post".to_owned());
        }
    }
}
