//! The page that a row of a table cites: its source, with what is needed to find it.

use crate::model::{Authority, Bound, Source};
use crate::names::{Gazetteer, slug_of};

/// A page as a row names it.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    title: String,
    publisher: String,
    published: String,
    address: String,
}

/// Longest name of a page in origins, in words.
const WORDS: usize = 9;

impl Page {
    /// The field that a column fills.
    pub(super) fn field(&mut self, column: &str) -> Option<&mut String> {
        match column {
            "title" => Some(&mut self.title),
            "publisher" => Some(&mut self.publisher),
            "published" => Some(&mut self.published),
            "address" => Some(&mut self.address),
            _ => None,
        }
    }

    /// The page as a source of what happened on a day; `None` where the row cites none. A page that is older than the day only
    /// announced it: that it happened is the word of the table, which is then the source itself.
    pub(super) fn source(&self, on: &str, gazetteer: &Gazetteer) -> Option<Source> {
        let day = |text: &str| Bound::parse(text).ok().and_then(|bound| bound.latest);
        let on = Bound::parse(on).ok().and_then(|on| on.earliest);
        let announced = day(&self.published).zip(on).is_some_and(|(published, on)| published < on);
        if self.title.is_empty() || announced {
            return None;
        }
        let title = slug_of(&self.title);
        let title: Vec<&str> = title.split('-').take(WORDS).collect();
        let name = [slug_of(&self.publisher), self.published.clone(), title.join("-")];
        let name: Vec<String> = name.into_iter().filter(|part| !part.is_empty()).collect();
        let encyclopaedia = self.address.contains("wikipedia.org/wiki/");
        let about = self.title.strip_prefix("Foreign relations of ").filter(|_| encyclopaedia);
        let about = about.and_then(|state| Some(gazetteer.resolve(state, None).ok()?.slug().to_owned()));
        // An article on a state is one work, whoever read it.
        let work = about.map(|about| format!("encyclopaedia on {about}")).unwrap_or_default();
        let told = [&self.title, &self.publisher, &self.published].map(String::as_str);
        let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
        Some(Source {
            document: name.join("-").into(),
            format: "page".to_owned(),
            title: told.join(", "),
            address: self.address.clone(),
            edition: self.published.clone(),
            licence: "facts only".to_owned(),
            authority: if encyclopaedia { Authority::Encyclopaedia } else { Authority::Press },
            work,
            ..Source::default()
        })
    }
}
