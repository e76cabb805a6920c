//! Ladders as answers: rungs of one pair, the closest form of many.

use super::answers::{city, date, host, name, readings};
use super::shared::Form;
use crate::coverage::{Arrangement, Coverage, Ladder, Rung, Step};
use crate::export::{Answer, Cell};
use crate::graph::Network;
use crate::model::MissionKind;

/// Columns of an answer with a row a rung.
pub(super) const RUNGS: [&str; 17] = [
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
    "standing",
    "edition",
    "kilometres",
    "purposes",
    "basis",
    "limits",
    "remark",
];

/// Columns of an answer with a row a pair.
pub(super) const PAIRS: [&str; 13] = [
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
    "standing",
    "edition",
    "rungs",
];

fn entity(network: &Network<'_>, slug: Option<&str>) -> Cell {
    slug.map_or(Cell::Empty, |slug| name(network, slug))
}

#[allow(clippy::cast_possible_truncation)]
fn kilometres(step: &Step<'_>) -> Cell {
    step.distance.map_or(Cell::Empty, |far| Cell::Integer(far.round() as i64))
}

/// Helpers that a row of a table names before it counts the rest.
const NAMED: usize = 4;

/// The rungs of some ladders as rows. In tables for readers the helpers of an arrangement share a row, unless
/// evidence is asked for; `ours` says for which parties the columns are left out.
pub(super) fn rungs(answer: &mut Answer, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>, form: Form, evidence: bool) {
    let network = coverage.view.network;
    let folded = matches!(form, Form::Table | Form::Md) && !evidence;
    let mut told: Vec<&'static str> = Vec::new();
    for step in &ladder.steps {
        let mut by = entity(network, step.by.as_deref());
        let group: Option<&'static Arrangement> = step.arrangement.filter(|row| folded && row.rung != Rung::OnRequest);
        if let Some(arrangement) = group {
            if told.contains(&arrangement.id.as_str()) {
                continue;
            }
            told.push(&arrangement.id);
            let of_group =
                ladder.steps.iter().filter(|step| step.arrangement.is_some_and(|row| row.id == arrangement.id));
            let names: Vec<&str> =
                of_group.filter_map(|step| Some(network.gazetteer.display(step.by.as_deref()?))).collect();
            let rest = names.len().saturating_sub(NAMED);
            let mut text = names[..names.len() - rest].join(", ");
            if rest > 0 {
                text.push_str(&format!(" and {rest} more"));
            }
            by = Cell::from(text);
        }
        let blank = |cell: Cell| if group.is_some() { Cell::Empty } else { cell };
        answer.row(
            vec![
                name(network, step.sending),
                name(network, step.receiving),
                step.rung.id().into(),
                step.form.into(),
                blank(step.kind.map_or(Cell::Empty, |kind| Cell::from(kind.prose()))),
                step.level.map_or(Cell::Empty, |level| level.name().into()),
                blank(city(step.seat.as_ref())),
                blank(host(network, step.seat.as_ref())),
                by,
                blank(date(step.since)),
                blank(step.standing.map_or(Cell::Empty, |standing| standing.name().into())),
                coverage.edition(step).into(),
                blank(kilometres(step)),
                step.rung.rule().purposes().into(),
                step.basis().into(),
                step.limits().into(),
                step.remark.clone().unwrap_or_default().into(),
            ],
            &step.origins(),
        );
    }
}

/// What a reader of a table must know beside the rungs: basis, remarks, and readings that exclude each other.
pub(super) fn notes(answer: &mut Answer, network: &Network<'_>, ladder: &Ladder<'_>) {
    let mut say = |note: String| {
        if !answer.notes.contains(&note) {
            answer.notes.push(note);
        }
    };
    for step in &ladder.steps {
        let what = step.arrangement.map_or(step.form, |arrangement| arrangement.name.as_str());
        let basis = Some(step.basis()).filter(|basis| !basis.is_empty());
        let limits = Some(step.limits()).filter(|limits| !limits.is_empty() && step.rung != Rung::Guard);
        let parts: Vec<String> = basis.into_iter().chain(limits.map(str::to_owned)).collect();
        if !parts.is_empty() {
            say(format!("{} {what}: {}", step.rung.id(), parts.join(" — ")));
        }
    }
    for step in &ladder.steps {
        if let Some(remark) = &step.remark {
            say(format!("{} {}: {remark}", step.rung.id(), step.form));
        }
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

/// The closest form of a pair as a row.
pub(super) fn pair(answer: &mut Answer, coverage: &Coverage<'_, '_>, ladder: &Ladder<'_>) {
    let network = coverage.view.network;
    let step = ladder.best();
    answer.row(
        vec![
            name(network, &ladder.sending),
            name(network, &ladder.receiving),
            ladder.representation().name().into(),
            step.rung.id().into(),
            step.form.into(),
            step.kind.map_or(Cell::Empty, |kind| Cell::from(kind.prose())),
            city(step.seat.as_ref()),
            host(network, step.seat.as_ref()),
            entity(network, step.by.as_deref()),
            date(step.since),
            step.standing.map_or(Cell::Empty, |standing| standing.name().into()),
            coverage.edition(step).into(),
            ladder.rungs().into(),
        ],
        &step.origins(),
    );
}

/// JSON Schema of an answer with a row a pair.
pub(super) fn pairs_schema() -> serde_json::Value {
    let forms = crate::coverage::Representation::ALL.map(|form| form.name().to_owned()).to_vec();
    let columns = PAIRS.map(|column| {
        let (description, values) = match column {
            "sending" | "receiving" => ("slug of the state", vec![]),
            "representation" => ("how the sender is represented, whatever help is asked for", forms.clone()),
            "rung" => ("closest rung, R1 to R12; else the guard or the ending", vec![]),
            "rungs" => ("every rung that fires, by spaces", vec![]),
            "form" => ("what the closest rung is, in words", vec![]),
            "since" => ("EDTF date since when, by the preferred reading", vec![]),
            "by" => ("who acts where it is not the sender", vec![]),
            "city" | "host" => ("where the mission that covers stands", vec![]),
            "kind" => ("kind of mission or post", vec![]),
            "edition" => ("latest edition among the documents behind the row", vec![]),
            _ => ("how well attested", vec![]),
        };
        (column, "string", description, values)
    });
    crate::export::rows_schema("Pairs", &columns, true)
}

/// JSON Schema of an answer with a row a rung.
pub(super) fn schema() -> serde_json::Value {
    let ids = Rung::ALL.map(|rung| rung.id().to_owned()).to_vec();
    let kinds = MissionKind::all().map(MissionKind::prose).collect();
    let levels = crate::model::Level::ALL.map(|level| level.name().to_owned()).to_vec();
    let standings = ["corroborated", "single source", "disputed"].map(str::to_owned).to_vec();
    let columns = RUNGS.map(|column| {
        let (of, description, values) = match column {
            "sending" => ("string", "sending state, or the sovereign or successor that stands in its place", vec![]),
            "receiving" => ("string", "receiving state, or what stands in its place", vec![]),
            "rung" => ("string", "rung of the ladder", ids.clone()),
            "form" => ("string", "what the rung is, in words; for R16 the ending", vec![]),
            "kind" => ("string", "kind of mission or post", Vec::clone(&kinds)),
            "level" => ("string", "class of the head of the mission", levels.clone()),
            "city" => ("string", "city of the mission that covers", vec![]),
            "host" => ("string", "state in which that mission stands", vec![]),
            "by" => ("string", "who acts where it is not the sender: helper, power, sovereign, successor", vec![]),
            "since" => ("string", "EDTF date since when, by the preferred reading", vec![]),
            "standing" => ("string", "how well attested", standings.clone()),
            "edition" => ("string", "latest edition among the documents behind the row", vec![]),
            "kilometres" => ("number", "great-circle distance from the place of --near", vec![]),
            "purposes" => ("string", "purposes that the rung serves, by spaces", vec![]),
            "basis" => ("string", "legal basis; what was not read in its text is marked (unverified basis)", vec![]),
            "limits" => ("string", "what the rung or the arrangement does not do", vec![]),
            _ => ("string", "what must be known beside the row", vec![]),
        };
        (column, of, description, values)
    });
    crate::export::rows_schema("Cover", &columns, true)
}
