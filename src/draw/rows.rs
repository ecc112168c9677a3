//! A chart of rows, laid out: a name on the left, beside it bars from zero or ranges around a base.

use super::DrawError;
use super::key::{Sign, put_key};
use super::look::{Look, Sheet};
use super::rules::{Rules, Upright};
use super::scene::{Anchor, Scene, Shape, values_of};
use super::sketch::{Foot, NUMBERS_GAP, OPTICAL_MIDDLE, Plot, Sketch, Span, crisp, finite, range};
use super::text::clean;
use super::theme::{self, Rgb};
use super::ticks::{self, Ticks};
use super::written::{self, Writer};
use crate::figure::{Figure, Mark, RangeEnd, Scale};
use crate::table::{Table, Values};

/// The part of a chart's width that names may take.
const NAMES_SHARE: f64 = 0.35;
/// The part that they may take for the sake of a long word.
const NAMES_SHARE_MOST: f64 = 0.42;
/// The part that the words at one end of a range may take.
const END_SHARE: f64 = 0.2;
/// The part of its lane that a bar fills.
const BAR_SHARE: f64 = 0.68;
/// From the end of a bar to its text [logical pixels on a page].
const END_GAP: f64 = 6.0;
/// The shortest bar that is drawn [logical pixels on a page].
const TICK: f64 = 2.0;
/// The line from which ranges start [logical pixels on a page]; it is told from the axis at zero by its width.
const BASE_LINE: f64 = 2.5;
/// The thickest bar [logical pixels on a page].
const BAR_MOST: f64 = 40.0;

/// A mark with its numbers, one a row.
enum Data {
    Bars { value: Vec<f64>, interval: Option<(Vec<f64>, Vec<f64>)>, texts: Vec<String>, colour: Rgb },
    Ranges { base: Vec<f64>, low: Ends, high: Ends },
}

/// One end of each row's range.
struct Ends {
    value: Vec<f64>,
    texts: Vec<String>,
    colour: Rgb,
}

/// A text at the end of a bar.
struct End<'d> {
    /// The number beside which it stands.
    at: f64,
    /// Whether it stands to the left of that.
    is_left: bool,
    text: &'d str,
}

/// A stretch of a row on which nothing overlaps: a bar, or a range, or one side of a range whose two sides overlap.
enum Lane<'d> {
    Bar { value: f64, interval: Option<(f64, f64)>, colour: Rgb, end: End<'d> },
    Range { base: f64, sides: Vec<(f64, Rgb, End<'d>)> },
}

/// The names of all rows, broken into as many lines as they need, and into fewer.
struct Names {
    ways: Vec<Vec<Vec<String>>>,
    width: f64,
}

/// A row with its name in lines.
struct Row<'l> {
    name: Vec<String>,
    lanes: &'l [Lane<'l>],
    height: f64,
}

/// Lays a figure of rows out.
pub fn compose(figure: &Figure, table: &Table, look: &Look) -> Result<Scene, DrawError> {
    let mut sketch = Sketch::new(look);
    let numbers = Writer::new(&figure.x.numbers, look.language);
    let said = numbers.names(values_of(figure, table, &figure.y.column)?);
    let data: Vec<Data> = figure
        .marks
        .iter()
        .filter_map(|mark| read(&sketch, figure, table, mark, &numbers).transpose())
        .collect::<Result<_, _>>()?;
    let top = sketch.head(figure);
    let items = key(&sketch, &figure.marks);
    let top = put_key(&mut sketch, items, top);
    let lanes: Vec<Vec<Lane>> =
        (0..said.len()).map(|row| data.iter().flat_map(|mark| lanes(mark, row)).collect()).collect();

    // Names decide the left margin, the words at the ends of bars both.
    let names = Names::break_up(&sketch, &said);
    let names_end = sketch.sheet.padding + names.width;
    let (mut plot, ticks) =
        plot_of(&sketch, (names_end, top), &lanes, &numbers, |steps| value_ticks(&data, table, figure, steps));
    let uprights = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Rule { at, label } => Some(Upright { x: plot.x(*at), label: clean(label) }),
        _ => None,
    });
    let uprights = uprights.filter(|upright| (plot.left - 0.5..=plot.right + 0.5).contains(&upright.x)).collect();
    let rules = Rules::place(&sketch, uprights, plot.left, plot.right);
    plot.top += rules.headroom(&sketch);

    let foot = sketch.foot(figure, &plot);
    let least = natural_heights(&sketch, &names.ways[0], &lanes).iter().sum::<f64>();
    plot.bottom = sketch.bottom(plot.top, &foot, least.max(sketch.gap(40.0)));
    let rows = rows_of(&sketch, &plot, names, &lanes);
    let end = put_frame(&mut sketch, &plot, &ticks, &numbers, foot);
    put_names(&mut sketch, &plot, names_end, &rows);
    put_bars(&mut sketch, &plot, &rows);
    rules.draw(&mut sketch, &plot);
    put_ends(&mut sketch, &plot, &rows);
    let description = describe(&clean(&figure.caption), &said, &lanes, &numbers);
    Ok(sketch.finish(end, &figure.title, description))
}

/// The plot and the marks of its axis, of which there are as few as it needs for its numbers to have room.
fn plot_of(
    sketch: &Sketch,
    (names_end, top): (f64, f64),
    lanes: &[Vec<Lane>],
    writer: &Writer,
    ticks: impl Fn(u8) -> Ticks,
) -> (Plot, Ticks) {
    let at = |steps: u8| {
        let ticks = ticks(steps);
        let mut plot = Plot {
            left: names_end + sketch.gap(12.0),
            right: sketch.sheet.width - sketch.sheet.padding - sketch.gap(16.0),
            top,
            bottom: top,
            x: Span { from: ticks.at[0], to: ticks.at[ticks.at.len() - 1], scale: Scale::Linear },
            y: Span { from: 0.0, to: 1.0, scale: Scale::Linear },
        };
        make_room(sketch, &mut plot, lanes);
        (plot, ticks)
    };
    let is_roomy = |(plot, ticks): &(Plot, Ticks)| {
        sketch.is_roomy(plot, &ticks.at, &written::at_ticks(ticks, writer, Scale::Linear))
    };
    (2..=ticks::STEPS).rev().map(at).find(is_roomy).unwrap_or_else(|| at(2))
}

/// The rows with their names in as many lines as there is room for.
fn rows_of<'l>(sketch: &Sketch, plot: &Plot, names: Names, lanes: &'l [Vec<Lane<'l>>]) -> Vec<Row<'l>> {
    let fitted = |way: Vec<Vec<String>>| -> Vec<Row<'l>> {
        let heights = natural_heights(sketch, &way, lanes);
        let stretch = (plot.bottom - plot.top) / heights.iter().sum::<f64>().max(1.0);
        let rows = way.into_iter().zip(lanes.iter().zip(heights));
        rows.map(|(name, (lanes, height))| Row { name, lanes, height: height * stretch }).collect()
    };
    let ways: Vec<Vec<Row>> = names.ways.into_iter().map(fitted).collect();
    let size = |rows: &Vec<Row>| names_that_fit(sketch, rows).min(ends_that_fit(sketch, rows));
    let best = ways.iter().map(size).fold(0.0, f64::max);
    ways.into_iter().find(|rows| size(rows) >= best).unwrap_or_default()
}

/// Moves the edges of the plot inwards until every text at the end of a bar has room beside it.
fn make_room(sketch: &Sketch, plot: &mut Plot, lanes: &[Vec<Lane>]) {
    let ends: Vec<(&End, f64)> = lanes
        .iter()
        .flatten()
        .flat_map(Lane::ends)
        .filter(|end| !end.text.is_empty())
        .map(|end| (end, sketch.width(end.text, sketch.sheet.label)))
        .collect();
    let (outer_left, outer_right) = (plot.left, sketch.sheet.width - sketch.sheet.padding);
    let widest =
        |left: bool| ends.iter().filter(|(end, _)| end.is_left == left).map(|(_, width)| *width).reduce(f64::max);
    let widest = |left: bool| widest(left).map_or(0.0, |width| width + sketch.gap(END_GAP) + 1.0);
    // With these a text has room even at the very edge of the plot.
    let (most_left, least_right) = (outer_left + widest(true), plot.right.min(outer_right - widest(false)));
    for _ in 0..24 {
        let over = |left: bool| {
            let sides = ends.iter().filter(|(end, _)| end.is_left == left);
            let over = sides.map(|(end, width)| match left {
                true => outer_left - (start_of(sketch, plot, end, *width) - width - 1.0),
                false => start_of(sketch, plot, end, *width) + width + 1.0 - outer_right,
            });
            over.fold(0.0, f64::max)
        };
        let (left, right) = (over(true), over(false));
        if left < 0.1 && right < 0.1 {
            return;
        }
        (plot.left, plot.right) = ((plot.left + left).min(most_left), (plot.right - right).max(least_right));
    }
    (plot.left, plot.right) = (most_left, least_right);
}

/// Where the text at an end begins: beside its bar, or beyond the axis at zero where it would lie on that.
fn start_of(sketch: &Sketch, plot: &Plot, end: &End, width: f64) -> f64 {
    let (gap, sign) = (sketch.gap(END_GAP), if end.is_left { -1.0 } else { 1.0 });
    let (beside, zero) = (plot.x(end.at) + sign * gap, plot.x(0.0));
    let along = sign * (zero - beside);
    let has_zero = (plot.x.from..=plot.x.to).contains(&0.0);
    if has_zero && (-3.0..=width + 3.0).contains(&along) { zero + sign * gap } else { beside }
}

/// Nothing for a rule, which belongs to no row.
fn read(
    sketch: &Sketch,
    figure: &Figure,
    table: &Table,
    mark: &Mark,
    writer: &Writer,
) -> Result<Option<Data>, DrawError> {
    let reals = |column: &str| values_of(figure, table, column).map(|values| finite(values.reals()));
    let ends = |end: &RangeEnd| -> Result<Ends, DrawError> {
        let room = sketch.sheet.width * END_SHARE;
        let fitted = |text: &String| sketch.lines(text, 1, room, sketch.sheet.label).pop().unwrap_or_default();
        let texts = writer.names(values_of(figure, table, &end.end)?).iter().map(fitted).collect();
        Ok(Ends { value: reals(&end.value)?, texts, colour: sketch.look.palette.colour(end.hue) })
    };
    Ok(Some(match mark {
        Mark::Bars { value, interval, by_interval, hue, .. } => {
            let value = reals(value)?;
            let interval = match interval {
                Some((low, high)) => Some((reals(low)?, reals(high)?)),
                None => None,
            };
            let texts = match &interval {
                Some((low, high)) if *by_interval => {
                    let intervals: Vec<(f64, f64)> = low.iter().copied().zip(high.iter().copied()).collect();
                    written::at_ends_of_intervals(&value, &intervals, writer)
                }
                _ => written::at_ends(&value, writer),
            };
            Data::Bars { value, interval, texts, colour: sketch.look.palette.colour(*hue) }
        }
        Mark::Ranges { base, low, high } => Data::Ranges { base: reals(base)?, low: ends(low)?, high: ends(high)? },
        Mark::Rule { .. } => return Ok(None),
        _ => return Err(DrawError::Mixed { figure: figure.name.clone() }),
    }))
}

/// What a mark draws in one row.
fn lanes(mark: &Data, row: usize) -> Vec<Lane<'_>> {
    match mark {
        Data::Bars { value, interval, texts, colour } => {
            let value = value[row];
            let interval = interval.as_ref().map(|(low, high)| (low[row], high[row]));
            let interval = interval.filter(|(low, high)| low <= high);
            let is_left = value < 0.0;
            // The number stands beyond the whisker, on the bar's side of zero.
            let (low, high) = interval.unwrap_or((value, value));
            let at = if value.is_nan() {
                0.0
            } else if is_left {
                low.min(value)
            } else {
                high.max(value)
            };
            let end = End { at, is_left, text: &texts[row] };
            vec![Lane::Bar { value, interval, colour: *colour, end }]
        }
        Data::Ranges { base, low, high } => {
            let base = base[row];
            let side = |ends: &'_ Ends| (ends.value[row] - base, ends.value[row]);
            let ((to_low, at_low), (to_high, at_high)) = (side(low), side(high));
            // What changes nothing stands opposite the other end, and the low end on the left.
            let low_is_left = to_low < 0.0 || (to_low == 0.0 && to_high >= 0.0);
            let high_is_left = to_high < 0.0 || (to_high == 0.0 && !low_is_left);
            let known = |at: f64, is_left, ends: &'_ Ends| {
                (!at.is_nan() && !base.is_nan()).then_some((at, ends.colour, is_left))
            };
            let end = |(at, colour, is_left), text| (at, colour, End { at, is_left, text });
            let sides: Vec<_> = [
                known(at_low, low_is_left, low).map(|side| end(side, low.texts[row].as_str())),
                known(at_high, high_is_left, high).map(|side| end(side, high.texts[row].as_str())),
            ]
            .into_iter()
            .flatten()
            .collect();
            if low_is_left == high_is_left && sides.len() == 2 {
                sides.into_iter().map(|side| Lane::Range { base, sides: vec![side] }).collect()
            } else {
                vec![Lane::Range { base, sides }]
            }
        }
    }
}

impl<'d> Lane<'d> {
    fn ends(&self) -> Vec<&End<'d>> {
        match self {
            Lane::Bar { end, .. } => vec![end],
            Lane::Range { sides, .. } => sides.iter().map(|(_, _, end)| end).collect(),
        }
    }
}

fn value_ticks(data: &[Data], table: &Table, figure: &Figure, steps: u8) -> Ticks {
    let values = data.iter().flat_map(|mark| match mark {
        Data::Bars { value, interval: None, .. } => vec![value],
        Data::Bars { value, interval: Some((low, high)), .. } => vec![value, low, high],
        Data::Ranges { base, low, high } => vec![base, &low.value, &high.value],
    });
    let (low, high) = range(values.flatten()).unwrap_or((0.0, 0.0));
    let counts = |column: &String| table.column(column).is_some_and(|c| matches!(c.values, Values::Count(_)));
    let whole = figure.marks.iter().all(|mark| match mark {
        Mark::Bars { value, interval, .. } => {
            counts(value) && interval.as_ref().is_none_or(|(l, h)| counts(l) && counts(h))
        }
        Mark::Ranges { base, low, high } => [base, &low.value, &high.value].into_iter().all(counts),
        _ => true,
    });
    let has_bars = data.iter().any(|mark| matches!(mark, Data::Bars { .. }));
    // The length of a bar is its number; a range is as long as a difference.
    match has_bars || figure.x.from_zero {
        true => ticks::with_zero(low, high, whole, steps),
        false => ticks::without_zero(low, high, whole, steps),
    }
}

impl Names {
    fn break_up(sketch: &Sketch, names: &[String]) -> Names {
        let Sheet { width, height, padding, axis, .. } = sketch.sheet;
        let room = [NAMES_SHARE, NAMES_SHARE_MOST].map(|share| width * share - padding);
        let room = sketch.room_for_words(names.iter().map(String::as_str), room, axis);
        // Only a sheet that has a height can be short of it.
        let (fewest, most) = if height.is_some() { (1, 3) } else { (5, 5) };
        let way = |most| names.iter().map(|name| sketch.even_lines(name, most, room, axis)).collect::<Vec<_>>();
        let ways: Vec<_> = (fewest..=most).rev().map(way).collect();
        let width = ways.iter().flatten().map(|lines| sketch.widest(lines, axis)).fold(0.0, f64::max);
        Names { ways, width }
    }
}

/// How high rows want to be [logical pixels].
fn natural_heights(sketch: &Sketch, names: &[Vec<String>], lanes: &[Vec<Lane>]) -> Vec<f64> {
    let Sheet { label, axis, .. } = sketch.sheet;
    let height = |(name, lanes): (&Vec<String>, &Vec<Lane>)| {
        let text = name.len() as f64 * axis * theme::LEADING;
        let bars = lanes.len().max(1) as f64 * label * 1.5;
        text.max(bars) + sketch.gap(9.0)
    };
    names.iter().zip(lanes).map(height).collect()
}

/// What each kind of bar is, if there are several.
fn key(sketch: &Sketch, marks: &[Mark]) -> Vec<(Sign, String)> {
    let items = marks.iter().flat_map(|mark| match mark {
        Mark::Bars { label, hue, .. } => vec![(label, *hue)],
        Mark::Ranges { low, high, .. } => vec![(&low.label, low.hue), (&high.label, high.hue)],
        _ => vec![],
    });
    items.map(|(label, hue)| (Sign::Block(sketch.look.palette.colour(hue)), clean(label))).collect()
}

/// Upright grid lines with their numbers and what stands below; the line at zero is an axis.
fn put_frame(sketch: &mut Sketch, plot: &Plot, ticks: &Ticks, writer: &Writer, foot: Foot) -> f64 {
    for &at in &ticks.at {
        let x = crisp(plot.x(at));
        sketch.rule(vec![(x, plot.top), (x, plot.bottom)], if at == 0.0 { theme::AXIS } else { theme::GRID });
    }
    let texts = written::at_ticks(ticks, writer, Scale::Linear);
    let zero = ticks.at.iter().position(|&at| at == 0.0).unwrap_or(0);
    // Where there is no room for all numbers, every second is written, or every third, zero among them.
    let thinned = |every: usize| -> (Vec<f64>, Vec<String>) {
        let kept = ticks.at.iter().zip(&texts).enumerate().filter(|(i, _)| i.abs_diff(zero).is_multiple_of(every));
        kept.map(|(_, (&at, text))| (at, text.clone())).unzip()
    };
    let last = ticks.at.len() - 1;
    let ends = || (vec![ticks.at[0], ticks.at[last]], vec![texts[0].clone(), texts[last].clone()]);
    // Two numbers do not say how even an axis is: three that stand closely are better.
    let of_three = |gap: f64| {
        let three = (1..last).map(thinned).filter(|(at, _)| at.len() > 2);
        three.into_iter().find(|(at, texts)| sketch.is_roomy_by(gap, plot, at, texts))
    };
    let (at, texts) = [NUMBERS_GAP, NUMBERS_GAP / 2.0, NUMBERS_GAP / 4.0]
        .into_iter()
        .find_map(of_three)
        .or_else(|| Some(ends()).filter(|(at, texts)| sketch.is_roomy(plot, at, texts)))
        .unwrap_or_else(|| thinned(ticks.at.len()));
    sketch.put_foot(plot, &Ticks { at, step: ticks.step }, texts, foot, false)
}

fn put_names(sketch: &mut Sketch, plot: &Plot, names_end: f64, rows: &[Row]) {
    let size = sketch.sheet.axis * names_that_fit(sketch, rows);
    let leading = size * theme::LEADING;
    let mut top = plot.top;
    for Row { name, height, .. } in rows {
        let first = top + height / 2.0 - (name.len() as f64 - 1.0) / 2.0 * leading + size * OPTICAL_MIDDLE;
        for (i, text) in name.iter().enumerate() {
            sketch.text((names_end, first + i as f64 * leading), Anchor::End, size, theme::INK, text.clone());
        }
        top += height;
    }
}

/// Bars, their whiskers, and the lines at which ranges begin.
fn put_bars(sketch: &mut Sketch, plot: &Plot, rows: &[Row]) {
    // Beside the line at a base, which covers half of its width.
    let (tick, tick_at_base) = (sketch.gap(TICK), sketch.gap(TICK + BASE_LINE / 2.0));
    for (lane, middle, pitch) in placed(sketch, plot, rows) {
        let half = pitch * BAR_SHARE / 2.0;
        let mut bar = |from: f64, to: f64, tick: f64, colour: Rgb| {
            let (from, to) = (plot.x(from), plot.x(to));
            if from != to {
                // What is too short to be seen is a tick.
                let to = if (to - from).abs() < tick { from + tick.copysign(to - from) } else { to };
                sketch.block((from.min(to), middle - half), (from.max(to), middle + half), colour);
            }
        };
        match lane {
            Lane::Bar { value, interval, colour, .. } => {
                if !value.is_nan() {
                    bar(0.0, *value, tick, *colour);
                }
                if let Some((low, high)) = interval {
                    whisker(sketch, plot.x(*low), plot.x(*high), middle, half * 0.45);
                }
            }
            Lane::Range { base, sides } => {
                sides.iter().for_each(|(at, colour, _)| bar(*base, *at, tick_at_base, *colour))
            }
        }
    }
    let mut top = plot.top;
    for Row { lanes, height, .. } in rows {
        let base = lanes.iter().find_map(|lane| match lane {
            Lane::Range { base, .. } if !base.is_nan() => Some(crisp(plot.x(*base))),
            _ => None,
        });
        if let Some(x) = base {
            // A little into the next row, so that no seam is seen between them.
            let paths = vec![vec![(x, top), (x, (top + height + 0.5).min(plot.bottom))]];
            let width = sketch.gap(BASE_LINE);
            sketch.shapes.push(Shape::Strokes { paths, colour: theme::INK, width });
        }
        top += height;
    }
}

/// What stands at the ends of bars, on paper of its own where a line would run through it.
fn put_ends(sketch: &mut Sketch, plot: &Plot, rows: &[Row]) {
    let size = sketch.sheet.label * ends_that_fit(sketch, rows);
    for (lane, middle, _) in placed(sketch, plot, rows) {
        for end in lane.ends().into_iter().filter(|end| !end.text.is_empty()) {
            let (width, sign) = (sketch.width(end.text, size), if end.is_left { -1.0 } else { 1.0 });
            let x = start_of(sketch, plot, end, width);
            let far = x + sign * (width + 2.0);
            let near = x - sign * 2.0;
            let half = size * 0.55;
            sketch.block((near.min(far), middle - half), (near.max(far), middle + half), theme::PAPER);
            let anchor = if end.is_left { Anchor::End } else { Anchor::Start };
            let at = (x, middle + size * OPTICAL_MIDDLE * 1.2);
            sketch.text(at, anchor, size, theme::INK, end.text.to_owned());
        }
    }
}

/// Every lane with its middle and its height [logical pixels].
fn placed<'r>(sketch: &Sketch, plot: &Plot, rows: &'r [Row<'r>]) -> Vec<(&'r Lane<'r>, f64, f64)> {
    let mut found = Vec::new();
    let mut top = plot.top;
    let pitch = lane_pitch(sketch, rows);
    for Row { lanes, height, .. } in rows {
        let first = top + height / 2.0 - (lanes.len() as f64 - 1.0) / 2.0 * pitch;
        found.extend(lanes.iter().enumerate().map(|(i, lane)| (lane, first + i as f64 * pitch, pitch)));
        top += height;
    }
    found
}

/// The height of every lane [logical pixels]: all bars are equally thick, and lanes of one row stand closer together than
/// rows.
fn lane_pitch(sketch: &Sketch, rows: &[Row]) -> f64 {
    let pitch = |row: &Row| {
        let margin = sketch.gap(9.0).min(row.height * 0.12);
        (row.height - margin) / row.lanes.len().max(1) as f64
    };
    rows.iter().map(pitch).fold(sketch.gap(BAR_MOST / BAR_SHARE), f64::min)
}

/// The factor, at most 1, by which names must shrink to fit into their rows: if rows are too many for the sheet, text is
/// written smaller rather than upon other text.
fn names_that_fit(sketch: &Sketch, rows: &[Row]) -> f64 {
    let leading = sketch.sheet.axis * theme::LEADING;
    rows.iter().map(|row| row.height / (row.name.len().max(1) as f64 * leading)).fold(1.0, f64::min)
}

/// The same of what stands at the ends of bars.
fn ends_that_fit(sketch: &Sketch, rows: &[Row]) -> f64 {
    (lane_pitch(sketch, rows) / (sketch.sheet.label * 1.1)).min(1.0)
}

/// An interval: a line with a stop at each end, rimmed with paper so that it can be seen on its bar.
fn whisker(sketch: &mut Sketch, low: f64, high: f64, middle: f64, stop: f64) {
    let paths = vec![
        vec![(low, middle), (high, middle)],
        vec![(low, middle - stop), (low, middle + stop)],
        vec![(high, middle - stop), (high, middle + stop)],
    ];
    for (colour, width) in [(theme::PAPER, 3.0), (theme::INK, 1.5)] {
        let width = sketch.gap(width);
        sketch.shapes.push(Shape::Strokes { paths: paths.clone(), colour, width });
    }
}

/// The chart in a few words for each row.
fn describe(caption: &str, names: &[String], lanes: &[Vec<Lane>], writer: &Writer) -> String {
    let mut sentences = caption.to_owned();
    for (name, lanes) in names.iter().zip(lanes) {
        let said = lanes.iter().flat_map(|lane| match lane {
            Lane::Bar { end, .. } => vec![end.text.to_owned()],
            Lane::Range { sides, .. } => {
                sides.iter().map(|(at, _, end)| format!("{}: {}", end.text, written::in_words(*at, writer))).collect()
            }
        });
        sentences.push_str(&format!(" {name}: {}.", said.collect::<Vec<_>>().join(", ")));
    }
    sentences.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::super::path::Place;
    use super::*;
    use crate::figure::{Axis, Hue, Numbers, Stroke};
    use crate::table::Column;

    fn column(name: &str, values: Values) -> Column {
        Column { name: name.into(), unit: String::new(), meaning: String::new(), values }
    }

    fn names(names: &[&str]) -> Values {
        Values::Name(names.iter().map(|&name| name.to_owned()).collect())
    }

    fn laid_out(marks: Vec<Mark>, columns: Vec<Column>) -> Result<Scene, DrawError> {
        let (x, y) = (Axis::linear("", "", Numbers::Plain), Axis::linear("", "name", Numbers::Plain));
        let figure = Figure { name: "f".into(), title: String::new(), caption: String::new(), x, y, marks };
        compose(&figure, &Table { columns }, &Look::page(&Fonts::bundled()))
    }

    /// Left and right ends and the tops of all rectangles of a colour.
    fn bars(scene: &Scene, hue: Hue) -> Vec<(f64, f64, f64)> {
        let bar = |shape: &Shape| match shape {
            Shape::Fill { edge, colour, .. } if *colour == theme::colour(hue) => {
                Some((edge[0].0, edge[1].0, edge[2].1))
            }
            _ => None,
        };
        scene.shapes.iter().filter_map(bar).collect()
    }

    fn place(scene: &Scene, wanted: &str) -> Place {
        let place = |shape: &Shape| match shape {
            Shape::Text { at, text, .. } if text == wanted => Some(*at),
            _ => None,
        };
        scene.shapes.iter().find_map(place).expect("is written")
    }

    #[test]
    fn a_bar_is_as_long_as_its_number_and_has_it_at_its_end() {
        let columns =
            vec![column("name", names(&["one", "two", "three"])), column("value", Values::Count(vec![100, -50, 0]))];
        let marks = vec![Mark::Bars {
            value: "value".into(),
            interval: None,
            by_interval: false,
            label: String::new(),
            hue: Hue::First,
        }];
        let scene = laid_out(marks, columns).expect("is laid out");
        let drawn = bars(&scene, Hue::First);
        assert_eq!(drawn.len(), 2, "nothing is as long as nothing");
        assert!((drawn[0].1 - drawn[0].0 - 2.0 * (drawn[1].1 - drawn[1].0)).abs() < 1e-6, "{drawn:?}");
        assert!((drawn[0].0 - drawn[1].1).abs() < 1e-6, "both begin at zero");
        assert!(place(&scene, "100").0 > drawn[0].1 && place(&scene, "−50").0 < drawn[1].0);
    }

    fn tornado(low: i64, high: i64) -> Scene {
        let (marks, columns) = ranges(low, high, "price");
        laid_out(marks, columns).expect("is laid out")
    }

    /// One row from 100 to these numbers.
    fn ranges(low: i64, high: i64, name: &str) -> (Vec<Mark>, Vec<Column>) {
        let columns = vec![
            column("name", names(&[name])),
            column("base", Values::Count(vec![100])),
            column("low", Values::Count(vec![low])),
            column("high", Values::Count(vec![high])),
            column("at low", names(&["$1"])),
            column("at high", names(&["$9"])),
        ];
        let end =
            |value: &str, end: &str, hue| RangeEnd { value: value.into(), end: end.into(), label: String::new(), hue };
        let low = end("low", "at low", Hue::Second);
        let high = end("high", "at high", Hue::First);
        (vec![Mark::Ranges { base: "base".into(), low, high }], columns)
    }

    #[test]
    fn the_ends_of_a_range_stand_on_the_sides_to_which_they_lead() {
        for (low, high) in [(60, 180), (180, 60)] {
            let scene = tornado(low, high);
            let (at_low, at_high) = (bars(&scene, Hue::Second)[0], bars(&scene, Hue::First)[0]);
            assert_eq!(at_low.0 < at_high.0, low < high);
            assert_eq!(place(&scene, "$1").0 < place(&scene, "$9").0, low < high);
            let (left, right) = if low < high { (at_low, at_high) } else { (at_high, at_low) };
            assert!((left.1 - right.0).abs() < 1e-6, "both begin at the base");
            assert!((2.0 * (left.1 - left.0) - (right.1 - right.0)).abs() < 1e-6, "40 and 80");
        }
    }

    #[test]
    fn two_ends_that_lead_to_one_side_stand_under_each_other() {
        let scene = tornado(120, 180);
        let (at_low, at_high) = (bars(&scene, Hue::Second)[0], bars(&scene, Hue::First)[0]);
        assert!((at_low.0 - at_high.0).abs() < 1e-6 && at_low.2 < at_high.2, "{at_low:?} {at_high:?}");
        let scene = tornado(100, 100);
        assert!(bars(&scene, Hue::Second).is_empty() && place(&scene, "$1").0 < place(&scene, "$9").0);
    }

    /// The widths of all upright lines of a colour, each with its place.
    fn uprights(scene: &Scene, wanted: Rgb) -> Vec<(f64, f64)> {
        let upright = |shape: &Shape| match shape {
            Shape::Strokes { paths, colour, width } if *colour == wanted => Some((*width, paths[0][0].0)),
            _ => None,
        };
        scene.shapes.iter().filter_map(upright).collect()
    }

    #[test]
    fn a_text_does_not_lie_on_the_axis_at_zero_nor_is_that_taken_for_the_base() {
        // The low end is just above zero, so its text would be on it.
        let scene = tornado(4, 900);
        let zero = uprights(&scene, theme::AXIS);
        let base = uprights(&scene, theme::INK);
        assert!(zero.len() == 1 && base.len() == 1 && base[0].0 > 2.0 * zero[0].0, "{zero:?} {base:?}");
        assert!(place(&scene, "$1").0 < zero[0].1 && zero[0].1 < bars(&scene, Hue::Second)[0].0);
        let covers = |shape: &Shape| match shape {
            Shape::Fill { edge, colour, .. } if *colour == theme::PAPER => {
                edge[0].0 < zero[0].1 && zero[0].1 < edge[1].0
            }
            _ => false,
        };
        assert!(!scene.shapes.iter().any(covers));
    }

    #[test]
    fn what_is_too_short_to_be_seen_is_a_tick() {
        let scene = tornado(99, 100_000);
        let (left, right, _) = bars(&scene, Hue::Second)[0];
        let (width, _) = uprights(&scene, theme::INK)[0];
        assert!((right - left - width / 2.0 - TICK).abs() < 1e-6, "{left} {right}");
    }

    #[test]
    fn an_axis_has_three_numbers_at_least() {
        for size in super::super::look::Size::ALL {
            for (low, high) in [(60, 180), (-40_000, 250_000), (99, 101), (-1_234_567, 7)] {
                let figure = |marks| Figure {
                    name: "f".into(),
                    title: String::new(),
                    caption: String::new(),
                    x: Axis::linear("", "", Numbers::Money { prefix: "$".into(), digits: 2 }),
                    y: Axis::linear("", "name", Numbers::Plain),
                    marks,
                };
                let (marks, columns) = ranges(low, high, "commerce.discount_rate");
                let fonts = Fonts::bundled();
                let look = Look { size, ..Look::page(&fonts) };
                let scene = compose(&figure(marks), &Table { columns }, &look).expect("is laid out");
                let numbers = scene.shapes.iter().filter(
                    |shape| matches!(shape, Shape::Text { anchor: Anchor::Middle, text, .. } if text.contains('$')),
                );
                assert!(numbers.count() >= 3, "{low} to {high} on {size:?}");
            }
        }
    }

    #[test]
    fn a_line_among_rows_and_a_bar_among_curves_are_refused() {
        let columns = || vec![column("name", names(&["one"])), column("value", Values::Count(vec![1]))];
        let line = Mark::Line { y: "value".into(), label: String::new(), hue: Hue::First, stroke: Stroke::Solid };
        assert!(matches!(laid_out(vec![line], columns()), Err(DrawError::Mixed { .. })));
        let bars = Mark::Bars {
            value: "value".into(),
            interval: None,
            by_interval: false,
            label: String::new(),
            hue: Hue::First,
        };
        let (x, y) = (Axis::linear("", "value", Numbers::Plain), Axis::linear("", "", Numbers::Plain));
        let (name, title, caption) = ("f".into(), String::new(), String::new());
        let figure = Figure { name, title, caption, x, y, marks: vec![bars] };
        let drawn = super::super::svg(&figure, &Table { columns: columns() }, &Look::page(&Fonts::bundled()));
        assert!(matches!(drawn, Err(DrawError::Mixed { .. })));
    }
}
