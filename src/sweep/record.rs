//! What is kept of a cell once all its runs are played.

use crate::experiment::{Estimate, MoneyUnit, Outcome, Ratio, quantile_sorted};
use crate::projection::{Projection, Standard, Unit};
use serde::{Deserialize, Serialize};

/// What is kept of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Runs that were stopped at the limit of customers.
    pub stopped: u32,
    /// Of each of the plan's metrics, in its order.
    pub metrics: Vec<Statistics>,
    /// Of each metric, its number in every run, money in minor units, if the plan keeps runs; nothing of metrics that are of all
    /// runs together.
    pub runs: Vec<Option<Vec<Option<i64>>>>,
    /// Of each of the plan's curves, if it keeps any, for each day.
    pub curves: Vec<Vec<Day>>,
}

/// What is known of a metric. Money is in major units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// How many runs had a number.
    pub runs: u32,
    /// Mean over these runs, or the ratio of totals; nothing where there is none.
    pub mean: Option<f64>,
    /// Standard deviation over the runs; nothing for fewer than two, or for a ratio.
    pub deviation: Option<f64>,
    /// Standard error of the mean; the same.
    pub error: Option<f64>,
    /// 95 % interval of the mean: Student's corrected for skewness (Hall 1992), Wilson's (1927) of a share, Fieller's (1954) of a
    /// ratio.
    pub interval: Option<[f64; 2]>,
    /// Least, 5 %, 25 %, 50 %, 75 %, 95 % quantile and greatest over the runs; nothing for a ratio.
    pub quantiles: Option<[f64; 7]>,
}

/// A daily measure by the end of a day. Money is in major units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// Mean over the runs.
    pub mean: f64,
    /// Half of the runs lie below.
    pub median: f64,
    /// A twentieth of the runs lies below.
    pub low: f64,
    /// A twentieth of the runs lies above.
    pub high: f64,
}

/// Which quantiles are kept \[%\].
pub const QUANTILES: [u8; 7] = [0, 5, 25, 50, 75, 95, 100];

impl Record {
    /// As it is kept.
    ///
    /// # Errors
    /// Never for a record that was made here.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        postcard::to_allocvec(self).map_err(|error| error.to_string())
    }

    /// What was kept.
    ///
    /// # Errors
    /// It is no record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Record, String> {
        postcard::from_bytes(bytes).map_err(|error| error.to_string())
    }
}

impl Statistics {
    /// Of no run.
    pub fn none() -> Statistics {
        Statistics { runs: 0, mean: None, deviation: None, error: None, interval: None, quantiles: None }
    }

    /// Of one whole number a run, of which `scale` make one.
    pub fn of(values: &[i64], scale: f64) -> Statistics {
        if values.is_empty() {
            return Statistics::none();
        }
        let estimate = Estimate::of(values);
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let quantiles = QUANTILES.map(|percent| quantile_sorted(&sorted, percent.into()).unwrap_or(f64::NAN) / scale);
        Statistics {
            runs: values.len() as u32,
            mean: Some(estimate.mean / scale),
            deviation: estimate.error.map(|_| deviation(values, estimate.mean) / scale),
            error: estimate.error.map(|error| error / scale),
            interval: estimate.interval.map(|ends| ends.map(|end| end / scale)),
            quantiles: Some(quantiles),
        }
    }

    /// Of a 1 for each run in which something happens and a 0 for each other.
    pub fn of_share(values: &[i64]) -> Statistics {
        let happened = values.iter().filter(|&&value| value != 0).count();
        let interval = (!values.is_empty()).then(|| wilson(happened as f64, values.len() as f64));
        Statistics { interval, ..Statistics::of(values, 1.0) }
    }

    /// Of a ratio over so many runs.
    pub fn of_ratio(ratio: Ratio, runs: usize, scale: f64) -> Statistics {
        match ratio {
            Ratio::Known { value, interval } => Statistics {
                runs: runs as u32,
                mean: Some(value / scale),
                interval: interval.map(|ends| ends.map(|end| end / scale)),
                ..Statistics::none()
            },
            Ratio::Indistinct | Ratio::Negative => Statistics::none(),
        }
    }
}

/// The standard deviation of two values or more around their mean.
fn deviation(values: &[i64], mean: f64) -> f64 {
    let squares: f64 = values.iter().map(|&value| (value as f64 - mean) * (value as f64 - mean)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// A daily measure of the runs, day by day.
pub(super) fn curve(outcome: &Outcome, name: &str, money: &MoneyUnit) -> Vec<Day> {
    let measure = Standard::daily_measures().into_iter().find(|measure| measure.name == name);
    let scale = measure.filter(|it| it.unit == Unit::Money).map_or(1.0, |_| money.minor_units());
    let runs: Vec<&[i64]> = outcome.rows.iter().filter_map(|row| row.daily_of(name)).collect();
    let days = runs.first().map_or(0, |run| run.len());
    let of_day = |day: usize| {
        let mut values: Vec<i64> = runs.iter().map(|run| run[day]).collect();
        values.sort_unstable();
        let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
        let at = |percent| quantile_sorted(&values, percent).unwrap_or(f64::NAN) / scale;
        Day { mean: sum as f64 / values.len() as f64 / scale, median: at(50), low: at(5), high: at(95) }
    };
    (0..days).map(of_day).collect()
}

/// The 95 % interval of a share (Wilson 1927, "Probable inference, the law of succession, and statistical inference"): it stays
/// within 0 and 1, and has a width where nothing or everything happened.
fn wilson(happened: f64, of: f64) -> [f64; 2] {
    // The 97.5 % quantile of the normal law.
    let z = 1.959_963_984_540_054;
    let share = happened / of;
    let middle = share + z * z / (2.0 * of);
    let half = z * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
    let whole = 1.0 + z * z / of;
    // At the ends rounding must not leave what is exact.
    let low = if happened == 0.0 { 0.0 } else { (middle - half) / whole };
    let high = if happened == of { 1.0 } else { (middle + half) / whole };
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (happened, of, [low, high]) in [
            (81.0, 263.0, [0.2553, 0.3662]),
            (15.0, 148.0, [0.0624, 0.1605]),
            (0.0, 20.0, [0.0, 0.1611]),
            (1.0, 29.0, [0.0061, 0.1718]),
        ] {
            let found = wilson(happened, of);
            assert!((found[0] - low).abs() < 5e-5 && (found[1] - high).abs() < 5e-5, "{happened} of {of}: {found:?}");
        }
        assert_eq!(wilson(5.0, 5.0)[1], 1.0);
    }

    #[test]
    fn statistics_are_in_major_units() {
        let of = Statistics::of(&[100, 300, 200], 100.0);
        assert_eq!((of.runs, of.mean, of.deviation), (3, Some(2.0), Some(1.0)));
        assert_eq!(of.quantiles.map(|it| [it[0], it[3], it[6]]), Some([1.0, 2.0, 3.0]));
        assert_eq!(Statistics::of(&[], 1.0), Statistics::none());
        assert_eq!(Statistics::of(&[7], 1.0).interval, None);
    }
}
