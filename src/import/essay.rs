//! Running text: the concrete statements of an essay, not its opinions.

use super::{Document, floor, year_of};
use crate::grammar::{Context, Passage};

/// Reads an essay paragraph by paragraph; a line is a paragraph.
pub(super) fn read(document: &mut Document<'_>) {
    let text = document.text;
    let title = floor(text, 400);
    let as_of = year_of(document.grammar, title.lines().take(4).collect::<Vec<_>>().join(" ").as_str());
    let mut offset = 0;
    for (at, line) in text.split('\n').enumerate() {
        let context = Context { as_of, ..document.context(None) };
        let passage = Passage { text: line, links: &[] };
        let reading = document.grammar.read(passage, context, true);
        for found in reading.found {
            let start = offset + found.start;
            document.claim(found, at + 1, start);
        }
        for message in reading.problems {
            document.problem(at + 1, message);
        }
        offset += line.len() + 1;
    }
}
