//! `legation sources`: what the data rests on.

use std::collections::BTreeSet;

use clap::Args;

use super::shared::{Ask, Outcome};
use crate::analysis::provenance;
use crate::export::{Answer, Cell};
use crate::model::Source;
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A row for every document, not for every format
    #[arg(long)]
    documents: bool,
    #[command(flatten)]
    ask: Ask,
}

/// More values than these are told by the first and the last.
const MANY: usize = 4;

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let columns: &[&str] = if arguments.documents {
        &["document", "title", "address", "format", "about", "edition", "authority", "licence", "facts", "alone"]
    } else {
        &["format", "documents", "edition", "authority", "licence", "facts", "alone"]
    };
    let mut answer = Answer::new("sources".to_owned(), "every date".to_owned(), columns);
    for row in provenance(&network, arguments.documents) {
        let joined = |of: fn(&Source) -> &str| {
            let values: BTreeSet<&str> = row.documents.iter().map(|source| of(source)).collect();
            let values: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
            // Of many, as of hundreds of pages, the first and the last.
            Cell::from(match values[..] {
                [first, .., last] if values.len() > MANY => format!("{first}/{last}"),
                _ => values.join("; "),
            })
        };
        let first = row.documents[0];
        let mut cells = if arguments.documents {
            let about = first.about.as_deref();
            let about = about.map_or(Cell::Empty, |slug| super::answers::name(&network, slug));
            vec![
                Cell::from(first.document.as_str()),
                Cell::from(first.title.as_str()),
                Cell::from(first.address.as_str()),
                Cell::from(first.format.as_str()),
                about,
            ]
        } else {
            vec![Cell::from(first.format.as_str()), Cell::Integer(i64::try_from(row.documents.len())?)]
        };
        cells.extend([
            joined(|source| &source.edition),
            joined(|source| source.authority.name()),
            joined(|source| &source.licence),
            Cell::Integer(i64::try_from(row.facts)?),
            Cell::Integer(i64::try_from(row.alone)?),
        ]);
        answer.row(cells, &[]);
    }
    let works: BTreeSet<&str> = network.sources().iter().map(Source::work).collect();
    answer.notes.push(format!(
        "{} facts from {} documents of {} independent works; \"alone\": nobody else speaks of the fact",
        network.facts.len(),
        network.sources().len(),
        works.len()
    ));
    arguments.ask.print(&answer)
}
