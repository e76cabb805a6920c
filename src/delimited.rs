//! Tables of labels that users bring: by commas, semicolons or tabs, labels numbered as they come.

use std::io::{BufRead, BufReader, Read};

use rustc_hash::FxHashMap;

use crate::model::Problem;

/// A table whose header was read.
pub(crate) struct Open<R> {
    /// The first line, as it stands.
    pub head: String,
    /// Its columns, in lower case.
    pub header: Vec<String>,
    /// The rows after it; their lines count from 1 there.
    pub records: csv::Reader<BufReader<R>>,
}

impl<R: Read> Open<R> {
    /// Reads the header: the delimiter is the mark of which it has most.
    pub(crate) fn of(bytes: R) -> std::io::Result<Open<R>> {
        let mut bytes = BufReader::with_capacity(1 << 16, bytes);
        let mut head = Vec::new();
        bytes.read_until(b'\n', &mut head)?;
        let head = String::from_utf8_lossy(&head).trim_start_matches('\u{feff}').trim().to_owned();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| head.bytes().filter(|it| it == mark).count());
        let mut build = csv::ReaderBuilder::new();
        build.delimiter(delimiter.unwrap_or(b',')).has_headers(false).flexible(true);
        let first = build.from_reader(head.as_bytes()).records().next().and_then(Result::ok).unwrap_or_default();
        let header = first.iter().map(|name| name.trim().to_lowercase()).collect();
        Ok(Open { head, header, records: build.from_reader(bytes) })
    }
}

/// A row that could not be read, by its line in the file.
pub(crate) fn problem(file: &str, record: &csv::ByteRecord, message: String) -> Problem {
    let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
    Problem { file: file.to_owned(), line, message, lost: true }
}

/// The cells of a row.
pub(crate) struct Cells<'r>(pub &'r csv::ByteRecord);

impl<'r> Cells<'r> {
    /// A cell without the space around it; `None` of an empty one.
    pub(crate) fn text(&self, at: usize) -> Option<&'r [u8]> {
        self.0.get(at).map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty())
    }

    /// The same, if it is text.
    pub(crate) fn word(&self, at: usize) -> Option<&'r str> {
        self.text(at).and_then(|cell| std::str::from_utf8(cell).ok())
    }

    /// A cell for a message.
    pub(crate) fn shown(&self, at: usize) -> String {
        String::from_utf8_lossy(self.0.get(at).unwrap_or_default()).into_owned()
    }

    /// The year of a row, if the table has years.
    pub(crate) fn year(&self, at: Option<usize>) -> Result<Option<i16>, String> {
        let Some(at) = at else { return Ok(None) };
        let year = self.word(at).and_then(|text| text.parse().ok());
        year.map(Some).ok_or_else(|| format!("\"{}\" is no year; row skipped", self.shown(at)))
    }
}

/// Refuses labels that go over several lines.
pub(crate) fn one_line(labels: [&[u8]; 2]) -> Result<(), String> {
    let Some(label) = labels.into_iter().find(|label| label.contains(&b'\n')) else { return Ok(()) };
    let first = String::from_utf8_lossy(label).lines().next().unwrap_or("").to_owned();
    Err(format!("\"{first} …\" goes over several lines: is a quote not closed? row skipped"))
}

/// The order of labels: numbers by size and before words, words by their bytes.
pub(crate) fn label_order(one: &str, other: &str) -> std::cmp::Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b).then_with(|| one.cmp(other)),
        (Ok(_), Err(_)) => std::cmp::Ordering::Less,
        (Err(_), Ok(_)) => std::cmp::Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(other),
    }
}

/// Labels with their numbers, in the order in which they come.
#[derive(Default)]
pub(crate) struct Labels {
    numbers: FxHashMap<Box<[u8]>, u32>,
    last: (Vec<u8>, u32),
}

impl Labels {
    pub(crate) fn number(&mut self, label: &[u8]) -> u32 {
        if label == self.last.0 && !self.numbers.is_empty() {
            return self.last.1;
        }
        let number = if let Some(known) = self.numbers.get(label) {
            *known
        } else {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(label.into(), next);
            next
        };
        self.last.0.clear();
        self.last.0.extend_from_slice(label);
        self.last.1 = number;
        number
    }

    /// The labels in order, and the place in it of every number.
    pub(crate) fn ordered(self) -> (Vec<String>, Vec<u32>) {
        let mut labels: Vec<(String, u32)> = Vec::with_capacity(self.numbers.len());
        labels.extend(self.numbers.into_iter().map(|(label, at)| (String::from_utf8_lossy(&label).into_owned(), at)));
        labels.sort_by(|a, b| label_order(&a.0, &b.0).then(a.1.cmp(&b.1)));
        let mut places = vec![0; labels.len()];
        for (place, (_, at)) in (0u32..).zip(&labels) {
            places[*at as usize] = place;
        }
        (labels.into_iter().map(|(label, _)| label).collect(), places)
    }
}
