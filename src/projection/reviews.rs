//! Reviews: how many were posted, and how often strangers read them.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Channel, Event, Fact};
use crate::state::State;

/// Reviews posted and read.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    posted: i64,
    read: i64,
}

const MEASURES: [Measure; 2] = [
    Measure {
        name: "reviews_posted",
        label: "Reviews posted",
        unit: Unit::Words,
        meaning: "reviews that customers posted, good or bad",
    },
    Measure {
        name: "reviews_read",
        label: "Reviews read",
        unit: Unit::Words,
        meaning: "words heard by way of a review site; they are among the words told",
    },
];

impl Sink for Reviews {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::ReviewPosted { .. } => self.posted += 1,
            Fact::WordHeard { channel, .. } => self.read += i64::from(channel == Channel::ReviewSite),
            _ => {}
        }
    }
}

impl Projection for Reviews {
    fn total_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn rewind(&mut self) {
        *self = Reviews::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend([self.posted, self.read]);
    }
}
