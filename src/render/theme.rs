//! Colours and sizes of every picture, in one place.
//!
//! The hues are those of Okabe and Ito (2008), which people with colour blindness tell apart; as letters they are darkened
//! (lightened on dark paper) until their contrast with the paper is at least 4.5 to 1 (WCAG 2.2, 1.4.3).

use std::fmt;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Colour {
    /// Between this colour (0) and another (1).
    pub fn mixed(self, other: Colour, share: f64) -> Colour {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mix = |one: u8, two: u8| (f64::from(one) + (f64::from(two) - f64::from(one)) * share).round() as u8;
        Colour(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Relative luminance by WCAG 2.2, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast with another colour by WCAG 2.2: from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// A hue with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Hue {
    Blue,
    Sky,
    Green,
    Orange,
    Purple,
    Red,
    Yellow,
    Grey,
    Ink,
}

impl Hue {
    /// Hues that tell groups apart, in order.
    pub const GROUPS: [Hue; 7] = [Hue::Blue, Hue::Orange, Hue::Green, Hue::Purple, Hue::Sky, Hue::Yellow, Hue::Red];
}

/// The colours of a picture.
#[derive(Debug, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: &'static str,
    /// What everything lies on.
    pub paper: Colour,
    /// Letters.
    pub ink: Colour,
    /// Letters of less weight.
    pub quiet: Colour,
    /// Rules and rims.
    pub rule: Colour,
    /// Bands behind others.
    pub band: Colour,
    /// Sea of a map.
    pub sea: Colour,
    /// Land of which nothing is told.
    pub land: Colour,
    /// Borders on land.
    pub border: Colour,
    /// Fills by hue.
    fills: [Colour; 9],
    /// Letters by hue.
    inks: [Colour; 9],
    /// From little to much.
    ramp: [Colour; 5],
}

/// On white paper.
pub static LIGHT: Theme = Theme {
    name: "light",
    paper: Colour(255, 255, 255),
    ink: Colour(31, 45, 61),
    quiet: Colour(92, 99, 110),
    rule: Colour(176, 183, 192),
    band: Colour(243, 245, 248),
    sea: Colour(238, 243, 248),
    land: Colour(222, 224, 226),
    border: Colour(255, 255, 255),
    fills: [
        Colour(0, 114, 178),
        Colour(86, 180, 233),
        Colour(0, 158, 115),
        Colour(213, 94, 0),
        Colour(170, 85, 148),
        Colour(166, 28, 0),
        Colour(222, 184, 20),
        Colour(136, 142, 150),
        Colour(31, 45, 61),
    ],
    inks: [
        Colour(0, 94, 150),
        Colour(15, 105, 155),
        Colour(0, 110, 80),
        Colour(168, 72, 0),
        Colour(136, 60, 116),
        Colour(150, 25, 0),
        Colour(122, 98, 0),
        Colour(92, 99, 110),
        Colour(31, 45, 61),
    ],
    ramp: [
        Colour(237, 243, 248),
        Colour(176, 208, 230),
        Colour(98, 160, 206),
        Colour(30, 104, 168),
        Colour(8, 48, 107),
    ],
};

/// On dark paper.
pub static DARK: Theme = Theme {
    name: "dark",
    paper: Colour(20, 25, 33),
    ink: Colour(232, 236, 241),
    quiet: Colour(168, 177, 188),
    rule: Colour(84, 94, 107),
    band: Colour(29, 36, 46),
    sea: Colour(26, 34, 44),
    land: Colour(58, 66, 77),
    border: Colour(20, 25, 33),
    fills: [
        Colour(64, 156, 214),
        Colour(120, 200, 245),
        Colour(38, 182, 140),
        Colour(232, 125, 45),
        Colour(204, 121, 167),
        Colour(226, 92, 72),
        Colour(230, 200, 70),
        Colour(140, 149, 160),
        Colour(232, 236, 241),
    ],
    inks: [
        Colour(110, 185, 235),
        Colour(140, 208, 248),
        Colour(80, 205, 165),
        Colour(245, 158, 92),
        Colour(228, 160, 198),
        Colour(245, 140, 125),
        Colour(236, 211, 100),
        Colour(168, 177, 188),
        Colour(232, 236, 241),
    ],
    ramp: [Colour(30, 40, 54), Colour(30, 70, 110), Colour(36, 110, 165), Colour(90, 165, 215), Colour(205, 230, 248)],
};

impl Theme {
    /// A hue as filling or line.
    pub fn fill(&self, hue: Hue) -> Colour {
        self.fills[hue as usize]
    }

    /// A hue as letters.
    pub fn letters(&self, hue: Hue) -> Colour {
        self.inks[hue as usize]
    }

    /// The colour of a share from 0 to 1, from little to much.
    pub fn ramp(&self, share: f64) -> Colour {
        let share = share.clamp(0.0, 1.0) * 4.0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = (share.floor() as usize).min(3);
        #[allow(clippy::cast_precision_loss)]
        let rest = share - at as f64;
        self.ramp[at].mixed(self.ramp[at + 1], rest)
    }

    /// Letters that can be read on a colour.
    pub fn on(&self, colour: Colour) -> Colour {
        let (light, dark) = (Colour(255, 255, 255), Colour(16, 22, 30));
        if colour.contrast(light) >= colour.contrast(dark) { light } else { dark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((Colour(0, 0, 0).contrast(Colour(255, 255, 255)) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn letters_can_be_read_on_their_paper() {
        for theme in [&LIGHT, &DARK] {
            for ink in theme.inks.iter().chain([&theme.ink, &theme.quiet]) {
                for ground in [theme.paper, theme.band, theme.sea] {
                    assert!(
                        ink.contrast(ground) >= 4.5,
                        "{} {ink} on {ground}: {:.2}",
                        theme.name,
                        ink.contrast(ground)
                    );
                }
            }
            for fill in theme.fills.iter().chain(&theme.ramp) {
                assert!(theme.on(*fill).contrast(*fill) >= 4.5, "{} on {fill}", theme.name);
            }
        }
    }
}
