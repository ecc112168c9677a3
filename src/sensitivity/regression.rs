//! Ordinary least squares with an intercept: how much a response changes with each number, the others held.
//!
//! By Householder's orthogonal triangularisation (Golub & Van Loan, "Matrix computations", §5.3) of columns less their means, each of
//! length 1: the normal equations would square the condition of the columns, and of years beside shares nothing would be left.
//!
//! Deliberately absent: a choice of columns. Which ones to look at is asked before the answers are seen.

use super::student::two_sided_p;
use thiserror::Error;

/// The part of a column, of length 1, that others must leave unexplained for it to have a coefficient: as `lm` of R.
const UNEXPLAINED_MIN: f64 = 1e-7;

/// A column of numbers with its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column<'a> {
    /// What errors call it.
    pub name: &'a str,
    /// One number for each observation.
    pub values: &'a [f64],
}

/// The change of the response with one column, or the intercept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The estimate \[unit of the response per unit of the column\].
    pub value: f64,
    /// Its standard error; none where there are no more observations than coefficients.
    pub error: Option<f64>,
    /// The estimate over its error; none without an error above 0.
    pub t: Option<f64>,
    /// The chance of so large a t if the coefficient were 0; none without t.
    pub p: Option<f64>,
    /// The change of the response in its standard deviations with one standard deviation of the column; none for the intercept, and
    /// where the response does not vary.
    pub standardised: Option<f64>,
}

/// A fit by least squares.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// The response where every column is 0.
    pub intercept: Coefficient,
    /// One for each column, in their order.
    pub coefficients: Vec<Coefficient>,
    /// Observations less coefficients (with the intercept).
    pub degrees: usize,
    /// The standard deviation of what is left unexplained; none without degrees of freedom.
    pub residual_deviation: Option<f64>,
    /// R²: the share of the response's variance that the fit explains, 0 to 1; none where the response does not vary.
    pub r_squared: Option<f64>,
    /// R² less what so many columns would explain by chance (Ezekiel 1930); none without degrees of freedom.
    pub r_squared_adjusted: Option<f64>,
}

/// Why there is no fit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegressionError {
    /// Fewer observations than coefficients.
    #[error("{observations} observations cannot tell {coefficients} coefficients")]
    TooFew {
        /// Observations.
        observations: usize,
        /// Coefficients, with the intercept.
        coefficients: usize,
    },
    /// A response or a number of a column is not finite.
    #[error("observation {0} has a number that is not finite")]
    NotFinite(usize),
    /// A column is the same in all observations.
    #[error("{0} is the same in all observations, so nothing can be said of what it does")]
    Constant(String),
    /// A column follows from others.
    #[error("{column} follows from {}, so what each does cannot be told apart", .others.join(", "))]
    Collinear {
        /// The column.
        column: String,
        /// Columns before it of which it is a sum with weights and a constant.
        others: Vec<String>,
    },
}

/// Fits the response by the columns and an intercept.
///
/// # Panics
///
/// Panics if a column has not one number for each response.
pub fn least_squares(columns: &[Column], response: &[f64]) -> Result<Regression, RegressionError> {
    let n = response.len();
    assert!(columns.iter().all(|column| column.values.len() == n), "a column has a number for each observation");
    let finite =
        |place: usize| response[place].is_finite() && columns.iter().all(|column| column.values[place].is_finite());
    if let Some(place) = (0..n).find(|&place| !finite(place)) {
        return Err(RegressionError::NotFinite(place));
    }
    if n < columns.len() + 1 {
        return Err(RegressionError::TooFew { observations: n, coefficients: columns.len() + 1 });
    }
    let units: Vec<Centred> = columns.iter().map(|column| Centred::of(column.values)).collect();
    if let Some(constant) = units.iter().position(|unit| unit.length == 0.0) {
        return Err(RegressionError::Constant(columns[constant].name.to_owned()));
    }
    let y = Centred::of(response);
    let mut left: Vec<f64> = y.directions.iter().map(|direction| direction * y.length).collect();
    let mut matrix: Vec<Vec<f64>> = units.iter().map(|unit| unit.directions.clone()).collect();
    triangularise(&mut matrix, &mut left).map_err(|Dependent { column, others }| RegressionError::Collinear {
        column: columns[column].name.to_owned(),
        others: others.into_iter().map(|other| columns[other].name.to_owned()).collect(),
    })?;
    let k = columns.len();
    let inverse = inverse_of_triangle(&matrix);
    let slopes: Vec<f64> =
        (0..k).map(|row| (row..k).map(|column| inverse[column][row] * left[column]).sum::<f64>()).collect();
    // The first k are what the columns explain; the others are what is left.
    let unexplained: f64 = left[k..].iter().map(|left| left * left).sum();
    let degrees = n - k - 1;
    let variance = (degrees > 0).then(|| unexplained / degrees as f64);
    let coefficient = |value: f64, spread: f64, standardised: Option<f64>| {
        let error = variance.map(|variance| (variance * spread).sqrt());
        let t = error.filter(|&error| error > 0.0).map(|error| value / error);
        Coefficient { value, error, t, p: t.and_then(|t| two_sided_p(t, degrees as f64)), standardised }
    };
    let coefficients: Vec<Coefficient> = (0..k)
        .map(|row| {
            let spread: f64 = (row..k).map(|column| inverse[column][row] * inverse[column][row]).sum();
            let length = units[row].length;
            let standardised = (y.length > 0.0).then(|| slopes[row] / y.length);
            coefficient(slopes[row] / length, spread / (length * length), standardised)
        })
        .collect();
    let heights: Vec<f64> = units.iter().map(|unit| unit.mean / unit.length).collect();
    let reach = |column: usize| (0..=column).map(|row| heights[row] * inverse[column][row]).sum::<f64>();
    let spread = 1.0 / n as f64 + (0..k).map(|column| reach(column) * reach(column)).sum::<f64>();
    let intercept = y.mean - heights.iter().zip(&slopes).map(|(height, slope)| height * slope).sum::<f64>();
    let unexplained_share = (y.length > 0.0).then(|| unexplained / (y.length * y.length));
    Ok(Regression {
        intercept: coefficient(intercept, spread, None),
        coefficients,
        degrees,
        residual_deviation: variance.map(f64::sqrt),
        r_squared: unexplained_share.map(|share| (1.0 - share).max(0.0)),
        r_squared_adjusted: unexplained_share
            .filter(|_| degrees > 0)
            .map(|share| 1.0 - share * (n - 1) as f64 / degrees as f64),
    })
}

/// Numbers as their mean, and a direction of length 1 times a length.
struct Centred {
    mean: f64,
    length: f64,
    directions: Vec<f64>,
}

impl Centred {
    fn of(values: &[f64]) -> Centred {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let away: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let length = norm(&away);
        // What is left by rounding of numbers that are all the same is nothing.
        let length = if length <= 1e-13 * norm(values) { 0.0 } else { length };
        let directions = away.iter().map(|away| if length > 0.0 { away / length } else { 0.0 }).collect();
        Centred { mean, length, directions }
    }
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}

/// A column that follows from columns before it.
struct Dependent {
    column: usize,
    others: Vec<usize>,
}

/// Reflects the columns so that each is zero below its place, and the response with them (Golub & Van Loan, Algorithm 5.2.1).
fn triangularise(matrix: &mut [Vec<f64>], response: &mut [f64]) -> Result<(), Dependent> {
    for place in 0..matrix.len() {
        let (done, rest) = matrix.split_at_mut(place);
        let Some((column, later)) = rest.split_first_mut() else { break };
        let length = norm(&column[place..]);
        if length < UNEXPLAINED_MIN {
            return Err(Dependent { column: place, others: sources(done, column) });
        }
        // Away from the end that is nearer, so that nothing cancels.
        let end = if column[place] > 0.0 { -length } else { length };
        let mut mirror = column[place..].to_vec();
        mirror[0] -= end;
        let squared: f64 = mirror.iter().map(|entry| entry * entry).sum();
        for values in later.iter_mut().map(|column| &mut column[place..]).chain([&mut response[place..]]) {
            let along: f64 = mirror.iter().zip(values.iter()).map(|(mirror, value)| mirror * value).sum();
            values.iter_mut().zip(&mirror).for_each(|(value, mirror)| *value -= 2.0 * along / squared * mirror);
        }
        column[place..].fill(0.0);
        column[place] = end;
    }
    Ok(())
}

/// Which of the columns before it, in triangular form, a column is made of.
fn sources(done: &[Vec<f64>], column: &[f64]) -> Vec<usize> {
    let inverse = inverse_of_triangle(done);
    let weight = |row: usize| (row..done.len()).map(|place| inverse[place][row] * column[place]).sum::<f64>();
    // Columns have length 1, so weights of columns that take no part are rounding.
    (0..done.len()).filter(|&row| weight(row).abs() > UNEXPLAINED_MIN).collect()
}

/// The inverse of the upper triangle whose columns these are, by columns too.
fn inverse_of_triangle(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let column = |place: usize| {
        let mut solution = vec![0.0; matrix.len()];
        for row in (0..=place).rev() {
            let known: f64 = (row + 1..=place).map(|other| matrix[other][row] * solution[other]).sum();
            let unit = if row == place { 1.0 } else { 0.0 };
            solution[row] = (unit - known) / matrix[row][row];
        }
        solution
    };
    (0..matrix.len()).map(column).collect()
}

#[cfg(test)]
mod tests;
