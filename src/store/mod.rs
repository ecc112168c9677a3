//! The world of files: the output folder, its provenance, tables and event logs.
//!
//! Roof floor: it sees events, tables and units, and neither the engine nor a scenario. Every result is written by
//! [`atomic`], so a file is there whole or not at all; every result has a digest in `provenance.json`, because a
//! Parquet reader does not notice most flipped bits.
//!
//! Deliberately absent from every file: a time, a host name, a thread count. The bytes depend on the scenario and the seed only.
//!
//! ```no_run
//! use std::path::Path;
//! use tellwave::store::{StoreError, read_event_log};
//!
//! fn main() -> Result<(), StoreError> {
//!     let (meta, events) = read_event_log(Path::new("output/quickstart-001/events-run-000000.parquet"), None)?;
//!     println!("run {} was written by version {}: {} events", meta.run.0, meta.tellwave, events.len());
//!     Ok(())
//! }
//! ```

#[doc(hidden)]
pub mod atomic;
#[doc(hidden)]
pub mod charts;
#[doc(hidden)]
pub mod event_log;
#[doc(hidden)]
pub mod folder;
mod owned;
#[doc(hidden)]
pub mod provenance;
#[doc(hidden)]
pub mod sweep;
#[doc(hidden)]
pub mod tables;

use std::io;
use std::path::{Path, PathBuf};

use crate::files::{self, Unread};
use crate::machine::free_memory;
use crate::scenario::values::shown;
use parquet::errors::ParquetError;

#[doc(hidden)]
pub use atomic::{Aside, Digest, abandon};
#[doc(hidden)]
pub use charts::{CHARTS, CHARTS_FONT, Charts, KeptCharts, read_charts};
#[doc(hidden)]
pub use event_log::event_batches;
pub use event_log::{
    EventLogReader, EventLogWriter, LogMeta, SCHEMA as EVENT_LOG_SCHEMA, event_log_name, read_event_log,
};
#[doc(hidden)]
pub use folder::{OutputFolder, scenario_name};
#[doc(hidden)]
pub use owned::MARKER;
pub use provenance::{
    ComparedOrigin, FileDigest, ForkOrigin, Mismatch, Platform, Provenance, SweepOrigin, read_provenance, verify,
};
#[doc(hidden)]
pub use sweep::SweepFolder;
#[doc(hidden)]
pub use tables::record_batch;
pub use tables::{read_parquet, write_csv, write_parquet};

/// What can go wrong with files; every message names the path.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or what it allows, said no.
    #[error("could not {action} {}: {source}", shown(path))]
    Disk {
        /// What was being done, as a verb: "write".
        action: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds something that Tellwave did not write; nothing was touched.
    #[error(
        "{} holds {entry:?}, which Tellwave did not write; nothing was touched. Give an empty or a new folder",
        shown(dir)
    )]
    Foreign {
        /// The folder.
        dir: PathBuf,
        /// The first entry, in order of name, that is not ours.
        entry: String,
    },
    /// The folder holds what Tellwave wrote for another purpose; nothing was touched.
    #[error("{} holds {what}; nothing was touched. Give an empty or a new folder", shown(dir))]
    OtherPurpose {
        /// The folder.
        dir: PathBuf,
        /// What it holds: "a sweep".
        what: &'static str,
    },
    /// Part of a sweep that was planned otherwise; nothing was touched.
    #[error(
        "{} belongs to another sweep than the one that was asked for; nothing was touched. Give another folder\n  \
         plan of this sweep: {expected}\n  plan found there:   {found}",
        shown(path)
    )]
    OtherPlan {
        /// The file.
        path: PathBuf,
        /// SHA-256 of the plan of this sweep.
        expected: String,
        /// SHA-256 of the plan that the file belongs to.
        found: String,
    },
    /// Finished cells that cannot be trusted.
    #[error("{} is damaged or was changed: {what}. Delete it and resume: its cells are played again", shown(path))]
    BadPack {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A cell with two results, of which one must be wrong.
    #[error(
        "cell {cell} has one result in {} and another in {}: delete the file that is wrong and resume",
        shown(first),
        shown(second)
    )]
    TwoResults {
        /// The cell.
        cell: u32,
        /// Where it was found first.
        first: PathBuf,
        /// Where it differs: a file, or the folder that it was to be written to.
        second: PathBuf,
    },
    /// The path is there, but is no folder to write into.
    #[error("{} cannot be the output folder: it is {what}", shown(path))]
    NotAFolder {
        /// The path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// Another process is writing into the folder.
    #[error("{} is in use: another Tellwave process is writing into it", shown(dir))]
    InUse {
        /// The folder.
        dir: PathBuf,
    },
    /// Not a name of the files that Tellwave writes.
    #[error("{name:?} is not a name of a file that Tellwave writes")]
    BadName {
        /// The name.
        name: String,
    },
    /// The file is not the one that its digest was taken of.
    #[error("{} is damaged or was changed: its SHA-256 is {found}, but {expected} was recorded", shown(path))]
    Digest {
        /// The file.
        path: PathBuf,
        /// The digest on record.
        expected: String,
        /// The digest of the file as it is.
        found: String,
    },
    /// A file that was recorded is not there any more.
    #[error("{} is missing, though it was recorded", shown(path))]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// Not an event log that this version reads.
    #[error("{} is not a readable event log: {what}", shown(path))]
    BadLog {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Not a table that this version reads.
    #[error("{} is not a readable table: {what}", shown(path))]
    BadTable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Not a provenance file that this version reads.
    #[error("{} is not a readable provenance file: {what}", shown(path))]
    BadProvenance {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

impl StoreError {
    /// For `map_err`: what was being done, and to what.
    fn disk(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_path_buf();
        move |source| StoreError::Disk { action, path, source }
    }

    /// For `map_err`: a file that could not be read, whose digest may be on record.
    fn unread(path: &Path, is_recorded: bool) -> impl FnOnce(Unread) -> StoreError {
        move |unread| match unread {
            Unread::Missing if is_recorded => StoreError::Gone { path: path.to_path_buf() },
            other => StoreError::disk("read", path)(other.into()),
        }
    }
}

/// Pretty JSON, with a line end.
fn json_of(value: &impl serde::Serialize) -> Result<Vec<u8>, serde_json::Error> {
    Ok((untagged(&serde_json::to_string_pretty(value)?) + "\n").into_bytes())
}

/// The same JSON without a tag in it: a program that takes the file for a page must find nothing to run.
pub fn untagged(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// The longest result that is read as a whole \[bytes\]: the rows of ten million runs.
const RESULT_BYTES: u64 = 16 << 30;

/// The system's own error where Parquet only passes it on: "No space left on device" is what a user can act upon.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// How long that file may be to be read as a whole \[bytes\]: nothing is known of it yet, so a large one may not take more memory than
/// there is.
fn longest_of(path: &Path) -> u64 {
    // What fits in any case is not worth asking the system for.
    let is_large = std::fs::metadata(path).is_ok_and(|there| there.len() > 64 << 20);
    if is_large { free_memory().map_or(RESULT_BYTES, |free| free.min(RESULT_BYTES)) } else { RESULT_BYTES }
}

/// The whole file, whose digest is checked before anything looks inside; what is parsed is what was digested.
fn read_checked(path: &Path, expected: Option<&str>) -> Result<Vec<u8>, StoreError> {
    let bytes = files::read(path, longest_of(path)).map_err(StoreError::unread(path, expected.is_some()))?;
    if let Some(expected) = expected {
        let found = atomic::sha256_hex(&bytes);
        if !found.eq_ignore_ascii_case(expected) {
            return Err(StoreError::Digest { path: path.to_path_buf(), expected: expected.to_owned(), found });
        }
    }
    Ok(bytes)
}

/// The whole file, unless it is longer than any honest one [bytes].
fn read_at_most(path: &Path, bytes_max: u64) -> Result<Vec<u8>, StoreError> {
    files::read(path, bytes_max).map_err(StoreError::unread(path, false))
}

/// A text whose digest is right.
///
/// # Errors
/// It cannot be read, was changed, or is not UTF-8.
pub fn read_text(path: &Path, expected: &str) -> Result<String, StoreError> {
    let bytes = read_checked(path, Some(expected))?;
    let not_text = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    String::from_utf8(bytes).map_err(|error| StoreError::disk("read", path)(not_text(error)))
}

/// Whether a file is the one that its digest was taken of.
///
/// # Errors
/// It cannot be read, or was changed.
pub fn check_digest(path: &Path, expected: &str) -> Result<(), StoreError> {
    let file = files::open(path, u64::MAX).map_err(StoreError::unread(path, true))?;
    check_digest_of(&file, path, expected)
}

/// The same of a file that is open; it is at its end afterwards.
fn check_digest_of(file: &std::fs::File, path: &Path, expected: &str) -> Result<(), StoreError> {
    let found = atomic::digest_of(file).map_err(StoreError::disk("read", path))?.sha256;
    match found.eq_ignore_ascii_case(expected) {
        true => Ok(()),
        false => Err(StoreError::Digest { path: path.to_path_buf(), expected: expected.to_owned(), found }),
    }
}

/// Runs a Parquet reader on bytes that nobody vouches for: the reader panics on some damage (parquet 60.1 does where a
/// page names a dictionary that is not there), and a damaged file must not end the program. The panic's message still
/// goes to stderr; who gives a digest never comes here with damaged bytes.
fn survive<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    // What the closure held is gone after a panic, so nothing half-changed is seen.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err("it is damaged: the Parquet reader gave up on it".to_owned()))
}
