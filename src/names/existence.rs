//! Who existed when, and who stood in whose place: the one mechanism behind names, codes, rosters and questions on a
//! day.

use super::gazetteer::{Gazetteer, Succession};
use super::position::EntityAt;
use crate::model::{Bound, Day, Held, Span};

/// Rosters that say since when a state has been one; their rows are in the order of the entities.
const STATES_SYSTEM: [&str; 2] = ["cow", "gw"];

impl Gazetteer {
    /// When an entity or organisation existed; `None` for what no table has. A state is often older than its constitution
    /// or independence (Switzerland, Morocco): it began when a roster of the states system has it, unless the tables have
    /// the one that it continues.
    pub fn life(&self, slug: &str) -> Option<Span> {
        let Some(at) = self.entity_index(slug) else {
            return self.organisation(slug).map(|organisation| organisation.span);
        };
        Some(
            self.lives.get_or_init(|| (0..self.entities().len()).map(|at| self.life_at(EntityAt::new(at))).collect())
                [at.index()],
        )
    }

    fn life_at(&self, at: EntityAt) -> Span {
        let entity = self.entity_at(at);
        let mut life = entity.span;
        let before = |began| {
            self.successions(&entity.slug)
                .any(|row| row.successor == *entity.slug && continues(row) && row.date.earliest <= Some(began))
        };
        if let (Some(began), Some(listed)) = (life.began.earliest, self.listed_from(at))
            && listed < began
            && !before(began)
        {
            life.began = Bound::on(listed);
        }
        life
    }

    /// The first day on which the field's rosters of states have an entity.
    fn listed_from(&self, at: EntityAt) -> Option<Day> {
        let rosters = STATES_SYSTEM.iter().filter_map(|name| self.roster(name));
        let first = rosters.filter_map(|rows| rows.get(rows.partition_point(|(other, _)| *other < at)));
        first.filter(|(other, _)| *other == at).filter_map(|(_, span)| span.began.earliest).min()
    }

    /// Whether something may have existed on a day, or exists today where none is given; what no table has always may.
    pub fn exists(&self, slug: &str, day: Option<Day>) -> bool {
        self.exists_in(slug, day.map(|day| (day, day)))
    }

    /// The same for some day from the first to the last.
    pub fn exists_in(&self, slug: &str, days: Option<(Day, Day)>) -> bool {
        match days {
            Some((first, last)) => self.life(slug).is_none_or(|life| life.held_in(first, last) != Held::No),
            None => match self.entity(slug) {
                Some(entity) => entity.span.is_open(),
                None => self.organisation(slug).is_none_or(|organisation| organisation.span.is_open()),
            },
        }
    }

    /// How this state continues another under another name or constitution, or took its place; `None` where it does not,
    /// or continues several.
    pub fn continuation(&self, slug: &str) -> Option<&Succession> {
        let mut rows = self.successions(slug).filter(|row| row.successor == slug && continues(row));
        let only = rows.next()?;
        rows.next().is_none().then_some(only)
    }

    /// What state continues this one, or took its place; `None` where none does, or several do.
    pub fn continued_by(&self, slug: &str) -> Option<&Succession> {
        let mut rows = self.successions(slug).filter(|row| row.former == slug && continues(row));
        let only = rows.next()?;
        rows.next().is_none().then_some(only)
    }

    /// Who stood or stands in the place of a state on a day (today where none is given): itself, else those before it
    /// or after it, in the order of their slugs. A state that continues another stands alone for it; one that another
    /// joined is not its past.
    pub fn in_the_place_of<'a>(&'a self, slug: &'a str, day: Option<Day>) -> Vec<&'a str> {
        if self.exists(slug, day) {
            return vec![slug];
        }
        let unborn = |slug: &str| {
            let began = self.life(slug).and_then(|life| life.began.earliest);
            day.is_some_and(|day| began.is_some_and(|began| day < began))
        };
        let (mut open, mut found, mut seen) = (vec![slug], Vec::new(), vec![slug]);
        while let Some(at) = open.pop() {
            if self.exists(at, day) {
                found.push(at);
                continue;
            }
            let back = unborn(at);
            let rows = self.successions(at).filter(|row| if back { row.successor == at } else { row.former == at });
            let mut rows: Vec<&Succession> = rows.filter(|row| !back || row.mode != "joins").collect();
            if rows.iter().any(|row| continues(row)) {
                rows.retain(|row| continues(row));
            }
            for row in rows {
                let next = if back { row.former.as_str() } else { row.successor.as_str() };
                if !seen.contains(&next) {
                    seen.push(next);
                    open.push(next);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The state that stood on a day of which this one is the continuation: itself, the Soviet Union for Russia in 1985;
    /// `None` where nobody of the tables did.
    pub fn stood_as<'a>(&'a self, slug: &'a str, day: Day) -> Option<&'a str> {
        let (mut at, mut steps) = (slug, 0);
        while !self.exists(at, Some(day)) {
            steps += 1;
            at = &self.continuation(at).filter(|_| steps < 20)?.former;
        }
        Some(at)
    }

    /// The members of a roster on some day from the first to the last (today where none is given), by the slug of the
    /// roster's row, each with the state that stood then: the Soviet Union for the Russia that a roster has since 1816.
    /// Where the tables have nobody, that is the roster's own. `None` if there is no such roster.
    pub fn members_in<'a>(&'a self, roster: &str, days: Option<(Day, Day)>) -> Option<Vec<(&'a str, &'a str)>> {
        let rows = self.roster(roster)?.iter().filter(|(_, span)| match days {
            Some((first, last)) => span.held_in(first, last) != Held::No,
            None => span.is_open(),
        });
        let mut members: Vec<(&str, &str)> = rows
            .map(|(at, _)| {
                let slug = self.entity_at(*at).slug.as_str();
                let then = match days {
                    Some((_, last)) if !self.exists_in(slug, days) => self.stood_as(slug, last).unwrap_or(slug),
                    _ => slug,
                };
                (slug, then)
            })
            .collect();
        members.sort_unstable();
        members.dedup();
        Some(members)
    }
}

fn continues(row: &Succession) -> bool {
    matches!(row.mode.as_str(), "continues" | "renamed" | "replaces")
}
