//! Whether a study fits into the memory of this machine, asked before anything is allocated.

use super::Failure;
use crate::files;
use crate::machine::{amount, free_memory};
use crate::scenario::{Memory, Scenario};
use std::path::Path;

/// Refuses a study that would not fit; what it will need \[bytes\].
pub(super) fn check(scenario: &Scenario, runs: u32, twin: bool) -> Result<u64, Failure> {
    let threads = rayon::current_num_threads() as u32;
    fits(scenario.memory(runs, threads, twin), threads)
}

/// Refuses to grow a graph that would not fit.
pub(super) fn check_growing(scenario: &Scenario) -> Result<u64, Failure> {
    let threads = rayon::current_num_threads() as u32;
    fits(scenario.memory_of_growing(threads), threads)
}

/// Refuses what would not fit beside what is there; all that will be needed \[bytes\].
fn fits(memory: Memory, threads: u32) -> Result<u64, Failure> {
    let needed = memory.bytes();
    let Some(free) = free_memory().filter(|&free| free < memory.bytes_to_come()) else { return Ok(needed) };
    let (needed, free) = (amount(memory.bytes_to_come()), amount(free));
    let fewer = if threads > 1 { "fewer people, or fewer threads (--threads)" } else { "fewer people" };
    Err(Failure::User(format!(
        "error: this needs about {needed} of memory on {threads} threads, and {free} are free here; {fewer} would need less"
    )))
}

/// The most memory that this process has had so far \[bytes\]; nothing where the system does not say.
pub(super) fn peak() -> Option<u64> {
    let status = files::read_text(Path::new("/proc/self/status"), 1 << 16).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
