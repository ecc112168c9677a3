//! Renewing: whether a customer buys again, one period after each purchase.
//!
//! When the time has come she buys again with chance `1 - churn`, or else has lapsed. Churn is `1 - retention`, multiplied
//! for referred customers as long as who referred them is a customer (Van den Bulte et al. 2018), and for customers who
//! participate in referring (Garnefeld et al. 2013). The first time, an unhappy customer goes by the ladder of complaints
//! instead, if there is one (TARP). It is decided when the time has come and not at the purchase, for a complaint may be
//! resolved and a referrer may lapse in between.
//!
//! A good word may win a lapsed customer back: she buys at once, and the periods go on from there.
//!
//! With a retention of r, the mean number of purchases is 1 / (1 - r): that is the lifespan in "customer value × lifespan".
//!
//! Not here: what a purchase is worth (`worth.rs`), and what the policy pays for it (`rewarding.rs`).

use super::deciding::Hearing;
use super::due::{Act, Due};
use super::worth::OrderSpread;
use super::{Play, Sink};
use crate::dice::{Purpose, descendant, pair};
use crate::event::{Fact, Sentiment, Source};
use crate::policy::Occasion;
use crate::state::{Stage, State};
use crate::units::{Cents, EventId, PersonId, Probability, Strength, Tick};

/// What purchases are worth, and whether others follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Commerce {
    /// Mean price of a purchase [minor units].
    pub order: Cents,
    /// How prices differ; not at all where it is nothing.
    pub order_spread: Option<OrderSpread>,
    /// The share of a price that is not cost, on average [basis points].
    pub margin: u16,
    /// By how much it differs at most from purchase to purchase [basis points]; no more than `margin` or what it leaves.
    pub margin_spread: u16,
    /// Time from a purchase to the next.
    pub period: Tick,
    /// Chance that a customer buys again when the time has come.
    pub retention: Probability,
    /// How referred customers differ.
    pub referred: Referred,
    /// What the churn of customers who participate in referring is multiplied by.
    pub loyalty: Strength,
    /// How unhappy customers differ, the first time.
    pub ladder: Option<Ladder>,
    /// Chance that a good word wins a lapsed customer back.
    pub win_back: Probability,
}

/// How customers differ whom a word or a review brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referred {
    /// By which share they spend more, when new.
    pub spend_lift: Probability,
    /// Time since the first purchase over which that goes down to nothing, in a straight line.
    pub spend_fading: Tick,
    /// Chance that they buy again, as long as who referred them has not lapsed.
    pub retention: Probability,
}

/// Chance that an unhappy customer buys a second time, by what came of it (TARP's ladder).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder {
    /// She did not complain.
    pub silent: Probability,
    /// Her complaint has not been resolved.
    pub unresolved: Probability,
    /// It has been resolved.
    pub resolved: Probability,
    /// It has been resolved quickly.
    pub quick: Probability,
}

impl Ladder {
    /// Where a customer stands on the ladder; nothing for those who never were unhappy.
    fn chance(&self, state: &State, who: PersonId) -> Option<Probability> {
        match (state.has_complained(who), state.resolved(who)) {
            (true, Some(true)) => Some(self.quick),
            (true, Some(false)) => Some(self.resolved),
            (true, None) => Some(self.unresolved),
            (false, _) => (state.sentiment(who) == Sentiment::Unhappy).then_some(self.silent),
        }
    }
}

impl Commerce {
    /// Whether customers may buy again, and so may lapse.
    pub fn repeats(&self) -> bool {
        self.retention != Probability::NEVER || self.win_back != Probability::NEVER || self.ladder.is_some()
    }

    /// The most purchases that one customer can make up to a moment.
    pub fn purchases_max(&self, horizon: Tick) -> u32 {
        if self.repeats() { 1 + horizon.0 / self.period.0 } else { 1 }
    }
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans for the time to buy again after the `ordinal`-th purchase, from 0.
    #[inline]
    pub(super) fn plan_renewal(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        if !PLAIN && self.world.commerce.repeats() {
            let due = Due::Act { who, act: Act::BuyAgain, ordinal };
            self.run.agenda.plan(at + self.world.commerce.period, due.pack());
        }
    }

    /// The time to buy again has come: a customer does, or has lapsed.
    pub(super) fn renew(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        let cause = self.run.state.purchase_event(who);
        let luck = self.luck.of(Purpose::Renewal).draw(descendant(self.subject(who), ordinal));
        if self.chance_to_renew(who, ordinal).accepts(luck) {
            self.buy_again(at, who, ordinal + 1, cause);
        } else {
            self.record(at, who, Fact::CustomerLapsed, cause);
        }
    }

    /// The chance that a customer buys again after the `ordinal`-th purchase.
    fn chance_to_renew(&self, who: PersonId, ordinal: u32) -> Probability {
        let (commerce, state) = (&self.world.commerce, &self.run.state);
        if ordinal == 0
            && let Some(chance) = commerce.ladder.and_then(|ladder| ladder.chance(state, who))
        {
            return chance;
        }
        let referrer_stays = || state.teller(who).is_none_or(|teller| state.stage(teller) != Stage::Lapsed);
        let retention = match self.is_referred(who) && referrer_stays() {
            true => commerce.referred.retention,
            false => commerce.retention,
        };
        match state.participates(who) {
            true => retention.complement().times(commerce.loyalty).complement(),
            false => retention,
        }
    }

    /// Whether somebody's word or review brought this customer.
    pub(super) fn is_referred(&self, who: PersonId) -> bool {
        matches!(self.run.state.source(who), Source::Word | Source::Review)
    }

    fn buy_again(&mut self, at: Tick, who: PersonId, ordinal: u32, cause: EventId) {
        let (order, margin) = self.worth_of_purchase(at, who, ordinal);
        let purchase = self.record(at, who, Fact::PurchaseRepeated { margin, order }, cause);
        self.reward(at, who, Occasion::Purchase { before: ordinal, order, left: order }, purchase);
        self.plan_refund(at, who, ordinal, purchase, (order, margin));
        self.plan_renewal(at, who, ordinal);
    }

    /// A good word may win a lapsed customer back. Its coin is another than that by which it would have persuaded a
    /// prospect, and a new one for each attempt.
    pub(super) fn maybe_win_back(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        let Hearing { teller, to, attempt, .. } = hearing;
        let luck = self.luck.of(Purpose::WinBack).draw(descendant(pair(teller.0, to), attempt));
        if self.world.commerce.win_back.accepts(luck) {
            let won = self.record(at, hearer, Fact::CustomerWonBack { teller }, heard);
            self.buy_again(at, hearer, self.run.state.purchases_repeated(hearer) + 1, won);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;

    const ANN: PersonId = PersonId(0);

    /// TARP's figures for losses above 100 dollars.
    fn ladder() -> Ladder {
        let [silent, unresolved, resolved, quick] = [0.09, 0.19, 0.54, 0.82].map(Probability::clamped);
        Ladder { silent, unresolved, resolved, quick }
    }

    /// The chance that Ann buys a second time after all this.
    fn after(sentiment: Sentiment, story: &[Fact]) -> Option<f64> {
        let mut state = State::new(1);
        let begin = [Fact::CustomerSeeded, Fact::ExperienceRated { score: 0, sentiment }];
        for &what in begin.iter().chain(story) {
            state.apply(&Event { at: Tick::ZERO, who: ANN, cause: EventId::ROOT, what });
        }
        ladder().chance(&state, ANN).map(Probability::value)
    }

    #[test]
    fn who_has_no_problem_is_not_on_the_ladder() {
        assert_eq!(after(Sentiment::Satisfied, &[]), None);
        assert_eq!(after(Sentiment::Neutral, &[]), None);
    }

    #[test]
    fn a_complaint_and_its_resolution_climb_the_ladder() {
        let resolved = |quick| Fact::ComplaintResolved { sentiment: Sentiment::Satisfied, quick };
        let unhappy = |story: &[Fact]| after(Sentiment::Unhappy, story).expect("on the ladder");
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        let silent = unhappy(&[]);
        let unresolved = unhappy(&[Fact::ComplaintFiled]);
        let slowly = unhappy(&[Fact::ComplaintFiled, resolved(false)]);
        let quickly = unhappy(&[Fact::ComplaintFiled, resolved(true)]);
        for (found, expected) in [(silent, 0.09), (unresolved, 0.19), (slowly, 0.54), (quickly, 0.82)] {
            close(found, expected);
        }
        // Case M3: half complain, of these 60 % are helped, half of them quickly.
        close(0.5 * silent + 0.5 * (0.4 * unresolved + 0.6 * (0.5 * slowly + 0.5 * quickly)), 0.287);
    }
}
