//! By which way customers came, day by day.
//!
//! A customer whom a friend's word brought is credited if the company holds her to be the referral of an advocate of its
//! programme ([`Fact::ReferralCredited`]): her word carried a code, and the code was tracked. Where there is no programme,
//! nobody is credited. Who came by another way and was credited all the same, for she used a code that was not meant for
//! her, stays where she came from: she would have come anyway.

use crate::engine::Sink;
use crate::event::{Event, Fact, Source};
use crate::state::State;

/// A way to become a customer, in the order in which a chart piles them up: what costs nothing to win first, what is paid
/// to others next, what customers tell on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// There from the start.
    Seed,
    /// Won by advertising.
    Advertising,
    /// Won by an influencer's post.
    Influencer,
    /// Persuaded by a stranger's review.
    Review,
    /// Persuaded by a friend's word, and nobody was credited.
    Word,
    /// Persuaded by a friend's word, and an advocate was credited.
    WordCredited,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 6] = [Way::Seed, Way::Advertising, Way::Influencer, Way::Review, Way::Word, Way::WordCredited];

    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Way::Seed => "seed",
            Way::Advertising => "advertising",
            Way::Influencer => "influencer",
            Way::Review => "review",
            Way::Word => "word",
            Way::WordCredited => "word_credited",
        }
    }

    /// Who they are, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Way::Seed => "first customers",
            Way::Advertising => "customers won by advertising",
            Way::Influencer => "customers won by influencers' posts",
            Way::Review => "customers whom a stranger's review persuaded",
            Way::Word => "customers whom a friend's word persuaded, and no advocate of a programme is credited with",
            Way::WordCredited => {
                "customers whom a friend's word persuaded, and an advocate of the programme is credited with"
            }
        }
    }

    const fn of(source: Source) -> Way {
        match source {
            Source::Seed => Way::Seed,
            Source::Word => Way::Word,
            Source::Review => Way::Review,
            Source::Influencer => Way::Influencer,
            Source::Advertising => Way::Advertising,
        }
    }
}

/// Customers by the day of their first purchase and the way they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquisition {
    /// For each day, customers of each way, in the order of [`Way::ALL`].
    days: Vec<[i64; 6]>,
}

impl Acquisition {
    /// For a run of so many days, day 0 included.
    pub fn new(days: usize) -> Acquisition {
        Acquisition { days: vec![[0; 6]; days] }
    }

    /// For day 0, 1, 2, … the customers of each way who first bought on it, in the order of [`Way::ALL`] \[people\].
    pub fn days(&self) -> &[[i64; 6]] {
        &self.days
    }
}

impl Sink for Acquisition {
    #[inline]
    fn hear(&mut self, event: &Event, state: &State) {
        let day = event.at.day_closing() as usize;
        match event.what {
            Fact::FirstPurchaseMade { source, .. } => self.days[day][Way::of(source) as usize] += 1,
            // Recorded right after the friend's first purchase, in the same minute, once a friend.
            Fact::ReferralCredited { friend } if state.source(friend) == Source::Word => {
                self.days[day][Way::Word as usize] -= 1;
                self.days[day][Way::WordCredited as usize] += 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ANN, BOB, DAN, STORY, given};
    use super::*;

    #[test]
    fn everybody_came_by_one_way_on_one_day() {
        let told = given(Acquisition::new(7), &STORY);
        let on = |day: usize, way: Way| told.days()[day][way as usize];
        assert_eq!((on(0, Way::Seed), on(2, Way::Word), on(4, Way::Advertising), on(5, Way::Word)), (1, 1, 1, 1));
        assert_eq!(told.days().iter().flatten().sum::<i64>(), 4);
    }

    #[test]
    fn a_credited_word_is_no_uncredited_one_and_a_borrowed_code_changes_nothing() {
        let (friend, borrower) = (Fact::ReferralCredited { friend: BOB }, Fact::ReferralCredited { friend: DAN });
        let events = [&STORY[..4], &[(2, ANN, friend)], &STORY[4..7], &[(4, ANN, borrower)]].concat();
        let told = given(Acquisition::new(7), &events);
        assert_eq!(told.days()[2], [0, 0, 0, 0, 0, 1]);
        assert_eq!(told.days()[4], [0, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn every_way_has_its_place() {
        assert!(Way::ALL.iter().enumerate().all(|(place, &way)| way as usize == place));
    }
}
