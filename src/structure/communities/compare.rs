//! How far two partitions of the same nodes agree.

use std::collections::BTreeMap;

/// Agreement of two partitions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Adjusted Rand index (Hubert & Arabie 1985): 1 for the same partition, about 0 by chance.
    pub ari: f64,
    /// Mutual information by the mean of both entropies (Danon et al. 2005), from 0 to 1.
    pub nmi: f64,
    /// Variation of information in nats (Meilă 2007): 0 for the same partition, at most ln n.
    pub vi: f64,
}

#[allow(clippy::cast_precision_loss)]
impl Agreement {
    /// Compares two lists of labels, a label a node. Two partitions into one community agree wholly. O(n log n).
    pub fn of<A: Ord + Copy, B: Ord + Copy>(one: &[A], other: &[B]) -> Agreement {
        let nodes = one.len().min(other.len()) as f64;
        let (a, rows) = counted(one);
        let (b, columns) = counted(other);
        let mut both: Vec<u64> = a.iter().zip(&b).map(|(a, b)| u64::from(*a) << 32 | u64::from(*b)).collect();
        both.sort_unstable();
        let cells: Vec<usize> = both.chunk_by(|one, other| one == other).map(<[u64]>::len).collect();
        let entropy = |counts: &[usize]| -> f64 {
            counts.iter().map(|count| *count as f64 / nodes).map(|share| -share * share.ln()).sum()
        };
        let (h_one, h_other) = (entropy(&rows), entropy(&columns));
        let h_both = entropy(&cells);
        let mutual = (h_one + h_other - h_both).max(0.0);
        let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
        let together: f64 = cells.iter().map(|count| pairs(*count)).sum();
        let (in_one, in_other): (f64, f64) =
            (rows.iter().map(|count| pairs(*count)).sum(), columns.iter().map(|count| pairs(*count)).sum());
        let all = nodes * (nodes - 1.0) / 2.0;
        let by_chance = if all > 0.0 { in_one * in_other / all } else { 0.0 };
        let most = f64::midpoint(in_one, in_other);
        let same = rows.len() == cells.len() && columns.len() == cells.len();
        Agreement {
            ari: if same || most - by_chance <= 0.0 { 1.0 } else { (together - by_chance) / (most - by_chance) },
            nmi: if same || h_one + h_other <= 0.0 { 1.0 } else { 2.0 * mutual / (h_one + h_other) },
            vi: if same { 0.0 } else { (2.0 * h_both - h_one - h_other).max(0.0) },
        }
    }
}

/// Labels as numbers in their order, and how often each stands.
fn counted<L: Ord + Copy>(labels: &[L]) -> (Vec<u32>, Vec<usize>) {
    let mut order: Vec<(L, u32)> = labels.iter().copied().zip(0u32..).collect();
    order.sort_unstable();
    let (mut numbers, mut counts) = (vec![0; labels.len()], Vec::new());
    for (number, group) in (0u32..).zip(order.chunk_by(|one, other| one.0 == other.0)) {
        group.iter().for_each(|(_, at)| numbers[*at as usize] = number);
        counts.push(group.len());
    }
    (numbers, counts)
}

/// Nodes that go from one community to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Community before; `None` for nodes that were not there.
    pub from: Option<usize>,
    /// Community after; `None` for nodes that are gone.
    pub to: Option<usize>,
    /// The nodes, in order.
    pub members: Vec<String>,
}

/// Who goes where from one partition to another: one flow a pair of communities, by community before, then after; those
/// who come and go at the end. Nodes are known by their names.
pub fn flows(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> Vec<Flow> {
    let mut found: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let key = |place: Option<&usize>| place.copied().unwrap_or(usize::MAX);
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        found.entry((key(before.get(name)), key(after.get(name)))).or_default().push(name.clone());
    }
    let place = |label: usize| (label != usize::MAX).then_some(label);
    found.into_iter().map(|((from, to), members)| Flow { from: place(from), to: place(to), members }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_values_of_igraph() {
        // igraph.compare_communities(one, other, method) with "adjusted_rand", "nmi" and "vi"
        let found = Agreement::of(&[0, 0, 0, 1, 1, 1, 2, 2], &[0, 0, 1, 1, 1, 1, 2, 0]);
        assert!((found.ari - 0.304_347_826_1).abs() < 1e-8, "{found:?}");
        assert!((found.nmi - 0.546_882_891_2).abs() < 1e-8, "{found:?}");
        assert!((found.vi - 0.931_839_993_7).abs() < 1e-8, "{found:?}");
        let same = Agreement::of(&[3, 3, 1], &["a", "a", "b"]);
        assert_eq!((same.ari, same.nmi, same.vi), (1.0, 1.0, 0.0));
        let apart = Agreement::of(&[0, 0, 0, 0], &[0, 1, 2, 3]);
        assert_eq!((apart.ari, apart.nmi), (0.0, 0.0));
        assert!((apart.vi - 4.0f64.ln()).abs() < 1e-12);
        assert_eq!(Agreement::of::<u8, u8>(&[], &[]).ari, 1.0);
    }

    #[test]
    fn flows_tell_who_came_and_went() {
        let map = |list: &[(&str, usize)]| list.iter().map(|(name, label)| ((*name).to_owned(), *label)).collect();
        let found = flows(&map(&[("a", 0), ("b", 0), ("c", 1)]), &map(&[("a", 0), ("b", 1), ("d", 1)]));
        let said: Vec<String> =
            found.iter().map(|flow| format!("{:?}>{:?} {}", flow.from, flow.to, flow.members.join(","))).collect();
        assert_eq!(said, ["Some(0)>Some(0) a", "Some(0)>Some(1) b", "Some(1)>None c", "None>Some(1) d"]);
    }
}
