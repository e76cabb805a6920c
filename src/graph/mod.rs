//! The network as a petgraph multigraph, and views of it.
//!
//! Nodes are entities and organisations, edges are facts: directed, typed, dated, parallel where several
//! ties join a pair. A [`Lens`] picks the date, the roster and the ties; [`Network::view`] applies it. Every
//! algorithm works on a view or on a [`Projection`] of one.

mod lens;
mod network;
mod projection;
mod view;

pub use lens::{Lens, LensError, Roster};
pub use network::{Edge, Network, Node, QueryError, Seat, TieType};
pub use projection::{Projected, Projection};
pub use view::View;
