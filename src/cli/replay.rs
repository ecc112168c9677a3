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
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Which run
    #[arg(long, value_name = "R", default_value_t = 0)]
    run: u32,
    /// Stop where this day closes, and say how things stood then; without it, compare the end with what was written
    #[arg(long, value_name = "DAY")]
    until: Option<u32>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let until = args.until.map(|day| Tick(day.saturating_mul(Tick::PER_DAY)));
    let replayed = archive.replay(RunId(args.run), until)?;
    let differing = if args.until.is_some() { None } else { Some(differing(&archive, args.run, &replayed)?) };
    if args.json {
        say(&object(args, &replayed, differing.as_deref(), archive.money()).map_err(internal)?);
    } else {
        say(&table(args, &replayed, archive.money()));
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
fn differing(archive: &Archive, run: u32, replayed: &Replayed) -> Result<Vec<&'static str>, Failure> {
    let written = archive.written(RunId(run))?;
    let differs = |(measure, total): &&(Measure, i64)| written(measure.name) != Some(*total);
    Ok(replayed.totals.iter().filter(differs).map(|(measure, _)| measure.name).collect())
}

fn head(args: &Args, replayed: &Replayed) -> String {
    let events = count(i64::from(replayed.told.events));
    let source = if replayed.told.stored { "kept" } else { "told again from the seed" };
    let when = args.until.map_or("to its end".to_owned(), |day| format!("up to the end of day {day}"));
    format!("Run {}, {when}: {events} events, {source}", args.run)
}

/// What came to something.
fn table(args: &Args, replayed: &Replayed, money: &MoneyUnit) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for (measure, total) in replayed.totals.iter().filter(|(_, total)| *total != 0) {
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
    format!("{}\n\n{}", head(args, replayed), lines.join("\n"))
}

fn object(
    args: &Args,
    replayed: &Replayed,
    differing: Option<&[&str]>,
    money: &MoneyUnit,
) -> Result<String, serde_json::Error> {
    let measures: Map<String, Value> =
        replayed.totals.iter().map(|(measure, total)| (measure.name.to_owned(), (*total).into())).collect();
    serde_json::to_string_pretty(&json!({
        "run": args.run,
        "until_day": args.until,
        "events": replayed.told.events,
        "stored": replayed.told.stored,
        "currency": money.code,
        "currency_digits": money.digits,
        "measures": measures,
        "differing": differing,
    }))
}
