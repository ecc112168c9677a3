//! A scenario: the TOML document in which a question is put to the simulator.
//!
//! Study floor. [`values`], [`money`] and [`law_notation`] know how people write quantities; [`reader`] walks the
//! document, [`record`] keeps every value it resolved, and [`mistake`] shows what was wrong where it is. What the keys
//! mean to the model is not their concern.

pub mod law_notation;
pub mod mistake;
pub mod money;
pub mod reader;
pub mod record;
mod toml_words;
pub mod values;
