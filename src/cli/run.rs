//! `tellwave run`: plays a scenario and writes its results into a folder.

use super::play::{self, OUTPUT, Plan};
use super::{Failure, colour};
use crate::draw::{Fonts, missing_glyphs};
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::store::{OutputFolder, StoreError};
use crate::units::RunId;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

const QUICKSTART: &str = "scenarios/quickstart.toml";

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
pub(super) enum Logs {
    None,
    First,
    All,
    Some(Vec<u32>),
}

pub(super) fn parse_logs(text: &str) -> Result<Logs, String> {
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
    /// Which of these runs are logged.
    pub fn of(&self, runs: Range<u32>) -> Result<Vec<RunId>, Failure> {
        let numbers: Vec<u32> = match self {
            Logs::None => vec![],
            Logs::First => vec![runs.start],
            Logs::All => runs.clone().collect(),
            Logs::Some(numbers) => numbers.clone(),
        };
        match numbers.iter().find(|number| !runs.contains(number)) {
            Some(number) => {
                let (first, last) = (runs.start, runs.end - 1);
                Err(Failure::User(format!("error: --log names run {number}, but the runs are {first} to {last}")))
            }
            None => Ok(numbers.into_iter().map(RunId).collect()),
        }
    }
}

/// As it is given on the command line.
impl fmt::Display for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Logs::None => f.write_str("none"),
            Logs::First => f.write_str("first"),
            Logs::All => f.write_str("all"),
            Logs::Some(numbers) => f.write_str(&numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",")),
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
    let logs = args.log.of(0..scenario.runs)?;
    let fonts = read_fonts(args.font.as_deref(), &scenario.name)?;
    let folder = match &args.out {
        Some(dir) => OutputFolder::at(dir)?,
        None => {
            let stem = args.scenario.file_stem().unwrap_or_default().to_string_lossy();
            OutputFolder::fresh(Path::new(OUTPUT), &stem)?
        }
    };
    let options = BTreeMap::from([("log".to_owned(), args.log.to_string())]);
    let plan =
        Plan { scenario, fork: None, runs: None, twin: !args.no_twin, logs, options, fonts, folder, json: args.json };
    super::threads(args.threads)?.install(|| play::play_and_write(plan))
}

pub(super) fn read_fonts(font: Option<&Path>, name: &str) -> Result<Fonts, Failure> {
    let fonts = match font {
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
    let given = if font.is_some() { "neither the font given nor a bundled one" } else { "no bundled font" };
    Err(Failure::User(format!(
        "error: the scenario's name holds characters that {given} can draw: {missing}\n  = help: give a font that has \
         them with --font FILE.ttf, or change the name"
    )))
}
