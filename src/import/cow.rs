//! Correlates of War: memberships of organisations by state and year (IGO version 3), and diplomatic
//! exchange by dyad and year. Years become spells.
//!
//! A year's code speaks for the whole year. A spell begins after the last year that says otherwise and ends
//! after its own last year; where the data begin, end or are missing, its bound stays open on that side.

use std::collections::BTreeMap;

use super::Document;
use super::tables::EXCHANGE;
use crate::affiliation::{StateYear, StateYears};
use crate::grammar::Found;
use crate::model::{Bound, Day, Level, MissionKind, Polarity, Row, Rows, Span, Statement};

/// Whether a first line is that of the diplomatic exchange table.
pub(super) fn is_exchange(head: &str) -> bool {
    let first = head.lines().next().unwrap_or("").to_lowercase().replace('"', "");
    let names: Vec<&str> = first.split(',').map(str::trim).collect();
    ["ccode1", "ccode2", "year", "dr_at_1", "dr_at_2"].iter().all(|needed| names.contains(needed))
}

/// One observation: year, line, code; `None` where the source has no value.
type Seen = (i16, usize, Option<i8>);

/// A run of equal codes, as (code, span, line of its first year, last year).
fn spells(seen: &[Seen]) -> Vec<(i8, Span, usize, i16)> {
    let first_day = |year: i16| Day::new(year, 1, 1).ok();
    let last_day = |year: i16| Day::new(year, 12, 31).ok();
    let mut out: Vec<(i8, Span, usize, i16)> = Vec::new();
    let mut at = 0;
    while at < seen.len() {
        let (year, line, Some(code)) = seen[at] else {
            at += 1;
            continue;
        };
        let mut end = at;
        while end + 1 < seen.len() && seen[end + 1].2 == Some(code) {
            end += 1;
        }
        let before = at.checked_sub(1).map(|before| seen[before]);
        let began = match before {
            // "By the end of the year that first says so, and not before the last that says otherwise was over."
            Some((earlier, _, Some(_))) => Bound { earliest: first_day(earlier + 1), latest: last_day(year) },
            _ => Bound { earliest: None, latest: last_day(year) },
        };
        let last = seen[end].0;
        let ended = match seen.get(end + 1) {
            None => None,
            Some((next, _, Some(_))) => {
                let before_next = first_day(*next).and_then(|day| day.yesterday().ok());
                Some(Bound { earliest: last_day(last), latest: before_next.max(last_day(last)) })
            }
            Some((_, _, None)) => Some(Bound { earliest: last_day(last), latest: None }),
        };
        out.push((code, Span { began, ended }, line, last));
        at = end + 1;
    }
    out
}

/// The state that bears a COW code in a year.
fn state(document: &Document<'_>, code: u16, year: i16) -> Option<String> {
    document.grammar.gazetteer.coded_in("cow", &code.to_string(), year).map(str::to_owned)
}

/// Reads the state-year table into spells.
pub(super) fn read_igo(document: &mut Document<'_>) {
    let table = StateYears::read(&document.file, document.text.as_bytes());
    document.problems.extend(table.problems.iter().cloned());
    for name in &table.organisations {
        if document.grammar.gazetteer.organisation_coded(name).is_none() {
            document.problem(1, format!("\"{name}\" is no organisation of the tables; kept under this abbreviation"));
        }
    }
    let organisations: Vec<String> =
        table.organisations.iter().map(|name| document.grammar.gazetteer.organisation_of_cow(name)).collect();
    let newest = table.span().map_or(0, |(_, last)| last);
    let mut next = 0;
    for rows in table.rows.chunk_by(|a, b| a.state == b.state) {
        let (code, first_row) = (rows[0].state, next);
        next += rows.len();
        let bearers = bearers(document, rows);
        let last = rows.last().map_or(0, |row| row.year);
        let mut belonging: Vec<bool> = vec![false; bearers.len()];
        for (column, organization) in organisations.iter().enumerate() {
            let seen = observed(rows, |row| table.status(first_row + row, column));
            for (status, mut span, line, seen_in) in spells(&seen).into_iter().filter(|(status, ..)| *status > 0) {
                // A state that leaves the system is not spoken of from then on.
                if span.ended.is_none() && last < newest {
                    span.ended = Some(Bound { earliest: Day::new(last, 12, 31).ok(), latest: None });
                }
                let status = ["", "full member", "associate member", "observer"][usize::try_from(status).unwrap_or(0)];
                for (at, bearer, span) in by_bearer(span, last, &bearers) {
                    belonging[at] = true;
                    let line = bearer.line.max(line);
                    let Some(member) = bearer.state.clone() else {
                        let year = bearer.first;
                        document.lost(line, format!("{code} is no COW code of {year} in the tables; spell skipped"));
                        continue;
                    };
                    let (organization, status) = (organization.clone(), status.to_owned());
                    let statement = Statement::Membership {
                        member: member.into(),
                        organization: organization.into(),
                        status: status.into(),
                    };
                    // What goes on was last seen at the end of its last year.
                    let last_seen = if span.ended.is_none() { Bound::on_last_day_of(seen_in) } else { Bound::UNKNOWN };
                    document.push(Found { as_of: last_seen, ..Found::new(statement, Polarity::Asserted, span) }, line);
                }
            }
        }
        // Who belongs to nothing in all its years is known to: that is not the same as not being spoken of.
        for bearer in bearers.iter().zip(belonging).filter(|(_, belongs)| !belongs).map(|(bearer, _)| bearer) {
            let Some(subject) = bearer.state.clone() else { continue };
            let statement = Statement::Count { subject: subject.into(), what: "memberships".to_owned(), value: 0 };
            let span = Span::since(Bound::year(bearer.last));
            document.push(Found::new(statement, Polarity::Asserted, span), bearer.line);
        }
    }
}

/// The years in which one state of our own tables bears a code: 345 was Yugoslavia's before it was Serbia's.
struct Bearer {
    state: Option<String>,
    first: i16,
    last: i16,
    /// Line of its first year.
    line: usize,
}

fn bearers(document: &Document<'_>, rows: &[StateYear]) -> Vec<Bearer> {
    let mut found: Vec<Bearer> = Vec::new();
    for row in rows {
        let state = state(document, row.state, row.year);
        match found.last_mut().filter(|bearer| bearer.state == state) {
            Some(bearer) => bearer.last = row.year,
            None => found.push(Bearer { state, first: row.year, last: row.year, line: row.line }),
        }
    }
    found
}

/// A spell by who bore the code in it (place in `bearers`): what one state had when another took its place, it had until then.
fn by_bearer(span: Span, newest: i16, bearers: &[Bearer]) -> Vec<(usize, &Bearer, Span)> {
    let first = span.began.latest.map_or(0, Day::year);
    let last = span.ended.and_then(|ended| ended.earliest).map_or(newest, Day::year);
    let in_year = |year: i16| (Day::new(year, 1, 1).ok(), Day::new(year, 12, 31).ok());
    let inside = bearers.iter().enumerate().filter(|(_, bearer)| bearer.first <= last && first <= bearer.last);
    inside
        .map(|(at, bearer)| {
            let mut own = span;
            if bearer.first > first {
                let (earliest, latest) = in_year(bearer.first);
                own.began = Bound { earliest, latest };
            }
            if bearer.last < last {
                own.ended = Some(Bound { earliest: in_year(bearer.last).1, latest: in_year(bearer.last + 1).1 });
            }
            (at, bearer, own)
        })
        .collect()
}

/// The statuses of one organisation by year, for the rows of a state; a year without a row is missing.
fn observed(rows: &[StateYear], status: impl Fn(usize) -> Option<u8>) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if let Some((last, ..)) = seen.last()
            && last + 1 < row.year
        {
            seen.push((last + 1, row.line, None));
        }
        seen.push((row.year, row.line, status(at).and_then(|status| i8::try_from(status).ok())));
    }
    seen
}

/// Reads the diplomatic exchange table. `DR_at_1` is the level of side 2's mission at side 1. The years of
/// this source lie three to five years apart, and a spell's bounds say so.
pub(super) fn read_exchange(document: &mut Document<'_>) {
    let levels: Vec<(i8, MissionKind, Option<Level>)> =
        EXCHANGE.rows().iter().filter_map(|row| Some((row.code, row.kind?, row.level))).collect();
    let rows = Rows::new(document.text);
    let header: Vec<String> = rows.header.iter().map(|name| name.to_lowercase()).collect();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap_or(usize::MAX);
    let (one, two, when) = (column("ccode1"), column("ccode2"), column("year"));
    let mut dyads: BTreeMap<(u16, u16), Vec<Seen>> = BTreeMap::new();
    for Row { line, cells: record, .. } in rows {
        let number = |at: usize| record.get(at).and_then(|cell| cell.trim().parse::<i32>().ok());
        let code = |at: usize| number(at).and_then(|code| u16::try_from(code).ok());
        let (Some(one), Some(two), Some(year)) =
            (code(one), code(two), number(when).and_then(|year| i16::try_from(year).ok()))
        else {
            document.lost(line, "no two state codes and a year; row skipped".to_owned());
            continue;
        };
        for (sending, receiving, level) in [(two, one, column("dr_at_1")), (one, two, column("dr_at_2"))] {
            let level = number(level).and_then(|level| i8::try_from(level).ok()).filter(|level| *level >= 0);
            if level.is_some_and(|level| level > 0 && !levels.iter().any(|(known, ..)| *known == level)) {
                document.lost(line, format!("{} is no level of exchange; cell skipped", level.unwrap_or(0)));
                continue;
            }
            dyads.entry((sending, receiving)).or_default().push((year, line, level));
        }
    }
    for ((sending, receiving), mut seen) in dyads {
        seen.sort_unstable();
        for (level, span, line, seen_in) in spells(&seen) {
            let Some((_, kind, rank)) = levels.iter().find(|(known, ..)| *known == level) else { continue };
            let year = span.began.latest.map_or(0, |day| day.year());
            let (from, to) = (state(document, sending, year), state(document, receiving, year));
            let (Some(from), Some(to)) = (from, to) else {
                document.lost(line, format!("{sending} or {receiving} is no COW code of {year}; spell skipped"));
                continue;
            };
            let statement = Statement::Mission {
                kind: *kind,
                sending: from.into(),
                receiving: to.into(),
                city: None,
                host: None,
                level: *rank,
            };
            let last_seen = if span.ended.is_none() { Bound::on_last_day_of(seen_in) } else { Bound::UNKNOWN };
            document.push(Found { as_of: last_seen, ..Found::new(statement, Polarity::Asserted, span) }, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_become_spells_with_honest_bounds() {
        let seen = [
            (1990, 1, Some(0)),
            (1991, 2, Some(3)),
            (1992, 3, Some(1)),
            (1993, 4, Some(1)),
            (1994, 5, None),
            (1995, 6, Some(1)),
        ];
        let shown: Vec<String> = spells(&seen)
            .iter()
            .map(|(code, span, line, _)| {
                let ended = span.ended.map_or_else(|| "open".to_owned(), |bound| bound.to_string());
                format!("{code} {} to {ended} line {line}", span.began)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "0 ../1990-12-31 to 1990-12-31 line 1",
                "3 1991 to 1991-12-31 line 2",
                "1 1992 to 1993-12-31/.. line 3",
                "1 ../1995-12-31 to open line 6",
            ]
        );
        // Five years between two observations: the bound covers them.
        let sparse = [(1960, 1, Some(0)), (1965, 2, Some(3)), (1970, 3, Some(0))];
        let spell = spells(&sparse)[1].1;
        assert_eq!(
            (spell.began.to_string(), spell.ended.map(|end| end.to_string())),
            ("1961-01-01/1965-12-31".into(), Some("1965-12-31/1969-12-31".into()))
        );
    }
}
