//! What playing a scenario will take: memory, time and disk, on as many threads as `run` takes.

use super::super::time_words;
use super::pilot::Pilot;
use crate::machine::{amount, free_memory};
use crate::scenario::Scenario;
use std::time::Duration;

/// Charts, report and provenance \[bytes\]: measured on 29 November 2026, 2.4 MB without a programme and 3.2 MB with one.
const PAGES: u64 = 3_000_000;
/// The row of a run in `runs.parquet` \[bytes\]: measured on the same day, 40 to 80.
const ROW: u64 = 60;

/// What will be needed.
pub(super) struct Needs {
    /// Threads that it will be played on.
    pub threads: u32,
    /// Memory \[bytes\].
    pub memory: u64,
    /// Memory that is free now, where the system says so \[bytes\].
    pub memory_free: Option<u64>,
    /// Growing the graph and playing all runs, twins included; charts come on top. Nothing where none was played to try.
    pub time: Option<Duration>,
    /// What will be written, the log of the first run included \[bytes\]; nothing where none was played to try.
    pub disk: Option<u64>,
    /// The log of one run \[bytes\].
    pub log: Option<u64>,
}

impl Needs {
    /// What this scenario will need, going by what was played of it.
    pub fn of(scenario: &Scenario, pilot: Option<&Pilot>) -> Needs {
        let threads = rayon::current_num_threads() as u32;
        let side_by_side = threads.min(scenario.runs);
        let copied = scenario.graph_file.as_ref().map_or(0, |(_, bytes)| bytes.len() as u64);
        Needs {
            threads,
            memory: scenario.memory(scenario.runs, threads, true).bytes(),
            memory_free: free_memory(),
            time: pilot.map(|pilot| {
                let playing = pilot.a_run.as_secs_f64() * f64::from(scenario.runs) / f64::from(side_by_side);
                pilot.growing + Duration::from_secs_f64(playing)
            }),
            disk: pilot.map(|pilot| PAGES + ROW * u64::from(scenario.runs) + pilot.log + copied),
            log: pilot.map(|pilot| pilot.log),
        }
    }

    /// In lines for people.
    pub fn lines(&self) -> Vec<String> {
        let threads = match self.threads {
            1 => "one thread".to_owned(),
            threads => format!("{threads} threads"),
        };
        let free = self.memory_free.map_or(String::new(), |free| format!("; {} are free here", amount(free)));
        let mut lines = vec![format!("Memory           about {} on {threads}{free}", amount(self.memory))];
        lines.extend(self.time.map(|time| {
            format!("Time             {} of playing on {threads}; charts take a few more", time_words::said(time))
        }));
        lines.extend(self.disk.zip(self.log).map(|(disk, log)| match log {
            ..1_000_000 => format!("Disk             about {}", amount(disk)),
            log => {
                let [disk, log] = [disk, log].map(amount);
                format!("Disk             about {disk}, of which the log of the first run takes {log}")
            }
        }));
        lines
    }
}
