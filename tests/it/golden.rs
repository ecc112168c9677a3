//! Logs that were written once are still read, and give the same events: one generation of them for each schema.
//!
//! When the schema is raised, or what is in a log of the present one is to change before its release:
//! `cargo test --test it golden_logs_are_written -- --ignored`. Older generations stay as they are.

use crate::common;
use crate::properties::everything;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tellwave::event::{Column, Event, Fact, Kind};
use tellwave::scenario::Scenario;
use tellwave::store::{EVENT_LOG_SCHEMA, EventLogWriter, LogMeta, read_event_log};
use tellwave::units::{EventId, PersonId, RunId};

/// The oldest schema that is read.
const OLDEST: u32 = 4;

/// Words in batches, and words at a rate: together every fact, but those that need a fork.
const MARKETS: [&str; 2] = ["everything", "rate"];
const FORKED: [&str; 1] = ["TermsChanged"];

fn golden(schema: u32, market: &str, ending: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("events-schema-{schema}-{market}.{ending}"))
}

/// What is in a log, in words that do not depend on how events are stored, here or in a file.
fn expectations(meta: &LogMeta, events: &[Event]) -> Value {
    let mut text = String::new();
    let mut facts = BTreeMap::<&str, [i64; 3]>::new();
    for event in events {
        let or_nothing =
            |number: u32, nothing: u32| if number == nothing { "-".to_owned() } else { number.to_string() };
        let who = or_nothing(event.who.0, PersonId::NOBODY.0);
        let cause = or_nothing(event.cause.0, EventId::ROOT.0);
        write!(text, "{} {who} {cause} {}", event.at.0, event.what.name()).expect("text");
        let [count, amount, cost] = facts.entry(event.what.name()).or_default();
        *count += 1;
        event.what.each_cell(|column, cell| {
            match column {
                Column::Amount => *amount += cell,
                Column::Cost => *cost += cell,
                _ => {}
            }
            match column.kind() {
                Kind::Name(names) => write!(text, " {}={}", column.name(), names[cell as usize]),
                Kind::Flag | Kind::Number | Kind::Money => write!(text, " {}={cell}", column.name()),
            }
            .expect("text");
        });
        text.push('\n');
    }
    let facts = facts.into_iter().map(|(name, [events, amount_minor, cost_minor])| {
        (name, json!({ "events": events, "amount_minor": amount_minor, "cost_minor": cost_minor }))
    });
    let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "tellwave": meta.tellwave,
        "scenario_sha256": meta.scenario_sha256,
        "currency": meta.currency,
        "currency_digits": meta.digits,
        "run": meta.run.0,
        "seed": meta.seed.0,
        "events": events.len(),
        "events_sha256": digest,
        "facts": facts.collect::<BTreeMap<_, _>>(),
    })
}

#[test]
fn golden_logs_of_every_schema_are_read_as_they_were_written() {
    for schema in OLDEST..=EVENT_LOG_SCHEMA {
        let mut seen = BTreeSet::new();
        for market in MARKETS {
            let path = golden(schema, market, "json");
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let written: Value = serde_json::from_str(&text).expect("JSON");
            let (meta, events) = read_event_log(&golden(schema, market, "parquet"), None).expect("a log");
            assert_eq!(expectations(&meta, &events), written, "{}", path.display());
            seen.extend(events.iter().map(|event| event.what.name()));
        }
        // Later facts were not there yet when older generations were written.
        let unseen: Vec<&str> = Fact::NAMES.iter().copied().filter(|name| !seen.contains(name)).collect();
        assert!(schema < EVENT_LOG_SCHEMA || unseen == FORKED, "{unseen:?}");
    }
}

/// The scenario of everything in a small market, and the shortest of its runs in which most of it happens.
fn shortest(text: &str) -> (Scenario, RunId, Vec<Event>) {
    let cuts = [("people = 600", "people = 120"), ("\"150 days\"", "\"60 days\""), ("reach = 300", "reach = 60")];
    let text = cuts.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let world = common::experiment(&text).world;
    let runs = (0..200).map(|run| (RunId(run), common::log(&world, run)));
    let facts = |events: &[Event]| events.iter().map(|event| event.what.place()).collect::<BTreeSet<_>>().len();
    let best = runs.min_by_key(|(_, events)| (std::cmp::Reverse(facts(events)), events.len())).expect("a run");
    (common::scenario(&text), best.0, best.1)
}

#[test]
#[ignore = "writes the golden logs of the present schema anew"]
fn golden_logs_are_written() {
    for (market, text) in MARKETS.into_iter().zip(everything()) {
        let (scenario, run, events) = shortest(text);
        let money = scenario.money();
        let meta = LogMeta {
            tellwave: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_sha256: scenario.digest(),
            currency: money.code.to_string(),
            digits: money.digits,
            run,
            seed: scenario.seed,
            fork: None,
        };
        let mut bytes = vec![];
        let mut writer = EventLogWriter::new(&mut bytes, &meta).expect("begun");
        events.iter().for_each(|event| writer.push(event).expect("written"));
        writer.finish().expect("finished");
        let mut told = serde_json::to_string_pretty(&expectations(&meta, &events)).expect("JSON");
        told.push('\n');
        std::fs::create_dir_all(golden(0, "", "").parent().expect("a folder")).expect("a folder");
        std::fs::write(golden(EVENT_LOG_SCHEMA, market, "parquet"), bytes).expect("written");
        std::fs::write(golden(EVENT_LOG_SCHEMA, market, "json"), told).expect("written");
    }
}
