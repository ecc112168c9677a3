//! Reading a log, batch by batch: memory holds a few pages of one row group, however long the log is.

use super::{LogMeta, meta_of, schema};
use crate::event::{Column, Event, Fact, Kind};
use crate::files;
use crate::store::{StoreError, check_digest_of, survive};
use crate::units::{EventId, PersonId, Tick};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int8Type, Int64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch};
use arrow_buffer::{ArrowNativeType, BooleanBuffer, NullBuffer};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::ColumnChunkMetaData;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows that are decoded together: few enough to stay in the cache.
const BATCH_ROWS: usize = 1 << 14;

/// A log that was opened to be read.
pub struct EventLogReader {
    path: PathBuf,
    file: File,
    stored: ArrowReaderMetadata,
    meta: LogMeta,
    /// The row group that is being read, and the next one.
    batches: Option<ParquetRecordBatchReader>,
    next_group: usize,
    /// How many events have been read.
    read: u32,
    /// Whether columns that follow from others are read too, and held against them.
    is_thorough: bool,
}

/// What follows from other columns, or is the same in all rows.
const IMPLIED: [&str; 3] = ["run", "sequence", "day"];

/// What an event may have or not, whatever its fact.
const MAYBE: [&str; 2] = ["person", "cause"];

impl EventLogReader {
    /// Opens a log. Its digest is checked first, where one is given; it vouches for what this version wrote there. Without,
    /// each row is held against itself, and some damage may not show at all.
    ///
    /// # Errors
    /// It cannot be read, was changed, or is no log that this version reads.
    pub fn open(path: &Path, expected: Option<&str>) -> Result<EventLogReader, StoreError> {
        let file = files::open(path, u64::MAX).map_err(StoreError::unread(path, expected.is_some()))?;
        if let Some(expected) = expected {
            check_digest_of(&file, path, expected)?;
        }
        let opened = survive(|| open(&file));
        let (meta, stored) = opened.map_err(|what| StoreError::BadLog { path: path.to_path_buf(), what })?;
        Ok(EventLogReader {
            path: path.to_path_buf(),
            file,
            stored,
            meta,
            batches: None,
            next_group: 0,
            read: 0,
            is_thorough: expected.is_none(),
        })
    }

    /// The same reader, which holds each row against itself although a digest vouches for the file.
    #[must_use]
    pub fn thorough(self) -> EventLogReader {
        EventLogReader { is_thorough: true, ..self }
    }

    /// What the log says of itself.
    pub fn meta(&self) -> &LogMeta {
        &self.meta
    }

    /// The next events of the log, in place of those in `events`; none at its end.
    ///
    /// # Errors
    /// The log is not what this version writes.
    pub fn read(&mut self, events: &mut Vec<Event>) -> Result<(), StoreError> {
        events.clear();
        survive(|| self.read_some(events)).map_err(|what| StoreError::BadLog { path: self.path.clone(), what })?;
        self.read += events.len() as u32;
        Ok(())
    }

    fn read_some(&mut self, events: &mut Vec<Event>) -> Result<(), String> {
        while events.is_empty() {
            if let Some(batch) = self.batches.as_mut().and_then(Iterator::next) {
                read_batch(&batch.map_err(|error| error.to_string())?, &self.meta, self.read, events)?;
            } else if self.next_group < self.stored.metadata().num_row_groups() {
                self.batches = Some(self.open_group(self.next_group)?);
                self.next_group += 1;
            } else {
                return Ok(());
            }
        }
        Ok(())
    }

    /// A row group, without the columns that nothing in it fills: most facts are rare.
    fn open_group(&self, group: usize) -> Result<ParquetRecordBatchReader, String> {
        let columns = self.stored.metadata().row_group(group).columns().iter();
        let is_empty = |chunk: &ColumnChunkMetaData| {
            let nulls = chunk.statistics().and_then(|statistics| statistics.null_count_opt());
            nulls == u64::try_from(chunk.num_values()).ok()
        };
        // What a fact has to have is missed if it is not read. Of these it is not: where nobody vouches for the file, they are
        // read whatever its statistics say.
        let is_asked_for = |chunk: &ColumnChunkMetaData| {
            let is =
                |names: &[&str]| chunk.column_path().parts().first().is_some_and(|it| names.contains(&it.as_str()));
            if is(&IMPLIED) { self.is_thorough } else { self.is_thorough && is(&MAYBE) || !is_empty(chunk) }
        };
        let filled = columns.enumerate().filter(|(_, chunk)| is_asked_for(chunk)).map(|(place, _)| place);
        let filled = ProjectionMask::leaves(self.stored.parquet_schema(), filled);
        let file = self.file.try_clone().map_err(|error| error.to_string())?;
        let group = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.stored.clone())
            .with_row_groups(vec![group])
            .with_projection(filled)
            .with_batch_size(BATCH_ROWS);
        group.build().map_err(|error| error.to_string())
    }
}

/// The log in a file: what it says of itself, and all its events in order.
///
/// # Errors
/// As [`EventLogReader::open`] and [`EventLogReader::read`].
pub fn read_event_log(path: &Path, expected: Option<&str>) -> Result<(LogMeta, Vec<Event>), StoreError> {
    let mut reader = EventLogReader::open(path, expected)?;
    let (mut all, mut some) = (vec![], vec![]);
    loop {
        reader.read(&mut some)?;
        if some.is_empty() {
            return Ok((reader.meta, all));
        }
        all.append(&mut some);
    }
}

/// Every message says what is wrong with the log.
fn open(log: &File) -> Result<(LogMeta, ArrowReaderMetadata), String> {
    let stored = ArrowReaderMetadata::load(log, ArrowReaderOptions::new()).map_err(|error| error.to_string())?;
    let meta = meta_of(&stored)?;
    let expected = schema();
    let found = stored.schema();
    for field in expected.fields() {
        match found.field_with_name(field.name()) {
            Err(_) => return Err(format!("it has no column {:?}", field.name())),
            Ok(there) if there.data_type() != field.data_type() => {
                return Err(format!(
                    "column {:?} holds {} instead of {}",
                    field.name(),
                    there.data_type(),
                    field.data_type()
                ));
            }
            Ok(_) => {}
        }
    }
    if found.fields().len() != expected.fields().len() {
        return Err(format!("it has {} columns instead of {}", found.fields().len(), expected.fields().len()));
    }
    Ok((meta, stored))
}

/// A column of numbers of a batch.
struct Values<'a, T> {
    values: &'a [T],
    nulls: Option<&'a NullBuffer>,
}

impl<'a, T: ArrowNativeType> Values<'a, T> {
    fn of<P: ArrowPrimitiveType<Native = T>>(array: &'a PrimitiveArray<P>) -> Values<'a, T> {
        Values { values: &array.values()[..], nulls: array.nulls() }
    }

    #[inline(always)]
    fn get(&self, row: usize) -> Option<T> {
        is_filled(self.nulls, row).then(|| self.values[row])
    }
}

/// A column of yes and no of a batch.
struct Flags<'a> {
    values: &'a BooleanBuffer,
    nulls: Option<&'a NullBuffer>,
}

impl Flags<'_> {
    #[inline(always)]
    fn get(&self, row: usize) -> Option<bool> {
        is_filled(self.nulls, row).then(|| self.values.value(row))
    }
}

/// A column of names of a batch, looked up once for the batch rather than once for each row.
struct Known<'a> {
    places: Values<'a, i8>,
    values: Vec<usize>,
}

impl Known<'_> {
    #[inline(always)]
    fn get(&self, row: usize) -> Option<usize> {
        self.values.get(usize::try_from(self.places.get(row)?).ok()?).copied()
    }
}

#[inline(always)]
fn is_filled(nulls: Option<&NullBuffer>, row: usize) -> bool {
    nulls.is_none_or(|nulls| nulls.is_valid(row))
}

/// A column of cells of a batch.
enum Read<'a> {
    /// Nothing in the row group fills it.
    Empty,
    Numbers(Values<'a, u32>),
    Flags(Flags<'a>),
    Names(Known<'a>),
    Money(Values<'a, i64>),
}

impl<'a> Read<'a> {
    fn of(batch: &'a RecordBatch, column: Column) -> Result<Read<'a>, String> {
        let name = column.name();
        if batch.column_by_name(name).is_none() {
            return Ok(Read::Empty);
        }
        Ok(match column.kind() {
            Kind::Number => Read::Numbers(cells::<UInt32Type>(batch, name)?),
            Kind::Flag => Read::Flags(flags(batch, name)?),
            Kind::Name(names) => Read::Names(known(batch, name, |text| names.iter().position(|known| *known == text))?),
            Kind::Money => Read::Money(cells::<Int64Type>(batch, name)?),
        })
    }

    /// In how many of these rows it is filled.
    fn filled(&self, rows: usize) -> usize {
        let nulls = match self {
            Read::Empty => return 0,
            Read::Numbers(column) => column.nulls,
            Read::Flags(column) => column.nulls,
            Read::Names(column) => column.places.nulls,
            Read::Money(column) => column.nulls,
        };
        rows - nulls.map_or(0, NullBuffer::null_count)
    }

    #[inline(always)]
    fn get(&self, row: usize) -> Option<i64> {
        match self {
            Read::Empty => None,
            Read::Numbers(column) => column.get(row).map(i64::from),
            Read::Flags(column) => column.get(row).map(i64::from),
            Read::Names(column) => column.get(row).map(|place| place as i64),
            Read::Money(column) => column.get(row),
        }
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, String> {
    batch.column_by_name(name).ok_or_else(|| format!("it has no column {name:?}"))
}

fn cells<'a, T: ArrowPrimitiveType>(batch: &'a RecordBatch, name: &str) -> Result<Values<'a, T::Native>, String> {
    let array = column(batch, name)?.as_primitive_opt::<T>();
    array.map(Values::of).ok_or_else(|| format!("column {name:?} is of another type"))
}

/// Numbers that a row group may not have.
fn maybe_numbers<'a>(batch: &'a RecordBatch, name: &str) -> Result<Option<Values<'a, u32>>, String> {
    batch.column_by_name(name).map(|_| cells::<UInt32Type>(batch, name)).transpose()
}

fn flags<'a>(batch: &'a RecordBatch, name: &str) -> Result<Flags<'a>, String> {
    let array = column(batch, name)?.as_boolean_opt();
    let array = array.ok_or_else(|| format!("column {name:?} is of another type"))?;
    Ok(Flags { values: array.values(), nulls: array.nulls() })
}

/// `place_of` says where a name stands on the list of this version.
fn known<'a>(
    batch: &'a RecordBatch,
    name: &str,
    place_of: impl Fn(&str) -> Option<usize>,
) -> Result<Known<'a>, String> {
    let wrong = || format!("column {name:?} is of another type");
    let array = column(batch, name)?.as_dictionary_opt::<Int8Type>().ok_or_else(wrong)?;
    let names = array.values().as_string_opt::<i32>().ok_or_else(wrong)?;
    // Where all cells are empty, the reader makes up a dictionary.
    let used = if array.null_count() == array.len() { 0 } else { names.len() };
    let values = names.iter().take(used).map(|text| {
        let text = text.ok_or_else(wrong)?;
        place_of(text).ok_or_else(|| format!("column {name:?} holds {text:?}, which this version does not know"))
    });
    Ok(Known { places: Values::of(array.keys()), values: values.collect::<Result<_, _>>()? })
}

/// Adds the events of a batch, the first of which is the `first` of its log.
fn read_batch(batch: &RecordBatch, meta: &LogMeta, first: u32, events: &mut Vec<Event>) -> Result<(), String> {
    let (run, sequence) = (maybe_numbers(batch, "run")?, maybe_numbers(batch, "sequence")?);
    let tick = cells::<UInt32Type>(batch, "tick")?;
    let day = batch.column_by_name("day").map(|_| cells::<Float64Type>(batch, "day")).transpose()?;
    let (person, cause) = (maybe_numbers(batch, "person")?, maybe_numbers(batch, "cause")?);
    let fact = known(batch, "fact", Fact::place_of)?;
    let columns: Vec<Read> = Column::ALL.iter().map(|&column| Read::of(batch, column)).collect::<Result<_, _>>()?;
    // Only the columns of its fact are looked at for a row: that no other is filled shows when all are counted.
    let mut filled = [0; Column::ALL.len()];

    for row in 0..batch.num_rows() {
        // More events than can be told apart are a gap too.
        let place = first.saturating_add(row as u32);
        let wrong = |what: &str| format!("row {place}: {what}");
        if sequence.as_ref().is_some_and(|it| it.get(row) != Some(place)) || place == EventId::ROOT.0 {
            return Err(wrong("the sequence has a gap"));
        }
        if run.as_ref().is_some_and(|it| it.get(row) != Some(meta.run.0)) {
            return Err(wrong("the run is another than the file's"));
        }
        let at = tick.get(row).map(Tick).ok_or_else(|| wrong("the tick is missing"))?;
        if day.as_ref().is_some_and(|it| it.get(row) != Some(at.days())) {
            return Err(wrong("the day is not that of the tick"));
        }
        let cause = match cause.as_ref().and_then(|cause| cause.get(row)) {
            None => EventId::ROOT,
            Some(cause) if cause < place => EventId(cause),
            Some(_) => return Err(wrong("the cause does not come before it")),
        };
        let fact = fact.get(row).ok_or_else(|| wrong("the fact is missing"))?;
        let what = Fact::read(
            fact,
            #[inline(always)]
            |column| {
                let cell = columns[column as usize].get(row);
                filled[column as usize] += usize::from(cell.is_some());
                cell
            },
        );
        let what = what.ok_or_else(|| wrong(&format!("the columns are not those of {}", Fact::NAMES[fact])))?;
        let who = person.as_ref().and_then(|person| person.get(row)).map_or(PersonId::NOBODY, PersonId);
        events.push(Event { at, who, cause, what });
    }
    match Column::ALL
        .iter()
        .find(|&&column| columns[column as usize].filled(batch.num_rows()) != filled[column as usize])
    {
        Some(column) => Err(format!("column {:?} is filled where the fact has no such column", column.name())),
        None => Ok(()),
    }
}
