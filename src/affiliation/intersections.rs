//! Who shares what with whom: every combination of some members, as an `UpSet` plot draws it.

use super::table::Affiliations;

/// The organisations that just these members have, of those that were compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intersection {
    /// For every member compared, whether it has them.
    pub holders: Vec<bool>,
    /// Places of the organisations, ascending.
    pub organisations: Vec<usize>,
}

/// Sorts organisations by which of some members have them (Lex et al. 2014). Each organisation of any of them stands
/// in one intersection. Order: by how many hold, then by how much is held (most first), then by the members' own
/// order. O(organisations · members).
pub fn intersections(table: &Affiliations, members: &[usize]) -> Vec<Intersection> {
    let cells = table.cells();
    let mut found: Vec<Intersection> = Vec::new();
    for organisation in 0..table.organisations.len() {
        let holders: Vec<bool> = members.iter().map(|member| cells.get(*member, organisation)).collect();
        if !holders.contains(&true) {
            continue;
        }
        match found.iter_mut().find(|known| known.holders == holders) {
            Some(known) => known.organisations.push(organisation),
            None => found.push(Intersection { holders, organisations: vec![organisation] }),
        }
    }
    let many = |found: &Intersection| found.holders.iter().filter(|holds| **holds).count();
    found.sort_by(|a, b| {
        let by_size = b.organisations.len().cmp(&a.organisations.len());
        many(b).cmp(&many(a)).then(by_size).then_with(|| b.holders.cmp(&a.holders))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_organisation_once() {
        let name = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let cells = [(0, 0, 1.0), (1, 0, 1.0), (0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0), (2, 4, 1.0)];
        let table = Affiliations::new(name(&["a", "b", "c"]), name(&["p", "q", "r", "s", "t"]), &cells);
        let found: Vec<(Vec<bool>, Vec<usize>)> =
            intersections(&table, &[0, 1]).into_iter().map(|row| (row.holders, row.organisations)).collect();
        assert_eq!(found, [(vec![true, true], vec![0]), (vec![false, true], vec![2, 3]), (vec![true, false], vec![1])]);
    }
}
