//! Whom a verb of recognising recognises: "the independence of R", "R's independence", "R", "each other".

use super::super::What;
use super::super::lexicon::Class;
use super::super::tables::{NounRole, Role};
use super::day::When;
use super::groups::Mood;
use super::parties::Party;
use super::roles::{Subject, of_role};
use super::{Event, Matcher, entities};
use crate::names::Form;

impl Matcher<'_, '_, '_> {
    /// Who recognises whom, by the verb group at `at`.
    pub(super) fn recognised(&self, at: usize) -> Event {
        let s = self.s();
        let group = &self.parsed.groups[at];
        let none = Event {
            firsts: Vec::new(),
            seconds: Vec::new(),
            when: When::default(),
            mood: Mood::Said,
            both: false,
            past: false,
            standing: false,
            claimant: None,
        };
        let of_both = |subject: Subject| match subject {
            Subject::Named(parties) => parties,
            Subject::Pair => s.parties().map(|both| both.map(Party::Entity).to_vec()).unwrap_or_default(),
            Subject::Stranger | Subject::Unnamed => Vec::new(),
        };
        if group.passive {
            let firsts = of_role(&s.governed_parties(group.to, group.end), Role::By);
            return Event { firsts, seconds: of_both(self.parsed.subject(at)), ..none };
        }
        // "the partially recognised republic", "recognised by 97 states": a word on a state, and no act.
        let before = group.from.checked_sub(1).map(|before| &s.items[before]);
        let epithet = group.verb > group.from
            && !s.is_any(group.from, &[Class::Have, Class::Had, Class::Do, Class::Adverb, Class::To, Class::Not])
            && s.items[group.from].folded.ends_with("ally")
            && before.is_none_or(|item| item.is(Class::Det));
        if epithet {
            return none;
        }
        if s.is(group.to, Class::By) {
            let firsts = of_role(&s.governed_parties(group.to, group.end), Role::By);
            let seconds = (0..group.from).rev().find_map(|i| s.noun(i)).map(Party::Entity);
            return Event { firsts, seconds: seconds.into_iter().collect(), ..none };
        }
        let firsts = of_both(self.parsed.subject(at));
        if s.is(group.to, Class::EachOther) {
            return Event { seconds: firsts.clone(), firsts, ..none };
        }
        let seconds = self.objects(group.to, group.end, &firsts);
        Event { firsts, seconds, ..none }
    }

    fn statehood(&self, at: usize) -> bool {
        let s = self.s();
        s.grammar.words.noun(&s.items, at, &[NounRole::Statehood]).is_some()
            || s.grammar
                .words
                .noun(&s.items, at, &[NounRole::Office])
                .is_some_and(|noun| noun.noun == "government" && s.items[at].folded == "government")
    }

    fn objects(&self, at: usize, to: usize, firsts: &[Party]) -> Vec<Party> {
        let s = self.s();
        let mut i = at;
        while i < to && (s.is_any(i, &[Class::Det, Class::Of, Class::Its, Class::Adverb]) || self.statehood(i)) {
            i += 1;
        }
        // "the Palestinian state": the people's adjective before its state.
        let stated = self.statehood(i + 1);
        let first = s.noun(i).or_else(|| s.entity(i, &[Form::Demonym]).filter(|_| stated));
        let Some(first) = first else {
            let including = (i..to).find(|j| s.items[*j].folded == "including");
            if let Some(including) = including {
                return s.parties_at(including + 1, to).0.into_iter().take(3).collect();
            }
            let its = s.items[at..i.min(s.items.len())].iter().any(|item| item.is(Class::Its)) && i > at + 1;
            return match (its, entities(firsts).as_slice()) {
                (true, [subject]) => s.counterpart(*subject).map(Party::Entity).into_iter().collect(),
                _ => Vec::new(),
            };
        };
        if s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive) {
            let mut thing = i + 2;
            while s.is(thing, Class::Adjective) {
                thing += 1;
            }
            // "R's sovereignty over A": land, and no state.
            if !self.statehood(thing) || self.over(thing + 1) {
                return Vec::new();
            }
        }
        if self.over(i + 1) || self.over(at + 1) || self.over(at + 2) {
            return Vec::new();
        }
        let part = s.is(i + 1, Class::As) && (i + 2..to.min(i + 7)).any(|j| s.items[j].folded == "part");
        if part
            || s.is(i + 1, Class::As)
                && (!(i + 2..to.min(i + 7)).any(|j| self.statehood(j) || s.items[j].folded == "sole")
                    || (i + 2..to.min(i + 6))
                        .any(|j| s.grammar.words.noun(&s.items, j, &[NounRole::Epithet]).is_some()))
        {
            return Vec::new();
        }
        // "recognises the Islamic Republic of Afghanistan government": a government, and no state.
        let government = |i: usize| {
            s.items.get(i).is_some_and(|item| {
                matches!(item.folded.as_str(), "government" | "regime" | "authorities")
                    || item.folded.contains("government of ")
            })
        };
        // "as the sole representative of B": of the state.
        let sole = (i + 1..to.min(i + 9)).any(|j| s.items[j].folded == "sole");
        if government(i + 1) || (at..=i).any(government) && !self.either_china(first) && !sole {
            return Vec::new();
        }
        // "recognises Serbia on the issue of Kosovo": a view, and no recognition.
        if s.is(i + 1, Class::On)
            && s.is(i + 2, Class::Det)
            && s.items.get(i + 3).is_some_and(|item| item.what == What::Other)
        {
            return Vec::new();
        }
        let mut found = vec![Party::Entity(first)];
        let mut j = i + 1;
        while j < to && (s.is(j, Class::And) || s.is_mark(j, ',')) {
            j += 1;
            while s.is_any(j, &[Class::Det, Class::And]) {
                j += 1;
            }
            match s.noun(j).filter(|_| j < to && !s.begins_clause(j)) {
                Some(next) => {
                    found.push(Party::Entity(next));
                    j += 1;
                }
                None => break,
            }
        }
        found
    }

    /// Whether it is one of two states for which recognising the one government refuses the other: that is what the words on
    /// the government say.
    fn either_china(&self, entity: crate::names::EntityAt) -> bool {
        matches!(self.s().slug(entity), "china" | "taiwan")
    }

    fn over(&self, at: usize) -> bool {
        self.s().items.get(at).is_some_and(|item| item.folded == "over")
    }
}
