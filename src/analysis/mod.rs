//! Questions to a view, one a file. Each answer names its facts, so that it can be traced to a line.

mod audit;
mod blocs;
mod changes;
mod counts;
mod decades;
mod disputes;
mod history;
mod intermediaries;
mod member_years;
mod members;
mod missions;
mod organisations;
mod paths;
mod portfolios;
mod projections;
mod provenance;
mod relations;
mod standing;
mod statuses;
pub(crate) mod tables;
mod tie_years;
mod timeline;
mod weak_points;
mod weights;

use crate::model::{Day, Fact, Origin};

pub use audit::{Concern, Finding, audit, sample};
pub use blocs::{Belonging, Describing, regions};
pub use changes::{Change, changes};
pub use counts::{ClaimedTotal, CountedTotal, Totals, totals};
pub use decades::{Decade, Decades, decades};
pub use disputes::{Dispute, Quantity, Said, disputes, standing_disputes};
pub use history::{HistoryMeasure, HistoryYear, history, usual_projection};
pub use intermediaries::{Intermediary, common_organisations, intermediaries};
pub use member_years::{DatedPortfolios, StateCodes, StatesOfYear, dated_portfolios, states_of_year, years_told};
pub use members::{Member, members};
pub use missions::{Post, missions};
pub use organisations::{OrganisationSet, OrganisationSetError};
pub use paths::{Hop, PathError, Reached, Way, WayRule, Ways, reachable, ways};
pub use portfolios::{PortfolioKind, PortfolioRule, PortfolioYear, closed_by_region, portfolio_years, portfolios};
pub use projections::{Projected, Projection, ProjectionError, ProjectionRule, project};
pub use provenance::{Contribution, provenance};
pub use relations::{Related, relations, relations_told};
pub use standing::{RankMeasure, Ranked, ranked};
pub use statuses::{StatusRule, StatusRuleError};
pub use tie_years::{Bounds, TieCount, TieYears, tie_years, ties_told};
pub use timeline::{Event, timeline};
pub use weak_points::{WeakKinds, WeakPoint, Weakness, weaknesses};
pub use weights::weight_and_cost;

/// How well a fact is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Two independent works or more agree.
    Corroborated,
    /// One work says so; its copies do not count.
    SingleSource,
    /// No source tells it: it follows from another fact.
    Implied,
    /// Sources have it on other days than the one asked for.
    UnknownThen,
    /// Readings exclude each other.
    Disputed,
}

impl Standing {
    /// The standing of a fact on a day; as the sources stand where none is asked for. Works count that have it on that day
    /// or carry it there from an earlier one: lists of 2022 and 2025 say nothing of 1985.
    pub fn on(fact: &Fact, day: Option<Day>) -> Standing {
        if fact.is_disputed() {
            return Standing::Disputed;
        }
        match fact.works_on(day) {
            0 => Standing::UnknownThen,
            _ if fact.implied.is_some() && day.is_none() => Standing::Implied,
            1 => Standing::SingleSource,
            _ => Standing::Corroborated,
        }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Corroborated => "corroborated",
            Standing::SingleSource => "single source",
            Standing::Implied => "implied",
            Standing::UnknownThen => "unknown on that day",
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
