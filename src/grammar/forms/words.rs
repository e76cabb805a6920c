//! The words of a sentence that forms are made of: verbs with their forms, nouns with what they stand for.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap as HashMap;

use super::super::items::What;
use super::super::tables::{FORMS, FormRow, Infinitive, NOUNS, NounRole, NounRow, States, Texts, VERBS, VerbRow};
use super::super::{Item, Sentence};
use super::verb_heads::MISSION;

/// The tables of verbs, nouns and forms, by the first word of each phrase.
pub(crate) struct Words {
    verbs: HashMap<&'static str, Vec<(Phrase, &'static VerbRow)>>,
    nouns: HashMap<&'static str, Vec<(Phrase, &'static NounRow)>>,
    forms: HashMap<&'static str, Vec<&'static FormRow>>,
    /// Finds a word without which no form applies.
    needed: AhoCorasick,
    /// Finds a verb of the forms about relations, which can do with a pronoun.
    of_relations: AhoCorasick,
    /// Finds a verb of the forms about missions, which a mission must stand beside.
    of_missions: AhoCorasick,
    /// Finds a word of the forms that only essays are read for.
    of_essays: AhoCorasick,
}

/// The words of a phrase.
type Phrase = Vec<&'static str>;

/// A verb of the tables at an item.
#[derive(Clone, Copy)]
pub(super) struct VerbAt {
    pub row: &'static VerbRow,
    pub end: usize,
}

/// A noun of the tables at an item.
#[derive(Clone, Copy)]
pub(super) struct NounAt {
    pub noun: &'static str,
    pub role: NounRole,
    pub at: usize,
    pub end: usize,
}

impl Words {
    /// Reads the tables. The finders are built of their first words.
    pub(crate) fn load() -> Words {
        let first = |word: &'static str| word.split(' ').next().unwrap_or(word);
        let heads = |wanted: &dyn Fn(&FormRow) -> bool| -> Vec<&'static str> {
            let lemmas: Vec<&str> =
                FORMS.rows().iter().filter(|form| wanted(form)).map(|form| form.head.as_str()).collect();
            VERBS.rows().iter().filter(|row| lemmas.contains(&row.lemma.as_str())).map(|row| first(&row.word)).collect()
        };
        let opinion = |form: &FormRow| form.texts == Some(Texts::Essay);
        let only: Vec<&str> = FORMS
            .rows()
            .iter()
            .filter(|form| opinion(form))
            .flat_map(|form| [Some(form.head.as_str()), form.thing.as_deref()])
            .flatten()
            .collect();
        let nouns = NOUNS.rows().iter().filter(|row| row.role == NounRole::Thing);
        let (opinions, things): (Vec<&NounRow>, Vec<&NounRow>) =
            nouns.partition(|row| only.contains(&row.noun.as_str()));
        let opinions: Vec<&str> = opinions.into_iter().map(|row| first(&row.word)).chain(heads(&opinion)).collect();
        let things = things.into_iter().map(|row| first(&row.word));
        let needed: Vec<&str> =
            heads(&|form| !opinion(form) && form.thing.as_deref().is_none_or(|thing| thing == "envoys"))
                .into_iter()
                .chain(things)
                .filter(|word| *word != "re")
                .collect();
        let relations = heads(&|form| form.thing.as_deref() == Some("relations"));
        let missions = heads(&|form| form.thing.as_deref() == Some(MISSION));
        let mut words = Words {
            verbs: HashMap::default(),
            nouns: HashMap::default(),
            forms: HashMap::default(),
            needed: finder(&needed),
            of_relations: finder(&relations),
            of_missions: finder(&missions),
            of_essays: finder(&opinions),
        };
        for row in VERBS.rows() {
            let parts: Vec<&str> = row.word.split(' ').collect();
            words.verbs.entry(parts[0]).or_default().push((parts, row));
        }
        for row in NOUNS.rows() {
            let parts: Vec<&str> = row.word.split(' ').collect();
            words.nouns.entry(parts[0]).or_default().push((parts, row));
        }
        // The longest phrase is tried first.
        words.verbs.values_mut().for_each(|rows| rows.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len())));
        words.nouns.values_mut().for_each(|rows| rows.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len())));
        for row in FORMS.rows() {
            words.forms.entry(row.head.as_str()).or_default().push(row);
        }
        words
    }

    /// The tables with one form alone.
    #[cfg(test)]
    pub(crate) fn of_form(form: &str) -> Words {
        let mut words = Words::load();
        words.forms.values_mut().for_each(|rows| rows.retain(|row| row.form == form));
        words
    }

    /// Whether a form can find anything in a text: a look before it is taken apart. O(bytes of the text).
    pub(crate) fn can_read(&self, text: &str, after_relations: bool, missions: bool, essay: bool) -> bool {
        self.needed.is_match(text)
            || after_relations && self.of_relations.is_match(text)
            || missions && self.of_missions.is_match(text)
            || essay && self.of_essays.is_match(text)
    }

    /// The forms that a verb or noun is the head of.
    pub(super) fn forms(&self, head: &str) -> &[&'static FormRow] {
        self.forms.get(head).map_or(&[], Vec::as_slice)
    }

    /// The verb at an item, the longest of the table.
    pub(super) fn verb(&self, items: &[Item], at: usize) -> Option<VerbAt> {
        let rows = self.verbs.get(first_word(items.get(at)?)?)?;
        rows.iter().find_map(|(parts, row)| Some(VerbAt { row, end: ends(items, at, parts)? }))
    }

    /// Whether the verb at an item is one of taking up relations, or of ending them or taking them up again: `begin` says
    /// which.
    pub(crate) fn changes_relations(&self, items: &[Item], at: usize, begin: bool) -> bool {
        let Some(verb) = self.verb(items, at) else { return false };
        let change = |form: &&FormRow| {
            let states = match form.states {
                States::Begun => begin,
                States::Ended | States::Restored => !begin,
                _ => false,
            };
            states && form.thing.as_deref() == Some("relations")
        };
        self.forms(&verb.row.lemma).iter().any(change)
    }

    /// Whether a word says what body a name is of: "Agency".
    pub(crate) fn names_body(&self, items: &[Item], at: usize) -> bool {
        self.noun(items, at, &[NounRole::Body]).is_some()
    }

    /// Whether the word at an item says of a thing that an organisation made it: "a UN appointed team".
    pub(crate) fn names_made(&self, items: &[Item], at: usize) -> bool {
        self.noun(items, at, &[NounRole::Made]).is_some()
    }

    /// Whether the word at an item is for states in general: "members", "countries".
    pub(crate) fn names_peers(&self, items: &[Item], at: usize) -> bool {
        self.noun(items, at, &[NounRole::Peer]).is_some()
    }

    /// Whether an item is a form of a verb of the tables.
    pub(crate) fn begins_verb(&self, items: &[Item], at: usize) -> bool {
        self.verb(items, at).is_some()
    }

    /// Whether the verb at an item is a form of one of the tables' verbs.
    pub(crate) fn is_verb(&self, items: &[Item], at: usize, lemma: &str) -> bool {
        self.verb(items, at).is_some_and(|verb| verb.row.lemma == lemma)
    }

    /// The noun of one of these roles at an item, the longest of the table.
    pub(super) fn noun(&self, items: &[Item], at: usize, roles: &[NounRole]) -> Option<NounAt> {
        let rows = self.nouns.get(first_word(items.get(at)?)?)?;
        rows.iter()
            .filter(|(_, row)| roles.contains(&row.role))
            .find_map(|(parts, row)| Some(NounAt { noun: &row.noun, role: row.role, at, end: ends(items, at, parts)? }))
    }
}

impl Sentence<'_> {
    /// The forms that a verb or noun is the head of, and that texts of this kind are read for.
    pub(super) fn forms(&self, head: &str) -> impl Iterator<Item = &'static FormRow> {
        let essay = self.essay;
        self.grammar.words.forms(head).iter().copied().filter(move |form| essay || form.texts != Some(Texts::Essay))
    }
}

impl VerbRow {
    /// What an infinitive after this verb is.
    pub(super) fn governs(&self) -> Option<Infinitive> {
        self.infinitive
    }
}

fn finder(words: &[&str]) -> AhoCorasick {
    let built = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    // A finder of a few hundred words is far below the limits of the library.
    built.unwrap_or_else(|error| panic!("words of the forms: {error}"))
}

fn first_word(item: &Item) -> Option<&str> {
    match item.what {
        What::Name(_) | What::Mark(_) | What::Possessive | What::Date(_) | What::Kind(..) => None,
        _ => item.folded.split(' ').next(),
    }
}

/// The item after a phrase that begins at `at`; hyphens between its words are passed over.
fn ends(items: &[Item], at: usize, words: &[&str]) -> Option<usize> {
    let (mut i, mut said) = (at, 0);
    while said < words.len() {
        let item = items.get(i)?;
        i += 1;
        if item.is_mark('-') && said > 0 {
            continue;
        }
        for part in item.folded.split(' ').filter(|part| *part != "-") {
            if words.get(said) != Some(&part) {
                return None;
            }
            said += 1;
        }
    }
    Some(i)
}
