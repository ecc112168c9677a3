//! `tellwave compare`: scenarios in one market, played on the same luck.

use super::compare_words::{self, Played, Precision};
use super::results::locale;
use super::spread::parse_share;
use super::{Failure, internal, memory, play, say};
use crate::draw::clean;
use crate::engine::Counterpart;
use crate::experiment::precision::{FIRST, runs_for};
use crate::experiment::{Compared, Experiment, Outcome, Row};
use crate::language::Language;
use crate::projection::{Projection, Standard};
use crate::scenario::{Overrides, Scenario};
use indicatif::ProgressBar;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What asks for the first scenario without its programme as the baseline.
const NONE: &str = "none";

/// How many keys a note names.
const KEYS_NAMED: usize = 6;

/// Runs whose numbers of each day are in memory at once; of all others only the totals are.
const SIDE_BY_SIDE: usize = 100;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "All scenarios are played in the market of the first one: the same graph, seed and horizon, the same people with the \
                        same luck. So differences are taken run by run, and far fewer runs tell them than runs on luck of their \
                        own would.\n\nExamples:\n  \
                        tellwave compare scenarios/one-sided.toml scenarios/two-sided.toml --baseline none\n  \
                        tellwave compare a.toml b.toml c.toml --by customers --runs 500 --json"
)]
pub(super) struct Args {
    /// The scenario files (TOML), two or more; one is enough with --baseline none
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// What the others are compared with: one of the files or, with "none", the first scenario without its programme
    /// [default: the first file]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// By which measure they are ranked, such as profit, customers or revenue
    #[arg(long, value_name = "MEASURE", default_value = "profit", value_parser = parse_measure)]
    by: &'static str,
    /// How many runs of each [default: those of the first scenario]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    runs: Option<u32>,
    /// Play more runs until each difference from the baseline is known to within this share of the baseline's mean, such as "1 %"
    #[arg(long, value_name = "SHARE", value_parser = parse_precision)]
    precision: Option<f64>,
    /// The most runs of each that --precision plays
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "precision", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    most_runs: u32,
    /// The seed of every draw [default: that of the first scenario]
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Threads to play on [default: one for each core]; the numbers are the same for any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

fn parse_measure(text: &str) -> Result<&'static str, String> {
    let names: Vec<&str> = Standard::total_measures().iter().map(|measure| measure.name).collect();
    let known = names.iter().find(|&&name| name == text);
    known.copied().ok_or_else(|| format!("allowed: {}", names.join(", ")))
}

fn parse_precision(text: &str) -> Result<f64, String> {
    let share = parse_share(text).ok();
    let allowed = || "allowed: a share above 0 and up to 1, such as 0.01 or \"1 %\"".to_owned();
    share.filter(|&share: &f64| share > 0.0 && share <= 1.0).ok_or_else(allowed)
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let threads = super::threads(args.threads)?;
    threads.install(|| {
        let scenarios = read(args)?;
        let baseline = baseline_of(args, &scenarios)?;
        if scenarios.len() + usize::from(baseline.is_none()) < 2 {
            let what = "give a second scenario, or --baseline none to compare it with itself without its programme";
            return Err(Failure::User(format!("error: one scenario alone: {what}")));
        }
        twice(args)?;
        same_market(args, &scenarios)?;
        let contenders = Contenders::of(&scenarios, baseline.is_none());
        let (compared, runs, precision) = contenders.play(args, baseline.unwrap_or(0))?;
        let (first, names) = (&scenarios[0], names(args, &scenarios, baseline.is_none()));
        let played = Played {
            notes: beside_the_programme(&names, &scenarios, baseline.is_none()),
            names,
            digests: contenders.0.iter().map(|(scenario, _)| scenario.digest()).collect(),
            precision,
            compared: &compared,
            baseline: baseline.unwrap_or(0),
            runs,
            seed: first.seed.0,
            money: &first.money(),
            locale: &locale(first, Language::English),
        };
        if args.json {
            say(&compare_words::json(&played).map_err(internal)?);
        } else {
            say(&compare_words::text(&played));
        }
        Ok(())
    })
}

/// Reads all scenarios, with the seed and the number of runs of the first one; tells what is wrong with any.
fn read(args: &Args) -> Result<Vec<Scenario>, Failure> {
    let mut overrides = Overrides { runs: args.runs, seed: args.seed, people: None };
    let (mut scenarios, mut wrong) = (vec![], vec![]);
    for path in &args.scenarios {
        match Scenario::read(path, overrides).map_err(Failure::from) {
            Ok(scenario) => {
                overrides = Overrides { runs: Some(scenario.runs), seed: Some(scenario.seed.0), people: None };
                scenarios.push(scenario);
            }
            Err(Failure::User(message)) => wrong.push(message.trim_end().to_owned()),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(scenarios) } else { Err(Failure::User(wrong.join("\n\n"))) }
}

/// The place of the baseline among the files; nothing where it is the first scenario without its programme.
fn baseline_of(args: &Args, scenarios: &[Scenario]) -> Result<Option<usize>, Failure> {
    let Some(asked) = &args.baseline else { return Ok(Some(0)) };
    if asked == Path::new(NONE) {
        if scenarios[0].programme(Language::English).is_empty() {
            let first = clean(&args.scenarios[0].display().to_string());
            return Err(Failure::User(format!(
                "error: --baseline none: {first} has no programme that could be left out; it can be the baseline itself"
            )));
        }
        return Ok(None);
    }
    let place = args.scenarios.iter().position(|path| path == asked);
    let shown = |path: &Path| clean(&path.display().to_string());
    place.map(Some).ok_or_else(|| {
        let files: Vec<String> = args.scenarios.iter().map(|path| shown(path)).collect();
        Failure::User(format!("error: --baseline {}: allowed: none, {}", shown(asked), files.join(", ")))
    })
}

/// Refuses a file that is given twice.
fn twice(args: &Args) -> Result<(), Failure> {
    let there: Vec<Option<PathBuf>> = args.scenarios.iter().map(|path| path.canonicalize().ok()).collect();
    let is_again = |place: usize| there[place].is_some() && there[..place].contains(&there[place]);
    match (0..there.len()).find(|&place| is_again(place)) {
        None => Ok(()),
        Some(place) => {
            let file = clean(&args.scenarios[place].display().to_string());
            Err(Failure::User(format!("error: {file} is given twice; a scenario does not differ from itself")))
        }
    }
}

/// Refuses scenarios that are not of one market: there, no two people have the same luck.
fn same_market(args: &Args, scenarios: &[Scenario]) -> Result<(), Failure> {
    let (first, mut wrong) = (&scenarios[0], vec![]);
    for (scenario, path) in scenarios.iter().zip(&args.scenarios).skip(1) {
        let of_market = |key: &str| key.starts_with("graph.") || matches!(key, "horizon" | "telling.audience");
        let said = |value: Option<String>| value.unwrap_or_else(|| "left out".to_owned());
        let mut other: Vec<(String, String, String)> = first
            .changes_to(scenario)
            .into_iter()
            .filter(|change| of_market(&change.key))
            .map(|change| (change.key, said(change.after), said(change.before)))
            .collect();
        if first.currency.code() != scenario.currency.code() {
            let [theirs, ours] = [scenario, first].map(|scenario| scenario.currency.code().to_owned());
            other.push(("the currency".to_owned(), theirs, ours));
        }
        if other.is_empty() && first.graph_sha256 != scenario.graph_sha256 {
            other.push(("graph".to_owned(), "a file with other ties".to_owned(), "a file".to_owned()));
        }
        let [path, first] = [path, &args.scenarios[0]].map(|path| path.display().to_string());
        wrong.extend(other.into_iter().map(|(key, theirs, ours)| {
            clean(&format!("error: {path}: {key}: found {theirs}; allowed: {ours}, as in {first}"))
        }));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    wrong.push(
        "Scenarios are compared in one market: on the same graph, for the same time, in the same money.".to_owned(),
    );
    Err(Failure::User(wrong.join("\n")))
}

/// What each is called: its name, and its file where two have the same.
fn names(args: &Args, scenarios: &[Scenario], none: bool) -> Vec<String> {
    let is_single = |name: &str| scenarios.iter().filter(|scenario| scenario.name == name).count() == 1;
    let name = |(scenario, path): (&Scenario, &PathBuf)| match is_single(&scenario.name) {
        true => clean(&scenario.name),
        false => clean(&format!("{} ({})", scenario.name, path.display())),
    };
    let names: Vec<String> = scenarios.iter().zip(&args.scenarios).map(name).collect();
    let without = none.then(|| format!("{} without its programme", names[0]));
    without.into_iter().chain(names).collect()
}

/// In what scenarios differ from the first one besides their programmes: a comparison is of all that.
fn beside_the_programme(names: &[String], scenarios: &[Scenario], none: bool) -> Vec<String> {
    let names = &names[usize::from(none)..];
    let said = |value: Option<String>| value.map_or_else(|| "nothing".to_owned(), |value| clean(&value));
    let differ = |(name, scenario): (&String, &Scenario)| {
        let changes = scenarios[0].changes_to(scenario).into_iter().filter(|change| !change.key.starts_with("policy"));
        let changes: Vec<String> = changes
            .map(|change| {
                format!("{} is {} instead of {}", clean(&change.key), said(change.after), said(change.before))
            })
            .collect();
        let more = match changes.len().saturating_sub(KEYS_NAMED) {
            0 => String::new(),
            more => format!(", and {more} more keys differ"),
        };
        let some = changes[..changes.len().min(KEYS_NAMED)].join(", ");
        (!changes.is_empty())
            .then(|| format!("{name} differs from {} in more than the programme: {some}{more}.", names[0]))
    };
    names.iter().zip(scenarios).skip(1).filter_map(differ).collect()
}

/// What is played: scenarios, each with or without its programme.
struct Contenders<'a>(Vec<(&'a Scenario, Programme)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Programme {
    Played,
    LeftOut,
}

impl<'a> Contenders<'a> {
    fn of(scenarios: &'a [Scenario], none: bool) -> Contenders<'a> {
        let without = none.then(|| (&scenarios[0], Programme::LeftOut));
        Contenders(without.into_iter().chain(scenarios.iter().map(|each| (each, Programme::Played))).collect())
    }

    /// How they compare, after how many runs of each, and how precisely that is known where it was asked for.
    fn play(&self, args: &Args, baseline: usize) -> Result<(Compared, u32, Option<Precision>), Failure> {
        let mut runs = self.0[0].0.runs;
        for (scenario, _) in &self.0 {
            memory::check(scenario, runs, false)?;
        }
        if args.precision.is_some() {
            runs = runs.max(FIRST).min(args.most_runs);
        }
        let mut outcomes = self.batch(0..runs);
        loop {
            let compared = Compared::of(&outcomes, baseline, args.by);
            let Some(asked) = args.precision else { return Ok((compared, runs, None)) };
            let (mean, widest) = compared.widest(baseline);
            if mean == 0.0 {
                let what = format!("--precision is a share of the mean {} of the baseline, and that is 0", args.by);
                return Err(Failure::User(format!("error: {what}")));
            }
            let reached = widest.map(|widest| widest / mean);
            // Of one run nothing is known.
            let wanted = runs_for(runs, reached.unwrap_or(f64::INFINITY), asked).unwrap_or(runs).min(args.most_runs);
            if wanted == runs {
                return Ok((compared, runs, Some(Precision { asked, reached })));
            }
            for (outcome, more) in outcomes.iter_mut().zip(self.batch(runs..wanted)) {
                outcome.rows.extend(more.rows);
            }
            runs = wanted;
        }
    }

    /// Plays runs of these numbers of each, one contender after the other, so that there is one market at a time.
    fn batch(&self, numbers: Range<u32>) -> Vec<Outcome> {
        let progress = ProgressBar::new(self.0.len() as u64 * numbers.len() as u64).with_style(play::style());
        let play = |&(scenario, programme): &(&Scenario, Programme)| {
            let grown = scenario.clone().into_experiment();
            let world = match (programme, grown.world.counterpart()) {
                (Programme::LeftOut, Some((Counterpart::WithoutProgramme, without))) => without,
                _ => grown.world,
            };
            let mut experiment = Experiment { world, twin: false, ..grown };
            let mut played = Outcome { first: numbers.start, rows: vec![], twin: None };
            for first in numbers.clone().step_by(SIDE_BY_SIDE) {
                (experiment.first, experiment.runs) = (first, (numbers.end - first).min(SIDE_BY_SIDE as u32));
                let rows = experiment.run(|| progress.inc(1)).rows.into_iter();
                played.rows.extend(rows.map(|row| Row { daily: vec![], ..row }));
            }
            played
        };
        let outcomes = self.0.iter().map(play).collect();
        progress.finish_and_clear();
        outcomes
    }
}
