//! The log of one run as a Parquet file: every event in order, readable by any data tool.
//!
//! One row an event: the run, the place in the log, when, who, what, why, and the typed columns of
//! [`crate::event::Column`], empty where they do not apply. Reading gives back exactly the events that were written,
//! or says what is wrong. Whoever has the digest of a log should give it: it is checked before Parquet looks inside.
//!
//! `day` is the tick again, for people who look with other tools. Rising and constant columns are stored as
//! differences, small numbers and names through dictionaries, which is what makes the writing fast.
//!
//! Deliberately absent: several runs in one file (one file each lets runs be written side by side), and the rebuilding
//! of anything from the events.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, PrimitiveBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int8Type, Int64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;

use super::tables::{described, key_values};
use super::{StoreError, io_error, read_checked, survive};
use crate::event::{Cells, Column, Event, Fact, Kind};
use crate::units::{EventId, PersonId, RunId, Seed, Tick};

/// The layout that this version writes and reads.
pub const SCHEMA: u32 = 3;

/// Rows of a row group: large enough to compress, small enough to hold in memory while it fills (20 MB).
const GROUP_ROWS: usize = 1 << 17;

const PREFIX: &str = "events-run-";
const SUFFIX: &str = ".parquet";

/// What a log says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMeta {
    /// Version of Tellwave that wrote it.
    pub tellwave: String,
    /// SHA-256 of the scenario.
    pub scenario_sha256: String,
    /// Currency code ("USD").
    pub currency: String,
    /// Decimal digits of the currency.
    pub digits: u8,
    /// Which run.
    pub run: RunId,
    /// The seed of the experiment.
    pub seed: Seed,
}

/// The name of the log of a run.
pub fn event_log_name(run: RunId) -> String {
    format!("{PREFIX}{:06}{SUFFIX}", run.0)
}

/// Whether a file of that name is the log of some run.
pub fn is_event_log_name(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).and_then(|n| n.parse().ok());
    number.is_some_and(|number| event_log_name(RunId(number)) == name)
}

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
        self.rows.push(self.written, cause, event);
        self.written += 1;
        if self.rows.sequence.len() == GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file; returns how many events there are.
    pub fn finish(mut self) -> io::Result<u32> {
        self.flush()?;
        self.writer.close().map_err(io_error)?;
        Ok(self.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.rows.sequence.is_empty() {
            return Ok(());
        }
        let columns = self.rows.take(self.run).map_err(io::Error::other)?;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(io_error)
    }
}

/// The log in a file: what it says of itself, and its events in order. The digest is checked first, where one is given.
pub fn read_event_log(path: &Path, expected: Option<&str>) -> Result<(LogMeta, Vec<Event>), StoreError> {
    let bytes = read_checked(path, expected)?;
    survive(|| parse(bytes::Bytes::from(bytes))).map_err(|what| StoreError::BadLog { path: path.to_path_buf(), what })
}

/// The columns in the order of the file. One place says their names, types, units and meanings.
fn schema() -> Schema {
    let name = || DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
    let always = |column, data_type, unit, meaning| described(column, data_type, false, unit, meaning);
    let maybe = |column, data_type, unit, meaning| described(column, data_type, true, unit, meaning);
    let mut fields = vec![
        always("run", DataType::UInt32, "", "The run within its experiment, from 0."),
        always("sequence", DataType::UInt32, "", "The place of the event in the log of its run, from 0."),
        always("tick", DataType::UInt32, "minutes", "When it happened, since the start of the run."),
        always("day", DataType::Float64, "days", "When it happened: the tick divided by 1440."),
        maybe("person", DataType::UInt32, "", "To whom it happened; empty where it happened to nobody."),
        always("fact", name(), "", "What happened."),
        maybe("cause", DataType::UInt32, "", "The sequence of the event that brought it about; empty at a root."),
    ];
    fields.extend(Column::ALL.iter().map(|column| {
        let data_type = match column.kind() {
            Kind::Number => DataType::UInt32,
            Kind::Flag => DataType::Boolean,
            Kind::Name(_) => name(),
            Kind::Money => DataType::Int64,
        };
        maybe(column.name(), data_type, column.unit(), column.meaning())
    }));
    Schema::new(fields)
}

fn properties(meta: &LogMeta) -> WriterProperties {
    let [schema, digits, run] = [SCHEMA, u32::from(meta.digits), meta.run.0].map(|number| number.to_string());
    let (seed, ticks) = (meta.seed.0.to_string(), Tick::PER_DAY.to_string());
    let notes = key_values([
        ("schema", schema.as_str()),
        ("tellwave", &meta.tellwave),
        ("scenario_sha256", &meta.scenario_sha256),
        ("currency", &meta.currency),
        ("currency_digits", &digits),
        ("run", &run),
        ("seed", &seed),
        ("ticks_per_day", &ticks),
    ]);
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(notes));
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
struct Rows {
    sequence: Vec<u32>,
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
            Kind::Number => Filling::Numbers(Numbers::with_capacity(GROUP_ROWS)),
            Kind::Flag => Filling::Flags(BooleanBuilder::with_capacity(GROUP_ROWS)),
            Kind::Name(names) => Filling::Names(Names::with_capacity(GROUP_ROWS), names),
            Kind::Money => Filling::Money(PrimitiveBuilder::with_capacity(GROUP_ROWS)),
        }
    }

    /// Adds a cell, which holds what its kind can hold.
    fn push(&mut self, cell: Option<i64>) {
        match self {
            Filling::Numbers(column) => column.append_option(cell.map(|number| number as u32)),
            Filling::Flags(column) => column.append_option(cell.map(|flag| flag != 0)),
            Filling::Names(column, _) => column.append_option(cell.map(|place| place as i8)),
            Filling::Money(column) => column.append_option(cell),
        }
    }

    fn take(&mut self) -> Result<ArrayRef, arrow_schema::ArrowError> {
        Ok(match self {
            Filling::Numbers(column) => Arc::new(column.finish()),
            Filling::Flags(column) => Arc::new(column.finish()),
            Filling::Names(column, names) => spell(column.finish(), names)?,
            Filling::Money(column) => Arc::new(column.finish()),
        })
    }
}

impl Rows {
    fn new() -> Rows {
        let numbers = || Numbers::with_capacity(GROUP_ROWS);
        Rows {
            sequence: Vec::with_capacity(GROUP_ROWS),
            tick: Vec::with_capacity(GROUP_ROWS),
            person: numbers(),
            fact: Vec::with_capacity(GROUP_ROWS),
            cause: numbers(),
            cells: Column::ALL.iter().map(|column| Filling::new(column.kind())).collect(),
        }
    }

    fn push(&mut self, sequence: u32, cause: Option<u32>, event: &Event) {
        self.sequence.push(sequence);
        self.tick.push(event.at.0);
        self.person.append_option((event.who != PersonId::NOBODY).then_some(event.who.0));
        self.fact.push(event.what.place() as i8);
        self.cause.append_option(cause);
        let cells = event.what.cells();
        self.cells.iter_mut().zip(Column::ALL).for_each(|(column, &name)| column.push(cells.get(name)));
    }

    /// The columns in the order of [`schema`]; empty afterwards.
    fn take(&mut self, run: RunId) -> Result<Vec<ArrayRef>, arrow_schema::ArrowError> {
        let day = self.tick.iter().map(|&tick| Tick(tick).days());
        let day = PrimitiveArray::<Float64Type>::from_iter_values(day);
        let run = PrimitiveArray::<UInt32Type>::from_iter_values(std::iter::repeat_n(run.0, self.sequence.len()));
        fn full<T: ArrowPrimitiveType>(values: &mut Vec<T::Native>) -> ArrayRef {
            let array = PrimitiveArray::<T>::from_iter_values(values.iter().copied());
            values.clear();
            Arc::new(array)
        }
        let fact = PrimitiveArray::<Int8Type>::from_iter_values(self.fact.drain(..));
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(run),
            full::<UInt32Type>(&mut self.sequence),
            full::<UInt32Type>(&mut self.tick),
            Arc::new(day),
            Arc::new(self.person.finish()),
            spell(fact, Fact::NAMES)?,
            Arc::new(self.cause.finish()),
        ];
        for column in &mut self.cells {
            columns.push(column.take()?);
        }
        Ok(columns)
    }
}

/// Places on a list of names as a column of names.
fn spell(places: PrimitiveArray<Int8Type>, names: &[&'static str]) -> Result<ArrayRef, arrow_schema::ArrowError> {
    let names = Arc::new(StringArray::from_iter_values(names.iter().copied()));
    Ok(Arc::new(DictionaryArray::try_new(places, names)?))
}

/// Every message says what is wrong with the log.
fn parse(bytes: bytes::Bytes) -> Result<(LogMeta, Vec<Event>), String> {
    let stored = ArrowReaderMetadata::load(&bytes, ArrowReaderOptions::new()).map_err(|error| error.to_string())?;
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
    let rows = ParquetRecordBatchReaderBuilder::new_with_metadata(bytes.clone(), stored)
        .with_batch_size(1 << 14)
        .build()
        .map_err(|error| error.to_string())?;
    // Grown as rows arrive: what the header promises is not believed.
    let mut events = Vec::new();
    for batch in rows {
        let batch = batch.map_err(|error| error.to_string())?;
        read_batch(&batch, &meta, &mut events)?;
    }
    Ok((meta, events))
}

fn meta_of(stored: &ArrowReaderMetadata) -> Result<LogMeta, String> {
    let file = stored.metadata().file_metadata();
    let text = |key: &str| {
        let pairs = file.key_value_metadata().into_iter().flatten();
        let value = pairs.filter(|pair| pair.key == key).find_map(|pair| pair.value.clone());
        value.ok_or_else(|| format!("it does not say its {key}"))
    };
    fn number<T: std::str::FromStr>(key: &str, text: String) -> Result<T, String> {
        text.parse().map_err(|_| format!("its {key} is {text:?}, which is not a number of that kind"))
    }
    let schema: u32 = number("schema", text("schema")?)?;
    if schema != SCHEMA {
        return Err(format!("its schema is {schema}, and this version reads {SCHEMA}"));
    }
    let ticks: u32 = number("ticks_per_day", text("ticks_per_day")?)?;
    if ticks != Tick::PER_DAY {
        return Err(format!("its day has {ticks} ticks, and this version's has {}", Tick::PER_DAY));
    }
    Ok(LogMeta {
        tellwave: text("tellwave")?,
        scenario_sha256: text("scenario_sha256")?,
        currency: text("currency")?,
        digits: number("currency_digits", text("currency_digits")?)?,
        run: RunId(number("run", text("run")?)?),
        seed: Seed(number("seed", text("seed")?)?),
    })
}

/// A column of numbers of a batch.
struct Values<'a, T: ArrowPrimitiveType>(&'a PrimitiveArray<T>);

impl<T: ArrowPrimitiveType> Values<'_, T> {
    fn get(&self, row: usize) -> Option<T::Native> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

/// A column of yes and no of a batch.
struct Flags<'a>(&'a BooleanArray);

impl Flags<'_> {
    fn get(&self, row: usize) -> Option<bool> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

/// A column of names of a batch, looked up once for the batch rather than once for each row.
struct Known<'a, V> {
    places: &'a PrimitiveArray<Int8Type>,
    values: Vec<V>,
}

impl<V: Copy> Known<'_, V> {
    fn get(&self, row: usize) -> Option<V> {
        let place = usize::try_from(self.places.value(row)).ok()?;
        if self.places.is_valid(row) { self.values.get(place).copied() } else { None }
    }
}

/// A column of cells of a batch.
enum Read<'a> {
    Numbers(Values<'a, UInt32Type>),
    Flags(Flags<'a>),
    Names(Known<'a, i64>),
    Money(Values<'a, Int64Type>),
}

impl<'a> Read<'a> {
    fn of(batch: &'a RecordBatch, column: Column) -> Result<Read<'a>, String> {
        let name = column.name();
        Ok(match column.kind() {
            Kind::Number => Read::Numbers(cells(batch, name)?),
            Kind::Flag => Read::Flags(flags(batch, name)?),
            Kind::Name(names) => Read::Names(known(batch, name, |text| {
                names.iter().position(|known| *known == text).map(|place| place as i64)
            })?),
            Kind::Money => Read::Money(cells(batch, name)?),
        })
    }

    fn get(&self, row: usize) -> Option<i64> {
        match self {
            Read::Numbers(column) => column.get(row).map(i64::from),
            Read::Flags(column) => column.get(row).map(i64::from),
            Read::Names(column) => column.get(row),
            Read::Money(column) => column.get(row),
        }
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, String> {
    batch.column_by_name(name).ok_or_else(|| format!("it has no column {name:?}"))
}

fn cells<'a, T: ArrowPrimitiveType>(batch: &'a RecordBatch, name: &str) -> Result<Values<'a, T>, String> {
    let array = column(batch, name)?.as_primitive_opt();
    array.map(Values).ok_or_else(|| format!("column {name:?} is of another type"))
}

fn flags<'a>(batch: &'a RecordBatch, name: &str) -> Result<Flags<'a>, String> {
    let array = column(batch, name)?.as_boolean_opt();
    array.map(Flags).ok_or_else(|| format!("column {name:?} is of another type"))
}

fn known<'a, V>(batch: &'a RecordBatch, name: &str, from: impl Fn(&str) -> Option<V>) -> Result<Known<'a, V>, String> {
    let wrong = || format!("column {name:?} is of another type");
    let array = column(batch, name)?.as_dictionary_opt::<Int8Type>().ok_or_else(wrong)?;
    let names = array.values().as_string_opt::<i32>().ok_or_else(wrong)?;
    // Where all cells are empty, the reader makes up a dictionary.
    let used = if array.null_count() == array.len() { 0 } else { names.len() };
    let values = names.iter().take(used).map(|text| {
        let text = text.ok_or_else(wrong)?;
        from(text).ok_or_else(|| format!("column {name:?} holds {text:?}, which this version does not know"))
    });
    Ok(Known { places: array.keys(), values: values.collect::<Result<_, _>>()? })
}

fn read_batch(batch: &RecordBatch, meta: &LogMeta, events: &mut Vec<Event>) -> Result<(), String> {
    let (run, sequence) = (cells::<UInt32Type>(batch, "run")?, cells::<UInt32Type>(batch, "sequence")?);
    let (tick, day) = (cells::<UInt32Type>(batch, "tick")?, cells::<Float64Type>(batch, "day")?);
    let (person, cause) = (cells::<UInt32Type>(batch, "person")?, cells::<UInt32Type>(batch, "cause")?);
    let fact = known(batch, "fact", |text| Fact::NAMES.iter().copied().find(|name| *name == text))?;
    let read = Column::ALL.iter().map(|&column| Ok((column, Read::of(batch, column)?)));
    let columns: Vec<(Column, Read)> = read.collect::<Result<_, String>>()?;

    for row in 0..batch.num_rows() {
        let place = events.len();
        let wrong = |what: &str| format!("row {place}: {what}");
        if sequence.get(row).map(|sequence| sequence as usize) != Some(place) || place >= EventId::ROOT.0 as usize {
            return Err(wrong("the sequence has a gap"));
        }
        if run.get(row) != Some(meta.run.0) {
            return Err(wrong("the run is another than the file's"));
        }
        let at = tick.get(row).map(Tick).ok_or_else(|| wrong("the tick is missing"))?;
        if day.get(row) != Some(at.days()) {
            return Err(wrong("the day is not that of the tick"));
        }
        let cause = match cause.get(row) {
            None => EventId::ROOT,
            Some(cause) if (cause as usize) < place => EventId(cause),
            Some(_) => return Err(wrong("the cause does not come before it")),
        };
        let mut cells = Cells::default();
        columns.iter().for_each(|(column, read)| cells.set(*column, read.get(row)));
        let name = fact.get(row).ok_or_else(|| wrong("the fact is missing"))?;
        let what = Fact::from_cells(name, &cells).filter(|fact| fact.cells() == cells);
        let what = what.ok_or_else(|| wrong(&format!("the columns are not those of {name}")))?;
        let who = person.get(row).map_or(PersonId::NOBODY, PersonId);
        events.push(Event { at, who, cause, what });
    }
    Ok(())
}

#[cfg(test)]
#[path = "event_log_tests.rs"]
mod tests;
