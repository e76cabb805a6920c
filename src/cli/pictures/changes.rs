//! Before and after as pictures: `legation draw diff` and `legation draw what-if`.

use anyhow::Context as _;
use clap::Args;

use super::Picture;
use super::draw::finish;
use crate::cli::shared::{Ask, AskOn, Outcome};
use crate::cli::what_if as scenarios;
use crate::coverage::{self, Coverage, Effect, Mutual, Step};
use crate::graph::{Lens, View};
use crate::model::edtf_day;
use crate::names::Gazetteer;
use crate::render::diagrams::{self, Shifted};
use crate::render::of_all;

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// State whose partners are compared
    state: String,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: String,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: String,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: Ask,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WhatIf {
    /// A sending state and the city in which everything of it closes; may be given again
    #[arg(long, num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append, required_unless_present = "open")]
    close: Vec<String>,
    /// An embassy to open: sending state and city; may be given again
    #[arg(long, num_args = 2, value_names = ["SENDING", "CITY"], action = clap::ArgAction::Append)]
    open: Vec<String>,
    /// States that the last opened embassy covers too, by commas
    #[arg(long, value_name = "STATES", value_delimiter = ',', requires = "open")]
    covers: Vec<String>,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    ask: AskOn,
}

/// How close a form is: the closest first.
fn better(before: Option<Mutual>, after: Option<Mutual>) -> Option<bool> {
    // Where nothing was told, knowledge is gained and not an embassy.
    let (before, after) = (before? as usize, after? as usize);
    (before != after).then_some(after < before)
}

pub(in crate::cli) fn diff(arguments: &Diff, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let (first, last) = (edtf_day(&arguments.from).context("--from")?, edtf_day(&arguments.to).context("--to")?);
    anyhow::ensure!(first < last, "--from {first} lies not before --to {last}");
    let network = arguments.ask.network(gazetteer)?;
    let lens = arguments.ask.lens()?;
    let view = |day| network.view(Lens { as_of: Some(day), ..lens.clone() });
    let (before, after) = (view(first), view(last));
    let forms = |view: &View<'_>| -> anyhow::Result<std::collections::BTreeMap<String, Mutual>> {
        let state = view.find(&arguments.state)?;
        Ok(coverage::representation(view, state)
            .into_iter()
            .map(|partner| (partner.slug.to_owned(), partner.form))
            .collect())
    };
    let (then, now) = (forms(&before)?, forms(&after)?);
    let slugs: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let state = after.find(&arguments.state)?;
    let name = style.name(&after, after.slug(state));
    let word = |form: Option<Mutual>| form.map_or_else(|| "nothing told".to_owned(), |form| style.form(form, name));
    let rows: Vec<Shifted> = slugs
        .into_iter()
        .map(|slug| (slug, then.get(slug).copied(), now.get(slug).copied()))
        .filter(|(_, one, other)| one != other)
        .map(|(slug, one, other)| Shifted {
            id: slug.clone(),
            name: style.name(&after, slug).to_owned(),
            ways: (word(one), word(other)),
            better: better(one, other),
        })
        .collect();
    let title = format!("{name}: {} → {}", arguments.from, arguments.to);
    let same = then.iter().filter(|(slug, form)| now.get(*slug) == Some(form)).count();
    let caption = vec![
        format!("roster {}; partners whose representation changed; {same} others did not", lens.roster.name()),
        "Ties that no source dates may have held on both days.".to_owned(),
    ];
    let heads = (first.to_string(), last.to_string());
    let scene = diagrams::shift(&rows, heads, title, caption, of_all(&after), &style);
    let question = format!("draw diff {} --from {first} --to {last}", after.slug(state));
    finish(&scene, question, lens.caption(), !rows.is_empty(), &arguments.picture, &arguments.ask)
}

pub(in crate::cli) fn what_if(arguments: &WhatIf, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let style = arguments.picture.style()?;
    let network = arguments.ask.network(gazetteer)?;
    let view = network.view(arguments.ask.lens()?);
    let coverage = Coverage::new(&view);
    let (scenario, question) =
        scenarios::scenario(gazetteer, &coverage, &arguments.close, &arguments.open, &arguments.covers)?;
    let changes = coverage::what_if(&view, &scenario);
    let told = |step: &Step<'_>| {
        let seat = scenarios::seat(&network, step);
        let by = step.by.as_deref().map_or(String::new(), |by| format!(" by {}", style.name(&view, by)));
        if seat.is_empty() { format!("{}{by}", step.form) } else { format!("{}{by}, {seat}", step.form) }
    };
    let several = {
        let mut senders: Vec<&str> = changes.ladders.iter().map(|row| row.before.sending.as_str()).collect();
        senders.sort_unstable();
        senders.dedup();
        senders.len() > 1
    };
    let rows: Vec<Shifted> = changes
        .ladders
        .iter()
        .filter(|row| row.effect != Effect::LosesRung)
        .map(|row| {
            let receiving = style.name(&view, &row.before.receiving);
            Shifted {
                id: row.before.receiving.to_string(),
                name: match several {
                    true => format!("{} in {receiving}", style.name(&view, &row.before.sending)),
                    false => receiving.to_owned(),
                },
                ways: (told(row.before.best()), told(row.after.best())),
                better: match row.effect {
                    Effect::Gains => Some(true),
                    Effect::LosesCover | Effect::FallsBack => Some(false),
                    Effect::Moves | Effect::LosesRung => None,
                },
            }
        })
        .collect();
    let name = |written: &str| view.find(written).map(|node| style.name(&view, view.slug(node)).to_owned());
    let title =
        title(&arguments.close, &arguments.open, |written| name(written).unwrap_or_else(|_| written.to_owned()));
    let losing = changes.ladders.iter().filter(|row| row.effect == Effect::LosesCover).count();
    let caption = vec![view.caption(), format!("{losing} lose all cover by a mission.")];
    let heads = (style.word("before").to_owned(), style.word("after").to_owned());
    let scene = diagrams::shift(&rows, heads, title, caption, of_all(&view), &style);
    finish(&scene, format!("draw {question}"), view.caption(), !rows.is_empty(), &arguments.picture, &arguments.ask)
}

/// What is closed and opened, in words.
fn title(closed: &[String], opened: &[String], name: impl Fn(&str) -> String) -> String {
    let list = |pairs: &[String], verb: &str| -> Vec<String> {
        pairs
            .chunks(2)
            .filter(|pair| pair.len() == 2)
            .map(|pair| format!("{} {verb} in {}", name(&pair[0]), pair[1]))
            .collect()
    };
    let told = [list(closed, "closes"), list(opened, "opens")].concat();
    format!("What if {}?", told.join(", "))
}
