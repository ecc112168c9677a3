//! How many customers a customer brings, by her generation and by the day on which she bought.
//!
//! R is the number of customers whom one customer brings directly, by her word or her review (docs/glossary.md). Between
//! generations it is exact: whoever is of generation g + 1 was brought by one of generation g. By day, buyers of the last
//! days have had less time, so it is noted how long it takes from a customer's purchase to those of whom she brings.

use super::count_at;
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::PersonId;
use rustc_hash::FxHashMap;

/// Notes who brought whom while a run is heard.
#[derive(Debug)]
pub struct Virality {
    /// The day of each customer's first purchase. Looked up, never gone through: its order is nobody's.
    bought: FxHashMap<PersonId, u32>,
    brought: Brought,
}

/// Who brought how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Customers of generation 0, 1, 2, … \[people\].
    pub generations: Vec<i64>,
    /// Customers who first bought on day 0, 1, 2, … \[people\].
    pub buyers: Vec<i64>,
    /// Customers whom those of day 0, 1, 2, … brought by the end of the run, whenever that was \[people\].
    pub won: Vec<i64>,
    /// How many of those whom buyers of the first half of the run brought bought 0, 1, 2, … days after them \[people\]. The
    /// first half alone, for of later buyers only the quick ones would be seen.
    pub lags: Vec<i64>,
}

impl Virality {
    /// For a run of so many days, day 0 included.
    pub fn new(days: usize) -> Virality {
        let brought = Brought { generations: vec![], buyers: vec![0; days], won: vec![0; days], lags: vec![0; days] };
        Virality { bought: FxHashMap::default(), brought }
    }

    /// The run is over.
    pub fn close(self) -> Brought {
        self.brought
    }
}

impl Sink for Virality {
    #[inline]
    fn hear(&mut self, event: &Event, state: &State) {
        let Fact::FirstPurchaseMade { .. } = event.what else { return };
        let (day, Brought { generations, buyers, won, lags }) = (event.at.day_closing(), &mut self.brought);
        count_at(generations, state.generation(event.who) as usize);
        buyers[day as usize] += 1;
        if let Some(&since) = state.teller(event.who).and_then(|teller| self.bought.get(&teller)) {
            won[since as usize] += 1;
            if (since as usize) < buyers.len().div_ceil(2) {
                lags[(day - since) as usize] += 1;
            }
        }
        self.bought.insert(event.who, day);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{STORY, given};
    use super::*;

    #[test]
    fn whoever_is_brought_counts_for_the_day_of_the_one_who_brought_her() {
        let told = given(Virality::new(7), &STORY).close();
        assert_eq!(told.generations, [2, 1, 1]);
        assert_eq!(told.buyers, [1, 0, 1, 0, 1, 1, 0]);
        assert_eq!(told.won, [1, 0, 1, 0, 0, 0, 0]);
        // Bob came two days after Ann, Cyd three days after Bob.
        assert_eq!(told.lags, [0, 0, 1, 1, 0, 0, 0]);
    }

    #[test]
    fn lags_are_those_of_buyers_who_were_watched_for_half_of_the_run_at_least() {
        // Of six days, day 2 is the last of the first half; of five, day 2 as well; of four, it is not.
        let late = |days: u32| {
            let story: Vec<_> = STORY.iter().map(|&(day, who, what)| (day.min(days - 1), who, what)).collect();
            given(Virality::new(days as usize), &story).close().lags.iter().sum::<i64>()
        };
        assert_eq!((late(6), late(5), late(4)), (2, 2, 1));
    }
}
