//! Where claims come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One document or table, with what is needed to cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Stem of the file: the `document` of its claims.
    pub document: String,
    /// Kind of document: `wikitext`, `flattened`, `essay`, or a table format.
    pub format: String,
    /// State or organisation that the document is about, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Edition: date or version, as far as known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub edition: String,
    /// Licence of the document from which the facts were taken.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
}
