//! A study in twenty lines: how many customers come, and how many of them because of the programme.
//!
//! `cargo run --release --example study`

use std::path::Path;
use tellwave::experiment::Programme;
use tellwave::scenario::{Overrides, Scenario, ScenarioError};

const COFFEE_BAR: &str = r#"
    runs = 200
    horizon = "26 weeks"
    graph.watts_strogatz.people = 5_000
    seeds.count = 50
    conversion.persuasion = "4 %"
    commerce.order_value = "4.50 EUR"
    policy.two_sided.advocate = "4.50 EUR"
    policy.two_sided.friend = "4.50 EUR"
"#;

fn main() -> Result<(), ScenarioError> {
    print!("{}", study()?);
    Ok(())
}

/// What is printed: a line for each of two measures.
pub fn study() -> Result<String, ScenarioError> {
    let scenario = Scenario::parse("coffee.toml", COFFEE_BAR, Path::new(""), Overrides::default())?;
    let outcome = scenario.into_experiment().run(|| ());
    let added = Programme::of(&outcome).map_or(vec![], |programme| programme.comparison);
    let mut told = String::new();
    for summary in outcome.summaries().into_iter().chain(added) {
        let (name, mean) = (summary.measure.name, summary.estimate.mean);
        let [low, high] = summary.estimate.interval.unwrap_or([mean; 2]);
        if ["customers", "incremental_customers"].contains(&name) {
            told += &format!("{name}: {mean:.1} (95 % interval of the mean: {low:.1} to {high:.1})\n");
        }
    }
    Ok(told)
}
