//! The logs of runs, written while the runs are played: the engine fills one chunk of events while a thread of the log's own
//! encodes the one before, so the engine waits only where writing is slower than playing (docs/decisions/0008).

use super::{EventLogWriter, LogMeta, event_log_name};
use crate::engine::Sink;
use crate::event::Event;
use crate::experiment::Logs;
use crate::state::State;
use crate::store::{Aside, OutputFolder, StoreError, atomic};
use crate::units::RunId;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

/// Events that are handed over together: 1.5 MB, a quarter of them a row group.
const CHUNK: usize = 1 << 16;

/// The logs of some runs in a folder.
pub struct LogFiles<'a> {
    /// Where they go.
    pub dir: PathBuf,
    /// Which runs are logged, in order.
    pub runs: &'a [RunId],
    /// What a log says of itself, but for its run; nothing where none is kept, as the digest in it would be reckoned for nobody.
    pub meta: Option<LogMeta>,
    /// Whether the columns of a log are encoded side by side.
    pub side_by_side: bool,
    /// What came of those that are finished.
    pub written: Mutex<BTreeMap<u32, Result<Aside, StoreError>>>,
}

impl LogFiles<'_> {
    /// What came of the logs, in the order of their runs; afterwards there are none.
    pub fn take(&self) -> BTreeMap<u32, Result<Aside, StoreError>> {
        std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, run: RunId, log: Result<Aside, StoreError>) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(run.0, log);
    }

    /// Puts all logs in their places, in the order of their runs.
    ///
    /// # Errors
    /// The first one that could not be written.
    pub fn finish(self, folder: &mut OutputFolder) -> Result<(), StoreError> {
        // All of them, before the folder is cleared for the first.
        let written = self.take().into_iter().map(|(run, log)| Ok((run, log?)));
        let written: Vec<(u32, Aside)> = written.collect::<Result<_, StoreError>>()?;
        written.into_iter().try_for_each(|(run, log)| folder.take_in(&event_log_name(RunId(run)), log))
    }
}

impl Logs for LogFiles<'_> {
    type Log = LogSink;

    fn open(&self, run: RunId) -> Option<LogSink> {
        self.runs.binary_search(&run).ok()?;
        let path = self.dir.join(event_log_name(run));
        let meta = LogMeta { run, ..self.meta.clone()? };
        let side_by_side = self.side_by_side;
        let (to, parts) = sync_channel(1);
        let (back, used) = sync_channel(2);
        let write = {
            let path = path.clone();
            move || {
                atomic::write_aside(&path, |out| {
                    let mut writer = EventLogWriter::new(out, &meta)?.side_by_side(side_by_side);
                    write_parts(&mut writer, &parts, &back)?;
                    writer.finish().map(drop)
                })
            }
        };
        match std::thread::Builder::new().spawn(write) {
            Ok(thread) => Some(LogSink { chunk: Vec::with_capacity(CHUNK), to, used, thread }),
            Err(source) => {
                self.keep(run, Err(StoreError::Disk { action: "start a thread to write", path, source }));
                None
            }
        }
    }

    fn close(&self, run: RunId, log: LogSink) {
        self.keep(run, log.finish());
    }
}

/// What the engine hands over.
enum Part {
    Events(Vec<Event>),
    /// The run is over. Without it, a run that broke off would look like one that ended.
    End,
}

fn write_parts<W: io::Write + Send>(
    writer: &mut EventLogWriter<W>,
    parts: &Receiver<Part>,
    back: &SyncSender<Vec<Event>>,
) -> io::Result<()> {
    loop {
        match parts.recv() {
            Ok(Part::Events(mut chunk)) => {
                chunk.iter().try_for_each(|event| writer.push(event))?;
                chunk.clear();
                // The engine may be done with chunks by now.
                let _ = back.try_send(chunk);
            }
            Ok(Part::End) => return Ok(()),
            Err(_) => return Err(io::Error::other("the run broke off")),
        }
    }
}

/// Hears a run into its log.
pub struct LogSink {
    chunk: Vec<Event>,
    to: SyncSender<Part>,
    used: Receiver<Vec<Event>>,
    thread: JoinHandle<Result<Aside, StoreError>>,
}

impl LogSink {
    #[cold]
    fn hand_over(&mut self) {
        let empty = self.used.try_recv().unwrap_or_else(|_| Vec::with_capacity(CHUNK));
        // If the thread has given up, it says why at the end.
        let _ = self.to.send(Part::Events(std::mem::replace(&mut self.chunk, empty)));
    }

    fn finish(mut self) -> Result<Aside, StoreError> {
        self.hand_over();
        let _ = self.to.send(Part::End);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Sink for LogSink {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        self.chunk.push(*event);
        if self.chunk.len() == CHUNK {
            self.hand_over();
        }
    }
}
