//! What the machine has to give, asked before much of it is taken.

use sysinfo::{MemoryRefreshKind, Process, ProcessRefreshKind, ProcessesToUpdate, System};

/// Memory that is free for more \[bytes\]: what the machine has to give, or the group of processes that this one is in; nothing
/// where the system does not say.
pub fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let own = sysinfo::get_current_pid().ok()?;
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), false, ProcessRefreshKind::nothing());
    // The limits of the system alone are not those of the group that this process is in.
    let limits = system.process(own).and_then(Process::cgroup_limits);
    // Files that are kept in memory can be let go, so they count as free.
    let group = limits.map_or(u64::MAX, |limits| limits.total_memory.saturating_sub(limits.rss));
    Some(system.available_memory().min(group)).filter(|&free| free > 0)
}

/// An amount of memory or disk as people read it, in decimal units: "3.2 GB".
pub fn amount(bytes: u64) -> String {
    match bytes as f64 {
        small if small < 999.5e6 => format!("{:.0} MB", small / 1e6),
        large => format!("{:.1} GB", large / 1e9),
    }
}
