//! Rewarding: what the rules of the policy answer when a friend signs up or buys, and what becomes of a reward.
//!
//! All rewards of one occasion are granted together or not at all: if the budget does not cover both sides, neither is paid,
//! and with that first refusal the programme is over. Talk goes on without offers.

use super::attributing::Attributed;
use super::due::{Act, Due};
use super::{Play, Run, Sink};
use crate::event::{Denial, Fact, RewardKind, Side};
use crate::policy::{Occasion, Policy, Referral, Rule, Terms, Verdict};
use crate::state::{Account, Claim, Grant, GrantStatus};
use crate::units::{Cents, EventId, Payment, PersonId, Tick};

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// What some people see of the policy at a moment.
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
        self.run.answers.clear();
        let mut occasion = occasion;
        for (place, rule) in (0..).zip(self.world.policy.rules()) {
            let Some(who) = self.concerned(rule, advocate, friend) else { continue };
            // Few rules ask what she has had, which is not at hand.
            let account = if rule.needs_account() { self.account_of(at, who) } else { Account::default() };
            let Some(verdict) = rule.verdict(at, occasion, referral, &account) else { continue };
            if let (Verdict::Grant { amount, .. }, Occasion::Purchase { left, .. }) = (verdict, &mut occasion)
                && rule.is_taken_off()
            {
                *left = *left - amount.money();
            }
            self.run.answers.push(Answer { rule: place, who, verdict });
        }
        if self.is_caught(at, friend, attributed, cause) {
            self.run.answers.iter_mut().for_each(|answer| answer.verdict = answer.verdict.refused(Denial::Fraud));
        } else if tracked && is_first {
            self.record(at, advocate, Fact::ReferralCredited { friend }, cause);
        }
        self.carry_out(at, cause);
    }

    /// Who gets what a rule gives for this friend, if anybody does.
    fn concerned(&self, rule: &Rule, advocate: PersonId, friend: PersonId) -> Option<PersonId> {
        // Up the chain of those whose words brought each other, as far as the company knows it.
        let above = |who, _| {
            self.attributed(who).filter(|above| self.is_believed(who, above)).map(|above| above.claim.advocate)
        };
        let who = match rule.side {
            Side::Advocate => (1..rule.level).try_fold(advocate, above)?,
            Side::Friend => friend,
        };
        rule.segment.is_none_or(|place| self.is_of_segment(who, place.into())).then_some(who)
    }

    /// What somebody has had as an advocate, with what is about to be granted.
    fn account_of(&self, at: Tick, who: PersonId) -> Account {
        let mut account = self.run.state.account(who);
        for answer in self.run.answers.iter().filter(|answer| answer.who == who) {
            let is_advocate = self.world.policy.rules()[usize::from(answer.rule)].side == Side::Advocate;
            if let Verdict::Grant { amount, .. } = answer.verdict
                && is_advocate
            {
                account.add(at, amount);
            }
        }
        account
    }

    /// Grants and refuses what the rules have answered.
    pub(super) fn carry_out(&mut self, at: Tick, cause: EventId) {
        let policy = &self.world.policy;
        let Run { state, answers, .. } = &*self.run;
        let costs = answers.iter().map(|answer| match answer.verdict {
            Verdict::Grant { cost, .. } => cost.money(),
            Verdict::Deny(_) => Cents::ZERO,
        });
        let cost = costs.fold(Cents::ZERO, |sum, cost| sum + cost);
        let is_covered = policy.clauses().budget.is_none_or(|budget| state.spent() + cost <= budget);
        let is_over = state.is_budget_exhausted();
        for next in 0..self.run.answers.len() {
            let Answer { rule, who, verdict } = self.run.answers[next];
            let (side, kind) = (policy.rules()[usize::from(rule)].side, policy.rules()[usize::from(rule)].kind);
            match verdict {
                Verdict::Grant { amount, cost } if is_covered && !is_over => {
                    self.grant(at, who, Earned { rule, side, kind, amount, cost }, cause);
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

    /// Grants a reward, or holds it back if its rule says so.
    fn grant(&mut self, at: Tick, who: PersonId, earned: Earned, cause: EventId) {
        let Earned { rule, side, kind, amount, cost } = earned;
        let hold = self.world.policy.rules()[usize::from(rule)].hold;
        // Who acts is known from the grant, so its number takes her place.
        let number = PersonId(self.run.state.grants().len() as u32);
        if hold > Tick::ZERO {
            self.record(at, who, Fact::RewardHeld { rule, side, kind, amount, cost }, cause);
            self.run.agenda.plan(at + hold, Due::act(number, Act::Release).pack());
        } else {
            self.record(at, who, Fact::RewardGranted { rule, side, kind, amount, cost }, cause);
            self.plan_redemption(at, number);
        }
    }

    /// Grants a reward that was held back, unless it was forfeited meanwhile.
    pub(super) fn release(&mut self, at: Tick, number: PersonId) {
        let Grant { who, rule, side, kind, status, amount, cost, event, .. } = self.run.state.grants()[number.index()];
        if status == GrantStatus::Held {
            self.record(at, who, Fact::RewardReleased { rule, side, kind, amount, cost }, event);
            self.plan_redemption(at, number);
        }
    }

    /// Plans what becomes of a reward that has just been granted.
    fn plan_redemption(&mut self, at: Tick, number: PersonId) {
        let grant = self.run.state.grants()[number.index()];
        let redemption = self.rule_of(&grant).redemption;
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
        let grant = self.run.state.grants()[number.index()];
        let Grant { who, rule, kind, cost, open, event, .. } = grant;
        let cost = self.rule_of(&grant).redeemed_of(cost).min(open);
        if cost > Payment::ZERO {
            self.record(at, who, Fact::RewardRedeemed { rule, kind, cost }, event);
        }
    }

    /// Lets the rest of a reward expire.
    pub(super) fn let_expire(&mut self, at: Tick, number: PersonId) {
        let Grant { who, rule, kind, open: cost, event, .. } = self.run.state.grants()[number.index()];
        if cost > Payment::ZERO {
            self.record(at, who, Fact::RewardExpired { rule, kind, cost }, event);
        }
    }

    /// Takes back what a purchase that is refunded had earned, as far as its rules say so and it is not redeemed. What has
    /// been redeemed is gone: that is what holding rewards back is for.
    pub(super) fn take_back(&mut self, at: Tick, purchase: EventId) {
        for place in self.run.state.grants_earned_by(purchase) {
            let grant = self.run.state.grants()[place];
            let Grant { who, rule, side, kind, status, at: earned, amount, cost, open, event, .. } = grant;
            let terms = self.rule_of(&grant);
            // What costs nothing is redeemed when its time has come; a ticket, when it is drawn.
            let is_to_come = kind == RewardKind::Ticket || at < earned + terms.hold + terms.redemption.after;
            let is_whole = open == cost && (cost > Payment::ZERO || is_to_come);
            match status {
                _ if !terms.claw_back => {}
                GrantStatus::Held => {
                    self.record(at, who, Fact::RewardForfeited { rule, side, kind, amount, cost }, event);
                }
                GrantStatus::Granted if is_whole => {
                    self.record(at, who, Fact::RewardClawedBack { rule, side, kind, amount, cost }, event);
                }
                GrantStatus::Granted | GrantStatus::TakenBack => {}
            }
        }
    }
}

/// What a rule answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    /// Its place.
    pub rule: u8,
    /// Who gets something, or does not.
    pub who: PersonId,
    pub verdict: Verdict,
}

/// A reward that is due.
#[derive(Debug, Clone, Copy)]
struct Earned {
    rule: u8,
    side: Side,
    kind: RewardKind,
    amount: Payment,
    cost: Payment,
}
