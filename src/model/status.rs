//! What a member of an organisation is there.

use serde::Deserialize;

use super::typed::{DataTable, TableRowError};

/// Classes of membership, from the closest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusClass {
    /// A member with every right.
    Full,
    /// An associate, a class of its own in most charters.
    Associate,
    /// An observer: sits without a vote.
    Observer,
    /// A partner, guest or participant: takes part without belonging.
    Partner,
    /// A candidate: on its way in.
    Candidate,
    /// A body of the country belongs and not the state.
    Affiliate,
    /// A member of the past.
    Former,
}

impl StatusClass {
    /// Every class, closest first.
    pub const ALL: [StatusClass; 7] = [
        StatusClass::Full,
        StatusClass::Associate,
        StatusClass::Observer,
        StatusClass::Partner,
        StatusClass::Candidate,
        StatusClass::Affiliate,
        StatusClass::Former,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            StatusClass::Full => "full",
            StatusClass::Associate => "associate",
            StatusClass::Observer => "observer",
            StatusClass::Partner => "partner",
            StatusClass::Candidate => "candidate",
            StatusClass::Affiliate => "affiliate",
            StatusClass::Former => "former",
        }
    }

    /// The class of a status as sources write it: the least of those whose words of `data/rules/statuses.csv` it has, else
    /// full.
    pub fn of(word: &str) -> StatusClass {
        if matches!(word, "member" | "") {
            return StatusClass::Full;
        }
        let word = word.to_lowercase();
        let words: Vec<&str> = word.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        // "Associate observer" is an observer, "former associate" is neither: the least of what is said.
        let said = WORDS.rows().iter().filter(|row| {
            let parts: Vec<&str> = row.status.split(' ').collect();
            words.windows(parts.len()).any(|window| {
                window.iter().zip(&parts).all(|(word, part)| word == part || word.strip_suffix('d') == Some(part))
            })
        });
        said.map(|row| row.class).max().unwrap_or(StatusClass::Full)
    }
}

/// A status: its class, and the word of the source beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Status {
    word: String,
    class: StatusClass,
}

impl Status {
    /// As the source says: `member`, `full member`, `observer`…
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Its class.
    pub fn class(&self) -> StatusClass {
        self.class
    }
}

impl From<String> for Status {
    fn from(word: String) -> Status {
        Status { class: StatusClass::of(&word), word }
    }
}

impl From<&str> for Status {
    fn from(word: &str) -> Status {
        Status::from(word.to_owned())
    }
}

#[derive(Deserialize)]
struct WordRow {
    status: String,
    class: StatusClass,
}

static WORDS: DataTable<WordRow> =
    DataTable::new("data/rules/statuses.csv", include_str!("../../data/rules/statuses.csv"));

/// Checks the table of the words of statuses.
///
/// # Errors
/// [`TableRowError`] with the line of the first bad row.
pub fn check_statuses() -> Result<(), TableRowError> {
    WORDS.check()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sources_write_has_a_class() {
        for (status, class) in [
            ("member", "full"),
            ("full member", "full"),
            ("nonregional member", "full"),
            ("compliant country, suspended", "full"),
            ("associate member", "associate"),
            ("associated member", "associate"),
            ("associate observer", "observer"),
            ("sectoral dialogue partner", "partner"),
            ("candidate country", "candidate"),
            ("former associate", "former"),
            ("national committees", "affiliate"),
            ("", "full"),
        ] {
            assert_eq!(StatusClass::of(status).name(), class, "{status}");
        }
    }
}
