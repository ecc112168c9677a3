//! Platform: the software that runs a programme, paid by the month for as long as there is one.

use super::due::{Act, Due};
use super::{Play, Sink};
use crate::event::Fact;
use crate::units::{Cents, EventId, PersonId, Tick};

const MONTH: Tick = Tick(30 * Tick::PER_DAY);

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans the first month: that in which the first rule begins.
    pub(super) fn open_platform(&mut self) {
        let starts = self.world.policy.rules().iter().map(|rule| rule.starts).min();
        if let Some(first) = starts.filter(|_| self.world.policy.clauses().platform_fee > Cents::ZERO) {
            self.run.agenda.plan(first, Due::act(PersonId::NOBODY, Act::PayPlatform).pack());
        }
    }

    /// Pays for a month that begins now, unless the programme, or what is played, is over by then.
    pub(super) fn pay_platform(&mut self, at: Tick) {
        let policy = &self.world.policy;
        let goes_on = policy.rules().iter().any(|rule| rule.ends.is_none_or(|end| at < end)) && at < self.world.horizon;
        if goes_on && !self.run.state.is_budget_exhausted() {
            let cost = policy.clauses().platform_fee;
            self.record(at, PersonId::NOBODY, Fact::PlatformPaid { cost }, EventId::ROOT);
            self.run.agenda.plan(at + MONTH, Due::act(PersonId::NOBODY, Act::PayPlatform).pack());
        }
    }
}
