//! Membership of organisations that began, ended, was taken up again or stands: "joined B", "was expelled from B",
//! "share membership of B, C and D".

use super::super::lexicon::Class;
use super::super::tables::{FORMS, FormRow, NounRole, Role, States, VerbForm};
use super::super::{Found, Reading, What};
use super::day::When;
use super::groups::{Mood, is_boundary};
use super::parties::{Party, preposition};
use super::roles::{Subject, Thing};
use super::words::NounAt;
use super::{Matcher, entities};
use crate::model::{Bound, Manner, Polarity, Span, Statement};
use crate::names::EntityAt;

/// An organisation of a list, with the day that stands beside it.
type Body = (String, Option<Bound>);

/// Most items between a verb and the preposition on which its organisations hang: "was admitted as a full member to".
const REACH: usize = 8;

impl Matcher<'_, '_, '_> {
    /// What a form of membership states whose head is the verb group at `at`.
    pub(super) fn members(&self, form: &FormRow, at: usize, thing: Option<Thing>, mood: Mood, reading: &mut Reading) {
        let group = &self.parsed.groups[at];
        // "voted to leave": that it left is not told; "became the first state to join" tells that it joined.
        let wished = group.infinitive
            && at.checked_sub(1).is_none_or(|before| !matches!(self.parsed.groups[before].lemma, "be" | "become"));
        if wished {
            return;
        }
        if group.form == VerbForm::Ing && group.from == group.verb && !self.ing_tells(group.from) {
            return;
        }
        let own = self.bodies(at, thing, form);
        let (bodies, first) = match own {
            Some(found) => found,
            None => (self.bodies_before(at, form), group.to),
        };
        if bodies.is_empty() {
            return;
        }
        // "was ostracised and expelled": what a passive goes on with is passive.
        let goes_on = at > 0
            && {
                let before = &self.parsed.groups[at - 1];
                let unknown = self.s().items.get(before.to).is_some_and(|item| item.folded.ends_with("ed"));
                before.passive || before.lemma == "be" && unknown
            }
            && group.from == group.verb
            && group.form != VerbForm::Ing
            && self.s().continues(&self.parsed.groups, at);
        let passive = group.passive || goes_on && form.first == [Role::Object];
        let members = match self.parsed.subject(at) {
            _ if passive != (form.first == [Role::Object]) => return,
            Subject::Named(parties) => entities(&parties),
            Subject::Pair => self.s().parties().map(|both| both.to_vec()).unwrap_or_default(),
            Subject::Stranger | Subject::Unnamed => return,
        };
        // "links through shared membership of B": how they are linked, and nothing that is over.
        let quality = group.from == group.verb
            && group.from.checked_sub(1).is_some_and(|before| {
                preposition(self.s(), before).is_some()
                    || self.s().is_any(before, &[Class::Through, Class::In, Class::For])
            });
        // "maintained membership": a word on the past, which says neither that it stands nor that it ended.
        if form.states == States::Member && form.label.as_deref() == Some("member") && (quality || group.past) {
            return;
        }
        let status = self.standing_as(group.to.min(first), group.end);
        // A day beyond a comma is another's: "left B, with an agreement in force from 2021".
        let year = self.memory.year;
        let close = (first..group.end).find(|i| self.s().is_mark(*i, ',') && !self.in_list(*i)).unwrap_or(group.end);
        let when = self.parsed.when_within(at, year, close.max(group.to));
        let head = self.parsed.when_within(at, year, first.max(group.to)).day;
        let bodies: Vec<Body> = match bodies.iter().any(|(_, own)| own.is_some()) && bodies.len() > 1 {
            true => bodies.into_iter().map(|(slug, own)| (slug, own.or(head))).collect(),
            false => bodies,
        };
        self.tell_members(form, &members, &bodies, when, mood, status, reading);
    }

    /// What a form of membership states whose head is a noun: "after its entry into B", "A's withdrawal from B in 1968".
    pub(super) fn members_of_noun(
        &self,
        form: &FormRow,
        noun: NounAt,
        governing: Option<usize>,
        members: &[Party],
        day: Option<Bound>,
        reading: &mut Reading,
    ) {
        let s = self.s();
        let mut at = noun.at;
        while at > 0
            && (s.items[at - 1].is_any(&[Class::Its, Class::Det, Class::Adjective]) || self.names_owner(at - 1))
        {
            at -= 1;
        }
        // "supports A's entry into B", "their views on it" tell of nothing that happened; "since A's entry into B" does.
        let happened = at.checked_sub(1).map_or(day.is_some(), |before| {
            let item = &s.items[before];
            let timed = item.is_any(&[Class::Since, Class::After, Class::Until, Class::Before, Class::When, Class::In])
                || matches!(item.folded.as_str(), "upon" | "following")
                || s.grammar.words.noun(&s.items, before, &[NounRole::Following]).is_some();
            timed || day.is_some() && (item.is_any(&[Class::And, Class::That]) || matches!(item.what, What::Mark(_)))
        });
        if !happened {
            return;
        }
        let its = s.items[at..noun.at].iter().any(|item| item.is(Class::Its));
        let subject = governing.or((!self.parsed.groups.is_empty()).then_some(0)).map(|at| self.parsed.subject(at));
        let members = match subject {
            Some(Subject::Named(parties)) if its => entities(&parties),
            _ => entities(members),
        };
        let start = (noun.end..s.items.len().min(noun.end + REACH))
            .find(|i| form.second.iter().any(|role| self.governs(*i, *role)))
            .filter(|start| (noun.end..*start).all(|i| s.items[i].name().is_none() || s.is(noun.end, Class::Of)));
        let Some(start) = start else { return };
        let Some((bodies, _)) = self.listed(start + 1, s.items.len()) else { return };
        self.tell_members(form, &members, &bodies, When { day, until: None }, Mood::Said, None, reading);
    }

    /// Whether a verb in -ing at `at` tells of what happened: "by joining B", "with A joining B"; "supports A joining B", "its
    /// interest in joining" do not.
    fn ing_tells(&self, at: usize) -> bool {
        let s = self.s();
        let mut before = at;
        while before > 0 && (s.party(before - 1).is_some() || s.is_any(before - 1, &[Class::Det, Class::Adverb])) {
            before -= 1;
        }
        let acts = before < at;
        before.checked_sub(1).is_none_or(|before| {
            let item = &s.items[before];
            matches!(item.what, What::Mark(_))
                || item.is_any(&[Class::And, Class::After, Class::Since, Class::Before, Class::Until])
                || acts && item.is_any(&[Class::With, Class::In])
                || !acts && item.is(Class::By)
                || s.grammar.words.noun(&s.items, before, &[NounRole::Following]).is_some()
        })
    }

    fn names_owner(&self, at: usize) -> bool {
        let item = &self.s().items[at];
        item.name().is_some() || item.what == What::Possessive
    }

    /// Whether the preposition of a role stands at an item.
    fn governs(&self, at: usize, role: Role) -> bool {
        preposition(self.s(), at) == Some(role) || role == Role::Of && self.s().is(at, Class::In)
    }

    /// The organisations that the verb group at `at` is about, where it names any; and where their list begins.
    fn bodies(&self, at: usize, thing: Option<Thing>, form: &FormRow) -> Option<(Vec<Body>, usize)> {
        let group = &self.parsed.groups[at];
        let from = thing.map_or(group.to, |thing| thing.end.max(group.to));
        if form.second == [Role::Object] {
            return self.listed(from, group.end);
        }
        let start = (from..group.end.min(from + REACH))
            .take_while(|i| !is_boundary(&self.s().items[*i]) && self.s().items[*i].name().is_none())
            .find(|i| form.second.iter().any(|role| self.governs(*i, *role)))?;
        let (mut found, first) = self.listed(start + 1, group.end)?;
        // "to A in 1979 upon its independence, and to B in 1999"
        for i in first + 1..group.end {
            let again = self.s().is(i - 1, Class::And) && form.second.iter().any(|role| self.governs(i, *role));
            if let Some((more, _)) = again.then(|| self.listed(i + 1, group.end)).flatten() {
                for body in more {
                    if !found.iter().any(|(known, _)| *known == body.0) {
                        found.push(body);
                    }
                }
            }
        }
        Some((found, first))
    }

    /// The organisations of a verb that names none itself: "the League, which it joined in 1920", "A joined B in 1995,
    /// while C joined in 2004".
    fn bodies_before(&self, at: usize, form: &FormRow) -> Vec<Body> {
        let s = self.s();
        let group = &self.parsed.groups[at];
        if form.second != [Role::Object] || !self.closes(group.to) {
            return Vec::new();
        }
        if group.start > 0 && s.items[group.start - 1].folded == "which" {
            let named = (group.start.saturating_sub(5)..group.start - 1).rev().find_map(|i| self.body(i));
            return named.map(|(slug, _)| (slug, None)).into_iter().collect();
        }
        // "joined B in 1983 and rejoined in 2020"
        let listed = (0..at).rev().find_map(|before| {
            let lemma = self.parsed.groups[before].lemma;
            let mut forms = FORMS.rows().iter().filter(|known| known.head == lemma && known.states.of_members());
            forms.find(|known| known.second == form.second)?;
            self.bodies(before, None, form)
        });
        listed.map(|(bodies, _)| bodies.into_iter().map(|(slug, _)| (slug, None)).collect()).unwrap_or_default()
    }

    /// Whether a verb has nothing to its right but a date.
    fn closes(&self, at: usize) -> bool {
        let s = self.s();
        match s.items.get(at) {
            None => true,
            Some(item) => {
                is_boundary(item)
                    || matches!(item.what, What::Mark(',' | ')') | What::Date(_))
                    || item.is_any(&[Class::In, Class::On, Class::Since])
                        && s.items.get(at + 1).is_some_and(|item| matches!(item.what, What::Date(_)))
            }
        }
    }

    /// The organisation at an item, and the item after it; an owner or a part of a longer name is none.
    fn body(&self, at: usize) -> Option<(String, usize)> {
        let s = self.s();
        let slug = s.organisation(at).or_else(|| {
            // A union of states that is a party of its own.
            s.noun(at).map(|noun| s.slug(noun).to_owned()).filter(|slug| slug == "european-union")
        })?;
        let next = at + 1;
        let part = s.items.get(next).is_some_and(|item| match item.what {
            What::Possessive | What::Kind(..) | What::Proper => true,
            What::Name(_) => true,
            What::Mark('-') => item.start == s.items[at].end,
            What::Other => {
                !item.folded.ends_with("ly") && !self.follows(next) && s.grammar.words.verb(&s.items, next).is_none()
            }
            _ => false,
        });
        (!part).then_some((slug, next))
    }

    /// Whether a comma stands between two organisations.
    fn in_list(&self, comma: usize) -> bool {
        let s = self.s();
        let next = (comma + 1..s.items.len()).find(|i| !s.items[*i].is_any(&[Class::And, Class::Det, Class::Both]));
        next.is_some_and(|next| self.body(next).is_some() || s.items[next].what == What::Proper)
    }

    /// Whether the word at an item can follow a name without being a part of it: "joined B together with C".
    fn follows(&self, at: usize) -> bool {
        self.s().grammar.words.noun(&self.s().items, at, &[NounRole::Following]).is_some()
    }

    /// A list of organisations that begins at `from`, each with the day beside it; and where the list begins.
    fn listed(&self, from: usize, to: usize) -> Option<(Vec<Body>, usize)> {
        let s = self.s();
        let mut found: Vec<Body> = Vec::new();
        let (mut i, mut passed, mut first, mut hung) = (from, 0, from, false);
        // Whether a word joins what comes to what was: at the head nothing needs to.
        let mut joined = true;
        // "A in 1981, followed by B and C in 1982": the day of the last is that of those before it.
        let mut followed = None;
        while i < to {
            let item = &s.items[i];
            if let Some((slug, next)) = self.body(i).filter(|_| joined) {
                if found.is_empty() {
                    first = i;
                }
                let (day, next) = self.beside(next, to);
                // "the Group of A (now B)": another than the one that bears the name today.
                let renamed = (i..next).any(|at| s.items[at].folded == "now");
                // "several agencies of B": not B.
                let hangs = i > from && self.hangs_on_noun(i, from);
                hung |= hangs;
                if !renamed && !hangs && !found.iter().any(|(known, _)| *known == slug) {
                    found.push((slug, day));
                }
                (i, joined, passed) = (next, false, 0);
                continue;
            }
            let passes = match &item.what {
                What::Mark(',' | '"') => {
                    joined = true;
                    !found.is_empty() || hung || passed > 0 || item.is_mark('"')
                }
                What::Mark('-') => found.is_empty(),
                What::Word(Class::And | Class::Both) => {
                    joined = true;
                    followed = followed.or((item.folded == "followed by").then_some(found.len()));
                    true
                }
                What::Word(Class::Det | Class::Adverb | Class::As) => true,
                What::Word(Class::Of | Class::In | Class::To | Class::From) => {
                    joined && (passed > 0 || !found.is_empty())
                }
                What::Word(Class::Adjective) | What::Number(_) => joined,
                // An organisation that no table has, and a state that owns or describes one.
                What::Proper => {
                    passed += 1;
                    joined && passed <= 6
                }
                What::Name(senses) => {
                    let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
                    let describes = senses.entities.iter().any(|(_, form)| *form == crate::names::Form::Demonym);
                    joined && (owner || describes || !senses.organisations.is_empty())
                }
                What::Possessive => joined,
                What::Other => {
                    passed += 1;
                    joined && passed <= 3 && i > from || !joined && item.folded == "well"
                }
                _ => false,
            };
            if !passes || s.begins_clause(i) {
                break;
            }
            i += 1;
        }
        let last = found.last().and_then(|(_, day)| *day);
        for (_, day) in found.iter_mut().skip(followed.unwrap_or(usize::MAX)) {
            *day = day.or(last);
        }
        (!found.is_empty()).then_some((found, first))
    }

    /// Whether the organisation at an item hangs on a noun before it: "agencies of B"; "membership of B" is B's.
    fn hangs_on_noun(&self, at: usize, from: usize) -> bool {
        let s = self.s();
        let of = (from..at).rev().find(|i| !s.items[*i].is_any(&[Class::Det, Class::Adjective]));
        let Some(of) = of.filter(|of| s.is_any(*of, &[Class::Of, Class::In]) && *of > from) else { return false };
        let noun = &s.items[of - 1];
        matches!(noun.what, What::Other | What::Proper)
            && s.grammar.words.noun(&s.items, of - 1, &[NounRole::Thing]).is_none()
            && !noun.folded.starts_with("member")
    }

    /// The day that stands right behind an organisation, "(1949)", "in 1949", and the item after it; what else stands in
    /// brackets there is passed over.
    fn beside(&self, at: usize, to: usize) -> (Option<Bound>, usize) {
        let s = self.s();
        let date = |i: usize| match s.items.get(i).filter(|_| i < to)?.what {
            What::Date(day) => Some(day),
            _ => None,
        };
        if s.is_mark(at, '(') {
            let Some(close) = (at..to.min(at + 9)).find(|i| s.is_mark(*i, ')')) else { return (None, at) };
            let day = (at + 1..close).find_map(date);
            return match day {
                Some(day) => (Some(day), close + 1),
                None => self.beside(close + 1, to),
            };
        }
        match date(at) {
            Some(day) => (Some(day), at + 1),
            None if s.is_any(at, &[Class::In, Class::On, Class::Since]) => match date(at + 1) {
                Some(day) => (Some(day), at + 2),
                None => (None, at),
            },
            None => (None, at),
        }
    }

    /// As what somebody joined, where the clause says: "as a full member", "as an observer".
    fn standing_as(&self, from: usize, to: usize) -> Option<String> {
        let s = self.s();
        let at = (from..to).find(|i| s.is(*i, Class::As))?;
        let words: Vec<&str> = (at + 1..to.min(at + 5))
            .map(|i| s.items[i].folded.as_str())
            .filter(|word| !matches!(*word, "a" | "an"))
            .collect();
        match words.as_slice() {
            ["observer", ..] => Some("observer".to_owned()),
            [quality @ ("full" | "associate" | "founding" | "candidate"), "member", ..] => {
                Some(format!("{quality} member"))
            }
            _ => None,
        }
    }

    /// States the membership of each member in each organisation, with the organisation's own day or else the clause's; a day
    /// from before an organisation was founded is dropped. O(members × organisations).
    #[allow(clippy::too_many_arguments)]
    fn tell_members(
        &self,
        form: &FormRow,
        members: &[EntityAt],
        bodies: &[Body],
        when: When,
        mood: Mood,
        status: Option<String>,
        reading: &mut Reading,
    ) {
        let s = self.s();
        let manner = form.label.as_deref().and_then(Manner::parse);
        let status =
            status.or_else(|| form.label.clone().filter(|_| manner.is_none())).unwrap_or_else(|| "member".into());
        let dated = bodies.iter().any(|(_, own)| own.is_some()) && bodies.len() > 1;
        for (slug, own) in bodies {
            let day = if dated { *own } else { own.or(when.day) };
            // A date from before the organisation was founded is another's.
            let founded = s.grammar.gazetteer.organisation(slug).and_then(|body| body.span.began.earliest);
            let day = day.filter(|day| !matches!((day.latest, founded), (Some(a), Some(b)) if a < b));
            let since = Span::since(day.unwrap_or(Bound::UNKNOWN));
            for &member in members.iter().filter(|member| s.slug(**member) != slug) {
                let statement = Statement::Membership {
                    member: s.slug(member).into(),
                    organization: slug.clone().into(),
                    status: status.clone().into(),
                };
                let over = |ended| Span { began: Bound::UNKNOWN, ended: Some(ended) };
                let mut tell = |span, ending| s.event(reading, statement.clone(), Polarity::Asserted, span, ending);
                match (form.states, mood, when.until) {
                    (States::Joined, Mood::Denied, Some(began)) => tell(Span::since(began), None),
                    (States::Member, Mood::Denied, None) => {
                        s.event(reading, statement, Polarity::Denied, Span::default(), None);
                    }
                    (_, Mood::Denied | Mood::Hedged, _) => {}
                    (States::Left, _, None) => tell(over(day.unwrap_or(Bound::UNKNOWN)), manner),
                    (States::Left, _, Some(again)) => {
                        tell(over(day.unwrap_or_else(|| again.by())), manner);
                        tell(Span::since(again), None);
                    }
                    (States::Rejoined, ..) => {
                        if let Some(day) = day {
                            tell(over(day.by()), None);
                        }
                        tell(since, None);
                    }
                    // Suspended: so on the day that the sentence names; without one it says nothing of any day.
                    (States::Member, ..) if status != "member" => {
                        if let Some(as_of) = day {
                            let found = Found::new(statement, Polarity::Asserted, Span::default());
                            s.push(reading, Found { as_of, start: s.start, ..found });
                        }
                    }
                    (States::Member, ..) => tell(Span::default(), None),
                    (_, _, until) => tell(Span { ended: until, ..since }, None),
                }
            }
        }
    }
}
