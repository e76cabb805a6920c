//! What the title of a linked page adds: the parties of a war or a treaty that the sentence names by its noun alone, as in
//! "[[Soviet–Afghan War|the Soviet invasion]]".

use super::super::What;
use super::super::items::Item;
use super::super::tables::{FormRow, NounRole, States};
use super::Matcher;
use super::parties::Party;
use super::statements::mutual;
use super::words::NounAt;
use crate::names::{EntityAt, Form};

impl Matcher<'_, '_, '_> {
    /// The parties of a tie that a noun states, with those of the title of its linked page where the sentence leaves out one
    /// or both.
    pub(super) fn with_titled(
        &self,
        form: &FormRow,
        noun: NounAt,
        firsts: Vec<Party>,
        seconds: Vec<Party>,
    ) -> (Vec<Party>, Vec<Party>) {
        let wanting = seconds.is_empty() && firsts.len() < 2;
        let Some((one, other)) = self.titled(noun).filter(|_| form.states == States::Tie && wanting) else {
            return (firsts, seconds);
        };
        match firsts.as_slice() {
            [] if mutual(form) => (vec![one], vec![other]),
            [first] if *first == one => (firsts, vec![other]),
            [first] if *first == other => (firsts, vec![one]),
            _ => (firsts, seconds),
        }
    }

    /// The two parties in the title of the page to which a noun is linked, first the one that is named first.
    pub(super) fn titled(&self, noun: NounAt) -> Option<(Party, Party)> {
        let s = self.s();
        let place = s.items[noun.at].start;
        let (_, title) = s.passage.links.iter().find(|(range, _)| range.contains(&place))?;
        // A page on the relations of two states is no page on their war.
        let items = s.grammar.items(title);
        let words = &s.grammar.words;
        let heads = (0..items.len()).filter_map(|at| words.noun(&items, at, &[NounRole::Thing]));
        let head = heads.into_iter().find(|head| head.noun != "relations")?;
        // "China–United States trade war"
        if words.noun(&items, head.at - usize::from(head.at > 0), &[NounRole::Partial]).is_some() {
            return None;
        }
        let named = |at: usize| self.named_or_prefixed(&items, at);
        let dash = (0..head.at).rev().find(|at| items[*at].is_mark('-') && *at > 0)?;
        let pair = named(dash - 1).zip(named(dash + 1));
        pair.filter(|(one, other)| one != other).map(|(one, other)| (Party::Entity(one), Party::Entity(other)))
    }

    /// The entity that an item names, or for which it stands before a dash: "Sino-".
    pub(super) fn named_or_prefixed(&self, items: &[Item], at: usize) -> Option<EntityAt> {
        let s = self.s();
        let item = items.get(at)?;
        if let What::Name(senses) = &item.what {
            let known = super::super::choose(s.grammar.gazetteer, senses, s.context, &[Form::Name, Form::Demonym]);
            if known.is_some() {
                return known;
            }
        }
        let joined = items.get(at + 1).is_some_and(|next| next.is_mark('-'));
        let prefix = s.grammar.words.noun(items, at, &[NounRole::Prefix]).filter(|_| joined)?;
        s.grammar.gazetteer.entity_index(prefix.noun)
    }
}
