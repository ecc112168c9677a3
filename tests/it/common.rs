//! What several of the tests need: scenarios from text, logs in memory, and the command itself.

use std::path::Path;
use std::process::{Command, Output};

use tellwave::engine::{Run, World};
use tellwave::event::Event;
use tellwave::experiment::{Experiment, Outcome};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::RunId;

/// A scenario from its text; data files lie in `folder`.
pub fn scenario_in(folder: &Path, text: &str) -> Scenario {
    match Scenario::parse("test.toml", text, folder, Overrides::default()) {
        Ok(scenario) => scenario,
        Err(error) => panic!("{error}\n{text}"),
    }
}

pub fn scenario(text: &str) -> Scenario {
    scenario_in(Path::new(""), text)
}

pub fn experiment(text: &str) -> Experiment {
    scenario(text).into_experiment()
}

pub fn outcome(text: &str) -> Outcome {
    experiment(text).run(|| {})
}

/// The log of one run.
pub fn log(world: &World, run: u32) -> Vec<Event> {
    let mut events = vec![];
    Run::new(world).play(world, RunId(run), &mut events);
    events
}

/// The built command, called in `folder`.
pub fn tellwave(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the command starts")
}

pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellwave"));
    command.current_dir(folder).args(args).env("NO_COLOR", "1");
    command
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A new folder that goes away with the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), text).expect("written");
}

/// The place of a total in the rows of an outcome.
pub fn total(name: &str) -> usize {
    use tellwave::projection::{Projection, Standard};
    let measures = Standard::total_measures();
    measures.iter().position(|measure| measure.name == name).unwrap_or_else(|| panic!("no measure {name}"))
}

/// One total of every run.
pub fn totals(outcome: &Outcome, name: &str) -> Vec<i64> {
    let place = total(name);
    outcome.rows.iter().map(|row| row.totals[place]).collect()
}

/// Mean and standard error.
pub fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}
