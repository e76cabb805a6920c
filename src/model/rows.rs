//! A text as a table: a header, then rows with their true places.

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: usize,
    /// Byte at which it begins.
    pub offset: usize,
    /// Its cells.
    pub cells: csv::StringRecord,
}

impl Row {
    /// Checks that there is a cell under every column.
    ///
    /// # Errors
    /// "2 cells under 4 columns".
    pub fn width(&self, header: &[String]) -> Result<(), String> {
        let (cells, columns) = (self.cells.len(), header.len());
        if cells == columns { Ok(()) } else { Err(format!("{cells} cells under {columns} columns")) }
    }
}

/// The rows of a text, in its order: by commas, or by semicolons where its first line has more of them; with or
/// without a byte order mark. Any text is a table of some kind: rows may be of any width.
pub struct Rows<'t> {
    /// Names of the columns, as written; none where the text is empty.
    pub header: Vec<String>,
    text: &'t str,
    mark: usize,
    records: csv::StringRecordsIntoIter<&'t [u8]>,
    line: usize,
    offset: usize,
}

impl<'t> Rows<'t> {
    /// Reads the header of a text; rows follow one by one as they are asked for.
    pub fn new(text: &'t str) -> Rows<'t> {
        let marked = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = marked.lines().next().unwrap_or("");
        let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
        // Of equals the comma.
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(marked.as_bytes());
        // Reading rows of any width from text in memory cannot fail.
        let header = reader.headers().map(|header| header.iter().map(str::to_owned).collect()).unwrap_or_default();
        let mark = text.len() - marked.len();
        Rows { header, text, mark, records: reader.into_records(), line: 1, offset: 0 }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let cells = self.records.next()?.ok()?;
        // A reader of CSV takes the end of a line for the beginning of the next where lines end as on Windows,
        // and knows of no byte order mark.
        let bytes = self.text.as_bytes();
        let at = cells.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0) + self.mark;
        let ends = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let offset = at + ends;
        self.line += bytes[self.offset..offset].iter().filter(|byte| **byte == b'\n').count();
        self.offset = offset;
        Some(Row { line: self.line, offset, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            for mark in ["", "\u{feff}"] {
                let text = ["a;b c", "1;\"two", "lines\"", "", "3;4;5", "6;7"].join(end);
                let text = format!("{mark}{text}");
                let rows = Rows::new(&text);
                assert_eq!(rows.header, ["a", "b c"]);
                let header = rows.header.clone();
                let read: Vec<(usize, bool, String, Result<(), String>)> = rows
                    .map(|row| {
                        let starts = text[row.offset..].starts_with(&row.cells[0]);
                        (row.line, starts, row.cells[0].to_owned(), row.width(&header))
                    })
                    .collect();
                let odd = Err("3 cells under 2 columns".to_owned());
                let wanted = [
                    (2, true, "1".to_owned(), Ok(())),
                    (5, true, "3".to_owned(), odd),
                    (6, true, "6".to_owned(), Ok(())),
                ];
                assert_eq!(read, wanted);
            }
        }
        assert!(Rows::new("").header.is_empty() && Rows::new("").next().is_none());
    }
}
