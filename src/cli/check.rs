//! `tellwave check`: reads a scenario as `run` does, says what is in it, and warns of terms that nobody means. Plays nothing
//! and writes nothing.

use super::{Failure, colour, memory, say};
use crate::draw;
use crate::language::Language;
use crate::report::words::count;
use crate::scenario::values::print_duration;
use crate::scenario::{Overrides, Scenario};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario file (TOML)
    scenario: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scenario = Scenario::read(&args.scenario, Overrides::default())?;
    say(&summary(&scenario));
    if !scenario.warnings.list().is_empty() {
        let warnings = if colour() { scenario.warnings.in_colour() } else { scenario.warnings.to_string() };
        let _ = writeln!(std::io::stderr(), "\n{warnings}");
    }
    Ok(())
}

fn summary(scenario: &Scenario) -> String {
    let people = scenario.people().map_or("without end".to_owned(), |people| count(people.into()));
    let mut lines = vec![
        format!("{}: no mistakes; nothing was run\n", draw::clean(&scenario.name)),
        format!("People           {people}"),
        format!("First customers  {}", count(scenario.first_customers().into())),
        format!("Horizon          {}", print_duration(scenario.horizon())),
        format!("Runs             {}", count(scenario.runs.into())),
        format!("Memory           {}", memory_of(scenario)),
    ];
    let rules = scenario.programme(Language::English);
    let rules = if rules.is_empty() { vec!["nobody is rewarded".to_owned()] } else { rules };
    let heads = ["Programme"].into_iter().chain(std::iter::repeat(""));
    lines.extend(heads.zip(rules).map(|(head, rule)| format!("{head:<16} {}", draw::clean(&rule))));
    lines.join("\n")
}

/// What playing it will need on as many threads as `run` takes, and what there is.
fn memory_of(scenario: &Scenario) -> String {
    let threads = rayon::current_num_threads() as u32;
    let needed = scenario.memory(scenario.runs, threads, true).bytes();
    let threads = if threads == 1 { "one thread".to_owned() } else { format!("{threads} threads") };
    let free = memory::free().map_or(String::new(), |free| format!("; {} are free here", memory::amount(free)));
    format!("about {} on {threads}{free}", memory::amount(needed))
}
