//! Playing on threads of Tellwave while Python's thread goes on listening: to Ctrl-C, and to whoever wants to know how far it is.

use crate::{error, number};
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How often Python is asked and told.
const PAUSE: Duration = Duration::from_millis(100);

/// The most threads.
const THREADS_MAX: u32 = 1_024;

/// On how many threads something is played, and who is told.
pub struct Playing {
    pool: rayon::ThreadPool,
    progress: Option<Py<PyAny>>,
}

/// How far it is, and whether it is to go on.
#[derive(Default)]
pub struct Count {
    done: AtomicU64,
    all: AtomicU64,
    is_stopped: AtomicBool,
}

impl Count {
    /// So many more turn out to be played.
    pub fn more(&self, number: u64) {
        self.all.fetch_add(number, Ordering::Relaxed);
    }

    /// So many were done before.
    pub fn had(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }

    /// One more is done.
    pub fn one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether the next one is to be begun.
    pub fn goes_on(&self) -> bool {
        !self.is_stopped.load(Ordering::Relaxed)
    }
}

impl Playing {
    /// On so many threads, or one for each core.
    pub fn new(threads: Option<&Bound<'_, PyAny>>, progress: Option<Bound<'_, PyAny>>) -> PyResult<Playing> {
        if let Some(progress) = progress.as_ref().filter(|it| !it.is_callable()) {
            let found = progress.repr()?;
            return Err(error::of_use(
                progress.py(),
                &format!("progress: found {found}; allowed: a function of done and all"),
            ));
        }
        let threads = number::small("threads", threads, 1..=THREADS_MAX)?.unwrap_or_default();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads as usize).build();
        let pool = pool.map_err(|why| error::internal(format!("could not start the threads: {why}")))?;
        Ok(Playing { pool, progress: progress.map(Bound::unbind) })
    }

    /// On how many.
    pub fn threads(&self) -> u32 {
        self.pool.current_num_threads() as u32
    }

    /// Does `work` without Python; `all` is how many it will count, as far as that is known before. Whatever is raised meanwhile is raised
    /// once `work` has ended, which it is asked to do; so a result of None is one that was stopped.
    pub fn work<T: Send>(
        &self,
        py: Python<'_>,
        all: u64,
        work: impl FnOnce(&Count) -> Option<T> + Send,
    ) -> PyResult<T> {
        let count = Count { all: AtomicU64::new(all), ..Count::default() };
        let (mut raised, mut told) = (Ok(()), 0);
        let (tell, heard) = sync_channel(1);
        let heard = Mutex::new(heard);
        let wait = || heard.lock().map_or(Err(RecvTimeoutError::Disconnected), |heard| heard.recv_timeout(PAUSE));
        let result = std::thread::scope(|scope| {
            let count = &count;
            let worker = scope.spawn(move || {
                let result = self.pool.install(|| work(count));
                // Nobody may be waiting any more.
                let _ = tell.send(());
                result
            });
            // Ends when the worker says so, or panics.
            while py.detach(wait) == Err(RecvTimeoutError::Timeout) {
                raised = std::mem::replace(&mut raised, Ok(()))
                    .and_then(|()| py.check_signals())
                    .and_then(|()| self.tell(py, count, &mut told));
                if raised.is_err() {
                    count.is_stopped.store(true, Ordering::Relaxed);
                }
            }
            py.detach(|| worker.join())
        });
        raised?;
        match result {
            Ok(Some(result)) => {
                // Who draws a bar sees its end, also where all was over before the first pause.
                self.tell(py, &count, &mut told)?;
                Ok(result)
            }
            Ok(None) => Err(error::internal("the playing was stopped by nobody")),
            Err(panic) => Err(error::internal(said(panic.as_ref()))),
        }
    }

    fn tell(&self, py: Python<'_>, count: &Count, told: &mut u64) -> PyResult<()> {
        let [done, all] = [&count.done, &count.all].map(|number| number.load(Ordering::Relaxed));
        match &self.progress {
            Some(progress) if done != *told => {
                *told = done;
                progress.call1(py, (done, all)).map(drop)
            }
            _ => Ok(()),
        }
    }
}

/// Does `work` without Python, whose other threads go on meanwhile. What panics is raised as a `RuntimeError`, for no panic of Rust's is
/// Python's business.
pub fn aside<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    done.map_err(|panic| error::internal(said(panic.as_ref())))
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic")
}
