//! A rule: what one side of a referral gets, when, and on which terms.

use super::amount::Amount;
use super::cap::Cap;
use super::own::{Case, Own};
use super::trigger::{Occasion, Trigger};
use crate::event::{Denial, RewardKind, Side};
use crate::state::Account;
use crate::units::{Cents, Payment, Tick};

/// One reward for one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What it is for.
    pub trigger: Trigger,
    /// Who gets it.
    pub side: Side,
    /// How far up the chain of advocates: 1 is whose word it was, 2 whose word had brought her, and so on.
    pub level: u8,
    /// The place of the only segment whose people get it; everybody's where there is none.
    pub segment: Option<u8>,
    /// In what form.
    pub kind: RewardKind,
    /// What it is worth to her.
    pub amount: Amount,
    /// Who decides instead of `amount` what each reward is worth, where that is code of one's own. `amount` is then what people
    /// have in mind.
    pub own: Option<Own>,
    /// What people think of when they hear of it, where that is not its amount \[minor units\].
    pub perceived: Option<Cents>,
    /// What it costs the company if it is redeemed, in ten-thousandths of its worth.
    pub cost: u16,
    /// How long it is held back before it is granted.
    pub hold: Tick,
    /// Whether it is taken back if the purchase that earned it is refunded, as long as it is held back or not redeemed.
    pub claw_back: bool,
    /// When and how much of it is redeemed.
    pub redemption: Redemption,
    /// The most by which the prospect of a very large reward multiplies (less one) participation (advocate's side) or
    /// the conversion of a coded word (friend's side); 0 or more. See [`super::lift_factor`].
    pub lift: f64,
    /// The least price for which it is granted.
    pub minimum_order: Cents,
    /// The most time from the telling of the converting word to what earns the reward; any where there is none.
    pub window: Option<Tick>,
    /// The most an advocate can have; no limit on the friend's side.
    pub cap: Cap,
    /// The first moment at which the rule holds.
    pub starts: Tick,
    /// The last moment at which it holds; for ever where there is none.
    pub ends: Option<Tick>,
}

/// When and how much of a reward is redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redemption {
    /// How much of it ever is, in ten-thousandths.
    pub share: u16,
    /// How long after it is granted.
    pub after: Tick,
    /// How long after it is granted the rest expires.
    pub expires: Tick,
}

impl Redemption {
    /// All of it, as soon as it is granted.
    pub const AT_ONCE: Redemption = Redemption { share: 10_000, after: Tick::ZERO, expires: Tick::ZERO };
}

/// A referral, as the company knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referral {
    /// When the converting word was told.
    pub told_at: Tick,
    /// Whether the company knows whose word it was.
    pub tracked: bool,
    /// Which of the advocate's referrals it is, or would be if the company knew, from 1; of a prize, which one.
    pub number: u32,
}

/// What a rule answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A reward.
    Grant {
        /// What it is worth.
        amount: Payment,
        /// What it costs if all of it is redeemed.
        cost: Payment,
    },
    /// None, and why.
    Deny(Denial),
}

impl Verdict {
    /// The same, but that nothing is granted, for this reason.
    pub fn refused(self, reason: Denial) -> Verdict {
        match self {
            Verdict::Grant { .. } => Verdict::Deny(reason),
            Verdict::Deny(_) => self,
        }
    }
}

impl Rule {
    /// A reward for a first purchase, redeemed at once, on no further terms, with a lift of 0.4 (docs/model.md, after
    /// Gershon, Cryder & John 2020).
    pub fn plain(side: Side, kind: RewardKind, amount: Payment) -> Rule {
        Rule {
            trigger: Trigger::FirstPurchase,
            side,
            level: 1,
            segment: None,
            kind,
            amount: Amount::Fixed(amount),
            own: None,
            perceived: None,
            cost: 10_000,
            hold: Tick::ZERO,
            claw_back: true,
            redemption: Redemption::AT_ONCE,
            lift: 0.4,
            minimum_order: Cents::ZERO,
            window: None,
            cap: Cap::default(),
            starts: Tick::ZERO,
            ends: None,
        }
    }

    /// Whether it matters what an advocate has had already.
    pub fn is_capped(&self) -> bool {
        self.side == Side::Advocate && self.cap != Cap::default()
    }

    /// Whether its verdict looks at what has been had already.
    pub fn needs_account(&self) -> bool {
        self.is_capped() || self.own.is_some()
    }

    /// What the rule answers; nothing where it is not concerned. `account` is hers who would get it, if the rule needs it.
    #[doc(hidden)]
    pub fn verdict(&self, at: Tick, occasion: Occasion, referral: Referral, account: &Account) -> Option<Verdict> {
        if !self.trigger.is_pulled_by(occasion) || at < self.starts {
            return None;
        }
        let order = match occasion {
            Occasion::SignUp | Occasion::Prize => Cents::ZERO,
            Occasion::Purchase { order, .. } => order,
        };
        let worth = match &self.own {
            Some(own) => own.worth(&Case { at, occasion, referral, had: account.ever() }),
            None => self.amount.of(referral.number, order),
        };
        let amount = match occasion {
            // Nothing can cost less than nothing.
            Occasion::Purchase { left, .. } if self.is_taken_off() => worth.min(Payment::clamped(left)),
            _ => worth,
        };
        if amount == Payment::ZERO {
            return None;
        }
        let late = |window: Tick| at > referral.told_at + window;
        let denial = if self.ends.is_some_and(|end| at > end) {
            Some(Denial::ProgrammeEnded)
        } else if !referral.tracked {
            Some(Denial::Untracked)
        } else if self.window.is_some_and(late) {
            Some(Denial::WindowClosed)
        } else if matches!(occasion, Occasion::Purchase { order, .. } if order < self.minimum_order) {
            Some(Denial::BelowMinimum)
        } else {
            None
        };
        if let Some(reason) = denial {
            return Some(Verdict::Deny(reason));
        }
        let admitted = match self.side {
            Side::Advocate => self.cap.admits(at, amount, account),
            Side::Friend => Some(amount),
        };
        Some(match admitted {
            Some(amount) => Verdict::Grant { amount, cost: self.cost_of(amount) },
            None => Verdict::Deny(Denial::CapReached),
        })
    }

    /// What people think of when they hear of the reward, at this usual price. Of a prize that is nothing by itself: a ticket
    /// may be worth something, and a place on a leaderboard is what `perceived` says.
    pub fn prospect(&self, order: Cents) -> Cents {
        self.perceived
            .unwrap_or_else(|| if self.trigger.is_prize() { Cents::ZERO } else { self.amount.prospect(order) })
    }

    /// What all prizes of the rule cost together \[minor units\]; nothing of other rules.
    pub fn prizes(&self) -> i64 {
        let (Trigger::Drawing(winners) | Trigger::Leaderboard(winners)) = self.trigger else { return 0 };
        (1..=winners).map(|place| self.cost_of(self.amount.of(place, Cents::ZERO)).money().minor()).sum()
    }

    /// What a reward costs the company if all of it is redeemed.
    pub fn cost_of(&self, amount: Payment) -> Payment {
        Payment::clamped(amount.money().basis_points(self.cost))
    }

    /// The part of that cost which is ever redeemed.
    pub fn redeemed_of(&self, cost: Payment) -> Payment {
        Payment::clamped(cost.money().basis_points(self.redemption.share))
    }

    /// Whether it can ever pay anything.
    pub fn pays(&self) -> bool {
        self.amount.most(Cents(i64::MAX)) > Payment::ZERO
    }

    /// Whether it is taken off the price that earns it: a friend's discount for a purchase, at once.
    pub fn is_taken_off(&self) -> bool {
        let is_discount = self.side == Side::Friend && self.kind == RewardKind::Discount;
        let at_once = self.hold == Tick::ZERO && self.redemption.after == Tick::ZERO;
        is_discount && at_once && self.trigger != Trigger::SignUp && !self.trigger.is_prize()
    }

    /// Whether it is in force at a moment.
    pub fn holds_at(&self, at: Tick) -> bool {
        at >= self.starts && self.ends.is_none_or(|end| at <= end)
    }
}
