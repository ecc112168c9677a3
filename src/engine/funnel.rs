//! The funnel: what lies between following a word and buying, told apart into landing, signing up and buying.
//!
//! It splits the chance that a word makes a buyer, and does not change it; what is lost while deciding comes on top. Each
//! sign-up has luck of its own, so that somebody who was lost can be won by a later word. Whom advertising or an
//! influencer won passes over the steps, because their rate and conversion already say how many buy (`advertising`).

use super::deciding::Hearing;
use super::due::{Act, Due};
use super::{Ground, Play, Sink};
use crate::dice::{Purpose, descendant};
use crate::event::{Fact, Source};
use crate::units::{EventId, PersonId, Probability, Tick};

/// The steps of the funnel. The chance that a word lands somebody is then [`super::Conversion::persuasion`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// Chance that somebody who has landed signs up.
    pub sign_up: Probability,
    /// Chance that somebody who has signed up buys, if not lost while deciding.
    pub purchase: Probability,
    /// Rate at which leads are lost while they decide \[per tick\].
    pub loss: f64,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Somebody follows a word to the company's door. The cause of her signing up, unless she does not.
    #[inline]
    pub(super) fn land(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) -> Option<EventId> {
        let Some(funnel) = Self::optional(&self.world.funnel) else { return Some(heard) };
        let teller = hearing.teller;
        let landed = self.record(at, hearer, Fact::Landed { teller }, heard);
        // The low bits of the coin tell one word from another; the high ones said that it lands.
        let coin = self.coin_of(hearer, hearing) as u32;
        let luck = self.luck.of(Purpose::Funnel).draw(descendant(self.subject(hearer), coin));
        funnel.sign_up.accepts(luck).then_some(landed)
    }

    /// Plans what becomes of somebody who has just been persuaded.
    #[inline]
    pub(super) fn plan_purchase(&mut self, at: Tick, who: PersonId) {
        let (delays, delay) = (self.luck.of(Purpose::DecisionDelay), &self.world.conversion.decision_delay);
        let Some(funnel) = Self::optional(&self.world.funnel) else {
            let bought = at + Tick(delay.draw(delays.draw(self.subject(who))));
            return self.run.agenda.plan(bought, Due::act(who, Act::Buy).pack());
        };
        let lead = self.lead(at, who);
        let delay = delay.draw(delays.draw(lead));
        let mut draws = self.luck.of(Purpose::Funnel).stream(lead);
        let (purchase, patience) = (draws.draw(), draws.exponential());
        let lost = patience / funnel.loss;
        let (after, act) = if lost < f64::from(delay) {
            ((lost + 0.5) as u32, Act::GoAway)
        } else if self.is_cold(who) || funnel.purchase.accepts(purchase) {
            (delay, Act::Buy)
        } else {
            (delay, Act::GoAway)
        };
        self.run.agenda.plan(at + Tick(after), Due::act(who, act).pack());
    }

    fn is_cold(&self, who: PersonId) -> bool {
        matches!(self.run.state.source(who), Source::Advertising | Source::Influencer)
    }

    /// Whose luck a lead's is: the person's at the moment she signed up, after the word of that teller. Fresh people sign
    /// up once.
    fn lead(&self, at: Tick, who: PersonId) -> u64 {
        let subject = self.subject(who);
        match self.ground {
            Ground::Fresh => subject,
            _ => {
                let teller = self.run.state.teller(who).unwrap_or(PersonId::NOBODY);
                descendant(descendant(subject, at.0), teller.0)
            }
        }
    }

    /// A lead is lost.
    pub(super) fn go_away(&mut self, at: Tick, who: PersonId) {
        let cause = self.run.state.latest_event(who);
        self.record(at, who, Fact::LeadLost, cause);
    }
}
