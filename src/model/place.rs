//! States, territories, cities and organisations as the tables in `data/names` give them.

use super::date::Span;
use super::id::{CityId, EntityId, OrganisationId};

/// What an entity is in the tables. Contested statehood is not decided here: recognitions and rosters
/// say who counts as a state, for whom and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A state that is a member of the United Nations, or was a state of like standing.
    State,
    /// A state that some states recognise and others do not.
    PartlyRecognised,
    /// A territory with a sovereign or administering state.
    Territory,
    /// A state of the past.
    FormerState,
    /// Holy See, Sovereign Military Order of Malta, European Union.
    SuiGeneris,
    /// Part of a state that keeps offices or relations of its own.
    Region,
    /// An armed group, movement or other sender that is no territory.
    Nonstate,
    /// An international organisation.
    Organisation,
    /// A person, body or group that a document names and the tables do not.
    Actor,
}

impl EntityKind {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::State => "state",
            EntityKind::PartlyRecognised => "partly_recognised",
            EntityKind::Territory => "territory",
            EntityKind::FormerState => "former_state",
            EntityKind::SuiGeneris => "sui_generis",
            EntityKind::Region => "region",
            EntityKind::Nonstate => "nonstate",
            EntityKind::Organisation => "organisation",
            EntityKind::Actor => "actor",
        }
    }

    /// Every kind, in order.
    pub const ALL: [EntityKind; 9] = [
        EntityKind::State,
        EntityKind::PartlyRecognised,
        EntityKind::Territory,
        EntityKind::FormerState,
        EntityKind::SuiGeneris,
        EntityKind::Region,
        EntityKind::Nonstate,
        EntityKind::Organisation,
        EntityKind::Actor,
    ];

    /// Reads a name of a file.
    pub fn parse(text: &str) -> Option<EntityKind> {
        EntityKind::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// A state, territory or other actor that sends or receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Our own identity, as in `south-korea`.
    pub slug: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Short English name.
    pub name: String,
    /// When it existed.
    pub span: Span,
    /// Sovereign or administering state of a territory or region.
    pub parent: Option<EntityId>,
    /// Slug of the capital city.
    pub capital: Option<CityId>,
}

/// A city that can seat a mission.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Our own identity.
    pub slug: CityId,
    /// English name, with accents.
    pub name: String,
    /// Slug of the state or territory in which it lies.
    pub entity: EntityId,
    /// Degrees north, where known.
    pub latitude: Option<f64>,
    /// Degrees east, where known.
    pub longitude: Option<f64>,
    /// Whether it is a capital or seat of government.
    pub capital: bool,
}

impl City {
    /// Great-circle distance in kilometres on a sphere of radius 6,371 km; `None` where a place is unknown.
    pub fn kilometres_to(&self, other: &City) -> Option<f64> {
        let (lat, lon) = (self.latitude?.to_radians(), self.longitude?.to_radians());
        let (to_lat, to_lon) = (other.latitude?.to_radians(), other.longitude?.to_radians());
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let chord = half(to_lat - lat) + lat.cos() * to_lat.cos() * half(to_lon - lon);
        Some(2.0 * 6371.0 * chord.sqrt().min(1.0).asin())
    }
}

/// An international organisation, treaty listed like one, or forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Our own identity.
    pub slug: OrganisationId,
    /// Usual abbreviation, may be empty.
    pub abbreviation: String,
    /// English name.
    pub name: String,
    /// `igo`, `un_organ`, `bank`, `treaty`, `forum`, `ingo`, `parliament`, `group` or `other`.
    pub kind: String,
    /// `universal` or `regional`.
    pub scope: String,
    /// The seat, where the table has it.
    pub seat: Option<CityId>,
    /// The host state, where the table has it.
    pub host: Option<EntityId>,
    /// When it existed.
    pub span: Span,
    /// Abbreviation in the Correlates of War IGO data, may be empty.
    pub cow: String,
}
