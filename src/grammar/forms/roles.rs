//! Who stands where around a verb or a noun: subject, object, owner, and what hangs on prepositions.

use super::super::lexicon::Class;
use super::super::tables::{NounRole, Role, VerbForm};
use super::super::{Sentence, What};
use super::groups::{Group, is_boundary};
use super::parties::{Party, preposition};
use super::words::NounAt;
use crate::names::EntityAt;

/// The subject of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Named parties.
    Named(Vec<Party>),
    /// "Both countries", "they": the two of the passage.
    Pair,
    /// Somebody who is no party that the tables know.
    Stranger,
    /// None that the sentence tells.
    Unnamed,
}

/// A sentence with its verbs.
pub(super) struct Parsed<'s, 'i> {
    pub s: &'s Sentence<'i>,
    pub groups: Vec<Group>,
    /// Whom "it" stands for: the subject of the sentence before.
    pub it: Option<EntityAt>,
}

impl Parsed<'_, '_> {
    fn noun(&self, at: usize, roles: &[NounRole]) -> Option<NounAt> {
        self.s.grammar.words.noun(&self.s.items, at, roles)
    }

    /// Who does what the verb group at `at` says.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let group = &self.groups[at];
        // "despite A recognising B"
        let acts = group.from.checked_sub(1).filter(|_| group.form == VerbForm::Ing).and_then(|i| self.s.party(i));
        if let Some((party, _)) = acts {
            return Subject::Named(vec![party]);
        }
        // "criticised the government of A for recognising B"
        if group.form == VerbForm::Ing
            && group.from == group.verb
            && group.from > 0
            && self.s.is(group.from - 1, Class::For)
        {
            let limit = at.checked_sub(1).map_or(0, |before| self.groups[before].to);
            if let Some((party, _)) = (limit..group.from).rev().find_map(|i| self.s.party(i)) {
                return Subject::Named(vec![party]);
            }
        }
        // "the resolution recognising B": of a body that votes, and no party.
        let voted = group.form == VerbForm::Ing && group.from == group.verb && group.from > 0;
        if voted && self.noun(group.from - 1, &[NounRole::Voted]).is_some() {
            return Subject::Stranger;
        }
        if self.s.continues(&self.groups, at) {
            return self.subject(at - 1);
        }
        let limit = at.checked_sub(1).map_or(0, |before| self.groups[before].to);
        let named = self.subject_between(group.start.max(limit), group.from);
        if named != Subject::Unnamed {
            return named;
        }
        // "which severed": whom the clause before names last; "the first country that recognised": its subject.
        let relative = group.start > 0 && self.s.is(group.start - 1, Class::That) && !self.s.reported(&self.groups, at);
        if relative {
            let nearest = (limit..group.start).rev().find_map(|i| self.s.party(i)).map(|(party, _)| party);
            return match (nearest, at.checked_sub(1)) {
                (Some(party), Some(before)) if self.groups[before].lemma != "be" => Subject::Named(vec![party]),
                (Some(party), None) => Subject::Named(vec![party]),
                (_, Some(before)) => self.subject(before),
                (None, None) => Subject::Unnamed,
            };
        }
        // "after breaking off …", "by severing …": of the main clause.
        if group.form == VerbForm::Ing && !self.groups.is_empty() {
            if at > 0 {
                return self.subject(at - 1);
            }
            if let Some(main) = self.groups.get(1) {
                return self.subject_between(main.start.max(group.to), main.from);
            }
        }
        Subject::Unnamed
    }

    /// The subject that stands between two items.
    fn subject_between(&self, from: usize, to: usize) -> Subject {
        let s = self.s;
        let mut i = to;
        let (mut stranger, mut officer) = (false, false);
        while i > from {
            let at = i - 1;
            let item = &s.items[at];
            if is_boundary(item) {
                break;
            }
            stranger |= match item.what {
                What::Other => {
                    !item.folded.ends_with("ly")
                        && item.folded.len() > 3
                        && self.noun(at, &[NounRole::Thing, NounRole::Diplomatic, NounRole::Partial]).is_none()
                }
                What::Proper => {
                    // At the head of a sentence any word has a capital.
                    let subject = at > 0 || to == 1 && !item.folded.ends_with("ly");
                    subject && self.noun(at, &[NounRole::Thing, NounRole::Diplomatic, NounRole::Partial]).is_none()
                }
                _ => false,
            };
            officer |= self.officer(at) || item.is(Class::Officer);
            let pair = self.noun(at, &[NounRole::Pair]).is_some() || item.is(Class::Both) || item.folded == "they";
            // "relations between both countries were …": they are no subject.
            let hangs = at > 0
                && (preposition(s, at - 1).is_some()
                    || s.is(at - 1, Class::Det) && at > 1 && preposition(s, at - 2).is_some());
            if pair && !hangs {
                return Subject::Pair;
            }
            if item.is(Class::It) {
                let subject = self.it.or(s.last).or(s.context.article);
                return subject.map_or(Subject::Unnamed, |subject| Subject::Named(vec![Party::Entity(subject)]));
            }
            match item.what {
                What::Mark(')') => {
                    i = (from..at).rev().find(|at| s.is_mark(*at, '(')).unwrap_or(from);
                    continue;
                }
                What::Name(_) => {
                    if let Some(party) = self.acting(at, from) {
                        return Subject::Named(self.joined(party, at, from));
                    }
                }
                _ => {}
            }
            i -= 1;
        }
        // "the president severed …": of the state that the passage is about.
        if stranger && !officer { Subject::Stranger } else { Subject::Unnamed }
    }

    /// The party at `at` where it is a subject: no object of a preposition, and no owner of anything but its own
    /// government.
    fn acting(&self, at: usize, from: usize) -> Option<Party> {
        let s = self.s;
        let (party, end) = s.party(at).or_else(|| {
            // "UK Prime Minister", "US president": the name before an office.
            let entity = s.entity(at, &[crate::names::Form::Demonym])?;
            self.officer(at + 1).then_some((Party::Entity(entity), at + 1))
        })?;
        if s.items.get(end).is_some_and(|item| item.what == What::Possessive) && !self.officer(end + 1) {
            return None;
        }
        // "between A and B resumed": the second name hangs where the first does.
        let mut first = at;
        while first > from + 1
            && s.is(first - 1, Class::And)
            && s.party(first - 2).is_some_and(|(_, end)| end == first - 1)
        {
            first -= 2;
        }
        let mut left = first;
        while left > from
            && (s.is_any(left - 1, &[Class::Det, Class::Adverb, Class::Past])
                || s.items[left - 1].what == What::Proper
                || matches!(s.items[left - 1].folded.as_str(), "then" | "neighbouring" | "neighboring"))
        {
            left -= 1;
        }
        let hangs = left > 0
            && (preposition(s, left - 1).is_some()
                || s.is_any(left - 1, &[Class::In, Class::For, Class::Through])
                || self.noun(left - 1, &[NounRole::Preposition]).is_some());
        let governed = hangs && !(left >= 2 && s.is(left - 1, Class::Of) && self.officer_before(left - 1));
        (!governed).then_some(party)
    }

    /// Whether an office stands at `at`, which acts for its state: "Prime Minister", "government".
    fn officer(&self, at: usize) -> bool {
        self.s.is(at, Class::Officer) || self.noun(at, &[NounRole::Office]).is_some()
    }

    fn officer_before(&self, of: usize) -> bool {
        (1..=3).any(|words| {
            of.checked_sub(words)
                .is_some_and(|at| self.noun(at, &[NounRole::Office]).is_some_and(|noun| noun.end == of))
        })
    }

    /// A subject with those that are joined to it on its left.
    fn joined(&self, party: Party, at: usize, from: usize) -> Vec<Party> {
        let s = self.s;
        let mut found = vec![party];
        let mut i = at;
        loop {
            while i > from && s.is(i - 1, Class::Det) {
                i -= 1;
            }
            let and = i > from && (s.is(i - 1, Class::And) || found.len() > 1 && s.is_mark(i - 1, ','));
            let Some(next) = i.checked_sub(2).filter(|next| and && *next >= from) else { break };
            match s.party(next).filter(|(_, end)| *end == i - 1) {
                Some((party, _)) if !found.contains(&party) && self.acting(next, from).is_some() => {
                    found.insert(0, party);
                    i = next;
                }
                // "the Ethiopian and Djiboutian governments"
                None if found.len() == 1 && self.officer(at + 1) => {
                    match s.entity(next, &[crate::names::Form::Demonym]) {
                        Some(entity) if and => {
                            found.insert(0, Party::Entity(entity));
                            break;
                        }
                        _ => break,
                    }
                }
                _ => break,
            }
        }
        found
    }

    /// The thing of this kind that the verb group at `at` is about: its object, or its subject where it is passive.
    pub(super) fn thing(&self, at: usize, noun: &str) -> Option<Thing> {
        let group = &self.groups[at];
        let role: &[NounRole] = if noun == "envoys" { &[NounRole::Envoy] } else { &[NounRole::Thing] };
        let hit = |i: usize| self.noun(i, role).filter(|hit| hit.noun == noun);
        let before = at.checked_sub(1);
        let limit = before.map_or(0, |before| self.groups[before].to);
        let mut i = group.to;
        while i < group.end && !group.passive {
            if let Some(found) = hit(i) {
                return Some(Thing { at: found.at, end: found.end, subject: false });
            }
            let item = &self.s.items[i];
            let stops = preposition(self.s, i).is_some()
                || is_boundary(item)
                || matches!(item.what, What::Date(_) | What::Mark('(' | ')' | ':'));
            if stops {
                break;
            }
            i += 1;
        }
        // "relations were severed", "relations severed in 1973", "relations, which were broken".
        let from =
            if group.start > 0 && self.s.is(group.start - 1, Class::That) { limit } else { group.start.max(limit) };
        let found = (from..group.from).rev().find_map(hit).filter(|found| {
            // "with diplomatic ties broken": the verb stands right behind what it is about.
            let reduced = found.end == group.from && group.from == group.verb;
            reduced || !self.hangs(found.at, from)
        });
        let reduced = found.is_some_and(|_| matches!(group.form, VerbForm::Past | VerbForm::Participle));
        if let Some(found) = found.filter(|_| group.passive || reduced && matches!(self.subject(at), Subject::Unnamed))
        {
            return Some(Thing { at: found.at, end: found.end, subject: true });
        }
        // "both nations were established formal relations": a slip of the pen.
        if group.passive
            && let Some(found) = (group.to..group.end.min(group.to + 4)).find_map(hit)
        {
            return Some(Thing { at: found.at, end: found.end, subject: false });
        }
        // "…, and opened an embassy": an object of its own.
        let own = self.s.items.get(group.to).is_some_and(|item| {
            item.name().is_some()
                || item.is_any(&[Class::Det, Class::Its])
                || item.is(Class::Adjective)
                || matches!(item.what, What::Kind(..) | What::Proper | What::Possessive)
                || self.noun(group.to, &[NounRole::Thing, NounRole::Partial, NounRole::Diplomatic]).is_some()
        });
        let goes_on = !own && before.is_some() && self.s.continues(&self.groups, at);
        let pronoun = self.s.items.get(group.to).is_some_and(|item| matches!(item.folded.as_str(), "them" | "it"));
        let they = group.passive
            && (group.start..group.from).any(|i| matches!(self.s.items[i].folded.as_str(), "they" | "these" | "it"));
        if let Some(before) = before
            && (goes_on && !group.infinitive || pronoun || they)
        {
            return self.thing(before, noun);
        }
        None
    }

    /// Whether a noun hangs on a preposition: "the restoration of relations".
    fn hangs(&self, at: usize, from: usize) -> bool {
        let s = self.s;
        let mut i = at;
        while i > from {
            if preposition(s, i - 1).is_some() || s.is_any(i - 1, &[Class::In, Class::For]) {
                return true;
            }
            let item = &s.items[i - 1];
            let part = item.is_any(&[Class::Det, Class::Its, Class::Adjective, Class::And])
                || matches!(item.what, What::Other | What::Proper)
                || item.name().is_some();
            if !part {
                return false;
            }
            i -= 1;
        }
        false
    }

    /// Whether relations at `at` are called diplomatic, and whether they are called anything else.
    pub(super) fn quality(&self, at: usize) -> (bool, bool) {
        let (mut diplomatic, mut partial) = (false, false);
        let mut i = at;
        while i > 0 && at - i < 6 {
            i -= 1;
            let item = &self.s.items[i];
            match self.noun(i, &[NounRole::Diplomatic, NounRole::Partial]).map(|noun| noun.role) {
                Some(NounRole::Diplomatic) => diplomatic = true,
                Some(_) => partial = true,
                None if item.is_any(&[Class::And, Class::Adjective, Class::Adverb])
                    || item.is_mark(',')
                    || item.is_mark('-') => {}
                None => break,
            }
        }
        // "relations at the ministerial level": of another kind, if not of ambassadors.
        let end = self.noun(at, &[NounRole::Thing]).map_or(at + 1, |noun| noun.end);
        let level = self.s.items.get(end).is_some_and(|item| item.folded == "at")
            && (end..self.s.items.len().min(end + 5)).any(|i| self.s.items[i].folded.starts_with("level"))
            && !(end..self.s.items.len().min(end + 5))
                .any(|i| self.s.items[i].folded.starts_with("ambassador") || self.s.items[i].name().is_some());
        let called = (at.saturating_sub(3)..at).any(|i| self.s.items[i].folded == "diplomatic");
        if level && !called {
            return (false, true);
        }
        (diplomatic, partial)
    }
}

/// A thing that a verb is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thing {
    pub at: usize,
    pub end: usize,
    /// Whether it is the subject of its verb.
    pub subject: bool,
}

/// Parties that stand in a role.
pub(super) fn of_role(lists: &[(Role, Vec<Party>, usize)], role: Role) -> Vec<Party> {
    lists.iter().find(|(known, ..)| *known == role).map(|(_, parties, _)| parties.clone()).unwrap_or_default()
}
