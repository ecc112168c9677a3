//! What each factor does, in tables: by indices, screening, shares, swings, levels and least squares.

use super::bars::{by_size, ordered};
use super::matters::share_of;
use super::taught::Taught;
use crate::language::tell;
use crate::report::document::{Block, Cell, Row, Table};
use crate::report::words::Quantity;
use crate::sensitivity::regression::{Coefficient, RegressionError};
use crate::sensitivity::sobol_indices::Index;
use crate::sweep::lessons::{Fit, Known, Shares, Unknown};

/// The most rows of a table, and the most levels that a factor of numbers has in it.
const ROWS: usize = 60;
const LEVELS: usize = 12;

/// Which factors matter: by what the design is for.
pub(super) fn importance(it: &Taught) -> Vec<Block> {
    let language = it.language();
    match &it.shares {
        Some(Ok(Shares::Sobol(indices))) => {
            let share = |index: Index| Cell {
                text: it.locale.estimate(index.value, index.interval[0], index.interval[1], Quantity::Share),
                note: Some(it.locale.interval(index.interval[0], index.interval[1], Quantity::Share)),
            };
            let row = |(factor, of): (usize, &crate::sensitivity::sobol_indices::FactorIndices)| Row {
                head: it.plan.factors[factor].name.clone(),
                notes: vec![],
                cells: vec![share(of.first), share(of.total)],
            };
            let header =
                vec![tell!(language, "sweep-factor"), tell!(language, "sweep-first"), tell!(language, "sweep-total")];
            let totals: Vec<f64> = indices.factors.iter().map(|of| of.total.value).collect();
            let rows = ordered(it, &totals).into_iter().map(|place| row((place, &indices.factors[place]))).collect();
            let about = tell!(language, "sweep-sobol-about", rows = it.locale.count(indices.rows as i64));
            vec![Block::Text(about), table(header, rows)]
        }
        Some(Ok(Shares::Morris(screened))) => {
            let metric = it.response.metric;
            let cells = |of: &crate::sensitivity::screening::Screened| {
                let size = Known { mean: of.mean_size, interval: of.mean_size_interval };
                let own = |value: f64| it.mean(Known { mean: value, ..size }, metric);
                let deviation = of.deviation.map_or("–".to_owned(), own);
                vec![
                    Cell { text: it.mean(size, metric), note: it.interval(size, metric) },
                    own(of.mean).into(),
                    deviation.into(),
                ]
            };
            let none = || vec![Cell::from("–".to_owned()); 3];
            let row = |(factor, of): (usize, &Option<_>)| Row {
                head: it.plan.factors[factor].name.clone(),
                notes: vec![],
                cells: of.as_ref().map_or_else(none, cells),
            };
            let header = vec![tell!(language, "sweep-factor"), "μ*".to_owned(), "μ".to_owned(), "σ".to_owned()];
            let rows = by_size(it, screened).into_iter().map(|place| row((place, &screened[place]))).collect();
            vec![Block::Text(tell!(language, "sweep-morris-about")), table(header, rows)]
        }
        Some(Err(Unknown::Missing(cells))) => {
            let text = it.locale.count(*cells as i64);
            vec![Block::Text(tell!(language, "sweep-shares-missing", cells = *cells, text = text))]
        }
        Some(Err(Unknown::Flat)) => vec![Block::Text(tell!(language, "sweep-shares-flat"))],
        None => variance(it).into_iter().chain(swings(it)).collect(),
    }
}

/// The shares of the variance of a whole grid.
fn variance(it: &Taught) -> Vec<Block> {
    let Some(variance) = &it.variance else { return vec![] };
    let varying = it.plan.factors.iter().filter(|factor| factor.levels() != Some(1)).count();
    // Of two factors there is no rest: what luck does is among what they do together.
    let text = match varying {
        ..=2 => tell!(it.language(), "sweep-variance-about-two"),
        _ => tell!(it.language(), "sweep-variance-about", rest = share_of(it, variance.rest)),
    };
    vec![Block::Text(text)]
}

/// What each change of one factor does.
fn swings(it: &Taught) -> Vec<Block> {
    let Some((base, swings)) = &it.swings else { return vec![] };
    let (language, metric) = (it.language(), it.response.metric);
    let row = |swing: &crate::sweep::lessons::Swing| {
        let known = it.response.known(swing.cell);
        let of = |known: Known| Cell { text: it.mean(known, metric), note: it.interval(known, metric) };
        Row {
            head: format!("{} = {}", it.plan.factors[swing.factor].name, it.level(swing.factor, swing.level)),
            notes: vec![],
            cells: vec![known.map_or("–".to_owned().into(), of), of(swing.difference)],
        }
    };
    let header = vec![tell!(language, "sweep-change"), it.label(metric), tell!(language, "sweep-difference-from-base")];
    let mean = it.response.known(*base).map_or(String::new(), |known| it.mean(known, metric));
    let about = tell!(language, "sweep-swings-about", base = it.cell(*base), mean = mean);
    vec![Block::Text(about), table(header, swings.iter().take(ROWS).map(row).collect())]
}

/// The mean at each level.
pub(super) fn levels(it: &Taught) -> Vec<Block> {
    let (language, metric) = (it.language(), it.response.metric);
    // Many numbers are read in the charts over one factor, whose tables have them too.
    let is_listed = |of: &&crate::sweep::lessons::LevelEffect| {
        let factor = &it.plan.factors[of.factor];
        let levels = factor.levels().unwrap_or(0);
        levels > 1 && (levels <= LEVELS || !factor.is_number())
    };
    let effects: Vec<_> = it.effects.iter().filter(is_listed).collect();
    if effects.is_empty() || it.swings.is_some() {
        return vec![];
    }
    let row = |of: &crate::sweep::lessons::LevelEffect| Row {
        head: format!("{} = {}", it.plan.factors[of.factor].name, it.level(of.factor, of.level)),
        notes: vec![],
        cells: vec![
            Cell { text: it.mean(of.known, metric), note: it.interval(of.known, metric) },
            it.locale.count(of.cells as i64).into(),
        ],
    };
    let header = vec![tell!(language, "sweep-level"), it.label(metric), tell!(language, "sweep-cells-there")];
    let shown = effects.iter().take(ROWS).copied().map(row).collect();
    let more = (effects.len() > ROWS).then(|| {
        let (shown, all) = (it.locale.count(ROWS as i64), it.locale.count(effects.len() as i64));
        Block::Text(tell!(language, "sweep-levels-more", shown = shown, all = all))
    });
    let about = Block::Text(tell!(language, "sweep-levels-about"));
    [about].into_iter().chain(more).chain([table(header, shown)]).collect()
}

/// Least squares.
pub(super) fn regression(it: &Taught) -> Vec<Block> {
    let language = it.language();
    match &it.fit {
        None => vec![],
        Some(Err(error)) => vec![Block::Text(match error {
            RegressionError::Collinear { column, others } => {
                let others = others.join(", ");
                tell!(language, "sweep-fit-collinear", column = column.as_str(), others = others)
            }
            RegressionError::TooFew { observations, coefficients } => {
                let [text, wanted] = [observations, coefficients].map(|number| it.locale.count(*number as i64));
                tell!(language, "sweep-fit-too-few", cells = *observations, text = text, coefficients = wanted)
            }
            RegressionError::NotFinite(_) | RegressionError::Constant(_) => tell!(language, "sweep-fit-flat"),
        })],
        Some(Ok(fit)) => fitted(it, fit),
    }
}

fn fitted(it: &Taught, fit: &Fit) -> Vec<Block> {
    let language = it.language();
    let number = |value: f64| significant(it, value);
    let or_none = |value: Option<f64>| value.map_or("–".to_owned(), number);
    let cells = |coefficient: &Coefficient, standardised: Option<(f64, Option<[f64; 2]>)>| {
        let standardised = standardised.map_or(Cell::from("–".to_owned()), |(value, interval)| {
            let [low, high] = interval.unwrap_or([value; 2]);
            let note = interval.map(|[low, high]| it.locale.interval(low, high, Quantity::Plain));
            Cell { text: it.locale.estimate(value, low, high, Quantity::Plain), note }
        });
        let p = coefficient.p.map_or("–".to_owned(), |p| match p {
            p if p < 0.001 => tell!(language, "compare-share-under", share = language.number(0.001, 3)),
            p => language.number(p, 3),
        });
        let error = or_none(coefficient.error);
        let t = coefficient.t.map_or("–".to_owned(), |t| language.number(t, if t.abs() < 100.0 { 2 } else { 0 }));
        vec![number(coefficient.value).into(), error.into(), t.into(), p.into(), standardised]
    };
    let header = vec![
        tell!(language, "sweep-term"),
        tell!(language, "sweep-coefficient"),
        tell!(language, "sweep-error"),
        "t".to_owned(),
        "p".to_owned(),
        tell!(language, "sweep-standardised"),
    ];
    let regression = &fit.regression;
    let intercept =
        Row { head: tell!(language, "sweep-intercept"), notes: vec![], cells: cells(&regression.intercept, None) };
    let note = |factor: usize| match it.plan.factors[factor].is_number() {
        true => Some(it.plan.factors[factor].unit.clone()).filter(|unit| !unit.is_empty()),
        false => Some(tell!(language, "sweep-instead-of", from = it.level(factor, 0))),
    };
    let term = |term: &crate::sweep::lessons::Term| Row {
        head: term.label.clone(),
        notes: note(term.factor).into_iter().collect(),
        cells: cells(&term.coefficient, term.standardised),
    };
    let rows = [intercept].into_iter().chain(fit.terms.iter().map(term)).collect();
    let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| language.number(share, 3));
    let (r, adjusted) = (share(regression.r_squared), share(regression.r_squared_adjusted));
    let text = it.locale.count(fit.cells as i64);
    let label = it.label(it.response.metric);
    let about = tell!(language, "sweep-fit-about", label = label, cells = fit.cells, text = text);
    let explained = tell!(language, "sweep-fit-explained", r = r, adjusted = adjusted);
    vec![Block::Text(about), Block::Text(explained), table(header, rows)]
}

/// A number with four significant digits.
fn significant(it: &Taught, value: f64) -> String {
    // The decade by comparison, as a logarithm may differ in its last bit from machine to machine.
    let decade = (-12..=15).rev().find(|&decade| value.abs() >= 10f64.powi(decade)).unwrap_or(0);
    it.language().number(value, (3 - decade).clamp(0, 15) as usize)
}

pub(super) fn table(header: Vec<String>, rows: Vec<Row>) -> Block {
    Block::Table(Table { caption: None, header, rows, is_of_numbers: true })
}
