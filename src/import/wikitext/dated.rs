//! What the cells of a row tell together: the dates of relations, and a country that a name alone leaves open.

use super::super::episodes::episodes;
use super::inline::Plain;
use super::{Doubt, Reader};
use crate::grammar::{Class, Found, Item, What};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::EntityAt;

impl Reader<'_, '_> {
    /// Keeps a name that no table has, or that several states bear, until the row is over.
    pub(super) fn unnamed(&mut self, plain: &Plain, line: usize, offset: usize) {
        let gazetteer = self.document.grammar.gazetteer;
        let choices = gazetteer.candidates(&plain.text, None);
        let slugs: Vec<&str> = choices.iter().map(|at| gazetteer.entity_at(*at).slug.as_str()).collect();
        let why = if slugs.len() > 1 {
            format!("can mean {}", slugs.join(" or "))
        } else {
            "is no state of the tables".to_owned()
        };
        let message = format!("\"{}\" {why}; row read without it", plain.text.trim());
        if let Some(table) = self.tables.last_mut() {
            table.row.doubt = Some(Doubt { choices, place: (line, offset), message });
        }
    }

    /// "Congo" is the one that the row's links speak of: "See [[Republic of the Congo–Turkey relations]]".
    pub(super) fn named_by_a_link(&mut self, plain: &Plain) {
        let Some(table) = self.tables.last_mut().filter(|table| table.row.country.is_none()) else { return };
        let Some(doubt) = &table.row.doubt else { return };
        let grammar = self.document.grammar;
        let mut linked: Vec<EntityAt> = plain
            .links
            .iter()
            .flat_map(|(_, target)| grammar.items(target))
            .filter_map(|item| Some(item.name()?.entities.iter().map(|(at, _)| *at).collect::<Vec<EntityAt>>()))
            .filter(|named| named.len() == 1)
            .map(|named| named[0])
            .filter(|named| doubt.choices.contains(named))
            .collect();
        linked.sort_unstable();
        linked.dedup();
        if let [only] = linked.as_slice() {
            table.row.place = Some(doubt.place);
            table.row.country = Some(*only);
        }
    }

    /// Takes the dates of relations from a cell.
    pub(super) fn date_cell(&mut self, plain: &Plain, line: usize, offset: usize) {
        let silent = plain.text.trim().is_empty();
        if let Some(table) = self.tables.last_mut() {
            table.row.silent = silent;
        }
        let items = self.document.grammar.items(&plain.text);
        self.predecessors(&items, line, offset);
        let spans = episodes(&items);
        if let Some(table) = self.tables.last_mut()
            && table.row.dates.is_empty()
        {
            table.row.dates = spans.into_iter().map(|span| (span, line, offset)).collect();
        }
    }

    /// "2 February 1950 (as Czechoslovakia)", "26 February 1973 (with Republic of Vietnam from …)": the date is
    /// also that of relations with the state of that time.
    fn predecessors(&mut self, items: &[Item], line: usize, offset: usize) {
        let Some(article) = self.document.article else { return };
        let context = self.document.context(None);
        let current = self.tables.last().and_then(|table| table.row.country);
        for (at, item) in items.iter().enumerate() {
            let What::Date(date) = item.what else { continue };
            let rest = &items[at + 1..];
            let opens = rest.first().is_some_and(|item| item.is_mark('('))
                && rest.get(1).is_some_and(|item| item.is_any(&[Class::As, Class::With]));
            let gazetteer = self.document.grammar.gazetteer;
            let named = rest
                .get(2)
                .and_then(|item| item.name())
                .and_then(|senses| crate::grammar::choose(gazetteer, senses, context, &[crate::names::Form::Name]));
            if let (true, Some(other)) = (opens, named.filter(|named| Some(*named) != current && *named != article)) {
                let statement =
                    Statement::relations(&gazetteer.entity_at(article).slug, &gazetteer.entity_at(other).slug);
                // "from D1 to D2" after the name says better when.
                let own: Vec<Bound> = rest[3..]
                    .iter()
                    .take_while(|item| !item.is_mark(')'))
                    .filter_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None })
                    .collect();
                let span = match own.as_slice() {
                    [] => Span::since(date),
                    [began, rest @ ..] => Span { began: *began, ended: rest.first().copied() },
                };
                self.document.claim(Found::new(statement, Polarity::Asserted, span), line, offset);
            }
        }
    }
}
