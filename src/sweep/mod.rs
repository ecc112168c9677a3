//! A sweep: many scenarios that differ from one base in some keys, each played the same number of runs on the same luck.

pub mod design;
