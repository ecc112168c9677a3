//! The scale of colours of a heat map: which colour each number has, and the bar that says so.

use super::look::Sheet;
use super::path::Place;
use super::ramp::Ramp;
use super::scene::Anchor;
use super::sketch::{Plot, Sketch, Span, crisp};
use super::text::clean;
use super::theme::{self, Rgb};
use super::ticks::{self, Ticks};
use super::written::{self, Writer};
use crate::figure::{Axis, Scale};

/// Most width of the bar [logical pixels on a page].
const WIDTH: f64 = 340.0;
/// The part of a line that the title may take if the bar is to stand on it too.
const TITLE_SHARE: f64 = 0.4;
/// Of how many steps of colour the bar is.
const STEPS: u16 = 128;

/// Which colour each number has.
pub struct ColourScale {
    ramp: Ramp,
    span: Span,
    ticks: Ticks,
}

impl ColourScale {
    /// The scale of these numbers; `whole` if they count something.
    pub fn of(axis: &Axis, values: &[f64], whole: bool) -> ColourScale {
        let ticks = ticks::of(axis, values, whole, ticks::STEPS);
        let span = Span { from: ticks.at[0], to: ticks.at[ticks.at.len() - 1], scale: axis.scale };
        let ramp = if span.from < 0.0 && span.to > 0.0 { Ramp::AroundZero } else { Ramp::Rising };
        ColourScale { ramp, span, ticks }
    }

    /// The colour of a number; none if it has no place on the scale.
    pub fn colour(&self, value: f64) -> Option<Rgb> {
        let share = self.span.share(value);
        (!share.is_nan()).then(|| self.colour_at(share))
    }

    /// The colour at a share of the way along the bar. Around zero equal distances from it are equally strong.
    fn colour_at(&self, share: f64) -> Rgb {
        let Span { from, to, .. } = self.span;
        match self.ramp {
            Ramp::Rising => self.ramp.colour(share),
            Ramp::AroundZero => {
                let value = from + share * (to - from);
                self.ramp.colour(0.5 + 0.5 * value / from.abs().max(to.abs()))
            }
        }
    }

    /// Draws the bar with its title and numbers; says where the lower right corner of the bar is, and where the next thing
    /// may begin.
    pub fn put(&self, sketch: &mut Sketch, title: &str, writer: &Writer, top: f64) -> (Place, f64) {
        let Sheet { padding, axis: size, width, .. } = sketch.sheet;
        let most = if sketch.sheet.height.is_some() { 1 } else { 2 };
        let title = sketch.lines(&clean(title), most, sketch.sheet.inner(), size);
        let (wide, height, gap) = (sketch.widest(&title, size), sketch.gap(12.0).round(), sketch.gap(12.0));
        let is_beside = title.len() == 1 && wide <= sketch.sheet.inner() * TITLE_SHARE;
        let (mut left, mut top) = (padding, top);
        if is_beside {
            sketch.paragraph(title, padding, top - (size * theme::LEADING - height) / 2.0, size, theme::MUTED);
            left += wide + gap;
        } else if !title.is_empty() {
            top = sketch.paragraph(title, padding, top, size, theme::MUTED) + sketch.gap(4.0);
        }
        let (left, right) = (left.round(), (left + sketch.gap(WIDTH)).min(width - padding - gap).round());
        let (top, bottom) = (top.round(), top.round() + height);
        for step in 0..STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            // They lie upon each other, as the edges of two beside each other would be seen.
            let from = (left + (right - left) * share).round();
            sketch.block((from, top), (right, bottom), self.colour_at(share + 0.5 / f64::from(STEPS)));
        }
        let bar = Plot { left, right, top, bottom, x: self.span, y: Span { from: 0.0, to: 1.0, scale: Scale::Linear } };
        let texts = written::at_ticks(&self.ticks, writer, self.span.scale);
        let (at, texts) = sketch.roomy_numbers(&bar, &self.ticks, texts);
        for (at, text) in at.into_iter().zip(texts) {
            let x = crisp(bar.x(at).min(right - 1.0));
            sketch.rule(vec![(x, bottom), (x, bottom + sketch.gap(4.0))], theme::AXIS);
            let at = (sketch.centre(x, &text), bottom + sketch.gap(5.0) + size);
            sketch.text(at, Anchor::Middle, size, theme::MUTED, text);
        }
        ((right, bottom), bottom + sketch.gap(5.0) + size + sketch.gap(14.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Numbers;

    fn axis() -> Axis {
        Axis::linear("", "", Numbers::Plain)
    }

    #[test]
    fn both_signs_have_a_scale_around_zero() {
        let scale = ColourScale::of(&axis(), &[-20.0, 100.0], false);
        assert_eq!(scale.colour(0.0), Some(Ramp::AroundZero.colour(0.5)));
        assert_eq!(scale.colour(100.0), Some(Ramp::AroundZero.colour(1.0)));
        assert_eq!(scale.colour(-20.0), Some(Ramp::AroundZero.colour(0.4)), "a fifth as strong");
        assert_eq!(ColourScale::of(&axis(), &[20.0, 100.0], false).colour(0.0), Some(Ramp::Rising.colour(0.0)));
    }

    #[test]
    fn equal_ratios_are_equal_steps_on_a_log_scale() {
        let log = Axis { scale: Scale::Log, ..axis() };
        let scale = ColourScale::of(&log, &[0.0, 1.0, 10.0, 100.0], false);
        assert_eq!(scale.colour(10.0), Some(Ramp::Rising.colour(0.5)));
        assert_eq!((scale.colour(0.0), scale.colour(f64::NAN)), (None, None));
    }
}
