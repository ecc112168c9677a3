//! Who has heard, how many words it took, and who will hear no more of it.

use super::{Measure, Projection, Unit, cumulate};
use crate::engine::Sink;
use crate::event::{Event, Fact, Valence};
use crate::state::State;

/// People who have heard a word, words told, and people whom a bad word has closed.
#[derive(Debug, Clone)]
pub struct Reach {
    /// For each day who heard for the first time, good words and bad words: side by side, for a word counts in two of them.
    days: Vec<[i64; 3]>,
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
        Reach { days: vec![[0; 3]; days], blocked: 0 }
    }
}

impl Sink for Reach {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::WordHeard { valence, first, .. } => {
                // No branch: which way a word goes is what no processor can guess.
                let day = &mut self.days[event.at.day_closing() as usize];
                day[0] += i64::from(first);
                day[1 + usize::from(valence == Valence::Bad)] += 1;
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
        self.days.fill([0; 3]);
        self.blocked = 0;
    }

    fn daily(&self, out: &mut Vec<i64>) {
        for series in 0..3 {
            cumulate(self.days.iter().map(|day| day[series]), out);
        }
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend((0..3).map(|series| self.days.iter().map(|day| day[series]).sum::<i64>()));
        out.push(self.blocked);
    }
}
