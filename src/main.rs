//! The `tellwave` command.
fn main() {}
