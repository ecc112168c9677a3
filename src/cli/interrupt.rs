//! Ctrl-C (and a polite kill): stop at once, with no half-written file left; or soon, with everything finished kept.
//!
//! Most commands write nothing before the runs are done, and each file appears whole; so all there is to do is to remove the
//! temporary files under way and to leave. A sweep keeps what is finished: it asks to be waited for, sees that it is asked to stop,
//! and ends by itself. Where that takes too long, or the user asks again, the first way is taken: what is on the disk stays.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Exit code of a stopped command, as shells have it for SIGINT.
pub(super) const STOPPED: i32 = 130;

/// How long a command that asked for it is waited for.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What the handler of signals and a command say to each other.
#[derive(Debug, Default)]
pub(super) struct Interrupt {
    asked: AtomicBool,
    waits: AtomicBool,
}

impl Interrupt {
    /// Whether the command is asked to stop.
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The command looks at [`Interrupt::is_asked`] from now on, and ends by itself.
    pub fn wait_for_me(&self) {
        self.waits.store(true, Ordering::Relaxed);
    }
}

/// Takes over the signals. Where that is refused, the system's own way of stopping stays.
pub(super) fn install() -> Arc<Interrupt> {
    let interrupt = Arc::new(Interrupt::default());
    let shared = interrupt.clone();
    let _ = ctrlc::set_handler(move || {
        let again = shared.asked.swap(true, Ordering::Relaxed);
        if !shared.waits.load(Ordering::Relaxed) {
            leave("stopped; the same command starts again from the beginning");
        }
        if again {
            leave(KEPT);
        }
        // Aside, so that a second signal is heard.
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            leave(KEPT);
        });
    });
    interrupt
}

const KEPT: &str = "stopped; what is finished is kept, and the same command goes on";

fn leave(said: &str) -> ! {
    crate::store::abandon();
    let _ = writeln!(std::io::stderr(), "\n{said}");
    std::process::exit(STOPPED)
}
