//! Charts in the dark: a style sheet that gives each colour of an inlined SVG another one where the reader's screen is dark.
//!
//! A chart is drawn once, on white paper. Its colours are attributes, which a style sheet outdoes; so nothing is drawn twice, and
//! on paper the chart is what its file is.

use super::palette::{Palette, hex, luminance};
use super::theme::{self, Rgb};
use crate::figure::Hue;

/// The paper of a dark screen.
pub const PAPER: Rgb = (20, 23, 28);

/// Rules for the colours of charts, for within a style sheet.
pub fn dark_style(palette: &Palette) -> String {
    let greys = [
        (theme::PAPER, PAPER),
        (theme::INK, (236, 237, 239)),
        (theme::MUTED, (180, 185, 193)),
        (theme::AXIS, (160, 166, 176)),
        (theme::GRID, (47, 52, 60)),
        (theme::LEADER, (112, 119, 130)),
    ];
    let lines =
        Hue::ALL.into_iter().chain([Hue::Quiet]).flat_map(|hue| [palette.colour(hue), palette.label_colour(hue)]);
    let mut pairs: Vec<(Rgb, Rgb)> = greys.into_iter().chain(lines.map(|colour| (colour, lightened(colour)))).collect();
    pairs.dedup();
    let rule = |(light, dark): (Rgb, Rgb)| {
        let [light, dark] = [hex(light), hex(dark)];
        format!("  svg [fill=\"{light}\"] {{ fill: {dark}; }}\n  svg [stroke=\"{light}\"] {{ stroke: {dark}; }}\n")
    };
    let rules: String = pairs.into_iter().map(rule).collect();
    format!("@media screen and (prefers-color-scheme: dark) {{\n{rules}}}\n")
}

/// How a colour stands out from dark paper (WCAG's contrast ratio).
fn contrast(colour: Rgb) -> f64 {
    (luminance(colour) + 0.05) / (luminance(PAPER) + 0.05)
}

/// The colour mixed with white until it can be read on dark paper.
fn lightened(colour: Rgb) -> Rgb {
    let mixed = |tenths: u16| {
        let mix = |part: u8| (u16::from(part) + (255 - u16::from(part)) * tenths / 20) as u8;
        (mix(colour.0), mix(colour.1), mix(colour.2))
    };
    (0..=20).map(mixed).find(|&mixed| contrast(mixed) >= 5.5).unwrap_or((255, 255, 255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_can_be_read_in_the_dark() {
        for hue in Hue::ALL {
            for colour in [theme::colour(hue), theme::label_colour(hue)] {
                assert!(contrast(lightened(colour)) >= 5.5, "{colour:?}");
            }
        }
        assert!(dark_style(&Palette::default()).contains("svg [fill=\"#FFFFFF\"] { fill: #14171C; }"));
    }
}
