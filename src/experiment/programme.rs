//! What the programme adds, over all runs: the means of the differences, the ratios a company asks for, and the day on which
//! the programme has paid for itself.
//!
//! Differences are taken run by run on the same luck, so their intervals are those of paired differences.
//!
//! Deliberately absent: how runs and twins are played and compared (`twin`), and words (`cli`).

use super::twin::comparison_measures;
use super::{Outcome, Ratio, Row, Summary, Twin};

/// What the programme adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Each total measure of the twin, over the runs.
    pub twin: Vec<Summary>,
    /// Each of [`comparison_measures`], over the runs.
    pub comparison: Vec<Summary>,
    /// The ratios, each with what it is.
    pub ratios: Vec<(RatioMeasure, Ratio)>,
    /// The first day from which on to the horizon the incremental profit since the start, the mean over the runs, is never
    /// below zero; nothing where it is below zero at the horizon.
    pub payback_day: Option<u32>,
    /// Twins that were stopped at the limit of customers.
    pub stopped: usize,
}

/// A ratio of two totals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioMeasure {
    /// Snake-case name, unique.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What it is counted in.
    pub unit: RatioUnit,
    /// A sentence that says what it is.
    pub meaning: &'static str,
    /// What is divided: the name of a total measure or of a comparison's.
    numerator: &'static str,
    /// By what.
    denominator: &'static str,
    /// What the quotient is multiplied by.
    scale: f64,
    /// Values outside these bounds make no sense.
    bounds: (f64, f64),
}

/// What a ratio is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioUnit {
    /// Minor units of the scenario's currency, for each.
    Money,
    /// A share of one.
    Share,
    /// Days, for each.
    Days,
}

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const NOT_NEGATIVE: (f64, f64) = (0.0, f64::INFINITY);

const RATIOS: [RatioMeasure; 6] = [
    RatioMeasure {
        name: "incremental_per_attributed",
        label: "Incremental per attributed customer",
        unit: RatioUnit::Share,
        meaning: "incremental customers for each attributed one: how much of what is credited to the programme it adds",
        numerator: "incremental_customers",
        denominator: "attributed_customers",
        scale: 1.0,
        bounds: ANY,
    },
    RatioMeasure {
        name: "reward_cost_per_attributed",
        label: "Reward cost per attributed customer",
        unit: RatioUnit::Money,
        meaning: "what a customer seems to cost: reward cost for each attributed customer",
        numerator: "reward_cost",
        denominator: "attributed_customers",
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "reward_cost_per_incremental",
        label: "Reward cost per incremental customer",
        unit: RatioUnit::Money,
        meaning: "what a customer costs: reward cost for each incremental customer",
        numerator: "reward_cost",
        denominator: "incremental_customers",
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "reward_share_anyway",
        label: "Share of rewards for who comes anyway",
        unit: RatioUnit::Share,
        meaning: "rewards for people who buy without the programme too, as a share of the reward cost",
        numerator: "reward_cost_anyway",
        denominator: "reward_cost",
        scale: 1.0,
        bounds: (0.0, 1.0),
    },
    RatioMeasure {
        name: "days_earlier",
        label: "Days by which accelerated customers buy earlier",
        unit: RatioUnit::Days,
        meaning: "acceleration for each accelerated customer",
        numerator: "acceleration",
        denominator: "accelerated_customers",
        scale: 1.0 / (24.0 * 60.0),
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "return_on_rewards",
        label: "Return on rewards",
        unit: RatioUnit::Share,
        meaning: "incremental profit, which is after rewards, for each unit of money of reward cost; above zero the \
                  programme pays",
        numerator: "incremental_profit",
        denominator: "reward_cost",
        scale: 1.0,
        bounds: ANY,
    },
];

impl Programme {
    /// What the programme adds; nothing where no twin was played.
    pub fn of(outcome: &Outcome) -> Option<Programme> {
        let twin = outcome.twin.as_ref()?;
        let comparison = comparison_measures().into_iter().enumerate();
        let of_runs = |place: usize| twin.comparisons.iter().map(|values| values[place]).collect();
        Some(Programme {
            twin: super::summary::totals_of(&twin.rows),
            comparison: comparison.map(|(place, measure)| Summary::of(measure, of_runs(place))).collect(),
            ratios: RATIOS.map(|measure| (measure, measure.of(outcome, twin))).to_vec(),
            payback_day: payback_day(&outcome.rows, &twin.rows),
            stopped: super::summary::stopped(&twin.rows),
        })
    }

    /// One measure of the comparison, by its name.
    pub fn comparison_of(&self, name: &str) -> Option<&Summary> {
        self.comparison.iter().find(|summary| summary.measure.name == name)
    }
}

impl RatioMeasure {
    fn of(&self, outcome: &Outcome, twin: &Twin) -> Ratio {
        let values = |name| twin.comparison(name).or_else(|| outcome.totals(name)).expect("a measure of every run");
        let (low, high) = self.bounds;
        Ratio::of(&values(self.numerator), &values(self.denominator)).times(self.scale).within(low, high)
    }
}

/// See [`Programme::payback_day`].
fn payback_day(with: &[Row], without: &[Row]) -> Option<u32> {
    let profit = |row| Row::daily_of(row, "profit").expect("a measure of every day");
    let mut added: Vec<i128> = vec![];
    for (with, without) in with.iter().zip(without) {
        let (with, without) = (profit(with), profit(without));
        added.resize(with.len(), 0);
        let days = added.iter_mut().zip(with.iter().zip(without));
        days.for_each(|(added, (with, without))| *added += i128::from(*with) - i128::from(*without));
    }
    first_day_for_good(&added)
}

/// The first day from which on none is below zero.
fn first_day_for_good(sums: &[i128]) -> Option<u32> {
    let days = sums.iter().rev().take_while(|sum| **sum >= 0).count();
    (days > 0).then(|| (sums.len() - days) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::{Projection, Standard};

    #[test]
    fn a_programme_has_paid_once_its_profit_stays_above_zero() {
        assert_eq!(first_day_for_good(&[0, -5, 3, -1, 0, 2]), Some(4));
        assert_eq!(first_day_for_good(&[0, 1, 2]), Some(0));
        assert_eq!(first_day_for_good(&[0, 1, -2]), None);
    }

    #[test]
    fn every_ratio_is_of_two_measures_that_there_are() {
        let known: Vec<&str> =
            Standard::total_measures().iter().chain(&comparison_measures()).map(|measure| measure.name).collect();
        for ratio in RATIOS {
            assert!(known.contains(&ratio.numerator) && known.contains(&ratio.denominator), "{}", ratio.name);
        }
    }
}
