//! The charts of a sweep in a plane: the response over two factors, where it takes off, and two metrics against each other.

use super::figures::{averaged, both, caption, column, names, reals};
use super::taught::Taught;
use crate::figure::{Axis, Drawing, Figure, Hue, Joint, Mark, Numbers};
use crate::language::tell;
use crate::sensitivity::Goal;
use crate::sweep::Plan;
use crate::sweep::lessons::{Front, HALF, Phase, Response, Surface};
use crate::table::{Column, Table, Values};

/// A chart of two metrics has no more dots than so many besides the front: more would hide each other.
const DOTS_MAX: usize = 2_000;

/// Names of columns that a chart has itself.
const OWN: [&str; 7] = ["cell", "mean", "low", "high", "is_best", "is_above", "is_on_front"];

/// The column of a factor in a chart's table.
fn name_of(plan: &Plan, factor: usize) -> String {
    let name = &plan.factors[factor].name;
    if OWN.contains(&name.as_str()) { format!("{name}_") } else { name.clone() }
}

/// A chart of a surface: a row of its table for each two levels.
fn map(it: &Taught, response: &Response, surface: &Surface) -> (Vec<Column>, [Axis; 2], Axis) {
    let [across, up] = surface.factors;
    let mut labels = [vec![], vec![]];
    let mut numbers = [vec![], vec![], vec![]];
    for (y, row) in surface.rows.iter().enumerate() {
        for (x, known) in row.iter().enumerate() {
            labels[0].push(it.level(across, x));
            labels[1].push(it.level(up, y));
            let ends = super::figures::ends(*known);
            numbers.iter_mut().zip(ends).for_each(|(column, value)| column.push(value));
        }
    }
    let (metric, [x, y]) = (response.metric, [across, up].map(|factor| name_of(it.plan, factor)));
    let [across_labels, up_labels] = labels;
    let [mean, low, high] = numbers;
    let columns = vec![
        names(&x, across_labels),
        names(&y, up_labels),
        reals("mean", &metric.unit, mean),
        reals("low", &metric.unit, low),
        reals("high", &metric.unit, high),
    ];
    let title = |factor: usize| it.plan.factors[factor].name.clone();
    let axes = [Axis::linear(title(across), x, Numbers::Plain), Axis::linear(title(up), y, Numbers::Plain)];
    (columns, axes, Axis::linear(it.label(metric), "mean", it.numbers(metric)))
}

/// A 1 for each place of the surface of which this is so, and a 0 for each other.
fn flags(name: &str, surface: &Surface, is: impl Fn(usize, usize) -> bool) -> Column {
    let row = |y: usize| (0..surface.rows[y].len()).map(move |x| (x, y));
    let values = (0..surface.rows.len()).flat_map(row).map(|(x, y)| i64::from(is(x, y))).collect();
    column(name, "", Values::Count(values))
}

/// The response over two factors.
pub(super) fn heat_map(it: &Taught, name: &str, surface: &Surface) -> Drawing {
    let (language, response) = (it.language(), &it.response);
    let (mut columns, [x, y], value) = map(it, response, surface);
    let mut marks = vec![Mark::Cells { value }];
    let is_alike = |x: usize, y: usize| {
        let cell = surface.cells[y][x];
        cell.is_some() && it.ranking.iter().flat_map(|ranking| ranking.alike()).any(|ranked| Some(ranked.cell) == cell)
    };
    let values = || surface.rows.iter().flatten().flatten();
    // Where some lose and some gain, the border is what is asked for.
    if values().any(|known| known.mean > 0.0) && values().any(|known| known.mean < 0.0) {
        columns.push(flags("is_above", surface, |x, y| surface.rows[y][x].is_some_and(|known| known.mean >= 0.0)));
        marks.push(Mark::Contour { above: "is_above".into(), label: tell!(language, "sweep-border-of-zero") });
    }
    if surface.averaged.is_empty() {
        columns.push(flags("is_best", surface, is_alike));
        marks.push(Mark::Best { is_best: "is_best".into(), label: tell!(language, "sweep-among-the-best") });
    }
    let label = it.label(response.metric);
    let [across, up] = surface.factors.map(|factor| it.plan.factors[factor].name.as_str());
    let what = both(it, tell!(language, "sweep-caption-cells"), averaged(it, &surface.averaged));
    let figure = Figure {
        name: name.to_owned(),
        title: tell!(language, "sweep-chart-surface", label = label, across = across, up = up),
        caption: caption(it, what),
        x,
        y,
        marks,
    };
    Drawing { figure, table: Table { columns } }
}

/// Where it takes off: over two factors, or along one.
pub(super) fn phase(it: &Taught, response: &Response, phase: &Phase) -> Drawing {
    let (language, label) = (it.language(), it.label(response.metric));
    let Some(surface) = &phase.surface else { return along(it, response, phase) };
    let (mut columns, [x, y], value) = map(it, response, surface);
    columns.push(flags("is_above", surface, |x, y| surface.rows[y][x].is_some_and(|known| known.mean >= HALF)));
    let marks = vec![
        Mark::Cells { value },
        Mark::Contour { above: "is_above".into(), label: tell!(language, "sweep-border-of-half") },
    ];
    let what = both(it, tell!(language, "sweep-caption-phase"), averaged(it, &surface.averaged));
    let title = tell!(language, "sweep-chart-phase", label = label);
    let figure = Figure { name: "phase".into(), title, caption: caption(it, what), x, y, marks };
    Drawing { figure, table: Table { columns } }
}

/// The share along one factor.
fn along(it: &Taught, response: &Response, phase: &Phase) -> Drawing {
    let taught = &phase.lines;
    let drawing = super::figures::over(it, response, "phase".to_owned(), taught);
    let title = tell!(it.language(), "sweep-chart-phase", label = it.label(response.metric));
    Drawing { figure: Figure { title, ..drawing.figure }, table: drawing.table }
}

/// Two metrics of every cell, and the front of the best in both.
pub(super) fn front(it: &Taught, metrics: &[Response; 2], front: &Front) -> Drawing {
    let language = it.language();
    let every = front.cells.len().div_ceil(DOTS_MAX).max(1);
    let mut on = vec![false; front.cells.len()];
    front.front.iter().for_each(|&place| on[place] = true);
    // Those on the front come first: theirs are the names.
    let others = (0..front.cells.len()).filter(|&place| !on[place]).step_by(every);
    let shown: Vec<usize> = front.front.iter().copied().chain(others).collect();
    let label = |&place: &usize| match on[place] {
        true => it.cell(front.cells[place].cell),
        false => String::new(),
    };
    let mean = |which: usize| shown.iter().map(|&place| front.cells[place].means[which]).collect::<Vec<f64>>();
    let flag = |value: bool| shown.iter().map(|&place| i64::from(on[place] == value)).collect::<Vec<i64>>();
    let [first, second] = metrics.clone().map(|response| response.metric);
    let columns = vec![
        column("cell", "", Values::Count(shown.iter().map(|&place| front.cells[place].cell as i64 + 1).collect())),
        names("values", shown.iter().map(label).collect()),
        reals("along", &first.unit, mean(0)),
        reals("across", &second.unit, mean(1)),
        column("is_on_front", "", Values::Count(flag(true))),
        column("is_off_front", "", Values::Count(flag(false))),
    ];
    // Of a cost: what can be had for no more than so much.
    let joint = if metrics[1].goal == Goal::Small { Joint::Steps } else { Joint::Straight };
    let dots = |among: &str, label: String, hue: Hue, is_front: bool| Mark::Dots {
        among: Some(among.to_owned()),
        names: is_front.then(|| "values".to_owned()),
        across: None,
        along: None,
        joined: is_front.then_some(joint),
        label,
        hue,
    };
    let marks = vec![
        dots("is_off_front", tell!(language, "sweep-off-front"), Hue::Quiet, false),
        dots("is_on_front", tell!(language, "sweep-on-front"), Hue::First, true),
    ];
    let axis = |metric: &crate::sweep::Metric, column: &str| Axis::linear(it.label(metric), column, it.numbers(metric));
    let some = (every > 1).then(|| tell!(language, "sweep-caption-some-dots", every = every));
    let [a, b] = [first, second].map(|metric| it.label(metric));
    let figure = Figure {
        name: "pareto".into(),
        title: tell!(language, "sweep-chart-front", first = a, second = b),
        caption: caption(it, both(it, tell!(language, "sweep-caption-front"), some)),
        x: axis(second, "across"),
        y: axis(first, "along"),
        marks,
    };
    Drawing { figure, table: Table { columns } }
}
