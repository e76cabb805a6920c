//! What a form states of its parties: relations that ended or began, recognitions, signed ties.

use super::super::lexicon::Class;
use super::super::tables::{FormRow, Lasts, NounRole, Role, States};
use super::super::{Found, Reading, Sentence};
use super::day::When;
use super::groups::Mood;
use super::parties::Party;
use super::roles::Subject;
use super::{Event, Matcher, entities};
use crate::model::{Bound, EntityKind, Manner, Polarity, Span, Statement};
use crate::names::EntityAt;

/// The verb of leaving one government of a state for the other.
const SWITCH: &str = "switch";

/// Whether a form's tie has no direction.
pub(super) fn mutual(form: &FormRow) -> bool {
    form.second.contains(&Role::With)
}

impl Matcher<'_, '_, '_> {
    /// Relations that ended, or were taken up again.
    pub(super) fn relations(
        &self,
        form: &FormRow,
        (a, b): (EntityAt, EntityAt),
        when: When,
        mood: Mood,
        reading: &mut Reading,
    ) {
        let s = self.s();
        let statement = Statement::relations(s.slug(a), s.slug(b));
        let manner = form.label.as_deref().and_then(Manner::parse);
        let over = |ended: Bound| Span { began: Bound::UNKNOWN, ended: Some(ended) };
        let mut tell = |polarity, span, ending| s.event(reading, statement.clone(), polarity, span, ending);
        match (form.states, mood) {
            // "have not been broken": they stand.
            (States::Ended, Mood::Denied) => tell(Polarity::Asserted, Span::default(), None),
            (States::Ended, _) => {
                if when.day.is_some() || when.until.is_none() {
                    tell(Polarity::Asserted, over(when.day.unwrap_or(Bound::UNKNOWN)), manner);
                }
                if let Some(again) = when.until {
                    if when.day.is_none() {
                        tell(Polarity::Asserted, over(again.by()), manner);
                    }
                    tell(Polarity::Asserted, Span::since(again), None);
                }
            }
            // "were not established until 1874"
            (_, Mood::Denied) => match when.until {
                Some(began) => tell(Polarity::Asserted, Span::since(began), None),
                None => tell(Polarity::Denied, Span::default(), None),
            },
            _ => {
                // What is taken up again was broken off before.
                if let Some(day) = when.day.filter(|_| form.states == States::Restored) {
                    tell(Polarity::Asserted, over(day.by()), None);
                }
                tell(Polarity::Asserted, Span::since(when.day.unwrap_or(Bound::UNKNOWN)), None);
            }
        }
    }

    /// Recognitions and signed ties.
    pub(super) fn state(&self, form: &FormRow, event: &Event, reading: &mut Reading) {
        let s = self.s();
        if let (true, [a, b]) = (event.both, event.seconds.as_slice()) {
            self.tell(form, a, b, event, s, reading);
            return;
        }
        let seconds: &[Party] = if event.seconds.is_empty() && event.firsts.len() == 2 && mutual(form) {
            &event.firsts[1..]
        } else {
            &event.seconds
        };
        let firsts: &[Party] =
            if form.first == [Role::Around] { &seconds[..seconds.len().min(1)] } else { &event.firsts };
        if firsts.len() * seconds.len() > 12 {
            return;
        }
        for first in firsts {
            for second in seconds {
                if first == second {
                    continue;
                }
                self.tell(form, first, second, event, s, reading);
            }
        }
    }

    pub(super) fn tell(
        &self,
        form: &FormRow,
        first: &Party,
        second: &Party,
        event: &Event,
        s: &Sentence<'_>,
        reading: &mut Reading,
    ) {
        let slug = |party: &Party| match party {
            Party::Entity(at) => s.slug(*at).to_owned(),
            Party::Organisation(slug) | Party::Body(slug) => slug.clone(),
        };
        let state = |party: &Party| match party {
            Party::Entity(at) => s.grammar.gazetteer.entity_at(*at).kind != EntityKind::Nonstate,
            _ => false,
        };
        let states = state(first) && state(second);
        let day = event.when.day.unwrap_or(Bound::UNKNOWN);
        let polarity = if event.mood == Mood::Denied { Polarity::Denied } else { Polarity::Asserted };
        match form.states {
            States::Recognition | States::Unrecognition if states => {
                let statement =
                    Statement::Recognition { recognizer: slug(first).into(), recognized: slug(second).into() };
                let manner = form.label.as_deref().and_then(Manner::parse);
                let (span, ending) = match (form.states, event.mood, event.when.until) {
                    (States::Unrecognition, Mood::Denied, _) => (Span::default(), None),
                    (States::Unrecognition, ..) => (Span { began: Bound::UNKNOWN, ended: Some(day) }, manner),
                    // "did not recognise M until 1969": the refusal ended then; "recognised M until 1969": recognition did.
                    (_, _, Some(until)) => (Span { began: day, ended: Some(until) }, None),
                    // "did not recognise B": of a time that is over, and nothing on today.
                    (_, Mood::Denied, _) if event.past => {
                        (Span { began: day, ended: Some(Bound { earliest: day.earliest, latest: None }) }, None)
                    }
                    (_, Mood::Denied, _) => (Span::default(), None),
                    _ => (Span::since(day), None),
                };
                let polarity = if form.states == States::Unrecognition { Polarity::Asserted } else { polarity };
                s.event(reading, statement, polarity, span, ending);
                if form.head == SWITCH && event.mood == Mood::Said {
                    self.switched(form, first, second, day, reading);
                }
            }
            States::Tie if event.mood == Mood::Said && self.fits(form, first) && self.fits(form, second) => {
                let statement = Statement::Tie {
                    a: slug(first).into(),
                    b: slug(second).into(),
                    sign: form.sign.unwrap_or(0),
                    label: form.label.clone().unwrap_or_default(),
                    claimed_by: event.claimant.as_ref().map(slug),
                };
                s.event(reading, statement, Polarity::Asserted, self.lasting(form, event, day), None);
            }
            _ => {}
        }
    }

    /// Who switches recognition from one government of a state to the other breaks relations with the first: "had relations
    /// with A, but switched recognition to B" tells so of A.
    fn switched(&self, form: &FormRow, first: &Party, second: &Party, day: Bound, reading: &mut Reading) {
        let s = self.s();
        let (&Party::Entity(first), &Party::Entity(second)) = (first, second) else { return };
        let over = || Span { began: Bound::UNKNOWN, ended: Some(day) };
        let left = match form.states {
            States::Unrecognition => Some(second),
            _ => {
                let lists = s.governed_parties(0, s.items.len());
                let named = lists.iter().filter(|(role, ..)| *role == Role::With);
                named.flat_map(|(_, parties, _)| entities(parties)).find(|named| ![first, second].contains(named))
            }
        };
        let Some(left) = left else { return };
        if form.states != States::Unrecognition {
            let recognition =
                Statement::Recognition { recognizer: s.slug(first).into(), recognized: s.slug(left).into() };
            s.event(reading, recognition, Polarity::Asserted, over(), Some(Manner::Withdrawn));
        }
        let relations = Statement::relations(s.slug(first), s.slug(left));
        s.event(reading, relations, Polarity::Asserted, over(), Some(Manner::Severed));
    }

    /// Since when and until when a tie lasts, by its form and the tense of its verb. An act ends on its day or later: no
    /// sentence on it says that it goes on.
    fn lasting(&self, form: &FormRow, event: &Event, day: Bound) -> Span {
        let over = match form.lasts {
            Some(Lasts::Act) => !event.standing,
            Some(Lasts::State) => event.past,
            _ => false,
        };
        let open = Bound { earliest: day.earliest, latest: None };
        Span { began: day, ended: event.when.until.or(over.then_some(open)) }
    }

    /// Whether a party can stand in a tie: states, and organisations where they impose something.
    pub(super) fn fits(&self, form: &FormRow, party: &Party) -> bool {
        match party {
            Party::Entity(_) | Party::Organisation(_) | Party::Body(_) if form.texts.is_some() => true,
            Party::Body(_) => false,
            Party::Entity(at) => {
                let kind = self.s().grammar.gazetteer.entity_at(*at).kind;
                !matches!(kind, EntityKind::Nonstate | EntityKind::Region)
            }
            Party::Organisation(_) => form.second.contains(&Role::Against) && form.label.as_deref() != Some("war"),
        }
    }

    /// "A was one of three states to recognise B (the others being C and D)": the same holds for C and D, on days
    /// that the sentence does not name.
    pub(super) fn others(&self, reading: &mut Reading) {
        let s = self.s();
        let being = (1..s.items.len()).find(|at| {
            let others = matches!(s.items[at - 1].folded.as_str(), "others" | "other");
            others && (s.items[*at].folded == "being" || s.is_any(*at, &[Class::Be, Class::Was]))
        });
        let Some(being) = being else { return };
        let subject = match self.parsed.subject(0) {
            Subject::Named(parties) => entities(&parties),
            _ => return,
        };
        let &[subject] = subject.as_slice() else { return };
        let others = entities(&s.parties_at(being + 1, s.items.len()).0);
        let own = s.slug(subject);
        let here = reading.found.iter().filter(|found| found.start == s.start && found.span.ended.is_none());
        let told: Vec<(Statement, Polarity)> = here.map(|found| (found.statement.clone(), found.polarity)).collect();
        for other in others.iter().map(|other| s.slug(*other)).filter(|other| *other != own) {
            for (statement, polarity) in &told {
                let same = match statement {
                    Statement::Recognition { recognizer, recognized } if recognizer.as_str() == own => {
                        Statement::Recognition { recognizer: other.into(), recognized: recognized.clone() }
                    }
                    Statement::Relations { a, b } if a.as_str() == own && b.as_str() != other => {
                        Statement::relations(other, b)
                    }
                    Statement::Relations { a, b } if b.as_str() == own && a.as_str() != other => {
                        Statement::relations(a, other)
                    }
                    Statement::Membership { member, organization, status } if member.as_str() == own => {
                        let (organization, status) = (organization.clone(), status.clone());
                        Statement::Membership { member: other.into(), organization, status }
                    }
                    _ => continue,
                };
                s.event(reading, same, *polarity, Span::default(), None);
            }
        }
    }

    /// "…were broken off in 1973, with a resumption in 1995": a renewal that no form reads says that they did not stay
    /// broken.
    pub(super) fn renewed(&self, reading: &mut Reading) {
        let s = self.s();
        let here = || reading.found.iter().rev().take_while(|found| found.start == s.start);
        let ended = here().filter(|found| {
            matches!(found.statement, Statement::Relations { .. }) && found.ending == Some(Manner::Severed)
        });
        let Some(statement) = ended.last().map(|found| found.statement.clone()) else { return };
        let again =
            |found: &Found| matches!(found.statement, Statement::Relations { .. }) && found.span.ended.is_none();
        if here().any(again) {
            return;
        }
        let words = &s.grammar.words;
        let word = (0..s.items.len()).rev().find(|at| {
            let noun = words.noun(&s.items, *at, &[NounRole::Thing]).is_some_and(|noun| noun.noun == "renewal");
            noun || words.verb(&s.items, *at).is_some_and(|verb| verb.row.lemma == "restore")
        });
        let ended_at = self.parsed.groups.iter().find(|group| group.lemma == "sever").map_or(0, |group| group.to);
        let Some(word) = word.filter(|word| *word > ended_at) else { return };
        let denied = s.items[word.saturating_sub(4)..word].iter().any(|item| item.is_any(&[Class::Not, Class::Plan]));
        if denied {
            return;
        }
        let day = self.parsed.day_after(word, s.items.len()).unwrap_or(Bound::UNKNOWN);
        s.event(reading, statement, Polarity::Asserted, Span::since(day), None);
    }
}
