//! Guards, endings and remarks of the ladder: what there is to say beside a rung. Their words stand here and nowhere
//! else.

use super::tables::MINISTRIES;
use super::{Coverage, Ladder};
use crate::dataset::rule_says;
use crate::model::{Bound, Day, EntityId, ImpliedEnd, Manner};

/// Why a pair is no question for the ladder, or one of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// The sender is the receiving state.
    OwnTerritory,
    /// A party did not exist on the date, and nobody stood in its place.
    NotThen,
    /// Another state stood in the place of a party.
    InItsPlace,
    /// The receiving party is a territory of a sovereign.
    Territory,
    /// The sending party is a territory, for which its sovereign sends.
    SentBySovereign,
    /// Both parties belong to one sovereign.
    OneSovereign,
}

impl Guard {
    /// The guard in words: the form of its step.
    pub fn words(self) -> &'static str {
        match self {
            Guard::OwnTerritory => "own territory",
            Guard::NotThen => "not on this date",
            Guard::InItsPlace => "not on this date; in its place",
            Guard::Territory => "a territory; its sovereign",
            Guard::SentBySovereign => "of a territory; its sovereign sends",
            Guard::OneSovereign => "territory of one sovereign",
        }
    }
}

/// How a ladder ends where nobody covers. Each is another answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// A source says that the sender is not represented at all.
    KnownNone,
    /// A source says that there are no diplomatic relations, or that they ended.
    NoRelations,
    /// There was a mission or an accreditation, and it is over.
    Ended,
    /// A source denies a resident mission and nobody tells of other cover.
    NoEmbassy,
    /// Sources tell of other days than the one asked for, and nothing excludes that day.
    UnknownThen,
    /// The sources do not tell.
    Unknown,
}

impl Ending {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Ending::KnownNone => "known none",
            Ending::NoRelations => "no relations",
            Ending::Ended => "ended",
            Ending::NoEmbassy => "no embassy, else unknown",
            Ending::UnknownThen => "unknown on that day",
            Ending::Unknown => "unknown to these sources",
        }
    }
}

/// What a reader must know beside a rung.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Another reading of a tie, beside the preferred one.
    AnotherReading,
    /// The mission to the receiving state stands in another (slug).
    StandsIn(EntityId),
    /// A source says that there are no relations.
    NoRelations,
    /// The city that the source names lies in no state that fits.
    CityElsewhere,
    /// The source names the state alone; the city is that of the sender's mission there.
    CityOfMission,
    /// Beside an accreditation another source has a resident mission.
    BesideResident,
    /// The accreditation is seated in the receiving state.
    SeatedInReceiving,
    /// No source has a mission of the sender in the state (slug) in which the accreditation is seated.
    NoMissionAtSeat(EntityId),
    /// The seat is the city of the United Nations.
    AtTheUn,
    /// A source calls an office a consular post.
    CalledConsular,
    /// Both are members of the United Nations.
    UnMembers,
    /// The sender has an honorary consul, so that help depends on what he can do.
    HonoraryHere,
    /// Sources differ on whether it stands: one has it after another told its end.
    Contested,
    /// Nobody has confirmed it for years: the day of which a source last has it.
    NotConfirmedSince(Day),
    /// It is over: how and when, where known.
    Over(Option<Manner>, Bound),
    /// The end follows from another fact, by a rule.
    Implied(ImpliedEnd),
    /// The nearest days, before and after the one asked for, of which a source has it.
    Nearest(Option<Day>, Option<Day>),
}

impl Coverage<'_, '_> {
    /// A remark in words.
    pub fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::AnotherReading => "another reading of the same tie".to_owned(),
            Remark::StandsIn(host) => format!("stands in {}", self.name(host)),
            Remark::NoRelations => "a source says that there are no relations".to_owned(),
            Remark::CityElsewhere => "the city that the source names lies elsewhere".to_owned(),
            Remark::CityOfMission => "the city is that of the sender's mission there".to_owned(),
            Remark::BesideResident => "another source has a resident mission; this may be how it was before".to_owned(),
            Remark::SeatedInReceiving => "a source seats it in the receiving state itself".to_owned(),
            Remark::NoMissionAtSeat(host) => {
                format!("no source has a mission of the sender in {}", self.name(host))
            }
            Remark::AtTheUn => "from the permanent mission to the United Nations, by its city".to_owned(),
            Remark::CalledConsular => "a source calls the office a consular post".to_owned(),
            Remark::UnMembers => "both are members of the United Nations".to_owned(),
            Remark::HonoraryHere => {
                "the sender has an honorary consul here; help depends on whether he can act".to_owned()
            }
            Remark::Contested => "one source tells that it ended and another has it all the same".to_owned(),
            Remark::NotConfirmedSince(day) => format!("not confirmed since {day}"),
            Remark::Over(manner, when) => {
                let how = manner.map_or("ended", Manner::prose);
                match (when.earliest, when.latest) {
                    (None, None) => format!("{how}; no source says when"),
                    (None, Some(by)) => format!("{how} on {by} or before"),
                    (Some(from), None) => format!("{how} after {from}"),
                    (Some(from), Some(by)) if from == by => format!("{how} on {by}"),
                    _ if when.known_year().is_some() => format!("{how} in {when}"),
                    (Some(from), Some(by)) => format!("{how} between {from} and {by}"),
                }
            }
            Remark::Implied(implied) => {
                let says = rule_says(&implied.rule).unwrap_or_default();
                format!("this follows from another fact, no source tells it: {says} (rule {})", implied.rule)
            }
            Remark::Nearest(before, after) => match (before, after) {
                (Some(before), Some(after)) => format!("sources have it on {before} and on {after}, not between"),
                (Some(before), None) => format!("sources have it until {before}"),
                (None, Some(after)) => format!("the first day on which a source has it is {after}"),
                (None, None) => "no source that has it says of which day it speaks".to_owned(),
            },
        }
    }

    /// Where to ask where the answer is unknown, over, old or contested: the page on which the sender's ministry lists its missions.
    /// `None` of a past day, and where no such page is known.
    pub fn ministry(&self, ladder: &Ladder<'_>) -> Option<String> {
        let doubtful = |remark: &Remark| matches!(remark, Remark::NotConfirmedSince(_) | Remark::Contested);
        let doubtful = ladder.steps.iter().flat_map(|step| &step.remarks).any(doubtful);
        if self.view.lens.as_of.is_some() || !doubtful && ladder.ending().is_none() {
            return None;
        }
        let row = MINISTRIES.rows().iter().find(|row| *row.state == *ladder.sending)?;
        Some(format!("to ask: {}, {}, {}", self.name(&ladder.sending), row.ministry, row.address))
    }

    /// The remarks of a step as one text; empty where there are none.
    pub fn remarks(&self, step: &super::Step<'_>) -> String {
        let remarks: Vec<String> = step.remarks.iter().map(|remark| self.remark(remark)).collect();
        remarks.join("; ")
    }
}
