//! Claims about event logs; in a file of their own to keep the log's file short.

use super::write::{Rows, properties, spell};
use super::*;
use crate::dice::{Dice, Purpose};
use crate::event::{Cells, Event, Fact};
use crate::store::{StoreError, atomic};
use crate::units::{EventId, PersonId};
use arrow_array::types::{Int8Type, UInt32Type};
use arrow_array::{ArrayRef, PrimitiveArray, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use std::path::PathBuf;
use std::sync::Arc;

fn meta() -> LogMeta {
    LogMeta {
        tellwave: "0.1.0".to_owned(),
        scenario_sha256: "ab".repeat(32),
        currency: "USD".to_owned(),
        digits: 2,
        run: RunId(7),
        seed: Seed(u64::MAX),
        fork: None,
    }
}

/// A log in memory, read.
fn parse(bytes: bytes::Bytes) -> Result<(LogMeta, Vec<Event>), String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &bytes).expect("written");
    read_event_log(file.path(), None).map_err(|error| match error {
        StoreError::BadLog { what, .. } => what,
        other => panic!("{other}"),
    })
}

/// Events of every kind, mostly words, in order of time.
fn events(count: u32) -> Vec<Event> {
    let luck = Dice::new(Seed(5)).of_run(RunId(0)).of(Purpose::Audience);
    (0..count)
        .map(|place| {
            let mut draws = luck.stream(u64::from(place));
            let mut below = |limit: u64| draws.draw() % limit;
            let word = Fact::place_of("WordHeard").expect("a fact");
            let fact = if below(2) == 0 { word } else { below(Fact::NAMES.len() as u64) as usize };
            let name = Fact::NAMES[fact];
            let mut cells = Cells::default();
            for &column in Column::ALL {
                let cell = match column.kind() {
                    Kind::Number => below(100) as i64,
                    Kind::Flag => below(2) as i64,
                    Kind::Name(names) => below(names.len() as u64) as i64,
                    // A reward's worth and cost are payments, and so is a refund.
                    Kind::Money if name.starts_with("Reward") || name == "PurchaseRefunded" => below(1 << 32) as i64,
                    Kind::Money => below(1 << 40) as i64 - (1 << 39),
                };
                cells.set(column, (column != Column::Other || below(3) > 0).then_some(cell));
            }
            let what = Fact::from_cells(fact, &cells).expect("every cell fits");
            let cause = if place == 0 || below(10) == 0 { EventId::ROOT } else { EventId(below(place.into()) as u32) };
            Event {
                at: Tick(place / 50),
                who: if below(50) == 0 { PersonId::NOBODY } else { PersonId(below(1_000_000) as u32) },
                cause,
                what,
            }
        })
        .collect()
}

fn log(events: &[Event]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = EventLogWriter::new(&mut bytes, &meta()).expect("begun");
    for event in events {
        writer.push(event).expect("written");
    }
    assert_eq!(writer.finish().expect("finished") as usize, events.len());
    bytes
}

#[test]
fn a_log_gives_its_events_back() {
    let dir = tempfile::tempdir().expect("folder");
    let path = dir.path().join(event_log_name(RunId(7)));
    // One more than a row group, so that groups follow each other.
    for count in [0, 1, 1_000, GROUP_ROWS as u32, GROUP_ROWS as u32 + 1] {
        let events = events(count);
        let digest = atomic::write_bytes(&path, &log(&events)).expect("written");
        let (read, again) = read_event_log(&path, Some(&digest.sha256)).expect("readable");
        assert_eq!(read, meta());
        assert!(again == events, "{count} events");
    }
}

#[test]
fn the_same_events_give_the_same_bytes() {
    let events = events(10_000);
    assert!(log(&events) == log(&events));
}

#[test]
fn a_damaged_log_is_refused_by_its_digest() {
    let dir = tempfile::tempdir().expect("folder");
    let path: PathBuf = dir.path().join("a.parquet");
    let whole = log(&events(50));
    let digest = atomic::sha256_hex(&whole);
    for place in 0..whole.len() {
        let mut hurt = whole.clone();
        hurt[place] ^= 1 << (place % 8);
        std::fs::write(&path, &hurt).expect("written");
        assert!(matches!(read_event_log(&path, Some(&digest)), Err(StoreError::Digest { .. })), "byte {place}");
    }
    std::fs::write(&path, &whole[..whole.len() - 1]).expect("written");
    assert!(matches!(read_event_log(&path, Some(&digest)), Err(StoreError::Digest { .. })));
}

#[test]
fn a_damaged_log_without_a_digest_is_survived() {
    let whole = log(&events(50));
    // One bit of each byte: the reader's own panics, which are caught, would fill the screen with all eight.
    for place in 0..whole.len() {
        let mut hurt = whole.clone();
        hurt[place] ^= 1 << (place % 8);
        let _ = parse(hurt.into());
    }
    for length in 0..whole.len() {
        assert!(parse(whole[..length].to_vec().into()).is_err());
    }
}

#[test]
fn a_cause_must_come_first() {
    let mut writer = EventLogWriter::new(Vec::new(), &meta()).expect("begun");
    let mut event = events(1)[0];
    event.cause = EventId(0);
    assert!(writer.push(&event).is_err());
}

/// A log with its columns changed by `change`, as a stranger might make one.
fn forged(change: impl Fn(&mut Vec<ArrayRef>)) -> Result<(LogMeta, Vec<Event>), String> {
    let mut rows = Rows::new();
    for event in &events(100) {
        rows.push(event);
    }
    let columns = rows.take(RunId(7), 100).into_iter().map(|column| column.into_array());
    let mut columns = columns.collect::<Result<Vec<_>, _>>().expect("columns");
    change(&mut columns);
    let schema = Arc::new(schema());
    let batch = RecordBatch::try_new(schema.clone(), columns).expect("batch");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties(&meta()))).expect("begun");
    writer.write(&batch).expect("written");
    writer.close().expect("finished");
    parse(bytes.into())
}

#[test]
fn a_forged_log_is_refused_with_a_reason() {
    let numbers = |value| Arc::new(PrimitiveArray::<UInt32Type>::from_iter_values(vec![value; 100])) as ArrayRef;
    assert!(forged(|_| {}).is_ok());
    assert_eq!(forged(|columns| columns[1] = numbers(0)), Err("row 1: the sequence has a gap".to_owned()));
    assert_eq!(forged(|columns| columns[0] = numbers(8)), Err("row 0: the run is another than the file's".to_owned()));
    assert_eq!(forged(|columns| columns[2] = numbers(9)), Err("row 0: the day is not that of the tick".to_owned()));
    assert_eq!(forged(|columns| columns[6] = numbers(0)), Err("row 0: the cause does not come before it".to_owned()));
    let story = |text| spell(PrimitiveArray::<Int8Type>::from_iter_values(vec![0; 100]), &[text]).expect("column");
    assert_eq!(
        forged(|columns| columns[5] = story("MoonLanded")),
        Err("column \"fact\" holds \"MoonLanded\", which this version does not know".to_owned())
    );
    let message = forged(|columns| columns[5] = story("SignedUp")).expect_err("refused");
    assert!(message.contains("the columns are not those of SignedUp"), "{message}");
}

#[test]
fn other_columns_and_other_schemas_are_refused() {
    let write = |properties: WriterProperties| {
        let schema = Arc::new(schema().project(&[0, 1]).expect("schema"));
        let mut bytes = Vec::new();
        ArrowWriter::try_new(&mut bytes, schema, Some(properties)).expect("begun").close().expect("finished");
        parse(bytes.into()).expect_err("refused")
    };
    assert_eq!(write(properties(&meta())), "it has no column \"tick\"");
    let noted = |pairs: &[(&str, &str)]| {
        write(WriterProperties::builder().set_key_value_metadata(Some(key_values(pairs.iter().copied()))).build())
    };
    assert_eq!(noted(&[]), "it does not say its schema");
    assert_eq!(noted(&[("schema", "1")]), "its schema is 1, and this version reads 4");
    assert_eq!(noted(&[("schema", "4"), ("ticks_per_day", "24")]), "its day has 24 ticks, and this version's has 1440");
}

#[test]
fn only_the_names_that_are_written_are_names_of_logs() {
    assert_eq!(event_log_name(RunId(12)), "events-run-000012.parquet");
    assert!(is_event_log_name("events-run-000012.parquet"));
    assert!(is_event_log_name(&event_log_name(RunId(u32::MAX))));
    for name in ["events-run-12.parquet", "events-run-+00012.parquet", "events-run-.parquet", "events-run-../a.parquet"]
    {
        assert!(!is_event_log_name(name), "{name}");
    }
}

/// How fast: `cargo test --release --lib log_speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn log_speed() {
    let dir = tempfile::tempdir().expect("folder");
    let path = dir.path().join("a.parquet");
    let events = events(5_000_000);
    let rate = |start: std::time::Instant| events.len() as f64 / start.elapsed().as_secs_f64() / 1e6;
    let start = std::time::Instant::now();
    let digest = atomic::write_with(&path, |out| {
        let mut writer = EventLogWriter::new(out, &meta())?;
        events.iter().try_for_each(|event| writer.push(event))?;
        writer.finish().map(drop)
    })
    .expect("written");
    println!("written: {:.2} M events/s, {:.1} bytes/event", rate(start), digest.bytes as f64 / events.len() as f64);
    let start = std::time::Instant::now();
    let (_, read) = read_event_log(&path, Some(&digest.sha256)).expect("readable");
    println!("read: {:.2} M events/s", rate(start));
    assert!(read == events);
}
