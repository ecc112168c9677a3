//! Ctrl-C (and a polite kill): stop at once, with no half-written file left.
//!
//! Nothing is written before the runs are done, and each file appears whole; so all there is to do is to remove the
//! temporary file under way and to leave.

use std::io::Write;

/// Exit code of a stopped command, as shells have it for SIGINT.
const STOPPED: i32 = 130;

/// Takes over the signals. Where that is refused, the system's own way of stopping stays.
pub(super) fn install() {
    let _ = ctrlc::set_handler(|| {
        crate::store::abandon();
        let _ = writeln!(std::io::stderr(), "\nstopped; the same command starts again from the beginning");
        std::process::exit(STOPPED);
    });
}
