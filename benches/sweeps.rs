//! What a sweep costs beside its runs, and how well many cells fill two cores.

use std::sync::atomic::{AtomicUsize, Ordering};

use tellwave::experiment::Experiment;
use tellwave::scenario::Scenario;
use tellwave::sweep::{Keeper, Markets, Record, Sweep, play};

use crate::report::{Options, Report, median, timed};

/// Throws records away.
#[derive(Default)]
struct Nothing(AtomicUsize);

impl Keeper for Nothing {
    type Logs = ();

    fn begin(&self, _: u32, _: &Scenario) -> Result<(), String> {
        Ok(())
    }

    fn done(&self, _: u32, record: Result<Record, String>, _: Option<&()>) {
        assert!(record.is_ok(), "every cell is played");
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn stops(&self) -> bool {
        false
    }
}

/// A sweep over what a word and a reward bring.
fn sweep(people: u32, [persuasions, rewards]: [usize; 2], runs: u32) -> Sweep {
    let folder = tempfile::tempdir().expect("a folder");
    let base = format!(
        "horizon = '1 year'\n[graph.watts_strogatz]\npeople = {people}\nties_per_person = 30\n[policy.two_sided]\n"
    );
    let text = format!(
        "base = 'base.toml'\nruns = {runs}\n[[factor]]\nkey = 'conversion.persuasion'\nfrom = '0.5 %'\nto = '2 %'\nsteps = {persuasions}\n\
         [[factor]]\nkey = 'policy.two_sided.friend'\nfrom = '1.00 USD'\nto = '9.00 USD'\nsteps = {rewards}\n"
    );
    std::fs::write(folder.path().join("base.toml"), base).expect("written");
    std::fs::write(folder.path().join("sweep.toml"), text).expect("written");
    Sweep::read(&folder.path().join("sweep.toml")).unwrap_or_else(|error| panic!("{error}"))
}

fn seconds(sweep: &Sweep, threads: usize) -> f64 {
    let cells: Vec<u32> = (0..sweep.plan.cells.len() as u32).collect();
    let keeper = Nothing::default();
    let (time, ()) = timed(|| play(sweep, &cells, threads, &Markets::new(threads), &keeper));
    assert_eq!(keeper.0.into_inner(), cells.len());
    time
}

pub fn measure(options: &Options, report: &mut Report) {
    let rounds = if options.test { 1 } else { 5 };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    report.table("sweeps: all cores", &["people", "cells", "runs each", "one core, seconds", "all cores", "× faster"]);
    for people in options.sizes(&[1_000, 20_000]) {
        let runs = if options.test { 1 } else { 20 };
        let sweep = sweep(people, [20, 10], runs);
        seconds(&sweep, 1);
        let times: Vec<[f64; 2]> = (0..rounds).map(|_| [seconds(&sweep, 1), seconds(&sweep, cores)]).collect();
        let of = |value: fn(&[f64; 2]) -> f64| median(times.iter().map(value).collect());
        let (one, all, faster) = (of(|it| it[0]), of(|it| it[1]), of(|it| it[0] / it[1]));
        let figures = [format!("{one:.3}"), format!("{all:.3}"), format!("{faster:.2}")];
        report.row(&[&[people.to_string(), "200".into(), runs.to_string()][..], &figures].concat());
    }
    report.table(
        "sweeps: beside the runs",
        &["people", "cells", "runs each", "runs alone, ms a cell", "sweep, ms a cell", "more, ms a cell"],
    );
    for people in options.sizes(&[1_000]) {
        let runs = 2;
        let sweep = sweep(people, [20, if options.test { 2 } else { 50 }], runs);
        let number = sweep.plan.cells.len();
        let twin = sweep.needs_twin();
        let read = |cell| sweep.scenario(cell).unwrap_or_else(|error| panic!("{error}"));
        let first = read(0).into_experiment();
        let ready: Vec<Experiment> =
            (0..number).map(|cell| Experiment { twin, ..read(cell).into_experiment_in(&first) }).collect();
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        let alone = || one.install(|| timed(|| ready.iter().for_each(|it| drop(it.run(|| ())))).0);
        alone();
        let times: Vec<[f64; 2]> = (0..rounds).map(|_| [alone(), seconds(&sweep, 1)]).collect();
        let of = |value: fn(&[f64; 2]) -> f64| 1e3 * median(times.iter().map(value).collect()) / number as f64;
        let (alone, whole, more) = (of(|it| it[0]), of(|it| it[1]), of(|it| it[1] - it[0]));
        report.row(&[
            people.to_string(),
            number.to_string(),
            runs.to_string(),
            format!("{alone:.3}"),
            format!("{whole:.3}"),
            format!("{more:.3}"),
        ]);
    }
}
