//! Portfolios year by year, and the dyad-years made of them.

use crate::delimited::label_order;
use std::collections::BTreeMap;

use super::bits::BitRows;
use super::table::{Affiliations, Layer};

/// A year of our era, or before it if negative.
pub type Year = i16;

/// The portfolio of every member in every year in which it is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberYears {
    /// Labels of the members, in the order of their dyads.
    pub members: Vec<String>,
    /// Labels of the organisations.
    pub organisations: Vec<String>,
    /// Member, year and whether the source speaks of it; sorted, each once.
    rows: Vec<(u32, Year, bool)>,
    /// Cells by row, as [`Affiliations::layers`].
    layers: Vec<Layer>,
    /// First row of each member, and the number of rows.
    starts: Vec<usize>,
}

/// Two members in a year in which both are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DyadYear {
    /// Place of the first member.
    pub one: usize,
    /// Place of the second, which is later.
    pub other: usize,
    /// The year.
    pub year: Year,
    /// Rows of the two; `None` where the source does not speak of one of them.
    pub rows: Option<(usize, usize)>,
}

impl MemberYears {
    /// Portfolios from rows in any order: `rows[n]` has its cells in row n of every layer. Members are put in order:
    /// numbers by size, else labels by their bytes. Of two rows for one member and year the first stays; the second
    /// value has the places of the others.
    ///
    /// # Panics
    /// If a layer has not as many rows.
    pub fn new(
        members: Vec<String>,
        organisations: Vec<String>,
        rows: &[(u32, Year)],
        layers: Vec<Layer>,
    ) -> (MemberYears, Vec<usize>) {
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by(|a, b| label_order(&members[*a], &members[*b]));
        let mut place = vec![0u32; members.len()];
        for (at, member) in (0u32..).zip(&order) {
            place[*member] = at;
        }
        let mut sorted: Vec<usize> = (0..rows.len()).collect();
        let key = |at: usize| (place[rows[at].0 as usize], rows[at].1);
        if !rows.windows(2).enumerate().all(|(at, _)| key(at) < key(at + 1)) {
            sorted.sort_by_key(|at| (key(*at), *at));
        }
        let mut twice = Vec::new();
        sorted.dedup_by(|later, first| {
            let same = key(*later) == key(*first);
            if same {
                twice.push(*later);
            }
            same
        });
        let in_order = sorted.iter().enumerate().all(|(at, from)| at == *from);
        let layers = if in_order {
            layers
        } else {
            let moved = |layer: Layer| Layer { step: layer.step, cells: layer.cells.rows_at(sorted.iter().copied()) };
            layers.into_iter().map(moved).collect()
        };
        let rows: Vec<(u32, Year, bool)> = sorted.iter().map(|at| (key(*at).0, key(*at).1, true)).collect();
        let members = order.into_iter().map(|at| members[at].clone()).collect();
        let mut years = MemberYears { members, organisations, rows, layers, starts: Vec::new() };
        years.index();
        (years, twice)
    }

    fn index(&mut self) {
        let at = |member: u32| self.rows.partition_point(|row| row.0 < member);
        self.starts = (0u32..).take(self.members.len() + 1).map(at).collect();
    }

    /// First and last year of which the source speaks.
    pub fn span(&self) -> Option<(Year, Year)> {
        let years = || self.rows.iter().filter(|row| row.2).map(|row| row.1);
        Some((years().min()?, years().max()?))
    }

    /// Number of rows of which the source speaks.
    pub fn len(&self) -> usize {
        self.rows.iter().filter(|row| row.2).count()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds years of members of which the source does not speak; members are added where they are not there yet, and
    /// years that are there stay.
    #[must_use]
    pub fn with_unknown(self, unknown: &[(String, Year)]) -> MemberYears {
        let mut known: BTreeMap<(String, Year), usize> = BTreeMap::new();
        for (at, (member, year, _)) in self.rows.iter().enumerate() {
            known.insert((self.members[*member as usize].clone(), *year), at);
        }
        let mut rows: Vec<(String, Year, Option<usize>)> =
            known.iter().map(|((member, year), at)| (member.clone(), *year, Some(*at))).collect();
        for (member, year) in unknown {
            if !known.contains_key(&(member.clone(), *year)) {
                rows.push((member.clone(), *year, None));
            }
        }
        rows.sort_by(|a, b| label_order(&a.0, &b.0).then(a.1.cmp(&b.1)));
        rows.dedup_by(|later, first| later.0 == first.0 && later.1 == first.1);
        let mut members: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
        members.dedup();
        let mut places = Vec::with_capacity(rows.len());
        for (member, year, at) in &rows {
            let place = members.binary_search_by(|known| label_order(known, member)).unwrap_or(0);
            places.push((u32::try_from(place).unwrap_or(u32::MAX), *year, at.is_some()));
        }
        let layers = self.layers.iter().map(|layer| {
            let mut cells = BitRows::new(rows.len(), self.organisations.len());
            for (to, from) in rows.iter().enumerate().filter_map(|(to, row)| Some((to, row.2?))) {
                cells.row_mut(to).copy_from_slice(layer.cells.row(from));
            }
            Layer { step: layer.step, cells }
        });
        let layers = layers.collect();
        let mut years =
            MemberYears { members, organisations: self.organisations, rows: places, layers, starts: vec![] };
        years.index();
        years
    }

    /// Keeps the organisations at some places.
    #[must_use]
    pub fn with_organisations(self, places: &[usize]) -> MemberYears {
        let kept = |layer: &Layer| Layer { step: layer.step, cells: layer.cells.columns_at(places) };
        MemberYears {
            organisations: places.iter().map(|at| self.organisations[*at].clone()).collect(),
            layers: self.layers.iter().map(kept).collect(),
            ..self
        }
    }

    /// Gives every member of every year another label, such as its code in another system; rows for which there is
    /// none are left out, and of two that come to bear one label in one year the first stays.
    #[must_use]
    pub fn relabelled(self, label: impl Fn(&str, Year) -> Option<String>) -> MemberYears {
        let mut members: Vec<String> = Vec::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let (mut rows, mut kept) = (Vec::new(), Vec::new());
        for (at, (member, year, known)) in self.rows.iter().enumerate() {
            let Some(label) = label(&self.members[*member as usize], *year).filter(|_| *known) else { continue };
            let next = u32::try_from(members.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(label.clone()).or_insert_with(|| {
                members.push(label);
                next
            });
            rows.push((number, *year));
            kept.push(at);
        }
        let moved = |layer: &Layer| Layer { step: layer.step, cells: layer.cells.rows_at(kept.iter().copied()) };
        MemberYears::new(members, self.organisations, &rows, self.layers.iter().map(moved).collect()).0
    }

    /// The table of one year: members of which the source speaks, organisations that have one of them.
    pub fn on(&self, year: Year) -> Affiliations {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].1 == year && self.rows[*at].2).collect();
        let layers = self.layers.iter();
        let table = Affiliations {
            members: rows.iter().map(|at| self.members[self.rows[*at].0 as usize].clone()).collect(),
            organisations: self.organisations.clone(),
            layers: layers
                .map(|layer| Layer { step: layer.step, cells: layer.cells.rows_at(rows.iter().copied()) })
                .collect(),
            ..Affiliations::default()
        };
        table.within_reference()
    }

    /// The layers of all rows.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Rows of a member: places, and their years.
    fn rows_of(&self, member: usize) -> std::ops::Range<usize> {
        self.starts[member]..self.starts[member + 1]
    }

    /// Every year in which `one` and a later member are both there, by member, then by year.
    pub fn dyads_of(&self, one: usize) -> impl Iterator<Item = DyadYear> + '_ {
        (one + 1..self.members.len()).flat_map(move |other| {
            let (mut mine, mut theirs) = (self.rows_of(one), self.rows_of(other));
            // Years before the other's first one have nothing to meet.
            if let (Some(first), Some(start)) = (self.rows.get(theirs.start), self.rows.get(mine.start)) {
                if first.1 > start.1 {
                    mine.start += self.rows[mine.clone()].partition_point(|row| row.1 < first.1);
                } else {
                    theirs.start += self.rows[theirs.clone()].partition_point(|row| row.1 < start.1);
                }
            }
            std::iter::from_fn(move || {
                while !mine.is_empty() && !theirs.is_empty() {
                    let (a, b) = (self.rows[mine.start], self.rows[theirs.start]);
                    match a.1.cmp(&b.1) {
                        std::cmp::Ordering::Less => mine.start += 1,
                        std::cmp::Ordering::Greater => theirs.start += 1,
                        std::cmp::Ordering::Equal => {
                            let rows = (a.2 && b.2).then_some((mine.start, theirs.start));
                            mine.start += 1;
                            theirs.start += 1;
                            return Some(DyadYear { one, other, year: a.1, rows });
                        }
                    }
                }
                None
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> MemberYears {
        let mut cells = BitRows::new(5, 3);
        for (row, column) in [(0, 0), (0, 1), (1, 0), (2, 1), (3, 0), (3, 1), (4, 2)] {
            cells.set(row, column);
        }
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let rows = [(0, 1990), (0, 1991), (1, 1990), (1, 1991), (0, 1990)];
        let layers = vec![Layer { step: 1.0, cells }];
        let (years, twice) = MemberYears::new(names(&["20", "3"]), names(&["a", "b", "c"]), &rows, layers);
        assert_eq!(twice, [4]);
        years
    }

    #[test]
    fn members_are_ordered_as_numbers_and_years_meet() {
        let years = sample();
        assert_eq!(years.members, ["3", "20"]);
        let met: Vec<(Year, u32)> = years
            .dyads_of(0)
            .map(|dyad| {
                let (a, b) = dyad.rows.unwrap();
                let cells = &years.layers()[0].cells;
                (dyad.year, super::super::bits::shared(cells.row(a), cells.row(b)))
            })
            .collect();
        assert_eq!(met, [(1990, 1), (1991, 1)]);
        assert_eq!(years.span(), Some((1990, 1991)));
        let table = years.on(1990);
        assert_eq!((table.members, table.organisations), (vec!["3".into(), "20".into()], vec!["a".into(), "b".into()]));
    }

    #[test]
    fn what_the_source_does_not_speak_of_is_there_and_unknown() {
        let unknown =
            [("3".to_owned(), 1992), ("20".to_owned(), 1992), ("20".to_owned(), 1990), ("7".to_owned(), 1992)];
        let years = sample().with_unknown(&unknown);
        assert_eq!(
            (years.members.clone(), years.span(), years.len()),
            (vec!["3".into(), "7".into(), "20".into()], Some((1990, 1991)), 4)
        );
        let dyads: Vec<(usize, Year, bool)> =
            years.dyads_of(0).map(|dyad| (dyad.other, dyad.year, dyad.rows.is_some())).collect();
        assert_eq!(dyads, [(1, 1992, false), (2, 1990, true), (2, 1991, true), (2, 1992, false)]);
    }
}
