//! How much the response changes with each factor: least squares over the cells.
//!
//! A factor whose values are numbers is a column as it is; one with named levels is a column of 0 and 1 for each level but the first.
//! Every cell is one observation, its mean.

use super::response::Response;
use crate::sensitivity::interval_half_width;
use crate::sensitivity::regression::{Coefficient, Column, Regression, RegressionError, least_squares};

/// No fit has more columns: nobody reads it.
const COLUMNS_MAX: usize = 100;

/// A fit of the response.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The fit.
    pub regression: Regression,
    /// What each coefficient belongs to.
    pub terms: Vec<Term>,
    /// Cells that it rests on.
    pub cells: usize,
}

/// What a coefficient belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The factor.
    pub factor: usize,
    /// "reward", or "network = random".
    pub label: String,
    /// Its coefficient.
    pub coefficient: Coefficient,
    /// The change of the response in its standard deviations with one of the column, and its 95 % interval.
    pub standardised: Option<(f64, Option<[f64; 2]>)>,
}

/// Fits the response by all factors that vary; nothing where none does, or there are too many columns.
///
/// # Errors
/// Why there is no fit.
pub fn fit(response: &Response) -> Option<Result<Fit, RegressionError>> {
    let plan = response.plan;
    let cells: Vec<usize> = (0..response.cells()).filter(|&cell| response.mean(cell).is_some()).collect();
    let mut columns: Vec<(usize, String, Vec<f64>)> = vec![];
    for (factor, of) in plan.factors.iter().enumerate() {
        if of.is_number() {
            let number = |&cell: &usize| of.number(plan.cells[cell][factor]).unwrap_or(f64::NAN);
            columns.push((factor, of.name.clone(), cells.iter().map(number).collect()));
        } else {
            for (level, named) in of.listed().iter().enumerate().skip(1) {
                let at = |&cell: &usize| if response.level(cell, factor) == Some(level) { 1.0 } else { 0.0 };
                columns.push((factor, format!("{} = {}", of.name, named.label), cells.iter().map(at).collect()));
            }
        }
    }
    columns.retain(|(_, _, values)| values.windows(2).any(|pair| pair[0] != pair[1]));
    if columns.is_empty() || columns.len() > COLUMNS_MAX || !response.varies() {
        return None;
    }
    let means: Vec<f64> = cells.iter().filter_map(|&cell| response.mean(cell)).collect();
    let named: Vec<Column> = columns.iter().map(|(_, name, values)| Column { name, values }).collect();
    let regression = match least_squares(&named, &means) {
        Ok(regression) => regression,
        Err(error) => return Some(Err(error)),
    };
    let term = |((factor, label, values), coefficient): (&(usize, String, Vec<f64>), &Coefficient)| {
        let scale = deviation(values) / deviation(&means);
        let half = coefficient.error.and_then(|error| interval_half_width(error, regression.degrees));
        let around = |value: f64| half.map(|half| [value - half * scale, value + half * scale]);
        let standardised = coefficient.standardised.map(|value| (value, around(value)));
        Term { factor: *factor, label: label.clone(), coefficient: *coefficient, standardised }
    };
    let terms = columns.iter().zip(&regression.coefficients).map(term).collect();
    Some(Ok(Fit { terms, cells: means.len(), regression }))
}

/// The root of the sum of squares about the mean, which is the standard deviation but for a factor that all columns share.
fn deviation(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>().sqrt()
}
