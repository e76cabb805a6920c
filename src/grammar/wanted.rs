//! A cheap look at a text: which readers can find anything in it, by the beginnings of words in a table. O(bytes).

use std::sync::LazyLock;

use super::tables::{LOOKS, LookRow, Reader};

/// Which readers can find anything in a text at all: a look before tokens are made.
#[derive(Default)]
pub(super) struct Wanted {
    pub missions: bool,
    pub protections: bool,
    pub relations: bool,
    pub memberships: bool,
    pub counts: bool,
}

/// The rows of the table by the first byte of their words.
static BY_BYTE: LazyLock<Vec<Vec<&LookRow>>> = LazyLock::new(|| {
    let mut rows: Vec<Vec<&LookRow>> = vec![Vec::new(); 256];
    for row in LOOKS.rows() {
        rows[usize::from(row.start.as_bytes()[0])].push(row);
    }
    rows
});

impl Wanted {
    pub(super) fn of(text: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            // Words only are looked for, and no word begins within another.
            if at > 0 && bytes[at - 1].is_ascii_alphabetic() {
                continue;
            }
            let rest = &bytes[at..];
            for row in &BY_BYTE[usize::from(bytes[at].to_ascii_lowercase())] {
                if rest.get(..row.start.len()).is_some_and(|head| head.eq_ignore_ascii_case(row.start.as_bytes())) {
                    wanted.take(row.reader);
                }
            }
        }
        wanted
    }

    fn take(&mut self, reader: Reader) {
        match reader {
            Reader::Missions => self.missions = true,
            Reader::Protections => self.protections = true,
            Reader::Relations => self.relations = true,
            Reader::Memberships => self.memberships = true,
            Reader::Counts => self.counts = true,
        }
    }

    pub(super) fn any(&self) -> bool {
        self.missions || self.protections || self.relations || self.memberships || self.counts
    }
}
