//! First pass: blanks out what is no text, keeping every byte where it was.
//!
//! Comments, references, `nowiki` and templates that span lines are overwritten with spaces, so that the
//! later passes can go line by line and every offset still points into the file. One pass, no recursion:
//! unclosed openers cost nothing.

use super::templates::over_lines;
use crate::grammar::tables::Lines;

/// The text with everything that is no text blanked. Same length as the input.
pub(super) fn mask(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    mask_tags(text, &mut bytes);
    mask_multiline_templates(&mut bytes);
    // Only whole ASCII-delimited stretches were overwritten with ASCII spaces.
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    while at + needle.len() <= bytes.len() {
        let skip = bytes[at..].iter().position(|b| b.eq_ignore_ascii_case(&first))?;
        at += skip;
        if bytes.get(at..at + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle)) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Remembers where the next occurrence of a needle is, so that many searches stay linear in all.
struct Ahead {
    needle: &'static [u8],
    next: Option<usize>,
    done: bool,
}

impl Ahead {
    fn new(needle: &'static [u8]) -> Ahead {
        Ahead { needle, next: None, done: false }
    }

    fn after(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if !self.done && self.next.is_none_or(|next| next < at) {
            self.next = find(bytes, self.needle, at);
            self.done = self.next.is_none();
        }
        self.next.filter(|next| *next >= at)
    }
}

fn mask_tags(text: &str, out: &mut [u8]) {
    let bytes = text.as_bytes();
    let mut comment_end = Ahead::new(b"-->");
    let mut ref_end = Ahead::new(b"</ref");
    let mut nowiki_end = Ahead::new(b"</nowiki");
    let mut math_end = Ahead::new(b"</math");
    let mut line_end = Ahead::new(b"\n");
    let mut angle = Ahead::new(b">");
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|b| *b == b'<') {
        let start = at + skip;
        let rest = &bytes[start..];
        let starts = |tag: &str| {
            rest.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
                && rest.get(tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        let line = line_end.after(bytes, start).unwrap_or(bytes.len());
        let end = if rest.starts_with(b"<!--") {
            comment_end.after(bytes, start).map_or(line, |end| end + 3)
        } else if starts("<ref") || starts("<nowiki") || starts("<math") {
            let Some(open) = angle.after(bytes, start) else { break };
            if bytes[open - 1] == b'/' {
                open + 1
            } else {
                let closer = if starts("<ref") {
                    ref_end.after(bytes, open)
                } else if starts("<nowiki") {
                    nowiki_end.after(bytes, open)
                } else {
                    math_end.after(bytes, open)
                };
                match closer {
                    Some(close) => find(bytes, b">", close).map_or(bytes.len(), |end| end + 1),
                    None => line,
                }
            }
        } else if starts("<references") {
            angle.after(bytes, start).map_or(line, |end| end + 1)
        } else {
            start + 1
        };
        if end > start + 1 {
            blank(&mut out[start..end]);
        }
        at = end.max(start + 1);
    }
}

fn mask_multiline_templates(bytes: &mut [u8]) {
    let mut open: Vec<usize> = Vec::new();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'{', b'{') => {
                open.push(at);
                at += 2;
            }
            (b'}', b'}') => {
                if let Some(start) = open.pop() {
                    spans.push((start, at + 2));
                }
                at += 2;
            }
            _ => at += 1,
        }
    }
    // Outer templates first, so that what they blank is not looked at again.
    spans.sort_unstable();
    let mut done = 0;
    for (start, end) in spans {
        if start < done || !bytes[start..end].contains(&b'\n') {
            continue;
        }
        let name_end = bytes[start + 2..end].iter().position(|b| matches!(b, b'|' | b'}' | b'\n')).unwrap_or(0);
        let name = String::from_utf8_lossy(&bytes[start + 2..start + 2 + name_end]).trim().to_lowercase();
        let lines = over_lines(&name);
        if lines == Some(Lines::Kept) && end - start < 200 {
            for byte in &mut bytes[start..end] {
                if *byte == b'\n' {
                    *byte = b' ';
                }
            }
        } else if lines == Some(Lines::Text) {
            blank(&mut bytes[start..start + 3 + name_end]);
            blank(&mut bytes[end - 2..end]);
        } else {
            blank(&mut bytes[start..end]);
            done = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_comments_are_blanked_in_place() {
        let text = "A<ref name=x>{{cite|a\n|b}}</ref> b<!-- c --> <ref name=\"y\" />d<ref>open\nnext";
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        let words: Vec<&str> = masked.split_whitespace().collect();
        assert_eq!(words, ["A", "b", "d", "next"]);
    }

    #[test]
    fn templates_over_lines_go_and_wrappers_stay() {
        let masked = mask("{{Infobox\n|a={{flag|X}}\n}}\n{{show\n|More\n|'''Text'''\n}} {{flag|Y}}");
        assert!(!masked.contains("Infobox") && masked.contains("Text") && masked.contains("{{flag|Y}}"));
    }

    #[test]
    fn unclosed_openers_are_linear() {
        let text = "{{".repeat(200_000) + &"<ref>".repeat(50_000) + &"[[".repeat(100_000);
        assert_eq!(mask(&text).len(), text.len());
    }
}
