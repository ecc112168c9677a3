//! An event log that nobody vouches for: Parquet, read without a digest.
//!
//! The Parquet reader panics on some damage, and Tellwave survives that (`store::survive`): only a panic that gets out is a
//! finding.

use tellwave::store::read_event_log;

/// Reads a log: its events, or what is wrong with it.
pub fn read(bytes: &[u8]) {
    let path = super::file("events-run-000000.parquet", bytes);
    if let Err(error) = read_event_log(&path, None) {
        assert!(error.to_string().contains("events-run-000000.parquet"), "{error}");
    }
}
