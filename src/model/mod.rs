//! The words of the field as types: entities, missions, ties, dates, claims, facts, sources, problems.
//!
//! Nothing here reads or writes files; [`Rows`] are those of a text. A *claim* is what one source says in one place; a *fact* is one
//! tie with every reading of it kept.

mod claim;
mod date;
mod fact;
mod fields;
mod id;
mod mission;
mod place;
mod problem;
mod record;
mod rows;
mod source;
mod spell;
mod status;
mod tie;
mod typed;

pub use claim::{Claim, Origin, Polarity, Statement};
pub use date::{Bound, DateError, Day, Held, PackedSpan, Span, edtf_day};
pub use fact::{Fact, FactKey, KeyParts, Reading, Settled, TieKey};
pub use fields::{FieldReader, FieldWriter, Word};
pub use id::{CityId, DocumentId, EntityId, OrganisationId};
pub use mission::{Level, MissionClass, MissionKind};
pub use place::{City, Entity, EntityKind, Organisation};
pub use problem::Problem;
pub use record::{ClaimRecord, ColumnError, RecordError};
pub use rows::{Row, Rows};
pub use source::{Authority, Source};
pub use spell::{ImpliedEnd, Manner, Settlement, Sighting};
pub use status::{Status, StatusClass, check_statuses};
pub use tie::TieKind;
pub use typed::{DataTable, TableRow, TableRowError, cell, typed_rows};
