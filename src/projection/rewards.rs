//! What the company knows of referrals, why it refused rewards, and which it took back.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Denial, Event, Fact};
use crate::state::State;

/// Referrals credited, refusals by their reason, and what refunds undid.
#[derive(Debug, Clone, Default)]
pub struct Rewards {
    credited: i64,
    denied: [i64; Denial::ALL.len()],
    forfeited: i64,
    clawed_back: i64,
    refunded: i64,
}

const fn of_reason(reason: Denial) -> Measure {
    let (name, label, meaning) = match reason {
        Denial::CapReached => {
            ("denied_by_cap", "Denied: cap", "rewards refused because the advocate had had as much as one can have")
        }
        Denial::BudgetExhausted => {
            ("denied_by_budget", "Denied: budget", "rewards refused because the programme's money did not cover them")
        }
        Denial::WindowClosed => {
            ("denied_by_window", "Denied: window", "rewards refused because the friend took longer than allowed")
        }
        Denial::BelowMinimum => {
            ("denied_by_minimum", "Denied: minimum", "rewards refused because the friend paid less than asked for")
        }
        Denial::ProgrammeEnded => {
            ("denied_by_end", "Denied: ended", "rewards refused because the rule had ended when the friend bought")
        }
        Denial::Untracked => {
            ("denied_untracked", "Denied: untracked", "rewards refused because nobody knew whose friend it was")
        }
        Denial::Fraud => (
            "denied_for_fraud",
            "Denied: fraud",
            "rewards refused because the referral was taken for a fake, rightly or not",
        ),
    };
    Measure { name, label, unit: Unit::Rewards, meaning }
}

/// What refunds do.
const REFUNDS: [Measure; 3] = [
    Measure {
        name: "denied_by_hold",
        label: "Denied: hold",
        unit: Unit::Rewards,
        meaning: "rewards refused after they were held back, because the purchase was refunded",
    },
    Measure {
        name: "rewards_clawed_back",
        label: "Rewards clawed back",
        unit: Unit::Rewards,
        meaning: "rewards taken back after they were granted, because the purchase was refunded",
    },
    Measure {
        name: "purchases_refunded",
        label: "Purchases refunded",
        unit: Unit::Purchases,
        meaning: "purchases of which the price was paid back",
    },
];

impl Sink for Rewards {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::ReferralCredited { .. } => self.credited += 1,
            Fact::RewardDenied { reason, .. } => self.denied[reason as usize] += 1,
            Fact::RewardForfeited { .. } => self.forfeited += 1,
            Fact::RewardClawedBack { .. } => self.clawed_back += 1,
            Fact::PurchaseRefunded { .. } => self.refunded += 1,
            _ => {}
        }
    }
}

impl Projection for Rewards {
    fn total_measures() -> Vec<Measure> {
        let credited = Measure {
            name: "referrals_credited",
            label: "Referrals credited",
            unit: Unit::People,
            meaning: "customers whom a coded word brought, where the company knows whose (with a programme only)",
        };
        let denials = Denial::ALL.iter().map(|&reason| of_reason(reason));
        [credited].into_iter().chain(denials).chain(REFUNDS).collect()
    }

    fn rewind(&mut self) {
        *self = Rewards::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.push(self.credited);
        out.extend(self.denied);
        out.extend([self.forfeited, self.clawed_back, self.refunded]);
    }
}
