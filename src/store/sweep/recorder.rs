//! How workers hand over what they finish: a thread of its own puts it on the disk, a pack a fraction of a second.
//!
//! So a worker hardly waits for the disk, few files come of many short cells, and a long cell delays nobody else's. The
//! clock decides only which cells share a pack, and nothing of that is left when the folder is settled.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::cells::FULL;
use super::names::cell_log_name;
use super::{Entry, FileDigest, SweepFolder};
use crate::store::{Aside, Digest, StoreError};
use crate::units::RunId;

/// Between two packs: what finished is on the disk after about as long.
const PAUSE: Duration = Duration::from_millis(200);

/// Cells that wait while a pack is written. Whoever finishes one more waits too, lest a slow disk fill the memory.
const WAITING: usize = 64;

/// A cell as its worker finished it.
#[derive(Debug)]
struct Finished {
    cell: u32,
    record: Vec<u8>,
    logs: Vec<(RunId, Aside)>,
}

/// A folder whose cells are being played.
#[derive(Debug)]
pub struct Recorder {
    to: SyncSender<Finished>,
    thread: JoinHandle<Result<SweepFolder, StoreError>>,
}

impl SweepFolder {
    /// Starts to take finished cells from any number of workers.
    pub fn record(self) -> Result<Recorder, StoreError> {
        let dir = self.path().to_path_buf();
        let (to, from) = sync_channel(WAITING);
        let thread = std::thread::Builder::new().spawn(move || self.keep_all(&from));
        Ok(Recorder { to, thread: thread.map_err(StoreError::disk("start a thread to write", &dir))? })
    }

    fn keep_all(mut self, from: &Receiver<Finished>) -> Result<SweepFolder, StoreError> {
        // The first cell is written at once: whatever keeps the disk from taking it should be known soon.
        let mut due = Instant::now();
        while let Ok(first) = from.recv() {
            let mut weight = first.weight();
            let mut batch = vec![first];
            while weight < FULL
                && let Ok(next) = from.recv_timeout(due.saturating_duration_since(Instant::now()))
            {
                weight += next.weight();
                batch.push(next);
            }
            self.keep(batch)?;
            due = Instant::now() + PAUSE;
        }
        Ok(self)
    }

    /// Logs first: a pack names only what is there.
    fn keep(&mut self, batch: Vec<Finished>) -> Result<(), StoreError> {
        let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
        for Finished { cell, record, logs } in batch {
            let entry = Entry { cell, record, files: digests(cell, &logs) };
            let is_new = match entries.get(&cell) {
                None => self.cells.is_new(&entry, self.path())?,
                Some(same) if *same == entry => false,
                Some(_) => {
                    let dir = self.path().to_path_buf();
                    return Err(StoreError::TwoResults { cell, first: dir.clone(), second: dir });
                }
            };
            if is_new || self.cells.lacks_logs(cell) {
                for (run, log) in logs {
                    let path = self.results.begin()?.join(cell_log_name(cell, run));
                    log.commit(&path)?;
                }
                self.cells.has_logs_again(cell);
            }
            if is_new {
                entries.insert(cell, entry);
            }
        }
        self.add(&entries.into_values().collect::<Vec<_>>())
    }
}

impl Finished {
    fn weight(&self) -> u64 {
        self.record.len() as u64
    }
}

fn digests(cell: u32, logs: &[(RunId, Aside)]) -> Vec<FileDigest> {
    let digest = |(run, log): &(RunId, Aside)| {
        let Digest { sha256, bytes } = log.digest().clone();
        FileDigest { name: cell_log_name(cell, *run), sha256, bytes }
    };
    logs.iter().map(digest).collect()
}

impl Recorder {
    /// Hands over a finished cell, with the event logs of its runs that were written aside in the folder. False if
    /// nothing can be kept any more; then there is no use in playing on, and [`Recorder::close`] says why.
    #[must_use]
    pub fn put(&self, cell: u32, record: Vec<u8>, logs: Vec<(RunId, Aside)>) -> bool {
        self.to.send(Finished { cell, record, logs }).is_ok()
    }

    /// Whether nothing can be kept any more.
    pub fn is_failed(&self) -> bool {
        // As long as somebody may hand over something, only an error ends the thread.
        self.thread.is_finished()
    }

    /// Waits until all cells are on the disk.
    ///
    /// # Errors
    /// The first thing that could not be written.
    pub fn close(self) -> Result<SweepFolder, StoreError> {
        drop(self.to);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::tests::{entry, packs, play};
    use std::path::Path;

    /// Plays the process of the next test, whose files may not grow; on its own it has nothing to do.
    #[test]
    fn process_on_a_full_disk() {
        let Some(dir) = std::env::var_os("TELLWAVE_TEST_FULL_DISK") else { return };
        let dir = Path::new(&dir);
        let recorder = play(dir, &[1]).record().expect("started");
        assert!(recorder.put(2, vec![0; 1 << 20], vec![]));
        while !recorder.is_failed() {
            std::thread::yield_now();
        }
        assert!(!recorder.put(3, entry(3).record, vec![]));
        let error = recorder.close().expect_err("fails").to_string();
        assert!(error.starts_with("could not write ") && error.contains(".pack: "), "{error}");
        std::process::exit(44);
    }

    #[test]
    fn a_full_disk_stops_the_workers_and_keeps_what_is_there() {
        let temp = tempfile::tempdir().expect("folder");
        // A limit on the length of a file, at which writing fails as on a full disk, also for an administrator.
        let status = std::process::Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 256; exec \"$0\" \"$@\""])
            .arg(std::env::current_exe().expect("this test"))
            .args(["--exact", "store::sweep::recorder::tests::process_on_a_full_disk"])
            .env("TELLWAVE_TEST_FULL_DISK", temp.path())
            .stdout(std::process::Stdio::null())
            .status()
            .expect("started");
        assert_eq!(status.code(), Some(44));
        assert_eq!(packs(temp.path()).len(), 1);
        let mut on = play(temp.path(), &[2]);
        assert_eq!(on.cells().finished().collect::<Vec<_>>(), [1, 2]);
    }
}
