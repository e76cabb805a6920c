//! `legation gaps`: where a state and its partners are not represented with each other.

use clap::Args;

use super::answers::name;
use super::shared::{AskOn, Outcome, one_of};
use crate::coverage::{Coverage, Gap};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State
    state: String,
    /// Only gaps of one kind
    #[arg(long, value_name = "GAP", value_parser = one_of(&Gap::ALL, Gap::name))]
    only: Option<Gap>,
    #[command(flatten)]
    ask: AskOn,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    let coverage = Coverage::new(&view);
    let rows = coverage.gaps(state);
    let only = arguments.only.map_or_else(String::new, |gap| format!(" --only \"{}\"", gap.name()));
    let mut answer = Answer::new(
        format!("gaps {}{only}", view.slug(state)),
        view.caption(),
        &["partner", "gap", "sent", "received", "relations"],
    );
    for row in rows.iter().filter(|row| arguments.only.is_none_or(|gap| gap == row.gap)) {
        let related = match row.related {
            Some(true) => "stand",
            Some(false) => "none",
            None => "unknown",
        };
        let mut facts = row.sent.best().facts.clone();
        facts.extend(&row.received.best().facts);
        answer.row(
            vec![
                name(&network, row.partner),
                row.gap.name().into(),
                row.sent.representation().name().into(),
                row.received.representation().name().into(),
                Cell::from(related),
            ],
            &crate::analysis::evidence(&facts),
        );
    }
    let counts = Gap::ALL.into_iter().filter_map(|gap| {
        let count = rows.iter().filter(|row| row.gap == gap).count();
        (count > 0).then(|| format!("{count} {}", gap.name()))
    });
    answer.notes.push(counts.collect::<Vec<_>>().join(", "));
    answer.notes.push("unknown to these sources is not known none: it may be a gap of the sources".to_owned());
    arguments.ask.print(&answer)
}
