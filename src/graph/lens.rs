//! What a question looks at: a date, who counts as a state, which ties.

use crate::model::{Day, TieKind};
use crate::names::Gazetteer;

/// Who counts in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Roster {
    /// Everything that the data names.
    #[default]
    All,
    /// Members of the United Nations on the date.
    Un193,
    /// Members and observer states.
    Un193Plus2,
    /// Correlates of War state system.
    Cow,
    /// Gleditsch and Ward's list.
    Gw,
}

/// A roster that does not exist.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("there is no roster \"{0}\": say all, un193, un193+2, cow or gw")]
pub struct LensError(pub String);

impl Roster {
    /// The name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Roster::All => "all",
            Roster::Un193 => "un193",
            Roster::Un193Plus2 => "un193+2",
            Roster::Cow => "cow",
            Roster::Gw => "gw",
        }
    }

    /// Reads a name of the command line.
    ///
    /// # Errors
    /// [`LensError`] naming the rosters.
    pub fn parse(text: &str) -> Result<Roster, LensError> {
        [Roster::All, Roster::Un193, Roster::Un193Plus2, Roster::Cow, Roster::Gw]
            .into_iter()
            .find(|roster| roster.name() == text)
            .ok_or_else(|| LensError(text.to_owned()))
    }

    /// The lists of `data/names/rosters.csv` that it is made of; none of everything.
    fn lists(&self) -> &'static [&'static str] {
        match self {
            Roster::All => &[],
            Roster::Un193 => &["un_members"],
            Roster::Un193Plus2 => &["un_members", "un_observers"],
            Roster::Cow => &["cow"],
            Roster::Gw => &["gw"],
        }
    }

    /// Who left the roster in a year, with the last day in it.
    pub fn left_in<'g>(&self, year: i16, gazetteer: &'g Gazetteer) -> Vec<(&'g str, Day)> {
        let rows = self.lists().iter().filter_map(|list| gazetteer.roster(list)).flatten();
        let mut left: Vec<(&str, Day)> = rows
            .filter_map(|(at, span)| {
                let last = span.ended?.latest?.yesterday().ok()?;
                (last.year() == year).then_some((gazetteer.entity_at(*at).slug.as_str(), last))
            })
            .collect();
        left.sort_unstable();
        left
    }

    /// Who counts on some day from the first to the last of `days` (today if `None`), each with the state that stood in
    /// its place then, by slug; `None` where everybody does.
    pub fn members<'g>(&self, days: Option<(Day, Day)>, gazetteer: &'g Gazetteer) -> Option<Vec<(&'g str, &'g str)>> {
        if *self == Roster::All {
            return None;
        }
        let lists = self.lists().iter().filter_map(|list| gazetteer.members_in(list, days));
        let mut members: Vec<(&str, &str)> = lists.flatten().collect();
        members.sort_unstable();
        members.dedup();
        Some(members)
    }
}

/// What a view shows.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    /// Date in the world; `None` shows what no source says is over.
    pub as_of: Option<Day>,
    /// With `as_of`, what held on some day from that date to this one. Cover is asked of one day and knows no span.
    pub through: Option<Day>,
    /// Only what certainly held on the date, not what may have.
    pub certain: bool,
    /// Without a date, also what a source says is over.
    pub past: bool,
    /// Who counts.
    pub roster: Roster,
    /// Which ties; empty means all.
    pub ties: Vec<TieKind>,
}

impl Lens {
    /// Everything, on a date.
    pub fn as_of(day: Day) -> Lens {
        Lens { as_of: Some(day), ..Lens::default() }
    }

    /// Everything that held on some day of a year; `None` for a year beyond 1 to 9999.
    pub fn in_year(year: i16) -> Option<Lens> {
        let (first, last) = (Day::new(year, 1, 1).ok()?, Day::new(year, 12, 31).ok()?);
        Some(Lens { as_of: Some(first), through: Some(last), ..Lens::default() })
    }

    /// First and last day that the lens looks at.
    pub fn days(&self) -> Option<(Day, Day)> {
        self.as_of.map(|first| (first, self.through.unwrap_or(first)))
    }

    /// "as of 2021-01-01, roster un193", to be printed with every figure.
    pub fn caption(&self) -> String {
        let date = match (self.as_of, self.through) {
            (None, _) => "as the sources stand".to_owned(),
            (Some(day), None) => format!("as of {day}"),
            (Some(first), Some(last)) => format!("from {first} to {last}"),
        };
        let certain = match (self.certain, self.as_of) {
            (true, _) => ", certain only",
            (false, Some(_)) => ", with what may have held",
            (false, None) => "",
        };
        format!("{date}, roster {}{certain}", self.roster.name())
    }
}
