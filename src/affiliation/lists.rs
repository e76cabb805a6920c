//! Networks too large for all pairs: who belongs to what as lists, and the nearest of every member.
//!
//! For one member, the members of each of its organisations are counted up; the greatest counts are its neighbours.
//! Small organisations are counted member by member, large ones as a row of ones that is added whole.

use rayon::prelude::*;

/// By what neighbours are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Shared count.
    Shared,
    /// Jaccard's index, compared exactly.
    Jaccard,
}

/// A neighbour of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Place of the neighbour.
    pub member: u32,
    /// How many organisations they share; at least 1.
    pub shared: u32,
}

/// Lists of equal kind one behind the other.
#[derive(Clone, Debug, Default)]
struct Chain {
    /// Where each list begins, and where the last ends.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Chain {
    fn list(&self, at: usize) -> &[u32] {
        &self.items[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Lists of `lists` keys from (key, item) pairs; items keep the order in which they come.
    fn of(lists: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Chain {
        let mut starts = vec![0u32; lists + 1];
        for (key, _) in pairs.clone() {
            starts[key as usize + 1] += 1;
        }
        for at in 0..lists {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[lists] as usize];
        for (key, item) in pairs {
            let place = &mut next[key as usize];
            items[*place as usize] = item;
            *place += 1;
        }
        Chain { starts, items }
    }
}

/// Who belongs to what, from both sides.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Labels of the members.
    pub members: Vec<String>,
    /// Labels of the organisations.
    pub organisations: Vec<String>,
    by_member: Chain,
    by_organisation: Chain,
}

/// Room in which one thread counts.
struct Counts {
    small: Vec<u8>,
    large: Vec<u32>,
}

/// Rows of ones of the largest organisations.
struct Dense {
    /// Place of the row of an organisation, `u32::MAX` where it has none.
    places: Vec<u32>,
    rows: Vec<Vec<u8>>,
}

impl Lists {
    /// Lists from cells (member, organisation) in any order; a cell that comes twice counts once.
    ///
    /// # Panics
    /// If there are 2³² cells or more.
    pub fn new(members: Vec<String>, organisations: Vec<String>, mut cells: Vec<(u32, u32)>) -> Lists {
        assert!(u32::try_from(cells.len()).is_ok(), "too many cells");
        if !cells.is_sorted() {
            cells.par_sort_unstable();
        }
        cells.dedup();
        let by_member = Chain::of(members.len(), cells.iter().copied());
        let by_organisation = Chain::of(organisations.len(), cells.iter().map(|(member, at)| (*at, *member)));
        Lists { members, organisations, by_member, by_organisation }
    }

    /// Number of memberships.
    pub fn len(&self) -> usize {
        self.by_member.items.len()
    }

    /// Whether there is no membership.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Organisations of a member, ascending.
    pub fn organisations_of(&self, member: usize) -> &[u32] {
        self.by_member.list(member)
    }

    /// The `most` nearest of the members `of`, for each in its order: those who share most (or the greatest part) first, of equals
    /// the earlier member; who shares nothing is no neighbour. `tell` is told of members that are done, from any
    /// thread.
    ///
    /// O(Σ over memberships of the organisation's size + members of `of` · members), on every core; a row of
    /// counters a thread beside the lists.
    pub fn nearest(
        &self,
        of: std::ops::Range<usize>,
        most: usize,
        rank: Rank,
        tell: &(dyn Fn(u64) + Sync),
    ) -> Vec<Vec<Neighbour>> {
        let dense = self.dense();
        let mut out: Vec<Vec<Neighbour>> = Vec::new();
        let places: Vec<usize> = of.collect();
        places
            .par_chunks(256)
            .map_init(
                || Counts { small: vec![0; self.members.len()], large: Vec::new() },
                |counts, members| {
                    let found: Vec<Vec<Neighbour>> =
                        members.iter().map(|member| self.nearest_of(*member, most, rank, &dense, counts)).collect();
                    tell(members.len() as u64);
                    found
                },
            )
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|found| out.extend(found));
        out
    }

    /// Rows of ones for organisations so large that adding a row is less work than counting their members.
    fn dense(&self) -> Dense {
        let members = self.members.len();
        let mut large: Vec<usize> = (0..self.organisations.len())
            .filter(|at| self.by_organisation.list(*at).len() > (members / 24).max(16))
            .collect();
        // No more than 32 MiB of rows, those of the largest.
        large.sort_by_key(|at| (std::cmp::Reverse(self.by_organisation.list(*at).len()), *at));
        large.truncate((32 << 20) / members.max(1));
        let mut places = vec![u32::MAX; self.organisations.len()];
        let rows = (0u32..)
            .zip(&large)
            .map(|(place, at)| {
                places[*at] = place;
                let mut row = vec![0; members];
                self.by_organisation.list(*at).iter().for_each(|member| row[*member as usize] = 1);
                row
            })
            .collect();
        Dense { places, rows }
    }

    fn nearest_of(&self, member: usize, most: usize, rank: Rank, dense: &Dense, counts: &mut Counts) -> Vec<Neighbour> {
        let organisations = self.organisations_of(member);
        if organisations.len() <= usize::from(u8::MAX) {
            let count = &mut counts.small;
            self.count(organisations, dense, count);
            count[member] = 0;
            let found = self.greatest(member, most, rank, count);
            count.fill(0);
            found
        } else {
            let count = &mut counts.large;
            count.resize(self.members.len(), 0);
            self.count(organisations, dense, count);
            count[member] = 0;
            let found = self.greatest(member, most, rank, count);
            count.fill(0);
            found
        }
    }

    fn count<C: Counter>(&self, organisations: &[u32], dense: &Dense, count: &mut [C]) {
        for organisation in organisations {
            match dense.rows.get(dense.places[*organisation as usize] as usize) {
                Some(row) => C::add_row(count, row),
                None => {
                    for member in self.by_organisation.list(*organisation as usize) {
                        count[*member as usize].add();
                    }
                }
            }
        }
    }

    /// The greatest of some counts. The counts are passed over in blocks whose greatest count is no match for the
    /// neighbours found so far.
    fn greatest<C: Counter>(&self, member: usize, most: usize, rank: Rank, count: &[C]) -> Vec<Neighbour> {
        if most == 0 {
            return Vec::new();
        }
        let own = self.organisations_of(member).len() as u64;
        // Jaccard's index as a fraction: shared over the size of the union.
        let union =
            |other: u32, shared: u32| own + self.by_member.list(other as usize).len() as u64 - u64::from(shared);
        let before = |a: Neighbour, b: Neighbour| match rank {
            Rank::Shared => a.shared > b.shared,
            Rank::Jaccard => {
                u64::from(a.shared) * union(b.member, b.shared) > u64::from(b.shared) * union(a.member, a.shared)
            }
        };
        let mut found: Vec<Neighbour> = Vec::with_capacity(most.min(self.members.len()) + 1);
        // A count that no later member can do with less than.
        let mut floor = 1;
        // Of the last neighbour found: what it shares, and that with the size of the union.
        let mut last = (0, 0);
        for (block, counts) in count.chunks(BLOCK).enumerate() {
            if C::greatest(counts) < floor {
                continue;
            }
            for (at, shared) in counts.iter().map(|count| count.get()).enumerate() {
                if shared < floor {
                    continue;
                }
                let next = Neighbour { member: u32::try_from(block * BLOCK + at).unwrap_or(u32::MAX), shared };
                // s/(own + n − s) > s'/u' as s·(u' + s') > s'·(own + n), with n of the other.
                if rank == Rank::Jaccard && found.len() == most {
                    let sizes = own + self.by_member.list(next.member as usize).len() as u64;
                    if u64::from(shared) * last.1 <= last.0 * sizes {
                        continue;
                    }
                }
                let place = found.partition_point(|known| !before(next, *known));
                found.insert(place, next);
                found.truncate(most);
                if let Some(least) = found.get(most - 1) {
                    let union = union(least.member, least.shared);
                    floor = floor_of(own, *least, rank, union);
                    last = (u64::from(least.shared), union + u64::from(least.shared));
                }
            }
        }
        found
    }
}

/// The least count with which a later member can come before the last of the neighbours found.
fn floor_of(own: u64, last: Neighbour, rank: Rank, union: u64) -> u32 {
    match rank {
        Rank::Shared => last.shared + 1,
        // shared / union ≤ shared / own, since the union has all of one's own.
        Rank::Jaccard => u32::try_from(u64::from(last.shared) * own / union + 1).unwrap_or(u32::MAX),
    }
}

/// Counts that are passed over together.
const BLOCK: usize = 128;

/// A number that counts shared organisations.
trait Counter: Copy + Ord {
    fn add(&mut self);
    fn get(self) -> u32;
    /// The greatest of a block.
    fn greatest(counts: &[Self]) -> u32;
    /// Adds a row of zeros and ones.
    fn add_row(count: &mut [Self], row: &[u8]);
}

impl Counter for u8 {
    fn add(&mut self) {
        *self = self.wrapping_add(1);
    }

    fn get(self) -> u32 {
        self.into()
    }

    fn greatest(counts: &[u8]) -> u32 {
        // Lanes of a width that the machine compares at once.
        let mut lanes = [0u8; 32];
        let (whole, rest) = counts.as_chunks::<32>();
        for chunk in whole {
            lanes.iter_mut().zip(chunk).for_each(|(lane, count)| *lane = (*lane).max(*count));
        }
        lanes.iter().chain(rest).copied().max().unwrap_or(0).into()
    }

    fn add_row(count: &mut [u8], row: &[u8]) {
        count.iter_mut().zip(row).for_each(|(count, one)| *count = count.wrapping_add(*one));
    }
}

impl Counter for u32 {
    fn add(&mut self) {
        *self = self.wrapping_add(1);
    }

    fn get(self) -> u32 {
        self
    }

    fn greatest(counts: &[u32]) -> u32 {
        counts.iter().copied().max().unwrap_or(0)
    }

    fn add_row(count: &mut [u32], row: &[u8]) {
        count.iter_mut().zip(row).for_each(|(count, one)| *count = count.wrapping_add(u32::from(*one)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every neighbour by the definition.
    fn plainly(lists: &Lists, member: usize, most: usize, rank: Rank) -> Vec<Neighbour> {
        let own = lists.organisations_of(member);
        let mut all: Vec<(Neighbour, f64)> = (0..lists.members.len())
            .filter(|other| *other != member)
            .map(|other| {
                let theirs = lists.organisations_of(other);
                let shared = own.iter().filter(|at| theirs.contains(at)).count();
                let union = own.len() + theirs.len() - shared;
                let neighbour =
                    Neighbour { member: u32::try_from(other).unwrap(), shared: u32::try_from(shared).unwrap() };
                let score = match rank {
                    Rank::Shared => f64::from(neighbour.shared),
                    #[allow(clippy::cast_precision_loss)]
                    Rank::Jaccard => f64::from(neighbour.shared) / union.max(1) as f64,
                };
                (neighbour, score)
            })
            .filter(|(neighbour, _)| neighbour.shared > 0)
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.member.cmp(&b.0.member)));
        all.into_iter().take(most).map(|(neighbour, _)| neighbour).collect()
    }

    #[test]
    fn as_by_the_definition() {
        let labels = |many: usize| (0..many).map(|at| at.to_string()).collect::<Vec<_>>();
        // 700 members: some organisations have more than 256, so that rows are added too; one member has more
        // organisations than a byte counts.
        let mut cells = Vec::new();
        let mut state = 7u64;
        for organisation in 0..400u32 {
            let many = 700 / (organisation + 1) + 3;
            for _ in 0..many {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                cells.push((u32::try_from(state >> 33).unwrap() % 700, organisation));
            }
            cells.push((699, organisation));
            cells.push((698, organisation));
        }
        let lists = Lists::new(labels(700), labels(400), cells);
        for rank in [Rank::Shared, Rank::Jaccard] {
            let found = lists.nearest(0..700, 10, rank, &|_| {});
            for (member, found) in found.iter().enumerate() {
                assert_eq!(*found, plainly(&lists, member, 10, rank), "{rank:?} {member}");
            }
            assert_eq!(lists.nearest(5..7, 3, rank, &|_| {}).len(), 2);
        }
        assert!(lists.nearest(0..2, 0, Rank::Shared, &|_| {}).iter().all(Vec::is_empty));
    }
}
