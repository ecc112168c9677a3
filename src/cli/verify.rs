//! `tellwave verify`: whether a finished folder is what it says. Everything that is found is said; any finding is exit code 4.

use super::threads::Threads;
use super::{Failure, internal, progress, say};
use crate::archive::{self, ArchiveError};
use crate::draw;
use crate::report::words::count;
use crate::store::provenance::PROVENANCE;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave verify output/quickstart-001\n  \
    tellwave verify output/quickstart-001 --all --json")]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Tell every run again, not only those whose logs were kept
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    threads: Threads,
    /// Print JSON instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if !args.folder.join(PROVENANCE).is_file() {
        return Err(ArchiveError::Unfinished { dir: args.folder.clone() }.into());
    }
    let working = progress::working("reading the folder, and telling its runs again");
    let archive::Verified { files, runs, events, findings } =
        args.threads.pool()?.install(|| archive::verify(&args.folder, args.all));
    working.finish_and_clear();
    if args.json {
        let object = json!({ "files": files, "runs": runs, "events": events, "findings": findings });
        say(&serde_json::to_string_pretty(&object).map_err(internal)?);
    } else {
        let many = |number: usize, what: &str| {
            format!("{} {what}{}", count(number as i64), if number == 1 { "" } else { "s" })
        };
        let [files, runs] = [many(files, "file"), many(runs, "run")];
        // Logs of a sweep are digested alone, as every file is.
        let logs =
            if events == 0 { String::new() } else { format!(", {} of kept logs looked at", many(events, "event")) };
        say(&format!("{files} digested, {runs} told again{logs}"));
        findings.iter().for_each(|finding| say(&format!("  {}", draw::clean(finding))));
    }
    match findings.len() {
        0 => {
            if !args.json {
                say("Everything is as it was written.");
            }
            Ok(())
        }
        1 => Err(Failure::Found("1 finding: the folder is not what it says".to_owned())),
        many => Err(Failure::Found(format!("{many} findings: the folder is not what it says"))),
    }
}
