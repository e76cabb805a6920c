//! Lists that are read in place: keys in order with their values, and rows decoded one by one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// The places of the keys of an index.
pub(super) type Places = FxHashMap<&'static str, usize>;

/// A map from strings to lists of numbers, in the order of its keys; nothing is built to look one up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Index {
    /// The keys, one after the other.
    pub text: &'static str,
    /// End of each key in the text, four bytes each, the least first.
    pub key_ends: &'static [u8],
    /// End of each key's stretch of values.
    pub ends: &'static [u8],
    /// The values, eight bytes each.
    pub values: &'static [u8],
}

fn number(bytes: &[u8], at: usize) -> usize {
    let four = bytes.get(at * 4..at * 4 + 4).and_then(|four| four.try_into().ok()).unwrap_or([0; 4]);
    u32::from_le_bytes(four) as usize
}

/// Where the stretch at `at` begins and ends.
fn stretch(ends: &[u8], at: usize) -> (usize, usize) {
    (at.checked_sub(1).map_or(0, |before| number(ends, before)), number(ends, at))
}

impl Index {
    fn key(&self, at: usize) -> &'static str {
        let (from, to) = stretch(self.key_ends, at);
        self.text.get(from..to).unwrap_or("")
    }

    /// The place of a key, if it is there. O(log keys).
    pub fn find(&self, key: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.key_ends.len() / 4);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.key(middle).cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The values of the key at a place; none for no place.
    pub fn at(&self, place: Option<usize>) -> impl Iterator<Item = u64> + use<> {
        let found = place.map_or(0..0, |place| {
            let (from, to) = stretch(self.ends, place);
            from..to
        });
        let values = self.values;
        found.map(move |at| {
            let eight = values.get(at * 8..at * 8 + 8).and_then(|eight| eight.try_into().ok()).unwrap_or([0; 8]);
            u64::from_le_bytes(eight)
        })
    }

    /// The values of a key; none if there is no such key. O(log keys).
    pub fn get(&self, key: &str) -> impl Iterator<Item = u64> + use<> {
        self.at(self.find(key))
    }

    /// The places of all keys, for those who look up many. O(keys).
    pub fn places(&self) -> Places {
        (0..self.key_ends.len() / 4).map(|at| (self.key(at), at)).collect()
    }

    /// From a map. Its bytes are kept for the life of the program: there is one gazetteer a program.
    pub fn of(map: &BTreeMap<String, Vec<u64>>) -> Index {
        let (mut text, mut key_ends, mut ends, mut values) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
        for (key, list) in map {
            text.push_str(key);
            key_ends.extend(end(text.len()));
            values.extend(list.iter().flat_map(|value| value.to_le_bytes()));
            ends.extend(end(values.len() / 8));
        }
        Index { text: text.leak(), key_ends: key_ends.leak(), ends: ends.leak(), values: values.leak() }
    }
}

/// Rows that are decoded as they are asked for, or held from the beginning.
pub(super) struct Rows<T> {
    ends: &'static [u8],
    bytes: &'static [u8],
    read: fn(&'static [u8]) -> Option<T>,
    made: Vec<OnceLock<Box<T>>>,
}

impl<T> Rows<T> {
    /// Rows in memory.
    pub fn held(rows: Vec<T>) -> Rows<T> {
        let made = rows.into_iter().map(|row| OnceLock::from(Box::new(row))).collect();
        Rows { ends: &[], bytes: &[], read: |_| None, made }
    }

    /// Rows in bytes: `ends` has the end of each, four bytes, the least first.
    pub fn packed(ends: &'static [u8], bytes: &'static [u8], read: fn(&'static [u8]) -> Option<T>) -> Rows<T> {
        let made = std::iter::repeat_with(OnceLock::new).take(ends.len() / 4).collect();
        Rows { ends, bytes, read, made }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.made.len()
    }

    /// The row at `at`.
    ///
    /// # Panics
    /// If there is no such row, or the build is damaged.
    pub fn get(&self, at: usize) -> &T {
        self.made[at].get_or_init(|| {
            let (from, to) = stretch(self.ends, at);
            let row = self.bytes.get(from..to).and_then(self.read);
            Box::new(row.expect("the tables in the program are sound"))
        })
    }

    /// Every row, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Place of the row with this key, of rows in the order of their keys.
    pub fn find(&self, key: &str, of: fn(&T) -> &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match of(self.get(middle)).cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}
