//! A table of edges: two columns of names, with weights or signs and years if it has them.

use std::io::Read;

use super::plain::{Plain, PlainEdge};
use crate::delimited::{Cells, Labels, Open, one_line};
use crate::model::Problem;

/// A file that is no table of edges.
#[derive(Debug, thiserror::Error)]
pub enum EdgeListError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// Its header has fewer than two columns to take.
    #[error(
        "{file}:1: \"{head}\" is no header of a table of edges: it needs the columns from and to, or source and target, sender and receiver, ccode1 and ccode2"
    )]
    Header {
        /// The file.
        file: String,
        /// Its first line.
        head: String,
    },
}

/// A table of edges as it was read. Names are in order: numbers by size, else by their bytes.
#[derive(Debug, Default)]
pub struct EdgeList {
    /// Names of the nodes.
    pub nodes: Vec<String>,
    edges: Vec<PlainEdge>,
    /// Years of the rows; empty where the table has none.
    years: Vec<i16>,
    /// Columns that were not taken, by name.
    pub left: Vec<String>,
    /// Rows that could not be read, by line.
    pub problems: Vec<Problem>,
}

struct Columns {
    from: usize,
    to: usize,
    weight: Option<usize>,
    sign: Option<usize>,
    year: Option<usize>,
}

const FROM: [&str; 11] =
    ["from", "source", "sender", "sending", "ccode1", "statea", "state1", "actor1", "one", "node1", "a"];
const TO: [&str; 11] =
    ["to", "target", "receiver", "receiving", "ccode2", "stateb", "state2", "actor2", "other", "node2", "b"];

const WEIGHT: [&str; 4] = ["weight", "value", "level", "count"];

impl Columns {
    /// Places of the columns that are taken.
    fn taken(&self) -> Vec<usize> {
        [Some(self.from), Some(self.to), self.weight, self.sign, self.year].into_iter().flatten().collect()
    }

    fn of(header: &[String]) -> Option<Columns> {
        let place = |names: &[&str]| header.iter().position(|column| names.contains(&column.as_str()));
        let (from, to) = (place(&FROM)?, place(&TO)?);
        let (weight, sign, year) = (place(&WEIGHT), place(&["sign"]), place(&["year"]));
        (from != to).then_some(Columns { from, to, weight, sign, year })
    }
}

impl EdgeList {
    /// Reads a table, by commas, semicolons or tabs. Columns by name: `from` and `to` (or `source` and `target`, `ccode1` and
    /// `ccode2` …), and if there are any `weight`, `sign` and `year`; with both, the weight bears the sign. A row without a
    /// second name is a node without edges, and a weight of 0 says that there is none. `tell` is told the number of rows from time to time. O(rows).
    ///
    /// # Errors
    /// [`EdgeListError`]; bad rows are problems.
    pub fn read(file: &str, bytes: impl Read, tell: &mut dyn FnMut(u64)) -> Result<EdgeList, EdgeListError> {
        let Open { head, header, mut records } = Open::of(bytes)?;
        let Some(columns) = Columns::of(&header) else {
            return Err(EdgeListError::Header { file: file.to_owned(), head });
        };
        let taken = columns.taken();
        let left = header.iter().enumerate().filter(|(at, name)| !taken.contains(at) && !name.is_empty());
        let mut list = EdgeList { left: left.map(|(_, name)| name.clone()).collect(), ..EdgeList::default() };
        let mut labels = Labels::default();
        let mut record = csv::ByteRecord::new();
        let mut rows = 0u64;
        while records.read_byte_record(&mut record).map_err(std::io::Error::other)? {
            rows += 1;
            if rows.is_multiple_of(1 << 18) {
                tell(rows);
            }
            match row(&record, &columns) {
                Ok((from, to, weight, year)) => {
                    let from = labels.number(from);
                    let Some(to) = to else { continue };
                    let to = labels.number(to);
                    if weight == 0.0 {
                        continue;
                    }
                    list.edges.push((from, to, weight));
                    list.years.extend(year);
                }
                Err(message) => list.problems.push(crate::delimited::problem(file, &record, message)),
            }
        }
        let places;
        (list.nodes, places) = labels.ordered();
        for edge in &mut list.edges {
            (edge.0, edge.1) = (places[edge.0 as usize], places[edge.1 as usize]);
        }
        Ok(list)
    }

    /// First and last year, where rows have any.
    pub fn span(&self) -> Option<(i16, i16)> {
        Some((*self.years.iter().min()?, *self.years.iter().max()?))
    }

    /// How many rows were taken.
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// Whether no row was taken.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Names and graph; `year` picks its rows, and then only nodes with one are there. Rows of one pair are summed; without
    /// directions, a pair that stands in both orders with the same weight counts once.
    pub fn graph(&self, directed: bool, year: Option<i16>) -> (Vec<String>, Plain) {
        let chosen = |at: &usize| year.is_none_or(|year| self.years.get(*at) == Some(&year));
        let mut edges: Vec<PlainEdge> = (0..self.edges.len()).filter(chosen).map(|at| self.edges[at]).collect();
        if !directed {
            let arcs = Plain::new(self.nodes.len(), true, &edges);
            let twice = |(from, to, weight): &PlainEdge| {
                from > to && (arcs.weight(*to as usize, *from as usize) - weight).abs() < f64::EPSILON
            };
            edges = arcs.edges().filter(|edge| !twice(edge)).collect();
        }
        let graph = Plain::new(self.nodes.len(), directed, &edges);
        if year.is_none() {
            return (self.nodes.clone(), graph);
        }
        let mut there: Vec<usize> = edges.iter().flat_map(|edge| [edge.0 as usize, edge.1 as usize]).collect();
        there.sort_unstable();
        there.dedup();
        (there.iter().map(|node| self.nodes[*node].clone()).collect(), graph.among(&there))
    }
}

/// From, to, weight and year of a row.
type Read4<'r> = (&'r [u8], Option<&'r [u8]>, f64, Option<i16>);

fn row<'r>(record: &'r csv::ByteRecord, columns: &Columns) -> Result<Read4<'r>, String> {
    let cells = Cells(record);
    let Some(from) = cells.text(columns.from) else {
        return Err("no name in the first column; row skipped".to_owned());
    };
    let to = cells.text(columns.to);
    one_line([from, to.unwrap_or_default()])?;
    let Some(to) = to else { return Ok((from, None, 0.0, None)) };
    if from == to {
        return Err(format!("\"{}\" is tied to itself; row skipped", cells.shown(columns.from)));
    }
    let weight = columns.weight.map_or(Ok(1.0), |at| {
        let text = cells.word(at).unwrap_or_default().replace('−', "-");
        // "1,5" in a table by semicolons.
        let parsed = text.parse::<f64>().or_else(|_| text.replace(',', ".").parse());
        parsed
            .ok()
            .filter(|weight| weight.is_finite())
            .ok_or_else(|| format!("\"{}\" is no weight; row skipped", cells.shown(at)))
    })?;
    let sign = columns.sign.map_or(Ok(1.0), |at| {
        let text = cells.word(at).unwrap_or_default().replace('−', "-").to_lowercase();
        match text.as_str() {
            "+" | "1" | "+1" | "1.0" | "positive" | "friendly" => Ok(1.0),
            "-" | "-1" | "-1.0" | "negative" | "hostile" => Ok(-1.0),
            "0" | "neutral" => Ok(0.0),
            _ => Err(format!("\"{}\" is no sign, which is 1, 0 or -1; row skipped", cells.shown(at))),
        }
    })?;
    let weight = if columns.weight.is_some() && columns.sign.is_some() { weight.abs() * sign } else { weight * sign };
    Ok((from, Some(to), weight, cells.year(columns.year)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> EdgeList {
        EdgeList::read("e.csv", text.as_bytes(), &mut |_| {}).unwrap()
    }

    #[test]
    fn weights_bear_signs() {
        for text in [
            "from,to,weight,sign\na,b,2,-1\nb,c,3,0\nc,d,1.5,+\n",
            "sign;weight;from;to\nhostile;2;a;b\n0;3;b;c\n1;1,5;c;d\n",
        ] {
            let list = read(text);
            assert_eq!(list.graph(false, None).1.edges().collect::<Vec<_>>(), [(0, 1, -2.0), (2, 3, 1.5)]);
            assert!(list.problems.is_empty() && list.left.is_empty() && list.nodes.len() == 4);
        }
        assert_eq!(read("from,to,weigth\na,b,2\n").left, ["weigth"]);
    }

    #[test]
    fn columns_signs_years_and_rows_that_are_wrong() {
        let list = read("to;sign;from;year\nb;+;a;1990\na;-;c;1991\nb;1;a;1991\n");
        assert_eq!((list.nodes.join(""), list.span(), list.len()), ("abc".to_owned(), Some((1990, 1991)), 3));
        let (names, graph) = list.graph(false, Some(1991));
        assert_eq!(
            (names.join(""), graph.edges().collect::<Vec<_>>()),
            ("abc".to_owned(), vec![(0, 1, 1.0), (0, 2, -1.0)])
        );
        assert_eq!(list.graph(true, Some(1990)).0.join(""), "ab");
        // Both orders of a pair are one tie without directions and two with them.
        let both = read("from,to\n1,2\n2,1\n10,\n");
        assert_eq!(both.graph(false, None).1.total(), 1.0);
        assert_eq!(both.graph(true, None).1.total(), 2.0);
        assert_eq!(both.nodes, ["1", "2", "10"]);
        let odd = read("from,to,weight\na,a,1\n,b,1\na,b,much\na,b,2\n");
        let problems: Vec<String> = odd.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "e.csv:2: problem: \"a\" is tied to itself; row skipped",
                "e.csv:3: problem: no name in the first column; row skipped",
                "e.csv:4: problem: \"much\" is no weight; row skipped",
            ]
        );
        let error = EdgeList::read("e.csv", "alone\n1\n".as_bytes(), &mut |_| {}).unwrap_err();
        assert!(error.to_string().starts_with("e.csv:1: \"alone\" is no header"));
    }
}
