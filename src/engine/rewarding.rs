//! Rewarding: what the rules of the policy answer when a friend signs up or buys, and what becomes of a reward.
//!
//! All rewards of one occasion are granted together or not at all: if the budget does not cover both sides, neither is paid,
//! and with that first refusal the programme is over. Talk goes on without offers.

use super::attributing::Attributed;
use super::due::{Act, Due};
use super::{Play, Run, Sink};
use crate::event::{Denial, Fact, Side};
use crate::policy::{Occasion, Policy, Referral, Terms, Verdict};
use crate::state::{Claim, Grant};
use crate::units::{Cents, EventId, Payment, PersonId, Tick};

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// What people see of the policy at a moment.
    #[inline]
    pub(super) fn terms(&self, at: Tick) -> Terms {
        self.terms_of(&self.world.policy, at)
    }

    /// The same of a policy as some customers answer it.
    #[inline]
    pub(super) fn terms_of(&self, policy: &Policy, at: Tick) -> Terms {
        if self.run.state.is_budget_exhausted() { policy.unrewarded() } else { policy.terms(at) }
    }

    /// Answers what a friend has done; `cause` is the event in which she did it.
    #[inline]
    pub(super) fn reward(&mut self, at: Tick, friend: PersonId, occasion: Occasion, cause: EventId) {
        if self.world.policy.rules().is_empty() {
            return;
        }
        if let Some(attributed) = self.attributed(friend) {
            self.answer(at, attributed, friend, occasion, cause);
        }
    }

    #[inline(never)]
    pub(super) fn answer(
        &mut self,
        at: Tick,
        attributed: Attributed,
        friend: PersonId,
        occasion: Occasion,
        cause: EventId,
    ) {
        let Attributed { claim: Claim { advocate, at: told_at, .. }, tracked, .. } = attributed;
        let is_first = matches!(occasion, Occasion::Purchase { before: 0, .. });
        let uncredited = u32::from(!(tracked && matches!(occasion, Occasion::Purchase { before: 1.., .. })));
        let number = (self.run.state.referrals(advocate) + uncredited).max(1);
        let referral = Referral { told_at, tracked, number };
        let policy = &self.world.policy;
        let Run { state, verdicts, .. } = &mut *self.run;
        let (mut account, mut cost) = (state.account(advocate), Cents::ZERO);
        verdicts.clear();
        for (place, rule) in policy.rules().iter().enumerate() {
            let Some(verdict) = rule.verdict(at, occasion, referral, &account) else { continue };
            if let Verdict::Grant { amount, cost: more } = verdict {
                cost += more.money();
                if rule.side == Side::Advocate {
                    account.add(at, amount);
                }
            }
            verdicts.push((place as u8, verdict));
        }
        let is_over = state.is_budget_exhausted();
        let pays = !is_over && verdicts.iter().any(|(_, verdict)| matches!(verdict, Verdict::Grant { .. }));
        if self.is_caught(at, friend, attributed, pays, cause) {
            refuse_all(&mut self.run.verdicts, Denial::Fraud);
            cost = Cents::ZERO;
        } else if tracked && is_first {
            self.record(at, advocate, Fact::ReferralCredited { friend }, cause);
        }
        let Run { state, .. } = &*self.run;
        let is_covered = policy.clauses().budget.is_none_or(|budget| state.spent() + cost <= budget);
        for next in 0..self.run.verdicts.len() {
            let (place, verdict) = self.run.verdicts[next];
            let rule = &policy.rules()[usize::from(place)];
            let who = match rule.side {
                Side::Advocate => advocate,
                Side::Friend => friend,
            };
            let (rule, side, kind) = (place, rule.side, rule.kind);
            match verdict {
                Verdict::Grant { amount, cost } if is_covered && !is_over => {
                    let fact = Fact::RewardGranted { rule, side, kind, amount, cost };
                    self.record(at, who, fact, cause);
                    self.plan_redemption(at);
                }
                Verdict::Grant { .. } => {
                    let reason = Denial::BudgetExhausted;
                    self.record(at, who, Fact::RewardDenied { rule, side, reason }, cause);
                }
                Verdict::Deny(reason) => {
                    self.record(at, who, Fact::RewardDenied { rule, side, reason }, cause);
                }
            }
        }
        if !is_covered && !is_over {
            self.record(at, PersonId::NOBODY, Fact::BudgetExhausted, cause);
        }
    }

    /// Plans what becomes of the reward that was granted last.
    fn plan_redemption(&mut self, at: Tick) {
        let Some(grant) = self.run.state.grants().last() else { return };
        let redemption = self.world.policy.rules()[usize::from(grant.rule)].redemption;
        // Who acts is known from the grant, so its number takes her place.
        let number = PersonId((self.run.state.grants().len() - 1) as u32);
        if redemption.after == Tick::ZERO {
            self.redeem(at, number);
        } else {
            self.run.agenda.plan(at + redemption.after, Due::act(number, Act::Redeem).pack());
        }
        if redemption.share < 10_000 {
            self.run.agenda.plan(at + redemption.expires, Due::act(number, Act::LetExpire).pack());
        }
    }

    /// Redeems a reward, or the part of it that is ever redeemed.
    pub(super) fn redeem(&mut self, at: Tick, number: PersonId) {
        let (Grant { who, rule, kind, event, .. }, cost) = self.grant(number);
        if cost > Payment::ZERO {
            self.record(at, who, Fact::RewardRedeemed { rule, kind, cost }, event);
        }
    }

    /// Lets the rest of a reward expire.
    pub(super) fn let_expire(&mut self, at: Tick, number: PersonId) {
        let (Grant { who, rule, kind, cost, event }, redeemed) = self.grant(number);
        let cost = Payment(cost.0 - redeemed.0);
        if cost > Payment::ZERO {
            self.record(at, who, Fact::RewardExpired { rule, kind, cost }, event);
        }
    }

    /// The grant of that number, and the part of its cost that is ever redeemed.
    fn grant(&self, number: PersonId) -> (Grant, Payment) {
        let grant = self.run.state.grants()[number.index()];
        (grant, self.world.policy.rules()[usize::from(grant.rule)].redeemed_of(grant.cost))
    }
}

/// Turns every reward that would be granted into a refusal.
fn refuse_all(verdicts: &mut [(u8, Verdict)], reason: Denial) {
    let granted = verdicts.iter_mut().filter(|(_, verdict)| matches!(verdict, Verdict::Grant { .. }));
    granted.for_each(|(_, verdict)| *verdict = Verdict::Deny(reason));
}
