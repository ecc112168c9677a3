//! What the answers of a designed experiment teach: effects, indices, screening, regression, fronts, the best.
//!
//! Pure mathematics over numbers; whoever asks says what they mean. Nothing here knows a scenario, a file or a thread. Sums are
//! taken in the order of the numbers given, so that the same numbers give the same answer on every machine (the last bits of
//! Student's t aside, which uses the standard library's mathematics).

pub mod best;
pub mod effects;
#[cfg(test)]
mod functions;
pub mod pareto;
pub mod regression;
pub mod screening;
pub mod sobol_indices;
mod student;
pub mod threshold;

use student::{CONFIDENCE, Sample, critical};

/// What is wanted of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The larger the better.
    Large,
    /// The smaller the better.
    Small,
}

impl Goal {
    /// The value as something of which less is better. Minus zero becomes zero, so that equal values have the same order.
    fn cost(self, value: f64) -> f64 {
        match self {
            Goal::Large => 0.0 - value,
            Goal::Small => value + 0.0,
        }
    }
}

/// Student's 95 % interval of the mean of values that are independent; none for fewer than two.
pub fn interval_of_mean(values: &[f64]) -> Option<[f64; 2]> {
    let sample = Sample::of(values.iter().copied())?;
    let half = interval_half_width(sample.error?, sample.n - 1)?;
    Some([sample.mean - half, sample.mean + half])
}

/// Half of the width of Student's 95 % interval around an estimate of this standard error and so many degrees of freedom; none
/// without degrees of freedom.
pub fn interval_half_width(error: f64, degrees: usize) -> Option<f64> {
    Some(error * critical(1.0 - CONFIDENCE, degrees as f64)?)
}
