//! `tellwave fork`: back to a day of finished runs, and on from there under other terms, on the same luck.
//!
//! The past is that of the runs in the folder, event for event: it is told again from the seed, and where a log was kept, held
//! against it.

use super::Failure;
use super::play::{self, Fork, OUTPUT, Plan};
use super::run::{Logs, parse_logs, read_fonts};
use crate::archive::Archive;
use crate::store::OutputFolder;
use crate::units::{RunId, Tick};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("which").required(true).args(["run", "all"]),
    after_help = "Example: what if the programme had been richer from day 42 on?\n  \
                  tellwave run scenarios/two-sided.toml --out results/two-sided\n  \
                  (copy the scenario, change its [policy] and save it as richer.toml)\n  \
                  tellwave fork results/two-sided --all --at 42 --with richer.toml"
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
    /// Threads to play on [default: one for each core]; the results are the same for any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,
    /// Folder for the results: a new one, an empty one, or one that Tellwave wrote before
    /// [default: a new folder under output/]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Which runs' event logs to keep: none, first, all, or numbers such as 0,7,9
    #[arg(long, value_name = "RUNS", default_value = "first", value_parser = parse_logs)]
    log: Logs,
    /// Print the summary as JSON instead of a table
    #[arg(long)]
    json: bool,
    /// A font (TTF or OTF) for characters of the scenario's name that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let runs = runs_of(args, &archive)?;
    let until = moment_of(args, &archive)?;
    let other = archive.scenario().read_fork(&args.with, until)?;
    let fork = Fork { other, day: args.at };
    let logs = args.log.of(runs.clone())?;
    let fonts = read_fonts(args.font.as_deref(), &play::title(archive.scenario(), Some(&fork)))?;
    let folder = match &args.out {
        Some(dir) => apart(dir, &args.folder)?,
        None => {
            let stem = args.folder.canonicalize().ok().and_then(|dir| dir.file_name().map(|name| name.to_owned()));
            OutputFolder::fresh(Path::new(OUTPUT), &format!("{}-fork", stem.unwrap_or_default().to_string_lossy()))?
        }
    };
    let options = BTreeMap::from([("log".to_owned(), args.log.to_string())]);
    let threads = super::threads(args.threads)?;
    threads.install(|| check_past(&archive, runs.clone(), &fork))?;
    let scenario = archive.scenario().clone();
    let plan = Plan {
        scenario,
        fork: Some(fork),
        runs: Some(runs),
        twin: true,
        logs,
        options,
        fonts,
        folder,
        json: args.json,
    };
    threads.install(|| play::play_and_write(plan))
}

/// The folder for the results, which is not the one that is read.
fn apart(dir: &Path, read: &Path) -> Result<OutputFolder, Failure> {
    // What is not there yet lies in a folder that is.
    let there = dir.ancestors().find_map(|above| above.canonicalize().ok());
    if let (Some(there), Ok(read)) = (there, read.canonicalize())
        && there.starts_with(&read)
    {
        return Err(Failure::User(format!("error: --out {} lies in what is forked; give another", dir.display())));
    }
    Ok(OutputFolder::at(dir)?)
}

fn runs_of(args: &Args, archive: &Archive) -> Result<Range<u32>, Failure> {
    let dir = args.folder.display();
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
    let runs = archive.runs();
    match args.run {
        None => Ok(runs),
        Some(run) if runs.contains(&run) => Ok(run..run + 1),
        Some(run) => Err(archive.no_such_run(RunId(run)).into()),
    }
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
    for run in runs.map(RunId).filter(|&run| archive.is_kept(run)) {
        if !archive.is_past_of(run, fork.until())? {
            let what = format!("the log of run {} is not what its seed tells again", run.0);
            return Err(Failure::Found(format!("error: {}: {what}; see tellwave verify", archive.dir().display())));
        }
    }
    Ok(())
}
