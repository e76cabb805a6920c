//! Missions: who has which establishment where, since when.
//!
//! The parse is centred on the kinds of mission. Each is read as a noun phrase (owner, qualities, kind,
//! target, places, dates) and the word that governs it says what is stated: having, opening, closing,
//! serving as the seat of an accreditation, or nothing.

use super::items::What;
use super::lexicon::Class;
use super::places::{Place, Places};
use super::{Form, Reading, Sentence};
use crate::model::{Bound, MissionKind, Polarity, Span, Statement};

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
    /// Made into another kind.
    Upgrade,
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
    pub sender: Option<usize>,
    /// "its", "their".
    pub own: bool,
    /// Receivers named with "to".
    pub receivers: Vec<usize>,
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

/// The clause that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    pub subject: Vec<usize>,
    pub negated: bool,
    pub planned: bool,
    pub past: bool,
    /// Whether the subject is somebody whom no table knows.
    pub stranger: bool,
    /// Receivers of the last accreditation, for "the UK develops relations through…".
    pub receivers: Vec<usize>,
}

pub(super) fn read(sentence: &Sentence<'_>, reading: &mut Reading) {
    let mut parser = Parser { s: sentence, clause: Clause::default(), reading, previous: None };
    parser.run();
}

pub(super) struct Parser<'p, 's> {
    pub s: &'p Sentence<'s>,
    pub clause: Clause,
    pub reading: &'p mut Reading,
    /// The phrase before, for coordination.
    pub previous: Option<Phrase>,
}

const VERBS: [Class; 19] = [
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
    Class::Upgrade,
    Class::Locate,
    Class::Serve,
    Class::Move,
    Class::Plan,
    Class::Do,
    Class::Past,
    Class::NoLonger,
];

impl Parser<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.s.items.len() {
            let item = &self.s.items[at];
            at = match &item.what {
                What::Mark(';') => {
                    self.clause = Clause {
                        subject: std::mem::take(&mut self.clause.subject),
                        receivers: std::mem::take(&mut self.clause.receivers),
                        ..Clause::default()
                    };
                    self.previous = None;
                    at + 1
                }
                What::Word(class) => self.word(at, *class),
                What::Kind(..) => self.mission(at),
                _ => at + 1,
            };
        }
    }

    fn word(&mut self, at: usize, class: Class) -> usize {
        match class {
            Class::Not | Class::Nor => {
                if self.denied_accreditation(at) {
                    return at + 1;
                }
                self.clause.negated = true;
                at + 1
            }
            Class::While => {
                self.clause.negated = false;
                self.clause.planned = false;
                self.clause.past = false;
                self.previous = None;
                at + 1
            }
            Class::Plan => {
                self.subject(at);
                self.clause.planned = true;
                at + 1
            }
            Class::Accredit | Class::Represent => {
                self.subject(at);
                self.accreditation(at, class)
            }
            Class::Accreditation => self.accreditation_noun(at),
            Class::Officer => self.officer(at),
            class if VERBS.contains(&class) => {
                self.subject(at);
                at + 1
            }
            _ => at + 1,
        }
    }

    /// Sets the subject of the clause from what stands left of the verb at `at`.
    fn subject(&mut self, at: usize) {
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

    fn begin(&mut self, subject: Vec<usize>) {
        if subject != self.clause.subject {
            self.clause = Clause { receivers: std::mem::take(&mut self.clause.receivers), ..Clause::default() };
            self.clause.subject = subject;
            self.previous = None;
        }
    }

    /// The first name before `at` in its clause that is no object of a preposition.
    fn first_noun(&self, at: usize) -> Option<usize> {
        let from = self.s.items[..at]
            .iter()
            .rposition(|item| {
                item.is_mark(';') || item.is_any(&[Class::While, Class::But, Class::That, Class::When, Class::Where])
            })
            .map_or(0, |from| from + 1);
        (from..at).find(|i| self.s.noun(*i).is_some() && !self.s.governed(*i)).and_then(|i| self.s.noun(i))
    }

    /// Reads the mission phrase around the kind at `at` and states what it says; returns where to go on.
    fn mission(&mut self, at: usize) -> usize {
        let phrase = self.phrase(at);
        let next = phrase.right.max(at + 1);
        if self.seat_of_accreditation(&phrase) {
            return next;
        }
        self.emit(&phrase);
        self.previous = Some(phrase);
        next
    }

    /// The noun phrase around the kind at `at`.
    pub(super) fn phrase(&self, at: usize) -> Phrase {
        let items = &self.s.items;
        let mut phrase = Phrase {
            left: at,
            right: at + 1,
            kinds: Vec::new(),
            sender: None,
            own: false,
            receivers: Vec::new(),
            organisation: None,
            places: Places::Named(Vec::new()),
            nonresident: false,
            past: false,
            governor: Governor::None,
            negated: false,
            planned: false,
        };
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
    fn targets(&self, at: usize, phrase: &mut Phrase) -> usize {
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
                let slug = self.s.grammar.gazetteer.organisation_at(*organisation).slug.clone();
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
    fn leftwards(&self, phrase: &mut Phrase) {
        let items = &self.s.items;
        let mut others = 0;
        let mut determined = false;
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
                    phrase.left -= 1;
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
            phrase.left = at;
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

    fn owner_before(&self, left: usize) -> bool {
        left > 0
            && (self.s.items[left - 1].what == What::Possessive
                || self.s.is_any(left - 1, &[Class::Adverb, Class::Both]))
    }

    /// What the phrase depends on.
    fn govern(&self, phrase: &mut Phrase) {
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
                Class::Through | Class::By | Class::From if self.coordinates(i - 1, phrase) => return,
                Class::Have | Class::Lack => Governor::Have,
                Class::Had => Governor::Had,
                Class::Open => Governor::Open,
                Class::Reopen => Governor::Reopen,
                Class::Close => Governor::Close,
                Class::Upgrade => Governor::Upgrade,
                Class::Host => Governor::Host,
                Class::To if (i.saturating_sub(4)..i).any(|at| self.s.is(at, Class::Upgrade)) => Governor::Open,
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
        if i == 0 || comma && self.clause_initial(i) {
            phrase.governor = Governor::Subject;
        }
    }

    /// "persuaded Senegal to open": an infinitive says what is wanted, not what is.
    fn intended(&self, at: usize) -> bool {
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

    fn clause_initial(&self, i: usize) -> bool {
        i == 0 || self.s.is_mark(i - 1, ',') || self.s.is_mark(i - 1, ';')
    }

    /// If the phrase before ends right at `end` (but for a list mark), this phrase goes on with its verb.
    fn coordinates(&self, end: usize, phrase: &mut Phrase) -> bool {
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

    /// Senders of a phrase: its owner, else the subject of the clause.
    pub(super) fn senders(&self, phrase: &Phrase) -> Vec<usize> {
        match phrase.sender {
            Some(owner) => vec![owner],
            None => self.clause.subject.clone(),
        }
    }

    /// "relations between A and B are coordinated by the embassy of A in C".
    fn handled(&mut self, phrase: &Phrase) {
        let (Some(sender), Places::Named(places)) = (phrase.sender, &phrase.places) else { return };
        let Some(other) = self.s.counterpart(sender) else { return };
        for place in places {
            let host = self.s.country(place, &[other]);
            if host.is_some_and(|host| host != other && host != sender) {
                self.accredit(sender, other, place.city.clone(), host, Span::default());
            }
        }
    }

    /// "Cairo hosts Mongolia's only embassy": the subject is where the mission stands.
    fn hosted(&mut self, phrase: &Phrase) {
        let (Some(sender), false) = (phrase.sender, phrase.negated) else { return };
        let verb = (0..phrase.left).rev().find(|at| self.s.is(*at, Class::Host));
        let named = verb.and_then(|verb| (0..verb).rev().find(|at| self.s.items[*at].name().is_some()));
        let Some((Places::Named(places), _)) = named.map(|at| self.s.places_bare(at)) else { return };
        for place in &places {
            let prefer: Vec<usize> = self.s.counterpart(sender).into_iter().collect();
            if let Some(receiver) = self.s.country(place, &prefer) {
                for &(kind, _) in &phrase.kinds {
                    self.mission_of(kind, sender, receiver, place.city.clone(), self.span(phrase));
                }
            }
        }
    }

    /// "a visa office", "a coordination office": an office of another sort than those that represent a state.
    fn is_other_office(&self, phrase: &Phrase) -> bool {
        let at = (phrase.left..phrase.right).find(|at| matches!(self.s.items[*at].what, What::Kind(..)));
        at.is_some_and(|at| {
            matches!(self.s.items[at].folded.as_str(), "office" | "offices")
                && at > phrase.left
                && self.s.items[phrase.left..at].iter().any(|item| {
                    item.what == What::Other
                        && !matches!(item.folded.as_str(), "temporary" | "small" | "new" | "diplomatic" | "permanent")
                })
        })
    }

    fn emit(&mut self, phrase: &Phrase) {
        if self.is_other_office(phrase) {
            return;
        }
        if phrase.governor == Governor::Host {
            return self.hosted(phrase);
        }
        if phrase.governor == Governor::Handled {
            return self.handled(phrase);
        }
        if phrase.planned || phrase.governor == Governor::None || phrase.governor == Governor::Through {
            return;
        }
        let mut span = self.span(phrase);
        let mut phrase = phrase.clone();
        if phrase.governor == Governor::Subject {
            if !self.subject_states(&phrase, &mut span) {
                return;
            }
            self.predicate_places(&mut phrase);
        }
        let phrase = &phrase;
        let mut senders = self.senders(phrase);
        if phrase.governor == Governor::Exists && phrase.sender.is_none() {
            senders.clear();
        }
        if senders.is_empty() && !self.clause.stranger {
            senders = self.sender_by_place(phrase);
        }
        if phrase.negated {
            self.deny(phrase, &senders);
            return;
        }
        if phrase.governor == Governor::Have && phrase.places.is_empty() && phrase.receivers.is_empty() {
            let counted = phrase.kinds.iter().all(|(_, many)| *many);
            if counted || self.s.is_any(phrase.right, &[Class::To, Class::In, Class::Of]) {
                return;
            }
        } else if phrase.places.is_empty() && phrase.receivers.is_empty() && phrase.organisation.is_none() {
            // "closed its embassy" inside a row speaks of the row's country; elsewhere of nobody.
            if self.s.context.other.is_none() || phrase.kinds.iter().all(|(_, many)| *many) {
                return;
            }
        }
        // "an embassy and 3 honorary consulates (in A, B and C)": the places are those of the plural.
        let several = matches!(&phrase.places, Places::Named(places) if places.len() > 1);
        let plural = phrase.kinds.last().is_some_and(|(_, many)| *many);
        let bare = Phrase { places: Places::Named(Vec::new()), ..phrase.clone() };
        for sender in &senders {
            for &(kind, many) in &phrase.kinds {
                let phrase = if several && plural && !many { &bare } else { phrase };
                self.emit_one(phrase, *sender, kind, span, senders.len() > 1);
            }
        }
    }

    /// Whose mission a phrase without owner and subject is: of the party in whose land it does not stand.
    fn sender_by_place(&self, phrase: &Phrase) -> Vec<usize> {
        let (Some(parties), Places::Named(places)) = (self.s.parties(), &phrase.places) else { return Vec::new() };
        let Some(country) = places.first().and_then(|place| self.s.country(place, &parties)) else {
            return Vec::new();
        };
        match parties.iter().position(|party| *party == country) {
            Some(0) => vec![parties[1]],
            Some(_) => vec![parties[0]],
            None => Vec::new(),
        }
    }

    fn emit_one(&mut self, phrase: &Phrase, sender: usize, kind: MissionKind, span: Span, shared: bool) {
        // A permanent mission is one to an organisation; without one named the sentence says too little.
        if kind == MissionKind::PermanentMission && phrase.organisation.is_none() {
            return;
        }
        let places = match &phrase.places {
            Places::EachOther => {
                let others: Vec<usize> = match self.s.parties() {
                    Some(parties) => parties.into_iter().filter(|party| *party != sender).collect(),
                    None => self.clause.subject.iter().copied().filter(|party| *party != sender).collect(),
                };
                for other in others {
                    self.mission_of(kind, sender, other, None, span);
                }
                return;
            }
            Places::Named(places) => places,
        };
        if let Some(organisation) = &phrase.organisation {
            let city = places.first().and_then(|place| place.city.clone());
            let kind =
                if kind.class() == crate::model::MissionClass::Resident { MissionKind::PermanentMission } else { kind };
            let statement =
                Statement::Mission { kind, sending: self.s.slug(sender).into(), receiving: organisation.clone(), city };
            self.s.state(self.reading, statement, Polarity::Asserted, span);
            return;
        }
        if places.is_empty() {
            let receivers = match phrase.receivers.as_slice() {
                [] => self.s.counterpart(sender).into_iter().collect(),
                named => named.to_vec(),
            };
            for receiver in receivers.into_iter().filter(|receiver| *receiver != sender) {
                self.mission_of(kind, sender, receiver, None, span);
            }
            return;
        }
        for place in places {
            self.emit_at(phrase, sender, kind, place, span, shared);
        }
    }

    fn emit_at(&mut self, phrase: &Phrase, sender: usize, kind: MissionKind, place: &Place, span: Span, shared: bool) {
        let counterpart = self.s.counterpart(sender);
        let mut prefer: Vec<usize> = phrase.receivers.clone();
        prefer.extend(counterpart);
        let country = self.s.country(place, &prefer);
        if shared && country == Some(sender) {
            return;
        }
        let target = phrase.receivers.first().copied();
        let receiver = match (target, country) {
            (Some(target), _) if target == sender => return,
            (Some(target), Some(country)) if !self.within(country, target) => {
                for &target in &phrase.receivers {
                    self.accredit(sender, target, place.city.clone(), Some(country), span);
                }
                return;
            }
            (Some(target), _) => target,
            (None, Some(country)) if phrase.nonresident => {
                if let Some(other) = counterpart.filter(|other| *other != country) {
                    self.accredit(sender, other, place.city.clone(), Some(country), span);
                }
                return;
            }
            (None, Some(country)) if country == sender => {
                // The seat is in the sender's own land: the sentence cannot mean that.
                let message = format!(
                    "\"{}\" is in {} itself; no mission read",
                    place.city.as_deref().unwrap_or(""),
                    self.s.grammar.gazetteer.entity_at(sender).name
                );
                self.reading.problems.push(message);
                return;
            }
            (None, Some(country)) => match counterpart {
                Some(other) if self.within(country, other) => other,
                _ => country,
            },
            (None, None) => match counterpart {
                Some(other) if place.city.is_some() => other,
                _ => return,
            },
        };
        self.mission_of(kind, sender, receiver, place.city.clone(), span);
    }

    /// Whether a place in `country` is where missions to `receiver` stand: the same state, a territory of
    /// it, or Rome for the Holy See.
    pub(super) fn within(&self, country: usize, receiver: usize) -> bool {
        let gazetteer = self.s.grammar.gazetteer;
        let (country, receiver) = (gazetteer.entity_at(country), gazetteer.entity_at(receiver));
        country.slug == receiver.slug
            || country.parent.as_deref() == Some(&receiver.slug)
            || matches!(receiver.slug.as_str(), "holy-see" | "sovereign-military-order-of-malta")
                && country.slug == "italy"
            || receiver.kind == crate::model::EntityKind::FormerState
            || gazetteer
                .successions(&country.slug)
                .any(|row| row.former == receiver.slug || row.successor == receiver.slug)
                && (country.kind == crate::model::EntityKind::FormerState)
    }

    pub(super) fn mission_of(
        &mut self,
        kind: MissionKind,
        sender: usize,
        receiver: usize,
        city: Option<String>,
        span: Span,
    ) {
        if sender == receiver {
            return;
        }
        let statement = Statement::Mission {
            kind,
            sending: self.s.slug(sender).to_owned(),
            receiving: self.s.slug(receiver).to_owned(),
            city,
        };
        self.s.state(self.reading, statement, Polarity::Asserted, span);
    }

    /// "does not have an embassy in Libya", "has no diplomatic representation".
    fn deny(&mut self, phrase: &Phrase, senders: &[usize]) {
        let resident = phrase.kinds.iter().any(|(kind, _)| kind.class() == crate::model::MissionClass::Resident);
        if !resident {
            return;
        }
        let any = self.s.items[phrase.left..]
            .iter()
            .any(|item| item.folded == "representation" || item.folded == "representations");
        for &sender in senders {
            let counterpart = self.s.counterpart(sender);
            let mut receivers = phrase.receivers.clone();
            match &phrase.places {
                Places::EachOther => receivers.extend(counterpart),
                Places::Named(places) => {
                    let prefer: Vec<usize> = counterpart.into_iter().collect();
                    if receivers.is_empty() {
                        receivers.extend(places.iter().filter_map(|place| self.s.country(place, &prefer)));
                    }
                    if receivers.is_empty() {
                        receivers.extend(counterpart);
                    }
                }
            }
            for receiver in receivers.into_iter().filter(|receiver| *receiver != sender) {
                let (sending, receiving) = (self.s.slug(sender).to_owned(), self.s.slug(receiver).to_owned());
                let statement = if any {
                    Statement::Accreditation { sending, receiving, city: None, host: None }
                } else {
                    Statement::Mission { kind: MissionKind::Embassy, sending, receiving, city: None }
                };
                self.s.state(self.reading, statement, Polarity::Denied, Span::default());
            }
        }
    }

    /// Whether a phrase that is a subject or stands alone states that the mission exists, and the dates
    /// that its predicate gives.
    fn subject_states(&self, phrase: &Phrase, span: &mut Span) -> bool {
        let owned = phrase.sender.is_some();
        let rest = &self.s.items[phrase.right.min(self.s.items.len())..];
        let verb = rest.iter().take(8).find_map(|item| match item.what {
            What::Word(class) if VERBS.contains(&class) => Some(class),
            _ => None,
        });
        match verb {
            Some(Class::Open | Class::Reopen | Class::Close | Class::Locate) => owned || self.s.parties().is_some(),
            Some(Class::Be | Class::Was) => {
                let predicate = rest.iter().take(12).any(|item| {
                    item.is_any(&[Class::Open, Class::Reopen, Class::Close, Class::Locate]) || item.is(Class::In)
                });
                predicate && owned
            }
            Some(_) => false,
            // A line that is only the phrase: "South Korean embassy in Warsaw".
            None => {
                let bare = rest.iter().all(|item| {
                    matches!(item.what, What::Mark(_) | What::Date(_) | What::Kind(..) | What::Number(_))
                        || item.name().is_some()
                        || item.is_any(&[Class::And, Class::In, Class::Det, Class::Since, Class::To, Class::Of])
                        || item.what == What::Proper
                });
                if span.ended.is_none() && phrase.past {
                    span.ended = Some(Bound::UNKNOWN);
                }
                bare && !phrase.places.is_empty() && (owned || self.s.parties().is_some() && phrase.left == 0)
            }
        }
    }

    /// Where a mission that is a subject stands, as its predicate says: "was opened in Riyadh", "is located in
    /// the Serail Hill Area, Army Street, Beirut".
    fn predicate_places(&self, phrase: &mut Phrase) {
        let city = matches!(&phrase.places, Places::Named(places) if places.iter().any(|place| place.city.is_some()));
        if city {
            return;
        }
        let limit = self.s.items.len().min(phrase.right + 10);
        let mut i = phrase.right;
        while i < limit && !self.s.is_any(i, &[Class::Open, Class::Reopen, Class::Close, Class::Locate]) {
            if matches!(self.s.items[i].what, What::Kind(..) | What::Mark(';')) {
                return;
            }
            i += 1;
        }
        i += 1;
        while i < limit && !self.s.is(i, Class::In) {
            i += 1;
        }
        if let (Places::Named(found), _) = self.s.places(i) {
            // Of an address, the part that is a known city.
            let known = found.iter().find(|place| !place.cities.is_empty()).cloned();
            let known =
                known.or_else(|| self.city_ahead(i)).or_else(|| found.into_iter().find(|place| place.city.is_some()));
            if let Some(mut place) = known {
                if let Places::Named(named) = &phrase.places
                    && let Some(country) = named.first().and_then(|place| place.country)
                {
                    place.country = Some(country);
                }
                phrase.places = Places::Named(vec![place]);
            }
        }
    }

    /// The next known city of an address that begins at `at`.
    fn city_ahead(&self, at: usize) -> Option<Place> {
        let at = at.min(self.s.items.len());
        let end = self.s.items[at..].iter().position(|item| {
            matches!(item.what, What::Mark(';')) || matches!(item.what, What::Word(class) if VERBS.contains(&class))
        });
        let end = end.map_or(self.s.items.len(), |end| at + end).min(at + 16);
        (at..end).find_map(|i| {
            let (Places::Named(places), _) = self.s.places_bare(i) else { return None };
            places.into_iter().find(|place| !place.cities.is_empty())
        })
    }

    /// Since and until, as the words around the phrase say.
    pub(super) fn span(&self, phrase: &Phrase) -> Span {
        let items = &self.s.items;
        let mut span = Span::default();
        let mut opened = matches!(phrase.governor, Governor::Open | Governor::Reopen);
        let mut closed = matches!(phrase.governor, Governor::Close | Governor::Upgrade);
        let mut began = None;
        let mut ended = None;
        let mut loose = None;
        let mut i = phrase.right;
        while let Some(item) = items.get(i) {
            match &item.what {
                What::Kind(..) | What::Mark(';') => break,
                What::Word(Class::While | Class::Accredit | Class::Represent | Class::Have) => break,
                What::Name(_) if i > phrase.right + 1 && self.s.begins_clause(i) => break,
                What::Word(Class::Open | Class::Opening) if i > phrase.right => opened = true,
                What::Word(Class::Open) => opened = true,
                What::Word(Class::Reopen) => {
                    opened = true;
                    closed = false;
                }
                What::Word(Class::Close | Class::Upgrade) => {
                    closed = true;
                    loose = None;
                }
                What::Date(bound) => {
                    let before = i.checked_sub(1).and_then(|at| match items[at].what {
                        What::Word(class) => Some(class),
                        _ => None,
                    });
                    match before {
                        Some(Class::Since) => began = began.or(Some(*bound)),
                        Some(Class::From) if self.s.is_any(i + 1, &[Class::Until, Class::To]) => began = Some(*bound),
                        Some(Class::Between) => began = Some(*bound),
                        Some(Class::Until) => ended = Some(*bound),
                        Some(Class::To | Class::And)
                            if began.is_some()
                                && ended.is_none()
                                && i >= 2
                                && matches!(items[i - 2].what, What::Date(_)) =>
                        {
                            ended = Some(*bound);
                        }
                        _ if closed && ended.is_none() => ended = Some(*bound),
                        _ if opened && began.is_none() => began = Some(*bound),
                        _ => loose = loose.or(Some(*bound)),
                    }
                }
                _ => {}
            }
            i += 1;
        }
        // A date at the head of the sentence: "In 1996, Switzerland opened…", "Since 1992, …".
        let head = items[..phrase.left].iter().enumerate().rev().find_map(|(at, item)| match item.what {
            What::Date(bound) => Some((at, bound)),
            _ => None,
        });
        if let Some((at, bound)) = head {
            let since = at > 0 && self.s.is(at - 1, Class::Since);
            if began.is_none() && (opened && !closed || since) {
                began = Some(bound);
            }
            if ended.is_none() && closed && !since {
                ended = Some(bound);
            }
        }
        let past = phrase.past
            || phrase.governor == Governor::Had && began.is_none()
            || phrase.governor == Governor::Have && self.clause.past;
        span.began = began.unwrap_or(Bound::UNKNOWN);
        span.ended = match (ended, closed || past) {
            (Some(bound), _) => Some(bound),
            (None, true) => Some(Bound::UNKNOWN),
            (None, false) => None,
        };
        if phrase.governor == Governor::Reopen {
            span.ended = None;
        }
        span
    }
}
