//! Claims as JSON Lines: our own form, printed by `legation extract` and read back.

use super::refusals::refusal;
use crate::model::{Claim, ClaimRecord, EntityId, Problem, Statement, TieKind};
use crate::names::{Gazetteer, slug_of};

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
pub fn read_claims(
    file: &str,
    text: &str,
    gazetteer: &Gazetteer,
) -> Result<(Vec<Claim>, Vec<Problem>), ClaimFileError> {
    let (claims, problems) = lines(file, text, gazetteer);
    if claims.is_empty() && !problems.is_empty() {
        return Err(ClaimFileError::Empty(file.to_owned()));
    }
    Ok((claims, problems))
}

pub(super) fn lines(file: &str, text: &str, gazetteer: &Gazetteer) -> (Vec<Claim>, Vec<Problem>) {
    let (mut claims, mut problems) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let read: Result<ClaimRecord, _> = serde_path_to_error::deserialize(&mut deserializer);
        let message = match read {
            Ok(record) => match Claim::try_from(record).map_err(|error| error.to_string()) {
                Ok(mut claim) => match name_parties(&mut claim.statement, gazetteer) {
                    Ok(()) => match refusal(&claim.statement, gazetteer) {
                        None => {
                            claims.push(claim);
                            continue;
                        }
                        Some(reason) => reason,
                    },
                    Err(message) => message,
                },
                Err(message) => message,
            },
            Err(error) => {
                let place = error.path().to_string();
                let place = if place == "." { String::new() } else { format!(" at \"{place}\"") };
                format!("not a claim{place}: {}", error.into_inner())
            }
        };
        let message = format!("{message}; line skipped");
        problems.push(Problem { file: file.to_owned(), line: at + 1, message, lost: true });
    }
    (claims, problems)
}

/// Puts slugs for the names of a claim, which may be any name or code of the tables. Missions, relations and
/// recognitions are between parties of the tables; members and parties of signed ties may be anybody.
pub(super) fn name_parties(statement: &mut Statement, gazetteer: &Gazetteer) -> Result<(), String> {
    let found = |name: &str| -> Result<String, String> {
        if gazetteer.entity(name).is_some() || gazetteer.organisation(name).is_some() {
            return Ok(name.to_owned());
        }
        let named = gazetteer.resolve(name, None).map_err(|error| {
            let hint = error.hint().filter(|hint| !hint.starts_with("legation"));
            hint.map_or_else(|| error.to_string(), |hint| format!("{error} ({hint})"))
        });
        Ok(named?.slug().to_owned())
    };
    let anybody = matches!(statement.kind(), TieKind::Membership | TieKind::Count | TieKind::Signed);
    statement.rename(|name| match found(name) {
        Err(_) if anybody => Ok(slug_of(name).into()),
        found => found.map(EntityId::from),
    })?;
    match statement {
        Statement::Membership { organization, .. } => {
            *organization = found(organization).unwrap_or_else(|_| slug_of(organization)).into();
        }
        // The host of a mission in its receiving state goes without saying.
        Statement::Mission { receiving, host, .. } => *host = host.take().filter(|host| host != receiving),
        _ => {}
    }
    Ok(())
}
