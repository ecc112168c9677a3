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

mod batches;
mod files;
mod read;
mod write;

#[doc(hidden)]
pub use batches::event_batches;
#[doc(hidden)]
pub use files::LogFiles;
pub use read::{EventLogReader, read_event_log};
pub use write::EventLogWriter;

use arrow_schema::{DataType, Schema};
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::file::metadata::KeyValue;

use super::ForkOrigin;
use super::tables::{described, key_values};
use crate::event::{Column, Kind};
use crate::scenario::Scenario;
use crate::units::{RunId, Seed, Tick};

/// The layout that this version writes and reads.
pub const SCHEMA: u32 = 4;

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
    /// Where the run was forked, if it was.
    pub fork: Option<ForkOrigin>,
}

impl LogMeta {
    /// That of a scenario's run 0, which is not forked.
    pub(crate) fn of(scenario: &Scenario) -> LogMeta {
        let money = scenario.money();
        LogMeta {
            tellwave: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_sha256: scenario.digest(),
            currency: money.code,
            digits: money.digits,
            run: RunId(0),
            seed: scenario.seed,
            fork: None,
        }
    }
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

impl LogMeta {
    /// As the key-value metadata of the file.
    fn key_values(&self) -> Vec<KeyValue> {
        let [schema, digits, run] = [SCHEMA, u32::from(self.digits), self.run.0].map(|number| number.to_string());
        let (seed, ticks) = (self.seed.0.to_string(), Tick::PER_DAY.to_string());
        let fork = self.fork.as_ref().map(|fork| (fork.until.to_string(), &fork.scenario_sha256));
        let fork =
            fork.as_ref().map(|(until, sha256)| [("fork_until", until.as_str()), ("fork_scenario_sha256", sha256)]);
        let always = [
            ("schema", schema.as_str()),
            ("tellwave", &self.tellwave),
            ("scenario_sha256", &self.scenario_sha256),
            ("currency", &self.currency),
            ("currency_digits", &digits),
            ("run", &run),
            ("seed", &seed),
            ("ticks_per_day", &ticks),
        ];
        key_values(always.into_iter().chain(fork.into_iter().flatten()))
    }
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

fn meta_of(stored: &ArrowReaderMetadata) -> Result<LogMeta, String> {
    let file = stored.metadata().file_metadata();
    let said = |key: &str| {
        let pairs = file.key_value_metadata().into_iter().flatten();
        pairs.filter(|pair| pair.key == key).find_map(|pair| pair.value.clone())
    };
    let text = |key: &str| said(key).ok_or_else(|| format!("it does not say its {key}"));
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
    let fork = match (said("fork_until"), said("fork_scenario_sha256")) {
        (Some(until), Some(scenario_sha256)) => {
            Some(ForkOrigin { until: number("fork_until", until)?, scenario_sha256 })
        }
        _ => None,
    };
    Ok(LogMeta {
        tellwave: text("tellwave")?,
        scenario_sha256: text("scenario_sha256")?,
        currency: text("currency")?,
        digits: number("currency_digits", text("currency_digits")?)?,
        run: RunId(number("run", text("run")?)?),
        seed: Seed(number("seed", text("seed")?)?),
        fork,
    })
}

#[cfg(test)]
mod tests;
