//! Who is still a customer at the end of a period: what a company counts to get its retention, `(end - new) / start`.
//!
//! A period is the time from a purchase to the next (`commerce.period`), and periods are counted from the start. So every
//! customer who is there at the start of a period decides once in it, and nobody who is new does: the share that is kept is
//! free of any bias by growth. Who is won back counts among the new ones, for she was not there at the start or has been lost
//! since. A purchase or lapse at the moment at which a period closes belongs to it; first customers are there before the
//! first period.
//!
//! Only complete periods count: not the one that the horizon cuts off, nor that in which a run was stopped at the limit of
//! customers. The rates are made of these sums afterwards (`experiment`).

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::Tick;

/// Customers at the start and at the end of periods, those who are new, and purchases.
#[derive(Debug, Clone)]
pub struct Retention {
    period: Tick,
    stop_at: u32,
    /// What happened in each period that is complete at the horizon; the first element is the start, before the first period.
    periods: Vec<Change>,
    /// How many of them, the start included, were over before the run was stopped.
    complete: usize,
}

/// What happened in a period.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    new: i64,
    lapsed: i64,
    purchases: i64,
}

/// The sums over all complete periods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    start: i64,
    new: i64,
    end: i64,
    purchases: i64,
}

const MEASURES: [Measure; 4] = [
    Measure {
        name: "period_start",
        label: "Customers at the start of a period",
        unit: Unit::People,
        meaning: "customers, lapsed ones not included, at the start of each complete period, all periods added up",
    },
    Measure {
        name: "period_new",
        label: "New customers of a period",
        unit: Unit::People,
        meaning: "first purchases and customers won back in each complete period, all periods added up",
    },
    Measure {
        name: "period_end",
        label: "Customers at the end of a period",
        unit: Unit::People,
        meaning: "customers, lapsed ones not included, at the end of each complete period, all periods added up",
    },
    Measure {
        name: "period_purchases",
        label: "Purchases of a period",
        unit: Unit::Purchases,
        meaning: "purchases in each complete period, all periods added up",
    },
];

impl Retention {
    /// For runs up to `horizon` that are stopped at so many customers, if at any; `period` is above zero.
    pub fn new(horizon: Tick, period: Tick, stop_at: Option<u32>) -> Retention {
        let periods = vec![Change::default(); (horizon.0 / period.0) as usize + 1];
        Retention { period, stop_at: stop_at.unwrap_or(u32::MAX), complete: periods.len(), periods }
    }

    /// The period in which a moment lies.
    fn place(&self, at: Tick) -> usize {
        at.0.div_ceil(self.period.0) as usize
    }

    #[inline]
    fn count(&mut self, at: Tick, count: impl Fn(&mut Change)) {
        let place = self.place(at);
        // Nothing where the horizon cuts the period off.
        if let Some(change) = self.periods.get_mut(place) {
            count(change);
        }
    }

    fn sums(&self) -> Sums {
        let (mut sums, mut active) = (Sums::default(), 0);
        for (place, change) in self.periods[..self.complete].iter().enumerate() {
            let end = active + change.new - change.lapsed;
            if place > 0 {
                sums.start += active;
                sums.new += change.new;
                sums.end += end;
                sums.purchases += change.purchases;
            }
            active = end;
        }
        sums
    }
}

impl Sink for Retention {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        match event.what {
            Fact::FirstPurchaseMade { .. } => {
                self.count(event.at, |change| {
                    change.new += 1;
                    change.purchases += 1;
                });
                if state.customers() >= self.stop_at {
                    self.complete = self.complete.min(self.place(event.at));
                }
            }
            Fact::PurchaseRepeated { .. } => self.count(event.at, |change| change.purchases += 1),
            Fact::CustomerLapsed => self.count(event.at, |change| change.lapsed += 1),
            Fact::CustomerWonBack { .. } => self.count(event.at, |change| change.new += 1),
            _ => {}
        }
    }
}

impl Projection for Retention {
    fn total_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn rewind(&mut self) {
        self.periods.fill(Change::default());
        self.complete = self.periods.len();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let Sums { start, new, end, purchases } = self.sums();
        out.extend([start, new, end, purchases]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Source;
    use crate::units::{Cents, EventId, PersonId};

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(1);
    const CYD: PersonId = PersonId(2);
    const FIRST: Fact = Fact::FirstPurchaseMade { source: Source::Seed, margin: 0, order: Cents(100) };
    const AGAIN: Fact = Fact::PurchaseRepeated { margin: 0, order: Cents(100) };
    const LAPSED: Fact = Fact::CustomerLapsed;
    const BACK: Fact = Fact::CustomerWonBack { teller: ANN };

    /// The sums after these events, each on a day; the horizon is day 65, a period has 30 days.
    fn check(stop_at: Option<u32>, events: &[(u32, PersonId, Fact)], [start, new, end, purchases]: [i64; 4]) {
        let days = |days: u32| Tick(days * Tick::PER_DAY);
        let mut retention = Retention::new(days(65), days(30), stop_at);
        let mut state = State::new(3);
        for &(day, who, what) in events {
            let event = Event { at: days(day), who, cause: EventId::ROOT, what };
            state.apply(&event);
            retention.hear(&event, &state);
        }
        assert_eq!(retention.sums(), Sums { start, new, end, purchases });
    }

    #[test]
    fn who_is_kept_is_who_is_there_at_the_end_less_the_new_ones() {
        // Ann stays, Bob comes on day 10 and has lapsed on day 40: of three who were there at a start, two were kept.
        let story = [(0, ANN, FIRST), (10, BOB, FIRST), (30, ANN, AGAIN), (40, BOB, LAPSED), (60, ANN, AGAIN)];
        check(None, &story, [1 + 2, 1, 2 + 1, 2 + 1]);
    }

    #[test]
    fn who_is_won_back_is_new() {
        let story = [(0, ANN, FIRST), (0, BOB, FIRST), (30, ANN, AGAIN), (30, BOB, LAPSED), (45, BOB, BACK)];
        // At the end of the second period Ann and Bob are there, of whom one is new.
        check(None, &[&story[..], &[(45, BOB, AGAIN), (60, ANN, AGAIN)]].concat(), [2 + 1, 1, 1 + 2, 1 + 2]);
    }

    #[test]
    fn a_period_that_is_cut_off_does_not_count() {
        let story = [(0, ANN, FIRST), (30, ANN, AGAIN), (60, ANN, AGAIN), (61, BOB, FIRST), (65, CYD, FIRST)];
        check(None, &story, [2, 0, 2, 2]);
        // Stopped on day 40, in the second period.
        check(Some(2), &[(0, ANN, FIRST), (30, ANN, LAPSED), (40, BOB, FIRST)], [1, 0, 0, 0]);
        check(Some(1), &[(0, ANN, FIRST)], [0; 4]);
    }
}
