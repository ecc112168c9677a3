//! Tellwave: an event-sourced word-of-mouth propagation simulator.

pub mod alias;
pub mod cli;
pub mod dice;
pub mod draw;
pub mod engine;
pub mod event;
pub mod experiment;
pub mod figure;
pub mod graph;
pub mod laws;
pub mod policy;
pub mod projection;
pub mod report;
pub mod scenario;
pub mod state;
pub mod store;
pub mod table;
pub mod units;
