//! How long a sweep will take: a few of its cells are begun, and a few runs of each are timed.

use super::Sweep;
use crate::experiment::Experiment;
use std::time::{Duration, Instant};

/// Cells that are timed, as long as they take no longer than [`ENOUGH`] together.
const CELLS: usize = 5;
const ENOUGH: Duration = Duration::from_secs(1);
const RUNS: u32 = 8;

/// About how long these cells will take on so many threads.
pub fn time(sweep: &Sweep, cells: &[u32], threads: u32) -> Duration {
    let started = Instant::now();
    // What is made once for all cells is not counted for each.
    let mut market: Option<(String, Experiment)> = None;
    let (mut timed, mut seconds) = (0, 0.0);
    for place in 0..CELLS.min(cells.len()) {
        // The first and the last, and some between them.
        let cell = cells[place * (cells.len() - 1) / (CELLS.min(cells.len()) - 1).max(1)];
        // What cannot be read is found out when it is played.
        let Ok(scenario) = sweep.scenario(cell as usize) else { continue };
        let digest = scenario.market_digest();
        // The first market may be the only one.
        market.get_or_insert_with(|| (digest.clone(), scenario.clone().into_experiment()));
        let began = Instant::now();
        let grown = match &market {
            Some((known, grown)) if *known == digest => scenario.into_experiment_in(grown),
            _ => scenario.into_experiment(),
        };
        let begun = began.elapsed();
        market = Some((digest, grown.clone()));
        let runs = RUNS.min(grown.runs);
        let all = f64::from(grown.runs) / f64::from(runs);
        let experiment = Experiment { runs, twin: sweep.needs_twin(), ..grown };
        experiment.run(|| ());
        // They were played side by side where there are threads for it, and all of them will be too.
        let side_by_side = f64::from(runs.min(threads));
        let playing = (began.elapsed() - begun).as_secs_f64() * side_by_side;
        seconds += begun.as_secs_f64() + playing * all;
        timed += 1;
        if started.elapsed() > ENOUGH {
            break;
        }
    }
    let each = if timed == 0 { 0.0 } else { seconds / f64::from(timed) };
    Duration::from_secs_f64(each * cells.len() as f64 / f64::from(threads))
}
