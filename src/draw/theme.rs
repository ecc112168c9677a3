//! How charts look: colours, sizes, and the way numbers are written.
//!
//! The six hues are taken from the neighbourhood of Okabe and Ito's palette, so that readers with any common form of
//! colour-blindness tell them apart; they also rise in luminance and differ in width and dash, so that grey print does.

use super::palette::readable;
use crate::figure::{Hue, Stroke};

/// A colour, red, green and blue.
pub type Rgb = (u8, u8, u8);

/// Width of a chart [logical pixels].
pub const WIDTH: f64 = 800.0;
/// Least height of the area in which lines run [logical pixels].
pub const PLOT_HEIGHT: f64 = 320.0;
/// Free space around everything [logical pixels].
pub const PADDING: f64 = 22.0;

/// Size of the headline [logical pixels an em].
pub const TITLE_SIZE: f64 = 20.0;
/// Size of labels at lines [logical pixels an em].
pub const LABEL_SIZE: f64 = 14.0;
/// Size of numbers and titles of axes [logical pixels an em].
pub const AXIS_SIZE: f64 = 13.0;
/// Size of the caption [logical pixels an em].
pub const CAPTION_SIZE: f64 = 12.5;
/// Distance of two baselines [ems of the text].
pub const LEADING: f64 = 1.35;

/// Paper.
pub const PAPER: Rgb = (255, 255, 255);
/// Headline.
pub const INK: Rgb = (26, 26, 26);
/// Numbers, axis titles, caption.
pub const MUTED: Rgb = (85, 85, 85);
/// The axis at zero.
pub const AXIS: Rgb = (64, 64, 64);
/// Grid lines.
pub const GRID: Rgb = (226, 226, 226);
/// Lines that lead from a line's end to a label that had to move.
pub const LEADER: Rgb = (150, 150, 150);

/// What the others are held against.
pub const QUIET: Rgb = (138, 138, 138);

/// Upright lines at single positions, lighter than an axis.
pub const UPRIGHT: Rgb = (115, 115, 115);

/// Share of a band's colour that covers what is behind it.
pub const BAND_COVER: f64 = 0.2;

/// What fonts an SVG asks its viewer for: the bundled one, its close relative, and the usual Chinese fonts.
pub const FONT_STACK: &str = "DejaVu Sans, Verdana, Noto Sans, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, \
                              PingFang SC, sans-serif";

/// The colour of a line and of its label.
pub fn colour(hue: Hue) -> Rgb {
    match hue {
        Hue::First => (11, 60, 111),
        Hue::Second => (184, 72, 10),
        Hue::Third => (0, 138, 104),
        Hue::Fourth => (199, 121, 167),
        Hue::Fifth => (86, 180, 233),
        Hue::Sixth => (240, 196, 80),
        Hue::Quiet => QUIET,
        Hue::Ink => INK,
    }
}

/// The colour of a label: that of its line, dark enough to be read on paper.
pub fn label_colour(hue: Hue) -> Rgb {
    match hue {
        Hue::Third => (0, 115, 86),
        Hue::Fourth => (150, 72, 120),
        other => readable(colour(other)),
    }
}

/// Width of a line [logical pixels].
pub fn line_width(hue: Hue) -> f64 {
    match hue {
        Hue::First => 2.75,
        Hue::Second | Hue::Quiet | Hue::Ink => 2.25,
        Hue::Third | Hue::Fourth => 2.0,
        // Light colours need more ink.
        Hue::Fifth | Hue::Sixth => 2.5,
    }
}

/// Lengths of ink and gap in turn [logical pixels]; empty for an unbroken line.
pub fn dashes(hue: Hue, stroke: Stroke) -> &'static [f64] {
    match (stroke, hue) {
        (Stroke::Solid, _) => &[],
        (Stroke::Dashed, Hue::First) => &[12.0, 5.0],
        (Stroke::Dashed, Hue::Second | Hue::Quiet | Hue::Ink) => &[7.0, 4.0],
        (Stroke::Dashed, Hue::Third) => &[2.5, 3.0],
        (Stroke::Dashed, Hue::Fourth) => &[10.0, 3.5, 2.5, 3.5],
        (Stroke::Dashed, Hue::Fifth) => &[10.0, 3.5, 2.5, 3.5, 2.5, 3.5],
        (Stroke::Dashed, Hue::Sixth) => &[5.0, 7.0],
    }
}

#[cfg(test)]
mod tests {
    use super::super::eyes::{EYES, apart};
    use super::super::palette::{contrast, luminance};
    use super::*;

    #[test]
    fn hues_rise_in_luminance_and_differ_in_dash() {
        for pair in Hue::ALL.windows(2) {
            assert!(luminance(colour(pair[0])) * 1.2 < luminance(colour(pair[1])), "{pair:?} look alike in grey");
        }
        for (place, &hue) in Hue::ALL.iter().enumerate() {
            for &other in &Hue::ALL[..place] {
                assert_ne!(dashes(hue, Stroke::Dashed), dashes(other, Stroke::Dashed), "{hue:?} and {other:?}");
            }
        }
    }

    #[test]
    fn hues_differ_for_readers_of_every_eyesight() {
        for cones in EYES {
            for (place, &hue) in Hue::ALL.iter().enumerate() {
                for &other in &Hue::ALL[..place] {
                    let apart = apart(colour(hue), colour(other), cones);
                    assert!(apart > 15.0, "{hue:?} and {other:?} are {apart} apart");
                }
            }
        }
    }

    #[test]
    fn labels_are_dark_enough_to_be_read() {
        for colour in Hue::ALL.map(label_colour).into_iter().chain([label_colour(Hue::Quiet), INK, MUTED]) {
            assert!(contrast(colour) >= 4.5, "{colour:?} has contrast {}", contrast(colour));
        }
    }
}
