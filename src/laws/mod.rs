//! The laws from which counts and delays are drawn, as plain parameters.
//!
//! World floor: a law says how many people a customer tells or how long a decision takes; it neither draws nor
//! reads text. Human notation ("poisson(12)") is read by `scenario::law_notation`, which proves the ranges below.

mod table;

use crate::units::Tick;

/// How many: a law over 0, 1, 2, …
///
/// Means are 0 to [`CountLaw::MEAN_MAX`], dispersions above 0 up to [`CountLaw::DISPERSION_MAX`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountLaw {
    /// Always the same number \[people\], at most `MEAN_MAX`.
    Fixed(u32),
    /// Poisson: the variance equals the mean.
    Poisson {
        /// Mean number \[people\].
        mean: f64,
    },
    /// Negative binomial: variance = mean + mean² / dispersion; a small dispersion means a few talk a lot.
    NegativeBinomial {
        /// Mean number \[people\].
        mean: f64,
        /// Dispersion k, without unit; Poisson as k grows.
        dispersion: f64,
    },
    /// Geometric on 0, 1, 2, … (failures before the first success): variance = mean + mean².
    Geometric {
        /// Mean number \[people\].
        mean: f64,
    },
    /// Everybody the person knows.
    AllNeighbours,
}

impl CountLaw {
    /// The largest mean, and the largest fixed count \[people\].
    pub const MEAN_MAX: f64 = 1_000_000.0;
    /// The largest dispersion, without unit.
    pub const DISPERSION_MAX: f64 = 1_000_000.0;
}

/// How long: a law over spans of whole ticks \[minutes\].
///
/// Spans are at most [`DelayLaw::SPAN_MAX`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DelayLaw {
    /// Always the same span, 0 allowed.
    Fixed(Tick),
    /// Exponential: no memory.
    Exponential {
        /// Mean span, at least 1 minute.
        mean: Tick,
    },
    /// Gamma: variance = mean² / shape.
    Gamma {
        /// Mean span, at least 1 minute.
        mean: Tick,
        /// Shape, without unit, above 0 up to [`DelayLaw::SHAPE_MAX`]; 1 is the exponential law.
        shape: f64,
    },
    /// Log-normal: the logarithm of the span is normal.
    LogNormal {
        /// Median span, at least 1 minute.
        median: Tick,
        /// Standard deviation of the logarithm, without unit, 0 to [`DelayLaw::SIGMA_MAX`].
        sigma: f64,
    },
    /// Uniform between two spans, both included.
    Uniform {
        /// Shortest span.
        least: Tick,
        /// Longest span, not below `least`.
        most: Tick,
    },
}

impl DelayLaw {
    /// The longest span a scenario may name: 100 years of 365 days.
    pub const SPAN_MAX: Tick = Tick(100 * 365 * Tick::PER_DAY);
    /// The largest shape of a gamma law, without unit.
    pub const SHAPE_MAX: f64 = 1_000_000.0;
    /// The largest sigma of a log-normal law, without unit.
    pub const SIGMA_MAX: f64 = 10.0;
}
