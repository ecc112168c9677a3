//! Archive: a finished results folder, opened to be read.
//!
//! Whatever is read was digested first: the provenance by its own seal, every other file by the digest that the provenance
//! lists. A run whose log was not kept is told again from the scenario in the folder and its seed, which gives the same
//! events; who asks is told which of the two it was.
//!
//! Deliberately absent: writing, and words for people (`cli`).

mod verify;

pub use verify::{Verified, verify};

use crate::engine::{Run, Sink, World};
use crate::event::Event;
use crate::experiment::{Experiment, MoneyUnit};
use crate::projection::{Measure, Projection, Standard};
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::state::State;
use crate::store::{self, FileDigest, Provenance, StoreError, event_log_name, provenance};
use crate::table::{Table, Values};
use crate::units::{RunId, Tick};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The scenario of a results folder, with every default filled in.
const SCENARIO: &str = "scenario.toml";

/// What the scenario reads besides, where it does.
const EDGE_LIST: &str = "edge-list.txt";

/// Every measure of every run.
const RUNS: &str = "runs.parquet";

/// A finished results folder.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    provenance: Provenance,
    /// Every listed file, by its name.
    files: HashMap<String, FileDigest>,
    experiment: Experiment,
    money: MoneyUnit,
}

/// The events of a run.
#[derive(Debug)]
pub struct Told {
    /// In the order in which they happened.
    pub events: Vec<Event>,
    /// Whether they were read from the folder; else they were told again from the seed.
    pub stored: bool,
}

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is no provenance, so it was never finished, or is no results folder.
    #[error("{} holds no finished results: it has no {}", dir.display(), provenance::PROVENANCE)]
    Unfinished {
        /// The folder.
        dir: PathBuf,
    },
    /// A file that is needed is not listed.
    #[error("{} does not list {name}, without which nothing can be told again", dir.display())]
    Unlisted {
        /// The folder.
        dir: PathBuf,
        /// The file.
        name: &'static str,
    },
    /// The scenario means something else to this version.
    #[error(
        "{} was written by version {version}, to which its scenario meant something else; read it with that version",
        dir.display()
    )]
    OtherVersion {
        /// The folder.
        dir: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// There is no such run.
    #[error("{} has runs 0 to {last}, and no run {run}", dir.display())]
    NoSuchRun {
        /// The folder.
        dir: PathBuf,
        /// The run asked for.
        run: u32,
        /// The last one there is.
        last: u32,
    },
    /// A file is damaged, or the disk failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The scenario cannot be read.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}

/// What the events of a run come to.
#[derive(Debug)]
pub struct Replayed {
    /// What is known at the end of them.
    pub state: State,
    /// Each total measure \[money in minor units\].
    pub totals: Vec<(Measure, i64)>,
    /// How many events there were.
    pub events: usize,
    /// Whether they were read from the folder.
    pub stored: bool,
}

impl Archive {
    /// Opens a results folder. Takes as long as growing its market takes.
    ///
    /// # Errors
    /// What is missing, damaged, or of another version.
    pub fn open(dir: &Path) -> Result<Archive, ArchiveError> {
        if !dir.join(provenance::PROVENANCE).is_file() {
            return Err(ArchiveError::Unfinished { dir: dir.to_path_buf() });
        }
        let provenance = store::read_provenance(dir)?;
        let files: HashMap<String, FileDigest> =
            provenance.files.iter().map(|file| (file.name.clone(), file.clone())).collect();
        let unlisted = || ArchiveError::Unlisted { dir: dir.to_path_buf(), name: SCENARIO };
        let path = dir.join(SCENARIO);
        let text = store::read_text(&path, &files.get(SCENARIO).ok_or_else(unlisted)?.sha256)?;
        // What the scenario reads besides is checked before it does.
        if let Some(file) = files.get(EDGE_LIST) {
            store::check_digest(&dir.join(EDGE_LIST), &file.sha256)?;
        }
        let scenario = Scenario::parse(&path.display().to_string(), &text, dir, Overrides::default())?;
        if scenario.digest() != provenance.scenario_sha256 {
            let version = provenance.tellwave.clone();
            return Err(ArchiveError::OtherVersion { dir: dir.to_path_buf(), version });
        }
        let money = scenario.money();
        Ok(Archive { dir: dir.to_path_buf(), provenance, files, experiment: scenario.into_experiment(), money })
    }

    /// What was played.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// How its money is written.
    pub fn money(&self) -> &MoneyUnit {
        &self.money
    }

    /// The events of a run: those that were kept, or told again.
    ///
    /// # Errors
    /// There is no such run, or its log is damaged.
    pub fn events(&self, run: RunId) -> Result<Told, ArchiveError> {
        let runs = self.experiment.runs;
        if run.0 >= runs {
            return Err(ArchiveError::NoSuchRun { dir: self.dir.clone(), run: run.0, last: runs - 1 });
        }
        if let Some(events) = self.kept(run)? {
            return Ok(Told { events, stored: true });
        }
        let (world, mut events) = (&self.experiment.world, vec![]);
        Run::new(world).play(world, run, &mut events);
        Ok(Told { events, stored: false })
    }

    /// The log of a run, if it was kept.
    fn kept(&self, run: RunId) -> Result<Option<Vec<Event>>, ArchiveError> {
        let name = event_log_name(run);
        let Some(file) = self.files.get(&name) else { return Ok(None) };
        let path = self.dir.join(name);
        let (meta, events) = store::read_event_log(&path, Some(&file.sha256))?;
        if (meta.run, &meta.scenario_sha256) != (run, &self.provenance.scenario_sha256) {
            let what = format!("it is the log of run {} of this or another scenario", meta.run.0);
            return Err(StoreError::BadLog { path, what }.into());
        }
        Ok(Some(events))
    }

    /// Folds the events of a run up to and including a moment, all of them where there is none.
    ///
    /// # Errors
    /// As [`Archive::events`].
    pub fn replay(&self, run: RunId, until: Option<Tick>) -> Result<Replayed, ArchiveError> {
        let Told { events, stored } = self.events(run)?;
        let (state, totals, events) = self.fold(run, &events, until);
        Ok(Replayed { state, totals, events, stored })
    }

    /// The state and the totals of a run after its events up to a moment, and how many they are.
    fn fold(&self, run: RunId, events: &[Event], until: Option<Tick>) -> (State, Vec<(Measure, i64)>, usize) {
        let world = &self.experiment.world;
        let mut state = State::new(world.ground(world.dice.of_run(run)).people(&world.seeds));
        // What counts whole periods counts those up to that moment.
        let horizon = until.map_or(world.horizon, |until| until.min(world.horizon));
        let mut projections = Standard::new(&World { horizon, ..world.clone() }, self.experiment.discount_rate);
        let past = events.iter().take_while(|event| until.is_none_or(|until| event.at <= until));
        let mut folded = 0;
        for event in past {
            state.apply(event);
            projections.hear(event, &state);
            folded += 1;
        }
        let mut totals = vec![];
        projections.totals(&mut totals);
        (state, Standard::total_measures().into_iter().zip(totals).collect(), folded)
    }

    /// What the folder says that each measure of a run came to; of a name that it does not have, nothing.
    ///
    /// # Errors
    /// The table of runs is not there, or damaged.
    pub fn written(&self, run: RunId) -> Result<impl Fn(&str) -> Option<i64>, ArchiveError> {
        let table = self.table_of_runs()?;
        Ok(move |name: &str| written_in(&table, run, name))
    }

    fn table_of_runs(&self) -> Result<Table, ArchiveError> {
        let unlisted = || ArchiveError::Unlisted { dir: self.dir.clone(), name: RUNS };
        let file = self.files.get(RUNS).ok_or_else(unlisted)?;
        Ok(store::read_parquet(&self.dir.join(RUNS), Some(&file.sha256))?)
    }
}

/// What a measure of a run came to, by the table of runs.
fn written_in(table: &Table, run: RunId, name: &str) -> Option<i64> {
    match &table.column(name)?.values {
        Values::Count(values) | Values::Money { minor: values, .. } => values.get(run.0 as usize).copied(),
        Values::Real(_) | Values::Name(_) => None,
    }
}
