//! What follows from what: ends that no source of a tie tells, by the rows of `data/rules/implications.csv`.
//!
//! An implied end ranks below every explicit word: it ends a tie only where no source states its day after it. What
//! undated lists have after it stays visible as a contest.

use std::collections::BTreeMap;

use super::evidence::{Use, city_slug};
use super::precedence::Witnesses;
use super::reconcile::{Reconciled, fact};
use super::standing::{Implication, id, implication};
use crate::model::{
    Bound, Day, EntityId, Fact, FactKey, ImpliedEnd, Manner, MissionClass, MissionKind, Origin, Settled, Statement,
    TieKey, TieKind,
};
use crate::names::Gazetteer;

type Ties<'c> = BTreeMap<FactKey, Reconciled<'c>>;

/// Ends what follows from other facts. Rules come in the order of the table, so that an end can make another.
pub(super) fn imply(ties: &mut Ties<'_>, witnesses: &Witnesses, gazetteer: &Gazetteer) {
    let rules: [fn(&Ties<'_>, &Gazetteer) -> Vec<Ends>; 9] = [
        party_ended,
        beijing_taipei,
        severed,
        legations,
        legations_out_of_use,
        consulates,
        offices,
        seats_closed,
        recognised,
    ];
    for rule in rules {
        for ends in rule(ties, gazetteer) {
            end(ties, ends, witnesses, gazetteer);
        }
    }
    undated_ends(ties, witnesses, gazetteer);
    accreditations_after_missions(ties, witnesses, gazetteer);
    begin_with_relations(ties);
    outlives_party(ties, witnesses, gazetteer);
}

/// What is told as over without a date was over when the resident mission of the pair began: an accreditation, and a
/// consulate in the city of the mission.
fn undated_ends(ties: &mut Ties<'_>, witnesses: &Witnesses, gazetteer: &Gazetteer) {
    let mut found: Vec<(FactKey, Bound, Vec<Origin>, &str)> = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| key.spell > 0 && tie.fact.implied.is_none()) {
        let (sending, receiving) = key.parties();
        let rule = match key.tie {
            TieKey::Accreditation(..) => id::FOR_ACCREDITATION,
            TieKey::Post(MissionClass::Consular, ..) => id::FOR_CONSULATE,
            _ => continue,
        };
        let opened = embassies(ties, sending, receiving).rfind(|embassy| {
            !embassy.fact.is_denied() && embassy.fact.began.is_some() && in_its_city(key, embassy, gazetteer)
        });
        let (Some(embassy), Some(ended)) = (opened, tie.fact.life.ended) else { continue };
        let Some(began) = &embassy.fact.began else { continue };
        // Where the source itself says when, there is nothing to add.
        let nearer = ended.intersect(*began.value()).is_some_and(|nearer| nearer != ended);
        if nearer && began.value().latest.is_some() {
            found.push((key.clone(), *began.value(), began.readings()[0].origins.clone(), rule));
        }
    }
    for (key, began, by, rule) in found {
        let Some(tie) = ties.get_mut(&key) else { continue };
        tie.spell.verdict.over_on = Some(began);
        tie.spell.verdict.settle(rule, by, Vec::new());
        if let Some(fact) = fact(&key, &tie.spell.uses, &tie.spell.verdict, witnesses, gazetteer) {
            tie.fact = fact;
        }
    }
}

/// The resident missions of a pair: the one that stands, then those that are over.
fn embassies<'t, 'c>(
    ties: &'t Ties<'c>,
    sending: &str,
    receiving: &str,
) -> impl DoubleEndedIterator<Item = &'t Reconciled<'c>> + Clone + use<'t, 'c> {
    let of = |spell| TieKey::Resident(sending.into(), receiving.into()).spell(spell);
    ties.range(of(0)..=of(u16::MAX)).map(|(_, tie)| tie)
}

/// Whether a mission works in the city of a post, as far as both have one; other ties have none.
fn in_its_city(key: &FactKey, mission: &Reconciled<'_>, gazetteer: &Gazetteer) -> bool {
    let TieKey::Post(_, _, receiving, own) = &key.tie else { return true };
    let Statement::Mission { city: Some(city), .. } = mission.fact.tie.value() else { return false };
    *own == city_slug(gazetteer, city, Some(receiving))
}

/// The end of a mission after which an accreditation began, and where it is told.
type EndTold = (Bound, Vec<Origin>);

/// An accreditation that is told without a date began when the resident mission of the pair ended, and was over when one
/// began whose beginning its own line tells.
fn accreditations_after_missions(ties: &mut Ties<'_>, witnesses: &Witnesses, gazetteer: &Gazetteer) {
    let mut found: Vec<(FactKey, Option<EndTold>, Option<ImpliedEnd>)> = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        let TieKey::Accreditation(sending, receiving) = &key.tie else { continue };
        if tie.fact.began.is_some() {
            continue;
        }
        let missions = embassies(ties, sending, receiving).map(|tie| &tie.fact).filter(|fact| !fact.is_denied());
        let ended = missions.clone().filter_map(|fact| {
            let on = fact.ended.as_ref().and(fact.life.ended)?;
            (on.earliest.is_some() && on.known_year().is_some()).then(|| (on, fact.origins()))
        });
        let after = ended.max_by_key(|(on, _)| on.latest);
        let own = tie.fact.origins();
        let same = |origins: &[Origin]| {
            let at = |origin: &Origin| (origin.document.clone(), origin.line);
            own.iter().all(|one| origins.iter().any(|other| at(one) == at(other)))
        };
        let opened = missions.filter_map(|fact| {
            let began = fact.began.as_ref()?;
            let dated_there = same(&began.readings()[0].origins) && began.value().known_year().is_some();
            dated_there.then(|| (*began.value(), fact.origins()))
        });
        let row = implication(id::FOR_ACCREDITATION);
        let until = opened.max_by_key(|(began, _)| began.latest).map(|(on, by)| implied(row, row.manner(), on, by));
        // A later end than the last beginning: the accreditation that came after it is another.
        let until = until.filter(|until| after.as_ref().is_none_or(|(on, _)| on.latest <= until.on.earliest));
        if after.is_some() || until.is_some() {
            found.push((key.clone(), after, until));
        }
    }
    for (key, after, until) in found {
        let Some(tie) = ties.get_mut(&key) else { continue };
        if let Some((on, by)) = after {
            tie.spell.verdict.began = tie.spell.verdict.began.intersect(on).unwrap_or(on);
            tie.spell.verdict.settle(id::FOR_EMBASSY, by, Vec::new());
            if let Some(fact) = fact(&key, &tie.spell.uses, &tie.spell.verdict, witnesses, gazetteer) {
                tie.fact = fact;
            }
        }
        if let Some(implied) = until {
            end(ties, Ends { key, implied, contested: false }, witnesses, gazetteer);
        }
    }
}

/// An embassy or accreditation that no source dates did not precede the first relations of the two.
fn begin_with_relations(ties: &mut Ties<'_>) {
    let mut first: BTreeMap<(EntityId, EntityId), Option<Day>> = BTreeMap::new();
    for (key, tie) in ties.iter().filter(|(_, tie)| !tie.fact.is_denied()) {
        let TieKey::Relations(a, b) = &key.tie else { continue };
        let began = tie.fact.began.as_ref().filter(|began| !began.is_disputed()).and(tie.fact.life.began.earliest);
        first.entry((a.clone(), b.clone())).and_modify(|known| *known = (*known).min(began)).or_insert(began);
    }
    for (key, tie) in ties.iter_mut() {
        let (TieKey::Resident(one, other) | TieKey::Accreditation(one, other)) = &key.tie else { continue };
        let pair = if one <= other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) };
        let Some(Some(day)) = first.get(&pair) else { continue };
        let (undated, denied) = (tie.fact.began.is_none(), tie.fact.is_denied());
        let life = &mut tie.fact.life.began;
        let within =
            life.latest.is_none_or(|latest| *day <= latest) && life.earliest.is_none_or(|earliest| earliest < *day);
        if undated && within && !denied {
            life.earliest = Some(*day);
            tie.spell.verdict.began.earliest = tie.spell.verdict.began.earliest.max(Some(*day));
        }
    }
}

/// A tie that ends.
struct Ends {
    key: FactKey,
    implied: ImpliedEnd,
    /// Whether undated lists have it after its end.
    contested: bool,
}

fn end(ties: &mut Ties<'_>, ends: Ends, witnesses: &Witnesses, gazetteer: &Gazetteer) {
    let Some(Reconciled { mut spell, .. }) = ties.remove(&ends.key) else { return };
    let number = (1..).find(|number| !ties.contains_key(&ends.key.clone().with_spell(*number))).unwrap_or(u16::MAX);
    let key = ends.key.with_spell(number);
    spell.verdict.implied = Some(ends.implied);
    spell.verdict.contested |= ends.contested;
    spell.over = true;
    if let Some(fact) = fact(&key, &spell.uses, &spell.verdict, witnesses, gazetteer) {
        ties.insert(key, Reconciled { spell, fact });
    }
}

fn implied(row: &Implication, manner: Manner, on: Bound, by: Vec<Origin>) -> ImpliedEnd {
    ImpliedEnd { on, manner, rule: row.id.clone(), by }
}

fn stands(key: &FactKey, tie: &Reconciled<'_>) -> bool {
    key.tie.has_spells() && key.spell == 0 && !tie.spell.over && !tie.fact.is_denied()
}

/// What speaks for a tie after a day: a source that states its day, or lists that do not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    Lists,
    Explicit,
}

fn after(tie: &Reconciled<'_>, end: Bound) -> After {
    let Some(day) = end.latest.or(end.earliest) else { return After::Lists };
    let mut found = After::Nothing;
    for it in &tie.spell.uses {
        // "Since 2005" of an embassy that would have ended with relations in 1999 was opened after that.
        let begun = it.begins && it.evidence.began().earliest.is_some_and(|began| began >= day);
        let seen = it.stands && it.evidence.day.is_some_and(|seen| seen > day);
        if begun || seen && it.evidence.dated {
            return After::Explicit;
        }
        if seen {
            found = After::Lists;
        }
    }
    found
}

/// A state or organisation that ends takes its ties along.
fn party_ended(ties: &Ties<'_>, gazetteer: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::PARTY_ENDED);
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        // Our dates of states and organisations are less sure than a source that states the day of which it speaks.
        if let Some(on) = first_end(key, gazetteer).filter(|on| after(tie, *on) != After::Explicit) {
            found.push(Ends {
                key: key.clone(),
                implied: implied(row, row.manner(), on, Vec::new()),
                contested: tie.spell.verdict.contested,
            });
        }
    }
    found
}

/// When the first of the parties of a tie ended, by the tables.
fn first_end(key: &FactKey, gazetteer: &Gazetteer) -> Option<Bound> {
    let over = |slug: &str| gazetteer.life(slug).and_then(|life| life.ended);
    let (one, other) = key.parties();
    [over(one), over(other)].into_iter().flatten().min_by_key(|ended| ended.latest)
}

/// What a source has after the end of one of its parties stands, and is told as decided so.
fn outlives_party(ties: &mut Ties<'_>, witnesses: &Witnesses, gazetteer: &Gazetteer) {
    for (key, tie) in ties.iter_mut().filter(|(key, tie)| stands(key, tie)) {
        if first_end(key, gazetteer).is_none_or(|on| after(tie, on) != After::Explicit) {
            continue;
        }
        tie.spell.verdict.settle(id::PARTY_ENDED, tie.fact.origins(), Vec::new());
        if let Some(fact) = fact(key, &tie.spell.uses, &tie.spell.verdict, witnesses, gazetteer) {
            tie.fact = fact;
        }
    }
}

/// Nobody has relations with Beijing and Taipei: the later beginning ends the other.
fn beijing_taipei(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    const BEIJING: &str = "china";
    const TAIPEI: &str = "taiwan";
    let row = implication(id::BEIJING_TAIPEI);
    let partner = |key: &FactKey, with: &str| -> Option<EntityId> {
        match &key.tie {
            TieKey::Relations(a, b) if key.spell == 0 && a == with => Some(b.clone()),
            TieKey::Relations(a, b) if key.spell == 0 && b == with => Some(a.clone()),
            _ => None,
        }
    };
    let with = |who: &str| -> BTreeMap<EntityId, &FactKey> {
        let open = ties.iter().filter(|(key, tie)| stands(key, tie));
        open.filter_map(|(key, _)| Some((partner(key, who)?, key))).collect()
    };
    let (beijing, taipei) = (with(BEIJING), with(TAIPEI));
    let mut found = Vec::new();
    for (state, one) in &beijing {
        let Some(other) = taipei.get(state).filter(|_| state != TAIPEI && state != BEIJING) else { continue };
        let (with_beijing, with_taipei) = (&ties[*one].fact, &ties[*other].fact);
        let (first, second) = (with_beijing.span().began, with_taipei.span().began);
        let since = row.from();
        let later = |began: Bound| began.earliest.filter(|day| since.is_none_or(|since| *day >= since));
        // What more works have stands; of equals what began later, then what more places have.
        let weight = |fact: &Fact, began: Bound| (fact.works_on(None), later(began), fact.origins().len());
        let (key, by, mut on) = if weight(with_taipei, second) > weight(with_beijing, first) {
            (*one, with_taipei, second)
        } else {
            (*other, with_beijing, first)
        };
        // It cannot have ended before it began, nor before the rule holds.
        let floor = ties[key].fact.span().began.earliest.max(since);
        if on.earliest < floor {
            on = Bound { earliest: floor, latest: on.latest.max(floor) };
        }
        let contested = after(&ties[key], on) != After::Nothing;
        found.push(Ends { key: key.clone(), implied: implied(row, row.manner(), on, by.origins()), contested });
    }
    found
}

/// Severed relations end the embassies of the two to each other.
fn severed(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::SEVERED);
    let mut found = Vec::new();
    for (key, tie) in ties {
        let TieKey::Relations(a, b) = &key.tie else { continue };
        let Some(on) = tie.fact.life.ended.filter(|_| key.spell > 0) else { continue };
        // Who suspends relations may keep the embassy.
        if tie.fact.manner == Some(Manner::Suspended) {
            continue;
        }
        // With relations that stand again an embassy may have been opened anew: what lists have is believed.
        let again =
            ties.get(&TieKey::Relations(a.clone(), b.clone()).spell(0)).is_some_and(|tie| !tie.fact.is_denied());
        for (sending, receiving) in [(a, b), (b, a)] {
            for mission in [
                TieKey::Resident(sending.clone(), receiving.clone()).spell(0),
                TieKey::Legation(sending.clone(), receiving.clone()).spell(0),
            ] {
                let Some(standing) = ties.get(&mission).filter(|tie| stands(&mission, tie)) else { continue };
                let lists = after(standing, on);
                // A mission that works from another state was moved there because of the break.
                let moved = matches!(standing.fact.tie.value(), Statement::Mission { host: Some(_), .. });
                if lists == After::Explicit || again && lists == After::Lists || moved {
                    continue;
                }
                // Restored relations and an embassy last told before the break: it ended with the break.
                let implied = implied(row, row.manner(), on, tie.fact.origins());
                found.push(Ends { key: mission, implied, contested: lists == After::Lists });
            }
        }
    }
    found.sort_by(|a, b| a.key.cmp(&b.key).then(b.implied.on.latest.cmp(&a.implied.on.latest)));
    found.dedup_by(|a, b| a.key == b.key);
    found
}

/// An embassy ends the legation of the same pair.
fn legations(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::FOR_LEGATION);
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        let TieKey::Legation(sending, receiving) = &key.tie else { continue };
        let missions = embassies(ties, sending, receiving).map(|tie| &tie.fact).filter(|fact| !fact.is_denied());
        let Some(first) = missions.min_by_key(|fact| fact.life.began.latest.unwrap_or(Day::MAX)) else { continue };
        let opened = tie.fact.span().began;
        let mut on = first.life.began;
        if on.earliest < opened.earliest {
            on.earliest = opened.earliest;
        }
        if on.earliest.zip(on.latest).is_some_and(|(earliest, latest)| latest < earliest) {
            on.latest = on.earliest;
        }
        found.push(Ends {
            key: key.clone(),
            implied: implied(row, row.manner(), on, first.origins()),
            contested: false,
        });
    }
    found
}

/// An embassy ends the consulate in its city that its own line tells of as older.
fn consulates(ties: &Ties<'_>, gazetteer: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::FOR_CONSULATE);
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        let TieKey::Post(MissionClass::Consular, sending, receiving, ..) = &key.tie else { continue };
        let Some(first) = tie.fact.span().began.latest else { continue };
        let missions = || embassies(ties, sending, receiving);
        if !missions().any(|embassy| in_its_city(key, embassy, gazetteer)) {
            continue;
        }
        // Where the embassy's beginning is told on the same line, after that of the consulate.
        let after = |it: &Use<'_>| {
            let tie = missions().flat_map(|embassy| &embassy.spell.uses).filter(|other| other.begins);
            let tie = tie.filter(|other| other.evidence.same_line(&it.evidence)).map(Use::began);
            tie.filter(|began| began.earliest.is_some_and(|began| began > first)).min_by_key(|began| began.latest)
        };
        // Who lists the post beside the embassy has both.
        let lists = tie.spell.uses.iter().any(|it| it.began().is_unknown());
        let on: Vec<Bound> = tie.spell.uses.iter().filter_map(after).collect();
        let Some(on) = on.into_iter().min_by_key(|began| began.latest).filter(|_| !lists) else { continue };
        let by = tie.fact.origins();
        found.push(Ends { key: key.clone(), implied: implied(row, row.manner(), on, by), contested: false });
    }
    found
}

/// An embassy ends the liaison office or interests section of the pair that was told before it, unless a list has both.
fn offices(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::FOR_OFFICE);
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        let TieKey::Post(_, sending, receiving, ..) = &key.tie else { continue };
        let Statement::Mission { kind: MissionKind::LiaisonOffice | MissionKind::InterestsSection, .. } =
            tie.fact.tie.value()
        else {
            continue;
        };
        let lists = tie.spell.uses.iter().any(|it| it.began().is_unknown());
        let Some(first) = tie.fact.span().began.latest.filter(|_| !lists) else { continue };
        // Whatever source tells of a beginning after it; which of several is right is another question.
        let embassies = embassies(ties, sending, receiving).filter(|embassy| !embassy.fact.is_denied());
        let told = embassies.filter_map(|embassy| embassy.fact.began.as_ref()).flat_map(Settled::readings);
        let after = told.filter(|reading| reading.value.earliest.is_some_and(|began| began > first));
        let after = after.map(|reading| (reading.value, reading.origins.clone()));
        let Some((on, by)) = after.min_by_key(|(began, _)| began.latest) else { continue };
        found.push(Ends { key: key.clone(), implied: implied(row, row.manner(), on, by), contested: false });
    }
    found
}

/// Relations that stand end refusals of recognition between the two that were told before they began.
fn recognised(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::RECOGNISE);
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(_, tie)| tie.fact.is_denied() && !tie.spell.over) {
        let TieKey::Recognition(one, other) = &key.tie else { continue };
        let (a, b) = if one <= other { (one, other) } else { (other, one) };
        let relations = TieKey::Relations(a.clone(), b.clone()).spell(0);
        let Some(stands) = ties.get(&relations).filter(|tie| stands(&relations, tie)) else { continue };
        let on = stands.fact.life.began;
        let refused = tie.fact.span().began.earliest;
        // A refusal that a source dates after the beginning is its explicit word.
        if refused.zip(on.latest).is_some_and(|(refused, began)| refused > began) {
            continue;
        }
        let implied = implied(row, row.manner(), on, stands.fact.origins());
        found.push(Ends { key: key.clone(), implied, contested: false });
    }
    found
}

/// A legation of which nobody speaks as of a day in our time is none.
fn legations_out_of_use(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::LEGATION_GONE);
    let Some(until) = row.from() else { return Vec::new() };
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie)) {
        if !matches!(key.tie, TieKey::Legation(..)) || after(tie, Bound::on(until)) == After::Explicit {
            continue;
        }
        let began = tie.fact.life.began.earliest;
        if began.is_none_or(|began| began < until) {
            let on =
                Bound { earliest: tie.fact.span().began.latest.filter(|began| *began <= until), latest: Some(until) };
            found.push(Ends {
                key: key.clone(),
                implied: implied(row, row.manner(), on, Vec::new()),
                contested: false,
            });
        }
    }
    found
}

/// An embassy that closed no longer covers third states.
fn seats_closed(ties: &Ties<'_>, _: &Gazetteer) -> Vec<Ends> {
    let row = implication(id::SEAT_CLOSED);
    // The last end of a mission that does not stand any more, by sender and host.
    let mut closed: BTreeMap<(&str, &str), (&Fact, bool)> = BTreeMap::new();
    for (key, tie) in ties {
        let TieKey::Resident(sending, receiving) = &key.tie else { continue };
        let pair = (sending.as_str(), receiving.as_str());
        if key.spell == 0 && !tie.fact.is_denied() {
            closed.insert(pair, (&tie.fact, true));
        } else if key.spell > 0 {
            let known = closed.entry(pair).or_insert((&tie.fact, false));
            if !known.1 {
                known.0 = &tie.fact;
            }
        }
    }
    let mut found = Vec::new();
    for (key, tie) in ties.iter().filter(|(key, tie)| stands(key, tie) && key.kind() == TieKind::Accreditation) {
        let Statement::Accreditation { sending, host: Some(host), .. } = tie.fact.tie.value() else { continue };
        let Some((mission, false)) = closed.get(&(sending.as_str(), host.as_str())) else { continue };
        let Some(on) = mission.life.ended.filter(|_| !tie.fact.tie.is_disputed()) else { continue };
        let lists = after(tie, on);
        if lists == After::Explicit {
            continue;
        }
        let manner = mission.manner.unwrap_or(row.manner());
        let implied = implied(row, manner, on, mission.origins());
        found.push(Ends { key: key.clone(), implied, contested: lists == After::Lists || mission.contested });
    }
    found
}
