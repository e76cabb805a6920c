//! Names of states and words of pictures in other languages than English.

use std::collections::HashMap;

/// A language and what is carried of it.
#[derive(Clone, Debug)]
pub struct Language {
    code: &'static str,
    names: HashMap<&'static str, &'static str>,
    words: HashMap<&'static str, &'static str>,
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

/// The cells of a line without quotes or with them around a whole cell.
fn cells(line: &'static str) -> Vec<&'static str> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let quoted = rest.strip_prefix('"').and_then(|inner| inner.split_once('"'));
        let (cell, after) = match quoted {
            Some((cell, after)) => (cell, after.strip_prefix(',')),
            None => match rest.split_once(',') {
                Some((cell, after)) => (cell, Some(after)),
                None => (rest, None),
            },
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
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
        let names = table.lines().skip(1).map(cells).filter(|cells| cells.len() == 2).map(|cells| (cells[0], cells[1]));
        let mut lines = WORDS.lines().map(cells);
        let column = lines.next().and_then(|header| header.iter().position(|name| name == code)).unwrap_or(1);
        let words = lines.filter_map(|cells| Some((*cells.get(1)?, *cells.get(column)?)));
        Ok(Language { code, names: names.collect(), words: words.filter(|(_, word)| !word.is_empty()).collect() })
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
    pub fn name(&self, slug: &str) -> Option<&'static str> {
        self.names.get(slug).copied()
    }

    /// A word of pictures, in English where it is not carried.
    pub fn word<'a>(&self, english: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.words.get(english).copied().unwrap_or(english)
    }
}
