//! The day of an event: after its verb, before it, at the head of the sentence, or by the year of the sentence before.

use super::super::What;
use super::super::lexicon::Class;
use super::super::tables::{NounRole, VerbForm};
use super::roles::Parsed;
use crate::model::Bound;

/// When an event happened, and until when it lasted where the text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    pub day: Option<Bound>,
    pub until: Option<Bound>,
}

impl Parsed<'_, '_> {
    fn date(&self, at: usize) -> Option<Bound> {
        match self.s.items.get(at)?.what {
            What::Date(bound) => Some(bound),
            _ => None,
        }
    }

    /// A date that tells when: one that a preposition, a mark or the head of the sentence brings; not "the 1967 war".
    fn when_at(&self, at: usize) -> Option<Bound> {
        let bound = self.date(at)?;
        let s = self.s;
        let Some(before) = at.checked_sub(1).map(|before| &s.items[before]) else { return Some(bound) };
        if before.is(Class::By)
            || before.is(Class::Before)
            || before.folded == "of" && at > 1 && s.is(at - 2, Class::As)
        {
            return Some(bound.by());
        }
        let decade = before.is(Class::Det)
            && bound.known_year().is_none()
            && at > 1
            && (s.is(at - 2, Class::In) || s.items[at - 2].folded == "during");
        let brings = decade
            || before.is_any(&[
                Class::In,
                Class::On,
                Class::Since,
                Class::From,
                Class::After,
                Class::Adverb,
                Class::Between,
                Class::And,
            ])
            || matches!(before.what, What::Mark(_))
            || matches!(
                before.folded.as_str(),
                "at" | "around" | "about" | "late" | "early" | "mid" | "circa" | "during" | "of"
            )
            || s.items.get(at).is_some_and(|item| item.folded.contains(' '));
        brings.then_some(bound)
    }

    fn first(&self, from: usize, to: usize) -> Option<(usize, Bound)> {
        (from..to).find_map(|at| Some((at, self.when_at(at)?)))
    }

    /// The first date between two items that says when something happened.
    pub(super) fn day_after(&self, at: usize, to: usize) -> Option<Bound> {
        self.first(at, to).map(|(_, day)| day)
    }

    /// When the verb group at `at` happened.
    pub(super) fn when(&self, at: usize, year: Option<i16>) -> When {
        self.when_within(at, year, self.groups[at].end)
    }

    /// When the verb group at `at` happened, by what stands before `end`.
    pub(super) fn when_within(&self, at: usize, year: Option<i16>, end: usize) -> When {
        let group = &self.groups[at];
        let s = self.s;
        let direct = self.date(group.to).map(|day| (group.to, day));
        // "in 2016 when A broke relations with B, then in 2020"
        let when = group.start.checked_sub(1).filter(|when| s.is(*when, Class::When) && direct.is_none());
        if let Some(day) = when.and_then(|when| self.date(when.checked_sub(1)?)) {
            return When { day: Some(day), until: None };
        }
        if let Some((i, day)) = direct.or_else(|| self.first(group.to, end)) {
            // "from 1973 to 1993", "between 1973 and 1993", "until 1991"
            if s.is(i - 1, Class::Until) {
                return When { day: None, until: Some(day) };
            }
            let ranged = s.is_any(i - 1, &[Class::From, Class::Between])
                && s.is_any(i + 1, &[Class::To, Class::Until, Class::And])
                || s.is_mark(i + 1, '-');
            let until = self.date(i + 2).filter(|_| ranged);
            return When { day: Some(day), until };
        }
        if let Some(until) = (group.to..end).find_map(|i| s.is(i, Class::Until).then(|| self.date(i + 1)).flatten()) {
            return When { day: None, until: Some(until) };
        }
        if let Some(day) = self.relative(group.start, end, year) {
            return When { day: Some(day), until: None };
        }
        // "established relations when A signed a treaty on 7 March 1905"
        if let Some(next) = self.groups.get(at + 1).filter(|_| group.end > 0 && s.is(group.end - 1, Class::When))
            && let Some((_, day)) = self.first(next.to, next.end)
        {
            return When { day: Some(day), until: None };
        }
        let limit = at.checked_sub(1).map_or(0, |before| self.groups[before].to);
        // "on 4 March 1972, when A recognised B"
        let when = group.start.checked_sub(1).filter(|when| s.is_any(*when, &[Class::When, Class::Where]));
        if let Some(day) = when.and_then(|when| (when.saturating_sub(2)..when).find_map(|i| self.date(i))) {
            return When { day: Some(day), until: None };
        }
        // "between 1967 and 1970 they broke relations"
        let range = (group.start.max(limit)..group.from).find(|i| {
            s.is_any(*i, &[Class::From, Class::Between])
                && (*i == 0 || !s.is_mark(i - 1, '('))
                && self.date(*i + 1).is_some()
                && self.date(*i + 3).is_some()
        });
        if let Some(i) = range {
            return When { day: self.date(i + 1), until: self.date(i + 3) };
        }
        // "Until 2020 A did not recognise B"
        if at == 0
            && s.is(0, Class::Until)
            && let Some(until) = self.date(1)
        {
            return When { day: None, until: Some(until) };
        }
        let relative = group.start > 0 && s.is(group.start - 1, Class::That) && !s.reported(&self.groups, at);
        // "under the government of P (2019–2022)": years of an office, and not of what it did.
        let bracketed = |i: &usize| {
            let opened = (0..*i).rev().take(8).find(|at| s.is_mark(*at, '(') || s.is_mark(*at, ')'));
            // "during the presidency of P since 2017"
            let since = *i > 1 && s.is(i - 1, Class::Since);
            since || opened.is_some_and(|at| s.is_mark(at, '('))
        };
        let own = (group.start.max(limit)..group.from).rev().filter(|i| !bracketed(i)).find_map(|i| self.when_at(i));
        let goes_on = s.continues(&self.groups, at);
        let before = || {
            // A date before the sentence's first verb covers all its verbs.
            let first = self.groups[0].from;
            let apart = (first..group.from).any(|i| s.is_mark(i, ';'));
            let head = self.first(0, first).filter(|(i, _)| !relative && !apart && !bracketed(i)).map(|(_, day)| day);
            let carried = at
                .checked_sub(1)
                .filter(|_| {
                    goes_on && group.infinitive
                        || group.form == VerbForm::Ing && group.from > 0 && s.is_mark(group.from - 1, ',')
                })
                .and_then(|before| self.when(before, year).day);
            head.or(carried)
        };
        When { day: own.or_else(before), until: None }
    }

    /// The day that the clause of the verb group at `at` counts from another: "five years later".
    pub(super) fn relative_day(&self, at: usize, year: Option<i16>) -> Option<Bound> {
        self.relative(self.groups[at].start, self.groups[at].end, year)
    }

    /// "the following year", "the same year", "three years later": counted from the last year before it, here or in the
    /// sentence before; `None` where there is none, or no calendar has it.
    fn relative(&self, from: usize, to: usize, year: Option<i16>) -> Option<Bound> {
        let s = self.s;
        // "three years later"
        let later =
            (from + 2..to).find(|i| s.items[*i].folded == "later" && s.items[*i - 1].folded.starts_with("year"));
        if let Some(later) = later {
            let before = (0..later).rev().find_map(|i| self.date(i)?.known_year()).or(year)?;
            let What::Number(years) = s.items[later - 2].what else { return None };
            return i16::try_from(years).ok().and_then(|years| year_known(before.checked_add(years)?));
        }
        let at = (from + 1..to).find(|i| matches!(s.items[*i].folded.as_str(), "year"))?;
        let step = match s.items[at - 1].folded.as_str() {
            "following" | "next" => 1,
            "same" | "that" => 0,
            _ => return None,
        };
        let before = (0..at).rev().find_map(|i| self.date(i)?.known_year()).or(year)?;
        Some(Bound::year(before + step))
    }

    /// The day in a noun's own words, "the invasion of A in 2003", "the 1977 treaty"; and until when, where they say.
    pub(super) fn when_of_noun(&self, at: usize, end: usize, to: usize) -> Option<(Bound, Option<Bound>)> {
        let s = self.s;
        let mut own = (at.saturating_sub(5)..at).rev().take_while(|i| {
            let item = &s.items[*i];
            matches!(item.what, What::Date(_) | What::Other | What::Mark('-')) || item.name().is_some()
        });
        let before = own.find_map(|i| Some((i, self.date(i)?)));
        // "after the war of A and the war of 1965": the year is that of the second.
        let words = &s.grammar.words;
        let named = |to: usize| s.items[end..to].iter().any(|item| item.name().is_some());
        let next = (end..to.min(end + 9)).find(|i| words.noun(&s.items, *i, &[NounRole::Thing]).is_some() && named(*i));
        let (at, day) = before.or_else(|| self.first(end, next.unwrap_or(to).min(end + 9)))?;
        // "the war of 1918–1920", "the 1965 war"
        let until = self.date(at + 2).filter(|_| s.is_mark(at + 1, '-'));
        Some((day, until))
    }
}

/// A year of the calendar.
fn year_known(year: i16) -> Option<Bound> {
    Some(Bound::year(year)).filter(|bound| !bound.is_unknown())
}
