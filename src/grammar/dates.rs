//! Dates as they are written: "14 January 1992", "January 14, 1992", "May 1967", "1992-01-14", "1990s",
//! "12.03.2010", and the same with the months of other languages.

use crate::model::Bound;

const MONTHS: [(&str, i8); 56] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
    ("janvier", 1),
    ("fevrier", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("decembre", 12),
    ("enero", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("junio", 6),
    ("julio", 7),
    ("septiembre", 9),
    ("diciembre", 12),
];

/// Words for a part of a year or month, before it.
const PARTS: [&str; 10] = ["early", "late", "mid", "spring", "summer", "autumn", "fall", "winter", "beginning", "end"];

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Reads a number word up to twenty.
pub fn number_word(folded: &str) -> Option<i64> {
    if !matches!(folded.as_bytes().first()?, b'e' | b'f' | b'n' | b'o' | b's' | b't' | b'z') {
        return None;
    }
    NUMBERS.iter().position(|word| *word == folded).and_then(|at| i64::try_from(at).ok())
}

fn month(word: &str) -> Option<i8> {
    // The letters with which months begin, in the languages of the table.
    let first = word.chars().next()?;
    if !matches!(first, 'a' | 'd'..='f' | 'j' | 'm'..='o' | 's' | '\u{400}'..='\u{4ff}') {
        return None;
    }
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
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
    head.starts_with(|c: char| c.is_ascii_digit()) || PARTS.contains(&head) || month(head).is_some()
}

/// A date at the head of folded words (marks are words too), and how many words it takes.
pub fn date(words: &[&str]) -> Option<(Bound, usize)> {
    let word = |at: usize| words.get(at).copied().unwrap_or("");
    let head = word(0);
    if !head.starts_with(|c: char| c.is_ascii_digit()) && month(head).is_none() {
        return match head {
            head if PARTS.contains(&head) => {
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
