//! The rules of cover as tables of `data/rules`: the ladder, the kinds of presence, the arrangements between
//! states. A correction is a change of a row.

use std::sync::OnceLock;

pub use super::tables::Rung;
use super::tables::{ARRANGEMENTS, ArrangementRow, GROUPS, GroupRow, LADDER, LadderRow, PRESENCE, PresenceRow};
use crate::model::{Day, Held, Level, MissionKind, Span};

impl Rung {
    /// Every rung, in order.
    pub const ALL: [Rung; 17] = [
        Rung::Guard,
        Rung::Resident,
        Rung::UnderCharge,
        Rung::Office,
        Rung::Consular,
        Rung::NonResident,
        Rung::FromHome,
        Rung::Relocated,
        Rung::Unofficial,
        Rung::Honorary,
        Rung::InterestsSection,
        Rung::ProtectingPower,
        Rung::OnRequest,
        Rung::Group,
        Rung::Visa,
        Rung::AtTheUn,
        Rung::Nothing,
    ];

    /// The name in tables and files, `R5`.
    pub fn id(self) -> &'static str {
        self.rule().id.as_str()
    }

    /// Its row of `ladder.csv`.
    pub fn rule(self) -> &'static RungRule {
        &ladder()[self as usize]
    }

    /// Whether it is a mission to the receiving state or an accreditation there, wherever the seat: R1, R2, R5 to R7.
    pub fn represents(self) -> bool {
        matches!(self, Rung::Resident | Rung::UnderCharge) || self.from_elsewhere()
    }

    /// Whether the sender is represented from a seat outside the receiving state: R5, R6, R7.
    pub fn from_elsewhere(self) -> bool {
        (Rung::NonResident..=Rung::Relocated).contains(&self)
    }

    /// Whether the sender itself or somebody for it is there: R1 to R12.
    pub fn covers(self) -> bool {
        (Rung::Resident..=Rung::OnRequest).contains(&self)
    }
}

/// What help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Help for citizens.
    Consular,
    /// Relations between the governments.
    Political,
    /// Visas for the sender.
    Visa,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 3] = [Purpose::Consular, Purpose::Political, Purpose::Visa];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Consular => "consular",
            Purpose::Political => "political",
            Purpose::Visa => "visa",
        }
    }
}

/// The legal basis of a row: what was read in its source, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Texts that were read, by `; `.
    pub read: String,
    /// Texts and practice that are cited from general knowledge, by `; `.
    pub unverified: String,
}

impl Basis {
    /// This basis and another, each text once; a text that one of them has read is read.
    pub(super) fn and(&self, other: &Basis) -> Basis {
        let texts = |one: &str, other: &str| -> Vec<String> {
            let mut texts: Vec<String> = Vec::new();
            for text in one.split("; ").chain(other.split("; ")).filter(|text| !text.is_empty()) {
                if !texts.iter().any(|known| known == text) {
                    texts.push(text.to_owned());
                }
            }
            texts
        };
        let read = texts(&self.read, &other.read);
        let mut unverified = texts(&self.unverified, &other.unverified);
        unverified.retain(|text| !read.contains(text));
        Basis { read: read.join("; "), unverified: unverified.join("; ") }
    }

    /// Both, the second marked: "VCDR art. 2; unverified basis: VCDR art. 3".
    pub fn shown(&self) -> String {
        match (self.read.as_str(), self.unverified.as_str()) {
            (read, "") => read.to_owned(),
            ("", unverified) => format!("unverified basis: {unverified}"),
            (read, unverified) => format!("{read}; unverified basis: {unverified}"),
        }
    }
}

/// A row of `ladder.csv`.
#[derive(Clone, Debug)]
pub struct RungRule {
    /// `R0` to `R16`.
    pub id: String,
    /// The form of cover, in words.
    pub form: String,
    /// Whether it serves each purpose, in the order of [`Purpose::ALL`].
    pub serves: [bool; 3],
    /// Since when its texts are in force; before that it rests on custom.
    pub span: Span,
    /// Legal basis.
    pub basis: Basis,
    /// What it does not do.
    pub limits: String,
}

impl RungRule {
    /// Names of the purposes that it serves, by spaces.
    pub fn purposes(&self) -> String {
        let served = Purpose::ALL.into_iter().zip(self.serves).filter(|(_, serves)| *serves);
        served.map(|(purpose, _)| purpose.name()).collect::<Vec<_>>().join(" ")
    }
}

/// A row of `presence.csv`: a kind of presence, its rank for political relations and its place in the field's
/// scales.
#[derive(Clone, Debug)]
pub struct Presence {
    /// Its name.
    pub name: String,
    /// 100 an ambassador in place, 0 nothing.
    pub rank: u8,
    /// Consular work by default, in words.
    pub consular: String,
    /// Legal basis of the kind.
    pub basis: Basis,
    /// Level as in Correlates of War diplomatic exchange: 1, 2, 3, 9; 0 for known none.
    pub cow: Option<u8>,
    /// Level of representation from 0 to 1, in the manner of the Diplometrics data.
    pub lor: Option<f64>,
    /// Place in Kenkel's order, 8 an embassy, 0 nothing.
    pub kenkel: Option<u8>,
    /// Whether its levels are as the data sets' own codebooks have them.
    pub verified: bool,
}

/// A row of `arrangements.csv`: who helps whom, and when.
#[derive(Clone, Debug)]
pub struct Arrangement {
    /// Its name in files.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The rung on which it stands.
    pub rung: Rung,
    /// The group of `groups.csv` whose members it binds; empty where helpers and beneficiaries are named.
    group: String,
    helpers: Vec<String>,
    beneficiaries: Vec<String>,
    /// The group to whose members it does not extend as receiving states, empty for none.
    outside: String,
    /// Presence of the beneficiary that makes help unnecessary.
    pub unless: Posts,
    /// Presence with which a helper helps.
    pub with: Posts,
    /// What help.
    pub services: String,
    /// `duty`, `best_effort`, `discretion` or `agreement`.
    pub obligation: String,
    /// When it is in force.
    pub span: Span,
    /// Legal basis.
    pub basis: Basis,
    /// What it does not do.
    pub limits: String,
}

/// Kinds of post that a rule speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// Missions.
    pub mission: bool,
    /// Career consular posts.
    pub career: bool,
    /// Honorary posts.
    pub honorary: bool,
}

impl Posts {
    fn parse(text: &str) -> Posts {
        let has = |name: &str| text.split_whitespace().any(|word| word == name);
        Posts { mission: has("mission"), career: has("career"), honorary: has("honorary") }
    }

    /// Whether the two have a kind in common.
    pub fn meet(self, other: Posts) -> bool {
        self.mission && other.mission || self.career && other.career || self.honorary && other.honorary
    }
}

impl Arrangement {
    /// Whether it is in force on a day; today's where there is none.
    pub fn in_force(&self, day: Option<Day>) -> bool {
        holds(self.span, day)
    }

    /// States (slugs) that help under it on a day.
    pub fn helpers(&self, day: Option<Day>) -> Vec<&str> {
        self.parties(&self.helpers, day)
    }

    /// States (slugs) whose citizens are helped on a day.
    pub fn beneficiaries(&self, day: Option<Day>) -> Vec<&str> {
        self.parties(&self.beneficiaries, day)
    }

    /// States (slugs) to which it does not extend as receiving ones on a day.
    pub fn outside(&self, day: Option<Day>) -> Vec<&str> {
        members(&self.outside, day).collect()
    }

    fn parties<'r>(&'r self, named: &'r [String], day: Option<Day>) -> Vec<&'r str> {
        if self.group.is_empty() {
            return named.iter().map(String::as_str).collect();
        }
        let all = named.iter().any(|name| name == "all");
        members(&self.group, day).filter(|member| all || named.iter().any(|name| name == member)).collect()
    }
}

fn holds(span: Span, day: Option<Day>) -> bool {
    day.map_or(span.is_open(), |day| span.held_on(day) != Held::No)
}

/// Members of a group on a day.
fn members(group: &str, day: Option<Day>) -> impl Iterator<Item = &'static str> {
    let span = |row: &GroupRow| Span { began: row.from, ended: row.until };
    let rows = GROUPS.rows().iter().filter(move |row| row.group == group && holds(span(row), day));
    rows.map(|row| row.state.as_str())
}

/// The rungs, in the order of [`Rung::ALL`].
fn ladder() -> &'static [RungRule] {
    static ROWS: OnceLock<Vec<RungRule>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let rule = |row: &LadderRow| RungRule {
            id: format!("R{}", row.rung as u8),
            form: row.form.clone(),
            serves: [row.consular, row.political, row.visa],
            span: Span { began: row.from, ended: row.until },
            basis: Basis { read: row.basis.clone(), unverified: row.unverified.clone() },
            limits: row.limits.clone(),
        };
        LADDER.rows().iter().map(rule).collect()
    })
}

/// The kinds of presence, as the table lists them.
pub fn presences() -> &'static [Presence] {
    static ROWS: OnceLock<Vec<Presence>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let presence = |row: &PresenceRow| Presence {
            name: row.presence.clone(),
            rank: row.rank,
            consular: row.consular.clone(),
            basis: Basis { read: row.basis.clone(), unverified: row.unverified.clone() },
            cow: row.cow,
            lor: row.lor,
            kenkel: row.kenkel,
            verified: row.levels_verified,
        };
        PRESENCE.rows().iter().map(presence).collect()
    })
}

/// The presence of a name.
pub(super) fn presence(name: &str) -> &'static Presence {
    presences().iter().find(|row| row.name == name).expect("the table has every presence that a rung speaks of")
}

/// The presence that a mission or post is.
pub(super) fn presence_of(kind: MissionKind, level: Option<Level>, unofficial: bool) -> &'static Presence {
    use MissionKind as K;
    presence(match (kind, level) {
        (K::Legation, _) => "legation",
        (K::Embassy | K::HighCommission | K::Nunciature, Some(Level::Charge)) => "charge_en_titre",
        (K::Embassy | K::HighCommission | K::Nunciature, Some(Level::ChargeAdInterim)) => "charge_ad_interim",
        (K::Embassy | K::HighCommission | K::Nunciature, Some(Level::Minister)) => "legation",
        (K::Embassy | K::HighCommission | K::Nunciature, _) => "ambassador",
        (K::LiaisonOffice, _) => "liaison_office",
        (K::RepresentativeOffice | K::TradeOffice | K::CulturalOffice, _) => "unofficial_office",
        (K::EmbassyOffice, _) if unofficial => "unofficial_office",
        (kind, _) => kind.name(),
    })
}

/// The arrangements, as the table lists them.
pub fn arrangements() -> &'static [Arrangement] {
    static ROWS: OnceLock<Vec<Arrangement>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let arrangement = |row: &ArrangementRow| Arrangement {
            id: row.arrangement.clone(),
            name: row.name.clone(),
            rung: row.rung,
            group: row.group.clone(),
            helpers: row.helpers.clone(),
            beneficiaries: row.beneficiaries.clone(),
            outside: row.receivers_outside.clone(),
            unless: Posts::parse(&row.unless),
            with: Posts::parse(&row.helper_posts),
            services: row.services.clone(),
            obligation: row.obligation.clone(),
            span: Span { began: row.from, ended: row.until },
            basis: Basis { read: row.basis.clone(), unverified: row.unverified.clone() },
            limits: row.limits.clone(),
        };
        ARRANGEMENTS.rows().iter().map(arrangement).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rung_has_its_row_and_every_row_a_rung() {
        let ids: Vec<String> = ladder().iter().map(|rule| rule.id.clone()).collect();
        assert_eq!(ids, (0..17).map(|number| format!("R{number}")).collect::<Vec<_>>());
        assert_eq!(arrangements().len(), ARRANGEMENTS.lines());
        assert_eq!(GROUPS.rows().len(), GROUPS.lines());
        assert_eq!(presences().len(), PRESENCE.lines());
    }

    #[test]
    fn every_kind_of_mission_is_a_presence() {
        for kind in MissionKind::all() {
            for level in Level::ALL.into_iter().map(Some).chain([None]) {
                assert_ne!(presence_of(kind, level, false).name, "none", "{kind} {level:?}");
            }
        }
        let rank = |level| presence_of(MissionKind::Embassy, level, false).rank;
        assert_eq!([rank(None), rank(Some(Level::Charge)), rank(Some(Level::ChargeAdInterim))], [100, 85, 80]);
    }

    #[test]
    fn groups_have_dates() {
        let day = |text: &str| Some(text.parse::<Day>().unwrap());
        let eu = arrangements().iter().find(|row| row.id == "eu-directive").unwrap();
        let has = |list: Vec<&str>, state: &str| list.contains(&state);
        assert!(has(eu.beneficiaries(day("2019-01-01")), "united-kingdom"));
        assert!(!has(eu.beneficiaries(None), "united-kingdom") && eu.beneficiaries(None).len() == 27);
        assert!(has(eu.outside(None), "france") && !has(eu.outside(None), "azerbaijan"));
        assert!(!eu.in_force(day("2015-01-01")));
        let uk = arrangements().iter().find(|row| row.id == "commonwealth").unwrap();
        assert_eq!(uk.helpers(None), ["united-kingdom"]);
        assert!(has(uk.beneficiaries(None), "canada") && uk.beneficiaries(None).len() == 56);
    }
}
