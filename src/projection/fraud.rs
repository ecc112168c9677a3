//! Referrals that were faked, what was paid for them, and whom the company caught, rightly or not.
//!
//! What the checks cost is on the ledger.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact, Scheme};
use crate::state::State;
use crate::units::{EventId, PersonId};

/// Fakes by scheme, leaked codes, checks and what came of them.
#[derive(Debug, Clone, Default)]
pub struct Fraud {
    faked: [i64; Scheme::ALL.len()],
    leaked: i64,
    checked: i64,
    caught: i64,
    honest_caught: i64,
    /// Reward cost \[minor units\].
    cost: i64,
    /// What earned rewards by a fake, and the rewards themselves, in order.
    faked_causes: Vec<EventId>,
}

impl Fraud {
    fn is_faked(&self, cause: EventId) -> bool {
        self.faked_causes.binary_search(&cause).is_ok()
    }
}

const fn of_scheme(scheme: Scheme) -> Measure {
    let (name, label, meaning) = match scheme {
        Scheme::SelfReferral => ("self_referrals", "Self-referrals", "customers who passed for their own friends"),
        Scheme::Ring => (
            "ring_referrals",
            "Ring referrals",
            "customers who came without a code and used that of a friend who is in on it",
        ),
        Scheme::CouponLeak => (
            "coupon_referrals",
            "Coupon referrals",
            "customers who came without a code and used one from a coupon site",
        ),
        Scheme::Farming => ("fake_accounts", "Fake accounts", "accounts opened for friends who do not exist"),
    };
    Measure { name, label, unit: Unit::People, meaning }
}

const fn measure(name: &'static str, label: &'static str, unit: Unit, meaning: &'static str) -> Measure {
    Measure { name, label, unit, meaning }
}

impl Sink for Fraud {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        // The state has counted this event already.
        let id = || EventId(state.next_event().0 - 1);
        let is_fake = || state.claim(event.who).is_some_and(|claim| claim.scheme.is_some());
        match event.what {
            Fact::ReferralFaked { scheme, .. } => {
                self.faked[scheme as usize] += 1;
                // The purchase came just before; of a fake account nobody bought anything.
                if scheme != Scheme::Farming {
                    self.faked_causes.push(event.cause);
                }
                self.faked_causes.push(id());
            }
            Fact::PurchaseRepeated { .. } if is_fake() => self.faked_causes.push(id()),
            Fact::CodeLeaked => self.leaked += 1,
            Fact::ReferralChecked { caught, .. } => {
                let fake = event.who == PersonId::NOBODY || is_fake();
                self.checked += 1;
                self.caught += i64::from(caught && fake);
                self.honest_caught += i64::from(caught && !fake);
            }
            Fact::RewardGranted { cost, .. } | Fact::RewardHeld { cost, .. } if self.is_faked(event.cause) => {
                self.cost += cost.money().minor();
                // What becomes of the reward is caused by its granting.
                self.faked_causes.push(id());
            }
            Fact::RewardExpired { cost, .. }
            | Fact::RewardForfeited { cost, .. }
            | Fact::RewardClawedBack { cost, .. }
                if self.is_faked(event.cause) =>
            {
                self.cost -= cost.money().minor();
            }
            _ => {}
        }
    }
}

impl Projection for Fraud {
    fn total_measures() -> Vec<Measure> {
        let after = [
            measure("codes_leaked", "Codes leaked", Unit::People, "participants whose code ended up on a coupon site"),
            measure(
                "referrals_checked",
                "Referrals checked",
                Unit::Times,
                "referrals, fake accounts among them, that were checked for fraud",
            ),
            measure(
                "fakes_caught",
                "Fakes caught",
                Unit::Times,
                "faked referrals that a check caught; nothing is paid for them",
            ),
            measure(
                "honest_caught",
                "Honest ones caught",
                Unit::Times,
                "honest referrals that a check took for fakes; nothing is paid for them either",
            ),
            measure(
                "reward_cost_faked",
                "Rewards for fakes",
                Unit::Money,
                "reward cost, on both sides, for faked referrals, later purchases included",
            ),
        ];
        Scheme::ALL.iter().map(|&scheme| of_scheme(scheme)).chain(after).collect()
    }

    fn rewind(&mut self) {
        let mut faked_causes = std::mem::take(&mut self.faked_causes);
        faked_causes.clear();
        *self = Fraud { faked_causes, ..Fraud::default() };
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend(self.faked);
        out.extend([self.leaked, self.checked, self.caught, self.honest_caught, self.cost]);
    }
}
