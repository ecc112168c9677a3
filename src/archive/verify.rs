//! Whether a finished folder is what it says: every file by its digest, every log by its order, its causes and its money, and
//! every run by telling it again from the seed.
//!
//! Nothing stops at the first finding; what cannot be read is a finding too.

use super::{Archive, ArchiveError, Kept, RUNS, Teller, compared, swept, tell_again, totals_of, written_in};
use crate::engine::{Run, Sink};
use crate::event::{Event, Fact};
use crate::projection::{Ledger, Measure, Standard};
use crate::state::State;
use crate::store::{self, StoreError, event_log_name};
use crate::table::Table;
use crate::units::{RunId, Tick};
use rayon::prelude::*;
use std::path::Path;

/// What was looked at, and what was found.
#[derive(Debug, Default)]
pub struct Verified {
    /// Files whose digests were taken.
    pub files: usize,
    /// Runs that were told again.
    pub runs: usize,
    /// Events of logs that were kept.
    pub events: usize,
    /// What is wrong, each with the file or run that it is about.
    pub findings: Vec<String>,
}

/// Looks at a finished folder: all files, and of the runs those whose logs were kept, or all.
pub fn verify(dir: &Path, all_runs: bool) -> Verified {
    let mut verified = Verified::default();
    match store::verify(dir) {
        Ok(mismatches) => verified.findings.extend(mismatches.iter().map(ToString::to_string)),
        Err(error) => verified.findings.push(error.to_string()),
    }
    let archive = match Archive::open(dir) {
        Ok(archive) => archive,
        Err(ArchiveError::Comparison { .. }) => {
            let checked = store::read_provenance(dir).map_err(ArchiveError::from).and_then(|provenance| {
                verified.files = provenance.files.len();
                compared::verify(dir, &provenance, all_runs, &mut verified)
            });
            if let Err(error) = checked {
                verified.find(error);
            }
            return verified;
        }
        Err(ArchiveError::Sweep { .. }) => {
            let checked = store::read_provenance(dir).map_err(ArchiveError::from).and_then(|provenance| {
                verified.files = provenance.files.len();
                swept::verify(dir, all_runs, &mut verified)
            });
            if let Err(error) = checked {
                verified.find(error);
            }
            return verified;
        }
        Err(error) => {
            verified.find(error);
            return verified;
        }
    };
    verified.files = archive.provenance.files.len();
    let is_kept = |run: u32| archive.files.contains_key(&event_log_name(RunId(run)));
    let runs: Vec<u32> = archive.runs().filter(|&run| all_runs || is_kept(run)).collect();
    let written = match archive.table_of_runs() {
        Ok(table) => Some(table),
        Err(error) => {
            verified.find(error);
            None
        }
    };
    let world = &archive.experiment().world;
    let look = |again: &mut Run, &run: &u32| {
        let looked = archive.look_at(RunId(run), again, written.as_ref());
        looked.unwrap_or_else(|error| (0, finding_of(error).into_iter().collect()))
    };
    let looked_at: Vec<(usize, Vec<String>)> = runs.par_iter().map_init(|| Run::new(world), look).collect();
    verified.runs = runs.len();
    for (events, findings) in looked_at {
        verified.events += events;
        verified.findings.extend(findings);
    }
    verified
}

impl Verified {
    fn find(&mut self, error: ArchiveError) {
        self.findings.extend(finding_of(error));
    }
}

/// What an error says that the digests of all files have not said already.
fn finding_of(error: ArchiveError) -> Option<String> {
    let is_said = match &error {
        ArchiveError::Store(StoreError::Digest { .. } | StoreError::Gone { .. }) => true,
        ArchiveError::Store(StoreError::Disk { source, .. }) => source.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    };
    (!is_said).then(|| error.to_string())
}

/// What no log may have: an order that is not that of time, a cause that is no earlier event, money that comes from nowhere.
#[derive(Debug, Default)]
struct Faults {
    ledger: Ledger,
    heard: u32,
    latest: Tick,
    is_balanced: bool,
    findings: Vec<String>,
}

/// More faults of a log than these are not told one by one.
const FAULTS_MAX: usize = 20;

impl Faults {
    fn new() -> Faults {
        Faults { is_balanced: true, ..Faults::default() }
    }
}

impl Sink for Faults {
    #[inline]
    fn hear(&mut self, event: &Event, state: &State) {
        let place = self.heard;
        self.heard += 1;
        let mut find = |what: String| {
            if self.findings.len() < FAULTS_MAX {
                self.findings.push(what);
            }
        };
        if self.latest > event.at {
            find(format!("event {place} is before event {}", place - 1));
        }
        self.latest = event.at;
        if let Some(cause) = event.cause.known().filter(|&cause| cause >= place) {
            find(format!("event {place} is caused by event {cause}, which is no earlier one"));
        }
        // A word moves no money.
        if let Fact::WordHeard { .. } = event.what {
            return;
        }
        self.ledger.hear(event, state);
        if self.is_balanced && self.ledger.trial_balance() != 0 {
            self.is_balanced = false;
            find(format!("after event {place} debits and credits differ"));
        }
    }
}

/// Holds the log of a run against the run as it is told again, event by event, and folds the log, batch by batch.
struct Comparison {
    kept: Kept,
    fold: Teller<(Standard, Faults)>,
    /// How often the next event of the log was asked for.
    compared: u32,
    /// Where the two stories part.
    differs_at: Option<u32>,
}

impl Comparison {
    /// The next event of the log.
    #[inline]
    fn next(&mut self) -> Option<&Event> {
        self.compared += 1;
        self.kept.advance();
        if let Some(batch) = self.kept.begun() {
            self.fold.hear_all(batch);
        }
        self.kept.latest()
    }
}

impl Sink for Comparison {
    #[inline]
    fn hear(&mut self, told: &Event, _: &State) {
        if self.kept.error.is_none() && self.next() != Some(told) {
            self.differs_at.get_or_insert(self.compared - 1);
        }
    }
}

impl Archive {
    /// How many events of a run were kept, and in what the run, told again and folded, is not what the folder says.
    fn look_at(
        &self,
        run: RunId,
        again: &mut Run,
        written: Option<&Table>,
    ) -> Result<(usize, Vec<String>), ArchiveError> {
        let world = &self.experiment().world;
        let of_run = |what| format!("run {}: {what}", run.0);
        let mut findings = vec![];
        let (state, totals, events) = match self.kept(run)? {
            Some(kept) => {
                let kept = Kept { log: kept.log.thorough(), ..kept };
                let fold = (self.scenario.projections(None), Faults::new());
                let fold = Teller { state: self.opening_state(), until: None, events: 0, sink: fold };
                let mut comparison = Comparison { kept, fold, compared: 0, differs_at: None };
                tell_again(again, world, run, &mut comparison);
                while comparison.next().is_some() {
                    comparison.differs_at.get_or_insert(comparison.compared - 1);
                }
                let Comparison { kept, fold, differs_at, .. } = comparison;
                if let Some(error) = kept.error {
                    return Err(error.into());
                }
                let Teller { state, events, sink: (projections, faults), .. } = fold;
                findings.extend(faults.findings);
                if let Some(place) = differs_at {
                    findings.push(format!("told again from the seed, it is another story from event {place} on"));
                }
                (state, totals_of(&projections), events)
            }
            None => {
                let sink = self.scenario.projections(None);
                let mut fold = Teller { state: self.opening_state(), until: None, events: 0, sink };
                tell_again(again, world, run, &mut fold);
                (fold.state, totals_of(&fold.sink), 0)
            }
        };
        if &state != again.state() {
            findings.push("its events do not fold into the state in which it ended".to_owned());
        }
        if let Some(table) = written {
            let row = self.row_of(run);
            let differs = |(measure, total): &(Measure, i64)| written_in(table, row, measure.name) != Some(*total);
            findings.extend(totals.into_iter().filter(differs).map(|(measure, total)| {
                format!("its events come to {total} of {}, and {RUNS} says otherwise", measure.name)
            }));
        }
        Ok((events as usize, findings.into_iter().map(of_run).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{EventId, PersonId};

    #[test]
    fn an_order_that_is_not_that_of_time_and_causes_to_come_are_found() {
        let seeded = |at, cause| Event { at: Tick(at), who: PersonId(0), cause, what: Fact::CustomerSeeded };
        let root = EventId::ROOT;
        let faults = |events: &[Event]| {
            let mut faults = Faults::new();
            events.iter().for_each(|event| faults.hear(event, &State::default()));
            faults.findings
        };
        assert!(faults(&[seeded(0, root), seeded(5, EventId(0)), seeded(5, EventId(1))]).is_empty());
        assert_eq!(faults(&[seeded(5, root), seeded(4, root)]), ["event 1 is before event 0"]);
        let to_come = faults(&[seeded(0, root), seeded(0, EventId(1))]);
        assert_eq!(to_come, ["event 1 is caused by event 1, which is no earlier one"]);
    }
}
