//! Which reading stands first where sources exclude each other, and who counts as a witness of his own.
//!
//! The order is data: `data/rules/precedence.csv` ranks the authority of a source and the side it is on. Within
//! a rank, more independent works come first, then the later edition. No reading is dropped.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Authority, Bound, Claim, Day, FactKey, Origin, Source};

const TABLE: &str = include_str!("../../data/rules/precedence.csv");

/// Side of a source towards a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Receiving,
    Sending,
    Other,
    Any,
}

/// The rows of the table: rank, authority, side.
fn table() -> &'static [(u8, Authority, Side)] {
    static ROWS: OnceLock<Vec<(u8, Authority, Side)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
        let rows = reader.records().filter_map(|row| {
            let row = row.ok()?;
            let side = match row.get(2)? {
                "receiving" => Side::Receiving,
                "sending" => Side::Sending,
                "other" => Side::Other,
                _ => Side::Any,
            };
            Some((row.get(0)?.parse().ok()?, Authority::parse(row.get(1)?)?, side))
        });
        rows.collect()
    })
}

/// What is known of one document as a witness.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    work: String,
    authority: Authority,
    /// Whom it speaks for: its publisher if it is official, else the state it is about.
    speaks_for: Option<String>,
    /// Last day of its edition.
    pub edition: Option<Day>,
}

/// The documents of a data set as witnesses.
#[derive(Clone, Debug, Default)]
pub(super) struct Witnesses {
    known: HashMap<String, Witness>,
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
        let directed = !matches!(key, FactKey::Relations(..) | FactKey::Border(..) | FactKey::Tie(..));
        Sides { sending, receiving, directed }
    }
}

impl Witnesses {
    pub(super) fn new(sources: &[Source]) -> Witnesses {
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

    /// How many independent works some places (sorted) come from.
    pub(super) fn works(&self, origins: &[Origin]) -> usize {
        let mut works: Vec<&str> = origins
            .iter()
            .map(|origin| {
                self.known.get(origin.document.as_str()).map_or(origin.document.as_str(), |witness| &witness.work)
            })
            .collect();
        works.sort_unstable();
        works.dedup();
        works.len()
    }

    /// When a claim says that its tie ended; by its edition, where it gives no date.
    pub(super) fn ended(&self, claim: &Claim) -> Option<Bound> {
        let ended = claim.span.ended?;
        let edition = self.of(&claim.origin.document).and_then(|witness| witness.edition);
        Some(Bound { latest: ended.latest.or(edition), ..ended })
    }

    /// Last day of the latest edition among some places.
    pub(super) fn latest(&self, origins: &[Origin]) -> Option<Day> {
        origins.iter().filter_map(|origin| self.known.get(origin.document.as_str())?.edition).max()
    }
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
            publisher: publisher.map(str::to_owned),
            about: about.map(str::to_owned),
            work: work.into(),
            ..Source::default()
        };
        let sources = [
            source("list", Authority::Official, Some("norway"), None, ""),
            source("article", Authority::Encyclopaedia, None, Some("norway"), "encyclopaedia"),
            source("copy", Authority::Encyclopaedia, None, Some("norway"), "encyclopaedia"),
        ];
        let witnesses = Witnesses::new(&sources);
        let key = FactKey::Resident("eritrea".into(), "norway".into(), false);
        let at = |document: &str| Origin { document: document.into(), line: 1, offset: 0 };
        let ranks =
            ["list", "article", "copy", "unheard"].map(|name| witnesses.best_rank(&[at(name)], Sides::of(&key)));
        assert_eq!(ranks, [1, 4, 4, 9]);
        assert_eq!(witnesses.works(&[at("article"), at("copy"), at("list")]), 2);
    }
}
