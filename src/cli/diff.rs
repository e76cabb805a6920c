//! `legation diff`: what changed from one data set to another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::shared::{Form, Outcome, one_of, show};
use crate::dataset::{Changed, DataSet, difference, load};
use crate::export::{Answer, Cell};
use crate::graph::TieType;
use crate::model::{Fact, Statement};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Data set before: a file or folder, or "carried" for the one in the program
    old: PathBuf,
    /// Data set after
    new: PathBuf,
    /// Only of this state or organisation
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// Only these ties, by commas
    #[arg(long, value_delimiter = ',', value_parser = one_of(&TieType::ALL, TieType::name))]
    tie: Vec<TieType>,
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
    let (old, new) = (open(&arguments.old, gazetteer)?, open(&arguments.new, gazetteer)?);
    let of = arguments.of.as_deref().map(|name| gazetteer.resolve(name, None)).transpose()?;
    let wanted = |changed: &Changed<'_>| {
        let Some(fact) = changed.new.or(changed.old) else { return false };
        let kind = TieType::of(fact.key.kind());
        of.is_none_or(|of| fact.subject == of.slug() || fact.object == of.slug())
            && (arguments.tie.is_empty() || kind.is_some_and(|kind| arguments.tie.contains(&kind)))
    };
    let changes: Vec<Changed<'_>> = difference(&old, &new).into_iter().filter(wanted).collect();
    let question = format!("diff {} {}", arguments.old.display(), arguments.new.display());
    let lens = "every date".to_owned();
    if arguments.count {
        let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for changed in &changes {
            let tie = changed.new.or(changed.old).map_or("", |fact| fact.key.tie());
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
                Cell::from(fact.key.tie()),
                entity(&fact.subject),
                entity(&fact.object),
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

/// A fact in words: what it says, since when, until when.
fn shown(fact: &Fact, gazetteer: &Gazetteer) -> String {
    let statement: &Statement = fact.tie.value();
    let mut words = super::answers::said_of(gazetteer, statement);
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
