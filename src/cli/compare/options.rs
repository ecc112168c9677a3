//! What is asked of a comparison, whoever asks.

use crate::language::Language;

/// How scenarios are compared.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The measure that ranks them, as [`super::parse_measure`] finds it.
    pub by: &'static str,
    /// Where more runs are played until enough is known: what is to be known to within which share of a mean, from above 0 to 1.
    pub precision: Option<f64>,
    /// Of what that is a share.
    pub precision_of: PrecisionOf,
    /// The most runs of each that are played for it, from 1 on.
    pub most_runs: u32,
    /// Whether each that has a programme is played without it as well, run by run.
    pub twins: bool,
    /// Whether assumptions are moved and rewards made larger and smaller; only where twins are played.
    pub what_if: bool,
    /// The language of all words.
    pub language: Language,
}

/// What a precision is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PrecisionOf {
    /// Each difference from the baseline.
    Difference,
    /// The mean of each scenario.
    Mean,
}

impl PrecisionOf {
    /// Both.
    pub const ALL: [PrecisionOf; 2] = [PrecisionOf::Difference, PrecisionOf::Mean];

    /// As it is given, and as programs are told.
    pub fn name(self) -> &'static str {
        match self {
            PrecisionOf::Difference => "difference",
            PrecisionOf::Mean => "mean",
        }
    }
}
