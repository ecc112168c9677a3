//! Archive: a finished results folder, opened to be read.
//!
//! Whatever is read was digested first: the provenance by its own seal, every other file by the digest that the provenance
//! lists. A run whose log was not kept is told again from the scenario in the folder and its seed, which gives the same
//! events; who asks is told which of the two it was.
//!
//! What brought a sale about, and what it brought, is read off a [`Story`]: the events of a run that brought something about.
//!
//! Deliberately absent: writing, and words for people (`cli`).
//!
//! ```no_run
//! use std::path::Path;
//! use tellwave::archive::{Archive, ArchiveError};
//! use tellwave::event::Event;
//! use tellwave::units::RunId;
//!
//! fn main() -> Result<(), ArchiveError> {
//!     let archive = Archive::open(Path::new("output/quickstart-001"))?;
//!     let mut events: Vec<Event> = vec![];
//!     archive.tell(RunId(7), None, &mut events)?;
//!     println!("run 7 of {}: {} events", archive.scenario().name, events.len());
//!     Ok(())
//! }
//! ```

mod compared;
mod family;
mod story;
mod swept;
mod verify;

pub use family::{Brought, Customer, Family, Rewards};
pub use story::Story;
pub use verify::{Verified, verify};

use crate::engine::{Run, Sink, World};
use crate::event::{Column, Event, Fact};
use crate::experiment::{Experiment, MoneyUnit};
use crate::projection::{Measure, Projection, Standard};
use crate::scenario::recorded::{EDGE_LIST, KEPT_GRAPH};
use crate::scenario::values::shown;
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::state::State;
use crate::store::{self, EventLogReader, FileDigest, Provenance, StoreError, event_log_name, provenance};
use crate::table::{Table, Values};
use crate::units::{PersonId, RunId, Tick};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The scenario of a results folder, with every default filled in.
const SCENARIO: &str = "scenario.toml";

/// The scenario of after the fork, where the runs were forked.
const FORK: &str = "fork.toml";

/// What the scenario reads besides, where it does.
const GRAPH_FILES: [&str; 2] = [EDGE_LIST, KEPT_GRAPH];

/// Every measure of every run.
const RUNS: &str = "runs.parquet";

/// A finished results folder.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    provenance: Provenance,
    /// Every listed file, by its name.
    files: HashMap<String, FileDigest>,
    scenario: Scenario,
    fork: Option<(Scenario, Tick)>,
    /// Grown when it is asked for: what was kept is read without it.
    experiment: OnceLock<Experiment>,
    money: MoneyUnit,
}

/// How a run was told.
#[derive(Debug)]
pub struct Told {
    /// What is known at the end of what was told.
    pub state: State,
    /// How many events were told.
    pub events: u32,
    /// Whether they were read from the folder; else they were told again from the seed.
    pub stored: bool,
}

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is no provenance, so it was never finished, or is no results folder.
    #[error("{} holds no finished results: it has no {}", shown(dir), provenance::PROVENANCE)]
    Unfinished {
        /// The folder.
        dir: PathBuf,
    },
    /// It is the folder of a comparison, of whose runs each is told again as a run of its scenario.
    #[error(
        "{} holds a comparison; to see what happened in a run, play its scenario: tellwave run {}", shown(dir),
        shown(&dir.join(scenario))
    )]
    Comparison {
        /// The folder.
        dir: PathBuf,
        /// The file of its first scenario.
        scenario: String,
    },
    /// It is the folder of a sweep, of whose cells each is told again as a run of its scenario.
    #[error(
        "{} holds a sweep; to see what happened in a run of a cell, play its scenario: tellwave sweep plan SWEEP.toml --cell N",
        shown(dir)
    )]
    Sweep {
        /// The folder.
        dir: PathBuf,
    },
    /// A file that is needed is not listed.
    #[error("{} does not list {name}, without which nothing can be told again", shown(dir))]
    Unlisted {
        /// The folder.
        dir: PathBuf,
        /// The file.
        name: &'static str,
    },
    /// The scenario means something else to this version.
    #[error(
        "{} was written by version {version}, to which its scenario meant something else; read it with that version",
        shown(dir)
    )]
    OtherVersion {
        /// The folder.
        dir: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// There is no such run.
    #[error("{} has {}, and no run {run}", shown(dir), in_words(runs))]
    NoSuchRun {
        /// The folder.
        dir: PathBuf,
        /// The run asked for.
        run: u32,
        /// Those there are.
        runs: Range<u32>,
    },
    /// A file is damaged, or the disk failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The scenario cannot be read.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}

fn in_words(runs: &Range<u32>) -> String {
    match runs.len() {
        1 => format!("run {}", runs.start),
        _ => format!("runs {} to {}", runs.start, runs.end - 1),
    }
}

/// What the events of a run come to.
#[derive(Debug)]
pub struct Replayed {
    /// How it was told.
    pub told: Told,
    /// Each total measure \[money in minor units\].
    pub totals: Vec<(Measure, i64)>,
}

/// The log of a run, event by event.
struct Kept {
    path: PathBuf,
    log: EventLogReader,
    /// How many people there are, as far as has been told.
    people: u32,
    /// Whether more come as they are told.
    grows: bool,
    /// Some events of the log, and the place among them of the next one to be told.
    some: Vec<Event>,
    next: usize,
    /// Why nothing more is told before the end.
    error: Option<StoreError>,
}

impl Kept {
    /// Goes to the next event. Once the log is refused there is none.
    #[inline]
    fn advance(&mut self) {
        if self.next == self.some.len() && self.error.is_none() {
            self.next = 0;
            if let Err(error) = self.refill() {
                // Nobody may hear of what was read by then.
                self.some.clear();
                self.error = Some(error);
            }
        }
        self.next += 1;
    }

    /// The event that it has gone to; nothing at the end.
    #[inline]
    fn latest(&self) -> Option<&Event> {
        self.some.get(self.next.checked_sub(1)?)
    }

    /// The batch that this event begins, if it begins one.
    #[inline]
    fn begun(&self) -> Option<&[Event]> {
        (self.next == 1).then_some(self.some.as_slice())
    }

    /// Reads the next batch, in which nobody is who is not there: a state is made for those who are.
    fn refill(&mut self) -> Result<(), StoreError> {
        self.log.read(&mut self.some)?;
        for event in &self.some {
            if let (Fact::WordHeard { .. } | Fact::SignedUp { .. }, true) = (event.what, self.grows) {
                self.people = self.people.max((event.who.0.min(self.people)).saturating_add(1));
            }
            let mut is_known = event.who == PersonId::NOBODY || event.who.0 < self.people;
            event.what.each_cell(|column, cell| {
                is_known &= column != Column::Other || cell < i64::from(self.people);
            });
            if !is_known {
                let what = "it names people who are not there".to_owned();
                return Err(StoreError::BadLog { path: self.path.clone(), what });
            }
        }
        Ok(())
    }

    /// Passes all events up to a moment on to a teller.
    fn tell(&mut self, teller: &mut Teller<impl Sink>) -> Result<(), StoreError> {
        loop {
            self.refill()?;
            teller.hear_all(&self.some);
            if self.some.last().is_none_or(|last| teller.until.is_some_and(|until| last.at > until)) {
                return Ok(());
            }
        }
    }
}

impl<S: Sink> Teller<S> {
    /// Hears events that are known together, so that the memory of later ones can be asked for.
    fn hear_all(&mut self, events: &[Event]) {
        let nothing = State::default();
        for (place, event) in events.iter().enumerate() {
            if let Some(later) = events.get(place + AHEAD) {
                self.state.fetch_for(later);
            }
            self.hear(event, &nothing);
        }
    }
}

/// How many events ahead of the one being folded its memory is asked for.
const AHEAD: usize = 16;

/// Holds a log up to a moment against the run as it is told again.
struct Past {
    kept: Kept,
    until: Tick,
    is_same: bool,
}

impl Sink for Past {
    #[inline]
    fn hear(&mut self, told: &Event, _: &State) {
        if told.at <= self.until && self.is_same {
            self.kept.advance();
            self.is_same = self.kept.latest() == Some(told);
        }
    }
}

/// Folds events up to a moment, and passes them on.
struct Teller<S> {
    state: State,
    until: Option<Tick>,
    events: u32,
    sink: S,
}

impl<S: Sink> Sink for Teller<S> {
    #[inline]
    fn hear(&mut self, event: &Event, _: &State) {
        if self.until.is_none_or(|until| event.at <= until) {
            self.state.apply(event);
            self.events += 1;
            self.sink.hear(event, &self.state);
        }
    }
}

impl Archive {
    /// Opens a results folder.
    ///
    /// # Errors
    /// What is missing, damaged, or of another version.
    pub fn open(dir: &Path) -> Result<Archive, ArchiveError> {
        if !dir.join(provenance::PROVENANCE).is_file() {
            return Err(ArchiveError::Unfinished { dir: dir.to_path_buf() });
        }
        let provenance = store::read_provenance(dir)?;
        if provenance.sweep.is_some() {
            return Err(ArchiveError::Sweep { dir: dir.to_path_buf() });
        }
        if let Some(first) = provenance.compared.first() {
            return Err(ArchiveError::Comparison { dir: dir.to_path_buf(), scenario: first.file.clone() });
        }
        let files: HashMap<String, FileDigest> =
            provenance.files.iter().map(|file| (file.name.clone(), file.clone())).collect();
        let unlisted = || ArchiveError::Unlisted { dir: dir.to_path_buf(), name: SCENARIO };
        let path = dir.join(SCENARIO);
        let text = store::read_text(&path, &files.get(SCENARIO).ok_or_else(unlisted)?.sha256)?;
        // What the scenario reads besides is checked before it does.
        for file in GRAPH_FILES.iter().filter_map(|&name| files.get(name)) {
            store::check_digest(&dir.join(&file.name), &file.sha256)?;
        }
        let scenario = Scenario::parse(&path.display().to_string(), &text, dir, Overrides::default())?;
        let other_version = || {
            let version = provenance.tellwave.clone();
            ArchiveError::OtherVersion { dir: dir.to_path_buf(), version }
        };
        if scenario.digest() != provenance.scenario_sha256 {
            return Err(other_version());
        }
        let fork = match &provenance.fork {
            None => None,
            Some(fork) => {
                let path = dir.join(FORK);
                let file =
                    files.get(FORK).ok_or_else(|| ArchiveError::Unlisted { dir: dir.to_path_buf(), name: FORK })?;
                let text = store::read_text(&path, &file.sha256)?;
                let until = Tick(fork.until);
                let other = scenario.parse_fork(&path.display().to_string(), &text, dir, until)?;
                if other.digest() != fork.scenario_sha256 {
                    return Err(other_version());
                }
                Some((other, until))
            }
        };
        let (dir, money) = (dir.to_path_buf(), scenario.money());
        Ok(Archive { dir, provenance, files, scenario, fork, experiment: OnceLock::new(), money })
    }

    /// The scenario that was played; of a fork, the one from before it.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario of after the fork, where the runs were forked.
    pub fn fork(&self) -> Option<&Scenario> {
        self.fork.as_ref().map(|(other, _)| other)
    }

    /// Where the results come from.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// What was played. Takes as long as growing its market takes, when it is asked for the first time.
    pub fn experiment(&self) -> &Experiment {
        self.experiment.get_or_init(|| {
            let grown = match self.fork.clone() {
                None => self.scenario.clone().into_experiment(),
                Some((other, until)) => self.scenario.clone().into_forked_experiment(other, until),
            };
            let runs = self.runs();
            Experiment { first: runs.start, runs: runs.len() as u32, ..grown }
        })
    }

    /// The numbers of its runs.
    pub fn runs(&self) -> Range<u32> {
        let Provenance { first_run, runs, .. } = self.provenance;
        first_run..first_run.saturating_add(runs)
    }

    /// How its money is written.
    pub fn money(&self) -> &MoneyUnit {
        &self.money
    }

    /// Tells a run, event by event, up to and including a moment, or to its end: from its log, or where none was kept, again
    /// from the seed. Memory holds the state and some events.
    ///
    /// # Errors
    /// There is no such run, or its log is damaged; the sink may have heard some of it by then.
    pub fn tell(&self, run: RunId, until: Option<Tick>, sink: impl Sink) -> Result<Told, ArchiveError> {
        let run = self.run_or_first(Some(run.0))?;
        let mut teller = Teller { state: self.opening_state(), until, events: 0, sink };
        let kept = self.kept(run)?;
        let stored = kept.is_some();
        match kept {
            Some(mut kept) => {
                kept.tell(&mut teller)?;
            }
            None => {
                let world = &self.experiment().world;
                tell_again(&mut Run::new(world), world, run, &mut teller);
            }
        }
        Ok(Told { state: teller.state, events: teller.events, stored })
    }

    /// Tells a run to its end and keeps what brought something about; of one person, if she is named, all that she heard and
    /// told besides. Memory is that of customers, not of words.
    ///
    /// # Errors
    /// As [`Archive::tell`].
    pub fn story(&self, run: RunId, about: Option<PersonId>) -> Result<(Story, Told), ArchiveError> {
        let mut keeping = story::Keeping::new(about);
        let told = self.tell(run, None, &mut keeping)?;
        Ok((keeping.into_story(), told))
    }

    /// The run of that number, or where none is given the first one.
    ///
    /// # Errors
    /// There is no such run.
    pub fn run_or_first(&self, number: Option<u32>) -> Result<RunId, ArchiveError> {
        let run = RunId(number.unwrap_or(self.runs().start));
        let runs = self.runs();
        if runs.contains(&run.0) {
            Ok(run)
        } else {
            Err(ArchiveError::NoSuchRun { dir: self.dir.clone(), run: run.0, runs })
        }
    }

    /// Whether the log of a run was kept.
    pub fn is_kept(&self, run: RunId) -> bool {
        self.files.contains_key(&event_log_name(run))
    }

    /// Where the folder is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether what was kept of a run up to a moment is what its seed tells again, event for event.
    ///
    /// # Errors
    /// The log is damaged.
    pub fn is_past_of(&self, run: RunId, until: Tick) -> Result<bool, ArchiveError> {
        let Some(kept) = self.kept(run)? else { return Ok(true) };
        let mut past = Past { kept, until, is_same: true };
        let world = &self.experiment().world;
        tell_again(&mut Run::new(world), world, run, &mut past);
        past.kept.advance();
        let goes_on = past.kept.latest().is_some_and(|next| next.at <= until);
        match past.kept.error {
            Some(error) => Err(error.into()),
            None => Ok(past.is_same && !goes_on),
        }
    }

    /// What is known of a run before anything has happened.
    fn opening_state(&self) -> State {
        State::new(self.people_at_start())
    }

    fn people_at_start(&self) -> u32 {
        self.scenario.people().unwrap_or(self.scenario.first_customers())
    }

    /// The log of a run, if it was kept.
    fn kept(&self, run: RunId) -> Result<Option<Kept>, ArchiveError> {
        let name = event_log_name(run);
        let Some(file) = self.files.get(&name) else { return Ok(None) };
        let path = self.dir.join(name);
        let log = EventLogReader::open(&path, Some(&file.sha256))?;
        let meta = log.meta();
        if (meta.run, &meta.scenario_sha256, &meta.fork)
            != (run, &self.provenance.scenario_sha256, &self.provenance.fork)
        {
            let what = format!("it is the log of run {} of this or another scenario", meta.run.0);
            return Err(StoreError::BadLog { path, what }.into());
        }
        let (people, grows) = (self.people_at_start(), self.scenario.people().is_none());
        Ok(Some(Kept { path, log, people, grows, some: vec![], next: 0, error: None }))
    }

    /// Folds the events of a run up to and including a moment, all of them where there is none.
    ///
    /// # Errors
    /// As [`Archive::tell`].
    pub fn replay(&self, run: RunId, until: Option<Tick>) -> Result<Replayed, ArchiveError> {
        let mut projections = self.scenario.projections(until);
        let told = self.tell(run, until, &mut projections)?;
        Ok(Replayed { told, totals: totals_of(&projections) })
    }

    /// What the folder says that each measure of a run came to; of a name that it does not have, nothing.
    ///
    /// # Errors
    /// The table of runs is not there, or damaged.
    pub fn written(&self, run: RunId) -> Result<impl Fn(&str) -> Option<i64>, ArchiveError> {
        let table = self.table_of_runs()?;
        let row = self.row_of(run);
        Ok(move |name: &str| written_in(&table, row, name))
    }

    /// Where a run stands in the table of runs.
    fn row_of(&self, run: RunId) -> usize {
        (run.0 - self.provenance.first_run) as usize
    }

    fn table_of_runs(&self) -> Result<Table, ArchiveError> {
        let unlisted = || ArchiveError::Unlisted { dir: self.dir.clone(), name: RUNS };
        let file = self.files.get(RUNS).ok_or_else(unlisted)?;
        Ok(store::read_parquet(&self.dir.join(RUNS), Some(&file.sha256))?)
    }
}

/// Tells a run again from its seed. Whoever listens here is called event by event, so that the engine need not be compiled
/// for each of them.
fn tell_again(memory: &mut Run, world: &World, run: RunId, sink: &mut dyn Sink) {
    memory.play(world, run, sink);
}

/// The total measures of what was heard.
fn totals_of(projections: &Standard) -> Vec<(Measure, i64)> {
    let mut totals = vec![];
    projections.totals(&mut totals);
    Standard::total_measures().into_iter().zip(totals).collect()
}

/// What a measure came to in a row of the table of runs.
fn written_in(table: &Table, row: usize, name: &str) -> Option<i64> {
    match &table.column(name)?.values {
        Values::Count(values) | Values::Money { minor: values, .. } => values.get(row).copied(),
        Values::Real(_) | Values::Name(_) => None,
    }
}
