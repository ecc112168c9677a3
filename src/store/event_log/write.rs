//! Writing a log, event by event: a row group is gathered column by column, then encoded.
//!
//! A fact fills few columns, so a column notes only which rows it is filled in; the empty ones are made up for when the
//! group is full.

use super::{GROUP_ROWS, LogMeta, schema};
use crate::event::{Column, Event, Fact, Kind};
use crate::store::io_error;
use crate::units::{EventId, PersonId, RunId, Tick};
use arrow_array::builder::BooleanBufferBuilder;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int8Type, Int64Type, UInt32Type};
use arrow_array::{ArrayRef, BooleanArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
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
        self.rows.push(event);
        self.written += 1;
        if self.rows.len() == GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file; returns how many events there are.
    pub fn finish(mut self) -> io::Result<u32> {
        self.flush()?;
        self.writer.close().map_err(io_error)?;
        Ok(self.written)
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
        // Lets a reader skip row groups of other days, facts and people, and columns that nothing fills.
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(meta.key_values()));
    for column in ["run", "sequence", "tick", "person", "cause", "other_person", "day"] {
        let path = ColumnPath::from(column);
        let encoding = if column == "day" { Encoding::PLAIN } else { Encoding::DELTA_BINARY_PACKED };
        properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, encoding);
    }
    properties.build()
}

/// The events of a row group, column by column.
pub(super) struct Rows {
    tick: Vec<u32>,
    person: Filling,
    fact: Vec<i8>,
    cause: Filling,
    cells: Vec<Filling>,
}

/// A column that is being filled: which of its rows, and with what. What is not filled stays empty.
#[derive(Default)]
struct Filling {
    rows: Vec<u32>,
    cells: Vec<i64>,
}

impl Filling {
    #[inline]
    fn push(&mut self, row: u32, cell: i64) {
        self.rows.push(row);
        self.cells.push(cell);
    }

    /// The column up to this many rows; empty afterwards.
    fn take(&mut self, kind: Kind, rows: usize) -> Result<ArrayRef, arrow_schema::ArrowError> {
        let mut filled = BooleanBufferBuilder::new(rows);
        filled.append_n(rows, false);
        self.rows.iter().for_each(|&row| filled.set_bit(row as usize, true));
        let filled = Some(filled.finish().into());
        let array: ArrayRef = match kind {
            Kind::Number => Arc::new(PrimitiveArray::<UInt32Type>::new(self.scatter(rows, |cell| cell as u32), filled)),
            Kind::Money => Arc::new(PrimitiveArray::<Int64Type>::new(self.scatter(rows, |cell| cell), filled)),
            Kind::Name(names) => {
                spell(PrimitiveArray::<Int8Type>::new(self.scatter(rows, |cell| cell as i8), filled), names)?
            }
            Kind::Flag => {
                let mut flags = BooleanBufferBuilder::new(rows);
                flags.append_n(rows, false);
                let pairs = self.rows.iter().zip(&self.cells);
                pairs.for_each(|(&row, &cell)| flags.set_bit(row as usize, cell != 0));
                Arc::new(BooleanArray::new(flags.finish(), filled))
            }
        };
        self.rows.clear();
        self.cells.clear();
        Ok(array)
    }

    /// The cells where they belong, among zeros.
    fn scatter<T: Copy + Default, B: From<Vec<T>>>(&self, rows: usize, value: impl Fn(i64) -> T) -> B {
        let mut values = vec![T::default(); rows];
        for (&row, &cell) in self.rows.iter().zip(&self.cells) {
            values[row as usize] = value(cell);
        }
        values.into()
    }
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows {
            tick: Vec::with_capacity(GROUP_ROWS),
            person: Filling::default(),
            fact: Vec::with_capacity(GROUP_ROWS),
            cause: Filling::default(),
            cells: Column::ALL.iter().map(|_| Filling::default()).collect(),
        }
    }

    fn len(&self) -> usize {
        self.tick.len()
    }

    pub(super) fn push(&mut self, event: &Event) {
        let row = self.tick.len() as u32;
        self.tick.push(event.at.0);
        self.fact.push(event.what.place() as i8);
        if event.who != PersonId::NOBODY {
            self.person.push(row, i64::from(event.who.0));
        }
        if let Some(cause) = event.cause.known() {
            self.cause.push(row, i64::from(cause));
        }
        event.what.each_cell(
            #[inline(always)]
            |column, cell| self.cells[column as usize].push(row, cell),
        );
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
            self.person.take(Kind::Number, rows)?,
            spell(fact, Fact::NAMES)?,
            self.cause.take(Kind::Number, rows)?,
        ];
        for (cells, column) in self.cells.iter_mut().zip(Column::ALL) {
            columns.push(cells.take(column.kind(), rows)?);
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
