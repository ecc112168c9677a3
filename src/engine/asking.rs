//! Asking: satisfied customers are asked to refer, once or more often, by whatever means.
//!
//! One draw of a customer says whether she refers unasked, would if she were asked, or never will. A prompt reaches those
//! who do not refer yet; of the willing among them each agrees with the chance of the prompt, by a draw that belongs to
//! her and the prompt. So no number of prompts makes more refer than are willing, and none loses anybody.
//!
//! A prompt at the experience itself comes before her words are planned, so that they carry the code. After a later one
//! she invites the people whom she told (in rate mode, whom she tells from then on). Who tells nobody at all is not asked.

use super::due::{Act, Due};
use super::telling::{Inclination, Told};
use super::{Play, Sink};
use crate::dice::{Purpose, descendant};
use crate::event::{Fact, Medium, Sentiment, Valence};
use crate::state::Stage;
use crate::units::{Cents, EventId, PersonId, Probability, Tick};

/// One asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prompt {
    /// Time from the experience.
    pub after: Tick,
    /// By which means.
    pub by: Medium,
    /// Chance that it reaches a customer.
    pub reach: Probability,
    /// Chance that a willing customer agrees.
    pub chance: Probability,
    /// What it costs for each customer asked \[minor units\].
    pub cost: Cents,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Whether the words of a satisfied customer carry a code from the first, and the event that they follow from; `cause`
    /// is what satisfied her. Plans the prompts that are still to come.
    #[inline]
    pub(super) fn decide_participation(
        &mut self,
        at: Tick,
        who: PersonId,
        inclination: Inclination,
        cause: EventId,
    ) -> (bool, EventId) {
        if self.participation(at, who).accepts(inclination.participation) {
            return (true, cause);
        }
        // A complaint may be resolved after a lapse.
        if PLAIN || self.run.state.stage(who) != Stage::Customer {
            return (false, cause);
        }
        for (round, prompt) in self.world.prompts.iter().enumerate() {
            let ordinal = round as u32;
            if prompt.after > Tick::ZERO {
                self.run.agenda.plan(at + prompt.after, Due::Act { who, act: Act::AnswerPrompt, ordinal }.pack());
            } else if let Some(agreed) = self.ask(at, who, ordinal, cause) {
                return (true, agreed);
            }
        }
        (false, cause)
    }

    /// The chance that a satisfied customer refers unasked.
    fn participation(&self, at: Tick, who: PersonId) -> Probability {
        let chance = self.participation_of(at, who);
        match Self::optional(&self.world.community) {
            Some(community) if self.run.state.is_member(who) => {
                chance.plus(community.participation).min(self.world.policy.willing())
            }
            _ => chance,
        }
    }

    /// Asks a customer who does not refer yet; the event in which she agrees, if she does.
    fn ask(&mut self, at: Tick, who: PersonId, round: u32, cause: EventId) -> Option<EventId> {
        let Prompt { by, reach, chance, cost, .. } = self.world.prompts[round as usize];
        let mut draws = self.luck.of(Purpose::Asking).stream(descendant(self.story_subject(who), round));
        let (reached, agrees) = (draws.draw(), draws.draw());
        if !reach.accepts(reached) {
            return None;
        }
        let asked = self.record(at, who, Fact::ReferralAsked { by, round: round as u8, cost }, cause);
        let willing = self.world.policy.willing().accepts(self.inclination(who).participation);
        (willing && chance.accepts(agrees)).then(|| self.record(at, who, Fact::ParticipationAgreed, asked))
    }

    /// Is asked some time after the experience.
    pub(super) fn answer_prompt(&mut self, at: Tick, who: PersonId, round: u32) {
        let state = &self.run.state;
        // Where the terms have changed, there may be no such prompt any more.
        let is_prompt = (round as usize) < self.world.prompts.len();
        if !is_prompt || state.participates(who) || state.stage(who) != Stage::Customer {
            return;
        }
        let cause = state.latest_event(who);
        let Some(agreed) = self.ask(at, who, round, cause) else { return };
        self.maybe_exploit(at, who, agreed);
        if self.world.telling.talking.is_some() {
            return;
        }
        let told = self.run.state.latest_event(who);
        let tells = self.as_at(told, |then| then.tells_of(who, Sentiment::Satisfied, then.inclination(who)));
        self.plan_words(at, who, tells, Told { valence: Valence::Good, coded: true, attempt: 1 });
        self.plan_invitation(at, who, 1, true);
    }
}
