//! `tellwave events`: what happened in a run, event after event, for people and for programs.

use super::{Failure, hint};
use crate::archive::{Archive, ArchiveError};
use crate::engine::Sink;
use crate::event::{Column, Event, Fact, Kind};
use crate::experiment::MoneyUnit;
use crate::state::State;
use crate::store::tables::decimal_text;
use crate::units::{PersonId, RunId};
use serde_json::{Map, Value};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave events output/quickstart-001 --to 3\n  \
    tellwave events output/quickstart-001 --fact FirstPurchaseMade --format csv > purchases.csv\n  \
    tellwave events output/quickstart-001 --run 7 --person 29 --json")]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Which run [default: the first one of the folder]
    #[arg(long, value_name = "R")]
    run: Option<u32>,
    /// Only this fact, such as WordHeard; can be given several times
    #[arg(long, value_name = "FACT", value_parser = clap::builder::PossibleValuesParser::new(Fact::NAMES))]
    fact: Vec<String>,
    /// Only what this person did or went through, or what names her as the other one
    #[arg(long, value_name = "ID")]
    person: Option<u32>,
    /// Only from this day on; day 0 is the start itself, and each later day the 24 hours up to its close
    #[arg(long, value_name = "DAY", default_value_t = 0)]
    from: u32,
    /// Only up to the close of this day, 24 hours a day after the start
    #[arg(long, value_name = "DAY")]
    to: Option<u32>,
    /// For people, or for programs: an object a line, or rows with the columns of the log
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The same as --format jsonl: an object a line
    #[arg(long, conflicts_with = "format")]
    json: bool,
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
    let run = archive.run_or_first(args.run)?;
    check(args, &archive)?;
    let out = BufWriter::new(io::stdout().lock());
    let lines = Lines { run: run.0, money: archive.money() };
    let format = if args.json { Format::Jsonl } else { args.format };
    let written = match format {
        Format::Table => tell(args, &archive, run, Table { lines, out }),
        Format::Jsonl => tell(args, &archive, run, Objects { lines, out }),
        Format::Csv => {
            let csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
            tell(args, &archive, run, Rows { lines, csv })
        }
    };
    match written? {
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::World(format!("error: could not write to the standard output: {error}")))
        }
        // A reader that has gone away is nobody's mistake.
        _ => Ok(()),
    }
}

/// Lists the events that are wanted; says why the listing broke off, if it did.
fn tell(args: &Args, archive: &Archive, run: RunId, list: impl List) -> Result<Option<io::Error>, Failure> {
    let mut listing = Listing { args, list, place: 0, has_begun: false, failed: None };
    let told = archive.tell(run, None, &mut listing)?;
    listing.begin();
    if !told.stored {
        hint(&format!("Run {} was not kept: told again from the seed.", run.0));
    }
    Ok(listing.failed.or_else(|| listing.list.end().err()))
}

/// A way to write events down.
trait List {
    /// What comes before the first of them.
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn add(&mut self, sequence: u32, event: &Event) -> io::Result<()>;
    /// What comes after the last of them.
    fn end(&mut self) -> io::Result<()>;
}

/// Hears a run, and lists what is wanted of it; after the first failure nothing.
struct Listing<'a, L> {
    args: &'a Args,
    list: L,
    place: u32,
    has_begun: bool,
    failed: Option<io::Error>,
}

impl<L: List> Listing<'_, L> {
    /// Writes what comes first, once; not before it is known that there is something to read.
    fn begin(&mut self) {
        if !std::mem::replace(&mut self.has_begun, true) {
            self.failed = self.list.begin().err();
        }
    }
}

/// What cannot be asked for is said, and not answered with nothing.
fn check(args: &Args, archive: &Archive) -> Result<(), Failure> {
    let wrong = |what: String| Err(Failure::User(format!("error: {what}")));
    let last = archive.scenario().horizon().day_closing();
    if let Some(to) = args.to.filter(|&to| to < args.from) {
        return wrong(format!("--to {to} is before --from {}", args.from));
    }
    if args.from > last {
        return wrong(format!("--from is day {}, but the runs end on day {last}", args.from));
    }
    match (args.person, archive.scenario().people()) {
        (Some(id), Some(people)) if id >= people => {
            wrong(format!("there is no person {id}: people are numbered from 0 to {}", people.saturating_sub(1)))
        }
        _ => Ok(()),
    }
}

impl<L: List> Sink for Listing<'_, L> {
    fn hear(&mut self, event: &Event, _: &State) {
        if self.failed.is_none() && self.args.wants(event) {
            self.begin();
            if self.failed.is_none() {
                self.failed = self.list.add(self.place, event).err();
            }
        }
        self.place += 1;
    }
}

impl Args {
    fn wants(&self, event: &Event) -> bool {
        let day = event.at.day_closing();
        let in_time = day >= self.from && self.to.is_none_or(|last| day <= last);
        let of_fact = self.fact.is_empty() || self.fact.iter().any(|fact| fact == event.what.name());
        let other = || event.what.cells().get(Column::Other);
        let of_person = self.person.is_none_or(|id| event.who == PersonId(id) || other() == Some(i64::from(id)));
        in_time && of_fact && of_person
    }
}

/// Events as lines.
pub(super) struct Lines<'a> {
    pub run: u32,
    pub money: &'a MoneyUnit,
}

/// The columns of the log that every event fills.
const FIXED: [&str; 7] = ["run", "sequence", "tick", "day", "person", "fact", "cause"];

struct Table<'a, W> {
    lines: Lines<'a>,
    out: W,
}

impl<W: Write> List for Table<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        writeln!(self.out, "{:>9}  {:>9}  {:>9}  what happened, and because of which event", "day", "event", "person")
    }

    fn add(&mut self, sequence: u32, event: &Event) -> io::Result<()> {
        let who = person(event).map_or(String::new(), |id| id.to_string());
        let because = event.cause.known().map_or(String::new(), |id| format!("  <- {id}"));
        let (day, fact, details) = (event.at.days(), event.what.name(), self.lines.details(event));
        writeln!(self.out, "{day:>9.3}  {sequence:>9}  {who:>9}  {fact}{details}{because}")
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

struct Objects<'a, W> {
    lines: Lines<'a>,
    out: W,
}

impl<W: Write> List for Objects<'_, W> {
    fn add(&mut self, sequence: u32, event: &Event) -> io::Result<()> {
        writeln!(self.out, "{}", self.lines.object(sequence, event))
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

struct Rows<'a, W: Write> {
    lines: Lines<'a>,
    csv: csv::Writer<W>,
}

impl<W: Write> List for Rows<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        let names = FIXED.into_iter().chain(Column::ALL.iter().map(|column| column.name()));
        self.csv.write_record(names).map_err(io_error)
    }

    fn add(&mut self, sequence: u32, event: &Event) -> io::Result<()> {
        let text = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let (tick, day) = (event.at.0.to_string(), event.at.days().to_string());
        let (run, who, cause) = (text(Some(self.lines.run)), text(person(event)), text(event.cause.known()));
        let fixed = [run, text(Some(sequence)), tick, day, who, event.what.name().into(), cause];
        let cells = event.what.cells();
        let cell = |&column: &Column| cells.get(column).map_or(String::new(), |cell| spelled(column.kind(), cell));
        self.csv.write_record(fixed.into_iter().chain(Column::ALL.iter().map(cell))).map_err(io_error)
    }

    fn end(&mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// What the system said: that the reader has gone away must not be taken for something else.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

impl Lines<'_> {
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

    /// An event as an object.
    pub(super) fn object(&self, sequence: u32, event: &Event) -> Value {
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
