//! Tellwave: an event-sourced word-of-mouth propagation simulator.
//!
//! A scenario says who knows whom, who buys first, what customers think and tell, and what they get for it. Tellwave plays
//! it many times, event after event, and counts.
//!
//! | to | go to |
//! |---|---|
//! | read a scenario, with every mistake in it | [`scenario`] |
//! | play it many times, and hold it against other terms | [`experiment`] |
//! | reward by a formula of your own | [`policy`] |
//! | know what is counted, or count something else | [`projection`] |
//! | read what happened in a run | [`event`] |
//! | open a folder that the command has written | [`archive`]; single files of it by [`store`] |
//! | have results as tables with units | [`table`] |
//! | grow graphs, and measure them | [`graph`] |
//! | say what a customer is worth | [`economics`] |
//! | name people, moments, money and chances | [`units`] |
//! | say it in another language | [`language`] |
//!
//! These modules are the interface, and Semantic Versioning holds for what they show: docs/public-api.txt lists it, and
//! docs/library.md says what exactly is promised. The other modules are public for the command,
//! the tests and the benches of this crate alone. They are hidden here, and change without notice.
//!
//! No function of the interface panics, but where its documentation says so. What may be wrong with a file or a value that somebody
//! gives is an error with a type.
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

#[doc(hidden)]
pub mod alias;
pub mod archive;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod dice;
#[doc(hidden)]
pub mod draw;
pub mod economics;
#[doc(hidden)]
pub mod engine;
pub mod event;
pub mod experiment;
#[doc(hidden)]
pub mod figure;
#[doc(hidden)]
pub mod files;
pub mod graph;
pub mod language;
#[doc(hidden)]
pub mod laws;
#[doc(hidden)]
pub mod machine;
pub mod policy;
pub mod projection;
#[doc(hidden)]
pub mod report;
pub mod scenario;
#[doc(hidden)]
pub mod selfcheck;
#[doc(hidden)]
pub mod sensitivity;
#[doc(hidden)]
pub mod state;
pub mod store;
#[doc(hidden)]
pub mod sweep;
pub mod table;
pub mod units;
