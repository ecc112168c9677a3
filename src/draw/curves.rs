//! A chart of curves, laid out: lines, bands, layers and dots over positions, labelled beside the plot.

use super::DrawError;
use super::labels::{Wish, spread};
use super::levels::Levels;
use super::look::{Look, Sheet};
use super::path::{Place, common_stretches, cut, known, stretches};
use super::rules::{Rules, Upright};
use super::scene::{Anchor, Scene, Shape, values_of};
use super::sketch::{OPTICAL_MIDDLE, Plot, Sketch, Span, crisp, finite, on_scale, range};
use super::text::clean;
use super::theme;
use super::ticks::{self, Ticks};
use super::written::{self, Writer};
use crate::figure::{Figure, Hue, Mark, Scale};
use crate::language::tell;
use crate::table::{Column, Table, Values};

/// A mark with its numbers.
enum Data {
    Band { low: Vec<f64>, high: Vec<f64>, hue: Hue },
    Area { low: Vec<f64>, high: Vec<f64>, hue: Hue, label: String },
    Line { y: Vec<f64>, hue: Hue, dashes: &'static [f64], label: String },
    Points { y: Vec<f64>, hue: Hue, label: String },
    Rule { at: f64, label: String },
}

/// A label with its lines, beside the end of what it is about.
struct Label {
    lines: Vec<String>,
    hue: Hue,
    end: Place,
    /// Whether a dot stands before it, which says what it is about, rather than a line that leads to it: between the last dot
    /// and the edge of the plot nothing is known, and a line there would look like a number.
    is_of_dots: bool,
}

/// Space above and below a label [logical pixels].
const LABEL_GAP: f64 = 4.0;
/// Lines of up to so many points show the points themselves.
const POINTS_SHOWN: usize = 24;
/// How much wider labels may become for the sake of a long word.
const LABEL_STRETCH: f64 = 1.3;
/// How much wider a label is that has a dot before it [logical pixels on a page].
const KEY_DOT: f64 = 17.0;
/// From so many on, dots are small.
const MANY_DOTS: usize = 120;
/// How wide a layer is that is known at one position only [logical pixels on a page].
const LONE_LAYER: f64 = 24.0;

/// Lays a figure of curves out.
pub fn compose(figure: &Figure, table: &Table, look: &Look) -> Result<Scene, DrawError> {
    let x_kind = Writer::new(&figure.x.numbers, look.language);
    let positions = values_of(figure, table, &figure.x.column)?;
    let names = matches!(positions, Values::Name(_)).then(|| x_kind.names(positions));
    let xs = match &names {
        // They stand at equal distances.
        Some(names) => (0..names.len()).map(|which| which as f64).collect(),
        None => on_scale(finite(positions.reals()), figure.x.scale),
    };
    let data = figure.marks.iter().map(|mark| read(figure, table, mark)).collect::<Result<Vec<_>, _>>()?;
    let mut sketch = Sketch::new(look);
    let top = sketch.head(figure);
    let Sheet { width, padding, axis, label: label_size, .. } = sketch.sheet;

    // The vertical axis decides the left margin, the labels the right one.
    let y_ticks = vertical_ticks(figure, table, &data);
    let y_kind = Writer::new(&figure.y.numbers, look.language);
    let y_numbers = written::at_ticks(&y_ticks, &y_kind, figure.y.scale);
    // A sheet that has no height becomes as high as labels need.
    let most_lines = if sketch.sheet.height.is_some() { 3 } else { 5 };
    let mut labels = broken(&sketch, &data, most_lines);
    // On a sheet that has a height, labels may have to make do with fewer lines, which may be wider.
    let fewest = if sketch.sheet.height.is_some() { 1 } else { most_lines };
    let ways = (fewest..=most_lines).flat_map(|most| broken(&sketch, &data, most));
    let label_width = ways.map(|lines| sketch.widest(&lines, label_size)).fold(0.0, f64::max);
    // A label of dots has a dot before it.
    let has_key = data.iter().any(|mark| matches!(mark, Data::Points { label, .. } if !label.is_empty()));
    let label_width = label_width + if has_key { sketch.gap(KEY_DOT) } else { 0.0 };
    let gap = if label_width > 0.0 { sketch.gap(30.0) } else { 0.0 };
    let x_span = horizontal_span(&xs, if names.is_some() { Scale::Linear } else { figure.x.scale });
    let mut plot = Plot {
        left: padding + sketch.widest(&y_numbers, axis) + sketch.gap(10.0),
        right: width - padding - (label_width + gap).max(sketch.gap(16.0)),
        top,
        bottom: top,
        x: x_span,
        y: Span { from: y_ticks.at[0], to: y_ticks.at[y_ticks.at.len() - 1], scale: figure.y.scale },
    };
    plot.left = plot.left.min(plot.right - 100.0);

    let uprights = data.iter().filter_map(|mark| match mark {
        Data::Rule { at, label } => Some(Upright { x: plot.x(*at), label: label.clone() }),
        _ => None,
    });
    let uprights = uprights.filter(|upright| (plot.left - 0.5..=plot.right + 0.5).contains(&upright.x)).collect();
    let rules = Rules::place(&sketch, uprights, plot.left, plot.right);
    plot.top += rules.headroom(&sketch);
    let mut foot = sketch.foot(figure, &plot);
    let levels = names.map(|names| Levels::place(&sketch, &names, |which| plot.x(which as f64)));
    foot.numbers = levels.as_ref().map_or(foot.numbers, Levels::height);
    let crowd = |labels: &[Vec<String>]| labels.iter().map(|lines| label_height(label_size, lines)).sum::<f64>();
    plot.bottom = sketch.bottom(plot.top, &foot, sketch.sheet.plot.max(crowd(&labels)));
    for most in (fewest..most_lines).rev() {
        if crowd(&labels) > plot.bottom - plot.top {
            labels = broken(&sketch, &data, most);
        }
    }

    frame(&mut sketch, &plot, &y_ticks, y_numbers);
    let end = match levels {
        Some(levels) => {
            levels.draw(&mut sketch, &plot, |which| plot.x(which as f64));
            sketch.put_words(&plot, foot)
        }
        None => {
            let is_of_days = |column: &Column| matches!(column.unit.as_str(), "day" | "days");
            let days = table.column(&figure.x.column).is_some_and(is_of_days);
            let x_ticks = horizontal_ticks(&sketch, &plot, [days, matches!(positions, Values::Count(_))], &x_kind);
            let x_numbers = written::at_ticks(&x_ticks, &x_kind, figure.x.scale);
            sketch.put_foot(&plot, &x_ticks, x_numbers, foot, true)
        }
    };

    marks(&mut sketch, &plot, &xs, &data);
    rules.draw(&mut sketch, &plot);
    let labels = at_ends(&plot, &xs, &data, labels);
    place_labels(&mut sketch, &plot, labels);

    let description = describe(&y_kind, &clean(&figure.caption), &xs, &data);
    Ok(sketch.finish(end, &figure.title, description))
}

fn read(figure: &Figure, table: &Table, mark: &Mark) -> Result<Data, DrawError> {
    let column = |column: &str| values_of(figure, table, column).map(|values| finite(values.reals()));
    let heights = |name: &str| Ok(on_scale(column(name)?, figure.y.scale));
    Ok(match mark {
        Mark::Band { low, high, hue } => Data::Band { low: column(low)?, high: heights(high)?, hue: *hue },
        Mark::Area { low, high, label, hue } => {
            Data::Area { low: column(low)?, high: heights(high)?, hue: *hue, label: clean(label) }
        }
        Mark::Line { y, label, hue, stroke } => {
            Data::Line { y: heights(y)?, hue: *hue, dashes: theme::dashes(*hue, *stroke), label: clean(label) }
        }
        Mark::Points { y, label, hue } => Data::Points { y: heights(y)?, hue: *hue, label: clean(label) },
        Mark::Rule { at, label } => Data::Rule { at: *at, label: clean(label) },
        _ => return Err(DrawError::Mixed { figure: figure.name.clone() }),
    })
}

fn horizontal_span(xs: &[f64], scale: Scale) -> Span {
    let (low, high) = range(xs).unwrap_or(if scale == Scale::Log { (1.0, 1.0) } else { (0.0, 0.0) });
    let (from, to) = match scale {
        _ if low < high => (low, high),
        // A single position stands at the right, beside its labels.
        Scale::Linear => (low - 1.0, low),
        Scale::Log => (low / 10.0, low),
    };
    Span { from, to, scale }
}

/// Of what is counted there are no marks at halves.
fn horizontal_ticks(sketch: &Sketch, plot: &Plot, [days, whole]: [bool; 2], writer: &Writer) -> Ticks {
    let Span { from, to, scale } = plot.x;
    let room = |ticks: &Ticks| {
        let is_whole = !whole || ticks.at.iter().all(|at| at.fract() == 0.0);
        is_whole && sketch.is_roomy(plot, &ticks.at, &written::at_ticks(ticks, writer, scale))
    };
    match scale {
        Scale::Linear => ticks::horizontal(from, to, days, room),
        Scale::Log => ticks::powers_within(from, to, room),
    }
}

fn vertical_ticks(figure: &Figure, table: &Table, data: &[Data]) -> Ticks {
    let columns = data.iter().flat_map(|mark| match mark {
        Data::Band { low, high, .. } | Data::Area { low, high, .. } => vec![low, high],
        Data::Line { y, .. } | Data::Points { y, .. } => vec![y],
        Data::Rule { .. } => vec![],
    });
    let counts = |column: &str| table.column(column).is_some_and(|c| matches!(c.values, Values::Count(_)));
    let whole = figure.marks.iter().all(|mark| match mark {
        Mark::Band { low, high, .. } | Mark::Area { low, high, .. } => counts(low) && counts(high),
        Mark::Line { y, .. } | Mark::Points { y, .. } => counts(y),
        _ => true,
    });
    ticks::of(&figure.y, columns.flatten(), whole, ticks::STEPS)
}

/// The labels of all marks that have one, each broken into at most so many lines; none is an empty list.
fn broken(sketch: &Sketch, data: &[Data], most: usize) -> Vec<Vec<String>> {
    let size = sketch.sheet.label;
    let texts = data.iter().filter_map(|mark| match mark {
        Data::Line { label, .. } | Data::Area { label, .. } | Data::Points { label, .. } => Some(label.as_str()),
        Data::Band { .. } | Data::Rule { .. } => None,
    });
    let room = sketch.room_for_words(texts, [1.0, LABEL_STRETCH].map(|times| times * sketch.sheet.label_width), size);
    let label = |mark: &Data| match mark {
        Data::Line { label, .. } | Data::Area { label, .. } | Data::Points { label, .. } => {
            sketch.even_lines(label, most, room, size)
        }
        Data::Band { .. } | Data::Rule { .. } => vec![],
    };
    data.iter().map(label).collect()
}

/// The height that a label of this size takes, with the space around it [logical pixels].
fn label_height(size: f64, lines: &[String]) -> f64 {
    if lines.is_empty() { 0.0 } else { lines.len() as f64 * size * theme::LEADING + LABEL_GAP }
}

/// The size in which all labels have room beside the plot: that of the sheet, unless its height does not let it.
fn label_size(sketch: &Sketch, plot: &Plot, labels: &[Label]) -> f64 {
    let size = sketch.sheet.label;
    let gaps = labels.len() as f64 * LABEL_GAP;
    let wanted = labels.iter().map(|label| label_height(size, &label.lines)).sum::<f64>() - gaps;
    let room = plot.bottom - plot.top + 2.0 * sketch.gap(8.0) - gaps;
    if wanted > room { size * (room / wanted).max(0.1) } else { size }
}

/// Grid lines with their numbers; the one at zero is an axis.
pub fn frame(sketch: &mut Sketch, plot: &Plot, ticks: &Ticks, numbers: Vec<String>) {
    let size = sketch.sheet.axis;
    // On a low sheet not every line has room for its number.
    let apart = (plot.bottom - plot.top) / (ticks.at.len() - 1) as f64;
    let every = (size * 1.2 / apart).ceil().max(1.0) as usize;
    let zero = ticks.at.iter().position(|&at| at == 0.0).unwrap_or(0);
    for (i, (&at, text)) in ticks.at.iter().zip(numbers).enumerate() {
        let y = crisp(plot.y(at));
        let colour = if at == 0.0 { theme::AXIS } else { theme::GRID };
        sketch.rule(vec![(plot.left, y), (plot.right, y)], colour);
        if i.abs_diff(zero).is_multiple_of(every) {
            let at = (plot.left - sketch.gap(8.0), y + size * OPTICAL_MIDDLE);
            sketch.text(at, Anchor::End, size, theme::MUTED, text);
        }
    }
}

fn marks(sketch: &mut Sketch, plot: &Plot, xs: &[f64], data: &[Data]) {
    let unit = sketch.sheet.unit();
    // Dots are above everything: lines run on beside them, while they would be lost below.
    let (dots, others): (Vec<&Data>, Vec<&Data>) = data.iter().partition(|mark| matches!(mark, Data::Points { .. }));
    for mark in others.into_iter().chain(dots) {
        match mark {
            Data::Band { low, high, hue } => {
                let colour = sketch.look.palette.colour(*hue);
                let (lower, upper) = (lower_places(plot, xs, low), places(plot, xs, high));
                for (below, above) in common_stretches(&lower, &upper) {
                    let edge = below.iter().chain(above.iter().rev()).copied().collect();
                    sketch.shapes.push(Shape::Fill { edge, colour, cover: theme::BAND_COVER });
                }
            }
            Data::Area { low, high, hue, .. } => layer(sketch, plot, xs, [low, high], *hue),
            Data::Line { y, hue, dashes, .. } => {
                let (colour, width) = (sketch.look.palette.colour(*hue), theme::line_width(*hue) * unit);
                let dashes: Vec<f64> = dashes.iter().map(|dash| dash * unit).collect();
                let places = places(plot, xs, y);
                let paths = stretches(&places).into_iter().flat_map(|path| cut(path, &dashes)).collect();
                sketch.shapes.push(Shape::Strokes { paths, colour, width });
                // A level has none.
                let is_level = y.windows(2).all(|pair| pair[0] == pair[1]) && y.len() > 1;
                if places.len() <= POINTS_SHOWN && !is_level {
                    let dot = |at: &Place| Shape::Dot { at: *at, radius: width + 1.0, colour };
                    sketch.shapes.extend(places.iter().filter(|at| known(at)).map(dot));
                }
            }
            Data::Points { y, hue, .. } => {
                let colour = sketch.look.palette.colour(*hue);
                let places: Vec<Place> = places(plot, xs, y).into_iter().filter(known).collect();
                let is_few = places.len() < MANY_DOTS;
                let (radius, rim) = dot_size(sketch, *hue, is_few);
                let rim = |&at: &Place| Shape::Dot { at, radius: rim, colour: theme::PAPER };
                let dot = |&at: &Place| Shape::Dot { at, radius, colour };
                // A rim of paper keeps dots apart that lie upon each other or upon a line. Many would cover each other with it.
                if is_few {
                    sketch.shapes.extend(places.iter().flat_map(|at| [rim(at), dot(at)]));
                } else {
                    sketch.shapes.extend(places.iter().map(rim));
                    sketch.shapes.extend(places.iter().map(dot));
                }
            }
            Data::Rule { .. } => {}
        }
    }
}

/// How large a dot is, and its rim of paper. What was counted in the world is larger than what was computed.
pub fn dot_size(sketch: &Sketch, hue: Hue, is_few: bool) -> (f64, f64) {
    let unit = sketch.sheet.unit();
    let (radius, rim) = match (hue, is_few) {
        (Hue::Ink, true) => (4.25, 1.5),
        (Hue::Ink, false) => (2.75, 1.0),
        (_, true) => (3.5, 0.75),
        (_, false) => (2.25, 0.75),
    };
    (unit * radius, unit * radius + rim)
}

/// A layer of a stack, with a hairline of paper between it and what is above.
fn layer(sketch: &mut Sketch, plot: &Plot, xs: &[f64], [low, high]: [&[f64]; 2], hue: Hue) {
    let colour = sketch.look.palette.colour(hue);
    let (lower, upper) = (lower_places(plot, xs, low), places(plot, xs, high));
    for (below, above) in common_stretches(&lower, &upper) {
        let (mut below, mut above) = (below.to_vec(), above.to_vec());
        if below.len() == 1 {
            // One day has no width of its own: a column is drawn before it.
            let start = (below[0].0 - sketch.gap(LONE_LAYER)).max(plot.left);
            below.insert(0, (start, below[0].1));
            above.insert(0, (start, above[0].1));
        }
        let edge = below.iter().chain(above.iter().rev()).copied().collect();
        sketch.shapes.push(Shape::Fill { edge, colour, cover: 1.0 });
        sketch.shapes.push(Shape::Strokes { paths: vec![above], colour: theme::PAPER, width: 1.0 });
    }
}

fn places(plot: &Plot, xs: &[f64], ys: &[f64]) -> Vec<Place> {
    xs.iter().zip(ys).map(|(&x, &y)| (plot.x(x), plot.y(y))).collect()
}

/// Places of a lower edge: what a log axis does not reach is at its end.
fn lower_places(plot: &Plot, xs: &[f64], ys: &[f64]) -> Vec<Place> {
    let mut places = places(plot, xs, ys);
    if plot.y.scale == Scale::Log {
        for (place, &y) in places.iter_mut().zip(ys) {
            place.1 = if y <= plot.y.from { plot.bottom } else { place.1 };
        }
    }
    places
}

/// The labels of those marks of which something is drawn.
fn at_ends(plot: &Plot, xs: &[f64], data: &[Data], labels: Vec<Vec<String>>) -> Vec<Label> {
    let end = |mark: &Data| match mark {
        Data::Line { y, hue, .. } | Data::Points { y, hue, .. } => {
            Some((*hue, places(plot, xs, y).into_iter().rfind(known)?))
        }
        Data::Area { low, high, hue, .. } => {
            let (lower, upper) = (lower_places(plot, xs, low), places(plot, xs, high));
            let middle = |(low, high): (&Place, &Place)| (low.0, (low.1 + high.1) / 2.0);
            Some((*hue, lower.iter().zip(&upper).map(middle).rfind(known)?))
        }
        Data::Band { .. } | Data::Rule { .. } => None,
    };
    let shown = data.iter().zip(labels).filter(|(_, lines)| !lines.is_empty());
    let label = |(mark, lines)| {
        let is_of_dots = matches!(mark, &Data::Points { .. });
        end(mark).map(|(hue, end)| Label { lines, hue, end, is_of_dots })
    };
    shown.filter_map(label).collect()
}

/// Labels beside the plot, each at the end of its line; if one has to move, all step back and leaders lead to them.
fn place_labels(sketch: &mut Sketch, plot: &Plot, labels: Vec<Label>) {
    let size = label_size(sketch, plot, &labels);
    let (above, below) = (plot.top - sketch.gap(8.0), plot.bottom + sketch.gap(8.0));
    let wish = |label: &Label| Wish { middle: label.end.1, height: label_height(size, &label.lines) };
    let wishes: Vec<Wish> = labels.iter().map(wish).collect();
    let middles = spread(&wishes, above, below);
    let is_far = |(label, middle): (&Label, &f64)| {
        !label.is_of_dots && ((label.end.1 - middle).abs() > 4.0 || plot.right - label.end.0 > 1.0)
    };
    let any_led = labels.iter().zip(&middles).any(is_far);
    let edge = plot.right + sketch.gap(if any_led { 28.0 } else { 9.0 });
    for (Label { lines, hue, end, is_of_dots }, middle) in labels.into_iter().zip(middles) {
        let mut x = edge;
        if is_of_dots {
            let (radius, _) = dot_size(sketch, hue, true);
            let colour = sketch.look.palette.colour(hue);
            let first = middle - (lines.len() as f64 - 1.0) / 2.0 * size * theme::LEADING;
            sketch.shapes.push(Shape::Dot { at: (x + radius, first), radius, colour });
            x += sketch.gap(KEY_DOT);
        } else if any_led {
            let path = vec![
                (end.0 + 4.0, end.1),
                (plot.right + sketch.gap(7.0), end.1),
                (x - sketch.gap(8.0), middle),
                (x - 4.0, middle),
            ];
            sketch.rule(path, theme::LEADER);
        }
        let leading = size * theme::LEADING;
        let first = middle - (lines.len() as f64 - 1.0) / 2.0 * leading + size * OPTICAL_MIDDLE;
        let colour = sketch.look.palette.label_colour(hue);
        for (i, text) in lines.into_iter().enumerate() {
            sketch.text((x, first + i as f64 * leading), Anchor::Start, size, colour, text);
        }
    }
}

/// The chart in a sentence for each line, layer and series of dots.
fn describe(writer: &Writer, caption: &str, xs: &[f64], data: &[Data]) -> String {
    let mut words = caption.to_owned();
    for mark in data {
        let (label, heights): (_, Vec<f64>) = match mark {
            Data::Line { y, label, .. } | Data::Points { y, label, .. } => (label, y.clone()),
            Data::Area { low, high, label, .. } => {
                (label, high.iter().zip(low).map(|(high, low)| high - low).collect())
            }
            Data::Band { .. } | Data::Rule { .. } => continue,
        };
        let Some((_, &end)) = xs.iter().zip(&heights).rfind(|(x, y)| !x.is_nan() && !y.is_nan()) else { continue };
        let end = written::in_words(end, writer);
        words.push(' ');
        words.push_str(&tell!(writer.language, "chart-ends-at", label = label.as_str(), end = end));
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;
    use crate::figure::Axis;
    use crate::figure::Numbers;

    fn table(columns: &[(&str, &[f64])]) -> Table {
        let column = |&(name, values): &(&str, &[f64])| Column {
            name: name.into(),
            unit: String::new(),
            meaning: String::new(),
            values: Values::Real(values.to_vec()),
        };
        Table { columns: columns.iter().map(column).collect() }
    }

    fn shapes(x: Axis, y: Axis, marks: Vec<Mark>, table: &Table) -> Vec<Shape> {
        let figure = Figure { name: "f".into(), title: String::new(), caption: String::new(), x, y, marks };
        compose(&figure, table, &Look::page(&Fonts::bundled())).expect("is laid out").shapes
    }

    fn texts<'s>(shapes: &'s [Shape]) -> Vec<&'s str> {
        let text = |shape: &'s Shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        };
        shapes.iter().filter_map(text).collect()
    }

    fn of_colour(shapes: &[Shape], wanted: theme::Rgb) -> Vec<Vec<Place>> {
        let outline = |shape: &Shape| match shape {
            Shape::Fill { edge, colour, .. } if *colour == wanted => vec![edge.clone()],
            Shape::Strokes { paths, colour, .. } if *colour == wanted => paths.clone(),
            Shape::Dot { at, colour, .. } if *colour == wanted => vec![vec![*at]],
            _ => vec![],
        };
        shapes.iter().flat_map(outline).collect()
    }

    fn linear(column: &str) -> Axis {
        Axis::linear("", column, Numbers::Plain)
    }

    #[test]
    fn a_log_axis_is_even_in_ratios_and_leaves_out_what_is_not_above_zero() {
        let table = table(&[("x", &[0.0, 1.0, 10.0, 100.0, 1_000.0]), ("y", &[5.0, 1_000.0, 100.0, 0.0, 1.0])]);
        let points = Mark::Points { y: "y".into(), label: String::new(), hue: Hue::First };
        let log = |column| Axis::log("", column, Numbers::Plain);
        let shapes = shapes(log("x"), log(""), vec![points], &table);
        let dots: Vec<Place> = of_colour(&shapes, theme::colour(Hue::First)).concat();
        assert_eq!(dots.len(), 3, "neither the position 0 nor the height 0 is drawn");
        assert!((dots[2].0 - dots[1].0 - 2.0 * (dots[1].0 - dots[0].0)).abs() < 1e-6, "{dots:?}");
        assert!((dots[2].1 - dots[1].1 - 2.0 * (dots[1].1 - dots[0].1)).abs() < 1e-6, "{dots:?}");
        assert_eq!(texts(&shapes), ["1", "10", "100", "1,000", "1", "10", "100", "1,000"]);
    }

    #[test]
    fn an_axis_without_zero_spreads_what_is_far_from_it() {
        let table = table(&[("x", &[0.0, 1.0]), ("y", &[940.0, 1_000.0])]);
        let line = |label: &str| Mark::Line {
            y: "y".into(),
            label: label.into(),
            hue: Hue::First,
            stroke: crate::figure::Stroke::Solid,
        };
        let with_zero = |from_zero| {
            let y = Axis { from_zero, ..linear("") };
            shapes(linear("x"), y, vec![line("")], &table)
        };
        assert!(texts(&with_zero(true)).contains(&"0") && texts(&with_zero(true)).contains(&"1,000"));
        let without = with_zero(false);
        assert!(
            ["940", "1,000"].iter().all(|number| texts(&without).contains(number)) && !texts(&without).contains(&"500")
        );
    }

    #[test]
    fn what_was_counted_lies_above_all_and_nothing_leads_from_it_to_its_label() {
        let known = [5.0, 5.0, f64::NAN, f64::NAN];
        let table = table(&[("x", &[0.0, 1.0, 2.0, 3.0]), ("y", &[0.0, 4.0, 5.0, 6.0]), ("own", &known)]);
        let points = Mark::Points { y: "own".into(), label: "counted".into(), hue: Hue::Ink };
        let line =
            Mark::Line { y: "y".into(), label: "line".into(), hue: Hue::First, stroke: crate::figure::Stroke::Solid };
        let shapes = shapes(linear("x"), linear(""), vec![points, line], &table);
        let place = |wanted: &dyn Fn(&Shape) -> bool| shapes.iter().position(wanted).expect("is drawn");
        let is_line =
            |shape: &Shape| matches!(shape, Shape::Strokes { colour, .. } if *colour == theme::colour(Hue::First));
        let is_dot = |shape: &Shape| matches!(shape, Shape::Dot { colour, .. } if *colour == theme::INK);
        assert!(place(&is_line) < place(&is_dot));
        // Two are data, and one stands before the label.
        let dots: Vec<Place> = of_colour(&shapes, theme::INK).concat();
        assert_eq!(dots.len(), 3);
        assert_eq!(of_colour(&shapes, theme::LEADER), Vec::<Vec<Place>>::new());
        let label = shapes.iter().find_map(|shape| match shape {
            Shape::Text { at, colour, text, .. } if text == "counted" => Some((*at, *colour)),
            _ => None,
        });
        let (at, colour) = label.expect("is written");
        assert!(colour == theme::INK && at.0 > dots[2].0 && dots[2].0 > dots[1].0);
    }

    #[test]
    fn layers_lie_upon_each_other() {
        let table = table(&[("x", &[0.0, 1.0]), ("a", &[0.0, 0.0]), ("b", &[2.0, 4.0]), ("c", &[3.0, 8.0])]);
        let layer =
            |low: &str, high: &str, hue| Mark::Area { low: low.into(), high: high.into(), label: high.into(), hue };
        let marks = vec![layer("a", "b", Hue::First), layer("b", "c", Hue::Second)];
        let shapes = shapes(linear("x"), linear(""), marks, &table);
        let (below, above) =
            (of_colour(&shapes, theme::colour(Hue::First)), of_colour(&shapes, theme::colour(Hue::Second)));
        // An edge runs along the lower side and back along the upper one.
        assert_eq!([below[0][3], below[0][2]], [above[0][0], above[0][1]]);
        let height = |edge: &[Place]| edge[1].1 - edge[2].1;
        assert!((height(&below[0]) - height(&above[0])).abs() < 1e-6, "four and four");
    }

    #[test]
    fn a_rule_stands_where_it_is_said_to_or_nowhere() {
        let table = table(&[("x", &[0.0, 100.0]), ("y", &[0.0, 5.0])]);
        let rule = |at| Mark::Rule { at, label: format!("day {at}") };
        let line =
            Mark::Line { y: "y".into(), label: String::new(), hue: Hue::First, stroke: crate::figure::Stroke::Solid };
        let shapes = shapes(linear("x"), linear(""), vec![line, rule(25.0), rule(101.0), rule(-1.0)], &table);
        let line = &of_colour(&shapes, theme::colour(Hue::First))[0];
        let uprights = of_colour(&shapes, theme::UPRIGHT);
        assert_eq!(uprights.len(), 1);
        assert!((uprights[0][0].0 - (line[0].0 * 0.75 + line[1].0 * 0.25)).abs() <= 0.5, "{uprights:?} {line:?}");
        assert!(texts(&shapes).contains(&"day 25") && !texts(&shapes).contains(&"day 101"));
    }
}
