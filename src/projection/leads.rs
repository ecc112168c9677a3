//! What lies between a word and a purchase: who landed, who signed up, who was lost.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;

/// The steps of the funnel. Nobody lands and nobody is lost where a scenario has none; sign-ups there always are.
#[derive(Debug, Clone, Default)]
pub struct Leads {
    landed: i64,
    sign_ups: i64,
    lost: i64,
}

const MEASURES: [Measure; 3] = [
    Measure {
        name: "landed",
        label: "Landings",
        unit: Unit::People,
        meaning: "times that somebody followed a word to the company's door (with a funnel only)",
    },
    Measure {
        name: "sign_ups",
        label: "Sign-ups",
        unit: Unit::People,
        meaning: "times that somebody was persuaded, by a word or by the company; first customers are not counted",
    },
    Measure {
        name: "leads_lost",
        label: "Leads lost",
        unit: Unit::People,
        meaning: "times that somebody who had signed up went away without buying (with a funnel only)",
    },
];

impl Sink for Leads {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::Landed { .. } => self.landed += 1,
            Fact::SignedUp { .. } => self.sign_ups += 1,
            Fact::LeadLost => self.lost += 1,
            _ => {}
        }
    }
}

impl Projection for Leads {
    fn total_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn rewind(&mut self) {
        *self = Leads::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend([self.landed, self.sign_ups, self.lost]);
    }
}
