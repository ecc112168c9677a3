//! Surveys: customers are asked how likely they are to recommend the product.
//!
//! An answer is the score that she gave her experience. Whose complaint was resolved since answers with the lowest score
//! of her new opinion. Who answers does not depend on the score; real surveys may differ in that.

use super::due::{Act, Due};
use super::{Play, Sink};
use crate::dice::Purpose;
use crate::event::{Fact, Sentiment};
use crate::units::{PersonId, Probability, Tick};

/// How customers are surveyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survey {
    /// Time from the first purchase to the survey.
    pub after: Tick,
    /// Chance that a customer answers.
    pub response_rate: Probability,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans the survey of a customer.
    #[inline]
    pub(super) fn maybe_survey(&mut self, at: Tick, who: PersonId) {
        let Some(survey) = Self::optional(&self.world.survey) else { return };
        if survey.response_rate.accepts(self.luck.of(Purpose::Survey).draw(self.subject(who))) {
            self.run.agenda.plan(at + survey.after, Due::act(who, Act::AnswerSurvey).pack());
        }
    }

    /// Answers a survey.
    pub(super) fn answer_survey(&mut self, at: Tick, who: PersonId) {
        // Where the terms have changed, there may be no survey any more.
        if self.world.survey.is_none() {
            return;
        }
        let rated = self.run.state.latest_event(who);
        let score = match (self.run.state.resolved(who), self.run.state.sentiment(who)) {
            (Some(_), Sentiment::Satisfied) => 9,
            (Some(_), Sentiment::Neutral) => 7,
            _ => self.as_at(rated, |then| then.score_of(who)),
        };
        self.record(at, who, Fact::SurveyAnswered { score }, rated);
    }
}
