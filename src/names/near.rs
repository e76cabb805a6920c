//! Near misses: what a mistyped name may have meant.

/// The candidates closest to `wanted` (both folded): fewest edits, then closest in length, then by name.
/// At most `limit`; none that differs in more than a third of its letters.
pub fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let length = wanted.chars().count();
    let mut near: Vec<(usize, usize, &str)> = candidates
        .filter_map(|name| {
            let letters = name.chars().count();
            let apart = letters.abs_diff(length);
            if apart > 3 {
                return None;
            }
            let edits = strsim::damerau_levenshtein(wanted, name);
            (edits > 0 && edits * 3 <= length.max(letters)).then_some((edits, apart, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    let best = near.first().map_or(0, |first| first.0);
    near.into_iter().filter(|(edits, ..)| *edits <= best + 1).take(limit).map(|(.., name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_come_before_length_and_length_before_name() {
        let names = ["austria", "australia", "azerbaijan"];
        assert_eq!(nearest("austrlia", names.into_iter(), 2), ["australia", "austria"]);
        assert_eq!(nearest("azerbajan", names.into_iter(), 2), ["azerbaijan"]);
        assert!(nearest("xyz", names.into_iter(), 2).is_empty());
    }
}
