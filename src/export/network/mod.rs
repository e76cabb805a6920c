//! The network itself for other programs: its nodes and ties, one file a format.
//!
//! An [`Exported`] is a copy of what a view shows, in plain words and in a fixed order, so that a format needs to know
//! neither facts nor lenses. Every format carries the same [columns](fields), as far as it has a place for them: what
//! [`graphml`] calls data, [`gexf`] calls attribute values and [`cypher`] properties. The same network gives the same
//! bytes; no format knows the time of day.

mod cypher;
mod fields;
mod geojson;
mod gexf;
mod graphml;
mod json;
mod kml;
mod mermaid;
mod pajek;
mod parquet;
mod picked;
mod tables;
mod xml;

#[cfg(test)]
mod hostile;

use std::borrow::Cow;

use crate::model::{Day, EntityId, EntityKind, Span, TieKind};

pub use picked::Picked;

/// Why a network cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// More ties than readers of the format draw.
    #[error("{ties} ties are more than the {most} that Mermaid draws: narrow them with --of, --among or --tie")]
    TooMany {
        /// Ties of the network.
        ties: usize,
        /// Most that are drawn.
        most: usize,
    },
    /// The writer of a format failed.
    #[error(transparent)]
    Written(#[from] std::io::Error),
}

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A state, territory, organisation or other actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedNode {
    /// Slug, as in `south-korea`; no two nodes have the same.
    pub slug: String,
    /// English name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: Option<String>,
    /// Correlates of War code.
    pub cow: Option<i64>,
    /// Gleditsch and Ward's code.
    pub gw: Option<i64>,
    /// Region after the M49 standard (slug).
    pub region: Option<String>,
    /// Subregion after the M49 standard (slug).
    pub subregion: Option<String>,
    /// Capital, or seat of an organisation.
    pub capital: Option<String>,
    /// Where that lies.
    pub place: Option<Place>,
}

/// A tie in one span of time.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedTie {
    /// Identity that stays while the sources do, as in `relations:azerbaijan:canada:0`; no two ties have the same.
    pub id: String,
    /// Place of the subject among the nodes: sender, recogniser, member, first party.
    pub from: usize,
    /// Place of the object.
    pub to: usize,
    /// Its kind.
    pub tie: TieKind,
    /// What it says: kind of mission or post, status of a membership, label of a signed tie; else its kind.
    pub says: String,
    /// Class of the head of a mission.
    pub level: Option<&'static str>,
    /// City in which a mission, or the mission that is accredited, has its seat.
    pub city: Option<String>,
    /// State in which that seat lies (slug).
    pub host: Option<EntityId>,
    /// Protecting power (slug).
    pub by: Option<EntityId>,
    /// Where the seat lies.
    pub place: Option<Place>,
    /// −1, 0 or 1 of a signed tie.
    pub sign: Option<i64>,
    /// Length of a border in metres.
    pub metres: Option<i64>,
    /// When it held, by the preferred readings.
    pub span: Span,
    /// Whether it goes both ways.
    pub mutual: bool,
    /// Whether the preferred reading denies it.
    pub denied: bool,
    /// Whether readings exclude each other.
    pub disputed: bool,
    /// Independent works that tell of it.
    pub works: usize,
    /// `document:line` of each place that tells of it, sorted.
    pub sources: Vec<String>,
}

impl ExportedTie {
    /// First and last day on which it may have held; `None` on a side that nobody dates.
    pub fn interval(&self) -> (Option<Day>, Option<Day>) {
        let start = self.span.began.earliest;
        let end = self.span.ended.and_then(|ended| ended.latest.or(ended.earliest));
        // An end before the beginning is a fault of the sources, which `audit` tells; programs refuse such a span.
        (start, end.map(|end| start.map_or(end, |start| start.max(end))))
    }
}

/// Nodes and ties for other programs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// What it is, for readers.
    pub title: String,
    /// Date and roster for which it stands.
    pub caption: String,
    /// Nodes, by slug.
    pub nodes: Vec<ExportedNode>,
    /// Ties, by kind, then parties.
    pub ties: Vec<ExportedTie>,
    /// Documents on which it rests, with their licences.
    pub sources: Vec<(String, String)>,
}

impl Exported {
    /// Whether every tie goes both ways, so that the graph has no direction.
    pub fn is_mutual(&self) -> bool {
        !self.ties.is_empty() && self.ties.iter().all(|tie| tie.mutual)
    }

    /// The kinds of tie that occur, in order.
    pub fn kinds(&self) -> Vec<TieKind> {
        let occurs = |kind: &TieKind| self.ties.iter().any(|tie| tie.tie == *kind);
        TieKind::EDGES.into_iter().filter(occurs).collect()
    }

    /// Title and caption in one line.
    fn about(&self) -> String {
        format!("{} ({})", self.title, self.caption)
    }
}

/// A format in which a network is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkForm {
    /// GraphML.
    Graphml,
    /// GEXF 1.3 with a spell an edge.
    Gexf,
    /// Pajek's .net.
    Pajek,
    /// Mermaid's flowchart.
    Mermaid,
    /// Node-link JSON.
    Json,
    /// CSV of the ties.
    Edges,
    /// CSV of the nodes.
    Nodes,
    /// An openCypher script.
    Cypher,
    /// GeoJSON of missions and posts.
    Geojson,
    /// KML of missions and posts.
    Kml,
    /// Parquet of the ties.
    Parquet,
}

impl NetworkForm {
    /// The bytes of a network in this form.
    ///
    /// # Errors
    /// [`ExportError`] where the form has no room for it.
    pub fn written(self, network: &Exported) -> Result<Vec<u8>, ExportError> {
        Ok(match self {
            NetworkForm::Graphml => graphml::written(network)?,
            NetworkForm::Gexf => gexf::written(network)?,
            NetworkForm::Pajek => pajek::written(network).into_bytes(),
            NetworkForm::Mermaid => mermaid::written(network)?.into_bytes(),
            NetworkForm::Json => json::written(network).into_bytes(),
            NetworkForm::Edges => tables::edges(network)?,
            NetworkForm::Nodes => tables::nodes(network)?,
            NetworkForm::Cypher => cypher::written(network).into_bytes(),
            NetworkForm::Geojson => geojson::written(network).into_bytes(),
            NetworkForm::Kml => kml::written(network)?,
            NetworkForm::Parquet => parquet::written(network)?,
        })
    }

    /// Whether it shows places, and so only missions and posts of which the place is known.
    pub fn is_map(self) -> bool {
        matches!(self, NetworkForm::Geojson | NetworkForm::Kml)
    }
}

/// The ties that a map shows: missions and posts whose place is known, with it.
pub fn placed(network: &Exported) -> impl Iterator<Item = (&ExportedTie, Place)> {
    let shown = |tie: &&ExportedTie| matches!(tie.tie, TieKind::Mission | TieKind::Post);
    network.ties.iter().filter(shown).filter_map(|tie| Some((tie, tie.place?)))
}

/// A text in one line, without control characters.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}
