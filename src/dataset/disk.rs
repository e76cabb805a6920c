//! What can go wrong with a data set on disk, and writing so that a reader never sees half.

use std::io::Write;
use std::path::{Path, PathBuf};

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

/// A file that is being written beside its place, and put there whole.
pub struct Pending {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Pending {
    /// Begins a file in the target's folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn begin(path: &Path) -> std::io::Result<Pending> {
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
        Ok(Pending { file: builder.tempfile_in(folder)?, path: path.to_owned() })
    }

    /// Renames the file to its place.
    ///
    /// # Errors
    /// What the file system says; the target is then as it was.
    pub fn finish(self) -> std::io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes bytes to a temporary file in the target's folder and renames it.
///
/// # Errors
/// What the file system says; the target is then as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = Pending::begin(path)?;
    file.write_all(bytes)?;
    file.finish()
}
