//! The date cell of a row on relations: when they began, ended and began again.

use crate::grammar::{Class, Item, What};
use crate::model::{Bound, Span};

/// Words after which a date is an end.
const END: [&str; 14] = [
    "severed",
    "broken",
    "broke",
    "ended",
    "suspended",
    "terminated",
    "cut",
    "dissolved",
    "severance",
    "withdrawn",
    "abolished",
    "ending",
    "severing",
    "breaking",
];

/// Words after which a date is a new beginning.
const AGAIN: [&str; 11] = [
    "restored",
    "resumed",
    "reestablished",
    "renewed",
    "reopened",
    "normalised",
    "normalized",
    "again",
    "restoration",
    "resumption",
    "restablished",
];

/// The last year in which states ended as a rule by being annexed, and their relations with them.
const ANNEXED: i16 = 1945;

/// Reads the spans of a cell, in its order: "1955", "1918–1921, 22 August 1992", "1950 (severed in 1979)",
/// "1966, suspended 1967, restored 1971". A further date that no word explains is passed over, and so is one
/// that would end a span before it began.
pub(super) fn episodes(items: &[Item]) -> Vec<Span> {
    if let [first, dash, second] = items
        && let (What::Date(one), What::Date(other)) = (&first.what, &second.what)
        && dash.is_mark('-')
        && one
            .known_year()
            .zip(other.known_year())
            .is_some_and(|(one, other)| one < other && other - one < 5 && other > ANNEXED)
        && [one, other].iter().all(|bound| bound.earliest != bound.latest)
    {
        // Two years and nothing else, in a column of beginnings: some time between them.
        return vec![Span::since(Bound { earliest: one.earliest, latest: other.latest })];
    }
    let mut spans: Vec<Span> = Vec::new();
    let (mut end, mut again) = (false, false);
    // A date that was passed over: a range from it is passed over too.
    let mut passed = false;
    let mut beside = 0;
    for (at, item) in items.iter().enumerate() {
        if at < beside {
            continue;
        }
        if item.is_mark('(') && !spans.is_empty() {
            beside = at + beside_the_dates(&items[at..]);
            continue;
        }
        let What::Date(bound) = item.what else {
            end |= END.contains(&item.folded.as_str()) || item.is_any(&[Class::Until, Class::Close]);
            again |= AGAIN.contains(&item.folded.as_str()) || item.is(Class::Reopen);
            continue;
        };
        let ranged = at >= 2
            && (items[at - 1].is_mark('-') || item.start > 0 && items[at - 1].is_any(&[Class::To, Class::Until]))
            && matches!(items[at - 2].what, What::Date(_));
        let later = |span: &Span| {
            let (began, date) = (span.began.earliest, bound.latest);
            began.is_none() || date.is_none() || began <= date
        };
        match spans.last_mut() {
            Some(last) if (ranged || end) && !again && last.ended.is_none() => {
                if later(last) && !(ranged && passed && !end) {
                    last.ended = Some(bound);
                }
            }
            None if end && !again => spans.push(Span { began: Bound::UNKNOWN, ended: Some(bound) }),
            Some(last) if last.ended.is_none() && !again => {
                passed = true;
                continue;
            }
            Some(last) if !later(last) => {}
            last => {
                if let Some(last) = last
                    && last.ended.is_none()
                {
                    last.ended = Some(Bound::UNKNOWN);
                }
                // "before 1920" says less than its number.
                let vague = at > 0 && matches!(items[at - 1].folded.as_str(), "before" | "by");
                spans.push(Span::since(if vague { bound.by() } else { bound }));
            }
        }
        (end, again, passed) = (false, false, false);
    }
    if let Some(last) = spans.last_mut()
        && end
        && last.ended.is_none()
    {
        last.ended = Some(Bound::UNKNOWN);
    }
    spans
}

/// How many items a parenthesis has that speaks of another time or another state, "(with Republic of Vietnam from 1952 to
/// 1975)", "(before from 1941 to 1954, …)"; 0 of one that speaks of the dates themselves.
fn beside_the_dates(items: &[Item]) -> usize {
    let inner = items.iter().skip(1).take_while(|item| !item.is_mark(')')).count();
    let inside = &items[1..=inner];
    let told = inside
        .iter()
        .any(|item| [END.as_slice(), AGAIN.as_slice()].iter().any(|words| words.contains(&item.folded.as_str())));
    let named = inside.iter().any(|item| item.is_any(&[Class::With, Class::As]));
    let before = |item: &Item| matches!(item.folded.as_str(), "before" | "previously" | "formerly" | "earlier");
    let other = named && !told || inside.first().is_some_and(before);
    if other { inner + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Grammar;
    use crate::names::Gazetteer;

    #[test]
    fn cells_of_many_kinds() {
        let gazetteer = Gazetteer::from_tables(std::path::Path::new("data/names")).unwrap();
        let grammar = Grammar::load(&gazetteer);
        for (cell, wanted) in [
            ("5 May 1995", "1995-05-05.."),
            ("1918–1921, 22 August 1992", "1918..1921 1992-08-22.."),
            ("1950 (Diplomatic relations severed in 1979)", "1950..1979"),
            ("Diplomatic relations severed 24 February 2022", "..2022-02-24"),
            ("1955 ended 2012", "1955..2012"),
            ("27 May 1966; suspended 1967, restored 1971", "1966-05-27..1967 1971.."),
            (
                "4 May 1980 – 23 July 2002 (first) 14 May 2005 – 15 January 2024 (second)",
                "1980-05-04..2002-07-23 2005-05-14..2024-01-15",
            ),
            ("2001-02-06 to 2010-03-26", "2001-02-06..2010-03-26"),
            ("13 January 1992 (before from 1937 to 1941, restored in 1952)", "1992-01-13.."),
            ("22 November 1993 (before from 1941 to 1 July 1954, when relations were broken off)", "1993-11-22.."),
            ("26 February 1973 (with Republic of Vietnam from 15 January 1952 to 5 May 1975)", "1973-02-26.."),
            ("28 January 1952 with FRG (22 December 1972 – 3 October 1990 with GDR)", "1952-01-28.."),
            ("28 June 1951 (Federal Republic) 28 December 1972 – 1990 (Democratic Republic)", "1951-06-28.."),
            ("1992 (suspended)", "1992..past"),
            ("", ""),
        ] {
            let spans = episodes(&grammar.items(cell));
            let shown: Vec<String> = spans
                .iter()
                .map(|span| {
                    let ended = span.ended.map_or(String::new(), |ended| {
                        if ended.is_unknown() { "past".to_owned() } else { ended.to_string() }
                    });
                    format!("{}..{ended}", span.began)
                })
                .collect();
            assert_eq!(shown.join(" "), wanted, "{cell}");
        }
    }
}
