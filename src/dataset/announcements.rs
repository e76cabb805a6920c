//! What a source announces: dated after its own day, it is a plan and no event.

use crate::model::{Bound, Claim, Day, TieKind};

/// What a claim dates after the day of which its document speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// It is to begin.
    Beginning,
    /// It is to end; until then it stands.
    End,
}

/// What of a claim is an announcement: dated after the edition of its document and the day of which it speaks. `None` where
/// nothing is, or no such day is known.
pub fn announced(claim: &Claim, edition: Option<Day>) -> Option<Announced> {
    let spoken = edition.max(claim.as_of.latest)?;
    if claim.statement.kind() == TieKind::Count {
        return None;
    }
    let span = claim.certain_span();
    let later = |bound: Bound| bound.earliest.is_some_and(|day| day > spoken);
    if later(span.began) {
        return Some(Announced::Beginning);
    }
    span.ended.is_some_and(later).then_some(Announced::End)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClaimRecord, MissionKind};

    #[test]
    fn what_is_dated_after_the_edition_is_announced() {
        let stated = |since: &str, until: Option<&str>, as_of: Option<&str>| -> Claim {
            let text = |text: &str| Some(text.to_owned());
            let record = ClaimRecord {
                kind: MissionKind::Embassy.name().to_owned(),
                sending: text("fiji"),
                receiving: text("tonga"),
                since: text(since),
                until: until.map(str::to_owned),
                as_of: as_of.map(str::to_owned),
                document: "list".into(),
                line: 1,
                ..ClaimRecord::default()
            };
            record.try_into().expect("a claim")
        };
        let day = |text: &str| Some(text.parse::<Day>().expect("a day"));
        for (claim, edition, what) in [
            (stated("2010", None, None), day("2020-12-31"), None),
            (stated("2021", None, None), day("2020-12-31"), Some(Announced::Beginning)),
            (stated("2010", Some("2021-01"), None), day("2020-12-31"), Some(Announced::End)),
            // It may have ended on the day of the list.
            (stated("2010", Some("2020"), None), day("2020-06-30"), None),
            (stated("2010", Some("past"), None), day("2020-06-30"), None),
            (stated("2010", Some("2021"), None), None, None),
            (stated("2010", Some("2021"), Some("2022")), day("2020-12-31"), None),
        ] {
            assert_eq!(announced(&claim, edition), what, "{claim:?}");
        }
    }
}
