//! Values of several sources to readings: those that agree join, those that exclude each other stay apart.

use super::precedence::{Sides, Witnesses};
use crate::model::{Origin, Reading, Settled};

/// Settles the quantities of one tie.
pub(super) struct Settling<'a> {
    pub witnesses: &'a Witnesses,
    pub sides: Sides<'a>,
}

impl Settling<'_> {
    /// Gathers values into readings. Values with the most detail open the readings and the others join the
    /// first that they can be merged with, so that the outcome depends on the values alone. Readings stand by
    /// rank of their best source, then by number of independent works, then by latest edition, detail and
    /// value. `None` if there are no values.
    pub(super) fn settle<'c, T: Clone + Ord>(
        &self,
        values: impl Iterator<Item = (T, &'c Origin)>,
        merge: impl Fn(&T, &T) -> Option<T>,
        detail: impl Fn(&T) -> i32,
    ) -> Option<Settled<T>> {
        let mut values: Vec<(i32, T, &Origin)> =
            values.map(|(value, origin)| (detail(&value), value, origin)).collect();
        values.sort();
        let mut readings: Vec<Reading<T>> = Vec::new();
        for (_, value, origin) in values {
            let joined = readings.iter_mut().find_map(|reading| {
                let merged = merge(&reading.value, &value)?;
                reading.value = merged;
                reading.origins.push(origin.clone());
                Some(())
            });
            if joined.is_none() {
                readings.push(Reading { value, origins: vec![origin.clone()], works: 0 });
            }
        }
        for reading in &mut readings {
            reading.origins.sort();
            reading.origins.dedup();
            reading.works = self.witnesses.works(&reading.origins);
        }
        if readings.len() > 1 {
            let rank = |reading: &Reading<T>| self.witnesses.best_rank(&reading.origins, self.sides);
            let edition = |reading: &Reading<T>| self.witnesses.latest(&reading.origins);
            readings.sort_by(|a, b| {
                rank(a)
                    .cmp(&rank(b))
                    .then_with(|| b.works.cmp(&a.works))
                    .then_with(|| b.origins.len().cmp(&a.origins.len()))
                    .then_with(|| edition(b).cmp(&edition(a)))
                    .then_with(|| detail(&a.value).cmp(&detail(&b.value)))
                    .then_with(|| a.value.cmp(&b.value))
            });
        }
        Settled::new(readings)
    }
}
