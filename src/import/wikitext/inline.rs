//! Second pass: the markup of one stretch of a line becomes plain text.

use std::ops::Range;

use crate::grammar::tables::Shows;

/// Plain text with what its markup said.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Plain {
    /// The text as a reader sees it.
    pub text: String,
    /// Targets of links, by the range of their display text.
    pub links: Vec<(Range<usize>, String)>,
    /// Names given by flag templates, by the range of the name.
    pub flags: Vec<Range<usize>>,
    /// Where stretches of text came from: byte of the text, byte of the markup.
    map: Vec<(usize, usize)>,
}

impl Plain {
    /// The byte of the markup from which the text at `at` came.
    pub(super) fn origin(&self, at: usize) -> usize {
        let entry = self.map.partition_point(|(text, _)| *text <= at);
        entry.checked_sub(1).map_or(0, |entry| self.map[entry].1 + at - self.map[entry].0)
    }
}

/// Deepest nesting of templates and links that is looked into; what is deeper is dropped.
const DEPTH: usize = 12;

/// Turns markup into plain text. Linear in the input for any nesting.
pub(super) fn plain(markup: &str) -> Plain {
    let mut out = Plain::default();
    render(markup, &pairs(markup), 0, 0, &mut out);
    out
}

/// Matched pairs of `{{ }}` and `[[ ]]`: start of the opener to start of the closer, sorted by start.
fn pairs(markup: &str) -> Vec<(usize, usize)> {
    let bytes = markup.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut pairs = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'{', b'{') | (b'[', b'[') => {
                open.push((at, bytes[at]));
                at += 2;
            }
            (b'}', b'}') | (b']', b']') => {
                let opener = if bytes[at] == b'}' { b'{' } else { b'[' };
                if open.last().is_some_and(|last| last.1 == opener) {
                    if let Some((start, _)) = open.pop() {
                        pairs.push((start, at));
                    }
                } else if open.len() > 1 && open[open.len() - 2].1 == opener {
                    // One unclosed opener inside: close the outer one over it.
                    open.pop();
                    if let Some((start, _)) = open.pop() {
                        pairs.push((start, at));
                    }
                }
                at += 2;
            }
            _ => at += 1,
        }
    }
    pairs.sort_unstable();
    pairs
}

fn closer(pairs: &[(usize, usize)], start: usize) -> Option<usize> {
    pairs.binary_search_by_key(&start, |pair| pair.0).ok().map(|at| pairs[at].1)
}

/// Renders `markup`, which begins at `base` of the stretch that `pairs` indexes.
fn render(markup: &str, pairs: &[(usize, usize)], base: usize, depth: usize, out: &mut Plain) {
    let bytes = markup.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &markup[at..];
        if rest.starts_with("{{") || rest.starts_with("[[") {
            match closer(pairs, base + at).map(|end| end - base).filter(|end| end + 2 <= markup.len()) {
                Some(end) if depth < DEPTH => {
                    let inner = &markup[at + 2..end];
                    if rest.starts_with("{{") {
                        template(inner, pairs, base + at + 2, depth + 1, out);
                    } else {
                        link(inner, pairs, base + at + 2, depth + 1, out);
                    }
                    at = end + 2;
                }
                Some(end) => at = end + 2,
                None => at += 2,
            }
        } else if ["}}", "]]", "''"].iter().any(|mark| rest.starts_with(mark)) {
            at += 2;
        } else if rest.starts_with('[') {
            at += external(rest, out);
        } else if rest.starts_with('<') {
            at += tag(rest, out);
        } else if rest.starts_with('&') {
            at += entity(rest, out);
        } else {
            let next = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| matches!(c, '{' | '}' | '[' | ']' | '\'' | '<' | '&'))
                .map_or(rest.len(), |(next, _)| next);
            out.map.push((out.text.len(), base + at));
            out.text.push_str(&rest[..next]);
            at += next;
        }
    }
}

/// Parts of a template or link between top-level bars.
fn parts<'a>(inner: &'a str, pairs: &[(usize, usize)], base: usize) -> Vec<(usize, &'a str)> {
    let bytes = inner.as_bytes();
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        if matches!(bytes[at], b'{' | b'[')
            && let Some(end) = closer(pairs, base + at)
        {
            at = end + 2 - base;
            continue;
        }
        if bytes[at] == b'|' {
            parts.push((from, &inner[from..at]));
            from = at + 1;
        }
        at += 1;
    }
    parts.push((from, inner.get(from..).unwrap_or("")));
    parts
}

fn template(inner: &str, pairs: &[(usize, usize)], base: usize, depth: usize, out: &mut Plain) {
    let mut parts = parts(inner, pairs, base);
    let mut name = parts[0].1.trim().to_lowercase().replace('_', " ");
    // "{{#invoke:flag||Norway}}" calls the module behind {{flag}}: its first value is the function.
    if let Some(module) = name.strip_prefix("#invoke:") {
        name = module.trim().to_owned();
        if parts.len() > 1 {
            parts.remove(1);
        }
    }
    let named = |part: &str| {
        part.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty() && key.trim().chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c)) && key.trim() != "1"
        })
    };
    let value = |wanted: usize| {
        parts[1..].iter().filter(|(_, part)| !named(part)).nth(wanted).map(|(from, part)| {
            let cut = if part.trim_start().starts_with("1=") { part.find('=').map_or(0, |at| at + 1) } else { 0 };
            (from + cut, &part[cut..])
        })
    };
    let show = |which: usize, out: &mut Plain| {
        if let Some((from, part)) = value(which) {
            render(part, pairs, base + from, depth, out);
        }
    };
    let known = super::templates::template(&name);
    let number = known.and_then(|row| row.value.as_deref()?.parse().ok()).unwrap_or(1usize);
    match known.map(|row| row.shows) {
        Some(Shows::Flag) => {
            let from = out.text.len();
            show(number - 1, out);
            out.flags.push(from..out.text.len());
        }
        // The icon shows no name, but stands for one where no name follows: kept as a flag of no width.
        Some(Shows::Icon) => {
            if let Some((_, part)) = value(0) {
                let at = out.text.len();
                out.links.push((at..at, format!("flagicon:{}", part.trim())));
            }
        }
        Some(Shows::Date) => {
            let values: Vec<&str> = parts[1..]
                .iter()
                .map(|(_, part)| part.trim())
                .filter(|part| !named(part) && !part.is_empty())
                .collect();
            date(&values, out);
        }
        Some(Shows::Value) => show(number - 1, out),
        Some(Shows::Values) => {
            show(0, out);
            out.text.push(' ');
            show(1, out);
        }
        Some(Shows::AsOf) => {
            out.text.push_str("As of ");
            show(0, out);
        }
        Some(Shows::Text) => out.text.push_str(known.and_then(|row| row.value.as_deref()).unwrap_or("")),
        Some(Shows::Space) => out.text.push(' '),
        Some(Shows::Paragraph) => out.text.push('\u{2029}'),
        Some(Shows::See) => {
            out.text.push_str("See ");
            show(0, out);
            out.text.push('\u{2029}');
        }
        Some(Shows::List) => {
            for which in 0..parts.len() {
                if which > 0 {
                    out.text.push('\u{2029}');
                }
                show(which, out);
            }
        }
        // Three capitals alone are a flag with a name, as in {{USA}} or {{GER}}.
        None if parts.len() == 1
            && parts[0].1.trim().len() == 3
            && name.bytes().all(|b| b.is_ascii_lowercase())
            && parts[0].1.trim().bytes().all(|b| b.is_ascii_uppercase()) =>
        {
            let from = out.text.len();
            out.text.push_str(parts[0].1.trim());
            out.flags.push(from..out.text.len());
        }
        _ => {}
    }
}

/// A date of a template, whose values are one text or year, month and day.
fn date(values: &[&str], out: &mut Plain) {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match values {
        [year, month, rest @ ..] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            let name = month
                .parse::<usize>()
                .ok()
                .and_then(|number| MONTHS.get(number.wrapping_sub(1)).copied())
                .unwrap_or(month);
            if let Some(day) = rest.first().filter(|day| day.parse::<u8>().is_ok()) {
                out.text.push_str(&format!("{day} "));
            }
            out.text.push_str(&format!("{name} {year}"));
        }
        [text, ..] => out.text.push_str(text),
        [] => {}
    }
}

fn link(inner: &str, pairs: &[(usize, usize)], base: usize, depth: usize, out: &mut Plain) {
    let parts = parts(inner, pairs, base);
    let target = parts[0].1.trim();
    let lower = target.to_lowercase();
    if ["file:", "image:", "category:", ":category:"].iter().any(|space| lower.starts_with(space)) {
        return;
    }
    let from = out.text.len();
    match parts.get(1) {
        Some((at, shown)) => render(shown, pairs, base + at, depth, out),
        None => out.text.push_str(target.trim_start_matches(':')),
    }
    out.links.push((from..out.text.len(), target.to_owned()));
}

/// An external link shows its text; returns how many bytes were read.
fn external(rest: &str, out: &mut Plain) -> usize {
    let address = rest[1..].starts_with("http") || rest[1..].starts_with("//");
    let end = rest.find(']').filter(|_| address);
    match end {
        Some(end) => {
            // A line that begins with a link to a page outside is a pointer, not a statement.
            let begins = out.text.trim().is_empty();
            if let Some((_, shown)) = rest[1..end].split_once(' ').filter(|_| !begins) {
                out.text.push_str(shown.trim_start_matches("''"));
            }
            end + 1
        }
        None => {
            out.text.push('[');
            1
        }
    }
}

/// A tag of HTML disappears; breaks and list items separate sentences. Returns how many bytes were read.
fn tag(rest: &str, out: &mut Plain) -> usize {
    let head = rest[1..].trim_start_matches('/');
    if !head.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.text.push('<');
        return 1;
    }
    let window = rest.char_indices().take(400).find(|(_, c)| *c == '>');
    let Some((end, _)) = window else {
        out.text.push(' ');
        return 1;
    };
    let name: String = head.chars().take_while(char::is_ascii_alphanumeric).collect();
    if ["br", "p", "li", "ul", "ol", "div", "tr", "td"].contains(&name.to_ascii_lowercase().as_str()) {
        out.text.push('\u{2029}');
    }
    end + 1
}

fn entity(rest: &str, out: &mut Plain) -> usize {
    const ENTITIES: [(&str, &str); 8] = [
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    for (written, shown) in ENTITIES {
        if rest.starts_with(written) {
            out.text.push_str(shown);
            return written.len();
        }
    }
    out.text.push('&');
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_flags_and_dates_become_text() {
        let plain = plain("{{flag|Norway}} has [[Royal Embassy|an embassy]] in [[Canberra]] since {{dts|1992|3|5}}.");
        assert_eq!(plain.text, "Norway has an embassy in Canberra since 5 March 1992.");
        assert_eq!(plain.flags.first(), Some(&(0..6)));
        assert_eq!(plain.links[0].1, "Royal Embassy");
    }

    #[test]
    fn nested_templates_and_files() {
        assert_eq!(
            plain("{{nobr|{{flag|São Tomé}} x}} [[File:a.jpg|thumb|[[b]] c]]{{cn|date=x}}y").text,
            "São Tomé x y"
        );
        assert_eq!(
            plain("{{dts|format=dmy|1961}} {{USA}} a{{pb}}b<br />c&nbsp;d").text,
            "1961 USA a\u{2029}b\u{2029}c d"
        );
    }

    #[test]
    fn broken_markup_stays_readable() {
        for text in ["{{flag|x", "[[a|b", "]] {{", "[[[[[[", "<ref", "&", "[http://x", "{{a|{{b|[[c}}"] {
            let _ = plain(text);
        }
        assert_eq!(plain("{{flag|x").text, "flag|x");
    }
}
