//! Markets are grown once and shared: cells whose people, ties and first customers are the same are played in the same graph.
//!
//! Only the markets of the latest cells are kept. Cells are played in an order in which those of one market follow each other,
//! so none is grown twice.

use super::factor::{Factor, Place, Values};
use crate::dice::{Dice, Purpose};
use crate::experiment::Experiment;
use crate::scenario::Scenario;
use crate::units::Seed;
use rayon::ThreadPool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a market depends on, besides the files that its graph is read from.
const KEYS: [&str; 3] = ["graph", "seeds", "telling"];

type Slot = Arc<OnceLock<Experiment>>;

/// People from which on a market is worth growing on all threads, even where each has a cell of its own.
const LARGE: u32 = 100_000;

/// The markets of the cells under way. Who plays cells of one sweep in several batches keeps them between those.
#[derive(Debug)]
pub struct Markets {
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
pub(super) fn in_order(factors: &[Factor], all: &[Vec<Place>], seed: Seed, cells: &[u32]) -> Vec<u32> {
    let of_market: Vec<bool> = factors.iter().map(moves_market).collect();
    let luck = Dice::new(seed).of(Purpose::Design);
    let key = |cell: &u32| -> (u64, u64) {
        let places = all[*cell as usize].iter().zip(&of_market).filter(|(_, moves)| **moves);
        let market = places.fold(0, |mixed, (place, _)| luck.draw(mixed ^ place.bits()));
        (market, luck.draw(u64::from(*cell)))
    };
    let mut ordered = cells.to_vec();
    ordered.sort_by_cached_key(key);
    ordered
}

/// Whether a factor moves what a market depends on.
fn moves_market(factor: &Factor) -> bool {
    let is_of_market = |key: &str| KEYS.iter().any(|table| key.trim_start_matches('"').starts_with(table));
    match &factor.values {
        Values::Levels(levels) => levels.iter().any(|level| level.toml.lines().any(is_of_market)),
        Values::Law { keys, .. } => keys.iter().any(|key| is_of_market(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::factor::Level;
    use super::*;

    fn factor(toml: &[&str]) -> Factor {
        let level = |toml: &&str| Level { label: toml.to_string(), number: None, toml: toml.to_string() };
        let values = Values::Levels(toml.iter().map(level).collect());
        Factor { name: "x".to_owned(), unit: String::new(), values }
    }

    #[test]
    fn cells_of_one_market_follow_each_other_in_an_order_that_is_none_of_the_plan() {
        let reward = factor(&["policy.one_sided.advocate = \"1 USD\"\n"; 20]);
        let network = factor(&[
            "horizon = \"1 year\"\n",
            "graph = { circle = { people = 9 } }\n",
            "\"graph\".complete.people = 9\n",
        ]);
        assert_eq!([&reward, &network].map(moves_market), [false, true]);
        let all: Vec<Vec<Place>> = (0..60).map(|cell| vec![Place::Level(cell / 3), Place::Level(cell % 3)]).collect();
        let cells: Vec<u32> = (0..60).filter(|cell| *cell != 17).collect();
        let ordered = in_order(&[reward, network], &all, Seed(1), &cells);
        let markets: Vec<u32> = ordered.iter().map(|cell| cell % 3).collect();
        assert_eq!(markets.windows(2).filter(|pair| pair[0] != pair[1]).count(), 2, "{markets:?}");
        assert!(!ordered[..20].is_sorted());
        let mut sorted = ordered;
        sorted.sort_unstable();
        assert_eq!(sorted, cells);
    }
}
