//! Buying: the first purchase, and the experience that comes of it.
//!
//! What a purchase sets off is called from here, in an order that decides what is first at equal ticks: fraud, rewards, the
//! experience, a refund, a complaint, survey, review and community, then what she tells, then the time to buy again.

use super::experience::sentiment_of;
use super::{Play, Sink};
use crate::event::Fact;
use crate::policy::Occasion;
use crate::units::{PersonId, Tick};

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Somebody who has been seeded or persuaded buys for the first time.
    pub(super) fn buy(&mut self, at: Tick, who: PersonId) {
        let cause = self.run.state.latest_event(who);
        let source = self.run.state.source(who);
        let (order, margin) = self.worth_of_purchase(at, who, 0);
        let purchase = self.record(at, who, Fact::FirstPurchaseMade { source, margin, order }, cause);
        let signed_up_again = self.maybe_cheat(at, who, purchase);
        self.reward(at, who, Occasion::Purchase { before: 0, order, left: order }, purchase);
        if let Some(faked) = signed_up_again {
            self.reward(at, who, Occasion::SignUp, faked);
        }
        let score = self.score_of(who);
        let sentiment = sentiment_of(score);
        let rated = self.record(at, who, Fact::ExperienceRated { score, sentiment }, purchase);
        self.plan_refund(at, who, 0, purchase, (order, margin));
        // Before any word is planned, so that a complaint resolved at once comes before the words it cancels.
        self.maybe_complain(at, who, sentiment, rated);
        self.maybe_survey(at, who);
        self.maybe_post(at, who, sentiment, rated);
        self.maybe_join(at, who, rated);
        self.decide_advocacy(at, who, sentiment, rated);
        self.plan_renewal(at, who, 0);
    }
}
