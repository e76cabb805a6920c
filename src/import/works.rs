//! What a format says of its documents: authority, the work that they belong to, publisher, licence.
//! `data/rules/works.csv`, one row a format.

use crate::model::{Authority, Source};

const TABLE: &str = include_str!("../../data/rules/works.csv");

/// Fills what the format tells and the source does not say itself. `{about}` and `{document}` in the work
/// stand for the source's own.
pub(super) fn complete(source: &mut Source) {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let row = reader.records().flatten().find(|row| row.get(0) == Some(&source.format));
    let Some(row) = row else { return };
    let cell = |at: usize| row.get(at).unwrap_or("");
    if source.authority == Authority::Unknown {
        source.authority = Authority::parse(cell(1)).unwrap_or_default();
    }
    let about = source.about.as_deref().unwrap_or(&source.document).to_owned();
    if source.work.is_empty() {
        let work = cell(2).replace("{about}", &about).replace("{document}", &source.document);
        source.work = if work == source.document { String::new() } else { work };
    }
    if source.publisher.is_none() && !cell(3).is_empty() {
        source.publisher = Some(cell(3).into());
    }
    if source.licence.is_empty() {
        cell(4).clone_into(&mut source.licence);
    }
}
