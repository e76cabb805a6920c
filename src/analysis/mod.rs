//! Questions to a view, one a file. Each answer names its facts, so that it can be traced to a line.

mod audit;
mod clusters;
mod counts;
mod disputes;
mod member_years;
mod members;
mod missions;
mod organisations;
mod paths;
mod portfolios;
mod provenance;
mod relations;
mod statuses;

use crate::model::{Fact, Origin};

pub use audit::{Concern, Finding, audit, sample};
pub use clusters::{Clusters, clusters, modularity};
pub use counts::{ClaimedTotal, CountedTotal, Totals, totals};
pub use disputes::{Dispute, Quantity, Said, disputes};
pub use member_years::{DatedPortfolios, StateCodes, StatesOfYear, dated_portfolios, states_of_year, years_told};
pub use members::{Member, members};
pub use missions::{Post, missions};
pub use organisations::{OrganisationSet, OrganisationSetError};
pub use paths::{Hop, PathError, path};
pub use portfolios::{PortfolioKind, PortfolioRule, PortfolioYear, closed_by_region, portfolio_years, portfolios};
pub use provenance::{Contribution, provenance};
pub use relations::{Related, relations};
pub use statuses::{STATUS_CLASSES, StatusRule, StatusRuleError, status_class};

/// How well a fact is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Two independent works or more agree.
    Corroborated,
    /// One work says so; its copies do not count.
    SingleSource,
    /// Readings exclude each other.
    Disputed,
}

impl Standing {
    /// The standing of a fact.
    pub fn of(fact: &Fact) -> Standing {
        if fact.is_disputed() {
            return Standing::Disputed;
        }
        if fact.polarity.readings()[0].works > 1 { Standing::Corroborated } else { Standing::SingleSource }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Corroborated => "corroborated",
            Standing::SingleSource => "single source",
            Standing::Disputed => "disputed",
        }
    }
}

/// Places of some facts, sorted, each once.
pub fn evidence(facts: &[&Fact]) -> Vec<Origin> {
    let mut origins: Vec<Origin> = facts.iter().flat_map(|fact| fact.origins()).collect();
    origins.sort();
    origins.dedup_by(|a, b| a.document == b.document && a.line == b.line);
    origins
}
