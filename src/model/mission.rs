//! Kinds of presence, as the Vienna Conventions and practice tell them apart.

use std::fmt;
use std::str::FromStr;

/// What an establishment is called. The order is from the closest form of representation downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissionKind {
    /// Embassy (VCDR 1961, art. 3).
    Embassy,
    /// The embassy of one Commonwealth member to another.
    HighCommission,
    /// Embassy of the Holy See.
    Nunciature,
    /// Diplomatic mission under a minister (art. 14(1)(b)); historical.
    Legation,
    /// Office under a parent embassy, without an ambassador.
    EmbassyOffice,
    /// Post of first rank (VCCR 1963, art. 9).
    ConsulateGeneral,
    /// Consulate.
    Consulate,
    /// Vice-consulate.
    ViceConsulate,
    /// Consular agency or section in another city.
    ConsularAgency,
    /// Liaison office.
    LiaisonOffice,
    /// Representative office, often without recognition.
    RepresentativeOffice,
    /// Trade or economic office.
    TradeOffice,
    /// Cultural office or centre with representative functions.
    CulturalOffice,
    /// Staff under another state's flag (VCDR art. 45(c)).
    InterestsSection,
    /// Post under an honorary consul (VCCR art. 58).
    HonoraryConsulate,
    /// Mission to an organisation.
    PermanentMission,
    /// Mission of an organisation, chiefly the EU.
    Delegation,
}

/// The class of the head of a mission (VCDR 1961, art. 14), and who acts where he is away (art. 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Ambassador, high commissioner or nuncio (art. 14(1)(a)).
    Ambassador,
    /// Minister, envoy or internuncio (art. 14(1)(b)).
    Minister,
    /// Chargé d'affaires en titre, or one of whom the source says no more (art. 14(1)(c)).
    Charge,
    /// Chargé d'affaires ad interim: the post of the head is vacant, or he is away (art. 19).
    ChargeAdInterim,
}

impl Level {
    /// Every level, highest first.
    pub const ALL: [Level; 4] = [Level::Ambassador, Level::Minister, Level::Charge, Level::ChargeAdInterim];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Level::Ambassador => "ambassador",
            Level::Minister => "minister",
            Level::Charge => "charge_d_affaires",
            Level::ChargeAdInterim => "charge_ad_interim",
        }
    }

    /// The name in prose.
    pub fn prose(self) -> &'static str {
        match self {
            Level::Ambassador => "ambassador",
            Level::Minister => "minister",
            Level::Charge => "chargé d'affaires",
            Level::ChargeAdInterim => "chargé d'affaires ad interim",
        }
    }

    /// Reads a name of a file.
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == text)
    }
}

/// Kinds that compete for the same place: a state has one resident mission in another, whatever its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissionClass {
    /// Embassy, high commission, nunciature, legation.
    Resident,
    /// Career consular posts.
    Consular,
    /// Honorary posts.
    Honorary,
    /// Offices below an embassy.
    Office,
    /// Missions to and of organisations.
    Permanent,
}

impl MissionClass {
    /// Every class, in order.
    pub const ALL: [MissionClass; 5] = [
        MissionClass::Resident,
        MissionClass::Consular,
        MissionClass::Honorary,
        MissionClass::Office,
        MissionClass::Permanent,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            MissionClass::Resident => "resident",
            MissionClass::Consular => "consular",
            MissionClass::Honorary => "honorary",
            MissionClass::Office => "office",
            MissionClass::Permanent => "permanent",
        }
    }
}

const NAMES: [(MissionKind, &str); 17] = [
    (MissionKind::Embassy, "embassy"),
    (MissionKind::HighCommission, "high_commission"),
    (MissionKind::Nunciature, "nunciature"),
    (MissionKind::Legation, "legation"),
    (MissionKind::EmbassyOffice, "embassy_office"),
    (MissionKind::ConsulateGeneral, "consulate_general"),
    (MissionKind::Consulate, "consulate"),
    (MissionKind::ViceConsulate, "vice_consulate"),
    (MissionKind::ConsularAgency, "consular_agency"),
    (MissionKind::LiaisonOffice, "liaison_office"),
    (MissionKind::RepresentativeOffice, "representative_office"),
    (MissionKind::TradeOffice, "trade_office"),
    (MissionKind::CulturalOffice, "cultural_office"),
    (MissionKind::InterestsSection, "interests_section"),
    (MissionKind::HonoraryConsulate, "honorary_consulate"),
    (MissionKind::PermanentMission, "permanent_mission"),
    (MissionKind::Delegation, "delegation"),
];

impl MissionKind {
    /// Every kind, closest form first.
    pub fn all() -> impl Iterator<Item = MissionKind> {
        NAMES.into_iter().map(|(kind, _)| kind)
    }

    /// The name in files: `consulate_general`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// The name in prose: `consulate general`.
    pub fn prose(self) -> String {
        self.name().replace('_', " ")
    }

    /// The plural in prose: `consulates general`, `embassies`.
    pub fn plural(self) -> String {
        match self {
            MissionKind::Embassy => "embassies".to_owned(),
            MissionKind::ConsularAgency => "consular agencies".to_owned(),
            MissionKind::ConsulateGeneral => "consulates general".to_owned(),
            kind => format!("{}s", kind.prose()),
        }
    }

    /// Its class.
    pub fn class(self) -> MissionClass {
        use MissionKind as K;
        match self {
            K::Embassy | K::HighCommission | K::Nunciature | K::Legation => MissionClass::Resident,
            K::ConsulateGeneral | K::Consulate | K::ViceConsulate | K::ConsularAgency => MissionClass::Consular,
            K::HonoraryConsulate => MissionClass::Honorary,
            K::PermanentMission => MissionClass::Permanent,
            _ => MissionClass::Office,
        }
    }
}

impl fmt::Display for MissionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for MissionKind {
    type Err = ();
    fn from_str(text: &str) -> Result<MissionKind, ()> {
        NAMES.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_the_kinds() {
        for kind in MissionKind::all() {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }
}
