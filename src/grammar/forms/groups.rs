//! Verb groups: a verb with its helpers ("has not yet been", "decided to"), where its clause begins and ends,
//! and whether the sentence says that it happened.

use super::super::lexicon::Class;
use super::super::tables::{Infinitive, NounRole, VerbForm};
use super::super::{Item, Sentence, What};
use super::words::{NounAt, VerbAt};

/// What a sentence says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// It happened.
    Said,
    /// It did not.
    Denied,
    /// It is planned, wished, doubted.
    Hedged,
}

/// A verb with its helpers.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// First item, helpers included.
    pub from: usize,
    /// First item of the verb itself.
    pub verb: usize,
    /// Item after the verb.
    pub to: usize,
    /// The verb; "be" and "have" where the helpers stand alone.
    pub lemma: &'static str,
    pub form: VerbForm,
    pub passive: bool,
    /// Whether it tells of a time that is over: "was", "imposed"; not "has been".
    pub past: bool,
    negated: bool,
    modal: bool,
    pub infinitive: bool,
    governs: Option<Infinitive>,
    /// Where its clause begins; after the group before.
    pub start: usize,
    /// Where its clause ends.
    pub end: usize,
}

const MODALS: [&str; 9] = ["will", "would", "could", "should", "may", "might", "can", "shall", "must"];

/// Helpers that the run before a verb can hold.
#[derive(Default)]
struct Helpers {
    be: bool,
    was: bool,
    have: bool,
    had: bool,
    to: bool,
    does: bool,
    did: bool,
    negated: bool,
    modal: bool,
}

/// The verb groups of a sentence, in its order.
pub(super) fn groups(s: &Sentence<'_>) -> Vec<Group> {
    let words = &s.grammar.words;
    let mut found: Vec<Group> = Vec::new();
    let mut i = 0;
    while i < s.items.len() {
        let mut helpers = Helpers::default();
        let mut at = i;
        while s.items.get(at).is_some_and(|item| helpers.take(item)) {
            at += 1;
        }
        let alone = helpers.be || helpers.have || helpers.does;
        let adjective = at == i
            && found
                .last()
                .is_some_and(|last| last.to == at && last.verb < last.to && !matches!(last.lemma, "be" | "have"));
        // "used to be an ally"
        let used = s.items[i..at].iter().any(|item| item.is(Class::Past));
        let verb = words.verb(&s.items, at).and_then(|verb| Some((verb, form(s, at, verb, &helpers, adjective)?)));
        // "was subsequently ostracised": a participle that no table has, and no verb of its own.
        let helped = found.last().is_some_and(|last| last.to == i && last.lemma == "be");
        if verb.is_none() && !alone && !helped && looks_finite(s, at) {
            found.push(Group::of_unknown(i, at, s.items.len(), s.items[at].folded.ends_with("ed")));
            i = at + 1;
            continue;
        }
        let group = match verb {
            Some((VerbAt { row, end }, form)) => Some(Group {
                from: i,
                verb: at,
                to: end,
                lemma: &row.lemma,
                form,
                passive: helpers.be && matches!(form, VerbForm::Past | VerbForm::Participle),
                past: !helpers.have && (helpers.was || !helpers.be && form == VerbForm::Past) || helpers.did || used,
                negated: helpers.negated,
                modal: helpers.modal,
                infinitive: helpers.to,
                governs: row.governs(),
                start: i,
                end: s.items.len(),
            }),
            None if alone => Some(Group {
                from: i,
                verb: at - 1,
                to: at,
                lemma: if helpers.be { "be" } else { "have" },
                form: VerbForm::Past,
                passive: false,
                past: helpers.was && !helpers.have || helpers.had && !helpers.be || used,
                negated: helpers.negated,
                modal: helpers.modal,
                infinitive: helpers.to,
                governs: None,
                start: i,
                end: s.items.len(),
            }),
            None => None,
        };
        match group {
            Some(group) => {
                i = group.to;
                found.push(group);
            }
            None => i += 1,
        }
    }
    for at in 0..found.len() {
        let limit = at.checked_sub(1).map_or(0, |before| found[before].to);
        found[at].start = start(s, limit, &found[at]);
        if let Some(before) = at.checked_sub(1) {
            found[before].end = found[at].start;
        }
    }
    found
}

/// Whether a word that no table has is a finite verb: "A adheres to", "A hailed".
fn looks_finite(s: &Sentence<'_>, at: usize) -> bool {
    let Some(item) = s.items.get(at).filter(|item| item.what == What::Other && item.folded.len() > 4) else {
        return false;
    };
    let before = at.checked_sub(1).map(|before| &s.items[before]);
    let subject = before.is_some_and(|item| {
        item.name().is_some()
            || item.is_any(&[Class::It, Class::That, Class::Adverb])
            || s.items[at].folded.ends_with("ed") && item.what == What::Proper && at > 1
    });
    let noun = s.grammar.words.noun(
        &s.items,
        at,
        &[NounRole::Thing, NounRole::Office, NounRole::Envoy, NounRole::Statehood, NounRole::Peer],
    );
    noun.is_none()
        && subject
        && (item.folded.ends_with("ed") || item.folded.ends_with('s') && !item.folded.ends_with("ss"))
        && !before.is_some_and(|before| {
            before.name().is_some_and(|senses| {
                !senses.entities.is_empty()
                    && senses.entities.iter().all(|(_, form)| *form == crate::names::Form::Demonym)
            })
        })
}

impl Group {
    /// Whether what hangs on the verb is wished or discussed: "called for the resumption".
    pub(super) fn hedges(&self) -> bool {
        matches!(self.lemma, "hedge" | "consider")
    }

    /// A verb of which no form knows anything.
    fn of_unknown(from: usize, verb: usize, end: usize, past: bool) -> Group {
        Group {
            from,
            verb,
            to: verb + 1,
            lemma: "other",
            form: VerbForm::Past,
            passive: false,
            past,
            negated: false,
            modal: false,
            infinitive: false,
            governs: None,
            start: from,
            end,
        }
    }
}

impl Helpers {
    /// Takes an item that can stand before a verb; `false` if it cannot.
    fn take(&mut self, item: &Item) -> bool {
        match &item.what {
            What::Word(Class::Be) => self.be = true,
            What::Word(Class::Was) => (self.be, self.was) = (true, true),
            What::Word(Class::Have | Class::Had)
                if matches!(item.folded.as_str(), "has" | "have" | "had" | "having") =>
            {
                self.have = true;
                self.had |= item.folded == "had";
            }
            What::Word(Class::Do) => {
                self.does = true;
                self.did |= item.folded == "did";
            }
            What::Word(Class::To) => self.to = true,
            What::Word(Class::Not | Class::Nor) => self.negated = true,
            What::Word(Class::NoLonger | Class::Adverb | Class::Past) => {}
            What::Word(Class::Both) => return item.folded == "both",
            What::Word(Class::Plan) if MODALS.contains(&item.folded.as_str()) => self.modal = true,
            What::Other if item.folded == "yet" => self.negated = true,
            What::Word(Class::First) => return item.folded == "only" || item.folded == "first",
            What::Other => {
                return item.folded.ends_with("ly")
                    || matches!(item.folded.as_str(), "also" | "then" | "ever" | "even" | "again" | "just");
            }
            _ => return false,
        }
        true
    }
}

/// The form that a word of the table has here; `None` where it is a noun or an adjective.
fn form(s: &Sentence<'_>, at: usize, verb: VerbAt, helpers: &Helpers, adjective: bool) -> Option<VerbForm> {
    let words = &s.grammar.words;
    let before = at.checked_sub(1).and_then(|at| s.items.get(at));
    let owned = before.is_some_and(|item| {
        item.is_any(&[Class::Det, Class::Its, Class::Of, Class::Adjective])
            || item.is(Class::First) && at >= 2 && s.is_any(at - 2, &[Class::Det, Class::Its])
            || item.what == What::Possessive
            || item.is_mark('-') && s.passage.text[item.start..item.end] == *"-"
    });
    // "acts as protecting power": the first word of a noun.
    if words.noun(&s.items, at, &[NounRole::Thing]).is_some_and(|noun| noun.end > verb.end) {
        return None;
    }
    let can = |form| verb.row.form.contains(&form);
    // "resumed established relations", "floated normalised ties": after a verb it is an adjective.
    if adjective && !(can(VerbForm::Ing)) {
        return None;
    }
    if can(VerbForm::Base) && (helpers.to || helpers.modal || helpers.does) {
        return Some(VerbForm::Base);
    }
    if owned {
        return None;
    }
    if can(VerbForm::Past) {
        return Some(VerbForm::Past);
    }
    if can(VerbForm::Participle) {
        // "with diplomatic ties broken in 1961"
        let reduced = at
            .checked_sub(1)
            .is_some_and(|before| s.grammar.words.noun(&s.items, before, &[NounRole::Thing]).is_some());
        return (helpers.be || helpers.have || reduced).then_some(VerbForm::Participle);
    }
    // "were re-establish": a slip of the pen.
    if can(VerbForm::Base) && helpers.be && verb.row.lemma == "restore" {
        return Some(VerbForm::Participle);
    }
    if can(VerbForm::Ing) {
        return Some(VerbForm::Ing);
    }
    // A noun looks like these: a subject must stand before them.
    let subject = before.is_some_and(|item| {
        item.is_any(&[Class::It, Class::Both, Class::That, Class::Adverb]) || item.name().is_some() || item.is_mark(')')
    });
    let things = before.is_some_and(|item| item.folded == "relations" || item.folded == "ties")
        || at >= 3 && (at.saturating_sub(6)..at).any(|i| s.is(i, Class::Between));
    let several = things
        || at >= 2 && s.is(at - 2, Class::And)
        || before.is_some_and(|item| item.is_any(&[Class::Both]) || item.folded == "they");
    let listed = before.is_some_and(|item| item.is_mark(',')) && verb.row.lemma != "other";
    if can(VerbForm::Present) && (subject || listed) && !helpers.be {
        return Some(VerbForm::Present);
    }
    (can(VerbForm::Base) && several && subject).then_some(VerbForm::Base)
}

/// Where the clause of a verb that begins at `from` begins; not before `limit`.
fn start(s: &Sentence<'_>, limit: usize, group: &Group) -> usize {
    let from = group.from;
    if limit > 0 && (group.infinitive || group.form == VerbForm::Ing) {
        return from;
    }
    let mut i = from;
    while i > limit {
        let item = &s.items[i - 1];
        if is_boundary(item) {
            return i;
        }
        let dates = i > 1
            && [i - 2, i].iter().all(|at| s.items.get(*at).is_some_and(|item| matches!(item.what, What::Date(_))));
        if item.is_any(&[Class::And, Class::Or]) && !dates && !joins_subjects(s, limit, i - 1, from) {
            return i;
        }
        let opens =
            matches!(item.folded.as_str(), "after" | "following" | "before" | "because" | "although" | "though")
                || matches!(item.folded.as_str(), "until" | "since" | "once" | "unless")
                    && !s.items[i..from].iter().any(|next| matches!(next.what, What::Date(_) | What::Mark(',')));
        if opens && limit > 0 {
            return i;
        }
        i -= 1;
    }
    if limit == 0 {
        return 0;
    }
    // No word parts them: the clause begins after the last comma, or with the name before the verb.
    let comma = s.items[limit..from].iter().rposition(|item| item.is_mark(',') || item.is_mark('('));
    let name =
        s.items[limit..from].iter().rposition(|item| item.name().is_some() || item.is_any(&[Class::It, Class::Person]));
    // "A, like B, refused": the aside before the verb is passed over.
    let aside = comma.filter(|at| limit + at + 1 == from).and_then(|at| {
        let opens = s.items[limit..limit + at].iter().rposition(|item| item.is_mark(','))?;
        Some(s.items[limit..limit + opens].iter().rposition(|item| item.is_mark(',')).map_or(0, |at| at + 1))
    });
    if let Some(aside) = aside {
        return limit + aside;
    }
    // "…. in 2022, relations were": after a full stop the date before the comma belongs to what follows.
    let comma = comma.map(|at| match limit + at {
        comma if comma >= limit + 2 && stopped(s, comma - 2) && matches!(s.items[comma - 1].what, What::Date(_)) => {
            comma - 2 - limit
        }
        comma => comma + 1 - limit,
    });
    limit + comma.or(name).unwrap_or(from - limit)
}

/// Whether a full stop stands before an item.
fn stopped(s: &Sentence<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| s.items.get(before)).map_or(0, |item| item.end);
    s.items.get(at).is_some_and(|item| s.passage.text[before..item.start].contains('.'))
}

/// Whether an item ends one clause and begins another.
pub(super) fn is_boundary(item: &Item) -> bool {
    item.is_mark(';')
        || item.is_mark(':')
        || item.is_any(&[Class::But, Class::While, Class::When, Class::Where, Class::That])
}

/// "A and B severed": a conjunction between two names right before the verb, the first of which hangs on no verb
/// before it.
fn joins_subjects(s: &Sentence<'_>, limit: usize, and: usize, from: usize) -> bool {
    let name = |at: usize| s.items.get(at).is_some_and(|item| item.name().is_some());
    let left = and > 0 && name(and - 1);
    let right = name(and + 1) || s.is(and + 1, Class::Det) && name(and + 2);
    // "between A and B": the two of one preposition.
    let two = left && right && (limit.max(and.saturating_sub(6))..and).any(|at| s.is(at, Class::Between));
    two || left && right && from <= and + 4 && (limit == 0 || s.items[limit..and].iter().any(|item| item.is_mark(',')))
}

impl Sentence<'_> {
    /// Whether the verb group at `at` is what the one before announces, "announced that A severed", and no relative
    /// clause.
    pub(super) fn reported(&self, groups: &[Group], at: usize) -> bool {
        let that = groups[at].start.checked_sub(1).filter(|that| self.is(*that, Class::That));
        that.is_some_and(|that| {
            self.items[that].folded == "that" && at.checked_sub(1).is_some_and(|before| groups[before].to == that)
        })
    }

    /// Whether the verb group at `at` goes on with the subject of the one before: "…, and restored", "severed and".
    pub(super) fn continues(&self, groups: &[Group], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &groups[before]) else { return false };
        let group = &groups[at];
        if group.start > 0 && self.is_any(group.start - 1, &[Class::That, Class::When, Class::Where, Class::While]) {
            return false;
        }
        // Nobody new is named: "…, and, by the end of the decade, had established".
        let bare = (group.start.max(before.to)..group.from).all(|i| {
            let item = &self.items[i];
            let named = item.name().is_some()
                || matches!(item.what, What::Proper | What::Kind(..))
                || item.is_any(&[Class::It, Class::Person, Class::Both, Class::Officer, Class::That, Class::When]);
            let noun = self.grammar.words.noun(&self.items, i, &[NounRole::Thing, NounRole::Office, NounRole::Pair]);
            !named && noun.is_none()
        });
        let joined = group.start == before.to
            || group.start > 0
                && (self.is_any(group.start - 1, &[Class::And, Class::But]) || self.is_mark(group.start - 1, ','))
            || group.start == group.from;
        let bare = bare && joined && !self.strange(group.start.max(before.to), group.from);
        bare || group.infinitive
    }

    /// Whether a word right before a verb is a subject that no table has: "protesters broke".
    fn strange(&self, from: usize, to: usize) -> bool {
        let last =
            self.items[from..to].iter().rev().find(|item| !item.is(Class::Adverb) && !item.folded.ends_with("ly"));
        last.is_some_and(|item| {
            item.what == What::Other
                && item.folded.len() > 4
                && !matches!(item.folded.as_str(), "again" | "finally" | "later" | "eventually")
        })
    }

    /// What the sentence says of the verb group at `at`.
    pub(super) fn mood(&self, groups: &[Group], at: usize) -> Mood {
        let group = &groups[at];
        let doubted = (group.start..group.from).any(|i| {
            let noun: Option<NounAt> = self.grammar.words.noun(&self.items, i, &[NounRole::Hedge]);
            noun.is_some()
        });
        // "the proposal that they restore relations"
        let doubted = doubted
            || group.start >= 2
                && self.is(group.start - 1, Class::That)
                && self.grammar.words.noun(&self.items, group.start - 2, &[NounRole::Hedge]).is_some();
        if group.modal || doubted {
            return Mood::Hedged;
        }
        let own = if group.negated { Mood::Denied } else { Mood::Said };
        let before = at.checked_sub(1).map(|before| &groups[before]);
        if group.infinitive {
            let Some(governor) = before else { return Mood::Hedged };
            let between = &self.items[governor.to..group.from];
            let peers = (governor.to..group.from).any(|i| {
                self.is(i, Class::Both) || self.grammar.words.noun(&self.items, i, &[NounRole::Peer]).is_some()
            });
            let ranked = between.last().is_some_and(|item| item.is(Class::First)) && between.len() > 1
                || peers && between.iter().any(|item| item.is(Class::First) || item.folded == "among")
                || between.windows(2).any(|two| matches!(two[0].what, What::Number(_)) && two[1].is(Class::Of));
            let main = self.mood(groups, at - 1);
            // "voted for A to join": what is wished of A.
            let wished = between.first().is_some_and(|item| item.is(Class::For)) && !ranked;
            let governed = match governor.governs {
                _ if between.len() > 14 || wished => Mood::Hedged,
                _ if ranked => main,
                Some(Infinitive::Asserts) if governor.lemma != "become" => main,
                Some(Infinitive::Denies) if between.is_empty() => match main {
                    Mood::Said => Mood::Denied,
                    Mood::Denied => Mood::Said,
                    Mood::Hedged => Mood::Hedged,
                },
                _ => Mood::Hedged,
            };
            return match (governed, own) {
                (Mood::Said, Mood::Denied) => Mood::Denied,
                (governed, _) => governed,
            };
        }
        if group.form == VerbForm::Ing {
            if self.items[..group.from].last().is_some_and(|item| item.folded == "without") {
                return Mood::Denied;
            }
            let governed = before.is_some_and(|before| before.governs.is_some() && before.to + 2 >= group.from);
            // "refused an offer to join it in severing ties": what is hedged stays so to the next comma.
            let hedged = before.is_some_and(|before| {
                let inside = self.is(group.from - 1, Class::In);
                before.infinitive && inside && !self.items[before.to..group.from].iter().any(|item| item.is_mark(','))
            }) && self.mood(groups, at - 1) == Mood::Hedged;
            let governed = governed || hedged;
            let helped = self.items[group.from..group.verb].iter().any(|item| item.is_any(&[Class::Be, Class::Was]));
            return if governed || helped { Mood::Hedged } else { own };
        }
        // "A and B": what is joined to a hedged verb without a subject of its own is hedged too.
        own
    }
}
