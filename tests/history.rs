//! What the carried world says of times: no tie is over and stands at once without a word of it, nothing of the past is
//! told as current, and who has ended has no ties.

use std::collections::BTreeMap;

use legation::model::{Fact, FactKey, Statement, TieKey, TieKind};

use crate::{gazetteer, network};

/// Affirmed facts of every tie, by the key of its spell 0.
fn ties() -> BTreeMap<FactKey, Vec<&'static Fact>> {
    let mut ties: BTreeMap<FactKey, Vec<&'static Fact>> = BTreeMap::new();
    for fact in network().facts.iter().filter(|fact| fact.key.tie.has_spells() && !fact.is_denied()) {
        ties.entry(fact.key.clone().with_spell(0)).or_default().push(fact);
    }
    ties
}

/// Whether it is told that sources differ or that a rule decided between them.
fn is_marked(fact: &Fact) -> bool {
    fact.is_disputed() || !fact.settlements.is_empty()
}

fn works_abroad(fact: &Fact) -> bool {
    matches!(fact.tie.value(), Statement::Mission { host: Some(_), .. })
}

#[test]
fn no_tie_is_over_and_stands_at_once() {
    let (mut twice, mut both) = (0, Vec::new());
    for (key, spells) in ties() {
        let Some(standing) = spells.iter().find(|fact| fact.key.spell == 0 && fact.life.ended.is_none()) else {
            continue;
        };
        for over in spells.iter().filter(|fact| fact.key.spell > 0) {
            twice += 1;
            let ended = over.life.ended.and_then(|ended| ended.earliest.or(ended.latest));
            let began = standing.life.began.latest;
            let apart = matches!((ended, began), (Some(ended), Some(began)) if ended <= began);
            // What was closed at home and works from another state is told as relocated.
            let moved = works_abroad(standing) && !works_abroad(over);
            if !apart && !moved && !is_marked(over) && !is_marked(standing) {
                both.push((key.clone(), over.life, standing.life));
            }
        }
    }
    assert!(twice > 60, "{twice} ties stand again");
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn no_relations_are_over_beside_a_standing_embassy() {
    let ties = ties();
    let (mut severed, mut beside) = (0, Vec::new());
    for (key, spells) in &ties {
        let TieKey::Relations(a, b) = &key.tie else { continue };
        if spells.iter().any(|fact| fact.key.spell == 0) {
            continue;
        }
        severed += 1;
        let over = spells.last().expect("a spell");
        for (one, other) in [(a, b), (b, a)] {
            let mission = ties.get(&TieKey::Resident(one.clone(), other.clone()).spell(0));
            let open = mission.into_iter().flatten().filter(|fact| fact.key.spell == 0 && fact.life.ended.is_none());
            beside.extend(open.filter(|fact| !is_marked(fact) && !is_marked(over)).map(|fact| fact.key.clone()));
        }
    }
    assert!(severed > 100, "{severed} relations are over");
    assert_eq!(beside, []);
}

#[test]
fn no_legation_of_the_past_is_current() {
    let legations = network().facts.iter().filter(|fact| matches!(fact.key.tie, TieKey::Legation(..)));
    let (standing, over): (Vec<&Fact>, Vec<&Fact>) = legations.partition(|fact| fact.life.ended.is_none());
    assert!(over.len() > 20, "{} legations", over.len());
    let unmarked: Vec<&FactKey> = standing.iter().filter(|fact| !is_marked(fact)).map(|fact| &fact.key).collect();
    assert_eq!(unmarked, Vec::<&FactKey>::new());
}

#[test]
fn who_has_ended_has_no_ties() {
    let gazetteer = gazetteer();
    let gone = |slug: &str| gazetteer.life(slug).is_some_and(|life| !life.is_open());
    let (mut ended, mut left) = (0, Vec::new());
    for fact in network().facts.iter().filter(|fact| fact.key.tie.has_spells() && !fact.is_denied()) {
        if gone(fact.subject()) || gone(fact.object()) {
            ended += 1;
            // A source that states its day after the end is believed, and told.
            let told = fact.key.kind() != TieKind::Membership && is_marked(fact);
            if fact.life.ended.is_none() && !told {
                left.push(fact.key.clone());
            }
        }
    }
    assert!(ended > 1000, "{ended} ties of former states and organisations");
    assert_eq!(left, []);
}
