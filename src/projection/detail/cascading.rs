//! The cascades of a run: how large, how deep, and which is the largest.
//!
//! A cascade is a customer whom no word brought, with everybody who descends from her by persuading words
//! (docs/glossary.md): first customers begin one, and so do those whom advertising or an influencer won. So every customer
//! is in one, and sizes add up to customers. Depth is the greatest generation in it.

use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::PersonId;
use std::collections::BTreeMap;

/// Follows each cascade while a run is heard.
#[derive(Debug, Default)]
pub struct Cascading {
    /// By the order of those with whom they began; of no size where she has not bought.
    cascades: Vec<Cascade>,
}

#[derive(Debug, Clone, Copy)]
struct Cascade {
    root: PersonId,
    size: u32,
    depth: u32,
}

/// How many cascades there are of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CascadeTally {
    /// How many cascades have so many customers, the one it began with included.
    pub sizes: BTreeMap<u32, i64>,
    /// How many cascades have so many generations below the first one.
    pub depths: BTreeMap<u32, i64>,
    /// The one with the most customers; of equal ones the first. Nothing where nobody bought.
    pub largest: Option<Largest>,
}

/// The largest cascade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Largest {
    /// With whom it began.
    pub root: PersonId,
    /// Its customers, she included \[people\].
    pub size: u32,
    /// Its greatest generation.
    pub depth: u32,
}

impl Cascading {
    /// The run is over.
    pub fn close(self) -> CascadeTally {
        let mut tally = CascadeTally::default();
        for Cascade { root, size, depth } in self.cascades.into_iter().filter(|cascade| cascade.size > 0) {
            *tally.sizes.entry(size).or_default() += 1;
            *tally.depths.entry(depth).or_default() += 1;
            if tally.largest.is_none_or(|largest| size > largest.size) {
                tally.largest = Some(Largest { root, size, depth });
            }
        }
        tally
    }
}

impl Sink for Cascading {
    #[inline]
    fn hear(&mut self, event: &Event, state: &State) {
        let Fact::FirstPurchaseMade { .. } = event.what else { return };
        let place = state.cascade(event.who) as usize;
        if place >= self.cascades.len() {
            self.cascades.resize(place + 1, Cascade { root: PersonId::NOBODY, size: 0, depth: 0 });
        }
        let cascade = &mut self.cascades[place];
        // Nobody is brought by somebody who has not bought, so the first one to buy is the root.
        if cascade.size == 0 {
            cascade.root = event.who;
        }
        cascade.size += 1;
        cascade.depth = cascade.depth.max(state.generation(event.who));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ANN, BOB, STORY, given, won_by};
    use super::*;
    use crate::event::Source;

    #[test]
    fn sizes_add_up_to_customers() {
        let told = given(Cascading::default(), &STORY).close();
        // Ann, Bob and Cyd; Dan alone.
        assert_eq!(told.sizes, BTreeMap::from([(1, 1), (3, 1)]));
        assert_eq!(told.depths, BTreeMap::from([(0, 1), (2, 1)]));
        assert_eq!(told.largest, Some(Largest { root: ANN, size: 3, depth: 2 }));
    }

    #[test]
    fn who_signs_up_and_does_not_buy_begins_no_cascade() {
        let told = given(Cascading::default(), &[(0, BOB, won_by(Source::Advertising))]).close();
        assert_eq!(told, CascadeTally::default());
    }

    #[test]
    fn of_equal_cascades_the_first_is_the_largest() {
        let alone = [STORY[0], STORY[1], STORY[4], STORY[6]];
        let told = given(Cascading::default(), &alone).close();
        assert_eq!(told.largest, Some(Largest { root: ANN, size: 1, depth: 0 }));
    }
}
