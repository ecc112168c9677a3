//! `tellwave schema`: prints the JSON Schema of scenarios; docs/scenario.schema.json is this text.

use super::{Failure, say};
use crate::scenario::schema;

pub(super) fn run() -> Result<(), Failure> {
    say(&schema::json_schema());
    Ok(())
}
