//! Sentences to statements: a grammar over typed mentions, not a list of expressions per article.
//!
//! A passage is split into sentences and each sentence into typed items (states, cities, organisations,
//! kinds of mission, dates, verbs). The readers in `missions`, `accreditations`, `relations`, `memberships` and `counts`,
//! and the forms of change in `forms`, work on those items only. Formats (tables, lists, lost cells) do not
//! belong here; they hand over passages with a [`Context`].

mod accreditations;
mod clauses;
mod counts;
mod dates;
mod forms;
mod items;
mod lexicon;
mod memberships;
mod missions;
mod officers;
mod offices;
mod phrases;
mod places;
mod predicates;
mod protections;
mod relations;
mod relocations;
mod seats;
mod spells;
mod subjects;
pub(crate) mod tables;
mod wanted;

use std::ops::Range;

use crate::model::{Bound, Manner, Polarity, Span, Statement};
use crate::names::{EntityAt, Form, Gazetteer, OrganisationAt};

pub use dates::first_date;
pub use items::{Item, NameSenses, What, sentences};
pub use lexicon::{Class, Lexicon};
use wanted::Wanted;

/// The grammar with its tables.
pub struct Grammar<'g> {
    /// Names of states, cities and organisations.
    pub gazetteer: &'g Gazetteer,
    lexicon: Lexicon,
    words: forms::Words,
}

/// What is known around a passage: whom the document is about and whose row or section this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Entity that the document is about.
    pub article: Option<EntityAt>,
    /// The other party: country of the table row, list or section.
    pub other: Option<EntityAt>,
    /// Organisation that the section is about, by index.
    pub topic: Option<OrganisationAt>,
    /// Date for which the document speaks, where it says so.
    pub as_of: Option<Bound>,
}

/// Plain text with the targets of its links.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passage<'p> {
    /// The text.
    pub text: &'p str,
    /// Ranges of link texts with their targets.
    pub links: &'p [(Range<usize>, String)],
}

/// A statement found in a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What is stated.
    pub statement: Statement,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Since and until.
    pub span: Span,
    /// The day of which it speaks, where the text says so.
    pub as_of: Bound,
    /// How it ended, where the text says.
    pub ending: Option<Manner>,
    /// Byte of the passage at which the sentence begins.
    pub start: usize,
}

impl Found {
    /// A statement that a text makes of no day but those of its span, with no manner of ending; at its first byte.
    pub fn new(statement: Statement, polarity: Polarity, span: Span) -> Found {
        Found { statement, polarity, span, as_of: Bound::UNKNOWN, ending: None, start: 0 }
    }
}

/// What a passage gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Statements, in the order of the text.
    pub found: Vec<Found>,
    /// Messages about what was not taken.
    pub problems: Vec<String>,
    /// What the sentences before leave to the next one.
    pub(crate) memory: forms::Memory,
}

/// One sentence as the forms see it.
pub(crate) struct Sentence<'s> {
    pub grammar: &'s Grammar<'s>,
    pub passage: Passage<'s>,
    pub items: Vec<Item>,
    pub start: usize,
    pub context: Context,
    /// Entity spoken of last, for "it".
    pub last: Option<EntityAt>,
    /// Whether it stands in an essay, where opinions are told too.
    pub essay: bool,
}

impl<'g> Grammar<'g> {
    /// The grammar of the tables in `data/grammar`, with the names of a gazetteer. O(words of the tables).
    pub fn load(gazetteer: &'g Gazetteer) -> Grammar<'g> {
        gazetteer.for_texts();
        Grammar { gazetteer, lexicon: Lexicon::load(), words: forms::Words::load() }
    }

    /// The grammar with one form of change.
    #[cfg(test)]
    pub(crate) fn of_form(gazetteer: &'g Gazetteer, form: &str) -> Grammar<'g> {
        Grammar { words: forms::Words::of_form(form), ..Grammar::load(gazetteer) }
    }

    /// What the forms of change alone read in a passage.
    #[cfg(test)]
    pub(crate) fn changes(&self, passage: Passage<'_>, context: Context, essay: bool) -> Reading {
        let mut reading = Reading::default();
        let mut last = context.article;
        for (start, end) in sentences(passage.text) {
            let items = items::items(passage.text, (start, end), self.gazetteer, &self.lexicon);
            let sentence = Sentence { grammar: self, passage, items, start, context, last, essay };
            forms::read(&sentence, &mut reading);
            last = sentence.topic().or(last);
        }
        reading
    }

    /// Reads one passage: missions and accreditations, relations and recognitions, memberships, counts and signed ties;
    /// where `essay` is set, also who supports, criticises or accuses whom.
    pub fn read(&self, passage: Passage<'_>, context: Context, essay: bool) -> Reading {
        let mut reading = Reading::default();
        let mut last = context.article;
        let mut pieces = Vec::new();
        for sentence in sentences(passage.text) {
            let own = items::pieces(passage.text, sentence);
            if own.len() > 1 {
                let (bytes, count) = (sentence.1 - sentence.0, own.len());
                reading.problems.push(format!("a sentence of {bytes} bytes is read in {count} pieces; end it sooner"));
            }
            pieces.extend(own);
        }
        for (start, end) in pieces {
            let text = &passage.text[start..end];
            let wanted = Wanted::of(text);
            let events = self.words.can_read(text, reading.memory.of_relations(), wanted.missions, essay);
            if !wanted.any() && !events {
                continue;
            }
            let items = items::items(passage.text, (start, end), self.gazetteer, &self.lexicon);
            let sentence = Sentence { grammar: self, passage, items, start, context, last, essay };
            if wanted.missions {
                missions::read(&sentence, &mut reading);
            }
            if wanted.protections {
                protections::read(&sentence, &mut reading);
            }
            if wanted.relations {
                relations::read(&sentence, &mut reading);
            }
            if wanted.memberships {
                memberships::read(&sentence, essay, &mut reading);
            }
            if wanted.counts {
                counts::read(&sentence, &mut reading);
            }
            if events {
                forms::read(&sentence, &mut reading);
            }
            last = sentence.topic().or(last);
        }
        reading
    }

    /// Typed items of a text, for formats that look at cells themselves.
    pub fn items(&self, text: &str) -> Vec<Item> {
        items::items(text, (0, text.len()), self.gazetteer, &self.lexicon)
    }

    /// The organisation that an abbreviation of several stands for in lists of memberships.
    pub fn listed_organisation(&self, folded: &str) -> Option<&str> {
        self.lexicon.listed_organisation(folded)
    }

    /// The first date of a text.
    pub fn date_in(&self, text: &str) -> Option<Bound> {
        self.items(text).iter().find_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None })
    }

    /// The one entity that a text names and nothing else, as a table cell or heading does.
    pub fn sole_entity(&self, text: &str, context: Context) -> Option<EntityAt> {
        let items = self.items(text);
        let mut found = None;
        for item in &items {
            match &item.what {
                What::Name(senses) => {
                    let entity = choose(self.gazetteer, senses, context, &[Form::Name])?;
                    if found.is_some_and(|other| other != entity) {
                        return None;
                    }
                    found = Some(entity);
                }
                What::Proper | What::Other | What::Kind(..) => return None,
                _ => {}
            }
        }
        found
    }
}

/// The one entity that a name means here: by the parties of the context if it has several meanings, else
/// by which of them still exists; never by order.
pub(crate) fn choose(gazetteer: &Gazetteer, senses: &NameSenses, context: Context, forms: &[Form]) -> Option<EntityAt> {
    let fitting: Vec<EntityAt> =
        senses.entities.iter().filter(|(_, form)| forms.contains(form)).map(|(at, _)| *at).collect();
    match fitting.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            let party = |wanted: Option<EntityAt>| wanted.filter(|at| several.contains(at));
            party(context.other).or_else(|| party(context.article)).or_else(|| {
                let mut living = several.iter().filter(|&&at| gazetteer.entity_at(at).span.is_open());
                match (living.next(), living.next()) {
                    (Some(only), None) => Some(*only),
                    _ => None,
                }
            })
        }
    }
}

impl Sentence<'_> {
    /// The item at `at`, if there is one.
    pub(crate) fn item(&self, at: usize) -> Option<&Item> {
        self.items.get(at)
    }

    /// Whether the item at `at` is this word.
    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        self.items.get(at).is_some_and(|item| item.is(class))
    }

    /// Whether the item at `at` is one of these words.
    pub(crate) fn is_any(&self, at: usize, classes: &[Class]) -> bool {
        self.items.get(at).is_some_and(|item| item.is_any(classes))
    }

    /// Whether the item at `at` is this mark.
    pub(crate) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.items.get(at).is_some_and(|item| item.is_mark(mark))
    }

    /// The entity that the item at `at` names in one of these forms.
    pub(crate) fn entity(&self, at: usize, forms: &[Form]) -> Option<EntityAt> {
        let senses = self.items.get(at)?.name()?;
        choose(self.grammar.gazetteer, senses, self.context, forms)
    }

    /// The entity that the item at `at` names as a noun.
    pub(crate) fn noun(&self, at: usize) -> Option<EntityAt> {
        self.entity(at, &[Form::Name])
    }

    /// Slug of the organisation that the item at `at` names. Abbreviations that several bear follow the
    /// convention of the lists in which they stand.
    pub(crate) fn organisation(&self, at: usize) -> Option<String> {
        let item = self.items.get(at)?;
        match item.name()?.organisations.as_slice() {
            [] => None,
            [only] => Some(self.grammar.gazetteer.organisation_at(*only).slug.to_string()),
            _ => self.grammar.lexicon.listed_organisation(&item.folded).map(str::to_owned),
        }
    }

    /// The party of the context that is not `one`.
    pub(crate) fn counterpart(&self, one: EntityAt) -> Option<EntityAt> {
        match (self.context.article, self.context.other) {
            (Some(article), Some(other)) if one == article && other != article => Some(other),
            (Some(article), Some(other)) if one == other && other != article => Some(article),
            _ => None,
        }
    }

    /// Both parties of the context, where there are two.
    pub(crate) fn parties(&self) -> Option<[EntityAt; 2]> {
        let (article, other) = (self.context.article?, self.context.other?);
        (article != other).then_some([article, other])
    }

    /// Slug of an entity.
    pub(crate) fn slug(&self, at: EntityAt) -> &str {
        &self.grammar.gazetteer.entity_at(at).slug
    }

    /// Whether the name at `at` belongs to a phrase with a preposition, and so is no subject.
    pub(crate) fn governed(&self, at: usize) -> bool {
        let mut i = at;
        while i > 0 && (self.is(i - 1, Class::Det) || self.items[i - 1].what == What::Proper) {
            i -= 1;
        }
        // "its embassy in Dhaka, Bangladesh, is also accredited": the country of the city before it.
        let next = if self.is(at + 1, Class::Adverb) { at + 2 } else { at + 1 };
        let closed = self.is_mark(at + 1, ',') || self.is(next, Class::Accredit);
        if i >= 2 && closed && self.is_mark(i - 1, ',') {
            let gazetteer = self.grammar.gazetteer;
            let cities = self.items[i - 2].name().map_or(&[][..], |senses| senses.cities.as_slice());
            let country = self.noun(at);
            if country
                .is_some_and(|country| cities.iter().any(|city| gazetteer.city_at(*city).entity == self.slug(country)))
            {
                return true;
            }
        }
        let government = i >= 2
            && self.is(i - 1, Class::Of)
            && matches!(
                self.items[i - 2].folded.as_str(),
                "government" | "republic" | "kingdom" | "state" | "commonwealth" | "governments"
            );
        // "of Abkhazia and South Ossetia": the second name hangs on the first one's preposition.
        if i >= 2
            && (self.is(i - 1, Class::And) || self.is_mark(i - 1, ','))
            && self.items[i - 2].name().is_some_and(|senses| !senses.entities.is_empty())
            && !self.is_mark(i - 1, ',')
        {
            return self.governed(i - 2);
        }
        let than =
            i > 0 && matches!(self.items[i - 1].folded.as_str(), "than" | "except" | "despite" | "unlike" | "like");
        than || !government
            && i > 0
            && self.is_any(
                i - 1,
                &[
                    Class::In,
                    Class::To,
                    Class::From,
                    Class::Of,
                    Class::By,
                    Class::Through,
                    Class::With,
                    Class::For,
                    Class::On,
                    Class::Between,
                ],
            )
    }

    /// Written form of the items from `from` up to `to`.
    pub(crate) fn text(&self, from: usize, to: usize) -> &str {
        match (self.items.get(from), self.items.get(to.wrapping_sub(1))) {
            (Some(first), Some(last)) if first.start <= last.end => &self.passage.text[first.start..last.end],
            _ => "",
        }
    }

    /// First entity named as a noun: what "it" in the next sentence refers to.
    fn topic(&self) -> Option<EntityAt> {
        (0..self.items.len()).find_map(|at| self.noun(at))
    }

    /// The day of which the sentence says that it speaks, "as of 2014"; unknown where it does not say.
    pub(crate) fn spoken_of(&self) -> Bound {
        let words = self.items.windows(3).find_map(|three| match three {
            [one, two, Item { what: What::Date(bound), .. }] if one.folded == "as" && two.folded == "of" => {
                Some(*bound)
            }
            _ => None,
        });
        words.unwrap_or(Bound::UNKNOWN)
    }

    /// Adds a statement.
    pub(crate) fn state(&self, reading: &mut Reading, statement: Statement, polarity: Polarity, span: Span) {
        // What ended before it began again stands today: "reopened in 2011, after its closure in 2003".
        let reversed =
            matches!((span.began.earliest, span.ended.and_then(|ended| ended.latest)), (Some(a), Some(b)) if b < a);
        let mut span = if reversed { Span::since(span.began) } else { span };
        // A date from before an organisation was founded is another's: "joined the UN in 1946 and NATO".
        if let Statement::Membership { organization, .. } = &statement
            && let Some(organisation) = self.grammar.gazetteer.organisation(organization)
            && matches!((span.began.latest, organisation.span.began.earliest), (Some(a), Some(b)) if a < b)
        {
            span.began = Bound::UNKNOWN;
        }
        // "Until 11 September 2020 there were no relations": the denial ends there.
        if let (Polarity::Denied, Some(What::Date(bound)), None, true) = (
            polarity,
            self.items.get(1).map(|item| &item.what),
            span.ended,
            self.items.first().is_some_and(|item| item.is(Class::Until)),
        ) {
            span = Span { began: Bound::UNKNOWN, ended: Some(*bound) };
        }
        // "Relations as of 1 January 1993" begin then.
        let as_of = self.spoken_of();
        let begins = matches!((span.began.earliest, as_of.latest), (Some(began), Some(day)) if day <= began);
        let as_of = if begins || as_of == span.began { Bound::UNKNOWN } else { as_of };
        // A first envoy is an event: that he came tells of his day and of no end.
        let envoy = span.ended.is_some_and(|ended| {
            ended.latest.is_none() && ended.earliest.is_some() && ended.earliest == span.began.earliest
        });
        let as_of = if envoy { span.began } else { as_of };
        if envoy {
            span.ended = None;
        }
        // "As of 2014 it was accredited": told of that day, in the past because the day is past; nothing says that it ended.
        if !as_of.is_unknown() && span.ended == Some(Bound::UNKNOWN) {
            span.ended = None;
        }
        self.push(reading, Found { as_of, start: self.start, ..Found::new(statement, polarity, span) });
    }

    /// Adds the statement of an event, with the manner in which what it ends ended. Nothing is inferred from the
    /// words around it.
    pub(crate) fn event(
        &self,
        reading: &mut Reading,
        statement: Statement,
        polarity: Polarity,
        span: Span,
        ending: Option<Manner>,
    ) {
        self.push(reading, Found { ending, start: self.start, ..Found::new(statement, polarity, span) });
    }

    /// Adds what was found, if it is not there yet.
    pub(crate) fn push(&self, reading: &mut Reading, found: Found) {
        // The same can only stand in this sentence.
        let mut here = reading.found.iter().rev().take_while(|known| known.start == self.start);
        if !here.any(|known| *known == found) {
            reading.found.push(found);
        }
    }
}
