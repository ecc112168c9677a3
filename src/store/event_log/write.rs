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
use arrow_array::{ArrayRef, BooleanArray, DictionaryArray, PrimitiveArray, StringArray};
use arrow_schema::{ArrowError, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, Encoding};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Writes a log event by event; memory holds one row group.
pub struct EventLogWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: ArrowRowGroupWriterFactory,
    groups: usize,
    schema: Arc<Schema>,
    run: RunId,
    written: u32,
    rows: Rows,
    side_by_side: bool,
}

impl<W: Write + Send> EventLogWriter<W> {
    /// A log without events yet.
    pub fn new(out: W, meta: &LogMeta) -> io::Result<EventLogWriter<W>> {
        let schema = Arc::new(schema());
        let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties(meta))).map_err(io_error)?;
        let (file, columns) = writer.into_serialized_writer().map_err(io_error)?;
        let rows = Rows::new();
        Ok(EventLogWriter { file, columns, groups: 0, schema, run: meta.run, written: 0, rows, side_by_side: false })
    }

    /// Whether columns are encoded side by side, on the threads of rayon's global pool. The bytes are the same.
    #[must_use]
    pub fn side_by_side(self, side_by_side: bool) -> EventLogWriter<W> {
        EventLogWriter { side_by_side, ..self }
    }

    /// Adds the next event; its cause must be an earlier one.
    #[inline]
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
        self.file.close().map_err(io_error)?;
        Ok(self.written)
    }

    /// Writes a row group. Each column is encoded by itself, so the bytes do not depend on the threads.
    fn flush(&mut self) -> io::Result<()> {
        if self.rows.len() == 0 {
            return Ok(());
        }
        let columns = self.rows.take(self.run, self.written);
        let writers = self.columns.create_column_writers(self.groups).map_err(io_error)?;
        let fields: Vec<&Field> = self.schema.fields().iter().map(|field| field.as_ref()).collect();
        let encode = |((column, mut writer), field): ((Gathered, ArrowColumnWriter), &Field)| {
            for leaf in compute_leaves(field, &column.into_array()?)? {
                writer.write(&leaf)?;
            }
            writer.close()
        };
        let encoded: Result<Vec<ArrowColumnChunk>, ParquetError> = match self.side_by_side {
            true => columns.into_par_iter().zip(writers).zip(fields).map(encode).collect(),
            false => columns.into_iter().zip(writers).zip(fields).map(encode).collect(),
        };
        let encoded = encoded.map_err(io_error)?;
        let mut group = self.file.next_row_group().map_err(io_error)?;
        encoded.into_iter().try_for_each(|chunk| chunk.append_to_row_group(&mut group)).map_err(io_error)?;
        group.close().map_err(io_error)?;
        self.groups += 1;
        Ok(())
    }
}

pub(super) fn properties(meta: &LogMeta) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_data_page_row_count_limit(GROUP_ROWS)
        // Lets a reader skip row groups of other days and people, and columns that nothing fills.
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(meta.key_values()));
    for column in ["run", "sequence", "tick", "person", "cause", "other_person", "day"] {
        let path = ColumnPath::from(column);
        let encoding = if column == "day" { Encoding::PLAIN } else { Encoding::DELTA_BINARY_PACKED };
        properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, encoding);
    }
    // What nearly every row fills is hardly worth it: names are compared one by one for their least and greatest.
    for column in ["fact", "valence", "channel"] {
        properties = properties.set_column_statistics_enabled(ColumnPath::from(column), EnabledStatistics::None);
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
pub(super) struct Filling {
    rows: Vec<u32>,
    cells: Vec<i64>,
}

impl Filling {
    #[inline]
    fn push(&mut self, row: u32, cell: i64) {
        self.rows.push(row);
        self.cells.push(cell);
    }

    /// The column up to this many rows.
    fn into_array(self, kind: Kind, rows: usize) -> Result<ArrayRef, ArrowError> {
        // A column that is filled in every row is encoded without asking where.
        let filled = (self.rows.len() < rows).then(|| {
            let mut filled = BooleanBufferBuilder::new(rows);
            filled.append_n(rows, false);
            self.rows.iter().for_each(|&row| filled.set_bit(row as usize, true));
            filled.finish().into()
        });
        Ok(match kind {
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
        })
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

/// A column of a row group, as it was gathered.
pub(super) enum Gathered {
    Run { run: u32, rows: usize },
    Sequence(Range<u32>),
    Ticks(Vec<u32>),
    Days(Vec<u32>),
    Facts(Vec<i8>),
    Cells { filling: Filling, kind: Kind, rows: usize },
}

impl Gathered {
    pub(super) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        fn full<T: ArrowPrimitiveType>(values: impl IntoIterator<Item = T::Native>) -> ArrayRef {
            Arc::new(PrimitiveArray::<T>::from_iter_values(values))
        }
        Ok(match self {
            Gathered::Run { run, rows } => full::<UInt32Type>(std::iter::repeat_n(run, rows)),
            Gathered::Sequence(places) => full::<UInt32Type>(places),
            Gathered::Ticks(ticks) => full::<UInt32Type>(ticks),
            Gathered::Days(ticks) => full::<Float64Type>(ticks.into_iter().map(|tick| Tick(tick).days())),
            Gathered::Facts(facts) => spell(PrimitiveArray::<Int8Type>::from_iter_values(facts), Fact::NAMES)?,
            Gathered::Cells { filling, kind, rows } => filling.into_array(kind, rows)?,
        })
    }
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows {
            tick: vec![],
            person: Filling::default(),
            fact: vec![],
            cause: Filling::default(),
            cells: Column::ALL.iter().map(|_| Filling::default()).collect(),
        }
    }

    fn len(&self) -> usize {
        self.tick.len()
    }

    #[inline]
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
    pub(super) fn take(&mut self, run: RunId, next: u32) -> Vec<Gathered> {
        let Rows { tick, person, fact, cause, cells } = std::mem::replace(self, Rows::new());
        let rows = tick.len();
        let numbers = |filling| Gathered::Cells { filling, kind: Kind::Number, rows };
        let fixed = [
            Gathered::Run { run: run.0, rows },
            Gathered::Sequence(next - rows as u32..next),
            Gathered::Ticks(tick.clone()),
            Gathered::Days(tick),
            numbers(person),
            Gathered::Facts(fact),
            numbers(cause),
        ];
        let cells = cells.into_iter().zip(Column::ALL);
        let cells = cells.map(|(filling, column)| Gathered::Cells { filling, kind: column.kind(), rows });
        fixed.into_iter().chain(cells).collect()
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
