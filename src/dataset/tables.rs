//! A data set as a folder of plain tables: one CSV a kind of tie, sorted, and `sources.csv`.
//!
//! A row is a statement as some sources make it; `places` says which, as `document:line`, by ` | `. Tables of
//! this form are what `data/world` holds and what a list written by hand can look like.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::disk::{FileError, write_atomically};
use crate::model::{Authority, Claim, ClaimRecord, Origin, Rows, Source, TieKind};

const SOURCES: &str = "sources";

const SOURCE_COLUMNS: [&str; 10] =
    ["document", "format", "title", "address", "about", "edition", "licence", "authority", "publisher", "work"];

/// Line of a row and its claims, one a place.
type RowClaims = (usize, Vec<Claim>);

/// The tables: file name without ending, then the columns of its rows before `places`; sorted.
pub fn tables() -> Vec<(&'static str, &'static [&'static str])> {
    let mut tables: Vec<_> = TieKind::ALL.into_iter().map(|kind| (kind.table(), kind.columns())).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
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
        let (table, columns) = (claim.statement.kind().table(), claim.statement.kind().columns());
        let mut record = claim.record();
        let cells: Vec<String> = columns.iter().map(|column| record.get(column)).collect();
        rows.entry(table).or_default().entry(cells).or_default().push(claim.origin.clone());
    }
    let mut out = BTreeMap::new();
    for (table, columns) in tables() {
        let Some(rows) = rows.remove(table) else { continue };
        // What few sources say has a column only where one says it.
        let rare = |at: usize| matches!(columns[at], "ending" | "as_of") && table != TieKind::Count.table();
        let kept: Vec<usize> =
            (0..columns.len()).filter(|at| !rare(*at) || rows.keys().any(|cells| !cells[*at].is_empty())).collect();
        let header: Vec<&str> = kept.iter().map(|at| columns[*at]).chain(["places"]).collect();
        let body = rows.into_iter().map(|(cells, origins)| {
            let places = places(&origins);
            kept.iter().map(|at| cells[*at].clone()).chain([places]).collect::<Vec<String>>()
        });
        out.insert(format!("{table}.csv"), csv_text(&header, body));
    }
    let mut listed: Vec<&Source> = sources.iter().collect();
    listed.sort();
    let body = listed.into_iter().map(|source| {
        vec![
            source.document.to_string(),
            source.format.clone(),
            source.title.clone(),
            source.address.clone(),
            source.about.as_deref().unwrap_or_default().to_owned(),
            source.edition.clone(),
            source.licence.clone(),
            source.authority.name().to_owned(),
            source.publisher.as_deref().unwrap_or_default().to_owned(),
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
    for (table, _) in self::tables() {
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

/// The rows of the tables of a folder, table by table, with the files.
///
/// # Errors
/// [`FileError`] with file and line of the first row that is none.
pub(super) fn claims_by_row(folder: &Path) -> Result<Vec<(PathBuf, Vec<RowClaims>)>, FileError> {
    tables()
        .into_iter()
        .map(|(table, _)| folder.join(format!("{table}.csv")))
        .filter(|path| path.is_file())
        .map(|path| {
            let rows = statements(&path.display().to_string(), &read(&path)?)?;
            Ok((path, rows))
        })
        .collect()
}

/// Reads the documents that a folder of tables rests on.
///
/// # Errors
/// [`FileError`] where there is no such table, or with the line of the first row that is none.
pub(super) fn load_sources(folder: &Path) -> Result<Vec<Source>, FileError> {
    let path = folder.join(format!("{SOURCES}.csv"));
    parse_sources(&path.display().to_string(), &read(&path)?)
}

/// Reads the tables of a folder: its sources, and its claims table by table. Slugs are taken as they stand.
///
/// # Errors
/// [`FileError`] with file and line of the first row that is none.
pub fn load_tables(folder: &Path) -> Result<(Vec<Source>, Vec<Claim>), FileError> {
    let rows = claims_by_row(folder)?.into_iter().flat_map(|(_, rows)| rows);
    Ok((load_sources(folder)?, rows.flat_map(|(_, claims)| claims).collect()))
}

fn read(path: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(path).map_err(|source| FileError::Io { path: path.display().to_string(), source })
}

/// Reads the rows of a table one by one; the first that cannot be read is the error, with its line.
fn read_rows<T>(
    name: &str,
    text: &str,
    read: impl Fn(&[String], &csv::StringRecord) -> Result<T, String>,
) -> Result<Vec<(usize, T)>, FileError> {
    let rows = Rows::new(text);
    let header = rows.header.clone();
    rows.map(|row| {
        let read = row.width(&header).and_then(|()| read(&header, &row.cells));
        let read = read.map_err(|message| FileError::Form { path: name.to_owned(), line: row.line, message })?;
        Ok((row.line, read))
    })
    .collect()
}

/// The rows of a table; `name` stands for the table in errors.
fn statements(name: &str, text: &str) -> Result<Vec<RowClaims>, FileError> {
    read_rows(name, text, |header, row| {
        let mut record = ClaimRecord::default();
        let mut origins = Vec::new();
        for (column, cell) in header.iter().zip(row) {
            if column == "places" {
                origins = Origin::parse_all(cell)?;
            } else {
                record.set(column, cell).map_err(|error| error.to_string())?;
            }
        }
        if record.kind.is_empty() {
            record.kind = record.implied_kind().unwrap_or_default().to_owned();
        }
        let claim = Claim::try_from(record).map_err(|error| error.to_string())?;
        Ok(origins.into_iter().map(|origin| Claim { origin, ..claim.clone() }).collect())
    })
}

/// Reads a table of sources.
///
/// # Errors
/// [`FileError::Form`] with the line of the first row that is none.
pub fn parse_sources(name: &str, text: &str) -> Result<Vec<Source>, FileError> {
    let rows = read_rows(name, text, |header, row| {
        let mut source = Source::default();
        for (column, cell) in header.iter().zip(row) {
            let present = || (!cell.is_empty()).then(|| cell.to_owned());
            let field = match column.as_str() {
                "format" => &mut source.format,
                "title" => &mut source.title,
                "address" => &mut source.address,
                "edition" => &mut source.edition,
                "licence" => &mut source.licence,
                "work" => &mut source.work,
                "document" => {
                    source.document = cell.into();
                    continue;
                }
                "about" => {
                    source.about = present().map(Into::into);
                    continue;
                }
                "publisher" => {
                    source.publisher = present().map(Into::into);
                    continue;
                }
                "authority" => {
                    let read = || Authority::parse(cell).ok_or(format!("\"{cell}\" is no authority of a source"));
                    source.authority = if cell.is_empty() { Authority::default() } else { read()? };
                    continue;
                }
                other => return Err(format!("\"{other}\" is no column of sources")),
            };
            cell.clone_into(field);
        }
        Ok(source)
    })?;
    Ok(rows.into_iter().map(|(_, source)| source).collect())
}
