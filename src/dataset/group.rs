//! Which claims speak of one tie.

use std::collections::BTreeMap;

use super::precedence::Witnesses;
use crate::model::{Bound, City, Claim, Day, FactKey, MissionClass, Polarity, Statement};
use crate::names::{Gazetteer, fold};

/// The claims of each fact.
pub(super) fn group<'c>(
    claims: &'c [Claim],
    witnesses: &Witnesses,
    gazetteer: &Gazetteer,
) -> BTreeMap<FactKey, Vec<&'c Claim>> {
    let mut groups: BTreeMap<FactKey, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        groups.entry(key(claim, gazetteer)).or_default().push(claim);
    }
    name_lone_posts(&mut groups);
    join_told_over(&mut groups);
    join_overtaken(&mut groups, witnesses);
    join_ended_relations(&mut groups);
    part_episodes(&mut groups);
    groups
}

/// A line that tells of a mission and of its end tells of one mission: its claim without an end joins the one with
/// it, unless the line goes on to a beginning after that end.
fn join_told_over(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let over: Vec<FactKey> = groups
        .keys()
        .filter(|key| matches!(key, FactKey::Resident(_, _, true) | FactKey::Post(_, _, _, _, true)))
        .cloned()
        .collect();
    for key in over {
        let Some(open) = key.standing_twin().filter(|open| groups.contains_key(open)) else { continue };
        let ends: Vec<(&str, usize, Option<Day>)> = groups[&key]
            .iter()
            .filter_map(|claim| {
                let ended = claim.span.ended?;
                Some((claim.origin.document.as_str(), claim.origin.line, ended.latest))
            })
            .collect();
        let Some(standing) = groups.remove(&open) else { continue };
        let line = |claim: &Claim| (claim.origin.document.clone(), claim.origin.line);
        let anew: Vec<(String, usize)> = standing
            .iter()
            .filter(|claim| {
                ends.iter().any(|(document, at, end)| {
                    (*document, *at) == (claim.origin.document.as_str(), claim.origin.line)
                        && matches!((claim.span.began.latest, end), (Some(began), Some(end)) if began >= *end)
                })
            })
            .map(|claim| line(claim))
            .collect();
        let (same, rest): (Vec<&Claim>, Vec<&Claim>) = standing.into_iter().partition(|claim| {
            let told = ends.iter().any(|(document, at, end)| {
                (*document, *at) == (claim.origin.document.as_str(), claim.origin.line) && end.is_some()
            });
            // A mission that works from another state goes on.
            let moved = matches!(&claim.statement, Statement::Mission { host: Some(_), .. });
            claim.polarity == Polarity::Asserted && told && !moved && !anew.contains(&line(claim))
        });
        groups.entry(key).or_default().extend(same);
        if !rest.is_empty() {
            groups.insert(open, rest);
        }
    }
}

/// What an older edition calls open and a newer one calls over is over: the older did not live to see it.
///
/// Claims without an end join those with one if every document that makes them has an edition from before
/// that end, or, where the end has no date, from before the edition that tells of it.
fn join_overtaken(groups: &mut BTreeMap<FactKey, Vec<&Claim>>, witnesses: &Witnesses) {
    let over: Vec<FactKey> = groups.keys().filter(|key| key.standing_twin().is_some()).cloned().collect();
    for key in over {
        let Some(open) = key.standing_twin() else { continue };
        let Some(standing) = groups.get(&open) else { continue };
        let edition = |claim: &Claim| witnesses.of(&claim.origin.document).and_then(|witness| witness.edition);
        let end = groups[&key]
            .iter()
            .filter_map(|claim| claim.span.ended.and_then(|ended| ended.earliest).or_else(|| edition(claim)))
            .max();
        let overtaken = |claim: &&Claim| {
            let seen = edition(claim);
            matches!((seen, end), (Some(seen), Some(end)) if seen < end)
        };
        let asserted = |claim: &&&Claim| claim.polarity == Polarity::Asserted;
        if standing.iter().filter(asserted).all(overtaken)
            && let Some(claims) = groups.remove(&open)
        {
            let (older, denied): (Vec<&Claim>, Vec<&Claim>) =
                claims.into_iter().partition(|claim| claim.polarity == Polarity::Asserted);
            groups.entry(key).or_default().extend(older);
            if !denied.is_empty() {
                groups.insert(open, denied);
            }
        }
    }
}

/// Relations that one document calls over without a date, and that another dates alike without a word on
/// their end, are one tie: silence does not contradict.
fn join_ended_relations(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let ended: Vec<FactKey> = groups.keys().filter(|key| matches!(key, FactKey::Relations(_, _, 1))).cloned().collect();
    for key in ended {
        let FactKey::Relations(a, b, _) = &key else { continue };
        let open = FactKey::Relations(a.clone(), b.clone(), 0);
        let dated = |claims: &[&Claim]| -> Vec<Bound> {
            claims.iter().map(|claim| claim.span.began).filter(|began| !began.is_unknown()).collect()
        };
        let (past, now) = (dated(&groups[&key]), groups.get(&open).map(|claims| dated(claims)).unwrap_or_default());
        let alike = past.iter().any(|began| now.iter().any(|other| began.meets(*other)));
        if alike && let Some(claims) = groups.remove(&open) {
            let (same, other): (Vec<&Claim>, Vec<&Claim>) = claims.into_iter().partition(|claim| {
                claim.polarity == Polarity::Asserted
                    && past.iter().any(|began| !claim.span.began.is_unknown() && began.meets(claim.span.began))
            });
            groups.entry(key).or_default().extend(same);
            if !other.is_empty() {
                groups.insert(open, other);
            }
        }
    }
}

/// Spans of relations or of a membership that are over and lie apart ("1980–2002, 2005–2024") are episodes,
/// not readings of one.
fn part_episodes(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let first = |key: &&FactKey| matches!(key, FactKey::Relations(_, _, 1) | FactKey::Membership(_, _, 1));
    let ended: Vec<FactKey> = groups.keys().filter(first).cloned().collect();
    for key in ended {
        let Some(mut claims) = groups.remove(&key) else { continue };
        claims
            .sort_by_key(|claim| (claim.span.began.latest, claim.span.began.earliest, claim.span.ended, &claim.origin));
        // Claims without a beginning come first and join the first episode.
        let mut episodes: Vec<(Bound, Vec<&Claim>)> = Vec::new();
        for claim in claims {
            let ended = claim.span.ended.unwrap_or_default();
            match episodes.last_mut() {
                Some((last, members)) if !apart(*last, claim, members) => {
                    last.latest = last.latest.max(ended.latest);
                    last.earliest = last.earliest.max(ended.earliest);
                    members.push(claim);
                }
                _ => episodes.push((ended, vec![claim])),
            }
        }
        for (at, (_, members)) in episodes.into_iter().enumerate() {
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            let episode = match &key {
                FactKey::Membership(a, b, _) => FactKey::Membership(a.clone(), b.clone(), number),
                FactKey::Relations(a, b, _) => FactKey::Relations(a.clone(), b.clone(), number),
                other => other.clone(),
            };
            groups.entry(episode).or_default().extend(members);
        }
    }
}

/// Whether a claim tells of another episode than the one that ended on `last`: it began after that end, or, where
/// one document lists both, after the day on which that one still stood.
fn apart(last: Bound, claim: &Claim, members: &[&Claim]) -> bool {
    let after = |over: Option<Day>, anew: Option<Day>| matches!((over, anew), (Some(over), Some(anew)) if over < anew);
    let began = claim.span.began;
    let listed = members.iter().any(|member| {
        let still = member.span.ended.and_then(|ended| ended.earliest);
        member.origin.document == claim.origin.document && after(still, began.latest)
    });
    after(last.latest, began.earliest) || listed
}

/// A post without a city is the one post of its kind that another claim places, if there is just one.
fn name_lone_posts(groups: &mut BTreeMap<FactKey, Vec<&Claim>>) {
    let nameless: Vec<FactKey> = groups
        .keys()
        .filter(|key| matches!(key, FactKey::Post(_, _, _, city, _) if city.is_empty()))
        .cloned()
        .collect();
    for key in nameless {
        let FactKey::Post(class, sending, receiving, _, past) = &key else { continue };
        let from = FactKey::Post(*class, sending.clone(), receiving.clone(), "\u{1}".into(), false);
        let mut placed = groups.range(from..).map(|(key, _)| key).take_while(
            |other| matches!(other, FactKey::Post(c, s, r, _, _) if c == class && s == sending && r == receiving),
        );
        let target = placed.find(|other| matches!(other, FactKey::Post(_, _, _, _, p) if p == past)).cloned();
        let more = placed.any(|other| matches!(other, FactKey::Post(_, _, _, _, p) if p == past));
        if let (Some(target), false) = (target, more)
            && let Some(claims) = groups.remove(&key)
        {
            groups.entry(target).or_default().extend(claims);
        }
    }
}

/// The city that a name means, preferring one that lies in `country`; `None` if no table has it.
pub(crate) fn named_city<'g>(gazetteer: &'g Gazetteer, name: &str, country: Option<&str>) -> Option<&'g City> {
    let named = gazetteer.cities_named(name);
    let own = named.iter().find(|city| country.is_some_and(|country| city.entity == country));
    own.or(named.first()).copied()
}

/// Slug of the city that a name means; its folded name if no table has it.
pub(crate) fn city_slug(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> String {
    named_city(gazetteer, name, country).map_or_else(|| fold(name).replace(' ', "-"), |city| city.slug.clone())
}

fn key(claim: &Claim, gazetteer: &Gazetteer) -> FactKey {
    let past = claim.span.ended.is_some();
    match &claim.statement {
        Statement::Mission { kind, sending, receiving, city, .. } => match kind.class() {
            MissionClass::Resident => FactKey::Resident(sending.clone(), receiving.clone(), past),
            class => {
                let city = city.as_ref().map(|city| city_slug(gazetteer, city, Some(receiving)));
                FactKey::Post(class, sending.clone(), receiving.clone(), city.unwrap_or_default(), past)
            }
        },
        Statement::Accreditation { sending, receiving, .. } => {
            FactKey::Accreditation(sending.clone(), receiving.clone(), past)
        }
        Statement::Relations { a, b } => FactKey::Relations(a.clone(), b.clone(), u16::from(past)),
        Statement::Recognition { recognizer, recognized } => {
            FactKey::Recognition(recognizer.clone(), recognized.clone())
        }
        Statement::Membership { member, organization, .. } => {
            FactKey::Membership(member.clone(), organization.clone(), u16::from(past))
        }
        Statement::Protection { sending, receiving, .. } => {
            FactKey::Protection(sending.clone(), receiving.clone(), past)
        }
        Statement::Border { a, b, .. } => FactKey::Border(a.clone(), b.clone()),
        Statement::Capital { subject, city } => {
            FactKey::Capital(subject.clone(), city_slug(gazetteer, city, Some(subject)))
        }
        Statement::Count { subject, what, .. } => {
            FactKey::Count(subject.clone(), what.clone(), claim.span.began.to_string())
        }
        Statement::Tie { a, b, label, .. } => {
            FactKey::Tie(a.clone(), b.clone(), label.clone(), claim.span.began.to_string())
        }
    }
}
