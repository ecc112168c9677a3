//! The community of customers: members refer more often, and each costs something every month. The
//! sources give no numbers.

use super::due::{Act, Due};
use super::{Play, Sink};
use crate::dice::Purpose;
use crate::event::{Fact, Sentiment};
use crate::state::Stage;
use crate::units::{Cents, EventId, PersonId, Probability, Tick};

/// What being a member means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Community {
    /// Chance that a customer joins.
    pub join: Probability,
    /// What is added to a member's chance to participate, up to that of the willing.
    pub participation: Probability,
    /// What a member costs a month of 30 days, from the day of joining \[minor units\].
    pub cost: Cents,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// A customer who is not unhappy may join the community; `cause` is the experience.
    #[inline]
    pub(super) fn maybe_join(&mut self, at: Tick, who: PersonId, cause: EventId) {
        let Some(community) = Self::optional(&self.world.community) else { return };
        let luck = self.luck.of(Purpose::Community).draw(self.subject(who));
        if self.run.state.sentiment(who) == Sentiment::Unhappy || !community.join.accepts(luck) {
            return;
        }
        let joined = self.record(at, who, Fact::CommunityJoined, cause);
        self.pay_for(at, who, community.cost, joined);
    }

    /// Costs another month.
    pub(super) fn pay_community(&mut self, at: Tick, who: PersonId) {
        let Some(community) = self.world.community else { return };
        let cause = self.run.state.latest_event(who);
        self.pay_for(at, who, community.cost, cause);
    }

    /// Pays for a month, if the member has not lapsed, and plans the next payment.
    fn pay_for(&mut self, at: Tick, who: PersonId, cost: Cents, cause: EventId) {
        if cost == Cents::ZERO {
            return;
        }
        if self.run.state.stage(who) == Stage::Customer {
            self.record(at, who, Fact::CommunityPaid { cost }, cause);
        }
        self.run.agenda.plan(at + Tick::MONTH, Due::act(who, Act::PayCommunity).pack());
    }
}
