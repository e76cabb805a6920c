//! What the reader of a picture chooses: paper, title, language.

use crate::coverage::Mutual;
use crate::graph::View;
use crate::names::Language;

use super::theme::{LIGHT, Theme};

/// How a picture is to look.
#[derive(Clone, Debug)]
pub struct Style {
    /// Its colours.
    pub theme: &'static Theme,
    /// Title in the place of the usual one.
    pub title: Option<String>,
    /// Language of names and legends.
    pub language: Language,
}

impl Default for Style {
    fn default() -> Style {
        Style { theme: &LIGHT, title: None, language: Language::default() }
    }
}

impl Style {
    /// A word of legends and titles in the language of the picture.
    pub fn word<'a>(&'a self, english: &'a str) -> &'a str {
        self.language.word(english)
    }

    /// A form of representation beside the name of the state in the middle: whose embassy it is.
    pub fn form(&self, form: Mutual, name: &str) -> String {
        match form {
            Mutual::Sends if self.language.code() == "en" => format!("embassy of {name} only"),
            Mutual::Hosts if self.language.code() == "en" => format!("embassy in {name} only"),
            form => self.word(form.name()).to_owned(),
        }
    }

    /// The name of a state or organisation in the language of the picture.
    pub fn name<'a>(&'a self, view: &View<'a>, slug: &'a str) -> &'a str {
        self.language.name(slug).unwrap_or_else(|| view.network.gazetteer.display(slug))
    }
}
