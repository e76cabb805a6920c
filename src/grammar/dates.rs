//! Dates as they are written: "14 January 1992", "January 14, 1992", "May 1967", "1992-01-14", "1990s",
//! "12.03.2010", and the same with the months of other languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tables::{DATES, DateRow, DateWord};
use crate::model::Bound;

/// The words of dates and numbers, by what they are.
static WORDS: LazyLock<FxHashMap<&str, &DateRow>> =
    LazyLock::new(|| DATES.rows().iter().map(|row| (row.word.as_str(), row)).collect());

/// The number of a word that means a month or a number.
fn numbered(word: &str, means: DateWord) -> Option<i8> {
    WORDS.get(word).filter(|row| row.means == means)?.number
}

/// Whether a word stands before a date for a part of it: "early", "summer".
fn is_part(word: &str) -> bool {
    WORDS.get(word).is_some_and(|row| row.means == DateWord::Part)
}

/// Reads a number word up to twenty.
pub fn number_word(folded: &str) -> Option<i64> {
    if !matches!(folded.as_bytes().first()?, b'e' | b'f' | b'n' | b'o' | b's' | b't' | b'z') {
        return None;
    }
    numbered(folded, DateWord::Number).map(i64::from)
}

fn month(word: &str) -> Option<i8> {
    // The letters with which months begin, in the languages of the table.
    let first = word.chars().next()?;
    if !matches!(first, 'a' | 'd'..='f' | 'j' | 'm'..='o' | 's' | '\u{400}'..='\u{4ff}') {
        return None;
    }
    numbered(word, DateWord::Month)
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten().filter(|year| (1000..=2100).contains(year))
}

fn day(word: &str) -> Option<i8> {
    let digits = word.strip_suffix("st").or_else(|| word.strip_suffix("nd")).or_else(|| word.strip_suffix("rd"));
    let digits = digits.or_else(|| word.strip_suffix("th")).unwrap_or(word);
    (digits.len() <= 2).then(|| digits.parse::<i8>().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// Whether a date can begin with a folded word: a look before its words are put together.
pub fn can_begin(head: &str) -> bool {
    head.starts_with(|c: char| c.is_ascii_digit()) || is_part(head) || month(head).is_some()
}

/// A date at the head of folded words (marks are words too), and how many words it takes.
pub fn date(words: &[&str]) -> Option<(Bound, usize)> {
    let word = |at: usize| words.get(at).copied().unwrap_or("");
    let head = word(0);
    if !head.starts_with(|c: char| c.is_ascii_digit()) && month(head).is_none() {
        return match head {
            head if is_part(head) => {
                let skip = usize::from(word(1) == "of" || word(1) == "in" || word(1) == "-");
                let (bound, length) = date(words.get(1 + skip..)?)?;
                Some((bound, 1 + skip + length))
            }
            _ => None,
        };
    }
    // 1992-01-14
    if let (Some(y), "-", Some(m), "-", Some(d)) =
        (year(head), word(1), word(2).parse::<i8>().ok(), word(3), day(word(4)))
        && word(2).len() == 2
        && let Some(bound) = Bound::day(y, m, d)
    {
        return Some((bound, 5));
    }
    // 14 January 1992, 14 January, 1992, 14 of January 1992
    if let Some(d) = day(head) {
        let of = usize::from(word(1) == "of");
        if let Some(m) = month(word(1 + of)) {
            let comma = usize::from(word(2 + of) == ",");
            if let Some(y) = year(word(2 + of + comma)) {
                return Bound::day(y, m, d).map(|bound| (bound, 3 + of + comma));
            }
        }
    }
    // 12.03.2010 loses its stops when folded: 12032010
    if head.len() == 8
        && head.bytes().all(|b| b.is_ascii_digit())
        && let (Some(d), Ok(m), Some(y)) = (day(&head[..2]), head[2..4].parse::<i8>(), year(&head[4..]))
        && let Some(bound) = Bound::day(y, m, d)
    {
        return Some((bound, 1));
    }
    if let Some(m) = month(head) {
        // January 14, 1992
        if let Some(d) = day(word(1)) {
            let comma = usize::from(word(2) == ",");
            if let Some(y) = year(word(2 + comma)) {
                return Bound::day(y, m, d).map(|bound| (bound, 3 + comma));
            }
        }
        // January 1992, January of 1992, January, 1992
        let skip = usize::from(matches!(word(1), "of" | ","));
        if let Some(y) = year(word(1 + skip)) {
            return Bound::month(y, m).map(|bound| (bound, 2 + skip));
        }
        return None;
    }
    if let Some(y) = year(head) {
        return Some((Bound::year(y), 1));
    }
    // 1990s
    let decade = head.strip_suffix('s').and_then(year).filter(|y| y % 10 == 0)?;
    Some((Bound { earliest: Bound::year(decade).earliest, latest: Bound::year(decade + 9).latest }, 1))
}

/// The first date of a text.
pub fn first_date(words: &[&str]) -> Option<Bound> {
    (0..words.len()).find_map(|at| date(&words[at..words.len().min(at + 6)]).map(|(bound, _)| bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_become_bounds() {
        for (words, edtf) in [
            ("14 january 1992", "1992-01-14"),
            ("january 14 , 1992", "1992-01-14"),
            ("1st of may 1967", "1967-05-01"),
            ("may 1967", "1967-05"),
            ("1992 - 01 - 14", "1992-01-14"),
            ("12032010", "2010-03-12"),
            ("1990s", "199X"),
            ("early 1973", "1973"),
            ("31 мая 2004", "2004-05-31"),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let (bound, length) = date(&words).unwrap_or_else(|| panic!("{words:?}"));
            assert_eq!((bound.to_string().as_str(), length), (edtf, words.len()));
        }
        assert_eq!(date(&["31", "february", "1905"]), None);
        assert_eq!(date(&["may", "open"]), None);
    }
}
