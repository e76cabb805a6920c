//! A mission as a noun phrase: owner, qualities, kinds, target, places, and the word that governs it.

use super::Form;
use super::items::What;
use super::lexicon::Class;
use super::missions::Parser;
use super::places::Places;
use crate::model::MissionKind;
use crate::names::EntityAt;

/// What governs a mission phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// Has, maintains, operates.
    Have,
    /// Had, used to have.
    Had,
    /// Opened, established.
    Open,
    /// Opened again.
    Reopen,
    /// Closed, withdrew.
    Close,
    /// "There is".
    Exists,
    /// Through, by, from: the seat of a representation.
    Through,
    /// Nothing: the phrase is the subject or stands alone.
    Subject,
    /// "relations are coordinated by the embassy in …": the seat of a cover.
    Handled,
    /// Stands in the land of the subject: "Cairo hosts Mongolia's embassy".
    Host,
    /// Anything that states no mission.
    None,
}

/// A mission as a noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// First item.
    pub left: usize,
    /// Item after the last.
    pub right: usize,
    /// Kinds that share the places, with whether each is plural.
    pub kinds: Vec<(MissionKind, bool)>,
    /// Owner named in the phrase.
    pub sender: Option<EntityAt>,
    /// "its", "their".
    pub own: bool,
    /// Receivers named with "to".
    pub receivers: Vec<EntityAt>,
    /// Organisation named with "to", by slug.
    pub organisation: Option<String>,
    /// Where it stands.
    pub places: Places,
    /// "non-resident".
    pub nonresident: bool,
    /// "former", "first … until".
    pub past: bool,
    /// What the phrase depends on.
    pub governor: Governor,
    /// Whether that is negated.
    pub negated: bool,
    /// Whether that is only planned.
    pub planned: bool,
}

/// Words that make a clause.
pub(super) const VERBS: [Class; 18] = [
    Class::Have,
    Class::Had,
    Class::Be,
    Class::Was,
    Class::Open,
    Class::Reopen,
    Class::Close,
    Class::Accredit,
    Class::Represent,
    Class::Host,
    Class::Lack,
    Class::Locate,
    Class::Serve,
    Class::Move,
    Class::Plan,
    Class::Do,
    Class::Past,
    Class::NoLonger,
];

impl Phrase {
    /// A phrase without content between two items.
    pub(super) fn empty(left: usize, right: usize, governor: Governor) -> Phrase {
        Phrase {
            left,
            right,
            kinds: Vec::new(),
            sender: None,
            own: false,
            receivers: Vec::new(),
            organisation: None,
            places: Places::Named(Vec::new()),
            nonresident: false,
            past: false,
            governor,
            negated: false,
            planned: false,
        }
    }
}

impl Parser<'_, '_> {
    /// The noun phrase around the kind at `at`.
    pub(super) fn phrase(&self, at: usize) -> Phrase {
        let items = &self.s.items;
        let mut phrase = Phrase::empty(at, at + 1, Governor::None);
        self.leftwards(&mut phrase);
        // Kinds that share what follows: "an embassy and an honorary consulate in Prague".
        let mut i = at;
        loop {
            if let What::Kind(kind, many) = items[i].what {
                phrase.kinds.push((kind, many));
            }
            let mut j = i + 1;
            if self.s.is_mark(j, ',') {
                j += 1;
            }
            if !self.s.is(j, Class::And) {
                break;
            }
            j += 1;
            while self.s.is_any(j, &[Class::Det, Class::Adverb, Class::Its, Class::Adjective])
                || self.s.item(j).is_some_and(|item| matches!(item.what, What::Number(_)))
            {
                j += 1;
            }
            if !self.s.item(j).is_some_and(|item| matches!(item.what, What::Kind(..))) {
                break;
            }
            i = j;
        }
        i += 1;
        // "an office of the high commission in Lusaka"
        let whole = if self.s.is(i + 1, Class::Det) { i + 2 } else { i + 1 };
        if self.s.is(i, Class::Of) && self.s.item(whole).is_some_and(|item| matches!(item.what, What::Kind(..))) {
            phrase.kinds = vec![(MissionKind::EmbassyOffice, false)];
            i = whole + 1;
        }
        // "of Kazakhstan", "of the Republic of …"
        if self.s.is(i, Class::Of) {
            let name = if self.s.is(i + 1, Class::Det) { i + 2 } else { i + 1 };
            if let Some(owner) = self.s.noun(name) {
                phrase.sender = phrase.sender.or(Some(owner));
                i = name + 1;
            }
        }
        i = self.targets(i, &mut phrase);
        let (places, end) = self.s.places(i);
        phrase.places = places;
        i = end;
        if phrase.receivers.is_empty() && phrase.organisation.is_none() {
            i = self.targets(i, &mut phrase);
        }
        phrase.right = i;
        self.govern(&mut phrase);
        phrase
    }

    /// "to Norway", "to Latvia and Estonia", "to the United Nations".
    pub(super) fn targets(&self, at: usize, phrase: &mut Phrase) -> usize {
        let mut i = at;
        if self.s.is(i, Class::Accredit) && self.s.is(i + 1, Class::To) && phrase.governor == Governor::None {
            // "an embassy accredited to the Holy See"
            i += 1;
        }
        let towards = self.s.is(i, Class::To) || self.s.is(i, Class::For) && self.s.noun(i + 1).is_some();
        if !towards {
            return at;
        }
        i += 1;
        let mut end = at;
        loop {
            while self.s.is_any(i, &[Class::Det, Class::Both]) {
                i += 1;
            }
            if let Some(name) = self.s.noun(i) {
                phrase.receivers.push(name);
            } else if let Some(senses) = self.s.item(i).and_then(|item| item.name())
                && let [organisation] = senses.organisations.as_slice()
            {
                let slug = self.s.grammar.gazetteer.organisation_at(*organisation).slug.to_string();
                phrase.organisation = Some(slug);
            } else {
                return end;
            }
            end = i + 1;
            i = end;
            if self.s.is_mark(i, ',') {
                i += 1;
            }
            if self.s.is(i, Class::And) {
                i += 1;
            }
            if i == end || self.s.begins_clause(i) {
                return end;
            }
        }
    }

    /// Owner, qualities and left end of the phrase.
    pub(super) fn leftwards(&self, phrase: &mut Phrase) {
        let items = &self.s.items;
        let mut others = 0;
        let mut determined = false;
        // The name before a possessive belongs to the phrase too.
        let mut owned = 0;
        while phrase.left > 0 {
            let at = phrase.left - 1;
            let item = &items[at];
            match &item.what {
                What::Word(Class::Det) => {
                    if determined && phrase.sender.is_none() {
                        break;
                    }
                    determined = true;
                }
                What::Word(Class::Its) => {
                    phrase.own = true;
                    determined = true;
                }
                What::Word(Class::NonResident) => phrase.nonresident = true,
                What::Word(Class::Past) => phrase.past = true,
                What::Word(Class::First | Class::Adjective | Class::Resident | Class::Adverb | Class::Mutual) => {}
                What::Number(_) | What::Mark('-') if !determined => {}
                What::Possessive if phrase.sender.is_none() => {
                    let Some(owner) = at.checked_sub(1).and_then(|at| self.s.noun(at)) else { break };
                    phrase.sender = Some(owner);
                    determined = true;
                    owned = 1;
                }
                What::Name(senses) if phrase.sender.is_none() && !determined => {
                    let adjective = self.s.entity(at, &[Form::Demonym]);
                    let noun = self.s.noun(at);
                    match adjective.or(noun) {
                        Some(owner) => phrase.sender = Some(owner),
                        None if senses.entities.iter().any(|(_, form)| *form == Form::Demonym) => break,
                        None => break,
                    }
                }
                What::Kind(..) => break,
                What::Other if !determined && others < 2 => others += 1,
                _ => break,
            }
            phrase.left = at - std::mem::take(&mut owned);
            if determined && phrase.sender.is_none() && !self.owner_before(phrase.left) {
                break;
            }
            let open = phrase.left > 0
                && (self.s.is_any(phrase.left - 1, &[Class::Det, Class::First, Class::Past, Class::Adjective])
                    || !determined && self.s.items[phrase.left - 1].what == What::Other);
            if phrase.sender.is_some() && !open {
                break;
            }
        }
    }

    pub(super) fn owner_before(&self, left: usize) -> bool {
        left > 0
            && (self.s.items[left - 1].what == What::Possessive
                || self.s.is_any(left - 1, &[Class::Adverb, Class::Both]))
    }

    /// What the phrase depends on.
    pub(super) fn govern(&self, phrase: &mut Phrase) {
        let items = &self.s.items;
        phrase.negated = self.clause.negated;
        phrase.planned = self.clause.planned;
        let mut i = phrase.left;
        let mut comma = false;
        while i > 0 {
            let item = &items[i - 1];
            let class = match item.what {
                What::Word(class) => class,
                What::Mark(',' | '(' | ')' | '"') | What::Number(_) => {
                    comma = true;
                    i -= 1;
                    if self.coordinates(i, phrase) {
                        return;
                    }
                    continue;
                }
                What::Date(_) => {
                    comma = true;
                    i -= 1;
                    continue;
                }
                // "…, and Spain an honorary consulate in …": the verb of the clause before.
                What::Name(_) if !comma && i == phrase.left && phrase.sender.is_none() => {
                    if let (Some(owner), Some(previous)) = (self.s.noun(i - 1), &self.previous)
                        && i >= 2
                        && (items[i - 2].is_any(&[Class::And, Class::While, Class::But]) || items[i - 2].is_mark(','))
                    {
                        phrase.sender = Some(owner);
                        phrase.governor = previous.governor;
                    }
                    return;
                }
                _ => break,
            };
            if self.intended(i - 1) {
                phrase.planned = true;
            }
            phrase.governor = match class {
                Class::By
                    if i >= 2
                        && matches!(
                            items[i - 2].folded.as_str(),
                            "coordinated"
                                | "handled"
                                | "conducted"
                                | "managed"
                                | "covered"
                                | "maintained"
                                | "administered"
                        ) =>
                {
                    Governor::Handled
                }
                Class::As if i == 2 && self.s.noun(0).is_some() => {
                    // "Lebanon as an embassy in Paris": a slip for "has".
                    phrase.sender = phrase.sender.or(self.s.noun(0));
                    Governor::Have
                }
                Class::Through | Class::By | Class::From if self.coordinates(i - 1, phrase) => {
                    // "an embassy in Minsk, with other representation through the embassy in Moscow"
                    if self.previous.as_ref().is_some_and(|previous| !previous.kinds.is_empty()) {
                        phrase.governor = Governor::Handled;
                        phrase.sender = phrase.sender.or(self.clause.subject.first().copied());
                    }
                    return;
                }
                Class::Have | Class::Lack => Governor::Have,
                // "has had an embassy": it stands.
                Class::Had if i >= 2 && self.s.is(i - 2, Class::Have) => Governor::Have,
                Class::Had => Governor::Had,
                Class::Open => Governor::Open,
                Class::Reopen => Governor::Reopen,
                Class::Close => Governor::Close,
                Class::Host => Governor::Host,
                Class::Since if comma => {
                    i -= 1;
                    continue;
                }
                Class::Through | Class::By | Class::From => Governor::Through,
                Class::Of if i >= 2 && items[i - 2].is(Class::Opening) => Governor::Open,
                Class::Of if i >= 2 && items[i - 2].is(Class::Reopening) => Governor::Reopen,
                Class::Of if i >= 2 && items[i - 2].is(Class::Close) => Governor::Close,
                Class::Opening => Governor::Open,
                Class::Be | Class::Was if i >= 2 && items[i - 2].is(Class::There) => Governor::Exists,
                Class::Not => {
                    phrase.negated = true;
                    i -= 1;
                    continue;
                }
                Class::And | Class::As | Class::Nor | Class::But | Class::With if self.coordinates(i - 1, phrase) => {
                    return;
                }
                Class::And
                | Class::While
                | Class::But
                | Class::Nor
                | Class::Since
                | Class::In
                | Class::On
                | Class::After
                    if comma || i == 1 =>
                {
                    Governor::Subject
                }
                Class::And | Class::While | Class::That | Class::When | Class::Where | Class::But => Governor::Subject,
                Class::Adverb | Class::First | Class::Both | Class::Be | Class::Was | Class::Past | Class::Do => {
                    if matches!(class, Class::Be | Class::Was) && !self.s.is(i.wrapping_sub(2), Class::There) {
                        break;
                    }
                    i -= 1;
                    continue;
                }
                _ => Governor::None,
            };
            if phrase.governor == Governor::Have && items[i - 1].is(Class::Lack) {
                phrase.negated = true;
            }
            if phrase.governor == Governor::Have && i >= 2 && items[i - 2].is_any(&[Class::Past]) {
                phrase.past = true;
            }
            if phrase.governor == Governor::Have && i >= 2 && items[i - 2].is(Class::NoLonger) {
                phrase.past = true;
            }
            return;
        }
        if i == 0 || comma && self.clause_initial(i) || self.passive_after_comma(phrase) {
            phrase.governor = Governor::Subject;
        }
    }

    /// "As a result of the agreement, the Israeli liaison office was reopened in Rabat": the subject of a clause
    /// that an aside opens.
    fn passive_after_comma(&self, phrase: &Phrase) -> bool {
        let before = phrase.left > 0 && self.s.is_mark(phrase.left - 1, ',');
        before
            && self.s.is_any(phrase.right, &[Class::Was, Class::Be])
            && self.s.is_any(phrase.right + 1, &[Class::Open, Class::Reopen, Class::Close])
    }

    /// "persuaded Senegal to open": an infinitive says what is wanted, not what is.
    pub(super) fn intended(&self, at: usize) -> bool {
        let item = &self.s.items[at];
        item.is_any(&[Class::Open, Class::Reopen, Class::Close, Class::Have])
            && matches!(
                item.folded.as_str(),
                "open"
                    | "establish"
                    | "set up"
                    | "reopen"
                    | "re open"
                    | "close"
                    | "shut"
                    | "have"
                    | "maintain"
                    | "operate"
            )
            && at > 0
            && !(at.saturating_sub(5)..at).any(|i| self.s.is(i, Class::First))
            && (self.s.is(at - 1, Class::To)
                || self.s.is(at - 1, Class::Adverb) && self.s.is(at.wrapping_sub(2), Class::To))
    }

    pub(super) fn clause_initial(&self, i: usize) -> bool {
        i == 0 || self.s.is_mark(i - 1, ',') || self.s.is_mark(i - 1, ';')
    }

    /// If the phrase before ends right at `end` (but for a list mark), this phrase goes on with its verb.
    pub(super) fn coordinates(&self, end: usize, phrase: &mut Phrase) -> bool {
        let Some(previous) = &self.previous else { return false };
        let mut i = end;
        while i > previous.right
            && (self.s.is_mark(i - 1, ',')
                || self.s.is_mark(i - 1, ')')
                || self.s.is_any(i - 1, &[Class::And, Class::As]))
        {
            i -= 1;
        }
        // Dates of the phrase before may stand between.
        while i > previous.right
            && self.s.items[i - 1..i].iter().all(|item| {
                matches!(item.what, What::Date(_) | What::Mark(_))
                    || item.is_any(&[Class::Since, Class::In, Class::Open, Class::Adverb, Class::That, Class::Was])
            })
        {
            i -= 1;
        }
        // So may an aside between commas: "in Abuja, Ireland's first on the continent, and …".
        if i > previous.right
            && self.s.is_mark(previous.right, ',')
            && i - previous.right <= 12
            && self.s.items[previous.right..i].iter().all(|item| {
                !matches!(item.what, What::Kind(..) | What::Mark(';'))
                    && !matches!(item.what, What::Word(class) if VERBS.contains(&class))
            })
        {
            i = previous.right;
        }
        if i > previous.right || previous.governor == Governor::None {
            return false;
        }
        phrase.governor = previous.governor;
        phrase.negated = previous.negated;
        phrase.planned = previous.planned;
        if phrase.sender.is_none() {
            phrase.sender = previous.sender;
        }
        true
    }
}
