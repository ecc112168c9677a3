//! The charts of a sweep that have rows: the best cells, and how much each factor matters.

use super::figures::{both, caption, ends, names, reals};
use super::taught::Taught;
use crate::figure::{Axis, Drawing, Figure, Hue, Mark, Numbers, RangeEnd};
use crate::language::tell;
use crate::sensitivity::effects::VarianceShares;
use crate::sensitivity::screening::Screened;
use crate::sensitivity::sobol_indices::{Index, SobolIndices};
use crate::sweep::lessons::{Fit, Known, Swing};
use crate::table::Table;

/// The most rows of a chart.
const ROWS: usize = 16;
/// The longest names of cells that fit into a line on every sheet \[characters\].
const NAMES_MOST: usize = 32;

fn bars(value: &str, label: String, hue: Hue) -> Mark {
    let (low, high) = (format!("{value}_low"), format!("{value}_high"));
    Mark::Bars { value: value.to_owned(), interval: Some((low, high)), by_interval: true, label, hue }
}

/// The same for means, which are written beside each other to one digit, as in the tables: else the first may look smaller than
/// the second.
fn of_means(value: &str, label: String, hue: Hue) -> Mark {
    let interval = Some((format!("{value}_low"), format!("{value}_high")));
    Mark::Bars { value: value.to_owned(), interval, by_interval: false, label, hue }
}

/// Rows of names, each with one number or more with its interval.
fn rows(rows: &[String], unit: &str, numbers: &[(&str, Vec<[f64; 3]>)]) -> Table {
    let mut columns = vec![names("row", rows.to_vec())];
    for (name, values) in numbers {
        for (place, end) in ["", "_low", "_high"].into_iter().enumerate() {
            columns.push(reals(&format!("{name}{end}"), unit, values.iter().map(|of| of[place]).collect()));
        }
    }
    Table { columns }
}

fn in_rows(name: &str, [title, caption]: [String; 2], x: Axis, marks: Vec<Mark>, table: Table) -> Drawing {
    let y = Axis::linear("", "row", Numbers::Plain);
    Drawing { figure: Figure { name: name.to_owned(), title, caption, x, y, marks }, table }
}

/// The best cells, with what is known of them.
pub(super) fn best(it: &Taught) -> Option<Drawing> {
    let ranking = it.ranking.as_ref().filter(|ranking| ranking.cells.len() > 1)?;
    let (language, metric) = (it.language(), it.response.metric);
    let shown = super::best::charted(ranking);
    let mut cells: Vec<String> = shown.iter().map(|ranked| it.cell(ranked.cell)).collect();
    // Where there is no room for names beside values, they stand below, once.
    let is_long = cells.iter().any(|cell| cell.chars().count() > NAMES_MOST);
    if is_long {
        cells = shown.iter().map(|ranked| it.values(ranked.cell)).collect();
    }
    let factors: Vec<String> = it.plan.factors.iter().map(|factor| factor.name.clone()).collect();
    let order = is_long.then(|| tell!(language, "sweep-caption-best-values", factors = factors.join(", ")));
    let means = shown.iter().map(|ranked| ends(Some(ranked.known))).collect();
    let table = rows(&cells, &metric.unit, &[("mean", means)]);
    let label = it.label(metric);
    let title = tell!(language, "sweep-chart-best", label = label.as_str());
    let alike = shown.iter().filter(|ranked| ranked.is_alike).count();
    let all = ranking.alike().count();
    let which = (alike < all).then(|| {
        let [shown, all] = [alike, all].map(|cells| it.locale.count(cells as i64));
        tell!(language, "sweep-caption-best-some", shown = shown, all = all)
    });
    let caption = caption(it, both(it, both(it, tell!(language, "sweep-caption-best"), which), order));
    let x = Axis::linear(label, "", it.numbers(metric));
    Some(in_rows("best", [title, caption], x, vec![of_means("mean", String::new(), Hue::First)], table))
}

/// How much each factor matters, by whatever this design says of it.
pub(super) fn effects(it: &Taught) -> Option<Drawing> {
    if let Some((base, swings)) = &it.swings {
        return tornado(it, *base, swings);
    }
    if let Some(shares) = &it.variance {
        return Some(variance(it, shares));
    }
    let Some(Ok(fit)) = &it.fit else { return None };
    standardised(it, fit)
}

/// The shares of the variance of a whole grid, by one factor and by two.
fn variance(it: &Taught, variance: &VarianceShares) -> Drawing {
    let mut shares: Vec<(String, f64)> =
        it.plan.factors.iter().zip(&variance.mains).map(|(factor, share)| (factor.name.clone(), *share)).collect();
    shares.retain(|(_, share)| *share > 0.0);
    for pair in &variance.pairs {
        let [a, b] = pair.factors.map(|place| it.plan.factors[place].name.as_str());
        shares.push((tell!(it.language(), "sweep-together", a = a, b = b), pair.share));
    }
    shares.retain(|(_, share)| *share > 5e-5);
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    shares.truncate(ROWS);
    let (rows_of, values): (Vec<String>, Vec<f64>) = shares.into_iter().unzip();
    let table = Table { columns: vec![names("row", rows_of), reals("share", "", values)] };
    let title = tell!(it.language(), "sweep-chart-variance", label = it.label(it.response.metric));
    let caption = caption(it, tell!(it.language(), "sweep-caption-variance"));
    let x = Axis::linear(tell!(it.language(), "sweep-axis-variance"), "", Numbers::Percent);
    let bars =
        Mark::Bars { value: "share".into(), interval: None, by_interval: false, label: String::new(), hue: Hue::First };
    in_rows("effects", [title, caption], x, vec![bars], table)
}

/// The standardised coefficients of a fit.
fn standardised(it: &Taught, fit: &Fit) -> Option<Drawing> {
    let known = |value: f64, interval| Known { mean: value, interval };
    let mut terms: Vec<(String, Known)> = fit
        .terms
        .iter()
        .filter_map(|term| term.standardised.map(|(value, interval)| (term.label.clone(), known(value, interval))))
        .collect();
    terms.sort_by(|a, b| b.1.mean.abs().total_cmp(&a.1.mean.abs()));
    terms.truncate(ROWS);
    let (labels, values): (Vec<String>, Vec<Known>) = terms.into_iter().unzip();
    let table = rows(&labels, "", &[("coefficient", values.into_iter().map(|known| ends(Some(known))).collect())]);
    let language = it.language();
    let title = tell!(language, "sweep-chart-coefficients", label = it.label(it.response.metric));
    let caption = caption(it, tell!(language, "sweep-caption-coefficients"));
    let x = Axis::linear(tell!(language, "sweep-axis-coefficients"), "", Numbers::Plain);
    let marks = vec![bars("coefficient", String::new(), Hue::First)];
    (!labels.is_empty()).then(|| in_rows("effects", [title, caption], x, marks, table))
}

/// How far each factor moves the response from the base, one at a time.
fn tornado(it: &Taught, base: usize, swings: &[Swing]) -> Option<Drawing> {
    let (response, language) = (&it.response, it.language());
    let at = response.mean(base)?;
    // Of each factor its least and its greatest response.
    let mut found: Vec<(usize, [(f64, String); 2])> = vec![];
    for factor in 0..it.plan.factors.len() {
        let of = swings.iter().filter(|swing| swing.factor == factor);
        let mut all: Vec<(f64, String)> =
            of.filter_map(|swing| Some((response.mean(swing.cell)?, it.level(factor, swing.level)))).collect();
        all.push((at, it.level(factor, 0)));
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        // What changes nothing has no bar.
        if let [first, .., last] = &all[..]
            && first.0 < last.0
        {
            found.push((factor, [first.clone(), last.clone()]));
        }
    }
    found.sort_by(|a, b| (b.1[1].0 - b.1[0].0).total_cmp(&(a.1[1].0 - a.1[0].0)));
    found.truncate(ROWS);
    let end = |place: usize| found.iter().map(|(_, ends)| ends[place].0).collect::<Vec<f64>>();
    // The base itself is no end: nothing is written there.
    let said = |(value, label): &(f64, String)| if *value == at { String::new() } else { label.clone() };
    let label = |place: usize| found.iter().map(|(_, ends)| said(&ends[place])).collect::<Vec<String>>();
    let unit = &response.metric.unit;
    let columns = vec![
        names("row", found.iter().map(|(factor, _)| it.plan.factors[*factor].name.clone()).collect()),
        reals("base", unit, vec![at; found.len()]),
        reals("least", unit, end(0)),
        reals("greatest", unit, end(1)),
        names("least_end", label(0)),
        names("greatest_end", label(1)),
    ];
    let side =
        |value: &str, label: String, hue| RangeEnd { value: value.into(), end: format!("{value}_end"), label, hue };
    // No word of a side that no bar is on.
    let on_side = |place: usize, said: String| match found.iter().any(|(_, ends)| ends[place].0 != at) {
        true => said,
        false => String::new(),
    };
    let marks = vec![Mark::Ranges {
        base: "base".into(),
        low: side("least", on_side(0, tell!(language, "sweep-below-base")), Hue::Second),
        high: side("greatest", on_side(1, tell!(language, "sweep-above-base")), Hue::First),
    }];
    let least = found.iter().map(|(_, ends)| ends[0].0).fold(at, f64::min);
    let most = found.iter().map(|(_, ends)| ends[1].0).fold(at, f64::max);
    let from_zero = least - (most - least) <= 0.0 && most + (most - least) >= 0.0;
    let name = it.label(response.metric);
    let title = tell!(language, "sweep-chart-swings", label = name.as_str());
    let caption = caption(it, tell!(language, "sweep-caption-swings"));
    let x = Axis { from_zero, ..Axis::linear(name, "", it.numbers(response.metric)) };
    (!found.is_empty()).then(|| in_rows("effects", [title, caption], x, marks, Table { columns }))
}

/// The names of all factors in an order by a number of each, the greatest first.
pub(super) fn ordered(it: &Taught, by: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..it.plan.factors.len()).collect();
    order.sort_by(|&a, &b| by[b].total_cmp(&by[a]));
    order.truncate(ROWS);
    order
}

/// The same by the size of elementary effects; those without any come last.
pub(super) fn by_size(it: &Taught, screened: &[Option<Screened>]) -> Vec<usize> {
    ordered(it, &screened.iter().map(|of| of.map_or(-1.0, |of| of.mean_size)).collect::<Vec<f64>>())
}

/// First-order and total indices.
pub(super) fn sobol(it: &Taught, indices: &SobolIndices) -> Drawing {
    let language = it.language();
    let total: Vec<f64> = indices.factors.iter().map(|of| of.total.value).collect();
    let order = ordered(it, &total);
    let of = |index: Index| [index.value, index.interval[0], index.interval[1]];
    let table = rows(
        &it.factors(&order),
        "",
        &[
            ("total", order.iter().map(|&place| of(indices.factors[place].total)).collect()),
            ("first", order.iter().map(|&place| of(indices.factors[place].first)).collect()),
        ],
    );
    let title = tell!(language, "sweep-chart-sobol", label = it.label(it.response.metric));
    let caption = caption(it, tell!(language, "sweep-caption-sobol"));
    let x = Axis::linear(tell!(language, "sweep-axis-sobol"), "", Numbers::Percent);
    let marks = vec![
        bars("total", tell!(language, "sweep-total"), Hue::Second),
        bars("first", tell!(language, "sweep-first"), Hue::First),
    ];
    in_rows("sobol", [title, caption], x, marks, table)
}

/// Elementary effects.
pub(super) fn morris(it: &Taught, screened: &[Option<Screened>]) -> Option<Drawing> {
    let (language, metric) = (it.language(), it.response.metric);
    let known = screened.iter().any(Option::is_some);
    let order = by_size(it, screened);
    let of_size =
        |place: &usize| ends(screened[*place].map(|of| Known { mean: of.mean_size, interval: of.mean_size_interval }));
    let mut table = rows(&it.factors(&order), &metric.unit, &[("size", order.iter().map(of_size).collect())]);
    let deviation = |place: &usize| screened[*place].and_then(|of| of.deviation).unwrap_or(f64::NAN);
    table.columns.push(reals("deviation", &metric.unit, order.iter().map(deviation).collect()));
    let label = it.label(metric);
    let title = tell!(language, "sweep-chart-morris", label = label.as_str());
    let caption = caption(it, tell!(language, "sweep-caption-morris"));
    let x = Axis::linear(tell!(language, "sweep-axis-morris", label = label), "", it.numbers(metric));
    let marks = vec![
        of_means("size", "μ*".to_owned(), Hue::First),
        Mark::Bars {
            value: "deviation".into(),
            interval: None,
            by_interval: false,
            label: "σ".to_owned(),
            hue: Hue::Quiet,
        },
    ];
    known.then(|| in_rows("morris", [title, caption], x, marks, table))
}
