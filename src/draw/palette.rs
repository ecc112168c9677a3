//! The colours of a chart's quantities: Tellwave's own, or those of a reader's house.

use super::theme::{self, Rgb};
use crate::figure::Hue;

/// A colour for each hue, and a colour in which its labels are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    lines: [Rgb; Hue::ALL.len()],
    labels: [Rgb; Hue::ALL.len()],
}

/// Why a list of colours was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaletteError {
    /// Not a colour.
    #[error("'{0}' is not a colour; write it as #RRGGBB, such as #0B3C6F")]
    NoColour(String),
    /// More colours than there are hues.
    #[error("{0} colours are too many; a chart has at most {most}", most = Hue::ALL.len())]
    TooMany(usize),
}

impl Default for Palette {
    fn default() -> Palette {
        Palette { lines: Hue::ALL.map(theme::colour), labels: Hue::ALL.map(theme::label_colour) }
    }
}

impl Palette {
    /// The colours of a list of "#RRGGBB", for the first hues; the others keep their own.
    pub fn of<S: AsRef<str>>(colours: &[S]) -> Result<Palette, PaletteError> {
        if colours.len() > Hue::ALL.len() {
            return Err(PaletteError::TooMany(colours.len()));
        }
        let mut palette = Palette::default();
        for (place, text) in colours.iter().enumerate() {
            let text = text.as_ref();
            let colour = parse(text).ok_or_else(|| PaletteError::NoColour(text.to_owned()))?;
            // Who gives a colour of Tellwave's at its place has its label too.
            if colour != palette.lines[place] {
                (palette.lines[place], palette.labels[place]) = (colour, readable(colour));
            }
        }
        Ok(palette)
    }

    /// All its colours as "#RRGGBB", of which [`Palette::of`] makes the same palette.
    pub fn to_list(&self) -> Vec<String> {
        self.lines.iter().map(|&colour| hex(colour)).collect()
    }

    /// The colour of a line, an area or a bar.
    pub fn colour(&self, hue: Hue) -> Rgb {
        self.lines.get(hue as usize).copied().unwrap_or_else(|| theme::colour(hue))
    }

    /// The colour of a label: the same, dark enough to be read on paper.
    pub fn label_colour(&self, hue: Hue) -> Rgb {
        self.labels.get(hue as usize).copied().unwrap_or_else(|| theme::label_colour(hue))
    }
}

/// A colour as "#RRGGBB".
pub(super) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// A colour written as "#RRGGBB".
fn parse(text: &str) -> Option<Rgb> {
    let digits = text.trim().strip_prefix('#')?;
    let is_whole = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    is_whole.then_some(())?;
    Some((channel(0)?, channel(2)?, channel(4)?))
}

/// How a text of this colour stands out from paper, from 1 (not at all) to 21 (WCAG's contrast ratio).
pub(super) fn contrast(colour: Rgb) -> f64 {
    1.05 / (luminance(colour) + 0.05)
}

/// Relative luminance, from 0 (black) to 1 (white).
pub(super) fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The lightest shade of a colour in which small text can be read on paper: a contrast of 4.5 to 1.
pub(super) fn readable((r, g, b): Rgb) -> Rgb {
    let shade = |light: u16| {
        let dimmed = |c: u8| (u16::from(c) * light / 255) as u8;
        (dimmed(r), dimmed(g), dimmed(b))
    };
    (0..=255).rev().map(shade).find(|&shade| contrast(shade) >= 4.5).unwrap_or(theme::INK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_s_colours_come_first_and_the_others_stay() {
        let palette = Palette::of(&["#ff8800", " #0B3C6F"]).expect("two colours");
        assert_eq!(palette.colour(Hue::First), (255, 136, 0));
        assert_eq!(palette.colour(Hue::Second), (11, 60, 111));
        assert_eq!(palette.label_colour(Hue::Second), (11, 60, 111), "dark enough as it is");
        assert_eq!(palette.colour(Hue::Third), theme::colour(Hue::Third));
        assert_eq!(Palette::of::<&str>(&[]), Ok(Palette::default()));
        // What is written down is the same palette again.
        for palette in [palette, Palette::default()] {
            assert_eq!(Palette::of(&palette.to_list()), Ok(palette));
        }
        assert_eq!((palette.colour(Hue::Quiet), palette.colour(Hue::Ink)), (theme::QUIET, theme::INK));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#fff", "ff8800", "#ff880", "#ff88001", "#gg8800", "#+f8800", "#é8800", "red"] {
            assert_eq!(Palette::of(&[text]), Err(PaletteError::NoColour(text.to_owned())));
        }
        assert_eq!(Palette::of(&["#000000"; 7]), Err(PaletteError::TooMany(7)));
    }

    #[test]
    fn labels_of_any_colour_can_be_read_and_keep_their_hue() {
        for colour in ["#ffff00", "#ffffff", "#00ffff", "#ffc0cb", "#888888", "#ff0000", "#000000", "#7fff00"] {
            let palette = Palette::of(&[colour]).expect("a colour");
            let (line, label) = (palette.colour(Hue::First), palette.label_colour(Hue::First));
            assert!(contrast(label) >= 4.5, "{colour}: {label:?} has contrast {}", contrast(label));
            // No channel that was the least becomes the greatest.
            assert_eq!((line.0 >= line.1, line.1 >= line.2), (label.0 >= label.1, label.1 >= label.2), "{colour}");
        }
    }
}
