//! `tellwave check`: reads a scenario as `run` does, says what is in it and in each of its variants, and warns of terms that nobody means. Plays nothing
//! and writes nothing.

use super::{Failure, colour, memory, say};
use crate::draw;
use crate::language::Language;
use crate::machine::free_memory;
use crate::report::words::count;
use crate::scenario::values::print_duration;
use crate::scenario::{Change, Overrides, Scenario};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario file (TOML)
    scenario: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scenarios = Scenario::read_with_variants(&args.scenario, Overrides::default())?;
    say(&summary(&scenarios[0]));
    for variant in &scenarios[1..] {
        say(&variant_in_words(&scenarios[0], variant));
    }
    if let Some(warnings) = Scenario::warnings_of_all(&scenarios).filter(|warnings| !warnings.list().is_empty()) {
        let warnings = if colour() { warnings.in_colour() } else { warnings.to_string() };
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
    lines.extend(programme(scenario));
    lines.join("\n")
}

/// The programme, a line for each rule, below one heading.
fn programme(scenario: &Scenario) -> Vec<String> {
    let rules = scenario.programme(Language::English);
    let rules = if rules.is_empty() { vec!["nobody is rewarded".to_owned()] } else { rules };
    listed("Programme", rules)
}

/// Lines below one heading.
fn listed(head: &str, lines: Vec<String>) -> Vec<String> {
    let heads = [head].into_iter().chain(std::iter::repeat(""));
    heads.zip(lines).map(|(head, line)| format!("{head:<16} {}", draw::clean(&line))).collect()
}

/// What a variant is: its programme, and what else it has otherwise than its file.
fn variant_in_words(base: &Scenario, variant: &Scenario) -> String {
    let changes = base.changes_to(variant).into_iter().filter(|change| !change.key.starts_with("policy"));
    let or_nothing = |value: Option<String>| value.unwrap_or_else(|| "left out".to_owned());
    let in_words = |it: Change| format!("{} is {} instead of {}", it.key, or_nothing(it.after), or_nothing(it.before));
    let mut lines = vec![format!("\nVariant          {}", draw::clean(&variant.name))];
    lines.extend(programme(variant));
    lines.extend(listed("Besides", changes.map(in_words).collect()));
    lines.join("\n")
}

/// What playing it will need on as many threads as `run` takes, and what there is.
fn memory_of(scenario: &Scenario) -> String {
    let threads = rayon::current_num_threads() as u32;
    let needed = scenario.memory(scenario.runs, threads, true).bytes();
    let threads = if threads == 1 { "one thread".to_owned() } else { format!("{threads} threads") };
    let free = free_memory().map_or(String::new(), |free| format!("; {} are free here", memory::amount(free)));
    format!("about {} on {threads}{free}", memory::amount(needed))
}
