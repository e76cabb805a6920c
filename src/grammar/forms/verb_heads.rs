//! Forms whose head is a verb.

use super::super::lexicon::Class;
use super::super::spells::{predecessors, respectively};
use super::super::tables::{FormRow, Role, States};
use super::super::{Reading, What};
use super::day::When;
use super::groups::Mood;
use super::parties::Party;
use super::roles::{Subject, Thing, of_role};
use super::{Event, Matcher};

/// The thing of forms that are about missions, which are items of a kind of their own and no nouns of the table.
pub(super) const MISSION: &str = "mission";

impl Matcher<'_, '_, '_> {
    /// The forms of which the verb group at `at` is the head.
    pub(super) fn verb(&self, at: usize, used: &mut Vec<usize>, reading: &mut Reading) {
        let s = self.s();
        let group = &self.parsed.groups[at];
        for form in s.forms(group.lemma) {
            if form.thing.as_deref() == Some(MISSION) {
                self.mission(form, at, s.mood(&self.parsed.groups, at), reading);
                continue;
            }
            let thing = match form.thing.as_deref() {
                Some(noun) => {
                    let thing = self.parsed.thing(at, noun);
                    if thing.is_none() && !(noun == "relations" && self.pronoun(at)) {
                        continue;
                    }
                    thing
                }
                None => None,
            };
            let mood = s.mood(&self.parsed.groups, at);
            // "demanded sanctions imposed on A"
            let demanded = thing.is_some_and(|thing| {
                let before = at.checked_sub(1).map(|before| &self.parsed.groups[before]);
                thing.at < group.from
                    && !group.passive
                    && before.is_some_and(|before| before.hedges() && before.to <= thing.at)
            });
            if demanded {
                continue;
            }
            let given_up = form.states == States::Protected && self.gave_up(at);
            if mood == Mood::Hedged && !given_up {
                continue;
            }
            let when = self.parsed.when(at, self.memory.year);
            if let Some(thing) = thing {
                used.push(thing.at);
            }
            match form.states {
                States::Ended | States::Restored | States::Begun => {
                    if let Some(thing) = thing {
                        let (diplomatic, partial) = self.parsed.quality(thing.at);
                        let dated = when.day.is_some_and(|day| {
                            form.head != "begin" || day.earliest.is_some() && day.earliest == day.latest
                        });
                        let bare = form.states == States::Begun && !diplomatic && !dated;
                        if bare
                            || partial && !diplomatic
                            || form.states != States::Ended
                                && !diplomatic
                                && s.items[thing.at].folded.starts_with("relationship")
                        {
                            continue;
                        }
                    }
                    // "relations began to thaw"
                    if form.head == "begin" && s.is(group.to, Class::To) {
                        continue;
                    }
                    let pairs = self.pairs(at, thing);
                    let each = respectively(
                        s,
                        group.verb.min(thing.map_or(group.verb, |thing| thing.at)),
                        group.end,
                        pairs.len(),
                    );
                    for (which, &(pair, own)) in pairs.iter().enumerate() {
                        let own = each.as_ref().map(|days| days[which]).or(own);
                        let when = own.map_or(when, |day| When { day: Some(day), until: None });
                        self.relations(form, pair, when, mood, reading);
                    }
                    if let ([(pair, _)], States::Begun, Mood::Said) = (pairs.as_slice(), form.states, mood) {
                        predecessors(s, (group.to, group.end), &[pair.0], &[pair.1], reading);
                    }
                }
                states if states.of_members() => {
                    self.members(form, at, thing, mood, reading);
                }
                States::Protected if mood != Mood::Denied => {
                    let powers = self.in_roles(at, thing, form, &form.first);
                    let protected = self.in_roles(at, thing, form, &form.second);
                    let from = thing.map_or(group.to, |thing| thing.end);
                    self.protected((&powers, &protected), (from, group.end), at, when, reading);
                }
                _ if form.second == [Role::Recognised] => {
                    // "has been recognised by many since the declaration of 1988": at some time after it.
                    let since = (group.to..group.end).any(|i| {
                        let dated = s.items.get(i + 1).is_some_and(|next| matches!(next.what, What::Date(_)));
                        s.is(i, Class::Since) && !dated
                    });
                    let when = if since { When::default() } else { when };
                    let event = Event { when, mood, past: group.past, ..self.recognised(at) };
                    self.state(form, &event, reading);
                }
                _ => {
                    let event = Event {
                        firsts: self.in_roles(at, thing, form, &form.first),
                        seconds: self.in_roles(at, thing, form, &form.second),
                        when,
                        mood,
                        both: false,
                        past: group.past,
                        standing: false,
                        claimant: self.claimant(at),
                    };
                    self.state(form, &event, reading);
                }
            }
        }
    }

    /// Whether the subject of a passive, or the object, is a pronoun: "they were broken", "severed them".
    pub(super) fn pronoun(&self, at: usize) -> bool {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let subject = (group.start..group.from).any(|i| matches!(s.items[i].folded.as_str(), "they" | "these"));
        group.passive && subject && self.memory.pair.is_some()
    }

    /// The parties that stand in the first of some roles that has any.
    pub(super) fn in_roles(&self, at: usize, thing: Option<Thing>, form: &FormRow, roles: &[Role]) -> Vec<Party> {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let from = thing.filter(|thing| thing.at > group.to).map_or(group.to, |thing| thing.end);
        let mut lists = s.governed_parties(from, group.end);
        if let Some(thing) = thing.filter(|thing| thing.subject) {
            lists.extend(s.governed_parties(thing.end, group.from));
        }
        let named = |role: &Role| -> Vec<Party> {
            match role {
                Role::Subject if group.passive || thing.is_some_and(|thing| thing.subject) => Vec::new(),
                Role::Subject => match self.parsed.subject(at) {
                    Subject::Named(parties) => parties,
                    Subject::Pair => s.parties().map(|both| both.map(Party::Entity).to_vec()).unwrap_or_default(),
                    Subject::Stranger | Subject::Unnamed => Vec::new(),
                },
                Role::Object if group.passive => match self.parsed.subject(at) {
                    Subject::Named(parties) => parties,
                    _ => Vec::new(),
                },
                Role::Object => s.parties_at(group.to, group.end).0,
                Role::Owner => thing.map(|thing| s.owner(thing.at, 0)).unwrap_or_default(),
                Role::Article => self.article_alone(group.from),
                Role::Whose => thing.map(|thing| self.whose(thing, &lists)).unwrap_or_default(),
                role => of_role(&lists, *role),
            }
        };
        let known = roles.iter().map(named).find(|parties| !parties.is_empty()).unwrap_or_default();
        if known.is_empty() && form.texts.is_some() { self.body_in_roles(at, roles) } else { known }
    }

    /// A body that no table has, in the first of some roles where one is named.
    fn body_in_roles(&self, at: usize, roles: &[Role]) -> Vec<Party> {
        let group = &self.parsed.groups[at];
        let s = self.s();
        let between = |from: usize, to: usize| (from..to).find_map(|i| s.body(i, to)).map(|(party, _)| party);
        let named = |role: &Role| match role {
            Role::Subject if !group.passive => between(group.start, group.from),
            Role::Object if group.passive => between(group.start, group.from),
            Role::Object => between(group.to, group.end.min(group.to + 2)),
            Role::By if group.passive => {
                let by = (group.to..group.end).find(|i| s.is(*i, Class::By))?;
                between(by + 1, group.end.min(by + 3))
            }
            _ => None,
        };
        roles.iter().find_map(named).into_iter().collect()
    }

    /// Who asserts what the verb group at `at` says, where the sentence only reports it: "A claimed that B financed C".
    pub(super) fn claimant(&self, at: usize) -> Option<Party> {
        let before = at.checked_sub(1)?;
        let asserts = matches!(self.parsed.groups[before].lemma, "assert" | "claim");
        if !asserts || !self.s().reported(&self.parsed.groups, at) {
            return None;
        }
        match self.parsed.subject(before) {
            Subject::Named(parties) => parties.into_iter().next(),
            _ => self.body_in_roles(before, &[Role::Subject]).into_iter().next(),
        }
    }

    /// Whose envoys: "four Russian envoys", "Israel's ambassador", "the ambassador of Israel".
    pub(super) fn whose(&self, thing: Thing, lists: &[(Role, Vec<Party>, usize)]) -> Vec<Party> {
        let owner = self.s().owner(thing.at, 0);
        if owner.is_empty() { of_role(lists, Role::Of) } else { owner }
    }
}
