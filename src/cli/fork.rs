//! `tellwave fork`: back to a day of finished runs, and on from there under other terms, on the same luck.
//!
//! The past is that of the runs in the folder, event for event: it is told again from the seed, and where a log was kept, held
//! against it.

use super::Failure;
use super::output::Output;
use super::play::{self, Fork, Plan};
use crate::archive::Archive;
use crate::scenario::values::shown;
use crate::units::{RunId, Tick};
use rayon::prelude::*;
use std::ops::Range;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("which").required(true).args(["run", "all"]),
    after_help = "What if the programme had been richer from day 42 on? Play it, copy the scenario, change its [policy], save it as \
                  richer.toml, and fork.\n\nExamples:\n  \
                  tellwave run scenarios/two-sided.toml --out results/two-sided\n  \
                  tellwave fork results/two-sided --all --at 42 --with richer.toml\n  \
                  tellwave fork results/two-sided --run 7 --at 42 --with richer.toml --json"
)]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Only this run
    #[arg(long, value_name = "R")]
    run: Option<u32>,
    /// All runs
    #[arg(long)]
    all: bool,
    /// Where this day closes, the terms change; all that happened up to then stays as it was
    #[arg(long, value_name = "DAY")]
    at: u32,
    /// The scenario whose terms hold from then on: usually a copy of the first one with some keys changed
    #[arg(long, value_name = "FILE")]
    with: PathBuf,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let runs = runs_of(args, &archive)?;
    let until = moment_of(args, &archive)?;
    let other = archive.scenario().read_fork(&args.with, until)?;
    let fork = Fork { other, day: args.at };
    apart(args)?;
    let title = play::title(archive.scenario(), Some(&fork), args.output.lang);
    let output = args.output.of(runs.clone(), &archive.scenario().look, &title)?;
    let read = args.folder.canonicalize().ok();
    let stem = read.as_ref().and_then(|dir| dir.file_name()).unwrap_or_default().to_string_lossy();
    let folder = args.output.folder(&format!("{stem}-fork"))?;
    let threads = args.output.threads.pool()?;
    threads.install(|| check_past(&archive, runs.clone(), &fork))?;
    let scenario = archive.scenario().clone();
    let plan = Plan { scenario, fork: Some(fork), runs: Some(runs), twin: true, output, folder };
    threads.install(|| play::play_and_write(plan))
}

/// The folder for the results is not the one that is read, nor within it.
fn apart(args: &Args) -> Result<(), Failure> {
    let Some(dir) = &args.output.out else { return Ok(()) };
    // What is not there yet lies in a folder that is.
    let there = dir.ancestors().find_map(|above| above.canonicalize().ok());
    match (there, args.folder.canonicalize()) {
        (Some(there), Ok(read)) if there.starts_with(&read) => {
            Err(Failure::User(format!("error: --out {} lies in what is forked; give another", shown(dir))))
        }
        _ => Ok(()),
    }
}

fn runs_of(args: &Args, archive: &Archive) -> Result<Range<u32>, Failure> {
    let dir = shown(&args.folder);
    if archive.fork().is_some() {
        let why = "a past under two sets of terms cannot be forked again";
        return Err(Failure::User(format!(
            "error: {dir} is itself a fork: {why}; fork the folder that it was made from"
        )));
    }
    let (written, here) = (&archive.provenance().tellwave, env!("CARGO_PKG_VERSION"));
    if written != here {
        let why = format!("it was written by version {written}, and version {here} may tell another past");
        return Err(Failure::User(format!(
            "error: {dir} cannot be forked: {why}; play it again, or fork it with that version"
        )));
    }
    let Some(run) = args.run else { return Ok(archive.runs()) };
    archive.run_or_first(Some(run))?;
    Ok(run..run + 1)
}

/// The last moment before the fork, which lies before the end.
fn moment_of(args: &Args, archive: &Archive) -> Result<Tick, Failure> {
    let last = archive.scenario().horizon().day_closing();
    if args.at >= last {
        let found = format!("--at is day {}, but the runs end on day {last}", args.at);
        let allowed =
            if last > 0 { format!("give a day from 0 to {}", last - 1) } else { "there is no day to fork at".into() };
        return Err(Failure::User(format!("error: {found}; {allowed}")));
    }
    Ok(Tick(args.at * Tick::PER_DAY))
}

/// What was kept of the runs up to the fork is what their forks begin with.
fn check_past(archive: &Archive, runs: Range<u32>, fork: &Fork) -> Result<(), Failure> {
    let fault = |run: RunId| match archive.is_past_of(run, fork.until()) {
        Ok(true) => None,
        Ok(false) => {
            let what = format!("the log of run {} is not what its seed tells again", run.0);
            Some(Failure::Found(format!("error: {}: {what}; see tellwave verify", shown(archive.dir()))))
        }
        Err(error) => Some(error.into()),
    };
    let kept = runs.into_par_iter().map(RunId).filter(|&run| archive.is_kept(run));
    kept.filter_map(fault).find_first(|_| true).map_or(Ok(()), Err)
}
