//! `legation missions`: missions that a state sends or hosts.

use clap::Args;

use super::answers::{city, confirmed, date, ended, host, name};
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// State whose missions are asked for
    state: String,
    /// Only in this receiving state
    #[arg(long = "in", value_name = "RECEIVING", conflicts_with = "hosted")]
    within: Option<String>,
    /// Missions that it hosts instead of those that it sends
    #[arg(long)]
    hosted: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let state = view.find(&arguments.state)?;
    let partner = arguments.within.as_deref().map(|within| view.find(within)).transpose()?;
    let tail = match (arguments.hosted, partner) {
        (true, _) => " --hosted".to_owned(),
        (false, Some(partner)) => format!(" --in {}", view.slug(partner)),
        (false, None) => String::new(),
    };
    let mut answer = Answer::new(
        format!("missions {}{tail}", view.slug(state)),
        view.caption(),
        &["sending", "receiving", "kind", "city", "host", "since", "until", "standing", "last_confirmed"],
    );
    for post in analysis::missions(&view, state, arguments.hosted, partner) {
        let span = post.fact.span();
        answer.row(
            vec![
                name(&network, post.sending),
                name(&network, post.receiving),
                Cell::from(post.kind.as_str()),
                city(Some(&post.seat)),
                host(&network, Some(&post.seat)),
                date(span.began),
                ended(span),
                Cell::from(post.standing.name()),
                confirmed(post.fact, view.lens.as_of),
            ],
            &post.fact.origins(),
        );
    }
    answer.notes.extend(super::answers::unknown_then(&answer));
    arguments.ask.print(&answer)
}
