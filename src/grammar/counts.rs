//! Totals that a document states: "diplomatic relations with 158 countries", "93 missions (70 embassies…)".

use super::items::What;
use super::lexicon::Class;
use super::{Form, Reading, Sentence};
use crate::model::{Bound, Polarity, Span, Statement};

const STATES: [&str; 6] = ["countries", "states", "nations", "united nations", "un", "sovereign"];

pub(super) fn read(s: &Sentence<'_>, reading: &mut Reading) {
    for at in 0..s.items.len() {
        let What::Number(value) = s.items[at].what else { continue };
        // "one of", "two countries": small numbers in words count nothing here; in a list of figures they do.
        let figure = s.items[at].folded.bytes().all(|b| b.is_ascii_digit());
        if value < 1 || value < 2 && !figure {
            continue;
        }
        if let Some(what) = relations(s, at).or_else(|| missions(s, at)) {
            count(s, at, &what, value, reading);
        }
    }
}

/// "has diplomatic relations with 158 countries", "relations with 182 United Nations member states".
fn relations(s: &Sentence<'_>, at: usize) -> Option<String> {
    let from = at.saturating_sub(4);
    let before = &s.items[from..at];
    let relations = before.iter().any(|item| item.folded == "relations" || item.folded == "ties");
    let with = before.iter().any(|item| item.is(Class::With));
    let states = s.items[at + 1..s.items.len().min(at + 6)].iter().any(|item| STATES.contains(&item.folded.as_str()));
    let diplomatic = s.items[at.saturating_sub(8)..at]
        .iter()
        .any(|item| matches!(item.folded.as_str(), "diplomatic" | "formal" | "official" | "bilateral"));
    let changed = s.items[..at]
        .iter()
        .any(|item| matches!(item.folded.as_str(), "established" | "severed" | "broke" | "restored"));
    // "53 of the 54 countries in Africa", "lacks relations with 12": no total of all relations.
    let part = s.items[at..s.items.len().min(at + 8)].iter().any(|item| item.is(Class::Of) || item.is(Class::In));
    let lacks = s.items[..at].iter().any(|item| item.is_any(&[Class::Lack, Class::Not]));
    (relations && with && states && diplomatic && !changed && !part && !lacks)
        .then(|| "diplomatic relations".to_owned())
}

/// "93 (70 embassies, 6 permanent representations…)", "maintains 80 embassies and 20 consulates general".
fn missions(s: &Sentence<'_>, at: usize) -> Option<String> {
    let mut i = at + 1;
    while s.is_any(i, &[Class::Adjective, Class::Resident, Class::First])
        || s.item(i).is_some_and(|item| {
            matches!(item.folded.as_str(), "diplomatic" | "overseas" | "foreign" | "bilateral" | "active")
        })
    {
        i += 1;
    }
    let named = match &s.item(i)?.what {
        What::Kind(kind, _) => {
            let plural = if s.items[i].folded.contains("representation") {
                "permanent representations".to_owned()
            } else {
                kind.plural()
            };
            // "two honorary consulates (in A and B)" lists what it counts: the places are read, not the total.
            let listed = !s.places(i + 1).0.is_empty();
            if listed {
                return None;
            }
            plural
        }
        What::Other if s.items[i].folded == "missions" => "diplomatic missions".to_owned(),
        _ => {
            // "the total number of diplomatic missions … has reached 93"
            let from = at.saturating_sub(14);
            let total = s.items[from..at].iter().any(|item| item.folded == "number" || item.folded == "total");
            let missions = s.items[from..at].iter().any(|item| item.folded == "missions");
            let reached = s.items[from..at].iter().any(|item| {
                matches!(
                    item.folded.as_str(),
                    "reached" | "is" | "was" | "are" | "totals" | "amounts" | "to" | "stands"
                )
            });
            let closes = s.item(at + 1).is_none_or(|item| matches!(item.what, What::Mark(_)));
            (total && missions && reached && closes).then(|| "diplomatic missions".to_owned())?
        }
    };
    let abroad = s.items.iter().any(|item| {
        matches!(item.folded.as_str(), "abroad" | "overseas" | "worldwide" | "world") || item.folded == "countries"
    });
    let subject = s.items[..at].iter().any(|item| item.is(Class::Have)) || abroad;
    // "five embassies in Eswatini": hosted there, not kept abroad.
    let hosted = s.is(i + 1, Class::In) && s.noun(i + 2).is_some();
    // "there are five embassies": somebody else's.
    let hosted = hosted
        || s.items[..at].windows(2).any(|pair| pair[0].is(Class::There) && pair[1].is_any(&[Class::Be, Class::Was]));
    (subject && abroad && !hosted).then(|| format!("{named} abroad"))
}

fn count(s: &Sentence<'_>, at: usize, what: &str, value: i64, reading: &mut Reading) {
    let subject = (0..at)
        .find_map(|i| s.entity(i, &[Form::Name]))
        .or_else(|| (0..at).find(|i| s.is(*i, Class::It)).and(s.last))
        .or(s.context.article);
    // Another subject than the document's own: "[those countries] have two embassies in the same city".
    let Some(subject) = subject.filter(|subject| s.context.article.is_none_or(|article| article == *subject)) else {
        return;
    };
    // Only a date that opens the sentence or is marked "as of" is the date of the count.
    let dated = s.items.iter().enumerate().find_map(|(i, item)| match item.what {
        What::Date(bound) if i < 4 || s.is(i - 1, Class::Of) && s.is(i.wrapping_sub(2), Class::As) => Some(bound),
        _ => None,
    });
    let as_of = dated.or(s.context.as_of).unwrap_or(Bound::UNKNOWN);
    let statement = Statement::Count { subject: s.slug(subject).into(), what: what.to_owned(), value };
    s.state(reading, statement, Polarity::Asserted, Span::since(as_of));
}
