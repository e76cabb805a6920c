//! What a picture rests on, in one line.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::View;
use crate::model::{Authority, DocumentId, Fact, Source};

/// What readers call the works of a format.
fn called(source: &Source) -> &str {
    if source.authority == Authority::Editor {
        return "general knowledge";
    }
    match source.format.as_str() {
        "wikitext" | "flattened" => "Wikipedia (CC BY-SA 4.0, facts only)",
        "wikidata" => "Wikidata (CC0)",
        "factbook" => "CIA World Factbook (public domain)",
        "historian" => "US Office of the Historian (public domain)",
        "page" if source.authority == Authority::Encyclopaedia => "Wikipedia (CC BY-SA 4.0, facts only)",
        "essay" | "page" => "press and other pages",
        other => other,
    }
}

/// The sources of some facts: works with editions and numbers of documents, `Sources: Wikipedia 2025-11 (12 documents), …`.
pub fn cited<'n>(view: &View<'n>, facts: impl IntoIterator<Item = &'n Fact>) -> String {
    let documents: BTreeSet<DocumentId> =
        facts.into_iter().flat_map(|fact| fact.origins()).map(|origin| origin.document).collect();
    of_documents(view, &documents)
}

/// On a date: how many of some facts no source dates, in words; `None` without a date or if all have one.
pub(super) fn undated(view: &View<'_>, facts: &[&Fact]) -> Option<String> {
    view.lens.as_of.filter(|_| !view.lens.certain)?;
    let undated = facts.iter().filter(|fact| fact.span().began.is_unknown()).count();
    let (all, they) = (facts.len(), if undated == 1 { "it" } else { "they" });
    (undated > 0).then(|| {
        format!("No source dates {undated} of the {all} facts behind this: {they} may be of another time; --certain leaves them out.")
    })
}

/// The sources of everything that a view holds.
pub fn of_all(view: &View<'_>) -> String {
    let documents = view.network.sources().iter().map(|source| source.document.clone()).collect();
    of_documents(view, &documents)
}

fn of_documents(view: &View<'_>, documents: &BTreeSet<DocumentId>) -> String {
    let mut works: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for source in view.network.sources().iter().filter(|source| documents.contains(&source.document)) {
        let work = works.entry(called(source)).or_default();
        work.0.extend(Some(source.edition.as_str()).filter(|edition| !edition.is_empty()));
        work.1 += 1;
    }
    if works.is_empty() {
        return String::new();
    }
    let told = works.into_iter().map(|(work, (editions, count))| {
        let edition = editions.last().map_or(String::new(), |edition| format!(" {edition}"));
        format!("{work}{edition}, {count} document{}", if count == 1 { "" } else { "s" })
    });
    format!("Sources: {}.", told.collect::<Vec<_>>().join("; "))
}
