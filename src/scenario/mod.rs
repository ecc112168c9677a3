//! A scenario: the TOML document in which a question is put to the simulator.
//!
//! Study floor. [`values`], [`money`] and [`law_notation`] know how people write quantities.

pub mod law_notation;
pub mod money;
pub mod values;
