//! Which reading stands first where sources exclude each other, and who counts as a witness of his own.
//!
//! The order is data: `data/rules/precedence.csv` ranks the authority of a source and the side it is on. Within
//! a rank, more independent works come first, then the later edition. No reading is dropped.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{
    Authority, Bound, Day, DocumentId, EntityId, FactKey, Origin, Sighting, Source, TableRow, TableRowError, TieKey,
    typed_rows,
};

const TABLE: &str = include_str!("../../data/rules/precedence.csv");

/// Side of a source towards a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    Receiving,
    Sending,
    Other,
    Any,
}

#[derive(Deserialize)]
struct PrecedenceRow {
    rank: u8,
    authority: Authority,
    side: Side,
}

/// The rows of the table: rank, authority, side.
fn table() -> &'static [(u8, Authority, Side)] {
    static ROWS: OnceLock<Vec<(u8, Authority, Side)>> = OnceLock::new();
    // The build refuses a table with a bad row.
    ROWS.get_or_init(|| read_table().unwrap_or_default())
}

fn read_table() -> Result<Vec<(u8, Authority, Side)>, TableRowError> {
    let rows: Vec<TableRow<PrecedenceRow>> = typed_rows("data/rules/precedence.csv", TABLE)?;
    Ok(rows.into_iter().map(|row| (row.value.rank, row.value.authority, row.value.side)).collect())
}

/// Checks the table of precedence.
///
/// # Errors
/// File, line and what is wrong.
pub(super) fn check_precedence() -> Result<(), TableRowError> {
    read_table().map(|_| ())
}

/// What is known of one document as a witness.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    work: String,
    authority: Authority,
    /// Whom it speaks for: its publisher if it is official, else the state it is about.
    speaks_for: Option<EntityId>,
    /// Last day of its edition.
    pub edition: Option<Day>,
    /// First day of its edition.
    pub edition_from: Option<Day>,
    /// How it is written.
    pub format: String,
    /// Place of its work among those of the data set.
    at: u32,
}

/// The documents of a data set as witnesses.
#[derive(Clone, Debug, Default)]
pub(super) struct Witnesses {
    known: HashMap<DocumentId, Witness>,
}

/// Subject and object of a tie, where they are sides: those of an undirected tie are alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides<'k> {
    sending: &'k str,
    receiving: &'k str,
    directed: bool,
}

impl<'k> Sides<'k> {
    pub(super) fn of(key: &'k FactKey) -> Sides<'k> {
        let (sending, receiving) = key.parties();
        let directed = !matches!(key.tie, TieKey::Relations(..) | TieKey::Border(..) | TieKey::Signed(..));
        Sides { sending, receiving, directed }
    }
}

impl Witnesses {
    pub(super) fn new(sources: &[Source]) -> Witnesses {
        let mut works: BTreeMap<&str, u32> = sources.iter().map(|source| (source.work(), 0)).collect();
        works.values_mut().zip(0..).for_each(|(place, at)| *place = at);
        let known = sources
            .iter()
            .map(|source| {
                let official = source.authority == Authority::Official;
                let speaks_for = if official { &source.publisher } else { &source.about };
                let witness = Witness {
                    work: source.work().to_owned(),
                    authority: source.authority,
                    speaks_for: speaks_for.clone(),
                    edition: source.edition_day(),
                    edition_from: Bound::parse(&source.edition).ok().and_then(|edition| edition.earliest),
                    format: source.format.clone(),
                    at: works[source.work()],
                };
                (source.document.clone(), witness)
            })
            .collect();
        Witnesses { known }
    }

    pub(super) fn of(&self, document: &str) -> Option<&Witness> {
        self.known.get(document)
    }

    /// Rank of one document for a tie; the smaller stands first.
    fn rank(&self, document: &str, sides: Sides<'_>) -> u8 {
        let witness = self.known.get(document);
        let authority = witness.map_or(Authority::Unknown, |witness| witness.authority);
        let side = match witness.and_then(|witness| witness.speaks_for.as_deref()) {
            Some(who) if who == sides.receiving || !sides.directed && who == sides.sending => Side::Receiving,
            Some(who) if who == sides.sending => Side::Sending,
            _ => Side::Other,
        };
        let row = table().iter().find(|(_, of, on)| *of == authority && (*on == side || *on == Side::Any));
        row.map_or(u8::MAX, |(rank, ..)| *rank)
    }

    /// Best rank of some places.
    pub(super) fn best_rank(&self, origins: &[Origin], sides: Sides<'_>) -> u8 {
        origins.iter().map(|origin| self.rank(&origin.document, sides)).min().unwrap_or(u8::MAX)
    }

    /// How many independent works some places (sorted) come from. General knowledge that nobody looked up is one only where
    /// it stands alone.
    pub(super) fn works(&self, origins: &[Origin]) -> usize {
        let (general, looked_up): (Vec<&Origin>, Vec<&Origin>) =
            origins.iter().partition(|origin| self.is_general(&origin.document));
        let named = |origin: &'_ Origin| self.known.get(&origin.document).map(|witness| witness.work.as_str());
        let mut works: Vec<&str> =
            looked_up.into_iter().map(|origin| named(origin).unwrap_or(origin.document.as_str())).collect();
        works.sort_unstable();
        works.dedup();
        works.len().max(usize::from(!general.is_empty()))
    }

    fn is_general(&self, document: &str) -> bool {
        self.known.get(document).is_some_and(|witness| witness.authority == Authority::Editor)
    }

    /// The work of a document, by place among those of the data set; documents that no row of the sources names are
    /// works of their own.
    pub(super) fn work(&self, document: &str) -> u32 {
        if self.is_general(document) {
            return Sighting::GENERAL_KNOWLEDGE;
        }
        self.known.get(document).map_or_else(|| u32::MAX - 1 - unnamed(document), |witness| witness.at)
    }

    /// Last day of the latest edition among some places.
    pub(super) fn latest(&self, origins: &[Origin]) -> Option<Day> {
        origins.iter().filter_map(|origin| self.known.get(origin.document.as_str())?.edition).max()
    }
}

/// A number for a document without a row, the same for the same name (FNV-1a).
fn unnamed(document: &str) -> u32 {
    let hash = document.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ranks_every_authority_on_every_side() {
        for authority in Authority::ALL {
            for side in [Side::Receiving, Side::Sending, Side::Other] {
                let rows = table().iter().filter(|(_, of, on)| *of == authority && (*on == side || *on == Side::Any));
                assert_eq!(rows.count(), 1, "{authority:?} {side:?}");
            }
        }
    }

    #[test]
    fn a_list_of_the_receiving_state_comes_first_and_copies_are_one_witness() {
        let source = |document: &str, authority, publisher: Option<&str>, about: Option<&str>, work: &str| Source {
            document: document.into(),
            authority,
            publisher: publisher.map(str::to_owned).map(Into::into),
            about: about.map(str::to_owned).map(Into::into),
            work: work.into(),
            ..Source::default()
        };
        let sources = [
            source("list", Authority::Official, Some("norway"), None, ""),
            source("article", Authority::Encyclopaedia, None, Some("norway"), "encyclopaedia"),
            source("copy", Authority::Encyclopaedia, None, Some("norway"), "encyclopaedia"),
            source("memory", Authority::Editor, None, None, ""),
        ];
        let witnesses = Witnesses::new(&sources);
        let key = TieKey::Resident("eritrea".into(), "norway".into()).spell(0);
        let at = |document: &str| Origin { document: document.into(), line: 1, offset: 0 };
        let ranks =
            ["list", "article", "copy", "unheard"].map(|name| witnesses.best_rank(&[at(name)], Sides::of(&key)));
        assert_eq!(ranks, [1, 4, 4, 99]);
        assert_eq!(witnesses.works(&[at("article"), at("copy"), at("list")]), 2);
        assert_eq!(witnesses.works(&[at("article"), at("memory")]), 1, "general knowledge corroborates nothing");
        assert_eq!(witnesses.works(&[at("memory")]), 1);
    }
}
