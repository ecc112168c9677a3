//! `tellwave check`: reads a scenario as `run` does, says what is in it and in each of its variants, who gave each value, and
//! warns of terms that nobody means. Plays a little of it, to say how many customers each brings and what all of it will take.
//! Writes nothing.

mod brings;
mod needs;
mod object;
mod pilot;
mod settings;
mod summary;

use super::{Failure, colour, colour_on, internal, say, terminal};
use crate::scenario::{Overrides, Scenario};
use pilot::Pilot;
use std::io::Write;
use std::path::PathBuf;

/// Columns of a page that no terminal shows.
const WIDTH: u16 = 100;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave check my.toml\n  tellwave check my.toml --short\n  \
    tellwave check scenarios/two-sided.toml --no-pilot --json")]
pub(super) struct Args {
    /// The scenario file (TOML)
    scenario: PathBuf,
    /// Leave the defaults out of the settings
    #[arg(long)]
    short: bool,
    /// Play nothing: without how many each customer brings, time and disk
    #[arg(long)]
    no_pilot: bool,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scenarios = Scenario::read_with_variants(&args.scenario, Overrides::default())?;
    let scenario = &scenarios[0];
    let pilot = if args.no_pilot { Err("--no-pilot".to_owned()) } else { Pilot::play(scenario)? };
    let warnings = Scenario::warnings_of_all(&scenarios).filter(|warnings| !warnings.list().is_empty());
    if args.json {
        let object = object::of(&scenarios, &pilot, warnings.as_ref());
        say(&serde_json::to_string_pretty(&object).map_err(internal)?);
        return Ok(());
    }
    say(&summary::head(scenario));
    say(&settings::table(&scenario.settings, args.short, width(), colour_on(&std::io::stdout())));
    say(&summary::of(scenario, &pilot));
    match &pilot {
        Ok(pilot) => say(&brings::said(scenario, pilot)),
        Err(_) if args.no_pilot => {}
        Err(why) => say(&format!("\nHow many each customer brings was not tried: {why}")),
    }
    for variant in &scenarios[1..] {
        say(&summary::variant(scenario, variant));
    }
    if let Some(warnings) = warnings {
        let warnings = if colour() { warnings.in_colour() } else { warnings.to_string() };
        let _ = writeln!(std::io::stderr(), "\n{warnings}");
    }
    Ok(())
}

/// How many columns there are.
fn width() -> u16 {
    terminal::columns().map_or(WIDTH, |columns| columns.min(120))
}
