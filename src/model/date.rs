//! Partial dates as bounds, and spans between two of them.
//!
//! "1999" says that something began on some day of that year: its bound runs from 1999-01-01 to
//! 1999-12-31. In files a bound is an EDTF string (ISO 8601-2); the crate that reads those stays
//! behind this module.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One calendar day of the proleptic Gregorian calendar.
pub type Day = jiff::civil::Date;

/// What is known of the day on which something happened: not before `earliest`, not after `latest`.
///
/// `None` on a side means that nothing is known there. The default is wholly unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bound {
    /// First day possible.
    pub earliest: Option<Day>,
    /// Last day possible.
    pub latest: Option<Day>,
}

/// A text that is not a date.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is not a date: say YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct DateError(pub String);

impl Bound {
    /// Nothing known.
    pub const UNKNOWN: Bound = Bound { earliest: None, latest: None };

    /// The whole year `year`; unknown outside the years 1 to 9999.
    pub fn year(year: i16) -> Bound {
        match (Day::new(year, 1, 1), Day::new(year, 12, 31)) {
            (Ok(first), Ok(last)) if year > 0 => Bound { earliest: Some(first), latest: Some(last) },
            _ => Bound::UNKNOWN,
        }
    }

    /// The whole month `month` (1 to 12) of `year`; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Bound> {
        let first = Day::new(year, month, 1).ok()?;
        Some(Bound { earliest: Some(first), latest: Some(first.last_of_month()) })
    }

    /// One day; `None` if the calendar has no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Bound> {
        Day::new(year, month, day).ok().map(Bound::on)
    }

    /// Exactly `day`.
    pub fn on(day: Day) -> Bound {
        Bound { earliest: Some(day), latest: Some(day) }
    }

    /// The last day of a year; unknown outside the years 1 to 9999.
    pub fn on_last_day_of(year: i16) -> Bound {
        Bound::year(year).latest.map_or(Bound::UNKNOWN, Bound::on)
    }

    /// At some time up to and including `self`'s last day.
    pub fn by(self) -> Bound {
        Bound { earliest: None, latest: self.latest }
    }

    /// Whether nothing at all is known.
    pub fn is_unknown(self) -> bool {
        self == Bound::UNKNOWN
    }

    /// The year, where both sides name the same one.
    pub fn known_year(self) -> Option<i16> {
        let year = self.earliest?.year();
        (self.latest?.year() == year).then_some(year)
    }

    /// Whether both can speak of one day: bounds meet like sets.
    pub fn meets(self, other: Bound) -> bool {
        let apart = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !apart(self.latest, other.earliest) && !apart(other.latest, self.earliest)
    }

    /// The days that both allow; `None` where they do not meet.
    pub fn intersect(self, other: Bound) -> Option<Bound> {
        let later = |a: Option<Day>, b: Option<Day>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let sooner = |a: Option<Day>, b: Option<Day>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.meets(other).then(|| Bound {
            earliest: later(self.earliest, other.earliest),
            latest: sooner(self.latest, other.latest),
        })
    }

    /// Reads an EDTF string; an empty one is unknown.
    ///
    /// # Errors
    /// [`DateError`] quoting the text.
    pub fn parse(text: &str) -> Result<Bound, DateError> {
        let text = text.trim();
        if text.is_empty() || text == "past" {
            return Ok(Bound::UNKNOWN);
        }
        let fail = || DateError(text.to_owned());
        let bounds = edtf_core::Edtf::parse(text).map_err(|_| fail())?.bounds();
        let side = |bound: &edtf_core::Bound| match bound {
            edtf_core::Bound::Date(date) => date.to_string().parse::<Day>().map(Some).map_err(|_| fail()),
            _ => Ok(None),
        };
        Ok(Bound { earliest: side(&bounds.earliest)?, latest: side(&bounds.latest)? })
    }
}

/// A span in numbers, for compact forms: earliest and latest of the beginning, then of the end if there is one.
/// 0 stands for an open side.
pub type PackedSpan = (u32, u32, Option<(u32, u32)>);

fn pack_day(day: Option<Day>) -> u32 {
    let part = |value: i8| u32::try_from(value).unwrap_or(0);
    day.map_or(0, |day| u32::try_from(day.year()).unwrap_or(0) << 9 | part(day.month()) << 5 | part(day.day()))
}

fn unpack_day(packed: u32) -> Option<Day> {
    let part = |value: u32| i8::try_from(value).unwrap_or(0);
    let year = i16::try_from(packed >> 9).ok()?;
    if packed == 0 { None } else { Day::new(year, part(packed >> 5 & 15), part(packed & 31)).ok() }
}

impl Span {
    /// The span in numbers.
    pub fn packed(self) -> PackedSpan {
        let sides = |bound: Bound| (pack_day(bound.earliest), pack_day(bound.latest));
        let (earliest, latest) = sides(self.began);
        (earliest, latest, self.ended.map(sides))
    }

    /// The span that some numbers stand for.
    pub fn unpacked((earliest, latest, ended): PackedSpan) -> Span {
        let bound = |earliest, latest| Bound { earliest: unpack_day(earliest), latest: unpack_day(latest) };
        Span { began: bound(earliest, latest), ended: ended.map(|(earliest, latest)| bound(earliest, latest)) }
    }
}

/// Reads one day for a question "as of": a year or month stands for its last day.
///
/// # Errors
/// [`DateError`] quoting the text.
pub fn edtf_day(text: &str) -> Result<Day, DateError> {
    Bound::parse(text)?.latest.ok_or_else(|| DateError(text.to_owned()))
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.earliest, self.latest) {
            (None, None) => Ok(()),
            (Some(a), Some(b)) if a == b => write!(f, "{a}"),
            (Some(a), Some(b)) if a.day() == 1 && b == a.last_of_month() => {
                write!(f, "{:04}-{:02}", a.year(), a.month())
            }
            (Some(a), Some(b))
                if a.year() == b.year() && (a.month(), a.day(), b.month(), b.day()) == (1, 1, 12, 31) =>
            {
                write!(f, "{:04}", a.year())
            }
            (Some(a), Some(b))
                if a.year() % 10 == 0
                    && b.year() == a.year() + 9
                    && (a.month(), a.day(), b.month(), b.day()) == (1, 1, 12, 31) =>
            {
                write!(f, "{:03}X", a.year() / 10)
            }
            (a, b) => {
                let side = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
                write!(f, "{}/{}", side(a), side(b))
            }
        }
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bound, D::Error> {
        let text = String::deserialize(deserializer)?;
        Bound::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Whether something held on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Certainly not.
    No,
    /// The bounds allow it.
    Perhaps,
    /// Certainly, as far as the sources go.
    Yes,
}

/// When a tie held. `ended` is `None` where no source says that it ended; `Some` of an unknown bound
/// where a source says that it is over but not since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// When it began.
    pub began: Bound,
    /// When it ended, if it did.
    pub ended: Option<Bound>,
}

impl Span {
    /// A span that began as given and has not ended.
    pub fn since(began: Bound) -> Span {
        Span { began, ended: None }
    }

    /// Whether the tie held on `day`. A beginning that no source dates counts as long past, so that an
    /// undated embassy is found on any day but only [`Held::Perhaps`].
    pub fn held_on(self, day: Day) -> Held {
        self.held_in(day, day)
    }

    /// Whether the tie held on some day from `first` to `last`: certainly if it had begun by the last of these days and
    /// not ended by the first.
    pub fn held_in(self, first: Day, last: Day) -> Held {
        let after = self.began.earliest.is_some_and(|began| last < began);
        let before = self.ended.is_some_and(|ended| ended.latest.is_some_and(|ended| ended <= first));
        let begun = self.began.latest.is_some_and(|began| began <= last);
        let lasting = self.ended.is_none_or(|ended| ended.earliest.is_some_and(|ended| first < ended));
        match (after || before, begun && lasting) {
            (true, _) => Held::No,
            (false, true) => Held::Yes,
            (false, false) => Held::Perhaps,
        }
    }

    /// Whether it holds at the time of the newest source: nobody says that it ended.
    pub fn is_open(self) -> bool {
        self.ended.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_strings_round_trip() {
        for text in ["1992", "1992-02", "1992-02-29", "199X", "../2021-12-31", "2001-05-03/2002-01-01", ""] {
            assert_eq!(Bound::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Bound::parse("1992-02-30").unwrap_err(), DateError("1992-02-30".into()));
    }

    #[test]
    fn bounds_meet_like_sets() {
        let year = Bound::year(1992);
        let day = Bound::day(1992, 1, 7).unwrap();
        assert!(year.meets(day) && day.meets(year));
        assert_eq!(year.intersect(day), Some(day));
        assert!(!year.meets(Bound::day(1993, 1, 7).unwrap()));
        assert!(Bound::UNKNOWN.meets(day));
    }

    #[test]
    fn a_span_holds_between_its_bounds() {
        let span = Span { began: Bound::year(1999), ended: Some(Bound::year(2005)) };
        let held = |text: &str| span.held_on(text.parse().unwrap());
        assert_eq!(held("1998-12-31"), Held::No);
        assert_eq!(held("1999-06-01"), Held::Perhaps);
        assert_eq!(held("2003-01-01"), Held::Yes);
        assert_eq!(held("2005-06-01"), Held::Perhaps);
        assert_eq!(held("2006-01-01"), Held::No);
    }
}
