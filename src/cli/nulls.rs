//! Flags of the null models that tell chance from more.

use std::path::PathBuf;

use clap::Args;

use super::shared::one_of;
use crate::affiliation::{Correction, Null};

/// Which null model tells chance from more.
#[derive(Debug, Args)]
pub(super) struct Nulls {
    /// Null model
    #[arg(long, default_value = "sdsm", value_parser = ["sdsm", "fdsm", Nulls::HYPERGEOMETRIC])]
    pub null: String,
    /// Tables that FDSM draws
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub samples: u32,
    /// Seed of these draws
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Level of significance
    #[arg(long, default_value_t = 0.05)]
    pub alpha: f64,
    /// Correction for the number of pairs: bh is Benjamini and Hochberg's
    #[arg(long, default_value = "bh", value_parser = one_of(&Correction::ALL, Correction::name))]
    pub correction: Correction,
    /// Cells that null models leave empty: region closes a regional organisation to states of regions without a
    /// member; all closes none. By default region for memberships of a data set, all for tables
    #[arg(long, value_parser = ["region", "all"], value_name = "RULE")]
    pub eligible: Option<String>,
    /// More cells that null models leave empty: a table with the columns member and organization
    #[arg(long, value_name = "FILE")]
    pub closed: Option<PathBuf>,
}

impl Nulls {
    /// The name of the null model that misleads where some organisations are near-universal.
    pub(super) const HYPERGEOMETRIC: &str = "hypergeometric";

    pub(super) fn model(&self) -> anyhow::Result<Null> {
        anyhow::ensure!((0.0..=1.0).contains(&self.alpha), "--alpha {} is no level from 0 to 1", self.alpha);
        anyhow::ensure!(self.samples > 0, "--samples 0 draws nothing");
        Ok(match self.null.as_str() {
            "fdsm" => Null::Fdsm { samples: self.samples, seed: self.seed },
            Nulls::HYPERGEOMETRIC => Null::Hypergeometric,
            _ => Null::Sdsm,
        })
    }

    /// What to say where too few tables are drawn for any of so many pairs to be significant.
    pub(super) fn floor(&self, tests: usize) -> Option<String> {
        let least = 1.0 / (f64::from(self.samples) + 1.0);
        let one = match self.correction {
            Correction::Bonferroni => u32::try_from(tests).map_or(1.0, |tests| least * f64::from(tests)),
            _ => least,
        };
        (self.null == "fdsm" && one > self.alpha).then(|| {
            format!(
                "no p-value can be below {least:.4} with {} tables, so that none can be significant: --samples",
                self.samples
            )
        })
    }
}
