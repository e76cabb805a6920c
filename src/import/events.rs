//! The words of a table of changes: what an event says of a tie.

use crate::model::{ClaimRecord, Manner};

/// What happened, and the day.
#[derive(Clone, Debug, Default)]
pub(super) struct Event {
    pub(super) word: String,
    pub(super) on: String,
}

/// Words that begin a tie.
const BEGINS: [&str; 12] = [
    "accredited",
    "began",
    "established",
    "joined",
    "opened",
    "readmitted",
    "recognised",
    "recognized",
    "reopened",
    "restored",
    "resumed",
    "upgraded",
];

/// Words that end a tie, beside the manners of ending themselves.
const ENDS: [(&str, Option<Manner>); 2] = [("ended", None), ("left", Some(Manner::Withdrawn))];

/// Puts an event and its day into the columns of a claim. What comes before it, where one event tells two things, is
/// returned: a mission that relocated ended where it was, and works in the city of the row from that day.
pub(super) fn happened(record: &mut ClaimRecord, event: Event) -> Result<Option<ClaimRecord>, String> {
    let Event { word, on } = event;
    if word.is_empty() {
        return if on.is_empty() { Ok(None) } else { Err(format!("\"{on}\" is a day without an event")) };
    }
    let day = (!on.is_empty()).then(|| on.clone());
    let membership = record.kind == "membership" || record.member.is_some();
    if membership && ["suspended", "readmitted"].contains(&word.as_str()) {
        // Who is suspended remains a member, of another status.
        record.status = Some(if word == "suspended" { "suspended" } else { "member" }.to_owned());
        record.as_of = day;
        return Ok(None);
    }
    if BEGINS.contains(&word.as_str()) {
        begin(record, day);
        return Ok(None);
    }
    let known = ENDS.iter().find(|(known, _)| *known == word).map(|(_, manner)| *manner);
    let Some(manner) = known.or_else(|| Manner::parse(&word).map(Some)) else {
        let ends = ENDS.map(|(known, _)| known);
        let known = [&BEGINS[..], &Manner::ALL.map(Manner::name)[..], &ends[..]].concat().join(", ");
        return Err(format!("\"{word}\" is no event: say one of {known}"));
    };
    let mut over = record.clone();
    over.until = Some(if on.is_empty() { "past".to_owned() } else { on });
    over.ending = manner.map(|manner| manner.name().to_owned());
    if manner == Some(Manner::Severed) && over.a.is_none() && over.kind.is_empty() {
        // Of two states nothing but their relations can be severed.
        (over.a, over.b) = (over.sending.take(), over.receiving.take());
    }
    if manner == Some(Manner::Relocated) && record.city.is_some() {
        (over.city, over.host) = (None, None);
        begin(record, day);
        return Ok(Some(over));
    }
    *record = over;
    Ok(None)
}

fn begin(record: &mut ClaimRecord, day: Option<String>) {
    let relations = record.a.is_some() || record.recognizer.is_some();
    let place = if relations { &mut record.date } else { &mut record.since };
    *place = day;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, word: &str) -> (ClaimRecord, Option<ClaimRecord>) {
        let city = Some("Lviv".to_owned());
        let mut record = ClaimRecord { kind: kind.to_owned(), city, ..ClaimRecord::default() };
        let before = happened(&mut record, Event { word: word.to_owned(), on: "2022-02-26".to_owned() });
        (record, before.expect("an event"))
    }

    #[test]
    fn an_event_begins_ends_or_moves() {
        let (opened, before) = of("embassy", "opened");
        assert_eq!((opened.since.as_deref(), opened.until, before), (Some("2022-02-26"), None, None));
        let (closed, _) = of("embassy", "closed");
        assert_eq!((closed.since, closed.until.as_deref()), (None, Some("2022-02-26")));
        let (moved, before) = of("embassy", "relocated");
        let before = before.expect("the end of the old seat");
        assert_eq!((moved.since.as_deref(), moved.city.as_deref()), (Some("2022-02-26"), Some("Lviv")));
        assert_eq!((before.until.as_deref(), before.city), (Some("2022-02-26"), None));
        let (suspended, _) = of("membership", "suspended");
        assert_eq!((suspended.status.as_deref(), suspended.until), (Some("suspended"), None));
        let member = Some("mali".to_owned());
        let mut record = ClaimRecord { member, ..ClaimRecord::default() };
        let event = Event { word: "suspended".to_owned(), on: "2020".to_owned() };
        assert_eq!(happened(&mut record, event), Ok(None));
        assert_eq!(
            (record.status.as_deref(), record.until),
            (Some("suspended"), None),
            "where the columns tell the kind"
        );
        let mut record = ClaimRecord::default();
        assert!(happened(&mut record, Event { word: "moved".to_owned(), on: String::new() }).is_err());
    }
}
