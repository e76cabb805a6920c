//! One rung that fires for a pair of states, with what it rests on.

use super::remarks::{Ending, Guard, Remark};
use super::rules::{Arrangement, Basis, Posts, Presence, Purpose, Rung, presence};
use crate::analysis::Standing;
use crate::graph::Seat;
use crate::model::{Bound, Day, EntityId, Fact, Held, Level, MissionKind, Origin};

/// One rung that fires.
#[derive(Clone, Debug)]
pub struct Step<'n> {
    /// Sending state (slug): of a territory, its sovereign.
    pub sending: &'n str,
    /// Receiving state (slug): of a territory, its sovereign.
    pub receiving: &'n str,
    /// The rung.
    pub rung: Rung,
    /// What it is, in words: the form of its rung, the guard, or the ending.
    pub form: &'static str,
    /// How the ladder ends, for [`Rung::Nothing`].
    pub ending: Option<Ending>,
    /// Which guard it is, for [`Rung::Guard`].
    pub guard: Option<Guard>,
    /// Kind of presence: rank for political relations and place in the scales.
    pub presence: &'static Presence,
    /// Kind of mission or post.
    pub kind: Option<MissionKind>,
    /// Class of the head of the mission.
    pub level: Option<Level>,
    /// Who acts, where that is not the sender (slug): protecting power, helper, sovereign, successor.
    pub by: Option<EntityId>,
    /// Where; `None` where no source says.
    pub seat: Option<Seat>,
    /// Since when, by the preferred reading.
    pub since: Bound,
    /// Until when, where it is over.
    pub until: Option<Bound>,
    /// The last day, up to the date of the view, of which a source has it; `None` where none says.
    pub last_confirmed: Option<Day>,
    /// Whether it held on the date of the view: `Perhaps` where the sources do not date it.
    pub held: Held,
    /// How well attested; `None` where no fact stands behind it.
    pub standing: Option<Standing>,
    /// The facts, for evidence.
    pub facts: Vec<&'n Fact>,
    /// The arrangement, for R12 to R14.
    pub arrangement: Option<&'static Arrangement>,
    /// What a reader must know beside it.
    pub remarks: Vec<Remark>,
    /// Great-circle distance in kilometres from the place asked for.
    pub distance: Option<f64>,
}

impl<'n> Step<'n> {
    /// A step of which only parties and rung are known.
    pub(super) fn new(sending: &'n str, receiving: &'n str, rung: Rung) -> Step<'n> {
        Step {
            sending,
            receiving,
            rung,
            form: rung.rule().form.as_str(),
            ending: None,
            guard: None,
            presence: presence("none"),
            kind: None,
            level: None,
            by: None,
            seat: None,
            since: Bound::UNKNOWN,
            until: None,
            last_confirmed: None,
            held: Held::Yes,
            standing: None,
            facts: Vec::new(),
            arrangement: None,
            remarks: Vec::new(),
            distance: None,
        }
    }

    /// Rests the step on a fact, which gives its standing on a day and its beginning if it is the first.
    pub(super) fn resting_on(mut self, fact: &'n Fact, day: Option<Day>) -> Step<'n> {
        let standing = Standing::on(fact, day);
        if self.facts.is_empty() {
            (self.since, self.until) = (fact.span().began, fact.span().ended);
        }
        self.last_confirmed = self.last_confirmed.max(fact.last_confirmed(day));
        let disputed = self.standing == Some(Standing::Disputed) || standing == Standing::Disputed;
        self.standing =
            Some(if disputed { Standing::Disputed } else { self.standing.map_or(standing, |had| had.min(standing)) });
        self.facts.push(fact);
        if fact.contested { self.remarked(Remark::Contested) } else { self }
    }

    /// Puts it beside the preferred reading of its fact, if that one fires another rung.
    pub(super) fn beside(mut self, preferred: Rung) -> Step<'n> {
        if self.rung == preferred {
            return self;
        }
        self.rung = preferred;
        self.remarked(Remark::AnotherReading)
    }

    pub(super) fn remarked(mut self, remark: Remark) -> Step<'n> {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
        self
    }

    /// The legal basis: of the arrangement, else of the rung and of its kind of presence.
    pub fn basis(&self) -> Basis {
        match self.arrangement {
            Some(arrangement) => arrangement.basis.clone(),
            None => self.rung.rule().basis.and(&self.presence.basis),
        }
    }

    /// What the rung or the arrangement does not do.
    pub fn limits(&self) -> &'static str {
        self.arrangement.map_or(self.rung.rule().limits.as_str(), |arrangement| arrangement.limits.as_str())
    }

    /// Whether it serves a purpose.
    pub fn serves(&self, purpose: Purpose) -> bool {
        self.rung.rule().serves[purpose as usize]
    }

    /// Document and line of every statement behind it, in order, each once.
    pub fn origins(&self) -> Vec<Origin> {
        crate::analysis::evidence(&self.facts)
    }
}

impl Posts {
    /// Counts a step; whether it is a post of any of these kinds. A trade office is no mission.
    pub(super) fn note(&mut self, step: &Step<'_>) -> bool {
        match step.rung {
            Rung::Resident | Rung::UnderCharge => self.mission = true,
            Rung::Office if step.kind == Some(MissionKind::EmbassyOffice) => self.mission = true,
            Rung::Consular => self.career = true,
            Rung::Honorary => self.honorary = true,
            _ => return false,
        }
        true
    }
}
