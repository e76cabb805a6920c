//! `legation missions`, `relations`, `members`, `overlap`, `path`, `clusters`: plain questions to a view.

use clap::Args;

use super::answers::{city, date, ended, host, name, readings, said};
use super::shared::{Ask, Outcome};
use crate::analysis;
use crate::export::{Answer, Cell};
use crate::graph::{Lens, Projection, TieType};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct MissionsArguments {
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

pub(super) fn missions(arguments: &MissionsArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
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
        view.lens.caption(),
        &["sending", "receiving", "kind", "city", "host", "since", "until", "standing"],
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
            ],
            &post.fact.origins(),
        );
    }
    arguments.ask.print(&answer)
}

#[derive(Debug, Args)]
pub(super) struct RelationsArguments {
    /// State whose relations are asked for
    state: String,
    /// Only with this state
    partner: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn relations(arguments: &RelationsArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    // Between two states the past is part of the answer; its end is in the table.
    let past = arguments.partner.is_some();
    let view = network.view(Lens { past, ..arguments.ask.lens()? });
    let state = view.find(&arguments.state)?;
    let partner = arguments.partner.as_deref().map(|partner| view.find(partner)).transpose()?;
    let tail = partner.map_or_else(String::new, |partner| format!(" {}", view.slug(partner)));
    let mut answer = Answer::new(
        format!("relations {}{tail}", view.slug(state)),
        view.lens.caption(),
        &["state", "tie", "partner", "since", "until", "standing"],
    );
    for row in analysis::relations(&view, state, partner) {
        let span = row.fact.span();
        answer.row(
            vec![
                name(&network, view.slug(state)),
                Cell::from(row.tie),
                name(&network, row.partner),
                date(span.began),
                ended(span),
                Cell::from(row.standing.name()),
            ],
            &row.fact.origins(),
        );
        if partner.is_some() {
            answer.notes.extend(readings(&network, row.fact));
        }
    }
    arguments.ask.print(&answer)
}

#[derive(Debug, Args)]
pub(super) struct MembersArguments {
    /// Organisation, by name or abbreviation
    organisation: String,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn members(arguments: &MembersArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let organisation = view.find(&arguments.organisation)?;
    let mut answer = Answer::new(
        format!("members {}", view.slug(organisation)),
        view.lens.caption(),
        &["organization", "member", "status", "since", "standing"],
    );
    for row in analysis::members(&view, organisation) {
        let status = if row.denied { "no member" } else { row.status };
        answer.row(
            vec![
                name(&network, view.slug(organisation)),
                name(&network, row.member),
                Cell::from(status),
                date(row.fact.span().began),
                Cell::from(row.standing.name()),
            ],
            &row.fact.origins(),
        );
    }
    arguments.ask.print(&answer)
}

#[derive(Debug, Args)]
pub(super) struct OverlapArguments {
    /// States to compare, two or more
    #[arg(required = true, num_args = 2..)]
    states: Vec<String>,
    /// Count observers, candidates and partners too
    #[arg(long)]
    any_status: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn overlap(arguments: &OverlapArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
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

#[derive(Debug, Args)]
pub(super) struct PathArguments {
    /// Start
    from: String,
    /// End
    to: String,
    /// Ties to go over, by commas: missions, posts, accreditation, relations, recognition, membership, ties
    #[arg(long, value_delimiter = ',', default_value = "missions,accreditation,relations", value_parser = tie)]
    by: Vec<TieType>,
    #[command(flatten)]
    ask: Ask,
}

fn tie(text: &str) -> Result<TieType, String> {
    TieType::parse(text).ok_or_else(|| {
        let names: Vec<&str> = TieType::ALL.iter().map(|tie| tie.name()).collect();
        format!("say one of {}", names.join(", "))
    })
}

pub(super) fn path(arguments: &PathArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let (from, to) = (view.find(&arguments.from)?, view.find(&arguments.to)?);
    if from == to {
        anyhow::bail!("the way begins and ends at {}", view.name(from));
    }
    let by: Vec<&str> = arguments.by.iter().map(|tie| tie.name()).collect();
    let mut answer = Answer::new(
        format!("path {} {} --by {}", view.slug(from), view.slug(to), by.join(",")),
        view.lens.caption(),
        &["hop", "from", "to", "tie", "says", "since"],
    );
    match analysis::path(&view, from, to, &arguments.by) {
        Ok(hops) => {
            for (at, hop) in hops.iter().enumerate() {
                for fact in &hop.facts {
                    answer.row(
                        vec![
                            Cell::Integer(i64::try_from(at + 1)?),
                            name(&network, &fact.subject),
                            name(&network, &fact.object),
                            Cell::from(fact.key.tie()),
                            Cell::from(said(&network, fact.tie.value())),
                            date(fact.span().began),
                        ],
                        &fact.origins(),
                    );
                }
            }
            let way: Vec<&str> = std::iter::once(view.slug(from))
                .chain(hops.iter().map(|hop| hop.to))
                .map(|slug| gazetteer.display(slug))
                .collect();
            answer.notes.push(format!("{} hops: {}", hops.len(), way.join(" → ")));
        }
        Err(error) => answer.notes.push(error.to_string()),
    }
    arguments.ask.print(&answer)
}

#[derive(Debug, Args)]
pub(super) struct ClustersArguments {
    /// Ties that count, by commas: missions, posts, accreditation, relations, recognition, membership, ties
    #[arg(long, value_delimiter = ',', default_value = "missions,relations", value_parser = tie)]
    on: Vec<TieType>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn clusters(arguments: &ClustersArguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let projection =
        Projection { ties: arguments.on.clone(), organisations: arguments.on.contains(&TieType::Membership) };
    let mut answer = Answer::new(
        format!("clusters --on {}", projection.name().replace('+', ",")),
        view.lens.caption(),
        &["cluster", "size", "members"],
    );
    if let Some(found) = analysis::clusters(&view, &projection) {
        for (at, group) in found.groups.iter().enumerate() {
            let names: Vec<&str> = group.iter().map(|slug| gazetteer.display(slug)).collect();
            answer.row(
                vec![
                    Cell::Integer(i64::try_from(at + 1)?),
                    Cell::Integer(i64::try_from(group.len())?),
                    Cell::from(names.join(", ")),
                ],
                &[],
            );
        }
        if found.agreeing * 2 < found.seeds {
            answer
                .notes
                .push("most seeds end elsewhere: take no single state's place in this partition as settled".into());
        }
        answer.notes.push(format!(
            "Leiden on {}, modularity {:.4}; best of {} seeds, reached by {}",
            projection.name(),
            found.modularity,
            found.seeds,
            found.agreeing
        ));
    }
    arguments.ask.print(&answer)
}
