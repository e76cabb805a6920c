//! A table of two columns, member and organisation, with weights and years if it has them.

use std::io::Read;

use crate::affiliation::bits::BitRows;
use crate::affiliation::lists::Lists;
use crate::affiliation::table::{Affiliations, Layer, WeightedCell};
use crate::affiliation::years::{MemberYears, Year};
use crate::delimited::{Cells, Labels, Open, one_line};
use crate::model::Problem;

/// Most cells of a table that is held as bits: 256 MiB.
const DENSE: usize = 1 << 31;

/// A file that is no two-mode table, or one too large for what is asked.
#[derive(Debug, thiserror::Error)]
pub enum TwoModeError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// Its header has fewer than two columns to take.
    #[error("{file}:1: \"{head}\" is no header of a two-mode table: it needs the columns member and organization")]
    Header {
        /// The file.
        file: String,
        /// Its first line.
        head: String,
    },
    /// All pairs would need a table that is too large.
    #[error(
        "{members} members by {organisations} organizations are too many for all pairs: \
         overlap --table FILE --top N asks for the nearest of each"
    )]
    TooLarge {
        /// How many members.
        members: usize,
        /// How many organisations.
        organisations: usize,
    },
}

/// A two-mode table as it was read. Labels are in order: numbers by size, else by their bytes.
#[derive(Debug, Default)]
pub struct TwoMode {
    /// Labels of the members.
    pub members: Vec<String>,
    /// Labels of the organisations.
    pub organisations: Vec<String>,
    /// Member and organisation of every row; one that weighs 0 says that both are there and have nothing in common.
    cells: Vec<(u32, u32)>,
    /// Weights of the rows; empty where the table has none.
    weights: Vec<f64>,
    /// Years of the rows; empty where the table has none.
    years: Vec<Year>,
    /// Rows that could not be read, by line.
    pub problems: Vec<Problem>,
}

/// Which column is what.
struct Columns {
    member: usize,
    organisation: usize,
    weight: Option<usize>,
    year: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Columns> {
        let place = |names: &[&str]| header.iter().position(|column| names.contains(&column.as_str()));
        let weight = place(&["weight", "level", "value", "status"]);
        let year = place(&["year"]);
        let rest: Vec<usize> = (0..header.len()).filter(|at| Some(*at) != weight && Some(*at) != year).collect();
        let member = place(&["member", "state", "actor"]).or(rest.first().copied())?;
        let other = rest.into_iter().find(|at| *at != member);
        let organisation = place(&["organization", "organisation", "igo", "event", "group"]).or(other)?;
        (member != organisation).then_some(Columns { member, organisation, weight, year })
    }
}

impl TwoMode {
    /// Reads a table, by commas, semicolons or tabs. Columns by name: `member`, `organization`, and if there are any
    /// `weight` and `year`; else the first two. `tell` is told the number of rows from time to time. O(rows).
    ///
    /// # Errors
    /// [`TwoModeError::Read`] and [`TwoModeError::Header`]; bad rows are problems.
    pub fn read(file: &str, bytes: impl Read, tell: &mut dyn FnMut(u64)) -> Result<TwoMode, TwoModeError> {
        let Open { head, header, mut records } = Open::of(bytes)?;
        let Some(columns) = Columns::of(&header) else {
            return Err(TwoModeError::Header { file: file.to_owned(), head });
        };
        let mut table = TwoMode::default();
        let (mut members, mut organisations) = (Labels::default(), Labels::default());
        let mut record = csv::ByteRecord::new();
        let mut rows = 0u64;
        while records.read_byte_record(&mut record).map_err(std::io::Error::other)? {
            rows += 1;
            if rows.is_multiple_of(1 << 18) {
                tell(rows);
            }
            match row(&record, &columns) {
                Ok((member, organisation, weight, year)) => {
                    table.cells.push((members.number(member), organisations.number(organisation)));
                    if columns.weight.is_some() {
                        table.weights.push(weight);
                    }
                    table.years.extend(year);
                }
                Err(message) => {
                    table.problems.push(crate::delimited::problem(file, &record, message));
                }
            }
        }
        let places;
        (table.members, places) = members.ordered();
        table.cells.iter_mut().for_each(|cell| cell.0 = places[cell.0 as usize]);
        let places;
        (table.organisations, places) = organisations.ordered();
        table.cells.iter_mut().for_each(|cell| cell.1 = places[cell.1 as usize]);
        Ok(table)
    }

    /// How many rows were taken.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no row was taken.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether rows have weights.
    pub fn has_weights(&self) -> bool {
        !self.weights.is_empty()
    }

    /// Whether rows have years.
    pub fn has_years(&self) -> bool {
        !self.years.is_empty()
    }

    /// First and last year, where rows have any.
    pub fn span(&self) -> Option<(Year, Year)> {
        Some((*self.years.iter().min()?, *self.years.iter().max()?))
    }

    /// Lists for networks of any size; weights are left out. `year` picks its rows.
    pub fn lists(self, year: Option<Year>) -> Lists {
        let held = |at: &usize| self.weight(*at) > 0.0 && year.is_none_or(|year| self.years.get(*at) == Some(&year));
        let cells = match (year, self.weights.is_empty()) {
            (None, true) => self.cells,
            _ => (0..self.cells.len()).filter(held).map(|at| self.cells[at]).collect(),
        };
        Lists::new(self.members, self.organisations, cells)
    }

    /// A table for all pairs. `year` picks its rows, and then only members and organisations with one are there.
    ///
    /// # Errors
    /// [`TwoModeError::TooLarge`].
    pub fn affiliations(&self, year: Option<Year>) -> Result<Affiliations, TwoModeError> {
        self.check_size(self.members.len())?;
        let chosen = |at: &usize| year.is_none_or(|year| self.years.get(*at) == Some(&year));
        let cells: Vec<WeightedCell> = (0..self.cells.len())
            .filter(chosen)
            .map(|at| {
                let (member, organisation) = self.cells[at];
                (member as usize, organisation as usize, self.weight(at))
            })
            .collect();
        let table = Affiliations::new(self.members.clone(), self.organisations.clone(), &cells);
        if year.is_none() {
            return Ok(table);
        }
        let named = |of: fn(&WeightedCell) -> usize| -> Vec<usize> {
            let mut named: Vec<usize> = cells.iter().map(of).collect();
            named.sort_unstable();
            named.dedup();
            named
        };
        Ok(table.with_members(&named(|cell| cell.0)).with_organisations(&named(|cell| cell.1)))
    }

    fn check_size(&self, rows: usize) -> Result<(), TwoModeError> {
        let (members, organisations) = (self.members.len(), self.organisations.len());
        let (cells, pairs) = (rows.saturating_mul(organisations), members.saturating_mul(members) / 2);
        if cells > DENSE || pairs > DENSE / 8 {
            return Err(TwoModeError::TooLarge { members, organisations });
        }
        Ok(())
    }

    fn weight(&self, at: usize) -> f64 {
        self.weights.get(at).copied().unwrap_or(1.0)
    }

    /// Portfolios year by year; all in the year 0 where rows have none.
    ///
    /// # Errors
    /// [`TwoModeError::TooLarge`].
    pub fn member_years(&self) -> Result<MemberYears, TwoModeError> {
        let year = |at: usize| self.years.get(at).copied().unwrap_or(0);
        let mut rows: Vec<(u32, Year)> = (0..self.cells.len()).map(|at| (self.cells[at].0, year(at))).collect();
        rows.sort_unstable();
        rows.dedup();
        self.check_size(rows.len())?;
        let mut steps: Vec<f64> = (0..self.cells.len()).map(|at| self.weight(at)).filter(|step| *step > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        if steps.is_empty() {
            steps.push(1.0);
        }
        let mut below = 0.0;
        let layers = steps.into_iter().map(|step| {
            let mut cells = BitRows::new(rows.len(), self.organisations.len());
            for at in (0..self.cells.len()).filter(|at| self.weight(*at) >= step) {
                let (member, organisation) = self.cells[at];
                if let Ok(row) = rows.binary_search(&(member, year(at))) {
                    cells.set(row, organisation as usize);
                }
            }
            let layer = Layer { step: step - below, cells };
            below = step;
            layer
        });
        let layers = layers.collect();
        Ok(MemberYears::new(self.members.clone(), self.organisations.clone(), &rows, layers).0)
    }
}

/// Member, organisation, weight and year of a row.
type Read4<'r> = (&'r [u8], &'r [u8], f64, Option<Year>);

fn row<'r>(record: &'r csv::ByteRecord, columns: &Columns) -> Result<Read4<'r>, String> {
    let cells = Cells(record);
    let (Some(member), Some(organisation)) = (cells.text(columns.member), cells.text(columns.organisation)) else {
        return Err("no member and organization; row skipped".to_owned());
    };
    one_line([member, organisation])?;
    let weight = match columns.weight {
        None => 1.0,
        Some(at) => cells
            .word(at)
            .and_then(|text| text.parse::<f64>().ok())
            .filter(|weight| weight.is_finite() && *weight >= 0.0)
            .ok_or_else(|| format!("\"{}\" is no weight, which is a number from 0; row skipped", cells.shown(at)))?,
    };
    Ok((member, organisation, weight, cells.year(columns.year)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TwoMode {
        TwoMode::read("t.csv", text.as_bytes(), &mut |_| {}).unwrap()
    }

    #[test]
    fn columns_by_name_or_by_place_and_rows_that_are_wrong() {
        for text in [
            "year,organization,weight,member\n1990,B,2,10\n1990,A,1,9\n1991,A,0,9\n",
            "actor;event;level;year\n10;B;2;1990\n9;A;1;1990\n9;A;0;1991\n",
            "x\ty\tweight\tyear\r\n10\tB\t2\t1990\r\n9\tA\t1\t1990\r\n9\tA\t0\t1991\r\n",
        ] {
            let table = read(text);
            assert_eq!(
                (table.members.as_slice(), table.organisations.as_slice()),
                (["9".into(), "10".into()].as_slice(), ["A".into(), "B".into()].as_slice())
            );
            assert_eq!((table.len(), table.span(), table.problems.len()), (3, Some((1990, 1991)), 0));
            let on = table.affiliations(Some(1990)).unwrap();
            assert_eq!((on.levels(0), on.levels(1)), (vec![1.0, 0.0], vec![0.0, 2.0]));
            assert_eq!(table.member_years().unwrap().on(1990), on);
        }
        let odd = read("member,organization,weight,year\na,,1,1990\na,X,much,1990\nb,X,1,soon\nb,X,1,1990\nb\n");
        let problems: Vec<String> = odd.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "t.csv:2: problem: no member and organization; row skipped",
                "t.csv:3: problem: \"much\" is no weight, which is a number from 0; row skipped",
                "t.csv:4: problem: \"soon\" is no year; row skipped",
                "t.csv:6: problem: no member and organization; row skipped",
            ]
        );
        assert_eq!(odd.len(), 1);
    }

    #[test]
    fn what_is_no_table_says_so() {
        let error = TwoMode::read("t.csv", "alone\n1\n".as_bytes(), &mut |_| {}).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv:1: \"alone\" is no header of a two-mode table: it needs the columns member and organization"
        );
        assert!(read("member,organization\n").is_empty());
    }
}
