//! The bipartite configuration model: the most even table of probabilities with given expected sizes.
//!
//! p_io = x_i·y_o / (1 + x_i·y_o), with x and y such that every row and column sums to its observed size (Saracco et
//! al. 2015, 2017). Rows and columns that leave no choice (nobody, everybody) are set before the rest is solved.

use crate::affiliation::bits::{BitRows, count};
use crate::affiliation::measures::whole;

/// Sums that stay so near to their sizes end the search.
const NEAR: f64 = 1e-10;

/// Sums that are no nearer after the last round are an error.
const FAR: f64 = 1e-3;

/// Rows and columns up to which Newton's steps are taken.
const NEWTON: usize = 1000;

/// Rounds of the search.
const ROUNDS: usize = 20_000;

/// A null model that cannot be fitted.
#[derive(Clone, Debug, thiserror::Error, PartialEq)]
pub enum FitError {
    /// Probabilities that have not been found.
    #[error(
        "no probabilities give the sizes of this table: {error:.1e} away from a size after {ROUNDS} rounds; \
         --null fdsm asks for none"
    )]
    NotFound {
        /// How far the worst sum is from its size.
        error: f64,
    },
    /// A table whose cells or pairs do not fit in memory.
    #[error("{members} members by {organisations} organisations are too many for this null model: test fewer at once")]
    TooLarge {
        /// How many members.
        members: usize,
        /// How many organisations.
        organisations: usize,
    },
}

/// Probabilities of all cells.
#[derive(Clone, Debug)]
pub struct Bicm {
    columns: usize,
    cells: Vec<f64>,
    /// How far the worst sum of a row or column is from its size.
    pub error: f64,
}

/// What is known of a row or column before the search.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    /// To be solved.
    Free,
    /// What is left of it is empty.
    Empty,
    /// What is left of it is full.
    Full,
}

impl Bicm {
    /// Fits a table; `closed` cells have probability 0. O(rounds · rows · columns) at worst, with equal rows and
    /// columns solved once.
    ///
    /// # Errors
    /// [`FitError`] where the sizes cannot be met.
    pub fn fit(cells: &BitRows, closed: Option<&BitRows>) -> Result<Bicm, FitError> {
        let (rows, columns) = (cells.len(), cells.columns());
        let open = |row: usize, column: usize| closed.is_none_or(|closed| !closed.get(row, column));
        let mut probabilities = vec![0.0; rows * columns];
        let mut left: (Vec<u32>, Vec<u32>) = ((0..rows).map(|row| count(cells.row(row))).collect(), cells.degrees());
        let mut lines = (vec![Line::Free; rows], vec![Line::Free; columns]);
        peel(&mut lines, &mut left, &open, &mut probabilities);
        let free = |lines: &[Line]| -> Vec<usize> {
            lines.iter().enumerate().filter(|(_, line)| **line == Line::Free).map(|(at, _)| at).collect()
        };
        let across = closed.map(BitRows::transposed);
        let row_groups = grouped(free(&lines.0), &left.0, closed);
        let column_groups = grouped(free(&lines.1), &left.1, across.as_ref());
        let system = System {
            rows: row_groups.iter().map(|group| (f64::from(left.0[group[0]]), whole(group.len()))).collect(),
            columns: column_groups.iter().map(|group| (f64::from(left.1[group[0]]), whole(group.len()))).collect(),
            open: closed.map(|_| {
                let of = |row: &Vec<usize>| -> Vec<f64> {
                    column_groups.iter().map(|column| f64::from(u8::from(open(row[0], column[0])))).collect()
                };
                row_groups.iter().map(of).collect()
            }),
        };
        let (x, y, error) = system.solve();
        if error > FAR {
            return Err(FitError::NotFound { error });
        }
        for (group, x) in row_groups.iter().zip(&x) {
            for (others, y) in column_groups.iter().zip(&y) {
                for (row, column) in group.iter().flat_map(|row| others.iter().map(move |column| (*row, *column))) {
                    if open(row, column) {
                        probabilities[row * columns + column] = x * y / (1.0 + x * y);
                    }
                }
            }
        }
        Ok(Bicm { columns, cells: probabilities, error })
    }

    /// Probabilities of one member's cells.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }
}

/// Sets the rows and columns that leave no choice, again and again, since each takes cells from the others.
fn peel(
    lines: &mut (Vec<Line>, Vec<Line>),
    left: &mut (Vec<u32>, Vec<u32>),
    open: &dyn Fn(usize, usize) -> bool,
    probabilities: &mut [f64],
) {
    let (rows, columns) = (left.0.len(), left.1.len());
    loop {
        let mut found = false;
        for row in 0..rows {
            if lines.0[row] != Line::Free {
                continue;
            }
            let cells = || (0..columns).filter(|column| lines.1[*column] == Line::Free && open(row, *column));
            if left.0[row] == 0 {
                lines.0[row] = Line::Empty;
            } else if left.0[row] as usize == cells().count() {
                for column in cells() {
                    probabilities[row * columns + column] = 1.0;
                    left.1[column] -= 1;
                }
                left.0[row] = 0;
                lines.0[row] = Line::Full;
            } else {
                continue;
            }
            found = true;
        }
        for column in 0..columns {
            if lines.1[column] != Line::Free {
                continue;
            }
            let cells = || (0..rows).filter(|row| lines.0[*row] == Line::Free && open(*row, column));
            if left.1[column] == 0 {
                lines.1[column] = Line::Empty;
            } else if left.1[column] as usize == cells().count() {
                for row in cells() {
                    probabilities[row * columns + column] = 1.0;
                    left.0[row] -= 1;
                }
                left.1[column] = 0;
                lines.1[column] = Line::Full;
            } else {
                continue;
            }
            found = true;
        }
        if !found {
            return;
        }
    }
}

/// Lines that have one solution together: of equal size, and closed at the same places.
fn grouped(mut lines: Vec<usize>, sizes: &[u32], closed: Option<&BitRows>) -> Vec<Vec<usize>> {
    let key = |line: usize| (sizes[line], closed.map_or(&[] as &[u64], |closed| closed.row(line)));
    lines.sort_by(|a, b| key(*a).cmp(&key(*b)).then(a.cmp(b)));
    lines.chunk_by(|a, b| key(*a) == key(*b)).map(<[usize]>::to_vec).collect()
}

/// What is left to solve: (size, how many lines have it), rows and columns.
struct System {
    rows: Vec<(f64, f64)>,
    columns: Vec<(f64, f64)>,
    /// 1 where a cell is open, 0 where it is closed; all open where `None`.
    open: Option<Vec<Vec<f64>>>,
}

impl System {
    /// x, y and how far the worst sum is from its size.
    ///
    /// Some rounds of each side solved in turn for the other's last values come near from any start; Newton's
    /// steps, where the system is small enough for them, then end the search in a few.
    fn solve(&self) -> (Vec<f64>, Vec<f64>, f64) {
        let cells: f64 = self.rows.iter().map(|(size, lines)| size * lines).sum();
        let start = |side: &[(f64, f64)]| -> Vec<f64> { side.iter().map(|(size, _)| size / cells.sqrt()).collect() };
        let mut found = (start(&self.rows), start(&self.columns));
        if found.0.is_empty() || found.1.is_empty() {
            return (found.0, found.1, 0.0);
        }
        for round in 0..ROUNDS {
            self.turn(&mut found);
            let small = self.rows.len() + self.columns.len() <= NEWTON;
            if small && round % 32 == 31 {
                while self.error(&found) > NEAR && self.newton(&mut found) {}
            }
            if (small || round % 8 == 7) && self.error(&found) < NEAR {
                break;
            }
        }
        let error = self.error(&found);
        (found.0, found.1, error)
    }

    fn open(&self, row: usize, column: usize) -> f64 {
        self.open.as_ref().map_or(1.0, |open| open[row][column])
    }

    /// Solves each row for the columns as they are, then each column for the rows.
    fn turn(&self, (x, y): &mut (Vec<f64>, Vec<f64>)) {
        for (at, (x, (size, _))) in x.iter_mut().zip(&self.rows).enumerate() {
            *x = size / pull(*x, y, &self.columns, |other| self.open(at, other));
        }
        for (at, (y, (size, _))) in y.iter_mut().zip(&self.columns).enumerate() {
            *y = size / pull(*y, x, &self.rows, |other| self.open(other, at));
        }
    }

    /// By how much every row and column is short of its size.
    fn short(&self, (x, y): &(Vec<f64>, Vec<f64>)) -> Vec<f64> {
        let rows = (0..x.len())
            .map(|at| self.rows[at].0 - x[at] * pull(x[at], y, &self.columns, |other| self.open(at, other)));
        let columns = (0..y.len())
            .map(|at| self.columns[at].0 - y[at] * pull(y[at], x, &self.rows, |other| self.open(other, at)));
        rows.chain(columns).collect()
    }

    fn error(&self, found: &(Vec<f64>, Vec<f64>)) -> f64 {
        self.short(found).into_iter().map(f64::abs).fold(0.0, f64::max)
    }

    /// One step on the logarithms of x and y, in which the likelihood is concave; shortened until it comes nearer.
    /// Returns whether it did.
    fn newton(&self, found: &mut (Vec<f64>, Vec<f64>)) -> bool {
        let (rows, all) = (found.0.len(), found.0.len() + found.1.len());
        let mut curved = vec![0.0; all * all];
        for (row, x) in found.0.iter().enumerate() {
            for (column, y) in found.1.iter().enumerate() {
                let joint = 1.0 + x * y;
                let spread =
                    self.open(row, column) * self.rows[row].1 * self.columns[column].1 * x * y / (joint * joint);
                curved[row * all + row] += spread;
                curved[(rows + column) * all + rows + column] += spread;
                curved[(rows + column) * all + row] = spread;
            }
        }
        // x may grow as y shrinks without a change of any sum: a little more on the diagonal picks one of these.
        let trace: f64 = (0..all).map(|at| curved[at * all + at]).sum();
        (0..all).for_each(|at| curved[at * all + at] += 1e-12 * trace);
        let lines = self.rows.iter().chain(&self.columns);
        let mut step: Vec<f64> = self.short(found).iter().zip(lines).map(|(short, (_, many))| short * many).collect();
        if !solve_positive(&mut curved, &mut step) {
            return false;
        }
        let longest = step.iter().copied().map(f64::abs).fold(1.0, f64::max);
        let error = self.error(found);
        let mut length = 1.0 / longest;
        for _ in 0..12 {
            let moved = |values: &[f64], by: &[f64]| -> Vec<f64> {
                values.iter().zip(by).map(|(value, by)| value * (length * by).exp()).collect()
            };
            let next = (moved(&found.0, &step[..rows]), moved(&found.1, &step[rows..]));
            if self.error(&next) < error {
                *found = next;
                return true;
            }
            length /= 2.0;
        }
        false
    }
}

/// Solves a symmetric positive system, given below its diagonal, by Cholesky's method; false where it is not positive.
fn solve_positive(matrix: &mut [f64], right: &mut [f64]) -> bool {
    let side = right.len();
    for column in 0..side {
        for row in column..side {
            let (upper, lower) = matrix.split_at(row * side);
            let one = if row == column { &lower[..column] } else { &upper[column * side..column * side + column] };
            let sum: f64 = one.iter().zip(&lower[..column]).map(|(a, b)| a * b).sum();
            let left = matrix[row * side + column] - sum;
            if row == column {
                if left <= 0.0 {
                    return false;
                }
                matrix[row * side + column] = left.sqrt();
            } else {
                matrix[row * side + column] = left / matrix[column * side + column];
            }
        }
    }
    for row in 0..side {
        let sum: f64 = (0..row).map(|column| matrix[row * side + column] * right[column]).sum();
        right[row] = (right[row] - sum) / matrix[row * side + row];
    }
    for row in (0..side).rev() {
        let sum: f64 = (row + 1..side).map(|later| matrix[later * side + row] * right[later]).sum();
        right[row] = (right[row] - sum) / matrix[row * side + row];
    }
    true
}

/// Σ over the other side of lines·other / (1 + own·other): the sum of a line's probabilities is `own` times this.
fn pull(own: f64, others: &[f64], lines: &[(f64, f64)], open: impl Fn(usize) -> f64) -> f64 {
    others
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(at, (other, (_, many)))| open(at) * many * other / (1.0 + own * other))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> BitRows {
        let mut cells = BitRows::new(rows.len(), rows[0].len());
        for (row, text) in rows.iter().enumerate() {
            text.bytes().enumerate().filter(|(_, cell)| *cell == b'1').for_each(|(column, _)| cells.set(row, column));
        }
        cells
    }

    /// The unit test of R's backbone package.
    #[test]
    fn published_values() {
        let fitted = Bicm::fit(&table(&["001", "010", "101"]), None).unwrap();
        let wanted = [[0.216, 0.216, 0.568], [0.216, 0.216, 0.568], [0.568, 0.568, 0.863]];
        for (row, wanted) in wanted.iter().enumerate() {
            for (found, wanted) in fitted.row(row).iter().zip(wanted) {
                assert!((found - wanted).abs() < 5e-4, "{found} {wanted}");
            }
        }
    }

    #[test]
    fn sums_are_the_sizes_and_what_leaves_no_choice_is_certain() {
        let cells = table(&["11111", "11010", "10000", "01100", "00000"]);
        let mut closed = BitRows::new(5, 5);
        closed.set(2, 1);
        closed.set(3, 4);
        for closed in [None, Some(&closed)] {
            let fitted = Bicm::fit(&cells, closed).unwrap();
            for row in 0..5 {
                let sum: f64 = fitted.row(row).iter().sum();
                assert!((sum - f64::from(count(cells.row(row)))).abs() < 1e-8, "{sum}");
            }
            for (column, degree) in cells.degrees().iter().enumerate() {
                let sum: f64 = (0..5).map(|row| fitted.row(row)[column]).sum();
                assert!((sum - f64::from(*degree)).abs() < 1e-8, "{sum}");
            }
            assert_eq!((fitted.row(0), fitted.row(4)), ([1.0; 5].as_slice(), [0.0; 5].as_slice()));
            assert!(closed.is_none() || fitted.row(2)[1] == 0.0);
        }
    }
}
