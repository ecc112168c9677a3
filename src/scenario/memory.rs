//! How much memory a study will need: reckoned from the scenario before anything is allocated.
//!
//! What lies there for every person, tie and word on its way is known to the byte; how many words will be on their way at once,
//! and how many customers there will be, is a forecast. Most is needed either while the graph is grown or while runs are
//! played on it; a run has memory of its own, and so has its twin where both are played side by side.

use super::Scenario;
use super::market::Market;
use crate::engine::World;
use crate::experiment::Forecast;
use crate::projection::{Projection, Standard};
use crate::state::{Grant, State};
use crate::units::Tick;

/// Memory that a study will need \[bytes\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// What does not depend on the scenario, the command itself above all.
    base: f64,
    /// The graph.
    graph: f64,
    /// How much of it there is already: one that was read from a file lies in memory with the scenario.
    there: f64,
    /// What more is needed while it is grown.
    growing: f64,
    /// A run that is being played.
    run: f64,
    /// How many are, at the same time.
    side_by_side: u32,
    /// What has come out, in whole numbers.
    results: f64,
}

/// The command, its fonts and libraries; a stack and the allocator's share for each thread.
const BASE: f64 = 14e6;
const THREAD: f64 = 2e6;
/// A word on the agenda: the tick and eight bytes; and on the page that is played and the next, the same sorted, and eight
/// bytes made ready.
const WORD_WAITING: f64 = 12.0;
const WORD_ON_A_PAGE: f64 = 2.0 * (12.0 + 8.0);
/// What is remembered of a customer to compare a run with its twin: purchase and causes, and her place among all in either.
const COMPARED: f64 = 24.0 + 2.0 * 16.0;
/// A reward: the grant itself, and what its advocate has had; and what the comparison remembers of it.
const REWARD: f64 = size_of::<Grant>() as f64 + 16.0;
const REWARD_COMPARED: f64 = 40.0;

impl Memory {
    /// All of it.
    pub fn bytes(&self) -> u64 {
        let playing = self.run * f64::from(self.side_by_side) + self.results;
        (self.base + self.graph + self.growing.max(playing)) as u64
    }

    /// What of it has not been allocated yet.
    pub fn bytes_to_come(&self) -> u64 {
        self.bytes().saturating_sub(self.there as u64)
    }
}

impl Scenario {
    /// The memory that playing so many runs of it on so many threads will need, each with its twin or without.
    pub fn memory(&self, runs: u32, threads: u32, twin: bool) -> Memory {
        let world = &self.product.world;
        let twin = twin && world.counterpart().is_some();
        let (people, friends) = people_and_friends(&self.market, world);
        let forecast = Forecast::of(world, people, f64::from(self.market.seeds()), friends);
        let graph = self.market.graph_bytes();
        let rewards = forecast.customers
            * world.policy.rules().len() as f64
            * world.policy.terms(Tick::ZERO).participation.value();
        let page = forecast.words_a_day / f64::from(Tick::PER_DAY) * 256.0;
        let run = people * State::bytes_a_person(world.has_relations()) as f64
            + forecast.customers * (4.0 + if twin { COMPARED } else { 0.0 })
            + rewards * (REWARD + if twin { REWARD_COMPARED } else { 0.0 })
            + forecast.words_waiting * WORD_WAITING
            + page * WORD_ON_A_PAGE;
        let cells = Standard::total_measures().len()
            + Standard::daily_measures().len() * (world.horizon.day_closing() as usize + 1);
        let plays = f64::from(runs) * if twin { 2.0 } else { 1.0 };
        let each_run = self.market.grows_each_run();
        Memory {
            base: BASE + THREAD * f64::from(threads),
            graph: if each_run { 0.0 } else { graph.kept },
            there: graph.there,
            growing: if each_run { 0.0 } else { graph.growing },
            run: run + if each_run { graph.kept + graph.growing } else { 0.0 },
            side_by_side: f64::from(threads).min(plays) as u32,
            results: plays * cells as f64 * 8.0,
        }
    }
}

impl Scenario {
    /// The memory that growing its graph will need, and nothing else.
    pub fn memory_of_growing(&self, threads: u32) -> Memory {
        let GraphBytes { kept, there, growing } = self.market.graph_bytes();
        let base = BASE + THREAD * f64::from(threads);
        Memory { base, graph: kept, there, growing, run: 0.0, side_by_side: 0, results: 0.0 }
    }
}

/// People that a run will have, and how many friends each has on average.
fn people_and_friends(market: &Market, world: &World) -> (f64, f64) {
    match market.people() {
        Some(people) => (f64::from(people), market.mean_friends()),
        // Every word makes somebody: as many as the customers at which a run is stopped can tell.
        None => {
            let customers = f64::from(world.stop_at_customers.unwrap_or(market.seeds()));
            let forecast = Forecast::of(world, 1e9, f64::from(market.seeds()), 1e9);
            let tells = forecast.words_waiting.max(1.0) / forecast.customers.max(1.0);
            (customers.min(forecast.customers) * (1.0 + tells), 1e9)
        }
    }
}

/// The memory of a graph \[bytes\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct GraphBytes {
    /// While it is played on.
    pub kept: f64,
    /// How much of that there is already.
    pub there: f64,
    /// What more is needed while it is grown.
    pub growing: f64,
}
