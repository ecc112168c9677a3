//! `tellwave run`: plays a scenario and writes its results into a folder.

use super::output::Output;
use super::play::{self, Plan};
use super::{Failure, colour, hint, lost_file, scenarios};
use crate::draw::clean;
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::store::StoreError;
use std::path::{Path, PathBuf};

/// The scenario that is played where no other is named.
const QUICKSTART: &str = "scenarios/quickstart.toml";

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave run scenarios/two-sided.toml\n  \
    tellwave run my.toml --runs 500 --seed 7 --out results/my\n  \
    tellwave run my.toml --log 0,7 --sizes slide,column\n  tellwave run my.toml --quiet --json > summary.json")]
pub(super) struct Args {
    /// The scenario file (TOML) [default: scenarios/quickstart.toml, or where there is none, that which comes with Tellwave]
    scenario: Option<PathBuf>,
    /// How many runs, instead of the scenario's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    runs: Option<u32>,
    /// The seed of every draw, instead of the scenario's
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    #[command(flatten)]
    output: Output,
    /// Play a programme without its twin: the same runs without any reward, which show what the programme adds
    #[arg(long)]
    no_twin: bool,
}

impl Args {
    /// The main job, without any flag.
    pub fn quickstart() -> Args {
        Args { scenario: None, runs: None, seed: None, output: Output::usual(), no_twin: false }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Failure {
        let help = lost_file::help(&error).map_or(String::new(), |help| format!("\n  = help: {help}"));
        match error {
            ScenarioError::Mistakes(mistakes) if colour() => Failure::User(mistakes.in_colour()),
            ScenarioError::Mistakes(mistakes) => Failure::User(mistakes.to_string()),
            ScenarioError::Missing { .. } | ScenarioError::NotText { .. } => {
                Failure::User(format!("error: {error}{help}"))
            }
            ScenarioError::Disk { .. } => Failure::World(format!("error: {error}")),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let message = format!("error: {error}");
        match error {
            StoreError::Foreign { .. }
            | StoreError::OtherPurpose { .. }
            | StoreError::OtherPlan { .. }
            | StoreError::NotAFolder { .. }
            | StoreError::InUse { .. } => Failure::User(message),
            // These say what to do: cells can be played again alone.
            StoreError::BadPack { .. } | StoreError::TwoResults { .. } => Failure::Found(message),
            StoreError::Digest { .. }
            | StoreError::Gone { .. }
            | StoreError::BadLog { .. }
            | StoreError::BadTable { .. }
            | StoreError::BadProvenance { .. } => {
                let help = "put the file back as it was written, or play the scenario again into a new folder; `tellwave verify` tells \
                            what else was changed";
                Failure::Found(format!("{message}\n  = help: {help}"))
            }
            StoreError::Disk { .. } | StoreError::BadName { .. } => Failure::World(message),
        }
    }
}

/// The scenario of a file, with its path. Variants are not played, but a mistake in one is told now.
fn read(path: &Path, overrides: Overrides) -> Result<(Scenario, PathBuf), Failure> {
    Ok((Scenario::read_beside_variants(path, overrides)?, path.to_path_buf()))
}

/// The same of the quickstart that comes with Tellwave.
fn quickstart(overrides: Overrides) -> Result<(Scenario, PathBuf), Failure> {
    let text = scenarios::text_of("quickstart").unwrap_or_default();
    Ok((Scenario::parse("quickstart.toml", text, Path::new(""), overrides)?, "quickstart.toml".into()))
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let overrides = Overrides { runs: args.runs, seed: args.seed, people: None };
    let threads = args.output.threads.pool()?;
    // Who asks for one thread wants no more to read a graph either.
    let (scenario, path) = threads.install(|| match &args.scenario {
        Some(path) => read(path, overrides),
        None if Path::new(QUICKSTART).exists() => read(Path::new(QUICKSTART), overrides),
        None => quickstart(overrides),
    })?;
    args.output.check(&scenario, &path)?;
    if scenario.variants > 0 {
        let file = clean(&path.display().to_string());
        hint(&format!("The file is played without its variants; with them: tellwave compare {file}"));
    }
    let output = args.output.of(0..scenario.runs, &scenario.look, &scenario.name)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = args.output.folder(&stem)?;
    let plan = Plan { scenario, fork: None, runs: None, twin: !args.no_twin, output, folder };
    threads.install(|| play::play_and_write(plan))
}
