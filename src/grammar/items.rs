//! Running text to typed items: names, kinds of mission, dates, words of the grammar.

use super::dates;
use super::lexicon::{Class, Lexicon, Meaning};
use crate::model::{Bound, MissionKind};
use crate::names::{CityAt, EntityAt, Form, Gazetteer, OrganisationAt, Sense, fold_word, is_word_char};

/// What a stretch of text is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A name of the gazetteer, with all that it can mean.
    Name(Box<NameSenses>),
    /// A capitalised word that no table has.
    Proper,
    /// A kind of mission, and whether it is plural.
    Kind(MissionKind, bool),
    /// A word of the grammar.
    Word(Class),
    /// A date.
    Date(Bound),
    /// A number that is no date.
    Number(i64),
    /// `'s` or a lone apostrophe after a name.
    Possessive,
    /// A mark: `,` `;` `:` `(` `)` `-` `/` `"`.
    Mark(char),
    /// Any other word.
    Other,
}

/// The meanings of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameSenses {
    /// Entities, by index, with the form of the name.
    pub entities: Vec<(EntityAt, Form)>,
    /// Cities, by index.
    pub cities: Vec<CityAt>,
    /// Organisations, by index.
    pub organisations: Vec<OrganisationAt>,
}

/// One item of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub what: What,
    /// First byte in the text.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// Folded words.
    pub folded: String,
}

impl Item {
    /// Whether it is this word of the grammar.
    pub fn is(&self, class: Class) -> bool {
        self.what == What::Word(class)
    }

    /// Whether it is one of these words of the grammar.
    pub fn is_any(&self, classes: &[Class]) -> bool {
        matches!(self.what, What::Word(class) if classes.contains(&class))
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }

    /// The meanings, if it is a name.
    pub fn name(&self) -> Option<&NameSenses> {
        if let What::Name(senses) = &self.what { Some(senses) } else { None }
    }
}

/// A token before names and phrases are looked up.
#[derive(Clone, Debug)]
struct Token {
    start: usize,
    end: usize,
    folded: String,
    capital: bool,
    mark: Option<char>,
}

/// Ranges of the sentences of a text. A full stop ends one unless it belongs to an abbreviation.
pub fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let end = match byte {
            b'\n' | b'!' | b'?' => 1,
            b'.' if ends_sentence(text, bytes, at) => 1,
            // A paragraph separator.
            0xe2 if text[at..].starts_with('\u{2029}') => '\u{2029}'.len_utf8(),
            _ => 0,
        };
        if end > 0 {
            let stop = at + end;
            if !text[from..stop].trim().is_empty() {
                found.push((from, stop));
            }
            from = stop;
        }
    }
    if !text[from..].trim().is_empty() {
        found.push((from, text.len()));
    }
    found
}

/// Most bytes of one sentence: what a reader does with it grows faster than its length.
const LONGEST: usize = 8_000;

/// A sentence in pieces that readers can do with: cut at spaces where it is longer. Nearly always it is one.
pub(super) fn pieces(text: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while to - at > LONGEST {
        let mut limit = at + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let cut = text[at..limit].rfind(char::is_whitespace).map_or(limit, |space| at + space);
        let cut = if cut > at { cut } else { limit };
        found.push((at, cut));
        at = cut;
    }
    found.push((at, to));
    found
}

fn ends_sentence(text: &str, bytes: &[u8], at: usize) -> bool {
    const SHORT: [&str; 22] = [
        "st", "mr", "mrs", "ms", "dr", "no", "vs", "mt", "ft", "gen", "col", "sen", "prof", "jr", "sr", "hon", "rev",
        "approx", "ca", "messrs", "amb", "lt",
    ];
    let rest = &text[at + 1..];
    let follows = rest.trim_start_matches(['"', '”', '\'', ')', ']']);
    if !(follows.is_empty() || follows.starts_with(char::is_whitespace)) {
        // "capitals.The": a capital right after a lower-case word ends a sentence too.
        let lower = at >= 2 && bytes[at - 1].is_ascii_lowercase() && bytes[at - 2].is_ascii_lowercase();
        return lower
            && follows.starts_with(|c: char| c.is_uppercase())
            && !rest.as_bytes()[..rest.len().min(LONGEST)].windows(3).any(|three| three == b"://");
    }
    let next = follows.trim_start().chars().next();
    if next.is_some_and(|c| c.is_lowercase()) {
        return false;
    }
    let word_from = text[..at]
        .rfind(|c: char| !is_word_char(c))
        .map_or(0, |from| from + text[from..].chars().next().map_or(1, char::len_utf8));
    let word = &text[word_from..at];
    let letters = word.chars().count();
    if next.is_none() {
        return true;
    }
    // Initials, "U.S.", "St."
    !(letters == 1 && word.chars().all(char::is_uppercase)
        || word.contains('.')
        || SHORT.contains(&word.to_ascii_lowercase().as_str()))
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if is_word_char(first) && first != '.' {
            let length = text[at..].find(|c| !is_word_char(c)).unwrap_or(text.len() - at);
            let word = &text[at..at + length];
            at += length;
            push_word(word, at - length, &mut tokens);
        } else {
            let mark = match first {
                '–' | '—' | '−' | '‑' => '-',
                '[' | ']' | '“' | '”' | '«' | '»' => '"',
                c => c,
            };
            if matches!(mark, ',' | ';' | ':' | '(' | ')' | '-' | '/' | '"' | '&' | '%' | '$' | '€' | '£') {
                let folded = if mark == '&' { "and".to_owned() } else { mark.to_string() };
                let end = at + first.len_utf8();
                tokens.push(Token { start: at, end, folded, capital: false, mark: Some(mark) });
            }
            at += first.len_utf8();
        }
    }
    tokens
}

fn push_word(word: &str, start: usize, tokens: &mut Vec<Token>) {
    let trimmed = word.trim_end_matches(['.', '\'', '’', '‘', '`']);
    // "doesn't": does not.
    if let Some(stem) =
        trimmed.strip_suffix("n't").or_else(|| trimmed.strip_suffix("n’t")).filter(|stem| !stem.is_empty())
    {
        push_word(stem, start, tokens);
        let (start, end) = (start + stem.len(), start + trimmed.len());
        tokens.push(Token { start, end, folded: "not".to_owned(), capital: false, mark: None });
        return;
    }
    // "'s-Hertogenbosch": an ending without a word is a word.
    let lone = matches!(trimmed, "'s" | "’s") && !tokens.last().is_some_and(|before| before.capital);
    let (stem, possessive) = match trimmed.strip_suffix("'s").or_else(|| trimmed.strip_suffix("’s")) {
        Some(stem) if !lone => (stem, true),
        Some(_) => (trimmed, false),
        None => (trimmed, word.len() > trimmed.len() && word[trimmed.len()..].contains(['\'', '’'])),
    };
    let mut folded = String::new();
    fold_word(stem, &mut folded);
    if !folded.is_empty() {
        let lead = stem.trim_start_matches(['\'', '’', '‘', '`']);
        let capital = lone || lead.starts_with(|c: char| c.is_uppercase());
        // The full stops inside an abbreviation belong to it; the one that ends a sentence does not.
        let inner = stem.contains('.');
        let end = start + if inner && word[stem.len()..].starts_with('.') { stem.len() + 1 } else { stem.len() };
        tokens.push(Token { start, end, folded, capital, mark: None });
    }
    if possessive {
        let from = start + stem.len();
        let ending = stem.len() < trimmed.len();
        tokens.push(Token {
            start: from,
            end: start + if ending { trimmed.len() } else { stem.len() },
            folded: if ending { "s".to_owned() } else { String::new() },
            capital: false,
            mark: Some('\''),
        });
    }
}

/// Reads the items of one sentence. `text` is the whole passage; the range is the sentence.
pub fn items(text: &str, range: (usize, usize), gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Item> {
    let mut tokens = tokens(&text[range.0..range.1]);
    let mut items: Vec<Item> = Vec::with_capacity(tokens.len());
    let mut key = String::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let (what, length) = match token.mark {
            Some('\'') => (What::Possessive, 1),
            Some('&') => (What::Word(Class::And), 1),
            Some(mark) => (What::Mark(mark), 1),
            None => read(text, range.0, &tokens[at..], gazetteer, lexicon, &mut key),
        };
        // A cell that says "1905–11" and no more may mean a month.
        let months = tokens.len() == 3 && matches!(what, What::Number(..=12));
        let second = second_year(&items, &what, token.folded.len()).filter(|_| !months);
        let what = second.map_or(what, What::Date);
        let (start, end) = (range.0 + token.start, range.0 + tokens[at + length - 1].end);
        // What is read is not looked at again: its word is taken.
        let mut folded = std::mem::take(&mut tokens[at].folded);
        for token in &tokens[at + 1..at + length] {
            folded.push(' ');
            folded.push_str(&token.folded);
        }
        items.push(Item { what, start, end, folded });
        at += length;
    }
    items
}

/// The year that the two digits behind a year and a dash mean: "1918–20".
fn second_year(before: &[Item], what: &What, digits: usize) -> Option<Bound> {
    let ([.., Item { what: What::Date(first), .. }, Item { what: What::Mark('-'), .. }], What::Number(number)) =
        (before, what)
    else {
        return None;
    };
    let (year, number) = (first.known_year()?, i16::try_from(*number).ok()?);
    let whole = *first == Bound::year(year);
    (whole && digits == 2 && number > year % 100).then(|| Bound::year(year - year % 100 + number))
}

/// The longest reading at the head of `tokens` and how many tokens it takes.
fn read(
    text: &str,
    base: usize,
    tokens: &[Token],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    key: &mut String,
) -> (What, usize) {
    let token = &tokens[0];
    if dates::can_begin(&token.folded) {
        let words: Vec<&str> = tokens.iter().take(6).map(|token| token.folded.as_str()).collect();
        if let Some((bound, length)) = dates::date(&words) {
            return (What::Date(bound), length);
        }
    }
    let phrase = lexicon_phrase(tokens, lexicon, key);
    if let Some((senses, length)) = name(text, base, tokens, gazetteer, key) {
        // At equal length a word of the grammar wins ("May" is no name, nor is "Both") unless it is written in
        // capitals, as "WHO" is.
        let written = &text[base + token.start..base + token.end];
        let capitals = written.len() > 1 && written.chars().all(char::is_uppercase);
        let longer = phrase.is_none_or(|(_, words)| words < length || words == length && capitals);
        if longer {
            return (What::Name(Box::new(senses)), length);
        }
    }
    match phrase {
        Some((Meaning::Kind(kind, many), length)) => (What::Kind(kind, many), length),
        Some((Meaning::Word(class), length)) => (What::Word(class), length),
        None => match token.folded.parse::<i64>() {
            Ok(number) => {
                let grouped = tokens.get(1).is_some_and(|mark| mark.mark == Some(',') && mark.start == token.end)
                    && tokens.get(2).is_some_and(|next| next.folded.len() == 3 && next.start == tokens[1].end);
                match tokens.get(2).and_then(|next| next.folded.parse::<i64>().ok()) {
                    Some(rest) if grouped => (What::Number(number.saturating_mul(1000).saturating_add(rest)), 3),
                    _ => (What::Number(number), 1),
                }
            }
            Err(_) => match dates::number_word(&token.folded) {
                Some(number) => (What::Number(number), 1),
                None if token.capital => (What::Proper, 1),
                None => (What::Other, 1),
            },
        },
    }
}

fn lexicon_phrase(tokens: &[Token], lexicon: &Lexicon, key: &mut String) -> Option<(Meaning, usize)> {
    let mut reach = lexicon.longest(&tokens[0].folded).min(tokens.len());
    while reach > 0 {
        if let Some(length) = join(tokens, reach, true, key)
            && let Some(meaning) = lexicon.meaning(key)
        {
            return Some((meaning, length));
        }
        reach -= 1;
    }
    None
}

/// Joins the first `words` word tokens, passing over hyphens; returns how many tokens that took.
fn join(tokens: &[Token], words: usize, hyphens: bool, key: &mut String) -> Option<usize> {
    key.clear();
    let (mut taken, mut used) = (0, 0);
    for token in tokens {
        if taken == words {
            break;
        }
        used += 1;
        match token.mark {
            Some('-') if hyphens && taken > 0 => continue,
            // "People's Republic": the ending belongs to the word before.
            Some('\'') if taken > 0 => {
                key.push_str(&token.folded);
                continue;
            }
            Some('&') | None => {}
            Some(',' | '(' | ')') if !hyphens => {}
            Some(_) => return None,
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.folded);
        taken += 1;
    }
    (taken == words).then_some(used)
}

fn name(
    text: &str,
    base: usize,
    tokens: &[Token],
    gazetteer: &Gazetteer,
    key: &mut String,
) -> Option<(NameSenses, usize)> {
    let first = &tokens[0];
    if !first.capital {
        return None;
    }
    let owned = tokens.get(1).is_some_and(|mark| mark.mark == Some('\'') && mark.folded == "s");
    let reach = if owned { gazetteer.longest(&format!("{}s", first.folded)) } else { 0 };
    let reach = reach.max(gazetteer.longest(&first.folded)).min(12);
    for words in (1..=reach).rev() {
        for form in [Join::Marks, Join::Ending, Join::Bare] {
            let joined = match form {
                Join::Marks => join_names(tokens, words, key),
                Join::Ending => join(tokens, words, true, key).and_then(|length| {
                    // "St. George's": the ending belongs to the name.
                    let ending = tokens.get(length).filter(|mark| mark.mark == Some('\'') && mark.folded == "s")?;
                    key.push_str(&ending.folded);
                    Some(length + 1)
                }),
                Join::Bare => join(tokens, words, true, key),
            };
            let Some(length) = joined else { continue };
            let senses: Vec<Sense> = gazetteer.senses(key).collect();
            if senses.is_empty() {
                continue;
            }
            // A name that a state bore for a time gives way to whoever bears it without an end.
            let lasting = senses.iter().any(|sense| matches!(sense, Sense::Entity(_, _, held) if held.is_open()));
            let written = &text[base + first.start..base + tokens[length - 1].end];
            if gazetteer.is_abbreviation(key)
                && written.chars().filter(|c| c.is_alphabetic()).any(char::is_lowercase)
                && written.chars().count() <= 3
            {
                continue;
            }
            let mut found = NameSenses::default();
            for sense in senses {
                match sense {
                    Sense::Entity(_, _, held) if lasting && !held.is_open() => {}
                    Sense::Entity(at, form, _) => found.entities.push((at, form)),
                    Sense::City(at) => found.cities.push(at),
                    Sense::Organisation(at) => found.organisations.push(at),
                }
            }
            found.entities.sort_unstable();
            found.entities.dedup_by_key(|(at, _)| *at);
            return Some((found, length));
        }
    }
    None
}

/// How the tokens of a name are joined to a key.
#[derive(Clone, Copy)]
enum Join {
    /// With commas and brackets as words.
    Marks,
    /// With the possessive that follows.
    Ending,
    /// Words only.
    Bare,
}

/// Joins tokens with commas and brackets counted as words, as in the keys of names that have them.
fn join_names(tokens: &[Token], words: usize, key: &mut String) -> Option<usize> {
    if tokens.len() < 3 || !tokens.iter().take(words).any(|token| matches!(token.mark, Some(',' | '(' | ')'))) {
        return None;
    }
    key.clear();
    for token in tokens.get(..words)? {
        if matches!(token.mark, Some(';' | ':' | '/' | '"' | '-' | '\'')) {
            return None;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.folded);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is longer than readers can do with is cut at spaces, loses nothing, and grows in step with the text.
    #[test]
    fn a_sentence_without_end_is_cut_at_spaces() {
        for words in [1, 700, 7_000] {
            let text = "Chile and Perú, ".repeat(words);
            let cut = pieces(&text, (0, text.len()));
            assert!(cut.iter().all(|(from, to)| to - from <= LONGEST && !text[*from..*to].starts_with("hile")));
            assert_eq!(cut.iter().map(|(from, to)| &text[*from..*to]).collect::<String>(), text);
            assert_eq!(cut.len(), text.len() / LONGEST + 1);
        }
        let unbroken = "ú".repeat(LONGEST);
        assert_eq!(pieces(&unbroken, (0, unbroken.len())).len(), 2);
    }
}
