//! Tellwave: an event-sourced word-of-mouth propagation simulator.

pub mod dice;
pub mod draw;
pub mod event;
pub mod figure;
pub mod report;
pub mod table;
pub mod units;
