//! Missions that were closed or suspended, by a verb of closing whose subject or object they are.

use super::super::lexicon::Class;
use super::super::tables::FormRow;
use super::super::{Found, Reading};
use super::Matcher;
use super::missions::latest;
use crate::model::{Bound, Manner, Polarity, Span, Statement};
use crate::names::EntityAt;

impl Matcher<'_, '_, '_> {
    /// "The embassy in A has been suspended since 2021", "both embassies were closed", where nothing tells of the end yet.
    pub(super) fn closed(&self, form: &FormRow, at: usize, reading: &mut Reading) {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let words = &s.grammar.words;
        // What opened again did not stay closed; a sentence with both is read before.
        let again = (group.to..s.items.len()).any(|i| {
            s.is_any(i, &[Class::Reopen, Class::Reopening, Class::Open])
                || words.verb(&s.items, i).is_some_and(|verb| verb.row.lemma == "restore")
        });
        let object = self.object(group.to, group.end).filter(|_| !group.passive);
        if at == 0 && object.is_none() && group.to < 4 && self.without_subject(group.from) && !again {
            return self.closed_before(form, at, reading);
        }
        let Some((place, kind)) = object.or_else(|| self.mission_subject(at)).filter(|_| !again) else { return };
        // "closed to the public": it works on. "its office": whose work is done there, it does not say.
        if s.is(group.to, Class::To) || matches!(s.items[place].folded.as_str(), "office" | "offices") {
            return;
        }
        let day = self.day(at);
        // "was briefly closed": that it stayed so is not told.
        let briefly =
            s.items[group.from..group.to].iter().any(|item| matches!(item.folded.as_str(), "briefly" | "temporarily"));
        if briefly && day.is_unknown() {
            return;
        }
        let manner = form.label.as_deref().and_then(Manner::parse);
        let missions = self.stated(reading, kind);
        // "closed its embassy from March to June": it opened again.
        if let Some(again) = self.parsed.when(at, self.memory.year).until {
            for mission in missions.iter().filter(|mission| mission.span.ended == Some(day)) {
                s.event(reading, mission.statement.clone(), Polarity::Asserted, Span::since(again), None);
            }
        }
        if missions.iter().any(|mission| mission.span.ended.is_some()) {
            return;
        }
        let both = object.is_none() && place > 0 && s.is(place - 1, Class::Both);
        let missions = match s.parties().filter(|_| both) {
            Some([a, b]) => {
                let of = |a: EntityAt, b: EntityAt| Statement::mission(kind, s.slug(a), s.slug(b), None);
                [of(a, b), of(b, a)]
                    .map(|statement| Found::new(statement, Polarity::Asserted, Span::default()))
                    .to_vec()
            }
            None if missions.is_empty() => match self.built(place, at) {
                built if built.is_empty() && self.definite(place) => latest(reading, Some(kind))
                    .filter(|known| known.span.ended.is_none() && known.start < s.start)
                    .into_iter()
                    .collect(),
                built => built,
            },
            None => missions,
        };
        for mission in missions {
            let began = mission.span.began;
            if matches!((began.earliest, day.latest), (Some(began), Some(day)) if day < began) {
                continue;
            }
            // The day on which it closed is no beginning.
            let began = if began == day { Bound::UNKNOWN } else { began };
            self.restate(reading, mission.statement, Span { began, ended: Some(day) }, manner);
        }
    }

    /// Whether nothing but a word of manner stands before a verb that opens its sentence: "Temporarily closed in 2022."
    fn without_subject(&self, from: usize) -> bool {
        (0..from).all(|i| self.s().items[i].folded.ends_with("ly"))
    }

    /// "Temporarily closed from 2022.", after a sentence on missions: they are.
    fn closed_before(&self, form: &FormRow, at: usize, reading: &mut Reading) {
        let day = self.day(at);
        let Some(before) = reading.found.last().map(|found| found.start).filter(|start| *start < self.s().start) else {
            return;
        };
        if day.is_unknown() {
            return;
        }
        let standing = |found: &&Found| {
            found.start == before && found.polarity == Polarity::Asserted && found.span.ended.is_none()
        };
        let missions: Vec<Statement> = reading
            .found
            .iter()
            .filter(standing)
            .map(|found| found.statement.clone())
            .filter(|statement| matches!(statement, Statement::Mission { .. }))
            .collect();
        let manner = form.label.as_deref().and_then(Manner::parse);
        for statement in missions {
            let span = Span { began: Bound::UNKNOWN, ended: Some(day) };
            self.s().event(reading, statement, Polarity::Asserted, span, manner);
        }
    }
}
