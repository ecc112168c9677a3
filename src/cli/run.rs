//! `tellwave run`: plays a scenario and writes its results into a folder.

use super::results::{Drawn, Played, currency, notes, payback, report, sign};
use super::summary::{self, About};
use super::{Failure, colour, internal, programme_words, say, worth_words};
use crate::draw::{self, Fonts, missing_glyphs};
use crate::engine::{Audience, Run};
use crate::experiment::figures::{self, Caption};
use crate::experiment::{Experiment, Programme, curves, ledger_table, runs_table, worth};
use crate::figure::Figure;
use crate::graph::measure::{Effort, Measures};
use crate::report::words::count;
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::store::{
    self, EventLogWriter, LogMeta, OutputFolder, Platform, Provenance, StoreError, event_log_name, provenance,
};
use crate::units::RunId;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

const QUICKSTART: &str = "scenarios/quickstart.toml";

/// Where results go without `--out`.
const OUTPUT: &str = "output";

/// The scheme by which every draw follows from the seed; it changes only together with results.
const RANDOM_NUMBERS: &str = "splitmix64 keyed by (seed, run, purpose, subject), version 1";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario file (TOML)
    #[arg(default_value = QUICKSTART)]
    scenario: PathBuf,
    /// How many runs, instead of the scenario's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    runs: Option<u32>,
    /// The seed of every draw, instead of the scenario's
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
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
    /// Play a programme without its twin: the same runs without any reward, which show what the programme adds
    #[arg(long)]
    no_twin: bool,
    /// Print the summary as JSON instead of a table
    #[arg(long)]
    json: bool,
    /// A font (TTF or OTF) for characters of the scenario's name that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

impl Args {
    /// The main job, without any flag.
    pub fn quickstart() -> Args {
        Args {
            scenario: QUICKSTART.into(),
            runs: None,
            seed: None,
            threads: None,
            out: None,
            log: Logs::First,
            no_twin: false,
            json: false,
            font: None,
        }
    }
}

/// Which runs are logged.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Logs {
    None,
    First,
    All,
    Some(Vec<u32>),
}

fn parse_logs(text: &str) -> Result<Logs, String> {
    match text {
        "none" => Ok(Logs::None),
        "first" => Ok(Logs::First),
        "all" => Ok(Logs::All),
        numbers => {
            let parsed: Result<Vec<u32>, _> = numbers.split(',').map(|number| number.trim().parse()).collect();
            let mut numbers = parsed.map_err(|_| "give none, first, all, or run numbers such as 0,7,9".to_owned())?;
            numbers.sort_unstable();
            numbers.dedup();
            Ok(Logs::Some(numbers))
        }
    }
}

impl Logs {
    fn of(&self, runs: u32) -> Result<Vec<RunId>, Failure> {
        let numbers: Vec<u32> = match self {
            Logs::None => vec![],
            Logs::First => vec![0],
            Logs::All => (0..runs).collect(),
            Logs::Some(numbers) => numbers.clone(),
        };
        match numbers.iter().find(|&&number| number >= runs) {
            Some(number) => {
                let last = runs - 1;
                Err(Failure::User(format!("error: --log names run {number}, but the runs are 0 to {last}")))
            }
            None => Ok(numbers.into_iter().map(RunId).collect()),
        }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Failure {
        match error {
            ScenarioError::Mistakes(mistakes) if colour() => Failure::User(mistakes.in_colour()),
            ScenarioError::Mistakes(mistakes) => Failure::User(mistakes.to_string()),
            ScenarioError::Missing { .. } | ScenarioError::NotText { .. } => Failure::User(format!("error: {error}")),
            ScenarioError::Disk { .. } => Failure::World(format!("error: {error}")),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let message = format!("error: {error}");
        match error {
            StoreError::Foreign { .. } | StoreError::NotAFolder { .. } | StoreError::InUse { .. } => {
                Failure::User(message)
            }
            _ => Failure::World(message),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scenario = Scenario::read(&args.scenario, Overrides { runs: args.runs, seed: args.seed })?;
    let logs = args.log.of(scenario.runs)?;
    let fonts = read_fonts(args, &scenario.name)?;
    let folder = match &args.out {
        Some(dir) => OutputFolder::at(dir)?,
        None => {
            let stem = args.scenario.file_stem().unwrap_or_default().to_string_lossy();
            OutputFolder::fresh(Path::new(OUTPUT), &stem)?
        }
    };
    super::threads(args.threads)?.install(|| play_and_write(args, scenario, &logs, &fonts, folder))
}

fn read_fonts(args: &Args, name: &str) -> Result<Fonts, Failure> {
    let fonts = match &args.font {
        None => Fonts::bundled(),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| {
                Failure::User(format!("error: could not read the font {}: {error}", path.display()))
            })?;
            Fonts::with_user_font(bytes)
                .map_err(|error| Failure::User(format!("error: {} is no font: {error}", path.display())))?
        }
    };
    let missing = missing_glyphs(name, &fonts);
    if missing.is_empty() {
        return Ok(fonts);
    }
    let missing: String = missing.iter().take(10).collect();
    let given = if args.font.is_some() { "neither the font given nor a bundled one" } else { "no bundled font" };
    Err(Failure::User(format!(
        "error: the scenario's name holds characters that {given} can draw: {missing}\n  = help: give a font that has \
         them with --font FILE.ttf, or change the name"
    )))
}

fn play_and_write(
    args: &Args,
    scenario: Scenario,
    logs: &[RunId],
    fonts: &Fonts,
    mut folder: OutputFolder,
) -> Result<(), Failure> {
    let growing = ProgressBar::new_spinner().with_message("growing the market");
    growing.enable_steady_tick(std::time::Duration::from_millis(100));
    let experiment = Experiment { twin: !args.no_twin, ..scenario.clone().into_experiment() };
    let (graph, own_graphs) = measure(&experiment);
    growing.finish_and_clear();
    let progress = ProgressBar::new(u64::from(experiment.runs)).with_style(style());
    let outcome = experiment.run(|| progress.inc(1));
    progress.finish_and_clear();
    let money = scenario.money();
    let days = scenario.horizon().day_closing() as usize + 1;
    let summaries = outcome.summaries();
    let programme = Programme::of(&outcome);
    let worth = worth(&outcome);
    let curves = curves(&outcome, days, &money);
    let digest = scenario.digest();
    let played = Played { scenario, digest, outcome, money, summaries, programme, worth, curves, graph, own_graphs };

    folder.write_bytes("scenario.toml", played.scenario.resolved.as_bytes())?;
    if let Some((name, bytes)) = &played.scenario.edge_list {
        folder.write_bytes(name, bytes)?;
    }
    folder.write_with("curves.csv", |out| store::write_csv(&played.curves, out))?;
    if let Some(measures) = &played.graph {
        folder.write_with("graph.csv", |out| store::write_csv(&measures.table(), out))?;
    }
    let ledger = ledger_table(&played.outcome, &played.money);
    folder.write_with("ledger.csv", |out| store::write_csv(&ledger, out))?;
    let runs = runs_table(&played.outcome, &played.money);
    let about = [("scenario_sha256", played.digest.as_str()), ("currency", played.money.code.as_str())];
    folder.write_with("runs.parquet", |out| store::write_parquet(&runs, &about, out))?;
    write_logs(&mut folder, &experiment, &played, logs)?;
    let drawn = write_figures(&mut folder, &played, fonts)?;
    let report = report(&played, drawn, RANDOM_NUMBERS);
    let html = crate::report::html(&report).map_err(internal)?;
    folder.write_bytes("report.html", html.as_bytes())?;
    let dir = folder.finish(&provenance_of(&played, args))?;
    tell(args, &played, &dir)
}

/// What the graph is like, if there is one, and whether it is only that of run 0.
fn measure(experiment: &Experiment) -> (Option<Measures>, bool) {
    let world = &experiment.world;
    let ground = world.ground(world.dice.of_run(RunId(0)));
    let measures = ground.graph().map(|graph| Measures::of(graph, world.dice, Effort::USUAL));
    (measures, matches!(world.audience, Audience::NeighboursEachRun(_)))
}

fn style() -> ProgressStyle {
    let plain = ProgressStyle::default_bar();
    plain
        .template("{bar:30} run {human_pos} of {human_len}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Logged runs are told again from their seed: the log needs no memory while the others are played.
fn write_logs(
    folder: &mut OutputFolder,
    experiment: &Experiment,
    played: &Played,
    logs: &[RunId],
) -> Result<(), Failure> {
    let mut run = Run::new(&experiment.world);
    for &number in logs {
        let meta = LogMeta {
            tellwave: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_sha256: played.digest.clone(),
            currency: played.money.code.clone(),
            digits: played.money.digits,
            run: number,
            seed: played.scenario.seed,
            fork: None,
        };
        folder.write_with(&event_log_name(number), |out| {
            let mut log = LogSink { writer: EventLogWriter::new(out, &meta)?, failed: None };
            run.play(&experiment.world, number, &mut log);
            match log.failed {
                Some(error) => Err(error),
                None => log.writer.finish().map(drop),
            }
        })?;
    }
    Ok(())
}

/// Hears a run into a file; the first failure is kept, and nothing is written after it.
struct LogSink<W: Write + Send> {
    writer: EventLogWriter<W>,
    failed: Option<std::io::Error>,
}

impl<W: Write + Send> crate::engine::Sink for LogSink<W> {
    fn hear(&mut self, event: &crate::event::Event, _: &crate::state::State) {
        if self.failed.is_none() {
            self.failed = self.writer.push(event).err();
        }
    }
}

fn write_figures(folder: &mut OutputFolder, played: &Played, fonts: &Fonts) -> Result<Drawn, Failure> {
    let Scenario { name, runs, seed, .. } = &played.scenario;
    let runs = count(i64::from(*runs));
    let caption = Caption { scenario: name.clone(), runs, seed: seed.0 };
    let mut write = |figure: Figure| -> Result<(Figure, String), Failure> {
        let svg = draw::svg(&figure, &played.curves, fonts).map_err(internal)?;
        let png = draw::png(&figure, &played.curves, fonts).map_err(internal)?;
        folder.write_bytes(&format!("{}.svg", figure.name), svg.as_bytes())?;
        folder.write_bytes(&format!("{}.png", figure.name), &png)?;
        Ok((figure, svg))
    };
    let reach = write(figures::reach(&caption))?;
    let revenue = write(figures::revenue(&caption, &played.money, &sign(&played.scenario, fonts)))?;
    let programme = played.programme.as_ref().map(|_| write(figures::programme(&caption))).transpose()?;
    Ok(Drawn { figures: vec![reach, revenue], programme })
}

fn provenance_of(played: &Played, args: &Args) -> Provenance {
    let log = match &args.log {
        Logs::None => "none".to_owned(),
        Logs::First => "first".to_owned(),
        Logs::All => "all".to_owned(),
        Logs::Some(numbers) => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
    };
    let twin = match (&played.programme, args.no_twin) {
        (Some(_), _) => "played",
        (None, true) => "off",
        (None, false) => "no programme",
    };
    Provenance {
        schema: provenance::SCHEMA,
        tellwave: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: played.scenario.name.clone(),
        scenario_sha256: played.digest.clone(),
        graph_sha256: played.scenario.graph_sha256.clone(),
        seed: played.scenario.seed,
        runs: played.scenario.runs,
        first_run: 0,
        fork: None,
        random_numbers: RANDOM_NUMBERS.to_owned(),
        platform: Platform::here(),
        presets: played.scenario.presets.iter().map(|&name| name.to_owned()).collect(),
        options: BTreeMap::from([("log".to_owned(), log), ("twin".to_owned(), twin.to_owned())]),
        files: vec![],
    }
}

fn tell(args: &Args, played: &Played, dir: &Path) -> Result<(), Failure> {
    let scenario = &played.scenario;
    let report = dir.join("report.html");
    let (folder, report) = (dir.display().to_string(), report.display().to_string());
    if args.json {
        let (scenario, runs, seed) = (scenario.name.as_str(), scenario.runs, scenario.seed.0);
        let notes = notes(played);
        let about = About {
            scenario,
            runs,
            seed,
            scenario_sha256: &played.digest,
            folder: &folder,
            report: &report,
            stopped_runs: played.outcome.stopped(),
            notes: &notes,
        };
        let Played { summaries, worth, programme, money, .. } = played;
        say(&summary::json(summaries, worth, programme.as_ref(), money, &about).map_err(internal)?);
        return Ok(());
    }
    let runs =
        if scenario.runs == 1 { "one run".to_owned() } else { format!("{} runs", count(i64::from(scenario.runs))) };
    say(&format!("{} · {runs} · seed {}\n", draw::clean(&scenario.name), scenario.seed.0));
    say(&summary::table(&played.summaries, &played.money, &currency(scenario)));
    if let Some(programme) = &played.programme {
        say(&format!("\n{}: {}\n", programme_words::TITLE, programme_words::ABOUT));
        say(&summary::programme_table(programme, &played.money, &currency(scenario)));
        say(&format!("\n{}", payback(played, programme)));
    }
    if !played.worth.is_empty() {
        say(&format!("\n{}: {}\n", worth_words::TITLE, worth_words::ABOUT));
        say(&summary::worth_table(&played.worth, &played.money, &currency(scenario)));
    }
    for note in &notes(played) {
        say(&format!("\nNote: {}", draw::clean(note)));
    }
    say(&format!("\nReport: {report}"));
    Ok(())
}
