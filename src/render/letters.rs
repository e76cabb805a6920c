//! How much room letters take, by the metrics of DejaVu Sans Condensed, which the program carries.

use std::sync::OnceLock;

use ttf_parser::Face;

/// The fonts, regular and bold.
pub fn fonts() -> [&'static [u8]; 2] {
    [dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold()]
}

/// Advances of the letters of Latin text, in thousandths of the height, and the face for all others.
struct Advances {
    basic: Vec<f64>,
    face: Option<Face<'static>>,
}

/// Letters whose advances are kept.
const BASIC: u32 = 0x250;

impl Advances {
    fn of(font: &'static [u8]) -> Advances {
        let face = Face::parse(font, 0).ok();
        let mut advances = Advances { basic: Vec::new(), face };
        advances.basic = (0..BASIC).filter_map(char::from_u32).map(|letter| advances.look(letter)).collect();
        advances
    }

    fn look(&self, letter: char) -> f64 {
        let Some(face) = &self.face else { return 0.6 };
        match face.glyph_index(letter) {
            Some(glyph) => f64::from(face.glyph_hor_advance(glyph).unwrap_or(1200)) / f64::from(face.units_per_em()),
            // What the font lacks is drawn by another or as a box.
            None => 1.0,
        }
    }

    fn get(&self, letter: char) -> f64 {
        self.basic.get(letter as usize).copied().unwrap_or_else(|| self.look(letter))
    }
}

fn advances(bold: bool) -> &'static Advances {
    static FACES: [OnceLock<Advances>; 2] = [OnceLock::new(), OnceLock::new()];
    FACES[usize::from(bold)].get_or_init(|| Advances::of(fonts()[usize::from(bold)]))
}

/// Width of a text in pixels. Kerning and ligatures, which only make it narrower, are left out.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let advances = advances(bold);
    text.chars().map(|letter| advances.get(letter)).sum::<f64>() * size
}

/// A text in one line: breaks and tabs are blanks, control characters are left out.
pub fn clean(text: &str) -> String {
    let blank =
        |letter: char| if matches!(letter, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { letter };
    text.chars().map(blank).filter(|letter| is_printed(*letter)).collect()
}

/// Whether XML may hold a character, and whether it turns nothing around: embeddings and overrides of direction would
/// run on into the text that follows.
pub fn is_printed(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text, cut with an ellipsis where it is wider than so many pixels.
pub fn fitted(text: &str, size: f64, bold: bool, room: f64) -> String {
    let text = clean(text);
    if width(&text, size, bold) <= room {
        return text;
    }
    let mut cut = String::new();
    let mut used = advances(bold).get('…') * size;
    for letter in text.chars() {
        used += advances(bold).get(letter) * size;
        if used > room {
            break;
        }
        cut.push(letter);
    }
    format!("{}…", cut.trim_end())
}

/// The text in lines no wider than so many pixels, cut between words; a word that is wider is cut itself.
pub fn lines(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in clean(text).split(' ').filter(|word| !word.is_empty()) {
        let word = fitted(word, size, bold, room);
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = word,
            Some(line) if width(&format!("{line} {word}"), size, bold) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider_and_bold_ones_too() {
        assert!(width("WWW", 10.0, false) > 2.0 * width("iii", 10.0, false));
        assert!(width("Azerbaijan", 10.0, true) > width("Azerbaijan", 10.0, false));
        assert!((width("ab", 20.0, false) - 2.0 * width("ab", 10.0, false)).abs() < 1e-9);
    }

    #[test]
    fn a_text_is_cut_to_its_room() {
        let long = "x".repeat(200);
        let cut = fitted(&long, 10.0, false, 100.0);
        assert!(cut.ends_with('…') && width(&cut, 10.0, false) <= 100.0, "{cut}");
        assert_eq!(fitted("short", 10.0, false, 100.0), "short");
        assert_eq!(clean("a\u{0}b\nc\u{202E}d"), "ab cd");
        assert_eq!(lines("one two three", 10.0, false, 60.0), ["one two", "three"]);
    }
}
