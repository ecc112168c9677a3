//! Tellwave: an event-sourced word-of-mouth propagation simulator.
//!
//! A scenario says who knows whom, who buys first, what customers think and tell, and what they get for it. Tellwave plays
//! it many times, event after event, and counts. Five floors, from the ground up; a module uses only what stands below it
//! (docs/architecture.md).
//!
//! | floor | modules | what is there |
//! |---|---|---|
//! | ground | [`units`], [`event`], [`table`], [`language`], [`figure`], [`economics`] | quantities, facts, columns, languages, charts as data, formulas of value and growth |
//! | world | [`dice`], [`alias`], [`laws`], [`graph`], [`state`], [`policy`] | luck, people and ties, what is known, who is paid |
//! | engine | [`engine`], [`projection`] | what happens, and what is counted meanwhile |
//! | study | [`scenario`], [`experiment`], [`sweep`], [`sensitivity`], [`selfcheck`] | the TOML document, many runs of it, many versions of it and what they teach, and whether all gives what it should |
//! | roof | [`store`], [`archive`], [`draw`], [`report`], [`cli`] | files, finished folders, pictures, prose, the command |
//!
//! Play a scenario from text and print the mean number of customers:
//!
//! ```
//! use std::path::Path;
//! use tellwave::scenario::{Overrides, Scenario, ScenarioError};
//!
//! fn main() -> Result<(), ScenarioError> {
//!     let text = r#"
//!         runs = 50
//!         graph.watts_strogatz.people = 2_000
//!         seeds.count = 20
//!         conversion.persuasion = "4 %"
//!         policy.two_sided.advocate = "5.00 USD"
//!     "#;
//!     let scenario = Scenario::parse("coffee.toml", text, Path::new(""), Overrides::default())?;
//!     let outcome = scenario.into_experiment().run(|| ());
//!     for summary in outcome.summaries().iter().filter(|summary| summary.measure.name == "customers") {
//!         println!("{} customers on average", summary.estimate.mean);
//!         assert!(summary.estimate.mean > 20.0);
//!     }
//!     Ok(())
//! }
//! ```

pub mod alias;
pub mod archive;
pub mod cli;
pub mod dice;
pub mod draw;
pub mod economics;
pub mod engine;
pub mod event;
pub mod experiment;
pub mod figure;
pub mod files;
pub mod graph;
pub mod language;
pub mod laws;
pub mod machine;
pub mod policy;
pub mod projection;
pub mod report;
pub mod scenario;
pub mod selfcheck;
pub mod sensitivity;
pub mod state;
pub mod store;
pub mod sweep;
pub mod table;
pub mod units;
