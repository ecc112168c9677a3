//! Experience: what a customer thinks of the product, as a score from 0 to 10 (Reichheld 2003).
//!
//! Scores 9 and 10 promote: the customer is satisfied and tells good words. 7 and 8 are passive: she is neutral and tells
//! nobody. 0 to 6 detract: she is unhappy and tells bad words. Whether people who come by word think better of the product
//! is a setting (Van den Bulte et al. 2018 find better matching).

use super::{Play, Sink};
use crate::dice::Purpose;
use crate::event::{Sentiment, Source};
use crate::units::{PersonId, Probability};

/// What customers think.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiences {
    /// What customers think in general.
    pub own: Experience,
    /// What those think whom a word or a review brought, where they differ.
    pub referred: Option<Experience>,
}

/// A law of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Experience {
    /// Chance of a score of at least 0, 1, … 10, falling. A person's draw stands for the same place in any law, so that a
    /// better law makes nobody less happy.
    pub at_least: [Probability; 11],
}

impl Experience {
    /// Scores that are evenly spread within each of the three classes.
    pub fn of_shares(satisfied: f64, unhappy: f64) -> Experience {
        let neutral = (1.0 - satisfied - unhappy).max(0.0);
        let mut scores = [unhappy / 7.0; 11];
        scores[7..9].fill(neutral / 2.0);
        scores[9..].fill(satisfied / 2.0);
        let mut law = Experience::of_scores(scores);
        // The bounds between the classes are exactly what was asked for.
        law.at_least[9] = Probability::clamped(satisfied);
        law.at_least[7] = Probability::clamped(1.0 - unhappy).max(law.at_least[9]);
        law
    }

    /// The law of these shares of the scores 0 to 10, which sum to one.
    pub fn of_scores(scores: [f64; 11]) -> Experience {
        let mut at_least = [Probability::ALWAYS; 11];
        let mut above = 0.0;
        for score in (1..11).rev() {
            above += scores[score];
            at_least[score] = Probability::clamped(above);
        }
        Experience { at_least }
    }

    /// The score that a uniform draw stands for.
    pub(super) fn score(&self, draw: u64) -> u8 {
        // Falling chances: a score is how many of them say yes. Most customers are satisfied.
        if self.at_least[9].accepts(draw) {
            return 9 + u8::from(self.at_least[10].accepts(draw));
        }
        self.at_least[1..9].iter().map(|chance| u8::from(chance.accepts(draw))).sum()
    }
}

/// The opinion of a score.
pub fn sentiment_of(score: u8) -> Sentiment {
    match score {
        9.. => Sentiment::Satisfied,
        7..=8 => Sentiment::Neutral,
        _ => Sentiment::Unhappy,
    }
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// The score a customer gives: a draw of her own.
    #[inline(always)]
    pub(super) fn score_of(&self, who: PersonId) -> u8 {
        let luck = self.luck.of(Purpose::Experience).draw(self.subject(who));
        if let Some(own) = self.segment_of(who).and_then(|segment| segment.experience) {
            return own.score(luck);
        }
        let experience = &self.world.experience;
        let referred = || matches!(self.run.state.source(who), Source::Word | Source::Review);
        let law = Self::optional(&experience.referred).filter(|_| referred()).unwrap_or(&experience.own);
        law.score(luck)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_opinions_are_shares_of_scores() {
        let law = Experience::of_shares(0.8, 0.08);
        let place = |share: f64| (share * u64::MAX as f64) as u64;
        let opinion = |share| sentiment_of(law.score(place(share)));
        assert_eq!((opinion(0.799), opinion(0.801)), (Sentiment::Satisfied, Sentiment::Neutral));
        assert_eq!((opinion(0.919), opinion(0.921)), (Sentiment::Neutral, Sentiment::Unhappy));
        assert_eq!((law.score(0), law.score(u64::MAX)), (10, 0));
    }
}
