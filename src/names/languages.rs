//! Names of states and words of pictures in other languages than English.

use std::collections::HashMap;

/// A language and what is carried of it.
#[derive(Clone, Debug)]
pub struct Language {
    code: &'static str,
    names: HashMap<String, String>,
    words: HashMap<String, String>,
}

/// No such language is carried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no names are carried in \"{0}\": say en or one of {list}", list = Language::CODES.join(", "))]
pub struct LanguageError(pub String);

macro_rules! tables {
    ($($code:literal),*) => {
        /// Names by language.
        const TABLES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../../data/names/languages/", $code, ".csv")))),*];

        impl Language {
            /// Languages that are carried beside English.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }
    };
}

tables!("ar", "az", "de", "el", "es", "fr", "hy", "it", "ka", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk");

const WORDS: &str = include_str!("../../data/names/languages/words.csv");

impl Default for Language {
    fn default() -> Language {
        Language { code: "en", names: HashMap::new(), words: HashMap::new() }
    }
}

/// The rows of a table, without its header.
fn rows(table: &str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes()).into_records().flatten()
}

impl Language {
    /// The language of a code.
    ///
    /// # Errors
    /// [`LanguageError`] if its names are not carried.
    pub fn parse(code: &str) -> Result<Language, LanguageError> {
        let code = code.trim().to_lowercase();
        if code == "en" {
            return Ok(Language::default());
        }
        let Some((code, table)) = TABLES.iter().find(|(known, _)| *known == code) else {
            return Err(LanguageError(code));
        };
        let pair = |row: &csv::StringRecord, from: usize, to: usize| {
            let (key, value) = (row.get(from)?, row.get(to)?);
            (!value.is_empty()).then(|| (key.to_owned(), value.to_owned()))
        };
        let mut words = csv::Reader::from_reader(WORDS.as_bytes());
        let column = words.headers().ok().and_then(|header| header.iter().position(|name| name == *code)).unwrap_or(1);
        Ok(Language {
            code,
            names: rows(table).filter_map(|row| pair(&row, 0, 1)).collect(),
            words: words.records().flatten().filter_map(|row| pair(&row, 1, column)).collect(),
        })
    }

    /// Its code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.code == "ar"
    }

    /// The name of a state or territory, if one is carried.
    pub fn name(&self, slug: &str) -> Option<&str> {
        self.names.get(slug).map(String::as_str)
    }

    /// A word of pictures, in English where it is not carried.
    pub fn word<'a>(&'a self, english: &'a str) -> &'a str {
        self.words.get(english).map_or(english, String::as_str)
    }
}
