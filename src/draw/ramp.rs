//! Scales of colours: which colour a number has on a heat map, and in which ink it is written there.
//!
//! Their steps look equally large, and lightness alone keeps their order, so that grey print and readers of every eyesight keep
//! it too; of the scale around zero that holds on each of its sides, and its two colours are told apart by all.
//!
//! These colours are the same on dark paper: they cover it, and so does what is written on them (`dark` knows none of them).

use super::palette::luminance;
use super::theme::Rgb;

/// From the least number to the greatest: viridis of Smith and van der Walt (2015), at its eighths.
const RISING: [Rgb; 9] = [
    (68, 1, 84),
    (71, 45, 123),
    (59, 82, 139),
    (44, 114, 142),
    (33, 145, 140),
    (40, 174, 128),
    (94, 201, 98),
    (173, 220, 48),
    (253, 231, 37),
];

/// From far below zero over zero to far above it: brown and blue, on both sides at quarters of the way in CIE L*a*b*.
const AROUND_ZERO: [Rgb; 9] = [
    (130, 44, 6),
    (196, 98, 37),
    (230, 157, 102),
    (241, 201, 169),
    (244, 243, 240),
    (178, 206, 229),
    (112, 162, 207),
    (45, 112, 170),
    (9, 58, 112),
];

/// What is written or drawn on a light colour.
pub const BLACK: Rgb = (0, 0, 0);
/// What is written or drawn on a dark colour: not quite the white of paper, which is dark on a dark screen.
pub const WHITE: Rgb = (254, 254, 254);

/// A scale of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ramp {
    /// From the least to the greatest.
    Rising,
    /// Both ways from the middle.
    AroundZero,
}

impl Ramp {
    /// The colour at a share of the way from the scale's low end (0) to its high end (1).
    pub fn colour(self, share: f64) -> Rgb {
        match self {
            Ramp::Rising => between(&RISING, share),
            Ramp::AroundZero => between(&AROUND_ZERO, share),
        }
    }
}

/// The colour at a share of the way along colours that are equally far from each other.
pub fn between(colours: &[Rgb], share: f64) -> Rgb {
    let along = share.clamp(0.0, 1.0) * (colours.len() - 1) as f64;
    let step = (along as usize).min(colours.len() - 2);
    let (from, to, part) = (colours[step], colours[step + 1], along - step as f64);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Black or white, whichever can be read on a colour.
pub fn ink_on(colour: Rgb) -> Rgb {
    if contrast(BLACK, colour) >= contrast(WHITE, colour) { BLACK } else { WHITE }
}

/// WCAG's contrast ratio of two colours.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[cfg(test)]
mod tests {
    use super::super::dark::dark_style;
    use super::super::eyes::{EYES, apart, seen};
    use super::super::palette::{Palette, hex};
    use super::*;

    fn shades(ramp: Ramp) -> Vec<Rgb> {
        (0..=40).map(|step| ramp.colour(f64::from(step) / 40.0)).collect()
    }

    #[test]
    fn what_is_written_on_a_colour_can_be_read() {
        for colour in [Ramp::Rising, Ramp::AroundZero].into_iter().flat_map(shades) {
            assert!(contrast(ink_on(colour), colour) >= 4.5, "{colour:?}");
        }
    }

    #[test]
    fn lightness_rises_for_readers_of_every_eyesight_and_evenly_for_most() {
        let halves =
            |shades: Vec<Rgb>| (shades[..=20].to_vec(), shades[20..].iter().rev().copied().collect::<Vec<_>>());
        let (below, above) = halves(shades(Ramp::AroundZero));
        for (way, usual) in [(shades(Ramp::Rising), 1.9), (below, 3.3), (above, 3.6)] {
            for cones in EYES {
                for pair in way.windows(2) {
                    let step = seen(pair[1], cones)[0] - seen(pair[0], cones)[0];
                    let is_even = (0.5 * usual..1.8 * usual).contains(&step);
                    assert!(step > 0.1 && (is_even || cones != EYES[0]), "{pair:?}: {step}");
                }
            }
        }
    }

    #[test]
    fn the_two_sides_of_zero_differ_for_readers_of_every_eyesight() {
        for cones in EYES {
            for step in 3..=20 {
                let side = |sign: f64| Ramp::AroundZero.colour(0.5 + sign * f64::from(step) / 40.0);
                assert!(apart(side(1.0), side(-1.0), cones) > 15.0, "{step}");
            }
        }
    }

    #[test]
    fn the_dark_changes_neither_cells_nor_what_is_written_on_them() {
        let dark = dark_style(&Palette::default());
        let colours = [Ramp::Rising, Ramp::AroundZero].into_iter().flat_map(shades).chain([BLACK, WHITE]);
        let changed: Vec<Rgb> = colours.filter(|&colour| dark.contains(&hex(colour))).collect();
        assert_eq!(changed, []);
    }
}
