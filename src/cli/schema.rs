//! `legation schema`: JSON Schemas of what the program reads and writes.

use clap::{Args, ValueEnum};

use super::shared::{Outcome, print};
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
        What::Cover => super::ladders::schema(),
        What::Pairs => super::ladders::pairs_schema(),
        What::Dyads => super::dyads::schema(),
    };
    print(&format!("{schema:#}\n"))?;
    Ok(Outcome::Answered)
}
