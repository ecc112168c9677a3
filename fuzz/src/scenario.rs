//! A scenario file: read with its variants as every command reads it.

use std::path::Path;
use tellwave::language::Language;
use tellwave::scenario::{Overrides, Scenario, ScenarioError};

/// A law of delays has a table with an entry for each minute of the horizon, and a year of them would be most of the work.
const SHORT: &[u8] = b"horizon = \"3 days\"\n";

/// Reads a scenario, a short one if it does not say how long it is. What is right resolves to a scenario that reads back to itself; what is wrong is told with its file.
pub fn read(bytes: &[u8]) {
    let says_how_long = bytes.windows(7).any(|word| word == b"horizon");
    let text = [if says_how_long { &[] } else { SHORT }, bytes].concat();
    let path = super::file("scenario.toml", &text);
    match Scenario::read_with_variants(&path, Overrides::default()) {
        Ok(scenarios) => scenarios.iter().for_each(hold),
        Err(error) => told(&error),
    }
}

fn hold(scenario: &Scenario) {
    let again = Scenario::parse("again.toml", &scenario.resolved, &super::folder(), Overrides::default());
    let again = again.unwrap_or_else(|error| panic!("{error}\n\n{}", scenario.resolved));
    assert_eq!(again.resolved, scenario.resolved);
    assert_eq!(again.digest(), scenario.digest());
    for language in Language::ALL {
        scenario.programme(language);
        scenario.notes(language);
    }
    scenario.memory(scenario.runs, 2, true);
}

/// A message that names the file and has no character that a terminal would obey.
pub(super) fn told(error: &ScenarioError) {
    let message = error.to_string();
    let file = Path::new("scenario.toml");
    assert!(message.contains(&file.display().to_string()) || !matches!(error, ScenarioError::Mistakes(_)), "{message}");
    assert!(!message.chars().any(|c| c.is_control() && c != '\n'), "{message:?}");
}
