//! A data set as a folder of plain tables: one CSV a kind of tie, sorted, and `sources.csv`.
//!
//! A row is a statement as some sources make it; `places` says which, as `document:line`, by ` | `. Tables of
//! this form are what `data/world` holds and what a list written by hand can look like.

use std::collections::BTreeMap;
use std::path::Path;

use super::disk::{FileError, write_atomically};
use crate::model::{Authority, Claim, ClaimRecord, Origin, Source, Statement};

/// The tables: file name, then the columns of its rows before `places`.
pub const TABLES: [(&str, &[&str]); 9] = [
    ("accreditations", &["sending", "receiving", "kind", "city", "host", "since", "until"]),
    ("borders", &["a", "b", "metres"]),
    ("capitals", &["subject", "city", "since", "until"]),
    ("counts", &["subject", "what", "value", "as_of"]),
    ("memberships", &["member", "organization", "kind", "status", "since", "until"]),
    ("missions", &["sending", "receiving", "kind", "city", "since", "until"]),
    ("protections", &["sending", "receiving", "power", "city", "since", "until"]),
    ("recognitions", &["recognizer", "recognized", "kind", "date", "until"]),
    ("relations", &["a", "b", "kind", "date", "until"]),
];

const SIGNED: (&str, &[&str]) = ("ties", &["a", "b", "sign", "label", "claimed_by", "date"]);

const SOURCES: &str = "sources";

const SOURCE_COLUMNS: [&str; 8] =
    ["document", "format", "about", "edition", "licence", "authority", "publisher", "work"];

/// Every table with its columns.
fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    TABLES.into_iter().chain([SIGNED])
}

fn table_of(statement: &Statement) -> &'static str {
    match statement {
        Statement::Mission { .. } => "missions",
        Statement::Accreditation { .. } => "accreditations",
        Statement::Relations { .. } => "relations",
        Statement::Recognition { .. } => "recognitions",
        Statement::Membership { .. } => "memberships",
        Statement::Protection { .. } => "protections",
        Statement::Border { .. } => "borders",
        Statement::Capital { .. } => "capitals",
        Statement::Count { .. } => "counts",
        Statement::Tie { .. } => SIGNED.0,
    }
}

/// Reads one place, `document:line`.
pub fn place(text: &str) -> Option<Origin> {
    let (document, line) = text.trim().rsplit_once(':')?;
    let line = line.parse().ok()?;
    (!document.is_empty()).then(|| Origin { document: document.to_owned(), line, offset: 0 })
}

fn places(origins: &[Origin]) -> String {
    let mut places: Vec<(&str, usize)> = origins.iter().map(|origin| (origin.document.as_str(), origin.line)).collect();
    places.sort_unstable();
    places.dedup();
    let places: Vec<String> = places.into_iter().map(|(document, line)| format!("{document}:{line}")).collect();
    places.join(" | ")
}

/// The tables of some claims and sources as text, by file name. Same claims, same bytes.
pub fn to_tables(sources: &[Source], claims: &[Claim]) -> BTreeMap<String, String> {
    let mut rows: BTreeMap<&str, BTreeMap<Vec<String>, Vec<Origin>>> = BTreeMap::new();
    for claim in claims {
        let table = table_of(&claim.statement);
        let columns = all().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| columns);
        let mut record = claim.record();
        let cells: Vec<String> = columns.iter().map(|column| record.get(column)).collect();
        rows.entry(table).or_default().entry(cells).or_default().push(claim.origin.clone());
    }
    let mut out = BTreeMap::new();
    for (table, columns) in all() {
        let Some(rows) = rows.remove(table) else { continue };
        let header: Vec<&str> = columns.iter().copied().chain(["places"]).collect();
        let body = rows.into_iter().map(|(mut cells, origins)| {
            cells.push(places(&origins));
            cells
        });
        out.insert(format!("{table}.csv"), csv_text(&header, body));
    }
    let mut listed: Vec<&Source> = sources.iter().collect();
    listed.sort();
    let body = listed.into_iter().map(|source| {
        vec![
            source.document.clone(),
            source.format.clone(),
            source.about.clone().unwrap_or_default(),
            source.edition.clone(),
            source.licence.clone(),
            source.authority.name().to_owned(),
            source.publisher.clone().unwrap_or_default(),
            source.work.clone(),
        ]
    });
    out.insert(format!("{SOURCES}.csv"), csv_text(&SOURCE_COLUMNS, body));
    out
}

fn csv_text(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the width of the header.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Writes the tables into a folder, each one atomically; tables of ours that have no rows any more are removed.
///
/// # Errors
/// [`FileError::Io`] where the file system refuses.
pub fn save_tables(folder: &Path, sources: &[Source], claims: &[Claim]) -> Result<(), FileError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| FileError::Io { path, source }
    };
    std::fs::create_dir_all(folder).map_err(io(folder))?;
    let tables = to_tables(sources, claims);
    for (name, text) in &tables {
        let path = folder.join(name);
        write_atomically(&path, text.as_bytes()).map_err(io(&path))?;
    }
    for (table, _) in all() {
        let path = folder.join(format!("{table}.csv"));
        if !tables.contains_key(&format!("{table}.csv")) && path.exists() {
            std::fs::remove_file(&path).map_err(io(&path))?;
        }
    }
    Ok(())
}

/// Whether a folder holds a data set as tables.
pub fn is_tables(folder: &Path) -> bool {
    folder.join(format!("{SOURCES}.csv")).is_file()
}

/// Reads the tables of a folder. Slugs are taken as they stand.
///
/// # Errors
/// [`FileError`] with file and line of the first row that is none.
pub fn load_tables(folder: &Path) -> Result<(Vec<Source>, Vec<Claim>), FileError> {
    let mut claims = Vec::new();
    for (table, _) in all() {
        let path = folder.join(format!("{table}.csv"));
        if path.is_file() {
            let text = read(&path)?;
            claims.extend(parse_table(&path.display().to_string(), &text)?);
        }
    }
    let path = folder.join(format!("{SOURCES}.csv"));
    let sources = parse_sources(&path.display().to_string(), &read(&path)?)?;
    Ok((sources, claims))
}

fn read(path: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(path).map_err(|source| FileError::Io { path: path.display().to_string(), source })
}

/// The header of a table, and its rows with their lines.
type Rows = (Vec<String>, Vec<(usize, csv::StringRecord)>);

fn rows(name: &str, text: &str) -> Result<Rows, FileError> {
    let fault = |line: usize, message: String| FileError::Form { path: name.to_owned(), line, message };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| fault(1, error.to_string()))?;
    let header: Vec<String> = header.iter().map(str::to_owned).collect();
    let mut out = Vec::new();
    for row in reader.into_records() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            fault(usize::try_from(line).unwrap_or(1), error.to_string())
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        out.push((usize::try_from(line).unwrap_or(0), row));
    }
    Ok((header, out))
}

/// Reads one table of claims; `name` stands for it in errors.
///
/// # Errors
/// [`FileError::Form`] with the line of the first row that is none.
pub fn parse_table(name: &str, text: &str) -> Result<Vec<Claim>, FileError> {
    let fault = |line: usize, message: String| FileError::Form { path: name.to_owned(), line, message };
    let (header, rows) = rows(name, text)?;
    let mut claims = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let mut record = ClaimRecord::default();
        let mut origins = Vec::new();
        for (column, cell) in header.iter().zip(row.iter()) {
            if column == "places" {
                for written in cell.split(" | ") {
                    let origin = place(written)
                        .ok_or_else(|| fault(line, format!("\"{written}\" is no place: say document:line")))?;
                    origins.push(origin);
                }
            } else {
                record.set(column, cell).map_err(|error| fault(line, error.to_string()))?;
            }
        }
        if record.kind.is_empty() {
            record.kind = record.implied_kind().unwrap_or_default().to_owned();
        }
        let claim = Claim::try_from(record).map_err(|error| fault(line, error.to_string()))?;
        claims.extend(origins.into_iter().map(|origin| Claim { origin, ..claim.clone() }));
    }
    Ok(claims)
}

/// Reads a table of sources.
///
/// # Errors
/// [`FileError::Form`] with the line of the first row that is none.
pub fn parse_sources(name: &str, text: &str) -> Result<Vec<Source>, FileError> {
    let fault = |line: usize, message: String| FileError::Form { path: name.to_owned(), line, message };
    let (header, rows) = rows(name, text)?;
    let mut sources = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let mut source = Source::default();
        for (column, cell) in header.iter().zip(row.iter()) {
            let cell = cell.to_owned();
            let present = |cell: String| (!cell.is_empty()).then_some(cell);
            match column.as_str() {
                "document" => source.document = cell,
                "format" => source.format = cell,
                "about" => source.about = present(cell),
                "edition" => source.edition = cell,
                "licence" => source.licence = cell,
                "authority" if cell.is_empty() => {}
                "authority" => {
                    source.authority = Authority::parse(&cell)
                        .ok_or_else(|| fault(line, format!("\"{cell}\" is no authority of a source")))?;
                }
                "publisher" => source.publisher = present(cell),
                "work" => source.work = cell,
                other => return Err(fault(line, format!("\"{other}\" is no column of sources"))),
            }
        }
        sources.push(source);
    }
    Ok(sources)
}
