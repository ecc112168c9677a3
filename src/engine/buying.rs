//! Buying: the first purchase, what the policy pays for it, and the experience that comes of it.

use super::{Play, Sink};
use crate::event::{Channel, Fact, Sentiment};
use crate::units::{EventId, PersonId, Tick};

impl<S: Sink> Play<'_, S> {
    /// Somebody who has been seeded or persuaded buys for the first time.
    pub(super) fn buy(&mut self, at: Tick, who: PersonId) {
        let advocate = self.run.state.teller(who);
        let channel = if advocate.is_some() { Channel::Word } else { Channel::Seed };
        let cause = self.run.state.latest_event(who);
        let order = self.world.order;
        let purchase = self.record(at, who, Fact::FirstPurchaseMade { channel, order }, cause);
        if let Some(advocate) = advocate.filter(|_| self.run.state.came_by_code(who)) {
            self.reward(at, advocate, who, purchase);
        }
        let sentiment = self.opinion_of(who);
        let rated = self.record(at, who, Fact::ExperienceRated { sentiment }, purchase);
        self.decide_advocacy(at, who, sentiment, rated);
    }

    fn reward(&mut self, at: Tick, advocate: PersonId, friend: PersonId, purchase: EventId) {
        for rule in self.world.policy.rules() {
            let (who, fact) = rule.answer(at, advocate, friend, &self.run.state);
            self.record(at, who, fact, purchase);
        }
    }

    /// What a customer thinks: a draw of her own, the same whatever brought her.
    fn opinion_of(&self, who: PersonId) -> Sentiment {
        let luck = self.luck.experience.draw(self.subject(who));
        let experience = &self.world.experience;
        if experience.satisfied.accepts(luck) {
            Sentiment::Satisfied
        } else if experience.not_unhappy.accepts(luck) {
            Sentiment::Neutral
        } else {
            Sentiment::Unhappy
        }
    }
}
