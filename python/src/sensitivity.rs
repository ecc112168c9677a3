//! What the factors of a sweep do to one of its metrics, as far as its design says it: a table, a row for each factor.

use crate::measured::{column, names};
use tellwave::sensitivity::effects::VarianceShares;
use tellwave::sensitivity::screening::Screened;
use tellwave::sensitivity::sobol_indices::{Index, SobolIndices};
use tellwave::sweep::Design;
use tellwave::sweep::lessons::{self, Fit, Response, Shares, Swing, Unknown};
use tellwave::table::{Column, Table, Values};

/// What a number and its 95 % interval say: the names of the three columns begin alike.
fn with_interval(name: &str, unit: &str, meaning: &str, values: &[[f64; 3]]) -> Vec<Column> {
    let ends = [
        ("", meaning),
        ("_low", "the lower end of its 95 % interval"),
        ("_high", "the upper end of its 95 % interval"),
    ];
    let of = |(place, (end, meaning)): (usize, (&str, &str))| Column {
        unit: unit.to_owned(),
        ..column(&format!("{name}{end}"), meaning, Values::Real(values.iter().map(|it| it[place]).collect()))
    };
    ends.into_iter().enumerate().map(of).collect()
}

fn factor(rows: Vec<String>) -> Column {
    column("factor", "what was moved", Values::Name(rows))
}

/// By whatever this design says.
///
/// # Errors
/// Why it says nothing, in words.
pub fn of(response: &Response<'_>) -> Result<Table, String> {
    let all = response.plan.factors.iter().map(|factor| factor.name.clone()).collect::<Vec<String>>();
    match lessons::shares(response) {
        Some(Ok(Shares::Sobol(indices))) => return Ok(sobol(all, &indices)),
        Some(Ok(Shares::Morris(screened))) => return Ok(morris(all, &response.metric.unit, &screened)),
        Some(Err(Unknown::Missing(cells))) => return Err(lacking(cells)),
        Some(Err(Unknown::Flat)) => return Err(flat(response)),
        None => {}
    }
    let missing = response.missing().len();
    // Any part of a Latin hypercube or a list is a sample; a part of a grid is another design.
    if missing > 0 && matches!(response.plan.design, Design::Grid | Design::OneAtATime) {
        return Err(lacking(missing));
    }
    if !response.varies() {
        return Err(flat(response));
    }
    if let Some((_, swings)) = lessons::swings(response) {
        return Ok(one_at_a_time(response, &swings));
    }
    if let Some(shares) = lessons::shares_of_variance(response) {
        return Ok(variance(&all, &shares));
    }
    match lessons::fit(response) {
        Some(Ok(fit)) => Ok(coefficients(&fit)),
        Some(Err(why)) => Err(format!("there is no regression: {why}")),
        None => Err("the design says nothing of its factors".to_owned()),
    }
}

fn lacking(cells: usize) -> String {
    format!("{cells} cells are missing, and the design rests on all of them")
}

fn flat(response: &Response<'_>) -> String {
    format!("{} does not vary between the cells", response.metric.name)
}

/// First-order and total indices (Sobol 2001).
fn sobol(all: Vec<String>, indices: &SobolIndices) -> Table {
    let of = |index: &Index| [index.value, index.interval[0], index.interval[1]];
    let first: Vec<_> = indices.factors.iter().map(|it| of(&it.first)).collect();
    let total: Vec<_> = indices.factors.iter().map(|it| of(&it.total)).collect();
    let mut columns = vec![factor(all)];
    columns.extend(with_interval(
        "first",
        "",
        "the share of the variance by the factor alone: first-order Sobol index",
        &first,
    ));
    columns.extend(with_interval(
        "total",
        "",
        "the share by the factor alone and with others: total Sobol index",
        &total,
    ));
    Table { columns }
}

/// Elementary effects (Morris 1991).
fn morris(all: Vec<String>, unit: &str, screened: &[Option<Screened>]) -> Table {
    let sizes: Vec<_> = screened
        .iter()
        .map(|it| {
            it.map_or([f64::NAN; 3], |it| {
                let [low, high] = it.mean_size_interval.unwrap_or([f64::NAN; 2]);
                [it.mean_size, low, high]
            })
        })
        .collect();
    let reals =
        |of: fn(&Screened) -> f64| Values::Real(screened.iter().map(|it| it.as_ref().map_or(f64::NAN, of)).collect());
    let mut columns = vec![factor(all)];
    columns.extend(with_interval(
        "mean_size",
        unit,
        "μ*: the mean size of the elementary effects, over the factor's whole range",
        &sizes,
    ));
    let more = [
        ("mean", "μ: the mean elementary effect, with its sign", reals(|it| it.mean)),
        (
            "deviation",
            "σ: their standard deviation, large where the effect is curved or depends on others",
            reals(|it| it.deviation.unwrap_or(f64::NAN)),
        ),
    ];
    columns
        .extend(more.map(|(name, meaning, values)| Column { unit: unit.to_owned(), ..column(name, meaning, values) }));
    Table { columns }
}

/// The shares of the variance of a whole grid, by one factor and by two.
fn variance(all: &[String], shares: &VarianceShares) -> Table {
    let mains = all.iter().cloned().zip(shares.mains.iter().copied());
    let pairs = shares.pairs.iter().map(|pair| {
        let [a, b] = pair.factors.map(|place| all[place].as_str());
        (format!("{a} × {b}"), pair.share)
    });
    let rest = std::iter::once(("rest".to_owned(), shares.rest));
    let (rows, values): (Vec<String>, Vec<f64>) = mains.chain(pairs).chain(rest).unzip();
    let meaning =
        "the share of the variance between the cells: by a factor alone, by two together beyond that, and by the rest";
    Table { columns: vec![factor(rows), column("share", meaning, Values::Real(values))] }
}

/// What each level does instead of the first.
fn one_at_a_time(response: &Response<'_>, swings: &[Swing]) -> Table {
    let plan = response.plan;
    let of_factor = |swing: &Swing| plan.factors[swing.factor].name.clone();
    let level = |swing: &Swing| plan.levels(swing.cell)[swing.factor].label.clone();
    let known = |swing: &Swing| {
        let [low, high] = swing.difference.interval.unwrap_or([f64::NAN; 2]);
        [swing.difference.mean, low, high]
    };
    let mut columns = vec![
        factor(swings.iter().map(of_factor).collect()),
        column("value", "the value that it takes instead of its first one", names(swings.iter().map(level))),
    ];
    let differences: Vec<_> = swings.iter().map(known).collect();
    let meaning = "the metric there less that of the cell where all factors take their first values";
    columns.extend(with_interval("difference", &response.metric.unit, meaning, &differences));
    Table { columns }
}

/// Standardised coefficients of least squares over the cells.
fn coefficients(fit: &Fit) -> Table {
    let known: Vec<_> = fit.terms.iter().filter_map(|term| Some((term.label.clone(), term.standardised?))).collect();
    let values: Vec<_> = known
        .iter()
        .map(|(_, (value, interval))| {
            let [low, high] = interval.unwrap_or([f64::NAN; 2]);
            [*value, low, high]
        })
        .collect();
    let mut columns = vec![factor(known.into_iter().map(|(label, _)| label).collect())];
    let meaning = "the change of the metric with one standard deviation of the factor, in its own standard deviations";
    columns.extend(with_interval("coefficient", "", meaning, &values));
    Table { columns }
}
