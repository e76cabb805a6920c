//! `legation diff`: what changed from one data set to another, or in one from one day to another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::shared::{Form, Outcome, one_of, show};
use crate::analysis::{Change, changes};
use crate::dataset::{Changed, DataSet, difference, load};
use crate::export::{Answer, Cell};
use crate::graph::{Lens, Network, Roster};
use crate::model::{Fact, Statement, TieKind, edtf_day};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Data set before: a file or folder, or "carried" for the one in the program
    #[arg(requires = "new")]
    old: Option<PathBuf>,
    /// Data set after
    new: Option<PathBuf>,
    /// First day, without data sets: what has changed in the network from it to another
    #[arg(long, value_name = "DATE", requires = "to", conflicts_with = "old", required_unless_present = "old")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<String>,
    /// Data set whose days are compared, instead of the one that the program carries
    #[arg(long, value_name = "FILE", requires = "from")]
    data: Option<PathBuf>,
    /// Only what certainly was there on one day and not on the other
    #[arg(long, requires = "from")]
    certain: bool,
    /// Who counts as a state: all, un193, un193+2, cow or gw
    #[arg(long, requires = "from", default_value = "all")]
    roster: String,
    /// Only of this state or organisation
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// Only these ties, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieKind::EDGES, TieKind::ties_name))]
    tie: Vec<TieKind>,
    /// Count the changes, do not list them
    #[arg(long)]
    count: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// List document and line for every statement
    #[arg(long)]
    evidence: bool,
}

fn open(path: &Path, gazetteer: &Gazetteer) -> anyhow::Result<DataSet> {
    if path.as_os_str() == "carried" { Ok(crate::carried::data_set(gazetteer)?) } else { Ok(load(path, gazetteer)?) }
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (old_path, new_path) = match (&arguments.old, &arguments.new, &arguments.from, &arguments.to) {
        (Some(old), Some(new), ..) => (old, new),
        (_, _, Some(from), Some(to)) => return of_days(arguments, from, to, gazetteer),
        _ => anyhow::bail!("say two data sets, or --from DATE --to DATE"),
    };
    let (old, new) = (open(old_path, gazetteer)?, open(new_path, gazetteer)?);
    let of = arguments.of.as_deref().map(|name| gazetteer.resolve(name, None)).transpose()?;
    let wanted = |changed: &Changed<'_>| {
        let Some(fact) = changed.new.or(changed.old) else { return false };
        let kind = fact.key.kind().edge();
        of.is_none_or(|of| fact.subject() == of.slug() || fact.object() == of.slug())
            && (arguments.tie.is_empty() || kind.is_some_and(|kind| arguments.tie.contains(&kind)))
    };
    let changes: Vec<Changed<'_>> = difference(&old, &new).into_iter().filter(wanted).collect();
    let question = format!("diff {} {}", old_path.display(), new_path.display());
    let lens = "every date".to_owned();
    if arguments.count {
        let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for changed in &changes {
            let tie = changed.new.or(changed.old).map_or("", |fact| fact.key.kind().name());
            *counts.entry((tie, changed.change.name())).or_default() += 1;
        }
        let mut answer = Answer::new(question, lens, &["tie", "change", "facts"]);
        for ((tie, change), count) in counts {
            answer.row(vec![Cell::from(tie), Cell::from(change), Cell::Integer(count)], &[]);
        }
        return show(&answer, arguments.format, arguments.evidence);
    }
    let mut answer = Answer::new(question, lens, &["change", "tie", "subject", "object", "old", "new"]);
    for changed in &changes {
        let Some(fact) = changed.new.or(changed.old) else { continue };
        let entity = |slug: &str| Cell::Entity { slug: slug.to_owned(), name: gazetteer.display(slug).to_owned() };
        answer.row(
            vec![
                Cell::from(changed.change.name()),
                Cell::from(fact.key.kind().name()),
                entity(fact.subject()),
                entity(fact.object()),
                changed.old.map_or(Cell::Empty, |fact| Cell::from(shown(fact, gazetteer))),
                changed.new.map_or(Cell::Empty, |fact| Cell::from(shown(fact, gazetteer))),
            ],
            &fact.origins(),
        );
    }
    let count = answer.rows.len();
    answer.notes.push(if count == 0 { "the two say the same".to_owned() } else { format!("changes: {count}") });
    show(&answer, arguments.format, arguments.evidence)
}

/// What changed in one data set from one day to another.
fn of_days(arguments: &Arguments, from: &str, to: &str, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let (first, last) = (edtf_day(from).context("--from")?, edtf_day(to).context("--to")?);
    anyhow::ensure!(first < last, "--from {first} lies not before --to {last}");
    let network = match &arguments.data {
        None => crate::carried::network(gazetteer)?,
        Some(path) => Network::new(load(path, gazetteer)?, gazetteer),
    };
    let lens = Lens { certain: arguments.certain, roster: Roster::parse(&arguments.roster)?, ..Lens::default() };
    let view = |day| network.view(Lens { as_of: Some(day), ..lens.clone() });
    let of = arguments.of.as_deref().map(|name| gazetteer.resolve(name, None)).transpose()?;
    let (found, undated) = changes(&view(first), &view(last), &arguments.tie);
    let wanted = |fact: &Fact| of.is_none_or(|of| fact.subject() == of.slug() || fact.object() == of.slug());
    let found: Vec<Change<'_>> = found.into_iter().filter(|change| wanted(change.fact)).collect();
    let question = format!("diff --from {first} --to {last}");
    let caption = format!(
        "roster {}{}",
        arguments.roster,
        if arguments.certain { ", certain only" } else { ", with what may have held" }
    );
    let word = |change: &Change<'_>| if change.began { "began" } else { "ended" };
    if arguments.count {
        let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for change in &found {
            *counts.entry((change.fact.key.kind().name(), word(change))).or_default() += 1;
        }
        let mut answer = Answer::new(question, caption, &["tie", "change", "facts"]);
        for ((tie, change), count) in counts {
            answer.row(vec![Cell::from(tie), Cell::from(change), Cell::Integer(count)], &[]);
        }
        answer.notes.extend(of.is_none().then(|| told(undated)));
        return show(&answer, arguments.format, arguments.evidence);
    }
    let columns = ["change", "tie", "subject", "object", "says", "date", "certain"];
    let mut answer = Answer::new(question, caption, &columns);
    for change in &found {
        let fact = change.fact;
        let span = fact.span();
        let entity = |slug: &str| Cell::Entity { slug: slug.to_owned(), name: gazetteer.display(slug).to_owned() };
        let date = if change.began { span.began } else { span.ended.unwrap_or_default() };
        answer.row(
            vec![
                Cell::from(word(change)),
                Cell::from(fact.key.kind().name()),
                entity(fact.subject()),
                entity(fact.object()),
                Cell::from(crate::export::said(gazetteer, fact.tie.value())),
                super::answers::date(date),
                Cell::from(if change.certain { "yes" } else { "perhaps" }),
            ],
            &fact.origins(),
        );
    }
    answer.notes.push(format!("changes: {}; a tie also begins and ends with its parties", found.len()));
    answer.notes.extend(of.is_none().then(|| told(undated)));
    show(&answer, arguments.format, arguments.evidence)
}

fn told(undated: usize) -> String {
    format!("{undated} more ties may have changed: no source dates them")
}

/// A fact in words: what it says, since when, until when.
fn shown(fact: &Fact, gazetteer: &Gazetteer) -> String {
    let statement: &Statement = fact.tie.value();
    let mut words = crate::export::said(gazetteer, statement);
    if fact.is_denied() {
        words = format!("not so: {words}");
    }
    let span = fact.span();
    if !span.began.is_unknown() {
        words.push_str(&format!(", since {}", span.began));
    }
    if let Some(ended) = span.ended {
        words.push_str(&if ended.is_unknown() { ", past".to_owned() } else { format!(", until {ended}") });
    }
    if fact.is_disputed() {
        words.push_str(" (disputed)");
    }
    words
}
