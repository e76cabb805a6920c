//! Dates of relations where a clause has several: for each of its partners, for a state of that time, for a
//! beginning and an end.

use super::items::What;
use super::lexicon::Class;
use super::{Reading, Sentence};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::EntityAt;

/// "in 1973 (with Czechoslovakia) and in 1993": the date is that of relations with the state of that time.
pub(super) fn predecessors(
    s: &Sentence<'_>,
    (at, to): (usize, usize),
    firsts: &[EntityAt],
    seconds: &[EntityAt],
    reading: &mut Reading,
) {
    for i in at..to {
        let What::Date(date) = s.items[i].what else { continue };
        let opens = s.is_mark(i + 1, '(')
            && (s.is_any(i + 2, &[Class::As, Class::With])
                || s.item(i + 2).is_some_and(|item| matches!(item.folded.as_str(), "former" | "then")));
        let Some(named) = s.noun(i + 3).filter(|_| opens && s.is_mark(i + 4, ')')) else { continue };
        // It stands for the party that followed it; the other party is the one it had relations with.
        let former = s.slug(named);
        let follows = |party: &&EntityAt| {
            let mut rows = s.grammar.gazetteer.successions(former);
            rows.any(|row| row.former == former && row.successor == s.slug(**party))
        };
        let (first, second) = (firsts.iter().find(follows), seconds.iter().find(follows));
        let own = match (first, second) {
            (Some(_), None) => seconds.first(),
            (None, Some(_)) => firsts.first(),
            _ => None,
        };
        if let Some(&own) = own.filter(|own| **own != named) {
            let statement = Statement::relations(s.slug(own), s.slug(named));
            s.state(reading, statement, Polarity::Asserted, Span::since(date));
        }
    }
}

/// "with A and B on D1 and D2 respectively": a date for each of `count` partners.
pub(super) fn respectively(s: &Sentence<'_>, at: usize, to: usize, count: usize) -> Option<Vec<Bound>> {
    let said = s.items[at..to].iter().any(|item| item.folded == "respectively");
    let dates: Vec<Bound> = s.items[at..to]
        .iter()
        .filter_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None })
        .collect();
    (said && count > 1 && dates.len() == count).then_some(dates)
}
