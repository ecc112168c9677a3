//! Whether a finished folder is what it says: every file by its digest, every log by its order, its causes and its money, and
//! every run by telling it again from the seed.
//!
//! Nothing stops at the first finding; what cannot be read is a finding too.

use super::{Archive, ArchiveError, RUNS};
use crate::engine::{Run, Sink};
use crate::event::Event;
use crate::projection::{Ledger, Measure};
use crate::state::State;
use crate::store::{self, EventLogWriter, LogMeta, StoreError, event_log_name};
use crate::table::Table;
use crate::units::RunId;
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
        Err(error) => {
            verified.find(error);
            return verified;
        }
    };
    verified.files = archive.provenance.files.len();
    let is_kept = |run: u32| archive.files.contains_key(&event_log_name(RunId(run)));
    let runs: Vec<u32> = (0..archive.experiment.runs).filter(|&run| all_runs || is_kept(run)).collect();
    let written = match archive.table_of_runs() {
        Ok(table) => Some(table),
        Err(error) => {
            verified.find(error);
            None
        }
    };
    let world = &archive.experiment.world;
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
    let is_said = matches!(error, ArchiveError::Store(StoreError::Digest { .. }));
    (!is_said).then(|| error.to_string())
}

/// What no log may have: an order that is not that of time, a cause that is no earlier event, money that comes from nowhere.
fn faults(events: &[Event]) -> Vec<String> {
    let (mut ledger, mut findings) = (Ledger::default(), vec![]);
    // A ledger looks at events alone.
    let nothing = State::default();
    for (place, event) in events.iter().enumerate() {
        if place > 0 && events[place - 1].at > event.at {
            findings.push(format!("event {place} is before event {}", place - 1));
        }
        if let Some(cause) = event.cause.known().filter(|&cause| cause as usize >= place) {
            findings.push(format!("event {place} is caused by event {cause}, which is no earlier one"));
        }
        ledger.hear(event, &nothing);
        if ledger.trial_balance() != 0 {
            findings.push(format!("after event {place} debits and credits differ"));
            break;
        }
    }
    findings
}

impl Archive {
    /// How many events of a run were kept, and in what the run, told again and folded, is not what the folder says.
    fn look_at(
        &self,
        run: RunId,
        again: &mut Run,
        written: Option<&Table>,
    ) -> Result<(usize, Vec<String>), ArchiveError> {
        let (mut told, mut findings) = (vec![], vec![]);
        let kept = self.kept(run)?;
        again.play(&self.experiment.world, run, &mut told);
        if let Some(events) = &kept {
            findings.extend(faults(events));
            if *events != told {
                let place = events.iter().zip(&told).take_while(|(kept, again)| kept == again).count();
                findings.push(format!("told again from the seed, it is another story from event {place} on"));
            }
            if self.rewritten(run, events).as_ref() != self.files.get(&event_log_name(run)).map(|file| &file.sha256) {
                findings.push("its log, written again, has other bytes".to_owned());
            }
        }
        let (state, totals, _) = self.fold(run, kept.as_ref().unwrap_or(&told), None);
        if &state != again.state() {
            findings.push("its events do not fold into the state in which it ended".to_owned());
        }
        if let Some(table) = written {
            let differs =
                |(measure, total): &(Measure, i64)| super::written_in(table, run, measure.name) != Some(*total);
            findings.extend(totals.into_iter().filter(differs).map(|(measure, total)| {
                format!("its events come to {total} of {}, and {RUNS} says otherwise", measure.name)
            }));
        }
        let of_run = |what| format!("run {}: {what}", run.0);
        Ok((kept.map_or(0, |events| events.len()), findings.into_iter().map(of_run).collect()))
    }

    /// The digest of a log as it would be written now.
    fn rewritten(&self, run: RunId, events: &[Event]) -> Option<String> {
        let meta = LogMeta {
            tellwave: self.provenance.tellwave.clone(),
            scenario_sha256: self.provenance.scenario_sha256.clone(),
            currency: self.money.code.clone(),
            digits: self.money.digits,
            run,
            seed: self.provenance.seed,
        };
        let mut bytes = vec![];
        let mut writer = EventLogWriter::new(&mut bytes, &meta).ok()?;
        events.iter().try_for_each(|event| writer.push(event)).ok()?;
        writer.finish().ok()?;
        Some(store::atomic::sha256_hex(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Fact;
    use crate::units::{EventId, PersonId, Tick};

    #[test]
    fn an_order_that_is_not_that_of_time_and_causes_to_come_are_found() {
        let seeded = |at, cause| Event { at: Tick(at), who: PersonId(0), cause, what: Fact::CustomerSeeded };
        let root = EventId::ROOT;
        assert!(faults(&[seeded(0, root), seeded(5, EventId(0)), seeded(5, EventId(1))]).is_empty());
        assert_eq!(faults(&[seeded(5, root), seeded(4, root)]), ["event 1 is before event 0"]);
        let to_come = faults(&[seeded(0, root), seeded(0, EventId(1))]);
        assert_eq!(to_come, ["event 1 is caused by event 1, which is no earlier one"]);
    }
}
