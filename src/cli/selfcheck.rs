//! `tellwave selfcheck`: plays the cases whose answers are known, and says how near it comes.
//!
//! The table goes to stdout, progress to stderr. Exit code 0: all hold; 1: a miss; 2: something to mend in the call or in
//! the file of cases.

use super::threads::Threads;
use super::{Failure, progress, say};
use crate::report::words::count;
use crate::scenario::values::visible;
use crate::selfcheck::{CaseError, Effort, Finding, Report, Suite, UnknownName, Why};
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tellwave selfcheck\n  tellwave selfcheck --only G,K1 --runs-scale 0.1\n  tellwave \
                        selfcheck --cases my-cases.json --json\n\nExit codes: 0 all checks hold, 1 a check missed (or the \
                        disk or the system failed), 2 something to mend in the call or the cases."
)]
pub(super) struct Args {
    /// A file of cases (JSON, in the form of src/selfcheck/cases.json), instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// Only these cases and families, such as G,K1
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// So many times the runs of each case and the work allowed for them; 1 takes a few minutes
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = parse_scale)]
    runs_scale: f64,
    #[command(flatten)]
    threads: Threads,
    /// Print the findings as JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// The largest scale.
const SCALE_MAX: f64 = 1_000.0;

fn parse_scale(text: &str) -> Result<f64, String> {
    let scale = text.parse().ok().filter(|scale| *scale > 0.0 && *scale <= SCALE_MAX);
    scale.ok_or_else(|| format!("give a number above 0 up to {SCALE_MAX}"))
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Failure {
        let message = format!("error: {error}");
        match error {
            CaseError::Disk { .. } => Failure::World(message),
            CaseError::Wrong { .. } | CaseError::Missing(_) => Failure::User(message),
        }
    }
}

impl From<UnknownName> for Failure {
    fn from(error: UnknownName) -> Failure {
        Failure::User(format!("error: --only: {error}"))
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let suite = match &args.cases {
        Some(file) => Suite::read(file)?,
        None => Suite::built_in()?,
    };
    let suite = if args.only.is_empty() { suite } else { suite.only(&args.only)? };
    let pool = args.threads.pool()?;
    let progress = progress::list(suite.cases.len() as u64, "cases");
    let report = pool.install(|| {
        suite.play(Effort::scaled(args.runs_scale), |place, case| {
            progress.set_position(place as u64);
            progress.set_message(visible(&case.id, 40));
        })
    });
    progress.finish_and_clear();
    if args.json {
        say(&json(&report, args.runs_scale).map_err(super::internal)?);
    } else {
        say(&table(&report.findings));
        say(&format!("\n{}", summary(&report)));
    }
    verdict(&report)
}

/// What the exit code says.
fn verdict(report: &Report) -> Result<(), Failure> {
    let first = |why| report.skipped.iter().find(|skipped| skipped.why == why);
    if let Some(skipped) = first(Why::Disk) {
        return Err(Failure::World(format!("error: {}: {}", visible(&skipped.case, 40), skipped.reason)));
    }
    let missed = report.missed().count();
    if missed > 0 {
        return Err(Failure::Missed(format!("{missed} of {} checks missed", report.findings.len())));
    }
    if let Some(skipped) = first(Why::Wrong) {
        let wrong = report.skipped.iter().filter(|skipped| skipped.why == Why::Wrong).count();
        let more = if wrong > 1 { format!(" (and {} more)", wrong - 1) } else { String::new() };
        return Err(Failure::User(format!("error: case {}: {}{more}", visible(&skipped.case, 40), skipped.reason)));
    }
    if report.findings.is_empty() {
        return Err(Failure::User("error: none of these cases can be checked by this version".to_owned()));
    }
    Ok(())
}

/// A number with so many significant digits, or as many as it has before the point.
fn number(value: f64, digits: i32) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let whole = value.abs().max(1e-9).log10().floor() as i32;
    let decimals = (digits - 1 - whole).clamp(0, 9) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The longest quantity in the table \[characters\].
const QUANTITY_MAX: usize = 52;

fn table(findings: &[Finding]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["case", "quantity", "reference", "measured", "tolerance", "z", "runs", "verdict"]);
    for finding in findings {
        let z = finding.z.map_or_else(|| "–".to_owned(), |z| format!("{z:+.2}"));
        let runs = if finding.runs == 0 { "–".to_owned() } else { count(i64::from(finding.counted)) };
        table.add_row([
            visible(&finding.case, QUANTITY_MAX),
            visible(&finding.quantity, QUANTITY_MAX),
            number(finding.reference, 6),
            number(finding.measured, 6),
            number(finding.tolerance, 3),
            z,
            runs,
            if finding.holds() { "holds" } else { "MISSED" }.to_owned(),
        ]);
    }
    for column in table.column_iter_mut().skip(2).take(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

fn summary(report: &Report) -> String {
    let (checks, missed) = (report.findings.len(), report.missed().count());
    let mut said = match missed {
        0 => format!("All {checks} checks hold"),
        _ => format!("{missed} of {checks} checks missed"),
    };
    said.push_str(&format!("; the largest deviation is {:.2} standard errors.", report.largest_z()));
    if !report.skipped.is_empty() {
        said.push_str("\n\nSkipped:");
        for skipped in &report.skipped {
            let quantity = skipped
                .quantity
                .as_ref()
                .map_or_else(String::new, |quantity| format!(" \"{}\"", visible(quantity, QUANTITY_MAX)));
            said.push_str(&format!("\n  {}{quantity}: {}", visible(&skipped.case, 40), visible(&skipped.reason, 200)));
        }
    }
    said
}

#[derive(Serialize)]
struct Json<'a> {
    tellwave: &'a str,
    runs_scale: f64,
    all_hold: bool,
    checks: Vec<Check<'a>>,
    skipped: Vec<Skip<'a>>,
}

#[derive(Serialize)]
struct Check<'a> {
    case: &'a str,
    quantity: &'a str,
    reference: f64,
    measured: Option<f64>,
    tolerance: Option<f64>,
    z: Option<f64>,
    runs: u32,
    runs_that_count: u32,
    verdict: &'a str,
}

impl Check<'_> {
    fn of(finding: &Finding) -> Check<'_> {
        let number = |number: f64| Some(number).filter(|number| number.is_finite());
        Check {
            case: &finding.case,
            quantity: &finding.quantity,
            reference: finding.reference,
            measured: number(finding.measured),
            tolerance: number(finding.tolerance),
            z: finding.z,
            runs: finding.runs,
            runs_that_count: finding.counted,
            verdict: if finding.holds() { "holds" } else { "missed" },
        }
    }
}

#[derive(Serialize)]
struct Skip<'a> {
    case: &'a str,
    quantity: Option<&'a str>,
    reason: &'a str,
}

fn json(report: &Report, runs_scale: f64) -> Result<String, serde_json::Error> {
    let skipped = report.skipped.iter();
    serde_json::to_string_pretty(&Json {
        tellwave: env!("CARGO_PKG_VERSION"),
        runs_scale,
        all_hold: report.missed().next().is_none(),
        checks: report.findings.iter().map(Check::of).collect(),
        skipped: skipped
            .map(|skipped| Skip { case: &skipped.case, quantity: skipped.quantity.as_deref(), reason: &skipped.reason })
            .collect(),
    })
}
