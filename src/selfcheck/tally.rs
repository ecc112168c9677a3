//! What is kept of a run about one customer or one programme: purchases, and what was paid for those who were referred.
//!
//! The standard projections count a market, day by day; where a run is one customer over hundreds of periods, that would be
//! nearly all of the work. A tally is the same fold with nothing daily in it, and it knows a few things more: what each
//! purchase is worth at the start, what earned each reward, and when the last one was granted.

use crate::engine::Sink;
use crate::event::{Event, Fact, Source, Valence};
use crate::state::State;
use crate::units::{Cents, EventId, Tick};

/// How purchases are discounted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// From a purchase to the next.
    pub period: Tick,
    /// The discount of a period, as a share.
    pub discount: f64,
}

/// The fold of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    terms: Terms,
    customers: u32,
    by_word: u32,
    words_good: u32,
    words_bad: u32,
    sign_ups: u32,
    complaints: u32,
    purchases: u32,
    margin: i64,
    /// \[minor units\]
    margin_discounted: f64,
    granted: u32,
    denied: u32,
    /// What rewards are worth to those who got them \[minor units\].
    reward_worth: i64,
    /// What they cost if all are redeemed, by what earned them \[minor units\].
    reward_cost: [i64; 3],
    /// What of that is never redeemed \[minor units\].
    expired: i64,
    /// Referred customers for whom at least one side was granted a reward.
    referrals_rewarded: u32,
    /// What was last done that may earn rewards; they follow it at once.
    occasion: Occasion,
    /// What earned the reward that was granted last, and when.
    rewarded: EventId,
    rewarded_at: Tick,
}

/// What a friend does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    SignUp,
    FirstPurchase,
    LaterPurchase,
}

impl Tally {
    /// A tally with nothing in it.
    pub fn new(terms: Terms) -> Tally {
        Tally {
            terms,
            customers: 0,
            by_word: 0,
            words_good: 0,
            words_bad: 0,
            sign_ups: 0,
            complaints: 0,
            purchases: 0,
            margin: 0,
            margin_discounted: 0.0,
            granted: 0,
            denied: 0,
            reward_worth: 0,
            reward_cost: [0; 3],
            expired: 0,
            referrals_rewarded: 0,
            occasion: Occasion::SignUp,
            rewarded: EventId::ROOT,
            rewarded_at: Tick::ZERO,
        }
    }

    /// The value of a measure, by the name that it has elsewhere; money in units of which the minor one is one in
    /// `minor_units`. Nothing if a tally does not know it.
    pub fn value(&self, name: &str, minor_units: f64) -> Option<f64> {
        let money = |minor: i64| minor as f64 / minor_units;
        let cost_of = |occasion: Occasion| money(self.reward_cost[occasion as usize]);
        let cost = self.reward_cost.iter().sum::<i64>() - self.expired;
        Some(match name {
            "customers" => self.customers.into(),
            "customers_by_word" => self.by_word.into(),
            "words_good" => self.words_good.into(),
            "words_bad" => self.words_bad.into(),
            "sign_ups" => self.sign_ups.into(),
            "complaints" => self.complaints.into(),
            "purchases" => self.purchases.into(),
            "margin" => money(self.margin),
            "margin_discounted" => self.margin_discounted / minor_units,
            "rewards_granted" => self.granted.into(),
            "rewards_denied" => self.denied.into(),
            "reward_worth" => money(self.reward_worth),
            "reward_cost" => money(cost),
            "reward_cost_sign_up" => cost_of(Occasion::SignUp),
            "reward_cost_first_purchase" => cost_of(Occasion::FirstPurchase),
            "reward_cost_later_purchase" => cost_of(Occasion::LaterPurchase),
            "profit" => money(self.margin - cost),
            "referrals_rewarded" => self.referrals_rewarded.into(),
            "last_reward_day" => self.rewarded_at.days(),
            _ => return None,
        })
    }

    fn sell(&mut self, at: Tick, order: Cents, margin: u16) {
        let margin = order.basis_points(margin).minor();
        let periods = f64::from(at.0) / f64::from(self.terms.period.0);
        self.purchases += 1;
        self.margin += margin;
        self.margin_discounted += margin as f64 / libm::pow(1.0 + self.terms.discount, periods);
    }
}

impl Sink for Tally {
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::WordHeard { valence: Valence::Good, .. } => self.words_good += 1,
            Fact::WordHeard { valence: Valence::Bad, .. } => self.words_bad += 1,
            Fact::SignedUp { .. } => {
                self.sign_ups += 1;
                self.occasion = Occasion::SignUp;
            }
            Fact::ComplaintFiled => self.complaints += 1,
            Fact::FirstPurchaseMade { source, order, margin } => {
                self.occasion = Occasion::FirstPurchase;
                self.customers += 1;
                self.by_word += u32::from(matches!(source, Source::Word | Source::Review));
                self.sell(event.at, order, margin);
            }
            Fact::PurchaseRepeated { order, margin } => {
                self.occasion = Occasion::LaterPurchase;
                self.sell(event.at, order, margin);
            }
            Fact::RewardGranted { amount, cost, .. } => {
                // The rewards of both sides have one cause.
                self.referrals_rewarded += u32::from(self.rewarded != event.cause);
                (self.rewarded, self.rewarded_at) = (event.cause, event.at);
                self.granted += 1;
                self.reward_worth += amount.money().minor();
                self.reward_cost[self.occasion as usize] += cost.money().minor();
            }
            Fact::RewardExpired { cost, .. } => self.expired += cost.money().minor(),
            Fact::RewardDenied { .. } => self.denied += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{RewardKind, Side};
    use crate::units::{Payment, PersonId};

    #[test]
    fn purchases_are_discounted_by_periods_and_both_sides_of_a_reward_are_one_referral() {
        let mut tally = Tally::new(Terms { period: Tick(100), discount: 0.25 });
        let order = Cents(2_000);
        let (rule, kind, amount) = (0, RewardKind::Gift, Payment(500));
        let paid = |side| Fact::RewardGranted { rule, side, kind, amount, cost: Payment(400) };
        let story = [
            (0, 0, Fact::FirstPurchaseMade { source: Source::Word, margin: 5_000, order }),
            (0, 7, paid(Side::Advocate)),
            (0, 7, paid(Side::Friend)),
            (200, 0, Fact::PurchaseRepeated { margin: 5_000, order }),
            (1_440, 9, paid(Side::Friend)),
            (2_000, 9, Fact::RewardExpired { rule, kind, cost: Payment(100) }),
        ];
        let state = State::new(1);
        for (at, cause, what) in story {
            tally.hear(&Event { at: Tick(at), who: PersonId(0), cause: EventId(cause), what }, &state);
        }
        let value = |name| tally.value(name, 100.0).expect("known");
        assert_eq!((value("purchases"), value("margin"), value("customers_by_word")), (2.0, 20.0, 1.0));
        assert!((value("margin_discounted") - (10.0 + 10.0 / 1.5625)).abs() < 1e-12);
        assert_eq!((value("rewards_granted"), value("reward_worth"), value("profit")), (3.0, 15.0, 9.0));
        let (first, later) = (value("reward_cost_first_purchase"), value("reward_cost_later_purchase"));
        assert_eq!((first, later, value("reward_cost")), (8.0, 4.0, 11.0));
        assert_eq!((value("referrals_rewarded"), value("last_reward_day")), (2.0, 1.0));
        assert_eq!(tally.value("weather", 100.0), None);
    }
}
