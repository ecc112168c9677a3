//! Whether a finished folder is what it says: every file by its digest, every log by its order, its causes and its money, and
//! every run by telling it again from the seed.
//!
//! Nothing stops at the first finding; what cannot be read is a finding too.

use super::{Archive, ArchiveError, RUNS, Told};
use crate::engine::{Run, Sink};
use crate::event::Event;
use crate::projection::{Ledger, Projection, Standard};
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
    let is_kept = |run: u32| archive.provenance.files.iter().any(|file| file.name == event_log_name(RunId(run)));
    let runs: Vec<u32> = (0..archive.experiment.runs).filter(|&run| all_runs || is_kept(run)).collect();
    let written = match archive.table_of_runs() {
        Ok(table) => Some(table),
        Err(error) => {
            verified.find(error);
            None
        }
    };
    let world = &archive.experiment.world;
    let looked_at: Vec<(usize, Vec<String>)> = runs
        .par_iter()
        .map_init(
            || Run::new(world),
            |again, &run| match archive.events(RunId(run)) {
                Ok(told) => {
                    let mut findings = vec![];
                    if told.stored {
                        findings.extend(faults(&told.events));
                    }
                    findings.extend(archive.differences(RunId(run), &told, again, written.as_ref()));
                    let kept = if told.stored { told.events.len() } else { 0 };
                    (kept, findings.into_iter().map(|what| format!("run {run}: {what}")).collect())
                }
                Err(error) => (0, finding_of(error).into_iter().collect()),
            },
        )
        .collect();
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
    for (place, event) in events.iter().enumerate() {
        if place > 0 && events[place - 1].at > event.at {
            findings.push(format!("event {place} is before event {}", place - 1));
        }
        if let Some(cause) = event.cause.known().filter(|&cause| cause as usize >= place) {
            findings.push(format!("event {place} is caused by event {cause}, which is no earlier one"));
        }
        ledger.hear(event, &State::default());
        if ledger.trial_balance() != 0 {
            findings.push(format!("after event {place} debits and credits differ"));
            break;
        }
    }
    findings
}

impl Archive {
    /// In what a run told again, folded and compared differs from what the folder says.
    fn differences(&self, run: RunId, told: &Told, again: &mut Run, written: Option<&Table>) -> Vec<String> {
        let world = &self.experiment.world;
        let mut findings = vec![];
        let mut events = vec![];
        again.play(world, run, &mut events);
        if events != told.events {
            let place = events.iter().zip(&told.events).take_while(|(again, kept)| again == kept).count();
            findings.push(format!("told again from the seed, it is another story from event {place} on"));
        }
        let mut state = State::new(world.ground(world.dice.of_run(run)).people(&world.seeds));
        let mut projections = self.experiment.projections();
        for event in &told.events {
            state.apply(event);
            projections.hear(event, &state);
        }
        if &state != again.state() {
            findings.push("its events do not fold into the state in which it ended".to_owned());
        }
        let mut totals = vec![];
        projections.totals(&mut totals);
        if let Some(table) = written {
            let measures = Standard::total_measures().into_iter().zip(totals);
            let differing =
                measures.filter(|(measure, total)| super::written_in(table, run, measure.name) != Some(*total));
            findings.extend(differing.map(|(measure, total)| {
                format!("its events come to {total} of {}, and {RUNS} says otherwise", measure.name)
            }));
        }
        if told.stored && self.rewritten(run, &told.events).is_none_or(|digest| Some(digest) != self.digest_of_log(run))
        {
            findings.push("its log, written again, has other bytes".to_owned());
        }
        findings
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

    fn digest_of_log(&self, run: RunId) -> Option<String> {
        let name = event_log_name(run);
        Some(self.provenance.files.iter().find(|file| file.name == name)?.sha256.clone())
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
