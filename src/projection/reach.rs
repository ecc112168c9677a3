//! Who has heard, how many words it took, and who will hear no more of it.

use super::{Days, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact, Valence};
use crate::state::State;

/// People who have heard a word, words told, and people whom a bad word has closed.
#[derive(Debug, Clone)]
pub struct Reach {
    heard: Days,
    good: Days,
    bad: Days,
    blocked: i64,
}

const DAILY: [Measure; 3] = [
    Measure {
        name: "reach",
        label: "People reached",
        unit: Unit::People,
        meaning: "people who have heard at least one word, good or bad (a first customer counts only once told)",
    },
    Measure {
        name: "words_good",
        label: "Good words told",
        unit: Unit::Words,
        meaning: "words for the product that somebody heard, whoever told them",
    },
    Measure {
        name: "words_bad",
        label: "Bad words told",
        unit: Unit::Words,
        meaning: "words against the product that somebody heard",
    },
];

const BLOCKED: Measure = Measure {
    name: "blocked",
    label: "People blocked",
    unit: Unit::People,
    meaning: "people who will not be persuaded any more, after a bad word",
};

impl Reach {
    /// For runs of so many days, day 0 included.
    pub fn new(days: usize) -> Reach {
        Reach { heard: Days::new(days), good: Days::new(days), bad: Days::new(days), blocked: 0 }
    }

    fn series(&self) -> [&Days; 3] {
        [&self.heard, &self.good, &self.bad]
    }
}

impl Sink for Reach {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::WordHeard { valence, first, .. } => {
                // No branch: which way a word goes is what no processor can guess.
                self.heard.add(event.at, i64::from(first));
                self.good.add(event.at, i64::from(valence == Valence::Good));
                self.bad.add(event.at, i64::from(valence == Valence::Bad));
            }
            // Nobody is ever unblocked.
            Fact::ProspectBlocked => self.blocked += 1,
            _ => {}
        }
    }
}

impl Projection for Reach {
    fn daily_measures() -> Vec<Measure> {
        DAILY.to_vec()
    }

    fn total_measures() -> Vec<Measure> {
        [&DAILY[..], &[BLOCKED]].concat()
    }

    fn rewind(&mut self) {
        self.heard.rewind();
        self.good.rewind();
        self.bad.rewind();
        self.blocked = 0;
    }

    fn daily(&self, out: &mut Vec<i64>) {
        self.series().iter().for_each(|days| days.cumulate(out));
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend(self.series().map(Days::total));
        out.push(self.blocked);
    }
}
