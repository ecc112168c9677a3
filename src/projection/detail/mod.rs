//! What needs more than totals: who came how and when, what was said, who brought whom, what was owed and spent by day.
//!
//! These are no part of [`super::Standard`]: they remember customers one by one, and few charts need them, so only some runs
//! are heard by them (`experiment::Details`), and an ordinary run pays nothing. Each file answers one question as a fold of
//! the events. A run that is over is closed: what was remembered of single customers is let go, and what is left
//! ([`Detailed`]) has the size of the horizon, of the deepest cascade, and of the different sizes of cascades.
//!
//! Deliberately absent: means and quantiles over runs, and the shape of the graph, which is no event.

mod acquisition;
mod cascading;
mod funnel;
mod owing;
mod sentiments;
mod virality;

pub use acquisition::{Acquisition, Way};
pub use cascading::{CascadeTally, Cascading, Largest};
pub use funnel::{Stepping, Steps};
pub use owing::Owing;
pub use sentiments::{Balance, Sentiments};
pub use virality::{Brought, Virality};

use crate::engine::{Sink, World};
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::{PersonId, Tick};

/// Hears a run closely.
#[derive(Debug)]
pub struct Detail {
    acquisition: Acquisition,
    sentiments: Sentiments,
    virality: Virality,
    cascading: Cascading,
    owing: Owing,
    stepping: Stepping,
    /// First purchases, if they are to be kept.
    purchases: Option<Vec<(PersonId, Tick)>>,
}

/// What came out of one run that was heard closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detailed {
    /// Who came how and when.
    pub acquisition: Acquisition,
    /// What was said and thought by when.
    pub sentiments: Sentiments,
    /// Who brought how many.
    pub brought: Brought,
    /// The cascades.
    pub cascades: CascadeTally,
    /// What was owed and spent by when.
    pub owing: Owing,
    /// How far people came.
    pub steps: Steps,
    /// Who bought for the first time when, in the order of the log; nothing where it was not to be kept.
    pub purchases: Option<Vec<(PersonId, Tick)>>,
}

impl Detail {
    /// For a run of this world; `keeps_purchases` says whether every first purchase is kept, a customer after the other.
    pub fn new(world: &World, keeps_purchases: bool) -> Detail {
        let days = world.horizon.day_closing() as usize + 1;
        Detail {
            acquisition: Acquisition::new(days),
            sentiments: Sentiments::new(days),
            virality: Virality::new(days),
            cascading: Cascading::default(),
            owing: Owing::new(days),
            stepping: Stepping::default(),
            purchases: keeps_purchases.then(Vec::new),
        }
    }

    /// The run is over.
    pub fn close(self) -> Detailed {
        let Detail { acquisition, sentiments, virality, cascading, owing, stepping, purchases } = self;
        let (brought, cascades, steps) = (virality.close(), cascading.close(), stepping.close());
        Detailed { acquisition, sentiments, brought, cascades, owing, steps, purchases }
    }

    /// What is no word: few of all events, so out of their way.
    #[inline(never)]
    fn hear_other(&mut self, event: &Event, state: &State) {
        self.acquisition.hear(event, state);
        self.sentiments.hear(event, state);
        self.virality.hear(event, state);
        self.cascading.hear(event, state);
        self.owing.hear(event, state);
        self.stepping.hear(event, state);
        if let (Fact::FirstPurchaseMade { .. }, Some(purchases)) = (event.what, &mut self.purchases) {
            purchases.push((event.who, event.at));
        }
    }
}

impl Sink for Detail {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        if let Fact::WordHeard { .. } = event.what {
            self.sentiments.hear(event, state);
            self.stepping.hear(event, state);
        } else {
            self.hear_other(event, state);
        }
    }
}

/// One more in this place of a list that is as long as it has to be.
fn count_at(list: &mut Vec<i64>, place: usize) {
    if place >= list.len() {
        list.resize(place + 1, 0);
    }
    list[place] += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Channel, Source, Valence};
    use crate::units::{Cents, EventId};

    pub(super) const ANN: PersonId = PersonId(0);
    pub(super) const BOB: PersonId = PersonId(1);
    pub(super) const CYD: PersonId = PersonId(2);
    pub(super) const DAN: PersonId = PersonId(3);

    /// A sink that has heard these events, each on a day.
    pub(super) fn given<S: Sink>(mut sink: S, events: &[(u32, PersonId, Fact)]) -> S {
        let mut state = State::new(10);
        for &(day, who, what) in events {
            let event = Event { at: Tick(day * Tick::PER_DAY), who, cause: EventId::ROOT, what };
            state.apply(&event);
            sink.hear(&event, &state);
        }
        sink
    }

    pub(super) const fn bought(source: Source) -> Fact {
        Fact::FirstPurchaseMade { source, margin: 4_000, order: Cents(6_000) }
    }

    pub(super) const fn word(teller: PersonId, valence: Valence, first: bool) -> Fact {
        Fact::WordHeard { teller, valence, coded: true, first, channel: Channel::FaceToFace }
    }

    /// Persuaded by a customer of the generation before this one, with a code.
    pub(super) const fn persuaded(teller: PersonId, generation: u32) -> Fact {
        let (source, channel) = (Source::Word, Channel::FaceToFace);
        Fact::SignedUp { teller, generation, coded: true, source, channel }
    }

    /// Persuaded by the company.
    pub(super) const fn won_by(source: Source) -> Fact {
        let (teller, channel) = (PersonId::NOBODY, Channel::FaceToFace);
        Fact::SignedUp { teller, generation: 0, coded: false, source, channel }
    }

    /// Ann is a first customer and brings Bob, who brings Cyd; advertising wins Dan.
    pub(super) const STORY: [(u32, PersonId, Fact); 8] = [
        (0, ANN, Fact::CustomerSeeded),
        (0, ANN, bought(Source::Seed)),
        (1, BOB, persuaded(ANN, 1)),
        (2, BOB, bought(Source::Word)),
        (3, DAN, won_by(Source::Advertising)),
        (3, CYD, persuaded(BOB, 2)),
        (4, DAN, bought(Source::Advertising)),
        (5, CYD, bought(Source::Word)),
    ];
}
