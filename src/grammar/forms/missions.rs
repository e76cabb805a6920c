//! Missions that changed: a legation that became an embassy, a consulate that an embassy replaced.
//!
//! Which missions a sentence has is read before; a form looks for the one that its verb is about among them, and reads the
//! noun phrase itself where nothing was stated of it yet.

use super::super::items::{Item, What};
use super::super::lexicon::Class;
use super::super::missions::{Clause, Parser};
use super::super::tables::{FormRow, NounRole, States, VerbForm};
use super::super::{Found, Reading};
use super::groups::{Mood, is_boundary};
use super::parties::preposition;
use super::roles::Subject;
use super::{Matcher, entities};
use crate::model::{Bound, Manner, MissionKind, Polarity, Span, Statement};

/// Most items between a verb and what it makes of a mission: "was upgraded to the status of a full embassy".
const REACH: usize = 8;

/// The level of relations at which envoys are ambassadors.
const AMBASSADORIAL: &str = "ambassadorial";

/// The verb of one mission that takes the place of another.
const REPLACE: &str = "replace";

/// A kind of mission at an item.
type KindAt = (usize, MissionKind);

impl Matcher<'_, '_, '_> {
    /// What a form on missions states whose head is the verb group at `at`.
    pub(super) fn mission(&self, form: &FormRow, at: usize, mood: Mood, reading: &mut Reading) {
        if mood != Mood::Said {
            return;
        }
        match form.states {
            States::Raised => self.raised(at, reading),
            States::Closed => self.closed(form, at, reading),
            States::Moved => self.moved(at, reading),
            _ => {}
        }
    }

    /// "The consulate was upgraded to an embassy in 2015", "an embassy, upgraded from a consulate in 2017".
    fn raised(&self, at: usize, reading: &mut Reading) {
        let group = &self.parsed.groups[at];
        let s = self.s();
        // "relations were raised to ambassadorial level": a legation is one no more; what else there is, it does not say.
        if self.to_ambassadors(at) {
            let day = self.day(at);
            for mission in self.stated(reading, MissionKind::Legation) {
                let span = Span { began: mission.span.began, ended: Some(day) };
                self.restate(reading, mission.statement, span, Some(Manner::Raised));
            }
            return;
        }
        if group.lemma == REPLACE {
            return self.replaced(at, reading);
        }
        let Some((preposition, named)) = self.made_of(at) else { return };
        let before = self.replacing(at).or_else(|| self.kind_before(at));
        let object = self.kind_between(group.to, preposition);
        let from = s.is(preposition, Class::From);
        let (old, new) = match (from, object.filter(|_| !group.passive), before) {
            (false, Some(old), _) | (false, None, Some(old)) => (old, named),
            (true, Some(new), _) | (true, None, Some(new)) => (named, new),
            (false, None, None) => return self.raised_from_another(at, named.1, reading),
            _ => return,
        };
        let (old, new, from_kind, to_kind) = (old.0, new.0, old.1, new.1);
        if from_kind == to_kind {
            return;
        }
        let known = if from { new } else { old };
        let known_kind = if from { to_kind } else { from_kind };
        // "established as a legation": of the mission that the sentence speaks of.
        let named_as = known > 0 && (known.saturating_sub(2)..known).any(|i| s.is(i, Class::As));
        let mut missions = if named_as { Vec::new() } else { self.stated(reading, known_kind) };
        if missions.is_empty() && named_as {
            missions = latest(reading, Some(to_kind)).into_iter().collect();
        }
        if missions.is_empty() {
            missions = self.built(known, at);
        }
        // "A opened a consulate in B. A consulate-general replaced it, which was upgraded …": of the mission before.
        if missions.is_empty() && !s.is(known + 1, Class::Of) {
            missions = latest(reading, None).into_iter().collect();
        }
        let day = self.day(at);
        let manner = manner(from_kind, to_kind);
        let since = named_as.then(|| self.parsed.day_after(known, group.from)).flatten();
        for mission in missions {
            let Statement::Mission { sending, receiving, city, .. } = &mission.statement else { continue };
            let of = |kind| Statement::mission(kind, sending, receiving, city.clone());
            let began = since.unwrap_or(if known_kind == from_kind { mission.span.began } else { Bound::UNKNOWN });
            if matches!((began.earliest, day.latest), (Some(began), Some(day)) if day < began) {
                continue;
            }
            self.restate(reading, of(from_kind), Span { began, ended: Some(day) }, Some(manner));
            self.restate(reading, of(to_kind), Span::since(day), None);
        }
    }

    /// "A consulate-general replaced the consulate in 1949", "the legation was replaced by an embassy".
    fn replaced(&self, at: usize, reading: &mut Reading) {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let other = self.kind_between(group.to, group.end);
        let ((_, new), (place, old)) = match (self.kind_before(at), other) {
            (Some(subject), Some(object)) if !group.passive => (subject, object),
            (Some(subject), Some(agent)) if (group.to..agent.0).any(|i| s.is_any(i, &[Class::By, Class::With])) => {
                (agent, subject)
            }
            _ => return,
        };
        let missions = match self.stated(reading, old) {
            known if known.is_empty() => {
                let built = self.built(place, at);
                if built.is_empty() { latest(reading, Some(old)).into_iter().collect() } else { built }
            }
            known => known,
        };
        let day = self.day(at);
        for mission in missions.into_iter().filter(|_| old != new) {
            let Statement::Mission { sending, receiving, city, .. } = &mission.statement else { continue };
            let of = |kind| Statement::mission(kind, sending, receiving, city.clone());
            self.restate(
                reading,
                of(old),
                Span { began: mission.span.began, ended: Some(day) },
                Some(manner(old, new)),
            );
            self.restate(reading, of(new), Span::since(day), None);
        }
    }

    /// Of "B replaced A, and it was upgraded" the mission that "it" stands for.
    fn replacing(&self, at: usize) -> Option<KindAt> {
        let before = at.checked_sub(1).filter(|before| self.parsed.groups[*before].lemma == REPLACE)?;
        let group = &self.parsed.groups[at];
        let it = (group.start..group.from).any(|i| self.s().is(i, Class::It));
        self.kind_before(before).filter(|_| it && !self.parsed.groups[before].passive)
    }

    /// "A set up a commission. It was raised to a high commission": of a kind that no table has, by whoever was spoken of.
    fn raised_from_another(&self, at: usize, kind: MissionKind, reading: &mut Reading) {
        let s = self.s();
        let group = &self.parsed.groups[at];
        let pronoun = (group.start..group.from)
            .any(|i| s.is(i, Class::It) || matches!(s.items[i].folded.as_str(), "this" | "which"))
            || group.start > 0 && s.items[group.start - 1].folded == "which";
        if !pronoun || !group.passive {
            return;
        }
        let day = self.day(at);
        // "A opened a consulate. When B became independent, it was raised": the mission of the sentence before.
        let before = reading.found.last().filter(|found| found.start < s.start).cloned();
        if let Some(Found { statement: Statement::Mission { kind: old, sending, receiving, city, .. }, span, .. }) =
            before
        {
            let of = |kind| Statement::mission(kind, &sending, &receiving, city.clone());
            self.restate(reading, of(old), Span { began: span.began, ended: Some(day) }, Some(manner(old, kind)));
            self.restate(reading, of(kind), Span::since(day), None);
            return;
        }
        let own = (0..at).rev().find_map(|before| match self.parsed.subject(before) {
            Subject::Named(parties) => entities(&parties).first().copied(),
            _ => None,
        });
        let Some(sender) = own.or(self.memory.subject) else { return };
        if let Some(receiver) = s.counterpart(sender) {
            let statement = Statement::mission(kind, s.slug(sender), s.slug(receiver), None);
            self.restate(reading, statement, Span::since(day), None);
        }
    }

    /// When the verb group at `at` happened: by the day of which the sentence speaks, where it tells no other.
    pub(super) fn day(&self, at: usize) -> Bound {
        let s = self.s();
        let group = &self.parsed.groups[at];
        // "was upgraded (an embassy since 2003)": what stands in brackets has days of its own.
        let end = (group.to..group.end).find(|i| s.is_mark(*i, '(')).unwrap_or(group.end);
        let dated = (group.to..end).any(|i| matches!(s.items[i].what, What::Date(_)));
        // "In 1933 it was opened, and later upgraded": on another day.
        let later = (group.start..group.to)
            .any(|i| matches!(s.items[i].folded.as_str(), "later" | "subsequently" | "eventually" | "afterwards"));
        if later && !dated && self.parsed.relative_day(at, self.memory.year).is_none() {
            return Bound::UNKNOWN;
        }
        let spoken_of = s.spoken_of();
        let day = self.parsed.when_within(at, self.memory.year, end).day.filter(|day| *day != spoken_of);
        // "Upon gaining independence in 1960, it was upgraded"
        let upon = (at == 1)
            .then(|| &self.parsed.groups[0])
            .filter(|before| before.form == VerbForm::Ing && (before.to..group.from).any(|i| s.is_mark(i, ',')));
        let day = day.or_else(|| upon.and_then(|before| self.parsed.day_after(before.to, before.end)));
        // "were closed after ties were cut off in July 2024"
        let after = self.parsed.groups.get(at + 1).filter(|next| {
            next.start > 0
                && matches!(s.items[next.start - 1].folded.as_str(), "after" | "following")
                && next.start < group.to + 4
        });
        let day = day.or_else(|| after.and_then(|next| self.parsed.day_after(next.to, next.end)));
        day.unwrap_or(if spoken_of.is_unknown() { Bound::UNKNOWN } else { spoken_of.by() })
    }

    /// States a mission with its span in place of what this sentence stated of it, or beside it.
    pub(super) fn restate(&self, reading: &mut Reading, statement: Statement, span: Span, ending: Option<Manner>) {
        let s = self.s();
        let same = |known: &Statement| match (known, &statement) {
            (
                Statement::Mission { kind, sending, receiving, city, .. },
                Statement::Mission { kind: other, sending: a, receiving: b, city: seat, .. },
            ) => {
                let elsewhere = matches!((city, seat), (Some(city), Some(seat)) if city != seat);
                kind == other && sending == a && receiving == b && !elsewhere
            }
            _ => false,
        };
        let known = reading.found.iter_mut().rev().take_while(|found| found.start == s.start);
        match known.into_iter().find(|found| found.polarity == Polarity::Asserted && same(&found.statement)) {
            Some(found) if span.ended.is_some() => (found.span, found.ending) = (span, ending),
            Some(found) => found.span.began = if found.span.began.is_unknown() { span.began } else { found.span.began },
            None => s.event(reading, statement, Polarity::Asserted, span, ending),
        }
    }

    /// The kind of mission that a verb makes of another, "to a full embassy", "into an embassy", "an embassy"; or of which
    /// it makes one, "from a consulate"; and where the preposition stands.
    fn made_of(&self, at: usize) -> Option<(usize, KindAt)> {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let end = group.end.min(s.items.len());
        if group.lemma == "become" {
            let at = (group.to..end.min(group.to + 4)).find(|i| !self.qualifies(*i))?;
            return Some((group.to, (at, self.kind(at)?)));
        }
        let preposition = (group.to..end).find(|i| {
            (s.is_any(*i, &[Class::To, Class::From]) || s.items[*i].folded == "into")
                && (*i + 1..end.min(*i + REACH)).find(|i| !self.qualifies(*i)).is_some_and(|i| self.kind(i).is_some())
        })?;
        let at = (preposition + 1..end).find(|i| !self.qualifies(*i))?;
        Some((preposition, (at, self.kind(at)?)))
    }

    /// Whether a verb raises something to the level of ambassadors.
    fn to_ambassadors(&self, at: usize) -> bool {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let level = (group.to..group.end.min(group.to + REACH)).find(|i| s.items[*i].folded == AMBASSADORIAL);
        level.is_some_and(|level| (group.to..level).any(|i| s.is(i, Class::To)))
    }

    /// Whether the word at an item only qualifies the kind of mission behind it: "the status of a full".
    fn qualifies(&self, at: usize) -> bool {
        let s = self.s();
        s.is_any(at, &[Class::Det, Class::Adjective, Class::As, Class::Resident, Class::Of, Class::Its])
            || matches!(
                s.items[at].folded.as_str(),
                "status" | "level" | "rank" | "fledged" | "the" | "full" | "official"
            )
            || s.is_mark(at, '-')
    }

    fn kind(&self, at: usize) -> Option<MissionKind> {
        match self.s().items.get(at)?.what {
            What::Kind(kind, _) => Some(kind),
            _ => None,
        }
    }

    fn kind_between(&self, from: usize, to: usize) -> Option<KindAt> {
        (from..to).find_map(|i| Some((i, self.kind(i)?)))
    }

    /// The mission that is the object of a verb: no word but its own stands between.
    pub(super) fn object(&self, from: usize, to: usize) -> Option<KindAt> {
        let s = self.s();
        let at = (from..to.min(from + REACH)).find(|i| {
            let item = &s.items[*i];
            let own =
                item.is_any(&[Class::Its, Class::Det, Class::Adjective, Class::Resident, Class::Both, Class::Adverb])
                    || item.is(Class::Of) && *i > from && s.is(*i - 1, Class::Both)
                    || item.name().is_some()
                    || matches!(item.what, What::Possessive | What::Number(_));
            !own
        })?;
        Some((at, self.kind(at)?))
    }

    /// The kind of mission before the verb group at `at`: its subject, or the one that "this" and "which" stand for.
    pub(super) fn kind_before(&self, at: usize) -> Option<KindAt> {
        let from = self.parsed.groups[at].from;
        (0..from).rev().find_map(|i| Some((i, self.kind(i)?)))
    }

    /// Whether a mission is named by its kind alone: "the embassy", of which the sentences before speak.
    pub(super) fn definite(&self, kind: usize) -> bool {
        let s = self.s();
        let owned = s.is_any(kind + 1, &[Class::Of, Class::In, Class::To]);
        kind > 0 && s.items[kind - 1].folded == "the" && !owned
    }

    /// The mission whose end a verb without object tells: its subject, or whose work or activities are.
    pub(super) fn mission_subject(&self, at: usize) -> Option<KindAt> {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let limit = at.checked_sub(1).map_or(0, |before| self.parsed.groups[before].to);
        let start = group.start.max(limit);
        let work = (start..group.from).any(|i| s.grammar.words.noun(&s.items, i, &[NounRole::Work]).is_some());
        if work {
            return self.kind_before(at);
        }
        let found = (start..group.from).rev().find_map(|i| Some((i, self.kind(i)?)))?;
        // "because of the attack on the embassy, A closed": no subject.
        let mut left = found.0;
        while left > start && !ends_subject(&s.items[left - 1]) && preposition(s, left - 1).is_none() {
            left -= 1;
        }
        let hangs = left > start && preposition(s, left - 1).is_some();
        // "the embassy suspended its staff": it closes nothing.
        let alone = s.items.get(group.to).is_none_or(|item| {
            matches!(item.what, What::Mark(_) | What::Date(_))
                || item.is_any(&[
                    Class::In,
                    Class::On,
                    Class::After,
                    Class::Since,
                    Class::And,
                    Class::Adverb,
                    Class::But,
                ])
                || matches!(item.folded.as_str(), "down" | "due" | "because" | "following" | "again")
        });
        let other = (found.0 + 1..group.from).any(|i| {
            s.noun(i).is_some() && s.begins_clause(i)
                || s.is_any(i, &[Class::And])
                || matches!(s.items[i].what, What::Kind(..))
        });
        (!hangs && !other && (group.passive || alone && group.form != VerbForm::Ing)).then_some(found)
    }

    /// The missions of a kind that this sentence states.
    pub(super) fn stated(&self, reading: &Reading, kind: MissionKind) -> Vec<Found> {
        let here = reading.found.iter().filter(|found| found.start == self.s().start);
        here.filter(|found| found.polarity == Polarity::Asserted)
            .filter(|found| matches!(found.statement, Statement::Mission { kind: known, .. } if known == kind))
            .cloned()
            .collect()
    }

    /// The missions that the noun phrase at `kind` names, where it names whose they are.
    pub(super) fn built(&self, kind: usize, at: usize) -> Vec<Found> {
        let s = self.s();
        let subject = match self.parsed.subject(at) {
            Subject::Named(parties) => entities(&parties),
            _ => Vec::new(),
        };
        let mut own = Reading::default();
        let clause = Clause { subject: subject.clone(), ..Clause::default() };
        let mut parser = Parser { s, clause, reading: &mut own, previous: None };
        let phrase = parser.phrase(kind);
        let active = kind > self.parsed.groups[at].to;
        let senders = match phrase.sender {
            Some(sender) => vec![sender],
            None if active => subject,
            None => parser.sender_by_place(&phrase),
        };
        for sender in senders {
            for &(kind, _) in &phrase.kinds {
                parser.emit_one(&phrase, sender, kind, Span::default(), false);
            }
        }
        own.found.retain(|found| matches!(found.statement, Statement::Mission { .. }));
        own.found
    }
}

/// The mission that was stated last; of a kind, where one is given.
pub(super) fn latest(reading: &Reading, kind: Option<MissionKind>) -> Option<Found> {
    let mission = |found: &&Found| match found.statement {
        Statement::Mission { kind: known, .. } => {
            found.polarity == Polarity::Asserted && kind.is_none_or(|kind| kind == known)
        }
        _ => false,
    };
    reading.found.iter().rev().find(mission).cloned()
}

/// Whether an item ends the noun phrase of a subject, seen from its right.
fn ends_subject(item: &Item) -> bool {
    is_boundary(item) || item.is_mark(',')
}

/// How a mission ended that became one of another kind.
fn manner(from: MissionKind, to: MissionKind) -> Manner {
    match rank(to).cmp(&rank(from)) {
        std::cmp::Ordering::Greater => Manner::Raised,
        std::cmp::Ordering::Less => Manner::Downgraded,
        std::cmp::Ordering::Equal => Manner::Replaced,
    }
}

/// How high a kind of mission is: what a raised one became more than.
fn rank(kind: MissionKind) -> u8 {
    match kind {
        MissionKind::Embassy | MissionKind::HighCommission | MissionKind::Nunciature => 4,
        MissionKind::Legation => 3,
        MissionKind::ConsulateGeneral => 2,
        MissionKind::Consulate => 1,
        _ => 0,
    }
}
