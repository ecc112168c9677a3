//! What both layouts of a chart draw alike: headline, axes' titles, the numbers under the plot, the caption.

use super::look::{Look, Sheet};
use super::path::Place;
use super::scene::{Anchor, Scene, Shape};
use super::text::{balance, clean, widest_word, wrap};
use super::theme::{self, Rgb};
use super::ticks::Ticks;
use crate::figure::{Figure, Scale};

/// Half the height of small letters above the baseline [ems]: what looks like the middle of a line of text.
pub const OPTICAL_MIDDLE: f64 = 0.3;

/// Space between two numbers of an axis [logical pixels on a page].
pub const NUMBERS_GAP: f64 = 14.0;

/// A chart that is being laid out.
pub struct Sketch<'a> {
    pub look: &'a Look<'a>,
    pub sheet: Sheet,
    pub shapes: Vec<Shape>,
}

/// Where the plot is on the canvas, and which numbers its edges stand for.
pub struct Plot {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub x: Span,
    pub y: Span,
}

/// The numbers at the two ends of an axis.
#[derive(Clone, Copy)]
pub struct Span {
    pub from: f64,
    pub to: f64,
    pub scale: Scale,
}

impl Span {
    /// How far along the axis a number stands, from 0 to 1; unknown if it has no place on it.
    pub fn share(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.from) / (self.to - self.from),
            Scale::Log if value > 0.0 => libm::log10(value / self.from) / libm::log10(self.to / self.from),
            Scale::Log => f64::NAN,
        }
    }
}

impl Plot {
    pub fn x(&self, value: f64) -> f64 {
        self.left + self.x.share(value) * (self.right - self.left)
    }

    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.y.share(value) * (self.bottom - self.top)
    }
}

/// What stands below the plot.
pub struct Foot {
    /// Height of the numbers of the horizontal axis, or of what stands in their place [logical pixels].
    pub numbers: f64,
    title: Vec<String>,
    caption: Vec<String>,
}

impl<'a> Sketch<'a> {
    pub fn new(look: &'a Look<'a>) -> Sketch<'a> {
        Sketch { look, sheet: Sheet::of(look.size), shapes: Vec::new() }
    }

    /// A length that grows with the text of the sheet, given as it is on a page.
    pub fn gap(&self, on_page: f64) -> f64 {
        on_page * self.sheet.unit()
    }

    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.look.fonts.width(text, size)
    }

    pub fn widest(&self, texts: &[String], size: f64) -> f64 {
        texts.iter().map(|text| self.width(text, size)).fold(0.0, f64::max)
    }

    /// A cleaned text broken into at most so many lines.
    pub fn lines(&self, text: &str, most: usize, room: f64, size: f64) -> Vec<String> {
        wrap(text, most, |line| self.width(line, size) <= room)
    }

    /// The same with even lines, so that no short word stands alone on the last one.
    pub fn even_lines(&self, text: &str, most: usize, room: f64, size: f64) -> Vec<String> {
        balance(text, most, room, |line| self.width(line, size))
    }

    /// The width in which texts are broken: that of the longest word between the least and the most that they may take, so that
    /// no word is cut that need not be.
    pub fn room_for_words<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        [least, most]: [f64; 2],
        size: f64,
    ) -> f64 {
        let words = texts.into_iter().map(|text| widest_word(text, |word| self.width(word, size)));
        // A word that has to be cut in any case needs no more than others.
        words.filter(|width| *width <= most).fold(least, f64::max)
    }

    pub fn text(&mut self, at: Place, anchor: Anchor, size: f64, colour: Rgb, text: String) {
        self.shapes.push(Shape::Text { at, anchor, size, colour, text });
    }

    /// Lines of text under each other; says where the next thing may begin.
    pub fn paragraph(&mut self, lines: Vec<String>, x: f64, top: f64, size: f64, colour: Rgb) -> f64 {
        let count = lines.len() as f64;
        for (i, text) in lines.into_iter().enumerate() {
            self.text((x, top + size + i as f64 * size * theme::LEADING), Anchor::Start, size, colour, text);
        }
        top + count * size * theme::LEADING
    }

    /// A thin line.
    pub fn rule(&mut self, path: Vec<Place>, colour: Rgb) {
        let width = if self.sheet.unit() > 1.2 { 1.25 } else { 1.0 };
        self.shapes.push(Shape::Strokes { paths: vec![path], colour, width });
    }

    /// A filled rectangle.
    pub fn block(&mut self, (left, top): Place, (right, bottom): Place, colour: Rgb) {
        let edge = vec![(left, bottom), (right, bottom), (right, top), (left, top)];
        self.shapes.push(Shape::Fill { edge, colour, cover: 1.0 });
    }

    /// A ring of these colours, which is seen on either of them.
    pub fn ring(&mut self, at: Place, radius: f64, [ring, within]: [Rgb; 2]) {
        let parts = [(1.0, within), (0.86, ring), (0.5, within)];
        self.shapes.extend(parts.map(|(part, colour)| Shape::Dot { at, radius: radius * part, colour }));
    }

    /// A rectangle that is hatched instead of filled.
    pub fn hatch(&mut self, (left, top): Place, (right, bottom): Place) {
        let (width, height, step) = (right - left, bottom - top, self.gap(5.0));
        let count = ((width + height) / step) as usize;
        // Lines that rise by as much as they run to the right, each from the left or the lower side to the upper or the right.
        let line = |n: usize| {
            let along = (n as f64 + 0.5) * step;
            let start = (left + (along - height).max(0.0), top + along.min(height));
            let end = (left + along.min(width), top + (along - width).max(0.0));
            vec![start, end]
        };
        let mut paths: Vec<Vec<Place>> = (0..count).map(line).collect();
        paths.push(vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]);
        self.shapes.push(Shape::Strokes { paths, colour: theme::LEADER, width: 0.75 });
    }

    /// The headline, if it is asked for; says where the next thing may begin.
    pub fn headline(&mut self, text: &str) -> f64 {
        let Sheet { padding, title, .. } = self.sheet;
        if !self.look.title {
            return padding;
        }
        let most = if self.sheet.height.is_some() { 2 } else { 3 };
        let lines = self.even_lines(&clean(text), most, self.sheet.inner(), title);
        self.paragraph(lines, padding, padding, title, theme::INK) + self.gap(10.0)
    }

    /// Headline and title of the vertical axis; says where the plot may begin.
    pub fn head(&mut self, figure: &Figure) -> f64 {
        let y = self.headline(&figure.title);
        self.axis_title(figure, y)
    }

    /// Title of the vertical axis; says where the plot may begin.
    pub fn axis_title(&mut self, figure: &Figure, y: f64) -> f64 {
        let Sheet { padding, axis, .. } = self.sheet;
        let words = self.lines(&clean(&figure.y.title), 1, self.sheet.inner(), axis);
        if words.is_empty() && !self.look.title {
            return y + self.gap(4.0);
        }
        self.paragraph(words, padding, y, axis, theme::MUTED) + self.gap(12.0)
    }

    /// Breaks what is to stand below the plot.
    pub fn foot(&self, figure: &Figure, plot: &Plot) -> Foot {
        let Sheet { axis, caption, caption_lines, padding, width, .. } = self.sheet;
        // The title of the axis is centred on the plot, and may be wider than a narrow one.
        let middle = (plot.left + plot.right) / 2.0;
        let room = 2.0 * (middle - padding).min(width - padding - middle);
        let title_lines = if self.sheet.height.is_some() { 2 } else { 3 };
        Foot {
            numbers: axis,
            title: self.even_lines(&clean(&figure.x.title), title_lines, room, axis),
            caption: self.lines(&clean(&figure.caption), caption_lines, self.sheet.inner(), caption),
        }
    }

    /// The lower edge of a plot that is to be `least` high, or as high as the sheet allows.
    pub fn bottom(&self, top: f64, foot: &Foot, least: f64) -> f64 {
        match self.sheet.height {
            None => top + least,
            Some(height) => (height - self.below(foot)).max(top + self.gap(40.0)),
        }
    }

    /// How much stands below the plot, the padding with it.
    fn below(&self, foot: &Foot) -> f64 {
        let Sheet { axis, caption, padding, .. } = self.sheet;
        let lines = foot.title.len() as f64 * axis + foot.caption.len() as f64 * caption;
        self.gap(8.0) + foot.numbers + self.gap(6.0) + self.gap(16.0) + lines * theme::LEADING + padding * 0.6
    }

    /// The numbers of the horizontal axis, its title and the caption. With `ticked`, each number has its mark.
    pub fn put_foot(&mut self, plot: &Plot, ticks: &Ticks, numbers: Vec<String>, foot: Foot, ticked: bool) -> f64 {
        let axis = self.sheet.axis;
        for (&at, text) in ticks.at.iter().zip(numbers) {
            let x = crisp(plot.x(at));
            if ticked {
                self.rule(vec![(x, plot.bottom), (x, plot.bottom + self.gap(5.0))], theme::AXIS);
            }
            let at = (self.centre(x, &text), plot.bottom + self.gap(8.0) + axis);
            self.text(at, Anchor::Middle, axis, theme::MUTED, text);
        }
        self.put_words(plot, foot)
    }

    /// What stands below the numbers of the horizontal axis.
    pub fn put_words(&mut self, plot: &Plot, foot: Foot) -> f64 {
        let Sheet { axis, caption, padding, .. } = self.sheet;
        let mut y = plot.bottom + self.gap(8.0) + foot.numbers + self.gap(6.0);
        for text in foot.title {
            y += axis * theme::LEADING;
            self.text(((plot.left + plot.right) / 2.0, y), Anchor::Middle, axis, theme::MUTED, text);
        }
        self.paragraph(foot.caption, padding, y + self.gap(16.0), caption, theme::MUTED)
    }

    /// The middle of a number under the axis: at its mark, unless it would leave the canvas.
    pub fn centre(&self, x: f64, text: &str) -> f64 {
        let half = self.width(text, self.sheet.axis) / 2.0 + 2.0;
        x.min(self.sheet.width - half).max(half)
    }

    /// Whether numbers at these marks have room beside each other.
    pub fn is_roomy(&self, plot: &Plot, at: &[f64], texts: &[String]) -> bool {
        self.is_roomy_by(NUMBERS_GAP, plot, at, texts)
    }

    /// The same with so much space between two of them [logical pixels on a page].
    pub fn is_roomy_by(&self, gap: f64, plot: &Plot, at: &[f64], texts: &[String]) -> bool {
        let widths: Vec<f64> = texts.iter().map(|text| self.width(text, self.sheet.axis)).collect();
        let places: Vec<f64> = at.iter().zip(texts).map(|(&at, text)| self.centre(plot.x(at), text)).collect();
        (1..places.len()).all(|i| places[i] - places[i - 1] >= (widths[i] + widths[i - 1]) / 2.0 + self.gap(gap))
    }

    /// Those numbers of an axis that have room beside each other: all, or every second, or every third, zero among them.
    pub fn roomy_numbers(&self, plot: &Plot, ticks: &Ticks, texts: Vec<String>) -> (Vec<f64>, Vec<String>) {
        let zero = ticks.at.iter().position(|&at| at == 0.0).unwrap_or(0);
        let thinned = |every: usize| -> (Vec<f64>, Vec<String>) {
            let kept = ticks.at.iter().zip(&texts).enumerate().filter(|(i, _)| i.abs_diff(zero).is_multiple_of(every));
            kept.map(|(_, (&at, text))| (at, text.clone())).unzip()
        };
        let are_roomy = |(at, texts): &(Vec<f64>, Vec<String>)| self.is_roomy(plot, at, texts);
        (1..=ticks.at.len()).map(thinned).find(are_roomy).unwrap_or_default()
    }

    /// The finished chart, whose last line of text ends at `y`.
    pub fn finish(self, y: f64, title: &str, description: String) -> Scene {
        let height = self.sheet.height.unwrap_or((y + self.sheet.padding * 0.6).ceil());
        Scene { width: self.sheet.width, height, shapes: self.shapes, title: clean(title), description }
    }
}

/// A line of one pixel is sharp when its middle is between two pixel edges.
pub fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}

/// What no axis can hold becomes "not a number", of which there is one kind and which is not drawn.
pub fn finite(values: Vec<f64>) -> Vec<f64> {
    values.into_iter().map(|v| if v.abs() <= 1e20 { v } else { f64::NAN }).collect()
}

/// What has no place on a scale becomes "not a number".
pub fn on_scale(values: Vec<f64>, scale: Scale) -> Vec<f64> {
    match scale {
        Scale::Linear => values,
        Scale::Log => values.into_iter().map(|v| if v > 0.0 { v } else { f64::NAN }).collect(),
    }
}

/// The least and the greatest number that is known; nothing if none is.
pub fn range<'v>(values: impl IntoIterator<Item = &'v f64>) -> Option<(f64, f64)> {
    let known = values.into_iter().copied().filter(|v| !v.is_nan());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    (low <= high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_is_known() {
        assert_eq!(range(&[f64::NAN, 3.0, -1.0]), Some((-1.0, 3.0)));
        assert_eq!(range(&[]), None);
    }

    #[test]
    fn equal_ratios_are_equally_far_apart_on_a_log_axis() {
        let span = Span { from: 1.0, to: 1_000.0, scale: Scale::Log };
        assert!((span.share(10.0) - 1.0 / 3.0).abs() < 1e-12 && (span.share(100.0) - 2.0 / 3.0).abs() < 1e-12);
        assert!(span.share(0.0).is_nan() && span.share(-5.0).is_nan());
    }
}
