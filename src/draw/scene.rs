//! A chart laid out: every shape with its place in logical pixels, before anything is drawn.
//!
//! From top to bottom: headline, title of the vertical axis, the plot with its labels on the right, numbers and title of
//! the horizontal axis, caption. The plot keeps its height; headline, caption and a crowd of labels make the chart
//! taller, so nothing is ever squeezed.

use super::DrawError;
use super::fonts::Fonts;
use super::labels::{Wish, spread};
use super::text::{clean, wrap};
use super::theme::{self, Rgb};
use super::ticks::{self, Ticks};
use crate::figure::{Figure, Hue, Mark, Numbers};
use crate::table::{Table, Values};

/// A chart as shapes.
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// Back to front.
    pub shapes: Vec<Shape>,
    /// For readers who cannot see it: what the chart is …
    pub title: String,
    /// … and what it shows.
    pub description: String,
}

/// Something to draw, in logical pixels from the upper left corner.
pub enum Shape {
    /// The area between a lower and an upper edge, from left to right.
    Band { edge: Vec<(f64, f64)>, colour: Rgb, cover: f64 },
    /// Open lines, all of one pen.
    Strokes { paths: Vec<Vec<(f64, f64)>>, colour: Rgb, width: f64 },
    /// A filled circle.
    Dot { at: (f64, f64), radius: f64, colour: Rgb },
    /// One line of text, `at` being on its baseline.
    Text { at: (f64, f64), anchor: Anchor, size: f64, colour: Rgb, text: String },
}

/// Which part of a text is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A mark with its numbers.
enum Data {
    Band { low: Vec<f64>, high: Vec<f64>, hue: Hue },
    Line { y: Vec<f64>, hue: Hue, dashes: &'static [f64], label: String },
}

/// Where the plot is on the canvas, and which numbers its edges stand for.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

/// Half the height of small letters above the baseline [ems]: what looks like the middle of a line of text.
const OPTICAL_MIDDLE: f64 = 0.3;
/// The widest a label becomes before it is broken [logical pixels].
const LABEL_WIDTH: f64 = 190.0;
/// Lines of up to so many points show the points themselves.
const POINTS_SHOWN: usize = 24;

impl Plot {
    fn x(&self, value: f64) -> f64 {
        self.left + (value - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (value - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }
}

/// Lays a figure out.
pub fn compose(figure: &Figure, table: &Table, fonts: &Fonts) -> Result<Scene, DrawError> {
    let xs = finite(numbers_of(figure, table, &figure.x.column)?.reals());
    let data = figure.marks.iter().map(|mark| read(figure, table, mark)).collect::<Result<Vec<_>, _>>()?;
    let mut shapes = Vec::new();
    let inner = theme::WIDTH - 2.0 * theme::PADDING;

    // Above the plot.
    let mut y = theme::PADDING;
    let title = clean(&figure.title);
    let headline = wrap(&title, 3, |line| fonts.width(line, theme::TITLE_SIZE) <= inner);
    y = paragraph(&mut shapes, headline, theme::PADDING, y, theme::TITLE_SIZE, theme::INK);
    let y_title = wrap(&clean(&figure.y.title), 1, |line| fonts.width(line, theme::AXIS_SIZE) <= inner);
    y = paragraph(&mut shapes, y_title, theme::PADDING, y + 10.0, theme::AXIS_SIZE, theme::MUTED) + 12.0;

    // The vertical axis decides the left margin, the labels the right one.
    let y_ticks = vertical_ticks(figure, table, &data);
    let (x_kind, y_kind) = (cleaned(&figure.x.numbers), cleaned(&figure.y.numbers));
    let y_numbers = theme::axis_numbers(&y_ticks.at, y_ticks.step, &y_kind);
    let widest = |texts: &[String], size| texts.iter().map(|text| fonts.width(text, size)).fold(0.0, f64::max);
    let labels: Vec<Vec<String>> = data
        .iter()
        .filter_map(|mark| match mark {
            Data::Line { label, .. } => Some(label),
            Data::Band { .. } => None,
        })
        .map(|label| wrap(label, 3, |line| fonts.width(line, theme::LABEL_SIZE) <= LABEL_WIDTH))
        .collect();
    let label_width = labels.iter().map(|lines| widest(lines, theme::LABEL_SIZE)).fold(0.0, f64::max);
    let label_height = |lines: &[String]| lines.len() as f64 * theme::LABEL_SIZE * theme::LEADING + 4.0;
    let crowd: f64 = labels.iter().map(|lines| label_height(lines)).sum();
    let gap = if label_width > 0.0 { 30.0 } else { 0.0 };
    let (x_low, x_high) = range(&xs);
    let mut plot = Plot {
        left: theme::PADDING + widest(&y_numbers, theme::AXIS_SIZE) + 10.0,
        right: theme::WIDTH - theme::PADDING - (label_width + gap).max(16.0),
        top: y,
        bottom: y + theme::PLOT_HEIGHT.max(crowd),
        // A single position stands at the right, beside its labels.
        x: if x_low < x_high { (x_low, x_high) } else { (x_low - 1.0, x_low) },
        y: (y_ticks.at[0], y_ticks.at[y_ticks.at.len() - 1]),
    };
    plot.left = plot.left.min(plot.right - 100.0);

    frame(&mut shapes, &plot, &y_ticks, y_numbers);
    let days = table.column(&figure.x.column).is_some_and(|column| matches!(column.unit.as_str(), "day" | "days"));
    let number_texts = |ticks: &Ticks| theme::axis_numbers(&ticks.at, ticks.step, &x_kind);
    let x_ticks = ticks::horizontal(x_low, x_high, days, |ticks| {
        let widths: Vec<f64> = number_texts(ticks).iter().map(|text| fonts.width(text, theme::AXIS_SIZE)).collect();
        let places: Vec<f64> = ticks.at.iter().map(|&at| plot.x(at)).collect();
        (1..places.len()).all(|i| places[i] - places[i - 1] >= (widths[i] + widths[i - 1]) / 2.0 + 14.0)
    });
    for (&at, text) in x_ticks.at.iter().zip(number_texts(&x_ticks)) {
        let x = crisp(plot.x(at));
        shapes.push(rule(vec![(x, plot.bottom), (x, plot.bottom + 5.0)], theme::AXIS));
        let at = (x, plot.bottom + 8.0 + theme::AXIS_SIZE);
        shapes.push(Shape::Text { at, anchor: Anchor::Middle, size: theme::AXIS_SIZE, colour: theme::MUTED, text });
    }

    // Below the plot.
    y = plot.bottom + 8.0 + theme::AXIS_SIZE + 6.0;
    for text in wrap(&clean(&figure.x.title), 2, |line| fonts.width(line, theme::AXIS_SIZE) <= plot.right - plot.left) {
        y += theme::AXIS_SIZE * theme::LEADING;
        let at = ((plot.left + plot.right) / 2.0, y);
        shapes.push(Shape::Text { at, anchor: Anchor::Middle, size: theme::AXIS_SIZE, colour: theme::MUTED, text });
    }
    let caption = clean(&figure.caption);
    let lines = wrap(&caption, 6, |line| fonts.width(line, theme::CAPTION_SIZE) <= inner);
    y = paragraph(&mut shapes, lines, theme::PADDING, y + 16.0, theme::CAPTION_SIZE, theme::MUTED);

    marks(&mut shapes, &plot, &xs, &data);
    place_labels(&mut shapes, &plot, &xs, &data, labels, label_height);

    let description = describe(&y_kind, &caption, &xs, &data);
    Ok(Scene { width: theme::WIDTH, height: (y + theme::PADDING * 0.6).ceil(), shapes, title, description })
}

fn numbers_of<'t>(figure: &Figure, table: &'t Table, column: &str) -> Result<&'t Values, DrawError> {
    let missing = || DrawError::NoColumn { figure: figure.name.clone(), column: column.to_owned() };
    table.column(column).map(|column| &column.values).ok_or_else(missing)
}

fn read(figure: &Figure, table: &Table, mark: &Mark) -> Result<Data, DrawError> {
    let reals = |column: &str| numbers_of(figure, table, column).map(|values| finite(values.reals()));
    Ok(match mark {
        Mark::Band { low, high, hue } => Data::Band { low: reals(low)?, high: reals(high)?, hue: *hue },
        Mark::Line { y, label, hue, stroke } => {
            Data::Line { y: reals(y)?, hue: *hue, dashes: theme::dashes(*hue, *stroke), label: clean(label) }
        }
    })
}

/// What no axis can hold becomes "not a number", of which there is one kind and which is not drawn.
fn finite(values: Vec<f64>) -> Vec<f64> {
    values.into_iter().map(|v| if v.abs() <= 1e20 { v } else { f64::NAN }).collect()
}

/// The least and the greatest number; zero twice if there is none.
fn range(values: &[f64]) -> (f64, f64) {
    let known = values.iter().copied().filter(|v| !v.is_nan());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    if low <= high { (low, high) } else { (0.0, 0.0) }
}

fn vertical_ticks(figure: &Figure, table: &Table, data: &[Data]) -> Ticks {
    let columns = data.iter().flat_map(|mark| match mark {
        Data::Band { low, high, .. } => vec![low, high],
        Data::Line { y, .. } => vec![y],
    });
    let (low, high) =
        columns.map(|column| range(column)).fold((0.0f64, 0.0f64), |(l, h), (low, high)| (l.min(low), h.max(high)));
    let counts = |column: &str| table.column(column).is_some_and(|c| matches!(c.values, Values::Count(_)));
    let whole = figure.marks.iter().all(|mark| match mark {
        Mark::Band { low, high, .. } => counts(low) && counts(high),
        Mark::Line { y, .. } => counts(y),
    });
    ticks::vertical(low, high, whole)
}

/// Lines of text under each other; says where the next thing may begin.
fn paragraph(shapes: &mut Vec<Shape>, lines: Vec<String>, x: f64, top: f64, size: f64, colour: Rgb) -> f64 {
    let count = lines.len() as f64;
    for (i, text) in lines.into_iter().enumerate() {
        let at = (x, top + size + i as f64 * size * theme::LEADING);
        shapes.push(Shape::Text { at, anchor: Anchor::Start, size, colour, text });
    }
    top + count * size * theme::LEADING
}

/// A line of one pixel is sharp when its middle is between two pixel edges.
fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}

fn rule(path: Vec<(f64, f64)>, colour: Rgb) -> Shape {
    Shape::Strokes { paths: vec![path], colour, width: 1.0 }
}

/// Grid lines with their numbers; the one at zero is an axis.
fn frame(shapes: &mut Vec<Shape>, plot: &Plot, ticks: &Ticks, numbers: Vec<String>) {
    for (&at, text) in ticks.at.iter().zip(numbers) {
        let y = crisp(plot.y(at));
        let colour = if at == 0.0 { theme::AXIS } else { theme::GRID };
        shapes.push(rule(vec![(plot.left, y), (plot.right, y)], colour));
        let at = (plot.left - 8.0, y + theme::AXIS_SIZE * OPTICAL_MIDDLE);
        shapes.push(Shape::Text { at, anchor: Anchor::End, size: theme::AXIS_SIZE, colour: theme::MUTED, text });
    }
}

fn marks(shapes: &mut Vec<Shape>, plot: &Plot, xs: &[f64], data: &[Data]) {
    for mark in data {
        match mark {
            Data::Band { low, high, hue } => {
                let colour = theme::colour(*hue);
                let (lower, upper) = (places(plot, xs, low), places(plot, xs, high));
                for (below, above) in stretches(&lower).into_iter().zip(stretches(&upper)) {
                    let edge = below.iter().chain(above.iter().rev()).copied().collect();
                    shapes.push(Shape::Band { edge, colour, cover: theme::BAND_COVER });
                }
            }
            Data::Line { y, hue, dashes, .. } => {
                let (colour, width) = (theme::colour(*hue), theme::line_width(*hue));
                let places = places(plot, xs, y);
                let paths = stretches(&places).into_iter().flat_map(|path| cut(path, dashes)).collect();
                shapes.push(Shape::Strokes { paths, colour, width });
                if places.len() <= POINTS_SHOWN {
                    let dot = |at: &(f64, f64)| Shape::Dot { at: *at, radius: width + 1.0, colour };
                    shapes.extend(places.iter().filter(|at| known(at)).map(dot));
                }
            }
        }
    }
}

fn places(plot: &Plot, xs: &[f64], ys: &[f64]) -> Vec<(f64, f64)> {
    xs.iter().zip(ys).map(|(&x, &y)| (plot.x(x), plot.y(y))).collect()
}

fn known(place: &(f64, f64)) -> bool {
    place.0.is_finite() && place.1.is_finite()
}

/// The stretches of known places.
fn stretches(places: &[(f64, f64)]) -> Vec<&[(f64, f64)]> {
    places.split(|place| !known(place)).filter(|stretch| !stretch.is_empty()).collect()
}

/// A path cut into dashes of the given lengths of ink and gap in turn.
fn cut(path: &[(f64, f64)], dashes: &[f64]) -> Vec<Vec<(f64, f64)>> {
    if dashes.is_empty() {
        return vec![path.to_vec()];
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<(f64, f64)> = path.first().copied().into_iter().collect();
    let mut turn = 0;
    let mut left = dashes[0];
    for pair in path.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            if length <= left {
                left -= length;
                piece.push(to);
                break;
            }
            let share = left / length;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            piece.push(from);
            if turn % 2 == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            piece = vec![from];
            turn += 1;
            left = dashes[turn % dashes.len()];
        }
    }
    if turn % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// Labels beside the plot, each at the end of its line; if one has to move, all step back and leaders lead to them.
fn place_labels(
    shapes: &mut Vec<Shape>,
    plot: &Plot,
    xs: &[f64],
    data: &[Data],
    labels: Vec<Vec<String>>,
    height: impl Fn(&[String]) -> f64,
) {
    let ends: Vec<(Hue, Option<(f64, f64)>)> = data
        .iter()
        .filter_map(|mark| match mark {
            Data::Line { y, hue, .. } => Some((*hue, places(plot, xs, y).into_iter().rfind(known))),
            Data::Band { .. } => None,
        })
        .collect();
    let shown: Vec<_> =
        ends.iter().zip(&labels).filter_map(|((hue, end), lines)| Some((*hue, (*end)?, lines))).collect();
    let wishes: Vec<Wish> = shown.iter().map(|(_, end, lines)| Wish { middle: end.1, height: height(lines) }).collect();
    let middles = spread(&wishes, plot.top - 8.0, plot.bottom + 8.0);
    let far = |(wish, middle): (&Wish, &f64)| (wish.middle - middle).abs() > 4.0;
    let any_led = wishes.iter().zip(&middles).any(far) || shown.iter().any(|(_, end, _)| plot.right - end.0 > 1.0);
    let x = plot.right + if any_led { 28.0 } else { 9.0 };
    for ((hue, end, lines), middle) in shown.into_iter().zip(middles) {
        if any_led {
            let path = vec![(end.0 + 4.0, end.1), (plot.right + 7.0, end.1), (x - 8.0, middle), (x - 4.0, middle)];
            shapes.push(rule(path, theme::LEADER));
        }
        let leading = theme::LABEL_SIZE * theme::LEADING;
        let first = middle - (lines.len() as f64 - 1.0) / 2.0 * leading + theme::LABEL_SIZE * OPTICAL_MIDDLE;
        for (i, text) in lines.iter().enumerate() {
            shapes.push(Shape::Text {
                at: (x, first + i as f64 * leading),
                anchor: Anchor::Start,
                size: theme::LABEL_SIZE,
                colour: theme::label_colour(hue),
                text: text.clone(),
            });
        }
    }
}

/// The chart in a sentence for each line.
fn describe(numbers: &Numbers, caption: &str, xs: &[f64], data: &[Data]) -> String {
    let mut words = caption.to_owned();
    for mark in data {
        let Data::Line { y, label, .. } = mark else { continue };
        let Some((_, &end)) = xs.iter().zip(y).rfind(|(x, y)| !x.is_nan() && !y.is_nan()) else { continue };
        let amount = theme::number(end, if end.abs() < 100.0 && end.fract() != 0.0 { 2 } else { 0 });
        let amount = match numbers {
            Numbers::Plain => amount,
            Numbers::Money { prefix } => theme::with_prefix(prefix, &amount),
        };
        words.push_str(&format!(" {label} ends at {amount}."));
    }
    words.trim().to_owned()
}

/// A currency's prefix without what may not be shown; the space at its end stays.
fn cleaned(numbers: &Numbers) -> Numbers {
    match numbers {
        Numbers::Plain => Numbers::Plain,
        Numbers::Money { prefix } => {
            let space = if prefix.ends_with(char::is_whitespace) { "\u{a0}" } else { "" };
            Numbers::Money { prefix: clean(prefix) + space }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_as_long_as_asked_for() {
        let path = [(0.0, 0.0), (10.0, 0.0), (25.0, 0.0)];
        let pieces = cut(&path, &[7.0, 3.0]);
        assert_eq!(pieces[0], [(0.0, 0.0), (7.0, 0.0)]);
        assert_eq!(pieces[1], [(10.0, 0.0), (17.0, 0.0)]);
        assert_eq!(pieces[2], [(20.0, 0.0), (25.0, 0.0)]);
        assert_eq!(cut(&path, &[]), [path.to_vec()]);
        assert_eq!(cut(&[(1.0, 1.0)], &[7.0, 3.0]), Vec::<Vec<(f64, f64)>>::new());
    }

    #[test]
    fn unknown_numbers_leave_a_gap() {
        let places = [(0.0, 1.0), (1.0, f64::NAN), (2.0, 1.0), (3.0, 2.0)];
        assert_eq!(stretches(&places).iter().map(|s| s.len()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(range(&[f64::NAN, 3.0, -1.0]), (-1.0, 3.0));
        assert_eq!(range(&[]), (0.0, 0.0));
    }
}
