//! How far a command is, on stderr: what is done, how fast, and how long the rest takes at that pace. Nothing where stderr is no
//! terminal, or with `--quiet`.
//!
//! No time is said before something is done, nor in the first moments: too little is known of it then.

use super::time_words;
use crate::report::words::count as in_thousands;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often a line is drawn anew, for what takes long is seen to go on.
const TICK: Duration = Duration::from_millis(200);

/// For how long no pace is said.
const SOON: Duration = Duration::from_secs(2);

/// Whether people want to be told nothing but what went wrong. One for the process, as `--quiet` is; it decides no result.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Says nothing but what went wrong from now on.
pub(super) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether nothing is to be said but what went wrong.
pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Counts up to a total, such as the runs of a scenario: "run 12 of 200".
pub(super) fn count(total: u64, what: &str) -> ProgressBar {
    let template = format!("{{bar:30}} {what} {{human_pos}} of {{human_len}}{{pace}}");
    let style = ProgressStyle::with_template(&template).map(|style| style.with_key("pace", pace));
    shown(ProgressBar::with_draw_target(Some(total), target()), style)
}

/// The same of things that take too different times for any estimate; says what is under way, as its message.
pub(super) fn list(total: u64, what: &str) -> ProgressBar {
    let template = format!("{{bar:30}} {{human_pos}} of {{human_len}} {what} done, {{elapsed}} so far: {{msg}}");
    shown(ProgressBar::with_draw_target(Some(total), target()), ProgressStyle::with_template(&template))
}

/// Says what is under way where nobody knows how long it takes, and for how long it has been.
pub(super) fn working(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, target()).with_message(what);
    shown(bar, ProgressStyle::with_template("{spinner} {msg}, {elapsed} so far"))
}

fn target() -> ProgressDrawTarget {
    if is_quiet() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() }
}

fn shown(bar: ProgressBar, style: Result<ProgressStyle, indicatif::style::TemplateError>) -> ProgressBar {
    // Where a command fails half-way, no line of it stays.
    let bar = bar.with_finish(ProgressFinish::AndClear);
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    if !bar.is_hidden() {
        bar.enable_steady_tick(TICK);
    }
    bar
}

/// How fast it goes, and how long the rest takes.
fn pace(state: &ProgressState, out: &mut dyn Write) {
    let left = state.len().unwrap_or_default().saturating_sub(state.pos());
    // What cannot be written is not shown.
    let _ = out.write_str(&pace_in_words(state.pos(), left, state.elapsed()));
}

/// The pace is that since the beginning: what is done in bursts, as cells of a sweep are, looks too fast or too slow at any moment.
fn pace_in_words(done: u64, left: u64, elapsed: Duration) -> String {
    if done == 0 || elapsed < SOON {
        return String::new();
    }
    let each = elapsed.as_secs_f64() / done as f64;
    let rate = match 1.0 / each {
        rate @ 10.0.. => format!("{} a second", in_thousands(rate as i64)),
        rate @ 1.0.. => format!("{rate:.1} a second"),
        _ => format!("{} each", time_words::said(Duration::from_secs_f64(each))),
    };
    format!(", {rate}, {} left", time_words::said(Duration::from_secs_f64(each * left as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_said_before_enough_is_known() {
        assert_eq!(pace_in_words(0, 200, Duration::from_secs(60)), "");
        assert_eq!(pace_in_words(20, 180, Duration::from_secs(1)), "");
    }

    #[test]
    fn a_pace_is_said_in_the_unit_that_suits_it() {
        let said = |done, left| pace_in_words(done, left, Duration::from_secs(30));
        assert_eq!(said(150_000, 600_000), ", 5,000 a second, about 2 minutes left");
        assert_eq!(said(45, 15), ", 1.5 a second, about 10 seconds left");
        assert_eq!(said(3, 9), ", about 10 seconds each, about 1.5 minutes left");
        assert_eq!(said(150, 2), ", 5.0 a second, less than a second left");
    }
}
