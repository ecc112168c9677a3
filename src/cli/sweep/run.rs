//! `tellwave sweep run` and `resume`: plays the cells that are not finished yet, and writes the results when all are.

use super::super::time_words;
use super::look::Look;
use super::{Shard, bytes_of, parse_shard, results, sweep_of, usual_folder, with_differences};
use crate::cli::interrupt::Interrupt;
use crate::cli::threads::Threads;
use crate::cli::{Failure, progress};
use crate::draw::clean;
use crate::engine::RESULTS;
use crate::report::words::count;
use crate::store::SweepFolder;
use crate::store::sweep::{Failed, Playing};
use crate::sweep::{Markets, Plan, Sweep, pilot};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep run scenarios/sweeps/take-off.toml --out results/take-off\n  \
    tellwave sweep run big.toml --shard 3/8 --out results/big-3\n  \
    tellwave sweep run big.toml --cells 3,17-20")]
pub(super) struct Args {
    /// The sweep file (TOML)
    sweep: PathBuf,
    /// Folder for the results [default: output/ and the name of the file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Play one of several shards, such as 3/8; `sweep merge` puts their folders together
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<Shard>,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep resume results/take-off\n  \
    tellwave sweep resume results/take-off --cells 17 --threads 1")]
pub(super) struct ResumeArgs {
    /// The folder of a sweep that was begun
    folder: PathBuf,
    /// Play one of several shards only
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<Shard>,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
struct Asked {
    #[command(flatten)]
    threads: Threads,
    /// Play these cells only, by their numbers from 1, such as 3,17-20
    #[arg(long, value_name = "CELLS", value_delimiter = ',', value_parser = parse_cells)]
    cells: Vec<RangeInclusive<u32>>,
    #[command(flatten)]
    look: Look,
}

/// "17", or "17-20".
fn parse_cells(text: &str) -> Result<RangeInclusive<u32>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if (1..=last).contains(&first) => Ok(first..=last),
        _ => Err("write numbers of cells from 1, or ranges of them: 3,17-20".to_owned()),
    }
}

pub(super) fn run(args: &Args, interrupt: &Interrupt) -> Result<(), Failure> {
    let pool = args.asked.threads.pool()?;
    let sweep = pool.install(|| Sweep::read(&args.sweep))?;
    let dir = args.out.clone().unwrap_or_else(|| usual_folder(&args.sweep, args.shard));
    let bytes = bytes_of(&sweep.plan)?;
    let begun = Begun { sweep, bytes, dir, shard: args.shard, again: again(&args.sweep, args) };
    pool.install(|| go_on(begun, &args.asked, interrupt))
}

pub(super) fn resume(args: &ResumeArgs, interrupt: &Interrupt) -> Result<(), Failure> {
    let pool = args.asked.threads.pool()?;
    let (sweep, bytes) = pool.install(|| sweep_of(&args.folder))?;
    if sweep.plan.results != RESULTS {
        return Err(Failure::User(format!(
            "error: {} was begun by a version whose engine gives results {}, and this one gives results {RESULTS}: go on with that \
             version, or begin again",
            shown(&args.folder),
            sweep.plan.results
        )));
    }
    let again = format!("tellwave sweep resume {}", shown(&args.folder));
    let begun = Begun { sweep, bytes, dir: args.folder.clone(), shard: args.shard, again };
    pool.install(|| go_on(begun, &args.asked, interrupt))
}

/// The command that goes on, but for what is played of it.
fn again(file: &Path, args: &Args) -> String {
    let out = args.out.as_ref().map_or(String::new(), |out| format!(" --out {}", shown(out)));
    format!("tellwave sweep run {}{out}", shown(file))
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

/// A sweep with its place.
struct Begun {
    sweep: Sweep,
    bytes: Vec<u8>,
    dir: PathBuf,
    shard: Option<Shard>,
    again: String,
}

fn go_on(begun: Begun, how: &Asked, interrupt: &Interrupt) -> Result<(), Failure> {
    let Begun { sweep, bytes, dir, shard, again } = begun;
    let total = sweep.plan.cells.len() as u32;
    if let Some(range) = how.cells.iter().find(|range| *range.end() > total) {
        let cell = range.end();
        return Err(Failure::User(format!("error: --cells names cell {cell}, but the cells are 1 to {total}")));
    }
    // Before hours of playing, not after them.
    how.look.of(&sweep.plan)?;
    // Looked at before anything is made: a plan that was checked when it was written is right.
    if !SweepFolder::is_of(&dir, &bytes) {
        check(&sweep)?;
        refuse_over_budget(&sweep)?;
    }
    let threads = rayon::current_num_threads() as u32;
    let mut folder = SweepFolder::open(&dir, &bytes).map_err(|error| with_differences(error, &sweep.plan, &dir))?;
    let is_asked = |cell: &u32| {
        shard.is_none_or(|shard| shard.has(*cell))
            && (how.cells.is_empty() || how.cells.iter().any(|range| range.contains(&(cell + 1))))
    };
    let asked: Vec<u32> = (0..total).filter(is_asked).collect();
    let todo: Vec<u32> = asked.iter().copied().filter(|cell| !folder.cells().has(*cell)).collect();
    announce(&sweep, &bytes, &todo, threads);
    let mut failed = vec![];
    if !todo.is_empty() {
        results::keep_graphs(&mut folder, &sweep)?;
        (folder, failed) = play_all(&sweep, folder, &todo, threads, interrupt)?;
    }
    let finished = folder.cells().finished().len() as u32;
    if interrupt.is_asked() {
        return Err(Failure::Stopped(format!(
            "stopped; {} of {} cells are kept. To go on: {again}",
            count(finished.into()),
            count(total.into())
        )));
    }
    if finished + failed.len() as u32 == total {
        results::write(folder, &sweep, &failed, &again, &how.look)?;
    } else {
        folder.settle()?;
        results::tell(&how.look, &sweep.plan, (finished as usize, &failed), &dir, || {
            let next = if shard.is_some() {
                "\nWhen all shards are done: tellwave sweep merge FOLDER… --out DIR"
            } else {
                ""
            };
            let (asked, finished, total) = (asked.len() as i64, count(finished.into()), count(total.into()));
            let asked = count(asked);
            format!("{asked} cells asked for are done; {finished} of {total} cells are in {}{next}", shown(&dir))
        })?;
    }
    gap(&failed, &sweep.plan, &again)
}

/// Reads every cell before the first one is played.
fn check(sweep: &Sweep) -> Result<(), Failure> {
    let progress = progress::count(sweep.plan.cells.len() as u64, "cell checked:");
    let checked = sweep.check(|_| progress.inc(1));
    progress.finish_and_clear();
    Ok(checked?)
}

/// Refuses what the file's budget has no room for.
pub(super) fn refuse_over_budget(sweep: &Sweep) -> Result<(), Failure> {
    let cells: Vec<u32> = (0..sweep.plan.cells.len() as u32).collect();
    let threads = rayon::current_num_threads() as u32;
    // Nobody waits for a pilot whose time nothing is held against.
    let time = sweep.budget.time.map_or(Duration::ZERO, |_| pilot::time(sweep, &cells, threads));
    match super::plan::beyond_budget(sweep, time).first() {
        Some(beyond) => Err(Failure::User(format!("error: this sweep is over its budget: {beyond}"))),
        None => Ok(()),
    }
}

/// Disk that the cells and the tables of them need \[bytes\].
pub(super) fn disk(sweep: &Sweep) -> u64 {
    // Once in packs, about as much again in the tables, and packs lie twice there while they are merged.
    sweep.plan.cells.len() as u64 * sweep.record_bytes() * 3
}

/// Says what is about to be played, and how long it will take.
fn announce(sweep: &Sweep, bytes: &[u8], todo: &[u32], threads: u32) {
    let total = sweep.plan.cells.len();
    let mut said = format!("{}\n", super::plan::heading(sweep, bytes));
    if todo.is_empty() {
        said.push_str("every cell that was asked for is finished");
    } else {
        let left = if todo.len() == total {
            String::new()
        } else {
            format!("{} of {} cells to play, ", count(todo.len() as i64), count(total as i64))
        };
        let time = time_words::said(pilot::time(sweep, todo, threads));
        said.push_str(&format!("{left}{time} on {threads} thread{}", if threads == 1 { "" } else { "s" }));
    }
    if sweep.plan.runs > 1 && !sweep.plan.keep.runs {
        said.push_str(
            "\ncells are compared by their means; with [keep] runs = true they are compared run by run on the same luck, \
             which tells more of them apart",
        );
    }
    crate::cli::hint(&said);
}

fn play_all(
    sweep: &Sweep,
    folder: SweepFolder,
    todo: &[u32],
    threads: u32,
    interrupt: &Interrupt,
) -> Result<(SweepFolder, Vec<Failed>), Failure> {
    let progress = progress::count(todo.len() as u64, "cell");
    interrupt.wait_for_me();
    let (done, stops) = (|| progress.inc(1), || interrupt.is_asked());
    let playing = Playing { threads, side_by_side: threads, done: &done, stops: &stops };
    let played = folder.play(sweep, todo, &Markets::new(threads as usize), &playing);
    progress.finish_and_clear();
    Ok(played?)
}

/// Cells that are missing in the results, if there are any.
pub(super) fn gap(failed: &[Failed], plan: &Plan, again: &str) -> Result<(), Failure> {
    const SHOWN: usize = 5;
    let Some(first) = failed.first() else { return Ok(()) };
    let mut said = format!(
        "{} of {} cells could not be played; the results have a gap there",
        count(failed.len() as i64),
        count(plan.cells.len() as i64)
    );
    for Failed { cell, why } in failed.iter().take(SHOWN) {
        said.push_str(&format!("\n  cell {}: {}: {}", cell + 1, clean(&plan.label(*cell as usize)), clean(why)));
    }
    if failed.len() > SHOWN {
        said.push_str(&format!("\n  … and {} more, all of them in failures.csv", failed.len() - SHOWN));
    }
    said.push_str(&format!("\nto play one alone: {}", command_of(again, first.cell)));
    Err(Failure::Partial(said))
}

/// The command that plays one cell alone.
pub(super) fn command_of(again: &str, cell: u32) -> String {
    format!("{again} --cells {}", cell + 1)
}
