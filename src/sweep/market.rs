//! Markets are grown once and shared: cells whose people, ties and first customers are the same are played in the same graph.
//!
//! Only the markets of the cells under way are kept. Cells are played in an order in which those of one market follow each other,
//! so none is grown twice.

use super::factor::Factor;
use super::plan::Plan;
use crate::dice::{Dice, Purpose};
use crate::experiment::Experiment;
use crate::scenario::Scenario;
use rayon::ThreadPool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a market depends on, besides the files that its graph is read from.
const KEYS: [&str; 3] = ["graph", "seeds", "telling"];

type Slot = Arc<OnceLock<Experiment>>;

/// People from which on a market is worth growing on all threads, even where each has a cell of its own.
const LARGE: u32 = 100_000;

/// The markets of the cells under way.
#[derive(Debug)]
pub(super) struct Markets {
    /// The latest last.
    kept: Mutex<Vec<(String, Slot)>>,
    /// How many are kept.
    most: usize,
    /// Threads that grow large ones together; they sleep otherwise.
    growers: Option<ThreadPool>,
}

impl Markets {
    /// Those of cells that are played on so many threads.
    pub fn new(threads: usize) -> Markets {
        // Without them, whoever needs a market grows it alone.
        let growers = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok().filter(|_| threads > 1);
        Markets { kept: Mutex::default(), most: threads + 1, growers }
    }

    /// The experiment of a scenario, in a market that is grown only where it is not there.
    pub fn experiment(&self, scenario: Scenario) -> Experiment {
        let slot = self.slot(scenario.market_digest());
        // Others that need the same one wait for it here, and nobody else does.
        let mut own = None;
        let grown = slot.get_or_init(|| {
            let grow = || scenario.clone().into_experiment();
            let large = scenario.people().is_some_and(|people| people >= LARGE);
            let experiment = match self.growers.as_ref().filter(|_| large) {
                Some(growers) => growers.install(grow),
                None => grow(),
            };
            own = Some(experiment.clone());
            experiment
        });
        own.unwrap_or_else(|| scenario.into_experiment_in(grown))
    }

    fn slot(&self, key: String) -> Slot {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = match kept.iter().position(|(known, _)| *known == key) {
            Some(place) => kept.remove(place).1,
            None => Slot::default(),
        };
        kept.push((key, slot.clone()));
        if kept.len() > self.most {
            kept.remove(0);
        }
        slot
    }
}

/// These cells, so ordered that those of one market follow each other; otherwise shuffled, so that what there is of a sweep that was
/// stopped is a sample of all of it, and the time that is left is known from the time that has gone.
pub(super) fn in_order(plan: &Plan, cells: &[u32]) -> Vec<u32> {
    let moves = |factor: &Factor| {
        let is_of_market = |line: &str| KEYS.iter().any(|key| line.trim_start_matches('"').starts_with(key));
        let toml = |cell: &u32, place: usize| factor.level(plan.cells[*cell as usize][place]).toml;
        let place = plan.factors.iter().position(|other| other == factor).unwrap_or(0);
        cells.first().is_some_and(|cell| toml(cell, place).lines().any(is_of_market))
    };
    let of_market: Vec<bool> = plan.factors.iter().map(moves).collect();
    let luck = Dice::new(plan.seed()).of(Purpose::Design);
    let key = |cell: &u32| -> (u64, u64) {
        let places = plan.cells[*cell as usize].iter().zip(&of_market).filter(|(_, moves)| **moves);
        let market = places.fold(0, |mixed, (place, _)| luck.draw(mixed ^ place.bits()));
        (market, luck.draw(u64::from(*cell)))
    };
    let mut ordered = cells.to_vec();
    ordered.sort_by_cached_key(key);
    ordered
}
