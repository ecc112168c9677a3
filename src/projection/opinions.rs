//! What customers think of the product, what they say when asked, and what became of their complaints.

use super::{Measure, Projection, Unit};
use crate::engine::{Sink, sentiment_of};
use crate::event::{Event, Fact, Sentiment};
use crate::state::State;

/// Opinions, scores and complaints.
#[derive(Debug, Clone, Default)]
pub struct Opinions {
    /// Customers of each opinion, in the order of [`Sentiment::ALL`].
    now: [i64; 3],
    /// Customers by the score of their experience: promoters, passives, detractors, who are those of each opinion.
    scores: [i64; 3],
    /// The same of those who answered a survey.
    answers: [i64; 3],
    filed: i64,
    resolved: i64,
}

impl Sink for Opinions {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::ExperienceRated { score, sentiment } => {
                self.now[sentiment as usize] += 1;
                self.scores[sentiment_of(score) as usize] += 1;
            }
            Fact::SurveyAnswered { score } => self.answers[sentiment_of(score) as usize] += 1,
            Fact::ComplaintFiled => self.filed += 1,
            Fact::ComplaintResolved { sentiment, .. } => {
                self.now[Sentiment::Unhappy as usize] -= 1;
                self.now[sentiment as usize] += 1;
                self.resolved += 1;
            }
            _ => {}
        }
    }
}

const fn people(name: &'static str, label: &'static str, meaning: &'static str) -> Measure {
    Measure { name, label, unit: Unit::People, meaning }
}

impl Projection for Opinions {
    fn total_measures() -> Vec<Measure> {
        vec![
            people("satisfied", "Satisfied customers", "customers who are satisfied at the end"),
            people("neutral", "Neutral customers", "customers who are neither satisfied nor unhappy at the end"),
            people(
                "unhappy",
                "Unhappy customers",
                "customers who are unhappy at the end, for they did not complain or nothing came of it: they spread bad word",
            ),
            people("promoters", "Promoters", "customers whose experience scored 9 or 10"),
            people("passives", "Passives", "customers whose experience scored 7 or 8"),
            people("detractors", "Detractors", "customers whose experience scored 0 to 6"),
            people("survey_promoters", "Promoters surveyed", "customers who answered a survey with 9 or 10"),
            people("survey_passives", "Passives surveyed", "customers who answered a survey with 7 or 8"),
            people("survey_detractors", "Detractors surveyed", "customers who answered a survey with 0 to 6"),
            people("complaints_filed", "Complaints filed", "unhappy customers who complained to the company"),
            people("complaints_resolved", "Complaints resolved", "customers whose complaint was resolved"),
        ]
    }

    fn rewind(&mut self) {
        *self = Opinions::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend(self.now);
        out.extend(self.scores);
        out.extend(self.answers);
        out.extend([self.filed, self.resolved]);
    }
}
