//! Designs: which points of the factors' space are looked at.
//!
//! A point of a space-filling design has a number in [0, 1) for each factor, which the caller maps by the inverse law of the
//! factor (Morris's also has the 1). A point of a grid or of one factor at a time has the number of a level for each factor.
//! A random design depends on its seed and sizes alone, and is the same on every platform.
//!
//! Deliberately absent: what a factor is called, its unit and its law (the caller's), and what the answers teach
//! (`sensitivity`).

pub mod grid;
pub mod latin_hypercube;
pub mod morris;
pub mod one_at_a_time;
pub mod sobol;
