//! Memberships by state and year of Correlates of War (IGO version 3), straight to portfolios: one row a state and
//! year, one column an organisation, 1 full member, 2 associate, 3 observer, 0 none, −9 missing, −1 no such
//! organisation.
//!
//! The file is a hundred times more cells than memberships, so it is read cell by cell and on every core.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::affiliation::bits::BitRows;
use crate::affiliation::table::Layer;
use crate::affiliation::years::{MemberYears, Year};
use crate::model::Problem;

/// What a state-year table gave.
#[derive(Debug)]
pub struct StateYears {
    /// Portfolios by COW code and year; organisations by their abbreviations.
    pub years: MemberYears,
    /// Cells and rows that could not be read, by line.
    pub problems: Vec<Problem>,
}

/// Weights of the statuses full, associate and observer; 0 for one that does not count.
pub type StatusWeights = [f64; 3];

/// The rows of one piece of the file.
#[derive(Default)]
struct Piece {
    rows: Vec<(u16, Year)>,
    /// Line of every row, from the first of the piece.
    row_lines: Vec<u32>,
    layers: Vec<BitRows>,
    lines: usize,
    problems: Vec<(usize, String)>,
}

impl StateYears {
    /// Whether a first line is that of the state-year table.
    pub fn is_head(head: &str) -> bool {
        let head = head.trim_start_matches('\u{feff}').to_ascii_lowercase().replace('"', "");
        head.starts_with("ccode,year,state,")
    }

    /// Reads a table. O(bytes).
    pub fn read(file: &str, bytes: &[u8], weights: StatusWeights) -> StateYears {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let names: Vec<&str> = head.trim_end().split(',').map(|name| name.trim().trim_matches('"')).collect();
        let organisations: Vec<String> = names.iter().skip(3).map(|name| (*name).to_owned()).collect();
        let mut steps: Vec<f64> = weights.into_iter().filter(|weight| *weight > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        if steps.is_empty() {
            steps.push(1.0);
        }
        // In which layers a status stands, as bits.
        let layers_of = |code: usize| -> u8 {
            let weight = code.checked_sub(1).and_then(|at| weights.get(at)).copied().unwrap_or(0.0);
            steps.iter().enumerate().filter(|(_, step)| weight >= **step).map(|(at, _)| 1 << at).sum()
        };
        let in_layers = [0, 1, 2, 3].map(layers_of);
        let body = bytes.get(end + 1..).unwrap_or_default();
        let reading = Reading { organisations: &organisations, layers: steps.len(), in_layers };
        let pieces: Vec<Piece> = pieces(body).par_iter().map(|piece| reading.piece(piece)).collect();
        gathered(file, organisations.clone(), &steps, pieces)
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

fn gathered(file: &str, organisations: Vec<String>, steps: &[f64], pieces: Vec<Piece>) -> StateYears {
    let mut problems = Vec::new();
    let mut codes: BTreeMap<u16, u32> = BTreeMap::new();
    for code in pieces.iter().flat_map(|piece| &piece.rows).map(|row| row.0) {
        codes.entry(code).or_default();
    }
    for (at, place) in (0u32..).zip(codes.values_mut()) {
        *place = at;
    }
    let members = codes.keys().map(u16::to_string).collect();
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    let mut below = 0.0;
    let mut layers: Vec<Layer> = Vec::new();
    for step in steps {
        layers.push(Layer { step: step - below, cells: BitRows::new(0, organisations.len()) });
        below = *step;
    }
    let mut first = 2;
    for piece in pieces {
        let problem = |(line, message): (usize, String)| Problem {
            file: file.to_owned(),
            line: first + line,
            message,
            lost: true,
        };
        problems.extend(piece.problems.into_iter().map(problem));
        rows.extend(piece.rows.iter().map(|(code, year)| (codes[code], *year)));
        lines.extend(piece.row_lines.iter().map(|line| first + *line as usize));
        layers.iter_mut().zip(piece.layers).for_each(|(layer, cells)| layer.cells.append(cells));
        first += piece.lines;
    }
    let (years, twice) = MemberYears::new(members, organisations, &rows, layers);
    problems.extend(twice.into_iter().map(|at| {
        let (code, year) = (years.members[rows[at].0 as usize].as_str(), rows[at].1);
        let message = format!("{code} has another row for {year}; this one skipped");
        Problem { file: file.to_owned(), line: lines[at], message, lost: true }
    }));
    problems.sort_by_key(|problem| problem.line);
    StateYears { years, problems }
}

/// What every piece is read by.
struct Reading<'h> {
    organisations: &'h [String],
    layers: usize,
    /// By status 0 to 3, the layers in which it stands, as bits.
    in_layers: [u8; 4],
}

impl Reading<'_> {
    fn piece(&self, text: &[u8]) -> Piece {
        let mut piece = Piece::default();
        let words = self.organisations.len().div_ceil(64);
        let mut found: Vec<Vec<u64>> = vec![vec![0; words]; self.layers];
        let mut bits: Vec<Vec<u64>> = vec![Vec::new(); self.layers];
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let number = piece.lines;
            piece.lines += 1;
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            found.iter_mut().for_each(|layer| layer.fill(0));
            match self.line(line, &mut found) {
                Ok((code, year, odd)) => {
                    piece.rows.push((code, year));
                    piece.row_lines.push(u32::try_from(number).unwrap_or(u32::MAX));
                    bits.iter_mut().zip(&found).for_each(|(all, row)| all.extend_from_slice(row));
                    piece.problems.extend(odd.into_iter().map(|message| (number, message)));
                }
                Err(message) => piece.problems.push((number, message)),
            }
        }
        let rows = piece.rows.len();
        let cells = |bits| BitRows::of_words(rows, self.organisations.len(), bits);
        piece.layers = bits.into_iter().map(cells).collect();
        piece
    }

    /// Reads a row into the words of every layer: its code and year, and what was odd about its cells.
    fn line(&self, line: &[u8], found: &mut [Vec<u64>]) -> Result<(u16, Year, Vec<String>), String> {
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
            let (status, next) = match (line[at], line.get(at + 1)) {
                (digit @ b'0'..=b'3', None | Some(b',')) => (usize::from(digit - b'0'), at + 2),
                (b'-', Some(b'1' | b'9')) if matches!(line.get(at + 2), None | Some(b',')) => (0, at + 3),
                _ => {
                    let length = line[at..].iter().position(|byte| *byte == b',').unwrap_or(line.len() - at);
                    let cell = String::from_utf8_lossy(&line[at..at + length]);
                    (
                        status(&cell).unwrap_or_else(|| {
                            let organisation = self.organisations.get(column).map_or("", String::as_str);
                            odd.push(format!("\"{cell}\" under {organisation} is no status; taken as missing"));
                            0
                        }),
                        at + length + 1,
                    )
                }
            };
            if status > 0 && column < wanted {
                for (layer, row) in found.iter_mut().enumerate() {
                    row[column / 64] |= u64::from(self.in_layers[status] >> layer & 1) << (column % 64);
                }
            }
            column += 1;
            at = next;
        }
        // A comma at the end has an empty cell after it.
        column += usize::from(line.ends_with(b","));
        if column != wanted {
            return Err(format!("{} cells under {} columns; row skipped", column + 3, wanted + 3));
        }
        Ok((code, year, odd))
    }
}

/// A status in another writing (`1.0`, `"2"`, nothing); `None` if it is none.
fn status(cell: &str) -> Option<usize> {
    match cell.trim().trim_matches('"').trim() {
        "" => Some(0),
        text => match text.parse::<f64>().ok()? {
            -9.0 | -1.0 | 0.0 => Some(0),
            1.0 => Some(1),
            2.0 => Some(2),
            3.0 => Some(3),
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
            let read = StateYears::read("t.csv", text.as_bytes(), [1.0, 1.0, 0.0]);
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
            let cells = &read.years.layers()[0].cells;
            let held: Vec<Vec<usize>> = (0..cells.len()).map(|row| ones(cells.row(row)).collect()).collect();
            assert_eq!(held, [vec![0], vec![0, 1], vec![0, 1], vec![1, 2]]);
        }
    }

    #[test]
    fn statuses_that_weigh_differently_are_layers() {
        let read = StateYears::read("t.csv", TABLE.as_bytes(), [1.0, 0.5, 0.25]);
        let table = read.years.on(1990);
        assert_eq!(table.scale(), [0.0, 0.25, 0.5, 1.0]);
        assert_eq!((table.levels(0), table.levels(1)), (vec![1.0, 0.25], vec![1.0, 0.5]));
        assert!(StateYears::read("t.csv", b"", [1.0; 3]).years.is_empty());
    }
}
