//! A scatter, laid out: dots at two numbers each, some with whiskers, some joined, some with their names beside them.

use super::DrawError;
use super::beside::{Area, Dot, Wanted, beside};
use super::curves::{dot_size, frame};
use super::key::{Sign, put_key};
use super::look::{Look, Sheet};
use super::path::{Place, known};
use super::rules::{Rules, Upright};
use super::scene::{Anchor, Scene, Shape, values_of};
use super::sketch::{Plot, Sketch, Span, crisp, finite, on_scale, range};
use super::text::clean;
use super::theme;
use super::ticks::{self, Ticks};
use super::written::{self, Writer};
use crate::figure::{Axis, Figure, Hue, Joint, Mark, Scale};
use crate::table::{Table, Values};

/// How much higher the plot is than one of curves, if the sheet leaves it free.
const HIGH: f64 = 1.25;
/// Width of what joins dots, and of whiskers [logical pixels on a page].
const PENS: [f64; 2] = [1.75, 1.25];
/// From so many on, dots are small.
const MANY: usize = 120;
/// From a dot to its name [logical pixels on a page].
const NAME_GAP: f64 = 4.5;

/// Some of the dots.
struct Group {
    /// Which rows of the table.
    rows: Vec<usize>,
    /// The names of all rows.
    names: Vec<String>,
    /// The ends of all rows' intervals on both axes.
    intervals: [Option<[Vec<f64>; 2]>; 2],
    joined: Option<Joint>,
    label: String,
    hue: Hue,
}

/// Lays a scatter out.
pub fn compose(figure: &Figure, table: &Table, look: &Look) -> Result<Scene, DrawError> {
    let numbers = |axis: &Axis| -> Result<Vec<f64>, DrawError> {
        Ok(on_scale(finite(values_of(figure, table, &axis.column)?.reals()), axis.scale))
    };
    let (xs, ys) = (numbers(&figure.x)?, numbers(&figure.y)?);
    let groups: Vec<Group> =
        figure.marks.iter().filter_map(|mark| read(figure, table, mark).transpose()).collect::<Result<_, _>>()?;
    let [x_kind, y_kind] = [&figure.x, &figure.y].map(|axis| Writer::new(&axis.numbers, look.language));
    let mut sketch = Sketch::new(look);
    let top = sketch.headline(&figure.title);
    let key = groups.iter().map(|group| (Sign::Dot(look.palette.colour(group.hue)), group.label.clone())).collect();
    let top = put_key(&mut sketch, key, top);
    let top = sketch.axis_title(figure, top);

    let Sheet { padding, axis, width, .. } = sketch.sheet;
    let (y_ticks, y_span) = marks_of(&figure.y, table, &ys, &groups, 1, ticks::STEPS);
    let y_numbers = written::at_ticks(&y_ticks, &y_kind, figure.y.scale);
    let plot_over = |x: Span| Plot {
        left: padding + sketch.widest(&y_numbers, axis) + sketch.gap(10.0),
        right: width - padding - sketch.gap(16.0),
        top,
        bottom: top,
        x,
        y: y_span,
    };
    let with_steps = |steps: u8| {
        let (ticks, span) = marks_of(&figure.x, table, &xs, &groups, 0, steps);
        let texts = written::at_ticks(&ticks, &x_kind, figure.x.scale);
        (plot_over(span), ticks, texts)
    };
    let is_roomy = |(plot, ticks, texts): &(Plot, Ticks, Vec<String>)| sketch.is_roomy(plot, &ticks.at, texts);
    let (mut plot, x_ticks, x_numbers) =
        (2..=ticks::STEPS).rev().map(with_steps).find(is_roomy).unwrap_or_else(|| with_steps(2));
    let shown = sketch.roomy_numbers(&plot, &x_ticks, x_numbers);

    let uprights = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Rule { at, label } => Some(Upright { x: plot.x(*at), label: clean(label) }),
        _ => None,
    });
    let uprights: Vec<Upright> =
        uprights.filter(|upright| (plot.left - 0.5..=plot.right + 0.5).contains(&upright.x)).collect();
    // Names lie neither upon these lines nor upon the axes at zero.
    let mut upright_at: Vec<f64> = uprights.iter().map(|upright| upright.x).collect();
    upright_at.extend(x_ticks.at.iter().filter(|&&at| at == 0.0).map(|&at| plot.x(at)));
    let rules = Rules::place(&sketch, uprights, plot.left, plot.right);
    plot.top += rules.headroom(&sketch);
    let foot = sketch.foot(figure, &plot);
    plot.bottom = sketch.bottom(plot.top, &foot, sketch.sheet.plot * HIGH);

    let upright = |sketch: &mut Sketch, at: f64, colour| {
        let x = crisp(plot.x(at));
        sketch.rule(vec![(x, plot.top), (x, plot.bottom)], colour);
    };
    x_ticks.at.iter().filter(|&&at| at != 0.0).for_each(|&at| upright(&mut sketch, at, theme::GRID));
    frame(&mut sketch, &plot, &y_ticks, y_numbers);
    x_ticks.at.iter().filter(|&&at| at == 0.0).for_each(|&at| upright(&mut sketch, at, theme::AXIS));
    let (at, texts) = shown;
    let end = sketch.put_foot(&plot, &Ticks { at, step: x_ticks.step }, texts, foot, true);
    rules.draw(&mut sketch, &plot);
    let places: Vec<Place> = xs.iter().zip(&ys).map(|(&x, &y)| (plot.x(x), plot.y(y))).collect();
    let mut lines: Vec<[Place; 2]> =
        groups.iter().flat_map(|group| put_dots(&mut sketch, &plot, &places, group)).collect();
    lines.extend(upright_at.iter().map(|&x| [(x, plot.top), (x, plot.bottom)]));
    lines.extend(
        y_ticks.at.iter().filter(|&&at| at == 0.0).map(|&at| [(plot.left, plot.y(at)), (plot.right, plot.y(at))]),
    );
    put_names(&mut sketch, &plot, &places, &groups, &lines);
    let description = describe(&clean(&figure.caption), [&xs, &ys], &groups, [&x_kind, &y_kind]);
    Ok(sketch.finish(end, &figure.title, description))
}

/// Nothing for a rule, which is no group of dots.
fn read(figure: &Figure, table: &Table, mark: &Mark) -> Result<Option<Group>, DrawError> {
    let column = |name: &str| values_of(figure, table, name);
    let reals = |name: &str| column(name).map(|values| finite(values.reals()));
    let ends = |interval: &Option<(String, String)>| match interval {
        Some((low, high)) => Ok(Some([reals(low)?, reals(high)?])),
        None => Ok(None),
    };
    match mark {
        Mark::Dots { among, names, across, along, joined, label, hue } => {
            let rows = match among {
                Some(among) => reals(among)?.iter().enumerate().filter(|(_, is)| **is > 0.0).map(|(i, _)| i).collect(),
                None => (0..table.rows()).collect(),
            };
            let names = match names.as_ref().map(|names| column(names)).transpose()? {
                Some(Values::Name(names)) => names.iter().map(|name| clean(name)).collect(),
                _ => vec![],
            };
            let intervals = [ends(across)?, ends(along)?];
            Ok(Some(Group { rows, names, intervals, joined: *joined, label: clean(label), hue: *hue }))
        }
        Mark::Rule { .. } => Ok(None),
        _ => Err(DrawError::Mixed { figure: figure.name.clone() }),
    }
}

/// The marks of one of the two axes, and its ends, between which all dots and their intervals are.
fn marks_of(axis: &Axis, table: &Table, values: &[f64], groups: &[Group], which: usize, steps: u8) -> (Ticks, Span) {
    let is_whole = table.column(&axis.column).is_some_and(|column| matches!(column.values, Values::Count(_)));
    let of_group = |group: &Group| {
        let ends = group.intervals[which].iter().flatten();
        let all: Vec<f64> = std::iter::once(values)
            .chain(ends.map(Vec::as_slice))
            .flat_map(|column| group.rows.iter().filter_map(|&row| column.get(row).copied()))
            .collect();
        all
    };
    let all: Vec<f64> = groups.iter().flat_map(of_group).collect();
    let ticks = match (axis.scale, range(all.iter().filter(|&&v| v > 0.0))) {
        // An axis to the next powers of ten could be empty for the most part.
        (Scale::Log, Some((low, high))) => ticks::closely(low, high),
        _ => ticks::of(axis, &all, is_whole, steps),
    };
    let (from, to) = (ticks.at[0], ticks.at[ticks.at.len() - 1]);
    (ticks, Span { from, to, scale: axis.scale })
}

/// Draws a group: what joins it, its whiskers, its dots. Says where lines are.
fn put_dots(sketch: &mut Sketch, plot: &Plot, places: &[Place], group: &Group) -> Vec<[Place; 2]> {
    let colour = sketch.look.palette.colour(group.hue);
    let dots: Vec<Place> = group.rows.iter().map(|&row| places[row]).filter(known).collect();
    let joined: Vec<Place> = group.joined.map_or_else(Vec::new, |joint| join(dots.clone(), joint));
    let whiskers: Vec<Vec<Place>> =
        group.rows.iter().flat_map(|&row| whiskers(plot, places[row], group, row)).collect();
    let [line, thin] = PENS.map(|pen| sketch.gap(pen));
    let lines: Vec<[Place; 2]> =
        joined.windows(2).chain(whiskers.iter().map(Vec::as_slice)).map(|pair| [pair[0], pair[1]]).collect();
    sketch.shapes.push(Shape::Strokes { paths: whiskers, colour, width: thin });
    if joined.len() > 1 {
        sketch.shapes.push(Shape::Strokes { paths: vec![joined], colour, width: line });
    }
    let (radius, rim) = dot_size(sketch, group.hue, dots.len() < MANY);
    for at in dots {
        sketch.shapes.push(Shape::Dot { at, radius: rim, colour: theme::PAPER });
        sketch.shapes.push(Shape::Dot { at, radius, colour });
    }
    lines
}

/// A line through dots from the left to the right.
fn join(mut dots: Vec<Place>, joint: Joint) -> Vec<Place> {
    dots.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let mut path: Vec<Place> = Vec::new();
    for dot in dots {
        if let (Joint::Steps, Some(&before)) = (joint, path.last()) {
            path.push((dot.0, before.1));
        }
        path.push(dot);
    }
    path
}

/// The intervals of a dot on both axes, as lines; beyond the end of a log axis they end there.
fn whiskers(plot: &Plot, at: Place, group: &Group, row: usize) -> Vec<Vec<Place>> {
    let [across, along] = group.intervals.each_ref().map(|ends| {
        let [low, high] = ends.as_ref()?.each_ref().map(|ends| ends.get(row).copied().unwrap_or(f64::NAN));
        (low <= high && known(&at)).then_some((low, high))
    });
    let least = |span: &Span, low: f64| if span.scale == Scale::Log { low.max(span.from) } else { low };
    let across = across.map(|(low, high)| vec![(plot.x(least(&plot.x, low)), at.1), (plot.x(high), at.1)]);
    let along = along.map(|(low, high)| vec![(at.0, plot.y(least(&plot.y, low))), (at.0, plot.y(high))]);
    across.into_iter().chain(along).filter(|line| line.iter().all(known)).collect()
}

/// Names beside dots, of the group in front first.
fn put_names(sketch: &mut Sketch, plot: &Plot, places: &[Place], groups: &[Group], lines: &[[Place; 2]]) {
    let Sheet { axis: size, label_width, .. } = sketch.sheet;
    let leading = size * theme::LEADING;
    let radius = |group: &Group| dot_size(sketch, group.hue, group.rows.len() < MANY).1;
    let dot = |group: &Group, row: usize| Dot { at: places[row], radius: radius(group) };
    let dots: Vec<Dot> = groups
        .iter()
        .flat_map(|group| group.rows.iter().map(move |&row| (group, row)))
        .map(|(group, row)| dot(group, row))
        .filter(|dot| known(&dot.at))
        .collect();
    let mut names: Vec<(Hue, Vec<Vec<String>>)> = Vec::new();
    let mut wanted: Vec<Wanted> = Vec::new();
    for group in groups.iter().rev() {
        for &row in group.rows.iter().filter(|&&row| known(&places[row])) {
            let Some(name) = group.names.get(row).filter(|name| !name.is_empty()) else { continue };
            // On one line, or on several if it is long.
            let mut ways = vec![sketch.lines(name, 1, (plot.right - plot.left) * 0.75, size)];
            let room = (sketch.width(name, size) * 0.6).clamp(label_width * 0.6, label_width * 1.5);
            ways.push(sketch.even_lines(name, 3, room, size));
            // One that would be cut is none if there is another.
            let is_cut = |lines: &Vec<String>| lines.last().is_some_and(|last| last.ends_with('…'));
            if is_cut(&ways[0]) || ways[0] == ways[1] {
                ways.remove(0);
            }
            let box_of =
                |lines: &Vec<String>| (sketch.widest(lines, size), (lines.len() as f64 - 1.0) * leading + size);
            wanted.push(Wanted { dot: dot(group, row), ways: ways.iter().map(box_of).collect() });
            names.push((group.hue, ways));
        }
    }
    let within = Area { left: plot.left + 1.0, top: plot.top, right: plot.right, bottom: plot.bottom - 1.0 };
    let found = beside(&wanted, &dots, lines, within, sketch.gap(NAME_GAP));
    for ((hue, mut ways), found) in names.into_iter().zip(found).filter_map(|(name, found)| Some((name, found?))) {
        let colour = sketch.look.palette.label_colour(hue);
        if let Some([from, to]) = found.leader {
            sketch.shapes.insert(0, Shape::Strokes { paths: vec![vec![from, to]], colour: theme::LEADER, width: 1.0 });
        }
        let Area { left, top, right, .. } = found.area;
        // Lines of a name lean to the side of its dot.
        let (anchor, x) = if right <= found.dot.0 { (Anchor::End, right) } else { (Anchor::Start, left) };
        for (place, text) in ways.swap_remove(found.way).into_iter().enumerate() {
            sketch.text((x, top + size * 0.8 + place as f64 * leading), anchor, size, colour, text);
        }
    }
}

/// The chart in a few words for each dot that has a name.
fn describe(caption: &str, [xs, ys]: [&[f64]; 2], groups: &[Group], [x_kind, y_kind]: [&Writer; 2]) -> String {
    let mut sentences = caption.to_owned();
    for group in groups.iter().rev() {
        for &row in &group.rows {
            let Some(name) = group.names.get(row).filter(|name| !name.is_empty()) else { continue };
            let (x, y) = (written::in_words(xs[row], x_kind), written::in_words(ys[row], y_kind));
            sentences.push_str(&format!(" {name}: {x}, {y}."));
        }
    }
    sentences.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;
    use crate::figure::{Numbers, Stroke};
    use crate::table::Column;

    fn column(name: &str, values: Values) -> Column {
        Column { name: name.into(), unit: String::new(), meaning: String::new(), values }
    }

    /// Four designs, of which the last is worse than the second.
    fn laid_out(axis: fn(&str) -> Axis, marks: Vec<Mark>) -> Result<Scene, DrawError> {
        let table = Table {
            columns: vec![
                column("spend", Values::Real(vec![100.0, 1.0, 10.0, 1.0])),
                column("profit", Values::Real(vec![1_000.0, 10.0, 100.0, 1.0])),
                column("on the front", Values::Count(vec![1, 1, 1, 0])),
                column("name", Values::Name(["c", "a", "b", ""].map(str::to_owned).to_vec())),
                column("low", Values::Real(vec![500.0, 0.0, 50.0, 0.0])),
                column("high", Values::Real(vec![2_000.0, 20.0, 200.0, 2.0])),
            ],
        };
        let (name, title, caption) = ("f".into(), String::new(), String::new());
        let figure = Figure { name, title, caption, x: axis("spend"), y: axis("profit"), marks };
        super::super::scene::compose(&figure, &table, &Look::page(&Fonts::bundled()))
    }

    fn dots(joined: Option<Joint>, along: bool) -> Mark {
        Mark::Dots {
            among: Some("on the front".into()),
            names: Some("name".into()),
            across: None,
            along: along.then(|| ("low".into(), "high".into())),
            joined,
            label: String::new(),
            hue: Hue::First,
        }
    }

    fn log(column: &str) -> Axis {
        Axis::log("", column, Numbers::Plain)
    }

    fn drawn(scene: &Scene) -> Vec<Place> {
        let dot = |shape: &Shape| match shape {
            Shape::Dot { at, colour, .. } if *colour == theme::colour(Hue::First) => Some(*at),
            _ => None,
        };
        scene.shapes.iter().filter_map(dot).collect()
    }

    fn lines(scene: &Scene) -> Vec<Vec<Place>> {
        let paths = |shape: &Shape| match shape {
            Shape::Strokes { paths, colour, .. } if *colour == theme::colour(Hue::First) => paths.clone(),
            _ => vec![],
        };
        scene.shapes.iter().flat_map(paths).collect()
    }

    #[test]
    fn dots_are_those_of_the_group_and_lie_at_their_numbers() {
        let scene = laid_out(log, vec![dots(None, false)]).expect("is laid out");
        let [c, a, b] = drawn(&scene)[..] else { panic!("three are on the front") };
        assert!((c.0 - b.0 - (b.0 - a.0)).abs() < 1e-6 && (c.1 - b.1 - (b.1 - a.1)).abs() < 1e-6, "by tens");
        let texts: Vec<&str> = scene
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { text, .. } if text.len() == 1 && text != "1" => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["c", "a", "b"]);
    }

    #[test]
    fn steps_go_level_until_the_next_dot_and_a_straight_line_goes_to_it() {
        let scene = laid_out(log, vec![dots(Some(Joint::Steps), false)]).expect("is laid out");
        let [c, a, b] = drawn(&scene)[..] else { panic!("three are on the front") };
        assert_eq!(lines(&scene), [vec![a, (b.0, a.1), b, (c.0, b.1), c]]);
        let scene = laid_out(log, vec![dots(Some(Joint::Straight), false)]).expect("is laid out");
        assert_eq!(lines(&scene), [vec![a, b, c]]);
    }

    #[test]
    fn whiskers_reach_from_end_to_end_and_not_beyond_the_axis() {
        let scene = laid_out(log, vec![dots(None, true)]).expect("is laid out");
        let whiskers = lines(&scene);
        let [c, a, _] = drawn(&scene)[..] else { panic!("three are on the front") };
        assert_eq!(whiskers.len(), 3);
        // From half to twice.
        assert!((whiskers[0][0].1 - c.1 - (c.1 - whiskers[0][1].1)).abs() < 1e-6 && whiskers[0][0].0 == c.0);
        // Zero is not on a log axis.
        assert!(whiskers[1].iter().all(known) && whiskers[1][0].1 >= a.1);
    }

    #[test]
    fn what_belongs_to_another_layout_is_refused() {
        let line = Mark::Line { y: "profit".into(), label: String::new(), hue: Hue::First, stroke: Stroke::Solid };
        assert!(matches!(laid_out(log, vec![line]), Err(DrawError::Mixed { .. })));
    }
}
