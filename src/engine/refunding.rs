//! Refunding: purchases that are given back, and what that undoes.
//!
//! Each purchase has a draw of its own that says whether and when. The price is paid back, less the friend's discount that
//! was taken off it; the goods come back, or a part of what they cost. Rewards that the purchase earned are taken back as far
//! as their rules say so. A refund is money alone: who has one stays a customer, and says what she would have said.

use super::due::{Act, Due};
use super::{Play, Sink};
use crate::dice::{Purpose, descendant};
use crate::event::{Fact, Sentiment};
use crate::state::Grant;
use crate::units::{Cents, EventId, Payment, PersonId, Probability, Tick};

/// How often and how late purchases are given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refunds {
    /// Chance that a purchase is.
    pub share: Probability,
    /// The same of an unhappy customer's.
    pub unhappy: Probability,
    /// The longest time from the purchase; any moment up to it is as likely as any other.
    pub within: Tick,
    /// Which part of the cost of the goods comes back with them [basis points], up to 10,000.
    pub recovered: u16,
}

/// A purchase that will be given back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Return {
    who: PersonId,
    purchase: EventId,
    order: Cents,
    margin: u16,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans the refund of the `ordinal`-th purchase of a customer, from 0, if there will be one.
    #[inline]
    pub(super) fn plan_refund(
        &mut self,
        at: Tick,
        who: PersonId,
        ordinal: u32,
        purchase: EventId,
        (order, margin): (Cents, u16),
    ) {
        let Some(&Refunds { share, unhappy, within, .. }) = Self::optional(&self.world.refunds) else { return };
        let mut draws = self.luck.of(Purpose::Refund).stream(descendant(self.subject(who), ordinal));
        let chance = if self.run.state.sentiment(who) == Sentiment::Unhappy { unhappy } else { share };
        if chance.accepts(draws.draw()) {
            // Who and what is too much for the agenda, so its number takes the person's place.
            let number = PersonId(self.run.returns.len() as u32);
            self.run.returns.push(Return { who, purchase, order, margin });
            self.run.agenda.plan(at + Tick(draws.below(within.0 + 1)), Due::act(number, Act::Refund).pack());
        }
    }

    /// Pays a purchase back.
    pub(super) fn refund(&mut self, at: Tick, number: PersonId) {
        let Some(refunds) = &self.world.refunds else { return };
        let Return { who, purchase, order, margin } = self.run.returns[number.index()];
        let state = &self.run.state;
        let grants = &state.grants()[state.grants_earned_by(purchase)];
        let rule_of = |grant: &Grant| self.rule_of(grant);
        let discounts = grants.iter().filter(|grant| rule_of(grant).is_taken_off());
        let discount = discounts.fold(Cents::ZERO, |sum, grant| sum + rule_of(grant).redeemed_of(grant.cost).money());
        let lost = 10_000 - (u32::from(10_000 - margin) * u32::from(refunds.recovered) + 5_000) / 10_000;
        let (order, discount) = (Payment::clamped(order), Payment::clamped(discount));
        let refunded = Fact::PurchaseRefunded { order, discount, margin: lost as u16 };
        self.record(at, who, refunded, purchase);
        self.take_back(at, purchase);
    }
}
