//! Names of states and words of pictures in other languages than English.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::model::DataTable;

/// A row of names in a language.
#[derive(Deserialize)]
pub(crate) struct NameRow {
    slug: String,
    name: String,
}

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
        pub(crate) static TABLES: [(&str, DataTable<NameRow>); Language::CODES.len()] = [$((
            $code,
            DataTable::new(
                concat!("data/names/languages/", $code, ".csv"),
                include_str!(concat!("../../data/names/languages/", $code, ".csv")),
            ),
        )),*];

        impl Language {
            /// Languages that are carried beside English.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }
    };
}

tables!("ar", "az", "de", "el", "es", "fr", "hy", "it", "ka", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk");

/// Every word of pictures in every language, by the head of its column.
pub(crate) static WORDS: DataTable<BTreeMap<String, String>> =
    DataTable::new("data/names/languages/words.csv", include_str!("../../data/names/languages/words.csv"));

impl Default for Language {
    fn default() -> Language {
        Language { code: "en", names: HashMap::new(), words: HashMap::new() }
    }
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
        let names = table.rows().iter().filter(|row| !row.name.is_empty());
        let words = WORDS.rows().iter().filter_map(|row| {
            let (english, word) = (row.get("en")?, row.get(*code)?);
            (!word.is_empty()).then(|| (english.clone(), word.clone()))
        });
        Ok(Language {
            code,
            names: names.map(|row| (row.slug.clone(), row.name.clone())).collect(),
            words: words.collect(),
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
