//! How large a reward may be: what each programme adds to the profit with its rewards multiplied, on the same luck.

use super::Comparison;
use super::contest::{played, world_of};
use super::refusal::Refusal;
use super::watch::Watch;
use crate::experiment::{Estimate, Experiment};

/// What rewards are multiplied with: from a quarter of what they are to three times as much.
const FACTORS: [f64; 10] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0];

/// The most runs at each size.
const RUNS: u32 = 1_000;

/// The most programmes that are asked.
const PROGRAMMES: usize = 6;

/// What a programme adds with rewards of several sizes.
pub struct Curve {
    /// The place of the contender.
    pub which: usize,
    /// For each factor, what is added to the profit \[minor units\]; nothing where such rewards are refused.
    pub points: Vec<(f64, Option<Estimate>)>,
}

/// The curve of each programme that was played with and without; none of a single run.
pub(super) fn of(it: &Comparison, watch: &dyn Watch) -> Result<Vec<Curve>, Refusal> {
    let runs = it.results.runs.min(RUNS);
    let ranking = it.results.compared.ranking.iter().copied();
    let programmes: Vec<usize> = ranking.filter(|which| it.programmes[*which].is_some()).take(PROGRAMMES).collect();
    if runs < 2 || programmes.is_empty() {
        return Ok(vec![]);
    }
    watch.begin((programmes.len() * FACTORS.len()) as u64, "size of the rewards");
    let grown = it.scenario_of(programmes[0]).clone().into_experiment();
    let profits = |experiment: Experiment| {
        Ok::<_, Refusal>(played(&experiment, || (), watch)?.totals("profit").unwrap_or_default())
    };
    let curve = |which: usize| {
        let scenario = it.scenario_of(which);
        let experiment = Experiment { twin: false, runs, ..scenario.clone().into_experiment_in(&grown) };
        let without = profits(Experiment { world: world_of(experiment.world.clone(), true), ..experiment })?;
        let point = |factor: f64| {
            // With rewards of nothing there are no rules, and so no programme.
            if factor == 0.0 {
                watch.one();
                return Ok((factor, Some(Estimate::of(&vec![0; runs as usize]))));
            }
            let scaled = scenario.with_rewards_times(factor).ok();
            let added = scaled.map(|scaled| {
                let with = profits(Experiment { twin: false, runs, ..scaled.into_experiment_in(&grown) })?;
                let each = with.iter().zip(&without).map(|(with, without)| with - without);
                Ok::<_, Refusal>(Estimate::of(&each.collect::<Vec<_>>()))
            });
            watch.one();
            Ok((factor, added.transpose()?))
        };
        Ok(Curve { which, points: FACTORS.into_iter().map(point).collect::<Result<_, Refusal>>()? })
    };
    let curves = programmes.into_iter().map(curve).collect();
    watch.end();
    curves
}
