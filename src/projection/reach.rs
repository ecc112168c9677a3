//! Who has heard, and how many words it took.

use super::{Days, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact, Valence};
use crate::state::State;

/// People who have heard a word, and words told.
#[derive(Debug, Clone)]
pub struct Reach {
    heard: Days,
    good: Days,
    bad: Days,
}

const MEASURES: [Measure; 3] = [
    Measure {
        name: "reach",
        label: "People reached",
        unit: Unit::People,
        meaning: "people who have heard at least one word, good or bad (a first customer counts only once told)",
    },
    Measure { name: "words_good", label: "Good words told", unit: Unit::Words, meaning: "good words told" },
    Measure { name: "words_bad", label: "Bad words told", unit: Unit::Words, meaning: "bad words told" },
];

impl Reach {
    /// For runs of so many days, day 0 included.
    pub fn new(days: usize) -> Reach {
        Reach { heard: Days::new(days), good: Days::new(days), bad: Days::new(days) }
    }

    fn series(&self) -> [&Days; 3] {
        [&self.heard, &self.good, &self.bad]
    }
}

impl Sink for Reach {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        if let Fact::WordHeard { valence, first, .. } = event.what {
            // No branch: which way a word goes is what no processor can guess.
            self.heard.add(event.at, i64::from(first));
            self.good.add(event.at, i64::from(valence == Valence::Good));
            self.bad.add(event.at, i64::from(valence == Valence::Bad));
        }
    }
}

impl Projection for Reach {
    fn daily_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn total_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn rewind(&mut self) {
        self.heard.rewind();
        self.good.rewind();
        self.bad.rewind();
    }

    fn daily(&self, out: &mut Vec<i64>) {
        self.series().iter().for_each(|days| days.cumulate(out));
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend(self.series().map(Days::total));
    }
}
