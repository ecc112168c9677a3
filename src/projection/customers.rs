//! Who bought, what brought them, and the families they form.
//!
//! A cascade is one first customer with everybody who descends from her by persuading words; its depth is the greatest
//! generation in it (first customers are generation 0).

use super::{Days, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact, Source};
use crate::state::State;

/// Customers by what brought them, and their cascades.
#[derive(Debug, Clone)]
pub struct Customers {
    by_word: Days,
    otherwise: Days,
    /// Customers of each source, in the order of [`Source::ALL`].
    of_source: [i64; Source::ALL.len()],
    depth: i64,
    /// Customers of each cascade, by the order of the one it began with.
    sizes: Vec<i64>,
}

const ALL: Measure = Measure {
    name: "customers",
    label: "Customers",
    unit: Unit::People,
    meaning: "people who have bought at least once, first customers included",
};
const BY_WORD: Measure = Measure {
    name: "customers_by_word",
    label: "Customers by word of mouth",
    unit: Unit::People,
    meaning: "customers whom somebody's word or review persuaded",
};
const OTHERWISE: Measure = Measure {
    name: "customers_otherwise",
    label: "Other customers",
    unit: Unit::People,
    meaning: "customers whom no word brought: first customers, and those won by influencers and advertising",
};

const fn of_source(name: &'static str, label: &'static str, meaning: &'static str) -> Measure {
    Measure { name, label, unit: Unit::People, meaning }
}

impl Customers {
    /// For runs of so many days, day 0 included.
    pub fn new(days: usize) -> Customers {
        Customers { by_word: Days::new(days), otherwise: Days::new(days), of_source: [0; 5], depth: 0, sizes: vec![] }
    }
}

impl Sink for Customers {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        if let Fact::FirstPurchaseMade { source, .. } = event.what {
            match source {
                Source::Word | Source::Review => self.by_word.add(event.at, 1),
                Source::Seed | Source::Influencer | Source::Advertising => self.otherwise.add(event.at, 1),
            }
            self.of_source[source as usize] += 1;
            self.depth = self.depth.max(i64::from(state.generation(event.who)));
            let cascade = state.cascade(event.who) as usize;
            if cascade >= self.sizes.len() {
                self.sizes.resize(cascade + 1, 0);
            }
            self.sizes[cascade] += 1;
        }
    }
}

impl Projection for Customers {
    fn daily_measures() -> Vec<Measure> {
        vec![ALL, BY_WORD, OTHERWISE]
    }

    fn total_measures() -> Vec<Measure> {
        vec![
            ALL,
            BY_WORD,
            OTHERWISE,
            of_source("customers_by_review", "Customers by review", "customers whom a stranger's review persuaded"),
            of_source("customers_by_influencer", "Customers by influencers", "customers won by influencers' posts"),
            of_source("customers_by_advertising", "Customers by advertising", "customers won by advertising"),
            Measure {
                name: "cascade_depth",
                label: "Cascade depth",
                unit: Unit::Generations,
                meaning: "the greatest generation of a customer; 0 if the first customers persuaded nobody",
            },
            Measure {
                name: "cascade_size_max",
                label: "Largest cascade",
                unit: Unit::People,
                meaning: "customers of the largest cascade: one first customer and all who descend from her",
            },
        ]
    }

    fn rewind(&mut self) {
        self.by_word.rewind();
        self.otherwise.rewind();
        self.of_source = [0; 5];
        self.depth = 0;
        self.sizes.clear();
    }

    fn daily(&self, out: &mut Vec<i64>) {
        let mut all = Days(self.by_word.0.clone());
        all.0.iter_mut().zip(&self.otherwise.0).for_each(|(all, other)| *all += other);
        [&all, &self.by_word, &self.otherwise].iter().for_each(|days| days.cumulate(out));
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let (by_word, otherwise) = (self.by_word.total(), self.otherwise.total());
        let largest = self.sizes.iter().copied().max().unwrap_or(0);
        let of = |source: Source| self.of_source[source as usize];
        let paid = [of(Source::Review), of(Source::Influencer), of(Source::Advertising)];
        out.extend([by_word + otherwise, by_word, otherwise].into_iter().chain(paid).chain([self.depth, largest]));
    }
}
