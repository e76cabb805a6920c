//! Interests in the care of another state, with their days: "A represented the interests of B in C from 1979 until 1991",
//! "A has been the protecting power for B in C since 1980".

use super::super::lexicon::Class;
use super::super::{Reading, What};
use super::day::When;
use super::parties::Party;
use super::{Matcher, entities};
use crate::model::{Bound, EntityKind, Polarity, Span, Statement};
use crate::names::EntityAt;

impl Matcher<'_, '_, '_> {
    /// States that powers look after the interests of states in another: the one that stands behind "in", else the other
    /// party of the passage.
    pub(super) fn protected(
        &self,
        (powers, protected): (&[Party], &[Party]),
        (from, to): (usize, usize),
        at: usize,
        when: When,
        reading: &mut Reading,
    ) {
        let s = self.s();
        let state = |at: &EntityAt| {
            let kind = s.grammar.gazetteer.entity_at(*at).kind;
            !matches!(kind, EntityKind::Region | EntityKind::Nonstate)
        };
        let states = |parties: &[Party]| -> Vec<EntityAt> { entities(parties).into_iter().filter(state).collect() };
        let (powers, protected) = (states(powers), states(protected));
        let inside = (from..to).filter(|i| s.is(*i, Class::In)).find_map(|i| s.noun(i + 1).or_else(|| s.noun(i + 2)));
        let group = &self.parsed.groups[at];
        let open = Bound { earliest: when.day.and_then(|day| day.earliest), latest: None };
        let span = Span {
            began: when.day.unwrap_or(Bound::UNKNOWN),
            ended: when
                .until
                .or(self.gave_up(at).then(|| when.day.unwrap_or(Bound::UNKNOWN)))
                .or(group.past.then_some(open)),
        };
        let span = if self.gave_up(at) { Span { began: Bound::UNKNOWN, ..span } } else { span };
        for &power in &powers {
            for &sender in &protected {
                let receiver = inside.or_else(|| s.counterpart(sender)).or_else(|| s.counterpart(power));
                let Some(receiver) = receiver.filter(|to| *to != sender && *to != power && power != sender) else {
                    continue;
                };
                let span = self.own_years(sender, from, to).unwrap_or(span);
                let [power, sending, receiving] = [power, sender, receiver].map(|at| s.slug(at).into());
                let statement = Statement::Protection { power, sending, receiving, city: None };
                s.event(reading, statement, Polarity::Asserted, span, None);
            }
        }
    }

    /// The years in brackets behind one of several: "the interests of A (1958–1987) and B (1973–1986)".
    fn own_years(&self, party: EntityAt, from: usize, to: usize) -> Option<Span> {
        let s = self.s();
        let at = (from..to).find(|i| s.noun(*i) == Some(party) && s.is_mark(i + 1, '('))?;
        let date = |i: usize| match s.items.get(i)?.what {
            What::Date(day) => Some(day),
            _ => None,
        };
        Some(Span { began: date(at + 2)?, ended: Some(date(at + 4).filter(|_| s.is_mark(at + 3, '-'))?) })
    }

    /// Whether the verb before says that it ended: "ceased to act as".
    pub(super) fn gave_up(&self, at: usize) -> bool {
        let group = &self.parsed.groups[at];
        let before = at.checked_sub(1).map(|before| &self.parsed.groups[before]);
        before.is_some_and(|before| {
            group.infinitive && matches!(before.lemma, "sever" | "end") && before.to == group.from
        })
    }
}
