//! `tellwave sweep plan`: what a sweep file comes to, without playing it.

use super::super::time_words;
use super::bytes_of;
use super::run::disk;
use crate::cli::threads::Threads;
use crate::cli::{Failure, say};
use crate::draw::clean;
use crate::machine::amount;
use crate::report::words::count;
use crate::scenario::values::print_duration;
use crate::sweep::{Design, Plan, Sweep, pilot};
use crate::units::Tick;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep plan scenarios/sweeps/take-off.toml\n  \
    tellwave sweep plan scenarios/sweeps/take-off.toml --cell 3 > cell-3.toml\n  \
    tellwave sweep plan scenarios/sweeps/take-off.toml --json")]
pub(super) struct Args {
    /// The sweep file (TOML)
    sweep: PathBuf,
    /// Print the whole plan, as plan.json will have it
    #[arg(long, conflicts_with = "cell")]
    json: bool,
    /// Print the scenario of one cell as TOML, by its number from 1: a file for `tellwave run`
    #[arg(long, value_name = "CELL", value_parser = clap::value_parser!(u32).range(1..))]
    cell: Option<u32>,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let pool = args.threads.pool()?;
    pool.install(|| {
        let sweep = Sweep::read(&args.sweep)?;
        if let Some(cell) = args.cell {
            return print_cell(&sweep, cell);
        }
        sweep.check(|_| ())?;
        let bytes = bytes_of(&sweep.plan)?;
        if args.json {
            say(String::from_utf8_lossy(&bytes).trim_end());
            return Ok(());
        }
        let threads = rayon::current_num_threads() as u32;
        let cells: Vec<u32> = (0..sweep.plan.cells.len() as u32).collect();
        let time = pilot::time(&sweep, &cells, threads);
        say(&heading(&sweep, &bytes));
        say(&format!(
            "{} on {threads} thread{}; at most {} of disk",
            time_words::said(time),
            plural(threads),
            amount(disk(&sweep))
        ));
        for beyond in beyond_budget(&sweep, time) {
            say(&format!("`sweep run` refuses it: {beyond}"));
        }
        Ok(())
    })
}

fn print_cell(sweep: &Sweep, cell: u32) -> Result<(), Failure> {
    let total = sweep.plan.cells.len() as u32;
    if cell > total {
        return Err(Failure::User(format!("error: --cell {cell}: the cells are 1 to {total}")));
    }
    let scenario = sweep.scenario(cell as usize - 1)?;
    say(&format!(
        "# Cell {cell} of {}: {}\n\n{}",
        clean(&sweep.plan.name),
        clean(&sweep.plan.label(cell as usize - 1)),
        scenario.resolved.trim_end()
    ));
    Ok(())
}

/// What the file's budget has no room for, in words, of a sweep that takes this long.
pub(super) fn beyond_budget(sweep: &Sweep, time: Duration) -> Vec<String> {
    let (need, budget) = (disk(sweep), &sweep.budget);
    let of_disk = (need > budget.disk).then(|| {
        let [need, most] = [need, budget.disk].map(amount);
        format!("it needs about {need} of disk, and its budget is {most} (budget.disk_mib); keep less of each cell, or raise it")
    });
    let too_long = |most: &Tick| time > Duration::from_secs(u64::from(most.0) * 60);
    let of_time = budget.time.filter(too_long).map(|most| {
        let most = print_duration(most);
        format!(
            "it takes {}, and its budget is {most} (budget.time); fewer cells or runs take less",
            time_words::said(time)
        )
    });
    of_disk.into_iter().chain(of_time).collect()
}

/// What the sweep is, in two lines.
pub(super) fn heading(sweep: &Sweep, bytes: &[u8]) -> String {
    let plan = &sweep.plan;
    let twin = if sweep.needs_twin() { ", each with its twin" } else { "" };
    format!(
        "{}: {} cells ({}), {} run{}{twin}; seed {}\nplan {}",
        clean(&plan.name),
        count(plan.cells.len() as i64),
        in_words(plan),
        count(plan.runs.into()),
        plural(plan.runs),
        plan.seed,
        Plan::digest(bytes)
    )
}

/// The design in words: "reward 10 × satisfied 10".
pub(super) fn in_words(plan: &Plan) -> String {
    let factors = plan.factors.len();
    let many = format!("{factors} factor{}", plural(factors as u32));
    let design = match plan.design {
        Design::Grid => {
            let each = plan.factors.iter().map(|it| format!("{} {}", it.name, it.levels().unwrap_or(0)));
            each.collect::<Vec<_>>().join(" × ")
        }
        Design::OneAtATime => format!("{many}, one at a time"),
        Design::LatinHypercube { points } => format!("a Latin hypercube of {} points in {many}", count(points.into())),
        Design::Sobol { rows } => format!("Saltelli's design of {} rows in {many}", count(rows.into())),
        Design::Morris { trajectories, .. } => format!("{} Morris trajectories in {many}", count(trajectories.into())),
        Design::List => format!("a list, {many}"),
    };
    match plan.left_out {
        0 => design,
        out => format!("{design}, {} left out by constraints", count(out.into())),
    }
}

fn plural(number: u32) -> &'static str {
    if number == 1 { "" } else { "s" }
}
