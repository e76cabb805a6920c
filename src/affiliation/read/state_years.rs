//! Memberships by state and year of Correlates of War (IGO version 3), as they stand: one row a state and year, one column an organisation, 1 full member, 2 associate, 3 observer, 0 none, −9 missing, −1 no such
//! organisation.
//!
//! The file is a hundred times more cells than memberships, so it is read cell by cell and on every core.

use rayon::prelude::*;

use crate::affiliation::bits::BitRows;
use crate::affiliation::table::Layer;
use crate::affiliation::years::{MemberYears, Year};
use crate::model::Problem;

/// Codes of cells that are kept, each as rows of bits: full member, associate, observer, missing.
const KEPT: usize = 4;

/// The place of missing cells among them.
const MISSING: usize = 3;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateYear {
    /// COW code.
    pub state: u16,
    /// The year.
    pub year: Year,
    /// Line of the file, from 1.
    pub line: usize,
}

/// What a state-year table says.
#[derive(Debug)]
pub struct StateYears {
    /// Abbreviations of the organisations, in the order of the columns.
    pub organisations: Vec<String>,
    /// By state and then by year, each once.
    pub rows: Vec<StateYear>,
    /// By row and organisation, the cells of each code.
    cells: [BitRows; KEPT],
    /// Cells and rows that could not be read, by line.
    pub problems: Vec<Problem>,
}

/// Weights of the statuses full, associate and observer; 0 for one that does not count.
pub type StatusWeights = [f64; 3];

/// The rows of one piece of the file; lines from its first, which is 0.
#[derive(Default)]
struct Piece {
    rows: Vec<StateYear>,
    cells: [Vec<u64>; KEPT],
    lines: usize,
    problems: Vec<(usize, String)>,
}

impl StateYears {
    /// Whether a first line is that of the state-year table.
    pub fn is_head(head: &str) -> bool {
        let head = head.trim_start_matches('\u{feff}').to_ascii_lowercase().replace('"', "");
        head.starts_with("ccode,year,state,")
    }

    /// Reads a table, by commas; `file` is its name in problems. Never fails: what is no row is a problem, and a row
    /// for a state and year that has one is another. O(bytes), on every core.
    pub fn read(file: &str, bytes: &[u8]) -> StateYears {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let names = head.trim_end().split(',').map(|name| name.trim().trim_matches('"').to_owned());
        let organisations: Vec<String> = names.skip(3).collect();
        let body = bytes.get(end + 1..).unwrap_or_default();
        let reading = Reading { organisations: &organisations };
        let pieces: Vec<Piece> = pieces(body).par_iter().map(|piece| reading.piece(piece)).collect();
        let (mut rows, mut problems, mut words) = (Vec::new(), Vec::new(), <[Vec<u64>; KEPT]>::default());
        // The header is line 1.
        let mut first = 2;
        for piece in pieces {
            let problem = |(line, message): (usize, String)| Problem {
                file: file.to_owned(),
                line: first + line,
                message,
                lost: true,
            };
            problems.extend(piece.problems.into_iter().map(problem));
            rows.extend(piece.rows.into_iter().map(|row| StateYear { line: first + row.line, ..row }));
            words.iter_mut().zip(piece.cells).for_each(|(all, words)| all.extend(words));
            first += piece.lines;
        }
        let cells = words.map(|words| BitRows::of_words(rows.len(), organisations.len(), words));
        let mut table = StateYears { organisations, rows, cells, problems };
        table.sort(file);
        table
    }

    /// Puts rows in order; of several for a state and year the first in the file stays.
    fn sort(&mut self, file: &str) {
        let key = |row: &StateYear| (row.state, row.year);
        if self.rows.windows(2).all(|two| key(&two[0]) < key(&two[1])) {
            return;
        }
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| (key(&self.rows[*at]), *at));
        order.dedup_by(|later, first| {
            let (later, first) = (self.rows[*later], self.rows[*first]);
            let twice = key(&later) == key(&first);
            if twice {
                let message = format!("{} has another row for {}; this one skipped", later.state, later.year);
                self.problems.push(Problem { file: file.to_owned(), line: later.line, message, lost: true });
            }
            twice
        });
        self.problems.sort_by_key(|problem| problem.line);
        self.rows = order.iter().map(|at| self.rows[*at]).collect();
        self.cells = self.cells.each_ref().map(|cells| cells.rows_at(order.iter().copied()));
    }

    /// First and last year.
    pub fn span(&self) -> Option<(Year, Year)> {
        let years = || self.rows.iter().map(|row| row.year);
        Some((years().min()?, years().max()?))
    }

    /// The status of a row in an organisation: 0 none, 1 full member, 2 associate, 3 observer; `None` where it is
    /// missing.
    pub fn status(&self, row: usize, organisation: usize) -> Option<u8> {
        let kept = (0u8..).zip(&self.cells).find(|(_, cells)| cells.get(row, organisation)).map(|(at, _)| at);
        match kept {
            None => Some(0),
            Some(at) if usize::from(at) == MISSING => None,
            Some(at) => Some(at + 1),
        }
    }

    /// Portfolios by COW code and year, of the statuses that weigh anything; a missing status does not.
    pub fn years(&self, weights: StatusWeights) -> MemberYears {
        let mut steps: Vec<f64> = weights.into_iter().filter(|weight| *weight > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        if steps.is_empty() {
            steps.push(1.0);
        }
        let mut below = 0.0;
        let layers = steps.into_iter().map(|step| {
            let mut cells = BitRows::new(self.rows.len(), self.organisations.len());
            weights.iter().zip(&self.cells).filter(|(weight, _)| **weight >= step).for_each(|(_, own)| cells.add(own));
            let layer = Layer { step: step - below, cells };
            below = step;
            layer
        });
        let layers = layers.collect();
        let states: Vec<u16> = self.rows.chunk_by(|a, b| a.state == b.state).map(|rows| rows[0].state).collect();
        let place = |state: u16| u32::try_from(states.partition_point(|known| *known < state)).unwrap_or(u32::MAX);
        let rows: Vec<(u32, Year)> = self.rows.iter().map(|row| (place(row.state), row.year)).collect();
        let members = states.iter().map(u16::to_string).collect();
        MemberYears::new(members, self.organisations.clone(), &rows, layers).0
    }
}

/// The body in pieces of some megabytes that end with lines.
fn pieces(body: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let aim = rest.len().min(1 << 21);
        let end = rest[aim..].iter().position(|byte| *byte == b'\n').map_or(rest.len(), |more| aim + more + 1);
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// What every piece is read by.
struct Reading<'h> {
    organisations: &'h [String],
}

impl Reading<'_> {
    fn piece(&self, text: &[u8]) -> Piece {
        let mut piece = Piece::default();
        let words = self.organisations.len().div_ceil(64);
        let mut found = [(); KEPT].map(|()| vec![0; words]);
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let number = piece.lines;
            piece.lines += 1;
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            found.iter_mut().for_each(|code| code.fill(0));
            match self.line(line, &mut found) {
                Ok((state, year, odd)) => {
                    piece.rows.push(StateYear { state, year, line: number });
                    piece.cells.iter_mut().zip(&found).for_each(|(all, row)| all.extend_from_slice(row));
                    piece.problems.extend(odd.into_iter().map(|message| (number, message)));
                }
                Err(message) => piece.problems.push((number, message)),
            }
        }
        piece
    }

    /// Reads a row into the words of every code: its state and year, and what was odd about its cells.
    fn line(&self, line: &[u8], found: &mut [Vec<u64>; KEPT]) -> Result<(u16, Year, Vec<String>), String> {
        let mut cells = line.split(|byte| *byte == b',');
        let mut text = || cells.next().map(|cell| String::from_utf8_lossy(cell).trim().trim_matches('"').to_owned());
        let (code, year) = (text().and_then(|code| code.parse().ok()), text().and_then(|year| year.parse().ok()));
        let (Some(code), Some(year)) = (code, year) else {
            return Err("no state code and year in the first two cells; row skipped".to_owned());
        };
        let wanted = self.organisations.len();
        // The name of the state is not read: the code says it.
        let mut at =
            line.iter().enumerate().filter(|(_, byte)| **byte == b',').nth(2).map_or(line.len(), |it| it.0 + 1);
        let mut odd = Vec::new();
        let mut column = 0;
        while at < line.len() {
            // The ordinary cell is a digit, or a minus and a digit.
            let (kept, next) = match (line[at], line.get(at + 1)) {
                (b'0', None | Some(b',')) => (None, at + 2),
                (digit @ b'1'..=b'3', None | Some(b',')) => (Some(usize::from(digit - b'1')), at + 2),
                (b'-', Some(b'1')) if matches!(line.get(at + 2), None | Some(b',')) => (None, at + 3),
                (b'-', Some(b'9')) if matches!(line.get(at + 2), None | Some(b',')) => (Some(MISSING), at + 3),
                _ => {
                    let length = line[at..].iter().position(|byte| *byte == b',').unwrap_or(line.len() - at);
                    let cell = String::from_utf8_lossy(&line[at..at + length]);
                    (
                        written(&cell).unwrap_or_else(|| {
                            let organisation = self.organisations.get(column).map_or("", String::as_str);
                            odd.push(format!("\"{cell}\" under {organisation} is no status; taken as missing"));
                            Some(MISSING)
                        }),
                        at + length + 1,
                    )
                }
            };
            if let Some(kept) = kept.filter(|_| column < wanted) {
                found[kept][column / 64] |= 1 << (column % 64);
            }
            column += 1;
            at = next;
        }
        // A comma at the end has an empty cell after it.
        if line.ends_with(b",") {
            if column < wanted {
                found[MISSING][column / 64] |= 1 << (column % 64);
            }
            column += 1;
        }
        if column != wanted {
            return Err(format!("{} cells under {} columns; row skipped", column + 3, wanted + 3));
        }
        Ok((code, year, odd))
    }
}

/// The place of a code in another writing (`1.0`, `"2"`, nothing) among those that are kept, `Some(None)` for one
/// that is not; `None` if it is no code.
#[allow(clippy::option_option)]
fn written(cell: &str) -> Option<Option<usize>> {
    match cell.trim().trim_matches('"').trim() {
        "" => Some(Some(MISSING)),
        text => match text.parse::<f64>().ok()? {
            -1.0 | 0.0 => Some(None),
            1.0 => Some(Some(0)),
            2.0 => Some(Some(1)),
            3.0 => Some(Some(2)),
            -9.0 => Some(Some(MISSING)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::affiliation::bits::ones;

    const TABLE: &str = "\
ccode,year,state,AA,BB,CC\n\
2,1990,usa,1,3,-1\n\
2,1991,usa,1.0,\"2\",-9\n\
20,1990,canada,1,0\n\
20,1991,canada,7,1,1\n\
x,1991,nowhere,1,1,1\n\
20,1991,canada,1,1,1\n\
\n\
20,1990,canada,1,2,\n";

    #[test]
    fn rows_cells_and_what_is_wrong_with_them() {
        for text in [TABLE.to_owned(), TABLE.replace('\n', "\r\n"), format!("\u{feff}{TABLE}")] {
            let read = StateYears::read("t.csv", text.as_bytes());
            let years = read.years([1.0, 1.0, 0.0]);
            let problems: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
            assert_eq!(
                problems,
                [
                    "t.csv:4: problem: 5 cells under 6 columns; row skipped",
                    "t.csv:5: problem: \"7\" under AA is no status; taken as missing",
                    "t.csv:6: problem: no state code and year in the first two cells; row skipped",
                    "t.csv:7: problem: 20 has another row for 1991; this one skipped",
                ]
            );
            let cells = &years.layers()[0].cells;
            let held: Vec<Vec<usize>> = (0..cells.len()).map(|row| ones(cells.row(row)).collect()).collect();
            assert_eq!(held, [vec![0], vec![0, 1], vec![0, 1], vec![1, 2]]);
            let statuses: Vec<Vec<Option<u8>>> =
                (0..4).map(|row| (0..3).map(|column| read.status(row, column)).collect()).collect();
            assert_eq!(
                statuses,
                [
                    vec![Some(1), Some(3), Some(0)],
                    vec![Some(1), Some(2), None],
                    vec![Some(1), Some(2), None],
                    vec![None, Some(1), Some(1)],
                ]
            );
            assert_eq!((read.rows[2].line, read.span()), (9, Some((1990, 1991))));
        }
    }

    #[test]
    fn statuses_that_weigh_differently_are_layers() {
        let read = StateYears::read("t.csv", TABLE.as_bytes());
        let table = read.years([1.0, 0.5, 0.25]).on(1990);
        assert_eq!(table.scale(), [0.0, 0.25, 0.5, 1.0]);
        assert_eq!((table.levels(0), table.levels(1)), (vec![1.0, 0.25], vec![1.0, 0.5]));
        assert!(StateYears::read("t.csv", b"").years([1.0; 3]).is_empty());
    }
}
