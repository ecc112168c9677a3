//! The events of a run as Arrow batches: the columns of its log, in memory.

use super::write::{Gathered, Rows};
use super::{GROUP_ROWS, schema};
use crate::event::Event;
use crate::units::RunId;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use std::sync::Arc;

/// Some events of a run, the first of which is the `first`-th of it, from 0.
///
/// # Errors
/// Never, as far as is known: the columns are those of the schema.
#[doc(hidden)]
pub fn event_batches(run: RunId, first: u32, events: &[Event]) -> Result<(Arc<Schema>, Vec<RecordBatch>), ArrowError> {
    let schema = Arc::new(schema());
    let (mut rows, mut next) = (Rows::new(), first);
    let batch = |events: &[Event]| {
        events.iter().for_each(|event| rows.push(event));
        next += events.len() as u32;
        let columns = rows.take(run, next).into_iter().map(Gathered::into_array);
        RecordBatch::try_new(schema.clone(), columns.collect::<Result<_, ArrowError>>()?)
    };
    let batches = events.chunks(GROUP_ROWS).map(batch).collect::<Result<_, ArrowError>>()?;
    Ok((schema, batches))
}
