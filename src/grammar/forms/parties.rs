//! Who is named: parties, lists of parties, and what hangs on a preposition.

use super::super::lexicon::Class;
use super::super::tables::{NounRole, Role};
use super::super::{Sentence, What};
use crate::model::EntityKind;
use crate::names::{EntityAt, Form};

/// A party of an event: a state, another entity or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Party {
    /// An entity, by index.
    Entity(EntityAt),
    /// An organisation, by slug.
    Organisation(String),
    /// A body that no table has, by the slug of its name.
    Body(String),
}

/// The preposition at an item.
pub(super) fn preposition(s: &Sentence<'_>, at: usize) -> Option<Role> {
    let item = s.items.get(at)?;
    Some(match (&item.what, item.folded.as_str()) {
        (What::Word(Class::With), _) => Role::With,
        (What::Word(Class::Between), _) => Role::Between,
        (What::Word(Class::For), _) => Role::For,
        (What::Word(Class::To), _) => Role::To,
        (What::Word(Class::Of), _) => Role::Of,
        (What::Word(Class::On), _) | (_, "upon") => Role::On,
        (What::Word(Class::By), _) => Role::By,
        (What::Word(Class::From), _) => Role::From,
        (_, "against") => Role::Against,
        (_, "inside" | "into") => Role::Inside,
        (_, "over") => Role::Over,
        _ => return None,
    })
}

impl Sentence<'_> {
    /// The party that is named at `at`, and the item after it.
    pub(super) fn party(&self, at: usize) -> Option<(Party, usize)> {
        let senses = self.items.get(at)?.name()?;
        let body = self.grammar.words.noun(&self.items, at + 1, &[NounRole::Office]);
        let mut end = at + 1;
        let entity = self.noun(at).or_else(|| {
            // "the Russian government", "the Palestinian state"
            let body = body?;
            // "South American governments", "pro-Russian authorities": of no one state.
            let part = at > 0 && (self.items[at - 1].what == What::Proper || self.is_mark(at - 1, '-'));
            if part {
                return None;
            }
            end = body.end;
            self.entity(at, &[Form::Demonym, Form::People])
        });
        if let Some(entity) = entity {
            return Some((Party::Entity(entity), end));
        }
        if let Some(slug) = self.organisation(at) {
            return Some((Party::Organisation(slug), end));
        }
        // "Beijing severed …": a seat of government speaks for its state.
        let gazetteer = self.grammar.gazetteer;
        let placed = at > 0 && self.is_any(at - 1, &[Class::In, Class::From]);
        let capital = senses.cities.iter().map(|&city| gazetteer.city_at(city)).find(|city| city.capital)?;
        let entity = gazetteer.entity_index(&capital.entity).filter(|_| !placed)?;
        if gazetteer.entity_at(entity).kind != EntityKind::State {
            return None;
        }
        Some((Party::Entity(entity), end))
    }

    /// The body that is named at `at` by words of which one says what it is, "Chatham House Institute", or by capitals alone,
    /// and the item after it. Names of persons are none.
    pub(super) fn body(&self, at: usize, to: usize) -> Option<(Party, usize)> {
        let capital = |i: usize| {
            let item = self.items.get(i).filter(|_| i < to)?;
            (item.what == What::Proper || item.name().is_some()).then_some(())
        };
        let mut end = at;
        while capital(end).is_some() || end > at && self.is(end, Class::Of) && capital(end + 1).is_some() {
            end += 1;
        }
        let words = (at..end).filter(|i| self.items[*i].what == What::Proper);
        let known = words.clone().any(|i| self.grammar.words.noun(&self.items, i, &[NounRole::Body]).is_some());
        let written = self.text(at, end);
        let capitals = end == at + 1 && written.len() > 2 && written.bytes().all(|byte| byte.is_ascii_uppercase());
        (end > at && words.count() > 0 && (known && end > at + 1 || capitals))
            .then(|| (Party::Body(crate::names::slug_of(written)), end))
    }

    /// The parties of a list that begins at `at` (what stands before the first name is passed over), and the item
    /// after the last.
    pub(super) fn parties_at(&self, at: usize, to: usize) -> (Vec<Party>, usize) {
        let mut found: Vec<Party> = Vec::new();
        let (mut i, mut end, mut passed) = (at, at, 0);
        let (mut first_end, mut and) = (at, false);
        while i < to {
            if let Some((party, next)) = self.party(i) {
                // "with A, and B supports …": the name before a verb is a subject.
                if !found.is_empty() && next < to && self.begins_clause(i) {
                    break;
                }
                let owner = self.items.get(next).is_some_and(|item| item.what == What::Possessive);
                let office = owner && self.grammar.words.noun(&self.items, next + 1, &[NounRole::Office]).is_some();
                if owner && !office {
                    break;
                }
                if !found.contains(&party) {
                    found.push(party);
                }
                i = next;
                end = next;
                if found.len() == 1 {
                    first_end = next;
                }
                passed = 0;
                // "the Democratic Republic of the Congo (DRC)"
                if self.is_mark(i, '(') {
                    match (i + 1..to.min(i + 8)).find(|at| self.is_mark(*at, ')')) {
                        Some(close) => {
                            i = close + 1;
                            end = i;
                        }
                        None => break,
                    }
                }
                continue;
            }
            let item = &self.items[i];
            let between = !found.is_empty();
            and |= between && item.is_any(&[Class::And, Class::Or]);
            let passes = match &item.what {
                What::Mark(',' | '"') => between,
                What::Mark('-') => !between,
                What::Word(Class::And | Class::Det | Class::Both | Class::Adverb | Class::Past) => true,
                What::Word(Class::Its | Class::Adjective | Class::First) | What::Number(_) => {
                    !between || self.is(end, Class::And)
                }
                What::Word(Class::Of) => {
                    i > at
                        && self
                            .grammar
                            .words
                            .noun(&self.items, i - 1, &[NounRole::Office, NounRole::Statehood])
                            .is_some()
                }
                What::Other => {
                    passed += 1;
                    let known = self.grammar.words.noun(&self.items, i, &[NounRole::Office, NounRole::Statehood]);
                    matches!(
                        item.folded.as_str(),
                        "neighbouring" | "neighboring" | "neighbour" | "neighbor" | "then" | "fellow"
                    ) || known.is_some() && passed <= 4
                        || !between && passed <= 2
                }
                What::Proper => {
                    passed += 1;
                    !between && passed <= 2
                }
                _ => false,
            };
            if !passes {
                break;
            }
            i += 1;
        }
        // "by A, B having …": what only a comma joins is no list.
        if found.len() > 1 && !and {
            found.truncate(1);
            end = first_end;
        }
        (found, end)
    }

    /// The lists of parties that hang on prepositions from `from` up to `to`, each with its preposition and place.
    pub(super) fn governed_parties(&self, from: usize, to: usize) -> Vec<(Role, Vec<Party>, usize)> {
        let mut found = Vec::new();
        let mut i = from;
        while i < to {
            match preposition(self, i) {
                Some(role) => {
                    let (parties, end) = self.parties_at(i + 1, to);
                    if parties.is_empty() {
                        i += 1;
                    } else {
                        found.push((role, parties, i));
                        i = end.max(i + 1);
                    }
                }
                None => i += 1,
            }
        }
        found
    }

    /// The lists that hang on a noun which ends before `at`: one preposition after the other, with dates between.
    pub(super) fn parties_of_noun(&self, at: usize, to: usize) -> Vec<(Role, Vec<Party>, usize)> {
        let mut found = Vec::new();
        let mut i = at;
        // "the Treaty of Peace, Friendship, and Commerce between": the name goes on.
        while i < to
            && (self.items[i].what == What::Proper
                || self.is_mark(i, '"')
                || (self.is_mark(i, ',') || self.is(i, Class::And))
                    && self.items.get(i + 1).is_some_and(|next| next.what == What::Proper || next.is(Class::And)))
        {
            i += 1;
        }
        while i < to {
            let (parties, end) = match preposition(self, i) {
                Some(_) => self.parties_at(i + 1, to),
                None => (Vec::new(), i),
            };
            if let (Some(role), false) = (preposition(self, i), parties.is_empty()) {
                found.push((role, parties, i));
                i = end.max(i + 1);
            } else if found.is_empty()
                && preposition(self, i).is_some()
                && i + 2 < to
                && preposition(self, i + 2).is_some()
            {
                // "raids on targets inside A"
                i += 2;
            } else if matches!(self.items[i].what, What::Date(_))
                || self.items[i].is_any(&[Class::In, Class::On, Class::Adverb])
            {
                i += 1;
            } else {
                break;
            }
        }
        found
    }

    /// The state whose thing stands at `at`: "Russia's …", "the Soviet …", "four Russian …", "its …" of `it`.
    pub(super) fn owner(&self, at: usize, limit: usize) -> Vec<Party> {
        // "A's most important B ally": the possessive owns.
        let possessive = (at.saturating_sub(6).max(limit)..at).rev().take_while(|i| {
            preposition(self, *i).is_none()
                && self.grammar.words.noun(&self.items, *i, &[NounRole::Preposition]).is_none()
                && !self.items[*i].is_any(&[Class::And, Class::Det])
                && !matches!(self.items[*i].what, What::Mark(_))
        });
        if let Some(possessive) = possessive.into_iter().find(|i| self.items[*i].what == What::Possessive) {
            return possessive
                .checked_sub(1)
                .and_then(|at| self.party(at))
                .map(|(party, _)| party)
                .into_iter()
                .collect();
        }
        let mut i = at;
        let mut passed = 0;
        while i > limit {
            let item = &self.items[i - 1];
            match &item.what {
                What::Name(_) => {
                    let entity = self.entity(i - 1, &[Form::Demonym]).or_else(|| self.entity(i - 1, &[Form::Name]));
                    let Some(entity) = entity else { return Vec::new() };
                    // "the Arab and Russian …": of several none is sure.
                    return vec![Party::Entity(entity)];
                }
                What::Number(_)
                | What::Word(Class::Adjective | Class::First | Class::Past | Class::Resident)
                | What::Other => {
                    passed += 1;
                    if passed > 3 || super::groups::is_boundary(item) || preposition(self, i - 1).is_some() {
                        return Vec::new();
                    }
                }
                _ => return Vec::new(),
            }
            i -= 1;
        }
        Vec::new()
    }
}
