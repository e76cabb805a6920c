//! The templates of the table, by their names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::grammar::tables::{Lines, TEMPLATES, TemplateRow};

static BY_NAME: LazyLock<FxHashMap<&str, &TemplateRow>> =
    LazyLock::new(|| TEMPLATES.rows().iter().map(|row| (row.template.as_str(), row)).collect());

/// The row of a template, by its name in small letters.
pub(super) fn template(name: &str) -> Option<&'static TemplateRow> {
    BY_NAME.get(name).copied()
}

/// What becomes of a template that is written over several lines.
pub(super) fn over_lines(name: &str) -> Option<Lines> {
    template(name)?.lines
}
