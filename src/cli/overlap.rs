//! `legation overlap`: organisations that states share.

use clap::Args;

use super::answers::name;
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// States to compare, two or more
    #[arg(required = true, num_args = 2..)]
    states: Vec<String>,
    /// Count observers, candidates and partners too
    #[arg(long)]
    any_status: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let states = arguments.states.iter().map(|state| view.find(state)).collect::<Result<Vec<_>, _>>()?;
    let slugs: Vec<&str> = states.iter().map(|state| view.slug(*state)).collect();
    let found = analysis::overlap(&view, &states, arguments.any_status);
    let mut answer = Answer::new(
        format!("overlap {}", slugs.join(" ")),
        view.lens.caption(),
        &["organization", "abbreviation", "belongs"],
    );
    let mut add = |organisation: &str, belongs: &str| {
        let abbreviation = gazetteer.organisation(organisation).map_or("", |found| found.abbreviation.as_str());
        let facts: Vec<&crate::model::Fact> =
            found.facts.iter().copied().filter(|fact| fact.object == organisation).collect();
        let cells = vec![name(&network, organisation), Cell::from(abbreviation), Cell::from(belongs)];
        answer.row(cells, &analysis::evidence(&facts));
    };
    for organisation in &found.shared {
        add(organisation, "all");
    }
    for (state, alone) in states.iter().zip(&found.alone) {
        for organisation in alone {
            add(organisation, &format!("only {}", view.name(*state)));
        }
    }
    let counts: Vec<String> =
        states.iter().zip(&found.counts).map(|(state, count)| format!("{} {count}", view.name(*state))).collect();
    answer.notes.push(format!("shared {}; memberships: {}", found.shared.len(), counts.join(", ")));
    answer.notes.push("counts are of what these documents state; a state they say less of shares less".to_owned());
    answer.notes.push(match found.jaccard {
        Some(jaccard) => format!("Jaccard {jaccard:.4}"),
        None => "Jaccard NA: nobody belongs to anything in this data set".to_owned(),
    });
    arguments.ask.print(&answer)
}
