//! Claims as JSON Lines: our own form, printed by `legation extract` and read back.

use crate::model::{Claim, ClaimRecord, Problem};

/// A file of claims that cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ClaimFileError {
    /// No line of it is a claim.
    #[error("{0}: no line is a claim")]
    Empty(String),
}

/// Reads claims, one JSON object a line. A bad line is a problem and the rest is read.
///
/// # Errors
/// [`ClaimFileError::Empty`] where the file has lines and none is a claim.
pub fn read_claims(file: &str, text: &str) -> Result<(Vec<Claim>, Vec<Problem>), ClaimFileError> {
    let (claims, problems) = lines(file, text);
    if claims.is_empty() && !problems.is_empty() {
        return Err(ClaimFileError::Empty(file.to_owned()));
    }
    Ok((claims, problems))
}

pub(super) fn lines(file: &str, text: &str) -> (Vec<Claim>, Vec<Problem>) {
    let (mut claims, mut problems) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let read: Result<ClaimRecord, _> = serde_path_to_error::deserialize(&mut deserializer);
        let message = match read {
            Ok(record) => match Claim::try_from(record) {
                Ok(claim) => {
                    claims.push(claim);
                    continue;
                }
                Err(error) => error.to_string(),
            },
            Err(error) => {
                let place = error.path().to_string();
                let place = if place == "." { String::new() } else { format!(" at \"{place}\"") };
                format!("not a claim{place}: {}", error.into_inner())
            }
        };
        problems.push(Problem { file: file.to_owned(), line: at + 1, message: format!("{message}; line skipped") });
    }
    (claims, problems)
}
