//! What a format says of its documents: authority, the work that they belong to, publisher, licence.
//! `data/rules/works.csv`, one row a format.

use super::tables::WORKS;
use crate::model::{Authority, Source};

/// Fills what the format tells and the source does not say itself. `{about}` and `{document}` in the work
/// stand for the source's own.
pub(super) fn complete(source: &mut Source) {
    let Some(row) = WORKS.rows().iter().find(|row| row.format == source.format) else { return };
    if source.authority == Authority::Unknown {
        source.authority = row.authority.unwrap_or_default();
    }
    let about = source.about.as_deref().unwrap_or(&source.document).to_owned();
    if source.work.is_empty() {
        let work = row.work.replace("{about}", &about).replace("{document}", &source.document);
        source.work = if work == source.document { String::new() } else { work };
    }
    if source.publisher.is_none() && !row.publisher.is_empty() {
        source.publisher = Some(row.publisher.as_str().into());
    }
    if source.licence.is_empty() {
        source.licence.clone_from(&row.licence);
    }
}
