//! Forms whose head is a noun: "the invasion of", "a treaty with", "the resumption of relations".

use super::super::Reading;
use super::super::What;
use super::super::lexicon::Class;
use super::super::tables::{FormRow, Lasts, NounRole, Role, States};
use super::day::When;
use super::groups::{Group, Mood, is_boundary};
use super::parties::{Party, preposition};
use super::roles::{Subject, Thing, of_role};
use super::statements::mutual;
use super::words::NounAt;
use super::{Event, Matcher, entities};
use crate::model::Bound;
use crate::names::EntityAt;

/// Verbs whose subject is a party of the noun that they have as object: "signed a treaty", "is an ally of".
const LIGHT: [&str; 13] = [
    "have",
    "be",
    "sign",
    "establish",
    "impose",
    "extend",
    "fight",
    "become",
    "declare",
    "remain",
    "serve",
    "share",
    "supply",
];

impl Matcher<'_, '_, '_> {
    /// The forms of which a noun is the head.
    pub(super) fn noun(&self, noun: NounAt, reading: &mut Reading) {
        let s = self.s();
        let governing = self.parsed.groups.iter().rposition(|group| group.to <= noun.at && noun.at < group.end);
        let next = self.parsed.groups.iter().position(|group| group.from >= noun.end);
        let to = next.map_or(s.items.len(), |next| self.parsed.groups[next].from);
        for form in s.forms(noun.noun) {
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
            let mood = if !doubted && self.presupposed(form, noun) { Mood::Said } else { mood };
            let given_up = form.states == States::Protected && governing.is_some_and(|at| self.gave_up(at));
            if mood != Mood::Said && !given_up || self.only_considered(noun, next) {
                continue;
            }
            let lists = s.parties_of_noun(self.joined_noun(head.end, to), to);
            let direct = governing.filter(|at| {
                let group = &self.parsed.groups[*at];
                form.thing.is_some() || LIGHT.contains(&group.lemma)
            });
            // "signed a protocol on the establishment of relations"
            let direct = direct
                .filter(|at| form.thing.as_deref() == Some("relations") || self.direct(&self.parsed.groups[*at], noun));
            // "mutual recognition of degrees": of things, and no states.
            if noun.noun == "mutual recognition" && s.is(noun.end, Class::Of) {
                continue;
            }
            // "the Korean War": a name, and no war of Korea's.
            let named = s.items[noun.at].what == What::Proper && noun.at > 0;
            if named && noun.noun == "war" && form.first != [Role::Around] {
                continue;
            }
            let in_role = |role: &Role| match role {
                Role::Related => self.related(form, noun),
                role => self.noun_role(*role, noun, head, direct, next, &lists),
            };
            let of = |roles: &[Role]| roles.iter().map(in_role).find(|parties| !parties.is_empty()).unwrap_or_default();
            let signed = next.filter(|at| {
                let group = &self.parsed.groups[*at];
                let treaty = form.lasts != Some(Lasts::Act) || form.states != States::Tie;
                matches!(group.lemma, "sign" | "begin" | "be") || group.passive && treaty
            });
            let listed = lists.last().map_or(head.end + 5, |(_, _, place)| s.parties_at(place + 1, to).1);
            let own = self.parsed.when_of_noun(noun.at, head.end, to.min(listed + 4));
            let day = own
                .map(|(day, _)| day)
                .or_else(|| signed.and_then(|at| self.parsed.when(at, self.memory.year).day))
                .or_else(|| direct.and_then(|at| self.parsed.when(at, self.memory.year).day));
            let (standing, until) = self.lasts_until(form, noun, (governing, direct, next));
            let ranged = own.and_then(|(_, until)| until).filter(|_| form.states == States::Tie);
            let until = if ranged.is_some() { None } else { until };
            let when = When { day: day.filter(|_| until.is_none()), until: until.or(ranged) };
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
                States::Protected => {
                    if let Some(at) = direct {
                        let when = self.parsed.when(at, self.memory.year);
                        let parties = (&of(&form.first)[..], &of(&form.second)[..]);
                        self.protected(parties, (head.end, to), at, when, reading);
                    }
                }
                states if states.of_members() => {
                    self.members_of_noun(form, noun, governing, &of(&form.first), day, reading);
                }
                _ => {
                    let (firsts, seconds) = self.with_titled(form, noun, of(&form.first), of(&form.second));
                    let event = Event {
                        firsts,
                        seconds,
                        when,
                        mood,
                        both: lists.iter().any(|(role, ..)| *role == Role::Between)
                            || form.second.contains(&Role::Related)
                                && !lists.iter().any(|(role, ..)| form.second.contains(role)),
                        past: self.told_in_the_past(direct.or(governing.or(next).filter(|_| mutual(form)))),
                        standing,
                        claimant: governing.and_then(|at| self.claimant(at)),
                    };
                    self.state(form, &event, reading);
                }
            }
        }
    }

    /// Whether a war is one that took place, whatever the verb says that it is the object of: "opposed the Soviet invasion
    /// of A", "during the Iran–Iraq War".
    fn presupposed(&self, form: &FormRow, noun: NounAt) -> bool {
        let s = self.s();
        let definite = || {
            let words = (0..noun.at).rev().take(3).map(|i| &s.items[i]);
            let mut words = words.take_while(|item| !matches!(item.what, What::Mark(_)));
            words.any(|item| item.folded == "the" || item.what == What::Possessive)
        };
        form.label.as_deref() == Some("war") && (form.first == [Role::Around] || definite())
    }

    /// Whether the verb beside a noun tells of a time that is over: "were complicated by disputes", not "the blockade began".
    fn told_in_the_past(&self, at: Option<usize>) -> bool {
        let Some(group) = at.map(|at| &self.parsed.groups[at]) else { return false };
        group.past && !matches!(group.lemma, "begin" | "remain" | "continue")
    }

    /// Whether what a noun names stands, "are at war", and when it ended: "were at war until 2025", "the dispute was settled
    /// in 2001".
    fn lasts_until(
        &self,
        form: &FormRow,
        noun: NounAt,
        (governing, direct, next): (Option<usize>, Option<usize>, Option<usize>),
    ) -> (bool, Option<Bound>) {
        let s = self.s();
        if form.states != States::Tie {
            return (false, None);
        }
        let over = next.filter(|at| {
            let group = &self.parsed.groups[*at];
            let ended = group.passive || s.items[group.verb].folded.starts_with("end");
            let apart = (noun.end..group.from).any(|i| matches!(s.items[i].what, What::Mark(_)) && !s.is_mark(i, '-'));
            group.lemma == "end" && ended && (group.passive || !apart) && form.lasts != Some(Lasts::Treaty)
        });
        // "lifted its embargo on A", "ended the war with A"
        let over = over.or_else(|| {
            governing.filter(|at| {
                let group = &self.parsed.groups[*at];
                matches!(group.lemma, "lift" | "end") && !group.passive && self.direct(group, noun)
            })
        });
        if let Some(over) = over.filter(|at| self.s().mood(&self.parsed.groups, *at) == Mood::Said) {
            let day = self.parsed.when(over, self.memory.year).day;
            return (false, Some(day.unwrap_or(Bound::UNKNOWN)));
        }
        let ending = (noun.at.saturating_sub(6)..noun.at).any(|i| {
            s.grammar.words.noun(&s.items, i, &[NounRole::Ending]).is_some() && s.is_any(i + 1, &[Class::Of, Class::To])
        });
        if ending && form.lasts == Some(Lasts::State) {
            return (false, Some(Bound::UNKNOWN));
        }
        let Some(being) = direct.filter(|at| self.parsed.groups[*at].lemma == "be") else { return (false, None) };
        (!self.parsed.groups[being].past, self.parsed.when(being, self.memory.year).until)
    }

    /// Whether a noun is the subject of a verb that hedges: "sanctions against A were proposed".
    fn only_considered(&self, noun: NounAt, next: Option<usize>) -> bool {
        let Some(group) = next.map(|at| &self.parsed.groups[at]) else { return false };
        let apart = (noun.end..group.from).any(|i| is_boundary(&self.s().items[i]) || self.s().is_mark(i, ','));
        let modal = self.s().mood(&self.parsed.groups, next.unwrap_or_default()) == Mood::Hedged;
        group.passive && (group.lemma == "hedge" || modal) && !apart
    }

    /// Where what hangs on a noun begins: after "and occupation" in "the invasion and occupation of A".
    fn joined_noun(&self, end: usize, to: usize) -> usize {
        let s = self.s();
        let next = (end + 1 < to && s.is(end, Class::And))
            .then(|| s.grammar.words.noun(&s.items, end + 1, &[NounRole::Thing]))
            .flatten();
        next.filter(|next| s.is(next.end, Class::Of)).map_or(end, |next| next.end)
    }

    /// Whether nothing but its own words stands between a verb and a noun.
    pub(super) fn direct(&self, group: &Group, noun: NounAt) -> bool {
        let s = self.s();
        !(group.to..noun.at).any(|i| {
            // "is at war with", "is one of A's closest allies"
            let at = group.lemma == "be" && i == group.to && noun.at == i + 1;
            let of = i > group.to && s.is(i, Class::Of) && matches!(s.items[i - 1].folded.as_str(), "one" | "some");
            (preposition(s, i).is_some() || s.is(i, Class::In)) && !at && !of
                || matches!(s.items[i].what, What::Mark(',' | '(' | ')'))
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
            Role::Owner => {
                let limit = direct.map_or(0, |at| self.parsed.groups[at].to);
                let owner = s.owner(noun.at, limit);
                if owner.is_empty() { self.own(noun.at, limit, next) } else { owner }
            }
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
            Role::Article if of_role(lists, Role::Between).is_empty() => self.article_alone(noun.at),
            Role::Pair => s.parties().map(|both| both.map(Party::Entity).to_vec()).unwrap_or_default(),
            Role::Object | Role::Recognised | Role::Article | Role::Related => Vec::new(),
            Role::Between => Some(of_role(lists, role)).filter(|both| both.len() > 1).unwrap_or_default(),
            role => of_role(lists, role),
        }
    }

    /// The two of whose relations a sentence speaks that names a dispute or a treaty of theirs; the treaty after them.
    fn related(&self, form: &FormRow, noun: NounAt) -> Vec<Party> {
        let s = self.s();
        let to = if form.lasts == Some(Lasts::Treaty) { noun.at } else { s.items.len() };
        let relations =
            |i| s.grammar.words.noun(&s.items, i, &[NounRole::Thing]).is_some_and(|n| n.noun == "relations");
        if !(0..to).any(relations) {
            return Vec::new();
        }
        let pair = self.pair_spoken_of().or_else(|| s.parties().map(|[a, b]| (a, b)));
        pair.map(|(a, b)| vec![Party::Entity(a), Party::Entity(b)]).unwrap_or_default()
    }

    /// Whose a noun is that is called "its": of the subject that follows, "Due to its support of A, B refuses", where no verb
    /// stands before it; else of whom the sentence before spoke.
    fn own(&self, at: usize, limit: usize, next: Option<usize>) -> Vec<Party> {
        let s = self.s();
        let mut words = (limit..at).rev().take(3).take_while(|i| {
            matches!(s.items[*i].what, What::Other | What::Word(Class::Adjective | Class::Its))
                && preposition(s, *i).is_none()
        });
        let Some(its) = words.find(|i| s.is(*i, Class::Its)) else { return Vec::new() };
        // "the latter's renunciation of its treaty": of somebody named before.
        if its > 0 && s.is(its - 1, Class::Of) {
            return Vec::new();
        }
        // "condemned A for its invasion": whom the sentence named last.
        if let Some((party, _)) = (0..its).rev().find_map(|i| s.party(i)) {
            return vec![party];
        }
        match next.filter(|next| *next == 0).map(|next| self.parsed.subject(next)) {
            Some(Subject::Named(parties)) => parties,
            Some(_) => Vec::new(),
            None => self.parsed.it.or(s.last).map(Party::Entity).into_iter().collect(),
        }
    }

    /// The state that the document is about, where the sentence names nobody before `at`.
    pub(super) fn article_alone(&self, at: usize) -> Vec<Party> {
        let s = self.s();
        let named = (0..at).any(|i| s.party(i).is_some() || s.is(i, Class::It));
        s.context.article.filter(|_| !named).map(Party::Entity).into_iter().collect()
    }

    /// "the Iran–Iraq War": two names with a dash between, right before a noun.
    pub(super) fn around(&self, at: usize) -> Vec<Party> {
        let s = self.s();
        // "the Israel–Jordan maritime dispute"
        let words = (0..at).rev().take(2).take_while(|i| {
            matches!(s.items[*i].what, What::Other | What::Word(Class::Adjective))
                && preposition(s, *i).is_none()
                && s.grammar.words.noun(&s.items, *i, &[NounRole::Partial]).is_none()
        });
        let at = at - words.count();
        let one = at.checked_sub(3).and_then(|i| self.named_or_prefixed(&s.items, i));
        let other = at.checked_sub(1).and_then(|i| self.named_or_prefixed(&s.items, i));
        match (one, other) {
            (Some(one), Some(other)) if s.is_mark(at - 2, '-') => vec![Party::Entity(one), Party::Entity(other)],
            _ => Vec::new(),
        }
    }
}
