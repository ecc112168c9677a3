//! The log of one run as a Parquet file: every event in order, readable by any data tool.
//!
//! One row an event: the run, the place in the log, when, who, what, why, and the typed columns of
//! [`crate::event::Columns`], empty where they do not apply. Reading gives back exactly the events that were written,
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
use crate::event::{Channel, Columns, Denial, Event, Fact, RewardKind, Sentiment, Side, Valence};
use crate::units::{Cents, EventId, PersonId, RunId, Seed, Tick};

/// The layout that this version writes and reads.
pub const SCHEMA: u32 = 1;

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
    Schema::new(vec![
        always("run", DataType::UInt32, "", "The run within its experiment, from 0."),
        always("sequence", DataType::UInt32, "", "The place of the event in the log of its run, from 0."),
        always("tick", DataType::UInt32, "minutes", "When it happened, since the start of the run."),
        always("day", DataType::Float64, "days", "When it happened: the tick divided by 1440."),
        always("person", DataType::UInt32, "", "To whom it happened."),
        always("fact", name(), "", "What happened."),
        maybe("cause", DataType::UInt32, "", "The sequence of the event that brought it about; empty at a root."),
        maybe("other_person", DataType::UInt32, "", "Who told."),
        maybe("valence", name(), "", "Whether the word was good or bad."),
        maybe("coded", DataType::Boolean, "", "Whether the word carried a referral code."),
        maybe("first", DataType::Boolean, "", "Whether it was the first word that the person heard."),
        maybe("sentiment", name(), "", "What the customer thinks of the product."),
        maybe("tells", DataType::UInt32, "people", "How many are to be told."),
        maybe("participates", DataType::Boolean, "", "Whether the words will carry a referral code."),
        maybe("generation", DataType::UInt32, "", "Tellings between the person and a first customer."),
        maybe("channel", name(), "", "What brought the customer."),
        maybe("side", name(), "", "Which side of the referral the person is on."),
        maybe("kind", name(), "", "The form of the reward."),
        maybe("amount_minor", DataType::Int64, "minor units", "Money: the price paid or the value of the reward."),
        maybe("reason", name(), "", "Why a reward was not granted."),
    ])
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
    person: Vec<u32>,
    fact: Vec<i8>,
    cause: Numbers,
    other: Numbers,
    valence: Names,
    coded: BooleanBuilder,
    first: BooleanBuilder,
    sentiment: Names,
    tells: Numbers,
    participates: BooleanBuilder,
    generation: Numbers,
    channel: Names,
    side: Names,
    kind: Names,
    amount: PrimitiveBuilder<Int64Type>,
    reason: Names,
}

impl Rows {
    fn new() -> Rows {
        let numbers = || Numbers::with_capacity(GROUP_ROWS);
        let names = || Names::with_capacity(GROUP_ROWS);
        let flags = || BooleanBuilder::with_capacity(GROUP_ROWS);
        Rows {
            sequence: Vec::with_capacity(GROUP_ROWS),
            tick: Vec::with_capacity(GROUP_ROWS),
            person: Vec::with_capacity(GROUP_ROWS),
            fact: Vec::with_capacity(GROUP_ROWS),
            cause: numbers(),
            other: numbers(),
            valence: names(),
            coded: flags(),
            first: flags(),
            sentiment: names(),
            tells: numbers(),
            participates: flags(),
            generation: numbers(),
            channel: names(),
            side: names(),
            kind: names(),
            amount: PrimitiveBuilder::with_capacity(GROUP_ROWS),
            reason: names(),
        }
    }

    fn push(&mut self, sequence: u32, cause: Option<u32>, event: &Event) {
        let row = event.what.columns();
        let name = event.what.name();
        self.sequence.push(sequence);
        self.tick.push(event.at.0);
        self.person.push(event.who.0);
        // Every name is on the list, and the list is short.
        self.fact.push(Fact::NAMES.iter().position(|known| *known == name).map_or(-1, |place| place as i8));
        self.cause.append_option(cause);
        self.other.append_option(row.other.map(|person| person.0));
        self.valence.append_option(row.valence.map(|value| value as i8));
        self.coded.append_option(row.coded);
        self.first.append_option(row.first);
        self.sentiment.append_option(row.sentiment.map(|value| value as i8));
        self.tells.append_option(row.tells);
        self.participates.append_option(row.participates);
        self.generation.append_option(row.generation);
        self.channel.append_option(row.channel.map(|value| value as i8));
        self.side.append_option(row.side.map(|value| value as i8));
        self.kind.append_option(row.kind.map(|value| value as i8));
        self.amount.append_option(row.amount.map(Cents::minor));
        self.reason.append_option(row.reason.map(|value| value as i8));
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
        Ok(vec![
            Arc::new(run),
            full::<UInt32Type>(&mut self.sequence),
            full::<UInt32Type>(&mut self.tick),
            Arc::new(day),
            full::<UInt32Type>(&mut self.person),
            spell(fact, Fact::NAMES.iter().copied())?,
            Arc::new(self.cause.finish()),
            Arc::new(self.other.finish()),
            spell(self.valence.finish(), Valence::ALL.iter().map(|value| value.name()))?,
            Arc::new(self.coded.finish()),
            Arc::new(self.first.finish()),
            spell(self.sentiment.finish(), Sentiment::ALL.iter().map(|value| value.name()))?,
            Arc::new(self.tells.finish()),
            Arc::new(self.participates.finish()),
            Arc::new(self.generation.finish()),
            spell(self.channel.finish(), Channel::ALL.iter().map(|value| value.name()))?,
            spell(self.side.finish(), Side::ALL.iter().map(|value| value.name()))?,
            spell(self.kind.finish(), RewardKind::ALL.iter().map(|value| value.name()))?,
            Arc::new(self.amount.finish()),
            spell(self.reason.finish(), Denial::ALL.iter().map(|value| value.name()))?,
        ])
    }
}

/// Places on a list of names as a column of names.
fn spell(
    places: PrimitiveArray<Int8Type>,
    names: impl Iterator<Item = &'static str>,
) -> Result<ArrayRef, arrow_schema::ArrowError> {
    let names = Arc::new(StringArray::from_iter_values(names));
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
struct Cells<'a, T: ArrowPrimitiveType>(&'a PrimitiveArray<T>);

impl<T: ArrowPrimitiveType> Cells<'_, T> {
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

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, String> {
    batch.column_by_name(name).ok_or_else(|| format!("it has no column {name:?}"))
}

fn cells<'a, T: ArrowPrimitiveType>(batch: &'a RecordBatch, name: &str) -> Result<Cells<'a, T>, String> {
    let array = column(batch, name)?.as_primitive_opt();
    array.map(Cells).ok_or_else(|| format!("column {name:?} is of another type"))
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
    let other = cells::<UInt32Type>(batch, "other_person")?;
    let valence = known(batch, "valence", Valence::from_name)?;
    let (coded, first) = (flags(batch, "coded")?, flags(batch, "first")?);
    let sentiment = known(batch, "sentiment", Sentiment::from_name)?;
    let tells = cells::<UInt32Type>(batch, "tells")?;
    let participates = flags(batch, "participates")?;
    let generation = cells::<UInt32Type>(batch, "generation")?;
    let channel = known(batch, "channel", Channel::from_name)?;
    let (side, kind) = (known(batch, "side", Side::from_name)?, known(batch, "kind", RewardKind::from_name)?);
    let amount = cells::<Int64Type>(batch, "amount_minor")?;
    let reason = known(batch, "reason", Denial::from_name)?;

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
        let columns = Columns {
            other: other.get(row).map(PersonId),
            valence: valence.get(row),
            coded: coded.get(row),
            first: first.get(row),
            sentiment: sentiment.get(row),
            tells: tells.get(row),
            participates: participates.get(row),
            generation: generation.get(row),
            channel: channel.get(row),
            side: side.get(row),
            kind: kind.get(row),
            amount: amount.get(row).map(Cents),
            reason: reason.get(row),
        };
        let name = fact.get(row).ok_or_else(|| wrong("the fact is missing"))?;
        let what = Fact::from_columns(name, &columns).filter(|fact| fact.columns() == columns);
        let what = what.ok_or_else(|| wrong(&format!("the columns are not those of {name}")))?;
        let who = person.get(row).map(PersonId).ok_or_else(|| wrong("the person is missing"))?;
        events.push(Event { at, who, cause, what });
    }
    Ok(())
}

#[cfg(test)]
#[path = "event_log_tests.rs"]
mod tests;
