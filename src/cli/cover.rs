//! `legation cover`: who covers a state.

use clap::Args;

use super::answers::{city, date, host, name, readings};
use super::shared::{Ask, Outcome};
use crate::analysis::{CoverForm, coverage};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Receiving state
    receiving: String,
    /// Sending state whose cover is asked for
    #[arg(long = "for", value_name = "SENDING")]
    sending: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let receiving = view.find(&arguments.receiving)?;
    let sending = arguments.sending.as_deref().map(|sending| view.find(sending)).transpose()?;
    if sending == Some(receiving) {
        anyhow::bail!("{} needs no cover in its own territory", view.name(receiving));
    }
    let asked = sending.map_or_else(String::new, |sending| format!(" --for {}", view.slug(sending)));
    let mut answer = Answer::new(
        format!("cover {}{asked}", view.slug(receiving)),
        view.lens.caption(),
        &["sending", "receiving", "form", "kind", "city", "host", "since", "standing"],
    );
    let rows = coverage(&view, receiving, sending);
    let mut last = None;
    for row in &rows {
        let origins = row.fact.map(crate::model::Fact::origins).unwrap_or_default();
        let unknown = row.form == CoverForm::Unknown;
        answer.row(
            vec![
                name(&network, row.sending),
                name(&network, row.receiving),
                Cell::from(row.form.name()),
                row.kind.map_or(Cell::Empty, |kind| Cell::from(kind.prose())),
                city(row.seat.as_ref()),
                host(&network, row.seat.as_ref()),
                date(row.since),
                if unknown { Cell::Empty } else { Cell::from(row.standing.name()) },
            ],
            &origins,
        );
        if let Some(fact) = row.fact.filter(|fact| last != Some(&fact.key)) {
            last = Some(&fact.key);
            answer.notes.extend(readings(&network, fact));
        }
    }
    // One sender: say at once where it stands in the documents.
    if sending.is_some() && !arguments.ask.evidence {
        for row in &answer.rows {
            for place in &row.evidence {
                let note = format!("source: {}:{}", place.document, place.line);
                if !answer.notes.contains(&note) {
                    answer.notes.push(note);
                }
            }
        }
    }
    if arguments.ask.certain {
        answer.notes.push("--certain leaves out what no source dates".to_owned());
    }
    let known = rows.iter().any(|row| row.form != CoverForm::Unknown);
    let outcome = arguments.ask.print(&answer)?;
    Ok(if known { outcome } else { Outcome::Nothing })
}
