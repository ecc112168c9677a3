//! The plan of a sweep: everything that its numbers depend on, and nothing else.
//!
//! Written down as `plan.json`, its bytes are the same for two files that mean the same, and their digest is what the sweep is known
//! by: results are kept, resumed and merged under it. It holds the base scenario, so that a folder can be moved to another machine
//! and goes on there.

use super::factor::{Factor, Level, Place};
use super::metric::Metric;
use crate::experiment::MoneyUnit;
use crate::units::Seed;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The layout that this version writes and reads.
pub const SCHEMA: u32 = 1;

/// No plan is longer \[bytes\]: a million cells of twenty factors take less.
pub const BYTES_MAX: u64 = 1 << 28;

/// The most cells of any sweep.
pub const CELLS_MAX: usize = 1_000_000;

/// Everything that the numbers of a sweep depend on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the layout.
    pub schema: u32,
    /// Version of the engine's results, [`crate::engine::RESULTS`].
    pub results: u32,
    /// What the sweep is called.
    pub name: String,
    /// The question it answers, if it says so.
    pub question: Option<String>,
    /// The base scenario: its own keys as TOML, without comments.
    pub base: String,
    /// What the base scenario is called in messages.
    pub base_name: String,
    /// SHA-256 of the files that graphs are read from, in the order in which they come up.
    pub data_sha256: Vec<String>,
    /// The seed of every draw of runs and of the design; a decimal string, since JSON readers keep 53 bits of a number.
    pub seed: String,
    /// How many runs each cell has.
    pub runs: u32,
    /// How money is written.
    pub money: MoneyUnit,
    /// What is kept of each cell.
    pub metrics: Vec<Metric>,
    /// What else is kept.
    pub keep: Keep,
    /// Which cells there are.
    pub design: Design,
    /// What differs between cells.
    pub factors: Vec<Factor>,
    /// What cells have to fulfil.
    pub constraints: Vec<String>,
    /// Points of the design that do not fulfil it, and are left out.
    pub left_out: u32,
    /// Of each point of the design, its cell: points may be the same. Nothing where each is a cell of its own.
    pub points: Option<Vec<u32>>,
    /// Of each cell, what it takes of each factor.
    pub cells: Vec<Vec<Place>>,
}

/// What is kept of cells besides their metrics.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Whether the metrics of every run are.
    pub runs: bool,
    /// Daily measures whose curves are.
    pub curves: Vec<String>,
    /// Runs whose event logs are.
    pub logs: Vec<u32>,
}

/// How cells are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Design {
    /// Every combination of levels.
    Grid,
    /// The first level of every factor, and from there each other level of one factor.
    OneAtATime,
    /// One point in each of so many strata of every factor (McKay, Beckman & Conover 1979).
    LatinHypercube {
        /// How many.
        points: u32,
    },
    /// Saltelli's rows for first and total indices (Saltelli et al. 2010).
    Sobol {
        /// Rows of each of the two base samples; a power of two.
        rows: u32,
    },
    /// Trajectories that move one factor at a time (Morris 1991).
    Morris {
        /// How many.
        trajectories: u32,
        /// Levels of the grid on which they move.
        levels: u32,
    },
    /// Those that are listed.
    List,
}

impl Plan {
    /// The bytes of `plan.json`.
    ///
    /// # Errors
    /// Never for a plan that was made here.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads `plan.json`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(bytes: &[u8]) -> Result<Plan, String> {
        // A newer layout may have other keys: say so before complaining about them.
        let schema = serde_json::from_slice::<serde_json::Value>(bytes).ok().and_then(|it| it.get("schema")?.as_u64());
        if let Some(schema) = schema.filter(|schema| *schema != u64::from(SCHEMA)) {
            return Err(format!("its schema is {schema}, and this version reads {SCHEMA}"));
        }
        let plan: Plan = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let fits = |cell: &Vec<Place>| {
            cell.len() == plan.factors.len() && plan.factors.iter().zip(cell).all(|(factor, place)| factor.has(*place))
        };
        let points = plan.points.iter().flatten();
        if !plan.cells.iter().all(fits) || !points.into_iter().all(|cell| (*cell as usize) < plan.cells.len()) {
            return Err("its cells do not fit its factors".to_owned());
        }
        Ok(plan)
    }

    /// The digest of the plan of these bytes: SHA-256 in hexadecimal.
    pub fn digest(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The seed as a number.
    pub fn seed(&self) -> Seed {
        Seed(self.seed.parse().unwrap_or_default())
    }

    /// What a cell takes of each factor.
    pub fn levels(&self, cell: usize) -> Vec<Level> {
        self.factors.iter().zip(&self.cells[cell]).map(|(factor, place)| factor.level(*place)).collect()
    }

    /// A cell in words: "reward = 5 USD, network = random".
    pub fn label(&self, cell: usize) -> String {
        let said = |(factor, level): (&Factor, Level)| format!("{} = {}", factor.name, level.label);
        self.factors.iter().zip(self.levels(cell)).map(said).collect::<Vec<_>>().join(", ")
    }

    /// Of each point of the design, its cell.
    pub fn points(&self) -> Vec<u32> {
        self.points.clone().unwrap_or_else(|| (0..self.cells.len() as u32).collect())
    }

    /// In what another plan differs, in words.
    pub fn differences(&self, other: &Plan) -> Vec<&'static str> {
        let all = [
            (self.results != other.results, "the version of the engine's results"),
            (self.base != other.base, "the base scenario"),
            (self.data_sha256 != other.data_sha256, "a data file"),
            (self.seed != other.seed, "the seed"),
            (self.runs != other.runs, "the runs per cell"),
            (self.metrics != other.metrics, "the metrics"),
            (self.keep != other.keep, "what is kept"),
            (self.design != other.design, "the design"),
            (self.factors != other.factors, "the factors"),
            (self.constraints != other.constraints, "the constraints"),
            (self.cells != other.cells || self.points != other.points, "the cells"),
            ((&self.name, &self.question) != (&other.name, &other.question), "its name or question"),
        ];
        all.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what).collect()
    }
}
