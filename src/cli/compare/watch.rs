//! Who looks on while a comparison is played: a terminal with its bar, or a program that may stop it.

use super::super::progress;
use indicatif::ProgressBar;
use std::sync::Mutex;

/// Is told how far a comparison is, from any thread, and says whether it is to go on.
pub trait Watch: Sync {
    /// So many steps begin, each of which is called `what`; those that began before are over.
    fn begin(&self, steps: u64, what: &str);
    /// One of them is done.
    fn one(&self);
    /// Whether the next run is to be begun. Whatever was asked for is dropped once this says no.
    fn goes_on(&self) -> bool;
    /// All of them are over.
    fn end(&self);
}

/// A bar on the terminal for what is under way. It never stops anything: Ctrl-C ends the process.
#[derive(Default)]
pub(super) struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    fn put(&self, bar: Option<ProgressBar>) {
        *self.0.lock().expect("no thread panics while it draws") = bar;
    }
}

impl Watch for Bar {
    fn begin(&self, steps: u64, what: &str) {
        self.put(Some(progress::count(steps, what)));
    }

    fn one(&self) {
        if let Some(bar) = self.0.lock().expect("no thread panics while it draws").as_ref() {
            bar.inc(1);
        }
    }

    fn goes_on(&self) -> bool {
        true
    }

    fn end(&self) {
        // It clears its line as it goes.
        self.put(None);
    }
}
