//! Where claims come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::{Bound, Day};
use super::id::{DocumentId, EntityId};

/// How near a source stands to what it reports. `data/rules/precedence.csv` ranks these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// A government or organisation on itself: a ministry's list, an official handbook.
    Official,
    /// An encyclopaedia or other reference work.
    Encyclopaedia,
    /// A collaborative or scholarly database.
    Database,
    /// Press, essays.
    Press,
    /// Who keeps the data, from general knowledge that was not looked up.
    Editor,
    /// Not stated.
    #[default]
    Unknown,
}

impl Authority {
    /// Every authority, nearest first.
    pub const ALL: [Authority; 6] = [
        Authority::Official,
        Authority::Encyclopaedia,
        Authority::Database,
        Authority::Press,
        Authority::Editor,
        Authority::Unknown,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Authority::Official => "official",
            Authority::Encyclopaedia => "encyclopaedia",
            Authority::Database => "database",
            Authority::Press => "press",
            Authority::Editor => "editor",
            Authority::Unknown => "unknown",
        }
    }

    /// Reads a name of a file.
    pub fn parse(text: &str) -> Option<Authority> {
        Authority::ALL.into_iter().find(|authority| authority.name() == text)
    }

    fn is_unknown(&self) -> bool {
        *self == Authority::Unknown
    }
}

/// One document or table, with what is needed to cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Stem of the file: the `document` of its claims.
    pub document: DocumentId,
    /// Kind of document: `wikitext`, `flattened`, `essay`, `factbook`, or a table format.
    pub format: String,
    /// Title, with its publisher where that is no state or organisation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Address that opens it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// State or organisation that the document is about, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntityId>,
    /// Edition: date (EDTF) or version, as far as known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub edition: String,
    /// Licence of the document from which the facts were taken.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// How near it stands to what it reports.
    #[serde(default, skip_serializing_if = "Authority::is_unknown")]
    pub authority: Authority,
    /// State or organisation that publishes it, where it is official.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<EntityId>,
    /// The work that it is, or is a copy or a part of: two documents of one work are one witness. Empty
    /// stands for the document itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub work: String,
}

impl Source {
    /// The last day that its edition allows: what it tells stood then. `None` where it has no date.
    pub fn edition_day(&self) -> Option<Day> {
        Bound::parse(&self.edition).ok()?.latest
    }

    /// Takes from `other` what is not said here; document, format and subject stay.
    pub fn complete(&mut self, other: &Source) {
        let fill = |own: &mut String, other: &String| {
            if own.is_empty() {
                own.clone_from(other);
            }
        };
        fill(&mut self.title, &other.title);
        fill(&mut self.address, &other.address);
        fill(&mut self.edition, &other.edition);
        fill(&mut self.licence, &other.licence);
        fill(&mut self.work, &other.work);
        if self.authority == Authority::Unknown {
            self.authority = other.authority;
        }
        if self.publisher.is_none() {
            self.publisher.clone_from(&other.publisher);
        }
    }

    /// The work, for counting independent witnesses.
    pub fn work(&self) -> &str {
        if self.work.is_empty() { &self.document } else { &self.work }
    }
}
