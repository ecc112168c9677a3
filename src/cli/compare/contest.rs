//! Playing the contenders of a comparison, each on the same luck.

use super::options::{Options, PrecisionOf};
use super::refusal::Refusal;
use super::watch::Watch;
use super::words::Precision;
use crate::engine::{Counterpart, World};
use crate::experiment::precision::{FIRST, runs_for};
use crate::experiment::{Compared, Experiment, Outcome, Row};
use crate::scenario::Scenario;
use std::ops::Range;

/// Runs whose numbers of each day are kept: curves need no more, and memory would grow with the runs.
pub(super) const DAYS_KEPT: u32 = 1_000;

/// Runs that are in memory with their days at once, of those whose days are not kept.
const SIDE_BY_SIDE: u32 = 100;

/// What is played: scenarios, each with or without its programme.
pub(super) struct Contest<'a> {
    contenders: Vec<(&'a Scenario, Programme)>,
    /// Whether each that has a programme is played without it as well, run by run.
    twins: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Programme {
    Played,
    LeftOut,
}

/// What came of it.
pub(super) struct Results {
    /// What came out for each contender; of runs beyond [`DAYS_KEPT`] the totals alone.
    pub outcomes: Vec<Outcome>,
    pub compared: Compared,
    /// How many runs of each.
    pub runs: u32,
    /// How precisely differences are known, where that was asked for.
    pub precision: Option<Precision>,
}

impl<'a> Contest<'a> {
    /// These scenarios, after the first one without its programme if `none`.
    pub fn of(scenarios: impl IntoIterator<Item = &'a Scenario>, none: bool, twins: bool) -> Contest<'a> {
        let mut scenarios = scenarios.into_iter().peekable();
        let without = scenarios.peek().filter(|_| none).map(|&first| (first, Programme::LeftOut));
        Contest {
            contenders: without.into_iter().chain(scenarios.map(|each| (each, Programme::Played))).collect(),
            twins,
        }
    }

    /// A scenario's first runs, by itself; only the totals are kept.
    pub fn play_alone(scenario: &Scenario, runs: u32, watch: &dyn Watch) -> Result<Outcome, Refusal> {
        let experiment = Experiment { twin: false, runs, ..scenario.clone().into_experiment() };
        let mut outcome = played(&experiment, || (), watch)?;
        outcome.rows.iter_mut().for_each(Row::forget_days);
        Ok(outcome)
    }

    /// How they compare with the one in place `baseline`.
    pub fn play(&self, options: &Options, baseline: usize, watch: &dyn Watch) -> Result<Results, Refusal> {
        let Options { by, precision, precision_of, most_runs, .. } = *options;
        let mut runs = self.contenders[0].0.runs;
        if precision.is_some() {
            runs = runs.max(FIRST).min(most_runs);
        }
        // How many rounds there will be is not known before they are played.
        let what = if precision.is_some() { "this round: run" } else { "run" };
        let mut outcomes = self.batch(0..runs, what, watch)?;
        loop {
            let compared = Compared::of(&outcomes, baseline, by);
            let Some(asked) = precision else { return Ok(Results { outcomes, compared, runs, precision: None }) };
            let (mean, widest) = compared.widest(baseline);
            let is_of_means = precision_of == PrecisionOf::Mean;
            let means = compared.contenders.iter().map(|each| each.total_of(compared.by).estimate.mean);
            if mean == 0.0 || is_of_means && means.into_iter().any(|mean| mean == 0.0) {
                let whose = if is_of_means { "of each scenario, and one" } else { "of the baseline, and that" };
                return Err(Refusal::Option("precision", format!(" is a share of the mean {by} {whose} is 0")));
            }
            let reached = if is_of_means { compared.widest_of_means() } else { widest.map(|widest| widest / mean) };
            // Of one run nothing is known.
            let wanted = runs_for(runs, reached.unwrap_or(f64::INFINITY), asked).unwrap_or(runs).min(most_runs);
            if wanted == runs {
                let precision = Some(Precision { asked, reached, of: precision_of });
                return Ok(Results { outcomes, compared, runs, precision });
            }
            for (outcome, more) in outcomes.iter_mut().zip(self.batch(runs..wanted, what, watch)?) {
                outcome.append(more);
            }
            runs = wanted;
        }
    }

    /// Plays runs of these numbers of each, one contender after the other, so that there is one market at a time;
    /// `what` they are called meanwhile.
    fn batch(&self, numbers: Range<u32>, what: &str, watch: &dyn Watch) -> Result<Vec<Outcome>, Refusal> {
        watch.begin(self.contenders.len() as u64 * numbers.len() as u64, what);
        let play = |&(scenario, programme): &(&Scenario, Programme)| {
            let grown = scenario.clone().into_experiment();
            let world = world_of(grown.world, programme == Programme::LeftOut);
            let mut experiment = Experiment { world, twin: self.twins, ..grown };
            let mut all: Option<Outcome> = None;
            for first in numbers.clone().step_by(SIDE_BY_SIDE as usize) {
                (experiment.first, experiment.runs) = (first, (numbers.end - first).min(SIDE_BY_SIDE));
                let mut more = played(&experiment, || watch.one(), watch)?;
                let kept = DAYS_KEPT.saturating_sub(first) as usize;
                let twins = more.twin.iter_mut().flat_map(|twin| twin.rows.iter_mut().skip(kept));
                more.rows.iter_mut().skip(kept).chain(twins).for_each(Row::forget_days);
                match &mut all {
                    Some(all) => all.append(more),
                    None => all = Some(more),
                }
            }
            Ok(all.expect("a run or more"))
        };
        let outcomes = self.contenders.iter().map(play).collect();
        watch.end();
        outcomes
    }
}

/// All runs of an experiment, unless they are stopped; `done` is told after each.
pub(super) fn played(experiment: &Experiment, done: impl Fn() + Sync, watch: &dyn Watch) -> Result<Outcome, Refusal> {
    experiment.run_while(&(), done, || watch.goes_on()).ok_or(Refusal::Stopped)
}

/// The world as it is played: with its programme, or without it.
pub(super) fn world_of(world: World, left_out: bool) -> World {
    match (left_out, world.counterpart()) {
        (true, Some((Counterpart::WithoutProgramme, without))) => without,
        _ => world,
    }
}
