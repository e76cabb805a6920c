//! Whose relations a clause speaks of: what it names of the two, and what the passage adds.

use super::super::lexicon::Class;
use super::super::tables::{NounRole, Role};
use super::roles::{Subject, Thing, of_role};
use super::{Matcher, entities};
use crate::model::Bound;
use crate::names::EntityAt;

impl Matcher<'_, '_, '_> {
    /// The pairs whose relations the verb group at `at` speaks of; each with its own day, where it has one.
    pub(super) fn pairs(&self, at: usize, thing: Option<Thing>) -> Vec<((EntityAt, EntityAt), Option<Bound>)> {
        let group = &self.parsed.groups[at];
        let s = self.s();
        // "A severed relations with B, but they were restored": of the same two.
        let same = thing.is_some_and(|thing| at > 0 && thing.at < self.parsed.groups[at - 1].end && !thing.subject);
        // "severed ties with A, which were not restored until 1979"
        let which = thing.is_some_and(|thing| {
            at > 0
                && group.start > 0
                && s.items[group.start - 1].folded == "which"
                && (self.parsed.groups[at - 1].to..group.start).contains(&thing.at)
                && thing.end + 1 < group.start
                && !s.is(thing.end, Class::Between)
        });
        if which {
            return self
                .pairs(at - 1, thing.map(|thing| Thing { subject: false, ..thing }))
                .into_iter()
                .map(|(pair, _)| (pair, None))
                .collect();
        }
        let they = same && group.passive && thing.is_some_and(|thing| thing.at < group.start);
        if they && let Some(before) = at.checked_sub(1) {
            return self.pairs(before, thing).into_iter().map(|(pair, _)| (pair, None)).collect();
        }
        let mut lists = Vec::new();
        if let Some(thing) = thing {
            let end = if thing.at < group.from { group.from } else { group.end };
            lists.extend(s.governed_parties(thing.end, end));
        }
        lists.extend(s.governed_parties(group.to, group.end));
        lists.dedup();
        let between = entities(&of_role(&lists, Role::Between));
        if let [a, b] = between.as_slice() {
            return vec![((*a, *b), None)];
        }
        let alone = between.len() == 1 && thing.is_some_and(|thing| s.is(thing.end, Class::Between));
        let subject = match thing {
            Some(thing) if thing.subject => Subject::Unnamed,
            _ => self.parsed.subject(at),
        };
        // "in Caracas, where relations were established": of those who met there.
        if lists.is_empty() && group.start > 0 && s.is(group.start - 1, Class::Where) {
            return Vec::new();
        }
        if subject == Subject::Stranger && !group.passive || alone {
            return Vec::new();
        }
        let mut firsts = match &subject {
            Subject::Named(parties) if !group.passive || thing.is_some_and(|thing| thing.at >= group.to) => {
                entities(parties)
            }
            Subject::Pair if thing.is_some() && lists.iter().any(|(role, ..)| *role == Role::With) => {
                s.parties().map(|both| both.to_vec()).unwrap_or_default()
            }
            Subject::Pair if thing.is_some() || group.passive => {
                let known = s.parties().map(|[a, b]| (a, b)).or(self.memory.pair);
                return known.map(|pair| (pair, None)).into_iter().collect();
            }
            Subject::Pair => return Vec::new(),
            _ => entities(&of_role(&lists, Role::By)),
        };
        if firsts.is_empty()
            && let Some(thing) = thing
        {
            firsts = entities(&s.owner(thing.at, 0));
        }
        // "with A in 1975, and with B in 1978": a list for each day.
        let mut found = Vec::new();
        let with = lists.iter().filter(|(role, ..)| *role == Role::With).enumerate();
        for (nth, (_, parties, place)) in with {
            // "with A in solidarity with B": B is no partner; nor is who stands after a comma.
            let from = thing.map_or(group.to, |thing| if thing.end > *place { group.to } else { thing.end });
            let apart = (from..*place).any(|i| s.is_mark(i, ','));
            if nth > 0 && !s.is(*place - 1, Class::And) && !s.is_mark(*place - 1, ',') || nth == 0 && apart {
                continue;
            }
            let seconds = entities(parties);
            let own = self.parsed.day_after(*place, group.end).filter(|_| nth > 0);
            let firsts: Vec<EntityAt> = firsts.iter().copied().filter(|first| !seconds.contains(first)).collect();
            for second in &seconds {
                let one = if firsts.len() > 1 {
                    Vec::new()
                } else {
                    self.completed(&firsts, &[*second]).into_iter().collect()
                };
                found.extend(one.into_iter().map(|pair| (pair, own)));
                found.extend(firsts.iter().filter(|_| firsts.len() > 1).map(|first| ((*first, *second), own)));
            }
        }
        // "with A's neighbours": with somebody whom the tables have not.
        let with = thing.is_some_and(|thing| s.is_any(thing.end, &[Class::With, Class::Between]));
        let meant =
            thing.is_some_and(|thing| (thing.end + 1..s.items.len().min(thing.end + 9)).any(|i| self.means_a_party(i)));
        if !found.is_empty() || with && !meant && firsts.len() != 2 {
            return found;
        }
        if thing.is_none() && firsts.is_empty() {
            return self.memory.pair.map(|pair| (pair, None)).into_iter().collect();
        }
        self.completed(&firsts, &[]).map(|pair| (pair, None)).into_iter().collect()
    }

    /// Whether one of two entities followed the other.
    pub(super) fn succeeds(&self, one: EntityAt, other: EntityAt) -> bool {
        let (one, other) = (self.s().slug(one), self.s().slug(other));
        let pair = |a: &str, b: &str| (a == one && b == other) || (a == other && b == one);
        self.s().grammar.gazetteer.successions(one).any(|row| pair(&row.former, &row.successor))
    }

    /// Whether a word stands for a party that is named elsewhere: "with the Castro government", "between them".
    pub(super) fn means_a_party(&self, at: usize) -> bool {
        let s = self.s();
        s.grammar.words.noun(&s.items, at, &[NounRole::Pair, NounRole::Office]).is_some()
            || matches!(s.items[at].folded.as_str(), "countries" | "nations" | "states" | "them")
            || s.is_any(at, &[Class::EachOther, Class::Both, Class::It])
    }

    /// Two parties from what is named of them, with those of the passage where one or both are left out.
    pub(super) fn completed(&self, firsts: &[EntityAt], seconds: &[EntityAt]) -> Option<(EntityAt, EntityAt)> {
        let s = self.s();
        let (article, other) = (s.context.article, s.context.other);
        match (firsts, seconds) {
            ([first], [second]) => Some((*first, *second)),
            ([first, second], []) => Some((*first, *second)),
            ([one], []) | ([], [one]) => s
                .counterpart(*one)
                .or_else(|| {
                    // "with the Soviet Union", of Russia: the state of that time.
                    let bearer = other.filter(|other| self.succeeds(*one, *other)).and(article);
                    let known = match (other, self.memory.pair) {
                        _ if bearer.is_some() => bearer,
                        (None, Some((a, b))) if a == *one => Some(b),
                        (None, Some((a, b))) if b == *one => Some(a),
                        (None, _) => article,
                        _ => None,
                    };
                    known.filter(|known| known != one)
                })
                .map(|known| (*one, known)),
            ([], []) => {
                let stranger = (0..s.items.len())
                    .filter_map(|at| s.noun(at))
                    .find(|named| Some(*named) != article && Some(*named) != other);
                s.parties().filter(|_| stranger.is_none() || article != other).map(|[a, b]| (a, b))
            }
            _ => None,
        }
    }

    /// Whose relations the sentence speaks of, for "they" in the next one.
    pub(super) fn pair_spoken_of(&self) -> Option<(EntityAt, EntityAt)> {
        let s = self.s();
        let at = (0..s.items.len()).rev().find_map(|at| {
            s.grammar.words.noun(&s.items, at, &[NounRole::Thing]).filter(|noun| noun.noun == "relations")
        })?;
        let next = self.parsed.groups.iter().find(|group| group.from >= at.end);
        let to = next.map_or(s.items.len(), |group| group.from);
        let lists = s.governed_parties(at.end, to);
        let between = entities(&of_role(&lists, Role::Between));
        if let [a, b] = between.as_slice() {
            return Some((*a, *b));
        }
        // "Chile–Peru relations were …"
        if let [a, b] = entities(&self.around(at.at)).as_slice() {
            return Some((*a, *b));
        }
        let group = self.parsed.groups.iter().rposition(|group| group.to <= at.at);
        let subject = match group.map(|group| self.parsed.subject(group)) {
            Some(Subject::Named(parties)) => entities(&parties),
            _ => entities(&of_role(&lists, Role::Of)),
        };
        self.completed(&subject, &entities(&of_role(&lists, Role::With)))
    }
}
