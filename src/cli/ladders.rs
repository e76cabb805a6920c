//! Ladders as answers: rungs of one pair, the closest form of many.

use super::answers::readings;
use super::columns::Told;
use super::shared::Form;
use crate::coverage::{Arrangement, Coverage, Ladder, Rung};
use crate::export::{Answer, Cell};

/// Columns of rungs that tables for readers leave out; their notes say what is needed.
pub(super) const DATA_ONLY: [&str; 8] =
    ["level", "purposes", "consular", "services", "obligation", "basis", "limits", "remark"];

/// Columns of an answer with a row a rung.
pub(super) const RUNGS: [&str; 22] = [
    "sending",
    "receiving",
    "rung",
    "form",
    "kind",
    "level",
    "city",
    "host",
    "by",
    "since",
    "until",
    "standing",
    "last_confirmed",
    "edition",
    "kilometres",
    "purposes",
    "consular",
    "services",
    "obligation",
    "basis",
    "limits",
    "remark",
];

/// Columns of an answer with a row a pair.
pub(super) const PAIRS: [&str; 15] = [
    "sending",
    "receiving",
    "representation",
    "rung",
    "form",
    "kind",
    "city",
    "host",
    "by",
    "since",
    "until",
    "standing",
    "last_confirmed",
    "edition",
    "rungs",
];

/// Helpers that a row of a table names before it counts the rest.
const NAMED: usize = 4;

/// The rungs of a ladder as rows. In tables for readers the helpers of an arrangement share a row, unless evidence
/// is asked for.
pub(super) fn rungs(answer: &mut Answer, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>, form: Form, evidence: bool) {
    let folded = matches!(form, Form::Table | Form::Md) && !evidence;
    let mut told: Vec<&'static str> = Vec::new();
    for step in &ladder.steps {
        let row = Told { coverage, ladder, step, parties: (step.sending, step.receiving) };
        let shared = step.arrangement.filter(|row| folded && row.rung != Rung::OnRequest);
        let cells = match shared {
            None => row.cells(&RUNGS),
            Some(arrangement) if told.contains(&arrangement.id.as_str()) => continue,
            Some(arrangement) => {
                told.push(&arrangement.id);
                let of_one =
                    ["kind", "city", "host", "since", "until", "standing", "last_confirmed", "edition", "kilometres"];
                let cell = |column: &&str| match *column {
                    "by" => Cell::from(helpers(coverage, ladder, arrangement)),
                    column if of_one.contains(&column) => Cell::Empty,
                    column => row.cell(column),
                };
                RUNGS.iter().map(cell).collect()
            }
        };
        answer.row(cells, &step.origins());
    }
}

/// The helpers of an arrangement, by name, the first ones named and the rest counted.
fn helpers(coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>, arrangement: &Arrangement) -> String {
    let of_it = ladder.steps.iter().filter(|step| step.arrangement.is_some_and(|row| row.id == arrangement.id));
    let gazetteer = coverage.view.network.gazetteer;
    let names: Vec<&str> = of_it.filter_map(|step| Some(gazetteer.display(step.by.as_deref()?))).collect();
    let rest = names.len().saturating_sub(NAMED);
    let named = names[..names.len() - rest].join(", ");
    if rest > 0 { format!("{named} and {rest} more") } else { named }
}

/// What a reader of a table must know beside the rungs: basis, remarks, and readings that exclude each other.
pub(super) fn notes(answer: &mut Answer, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>) {
    let network = coverage.view.network;
    let mut say = |note: String| {
        if !answer.notes.contains(&note) {
            answer.notes.push(note);
        }
    };
    for step in &ladder.steps {
        let what = step.arrangement.map_or(step.form, |arrangement| arrangement.name.as_str());
        let help = step.arrangement.map(|row| format!("{}: {}", row.obligation.replace('_', " "), row.services));
        let limits = if step.rung == Rung::Guard { "" } else { step.limits() };
        let parts = [coverage.basis(step), help.unwrap_or_default(), limits.to_owned()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            say(format!("{} {what}: {}", step.rung.id(), parts.join(" — ")));
        }
    }
    for step in &ladder.steps {
        if !step.remarks.is_empty() {
            say(format!("{} {}: {}", step.rung.id(), step.form, coverage.remarks(step)));
        }
    }
    if let Some(ministry) = coverage.ministry(ladder) {
        say(ministry);
    }
    let mut last = None;
    for fact in ladder.steps.iter().filter(|step| step.arrangement.is_none()).flat_map(|step| step.facts.iter()) {
        if last != Some(&fact.key) {
            last = Some(&fact.key);
            for note in readings(network, fact) {
                say(note);
            }
        }
    }
}

/// The closest form of a pair as a row; `asked` are the rungs that serve the purpose asked for.
pub(super) fn pair(answer: &mut Answer, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>, asked: &Ladder<'_>) {
    let step = asked.best();
    let row = Told { coverage, ladder, step, parties: (&ladder.sending, &ladder.receiving) };
    answer.row(row.cells(&PAIRS), &step.origins());
}
