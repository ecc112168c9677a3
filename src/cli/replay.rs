//! `tellwave replay`: what the events of a run come to, up to a day, and whether that is what was written.

use super::{Failure, internal, say};
use crate::archive::{Archive, Replayed};
use crate::experiment::MoneyUnit;
use crate::projection::{Measure, Unit};
use crate::report::words::count;
use crate::store::tables::decimal_text;
use crate::units::{RunId, Tick};
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave replay output/quickstart-001\n  \
    tellwave replay output/quickstart-001 --run 7 --until 30 --json")]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Which run [default: the first one of the folder]
    #[arg(long, value_name = "R")]
    run: Option<u32>,
    /// Stop where this day closes, 24 hours a day after the start, and say how things stood then; without it, compare the end
    /// with what was written
    #[arg(long, value_name = "DAY")]
    until: Option<u32>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let run = archive.run_or_first(args.run)?;
    let last = archive.scenario().horizon().day_closing();
    if let Some(day) = args.until.filter(|&day| day > last) {
        return Err(Failure::User(format!("error: --until is day {day}, but the runs end on day {last}")));
    }
    let until = args.until.map(|day| Tick(day * Tick::PER_DAY));
    let replayed = archive.replay(run, until)?;
    let differing = if args.until.is_some() { None } else { Some(differing(&archive, run, &replayed)?) };
    if args.json {
        say(&object(args, run, &replayed, differing.as_deref(), archive.money()).map_err(internal)?);
    } else {
        say(&table(args, run, &replayed, archive.money()));
        if let Some([]) = differing.as_deref() {
            say("\nThe same as was written, in every measure.");
        }
    }
    match differing {
        Some(names) if !names.is_empty() => {
            let names = names.join(", ");
            Err(Failure::Missed(format!("error: folded from the events, these are not what was written: {names}")))
        }
        _ => Ok(()),
    }
}

/// The measures that are not what was written.
fn differing(archive: &Archive, run: RunId, replayed: &Replayed) -> Result<Vec<&'static str>, Failure> {
    let written = archive.written(run)?;
    let differs = |(measure, total): &&(Measure, i64)| written(measure.name) != Some(*total);
    Ok(replayed.totals.iter().filter(differs).map(|(measure, _)| measure.name).collect())
}

fn head(args: &Args, run: RunId, replayed: &Replayed) -> String {
    let events = count(i64::from(replayed.told.events));
    let source = if replayed.told.stored { "kept" } else { "told again from the seed" };
    let when = args.until.map_or("to its end".to_owned(), |day| format!("up to the close of day {day}"));
    format!("Run {}, {when}: {events} events, {source}", run.0)
}

/// What came to something.
fn table(args: &Args, run: RunId, replayed: &Replayed, money: &MoneyUnit) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    // What only ratios are made of tells people nothing by itself.
    let is_told = |name: &str| !name.starts_with("period_") && !name.starts_with("margin");
    for (measure, total) in replayed.totals.iter().filter(|(it, total)| *total != 0 && is_told(it.name)) {
        let value = match measure.unit {
            Unit::Money => format!("{} {}", decimal_text(*total, money.digits), money.code),
            _ => count(*total),
        };
        table.add_row([measure.label.to_owned(), value]);
    }
    if let Some(numbers) = table.column_mut(1) {
        numbers.set_cell_alignment(CellAlignment::Right);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n\n{}", head(args, run, replayed), lines.join("\n"))
}

fn object(
    args: &Args,
    run: RunId,
    replayed: &Replayed,
    differing: Option<&[&str]>,
    money: &MoneyUnit,
) -> Result<String, serde_json::Error> {
    let measures: Map<String, Value> =
        replayed.totals.iter().map(|(measure, total)| (measure.name.to_owned(), (*total).into())).collect();
    serde_json::to_string_pretty(&json!({
        "run": run.0,
        "until_day": args.until,
        "events": replayed.told.events,
        "stored": replayed.told.stored,
        "currency": money.code,
        "currency_digits": money.digits,
        "measures": measures,
        "differing": differing,
    }))
}
