//! Forms whose head is a noun: "the invasion of", "a treaty with", "the resumption of relations".

use super::super::Reading;
use super::super::What;
use super::super::lexicon::Class;
use super::super::tables::{NounRole, Role, States};
use super::day::When;
use super::groups::Mood;
use super::parties::{Party, preposition};
use super::roles::{Subject, Thing, of_role};
use super::words::NounAt;
use super::{Event, Matcher, entities};
use crate::names::EntityAt;

/// Verbs whose subject is a party of the noun that they have as object: "signed a treaty", "is an ally of".
const LIGHT: [&str; 9] = ["have", "be", "sign", "establish", "impose", "extend", "fight", "become", "declare"];

impl Matcher<'_, '_, '_> {
    /// The forms of which a noun is the head.
    pub(super) fn noun(&self, noun: NounAt, reading: &mut Reading) {
        let s = self.s();
        let governing = self.parsed.groups.iter().rposition(|group| group.to <= noun.at && noun.at < group.end);
        let next = self.parsed.groups.iter().position(|group| group.from >= noun.end);
        let to = next.map_or(s.items.len(), |next| self.parsed.groups[next].from);
        for &form in s.grammar.words.forms(noun.noun) {
            let mut head = noun;
            if let Some(wanted) = form.thing.as_deref() {
                // "the resumption of full diplomatic relations", "a break in relations"
                let found = (noun.end..to.min(noun.end + 7))
                    .find_map(|i| s.grammar.words.noun(&s.items, i, &[NounRole::Thing, NounRole::Envoy]));
                let Some(thing) = found.filter(|thing| thing.noun == wanted) else { continue };
                head = NounAt { end: thing.end, ..thing };
            }
            let doubted = (governing.map_or(0, |at| self.parsed.groups[at].to)..noun.at)
                .any(|i| s.grammar.words.noun(&s.items, i, &[NounRole::Hedge]).is_some());
            let mood = match governing {
                _ if doubted => Mood::Hedged,
                Some(at) if self.parsed.groups[at].hedges() => Mood::Hedged,
                Some(at) => s.mood(&self.parsed.groups, at),
                None => Mood::Said,
            };
            if mood != Mood::Said {
                continue;
            }
            let lists = s.parties_of_noun(head.end, to);
            let direct = governing.filter(|at| {
                let group = &self.parsed.groups[*at];
                form.thing.is_some() || LIGHT.contains(&group.lemma)
            });
            // "signed a protocol on the establishment of relations"
            let direct = direct.filter(|at| {
                form.thing.as_deref() == Some("relations") || self.direct(self.parsed.groups[*at].to, noun.at)
            });
            // "mutual recognition of degrees": of things, and no states.
            if noun.noun == "mutual recognition" && s.is(noun.end, Class::Of) {
                continue;
            }
            // "the Korean War": a name, and no war of Korea's.
            let named = s.items[noun.at].what == What::Proper && noun.at > 0;
            if named && noun.noun == "war" && form.first != [Role::Around] {
                continue;
            }
            let in_role = |role: &Role| self.noun_role(*role, noun, head, direct, next, &lists);
            let of = |roles: &[Role]| roles.iter().map(in_role).find(|parties| !parties.is_empty()).unwrap_or_default();
            let signed = next.filter(|at| {
                matches!(self.parsed.groups[*at].lemma, "sign" | "begin" | "be") || self.parsed.groups[*at].passive
            });
            let listed = lists.last().map_or(head.end + 5, |(_, _, place)| s.parties_at(place + 1, to).1);
            let day = self.parsed.when_of_noun(noun.at, head.end, to.min(listed + 4));
            let day = day
                .or_else(|| signed.and_then(|at| self.parsed.when(at, self.memory.year).day))
                .or_else(|| direct.and_then(|at| self.parsed.when(at, self.memory.year).day));
            let when = When { day, until: None };
            match form.states {
                States::Ended | States::Restored | States::Begun => {
                    let (diplomatic, partial) = self.parsed.quality(head.at);
                    let first: Vec<EntityAt> = entities(&of(&form.first));
                    let second = entities(&of(&form.second));
                    let first =
                        if second.len() == 2 && of_role(&lists, Role::Between).len() == 2 { Vec::new() } else { first };
                    let pair = match second.as_slice() {
                        [a, b] if first.is_empty() => Some((*a, *b)),
                        _ => self.completed(&first, &second),
                    };
                    if let Some(pair) = pair.filter(|_| (!partial || diplomatic) && when.day.is_some()) {
                        self.relations(form, pair, when, mood, reading);
                    }
                }
                states if states.of_members() => {
                    self.members_of_noun(form, noun, governing, &of(&form.first), day, reading);
                }
                _ => self.state(
                    form,
                    &Event {
                        firsts: of(&form.first),
                        seconds: of(&form.second),
                        when,
                        mood,
                        both: lists.iter().any(|(role, ..)| *role == Role::Between),
                        past: direct.is_some_and(|at| self.parsed.groups[at].past),
                    },
                    reading,
                ),
            }
        }
    }

    /// Whether nothing but its own words stands between a verb and a noun.
    pub(super) fn direct(&self, from: usize, to: usize) -> bool {
        !(from..to).any(|i| {
            preposition(self.s(), i).is_some()
                || self.s().is(i, Class::In)
                || matches!(self.s().items[i].what, What::Mark(',' | '(' | ')'))
        })
    }

    pub(super) fn noun_role(
        &self,
        role: Role,
        noun: NounAt,
        head: NounAt,
        direct: Option<usize>,
        next: Option<usize>,
        lists: &[(Role, Vec<Party>, usize)],
    ) -> Vec<Party> {
        let s = self.s();
        match role {
            // "A and B carried out raids": who stands before the verb owns nothing.
            Role::Owner => s.owner(noun.at, direct.map_or(0, |at| self.parsed.groups[at].to)),
            Role::Whose => self.whose(Thing { at: head.at, end: head.end, subject: false }, lists),
            Role::Subject => match direct
                .or(next.filter(|_| noun.role == NounRole::Thing && head.noun == "relations" && direct.is_none()))
                .map(|at| self.parsed.subject(at))
            {
                Some(Subject::Named(parties)) => parties,
                Some(Subject::Pair) => s.parties().map(|both| both.map(Party::Entity).to_vec()).unwrap_or_default(),
                _ => Vec::new(),
            },
            Role::By => {
                // "a treaty was signed by both countries"
                let own = of_role(lists, Role::By);
                let passive = next.map(|at| &self.parsed.groups[at]).filter(|group| group.passive);
                match passive {
                    Some(group) if own.is_empty() => {
                        let both = (group.to..group.end)
                            .any(|i| s.grammar.words.noun(&s.items, i, &[NounRole::Pair]).is_some());
                        match s.parties().filter(|_| both) {
                            Some(both) => both.map(Party::Entity).to_vec(),
                            None => of_role(&s.governed_parties(group.to, group.end), Role::By),
                        }
                    }
                    _ => own,
                }
            }
            Role::Around => self.around(noun.at),
            Role::Pair => s.parties().map(|both| both.map(Party::Entity).to_vec()).unwrap_or_default(),
            Role::Object | Role::Recognised => Vec::new(),
            Role::Between => Some(of_role(lists, role)).filter(|both| both.len() > 1).unwrap_or_default(),
            role => of_role(lists, role),
        }
    }

    /// "the Iran–Iraq War": two names with a dash between, right before a noun.
    pub(super) fn around(&self, at: usize) -> Vec<Party> {
        let s = self.s();
        let forms = &[crate::names::Form::Name, crate::names::Form::Demonym];
        let one = at.checked_sub(3).and_then(|i| s.entity(i, forms));
        let other = at.checked_sub(1).and_then(|i| s.entity(i, forms));
        match (one, other) {
            (Some(one), Some(other)) if s.is_mark(at - 2, '-') => vec![Party::Entity(one), Party::Entity(other)],
            _ => Vec::new(),
        }
    }
}
