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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Overrides;
    use std::path::Path;

    fn read(text: &str) -> Scenario {
        Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).unwrap_or_else(|why| panic!("{why}"))
    }

    /// A thousand people of whom a hundred are customers, and nobody tells anybody.
    const SILENCE: &str = "horizon = '9 days'\ngraph.complete.people = 1_000\nseeds.count = 100\n\
                           telling = { positive = 0, negative = 0 }\n";

    #[test]
    fn what_a_study_needs_is_the_sum_of_its_parts() {
        let plain = read(SILENCE).memory(50, 3, true);
        let people = 1_000.0 * State::bytes_a_person(false) as f64;
        // Ten days.
        let cells = Standard::total_measures().len() + Standard::daily_measures().len() * 10;
        assert_eq!(plain.run, people + 100.0 * 4.0);
        assert_eq!((plain.base, plain.side_by_side), (14e6 + 3.0 * 2e6, 3));
        assert_eq!(plain.results, 50.0 * cells as f64 * 8.0);
        assert_eq!(plain.bytes(), (plain.base + plain.graph + 3.0 * plain.run + plain.results) as u64);
        // Every customer participates, and may get a reward from either rule.
        let programme = "participation = { unasked = '100 %', willing = '100 %' }\n\
                         policy.two_sided = { advocate = '5.00 USD', friend = '5.00 USD' }\n";
        let scenario = read(&format!("{SILENCE}{programme}"));
        let (beside, alone) = (scenario.memory(50, 3, true), scenario.memory(50, 3, false));
        assert_eq!(alone.run, people + 100.0 * 4.0 + 200.0 * REWARD);
        assert_eq!(beside.run, people + 100.0 * (4.0 + COMPARED) + 200.0 * (REWARD + REWARD_COMPARED));
        assert_eq!(beside.results, 2.0 * alone.results);
        // No more are played at once than there are.
        assert_eq!([scenario.memory(1, 3, true), scenario.memory(1, 3, false)].map(|it| it.side_by_side), [2, 1]);
    }

    #[test]
    fn words_take_room_while_they_wait_and_on_the_page_of_their_day() {
        let scenario = read(&SILENCE.replace("positive = 0", "positive = 5"));
        let (world, run) = (&scenario.product.world, scenario.memory(1, 1, false).run);
        let forecast = Forecast::of(world, 1_000.0, 100.0, 1_000.0);
        let page = forecast.words_a_day / f64::from(Tick::PER_DAY) * 256.0;
        assert!(forecast.words_waiting > 100.0 && page > 1.0, "{forecast:?}");
        let people = 1_000.0 * State::bytes_a_person(false) as f64 + forecast.customers * 4.0;
        assert_eq!(run, people + forecast.words_waiting * WORD_WAITING + page * WORD_ON_A_PAGE);
    }

    #[test]
    fn fresh_people_are_as_many_as_the_customers_can_tell() {
        let scenario = read(
            "telling = { audience = 'fresh', positive = 3, negative = 3 }\nseeds.count = 10\n\
             stop_at_customers = 5_000\nconversion.persuasion = '90 %'\n",
        );
        let forecast = Forecast::of(&scenario.product.world, 1e9, 10.0, 1e9);
        let (people, _) = people_and_friends(&scenario.market, &scenario.product.world);
        let each = forecast.words_waiting / forecast.customers;
        assert_eq!(forecast.customers, 5_000.0);
        assert_eq!(people, 5_000.0 * (1.0 + each));
        // Nobody tells more than three people, so no more are ever on the agenda.
        assert!((0.1..=3.0).contains(&each), "{forecast:?}");
        let bytes = scenario.memory(20, 2, true).bytes();
        assert!(bytes < 100_000_000, "{bytes} bytes");
    }
}
