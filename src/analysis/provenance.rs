//! What a data set rests on.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Network;
use crate::model::Source;

/// A source, or all of one format, with what it contributes.
#[derive(Clone, Debug)]
pub struct Contribution<'n> {
    /// The documents, by name.
    pub documents: Vec<&'n Source>,
    /// Facts of which they speak.
    pub facts: usize,
    /// Facts of which nobody else speaks.
    pub alone: usize,
}

/// Lists what each document contributes, or each format where `by_document` is false. By format, then by
/// document. O(facts · places).
pub fn provenance<'n>(network: &'n Network<'_>, by_document: bool) -> Vec<Contribution<'n>> {
    let group = |source: &'n Source| -> (&'n str, &'n str) {
        (&source.format, if by_document { &source.document } else { "" })
    };
    let mut rows: BTreeMap<(&str, &str), Contribution<'n>> = BTreeMap::new();
    let mut groups: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for source in network.sources() {
        let row =
            rows.entry(group(source)).or_insert_with(|| Contribution { documents: Vec::new(), facts: 0, alone: 0 });
        row.documents.push(source);
        groups.insert(&source.document, group(source));
    }
    for fact in network.facts.iter() {
        let origins = fact.origins();
        let telling: BTreeSet<(&str, &str)> =
            origins.iter().filter_map(|origin| groups.get(origin.document.as_str()).copied()).collect();
        for group in &telling {
            if let Some(row) = rows.get_mut(group) {
                row.facts += 1;
                row.alone += usize::from(telling.len() == 1);
            }
        }
    }
    rows.into_values().collect()
}
