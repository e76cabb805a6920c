//! What can go wrong with a data set on disk, and writing so that a reader never sees half.

use std::io::Write;
use std::path::Path;

/// Name and version of the form of a data set file.
pub const SCHEMA: &str = "legation-dataset/1";

/// A data set that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file system refused.
    #[error("{path}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a data set.
    #[error("{path}:{line}: {message}")]
    Form {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong and where in the object.
        message: String,
    },
    /// It is no data set at all.
    #[error("{path} is no data set: legation import {path} -o NET.json makes one, --also {path} adds it to another")]
    NotOne {
        /// The file or folder.
        path: String,
    },
    /// The file has another form.
    #[error("{path}: its schema is \"{found}\", this program reads \"{SCHEMA}\"")]
    Schema {
        /// The file.
        path: String,
        /// What it says.
        found: String,
    },
}

/// Writes bytes to a temporary file in the target's folder and renames it.
///
/// # Errors
/// What the file system says; the target is then as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message = format!("folder {} does not exist", folder.display());
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, message));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file: what the user's umask leaves of read and write for all.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
