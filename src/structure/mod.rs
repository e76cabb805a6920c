//! Plain weighted graphs and what is asked of them: routes, losses, centrality, closure, communities, balance.
//!
//! A [`Plain`] graph has numbers for nodes and weights for edges, and knows no states, dates or sources; the projections of
//! [`analysis`](crate::analysis) make one of a view. Where petgraph has an algorithm that serves, it is called on
//! [`Plain::petgraph`]; the rest is here, over rows that lie together in memory. Every function gives the same numbers on
//! any number of threads, and the same for the same seed.

mod betweenness;
mod closure;
pub mod communities;
mod distances;
mod eigen;
mod equivalence;
mod losses;
mod plain;
mod read;
mod routes;
#[cfg(test)]
mod samples;
pub mod signed;

use betweenness::sum_of;
pub use betweenness::{betweenness, normalised_betweenness};
pub use closure::{Closure, Cohesion, closure, cohesion};
pub use distances::{Hops, Nearness, nearness};
pub use eigen::{Iterated, eigenvector, page_rank};
pub use equivalence::{Profile, alike};
pub use losses::{Loss, Lost, losses, weak_points};
pub use plain::{Plain, PlainEdge};
pub use read::{EdgeList, EdgeListError};
pub use routes::{Route, RouteRule, Routes, best_routes};
