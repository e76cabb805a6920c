//! The subject of a clause: whose missions and accreditations its verbs speak of.

use super::Form;
use super::items::What;
use super::lexicon::Class;
use super::missions::{Clause, Parser};
use crate::names::EntityAt;

impl Parser<'_, '_> {
    /// Sets the subject of the clause from what stands left of the verb at `at`.
    pub(super) fn subject(&mut self, at: usize) {
        let items = &self.s.items;
        let mut i = at;
        let mut direct = true;
        while i > 0 {
            let item = &items[i - 1];
            match &item.what {
                What::Word(
                    Class::Adverb
                    | Class::Do
                    | Class::Not
                    | Class::Be
                    | Class::Was
                    | Class::Both
                    | Class::Plan
                    | Class::Have
                    | Class::Had
                    | Class::Past
                    | Class::First
                    | Class::Each
                    | Class::NoLonger,
                ) if direct && !item.is(Class::Both) => i -= 1,
                What::Word(Class::Both) => {
                    if let Some(parties) = self.s.parties() {
                        self.begin(parties.to_vec());
                    }
                    return;
                }
                What::Word(Class::And | Class::But) if direct => {
                    // "… and maintains": the subject goes on, and so does nothing else.
                    if !self.clause.subject.is_empty() {
                        self.clause.negated = false;
                        self.clause.planned = false;
                        return;
                    }
                    i -= 1;
                    direct = false;
                }
                What::Word(Class::It) => {
                    let subject = self.clause.subject.first().copied().or(self.s.last);
                    if item.folded == "they" {
                        if let Some(parties) = self.s.parties() {
                            self.begin(parties.to_vec());
                        }
                    } else {
                        self.begin(subject.into_iter().collect());
                    }
                    return;
                }
                // "the U.S. Central Intelligence Agency opened an office": a body of a state, and no state.
                What::Name(_) if self.names_a_body(i, at) => {
                    self.begin(Vec::new());
                    self.clause.stranger = true;
                    return;
                }
                What::Name(_) => {
                    // "the Ethiopian authorities": the people's adjective before a noun.
                    let body = items.get(i).is_some_and(|next| {
                        matches!(
                            next.folded.as_str(),
                            "government"
                                | "authorities"
                                | "state"
                                | "republic"
                                | "kingdom"
                                | "ministry"
                                | "parliament"
                                | "regime"
                                | "foreign"
                                | "administration"
                                | "empire"
                                | "crown"
                                | "federation"
                        )
                    });
                    let forms: &[Form] =
                        if body { &[Form::Name, Form::People, Form::Demonym] } else { &[Form::Name, Form::People] };
                    let noun = self.s.entity(i - 1, forms);
                    if let Some(noun) = noun.filter(|_| !self.s.governed(i - 1)) {
                        // Not right before the verb: the name may be the object of a verb before it, so the first
                        // one of the clause is the subject.
                        if !direct && let Some(first) = self.first_noun(i - 1) {
                            self.begin(vec![first]);
                            return;
                        }
                        let mut subject = vec![noun];
                        if i >= 3
                            && items[i - 2].is(Class::And)
                            && let Some(other) = self.s.noun(i - 3)
                            && other != noun
                        {
                            subject.insert(0, other);
                        }
                        self.begin(subject);
                        return;
                    }
                    i -= 1;
                    direct = false;
                }
                What::Proper if direct && i == at => {
                    // "Libera has an embassy in Doha" in the row of Liberia: a slip of the pen.
                    if let Some(party) = self.misspelt(&item.folded) {
                        self.begin(vec![party]);
                        return;
                    }
                    self.begin(Vec::new());
                    self.clause.stranger = true;
                    return;
                }
                What::Mark(')') if direct && i == at => {
                    // "The Front de Libération Nationale (FLN) opened …"
                    let unknown = i >= 2 && items[i - 2].what == What::Proper;
                    if unknown {
                        self.begin(Vec::new());
                        self.clause.stranger = true;
                        return;
                    }
                    i -= 1;
                    direct = false;
                }
                What::Kind(..) => return,
                What::Word(Class::Officer) => return,
                What::Mark(';') | What::Word(Class::While) => return,
                _ => {
                    i -= 1;
                    direct = false;
                }
            }
        }
    }

    /// Whether the name before `from` goes on with capitals of which the last says what body it is.
    fn names_a_body(&self, from: usize, to: usize) -> bool {
        let items = &self.s.items;
        let run = items[from..to].iter().take_while(|item| item.what == What::Proper).count();
        run > 1 && self.s.grammar.words.names_body(items, from + run - 1)
    }

    /// The party of the context whose name differs from a word by one or two letters.
    fn misspelt(&self, folded: &str) -> Option<EntityAt> {
        let near = |party: &EntityAt| {
            let name = crate::names::fold(&self.s.grammar.gazetteer.entity_at(*party).name);
            name.len() >= 5 && strsim::damerau_levenshtein(&name, folded) <= 1 + usize::from(name.len() > 7)
        };
        self.s.parties()?.into_iter().find(near)
    }

    fn begin(&mut self, subject: Vec<EntityAt>) {
        if subject != self.clause.subject {
            self.clause = Clause { receivers: std::mem::take(&mut self.clause.receivers), ..Clause::default() };
            self.clause.subject = subject;
            self.previous = None;
        }
    }

    /// The first name before `at` in its clause that is no object of a preposition.
    fn first_noun(&self, at: usize) -> Option<EntityAt> {
        let from = self.s.items[..at]
            .iter()
            .rposition(|item| {
                item.is_mark(';') || item.is_any(&[Class::While, Class::But, Class::That, Class::When, Class::Where])
            })
            .map_or(0, |from| from + 1);
        (from..at).find(|i| self.s.noun(*i).is_some() && !self.s.governed(*i)).and_then(|i| self.s.noun(i))
    }
}
