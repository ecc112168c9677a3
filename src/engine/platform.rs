//! Platform: the software that runs a programme, paid by the month for as long as there is one.

use super::due::{Act, Due};
use super::{Play, Sink};
use crate::event::Fact;
use crate::policy::Rule;
use crate::units::{Cents, EventId, PersonId, Tick};

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans the first month: that in which the first rule begins, or from `at` on.
    pub(super) fn open_platform(&mut self, at: Tick) {
        let starts = self.world.policy.rules().iter().map(|rule| rule.starts).min();
        if let Some(first) = starts.filter(|_| self.world.policy.clauses().platform_fee > Cents::ZERO) {
            self.run.agenda.plan(first.max(at), Due::act(PersonId::NOBODY, Act::PayPlatform).pack());
        }
    }

    /// Pays for a month that begins now, if a rule holds, until the programme, or what is played, is over.
    pub(super) fn pay_platform(&mut self, at: Tick) {
        let policy = &self.world.policy;
        let has_time = |rule: &&Rule| rule.ends.is_none_or(|end| at < end);
        let mut open = policy.rules().iter().filter(has_time).peekable();
        if open.peek().is_none() || at >= self.world.horizon || self.run.state.is_budget_exhausted() {
            return;
        }
        let holds = open.any(|rule| rule.starts <= at);
        if holds {
            let cost = policy.clauses().platform_fee;
            self.record(at, PersonId::NOBODY, Fact::PlatformPaid { cost }, EventId::ROOT);
        }
        self.run.agenda.plan(at + Tick::MONTH, Due::act(PersonId::NOBODY, Act::PayPlatform).pack());
    }
}
