//! What the programme adds, over all runs: the means of the differences, the ratios a company asks for, and the day on which
//! the programme has paid for itself.
//!
//! Differences are taken run by run on the same luck, so their intervals are those of paired differences.
//!
//! Deliberately absent: how runs and twins are played and compared (`twin`), and words (`cli`).

use super::ratio_measure::{ANY, NOT_NEGATIVE, sum};
use super::twin::comparison_measures;
use super::{Outcome, Ratio, RatioMeasure, RatioUnit, Row, Summary};
use crate::engine::Counterpart;
use std::cmp::Ordering;

/// What the programme adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Each total measure of the twin, over the runs.
    pub twin: Vec<Summary>,
    /// Each of [`comparison_measures`], over the runs.
    pub comparison: Vec<Summary>,
    /// The ratios, each with what it is.
    pub ratios: Vec<(RatioMeasure, Ratio)>,
    /// The first day from which on to the horizon the incremental profit since the start, the mean over the runs whose days are
    /// known, is never below zero; nothing where it is below zero at the horizon.
    pub payback_day: Option<u32>,
    /// Twins that were stopped at the limit of customers.
    pub stopped: usize,
}

pub(super) const RATIOS: [RatioMeasure; 7] = [
    RatioMeasure {
        name: "incremental_per_attributed",
        label: "Incremental per attributed customer",
        unit: RatioUnit::Share,
        meaning: "incremental customers for each attributed one: how much of what is credited to the programme it adds",
        numerator: &[sum(&["incremental_customers"])],
        denominator: &[sum(&["attributed_customers"])],
        scale: 1.0,
        bounds: ANY,
    },
    RatioMeasure {
        name: "reward_cost_per_attributed",
        label: "Reward cost per attributed customer",
        unit: RatioUnit::Money,
        meaning: "what a customer seems to cost: reward cost for each attributed customer",
        numerator: &[sum(&["reward_cost"])],
        denominator: &[sum(&["attributed_customers"])],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "reward_cost_per_incremental",
        label: "Reward cost per incremental customer",
        unit: RatioUnit::Money,
        meaning: "what a customer costs: reward cost for each incremental customer",
        numerator: &[sum(&["reward_cost"])],
        denominator: &[sum(&["incremental_customers"])],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "reward_share_anyway",
        label: "Share of rewards for who comes anyway",
        unit: RatioUnit::Share,
        meaning: "rewards for people who buy without the programme too, as a share of all rewards that a friend earned",
        numerator: &[sum(&["reward_cost_anyway"])],
        denominator: &[sum(&["reward_cost_by_friend"])],
        scale: 1.0,
        bounds: (0.0, 1.0),
    },
    RatioMeasure {
        name: "days_earlier",
        label: "Days by which accelerated customers buy earlier",
        unit: RatioUnit::Days,
        meaning: "acceleration for each accelerated customer",
        numerator: &[sum(&["acceleration"])],
        denominator: &[sum(&["accelerated_customers"])],
        scale: 1.0 / (24.0 * 60.0),
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "return_on_investment",
        label: "Return on investment",
        unit: RatioUnit::Share,
        meaning: "incremental profit for each unit of money that the programme itself cost: rewards, the platform, checks of \
                  referrals; the profit is after them, so above zero the programme pays",
        numerator: &[sum(&["incremental_profit"])],
        denominator: &[sum(&["reward_cost", "platform_cost", "fraud_check_cost"])],
        scale: 1.0,
        bounds: ANY,
    },
    // With one order a customer it is `economics::break_even_reward`: CLV (1 - off / on).
    RatioMeasure {
        name: "break_even_reward",
        label: "Break-even reward, both sides",
        unit: RatioUnit::Money,
        meaning: "what the rewards for each attributed customer could cost, both sides together, until the programme adds \
                  nothing, if people did the same for it: incremental profit before rewards for each attributed customer",
        numerator: &[sum(&["incremental_profit", "reward_cost"])],
        denominator: &[sum(&["attributed_customers"])],
        scale: 1.0,
        bounds: ANY,
    },
];

impl Programme {
    /// What the programme adds; nothing where no twin was played.
    pub fn of(outcome: &Outcome) -> Option<Programme> {
        let twin = outcome.twin.as_ref().filter(|twin| twin.of == Counterpart::WithoutProgramme)?;
        let comparison = comparison_measures(twin.of).iter().enumerate();
        let of_runs = |place: usize| twin.comparisons.iter().map(|values| values[place]).collect();
        Some(Programme {
            twin: super::summary::totals_of(&twin.rows),
            comparison: comparison.map(|(place, &measure)| Summary::of(measure, of_runs(place))).collect(),
            ratios: RATIOS.map(|measure| (measure, measure.of(outcome))).to_vec(),
            payback_day: payback_day(&outcome.rows, &twin.rows),
            stopped: super::summary::stopped(&twin.rows),
        })
    }

    /// Whether the profit is known to be greater or less with the programme: its 95 % interval is on one side of zero. `Equal` where the runs
    /// cannot tell; nothing of a single run.
    pub fn gain(&self) -> Option<Ordering> {
        let [low, high] = self.comparison_of("incremental_profit")?.estimate.interval?;
        Some(match (low > 0.0, high < 0.0) {
            (true, _) => Ordering::Greater,
            (_, true) => Ordering::Less,
            _ => Ordering::Equal,
        })
    }

    /// One measure of the comparison, by its name.
    pub fn comparison_of(&self, name: &str) -> Option<&Summary> {
        self.comparison.iter().find(|summary| summary.measure.name == name)
    }
}

/// See [`Programme::payback_day`].
fn payback_day(with: &[Row], without: &[Row]) -> Option<u32> {
    let profit = |row| Row::daily_of(row, "profit").expect("a measure of every day");
    let mut added: Vec<i128> = vec![];
    // Of some runs the days may have been let go.
    let known = |(with, _): &(&Row, &Row)| !with.daily.is_empty();
    for (with, without) in with.iter().zip(without).filter(known) {
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
    fn every_ratio_is_of_measures_that_there_are() {
        let known = [Standard::total_measures(), comparison_measures(Counterpart::WithoutProgramme).to_vec()].concat();
        RATIOS.iter().for_each(|ratio| ratio.assert_is_of(&known));
    }
}
