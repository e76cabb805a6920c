//! The network as a petgraph multigraph, and views of it.
//!
//! Nodes are entities and organisations, edges are facts: directed, typed, dated, parallel where several
//! ties join a pair. A [`Lens`] picks the date, the roster and the ties; [`Network::view`] applies it. Questions
//! are asked of a view; algorithms that know no types run on a [projection](crate::analysis::project) of one.

mod lens;
mod network;
mod view;

pub use lens::{Lens, LensError, Roster};
pub use network::{Edge, Network, Node, QueryError, Seat};
pub use view::View;
