//! `tellwave events`: what happened in a run, event after event, for people and for programs.

use super::Failure;
use crate::archive::{Archive, ArchiveError};
use crate::event::{Column, Event, Fact, Kind};
use crate::experiment::MoneyUnit;
use crate::store::tables::decimal_text;
use crate::units::{PersonId, RunId, Tick};
use serde_json::{Map, Value};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Which run
    #[arg(long, value_name = "R", default_value_t = 0)]
    run: u32,
    /// Only this fact, such as WordHeard; can be given several times
    #[arg(long, value_name = "FACT", value_parser = clap::builder::PossibleValuesParser::new(Fact::NAMES))]
    fact: Vec<String>,
    /// Only what this person did or went through, or what names her as the other one
    #[arg(long, value_name = "ID")]
    person: Option<u32>,
    /// Only from this day on
    #[arg(long, value_name = "DAY", default_value_t = 0)]
    from: u32,
    /// Only up to the end of this day
    #[arg(long, value_name = "DAY")]
    to: Option<u32>,
    /// For people, or for programs: an object a line, or rows with the columns of the log
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Jsonl,
    Csv,
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Failure {
        match error {
            ArchiveError::Store(error) => error.into(),
            ArchiveError::Scenario(error) => error.into(),
            _ => Failure::User(format!("error: {error}")),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let told = archive.events(RunId(args.run))?;
    if !told.stored {
        let _ = writeln!(io::stderr(), "Run {} was not kept: told again from the seed.", args.run);
    }
    let wanted = (0..).zip(&told.events).filter(|(_, event)| args.wants(event));
    let lines = Lines { run: args.run, money: archive.money() };
    let out = BufWriter::new(io::stdout().lock());
    let written = match args.format {
        Format::Table => lines.table(wanted, out),
        Format::Jsonl => lines.objects(wanted, out),
        Format::Csv => lines.rows(wanted, out),
    };
    match written {
        // A reader that has gone away is nobody's mistake.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::World(format!("error: could not write to the standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

impl Args {
    fn wants(&self, event: &Event) -> bool {
        let day = event.at.0 / Tick::PER_DAY;
        let in_time = day >= self.from && self.to.is_none_or(|last| day <= last);
        let of_fact = self.fact.is_empty() || self.fact.iter().any(|fact| fact == event.what.name());
        let other = || event.what.cells().get(Column::Other);
        let of_person = self.person.is_none_or(|id| event.who == PersonId(id) || other() == Some(i64::from(id)));
        in_time && of_fact && of_person
    }
}

/// Events as lines.
struct Lines<'a> {
    run: u32,
    money: &'a MoneyUnit,
}

/// The columns of the log that every event fills.
const FIXED: [&str; 7] = ["run", "sequence", "tick", "day", "person", "fact", "cause"];

impl Lines<'_> {
    fn table<'e>(&self, events: impl Iterator<Item = (u32, &'e Event)>, mut out: impl Write) -> io::Result<()> {
        writeln!(out, "{:>9}  {:>9}  {:>9}  what happened, and because of which event", "day", "event", "person")?;
        for (sequence, event) in events {
            let who = person(event).map_or(String::new(), |id| id.to_string());
            let because = event.cause.known().map_or(String::new(), |id| format!("  <- {id}"));
            let (day, fact) = (event.at.days(), event.what.name());
            writeln!(out, "{day:>9.3}  {sequence:>9}  {who:>9}  {fact}{}{because}", self.details(event))?;
        }
        out.flush()
    }

    fn objects<'e>(&self, events: impl Iterator<Item = (u32, &'e Event)>, mut out: impl Write) -> io::Result<()> {
        for (sequence, event) in events {
            writeln!(out, "{}", self.object(sequence, event))?;
        }
        out.flush()
    }

    fn rows<'e>(&self, events: impl Iterator<Item = (u32, &'e Event)>, out: impl Write) -> io::Result<()> {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
        csv.write_record(FIXED.into_iter().chain(Column::ALL.iter().map(|column| column.name())))?;
        for (sequence, event) in events {
            let text = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
            let (tick, day) = (event.at.0.to_string(), event.at.days().to_string());
            let (who, cause) = (text(person(event)), text(event.cause.known()));
            let fixed = [text(Some(self.run)), text(Some(sequence)), tick, day, who, event.what.name().into(), cause];
            let cells = event.what.cells();
            let cell = |&column: &Column| cells.get(column).map_or(String::new(), |cell| spelled(column.kind(), cell));
            csv.write_record(fixed.into_iter().chain(Column::ALL.iter().map(cell)))?;
        }
        csv.flush()
    }

    /// "  other_person 12, valence good, amount 60.00 USD".
    fn details(&self, event: &Event) -> String {
        let cells = event.what.cells();
        let filled = Column::ALL.iter().filter_map(|&column| Some((column, cells.get(column)?)));
        let each = filled.map(|(column, cell)| match column.kind() {
            Kind::Money => {
                let name = column.name().trim_end_matches("_minor");
                format!("{name} {} {}", decimal_text(cell, self.money.digits), self.money.code)
            }
            kind => format!("{} {}", column.name(), spelled(kind, cell)),
        });
        let each: Vec<String> = each.collect();
        if each.is_empty() { String::new() } else { format!("  {}", each.join(", ")) }
    }

    fn object(&self, sequence: u32, event: &Event) -> Value {
        let mut object = Map::new();
        let mut put = |name: &str, value: Value| {
            object.insert(name.to_owned(), value);
        };
        put("run", self.run.into());
        put("sequence", sequence.into());
        put("tick", event.at.0.into());
        put("day", event.at.days().into());
        if let Some(id) = person(event) {
            put("person", id.into());
        }
        put("fact", event.what.name().into());
        if let Some(cause) = event.cause.known() {
            put("cause", cause.into());
        }
        let cells = event.what.cells();
        for &column in Column::ALL {
            if let Some(cell) = cells.get(column) {
                put(column.name(), value(column.kind(), cell));
            }
        }
        if [Column::Amount, Column::Cost].into_iter().any(|column| cells.get(column).is_some()) {
            put("currency", self.money.code.clone().into());
        }
        object.into()
    }
}

/// To whom it happened.
fn person(event: &Event) -> Option<u32> {
    (event.who != PersonId::NOBODY).then_some(event.who.0)
}

/// What a cell of this kind says.
fn value(kind: Kind, cell: i64) -> Value {
    match kind {
        Kind::Flag => Value::Bool(cell != 0),
        Kind::Name(names) => names.get(cell as usize).copied().unwrap_or_default().into(),
        Kind::Number | Kind::Money => cell.into(),
    }
}

/// The same as text.
fn spelled(kind: Kind, cell: i64) -> String {
    match value(kind, cell) {
        Value::String(name) => name,
        other => other.to_string(),
    }
}
