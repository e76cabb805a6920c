//! What some claims change in a data set to which they are added.

use std::collections::BTreeMap;

use crate::model::{Fact, FactKey, TieKind};

/// Ties that changed, by kind: `(kind, number)` where there are any, in the order of the kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Ties that stood and are over by a source's word.
    pub ended: BTreeMap<TieKind, usize>,
    /// Ties that stood and are over because another ended.
    pub implied: BTreeMap<TieKind, usize>,
    /// Ties that did not stand and do.
    pub begun: BTreeMap<TieKind, usize>,
    /// Missions and accreditations that stand, and whose seat is another.
    pub moved: BTreeMap<TieKind, usize>,
    /// Ties that stand as they did, and that sources now affirm and deny.
    pub disputed: BTreeMap<TieKind, usize>,
}

impl Effects {
    /// Compares two data sets' facts. O(facts · log facts).
    pub fn between(before: &[Fact], after: &[Fact]) -> Effects {
        let standing = |facts: &'_ [Fact]| -> BTreeMap<FactKey, usize> {
            let open = facts.iter().enumerate().filter(|(_, fact)| fact.life.is_open() && !fact.is_denied());
            open.map(|(at, fact)| (fact.key.clone(), at)).collect()
        };
        let (old, new) = (standing(before), standing(after));
        let mut last: BTreeMap<FactKey, &Fact> = BTreeMap::new();
        for fact in after.iter().filter(|fact| !fact.life.is_open()) {
            last.insert(fact.key.clone().with_spell(0), fact);
        }
        let mut effects = Effects::default();
        for (key, at) in &old {
            let kind = key.kind();
            match new.get(key) {
                None => {
                    let implied = last.get(&key.clone().with_spell(0)).is_some_and(|fact| fact.implied.is_some());
                    let list = if implied { &mut effects.implied } else { &mut effects.ended };
                    *list.entry(kind).or_default() += 1;
                }
                Some(now) if before[*at].tie.value() != after[*now].tie.value() => {
                    if matches!(kind, TieKind::Mission | TieKind::Accreditation) {
                        *effects.moved.entry(kind).or_default() += 1;
                    }
                }
                Some(now) if after[*now].polarity.is_disputed() && !before[*at].polarity.is_disputed() => {
                    *effects.disputed.entry(kind).or_default() += 1;
                }
                Some(_) => {}
            }
        }
        for key in new.keys().filter(|key| !old.contains_key(*key)) {
            *effects.begun.entry(key.kind()).or_default() += 1;
        }
        effects
    }

    /// What changed in words: "1 mission ended, 2 accreditations end with it"; `None` where nothing did.
    pub fn words(&self) -> Option<String> {
        let list = |counts: &BTreeMap<TieKind, usize>| -> Vec<String> {
            counts.iter().map(|(kind, count)| counted(*kind, *count)).collect()
        };
        let mut parts = Vec::new();
        let ended: usize = self.ended.values().sum();
        if ended > 0 {
            parts.push(format!("{} ended", list(&self.ended).join(", ")));
        }
        let implied: usize = self.implied.values().sum();
        if implied > 0 {
            let (ends, with) = (if implied == 1 { "ends" } else { "end" }, if ended == 1 { "it" } else { "them" });
            let because = if ended == 0 { "because of what changed".to_owned() } else { format!("with {with}") };
            parts.push(format!("{} {ends} {because}", list(&self.implied).join(", ")));
        }
        if !self.begun.is_empty() {
            parts.push(format!("{} begun", list(&self.begun).join(", ")));
        }
        if !self.moved.is_empty() {
            parts.push(format!("{} with another seat or kind", list(&self.moved).join(", ")));
        }
        if !self.disputed.is_empty() {
            parts.push(format!("{} disputed from now on", list(&self.disputed).join(", ")));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn counted(kind: TieKind, count: usize) -> String {
    let name = match kind {
        TieKind::Signed => "signed tie",
        TieKind::Relations => "tie of relations",
        kind => kind.name(),
    };
    match (count, kind) {
        (1, _) => format!("1 {name}"),
        (_, TieKind::Relations) => format!("{count} ties of relations"),
        _ => format!("{count} {name}s"),
    }
}
