//! How far people came: reached, landed, signed up, customers, participants, advocates who brought somebody.
//!
//! People, not times: whoever lands twice is one. One bit a person is kept for each step that somebody can take twice.

use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::PersonId;

/// Follows people while a run is heard.
#[derive(Debug, Default)]
pub struct Stepping {
    reached: i64,
    customers: i64,
    landed: People,
    signed_up: People,
    participants: People,
    advocates: People,
}

/// How many came how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps {
    /// Who heard at least one word, good or bad.
    pub reached: i64,
    /// Who followed a word to the company's door.
    pub landed: i64,
    /// Who was persuaded, by a word or by the company; first customers are not among them.
    pub signed_up: i64,
    /// Who bought, first customers included.
    pub customers: i64,
    /// Customers who put a code into their words.
    pub participants: i64,
    /// Of these, whose word with a code brought a customer at least.
    pub advocates: i64,
}

/// A set of people, a bit each.
#[derive(Debug, Default)]
struct People {
    bits: Vec<u64>,
    count: i64,
}

impl People {
    fn insert(&mut self, person: PersonId) {
        let (place, bit) = (person.index() / 64, 1 << (person.index() % 64));
        if place >= self.bits.len() {
            self.bits.resize(place + 1, 0);
        }
        self.count += i64::from(self.bits[place] & bit == 0);
        self.bits[place] |= bit;
    }
}

impl Stepping {
    /// The run is over.
    pub fn close(self) -> Steps {
        Steps {
            reached: self.reached,
            landed: self.landed.count,
            signed_up: self.signed_up.count,
            customers: self.customers,
            participants: self.participants.count,
            advocates: self.advocates.count,
        }
    }
}

impl Sink for Stepping {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        match event.what {
            Fact::WordHeard { first, .. } => self.reached += i64::from(first),
            Fact::Landed { .. } => self.landed.insert(event.who),
            Fact::SignedUp { .. } => self.signed_up.insert(event.who),
            Fact::AdvocacyDecided { participates: true, .. }
            | Fact::TalkingBegan { participates: true, .. }
            | Fact::ParticipationAgreed => self.participants.insert(event.who),
            Fact::FirstPurchaseMade { .. } => {
                self.customers += 1;
                if let Some(teller) = state.teller(event.who).filter(|_| state.came_by_code(event.who)) {
                    self.advocates.insert(teller);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ANN, BOB, STORY, given, word};
    use super::*;
    use crate::event::Valence;

    #[test]
    fn whoever_takes_a_step_twice_is_one() {
        let landed = Fact::Landed { teller: ANN };
        let decided = Fact::AdvocacyDecided { tells: 3, participates: true };
        let told = [
            (1, BOB, word(ANN, Valence::Good, true)),
            (1, BOB, landed),
            (1, BOB, word(ANN, Valence::Good, false)),
            (1, BOB, landed),
            (0, ANN, decided),
            (6, ANN, Fact::ParticipationAgreed),
            (6, BOB, Fact::AdvocacyDecided { tells: 3, participates: false }),
        ];
        let steps = given(Stepping::default(), &[&STORY[..], &told].concat()).close();
        let expected = Steps { reached: 1, landed: 1, signed_up: 3, customers: 4, participants: 1, advocates: 2 };
        assert_eq!(steps, expected);
    }

    #[test]
    fn an_advocate_counts_once_however_many_she_brings() {
        let (mut story, brought) = (STORY.to_vec(), super::super::tests::persuaded(ANN, 1));
        // Cyd by Ann, too.
        story[5].2 = brought;
        assert_eq!(given(Stepping::default(), &story).close().advocates, 1);
    }
}
