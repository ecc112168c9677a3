//! What each fuzz target does with bytes that come from a stranger: it reads them as Tellwave would, and holds what was read
//! against what must be true of it. A panic is a finding, and so is what takes long or much memory.
//!
//! They are plain functions, so that a test can read the seeds without a fuzzer.

pub mod edge_list;
pub mod event_log;
pub mod laws;
pub mod plan;
pub mod scenario;
pub mod store;

use std::path::PathBuf;
use tempfile::TempDir;

/// The folder of this thread, in which the bytes become files. Where it is in memory (`TMPDIR=/dev/shm`), all goes faster.
fn folder() -> PathBuf {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a folder for temporary files");
    }
    FOLDER.with(|folder| folder.path().to_path_buf())
}

/// The bytes as a file of that name.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("a folder that can be written to");
    path
}
