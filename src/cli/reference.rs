//! `tellwave reference`: prints the reference of a scenario's keys; docs/scenario-reference.md is this text.

use super::{Failure, say};
use crate::scenario::reference;

pub(super) fn run() -> Result<(), Failure> {
    say(reference::markdown().trim_end());
    Ok(())
}
