//! Writing a log, event by event: a row group is gathered column by column, then encoded.
//!
//! A fact fills few columns. A column is touched only when it is filled; the rows that it was left empty in are made up for
//! when it is filled next, or when the group is full.

use super::{GROUP_ROWS, LogMeta, schema};
use crate::event::{Column, Event, Fact, Kind};
use crate::store::io_error;
use crate::units::{EventId, PersonId, RunId, Tick};
use arrow_array::builder::{ArrayBuilder, BooleanBuilder, PrimitiveBuilder};
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int8Type, Int64Type, UInt32Type};
use arrow_array::{ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes a log event by event; memory holds one row group.
pub struct EventLogWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    run: RunId,
    written: u32,
    rows: Rows,
}

impl<W: Write + Send> EventLogWriter<W> {
    /// A log without events yet.
    pub fn new(out: W, meta: &LogMeta) -> io::Result<EventLogWriter<W>> {
        let schema = Arc::new(schema());
        let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties(meta))).map_err(io_error)?;
        Ok(EventLogWriter { writer, schema, run: meta.run, written: 0, rows: Rows::new() })
    }

    /// Adds the next event; its cause must be an earlier one.
    pub fn push(&mut self, event: &Event) -> io::Result<()> {
        let cause = event.cause.known();
        if cause.is_some_and(|cause| cause >= self.written) || self.written == EventId::ROOT.0 {
            let why = format!("event {} of the run cannot be logged: its cause does not come before it", self.written);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        self.rows.push(cause, event);
        self.written += 1;
        if self.rows.len() == GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file; returns how many events there are.
    pub fn finish(self) -> io::Result<u32> {
        self.into_inner().map(|(written, _)| written)
    }

    /// The same, and gives back what was written to.
    pub fn into_inner(mut self) -> io::Result<(u32, W)> {
        self.flush()?;
        Ok((self.written, self.writer.into_inner().map_err(io_error)?))
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.rows.len() == 0 {
            return Ok(());
        }
        let columns = self.rows.take(self.run, self.written).map_err(io::Error::other)?;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(io_error)
    }
}

pub(super) fn properties(meta: &LogMeta) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(meta.key_values()));
    for column in ["run", "sequence", "tick", "person", "cause", "other_person", "day"] {
        let path = ColumnPath::from(column);
        let encoding = if column == "day" { Encoding::PLAIN } else { Encoding::DELTA_BINARY_PACKED };
        properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, encoding);
    }
    // Lets a reader skip the row groups of other days.
    properties = properties.set_column_statistics_enabled(ColumnPath::from("tick"), EnabledStatistics::Chunk);
    properties.build()
}

type Numbers = PrimitiveBuilder<UInt32Type>;
type Names = PrimitiveBuilder<Int8Type>;

/// The events of a row group, column by column.
pub(super) struct Rows {
    tick: Vec<u32>,
    person: Numbers,
    fact: Vec<i8>,
    cause: Numbers,
    cells: Vec<Filling>,
}

/// A column of cells that is being filled.
enum Filling {
    Numbers(Numbers),
    Flags(BooleanBuilder),
    Names(Names, &'static [&'static str]),
    Money(PrimitiveBuilder<Int64Type>),
}

impl Filling {
    fn new(kind: Kind) -> Filling {
        match kind {
            Kind::Number => Filling::Numbers(Numbers::new()),
            Kind::Flag => Filling::Flags(BooleanBuilder::new()),
            Kind::Name(names) => Filling::Names(Names::new(), names),
            Kind::Money => Filling::Money(PrimitiveBuilder::new()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Filling::Numbers(column) => column.len(),
            Filling::Flags(column) => column.len(),
            Filling::Names(column, _) => column.len(),
            Filling::Money(column) => column.len(),
        }
    }

    /// Leaves the rows empty that come before this one.
    fn pad(&mut self, row: usize) {
        let empty = row - self.len();
        if empty > 0 {
            match self {
                Filling::Numbers(column) => column.append_nulls(empty),
                Filling::Flags(column) => column.append_nulls(empty),
                Filling::Names(column, _) => column.append_nulls(empty),
                Filling::Money(column) => column.append_nulls(empty),
            }
        }
    }

    /// Fills the cell of a row, which holds what its kind can hold.
    #[inline]
    fn push(&mut self, row: usize, cell: i64) {
        self.pad(row);
        match self {
            Filling::Numbers(column) => column.append_value(cell as u32),
            Filling::Flags(column) => column.append_value(cell != 0),
            Filling::Names(column, _) => column.append_value(cell as i8),
            Filling::Money(column) => column.append_value(cell),
        }
    }

    /// The column up to this many rows.
    fn take(&mut self, rows: usize) -> Result<ArrayRef, arrow_schema::ArrowError> {
        self.pad(rows);
        Ok(match self {
            Filling::Numbers(column) => Arc::new(column.finish()),
            Filling::Flags(column) => Arc::new(column.finish()),
            Filling::Names(column, names) => spell(column.finish(), names)?,
            Filling::Money(column) => Arc::new(column.finish()),
        })
    }
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows {
            tick: Vec::with_capacity(GROUP_ROWS),
            person: Numbers::with_capacity(GROUP_ROWS),
            fact: Vec::with_capacity(GROUP_ROWS),
            cause: Numbers::with_capacity(GROUP_ROWS),
            cells: Column::ALL.iter().map(|column| Filling::new(column.kind())).collect(),
        }
    }

    fn len(&self) -> usize {
        self.tick.len()
    }

    pub(super) fn push(&mut self, cause: Option<u32>, event: &Event) {
        let row = self.len();
        self.tick.push(event.at.0);
        self.person.append_option((event.who != PersonId::NOBODY).then_some(event.who.0));
        self.fact.push(event.what.place() as i8);
        self.cause.append_option(cause);
        event.what.each_cell(|column, cell| self.cells[column as usize].push(row, cell));
    }

    /// The columns in the order of [`schema`], of rows whose last one is followed by event `next`; empty afterwards.
    pub(super) fn take(&mut self, run: RunId, next: u32) -> Result<Vec<ArrayRef>, arrow_schema::ArrowError> {
        fn full<T: ArrowPrimitiveType>(values: impl IntoIterator<Item = T::Native>) -> ArrayRef {
            Arc::new(PrimitiveArray::<T>::from_iter_values(values))
        }
        let rows = self.len();
        let day = full::<Float64Type>(self.tick.iter().map(|&tick| Tick(tick).days()));
        let fact = PrimitiveArray::<Int8Type>::from_iter_values(self.fact.drain(..));
        let mut columns: Vec<ArrayRef> = vec![
            full::<UInt32Type>(std::iter::repeat_n(run.0, rows)),
            full::<UInt32Type>(next - rows as u32..next),
            full::<UInt32Type>(self.tick.drain(..)),
            day,
            Arc::new(self.person.finish()),
            spell(fact, Fact::NAMES)?,
            Arc::new(self.cause.finish()),
        ];
        for column in &mut self.cells {
            columns.push(column.take(rows)?);
        }
        Ok(columns)
    }
}

/// Places on a list of names as a column of names.
pub(super) fn spell(
    places: PrimitiveArray<Int8Type>,
    names: &[&'static str],
) -> Result<ArrayRef, arrow_schema::ArrowError> {
    let names = Arc::new(StringArray::from_iter_values(names.iter().copied()));
    Ok(Arc::new(DictionaryArray::try_new(places, names)?))
}
