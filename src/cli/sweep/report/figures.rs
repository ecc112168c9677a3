//! The charts of a sweep, as data: all of them, what they share, and those over one factor. Charts of rows stand in `bars`, those of
//! planes in `plane`.

use super::taught::Taught;
use super::{bars, plane};
use crate::figure::{Axis, Drawing, Figure, Hue, Mark, Numbers, Stroke};
use crate::language::tell;
use crate::sweep::lessons::{Known, Lines, Response, Shares};
use crate::table::{Column, Table, Values};

/// Up to so many lines, each has its band.
const BANDS: usize = 3;
/// From this ratio of the ends on, an axis of a factor has equal distances for equal ratios.
const LOG_FROM: f64 = 50.0;

/// All charts that there is something to draw for.
pub(super) fn all(it: &Taught) -> Vec<Drawing> {
    let mut drawings = vec![];
    for (place, surface) in it.surfaces.iter().enumerate() {
        let name = if place == 0 { "heat-map".to_owned() } else { format!("heat-map-{}", place + 1) };
        drawings.push(plane::heat_map(it, &name, surface));
    }
    drawings.extend(bars::best(it));
    drawings.extend(bars::effects(it));
    match &it.shares {
        Some(Ok(Shares::Sobol(indices))) => drawings.push(bars::sobol(it, indices)),
        Some(Ok(Shares::Morris(screened))) => drawings.extend(bars::morris(it, screened)),
        _ => {}
    }
    let over_one = it
        .lines
        .iter()
        .enumerate()
        .map(|(place, lines)| over(it, &it.response, format!("response-{}", place + 1), lines));
    drawings.extend(over_one);
    drawings.extend(it.phase.as_ref().map(|(response, phase)| plane::phase(it, response, phase)));
    drawings.extend(it.front.as_ref().map(|(metrics, front)| plane::front(it, metrics, front)));
    drawings
}

/// Below a chart: of which sweep it is, and what its marks are.
pub(super) fn caption(it: &Taught, what: String) -> String {
    let (language, plan) = (it.language(), it.plan);
    let cells = plan.cells.len();
    let runs = tell!(language, "sweep-runs-each", runs = plan.runs, text = it.locale.count(i64::from(plan.runs)));
    let cells = tell!(language, "sweep-cells", cells = cells, text = it.locale.count(cells as i64));
    let name = plan.name.as_str();
    tell!(language, "sweep-caption", name = name, cells = cells, runs = runs, seed = plan.seed.as_str(), what = what)
}

/// Two things that a caption says.
pub(super) fn both(it: &Taught, one: String, other: Option<String>) -> String {
    match other {
        Some(other) => tell!(it.language(), "figure-says-both", one = one, other = other),
        None => one,
    }
}

/// What a mean is over.
pub(super) fn averaged(it: &Taught, factors: &[usize]) -> Option<String> {
    let names = it.some(&it.factors(factors), 5);
    (!factors.is_empty()).then(|| tell!(it.language(), "sweep-caption-averaged", factors = names))
}

pub(super) fn reals(name: &str, unit: &str, values: Vec<f64>) -> Column {
    column(name, unit, Values::Real(values))
}

pub(super) fn names(name: &str, values: Vec<String>) -> Column {
    column(name, "", Values::Name(values))
}

pub(super) fn column(name: &str, unit: &str, values: Values) -> Column {
    Column { name: name.to_owned(), unit: unit.to_owned(), meaning: String::new(), values }
}

/// What is known, as mean, lower and upper end; without an interval the mean is all three.
pub(super) fn ends(known: Option<Known>) -> [f64; 3] {
    known.map_or([f64::NAN; 3], |known| {
        let [low, high] = known.interval.unwrap_or([known.mean; 2]);
        [known.mean, low, high]
    })
}

/// A response over one factor.
pub(super) fn over(it: &Taught, response: &Response, figure_name: String, lines: &Lines) -> Drawing {
    let (language, metric) = (it.language(), response.metric);
    let name = it.label(metric);
    let mut columns = vec![reals("position", &it.plan.factors[lines.factor].unit, lines.positions.clone())];
    let (mut bands, mut marks) = (vec![], vec![]);
    let has_bands = lines.lines.len() <= BANDS;
    for (number, line) in lines.lines.iter().enumerate() {
        let own = |kind: &str| format!("{kind}_{}", number + 1);
        for (place, kind) in ["mean", "low", "high"].into_iter().enumerate() {
            let values = line.points.iter().map(|known| ends(*known)[place]).collect();
            columns.push(reals(&own(kind), &metric.unit, values));
        }
        let hue = Hue::of(number);
        if has_bands {
            bands.push(Mark::Band { low: own("low"), high: own("high"), hue });
        }
        let label = match (lines.by, line.level) {
            (Some(by), Some(level)) => format!("{} = {}", it.plan.factors[by].name, it.level(by, level)),
            _ => name.clone(),
        };
        let stroke = if number % 2 == 0 { Stroke::Solid } else { Stroke::Dashed };
        marks.push(Mark::Line { y: own("mean"), label, hue, stroke });
    }
    let is_law = it.plan.factors[lines.factor].levels().is_none();
    let what = match (has_bands, is_law) {
        (false, _) => tell!(language, "sweep-caption-lines"),
        (true, false) => tell!(language, "sweep-caption-lines-and-bands"),
        (true, true) => tell!(language, "sweep-caption-groups"),
    };
    let factor = it.plan.factors[lines.factor].name.as_str();
    let axis = it.axis(lines.factor);
    let (first, last) = (lines.positions[0], lines.positions[lines.positions.len() - 1]);
    let x = match first > 0.0 && last / first >= LOG_FROM {
        true => Axis::log(axis, "position", Numbers::Plain),
        false => Axis { from_zero: false, ..Axis::linear(axis, "position", Numbers::Plain) },
    };
    let all = lines.lines.iter().flat_map(|line| line.points.iter().flatten()).flat_map(|known| ends(Some(*known)));
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    let is_far = (low > 0.0 || high < 0.0) && high - low < 0.35 * low.abs().max(high.abs());
    let no_zero = is_far.then(|| tell!(language, "figure-axis-without-zero"));
    let said = both(it, what, averaged(it, &lines.averaged));
    let figure = Figure {
        name: figure_name,
        title: tell!(language, "sweep-chart-response", label = name.as_str(), factor = factor),
        caption: caption(it, both(it, said, no_zero)),
        x,
        y: Axis { from_zero: !is_far, ..Axis::linear(name, "", it.numbers(metric)) },
        marks: bands.into_iter().chain(marks).collect(),
    };
    Drawing { figure, table: Table { columns } }
}
