//! `tellwave sweep`: many scenarios that differ in some keys, played, kept, and told what they teach.

pub mod door;
mod look;
mod merge;
mod plan;
mod report;
mod results;
mod run;
mod status;

use super::interrupt::Interrupt;
use super::{Failure, internal};
use crate::draw::clean;
use crate::store::sweep::{Cells, PLAN};
use crate::store::{StoreError, SweepFolder};
use crate::sweep::{Plan, Sweep};
use clap::Subcommand;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tellwave sweep run scenarios/sweeps/reward-and-satisfaction.toml --out results/reward\n  \
                        tellwave sweep status results/reward\n  tellwave sweep resume results/reward\n  \
                        tellwave sweep run big.toml --shard 3/8 --out results/big-3\n  tellwave sweep merge results/big-* --out results/big\n  \
                        tellwave sweep report results/reward --response customers --front customers,reward_cost"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play the cells of a sweep file; started again, it goes on where it was.
    Run(run::Args),
    /// Say what a sweep file comes to without playing it: cells, time, disk, and the digest of its plan.
    Plan(plan::Args),
    /// Say how far a sweep is; it may be running.
    Status(status::Args),
    /// Go on with the sweep of a folder.
    Resume(run::ResumeArgs),
    /// Put the shards of a sweep together.
    Merge(merge::Args),
    /// Write the tables, charts and the report of a sweep again.
    Report(report::Args),
}

pub(super) fn run(args: &Args, interrupt: &Interrupt) -> Result<(), Failure> {
    match &args.command {
        Command::Run(args) => run::run(args, interrupt),
        Command::Plan(args) => plan::run(args),
        Command::Status(args) => status::run(args),
        Command::Resume(args) => run::resume(args, interrupt),
        Command::Merge(args) => merge::run(args),
        Command::Report(args) => report::run(args),
    }
}

/// The bytes of a plan.
fn bytes_of(plan: &Plan) -> Result<Vec<u8>, Failure> {
    plan.to_json().map_err(internal)
}

/// The sweep of a folder, with the bytes of its plan.
fn sweep_of(dir: &Path) -> Result<(Sweep, Vec<u8>), Failure> {
    let (bytes, _) = look(dir)?;
    let plan = plan_of(dir, &bytes)?;
    Ok((Sweep::of_plan(plan, dir)?, bytes))
}

/// The bytes of the plan and the finished cells of a folder.
fn look(dir: &Path) -> Result<(Vec<u8>, Cells), Failure> {
    if !dir.join(PLAN).is_file() {
        let dir = clean(&dir.display().to_string());
        return Err(Failure::User(format!("error: {dir} holds no sweep: it has no {PLAN}")));
    }
    Ok(SweepFolder::look(dir)?)
}

/// The plan of a folder, of these bytes.
fn plan_of(dir: &Path, bytes: &[u8]) -> Result<Plan, Failure> {
    Plan::from_json(bytes).map_err(|why| {
        let path = clean(&dir.join(PLAN).display().to_string());
        Failure::Found(format!("error: {path} is no plan of a sweep: {why}"))
    })
}

/// What is wrong with a folder; where it holds another plan, in what the two differ.
fn with_differences(error: StoreError, plan: &Plan, dir: &Path) -> Failure {
    match other_sweep(&error, plan, dir) {
        Some(said) => Failure::User(format!(
            "error: {said}\n  = help: give another folder (--out), or delete that one if nobody needs it"
        )),
        None => error.into(),
    }
}

/// In what the sweep of a folder is another one, in a sentence; nothing where that is not what is wrong with it.
fn other_sweep(error: &StoreError, plan: &Plan, dir: &Path) -> Option<String> {
    let there = matches!(error, StoreError::OtherPlan { .. }).then(|| SweepFolder::look(dir).ok()).flatten();
    let differences = plan.differences(&Plan::from_json(&there?.0).ok()?);
    let (dir, said) = (clean(&dir.display().to_string()), differences.join(", "));
    (!differences.is_empty())
        .then(|| format!("{dir} holds another sweep than this one: they differ in {said}; nothing was touched"))
}

/// Where a sweep goes without `--out`.
fn usual_folder(file: &Path, shard: Option<Shard>) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shard = shard.map_or(String::new(), |shard| format!("-shard-{}-of-{}", shard.number, shard.of));
    Path::new("output").join(format!("{stem}{shard}"))
}

/// A part of a sweep that is played by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shard {
    /// From 1.
    number: u32,
    of: u32,
}

impl Shard {
    /// Whether a cell is in it: cells are dealt out one by one, so that all shards take about as long.
    fn has(self, cell: u32) -> bool {
        cell % self.of == self.number - 1
    }
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parsed {
        Some((number, of)) if (1..=of).contains(&number) && of <= 100_000 => Ok(Shard { number, of }),
        _ => Err("write the number of the shard, from 1, and how many there are: 3/8".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_in_one_shard() {
        assert!(["0/4", "5/4", "1", "a/b", "1/0", "1/4/2"].iter().all(|text| parse_shard(text).is_err()));
        let shards: Vec<Shard> = (1..=4).map(|number| parse_shard(&format!("{number}/4")).expect("a shard")).collect();
        for cell in 0..1000 {
            assert_eq!(shards.iter().filter(|shard| shard.has(cell)).count(), 1);
        }
    }
}
