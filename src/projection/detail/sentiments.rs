//! What is said about the product, and what customers think of it, by when.

use crate::engine::{Sink, sentiment_of};
use crate::event::{Event, Fact, Sentiment, Valence};
use crate::state::State;

/// Words and scores by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentiments {
    /// For each day, good words and bad ones.
    words: Vec<[i64; 2]>,
    /// For each day, experiences of promoters, passives and detractors, in the order of [`Sentiment::ALL`].
    scores: Vec<[i64; 3]>,
}

/// So much of so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// What speaks for the product less what speaks against it.
    pub difference: i64,
    /// All there is, what speaks neither way included.
    pub all: i64,
}

impl Sentiments {
    /// For a run of so many days, day 0 included.
    pub fn new(days: usize) -> Sentiments {
        Sentiments { words: vec![[0; 2]; days], scores: vec![[0; 3]; days] }
    }

    /// Good words less bad ones, of all words told by the end of day 0, 1, 2, … \[words\].
    pub fn words(&self) -> Vec<Balance> {
        so_far(self.words.iter().map(|[good, bad]| Balance { difference: good - bad, all: good + bad }))
    }

    /// Promoters less detractors, of all customers whose experience was rated by the end of day 0, 1, 2, … \[people\]
    /// (Reichheld 2003). A score is given once, at the first purchase; a complaint that is resolved later does not change it.
    pub fn scores(&self) -> Vec<Balance> {
        let day = |scores: &[i64; 3]| Balance {
            difference: scores[Sentiment::Satisfied as usize] - scores[Sentiment::Unhappy as usize],
            all: scores.iter().sum(),
        };
        so_far(self.scores.iter().map(day))
    }
}

fn so_far(days: impl Iterator<Item = Balance>) -> Vec<Balance> {
    let add = |sum: &mut Balance, day: Balance| {
        *sum = Balance { difference: sum.difference + day.difference, all: sum.all + day.all };
        Some(*sum)
    };
    days.scan(Balance::default(), add).collect()
}

impl Sink for Sentiments {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        let day = event.at.day_closing() as usize;
        match event.what {
            Fact::WordHeard { valence, .. } => self.words[day][usize::from(valence == Valence::Bad)] += 1,
            Fact::ExperienceRated { score, .. } => self.scores[day][sentiment_of(score) as usize] += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ANN, BOB, CYD, DAN, given, word};
    use super::*;

    fn balance(difference: i64, all: i64) -> Balance {
        Balance { difference, all }
    }

    #[test]
    fn words_add_up_from_day_to_day() {
        let (good, bad) = (word(ANN, Valence::Good, true), word(ANN, Valence::Bad, true));
        let told = given(Sentiments::new(4), &[(1, BOB, good), (1, CYD, bad), (3, DAN, good), (3, BOB, good)]);
        assert_eq!(told.words(), [balance(0, 0), balance(0, 2), balance(0, 2), balance(2, 4)]);
    }

    #[test]
    fn passives_count_among_all_and_on_neither_side() {
        let rated = |score: u8| Fact::ExperienceRated { score, sentiment: sentiment_of(score) };
        let events = [(0, ANN, rated(9)), (1, BOB, rated(8)), (1, CYD, rated(6)), (2, DAN, rated(0))];
        let told = given(Sentiments::new(3), &events);
        assert_eq!(told.scores(), [balance(1, 1), balance(0, 3), balance(-1, 4)]);
    }

    #[test]
    fn what_a_complaint_changes_is_no_second_score() {
        let rated = Fact::ExperienceRated { score: 3, sentiment: Sentiment::Unhappy };
        let resolved = Fact::ComplaintResolved { sentiment: Sentiment::Satisfied, quick: true };
        let told = given(Sentiments::new(2), &[(0, ANN, rated), (1, ANN, resolved)]);
        assert_eq!(told.scores(), [balance(-1, 1), balance(-1, 1)]);
    }
}
