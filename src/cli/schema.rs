//! `legation schema`: JSON Schemas of what the program reads and writes.

use clap::{Args, ValueEnum};

use super::shared::{Outcome, print};
use super::{columns, dyads, ladders};
use crate::dataset::DataSetFile;
use crate::model::ClaimRecord;

/// What is described.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// One line of legation extract
    Claim,
    /// The file that legation import writes
    Dataset,
    /// What --format json prints
    Answer,
    /// The rungs of legation cover RECEIVING --for SENDING
    Cover,
    /// The rows of legation cover RECEIVING and legation reach
    Pairs,
    /// The rows of legation cover --all and --pairs
    Dyads,
    /// The rows of legation overlap --all, --panel and --top: as an answer, without places
    Sheet,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to describe
    #[arg(value_enum)]
    what: What,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let schema = match arguments.what {
        What::Claim => schemars::schema_for!(ClaimRecord).to_value(),
        What::Dataset => schemars::schema_for!(DataSetFile).to_value(),
        What::Answer => crate::export::answer_schema(),
        What::Cover => columns::schema("Cover", &ladders::RUNGS, true),
        What::Pairs => columns::schema("Pairs", &ladders::PAIRS, true),
        What::Dyads => columns::schema("Dyads", &dyads::COLUMNS, false),
        What::Sheet => crate::export::rows_schema("Sheet", &[], false),
    };
    print(&format!("{schema:#}\n"))?;
    Ok(Outcome::Answered)
}
